"""Files to sheets of text: ``text`` files, and spreadsheets by ``workbook`` and its program."""

from collections.abc import Callable
from typing import Any

from plancli.exchange.importer.file.sheet import (
    Base,
    Position,
    RowCells,
    Rows,
    Sheet,
    Tables,
    named_sheets,
    too_large,
)
from plancli.exchange.importer.file.text import read_text
from plancli.exchange.importer.file.workbook import OLE, read_workbook
from plancli.i18n import _

__all__ = ["Base", "Position", "RowCells", "Rows", "Sheet", "Tables", "named_sheets", "read_tables"]

ZIP = b"PK\x03\x04"
"""How XLSX and ODS begin."""

MOST_SOURCE = 50_000_000
"""How many bytes a file may have: what is larger is no table of one plan."""


def read_tables(source: bytes, name: str, likeness: Callable[[Rows], Any]) -> Tables:
    """Return the sheets of a file; ``likeness`` ranks how much rows look like the table that is wanted.

    Raise Unavailable for what isn't a table, is too large for one, or needs an extra that is missing.
    """
    if len(source) > MOST_SOURCE:
        raise too_large(name, _("Give the table of one plan"))
    if source.startswith((ZIP, OLE)):
        return read_workbook(source, name)
    return Tables((read_text(source, name, likeness),))
