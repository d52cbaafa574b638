"""Which columns of a table stand in a window, and how wide: the one place where a table gives way."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from plancli.output.layout.bars import LONGEST
from plancli.output.layout.cells import cell_text
from plancli.output.layout.lines import Page
from plancli.output.table import Cell, Column, Kind, Row, Table
from plancli.text import width

NAMES_FROM = 100
"""Columns from which wide columns, such as the names of directorates, appear."""

_LEAST_TEXT = 30
_LEAST_NAME = 16
_LEAST_BESIDE = 12
"""A text that would get less beside its row stands under it."""

_GAP = 2


class Place(NamedTuple):
    """A column where it stands: its cells in the row, its heading and width; for ``counted`` see Column.into."""

    column: Column
    source: int
    heading: str
    width: int
    counted: int | None = None


class Under(Enum):
    """What stands under a row: nothing, its text on one line, or its whole text."""

    NOTHING = 0
    CUT_TEXT = 1
    WHOLE_TEXT = 2


class Fit(NamedTuple):
    """The columns as they stand, and what stands under each row."""

    places: list[Place]
    under: Under


class Fitting:
    """A table being fitted into a page."""

    def __init__(self, table: Table, page: Page) -> None:
        self.page = page
        self.table = outlined(table, page) if table.outline and not page.piped else table
        self.rows: Sequence[Row] = (*self.table.rows, self.table.total) if self.table.total else self.table.rows
        self._places = {id(column): place for place, column in enumerate(self.table.columns)}
        self._widths: dict[tuple[int, int | None], int] = {}

    def least(self) -> int:
        """Give the columns the table needs when all that may leave has left and its text is at its narrowest."""
        columns = [c for c in self.table.columns if not (c.leaves or c.wide or c.kind is Kind.BAR)]
        room = self.page.indent - _GAP
        for column in columns:
            own = self._natural(column)
            room += (min(own, _LEAST_TEXT) if column.kind is Kind.TEXT else own) + _GAP
        return room

    def fit(self, whole: bool) -> "Fit":
        """Choose the columns; with ``whole`` the texts stand under the rows."""
        columns = list(self.table.columns)
        if self.page.columns is None:
            columns.sort(key=lambda column: column.kind is Kind.TEXT)
            return Fit([self._place(column, (), self._natural(column)) for column in columns], Under.NOTHING)
        columns = [c for c in columns if not c.wide or self.page.columns >= NAMES_FROM]
        gone = self._leaving(columns, self.page.columns)
        if whole:
            return Fit(self._without_text(columns, gone, self.page.columns), Under.WHOLE_TEXT)
        places = self._settle([c for c in columns if c not in gone], gone, self.page.columns)
        *before, last = places
        if (
            before
            and last.column.kind is Kind.TEXT
            and last.width < min(self._natural(last.column), _LEAST_BESIDE)
        ):
            return Fit(before, Under.CUT_TEXT)
        return Fit(places, Under.NOTHING)

    def narrows(self, place: Place) -> bool:
        """Tell whether a column stands narrower than its content."""
        return not self.page.piped and place.width < self._natural(place.column)

    def _natural(self, column: Column, counted: int | None = None, short: bool = False) -> int:
        """Give the width of a column's content and heading."""
        index = self._places[id(column)]
        if (index, counted) not in self._widths:
            self._widths[index, counted] = self._content(column, index, counted)
        heading = column.short if short and column.short else column.heading
        return max(self._widths[index, counted], width(self.page.show(heading)))

    def _content(self, column: Column, index: int, counted: int | None) -> int:
        if column.kind is Kind.BAR:
            longest = self.longest(index)
            return min(longest, LONGEST) if self.page.piped else longest
        if column.kind is Kind.TEXT and self.page.piped:
            return 0  # stands last, is not padded
        show = cell_text
        if counted is None:
            texts = {cell: show(self.page, column, cell) for cell in {row[index] for row in self.rows}}
            return max(map(width, texts.values()), default=0)
        pairs = {(row[index], _count(row[counted])) for row in self.rows}
        return max((width(show(self.page, column, cell, more)) for cell, more in pairs), default=0)

    def longest(self, index: int) -> int:
        """Give the sum of the largest bar."""
        return max((sum(_numbers(row[index])) for row in self.rows), default=0)

    def _counted(self, column: Column, gone: Sequence[Column]) -> int | None:
        lost = [c for c in gone if c.into == column.key]
        return self._places[id(lost[0])] if lost else None

    def _place(self, column: Column, gone: Sequence[Column], columns: int, short: bool = False) -> Place:
        heading = self.page.show(column.short if short and column.short else column.heading)
        return Place(column, self._places[id(column)], heading, columns, self._counted(column, gone))

    def _fixed(self, stay: Sequence[Column], gone: Sequence[Column]) -> int:
        """Give the columns that all but the text and the bar take, with the gaps around them."""
        own = [c for c in stay if c.kind not in (Kind.TEXT, Kind.BAR)]
        taken = sum(self._natural(c, self._counted(c, gone), _short(gone)) + _GAP for c in own)
        return self.page.indent + taken

    def _bar(self, stay: Sequence[Column]) -> int:
        """Give the least columns for a bar, with the gap before it."""
        return sum(width(self.page.show(c.short or c.heading)) + _GAP for c in stay if c.kind is Kind.BAR)

    def _leaving(self, columns: list[Column], room: int) -> list[Column]:
        """Choose the columns that leave so that the others and the text get room, in the order they may."""
        gone: list[Column] = []
        text = next((c for c in columns if c.kind is Kind.TEXT), None)
        wanted = 0
        if text:
            wanted = min(self._natural(text), _LEAST_NAME if text.wide else _LEAST_TEXT)
            if text.wide and room - self._fixed(columns, gone) - self._bar(columns) < wanted:
                gone.append(text)
                text, wanted = None, -_GAP
        else:
            wanted = -_GAP  # the last gap isn't needed
        for column in sorted((c for c in columns if c.leaves), key=lambda c: c.leaves):
            stay = [c for c in columns if c not in gone]
            if room - self._fixed(stay, gone) >= wanted:
                break
            gone.append(column)
        stay = [c for c in columns if c not in gone]
        if room - self._fixed(stay, gone) - self._bar(stay) < wanted:
            gone += [c for c in stay if c.kind is Kind.BAR]
        return gone

    def _settle(self, stay: list[Column], gone: list[Column], room: int) -> list[Place]:
        """Share the room between the text and the bar."""
        short = _short(gone)
        left = room - self._fixed(stay, gone)
        places = []
        for column in stay:
            if column.kind is Kind.TEXT:
                own = min(self._natural(column), max(left - self._bar(stay), 1))
                left -= own + _GAP
                places.append(self._place(column, gone, own, short))
            elif column.kind is Kind.BAR:
                tight = width(self.page.show(column.heading)) > left
                places.append(self._place(column, gone, max(left, 1), tight))
            else:
                own = self._natural(column, self._counted(column, gone), short)
                places.append(self._place(column, gone, own, short))
        return places

    def _without_text(self, columns: list[Column], gone: list[Column], room: int) -> list[Place]:
        """Place the columns above whole texts: what left for another column comes back if there is room."""
        stay = [c for c in columns if c.kind is not Kind.TEXT and (c not in gone or c.into)]
        lost: list[Column] = []
        if sum(self._natural(c) + _GAP for c in stay) + self.page.indent - _GAP > room:
            lost = [c for c in gone if c.into]
            stay = [c for c in stay if c not in lost]
        short = bool(lost)
        return [self._place(c, lost, self._natural(c, self._counted(c, lost), short), short) for c in stay]


