"""Tables as lines: which columns a window has room for, and how wide; only texts and bars give way."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from re import escape, finditer
from typing import NamedTuple

from plancli.output.layout.page import Page, indented, padded
from plancli.output.report import Cell, Column, Kind, Mark, Roles, Row, Table
from plancli.text import find, width

GAP = 2
NAMES_FROM = 100
"""Columns from which wide columns, such as the names of directorates, appear."""
LONGEST_BAR = 40
"""Columns of the longest bar where there is no window."""
_LEAST_TEXT, _LEAST_NAME = 30, 16
_LEAST_BESIDE = 12
"""A text that would get less beside its row stands under it."""


class Place(NamedTuple):
    """A column where it stands, and its place in a row; the codes of ``counted``, which left, are counted."""

    column: Column
    at: int
    heading: str
    width: int
    counted: int | None


def table_lines(table: Table, page: Page, whole: bool = False) -> list[str]:
    """Set a table; with ``whole`` its texts stand under their rows. Without rows a window shows nothing."""
    return list(TableLayout(table, page).lines(whole)) if table.rows or page.piped else []


class TableLayout:
    """A table being set on a page."""

    def __init__(self, table: Table, page: Page) -> None:
        self.page = page
        self.table = _outlined(table, page) if table.outline and not page.piped else table
        self.columns = self.table.columns
        self.rows: Sequence[Row] = (*self.table.rows, self.table.total) if self.table.total else self.table.rows
        self._widths: dict[tuple[int, int | None], int] = {}
        self._drawn: dict[tuple[int, Cell, int], str] = {}  # most cells come again and again

    def least(self) -> int:
        """Give the columns the table needs when all that may leave has left and its text is at its narrowest."""
        stay = [i for i, c in enumerate(self.columns) if not (c.leaves or c.wide or c.kind is Kind.BAR)]
        texts = {i: _LEAST_TEXT for i in stay if self.columns[i].kind is Kind.TEXT}
        return self.page.indent - GAP + sum(min(self._natural(i), texts.get(i, 10**6)) + GAP for i in stay)

    def lines(self, whole: bool) -> Iterator[str]:
        """Give the heading, the rows and the total."""
        text = next((i for i, column in enumerate(self.columns) if column.kind is Kind.TEXT), None)
        whole = whole and text is not None
        places, beside = self._places(whole)
        heads = [self.page.paint(place.heading, Mark.HEADING) for place in places]
        yield self._joined(list(map(self._filled, heads, places)))
        for number, row in enumerate(self.table.rows):
            if whole and number:
                yield ""
            cells = [self._cell(place, row) for place in places]
            as_it_is = self.page.piped and places[-1].column.kind is Kind.TEXT and row[places[-1].at]
            yield self._joined(cells, as_it_is=bool(as_it_is))
            if text is not None and not beside:
                yield from self._under(row[text], text, self.page.indent + places[0].width + GAP, whole)
        if self.table.total:
            trailing = {Kind.BAR, Kind.TEXT} if self.page.piped else {Kind.BAR}
            ruled = [place.width for place in places if place.column.kind not in trailing]
            yield " " * self.page.indent + self.page.show("─") * (sum(ruled) + GAP * (len(ruled) - 1))
            yield self._joined([self._cell(place, self.table.total) for place in places])

    # Which columns stand.

    def _places(self, whole: bool) -> tuple[list[Place], bool]:
        """Choose the columns that stand; tell whether the text stands beside the others."""
        room = self.page.columns
        if room is None:
            order = sorted(range(len(self.columns)), key=lambda i: self.columns[i].kind is Kind.TEXT)
            return [self._place(i) for i in order], True
        columns = [i for i, column in enumerate(self.columns) if not column.wide or room >= NAMES_FROM]
        gone = self._leaving(columns, room)
        if whole:
            stay = [i for i in columns if not self._is(i, Kind.TEXT) and (i not in gone or self.columns[i].into)]
            gone = [i for i in gone if self.columns[i].into and self._left(stay, (), room) < -GAP]
            return [self._place(i, gone, short=bool(gone)) for i in stay if i not in gone], False
        stay = [i for i in columns if i not in gone]
        short = any(self.columns[i].leaves for i in gone)  # then room is short for headings too
        left = self._left(stay, gone, room)
        places = []
        for i in stay:
            place = self._place(i, gone, short)
            if self._is(i, Kind.TEXT):
                place = place._replace(width=min(place.width, max(left - self._bar(stay), 1)))
                left -= place.width + GAP
            elif self._is(i, Kind.BAR):
                tight = width(self.page.show(self.columns[i].heading)) > left
                place = self._place(i, gone, tight)._replace(width=max(left, 1))
            places.append(self._named(place))
        *before, last = places
        narrow = last.width < min(self._natural(last.at), _LEAST_BESIDE)
        return (before, False) if before and narrow and self._is(last.at, Kind.TEXT) else (places, True)

    def _leaving(self, columns: Sequence[int], room: int) -> list[int]:
        """Choose the columns that leave, in their turn, so that the others and the text get room."""
        gone: list[int] = []
        wanted = -GAP  # the last gap isn't needed
        for i in columns:
            if self._is(i, Kind.TEXT):
                wanted = min(self._natural(i), _LEAST_NAME if self.columns[i].wide else _LEAST_TEXT)
                if self.columns[i].wide and self._left(columns, (), room) - self._bar(columns) < wanted:
                    gone, wanted = [i], -GAP
        for i in sorted((i for i in columns if self.columns[i].leaves), key=lambda i: self.columns[i].leaves):
            if self._left([i for i in columns if i not in gone], gone, room) >= wanted:
                break
            gone.append(i)
        stay = [i for i in columns if i not in gone]
        if self._left(stay, gone, room) - self._bar(stay) < wanted:
            gone += [i for i in stay if self._is(i, Kind.BAR)]
        return gone

    def _left(self, stay: Iterable[int], gone: Sequence[int], room: int) -> int:
        """Give the columns that are left for the text and the bar."""
        short = any(self.columns[i].leaves for i in gone)
        fixed = (
            self._place(i, gone, short).width for i in stay if self.columns[i].kind not in (Kind.TEXT, Kind.BAR)
        )
        return room - self.page.indent - sum(own + GAP for own in fixed)

    def _bar(self, stay: Iterable[int]) -> int:
        """Give the least columns for a bar, with the gap before it."""
        bars = (self.columns[i] for i in stay if self._is(i, Kind.BAR))
        return sum(width(self.page.show(column.short or column.heading)) + GAP for column in bars)

    def _is(self, index: int, kind: Kind) -> bool:
        return self.columns[index].kind is kind

    def _place(self, index: int, gone: Sequence[int] = (), short: bool = False) -> Place:
        """Place a column at its natural width."""
        column = self.columns[index]
        heading = self.page.show(column.short if short and column.short else column.heading)
        counted = next((i for i in gone if self.columns[i].into == column.key), None)
        return Place(column, index, heading, max(self._content(index, counted), width(heading)), counted)

    def _named(self, place: Place) -> Place:
        """Call a text that is cut to the passages around searched words by what it is then."""
        cut = place.column.passage and place.column.asked and place.width < self._natural(place.at)
        return place._replace(heading=self.page.show(place.column.passage)) if cut else place

    def _natural(self, index: int) -> int:
        return self._place(index).width

    def _content(self, index: int, counted: int | None) -> int:
        """Give the width of a column's widest cell."""
        if (index, counted) not in self._widths:
            column = self.columns[index]
            cells = {(row[index], _count(row, counted)) for row in self.rows}
            if column.kind is Kind.BAR:
                longest = max((sum(_parts(cell)) for cell, _more in cells), default=0)
                own = min(longest, LONGEST_BAR) if self.page.piped else longest
            elif column.kind is Kind.TEXT and self.page.piped:
                own = 0  # stands last, is not padded
            else:
                own = max((width(self._shown(cell, more)) for cell, more in cells), default=0)
            self._widths[index, counted] = own
        return self._widths[index, counted]

    # What stands in them.

    def _joined(self, cells: Sequence[str], as_it_is: bool = False) -> str:
        """Put cells side by side; nothing is padded at the end."""
        line = " " * self.page.indent + (" " * GAP).join(cells)
        return line if as_it_is else line.rstrip(" ")

    def _cell(self, place: Place, row: Row) -> str:
        """Draw a cell, filled to the width of its column."""
        cell, column = row[place.at], place.column
        if column.kind is Kind.TEXT:
            return self._filled(self._cut(column, cell, 0 if self.page.piped else place.width), place)
        key = (place.at, cell, _count(row, place.counted))
        if key not in self._drawn:
            line = self._bar_line(place, cell) if column.kind is Kind.BAR else self._painted(column, cell, key[2])
            self._drawn[key] = self._filled(line, place)
        return self._drawn[key]

    def _filled(self, line: str, place: Place) -> str:
        return padded(line, place.width, right=place.column.kind is Kind.NUMBER)

    def _shown(self, cell: Cell, more: int = 0) -> str:
        """Write a cell; ``more`` codes of a column that left are counted behind its own."""
        if isinstance(cell, int):
            return str(cell) if cell else self.page.show("·")
        if isinstance(cell, Roles):
            return self.page.show(" · ".join(" ".join(codes) for codes in (cell.pilots, cell.associated) if codes))
        codes = " ".join(map(str, cell)) if isinstance(cell, tuple) else cell or ""
        return f"{self.page.show(codes)} +{more}".lstrip() if more else self.page.show(codes)

    def _painted(self, column: Column, cell: Cell, more: int) -> str:
        """Mark what was asked for, and what people quote, in a cell."""
        page, text = self.page, self._shown(cell, more)
        plain = Mark.HEADING if column.strong else None
        if column.kind is Kind.NUMBER:
            asked = Mark.ASKED if cell in column.asked else plain
            return page.paint(text, Mark.QUIET if cell == 0 else asked)
        if column.kind is Kind.CODES and isinstance(cell, tuple):
            codes = [
                page.paint(page.show(str(code)), Mark.ASKED if code in column.asked else None) for code in cell
            ]
            return " ".join([*codes, *([page.paint(f"+{more}", Mark.QUIET)] if more else [])])
        words = "|".join(escape(str(each)) for each in column.asked)
        found = finditer(rf"(?<!\w)(?:{words})(?!\w)", text) if words and page.window.colour else ()
        return page.mark_places(text, [match.span() for match in found], None if words else plain)

    def _cut(self, column: Column, cell: Cell, columns: int) -> str:
        """Write a text in some columns (0: as many as it takes); where words were searched, the passage around."""
        text = self._shown(cell)
        if columns and width(text) > columns:
            self.page.was_cut = True
            text = _passage(self.page, text, column, columns) if column.passage else self.page.cut(text, columns)
        return self.page.mark_places(text, self.page.places(text, column.asked))

    def _bar_line(self, place: Place, cell: Cell) -> str:
        """Draw a bar: its first part full, its second light."""
        whole = max((sum(_parts(row[place.at])) for row in self.rows), default=0)
        own = bar_lengths(_parts(cell), whole, place.width)
        signs = zip((self.page.show("█"), self.page.show("░")), own, (None, Mark.QUIET), strict=False)
        return "".join(self.page.paint(sign * count, mark) for sign, count, mark in signs if count)

    def _under(self, cell: Cell, index: int, indent: int, whole: bool) -> list[str]:
        """Set the text of a row under it: whole, or what fits on a line."""
        column = self.columns[index]
        if whole:
            with self.page.inside(indent - self.page.indent) as inner:
                return indented(inner.lay_out(str(cell), column.asked), indent)
        return indented([self._cut(column, cell, max((self.page.columns or 0) - indent, 1))], indent)


