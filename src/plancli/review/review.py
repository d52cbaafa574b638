"""From two checked plans to a Review: changes, impacts, who must agree, new and fixed problems."""

from collections import Counter
from collections.abc import Hashable, Iterable
from itertools import chain
from math import inf
from types import MappingProxyType

from plancli.check.checker import Checked
from plancli.diagnostic import Diagnostic
from plancli.plan.model import Group, Plan, has_two_levels, ranked
from plancli.plan.model.follow_up import end_of
from plancli.review.change import (
    CHANGING,
    DECISIONS,
    Change,
    ChangeKind,
    CountChange,
    Impact,
    Metric,
    Review,
    attributes_of,
)
from plancli.review.diff.comparison import compare
from plancli.review.diff.matching import Match, match
from plancli.review.diff.sequences import without
from plancli.review.diff.vocabulary import PRIORITY, Renames, Vocabulary, vocabulary


def review(old: Checked, new: Checked, by_number: bool = False) -> Review:
    """Return the review of two plans; both must have the shape of a plan, errors or not.

    ``by_number`` means that each action kept its number, whatever became of its text.
    """
    before, after = old.plan, new.plan
    assert before is not None
    assert after is not None
    matched = match(before, after, by_number)
    changes = tuple(compare(before, after, matched))
    return Review(
        before,
        after,
        changes,
        impacts(before, after, _touched(changes), vocabulary(before, after, matched.actions)),
        _emptied(matched, has_two_levels(before) and has_two_levels(after)),
        sign_off(changes),
        *_problems(old.diagnostics, new.diagnostics, matched),
        layout_only=not changes and old.document.source != new.document.source,
        assumed=matched.assumed,
        unexplained=_unexplained(after, changes, matched),
    )


def _touched(changes: Iterable[Change]) -> list[str]:
    """Return the directorates that take part, before or after, in an action with a decision."""
    return list(dict.fromkeys(code for each in changes if each.kind in DECISIONS for code in each.directorates))


