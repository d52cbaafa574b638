"""Blocks that are at another depth than theirs: an action where a measure belongs."""

from collections.abc import Iterator
from itertools import takewhile, zip_longest
from typing import Any

from plancli.check.scan import PLACEHOLDER
from plancli.check.schema.messages import ITEMS
from plancli.diagnostic import Finding, Part, Remedy
from plancli.i18n import N_, _
from plancli.location import Path
from plancli.plan.model import shape
from plancli.plan.model.shape import Holds

_ACTION = frozenset(shape.OWN["action"])
_GROUP = frozenset(shape.CONTENTS["measure"])
_PERIOD = tuple(key.name for key in shape.SHAPE["period"])

_BLOCKS = {kind: ITEMS[key] for key, kind in shape.LEVELS.items()}
_HELP = {
    "action": N_('indent it as the other actions are, under "actions:" of its measure'),
    "measure": N_('indent it as the other measures are, under "measures:" of its orientation'),
    "orientation": N_('indent it as the other orientations are, under "orientations:"'),
}


def find_outdented(data: dict[str, Any]) -> Iterator[tuple[Finding, tuple[Path, ...]]]:
    """Find what is beside what it belongs under, with its paths and that of the latter, the last.

    That is the keys of a period, a directorate, a status or a field, and the first entries of their registers.
    """
    if "period" in data and data["period"] is None:
        paths: tuple[Path, ...] = tuple((key,) for key in _PERIOD if key in data)
        if paths:
            yield _outdented_key(paths[0], "period"), (*paths, ("period",))
    for name in shape.names_of(Holds.REGISTER):
        register = data.get(name)
        if name in data and register is None:
            beside = list(takewhile(lambda key: _is_entry(data, key), list(data)[list(data).index(name) + 1 :]))
            if beside:
                yield _outdented_key((beside[0],), name), (*((key,) for key in beside), (name,))
        own = [key.name for key in shape.SHAPE[shape.KEYS[name].block]]
        words = list(register) if isinstance(register, dict) else []
        found = [at for at, word in enumerate(words) if at and word in own and _is_simple(register, word)]
        if found:
            above = words[found[0] - 1]
            paths = tuple((name, key) for key in own if key in words)
            yield _outdented_key((name, words[found[0]]), above), (*paths, (name, above))


def _is_simple(register: Any, word: str) -> bool:
    return isinstance(register[word], str | bool | list)


def _is_entry(data: dict[str, Any], key: str) -> bool:
    """Return whether a key of the plan looks like an entry of a register: unknown, with a block or nothing."""
    return key not in shape.KNOWN["plan"] and (data[key] in (None, PLACEHOLDER) or isinstance(data[key], dict))


def _outdented_key(path: Path, above: str) -> Finding:
    message = _("{key} stands beside {above}, not under it").format(key=path[-1], above=above)
    hint = _("indent it two spaces further than {above}:").format(above=above)
    return Finding(message, path, Part.KEY, help=hint, value=str(path[-1]), rule="wrong-indentation")


def find_misplaced(data: dict[str, Any]) -> Iterator[Finding]:
    """Find each action among groups, each group among actions, and each first line that is there twice."""
    for key in shape.CONTENTS["plan"]:
        yield from _find(data, (), key)


def _find(block_: dict[str, Any], path: Path, key: str) -> Iterator[Finding]:
    items = block_.get(key)
    if not isinstance(items, list):
        return
    wanted = shape.LEVELS[key]
    for index, (item, following) in enumerate(zip_longest(items, items[1:])):
        here = (*path, key, index)
        if not isinstance(item, dict):
            continue
        kind = _kind(item, wanted)
        if isinstance(following, dict) and [*item] == ["number"] and item.items() <= following.items():
            message, hint = _("this line is there twice"), _("remove one of them")
            yield Finding(
                message,
                here,
                Part.HEAD,
                help=hint,
                value="number",
                rule="duplicate-key",
                fix=Remedy(here, drop=True),
                about=here,
            )
        elif kind != wanted:
            message = _("{found} stands where {wanted} belongs").format(
                found=_(_BLOCKS[kind]), wanted=_(_BLOCKS[wanted])
            )
            yield Finding(
                message,
                here,
                Part.DASH,
                help=_(_HELP[kind]),
                value=str(item.get("number")),
                rule="wrong-indentation",
                about=here,
            )
        else:
            for inner in shape.CONTENTS[wanted]:
                yield from _find(item, here, inner)


def _kind(item: dict[str, Any], wanted: str) -> str:
    """Return the kind of a block: the one that is wanted, unless its own keys are only those of the other."""
    is_action, is_group = (not own.isdisjoint(item) for own in (_ACTION, _GROUP))
    if wanted == "action":
        return wanted if is_action or not is_group else "orientation" if "measures" in item else "measure"
    return wanted if is_group or not is_action else "action"
