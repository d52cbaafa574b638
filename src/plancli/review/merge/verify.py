"""Verify that a merged plan has all changes of both sides and no others, by comparing plans."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from plancli.location import Path
from plancli.plan.model import FIELDS, Action, Comparison, Plan
from plancli.plan.writer.comments import Comment
from plancli.review.change import Change, ChangeKind
from plancli.review.diff import Match, compare, matches
from plancli.review.merge.alignment import Plans
from plancli.review.merge.conflict import MergeConflict

MEASURE = "measure"


def is_lossy(
    plans: Plans, sides: tuple[Match, Match], result: Plan, conflicts: Iterable[MergeConflict] = ()
) -> bool:
    """Return whether a merged plan lacks a change of either side, or has one of neither.

    ``sides`` are the matches of base with ours and theirs. Of what is a conflict, ``result`` has what one of the
    sides has.
    """
    told = tuple(conflicts)
    return not any(_Verifier(plans, sides, result, way, told).holds() for way in matches(plans[0], result).ways)


def loses_comments(sides: Sequence[Iterable[Comment]], result: Iterable[Comment]) -> bool:
    """Return whether a comment that a side wrote isn't in the result."""
    base, *others = (Counter(comment.text for comment in side) for side in sides)
    found = Counter(comment.text for comment in result)
    return any((side - base) - found for side in others)


def meaning(plan: Plan) -> Hashable:
    """Return what a plan says: equal for two plans that differ in nothing but layout and order."""
    parents = {measure.path: (measure.orientation, measure.number, measure.title) for measure in plan.measures}
    return (
        (plan.title, plan.language, plan.period, frozenset(plan.priorities)),
        frozenset(each[:-1] for each in (*plan.directorates, *plan.glossary)),
        _counted((each.number, each.title) for each in plan.orientations),
        _counted(parents.values()),
        _counted((parents[each.path[:4]], *_identity(each)) for each in plan.actions),
        _counted(each[:-1] for each in plan.unused_numbers),
        _counted(each[:-1] for each in plan.source_notes),
    )


def _counted(facts: Iterable[Hashable]) -> frozenset[tuple[Hashable, int]]:
    return frozenset(Counter(facts).items())


class _Verifier:
    def __init__(
        self,
        plans: Plans,
        sides: tuple[Match, Match],
        result: Plan,
        merged: Match,
        conflicts: tuple[MergeConflict, ...],
    ) -> None:
        self.plans = plans
        self.sides = sides
        self.result = result
        self.merged = merged
        self.conflicts = conflicts
        self._now = {before.path: after for before, after in merged.actions if before}
        self._then = [{before.path: after for before, after in side.actions if before} for side in sides]

    def holds(self) -> bool:
        """Return whether all that both sides did is there, and nothing else."""
        return self.actions() and self.additions() and self.numbers() and self.others()

    def actions(self) -> bool:
        """Return whether each action of base became what the sides made of it."""
        return all(self._is_right(action) for action in self.plans[0].actions)

    def _is_right(self, before: Action) -> bool:
        one, other = (then[before.path] for then in self._then)
        now = self._now[before.path]
        numbers = {str(each.number) for each in (before, one, other) if each}
        fields = {c.field for c in self.conflicts if c.subject.holder == "actions" and c.subject.name in numbers}
        if "" in fields:
            return True
        if one is None or other is None:
            return now is None and self._is_left(before, one, other)
        if now is None:
            return False
        old, ours, theirs, new = (
            self._facts(each, side)
            for each, side in ((before, None), (one, self.sides[0]), (other, self.sides[1]), (now, self.merged))
        )
        return all(key in fields or _is_merged(key, old[key], ours[key], theirs[key], new[key]) for key in old)

    def _is_left(self, before: Action, one: Action | None, other: Action | None) -> bool:
        """Return whether a side left alone, but for its number, what the other took away."""
        old = self._facts(before, None)
        for after, side in zip((one, other), self.sides, strict=True):
            if after and self._facts(after, side) | {"number": before.number} != old:
                return False
        return True

    def _facts(self, action: Action, matched: Match | None) -> dict[str, Any]:
        """Return the fields of an action, and the measure it stands in as base knows it."""
        facts = {field.key: _meaning(field.comparison, action.value(field.key)) for field in FIELDS}
        facts[MEASURE] = _measures(matched).get(action.path[:4], action.measure) if matched else action.path[:4]
        return facts

    def additions(self) -> bool:
        """Return whether what the result has besides the actions of base is what the sides added."""
        new = self._added(self.merged)
        wanted = self._added(self.sides[0]) | self._added(self.sides[1])
        doubtful = {c.subject.name for c in self.conflicts if c.subject.holder == "actions"}
        return all(_number(each) in doubtful for each in ((wanted - new) + (new - wanted)))

    def _added(self, matched: Match) -> Counter[tuple[Any, ...]]:
        measures = _measures(matched)
        return Counter(
            (*_identity(action), measures[action.path[:4]])
            for before, action in matched.actions
            if action and not before
        )

    def numbers(self) -> bool:
        """Return whether no number names two actions that named one before."""
        twice = [
            {number for number, count in Counter(a.number for a in plan.actions).items() if count > 1}
            for plan in (*self.plans, self.result)
        ]
        return twice[3] <= twice[0] | twice[1] | twice[2]

    def others(self) -> bool:
        """Return whether titles and declarations are what the sides made of them."""
        base, ours, theirs = self.plans
        matched = (*self.sides, self.merged)
        about = [_about(*each) for each in zip((ours, theirs, self.result), matched, strict=True)]
        for words, blocks in about[2].items():
            if not blocks <= about[0].get(words, set()) | about[1].get(words, set()):
                return False
        if any(c.subject.holder != "actions" for c in self.conflicts):
            return True
        facts = [
            _told(compare(base, each, match))
            for each, match in zip((ours, theirs, self.result), matched, strict=True)
        ]
        return all(key in facts[2] or _is_both(key, facts[0], facts[1]) for key in facts[0] | facts[1]) and all(
            key in facts[0] or key in facts[1] or _is_both(key, facts[0], facts[1]) for key in facts[2]
        )


