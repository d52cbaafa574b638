"""The facts that differ in two plans: one Change each, sorted by action; titles and declarations last."""

from collections.abc import Iterator, Sequence

from plancli.plan.model import Action, Field, Plan, Type, fields_of
from plancli.review.change import Change, Kind, Value
from plancli.review.diff.declared import declarations, titles
from plancli.review.diff.matching import Match, match


def compare(old: Plan, new: Plan, matched: Match | None = None) -> list[Change]:
    """Give every fact that differs, in the order of the actions' numbers; nothing for what is only layout.

    ``matched`` is ``match(old, new)``, for who has it already.
    """
    matched = matched or match(old, new)
    return [*_actions(fields_of(old, new), matched), *titles(old, new, matched), *declarations(old, new, matched)]


def _actions(fields: Sequence[Field], matched: Match) -> list[Change]:
    measures = {before.path: after.path for before, after in matched.measures if before and after}
    changes: list[Change] = []
    for before, after in matched.actions:
        if before is None or after is None:
            changes += _come_or_gone(before, after)
        elif before != after:
            moved = measures.get(before.path[:4]) != after.path[:4]
            changes += _differences(fields, before, after, moved)
    return sorted(changes, key=lambda change: (change.action or 0, change.kind is not Kind.REMOVED))


def _come_or_gone(before: Action | None, after: Action | None) -> Iterator[Change]:
    action = after or before
    if action:
        yield Change(
            Kind.ADDED if after else Kind.REMOVED,
            action.number,
            before.number if before else None,
            action.measure,
            action.orientation,
            directorates=action.directorates,
            before=before,
            after=after,
        )


def _differences(fields: Sequence[Field], before: Action, after: Action, moved: bool) -> Iterator[Change]:
    def change(kind: Kind, field: str, entry: Field | None = None) -> Change:
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
        yield change(Kind.MOVED, "measure")
    if before.number != after.number:
        yield change(Kind.RENUMBERED, "number")
    for field in fields:
        old, new = before.value(field.key), after.value(field.key)
        if field.key != "number" and not field.is_same(old, new):
            yield change(Kind.CHANGED, field.key, field)
        if field.type is Type.CODES and _is_reordered(old, new):
            yield change(Kind.REORDERED, field.key, field)


def _is_reordered(old: Value, new: Value) -> bool:
    """Return whether the codes that stand in both lists stand in another order."""
    if not isinstance(old, tuple) or not isinstance(new, tuple):
        return False
    common = set(old) & set(new)
    orders = (dict.fromkeys(code for code in side if code in common) for side in (old, new))
    return list(next(orders)) != list(next(orders))
