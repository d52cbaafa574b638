"""A cross-table as the table that fits: as asked, turned, or one line a pair; no value is ever left out."""

from plancli.output.layout.page import Page
from plancli.output.layout.table import TableLayout
from plancli.output.report import Axis, Cell, Column, Cross, Kind, Row, Table, total_cells


def fitted(cross: Cross, page: Page) -> Table:
    """Choose how a cross-table is set in a window; in a pipe it stands as asked."""
    if page.columns is None:
        return crossed(cross)
    for shape in (cross, turned(cross)):
        page.was_turned = shape is not cross
        for short in (False, True):
            table = crossed(shape, short)
            if TableLayout(table, page).least() <= page.columns:
                return table
    return paired(cross)


def turned(cross: Cross) -> Cross:
    """Make the rows columns and the columns rows."""
    return cross._replace(
        rows=cross.columns,
        columns=cross.rows,
        cells={(row, column): count for (column, row), count in cross.cells.items()},
        row_totals=cross.column_totals,
        column_totals=cross.row_totals,
        parts=(cross.parts[1], cross.parts[0]),
    )


def crossed(cross: Cross, short: bool = False) -> Table:
    """Set a cross-table as asked: a column for each value, a total at the right and below."""
    rows, columns = cross.rows, cross.columns
    heads = columns.shorts if short else columns.heads
    barred = cross.parts[0] and len(columns.values) == 2
    described = _described(rows)
    counted = [
        Column(str(value), head, Kind.NUMBER, asked=columns.asked & {value})
        for value, head in zip(columns.values, heads, strict=True)
    ]
    legend = f"█ {columns.spoken[0]} ░ {columns.spoken[1]}" if barred else ""
    bars = (Column("bar", legend, Kind.BAR),) if barred else ()
    table = []
    for place in range(len(rows.values)):
        cells = tuple(cross.cells.get((place, other), 0) for other in range(len(columns.values)))
        bar = (cells,) if barred else ()
        table.append((*_label(rows, place), *cells, cross.row_totals[place], *bar))
    label = total_cells(described, cross.total_label)
    total: Row = (*label, *cross.column_totals, cross.total, *(None for _column in bars))
    sums = Column("total", cross.total_heading, Kind.NUMBER)
    return Table((*described, *counted, sums, *bars), tuple(table), total)


def paired(cross: Cross) -> Table:
    """Set a cross-table as one line a pair that occurs."""
    columns = cross.columns
    heading = Column(columns.key, columns.heading, _kind(columns), asked=columns.asked)
    table = []
    for (place, other), count in sorted(cross.cells.items()):
        code, *name = _label(cross.rows, place)
        table.append((code, *name, columns.values[other], count))
    described = _described(cross.rows)
    # The name of a row would be said again in each of its lines.
    own = tuple(row[:1] + row[len(described) :] for row in table)
    total = (cross.total_label, None, cross.total)
    return Table((described[0], heading, Column("total", cross.total_heading, Kind.NUMBER)), own, total)


def _kind(axis: Axis) -> Kind:
    return Kind.NUMBER if all(isinstance(value, int) for value in axis.values) else Kind.NAME


def _described(axis: Axis) -> tuple[Column, ...]:
    first = Column(axis.key, axis.heading, _kind(axis), asked=axis.asked)
    if not axis.names:
        return (first,)
    return (first, Column("name", axis.name, Kind.TEXT, wide=axis.wide))


def _label(axis: Axis, place: int) -> tuple[Cell, ...]:
    return (axis.values[place], axis.names[place]) if axis.names else (axis.values[place],)
