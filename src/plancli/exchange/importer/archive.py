"""What an XLSX or ODS must be before its reader gets it: whole, and of a size that a table has.

The reader is native code. Some XML that isn't closed keeps it busy for ever, a lone cell in the last corner of a
sheet makes it ask for all the memory there is, and nothing in this process can stop it then.
"""

import io
import re
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from plancli.errors import Unavailable
from plancli.i18n import _

MOST_BYTES = 16_000_000
"""How much the parts of an archive that are read may unpack to; pictures don't count."""

MOST_CELLS = 200_000
"""How many cells a sheet may span, filled or not."""


def check_archive(source: bytes, name: str) -> None:
    """Raise Unavailable for an archive that is broken, is no XLSX or ODS, or would take over the memory."""
    from xml.parsers.expat import ExpatError

    try:
        with ZipFile(io.BytesIO(source)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if len(names) != len(entries) or not names & {"xl/workbook.xml", "content.xml"}:
                raise unreadable(name, _("it is another kind of archive"))
            parts = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
            if sum(entry.file_size for entry in parts) > MOST_BYTES:
                raise too_large(name)
            for part in parts:
                _check(archive, part, name)
    except (BadZipFile, ExpatError, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise unreadable(name, _("it is damaged")) from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise unreadable(name, _("it is damaged")) from error
        raise


def _check(archive: ZipFile, entry: ZipInfo, name: str) -> None:
    """Read a part of the archive to its end, as it claims to be, and measure the sheet that it is."""
    from xml.parsers.expat import ParserCreate

    extent = _Extent()
    parser = ParserCreate()
    parser.StartElementHandler = extent.begin
    parser.EndElementHandler = extent.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(entry) as part:
        while piece := part.read(65536):
            parser.Parse(piece, False)
            if extent.cells > MOST_CELLS:
                raise too_large(name)
    parser.Parse(b"", True)


def _refuse_doctype(*declared: object) -> None:
    raise ValueError("DOCTYPE")


class _Extent:
    """How many cells the sheets of a part span: XLSX names each cell, ODS counts how often one is repeated."""

    def __init__(self) -> None:
        self.cells = 0
        self._row = self._column = 0
        self._rows = self._width = self._columns = self._times = 0
        self._filled = False

    def begin(self, tag: str, attributes: dict[str, Any]) -> None:
        """Take account of a cell, or of where one is said to be."""
        kind = tag.rpartition(":")[2]
        if kind == "c":
            self._reach(attributes.get("r", ""))
        elif kind in ("mergeCell", "dimension"):
            for corner in attributes.get("ref", "").split(":"):
                self._reach(corner)
        elif kind == "row":
            self._row = max(self._row, _whole(attributes.get("r", "0")))
        elif kind == "table":
            self._rows = self._width = 0
        elif kind == "table-row":
            self._times = _whole(attributes.get("table:number-rows-repeated", "1"))
            self._columns, self._filled = 0, False
        elif kind in ("table-cell", "covered-table-cell"):
            self._columns += _whole(attributes.get("table:number-columns-repeated", "1"))
            if any(key.startswith("office:") for key in attributes):
                self._filled = True
                self._width = max(self._width, self._columns)
        elif kind == "p" and self._columns:
            self._filled = True
            self._width = max(self._width, self._columns)
        self.cells = max(self.cells, self._row * self._column)

    def end(self, tag: str) -> None:
        """Count the row that ends; rows that nothing follows take no room."""
        if tag.rpartition(":")[2] == "table-row":
            self._rows += self._times
            if self._filled:
                self.cells = max(self.cells, self._rows * self._width)

    def _reach(self, cell: str) -> None:
        match = re.fullmatch(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,18})", cell)
        if match:
            column = 0
            for letter in match[1].upper():
                column = column * 26 + ord(letter) - 64
            self._column, self._row = max(self._column, column), max(self._row, int(match[2]))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 10**18


def too_large(name: str, hint: str = "") -> Unavailable:
    """Refuse a table that no plan fills."""
    return Unavailable(
        _("{file} is too large for a table of actions").format(file=name),
        hint or _("Take out what stands far below or beside the table, or save it as CSV"),
    )


def unreadable(name: str, reason: str) -> Unavailable:
    """Refuse a spreadsheet that its reader can't read."""
    return Unavailable(
        _("{file} isn't a spreadsheet that can be read: {reason}").format(file=name, reason=reason),
        _("A table is TSV, CSV, XLSX, XLS or ODS; out of a document, copy the table into a spreadsheet"),
    )
