"""Counts that several views show: actions by role, by year, by priority, by calendar."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from plancli.i18n import _, format_number
from plancli.output.report import Column, ColumnKind
from plancli.plan.model import LATE, STATUS, Action, Directorate, Field, Plan, Type, calendar
from plancli.plan.query import calendar_of

if TYPE_CHECKING:
    from decimal import Decimal

T = TypeVar("T")


class Participation(NamedTuple):
    """A directorate's actions: those it pilots, those it is associated in, and all of them."""

    directorate: Directorate
    pilot: tuple[Action, ...]
    associated: tuple[Action, ...]
    actions: tuple[Action, ...]

    @property
    def code(self) -> str:
        """The code of the directorate."""
        return self.directorate.code

    @property
    def rank(self) -> tuple[int, int, str]:
        """The sort key: most actions first, then most as pilot, then the code."""
        return (-len(self.actions), -len(self.pilot), self.code)

    @property
    def counts(self) -> tuple[int, int, int]:
        """The number of actions that it pilots, that it is associated in, and of all."""
        return len(self.pilot), len(self.associated), len(self.actions)

    @property
    def partners(self) -> dict[str, int]:
        """The number of actions that each other directorate shares, most first."""
        return {code: count for code, count in by_directorate(self.actions).items() if code != self.code}


def participations(plan: Plan, actions: Iterable[Action]) -> tuple[Participation, ...]:
    """Return the participation of every declared directorate in some actions, sorted by rank."""
    found: dict[str, tuple[list[Action], list[Action], list[Action]]] = {
        directorate.code: ([], [], []) for directorate in plan.directorates
    }
    for action in actions:
        for role, codes in enumerate((action.pilots, action.associated, action.directorates)):
            for code in dict.fromkeys(codes):
                if code in found:
                    found[code][role].append(action)
    parts = (Participation(own, *map(tuple, found[own.code])) for own in plan.directorates)
    return tuple(sorted(parts, key=lambda part: part.rank))


def participation_columns() -> tuple[Column, ...]:
    """Return the columns of ``Participation.counts``."""
    return (
        Column("pilot", _("Pilot"), ColumnKind.NUMBER),
        Column("associated", _("Assoc."), ColumnKind.NUMBER),
        Column("actions", _("Actions"), ColumnKind.NUMBER),
    )


def count_late(actions: Iterable[Action]) -> int:
    """Return how many of some actions are late on the day of their plan."""
    return sum(bool(action.value(LATE.key)) for action in actions)


def by_year(plan: Plan, actions: Sequence[Action]) -> dict[int, int]:
    """Return the number of actions that cover each year of the plan."""
    counts = Counter(year for action in actions for year in set(action.years) or action.covered)
    return {year: counts[year] for year in plan.period.years}


def by_priority(plan: Plan, actions: Sequence[Action]) -> dict[int | str, int]:
    """Return the number of actions of each priority."""
    counts = Counter(action.priority for action in actions)
    return {priority: counts[priority] for priority in plan.ranks}


def by_directorate(actions: Iterable[Action]) -> dict[str, int]:
    """Return the number of actions that each directorate takes part in, most first."""
    counts = Counter(code for action in actions for code in action.directorates)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def by_calendar(actions: Sequence[Action]) -> dict[str, int]:
    """Return the number of actions of each calendar; single years first, then words, those without one last."""
    counts = Counter(action.covered for action in actions)
    outside = counts.pop((), 0)
    found = {calendar(years): counts[years] for years in sorted(counts, key=lambda years: (len(years), years))}
    if not outside:
        return found
    words = Counter(each for action in actions if not action.covered for each in calendar_of(action))
    none = outside - words.total()
    return found | words | ({_("no calendar"): none} if none else {})


def totals(plan: Plan, actions: Iterable[Action]) -> "dict[Field, int | Decimal]":
    """Return the sums of the plan's own number fields that are of one unit."""
    chosen = tuple(actions)
    found: dict[Field, int | Decimal] = {}
    for field in plan.declared_fields:
        if field.type is Type.DECIMAL and _has_unit(field.label):
            values = (action.value(field.key) for action in chosen)
            total = sum(value for value in values if value is not None and not isinstance(value, str | tuple))
            found[field] = total if total % 1 else int(total)
    return found


def _has_unit(label: str) -> bool:
    """Return whether a label says a unit: ``Budget (€ HT)``; a percentage or a rate has no sum.

    A unit stands in brackets at the end, or is money; ``(0-10)`` and ``(2024)`` are none.
    """
    pattern = re.compile(
        r".\((?!\d|sur |out of )([^()]+)\)\s*$|(?:[€$£]|\b(?:euros?|dollars?|EUR|USD|CAD|CHF|GBP)\b).*",
        re.IGNORECASE,
    )
    unit = pattern.search(label)
    return unit is not None and {"%", "/"}.isdisjoint(unit[1] or unit[0])


def by_status(plan: Plan, actions: Iterable[Action]) -> dict[str | None, int]:
    """Return the number of actions of each status on the day of the plan; under None of those without one."""
    counts = Counter(action.value(STATUS.key) for action in actions)
    return {name: counts[name] for name in (*(status.name for status in plan.statuses), None)}


def count_words(counts: Mapping[T, int]) -> tuple[str, ...]:
    """Return counts in words, ``en cours: 4``; what has no value isn't reported."""
    names = ((_("not reported") if value is None else value, count) for value, count in counts.items())
    return tuple(_("{name}: {n}").format(name=name, n=format_number(count)) for name, count in names)


def spread_data(plan: Plan, actions: Sequence[Action]) -> dict[str, object]:
    """Return for JSON how many actions cover each year, and have each priority where the plan has any."""
    years = {str(year): count for year, count in by_year(plan, actions).items()}
    priorities = {str(own): count for own, count in by_priority(plan, actions).items()}
    return {"years": years, **({"priorities": priorities} if plan.priorities else {})}


MOST_COLUMNS = 4
"""A plan of more years, or of more priorities, has no column for each."""
