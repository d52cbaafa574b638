"""Spreadsheets to sheets: XLSX, XLS and ODS through python-calamine, which runs in a process of its own."""

from typing import Any

from plancli.errors import Unavailable
from plancli.exchange.importer.archive import MOST_CELLS, check_archive, too_large, unreadable
from plancli.exchange.importer.nouns import Sheet
from plancli.exchange.importer.reader import LOCKED, TOO_LARGE
from plancli.i18n import _

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How XLSX and ODS begin, and how XLS does."""

PATIENCE = 60
"""Seconds that the reader may take in all, where the system can't bound its processor time."""


def is_workbook(source: bytes) -> bool:
    """Tell whether a file is some kind of archive that spreadsheets come in, whatever its name."""
    return source.startswith((ZIP, OLE))


def read_workbook(source: bytes, name: str) -> tuple[Sheet, ...]:
    """Read the visible sheets, as text; raise Unavailable if it isn't a workbook or the extra is missing."""
    folder = _installed(name)
    if source.startswith(ZIP):
        check_archive(source, name)
    lines = _answer(source, folder)
    if not lines or lines[-1][0] not in ("end", "refused"):
        raise unreadable(name, _("its reader gave up on it"))
    kind, *reason = lines[-1]
    if kind == "refused" and reason == [LOCKED]:
        raise Unavailable(
            _("{file} is locked by a password").format(file=name), _("Save it without one and import it again")
        )
    if kind == "refused":
        raise too_large(name) if reason == [TOO_LARGE] else unreadable(name, _("it is damaged"))
    return _sheets(lines, name)


def _installed(name: str) -> str:
    """Give the folder that python-calamine is installed in."""
    from importlib.util import find_spec

    try:
        found = find_spec("python_calamine")
    except ValueError:  # it stands in sys.modules without a specification
        found = None
    if found is None or not found.submodule_search_locations:
        raise Unavailable(
            _("reading {file} needs python-calamine, which isn't installed").format(file=name),
            _("Install it: pip install 'plancli[{extra}]'").format(extra="office"),
        )
    import os

    return os.path.dirname(next(iter(found.submodule_search_locations)))


def _answer(source: bytes, folder: str) -> list[list[Any]]:
    """Give the lines of the reader's answer, as far as it came."""
    import json
    import subprocess
    import sys

    from plancli.exchange.importer import reader

    line = [sys.executable, "-I", "-S", str(reader.__file__), folder]  # nothing of this folder or environment
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


def _sheets(lines: list[list[Any]], name: str) -> tuple[Sheet, ...]:
    """Put the lines of an answer together."""
    found: list[tuple[str, list[tuple[str, ...]], list[Any]]] = []
    for kind, *told in lines:
        if kind == "sheet":
            found.append((told[0], [], []))
        elif kind == "row":
            found[-1][1].append(tuple(told))
        elif kind == "merged":
            found[-1][2].extend(told)
    return tuple([Sheet(sheet, tuple(rows), _covered(rows, merged, name)) for sheet, rows, merged in found])


def _covered(rows: list[tuple[str, ...]], merged: list[Any], name: str) -> dict[tuple[int, int], str]:
    """Give the text of each merged cell to the places it covers below its first row."""
    found = {}
    steps = 0
    for (top, left), (bottom, _right) in merged:
        if top < len(rows) and left < len(rows[top]):
            end = min(bottom + 1, len(rows))
            steps += end - top
            if steps > MOST_CELLS:  # cells that are merged again and again
                raise too_large(name)
            for row in range(top + 1, end):
                found[row, left] = rows[top][left]
    return found
