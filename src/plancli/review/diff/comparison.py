"""Every fact that differs in two plans: one Change each."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from plancli.plan.model import Action, Field, Group, Plan, Type, fields_of
from plancli.review.change import Change, ChangeKind, Entry, Value
from plancli.review.diff.matching import Match, Numbers, match


def compare(old: Plan, new: Plan, matched: Match | None = None) -> list[Change]:
    """Return every fact that differs, by the actions' numbers, then titles and declarations; layout is no fact.

    ``matched`` is ``match(old, new)``, if the caller has it.
    """
    matched = matched or match(old, new)
    return [*_actions(fields_of(old, new), matched), *titles(old, new, matched), *declarations(old, new, matched)]


def _actions(fields: Sequence[Field], matched: Match) -> list[Change]:
    measures = {
        before.path: after.path for before, after in (*matched.orientations, *matched.measures) if before and after
    }
    changes: list[Change] = []
    for before, after in matched.actions:
        if before is None or after is None:
            changes += _added_or_removed(before, after)
        elif before != after:
            moved = measures.get(before.path[:-2]) != (after.path[:-2] or None)
            changes += _differences(fields, before, after, moved)
    return sorted(changes, key=lambda change: (change.action or 0, change.kind is not ChangeKind.REMOVED))


def _added_or_removed(before: Action | None, after: Action | None) -> Iterator[Change]:
    action = after or before
    if action:
        yield Change(
            ChangeKind.ADDED if after else ChangeKind.REMOVED,
            action.number,
            before.number if before else None,
            action.measure,
            action.orientation,
            directorates=action.directorates,
            before=before,
            after=after,
        )


def _differences(fields: Sequence[Field], before: Action, after: Action, moved: bool) -> Iterator[Change]:
    def change(kind: ChangeKind, field: str, entry: Field | None = None) -> Change:
        return Change(
            kind,
            after.number,
            before.number,
            after.measure,
            after.orientation,
            field,
            before.value(field),
            after.value(field),
            tuple(dict.fromkeys(after.directorates + before.directorates)),
            before,
            after,
            entry=entry,
        )

    if moved:
        yield change(ChangeKind.MOVED, "measure")
    if before.number != after.number:
        yield change(ChangeKind.RENUMBERED, "number")
    for field in fields:
        old, new = before.value(field.key), after.value(field.key)
        if field.key != "number" and not field.is_same(old, new):
            yield change(ChangeKind.CHANGED, field.key, field)
        if field.type is Type.CODES and _is_reordered(old, new):
            yield change(ChangeKind.REORDERED, field.key, field)


def _is_reordered(old: Value, new: Value) -> bool:
    """Return whether the codes that both lists have are in another order."""
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return False
    matching_blocks = set(old) & set(new)
    orders = (dict.fromkeys(code for code in side if code in matching_blocks) for side in (old, new))
    return list(next(orders)) != list(next(orders))


def titles(old: Plan, new: Plan, matched: Match) -> Iterator[Change]:
    """Yield the titles that changed: of the plan, of orientations, of measures."""
    if old.title != new.title:
        yield _group_decision(ChangeKind.RETITLED, "plan", old.title, new.title, new.actions)
    for field, pairs in (("orientation", matched.orientations), ("measure", matched.measures)):
        for before, after in pairs:
            if before and after and before.title != after.title:
                measure, orientation = _place(after)
                change = _group_decision(ChangeKind.RETITLED, field, before.title, after.title, after.actions)
                yield replace(change, measure=measure, orientation=orientation)


def _group_decision(kind: ChangeKind, field: str, old: Value, new: Value, under: tuple[Action, ...]) -> Change:
    """Return a change of a group of actions, to which their pilots must agree."""
    pilots = dict.fromkeys(code for action in under for code in action.pilots)
    return Change(kind, field=field, old=old, new=new, directorates=tuple(pilots), under=under)


def _place(block: Group) -> tuple[int | None, int]:
    """Return the numbers of the measure, if it is one or stands in one, and of the orientation."""
    return block.measure, block.orientation


def declarations(old: Plan, new: Plan, matched: Match) -> Iterator[Change]:
    """Yield the declarations that differ, in the order of the file."""
    yield from _scalars(old, new)
    if old.directorates != new.directorates:
        yield from _declared_changes("directorates", _directorates(old), _directorates(new))
    yield from _orientations(matched)
    yield from _measures(matched)
    if old.unused_numbers != new.unused_numbers:
        yield from _declared_changes("unused_numbers", _unused(old), _unused(new))
    numbers = matched.numbers
    if old.source_notes != new.source_notes or any(was != now for each in numbers for was, now in each.items()):
        yield from _declared_changes("source_notes", _notes(old, numbers), _notes(new, ({}, {}, {})))
    if old.glossary != new.glossary:
        yield from _declared_changes("glossary", _acronyms(old), _acronyms(new))


def _scalars(old: Plan, new: Plan) -> Iterator[Change]:
    pairs: tuple[tuple[str, Value, Value], ...] = (
        ("language", old.language, new.language),
        ("period", _period(old), _period(new)),
        ("priorities", old.priorities, new.priorities),
    )
    for field, before, after in pairs:
        if before != after:
            under = new.actions if field == "period" else ()
            yield _group_decision(ChangeKind.DECLARED, field, before, after, under)


def _period(plan: Plan) -> Entry:
    return (("start", plan.period.start), ("end", plan.period.end))


@dataclass(frozen=True, slots=True)
class _Declaration:
    """A declaration: its key, what is compared of it, and the whole entry."""

    key: Hashable
    compared: Hashable
    entry: Entry


def _directorates(plan: Plan) -> list[_Declaration]:
    entries: list[Entry] = [
        (("code", each.code), ("name", each.name), ("ministry", each.ministry), ("note", each.note))
        for each in plan.directorates
    ]
    return [_Declaration(entry[0], entry, entry) for entry in entries]


def _unused(plan: Plan) -> list[_Declaration]:
    entries: list[Entry] = [(("number", each.number), ("reason", each.reason)) for each in plan.unused_numbers]
    return [_Declaration(entry[0], entry, entry) for entry in entries]


def _acronyms(plan: Plan) -> list[_Declaration]:
    entries: list[Entry] = [(("acronym", each.acronym), ("expansion", each.expansion)) for each in plan.glossary]
    return [_Declaration(entry[0], entry, entry) for entry in entries]


def _notes(plan: Plan, renumbered: Numbers) -> list[_Declaration]:
    """Return the notes; one that only follows its action to another number is the same."""
    found = []
    for note in plan.source_notes:
        numbers = (note.action, note.measure, note.orientation)
        key = (*(_current_number(now, was) for now, was in zip(renumbered, numbers, strict=True)), note.field)
        named = zip(("action", "measure", "orientation"), numbers, strict=True)
        entry = (*named, ("field", note.field), ("source", note.source), ("note", note.note))
        found.append(_Declaration(key, (key, note.source, note.note), entry))
    return found


def _current_number(numbers: Mapping[int, int], was: int | str | None) -> Hashable:
    """Return the number that an old one became; one that another block has now is marked as gone."""
    if isinstance(was, str):
        return was
    if was in numbers or was not in numbers.values():
        return numbers.get(was or 0, was)
    return ("gone", was)


def _declared_changes(field: str, old: Sequence[_Declaration], new: Sequence[_Declaration]) -> Iterator[Change]:
    """Yield the declarations that differ, paired by key; the others were added or removed."""
    gone, come = _without(old, new, _compared), _without(new, old, _compared)
    gone, come = _without(gone, come, _whole), _without(come, gone, _whole)
    waiting: dict[Hashable, list[_Declaration]] = defaultdict(list)
    for each in reversed(gone):
        waiting[each.key].append(each)
    for after in come:
        found = waiting[after.key]
        yield _entry(field, found.pop().entry if found else None, after.entry)
    for rest in waiting.values():
        for before in reversed(rest):
            yield _entry(field, before.entry, None)


def _without(
    some: Sequence[_Declaration], others: Sequence[_Declaration], key: Callable[[_Declaration], Hashable]
) -> list[_Declaration]:
    counts = Counter(map(key, others))
    found = []
    for each in some:
        if counts[key(each)]:
            counts[key(each)] -= 1
        else:
            found.append(each)
    return found


def _compared(declared: _Declaration) -> Hashable:
    return declared.compared


def _whole(declared: _Declaration) -> Hashable:
    return declared.entry


def _entry(field: str, old: Entry | None, new: Entry | None) -> Change:
    code = dict(new or old or ()).get("code")
    codes = (code,) if isinstance(code, str) else ()
    return Change(ChangeKind.DECLARED, field=field, old=old, new=new, directorates=codes)


def _orientations(matched: Match) -> Iterator[Change]:
    """Yield the orientations that were added, removed or renumbered."""
    for before, after in matched.orientations:
        orientation = after or before
        if orientation and (before is None or after is None or before.number != after.number):
            old, new = (
                (("number", each.number), ("title", each.title)) if each else None for each in (before, after)
            )
            yield Change(
                ChangeKind.DECLARED, orientation=orientation.number, field="orientations", old=old, new=new
            )


def _measures(matched: Match) -> Iterator[Change]:
    """Yield the measures that were added, removed, renumbered, or moved to another orientation."""
    orientations = {before.path: after.path for before, after in matched.orientations if before and after}
    for before, after in matched.measures:
        if before and after and orientations.get(before.path[:2]) != after.path[:2]:
            moved = _group_decision(
                ChangeKind.MOVED, "orientation", before.orientation, after.orientation, after.actions
            )
            yield replace(moved, measure=after.number, orientation=after.orientation)
        measure = after or before
        if measure and (before is None or after is None or before.number != after.number):
            yield Change(
                ChangeKind.DECLARED,
                measure=measure.number,
                orientation=measure.orientation,
                field="measures",
                old=_measure(before),
                new=_measure(after),
            )


def _measure(measure: Group | None) -> Entry | None:
    if measure is None:
        return None
    return (("number", measure.number), ("orientation", measure.orientation), ("title", measure.title))
