"""Tables as lines: the columns that fit the page, and their widths; the form in which a cross-table fits."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from re import escape, finditer
from typing import NamedTuple

from plancli.output.layout.page import Page, indented, padded
from plancli.output.report import (
    Cell,
    Column,
    ColumnKind,
    CrossTab,
    Overflow,
    Participants,
    Row,
    Style,
    Table,
)
from plancli.text import find, width

GAP = 2
NAMES_FROM = 100
"""Columns from which wide columns, such as the names of directorates, appear."""
LONGEST_BAR = 40
"""Columns of the longest bar where there is no window."""
_LEAST_TEXT, _LEAST_NAME = 30, 16
_LEAST_BAR = 10
"""Columns of a bar without a heading where there is little room."""
_LEAST_BESIDE = 12
"""A text that would get less columns beside its row goes below it."""


class Place(NamedTuple):
    """A column that is shown, and its index in a row; ``counted`` is a dropped column whose codes it counts."""

    column: Column
    at: int
    heading: str
    width: int
    counted: int | None


def table_lines(block: Table | CrossTab, page: Page) -> list[str]:
    """Return the lines of a table. A terminal shows no empty one."""
    table = _fit(block, page) if isinstance(block, CrossTab) else block
    whole = table.overflow is Overflow.WRAP or (page.whole and table.overflow is Overflow.WRAP_IF_FEW)
    return list(TableLayout(table, page).lines(whole)) if table.rows or page.piped else []


class TableLayout:
    """The layout of one table on a page."""

    def __init__(self, table: Table, page: Page) -> None:
        self.page = page
        self.table = _merge_outline(table, page) if table.outline and not page.piped else table
        self.columns = self.table.columns
        self.rows: Sequence[Row] = (*self.table.rows, self.table.total) if self.table.total else self.table.rows
        self._widths: dict[tuple[int, int | None], int] = {}
        self._drawn: dict[tuple[int, Cell, int], str] = {}  # most cells come again and again

    def least(self) -> int:
        """Return the minimum width, with every optional column dropped."""
        stay = [
            i for i, c in enumerate(self.columns) if not (c.drop_order or c.wide_only or c.kind is ColumnKind.BAR)
        ]
        texts = {i: _LEAST_TEXT for i in stay if self.columns[i].kind is ColumnKind.TEXT}
        return self.page.indent - GAP + sum(min(self._natural(i), texts.get(i, 10**6)) + GAP for i in stay)

    def lines(self, whole: bool) -> Iterator[str]:
        """Yield the heading, the rows and the total."""
        text = next((i for i, column in enumerate(self.columns) if column.kind is ColumnKind.TEXT), None)
        whole = whole and text is not None
        places, beside = self._places(whole)
        self.page.was_counted |= any(
            place.counted is not None and any(_count(row, place.counted) for row in self.table.rows)
            for place in places
        )
        headings = [self.page.paint(place.heading, Style.HEADING) for place in places]
        yield self._line(list(map(self._pad, headings, places)))
        for number, row in enumerate(self.table.rows):
            if whole and number:
                yield ""
            cells = [self._cell(place, row) for place in places]
            as_it_is = self.page.piped and places[-1].column.kind is ColumnKind.TEXT and row[places[-1].at]
            yield self._line(cells, as_it_is=bool(as_it_is))
            if text is not None and not beside and row[text]:
                yield from self._under(row[text], text, self.page.indent + places[0].width + GAP, whole)
        if self.table.total:
            trailing = {ColumnKind.BAR, ColumnKind.TEXT} if self.page.piped else {ColumnKind.BAR}
            ruled = [place.width for place in places if place.column.kind not in trailing]
            yield " " * self.page.indent + self.page.sanitize("─") * (sum(ruled) + GAP * (len(ruled) - 1))
            yield self._line([self._cell(place, self.table.total) for place in places])

    # Which columns are shown.

    def _places(self, whole: bool) -> tuple[list[Place], bool]:
        """Return the columns to show, and whether the text is beside the others (else it goes below the rows)."""
        room = self.page.columns
        if room is None:
            order = sorted(range(len(self.columns)), key=lambda i: self.columns[i].kind is ColumnKind.TEXT)
            *before, last = map(self._place, order)
            return [*before, last._replace(width=0) if self._is(last.at, ColumnKind.TEXT) else last], True
        columns = [i for i, column in enumerate(self.columns) if not column.wide_only or room >= NAMES_FROM]
        gone = self._columns_to_drop(columns, room)
        if whole:
            stay = [
                i
                for i in columns
                if not self._is(i, ColumnKind.TEXT) and (i not in gone or self.columns[i].counted_in)
            ]
            gone = [i for i in gone if self.columns[i].counted_in and self._room_left(stay, (), room) < -GAP]
            return [self._place(i, gone, short=bool(gone)) for i in stay if i not in gone], False
        stay = [i for i in columns if i not in gone]
        short = any(self.columns[i].drop_order for i in gone)  # then room is short for headings too
        left = self._room_left(stay, gone, room)
        places = []
        for i in stay:
            place = self._place(i, gone, short)
            if self._is(i, ColumnKind.TEXT):
                own = min(place.width, max(left - self._bar(stay), 1))
                place = place._replace(width=own, heading=self.page.cut(place.heading, own))
                left -= place.width + GAP
            elif self._is(i, ColumnKind.BAR):
                tight = width(self.page.sanitize(self.columns[i].heading)) > left
                place = self._place(i, gone, tight)._replace(width=max(left, 1))
            places.append(self._head_passages(place))
        *before, last = places
        narrow = last.width < min(self._natural(last.at), _LEAST_BESIDE)
        return (before, False) if before and narrow and self._is(last.at, ColumnKind.TEXT) else (places, True)

    def _columns_to_drop(self, columns: Sequence[int], room: int) -> list[int]:
        """Return the columns to drop, in their order, so that the others and the text have room."""
        gone: list[int] = []
        wanted = -GAP  # the last gap isn't needed
        for i in columns:
            if self._is(i, ColumnKind.TEXT):
                wanted = min(self._natural(i), _LEAST_NAME if self.columns[i].wide_only else _LEAST_TEXT)
                if self.columns[i].wide_only and self._room_left(columns, (), room) - self._bar(columns) < wanted:
                    gone, wanted = [i], -GAP
        for i in sorted(
            (i for i in columns if self.columns[i].drop_order), key=lambda i: self.columns[i].drop_order
        ):
            if self._room_left([i for i in columns if i not in gone], gone, room) >= wanted:
                break
            gone.append(i)
        stay = [i for i in columns if i not in gone]
        if self._room_left(stay, gone, room) - self._bar(stay) < wanted:
            gone += [i for i in stay if self._is(i, ColumnKind.BAR)]
        return gone

    def _room_left(self, stay: Iterable[int], gone: Sequence[int], room: int) -> int:
        """Return the width that is left for the text and the bar."""
        short = any(self.columns[i].drop_order for i in gone)
        fixed = (
            self._place(i, gone, short).width
            for i in stay
            if self.columns[i].kind not in (ColumnKind.TEXT, ColumnKind.BAR)
        )
        return room - self.page.indent - sum(own + GAP for own in fixed)

    def _bar(self, stay: Iterable[int]) -> int:
        """Return the minimum width of the bar, with the gap before it."""
        headings = {
            i: self.columns[i].short or self.columns[i].heading for i in stay if self._is(i, ColumnKind.BAR)
        }
        return sum(
            (width(self.page.sanitize(heading)) or min(self._content(i, None), _LEAST_BAR)) + GAP
            for i, heading in headings.items()
        )

    def _is(self, index: int, kind: ColumnKind) -> bool:
        return self.columns[index].kind is kind

    def _place(self, index: int, gone: Sequence[int] = (), short: bool = False) -> Place:
        """Return a column at its natural width."""
        column = self.columns[index]
        heading = self.page.sanitize(column.short if short and column.short else column.heading)
        counted = next((i for i in gone if self.columns[i].counted_in == column.key), None)
        return Place(column, index, heading, max(self._content(index, counted), width(heading)), counted)

    def _head_passages(self, place: Place) -> Place:
        """Return a text column headed by ``passage`` if it is truncated around searched words."""
        cut = place.column.passage and place.column.highlight and place.width < self._natural(place.at)
        return place._replace(heading=self.page.sanitize(place.column.passage)) if cut else place

    def _natural(self, index: int) -> int:
        return self._place(index).width

    def _content(self, index: int, counted: int | None) -> int:
        """Return the width of a column's widest cell."""
        if (index, counted) not in self._widths:
            column = self.columns[index]
            cells = {(row[index], _count(row, counted)) for row in self.rows}
            if column.kind is ColumnKind.BAR:
                longest = max((sum(_parts(cell)) for cell, _more in cells), default=0)
                own = min(longest, LONGEST_BAR) if self.page.piped else longest
            elif column.kind is ColumnKind.TEXT and self.page.piped:
                own = 0  # stands last, is not padded
            else:
                own = max((width(self._text(cell, more)) for cell, more in cells), default=0)
            self._widths[index, counted] = own
        return self._widths[index, counted]

    # The cells.

    def _line(self, cells: Sequence[str], as_it_is: bool = False) -> str:
        """Return cells as a line; nothing is padded at its end."""
        line = " " * self.page.indent + (" " * GAP).join(cells)
        return line if as_it_is else line.rstrip(" ")

    def _cell(self, place: Place, row: Row) -> str:
        """Return a painted cell, padded to the width of its column."""
        cell, column = row[place.at], place.column
        if column.kind is ColumnKind.TEXT:
            return self._pad(self._cut(column, cell, 0 if self.page.piped else place.width), place)
        key = (place.at, cell, _count(row, place.counted))
        if key not in self._drawn:
            line = (
                self._bar_line(place, cell)
                if column.kind is ColumnKind.BAR
                else self._paint_cell(column, cell, key[2])
            )
            self._drawn[key] = self._pad(line, place)
        return self._drawn[key]

    def _pad(self, line: str, place: Place) -> str:
        return padded(line, place.width, right=place.column.kind is ColumnKind.NUMBER)

    def _text(self, cell: Cell, more: int = 0) -> str:
        """Return the text of a cell; ``more`` is the count of a dropped column's codes, shown after its own."""
        if isinstance(cell, int):
            return str(cell) if cell else self.page.sanitize("·")
        if isinstance(cell, Participants):
            return self.page.sanitize(
                " · ".join(" ".join(codes) for codes in (cell.pilots, cell.associated) if codes)
            )
        codes = " ".join(map(str, cell)) if isinstance(cell, tuple) else cell or ""
        return f"{self.page.sanitize(codes)} +{more}".lstrip() if more else self.page.sanitize(codes)

    def _paint_cell(self, column: Column, cell: Cell, more: int) -> str:
        """Return a cell with the values of filters highlighted, and what people quote in bold."""
        page, text = self.page, self._text(cell, more)
        plain = Style.HEADING if column.bold else None
        if column.kind is ColumnKind.NUMBER:
            highlight = Style.HIGHLIGHT if cell in column.highlight else plain
            return page.paint(text, Style.QUIET if cell == 0 else highlight)
        if column.kind is ColumnKind.CODES and isinstance(cell, tuple):
            codes = [
                page.paint(page.sanitize(str(code)), Style.HIGHLIGHT if code in column.highlight else None)
                for code in cell
            ]
            return " ".join([*codes, *([page.paint(f"+{more}", Style.QUIET)] if more else [])])
        words = "|".join(escape(str(each)) for each in column.highlight)
        found = finditer(rf"(?<!\w)(?:{words})(?!\w)", text) if words and page.terminal.colour else ()
        return page.highlighted(text, [match.span() for match in found], None if words else plain)

    def _cut(self, column: Column, cell: Cell, columns: int) -> str:
        """Return a text truncated to some columns (0: whole), around the first searched words if there are any."""
        text = self._text(cell)
        if columns and width(text) > columns:
            self.page.was_cut = True
            text = _passage(self.page, text, column, columns) if column.passage else self.page.cut(text, columns)
        return self.page.highlighted(text, self.page.places(text, column.highlight))

    def _bar_line(self, place: Place, cell: Cell) -> str:
        """Return a bar: its first part full, its last light, one between them half."""
        whole = max((sum(_parts(row[place.at])) for row in self.rows), default=0)
        own = bar_lengths(_parts(cell), whole, place.width)
        signs = "█▒░" if len(own) > 2 else "█░"
        styles = (*[None] * (len(signs) - 1), Style.QUIET)
        parts = zip(map(self.page.sanitize, signs), own, styles, strict=False)
        return "".join(self.page.paint(sign * count, style) for sign, count, style in parts if count)

    def _under(self, cell: Cell, index: int, indent: int, whole: bool) -> list[str]:
        """Return the text of a row for the lines below it: whole, or what fits on one line."""
        column = self.columns[index]
        if whole:
            with self.page.inset(indent - self.page.indent) as inner:
                return indented(inner.lay_out(str(cell), column.highlight), indent)
        return indented([self._cut(column, cell, max((self.page.columns or 0) - indent, 1))], indent)


