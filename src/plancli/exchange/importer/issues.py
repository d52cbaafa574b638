"""The issues of an import: by row and column, as a spreadsheet counts them."""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from plancli.exchange.importer.columns import Columns, letters
from plancli.i18n import _
from plancli.plan.model import written_runs
from plancli.text import truncate

MOST_ALIKE = 3
"""The most rows with the same issue that have a line each."""

LONGEST = 60
"""Columns of a cell that are quoted: enough to know it again."""


Headings = Mapping[str, Sequence[tuple[int, tuple[str, ...]]]]
"""Rows of headings with their numbers, by the name of their sheet or file; empty of the first, or the only one."""


@dataclasses.dataclass(frozen=True, slots=True)
class ImportIssue:
    """Something to know about a table: where it stands, what was read there, and what was done or is wrong.

    ``row`` counts from 1 (0 is the table as a whole), ``column`` from 0. ``message`` and ``help`` are marked for
    translation; ``words`` fill the placeholders of the message. An ``error`` keeps the plan from being written.
    ``sheet`` is named where several are read. An ``action`` of 0 is that of the row.
    ``action``, ``measure``, ``orientation`` and ``field`` say what the issue is about in the plan; one that is
    ``noted`` goes into the plan's source notes.
    """

    row: int
    column: int | None
    message: str
    read: str = ""
    words: Mapping[str, str | int] = dataclasses.field(default_factory=dict)
    action: int | None = None
    measure: int | None = None
    orientation: int | None = None
    field: str | None = None
    noted: bool = False
    error: bool = False
    help: str = ""
    sheet: str = ""

    @property
    def sentence(self) -> str:
        """The message in the language that is spoken now."""
        return _(self.message).format(**self.words)

    @property
    def shown(self) -> str:
        """The sentence for a screen, with long words cut; rows and whole sentences are never cut."""
        words = {
            name: word if isinstance(word, int) or name in ("rows", "sentence") else truncate(word, LONGEST)
            for name, word in self.words.items()
        }
        return _(self.message).format(**words)


@dataclasses.dataclass(frozen=True, slots=True)
class Imported:
    """The result of reading a table: data with the shape of a plan, or None where a row can't be read.

    ``headings`` are the rows of headings with their numbers, none where columns were taken by position;
    ``columns`` says what each was taken for, ``examples`` what stands first in it.
    """

    data: dict[str, Any] | None
    issues: tuple[ImportIssue, ...]
    headings: Headings
    columns: Columns
    examples: Mapping[int, str] = dataclasses.field(default_factory=dict)

    @property
    def errors(self) -> tuple[ImportIssue, ...]:
        """The issues that keep the plan from being written."""
        return tuple([each for each in self.issues if each.error])

    @property
    def warnings(self) -> tuple[ImportIssue, ...]:
        """The issues of what could be read all the same."""
        return tuple([each for each in self.issues if not each.error])


def messages(imported: Imported) -> Iterator[str]:
    """Yield a line an issue; of a table that can't be read, the errors only."""
    yield from lines_of(imported.errors or imported.warnings, imported.headings)


def lines_of(issues: Collection[ImportIssue], headings: Headings) -> Iterator[str]:
    """Yield a line an issue; ``headings`` are the rows that name their columns.

    An issue that many rows have in the same words has one line, with their numbers.
    """
    rows: dict[Any, list[int]] = {}
    for each in issues:
        rows.setdefault(_likeness(each), []).append(each.row)
    for each in issues:
        found = rows.get(_likeness(each), [])
        if len(found) <= MOST_ALIKE:
            yield _line(each, headings)
        elif each.row == found[0]:
            more, again = _("{line} (rows {rows} too)"), format_runs(sorted({*found} - {each.row}))
            yield more.format(line=_line(each, headings), rows=again)


def _likeness(issue: ImportIssue) -> tuple[object, ...]:
    """Return the key by which the issues of several rows are one; of a table, and of an error, each is its own."""
    if issue.error or not issue.row or not issue.read:
        return (id(issue),)
    return issue.sheet, issue.column, issue.message, issue.read, tuple(issue.words.items())


def _line(each: ImportIssue, headings: Headings) -> str:
    place = _place(headings.get(each.sheet, ()), each.row, each.column)
    place = _("{name}, {place}").format(name=each.sheet, place=place) if each.sheet else place
    if each.read:
        line = _("{place}: read “{cell}”; {done}")
        return line.format(place=place, cell=truncate(" ".join(each.read.split()), LONGEST), done=each.shown)
    return _("{place}: {note}").format(place=place, note=each.shown)


def remedies(errors: Iterable[ImportIssue]) -> list[str]:
    """Return the remedies of errors, each once."""
    return [_(each) for each in dict.fromkeys(each.help for each in errors) if each]


def format_runs(numbers: Sequence[int]) -> str:
    """Return ascending numbers as a text: ``3-5, 8``."""
    return ", ".join(written_runs(numbers))


def _place(rows: Sequence[tuple[int, tuple[str, ...]]], row: int, column: int | None) -> str:
    if column is None:
        return _("row {row}").format(row=row) if row else _("the table")
    headings: tuple[str, ...] = next((cells for start, cells in reversed(rows) if start < row), ())
    heading = " ".join(headings[column].split()) if column < len(headings) else ""
    if not heading:
        return _("row {row}, column {column}").format(row=row, column=letters(column))
    return _("row {row}, column {column} ({heading})").format(
        row=row, column=letters(column), heading=truncate(heading, LONGEST)
    )
