"""Every fact that differs in two plans, one Change each: of actions, of groups, of what the plan declares."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from plancli.dates import last_day
from plancli.location import Path
from plancli.plan.model import (
    FIELD_TYPES,
    Action,
    Block,
    Entry,
    Field,
    Group,
    Plan,
    Type,
    fields_of,
    has_two_levels,
)
from plancli.review.change import Attributes, Change, ChangedValue, ChangeKind, attributes_of
from plancli.review.diff.identity import Pair
from plancli.review.diff.matching import Match, Numbers, match, pair_entries
from plancli.review.diff.sequences import without
from plancli.review.diff.vocabulary import PRIORITY, Renames, Vocabulary, vocabulary


def compare(old: Plan, new: Plan, matched: Match | None = None) -> list[Change]:
    """Return every fact that differs, by the actions' numbers, then titles and declarations; layout is no fact.

    ``matched`` is ``match(old, new)``, if the caller has it.
    """
    matched = matched or match(old, new)
    words = vocabulary(old, new, matched.actions)
    homes = _Homes(old, new, matched.groups)
    changes = [
        *_actions(fields_of(new, old), matched, words, homes),
        *_titles(old, new, matched),
        *_declarations(old, new, matched, words, homes),
    ]
    if homes.has_two_levels:
        return changes
    blocks = (change.after or change.before or change.group for change in changes)
    return [
        change._replace(groups=block.place if block else ()) for change, block in zip(changes, blocks, strict=True)
    ]


class _Homes:
    """The groups before and now, to tell whether a block is in another one.

    Where a plan has more or fewer levels than before, what only follows from that isn't a change of its own: a
    group counts as the nearest one around it that both plans have.
    """

    def __init__(self, old: Plan, new: Plan, pairs: Sequence[Pair[Group]]) -> None:
        self.has_two_levels = has_two_levels(old) and has_two_levels(new)
        self.parent = "orientation" if self.has_two_levels else "groups"  # by what a group says where it stands
        self._is_inside = len(old.levels) != len(new.levels)
        self._now: dict[Path, Path] = {before.path: after.path for before, after in pairs if before and after}
        self._now[()] = ()
        self._known = frozenset(self._now.values())

    def is_moved(self, before: Block, after: Block) -> bool:
        """Return whether a block is in another group than before."""
        was, now = before.path[:-2], after.path[:-2]
        while self._is_inside and was not in self._now:
            was = was[:-2]
        while self._is_inside and now not in self._known:
            now = now[:-2]
        return self._now.get(was) != now


def _actions(fields: Sequence[Field], matched: Match, words: Vocabulary, homes: _Homes) -> list[Change]:
    changes: list[Change] = []
    for before, after in matched.actions:
        if after and before is None:
            changes.append(_change(ChangeKind.ADDED, before, after))
        elif before and after is None:
            changes.append(_change(ChangeKind.REMOVED, before, after))
        elif before and after and before != after:
            changes += _differences(fields, before, after, words, homes)
        if after and (before is None or before.progress != after.progress):
            reported = _reports(before.progress if before else (), after.progress, words.statuses)
            changes += (_change(ChangeKind.REPORTED, before, after, "progress", old, new) for old, new in reported)
    return sorted(changes, key=lambda change: (change.action or 0, change.kind is not ChangeKind.REMOVED))


def _change(
    kind: ChangeKind,
    before: Action | None,
    after: Action | None,
    field: str | None = None,
    old: ChangedValue = None,
    new: ChangedValue = None,
    entry: Field | None = None,
) -> Change:
    """Return a change of an action."""
    now = after or before
    assert now
    return Change(
        kind,
        now.number,
        before.number if before else None,
        now.measure,
        now.orientation,
        field,
        old,
        new,
        tuple(dict.fromkeys(code for each in (after, before) if each for code in each.directorates)),
        before,
        after,
        entry=entry,
    )


def _differences(
    fields: Sequence[Field], before: Action, after: Action, words: Vocabulary, homes: _Homes
) -> Iterator[Change]:
    if homes.is_moved(before, after):
        if homes.has_two_levels:
            yield _change(ChangeKind.MOVED, before, after, "measure", before.measure, after.measure)
        else:
            yield _change(ChangeKind.MOVED, before, after, "groups", before.place, after.place)
    if before.number != after.number:
        yield _change(ChangeKind.RENUMBERED, before, after, "number", before.number, after.number)
    declared = words.gone | words.come | words.fields.keys()
    for field in fields:
        if field.key in declared:
            continue
        old, new = before.value(words.before(field.key)), after.value(field.key)
        if field.key != "number" and not words.same(field, old, new):
            yield _change(ChangeKind.CHANGED, before, after, field.key, old, new, field)
        if field.type is Type.CODES and _is_reordered(old, new):
            yield _change(ChangeKind.REORDERED, before, after, field.key, old, new, field)


def _is_reordered(old: ChangedValue, new: ChangedValue) -> bool:
    """Return whether the codes that both lists have are in another order."""
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return False
    common = set(old) & set(new)
    before, after = (list(dict.fromkeys(code for code in side if code in common)) for side in (old, new))
    return before != after


_EntryChange = tuple[Attributes | None, Attributes | None]
"""An entry before and now, as keys and values; None where it isn't there."""


