"""What actions are filtered and counted by: one row a facet.

A facet reads a value as it is typed, gives the values of an action, and has the words for a value that it doesn't
know. All that filters and all that counts goes through this table.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from plancli.i18n import N_
from plancli.plan.model import Action, Field, Plan, Type, calendar
from plancli.text import fold

Value = int | str


class Facet(NamedTuple):
    """A question that each action answers with one value, several or none.

    ``name`` is that of its long option and dimension, ``flag`` what is usually typed. ``values`` gives the values
    of an action, each once; ``parse`` those that a typed word stands for, none where the plan doesn't know it.
    ``known`` lists for a message what the plan knows, ``choices`` gives the same as values, in their order.
    ``unknown`` and ``mistaken`` are the messages for a value that nothing knows, and one that is something else.
    An action may have ``several`` values. What isn't ``counted`` only filters.
    """

    name: str
    flag: str
    label: str
    values: Callable[[Action], tuple[Value, ...]]
    parse: Callable[[Plan, str], tuple[Value, ...]]
    unknown: str
    mistaken: str
    choices: Callable[[Plan], Sequence[Value]] = lambda plan: ()
    known: Callable[[Plan], Sequence[str]] = lambda plan: ()
    several: bool = False
    counted: bool = True


def whole(value: str) -> int | None:
    """Return the number that is written with digits only; None for all else, and beyond 18 digits."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 18 else None


def parse_code(plan: Plan, value: str) -> tuple[str, ...]:
    """Return the declared codes that a word stands for: as declared, or whatever its case and accents."""
    declared = [directorate.code for directorate in plan.directorates]
    if value in declared:
        return (value,)
    wanted = fold(value)
    return tuple(code for code in declared if fold(code) == wanted)


def parse_year(plan: Plan, value: str) -> tuple[int, ...]:
    """Return the year that a word names, if the plan runs in it."""
    number = whole(value)
    return (number,) if number is not None and number in plan.period.years else ()


def parse_calendar(plan: Plan, value: str) -> tuple[str, ...]:
    """Return a calendar as the plan writes it: ``2021``, ``2021-2022``, ``2021+2023``; nothing if it isn't one."""
    years: list[int] = []
    for run in value.split("+"):
        first, dash, last = run.partition("-")
        start, end = parse_year(plan, first), parse_year(plan, last if dash else first)
        if not start or not end or end < start or (years and start[0] <= years[-1]):
            return ()
        years += range(start[0], end[0] + 1)
    return (calendar(tuple(years)),)


def _parse_number(choices: Callable[[Plan], Iterable[Value]]) -> Callable[[Plan, str], tuple[int, ...]]:
    def parse(plan: Plan, value: str) -> tuple[int, ...]:
        number = whole(value)
        return (number,) if number is not None and number in set(choices(plan)) else ()

    return parse


def _priorities(plan: Plan) -> Sequence[Value]:
    return plan.ranks


def _parse_priority(plan: Plan, value: str) -> tuple[Value, ...]:
    """Return the declared priority that a word is, whatever its case and accents."""
    number, wanted = whole(value), fold(value)
    return tuple(
        each for each in plan.ranks if (each == number if isinstance(each, int) else fold(each) == wanted)
    )[:1]


def _orientations(plan: Plan) -> Sequence[int]:
    return [orientation.number for orientation in plan.orientations]


def _measures(plan: Plan) -> Sequence[int]:
    return [measure.number for measure in plan.measures]


def _calendars(plan: Plan) -> Sequence[str]:
    """Return the calendars that occur, the shortest first."""
    found = {action.covered for action in plan.actions}
    return [calendar(years) for years in sorted(found, key=lambda years: (len(years), years))]


def runs(numbers: Sequence[int]) -> list[str]:
    """Write numbers shortly: ``1-9``, ``1, 2, 4``; runs of three or more are drawn together."""
    if isinstance(numbers, range) and len(numbers) > 2:
        return [f"{numbers[0]}-{numbers[-1]}"]
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return [part for run in found for part in (map(str, run) if len(run) < 3 else [f"{run[0]}-{run[-1]}"])]


def _codes(name: str, flag: str, label: str, values: Callable[[Action], tuple[str, ...]]) -> Facet:
    """Return a facet whose values are codes of directorates."""
    unknown, mistaken = N_("unknown directorate {value}"), N_("{value} is {what}, not a directorate")
    return Facet(name, flag, label, values, parse_code, unknown, mistaken, several=True)


