"""Tables as lines: headings, rows, whole texts under them, a total under a rule."""

from plancli.output.layout.bars import bar
from plancli.output.layout.cells import cell_line, cell_text, padded, passage
from plancli.output.layout.fitting import Fitting, Place, Under
from plancli.output.layout.lines import Line, Page, text_of
from plancli.output.report import Mark
from plancli.output.table import Cell, Kind, Row, Table
from plancli.text import width

_GAP = 2


def table_lines(table: Table, page: Page, whole: bool = False) -> list[Line]:
    """Set a table; with ``whole`` its texts stand under their rows. Without rows a window shows nothing."""
    if not table.rows and not page.piped:
        return []
    fitting = Fitting(table, page)
    whole = whole and any(column.kind is Kind.TEXT for column in table.columns)
    fit = fitting.fit(whole)
    drawing = _Drawing(fitting, fit.places, page)
    lines = [drawing.heading()]
    for number, row in enumerate(fitting.table.rows):
        if whole and number:
            lines.append([])
        lines.append(drawing.row(row))
        if fit.under is Under.WHOLE_TEXT:
            lines += drawing.text_under(row)
        elif fit.under is Under.CUT_TEXT:
            lines.append(drawing.passage_under(row))
    if fitting.table.total:
        lines += [drawing.rule(), drawing.row(fitting.table.total)]
    return lines


class _Drawing:
    def __init__(self, fitting: Fitting, places: list[Place], page: Page) -> None:
        self.fitting = fitting
        self.table = fitting.table
        self.page = page
        self.places = places
        self.bars = {p.source: fitting.longest(p.source) for p in places if p.column.kind is Kind.BAR}
        self.signs = [page.show("█"), page.show("░")]
        self.known: dict[tuple[int, Cell, Cell], str] = {}  # cells as they stand: most come again and again

    def heading(self) -> Line:
        cells: list[Line] = []
        for place in self.places:
            cut = place.column.passage and place.column.asked and self.fitting.narrows(place)
            over = self.page.show(place.column.passage) if cut else place.heading
            cells.append([(over, Mark.HEADING)])
        return self._joined(cells)

    def row(self, row: Row) -> Line:
        if self.page.colour:
            return self._joined([self._cell(place, row) for place in self.places])
        return [(self._plain(row), None)]

    def _plain(self, row: Row) -> str:
        """Join the cells of a row without marks: thousands of rows at once."""
        cells = []
        for place in self.places:
            cell = row[place.source]
            if place.column.kind is Kind.TEXT:
                text = text_of(self._cell(place, row))
                cells.append(text if self.page.piped else text + " " * (place.width - width(text)))
                continue
            key = (place.source, cell, None if place.counted is None else row[place.counted])
            if key not in self.known:
                line = padded(self._cell(place, row), place.width, place.column.kind is Kind.NUMBER)
                self.known[key] = text_of(line)
            cells.append(self.known[key])
        text = " " * self.page.indent + (" " * _GAP).join(cells)
        return text if self._ends_in_text(row) else text.rstrip(" ")

    def _ends_in_text(self, row: Row) -> bool:
        """Tell whether a line ends in a text that stands as it is, spaces and all."""
        last = self.places[-1]
        return self.page.piped and last.column.kind is Kind.TEXT and bool(row[last.source])

    def _cell(self, place: Place, row: Row) -> Line:
        cell, column = row[place.source], place.column
        if column.kind is Kind.BAR:
            parts = [part for part in cell or () if isinstance(part, int)] if isinstance(cell, tuple) else []
            return bar(parts, self.bars[place.source], place.width, self.signs)
        hidden = row[place.counted] if place.counted is not None else None
        text = cell_text(self.page, column, cell, len(hidden) if isinstance(hidden, tuple) else 0)
        return self._cut(place, cell, text)

    def _cut(self, place: Place, cell: Cell, text: str) -> Line:
        """Cut a text to its place: where words were searched, to the passage around them."""
        column = place.column
        if column.kind is Kind.TEXT and not self.page.piped and width(text) > place.width:
            self.page.was_cut = True
            if column.asked and column.passage:
                text = passage(self.page, text, column.asked, place.width)
            else:
                text = self.page.cut(text, place.width)
        return cell_line(self.page, column, cell, text) if self.page.colour else [(text, None)]

    def _joined(self, cells: list[Line]) -> Line:
        """Put cells side by side; what stands last is not padded."""
        line: Line = [(" " * self.page.indent, None)] if self.page.indent else []
        last = max((i for i, cell in enumerate(cells) if any(text for text, _ in cell)), default=-1)
        for number, (place, cell) in enumerate(zip(self.places, cells, strict=True)):
            if number > last:
                break
            if number:
                line.append((" " * _GAP, None))
            right = place.column.kind is Kind.NUMBER
            line += cell if number == last and not right else padded(cell, place.width, right)
        return line

    def text_under(self, row: Row) -> list[Line]:
        """Set the whole text of a row under it, on the full width."""
        index = next(i for i, column in enumerate(self.table.columns) if column.kind is Kind.TEXT)
        asked = [str(words) for words in self.table.columns[index].asked]
        indent = self.page.indent + self.places[0].width + _GAP
        room = (self.page.measure or 0) - indent
        laid = self.page.lay_out(str(row[index]), asked if self.page.colour else (), max(room, 1))
        return [[(" " * indent, None), *line] for line in laid]

    def passage_under(self, row: Row) -> Line:
        """Set what fits of the text of a row on a line under it."""
        index = next(i for i, column in enumerate(self.table.columns) if column.kind is Kind.TEXT)
        indent = self.page.indent + self.places[0].width + _GAP
        place = Place(self.table.columns[index], index, "", max((self.page.columns or 0) - indent, 1))
        return [
            (" " * indent, None),
            *self._cut(place, row[index], cell_text(self.page, place.column, row[index])),
        ]

    def rule(self) -> Line:
        """Draw the rule above a total, as wide as the columns of numbers and names."""
        own = [p.width for p in self.places if p.column.kind is not Kind.BAR and not self._trails(p)]
        return [(" " * self.page.indent + self.page.show("─") * (sum(own) + _GAP * (len(own) - 1)), None)]

    def _trails(self, place: Place) -> bool:
        """Tell whether a column is a text at the end, which has no width of its own in a pipe."""
        return place.column.kind is Kind.TEXT and self.page.piped
