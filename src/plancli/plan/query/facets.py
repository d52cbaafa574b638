"""The facets: what actions are filtered and counted by, a row each.

A facet reads a value as it is typed, gives the values of an action, and has the words for a value that it doesn't
know. All that filters and all that counts goes through this table.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple, TypeVar

from plancli.i18n import N_, _
from plancli.location import Path
from plancli.plan.model import (
    LATE,
    STATUS,
    Action,
    Field,
    Group,
    Plan,
    Type,
    calendar,
    identities,
    level_of,
    path_of,
    read_amounts,
    references,
    written_runs,
)
from plancli.text import capital, fold, quote_argument, to_nfc

FacetValue = int | str
V = TypeVar("V", bound=FacetValue)


class Matching(StrEnum):
    """The ways to compare the values of a filter with those of an action."""

    ANY = "any"
    """One of them is among its values."""
    ALL = "all"
    """Each of them is among its values."""
    NO = "no"
    """None of them is among its values."""
    START = "start"
    """One of its values begins with one of them: a day with its month."""
    WORDS = "words"
    """One of them occurs in one of its values, which are texts, folded."""


_UNKNOWN = N_("unknown {name} {value} ({known})")
_MISTAKEN = N_("{value} is {what}, not a value of {name} ({known})")
_ASKED = N_("{name} {values}")
_LACKING = N_("no {name}")


class Facet(NamedTuple):
    """A question that each action answers with one value, several or none.

    ``name`` is that of its dimension; ``flags`` are its options, the usual one first, explained by ``metavar``
    and ``help``. ``values`` gives the values of an action, each once; ``several``: it may have more than one.
    ``parse`` gives the values that a typed word stands for, none where the plan doesn't know it. ``choices``
    gives those that the plan knows, in their order; ``titles`` their titles, ``written`` how people write those
    that JSON has otherwise, ``brief`` all of them in a message, where that isn't one by one.

    Messages: ``unknown`` for a value that nothing knows, ``mistaken`` for one that is something else; below an
    answer, ``asked`` for values that were filtered by, ``lacking`` for their absence.

    What isn't ``counted`` only filters; what is takes ``none`` too. A ``declared`` label isn't translated;
    ``depth`` is that of groups, from 1. ``is_flag``: it is typed without a value. Where the values of an action
    depend on the plan, ``bind`` gives the facet for a plan.
    """

    name: str
    flags: tuple[str, ...]
    label: str
    metavar: str
    help: str
    values: Callable[[Action], tuple[FacetValue, ...]] = lambda action: ()
    parse: Callable[[Plan, str], tuple[FacetValue, ...]] = lambda plan, value: ()
    unknown: str = _UNKNOWN
    mistaken: str = _MISTAKEN
    asked: str = _ASKED
    lacking: str = _LACKING
    choices: Callable[[Plan], Sequence[FacetValue]] = lambda plan: ()
    brief: Callable[[Plan], Sequence[str]] | None = None
    titles: Callable[[Plan], Mapping[FacetValue, str]] = lambda plan: {}
    match: Matching = Matching.ANY
    several: bool = False
    counted: bool = True
    declared: bool = False
    depth: int = 0
    is_flag: bool = False
    written: Callable[[Plan], Mapping[FacetValue, str]] = lambda plan: {}
    bind: "Callable[[Plan, Facet], Facet] | None" = None

    def known(self, plan: Plan) -> Sequence[str]:
        """Return the values that the plan knows, for a message."""
        return self.brief(plan) if self.brief else list(map(str, self.choices(plan)))

    def of(self, plan: Plan) -> "Facet":
        """Return the facet for a plan."""
        return self.bind(plan, self) if self.bind else self

    @property
    def flag(self) -> str:
        """The option that is usually typed."""
        return self.flags[0]

    def spoken(self, plan: Plan) -> str:
        """Return the name inside a sentence: a level as the plan calls it, whatever option asks for it."""
        return level_of(plan, self.depth).name if self.depth else self.name

    @property
    def title(self) -> str:
        """The label in the language of the reader; that of a plan's own as it is declared."""
        return self.label if self.declared else _(self.label)

    @property
    def title_in_sentence(self) -> str:
        """The title as it is inside a sentence."""
        if self.declared:
            return self.name if self.depth else self.title
        return self.title[:1].lower() + self.title[1:]

    def typed(self, values: Iterable[str]) -> str:
        """Return the option with values as they would be typed."""
        if self.is_flag:
            return self.flag
        words = [",".join(values)] if self.match is not Matching.WORDS else values
        if self.flag.startswith(FIELD):
            return " ".join(f"-f {quote_argument(f'{self.name}={word}')}" for word in words)
        return " ".join(f"{self.flag} {quote_argument(word)}" for word in words)


