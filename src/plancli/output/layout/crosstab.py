"""A cross-table as the table that fits: as asked, transposed, or a row for each pair; no value is left out."""

from plancli.output.layout.page import Page
from plancli.output.layout.table import TableLayout
from plancli.output.report import Axis, Cell, Column, ColumnKind, CrossTab, Row, Table, total_cells


def fit(cross: CrossTab, page: Page) -> Table:
    """Return the first form of a cross-table that fits the page; in a pipe the one that was asked."""
    if page.columns is None:
        return as_table(cross)
    for shape in (cross, transposed(cross)):
        page.was_transposed = shape is not cross
        for short in (False, True):
            table = as_table(shape, short)
            if TableLayout(table, page).least() <= page.columns:
                return table
    return as_pairs(cross)


def transposed(cross: CrossTab) -> CrossTab:
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
    described = _described(rows)
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
        table.append((*_label(rows, place), *cells, cross.row_totals[place], *bar))
    label = total_cells(described, cross.total_label)
    total: Row = (*label, *cross.column_totals, cross.total, *(None for _column in bars))
    sums = Column("total", cross.total_heading, ColumnKind.NUMBER)
    return Table((*described, *counted, sums, *bars), tuple(table), total)


def as_pairs(cross: CrossTab) -> Table:
    """Return a table with a row for each pair that occurs."""
    columns = cross.columns
    heading = Column(columns.key, columns.heading, _kind(columns), highlight=columns.highlight)
    table = []
    for (place, other), count in sorted(cross.cells.items()):
        code, *name = _label(cross.rows, place)
        table.append((code, *name, columns.values[other], count))
    described = _described(cross.rows)
    # Without the names: one would be repeated in each line of its row.
    own = tuple(row[:1] + row[len(described) :] for row in table)
    total = (cross.total_label, None, cross.total)
    return Table((described[0], heading, Column("total", cross.total_heading, ColumnKind.NUMBER)), own, total)


def _kind(axis: Axis) -> ColumnKind:
    return ColumnKind.NUMBER if all(isinstance(value, int) for value in axis.values) else ColumnKind.NAME


def _described(axis: Axis) -> tuple[Column, ...]:
    first = Column(axis.key, axis.heading, _kind(axis), highlight=axis.highlight)
    if not axis.names:
        return (first,)
    return (first, Column("name", axis.name, ColumnKind.TEXT, wide_only=axis.wide_only))


def _label(axis: Axis, place: int) -> tuple[Cell, ...]:
    return (axis.values[place], axis.names[place]) if axis.names else (axis.values[place],)
