"""What an import is made of: sheets of cells, what is odd in them, what can't be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plancli.i18n import _


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one table as text; ``rows[0]`` is row 1 of the spreadsheet.

    ``merged`` gives the text of a merged cell to each place (row and column, from 0) that it covers below its
    first row. ``separator`` is what parts the cells of a text file, empty for a spreadsheet.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: Mapping[tuple[int, int], str] = field(default_factory=dict)
    separator: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd in a table: where (``row`` from 1, ``column`` from 0), what was read, and what was done.

    ``done`` is marked for translation and ``words`` fill its placeholders: it is told in the reader's language and
    noted in the plan's. ``action``, ``measure``, ``orientation`` and ``field`` say what it is about in the plan;
    one that isn't ``noted`` is told but does not go into the plan.
    """

    row: int
    column: int | None
    read: str
    done: str
    action: int | None = None
    measure: int | None = None
    orientation: int | None = None
    field: str | None = None
    noted: bool = True
    words: tuple[tuple[str, str | int], ...] = ()

    @property
    def sentence(self) -> str:
        """What was done, in the language spoken now."""
        return _(self.done).format(**dict(self.words))


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row can't be read: where (``row`` from 1, ``column`` from 0 or None for all of it), and why."""

    row: int
    column: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Place:
    """An orientation or a measure as a row names it; number and title may each be missing."""

    number: int | None
    title: str
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one role in one row: as the cell has them, and parted; ``column`` is counted from 0."""

    written: str
    pieces: tuple[str, ...]
    column: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """One row that could be read; ``joined`` tells that a text stood on several lines of its cell.

    ``more`` has the optional fields whose cells aren't empty, as they stand in a plan's data.
    """

    row: int
    orientation: Place
    measure: Place
    number: int
    text: str
    pilots: Codes
    associated: Codes
    years: tuple[int, ...]
    priority: int
    oddities: tuple[Oddity, ...] = ()
    joined: bool = False
    more: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What came out of a table: plain data with the shape of a plan, or (None) the problems of its rows.

    ``headings`` stand in row ``start``; there are none, and it is 0, where columns were taken by position.
    """

    data: dict[str, Any] | None
    oddities: tuple[Oddity, ...]
    problems: tuple[Problem, ...]
    sheet: Sheet
    headings: tuple[str, ...]
    start: int


def letters(column: int) -> str:
    """Name a column, counted from 0, as spreadsheets do: ``A``, ``Z``, ``AA``."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
