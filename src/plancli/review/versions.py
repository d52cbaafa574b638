"""Many versions of one plan: what stays the same from one to the next is read once."""

import re
from itertools import islice
from typing import Any, NamedTuple

from plancli.check.checker import MAX_SIZE, check
from plancli.check.scan import has_breaks
from plancli.i18n import _
from plancli.plan.document import read_document
from plancli.plan.model import Measure, Plan, ShapeError, read_action, read_plan

_MARK = 70707070707
"""Begins the numbers that stand for actions; a file that has it itself is read whole."""

_HEAD = b"\n          - number: "
"""How an action begins in the canonical layout."""

_NEXT = _HEAD + b"0\n"
"""What follows an action."""

_MOST_FRAMES = 64
"""How many different surroundings of actions are kept."""


class _Unusual(Exception):
    """A file that can't be taken apart with certainty."""


class _Frame(NamedTuple):
    """A plan without its actions, and how many of them each measure has."""

    plan: Plan
    counts: tuple[int, ...]


class Versions:
    """Reads versions of a plan; each action, and what stands around them, once.

    An action in the canonical layout is a block that ends where a line is no further in than its dash. YAML reads
    such a block alike wherever an item of a list may stand; that one may is seen from a number put in its place.
    Whatever is otherwise is read whole, so that the answer is always that of ``check``.
    """

    def __init__(self) -> None:
        self._end = re.compile(rb"^ {0,10}[^ \n]", re.MULTILINE)
        self._parts: dict[tuple[bytes, bool], tuple[bytes, bytes]] = {}
        self._actions: dict[bytes, object] = {}
        self._measures: dict[tuple[Measure, tuple[bytes, ...]], Measure] = {}
        self._frames: dict[bytes, _Frame] = {}

    def read(self, source: bytes) -> Plan | str:
        """Give the plan, or why the source hasn't the shape of one."""
        try:
            return self._put_together(source)
        except (_Unusual, ShapeError):
            return _whole(source)

    def _put_together(self, source: bytes) -> Plan:
        """Build the plan of its actions and what is around them; raise _Unusual or ShapeError."""
        if len(source) > MAX_SIZE or not source.endswith(b"\n"):
            raise _Unusual
        head, *parts = source.split(_HEAD)
        blocks = []
        around = [head]
        for number, part in enumerate(parts):
            block, rest = self._part(part, number == len(parts) - 1)
            blocks.append(block)
            around.append(b"\n          - %d%06d%b" % (_MARK, number, rest))
        frame = self._frame(b"".join(around))
        if sum(frame.counts) != len(blocks):
            raise _Unusual
        counts, left = iter(frame.counts), iter(blocks)
        return frame.plan._replace(
            orientations=tuple(
                [
                    each._replace(
                        measures=tuple(
                            [self._measure(own, tuple(islice(left, next(counts)))) for own in each.measures]
                        )
                    )
                    for each in frame.plan.orientations
                ]
            )
        )

    def _part(self, part: bytes, is_last: bool) -> tuple[bytes, bytes]:
        """Take the block of an action, and what tells YAML that it ends, apart from what follows it."""
        found = self._parts.get((part, is_last))
        if found is None:
            second = part.find(b"\n") + 1
            end = self._end.search(part, second)
            stop = end.start() - 1 if end else len(part)
            if not 0 < second <= stop:
                raise _Unusual
            found = (part, b"\n") if is_last and not end else (part[:stop] + _NEXT, part[stop:])
            self._parts[part, is_last] = found
        return found

    def _frame(self, source: bytes) -> _Frame:
        frame = self._frames.get(source)
        if frame is None:
            if len(self._frames) == _MOST_FRAMES:
                self._frames.clear()
            frame = self._frames[source] = _read_frame(source)
        return frame

    def _measure(self, measure: Measure, blocks: tuple[bytes, ...]) -> Measure:
        """Fill a measure that has no actions yet."""
        found = self._measures.get((measure, blocks))
        if found is None:
            path = (*measure.path, "actions")
            actions = [
                read_action(self._action(block), (*path, at), measure.number, measure.orientation)
                for at, block in enumerate(blocks)
            ]
            found = self._measures[measure, blocks] = measure._replace(actions=tuple(actions))
        return found

    def _action(self, block: bytes) -> object:
        if block not in self._actions:
            items = _parsed(_HEAD + block)
            if type(items) is not list or items[1:] != ([{"number": 0}] if block.endswith(_NEXT) else []):
                raise _Unusual
            self._actions[block] = items[0]
        return self._actions[block]


def _read_frame(source: bytes) -> _Frame:
    """Read what stands around the actions: numbers in order stand for these."""
    data = _parsed(source)
    first = _MARK * 10**6
    counts = []
    try:
        for orientation in data["orientations"]:
            for measure in orientation["measures"]:
                items = measure["actions"]
                if items != list(range(first, first + len(items))):
                    raise _Unusual
                first += len(items)
                counts.append(len(items))
                measure["actions"] = []
    except (KeyError, TypeError):
        raise _Unusual from None
    if source.count(b"%d" % _MARK) != sum(counts):
        raise _Unusual
    return _Frame(read_plan(data), tuple(counts))


def _parsed(source: bytes) -> Any:
    """Read a part of a plan in which YAML finds nothing wrong and git the same lines."""
    if b"\r" in source or has_breaks(source):
        raise _Unusual
    try:
        source.decode("utf-8")
    except UnicodeDecodeError:
        raise _Unusual from None
    document = read_document(source, "")
    if document.findings:
        raise _Unusual
    return document.data


def _whole(source: bytes) -> Plan | str:
    checked = check(source, "", only_errors=True)
    if checked.plan is not None:
        return checked.plan
    first = checked.diagnostics[0]
    return _("line {line}: {sentence}").format(line=first.span.start.line, sentence=first.sentence)
