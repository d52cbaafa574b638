"""PyYAML's C parser, without what PyYAML's other parts cost to import."""

import re
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class _Uncompiled:
    """A pattern that is compiled when something is asked of it."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        return getattr(re.compile(*self._given), name)


@contextmanager
def _uncompiled() -> Iterator[None]:
    compile_now = re.compile
    re.compile = _Uncompiled  # type: ignore[assignment]
    try:
        yield
    finally:
        re.compile = compile_now


def c_parser() -> Any:
    """Give the class of libyaml's parser; raise ImportError where PyYAML came without it.

    Importing it imports all of PyYAML, whose loaders in Python compile patterns that only they need: half as
    costly as a start of the interpreter. These are left uncompiled until somebody uses such a loader.
    """
    with _uncompiled():
        from yaml._yaml import CParser
    return CParser


def read_ends(source: bytes, count: int) -> "array[int]":
    """Give the offsets at which the first nodes end, in the order of their starts; 0 for one that isn't closed."""
    from yaml import events
    from yaml.error import YAMLError

    ends = array("I")
    opened: list[int] = []
    get = c_parser()(source).get_event
    try:
        while len(ends) < count or opened:
            event = get()
            kind = type(event)
            if kind in (events.ScalarEvent, events.MappingStartEvent, events.SequenceStartEvent):
                if len(ends) == count:
                    break
                if kind is not events.ScalarEvent:
                    opened.append(len(ends))
                ends.append(event.end_mark.index if kind is events.ScalarEvent else 0)
            elif kind in (events.MappingEndEvent, events.SequenceEndEvent):
                ends[opened.pop()] = event.end_mark.index
            elif kind in (events.AliasEvent, events.StreamEndEvent):
                break
    except YAMLError:  # the reading ended here, and who reads was told
        pass
    return ends
