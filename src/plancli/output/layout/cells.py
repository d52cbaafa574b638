"""Cells of a table as texts to be measured, and as marked lines to be painted."""

from plancli.output.layout.lines import Line, Page, length, marked, marked_whole
from plancli.output.report import Mark
from plancli.output.table import Cell, Column, Kind, Roles
from plancli.text import find, width


def cell_text(page: Page, column: Column, cell: Cell, more: int = 0) -> str:
    """Write a cell; ``more`` codes of a column that left are counted behind its own."""
    if type(cell) is int:
        return str(cell) if cell else page.show("·")
    if isinstance(cell, Roles):
        return page.show(" · ".join(" ".join(codes) for codes in (cell.pilots, cell.associated) if codes))
    if isinstance(cell, tuple):
        codes = " ".join([page.show(str(code)) for code in cell])
        if more:
            return f"{codes} +{more}" if codes else f"+{more}"
        return codes
    return page.show(str(cell)) if cell is not None else ""


def cell_line(page: Page, column: Column, cell: Cell, text: str) -> Line:
    """Mark what was asked for, and what people quote, in the text of a cell."""
    if column.kind is Kind.CODES and isinstance(cell, tuple) and not isinstance(cell, Roles):
        return _codes_line(page, column, cell, text)
    if column.kind is Kind.NUMBER:
        mark = Mark.ASKED if cell in column.asked else Mark.HEADING if column.strong else None
        return [(text, Mark.QUIET if cell == 0 else mark)]
    if column.kind is Kind.TEXT:
        return marked(text, map(str, column.asked)) if column.asked else [(text, None)]
    if column.asked:
        return marked_whole(text, map(str, column.asked))
    return [(text, Mark.HEADING if column.strong else None)]


def _codes_line(page: Page, column: Column, cell: tuple[str, ...] | tuple[int, ...], text: str) -> Line:
    line: Line = []
    for code in cell:
        if line:
            line.append((" ", None))
        line.append((page.show(str(code)), Mark.ASKED if code in column.asked else None))
    rest = text[sum(len(own) for own, _ in line) :]
    return [*line, (rest, Mark.QUIET)] if rest else line


def passage(page: Page, text: str, asked: frozenset[int | str], columns: int) -> str:
    """Cut a text to the passage around the first of the asked words, whole words before it."""
    places = [place for words in asked for place in find(text, str(words))]
    if not places or width(text) <= columns:
        return page.cut(text, columns)
    first = min(places)[0]
    mark = page.show("…")
    room = max(columns // 2, columns - width(text[first:])) - width(mark)
    if width(text[:first]) <= room + width(mark):
        return page.cut(text, columns)
    start = first
    while (before := text.rfind(" ", 0, max(start - 1, 0)) + 1) < start and width(text[before:first]) <= room:
        start = before
    return mark + page.cut(text[start:], columns - width(mark))


def padded(line: Line, columns: int, right: bool) -> Line:
    """Fill a line to some columns, at its left or at its right."""
    space = columns - length(line)
    if space <= 0:
        return line
    return [(" " * space, None), *line] if right else [*line, (" " * space, None)]
