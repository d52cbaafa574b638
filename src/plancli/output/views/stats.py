"""What the views count: actions by role, by year, by priority, by calendar; and in which order that is told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from plancli.plan.model import Action, Plan, calendar


class Part(NamedTuple):
    """What a directorate has to do: the actions that it pilots, those it is associated in, and all of them."""

    code: str
    pilot: tuple[Action, ...]
    associated: tuple[Action, ...]
    actions: tuple[Action, ...]

    @property
    def rank(self) -> tuple[int, int, str]:
        """Give what directorates are sorted by: most actions first, then most as pilot, then the code."""
        return (-len(self.actions), -len(self.pilot), self.code)


def parts(plan: Plan, actions: Iterable[Action]) -> tuple[Part, ...]:
    """Give the part of every declared directorate in some actions, in the order in which directorates are told."""
    pilot: dict[str, list[Action]] = {directorate.code: [] for directorate in plan.directorates}
    associated: dict[str, list[Action]] = {code: [] for code in pilot}
    every: dict[str, list[Action]] = {code: [] for code in pilot}
    for action in actions:
        for codes, places in (
            (action.pilots, pilot),
            (action.associated, associated),
            (action.directorates, every),
        ):
            for code in dict.fromkeys(codes):
                if code in places:
                    places[code].append(action)
    found = (Part(code, tuple(pilot[code]), tuple(associated[code]), tuple(every[code])) for code in pilot)
    return tuple(sorted(found, key=lambda part: part.rank))


def by_year(plan: Plan, actions: Sequence[Action]) -> dict[int, int]:
    """Count the actions that cover each year of the plan."""
    counts = Counter(year for action in actions for year in set(action.years))
    return {year: counts[year] for year in plan.period.years}


def by_priority(plan: Plan, actions: Sequence[Action]) -> dict[int, int]:
    """Count the actions of each priority."""
    counts = Counter(action.priority for action in actions)
    return {priority: counts[priority] for priority in sorted(set(plan.priorities))}


def by_calendar(actions: Sequence[Action]) -> dict[str, int]:
    """Count the actions of each calendar; single years first."""
    counts = Counter(action.covered for action in actions)
    return {calendar(years): counts[years] for years in sorted(counts, key=lambda years: (len(years), years))}


MOST_COLUMNS = 4
"""A plan of more years, or of more priorities, has no column for each."""