FACETS: tuple[Facet, ...] = (
    _codes("directorate", "-d", N_("Directorate"), lambda action: action.directorates),
    _codes("pilot", "--pilot", N_("Pilot"), lambda action: tuple(dict.fromkeys(action.pilots))),
    _codes("associated", "--associated", N_("Associated"), lambda action: tuple(dict.fromkeys(action.associated))),
    Facet(
        "year",
        "-y",
        N_("Year"),
        lambda action: action.covered,
        parse_year,
        N_("unknown year {value} ({known})"),
        N_("{value} is {what}, not a year ({known})"),
        choices=lambda plan: plan.period.years,
        known=lambda plan: runs(plan.period.years),
        several=True,
    ),
    Facet(
        "calendar",
        "--calendar",
        N_("Calendar"),
        lambda action: (calendar(action.covered),) if action.covered else (),
        parse_calendar,
        N_("unknown calendar {value} ({known})"),
        N_("{value} is {what}, not a calendar ({known})"),
        choices=_calendars,
        known=_calendars,
    ),
    Facet(
        "priority",
        "-p",
        N_("Priority"),
        lambda action: () if action.priority is None else (action.priority,),
        _parse_priority,
        N_("unknown priority {value} ({known})"),
        N_("{value} is {what}, not a priority ({known})"),
        choices=_priorities,
        known=lambda plan: [str(priority) for priority in plan.priorities],
    ),
    Facet(
        "orientation",
        "--orientation",
        N_("Orientation"),
        lambda action: action.place[:1],
        _parse_number(_orientations),
        N_("unknown orientation {value} ({known})"),
        N_("{value} is {what}, not an orientation ({known})"),
        choices=_orientations,
        known=lambda plan: runs(_orientations(plan)),
    ),
    Facet(
        "measure",
        "--measure",
        N_("Measure"),
        lambda action: action.place[1:2],
        _parse_number(_measures),
        N_("unknown measure {value} ({known})"),
        N_("{value} is {what}, not a measure ({known})"),
        choices=_measures,
        known=lambda plan: runs(_measures(plan)),
    ),
    Facet(
        "text",
        "-t",
        N_("Text"),
        lambda action: (fold(action.text),),
        lambda plan, value: (value,),
        "",
        "",
        counted=False,
    ),
)
"""The facets that each plan has, in the order in which a question names them."""

_GROUPS = ("orientation", "measure")

CODES = frozenset({"directorate", "pilot", "associated"})
"""The facets whose values are codes of directorates."""

_FILTERED = (Type.NUMBER, Type.YEAR, Type.WORD, Type.CODES, Type.YEARS, Type.NUMBERS)
"""The types of optional fields that are filtered and counted by: those with few values."""


def facets_of(fields: Iterable[Field]) -> tuple[Facet, ...]:
    """Return the facets of each plan, and those of the optional fields among some that have few values."""
    own = (_field_facet(field) for field in fields if not field.required and field.type in _FILTERED)
    return (*FACETS, *own)


def dimensions_of(fields: Iterable[Field]) -> tuple[Facet, ...]:
    """Return the facets by which actions with some fields are counted, what they stand in first."""
    counted = (facet for facet in facets_of(fields) if facet.counted)
    return tuple(sorted(counted, key=lambda facet: facet.name not in _GROUPS))


def _field_facet(field: Field) -> Facet:
    def values(action: Action) -> tuple[Value, ...]:
        value = action.value(field.key)
        if isinstance(value, tuple):
            return tuple(dict.fromkeys(value))
        return () if value is None else (value if isinstance(value, int) else str(value),)

    def choices(plan: Plan) -> Sequence[Value]:
        return list(dict.fromkeys(value for action in plan.actions for value in values(action)))

    def parse(plan: Plan, typed: str) -> tuple[Value, ...]:
        return tuple(value for value in choices(plan) if fold(str(value)) == fold(typed))

    return Facet(
        field.key,
        f"--{field.key}",
        field.label,
        values,
        parse,
        N_("unknown {name} {value} ({known})"),
        N_("{value} is {what}, not a value of {name} ({known})"),
        choices=choices,
        known=lambda plan: [str(value) for value in choices(plan)],
        several=True,
    )
