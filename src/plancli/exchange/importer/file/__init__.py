"""What a file holds: its sheets as text, and what a workbook that plancli exported says of itself.

``reader`` finds it out; spreadsheets are read by ``workbook`` and its program.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from plancli.errors import Unavailable, Usage
from plancli.exchange.table import DESCRIBED, REGISTER, Heading
from plancli.i18n import _, did_you_mean
from plancli.text import closest

Rows = tuple[tuple[str, ...], ...]

CellPosition = tuple[int, int]
"""The row and the column of a cell, both from 0."""

RowCells = tuple[int, dict[str, str]]
"""The number of a row, and its cells by the keys of their columns."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one table as text; ``rows[0]`` is row 1 of the spreadsheet.

    ``covered`` gives, for each cell that a merged one covers, the cell it is merged with. ``struck`` has the words
    that are struck through, which ``rows`` don't have; ``failed`` are formulas that show an error, ``uncomputed``
    those that were saved without a value. ``hidden_rows`` and ``hidden_columns`` count from 0. ``separator`` parts
    the cells of a text file and is empty for a spreadsheet; ``loose`` are its rows with quotes that don't pair.
    ``guessed`` is the encoding of a text that is no UTF-8, as far as it can be told; ``comments`` are those on
    cells.
    """

    name: str
    rows: Rows
    covered: Mapping[CellPosition, CellPosition] = field(default_factory=dict)
    struck: Mapping[CellPosition, str] = field(default_factory=dict)
    failed: Collection[CellPosition] = frozenset()
    uncomputed: Collection[CellPosition] = frozenset()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    separator: str = ""
    loose: tuple[int, ...] = ()
    guessed: str = ""
    comments: Mapping[CellPosition, str] = field(default_factory=dict)

    def above(self, row: int, column: int) -> str:
        """Return the text of the merged cell that covers a place from above; else nothing."""
        top, left = self.covered.get((row, column), (row, column))
        return self.rows[top][left] if top < row and left == column else ""

    def rows_under(self, columns: Sequence[Heading]) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows under plancli's own headings, with their numbers; none where these aren't there."""
        known = [each.label for each in columns], [each.french for each in columns]
        heads = ([cell.strip() for cell in row[: len(columns)]] for row in self.rows[:100])
        head = next((at for at, row in enumerate(heads, 1) if row in known), len(self.rows))
        for number, row in enumerate(self.rows[head:], head + 1):
            yield number, [cell.strip() for cell in row] or [""]


class Base(NamedTuple):
    """The content of plancli's own hidden sheet: a workbook as it was exported.

    ``columns`` are the keys of the sheet of actions and their headings, ``actions`` the cells of each action by
    these keys, ``directorates`` what was said of each code, ``plan`` is the text of the plan.
    """

    columns: tuple[tuple[str, str], ...]
    actions: dict[int, dict[str, str]]
    directorates: dict[str, dict[str, str]]
    plan: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The visible sheets of a file and the names of hidden ones; an ``old`` file doesn't say what is struck.

    ``base`` is that of a workbook which plancli exported.
    """

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()
    old: bool = False
    base: Base | None = None

    def register(self) -> dict[str, RowCells]:
        """Return what plancli's own sheet of directorates says of each code."""
        rows = (each for sheet in self.sheets for each in sheet.rows_under(REGISTER))
        return {line[0]: (row, dict(zip(DESCRIBED, line[1:4], strict=False))) for row, line in rows if line[0]}


def named_sheets(sheets: Sequence[Sheet], file: str, name: str) -> list[Sheet]:
    """Return the sheets with a name; raise Usage with the nearest one where none has it."""
    named = [sheet for sheet in sheets if sheet.name == name]
    if named:
        return named
    sentence = _("{file} has no sheet {sheet}").format(file=file, sheet=name)
    names = [each.name for each in sheets]
    near = closest(name, names)
    if near:
        raise Usage(did_you_mean(sentence, near))
    raise Usage(sentence, _("Sheets: {names}").format(names=", ".join(names)) if any(names) else "")


def too_large(name: str, hint: str = "") -> Unavailable:
    """Return the refusal of a table that no plan fills."""
    return Unavailable(
        _("{file} is too large for a table of actions").format(file=name),
        hint or _("Take out what stands far below or beside the table, or save it as CSV"),
    )
