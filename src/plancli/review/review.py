"""Two checked plans to a Review: what changes, what follows for whom, who must agree, what the rules say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from math import inf

from plancli.check.checker import Checked
from plancli.diagnostic import Diagnostic
from plancli.plan.model import Measure, Plan
from plancli.review.change import DECISIONS, Change, Consequence, Counted, Kind, Review, Shift
from plancli.review.diff import Match, compare, match


def review(old: Checked, new: Checked) -> Review:
    """Review the change from one plan to another; both must have the shape of a plan, errors or not."""
    before, after = old.plan, new.plan
    assert before is not None
    assert after is not None
    matched = match(before, after)
    changes = tuple(compare(before, after, matched))
    return Review(
        before,
        after,
        changes,
        consequences(before, after, touched(changes)),
        _emptied(matched),
        sign_off(changes),
        *_problems(old.diagnostics, new.diagnostics, matched),
        layout_only=not changes and old.document.source != new.document.source,
        assumed=matched.assumed,
    )


def touched(changes: Iterable[Change]) -> list[str]:
    """Give the directorates that take part, before or after, in an action about which something is decided."""
    return list(dict.fromkeys(code for each in changes if each.kind in DECISIONS for code in each.directorates))


def sign_off(changes: Iterable[Change]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Give the actions that each directorate must agree to; who has most stands first, then by code.

    Who takes part in an action agrees to what is decided about it; its pilots agree to what is decided about its
    group.
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


def consequences(old: Plan, new: Plan, codes: Iterable[str]) -> tuple[Consequence, ...]:
    """Give what follows for each of some directorates, where anything does; who is changed most stands first."""
    wanted = frozenset(codes)
    befores, afters, none = _tallies(old, wanted), _tallies(new, wanted), _Tally()
    declared = frozenset((*old.priorities, *new.priorities))
    found = []
    for code in wanted & (befores.keys() | afters.keys()):  # most may be declared, and in no action
        before, after = befores.get(code, none), afters.get(code, none)
        shifts = _shifts(before, after, declared)
        if shifts or bool(before.actions) != bool(after.actions):
            found.append(Consequence(code, shifts, enters=not before.actions, leaves=not after.actions))
    return tuple(sorted(found, key=lambda each: (-max(map(_weight, each.shifts), default=inf), each.code)))


class _Tally:
    """What a directorate has to do in a plan: how many actions, as pilot, by year, by priority."""

    def __init__(self) -> None:
        self.actions = self.pilots = 0
        self.years: Counter[int] = Counter()
        self.priorities: Counter[int] = Counter()


def _tallies(plan: Plan, codes: frozenset[str]) -> dict[str, _Tally]:
    """Count for some directorates, all actions of the same years and priority in one go."""
    found: dict[str, _Tally] = {}
    alike: dict[tuple[tuple[int, ...], int], list[set[str]]] = {}
    for action in plan.actions:
        who = {*action.pilots, *action.associated}
        alike.setdefault((action.years, action.priority), []).append(who)
    for (years, priority), whos in alike.items():
        for code, times in Counter(chain.from_iterable(whos)).items():
            if code in codes:
                tally = found.setdefault(code, _Tally())
                tally.actions += times
                tally.priorities[priority] += times
                for year in set(years):
                    tally.years[year] += times
    for code, times in Counter(chain.from_iterable({*action.pilots} for action in plan.actions)).items():
        if code in found:
            found[code].pilots = times
    return found


def _weight(shift: Shift) -> float:
    """Weigh a shift by what it is to who has it: from none to one is more than from 30 to 31."""
    return abs(shift.after - shift.before) / shift.before if shift.before else inf


def _shifts(before: _Tally, after: _Tally, declared: frozenset[int]) -> tuple[Shift, ...]:
    """Count what differs. The last priority follows from the others as long as the actions are as many."""
    years, priorities = before.years | after.years, before.priorities | after.priorities
    others = sorted(priorities.keys() - declared)
    levels = sorted(declared & priorities.keys()) + others
    if before.actions == after.actions:
        last = others[-1] if others else max(declared, default=0)
        levels = [level for level in levels if level != last]
    shifts = [Shift(Counted.PILOT, None, before.pilots, after.pilots)]
    shifts += [Shift(Counted.YEAR, each, before.years[each], after.years[each]) for each in sorted(years)]
    shifts += [Shift(Counted.PRIORITY, each, before.priorities[each], after.priorities[each]) for each in levels]
    return tuple(shift for shift in shifts if shift.before != shift.after)


def _emptied(matched: Match) -> tuple[Measure, ...]:
    return tuple(a for b, a in matched.measures if b and a and b.actions and not a.actions)


Problems = tuple[Diagnostic, ...]


def _problems(old: Problems, new: Problems, matched: Match) -> tuple[Problems, Problems]:
    """Give the diagnostics that are new and those that are fixed; a line or number that moved makes neither."""
    actions, measures, _orientations = matched.numbers
    gone = {action.number for action, now in matched.actions if action and not now} - actions.keys()
    before = [
        ("gone", each.action, each.rule)
        if each.action in gone and not _is_about_others(each)
        else _known(each, actions.get(each.action or 0), measures.get(each.measure or 0))
        for each in old
    ]
    after = [_known(each) for each in new]
    return _only(new, after, before), _only(old, before, after)


def _known(problem: Diagnostic, action: int | None = None, measure: int | None = None) -> tuple[object, ...]:
    """Give what a problem is known by: its check, where it is by the numbers now, and the value at fault."""
    if _is_about_others(problem):
        return (problem.rule, problem.field, problem.value)
    own = problem.value if problem.value != str(problem.action or problem.measure) else ""
    place = (action or problem.action,) if problem.action else (None, measure or problem.measure)
    return (problem.rule, *place, problem.field, own or (problem.message if not problem.value else ""))


def _is_about_others(problem: Diagnostic) -> bool:
    """Return whether a problem is about other numbers than that of the block where it is placed: missing ones."""
    own = problem.action or problem.measure or problem.orientation
    return problem.field == "number" and problem.value not in ("", str(own))


def _only(problems: Problems, known: Sequence[object], others: Sequence[object]) -> Problems:
    """Give the problems that the other side hasn't got; the same one twice counts twice."""
    left = Counter(others)
    found = []
    for problem, key in zip(problems, known, strict=True):
        if left[key]:
            left[key] -= 1
        else:
            found.append(problem)
    return tuple(found)


def concerning(whole: Review, codes: frozenset[str]) -> Review:
    """Give the part of a review that concerns some directorates, and which actions concern others only."""
    changes = tuple(change for change in whole.changes if not codes.isdisjoint(change.directorates))
    own = {change.action for change in changes}
    shown = whole.actions(*DECISIONS, Kind.REORDERED)
    return replace(
        whole,
        changes=changes,
        consequences=tuple(each for each in whole.consequences if each.code in codes),
        emptied=(),
        sign_off=tuple(each for each in whole.sign_off if each[0] in codes),
        new_problems=tuple(each for each in whole.new_problems if each.action in own - {None}),
        fixed_problems=tuple(each for each in whole.fixed_problems if each.action in own - {None}),
        others=tuple(number for number in shown if number not in own),
    )