def _about(plan: Plan, matched: Match) -> dict[Hashable, set[Hashable]]:
    """Return the words of each note, and the blocks that notes of these words are about, as base knows them."""
    then = [
        {after.number: before.path if before else after.number for before, after in pairs if after}
        for pairs in (matched.actions, matched.measures, matched.orientations)
    ]
    found: dict[Hashable, set[Hashable]] = {}
    for note in plan.source_notes:
        numbers = zip(then, (note.action, note.measure, note.orientation), strict=True)
        block = tuple(known.get(number or 0, number) for known, number in numbers)
        found.setdefault((note.field, note.source, note.note), set()).add(block)
    return found


def _measures(matched: Match) -> dict[Path, Hashable]:
    return {after.path: before.path if before else after.number for before, after in matched.measures if after}


def _meaning(comparison: Comparison, value: Any) -> Any:
    return frozenset(value) if comparison is Comparison.SET and isinstance(value, tuple) else value


def _is_merged(key: str, old: Any, ours: Any, theirs: Any, new: Any) -> bool:
    if ours == theirs or theirs == old:
        return bool(new == ours)
    if ours == old:
        return bool(new == theirs)
    if key in ("pilots", "associated"):
        return bool(new == (old & ours & theirs) | (ours - old) | (theirs - old))
    if key == "text":
        words = [Counter(text.split()) for text in (old, ours, theirs, new)]
        return not any((side - words[0]) - words[3] for side in words[1:3]) and not (
            words[3] - words[0] - words[1] - words[2]
        )
    return False


def _identity(action: Action) -> tuple[Any, ...]:
    """Return the number of an action, and what all its fields say."""
    return action.number, *(_meaning(field.comparison, action.value(field.key)) for field in FIELDS)


def _number(identity: tuple[Any, ...]) -> str:
    return str(identity[0])


_NUMBERED = frozenset({"source_notes", "measures", "orientations"})
"""Declarations that name blocks by numbers, which may be others after a merge."""

Told = tuple[str, Hashable, Hashable, Hashable]


def _told(changes: Iterable[Change]) -> set[Told]:
    """Return the facts about titles and declarations; numbers that a renumbering may change are left out."""
    found: set[Told] = set()
    for change in changes:
        if change.kind is ChangeKind.RETITLED:
            found.add((str(change.field), "", change.old, change.new))
        elif change.kind is ChangeKind.DECLARED:
            old, new = (_without_numbers(change.field, each) for each in (change.old, change.new))
            if old != new:
                found.add((str(change.field), _key(change), old, new))
    return found


def _key(change: Change) -> Hashable:
    """Return what a declaration is known by: its code, its acronym."""
    entry = change.new or change.old
    if change.field in _NUMBERED:
        return ""
    return entry[0][1] if isinstance(entry, tuple) and entry and isinstance(entry[0], tuple) else ""


def _without_numbers(field: str | None, value: Any) -> Hashable:
    if field in _NUMBERED and value:
        return tuple(item for item in value if item[0] not in ("action", "measure", "orientation", "number"))
    return frozenset(value) if field == "priorities" else value


def _is_both(key: Told, ours: set[Told], theirs: set[Told]) -> bool:
    """Return whether both sides did something to what a fact is about, so that the merged fact is neither's."""
    return all(any(each[:2] == key[:2] for each in side) for side in (ours, theirs))
