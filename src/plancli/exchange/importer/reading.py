"""A sheet row by row: its title, its records, what stands around them, and the rows that can't be read."""

import re
from collections.abc import Collection

from plancli.exchange.importer.cells import is_total
from plancli.exchange.importer.columns import Columns
from plancli.exchange.importer.nouns import Oddity, Problem, Record, Sheet
from plancli.exchange.importer.rows import ROLES, headings, read_row, straighten
from plancli.i18n import N_, _
from plancli.text import fold

Cells = list[tuple[int, str]]
"""The cells of a row that say something, each with its column from 0."""


MOST_PROBLEMS = 1000
"""What is told of a table before the rest is left unread."""


class Reading:
    """What the rows of a sheet came to."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self.title = ""
        self.records: list[Record] = []
        self.problems: list[Problem] = []
        self.oddities: list[Oddity] = []
        self._sheet = sheet
        self._columns = columns
        self._lone: list[tuple[int, int, str]] = []
        self._above_it: dict[str, str] = {}
        again = headings(sheet, columns)
        for number, cells in enumerate(sheet.rows, 1):
            said = [(index, cell) for index, cell in enumerate(cells) if cell.strip()]
            if said and number != columns.row and not _says_again(said, again):
                self._read(number, said)
            if len(self.problems) >= MOST_PROBLEMS:
                self.problems.append(Problem(number, None, _("mend these first: there is more")))
                break
        for number, column, cell in self._alone():
            done = N_("stands below the table, kept as a note")
            self.oddities.append(Oddity(number, column, cell, done))

    def _read(self, number: int, said: Cells) -> None:
        alone = len(said) == 1
        headed = self._columns.row
        if number < headed or (not headed and not self.records and alone):
            self._above(number, said)
        elif self._is_total(said):
            read = " · ".join(cell.strip() for _column, cell in said)
            done = N_("a row of totals, kept as a note")
            self.oddities.append(Oddity(number, said[0][0], read, done))
        elif alone and (said[0][0] != self._columns.places["text"] or _is_page(said[0][1])):
            self._lone.append((number, *said[0]))
        else:
            self._body(number)

    def _above(self, number: int, said: Cells) -> None:
        """Take the title from the first row that is one cell; other rows above the headings are kept as notes."""
        column, cell = said[0]
        own = self._columns.own
        if not self.title and len(said) == 1:
            self.title = cell if own else " ".join(cell.split())
            framed = re.fullmatch(r"(?:#+ *)?\*\*(.+)\*\*|#+ +(.+)", self.title)
            if framed and not own:
                done = N_("taken as the title of the plan, without the marks around it")
                self.oddities.append(Oddity(number, column, self.title, done, field="title"))
                self.title = (framed[1] or framed[2]).strip()
        elif not own:
            read = " · ".join(each.strip() for _column, each in said)
            done = N_("stands above the table, kept as a note")
            self.oddities.append(Oddity(number, column, read, done))

    def _body(self, number: int) -> None:
        """Read a row of the table; what stood alone in a row before it can't have been a note below the table."""
        for lone, column, cell in self._alone():
            message = _("“{cell}” stands alone in its row").format(cell=cell)
            self.problems.append(Problem(lone, column, message))
        self._lone.clear()
        row = straighten(self._sheet, self._columns, number, self._above_it)
        read = read_row(row, len(self.records) + 1)
        if isinstance(read, Record):
            self.records.append(read)
            self._above_it = row.below
        else:
            self.problems += read

    def _is_total(self, said: Cells) -> bool:
        """Tell a row that begins with the word and names nobody: an action may begin with it too."""
        roles = {self._columns.places.get(name) for name in ("directorates", *ROLES)}
        named = any(character.isalpha() for column, cell in said if column in roles for character in cell)
        return not named and not self._columns.own and is_total(said[0][1])

    def _alone(self) -> list[tuple[int, int, str]]:
        """Give the cells that stood alone in their row, without page numbers and repeated titles.

        A number under the heading of those of actions is that of an action whose other cells are lost.
        """
        of_actions = self._columns.places.get("number")
        found = [(number, column, cell.strip()) for number, column, cell in self._lone]
        return [
            (number, column, cell)
            for number, column, cell in found
            if cell.strip("*# ") != self.title and (column == of_actions or not _is_page(cell))
        ]


def _says_again(said: Cells, headings: Collection[str]) -> bool:
    """Tell a row that has nothing but headings, as the second page of a table does."""
    return len(said) > 2 and all(fold(cell) in headings for _column, cell in said)


def _is_page(text: str) -> bool:
    return bool(re.fullmatch(r"(?i)[-–— ]*(?:p(?:age|\.)? *)?[0-9]+(?: *(?:/|sur|of) *[0-9]+)?[-–— ]*", text))