FIELD = "-f"
"""The option for facets that have none of their own: ``-f KEY=VALUE``."""


def typed_words(typed: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return the words of a list with commas, without blanks around them; a known word may have commas itself."""
    if "," in typed and is_known(typed.strip()):
        return [typed.strip()]
    return [word for word in map(str.strip, typed.split(",")) if word]


def parse_number(value: str) -> int | None:
    """Return the number that is written with digits only; None for all else, and beyond 18 digits."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 18 else None


def _same_words(known: Iterable[V], typed: str) -> tuple[V, ...]:
    """Return the known values that a word stands for: the same, or else those in another case or other accents."""
    by_word = {str(value): value for value in known}
    for word in (typed, to_nfc(typed)):
        if word in by_word:
            return (by_word[word],)
    wanted = fold(typed)
    return tuple(value for word, value in by_word.items() if fold(word) == wanted)


def parse_code(plan: Plan, value: str) -> tuple[str, ...]:
    """Return the declared codes that a word stands for."""
    return _same_words((directorate.code for directorate in plan.directorates), value)


def parse_year(plan: Plan, value: str) -> tuple[int, ...]:
    """Return the year that a word names, if the plan runs in it."""
    number = parse_number(value)
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


def _statuses(plan: Plan) -> Sequence[str]:
    """Return the statuses of a plan; none where its actions have none for a day."""
    return [status.name for status in plan.statuses] if plan.day else []


def _parse_priority(plan: Plan, value: str) -> tuple[FacetValue, ...]:
    """Return the declared priority that a word names."""
    number = parse_number(value)
    words = [each for each in plan.ranks if isinstance(each, str)]
    return _same_words(words, value) or tuple(each for each in plan.ranks if each == number)


def _of_level(plan: Plan, facet: Facet, depth: int) -> Facet:
    """Return the facet of the groups of a depth, which reads their codes, numbers and paths (``1.2``)."""

    groups = cache(lambda: [group for group in plan.all_groups if group.level == depth])
    own = cache(lambda: identities(groups()))

    def parse(plan: Plan, value: str) -> tuple[FacetValue, ...]:
        coded = {group.code: own()[group.path] for group in groups() if group.code}
        codes = _same_words(coded, value)
        if codes:
            return tuple(coded[code] for code in codes)
        number = parse_number(value)
        found = {own()[group.path] for group in groups() if value == path_of(group) or number == group.number}
        return tuple(found) if len(found) == 1 else ()

    def known(plan: Plan) -> Sequence[str]:
        if all(isinstance(value, int) for value in own().values()) and not any(group.code for group in groups()):
            return written_runs([group.number for group in groups()])
        written = references(plan)
        return list(dict.fromkeys(written[group.path] for group in groups()))

    def written(plan: Plan) -> Mapping[FacetValue, str]:
        written = references(plan)
        return _agreed(((own()[group.path], written[group.path]) for group in groups()), str)

    def titles(plan: Plan) -> Mapping[FacetValue, str]:
        return _agreed(((own()[group.path], group.title) for group in groups()), lambda value: "")

    is_own = plan.declared_levels is not None
    return facet._replace(
        depth=depth,
        unknown=_UNKNOWN if is_own else facet.unknown,
        mistaken=_MISTAKEN if is_own else facet.mistaken,
        asked=_ASKED if is_own else facet.asked,
        values=lambda action: (own()[action.path[: 2 * depth]],) if len(action.place) >= depth else (),
        parse=parse,
        choices=lambda plan: list(dict.fromkeys(own().values())),
        brief=known,
        titles=titles,
        written=written,
        counted=facet.declared or not is_own,
    )


def _agreed(
    words: Iterable[tuple[FacetValue, str]], otherwise: Callable[[FacetValue], str]
) -> dict[FacetValue, str]:
    """Return the word of each value; another one for a value that several plans call differently."""
    found: dict[FacetValue, str] = {}
    for value, word in words:
        found[value] = word if found.setdefault(value, word) == word else otherwise(value)
    return found


def _levels(plan: Plan) -> Iterator[Facet]:
    """Yield a facet for each level that a plan names, from the top."""
    for depth, level in enumerate(plan.declared_levels or (), 1):
        facet = Facet(level.name, (FIELD,), capital(level.name), N_("VALUE"), "", declared=True)
        yield _of_level(plan, facet, depth)


def calendar_of(action: Action) -> tuple[str, ...]:
    """Return the calendar of an action: its years, else the year in which it is due, else the words for it."""
    if action.covered:
        return (calendar(action.covered),)
    words = action.value("when")
    return (str(words),) if words else ()


def _calendars_in_words(plan: Plan) -> list[str]:
    return [each for action in plan.actions if not action.covered for each in calendar_of(action)]


def _calendars(plan: Plan) -> Sequence[str]:
    """Return the calendars that occur, the shortest first, then those in words."""
    found = {action.covered for action in plan.actions if action.covered}
    ordered = (calendar(years) for years in sorted(found, key=lambda years: (len(years), years)))
    return list(dict.fromkeys((*ordered, *_calendars_in_words(plan))))


def directorate_titles(plan: Plan) -> dict[FacetValue, str]:
    """Return the title of each directorate by its code."""
    return {each.code: each.title for each in plan.directorates}


def _ministries(plan: Plan) -> list[str]:
    """Return the ministries that the register names, each once."""
    return list(dict.fromkeys(each.ministry for each in plan.directorates if each.ministry))


def _by_ministry(plan: Plan, facet: Facet) -> Facet:
    """Return the facet with the ministries of an action's directorates."""
    found = {each.code: each.ministry for each in plan.directorates if each.ministry}

    def values(action: Action) -> tuple[FacetValue, ...]:
        return tuple(dict.fromkeys(found[code] for code in action.directorates if code in found))

    return facet._replace(values=values, counted=bool(found))


def _of_codes(plan: Plan, facet: Facet) -> Facet:
    """Return the facet with the codes of an action and of the groups that it is in."""

    @cache
    def titles() -> dict[FacetValue, str]:
        groups: dict[FacetValue, str] = {group.code: group.title for group in plan.all_groups if group.code}
        return {**{action.code: action.text for action in plan.actions if action.code}, **groups}

    def values(action: Action) -> tuple[FacetValue, ...]:
        return tuple(code for code in (action.code, *above()[action.path[:-2]]) if code)

    above = cache(lambda: _above(plan, lambda group: group.code))
    return facet._replace(
        values=values,
        parse=lambda plan, value: _same_words(titles(), value),
        choices=lambda plan: list(titles()),
        titles=lambda plan: titles(),
    )


def _in_texts(plan: Plan, facet: Facet) -> Facet:
    """Return the facet with the text of an action, then the titles that it is under, the nearest first."""
    above = cache(lambda: _above(plan, lambda group: fold(group.title)))
    return facet._replace(values=lambda action: (fold(action.text), *above()[action.path[:-2]]))


T = TypeVar("T")


def _above(plan: Plan, value_of: Callable[[Group], T]) -> dict[Path, tuple[T, ...]]:
    """Return something of each group and of those that it is in, the nearest first, by the group's path."""
    found: dict[Path, tuple[T, ...]] = {(): ()}
    for group in plan.all_groups:
        found[group.path] = (value_of(group), *found[group.path[:-2]])
    return found


_DIRECTORATE = Facet(
    "directorate",
    ("-d", "--directorate"),
    N_("Directorate"),
    N_("CODE"),
    N_("Takes part in any role."),
    lambda action: action.directorates,
    parse_code,
    N_("unknown directorate {value}"),
    N_("{value} is {what}, not a directorate"),
    N_("{values} in any role"),
    N_("no directorate"),
    choices=lambda plan: [each.code for each in plan.directorates],
    titles=directorate_titles,
    several=True,
)

FACETS: tuple[Facet, ...] = (
    _DIRECTORATE,
    _DIRECTORATE._replace(
        name="pilot",
        flags=("--pilot",),
        label=N_("Pilot"),
        help=N_("Is pilot."),
        values=lambda action: tuple(dict.fromkeys(action.pilots)),
        asked=N_("piloted by {values}"),
        lacking=N_("no pilot"),
    ),
    _DIRECTORATE._replace(
        name="associated",
        flags=("--associated",),
        label=N_("Associated"),
        help=N_("Is associated."),
        values=lambda action: tuple(dict.fromkeys(action.associated)),
        asked=N_("{values} associated"),
        lacking=N_("none associated"),
    ),
    _DIRECTORATE._replace(
        name="all_of",
        flags=("--all-of",),
        label=N_("All of"),
        help=N_("Each of these takes part: DHUP,DGCL."),
        asked=N_("{values} together, in any role"),
        match=Matching.ALL,
        counted=False,
    ),
    _DIRECTORATE._replace(
        name="without",
        flags=("--without",),
        label=N_("Without"),
        help=N_("Takes no part."),
        asked=N_("without {values}"),
        match=Matching.NO,
        counted=False,
    ),
    Facet(
        "ministry",
        ("--ministry",),
        N_("Ministry"),
        N_("NAME"),
        N_("One of its directorates takes part."),
        parse=lambda plan, value: _same_words(_ministries(plan), value),
        unknown=N_("unknown ministry {value} ({known})"),
        mistaken=N_("{value} is {what}, not a ministry"),
        asked=N_("ministry {values}"),
        lacking=N_("no ministry known"),
        choices=_ministries,
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
        N_("covering {values}"),
        N_("no year"),
        choices=lambda plan: plan.period.years,
        brief=lambda plan: written_runs(plan.period.years),
        several=True,
    ),
    Facet(
        "calendar",
        ("--calendar",),
        N_("Calendar"),
        N_("YEARS"),
        N_("Covers exactly 2021, or 2021-2022."),
        calendar_of,
        lambda plan, value: parse_calendar(plan, value) or _same_words(_calendars_in_words(plan), value),
        N_("unknown calendar {value} ({known})"),
        N_("{value} is {what}, not a calendar ({known})"),
        N_("calendar exactly {values}"),
        N_("no calendar"),
        choices=_calendars,
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
        N_("priority {values}"),
        choices=lambda plan: plan.ranks,
        brief=lambda plan: [str(priority) for priority in plan.priorities],
        bind=lambda plan, facet: facet._replace(counted=bool(plan.priorities)),
    ),
    Facet(
        "orientation",
        ("--orientation",),
        N_("Orientation"),
        N_("NUMBER"),
        N_("Stands in that orientation, or group of the top level."),
        unknown=N_("unknown orientation {value} ({known})"),
        mistaken=N_("{value} is {what}, not an orientation ({known})"),
        asked=N_("orientation {values}"),
        bind=lambda plan, facet: _of_level(plan, facet, 1),
    ),
    Facet(
        "measure",
        ("--measure",),
        N_("Measure"),
        N_("NUMBER"),
        N_("Stands in that measure, or group of the second level: 1.2."),
        unknown=N_("unknown measure {value} ({known})"),
        mistaken=N_("{value} is {what}, not a measure ({known})"),
        asked=N_("measure {values}"),
        bind=lambda plan, facet: _of_level(plan, facet, 2),
    ),
    Facet(
        "code",
        ("--code",),
        N_("Code"),
        N_("CODE"),
        N_("Has that code, or stands in the group that has it."),
        unknown=N_("unknown code {value}"),
        mistaken=N_("{value} is {what}, not a code of the plan"),
        asked=N_("code {values}"),
        several=True,
        counted=False,
        bind=_of_codes,
    ),
    Facet(
        STATUS.key,
        ("--status",),
        STATUS.label,
        N_("WORDS"),
        N_("Has that status (with --on DATE: on that day); none: not reported."),
        lambda action: () if (status := action.value(STATUS.key)) is None else (str(status),),
        lambda plan, value: _same_words(_statuses(plan), value),
        N_("unknown status {value} ({known})"),
        N_("{value} is {what}, not a status ({known})"),
        N_("status {values}"),
        N_("not reported"),
        choices=_statuses,
        bind=lambda plan, facet: facet._replace(counted=bool(_statuses(plan))),
    ),
    Facet(
        LATE.key,
        ("--late",),
        LATE.label,
        "",
        N_("Its end lies before the day that is asked, and its status isn't closed."),
        lambda action: (bool(action.value(LATE.key)),),
        lambda plan, value: (True,) if _statuses(plan) else (),
        asked="{values}",
        choices=lambda plan: (True, False),
        brief=lambda plan: (),
        is_flag=True,
        written=lambda plan: {True: _("late"), False: _("not late")},
        bind=lambda plan, facet: facet._replace(counted=bool(_statuses(plan))),
    ),
    Facet(
        "text",
        ("-t", "--text"),
        N_("Text"),
        N_("WORDS"),
        N_("Has these words in its text or a title above it, in a row; case and accents aside."),
        lambda action: (fold(action.text),),
        lambda plan, value: (value,),
        asked=N_("action text holds {values} (case and accents aside)"),
        match=Matching.WORDS,
        several=True,
        counted=False,
        bind=_in_texts,
    ),
)
"""The facets that each plan has, in the order in which a question names them."""

CODES = frozenset(facet.name for facet in FACETS if facet.parse is parse_code)
"""The facets whose values are codes of directorates."""


def level_facets(plan: Plan) -> list[Facet]:
    """Return the facets of the plan's levels, from the top; of orientations and measures where it names none."""
    if plan.declared_levels is None:
        return [facet.of(plan) for facet in FACETS if facet.name in ("orientation", "measure")]
    return list(_levels(plan))


_COUNTED = (Type.NUMBER, Type.YEAR, Type.WORD, Type.CODES, Type.YEARS, Type.NUMBERS, Type.CHOICE)
"""The types of optional fields that are counted by: those with few values."""

_SEARCHED = (Type.PROSE, Type.LINE, Type.LIST)
"""The types of optional fields in which words are searched."""


def facets_of(plan: Plan) -> tuple[Facet, ...]:
    """Return the facets of a plan: those that each has, those of its levels and of its optional fields."""
    every = (facet.of(plan) for facet in FACETS)
    own = (_field_facet(plan, field) for field in plan.fields if not field.required and field.key != "code")
    named = {facet.name: facet for facet in (*_levels(plan), *own)}
    return (*(named.pop(facet.name, facet) for facet in every), *named.values())


def counted(facets: Iterable[Facet]) -> tuple[Facet, ...]:
    """Return the facets among some by which actions are counted, what they are in first."""
    found = [facet for facet in facets if facet.counted]
    return tuple(sorted(found, key=lambda facet: not facet.depth))


def dimension_names(dimensions: Sequence[Facet]) -> dict[str, str]:
    """Return the names of dimensions by what is typed for them, folded; ``measure`` is any second level."""
    usual = {("orientation", "measure")[each.depth - 1]: each.name for each in dimensions if each.depth in (1, 2)}
    return usual | {fold(each.name): each.name for each in dimensions}


def _field_facet(plan: Plan, field: Field) -> Facet:
    def values(action: Action) -> tuple[FacetValue, ...]:
        value = action.value(field.key)
        if isinstance(value, tuple):
            return tuple(dict.fromkeys(value))
        return () if value is None else (value if isinstance(value, int | str) else f"{value:f}",)

    def words(action: Action) -> tuple[FacetValue, ...]:
        return tuple(fold(str(value)) for value in values(action))

    def choices(plan: Plan) -> Sequence[FacetValue]:
        found = dict.fromkeys(value for action in plan.actions for value in values(action))
        return [*(value for value in field.values if value in found), *(v for v in found if v not in field.values)]

    def parse(plan: Plan, typed: str) -> tuple[FacetValue, ...]:
        if field.type in _SEARCHED:
            return (typed,)
        if field.type is Type.DATE:
            from plancli.dates import read_date  # takes time to load, and few questions need it

            meant = read_date(typed)
            return (meant,) if meant and any(str(value).startswith(meant) for value in choices(plan)) else ()
        if field.type in (Type.NUMBER, Type.DECIMAL):
            from decimal import Decimal  # takes time to load, and few questions need it

            amounts = set(map(Decimal, read_amounts(typed)))
            return tuple(each for each in choices(plan) if Decimal(each) in amounts)
        return _same_words((*field.values, *choices(plan)), typed)

    searched = field.type in _SEARCHED
    matches = Matching.WORDS if searched else Matching.START if field.type is Type.DATE else Matching.ANY
    return Facet(
        field.key,
        (FIELD,),
        field.label,
        N_("VALUE"),
        "",
        words if searched else values,
        parse,
        choices=(lambda plan: ()) if searched else choices,
        brief=lambda plan: [str(value) for value in field.values or choices(plan)],
        match=matches,
        several=True,
        counted=field.type in _COUNTED,
        declared=field.declared,
    )
