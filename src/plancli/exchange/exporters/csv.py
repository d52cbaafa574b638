"""CSV (RFC 4180): a row an action, the columns of ``list``, then the titles of what it is in.

The dialect ``excel-fr`` is what a French Excel opens by a double click: semicolons, a byte order mark, and a quote
before each cell that a spreadsheet would take for a formula.
"""

import csv
import io
from collections.abc import Iterator, Sequence

from plancli.exchange.request import ExportRequest
from plancli.exchange.table import BAR, escape_formula, joined_values, place_cells, plan_columns
from plancli.plan.model import Plan, Value, each_action


def write(request: ExportRequest) -> bytes:
    """Write a row an action; lists are joined with a bar, lines end with CR LF."""
    excel = request.dialect == "excel-fr"
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";" if excel else ",", lineterminator="\r\n")
    columns = plan_columns(request.plan)
    writer.writerow(columns)
    for row in _rows(request.plan, columns):
        writer.writerow([escape_formula(cell) if excel and isinstance(cell, str) else cell for cell in row])
    return written.getvalue().encode("utf-8-sig" if excel else "utf-8")


def _rows(plan: Plan, columns: Sequence[str]) -> Iterator[list[int | str]]:
    own = {each.key for each in plan.declared_fields}
    for groups, action in each_action(plan):
        places = place_cells(plan, groups)
        yield [_cell(places[key] if key in places else action.value(key), key in own) for key in columns]


def _cell(value: Value, declared: bool = False) -> int | str:
    if isinstance(value, tuple):
        return joined_values(value) if declared else BAR.join(map(str, value))
    if declared and isinstance(value, str):
        return joined_values([value])
    return "" if value is None else value if isinstance(value, int) else str(value)