def _reports(olds: Sequence[Entry], news: Sequence[Entry], renamed: Renames) -> Iterator[_EntryChange]:
    """Yield the entries that differ, by their dates; their order is layout, and so is a status that is renamed."""
    known = [entry._replace(status=renamed.get(entry.status, entry.status)) for entry in olds]
    found: list[tuple[tuple[str, bool, int], _EntryChange]] = []
    for before, after in pair_entries(known, news):
        old, new = (_entry(each) if each else None for each in (before, after))
        entry = after or before
        if entry and old != new:
            found.append(((last_day(entry.date), after is None, int(entry.path[-1])), (old, new)))
    yield from (each for _order, each in sorted(found, key=itemgetter(0)))


def _entry(entry: Entry) -> Attributes:
    """Return the keys and values of an entry as in the file."""
    return tuple((key, value) for key, value in _attributes(entry) if value is not None)


def _attributes(block: Any) -> Attributes:
    """Return the values of a named tuple of the model by key, without its path."""
    return tuple((key, value) for key, value in block._asdict().items() if key != "path")


def _titles(old: Plan, new: Plan, matched: Match) -> Iterator[Change]:
    """Yield the titles that changed: of the plan, of orientations, of measures."""
    if old.title != new.title:
        yield _group_decision(ChangeKind.RETITLED, "plan", old.title, new.title, new.actions)
    for field, pairs in (("orientation", matched.orientations), ("measure", matched.measures)):
        for before, after in pairs:
            if before and after and before.title != after.title:
                yield _decision_on(after, ChangeKind.RETITLED, field, before.title, after.title)


def _group_decision(
    kind: ChangeKind, field: str, old: ChangedValue, new: ChangedValue, under: tuple[Action, ...]
) -> Change:
    """Return a change of a group of actions, to which their pilots must agree."""
    pilots = dict.fromkeys(code for action in under for code in action.pilots)
    return Change(kind, field=field, old=old, new=new, directorates=tuple(pilots), under=under)


def _decision_on(group: Group, kind: ChangeKind, field: str, old: ChangedValue, new: ChangedValue) -> Change:
    """Return a change of a group of the plan, as it is now."""
    found = _group_decision(kind, field, old, new, group.actions)
    return found._replace(measure=group.measure, orientation=group.orientation, group=group)


def _declarations(old: Plan, new: Plan, matched: Match, words: Vocabulary, homes: _Homes) -> Iterator[Change]:
    """Yield the declarations that differ, in the order of the file."""
    yield from _scalars(old, new, words)
    yield from _statuses(old, new, words.statuses)
    yield from _declared_fields(old, new, words)
    yield from _blocks("directorates", old.directorates, new.directorates)
    yield from _groups(matched, homes)
    yield from _blocks("unused_numbers", old.unused_numbers, new.unused_numbers)
    numbers, paths = matched.numbers, matched.paths
    moved = any(was != now for known in (*numbers, paths) for was, now in known.items())
    if moved or old.source_notes != new.source_notes:
        notes = _notes(old, numbers, paths), _notes(new, ({}, {}, {}), {})
        yield from _declared_changes("source_notes", *notes)
    yield from _blocks("glossary", old.glossary, new.glossary)


