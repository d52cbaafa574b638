"""Tables of actions that export writes and import reads: headings, and texts that look like a formula."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from plancli.dates import last_day
from plancli.i18n import N_, _
from plancli.plan.model import Action, Field, Group, Plan, Type, Value, calendar, keys_of
from plancli.text import capital


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table of actions: its key in CSV, its heading, the French one, its width in characters.

    Columns of ``numbers`` and years are set in the middle. The French heading is here besides the translations
    because a table must be read back whatever language the reader speaks. What a plan ``declared`` itself has one
    heading, in the plan's language.
    """

    key: str
    label: str
    french: str
    width: int = 14
    numbers: bool = False
    declared: bool = False

    @property
    def title(self) -> str:
        """Return the heading in the language of the reader; that of the plan's own words as they are declared."""
        return self.label if self.declared else _(self.label)


PLACES = (
    Heading("measure", N_("Measure no"), french="N° mesure", width=9, numbers=True),
    Heading("measure_title", N_("Measure"), french="Mesure", width=36),
    Heading("orientation", N_("Orientation no"), french="N° orientation", width=12, numbers=True),
    Heading("orientation_title", N_("Orientation"), french="Orientation", width=36),
)
"""The columns that say what an action is in."""

_NUMBERS = frozenset([Type.NUMBER, Type.YEAR, Type.YEARS, Type.NUMBERS, Type.NUMBER_OR_WORD, Type.DATE])


def table_headings(fields: Iterable[Field], places: Sequence[Heading] = PLACES) -> tuple[Heading, ...]:
    """Return the columns of a sheet of actions with some fields, in its order."""
    own = (
        Heading(
            field.key,
            field.heading or field.label,
            field.french,
            field.width,
            field.type in _NUMBERS,
            field.declared,
        )
        for field in fields
    )
    return (*own, *places)


def plan_headings(plan: Plan) -> tuple[Heading, ...]:
    """Return the columns of a sheet of the actions of a plan, with its own names of levels and fields."""
    if plan.declared_levels is None:
        return table_headings(plan.fields)
    return table_headings(
        plan.fields, [each for level in _used_levels(plan) for each in _level_headings(plan, level)]
    )


def _used_levels(plan: Plan) -> range:
    """Return the levels that some group of the plan has, from the top: 1, 2 …"""
    return range(1, min(max((group.level for group in plan.all_groups), default=0), len(plan.levels)) + 1)


def _level_headings(plan: Plan, level: int) -> Iterator[Heading]:
    """Yield the columns of one level: the number, the code if some group of it has one, and the title."""
    name = plan.levels[level - 1].name
    labels = (_("{level} no"), _("{level} code"), "{level}")
    number, code, word = (capital(label.format(level=name)) for label in labels)
    yield Heading(level_key(name, "number"), number, number, 9, numbers=True, declared=True)
    if any(group.code for group in plan.all_groups if group.level == level):
        yield Heading(level_key(name, "code"), code, code, 9, declared=True)
    yield Heading(level_key(name, "title"), word, word, 36, declared=True)


def level_key(name: str, what: str) -> str:
    """Return the key of a column of a level: of its number, its code or its title."""
    return name if what == "number" else f"{name}_{what}"


def place_cells(plan: Plan, groups: Sequence[Group]) -> dict[str, int | str | None]:
    """Return the cells of what an action is in, by the keys of their columns."""
    if plan.declared_levels is None:
        return {key: group.title for key, group in zip(_TITLES, groups, strict=False)}
    return {
        level_key(level.name, what): getattr(group, what, None)
        for level, group in zip_longest(plan.levels, groups)
        for what in ("number", "code", "title")
    }


WorkbookCell = int | float | str | datetime.date | None
"""A cell of a workbook."""


def action_cells(
    columns: Sequence[Heading], types: Mapping[str, Type], places: Mapping[str, WorkbookCell], action: Action
) -> list[WorkbookCell]:
    """Return the cells of an action in a workbook, in the order of its columns."""
    return [
        places[heading.key]
        if heading.key in places
        else _workbook_cell(types.get(heading.key), action.value(heading.key))
        for heading in columns
    ]