def _short(gone: Sequence[Column]) -> bool:
    """Tell whether room is so short that columns had to leave: then short headings do."""
    return any(column.leaves for column in gone)


def _numbers(cell: Cell) -> tuple[int, ...]:
    return tuple(part for part in cell if isinstance(part, int)) if isinstance(cell, tuple) else ()


def _count(cell: Cell) -> int:
    return len(cell) if isinstance(cell, tuple) else 0


def outlined(table: Table, page: Page) -> Table:
    """Draw an outline's numbers and text together into one indented column of text."""
    outline = table.outline
    assert outline is not None
    keys = [column.key for column in table.columns]
    levels = [keys.index(key) for key in outline.numbers]
    text = keys.index(outline.text)
    widths = [max((width(str(row[i])) for row in table.rows if row[i] is not None), default=0) for i in levels]

    def merged(row: Row) -> Row:
        depth = max((d for d, i in enumerate(levels) if row[i] is not None), default=0)
        before = " " * sum(own + _GAP for own in widths[:depth])
        title = f"{before}{row[levels[depth]]:>{widths[depth]}}{' ' * _GAP}{page.show(str(row[text]))}"
        return (title, *(cell for i, cell in enumerate(row) if i not in (*levels, text)))

    heading = table.columns[text]._replace(heading=outline.heading)
    rest = (column for i, column in enumerate(table.columns) if i not in (*levels, text))
    return table._replace(columns=(heading, *rest), rows=tuple(map(merged, table.rows)), outline=None)
