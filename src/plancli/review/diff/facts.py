"""The facts that differ in two plans: one Change each, sorted by action; titles and declarations last."""

from collections.abc import Iterator

from plancli.plan.model import FIELDS, Action, Comparison, Plan
from plancli.review.change import Change, Kind
from plancli.review.diff.declared import declarations, titles
from plancli.review.diff.matching import Match, match


def compare(old: Plan, new: Plan, matched: Match | None = None) -> list[Change]:
    """Give every fact that differs, in the order of the actions' numbers; nothing for what is only layout.

    ``matched`` is ``match(old, new)``, for who has it already.
    """
    matched = matched or match(old, new)
    return [*_actions(matched), *titles(old, new, matched), *declarations(old, new, matched)]


def _actions(matched: Match) -> list[Change]:
    measures = {before.path: after.path for before, after in matched.measures if before and after}
    changes: list[Change] = []
    for before, after in matched.actions:
        if before is None or after is None:
            changes += _come_or_gone(before, after)
        elif before != after:
            moved = measures.get(before.path[:4]) != after.path[:4]
            changes += _differences(before, after, moved)
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


def _differences(before: Action, after: Action, moved: bool) -> Iterator[Change]:
    def change(kind: Kind, field: str) -> Change:
        return Change(
            kind,
            after.number,
            before.number,
            after.measure,
            after.orientation,
            field,
            getattr(before, field),
            getattr(after, field),
            tuple(dict.fromkeys(after.directorates + before.directorates)),
            before,
            after,
        )

    if moved:
        yield change(Kind.MOVED, "measure")
    if before.number != after.number:
        yield change(Kind.RENUMBERED, "number")
    for field in FIELDS:
        if field.key == "number":
            continue
        old, new = getattr(before, field.key), getattr(after, field.key)
        if old != new and (field.comparison is not Comparison.SET or set(old) != set(new)):
            yield change(Kind.CHANGED, field.key)
