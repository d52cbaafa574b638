"""What actions are filtered and counted by: one row a facet.

A facet reads a value as it is typed, gives the values of an action, and has the words for a value that it doesn't
know. All that filters and all that counts goes through this table.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from plancli.i18n import N_
from plancli.location import Path
from plancli.plan.model import Action, Field, Plan, Type, calendar
from plancli.text import fold

Value = int | str


class Match(StrEnum):
    """How the values that are asked are compared with those of an action."""

    ANY = "any"
    """One of them is among its values."""
    ALL = "all"
    """Each of them is among its values."""
    NO = "no"
    """None of them is among its values."""
    WORDS = "words"
    """One of them occurs in one of its values, which are texts, folded."""


class Facet(NamedTuple):
    """A question that each action answers with one value, several or none.

    ``name`` is that of its dimension, ``flags`` are its options, what is usually typed first; ``metavar`` and
    ``help`` explain them. ``values`` gives the values of an action, each once; ``parse`` those that a typed word
    stands for, none where the plan doesn't know it. ``known`` lists for a message what the plan knows, ``choices``
    gives the same as values, in their order, ``titles`` what they are called besides. ``unknown`` and ``mistaken``
    are the messages for a value that nothing knows, and one that is something else. An action may have ``several``
    values. What isn't ``counted`` only filters; what is takes ``none`` too. Where the values of an action depend
    on the plan, ``bind`` gives the facet for a plan.
    """

    name: str
    flags: tuple[str, ...]
    label: str
    metavar: str
    help: str
    values: Callable[[Action], tuple[Value, ...]]
    parse: Callable[[Plan, str], tuple[Value, ...]]
    unknown: str
    mistaken: str
    choices: Callable[[Plan], Sequence[Value]] = lambda plan: ()
    known: Callable[[Plan], Sequence[str]] = lambda plan: ()
    titles: Callable[[Plan], Mapping[Value, str]] = lambda plan: {}
    match: Match = Match.ANY
    several: bool = False
    counted: bool = True
    bind: "Callable[[Plan, Facet], Facet] | None" = None

    @property
    def flag(self) -> str:
        """The option that is usually typed."""
        return self.flags[0]

    def typed(self, values: Iterable[str]) -> str:
        """Return the option with values as they would be typed."""
        words = [",".join(values)] if self.match is not Match.WORDS else values
        return " ".join(f"{self.flag} {_quoted(word)}" for word in words)


NONE = "none"
"""What is typed for actions without a value."""


def _quoted(word: str) -> str:
    return f'"{word}"' if any(character.isspace() for character in word) else word


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


def directorate_titles(plan: Plan) -> dict[Value, str]:
    """Return the name of each directorate by its code, or its note if no name is established."""
    return {each.code: each.name or each.note or "" for each in plan.directorates}


def _codes(
    name: str,
    flags: tuple[str, ...],
    label: str,
    text: str,
    values: Callable[[Action], tuple[str, ...]],
    match: Match = Match.ANY,
) -> Facet:
    """Return a facet whose values are codes of directorates."""
    return Facet(
        name,
        flags,
        label,
        N_("CODE"),
        text,
        values,
        parse_code,
        N_("unknown directorate {value}"),
        N_("{value} is {what}, not a directorate"),
        choices=lambda plan: [each.code for each in plan.directorates],
        titles=directorate_titles,
        match=match,
        several=True,
        counted=match is Match.ANY,
    )


def _ministries(plan: Plan) -> list[str]:
    """Return the ministries that the register names, each once."""
    return list(dict.fromkeys(each.ministry for each in plan.directorates if each.ministry))


def _by_ministry(plan: Plan, facet: Facet) -> Facet:
    """Return the facet with the ministries of an action's directorates."""
    found = {each.code: each.ministry for each in plan.directorates if each.ministry}

    def values(action: Action) -> tuple[Value, ...]:
        return tuple(dict.fromkeys(found[code] for code in action.directorates if code in found))

    return facet._replace(values=values)


def _parse_ministry(plan: Plan, value: str) -> tuple[str, ...]:
    wanted = fold(value)
    return tuple(each for each in _ministries(plan) if fold(each) == wanted)


def _in_texts(plan: Plan, facet: Facet) -> Facet:
    """Return the facet with the text of an action, then the titles that it stands under, the nearest first."""
    titles: dict[Path, tuple[str, ...]] = {(): ()}
    for group in plan.all_groups:
        titles[group.path] = (fold(group.title), *titles[group.path[:-2]])
    return facet._replace(values=lambda action: (fold(action.text), *titles[action.path[:-2]]))


