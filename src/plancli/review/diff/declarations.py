"""What a plan calls its groups and what it declares, as far as it differs: titles, levels, fields, notes …"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from plancli.plan.model import FIELD_TYPES, Action, Field, Group, Plan, Status
from plancli.review.change import Attributes, Change, ChangedValue, ChangeKind, attributes_of
from plancli.review.diff.matching import Homes, Match, Numbers
from plancli.review.diff.sequences import without
from plancli.review.diff.vocabulary import PRIORITY, Renames, Vocabulary


def titles(old: Plan, new: Plan, matched: Match) -> Iterator[Change]:
    """Yield the titles that changed: of the plan, of orientations, of measures."""
    if old.title != new.title:
        yield _group_decision(ChangeKind.RETITLED, "plan", old.title, new.title, new.actions)
    for field, pairs in (("orientation", matched.orientations), ("measure", matched.measures)):
        for before, after in pairs:
            if before and after and before.title != after.title:
                change = _group_decision(ChangeKind.RETITLED, field, before.title, after.title, after.actions)
                yield change._replace(measure=after.measure, orientation=after.orientation, group=after)


def _group_decision(
    kind: ChangeKind, field: str, old: ChangedValue, new: ChangedValue, under: tuple[Action, ...]
) -> Change:
    """Return a change of a group of actions, to which their pilots must agree."""
    pilots = dict.fromkeys(code for action in under for code in action.pilots)
    return Change(kind, field=field, old=old, new=new, directorates=tuple(pilots), under=under)


def declarations(old: Plan, new: Plan, matched: Match, words: Vocabulary, homes: Homes) -> Iterator[Change]:
    """Yield the declarations that differ, in the order of the file."""
    yield from _scalars(old, new, words)
    if old.statuses != new.statuses:
        yield from _statuses(old, new, words.statuses)
    if old.declared_fields != new.declared_fields:
        yield from _declared_fields(old, new, words)
    if old.directorates != new.directorates:
        yield from _declared_changes("directorates", _directorates(old), _directorates(new))
    yield from _orientations(matched)
    yield from _measures(matched, homes)
    if old.unused_numbers != new.unused_numbers:
        yield from _declared_changes("unused_numbers", _unused(old), _unused(new))
    numbers, paths = matched.numbers, matched.paths
    renumbered = any(was != now for each in (*numbers, paths) for was, now in each.items())
    if old.source_notes != new.source_notes or renumbered:
        yield from _declared_changes("source_notes", _notes(old, numbers, paths), _notes(new, ({}, {}, {}), {}))
    if old.glossary != new.glossary:
        yield from _declared_changes("glossary", _acronyms(old), _acronyms(new))


def _scalars(old: Plan, new: Plan, words: Vocabulary) -> Iterator[Change]:
    pairs: tuple[tuple[str, ChangedValue, ChangedValue], ...] = (
        ("language", old.language, new.language),
        ("period", _period(old), _period(new)),
        ("levels", _levels(old), _levels(new)),
        ("priorities", old.priorities or None, new.priorities or None),
    )
    for field, before, after in pairs:
        if before != after:
            under = new.actions if field == "period" else ()
            change = _group_decision(ChangeKind.DECLARED, field, before, after, under)
            if field == "priorities":
                change = change._replace(**_renaming(words.words.get(PRIORITY, {}), old, new, PRIORITY))
            yield change


def _levels(plan: Plan) -> tuple[str, ...] | None:
    """Return the names of the levels that a plan declares, with a plural of their own."""
    if plan.declared_levels is None:
        return None
    return tuple(level.name for level in plan.declared_levels)


def _renaming(known: Renames, old: Plan, new: Plan, key: str) -> dict[str, Any]:
    """Return the renamed words of a field for a change, and how many actions have a value it is about."""
    renamed = tuple((str(was), str(now)) for was, now in known.items())
    if old.priorities and new.priorities and key == PRIORITY:
        return {"renamed": renamed, "affected": sum(action.value(key) in known for action in old.actions)}
    plan = new if new.priorities else old
    return {"renamed": renamed, "affected": sum(action.value(key) is not None for action in plan.actions)}


def _statuses(old: Plan, new: Plan, renamed: Renames) -> Iterator[Change]:
    """Yield the statuses that differ; one that is renamed is one change."""
    sides = [
        [
            _Declaration(names.get(each.name, each.name), entry, entry)
            for each in plan.statuses
            for entry in [_status(each)]
        ]
        for plan, names in ((old, renamed), (new, {}))
    ]
    counts = Counter(entry.status for action in old.actions for entry in action.progress)
    for change in _declared_changes("statuses", *sides):
        was, now = (attributes_of(each).get("status") for each in (change.old, change.new))
        affected = counts[was] if was != now and isinstance(was, str) and now is not None else 0
        yield change._replace(affected=affected)


def _status(status: Status) -> Attributes:
    return (("status", status.name), ("closed", status.closed))


def _declared_fields(old: Plan, new: Plan, words: Vocabulary) -> Iterator[Change]:
    """Yield the fields that differ, with how many actions have one that comes, goes or is renamed."""
    sides = [
        [
            _Declaration(names.get(each.key, each.key), entry, entry)
            for each in plan.declared_fields
            for entry in [_field(each)]
        ]
        for plan, names in ((old, words.fields), (new, {}))
    ]
    for change in _declared_changes("fields", *sides):
        was, now = (attributes_of(each).get("key") for each in (change.old, change.new))
        plan, key = (new, str(now)) if now else (old, str(was))
        counted = was != now or key in words.retyped
        known = words.words.get(key, {}) if was and now else {}
        yield change._replace(
            renamed=tuple((str(one), str(other)) for one, other in known.items()),
            affected=sum(action.value(key) is not None for action in plan.actions) if counted else 0,
        )


def _field(field: Field) -> Attributes:
    types = {kind: name for name, kind in FIELD_TYPES.items()}
    entry: Attributes = (("key", field.key), ("label", field.label), ("type", types[field.type]))
    return (*entry, ("values", field.values)) if field.values else entry


def _period(plan: Plan) -> Attributes:
    return (("start", plan.period.start), ("end", plan.period.end))


class _Declaration(NamedTuple):
    """A declaration: its key, what is compared of it, and the whole entry."""

    key: Hashable
    compared: Hashable
    entry: Attributes


def _directorates(plan: Plan) -> list[_Declaration]:
    entries: list[Attributes] = [
        (("code", each.code), ("name", each.name), ("ministry", each.ministry), ("note", each.note))
        for each in plan.directorates
    ]
    return [_Declaration(entry[0], entry, entry) for entry in entries]


def _unused(plan: Plan) -> list[_Declaration]:
    entries: list[Attributes] = [
        (("number", each.number), ("reason", each.reason)) for each in plan.unused_numbers
    ]
    return [_Declaration(entry[0], entry, entry) for entry in entries]


def _acronyms(plan: Plan) -> list[_Declaration]:
    entries: list[Attributes] = [
        (("acronym", each.acronym), ("expansion", each.expansion)) for each in plan.glossary
    ]
    return [_Declaration(entry[0], entry, entry) for entry in entries]


def _notes(plan: Plan, renumbered: Numbers, moved: Mapping[str, str]) -> list[_Declaration]:
    """Return the notes; one that only follows its action or group to another number or path is the same."""
    found = []
    for note in plan.source_notes:
        numbers = (note.action, note.measure, note.orientation)
        now = (_current_number(known, was, moved) for known, was in zip(renumbered, numbers, strict=True))
        key = (*now, note.field)
        named = zip(("action", "measure", "orientation"), numbers, strict=True)
        entry = (*named, ("field", note.field), ("source", note.source), ("note", note.note))
        found.append(_Declaration(key, (key, note.source, note.note), entry))
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
        yield _entry(field, found.pop().entry if found else None, after.entry)
    for rest in waiting.values():
        for before in reversed(rest):
            yield _entry(field, before.entry, None)


def _unpaired(
    old: Sequence[_Declaration], new: Sequence[_Declaration], key: Callable[[_Declaration], Hashable]
) -> tuple[list[_Declaration], list[_Declaration]]:
    """Return the declarations of each side that the other side doesn't have."""
    olds, news = list(map(key, old)), list(map(key, new))
    return without(old, olds, news), without(new, news, olds)