def sign_off(changes: Iterable[Change]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the actions that each directorate must agree to; most actions first, then by code.

    All directorates of an action agree to a decision about it; its pilots agree to one about its group.
    """
    found: dict[str, set[int]] = {}
    for change in changes:
        if change.kind in DECISIONS and change.action is not None:
            for code in change.directorates:
                found.setdefault(code, set()).add(change.action)
        for action in change.under:
            for code in action.pilots:
                found.setdefault(code, set()).add(action.number)
    asked = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    return tuple((code, tuple(sorted(numbers))) for code, numbers in asked)


def impacts(old: Plan, new: Plan, codes: Iterable[str], words: Vocabulary) -> tuple[Impact, ...]:
    """Return the impact on each of some directorates, if there is any; the largest first."""
    wanted = frozenset(codes)
    renamed = words.words.get(PRIORITY, {})
    befores, afters, none = _tallies(old, wanted, renamed), _tallies(new, wanted), _Counts()
    declared = None
    if old.priorities and new.priorities:  # by their names now, the highest first
        declared = ranked((*new.ranks, *(renamed.get(each, each) for each in old.ranks)))
    found = []
    for code in wanted & (befores.keys() | afters.keys()):  # most may be declared, and in no action
        before, after = befores.get(code, none), afters.get(code, none)
        count_changes = _count_changes(before, after, declared)
        if count_changes or bool(before.actions) != bool(after.actions):
            found.append(Impact(code, count_changes, enters=not before.actions, leaves=not after.actions))
    return tuple(sorted(found, key=lambda each: (-max(map(_weight, each.count_changes), default=inf), each.code)))


class _Counts:
    """A directorate's counts in a plan: its actions, those it pilots, by year, by priority."""

    def __init__(self) -> None:
        self.actions = self.pilots = 0
        self.years: Counter[int] = Counter()
        self.priorities: Counter[int | str | None] = Counter()


def _tallies(plan: Plan, codes: frozenset[str], renamed: Renames = MappingProxyType({})) -> dict[str, _Counts]:
    """Return the counts of some directorates; actions of the same years and priority are counted together."""
    found: dict[str, _Counts] = {}
    alike: dict[tuple[tuple[int, ...], int | str | None], list[set[str]]] = {}
    for action in plan.actions:
        who = {*action.pilots, *action.associated}
        alike.setdefault((action.covered, renamed.get(action.priority, action.priority)), []).append(who)
    for (years, priority), whos in alike.items():
        for code, times in Counter(chain.from_iterable(whos)).items():
            if code in codes:
                tally = found.setdefault(code, _Counts())
                tally.actions += times
                tally.priorities[priority] += times
                for year in set(years):
                    tally.years[year] += times
    for code, times in Counter(chain.from_iterable({*action.pilots} for action in plan.actions)).items():
        if code in found:
            found[code].pilots = times
    return found


def _weight(count_change: CountChange) -> float:
    """Return the relative size of a change: from none to one is more than from 30 to 31."""
    return abs(count_change.after - count_change.before) / count_change.before if count_change.before else inf


def _count_changes(
    before: _Counts, after: _Counts, declared: tuple[int | str, ...] | None
) -> tuple[CountChange, ...]:
    """Return the counts that differ, without the last priority where it follows from the others.

    Where only one of the plans declares priorities, there are none to compare.
    """
    years, priorities = before.years | after.years, before.priorities | after.priorities
    if declared is None:
        declared, priorities = (), Counter()
    others = sorted((each for each in priorities if each is not None and each not in declared), key=str)
    levels = [each for each in declared if each in priorities] + others
    if before.actions == after.actions:
        last = (*declared, *others)[-1:]
        levels = [level for level in levels if level not in last]
    counted = (
        CountChange(Metric.PILOT, None, before.pilots, after.pilots),
        *(CountChange(Metric.YEAR, each, before.years[each], after.years[each]) for each in sorted(years)),
        *(CountChange(Metric.PRIORITY, each, before.priorities[each], after.priorities[each]) for each in levels),
    )
    return tuple(each for each in counted if each.before != each.after)


def _emptied(matched: Match, is_usual: bool) -> tuple[Group, ...]:
    """Return the groups left without actions: measures, or the outermost groups of any depth."""
    pairs = matched.measures if is_usual else matched.groups
    found = [after for before, after in pairs if before and after and before.actions and not after.actions]
    paths = {group.path for group in found}
    return tuple(group for group in found if group.path[:-2] not in paths)


def _unexplained(plan: Plan, changes: Iterable[Change], matched: Match) -> tuple[int, ...]:
    """Return the actions whose end is postponed without an entry with a note, in a plan that is followed up."""
    if not plan.statuses and not any(action.progress for action in plan.actions):
        return ()
    explained = {
        change.action
        for change in changes
        if change.kind is ChangeKind.REPORTED and attributes_of(change.new).get("note")
    }
    both = ((before, after) for before, after in matched.actions if before and after)
    postponed = {after.number for before, after in both if "" < end_of(before) < end_of(after)}
    return tuple(sorted(postponed - explained))


Diagnostics = tuple[Diagnostic, ...]


def _problems(old: Diagnostics, new: Diagnostics, matched: Match) -> tuple[Diagnostics, Diagnostics]:
    """Return the new and the fixed diagnostics; one whose line or number changed is neither."""
    actions, measures, _orientations = matched.numbers
    gone = {action.number for action, now in matched.actions if action and not now} - actions.keys()
    before: list[Hashable] = [
        ("gone", each.action, each.rule)
        if each.action in gone and not _is_about_others(each)
        else _identity(each, actions.get(each.action or 0), measures.get(each.measure or 0))
        for each in old
    ]
    after: list[Hashable] = [_identity(each) for each in new]
    return tuple(without(new, after, before)), tuple(without(old, before, after))


def _identity(problem: Diagnostic, action: int | None = None, measure: int | None = None) -> tuple[Hashable, ...]:
    """Return the identity of a problem: its rule, its place by the numbers now, and the value at fault."""
    if _is_about_others(problem):
        return (problem.rule, problem.field, problem.value)
    own = problem.value if problem.value != str(problem.action or problem.measure) else ""
    place = (action or problem.action,) if problem.action else (None, measure or problem.measure)
    return (problem.rule, *place, problem.field, own or (problem.message if not problem.value else ""))


def _is_about_others(problem: Diagnostic) -> bool:
    """Return whether a problem is about other numbers than that of its block: about missing ones."""
    own = problem.action or problem.measure or problem.orientation
    return problem.field == "number" and problem.value not in ("", str(own))


def filter_by_directorates(whole: Review, codes: frozenset[str]) -> Review:
    """Return a review limited to some directorates; ``unrelated`` are the changed actions of others only."""
    changes = tuple(change for change in whole.changes if not codes.isdisjoint(change.directorates))
    own = {change.action for change in changes} - {None}

    def about_own(problems: Diagnostics) -> Diagnostics:
        return tuple(each for each in problems if each.action in own)

    shown = whole.actions(*CHANGING)
    return whole._replace(
        changes=changes,
        impacts=tuple(each for each in whole.impacts if each.code in codes),
        emptied=(),
        unexplained=tuple(number for number in whole.unexplained if number in own),
        sign_off=tuple(each for each in whole.sign_off if each[0] in codes),
        new_problems=about_own(whole.new_problems),
        fixed_problems=about_own(whole.fixed_problems),
        ignored=about_own(whole.ignored),
        unrelated=tuple(number for number in shown if number not in own),
    )