def _workbook_cell(kind: Type | None, value: Value) -> WorkbookCell:
    """Return the cell of a field: numbers and days as such, years as a calendar, lists with commas."""
    if kind is Type.DATE and isinstance(value, str):
        return datetime.date.fromisoformat(value) if len(value) == _DAY and last_day(value) else value
    if not isinstance(value, tuple):
        return float(value) if isinstance(value, Decimal) else value
    if kind is Type.YEARS:
        years = tuple(int(year) for year in value)
        return years[0] if len(years) == 1 else calendar(years)
    return ("\n" if kind is Type.LIST else ", ").join(map(str, value))


_DAY = len("2025-12-31")
"""The length of a day, which is a date to a spreadsheet; a month or a year is a text."""


_TITLES = ("orientation_title", "measure_title")


def plan_columns(plan: Plan) -> tuple[str, ...]:
    """Return the columns of a CSV file of a plan: those of ``list``, then the titles.

    Where it names its levels, each has its number and its title after the number of the action.
    """
    if plan.declared_levels is None:
        return (*keys_of(plan.fields), *_TITLES)
    levels = (each.key for level in _used_levels(plan) for each in _level_headings(plan, level))
    number, _orientation, _measure, *fields = keys_of(plan.fields)
    return (number, *levels, *fields)


FOLLOW_UP = (
    Heading("number", N_("Action no"), french="N° action", width=9, numbers=True),
    Heading("code", N_("Code"), french="Code", width=10),
    Heading("text", N_("Action"), french="Action", width=60),
    Heading("pilot", N_("Pilot"), french="Pilote", width=15),
    Heading("status", N_("Status"), french="Statut", width=16),
    Heading("status_date", N_("Since"), french="Depuis", width=12, numbers=True),
    Heading("percent", N_("Percent"), french="Pourcentage", width=12, numbers=True),
    Heading("end", N_("End"), french="Fin", width=12, numbers=True),
    Heading("late", N_("Late"), french="Retard", width=10),
    Heading("next_status", N_("New status"), french="Nouveau statut", width=18),
    Heading("next_percent", N_("New percentage"), french="Nouveau pourcentage", width=14),
    Heading("next_note", N_("What is to be said"), french="Ce qu'il y a à dire", width=60),
)
"""The columns of the sheet on which a plan is followed up; the last three are for the next report."""

NEXT = ("next_status", "next_percent", "next_note")


REGISTER = (
    Heading("code", N_("Directorate"), "Direction"),
    Heading("name", N_("Name"), "Nom", width=60),
    Heading("ministry", N_("Ministry"), "Ministère", width=40),
    Heading("note", N_("Note"), "Note", width=60),
)
"""The first columns of a sheet of directorates, in its order."""

DESCRIBED = tuple(each.key for each in REGISTER[1:])
"""What the sheet of directorates says of each code."""

BASE_SHEET = "plancli"
"""The hidden sheet of a workbook that has what was exported, so that one that comes back tells what was changed.

Its first row has a version, the commit and its day, and how many rows follow of actions, of directorates and of
the text of the plan; the next ones the keys of the columns of actions and their headings, then the rows of both
sheets as they were written, and the text in pieces.
"""

BASE_CHUNK = 30_000
"""Characters of the text of the plan in one cell: Excel takes 32,767."""

BASE_VERSION = "1"

BAR = "|"
"""What is between the values of a list in CSV."""


def joined_values(values: Sequence[object]) -> str:
    """Return the cell of CSV for values; a bar that is part of one has a backslash before it."""
    texts = [re.sub(r"(\\*)\|", r"\1\1\\|", str(value)) for value in values]
    return BAR.join([*(re.sub(r"(\\+)$", r"\1\1", text) for text in texts[:-1]), *texts[-1:]])


def split_values(cell: str) -> list[str]:
    """Return the values that ``joined_values`` was given."""
    found = [""]
    for text, slashes, bar in re.findall(r"([^\\|]*)(\\*)(\||\Z|)", cell):
        found[-1] += text + (slashes[: len(slashes) // 2] if bar else slashes)
        if bar and len(slashes) % 2:
            found[-1] += bar
        elif bar:
            found.append("")
    return found


MARKS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a formula begins with; a tab or a line break may hide the sign after it."""


def escape_formula(text: str) -> str:
    """Return a text with a quote before it, if it begins, after any quotes of its own, as a formula does.

    The quotes count so that ``unescape_formula`` returns every text, also one that begins with a quote.
    """
    return f"'{text}" if text.lstrip("'").startswith(MARKS) else text


def unescape_formula(text: str) -> str:
    """Return the text that ``escape_formula`` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(MARKS) else text