def _entry(field: str, old: Attributes | None, new: Attributes | None) -> Change:
    code = dict(new or old or ()).get("code")
    codes = (code,) if isinstance(code, str) else ()
    return Change(ChangeKind.DECLARED, field=field, old=old, new=new, directorates=codes)


def _orientations(matched: Match) -> Iterator[Change]:
    """Yield the groups at the top that were added, removed or renumbered."""
    for before, after in matched.orientations:
        group = after or before
        if group and _is_declared(before, after):
            old, new = (_group(each, before, after, ()) for each in (before, after))
            yield Change(
                ChangeKind.DECLARED,
                orientation=group.number,
                field="orientations",
                old=old,
                new=new,
                group=group,
            )


def _is_declared(before: Group | None, after: Group | None) -> bool:
    """Return whether a group comes, goes, or has another number or code."""
    return before is None or after is None or (before.number, before.code) != (after.number, after.code)


def _measures(matched: Match, homes: Homes) -> Iterator[Change]:
    """Yield the groups below the top that were added, removed or renumbered, and any that moved to another."""
    tops = len(matched.orientations)
    for at, (before, after) in enumerate(matched.groups):
        group = after or before
        if before and after and homes.is_moved(before, after):
            if homes.has_two_levels:
                numbers: tuple[ChangedValue, ChangedValue] = (before.orientation, after.orientation)
                moved = _group_decision(ChangeKind.MOVED, "orientation", *numbers, after.actions)
            else:
                moved = _group_decision(
                    ChangeKind.MOVED, "groups", before.place[:-1], after.place[:-1], after.actions
                )
            yield moved._replace(measure=after.measure, orientation=after.orientation, group=after)
        if group and at >= tops and _is_declared(before, after):
            yield Change(
                ChangeKind.DECLARED,
                measure=group.measure,
                orientation=group.orientation,
                field="measures",
                old=_group(before, before, after, homes.parent(before)),
                new=_group(after, before, after, homes.parent(after)),
                group=group,
            )


def _group(
    group: Group | None, before: Group | None, after: Group | None, parent: Attributes
) -> Attributes | None:
    """Return a group as its number, its code where it has or had one, what it stands in, and its title."""
    if group is None:
        return None
    coded = any(each and each.code for each in (before, after))
    code: Attributes = (("code", group.code),) if coded else ()
    return (("number", group.number), *code, *parent, ("title", group.title))
