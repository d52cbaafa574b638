"""CSV after RFC 4180: a row an action, the columns of ``list``, then the titles of what it stands in.

The dialect ``excel-fr`` is what a French Excel opens by a double click: semicolons, a byte order mark, and a quote
before each cell that a spreadsheet would take for a formula.
"""

import csv
import io
from collections.abc import Iterator

from plancli.exchange.edition import Edition
from plancli.exchange.formula import disarm
from plancli.plan.model import Plan

COLUMNS = (
    "number",
    "orientation",
    "measure",
    "text",
    "pilots",
    "associated",
    "years",
    "priority",
    "orientation_title",
    "measure_title",
)


def write(edition: Edition) -> bytes:
    """Write a row an action; lists are joined with ``|``, lines end with CR LF."""
    excel = edition.dialect == "excel-fr"
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    rows = _rows(edition.plan)
    writer.writerows(map(_harmless, rows) if excel else rows)
    return written.getvalue().encode("utf-8-sig" if excel else "utf-8")


Row = tuple[int | str, ...]


def _rows(plan: Plan) -> Iterator[Row]:
    for orientation in plan.orientations:
        for measure in orientation.measures:
            for action in measure.actions:
                yield (
                    action.number,
                    orientation.number,
                    measure.number,
                    action.text,
                    "|".join(action.pilots),
                    "|".join(action.associated),
                    "|".join(map(str, action.years)),
                    action.priority,
                    orientation.title,
                    measure.title,
                )


def _harmless(row: Row) -> Row:
    return tuple([disarm(cell) if isinstance(cell, str) else cell for cell in row])
