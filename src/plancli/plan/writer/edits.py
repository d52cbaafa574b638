"""Edits of a plan's data: another value, a new one, the end of one."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from plancli.location import Path


class Replace(NamedTuple):
    """Another value for the block or the key at a path."""

    path: Path
    value: Any


class Insert(NamedTuple):
    """A new block before the one that has this path (or at the end of its list), or a new key.

    ``origin`` is where the block was until now, if it is moved: its comments come with it.
    """

    path: Path
    value: Any
    origin: Path | None = None


class Remove(NamedTuple):
    """The end of the block or the key at a path."""

    path: Path


Edit = Replace | Insert | Remove
"""One edit; its path is one of the data before all edits."""


def edited(data: Any, edits: Sequence[Edit]) -> Any:
    """Return plain data with edits made in it; what they don't touch is shared."""
    by_step: dict[Any, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_step[edit.path[0]].append(edit._replace(path=edit.path[1:]))
    if isinstance(data, dict):
        found = dict(data)
        for step, inner in by_step.items():
            if any(_removes_this(edit) for edit in inner):
                del found[step]
            else:
                found[step] = _value(data.get(step), inner)
        return found
    items: list[Any] = []
    for at, item in enumerate([*data, None]):
        inner = by_step.get(at, [])
        items += [edit.value for edit in inner if isinstance(edit, Insert) and not edit.path]
        own = [edit for edit in inner if edit.path or not isinstance(edit, Insert)]
        if at < len(data) and not any(_removes_this(edit) for edit in own):
            items.append(_value(item, own))
    return items


def _removes_this(edit: Edit) -> bool:
    return isinstance(edit, Remove) and not edit.path


def _value(value: Any, edits: Sequence[Edit]) -> Any:
    """Return a value after edits: another value, or the same with edits inside it."""
    for edit in edits:
        if not isinstance(edit, Remove) and not edit.path:
            return edit.value
    return edited(value, edits) if edits else value
