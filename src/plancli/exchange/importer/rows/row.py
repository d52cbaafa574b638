"""A row of a table: its cells under their headings, and its issues."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from plancli.edit.values import one_line
from plancli.exchange.importer.cells.dates import DateOrder, read_calendar
from plancli.exchange.importer.cells.directorates import read_roles
from plancli.exchange.importer.cells.numbers import is_number_or_code, read_number
from plancli.exchange.importer.columns import Columns
from plancli.exchange.importer.columns.vocabulary import TEXT
from plancli.exchange.importer.file import Sheet
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.table import BAR, unescape_formula
from plancli.i18n import N_

INHERITED = ("years", "priority")
"""The columns in which an empty cell says what is above it."""

DITTO = N_("“{cell}” isn't read as the cell above")
DITTO_HELP = N_("Write it again in each row")


FOOTNOTE = re.compile(r"[¹²³⁰⁴-⁹]+|\([0-9a-z]\)|\[[0-9a-z]\]")


@dataclass(frozen=True)
class RowContext:
    """The context in which the rows of a table are read: sheet, columns, values for empty cells.

    ``numbered`` means that priorities are numbers; ``date_order`` says whether
    ``03/04/2025`` is in April, ``several`` that the sheet is one of several.
    """

    sheet: Sheet
    columns: Columns
    defaults: Mapping[str, str]
    numbered: bool
    date_order: DateOrder
    several: bool

    @cached_property
    def footnote_marks(self) -> dict[str, int]:
        """The marks of footnotes, ``²`` or ``(2)``, that are after words, with the first row of each."""
        marks: dict[str, int] = {}
        for number, row in enumerate(self.sheet.rows, 1):
            for cell in row:
                for found in FOOTNOTE.findall(cell.lstrip(), 1):
                    for mark in (found, *found):  # ``¹²`` may be two
                        marks.setdefault(mark, number)
        return marks

    @cached_property
    def part_titles(self) -> dict[int, str]:
        """The titles of parts of the table, by their rows: each alone right above the headings.

        A blank row is above a title between actions: else it is the last action of a page, and has no more.
        """
        rows, head = self.sheet.rows, self.columns.row
        filled = [at for at, cells in enumerate(rows) if any(map(str.strip, cells))]
        return {
            above + 1: "".join(rows[above]).strip()
            for before, above, at in zip([-2, *filled], filled, filled[1:], strict=False)
            if head and rows[at] == rows[head - 1] and sum(map(bool, rows[above])) == 1
            if at < head or before < above - 1
        }


class Row:
    """A row whose cells are under their headings, with what is odd (``warnings``) or wrong (``errors``) in it.

    ``said`` are the cells that say something, each with its column from 0. ``offset`` says how many columns all
    cells stood too far right. ``above`` has what the row above says of when and how urgent: an empty cell says
    the same.
    """

    def __init__(
        self, context: RowContext, number: int, above: Mapping[str, str] | None = None, offset: int = 0
    ) -> None:
        cells = context.sheet.rows[number - 1]
        self.said = [(index, cell) for index, cell in enumerate(cells) if cell.strip()]
        length = self.said[-1][0] + 1 if self.said else 0
        self.context = context
        self.sheet = context.sheet
        self.columns = context.columns
        self.number = number
        self.cells = ("",) * -offset + cells[max(offset, 0) : length]
        self.offset = offset
        self.above = above or {}
        self.warnings: list[ImportIssue] = []
        self.errors: list[ImportIssue] = []

    @property
    def first(self) -> str:
        """The first cell that says something."""
        return self.said[0][1]

    @property
    def is_alone(self) -> bool:
        """Whether one cell alone says something."""
        return len(self.said) == 1

    @property
    def has_text(self) -> bool:
        """Whether it has the text of an action."""
        return any(column == self.columns.first(TEXT) for column, _cell in self.said)

    def line(self, between: str = " · ") -> str:
        """Return its cells on one line."""
        return between.join(" ".join(cell.split()) for _column, cell in self.said)

    def cell(self, name: str) -> str:
        """Return a cell as it stands, or what is above it or for it where it is empty."""
        cell = self.at(self.columns.first(name), name)
        if cell.strip():
            return cell
        return self.context.defaults.get(name) or self.above.get(name, cell)

    def own(self, name: str) -> str:
        """Return a cell as it stands, and none that stands for it."""
        return self.at(self.columns.first(name), name)

    def at(self, index: int, name: str) -> str:
        """Return the cell of a column; a merged one reads the same on each row that it covers."""
        if index < 0:
            return ""
        cell = self.cells[index] if index < len(self.cells) else ""
        if self.sheet.covered and not cell.strip() and not self.offset and name not in (TEXT, "number", "sub"):
            cell = self.sheet.above(self.number - 1, index) or cell
        return cell

    def text(self, name: str) -> str:
        """Return a text: as it is in an exported table, else on one line without blanks around it."""
        cell = self.cell(name)
        if self.columns.exported:
            return self.verbatim(cell)
        return one_line(cell)

    def words(self, name: str) -> str:
        """Return a cell on one line."""
        return " ".join(self.verbatim(self.cell(name)).split())

    def verbatim(self, cell: str) -> str:
        """Return a cell of an exported table without the quote that keeps it from being a formula.

        Exported for Excel it may have one, and may since have been saved as something else.
        """
        for_excel = self.columns.code_separator == BAR and self.sheet.separator != ","
        return unescape_formula(cell) if for_excel else cell

    def exported_codes(self, cell: str) -> tuple[str, ...]:
        """Return the codes in a cell of an exported table."""
        pieces = self.verbatim(cell).split(self.columns.code_separator)
        return tuple([piece for piece in pieces if piece.strip()])

    @property
    def inheritable(self) -> dict[str, str]:
        """The cells that stand for empty ones in the row below."""
        names = () if self.columns.exported else INHERITED
        return {name: self.cell(name) for name in names if self.columns.of(name)}

    def place(self, column: str | int) -> int | None:
        """Return where in the table a column stands, from 0, by its role or by its place under the headings.

        A column that a row shifted to the left lacks is nowhere.
        """
        index = self.columns.first(column) if isinstance(column, str) else column
        return None if index < max(0, -self.offset) else index + self.offset

    def add_issue(
        self,
        column: str | int,
        message: str,
        read: str | None = None,
        *,
        field: str | None = None,
        noted: bool = False,
        **words: str | int,
    ) -> None:
        """Add something odd; without ``read``, the text of the column was read."""
        said = " ".join((self.text(str(column)) if read is None else read).split())
        issue = ImportIssue(self.number, self.place(column), message, said, words, field=field, noted=noted)
        self.warnings.append(issue)

    def refuse(self, column: str | int, message: str, help: str = "", cell: str | None = None) -> None:
        """Add something wrong; ``cell`` is what is there, else the whole cell of the column."""
        words = {"cell": " ".join((self.cell(str(column)) if cell is None else cell).split())}
        issue = ImportIssue(self.number, self.place(column), message, words=words, error=True, help=help)
        self.errors.append(issue)

    @property
    def typed(self) -> int:
        """How many of the cells of numbers, years and priorities hold a number or years."""
        number, years, priority = (self.own(name) for name in ("number", "years", "priority"))
        named = bool(read_calendar(years).years)
        return (read_number(number) is not None) + named + (read_number(priority) is not None)

    @property
    def fits(self) -> bool:
        """Whether the cells are of the kind that their headings say; without headings all of them have to be."""
        number, years, priority = (self.own(name) for name in ("number", "years", "priority"))
        headed, named = self.columns.row > 0, bool(read_calendar(years).years)
        checks = [
            (number, read_number(number) is not None or (headed and is_number_or_code(number))),
            (years, named or not any(map(str.isdigit, years))),
            (priority, not self.context.numbered or read_number(priority) is not None),
        ]
        if headed:
            return all(right for cell, right in checks if cell.strip())
        numbers = [self.cell(f"code {level}") for level in (1, 2)]
        numbered = all(not cell.strip() or read_number(cell) is not None for cell in numbers)
        roles = read_roles(self.cell("directorates"))
        return all(right for _cell, right in checks) and numbered and named and bool(roles and roles.pilots)

    def realigned(self, offset: int) -> "Row | None":
        """Return the row counted from the right, or None where it can't have been shifted."""
        if not offset or any(column < offset for column, _cell in self.said):
            return None
        return Row(self.context, self.number, self.above, offset)