def _scalars(old: Plan, new: Plan, words: Vocabulary) -> Iterator[Change]:
    pairs: tuple[tuple[str, ChangedValue, ChangedValue], ...] = (
        ("language", old.language, new.language),
        ("period", _attributes(old.period), _attributes(new.period)),
        ("levels", _levels(old), _levels(new)),
        ("priorities", old.priorities or None, new.priorities or None),
    )
    for field, before, after in pairs:
        if before != after:
            under = new.actions if field == "period" else ()
            change = _group_decision(ChangeKind.DECLARED, field, before, after, under)
            yield _with_renamed_priorities(change, old, new, words) if field == "priorities" else change


def _levels(plan: Plan) -> tuple[str, ...] | None:
    """Return the names of the levels that a plan declares, with plurals of its own."""
    return None if plan.declared_levels is None else tuple(level.words for level in plan.declared_levels)


def _with_renamed_priorities(change: Change, old: Plan, new: Plan, words: Vocabulary) -> Change:
    """Return a change of the priorities with those renamed, and with how many actions have a value it is about."""
    known = words.words.get(PRIORITY, {})
    if old.priorities and new.priorities:
        affected = sum(action.priority in known for action in old.actions)
    else:
        affected = sum(action.priority is not None for action in (new if new.priorities else old).actions)
    return change._replace(renamed=_as_texts(known), affected=affected)


def _as_texts(known: Renames) -> tuple[tuple[str, str], ...]:
    """Return renamed words as a change has them."""
    return tuple((str(was), str(now)) for was, now in known.items())


class _Declaration(NamedTuple):
    """A declaration: its key, what is compared of it, and the whole entry."""

    key: Hashable
    compared: Hashable
    entry: Attributes


