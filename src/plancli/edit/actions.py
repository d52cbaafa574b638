"""Edits of actions and groups: set fields, add, move and remove; and of the register of directorates."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from plancli.edit.blocks import block_name, group_of
from plancli.errors import Invalid, Usage
from plancli.i18n import _, did_you_mean
from plancli.loader import Loaded
from plancli.location import Path
from plancli.plan.model import FIELDS, NONE, Action, Block, Group, Plan, Type, path_of
from plancli.plan.model.shape import CONTENTS, key_at
from plancli.plan.query.facets import parse_code
from plancli.plan.writer.edits import Edit, Insert, Remove, Replace
from plancli.text import fold, truncate

Data = dict[str, Any]

_LISTS = tuple(field.key for field in FIELDS if field.required and field.type in (Type.CODES, Type.YEARS))
"""The lists that every action has, even if empty."""


def set_values(loaded: Loaded, block: Block, values: Mapping[str, Any]) -> list[Edit]:
    """Return the edits that give an action or a group some values by key; None takes a key away.

    Of a group only these keys are laid out, not all that is in it.
    """
    old = loaded.document.at(block.path)
    if isinstance(block, Group):
        return list(_group_edits(block.path, old, values))
    new = _with_values(loaded.plan, old, values)
    return [] if new == old else [Replace(block.path, new)]


def _group_edits(path: Path, old: Data, values: Mapping[str, Any]) -> Iterator[Edit]:
    for key, value in values.items():
        here = (*path, key)
        if value is None and key in old:
            yield Remove(here)
        elif value is not None and value != old.get(key):
            yield Replace(here, value) if key in old else Insert(here, value)


def _with_values(plan: Plan, block: Data, values: Mapping[str, Any]) -> Data:
    """Return the block of an action with other values, those of declared fields under ``fields``."""
    declared = {field.key for field in plan.declared_fields} - {field.key for field in FIELDS}
    own = {key: value for key, value in values.items() if key in declared}
    new = {**block, **{key: value for key, value in values.items() if key not in declared}}
    if own:
        new["fields"] = _without_none({**block.get("fields", {}), **own}, own) or None
    return _without_none(new, (*values, "fields"))


def _without_none(block: Data, keys: Iterable[str]) -> Data:
    return {key: value for key, value in block.items() if value is not None or key not in keys}


def next_number(plan: Plan) -> int:
    """Return the number after the last that is used or retired."""
    numbers = [action.number for action in plan.actions] + [unused.number for unused in plan.unused_numbers]
    return max(numbers, default=0) + 1


def add_action(
    loaded: Loaded, group: Group | None, values: Mapping[str, Any], number: int, after: Action | None = None
) -> list[Edit]:
    """Return the edits that put a new action into a group, or (None) at the top of the plan."""
    block = _with_values(loaded.plan, {"number": number, **{key: [] for key in _LISTS}}, values)
    there = group.loose if group else loaded.plan.loose
    return [_insertion(loaded, (*_path(group), "actions"), block, there, after)]


def move_action(
    loaded: Loaded, action: Action, group: Group | None, after: Action | None = None, with_group: bool = False
) -> list[Edit]:
    """Return the edits that move an action into a group, after another or where its number belongs.

    ``with_group`` takes out what would be left without actions; else it raises Invalid.
    """
    there = group.loose if group else loaded.plan.loose
    return _move(loaded, action, (*_path(group), "actions"), there, after, action.number, with_group)


def move_group(
    loaded: Loaded, group: Group, to: Group | None, after: Group | None, with_group: bool
) -> list[Edit]:
    """Return the edits that move a group into another, or (None) to the top; paths in source notes follow.

    Where another group there has its number, it gets the next one. ``with_group`` is as for an action.
    """
    if to and to.path[: len(group.path)] == group.path:
        raise Usage(_("a group can't move into itself"))
    there = to.groups if to else loaded.plan.groups
    taken = {each.number for each in there if each is not group}
    number = max(taken) + 1 if group.number in taken else group.number
    path = (*_path(to), "measures" if to else "orientations")
    edits = _move(loaded, group, path, there, after, number, with_group)
    place = (*(to.place if to else ()), number)
    return [*edits, *_with_new_paths(loaded, group.place, place)] if edits else []


def _path(group: Group | None) -> Path:
    return group.path if group else ()


def _move(
    loaded: Loaded,
    block: Block,
    path: Path,
    there: Sequence[Block],
    after: Block | None,
    number: int,
    with_group: bool,
) -> list[Edit]:
    """Return the edits that move a block into the list at a path, where some blocks stand, under a number.

    Groups that would be left empty are taken out with it; raise Invalid where they aren't to go.
    """
    if after and after.path == block.path:
        raise Usage(_("{number} can't stand behind itself").format(number=block.number))
    data = {**loaded.document.at(block.path), "number": number}
    insertion = _insertion(loaded, path, data, there, after, block)
    if insertion.path in (block.path, (*block.path[:-1], _index(block) + 1)):
        return []
    emptied = list(_emptied(loaded, block, path[:-1]))
    if emptied and not with_group:
        raise _leaves_empty(loaded, emptied[0])
    (removal,) = _without_items(loaded, [(emptied[-1] if emptied else block).path], path[:-1])
    return [removal, insertion, *_without_notes(loaded, _notes_on(loaded, emptied))]


def _insertion(
    loaded: Loaded,
    path: Path,
    data: Data,
    there: Sequence[Block],
    after: Block | None,
    moved: Block | None = None,
) -> Insert:
    """Return the edit that puts a block into a list: after another, or before the first with a higher number."""
    origin = moved.path if moved else None
    if after is not None and after not in there:
        place = loaded.place(after.path)
        raise Usage(_("{number} stands elsewhere ({place})").format(number=after.number, place=place))
    if loaded.document.at(path) is None:
        return Insert(path, [data], origin)
    later = (_index(each) for each in there if each.number > data["number"] and each is not moved)
    index = _index(after) + 1 if after else next(later, len(there))
    return Insert((*path, index), data, origin)


def _index(block: Block) -> int:
    return int(block.path[-1])


def _leaves_empty(loaded: Loaded, group: Group) -> Invalid:
    return Invalid(
        _("nothing is written: {group} would be left empty").format(group=block_name(loaded, group)),
        _("To take it out as well, add --with-group; to keep it, give it another action first"),
    )


def _without_items(loaded: Loaded, paths: Sequence[Path], to: Path | None = None) -> Iterator[Remove]:
    """Yield the edits that take items out of their lists; a list that isn't needed then goes with its key.

    ``to`` is the block into which they are moved.
    """
    by_list: dict[Path, list[Path]] = {}
    for path in paths:
        by_list.setdefault(path[:-1], []).append(path)
    for where, items in by_list.items():
        parent, name = where[:-1], where[-1]
        around = loaded.document.at(parent)
        key, _is_item = key_at(parent) if parent else (None, False)
        others = [other for other in CONTENTS[key.block if key else "plan"] if other != name and around.get(other)]
        is_bare = len(around[name]) == len(items) and (others or to == parent)
        yield from [Remove(where)] if is_bare else map(Remove, items)


def _emptied(loaded: Loaded, block: Block, to: Path) -> Iterator[Group]:
    """Yield the groups that hold a block and nothing else, from the inner one; what it is moved to holds it."""
    group = group_of(loaded, block)
    while group and (*group.groups, *group.loose) == (block,) and to[: len(group.path)] != group.path:
        yield group
        block, group = group, group_of(loaded, group)


def _notes_on(loaded: Loaded, groups: Sequence[Group]) -> list[Path]:
    """Return the paths of the source notes on some groups, which name them by number or path."""
    inner = [group.number for group in loaded.plan.inner_groups]
    named: set[tuple[object, object]] = {(None, group.number) for group in groups if group.level == 1}
    for group in groups:
        if group.level > 1:
            named |= {(path_of(group), None), *([(group.number, None)] if inner.count(group.number) == 1 else [])}
    notes = loaded.plan.source_notes
    return [note.path for note in notes if (note.measure, note.orientation) in named and note.action is None]


def _without_notes(loaded: Loaded, paths: Sequence[Path]) -> list[Edit]:
    """Return the edits that take source notes out; with their key, where none is left."""
    if paths and len(paths) == len(loaded.plan.source_notes):
        return [Remove(("source_notes",))]
    return [Remove(path) for path in paths]


def _with_new_paths(loaded: Loaded, old: tuple[int, ...], new: tuple[int, ...]) -> Iterator[Edit]:
    """Yield the edits of the source notes that name a group, or one in it, by its path."""
    for note in loaded.plan.source_notes:
        place = _place(note.measure)
        if place[: len(old)] == old:
            path = ".".join(map(str, (*new, *place[len(old) :])))
            yield Replace(note.path, {**loaded.document.at(note.path), "measure": path})


def _place(measure: object) -> tuple[int, ...]:
    """Return the numbers of a path (``1.2``); none of what is no path."""
    parts = measure.split(".") if isinstance(measure, str) else ()
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()


def remove_actions(loaded: Loaded, actions: Sequence[Action], reason: str, with_group: bool) -> list[Edit]:
    """Return the edits that remove actions and their source notes, and retire their numbers.

    ``with_group`` takes out what would be left without actions; else it raises Invalid.
    """
    gone = {action.number for action in actions}
    emptied = [group for group in loaded.plan.all_groups if _is_emptied(group, gone)]
    if emptied and not with_group:
        raise _leaves_empty(loaded, emptied[-1])
    inside: set[Path] = {group.path for group in emptied}
    taken_out = (*inside, *(each.path for each in actions))
    paths = [path for path in taken_out if inside.isdisjoint(path[:end] for end in range(1, len(path)))]
    notes = _notes_on(loaded, emptied)
    notes += [note.path for note in loaded.plan.source_notes if note.action in gone]
    removal = _without_items(loaded, sorted(paths))
    return [*removal, *_retirement(loaded, sorted(gone), reason), *_without_notes(loaded, notes)]


def _is_emptied(group: Group, gone: Collection[int]) -> bool:
    """Return whether nothing is left of a group without some actions."""
    held = [_is_emptied(each, gone) for each in group.groups] + [each.number in gone for each in group.loose]
    return bool(held) and all(held)


def _retirement(loaded: Loaded, numbers: Sequence[int], reason: str) -> list[Insert]:
    entries = [{"number": number, "reason": reason} for number in numbers]
    if loaded.document.at(("unused_numbers",)) is None:
        return [Insert(("unused_numbers",), entries)]
    there = [each.number for each in loaded.plan.unused_numbers]
    later = [next((at for at, each in enumerate(there) if each > number), len(there)) for number in numbers]
    return [Insert(("unused_numbers", at), entry) for at, entry in zip(later, entries, strict=True)]


def declare_directorate(loaded: Loaded, code: str, about: Mapping[str, str]) -> list[Edit]:
    """Return the edits that declare a code, or say more about one (nothing: take it away).

    Raise Usage for a code that can't be typed, that is nearly declared, or that names something else.
    """
    known = parse_code(loaded.plan, code)
    is_code = (
        code and fold(code) != NONE and code == " ".join(code.split()) and not any(mark in code for mark in ",|")
    )
    if not known and not is_code:
        raise Usage(
            _("“{code}” can't be a code").format(code=truncate(code, 60)),
            _("A code is a word that isn't “none”, without commas and |"),
        )
    if known and code not in known:
        sentence = _("{code} differs from {known} in case or accents only").format(code=code, known=known[0])
        raise Usage(did_you_mean(sentence, known[0]))
    path = ("directorates", code)
    other = "" if known else _named_otherwise(loaded.plan, code)
    if other:
        raise Usage(
            _("“{code}” is {what} already").format(code=code, what=other),
            _("A code names one thing: give the directorate another"),
        )
    if not known:
        return [Insert(path, {key: value for key, value in about.items() if value} or None)]
    old = loaded.document.at(path) or {}
    new = {key: value for key, value in {**old, **about}.items() if value} or None
    return [] if (new or {}) == old else [Replace(path, new)]


def _named_otherwise(plan: Plan, code: str) -> str:
    """Return the action or the group that a directorate's code would also name; else nothing."""
    if code in {str(action.number) for action in plan.actions}:
        return _("the number of an action")
    if fold(code) in {fold(other) for other, _block in plan.codes}:
        return _("the code of an action or a group")
    return ""
