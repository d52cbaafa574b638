"""Spreadsheets to sheets: XLSX, XLS and ODS through python-calamine."""

import io
from typing import Any

from plancli.errors import Unavailable
from plancli.exchange.importer.archive import check_archive
from plancli.exchange.importer.nouns import Sheet
from plancli.language import _

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How XLSX and ODS begin, and how XLS does."""


def is_workbook(source: bytes) -> bool:
    """Tell whether a file is some kind of archive that spreadsheets come in, whatever its name."""
    return source.startswith((ZIP, OLE))


def read_workbook(source: bytes, name: str) -> tuple[Sheet, ...]:
    """Read the visible sheets, as text; raise Unavailable if it isn't a workbook or the extra is missing."""
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise Unavailable(
            _("reading {file} needs python-calamine, which isn't installed").format(file=name),
            _("Install it: pip install 'plancli[{extra}]'").format(extra="office"),
        ) from error
    if source.startswith(ZIP):
        check_archive(source, name)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source))
        visible = [
            each.name
            for each in workbook.sheets_metadata
            if each.visible == calamine.SheetVisibleEnum.Visible and each.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        return tuple([_sheet(workbook.get_sheet_by_name(each)) for each in visible])
    except calamine.PasswordError as error:
        raise Unavailable(
            _("{file} is locked by a password").format(file=name), _("Save it without one and import it again")
        ) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unavailable(
            _("{file} isn't a spreadsheet that can be read: {reason}").format(file=name, reason=error),
            _("A table is TSV, CSV, XLSX, XLS or ODS; out of a document, copy the table into a spreadsheet"),
        ) from error


def _sheet(sheet: Any) -> Sheet:
    rows = tuple([tuple(map(_text, row)) for row in sheet.to_python(skip_empty_area=False)])
    return Sheet(sheet.name, rows, _covered(sheet, rows))


def _covered(sheet: Any, rows: tuple[tuple[str, ...], ...]) -> dict[tuple[int, int], str]:
    found = {}
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if top < len(rows) and left < len(rows[top]):
            for row in range(top + 1, min(bottom + 1, len(rows))):
                found[row, left] = rows[top][left]
    return found


def _text(cell: object) -> str:
    """Give a cell as it would be typed: whole numbers without decimals."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