FACETS: tuple[Facet, ...] = (
    _codes(
        "directorate",
        ("-d", "--directorate"),
        N_("Directorate"),
        N_("Takes part in any role."),
        lambda action: action.directorates,
    ),
    _codes(
        "pilot", ("--pilot",), N_("Pilot"), N_("Is pilot."), lambda action: tuple(dict.fromkeys(action.pilots))
    ),
    _codes(
        "associated",
        ("--associated",),
        N_("Associated"),
        N_("Is associated."),
        lambda action: tuple(dict.fromkeys(action.associated)),
    ),
    _codes(
        "all_of",
        ("--all-of",),
        N_("All of"),
        N_("Each of these takes part: DHUP,DGCL."),
        lambda action: action.directorates,
        Match.ALL,
    ),
    _codes(
        "without",
        ("--without",),
        N_("Without"),
        N_("Takes no part."),
        lambda action: action.directorates,
        Match.NO,
    ),
    Facet(
        "ministry",
        ("--ministry",),
        N_("Ministry"),
        N_("NAME"),
        N_("One of its directorates takes part."),
        lambda action: (),
        _parse_ministry,
        N_("unknown ministry {value} ({known})"),
        N_("{value} is {what}, not a ministry"),
        choices=_ministries,
        known=_ministries,
        several=True,
        bind=_by_ministry,
    ),
    Facet(
        "year",
        ("-y", "--year"),
        N_("Year"),
        N_("YEAR"),
        N_("Covers that year, alone or with others."),
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
        ("--calendar",),
        N_("Calendar"),
        N_("YEARS"),
        N_("Covers exactly 2021, or 2021-2022."),
        lambda action: (calendar(action.covered),) if action.covered else (),
        parse_calendar,
        N_("unknown calendar {value} ({known})"),
        N_("{value} is {what}, not a calendar ({known})"),
        choices=_calendars,
        known=_calendars,
    ),
    Facet(
        "priority",
        ("-p", "--priority"),
        N_("Priority"),
        N_("VALUE"),
        N_("Has that priority."),
        lambda action: () if action.priority is None else (action.priority,),
        _parse_priority,
        N_("unknown priority {value} ({known})"),
        N_("{value} is {what}, not a priority ({known})"),
        choices=_priorities,
        known=lambda plan: [str(priority) for priority in plan.priorities],
    ),
    Facet(
        "orientation",
        ("--orientation",),
        N_("Orientation"),
        N_("NUMBER"),
        N_("Stands in that orientation."),
        lambda action: action.place[:1],
        _parse_number(_orientations),
        N_("unknown orientation {value} ({known})"),
        N_("{value} is {what}, not an orientation ({known})"),
        choices=_orientations,
        known=lambda plan: runs(_orientations(plan)),
        titles=lambda plan: {each.number: each.title for each in plan.orientations},
    ),
    Facet(
        "measure",
        ("--measure",),
        N_("Measure"),
        N_("NUMBER"),
        N_("Stands in that measure."),
        lambda action: action.place[1:2],
        _parse_number(_measures),
        N_("unknown measure {value} ({known})"),
        N_("{value} is {what}, not a measure ({known})"),
        choices=_measures,
        known=lambda plan: runs(_measures(plan)),
        titles=lambda plan: {each.number: each.title for each in plan.measures},
    ),
    Facet(
        "text",
        ("-t", "--text"),
        N_("Text"),
        N_("WORDS"),
        N_("Has these words in its text or a title above it, in a row; case and accents aside."),
        lambda action: (fold(action.text),),
        lambda plan, value: (value,),
        "",
        "",
        match=Match.WORDS,
        several=True,
        counted=False,
        bind=_in_texts,
    ),
)
"""The facets that each plan has, in the order in which a question names them."""

_GROUPS = ("orientation", "measure")

CODES = frozenset(facet.name for facet in FACETS if facet.parse is parse_code)
"""The facets whose values are codes of directorates."""

_FILTERED = (Type.NUMBER, Type.YEAR, Type.WORD, Type.CODES, Type.YEARS, Type.NUMBERS)
"""The types of optional fields that are filtered and counted by: those with few values."""


def facets_of(plan: Plan) -> tuple[Facet, ...]:
    """Return the facets of a plan: those that each has, and those of its optional fields that have few values."""
    every = (facet.bind(plan, facet) if facet.bind else facet for facet in FACETS)
    own = (_field_facet(field) for field in plan.fields if not field.required and field.type in _FILTERED)
    return (*every, *own)


def counted(facets: Iterable[Facet]) -> tuple[Facet, ...]:
    """Return the facets among some by which actions are counted, what they stand in first."""
    found = (facet for facet in facets if facet.counted)
    return tuple(sorted(found, key=lambda facet: facet.name not in _GROUPS))


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
        (f"--{field.key}",),
        field.label,
        N_("VALUE"),
        "",
        values,
        parse,
        N_("unknown {name} {value} ({known})"),
        N_("{value} is {what}, not a value of {name} ({known})"),
        choices=choices,
        known=lambda plan: [str(value) for value in choices(plan)],
        several=True,
    )
