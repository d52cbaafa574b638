"""A spreadsheet to its sheets; a program of its own reads it, in bounds."""

from collections.abc import Iterator, Sequence
from typing import Any

from plancli.errors import Unavailable
from plancli.exchange.importer.file import Base, CellPosition, Rows, Sheet, Tables, too_large
from plancli.exchange.importer.file import workbook_program as program
from plancli.exchange.table import BASE_SHEET, BASE_VERSION, DESCRIBED
from plancli.i18n import _

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an XLS begins."""

PATIENCE = 60
"""Seconds that the reader of spreadsheets may take in all, where the system can't bound its processor time."""


def read_workbook(source: bytes, name: str) -> Tables:
    """Return the sheets of a spreadsheet; raise Unavailable for one that can't be read or needs an extra."""
    lines = _answer(source, _installed(name))
    if not lines or lines[-1][0] not in ("end", "refused"):
        raise _unreadable(name, _("its reader gave up on it"))
    kind, *reason = lines[-1]
    if kind == "refused":
        raise _refusal(reason[0], name)
    return _tables(lines, name, source.startswith(OLE))


def _refusal(reason: str, name: str) -> Unavailable:
    if reason == program.LOCKED:
        return Unavailable(
            _("{file} is locked by a password").format(file=name), _("Save it without one and import it again")
        )
    if reason == program.TOO_LARGE:
        return too_large(name)
    return _unreadable(name, _("it is another kind of archive") if reason == program.OTHER else _("it is damaged"))


def _installed(name: str) -> str:
    """Return the folder that python-calamine is installed in."""
    from importlib.util import find_spec

    try:
        found = find_spec("python_calamine")
    except ValueError:  # it is in sys.modules without a specification
        found = None
    if found is None or not found.submodule_search_locations:
        raise Unavailable(
            _("reading {file} needs python-calamine, which isn't installed").format(file=name),
            _("Install it: pip install 'plancli[{extra}]'").format(extra="office"),
        )
    import os

    return os.path.dirname(next(iter(found.submodule_search_locations)))


def _answer(source: bytes, folder: str) -> list[list[Any]]:
    """Return the lines of the reader's answer, as far as it came."""
    import json
    import subprocess
    import sys

    apart = ("-I", "-S")  # nothing of this folder or environment
    line = [sys.executable, *apart, str(program.__file__), folder, BASE_SHEET]
    try:
        done = subprocess.run(
            line, input=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return []
    try:
        return [json.loads(each) for each in done.stdout.decode("utf-8", "surrogatepass").split("\n") if each]
    except ValueError:  # broken off in a line
        return []


def _tables(lines: list[list[Any]], name: str, old: bool) -> Tables:
    """Return the sheets of an answer."""
    sheets: list[Sheet] = []
    hidden: list[str] = []
    base: list[tuple[str, ...]] = []
    title = ""
    rows: list[tuple[str, ...]] = []
    for kind, *parts in lines:
        if kind == "base-row":
            base.append(tuple(parts))
        elif kind == "hidden-sheet":
            hidden += parts
        elif kind == "sheet":
            (title,), rows = parts, []
        elif kind == "row":
            rows.append(tuple(parts))
        elif kind == "marks":
            sheets.append(_sheet(title, tuple(rows), parts[0], name))
    return Tables(tuple(sheets), tuple(hidden), old, _read_base(base))


def _read_base(rows: list[tuple[str, ...]]) -> Base | None:
    """Return what the rows of the hidden sheet say; None where there is none, or a later plancli wrote it."""
    if len(rows) < 3 or rows[0][:1] != (BASE_VERSION,):
        return None
    (head, keys, headings), rest = rows[:3], rows[3:]
    counts = [int(cell) if cell.isdecimal() else 0 for cell in (*head[3:6], "", "", "")]
    actions, rest = rest[: counts[0]], rest[counts[0] :]
    register, rest = rest[: counts[1]], rest[counts[1] :]
    by_key = [dict(zip(keys, row, strict=False)) for row in actions]
    return Base(
        tuple(zip(keys, headings, strict=False)),
        {int(row["number"]): row for row in by_key if row.get("number", "").isdecimal()},
        {row[0]: dict(zip(DESCRIBED, row[1:4], strict=False)) for row in register if row},
        "".join(row[0] for row in rest[: counts[2]] if row),
    )


def _sheet(title: str, rows: Rows, marks: dict[str, Any], name: str) -> Sheet:
    return Sheet(
        title,
        rows,
        _covered(rows, marks.get("merged", ()), name),
        {(row, column): text for row, column, text in marks.get("struck", ())},
        frozenset((row, column) for row, column in marks.get("failed", ())),
        frozenset((row, column) for row, column in marks.get("uncomputed", ())),
        tuple(marks.get("hidden_rows", ())),
        tuple(marks.get("hidden_columns", ())),
        comments={(row, column): text for row, column, text in marks.get("comments", ())},
    )


def _covered(rows: Rows, merged: Sequence[Any], name: str) -> dict[CellPosition, CellPosition]:
    """Return the places that merged cells cover, each with the cell that is shown there."""
    found: dict[CellPosition, CellPosition] = {}
    steps = 0
    for (top, left), (bottom, right) in merged:
        if top < len(rows) and left < len(rows[top]):
            places = list(_places(rows, top, left, bottom, right))
            steps += len(places) + 1
            if steps > program.MOST_CELLS:  # cells that are merged again and again
                raise too_large(name)
            found |= dict.fromkeys(places, (top, left))
    return found


def _places(rows: Rows, top: int, left: int, bottom: int, right: int) -> Iterator[CellPosition]:
    width = max(map(len, rows), default=0)
    for row in range(top, min(bottom + 1, len(rows))):
        for column in range(left, min(right + 1, width)):
            if (row, column) != (top, left):
                yield row, column


def _unreadable(name: str, reason: str) -> Unavailable:
    """Return the refusal of a spreadsheet that its reader can't read."""
    return Unavailable(
        _("{file} isn't a spreadsheet that can be read: {reason}").format(file=name, reason=reason),
        _("A table is TSV, CSV, XLSX, XLS or ODS; out of a document, copy the table into a spreadsheet"),
    )