def bar_lengths(parts: Sequence[int], whole: int, columns: int) -> list[int]:
    """Return the lengths of a bar's parts, where ``whole`` takes all columns; only a part of 0 has none."""
    if whole <= columns:
        return list(parts)
    ends = [(2 * end * columns + whole) // (2 * whole) for end in accumulate(parts)]
    found = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    found = [max(own, 1) if count else 0 for own, count in zip(found, parts, strict=True)]
    while sum(found) > columns and max(found) > 1:
        found[found.index(max(found))] -= 1
    return found


def _passage(page: Page, text: str, column: Column, columns: int) -> str:
    """Return an excerpt around the first match, with whole words before it."""
    first = min((place[0] for words in column.highlight for place in find(text, str(words))), default=0)
    style = page.sanitize("…")
    room = max(columns // 2, columns - width(text[first:])) - width(style)
    if width(text[:first]) <= room + width(style):
        return page.cut(text, columns)
    start = first
    while (before := text.rfind(" ", 0, max(start - 1, 0)) + 1) < start and width(text[before:first]) <= room:
        start = before
    return style + page.cut(text[start:], columns - width(style))


def _parts(cell: Cell) -> tuple[int, ...]:
    return tuple(part for part in cell if isinstance(part, int)) if isinstance(cell, tuple) else ()


def _count(row: Row, index: int | None) -> int:
    cell = None if index is None else row[index]
    return len(cell) if isinstance(cell, tuple) else 0


def _merge_outline(table: Table, page: Page) -> Table:
    """Return the table with an outline's numbers and text as one indented column."""
    outline = table.outline
    assert outline is not None
    keys = [column.key for column in table.columns]
    levels = [keys.index(key) for key in outline.numbers]
    text = keys.index(outline.text)
    widths = [max((len(str(row[i])) for row in table.rows if row[i] is not None), default=0) for i in levels]

    def merged(row: Row) -> Row:
        depth = max((d for d, i in enumerate(levels) if row[i] is not None), default=None)
        rest = (cell for i, cell in enumerate(row) if i not in (*levels, text))
        if depth is None:  # outside all groups
            return (page.sanitize(str(row[text])), *rest)
        before = " " * sum(own + GAP for own in widths[:depth])
        right = table.columns[levels[depth]].kind is ColumnKind.NUMBER
        label = padded(page.sanitize(str(row[levels[depth]])), widths[depth], right)
        title = f"{before}{label}{' ' * GAP}{page.sanitize(str(row[text]))}"
        return (title, *rest)

    heading = table.columns[text]._replace(heading=outline.heading)
    rest = (column for i, column in enumerate(table.columns) if i not in (*levels, text))
    return table._replace(columns=(heading, *rest), rows=tuple(map(merged, table.rows)), outline=None)


# Cross-tables, which are drawn as tables.


def _fit(cross: CrossTab, page: Page) -> Table:
    """Return the first form of a cross-table that fits the page: as asked, transposed, or a row for each pair.

    In a pipe it is always the first; no value is ever left out.
    """
    if page.columns is None:
        return as_table(cross)
    for shape in (cross, _transpose(cross)):
        page.was_transposed = shape is not cross
        for short in (False, True):
            table = as_table(shape, short)
            if TableLayout(table, page).least() <= page.columns:
                return table
    return _as_pairs(cross)


def _transpose(cross: CrossTab) -> CrossTab:
    """Return a cross-table with rows and columns exchanged."""
    return cross._replace(
        rows=cross.columns,
        columns=cross.rows,
        cells={(row, column): count for (column, row), count in cross.cells.items()},
        row_totals=cross.column_totals,
        column_totals=cross.row_totals,
        parts=(cross.parts[1], cross.parts[0]),
    )


def as_table(cross: CrossTab, short: bool = False) -> Table:
    """Return a table with a column for each value, and totals at the right and below."""
    rows, columns = cross.rows, cross.columns
    headings = columns.abbreviations if short else columns.headings
    barred = cross.parts[0] and len(columns.values) == 2
    counted = [
        Column(str(value), head, ColumnKind.NUMBER, highlight=columns.highlight & {value})
        for value, head in zip(columns.values, headings, strict=True)
    ]
    legend = f"█ {columns.labels[0]} ░ {columns.labels[1]}" if barred else ""
    bars = (Column("bar", legend, ColumnKind.BAR),) if barred else ()
    table = []
    for place in range(len(rows.values)):
        cells = tuple(cross.cells.get((place, other), 0) for other in range(len(columns.values)))
        bar = (cells,) if barred else ()
        table.append((*rows.cells(place), *cells, cross.row_totals[place], *bar))
    total: Row = (
        *rows.total_cells(cross.total_label),
        *cross.column_totals,
        cross.total,
        *(None for _column in bars),
    )
    sums = Column("total", cross.total_heading, ColumnKind.NUMBER)
    return Table((*rows.described, *counted, sums, *bars), tuple(table), total)


def _as_pairs(cross: CrossTab) -> Table:
    """Return a table with a row for each pair that occurs."""
    columns = cross.columns
    first, second = cross.rows.described[0], columns.described[0]  # names would be repeated in each line
    table = tuple(
        (cross.rows.values[place], columns.values[other], count)
        for (place, other), count in sorted(cross.cells.items())
    )
    total = (cross.total_label, None, cross.total)
    return Table((first, second, Column("total", cross.total_heading, ColumnKind.NUMBER)), table, total)
