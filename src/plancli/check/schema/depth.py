"""Blocks that stand at another depth than theirs: an action where a measure belongs."""

from collections.abc import Iterator
from typing import Any

from plancli.check.schema.vocabulary import block
from plancli.diagnostic import Finding, Part
from plancli.language import _, marked
from plancli.location import Path

_OWN = {
    "action": frozenset(["text", "pilots", "associated", "years", "priority"]),
    "measure": frozenset(["actions"]),
    "orientation": frozenset(["measures"]),
}
"""The keys that only one kind of block has."""

_LISTS = {"orientations": "orientation", "measures": "measure", "actions": "action"}

_HELP = {
    "action": marked('indent it as the other actions are, under "actions:" of its measure'),
    "measure": marked('indent it as the other measures are, under "measures:" of its orientation'),
    "orientation": marked('indent it as the other orientations are, under "orientations:"'),
}


def find_misplaced(data: dict[str, Any]) -> Iterator[Finding]:
    """Find each block that has another kind's own keys and none of those of its place; the place is its dash."""
    yield from _find(data, (), "orientations")


def _find(block_: dict[str, Any], path: Path, key: str) -> Iterator[Finding]:
    items = block_.get(key)
    if not isinstance(items, list):
        return
    wanted = _LISTS[key]
    for index, item in enumerate(items):
        here = (*path, key, index)
        if not isinstance(item, dict):
            continue
        kind = _kind(item, wanted)
        if kind != wanted:
            message = _("{found} stands where {wanted} belongs").format(found=block(kind), wanted=block(wanted))
            yield Finding(
                "wrong-indentation", message, here, Part.DASH, help=_(_HELP[kind]), value=str(item.get("number"))
            )
        elif wanted == "orientation":
            yield from _find(item, here, "measures")
        elif wanted == "measure":
            yield from _find(item, here, "actions")


def _kind(item: dict[str, Any], wanted: str) -> str:
    if not _OWN[wanted].isdisjoint(item):
        return wanted
    return next((kind for kind, own in _OWN.items() if not own.isdisjoint(item)), wanted)
