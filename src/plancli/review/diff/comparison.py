"""Every fact that differs in two plans: one Change each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from plancli.plan.model import Action, Entry, Field, Plan, Type, fields_of
from plancli.review.change import Attributes, Change, ChangedValue, ChangeKind
from plancli.review.diff.declarations import declarations, titles
from plancli.review.diff.matching import Homes, Match, match
from plancli.review.diff.sequences import without
from plancli.review.diff.vocabulary import Renames, Vocabulary, vocabulary


def compare(old: Plan, new: Plan, matched: Match | None = None) -> list[Change]:
    """Return every fact that differs, by the actions' numbers, then titles and declarations; layout is no fact.

    ``matched`` is ``match(old, new)``, if the caller has it.
    """
    matched = matched or match(old, new)
    words = vocabulary(old, new, matched.actions)
    homes = Homes(old, new, matched.groups)
    changes = [
        *_actions(fields_of(new, old), matched, words, homes),
        *titles(old, new, matched),
        *declarations(old, new, matched, words, homes),
    ]
    if homes.has_two_levels:
        return changes
    return [change._replace(groups=_groups(change)) for change in changes]


def _groups(change: Change) -> tuple[int, ...]:
    """Return the numbers of the groups of the action that a change is about, or of the group itself."""
    block = change.after or change.before or change.group
    return block.place if block else ()


def _actions(fields: Sequence[Field], matched: Match, words: Vocabulary, homes: Homes) -> list[Change]:
    changes: list[Change] = []
    for before, after in matched.actions:
        if before is None or after is None:
            changes += _added_or_removed(before, after)
        elif before != after:
            changes += _differences(fields, before, after, words, homes)
        if after and (before is None or before.progress != after.progress):
            reported = _reports(before.progress if before else (), after.progress, words.statuses)
            changes += (_change(ChangeKind.REPORTED, before, after, "progress", old, new) for old, new in reported)
    return sorted(changes, key=lambda change: (change.action or 0, change.kind is not ChangeKind.REMOVED))


def _added_or_removed(before: Action | None, after: Action | None) -> Iterator[Change]:
    action = after or before
    if action:
        kind = ChangeKind.ADDED if after else ChangeKind.REMOVED
        yield _change(kind, before, after)._replace(directorates=action.directorates)


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
    codes = [code for each in (after, before) if each for code in each.directorates]
    now = after or before
    return Change(
        kind,
        now.number if now else None,
        before.number if before else None,
        now.measure if now else None,
        now.orientation if now else None,
        field,
        old,
        new,
        tuple(dict.fromkeys(codes)),
        before,
        after,
        entry=entry,
    )


def _differences(
    fields: Sequence[Field], before: Action, after: Action, words: Vocabulary, homes: Homes
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
    before = [entry._replace(status=renamed.get(entry.status, entry.status)) for entry in olds]
    waiting: dict[str, list[Entry]] = defaultdict(list)
    for entry in reversed(_lacking(before, news)):
        waiting[entry.date].append(entry)
    come = _lacking(news, before)
    pairs = [(waiting[entry.date].pop() if waiting[entry.date] else None, entry) for entry in come]
    left = [entry for entries in waiting.values() for entry in reversed(entries)]
    found: list[tuple[str, _EntryChange]] = []
    for was, now in pairs:
        old = was or _redated(left, now)
        found.append((now.date, (_attributes(old) if old else None, _attributes(now))))
    found += [(entry.date, (_attributes(entry), None)) for entry in left]
    yield from (each for _date, each in sorted(found, key=lambda each: each[0]))


def _lacking(some: Sequence[Entry], others: Sequence[Entry]) -> list[Entry]:
    """Return the entries that others lack, wherever they stand."""
    return without(some, (entry[:-1] for entry in some), (entry[:-1] for entry in others))


def _redated(left: list[Entry], entry: Entry) -> Entry | None:
    """Take the entry that says the same under another date out of some, and return it."""
    found = next((each for each in left if each[1:-1] == entry[1:-1]), None)
    if found:
        left.remove(found)
    return found


def _attributes(entry: Entry) -> Attributes:
    """Return the keys and values of an entry as in the file."""
    values = entry._asdict()
    return tuple((key, value) for key, value in values.items() if value is not None and key != "path")
