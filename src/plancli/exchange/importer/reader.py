"""A program of its own: a spreadsheet on its standard input, its visible sheets on its standard output.

The reader of spreadsheets is native code. Some files make it panic, ask for all the memory there is or never end,
and nothing in the same process could stop it then. Here it has bounds, and what becomes of it is an exit code.
It is run by its path and imports nothing of plancli. Its first argument is the folder of python-calamine.

Each line of the answer is JSON: ``["sheet", name]``, then its ``["row", cell, …]`` as text and its
``["merged", [[top, left], [bottom, right]], …]``; or ``["refused", reason]``; at the end ``["end"]``.
"""

import sys
from collections.abc import Iterator
from typing import Any

MOST_MEMORY = 200_000_000
MOST_SECONDS = 4
MOST_CHARACTERS = 20_000_000
"""What a process may take of memory (address space) and of processor time, and how much text it may answer."""

LOCKED = "locked"
TOO_LARGE = "too-large"


def main() -> None:
    """Read standard input, within bounds."""
    source = sys.stdin.buffer.read()
    _limit()
    sys.path.append(sys.argv[1])
    written = 0
    for line in _lines(source):
        written += len(line)
        if written > MOST_CHARACTERS:
            line = _line("refused", TOO_LARGE)
        sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass"))
        if written > MOST_CHARACTERS:
            break


def _limit() -> None:
    """Bound this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the caller's patience is the only bound
        return
    for name, most in (("RLIMIT_AS", MOST_MEMORY), ("RLIMIT_CPU", MOST_SECONDS), ("RLIMIT_CORE", 0)):
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (AttributeError, OSError, ValueError):
            continue


def _lines(source: bytes) -> Iterator[str]:
    import io

    import python_calamine as calamine

    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source))
        for each in workbook.sheets_metadata:
            if each.visible == calamine.SheetVisibleEnum.Visible and each.typ == calamine.SheetTypeEnum.WorkSheet:
                yield from _sheet(workbook.get_sheet_by_name(each.name))
        yield _line("end")
    except calamine.PasswordError:
        yield _line("refused", LOCKED)
    except MemoryError:
        yield _line("refused", TOO_LARGE)
    except (calamine.CalamineError, OSError, ValueError) as error:
        yield _line("refused", str(error))


def _sheet(sheet: Any) -> Iterator[str]:
    yield _line("sheet", sheet.name)
    left = sheet.start[1] if sheet.start else 0  # the reader leaves empty columns out, and not empty rows
    for row in sheet.iter_rows():
        yield _line("row", *[""] * left, *map(_text, row))
    if sheet.merged_cell_ranges:
        yield _line("merged", *sheet.merged_cell_ranges)


def _text(cell: object) -> str:
    """Give a cell as it would be typed: whole numbers without decimals."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _line(*told: object) -> str:
    import json

    return json.dumps(told, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