def bar_lengths(parts: Sequence[int], whole: int, columns: int) -> list[int]:
    """Scale the parts of a bar so that ``whole`` would take the columns; no part that counts anything vanishes."""
    if whole <= columns:
        return list(parts)
    ends = [(2 * end * columns + whole) // (2 * whole) for end in accumulate(parts)]
    found = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    found = [max(own, 1) if count else 0 for own, count in zip(found, parts, strict=True)]
    while sum(found) > columns and max(found) > 1:
        found[found.index(max(found))] -= 1
    return found


def _passage(page: Page, text: str, column: Column, columns: int) -> str:
    """Cut a text to the passage around the first of the asked words, whole words before it."""
    first = min((place[0] for words in column.asked for place in find(text, str(words))), default=0)
    mark = page.show("…")
    room = max(columns // 2, columns - width(text[first:])) - width(mark)
    if width(text[:first]) <= room + width(mark):
        return page.cut(text, columns)
    start = first
    while (before := text.rfind(" ", 0, max(start - 1, 0)) + 1) < start and width(text[before:first]) <= room:
        start = before
    return mark + page.cut(text[start:], columns - width(mark))


def _parts(cell: Cell) -> tuple[int, ...]:
    return tuple(part for part in cell if isinstance(part, int)) if isinstance(cell, tuple) else ()


def _count(row: Row, index: int | None) -> int:
    cell = None if index is None else row[index]
    return len(cell) if isinstance(cell, tuple) else 0


def _outlined(table: Table, page: Page) -> Table:
    """Draw an outline's numbers and text together into one indented column of text."""
    outline = table.outline
    assert outline is not None
    keys = [column.key for column in table.columns]
    levels = [keys.index(key) for key in outline.numbers]
    text = keys.index(outline.text)
    widths = [max((len(str(row[i])) for row in table.rows if row[i] is not None), default=0) for i in levels]

    def merged(row: Row) -> Row:
        depth = max((d for d, i in enumerate(levels) if row[i] is not None), default=0)
        before = " " * sum(own + GAP for own in widths[:depth])
        title = f"{before}{row[levels[depth]]:>{widths[depth]}}{' ' * GAP}{page.show(str(row[text]))}"
        return (title, *(cell for i, cell in enumerate(row) if i not in (*levels, text)))

    heading = table.columns[text]._replace(heading=outline.heading)
    rest = (column for i, column in enumerate(table.columns) if i not in (*levels, text))
    return table._replace(columns=(heading, *rest), rows=tuple(map(merged, table.rows)), outline=None)
