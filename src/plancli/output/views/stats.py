"""Counts that several views show: actions by role, by year, by priority, by calendar."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from plancli.plan.model import Action, Plan, calendar


class Participation(NamedTuple):
    """A directorate's actions: those it pilots, those it is associated in, and all of them."""

    code: str
    pilot: tuple[Action, ...]
    associated: tuple[Action, ...]
    actions: tuple[Action, ...]

    @property
    def rank(self) -> tuple[int, int, str]:
        """The sort key: most actions first, then most as pilot, then the code."""
        return (-len(self.actions), -len(self.pilot), self.code)


def participations(plan: Plan, actions: Iterable[Action]) -> tuple[Participation, ...]:
    """Return the participation of every declared directorate in some actions, sorted by rank."""
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
    found = (
        Participation(code, tuple(pilot[code]), tuple(associated[code]), tuple(every[code])) for code in pilot
    )
    return tuple(sorted(found, key=lambda part: part.rank))


def by_year(plan: Plan, actions: Sequence[Action]) -> dict[int, int]:
    """Return the number of actions that cover each year of the plan."""
    counts = Counter(year for action in actions for year in set(action.years))
    return {year: counts[year] for year in plan.period.years}


def by_priority(plan: Plan, actions: Sequence[Action]) -> dict[int | str, int]:
    """Return the number of actions of each priority."""
    counts = Counter(action.priority for action in actions)
    return {priority: counts[priority] for priority in plan.ranks}


def by_calendar(actions: Sequence[Action]) -> dict[str, int]:
    """Return the number of actions of each calendar; single years first."""
    counts = Counter(action.covered for action in actions)
    return {calendar(years): counts[years] for years in sorted(counts, key=lambda years: (len(years), years))}


MOST_COLUMNS = 4
"""A plan of more years, or of more priorities, has no column for each."""