def _blocks(field: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """Yield the blocks of a register or a list that differ; each is known by what it begins with."""
    if old != new:
        sides = ([_declaration(_attributes(block)) for block in blocks] for blocks in (old, new))
        yield from _declared_changes(field, *sides)


def _declaration(entry: Attributes, renamed: Renames = MappingProxyType({})) -> _Declaration:
    """Return an entry under its key, by the name that this has now."""
    key = entry[0][1]
    return _Declaration(renamed.get(key, key), entry, entry)


def _statuses(old: Plan, new: Plan, renamed: Renames) -> Iterator[Change]:
    """Yield the statuses that differ; one that is renamed is one change."""

    def entries(plan: Plan, renamed: Renames) -> list[_Declaration]:
        return [_declaration((("status", each.name), ("closed", each.closed)), renamed) for each in plan.statuses]

    for change in _declared_changes("statuses", entries(old, renamed), entries(new, {})):
        was, now = (attributes_of(each).get("status") for each in (change.old, change.new))
        is_renamed = None not in (was, now) and was != now
        reported = (entry.status for action in old.actions for entry in action.progress if is_renamed)
        yield change._replace(affected=sum(status == was for status in reported))


def _declared_fields(old: Plan, new: Plan, words: Vocabulary) -> Iterator[Change]:
    """Yield the fields that differ, with how many actions have one that comes, goes or is renamed."""

    def entries(plan: Plan, renamed: Renames) -> list[_Declaration]:
        return [_declaration(_field(each), renamed) for each in plan.declared_fields]

    for change in _declared_changes("fields", entries(old, words.fields), entries(new, {})):
        was, now = (attributes_of(each).get("key") for each in (change.old, change.new))
        plan, key = (new, str(now)) if now else (old, str(was))
        is_counted = was != now or key in words.retyped
        yield change._replace(
            renamed=_as_texts(words.words.get(key, {})) if was and now else (),
            affected=sum(action.value(key) is not None for action in plan.actions) if is_counted else 0,
        )


def _field(field: Field) -> Attributes:
    types = {kind: name for name, kind in FIELD_TYPES.items()}
    entry: Attributes = (("key", field.key), ("label", field.label), ("type", types[field.type]))
    return (*entry, ("values", field.values)) if field.values else entry


def _notes(plan: Plan, renumbered: Numbers, moved: Mapping[str, str]) -> list[_Declaration]:
    """Return the notes; one that only follows its action or group to another number or path is the same."""
    found = []
    for note in plan.source_notes:
        numbers = (note.action, note.measure, note.orientation)
        now = (_current_number(known, was, moved) for known, was in zip(renumbered, numbers, strict=True))
        key = (*now, note.field)
        found.append(_Declaration(key, (key, note.source, note.note), _attributes(note)))
    return found


def _current_number(numbers: Mapping[int, int], was: int | str | None, moved: Mapping[str, str]) -> Hashable:
    """Return the number, or the path, that an old one became; one that another block has now is marked as gone."""
    known: Mapping[Any, Any] = moved if isinstance(was, str) else numbers
    if was in known or was not in known.values():
        now: Hashable = known.get(was, was)
        return now
    return ("gone", was)


def _declared_changes(field: str, old: Sequence[_Declaration], new: Sequence[_Declaration]) -> Iterator[Change]:
    """Yield the declarations that differ, paired by key; the others were added or removed."""
    gone, come = _unpaired(old, new, attrgetter("compared"))
    gone, come = _unpaired(gone, come, attrgetter("entry"))
    waiting: dict[Hashable, list[_Declaration]] = defaultdict(list)
    for each in reversed(gone):
        waiting[each.key].append(each)
    for after in come:
        found = waiting[after.key]
        yield _declared(field, found.pop().entry if found else None, after.entry)
    for rest in waiting.values():
        for before in reversed(rest):
            yield _declared(field, before.entry, None)


def _unpaired(
    old: Sequence[_Declaration], new: Sequence[_Declaration], key: Callable[[_Declaration], Hashable]
) -> tuple[list[_Declaration], list[_Declaration]]:
    """Return the declarations of each side that the other side doesn't have."""
    olds, news = list(map(key, old)), list(map(key, new))
    return without(old, olds, news), without(new, news, olds)


def _declared(field: str, old: Attributes | None, new: Attributes | None) -> Change:
    code = dict(new or old or ()).get("code")
    codes = (code,) if isinstance(code, str) else ()
    return Change(ChangeKind.DECLARED, field=field, old=old, new=new, directorates=codes)


def _groups(matched: Match, homes: _Homes) -> Iterator[Change]:
    """Yield the groups that were added, removed or renumbered, those at the top first, and any that moved."""
    for before, after in matched.orientations:
        yield from _declared_group("orientations", before, after, "")
    for at, (before, after) in enumerate(matched.groups):
        if before and after and homes.is_moved(before, after):
            was, now = (_parent(each, homes.parent) for each in (before, after))
            yield _decision_on(after, ChangeKind.MOVED, homes.parent, was, now)
        if at >= len(matched.orientations):
            yield from _declared_group("measures", before, after, homes.parent)


def _declared_group(field: str, before: Group | None, after: Group | None, parent: str) -> Iterator[Change]:
    """Yield a group that comes, goes, or has another number or code."""
    group = after or before
    if group and (before is None or after is None or (before.number, before.code) != (after.number, after.code)):
        is_coded = any(each and each.code for each in (before, after))
        old, new = (_group(each, is_coded, parent) if each else None for each in (before, after))
        numbers = group.measure, group.orientation
        yield Change(ChangeKind.DECLARED, None, None, *numbers, field, old, new, group=group)


def _group(group: Group, is_coded: bool, parent: str) -> Attributes:
    """Return a group as its number, its code where it has or had one, what it is in, and its title."""
    code: Attributes = (("code", group.code),) if is_coded else ()
    place: Attributes = ((parent, _parent(group, parent)),) if parent else ()
    return (("number", group.number), *code, *place, ("title", group.title))


def _parent(group: Group, parent: str) -> int | tuple[int, ...]:
    """Return what a group below the top is in: its orientation, or all the numbers from the top."""
    return group.orientation if parent == "orientation" else group.place[:-1]
