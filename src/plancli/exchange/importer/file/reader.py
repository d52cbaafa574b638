"""A file to its sheets; the separator and the encoding of a text are found out."""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from plancli.errors import Invalid, Unavailable
from plancli.exchange.importer.file import Rows, Sheet, Tables, too_large
from plancli.exchange.importer.file.workbook import OLE, read_workbook
from plancli.exchange.importer.file.workbook_program import MOST_CELLS
from plancli.i18n import _

ZIP = b"PK\x03\x04"
"""How XLSX and ODS begin."""

MOST_SOURCE = 50_000_000
"""How many bytes a file may have: what is larger is no table of one plan."""

SEPARATORS = ("\t", ";", ",", "|")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; a spreadsheet's "Unicode text" is UTF-16 with tabs."""

_ONE_BYTE = {"cp1252": "Windows-1252", "mac-roman": "Mac OS Roman", "cp850": "DOS (cp850)"}
"""The names of the encodings that can only be guessed: any bytes are text in them."""

_TELLING = {"cp1252": "àâçèéêù", "mac-roman": "àâçèéêù", "cp850": "âçèéê"}
"""Letters of French whose bytes are marks, capitals or nothing in the other encodings, all but a few."""

_SAMPLE = 100_000
"""Characters that are looked at to find the separator."""


def read_tables(source: bytes, name: str, likeness: Callable[[Rows], Any]) -> Tables:
    """Return the sheets of a file; ``likeness`` ranks how much rows look like the table that is wanted.

    Raise Unavailable for what isn't a table, is too large for one, or needs an extra that is missing.
    """
    if len(source) > MOST_SOURCE:
        raise too_large(name, _("Give the table of one plan"))
    if source.startswith((ZIP, OLE)):
        return read_workbook(source, name)
    return Tables((_read_text(source, name, likeness),))


def _read_text(source: bytes, name: str, likeness: Callable[[Rows], Any]) -> Sheet:
    """Return the sheet of a text; raise Unavailable for other bytes, Invalid where a quote isn't closed."""
    text, codec = _decode(source, name)
    text = text.removeprefix("\ufeff")
    separator, text = _declared_separator(text)
    if not separator:
        sample = text[:_SAMPLE]
        separator = max(SEPARATORS, key=lambda each: likeness(_split(sample, each)[0]))
    rows, loose, starts = _split(text, separator)
    if sum(sum(map(bool, row)) for row in rows) > MOST_CELLS:
        raise too_large(name, _("Give the table of one plan"))
    width = max(Counter(map(len, rows)).items(), key=lambda each: each[1], default=(0, 0))[0]
    for row, start in zip(rows, starts, strict=True):
        if width > 2 and _swallows_rows(row, width - 1, separator):
            line = len(re.findall(r"\r\n?|\n", text[:start])) + 1
            raise Invalid(
                _("{file}, line {line}: a quote that isn't closed would join this row and the next").format(
                    file=name, line=line
                ),
                _("Take the quote out, or close it in its cell"),
            )
    return Sheet(
        "",
        rows,
        separator=separator,
        loose=loose if separator != "\t" else (),
        guessed=_ONE_BYTE.get(codec, ""),
    )


def _decode(source: bytes, name: str) -> tuple[str, str]:
    marked = [codec for mark, codec in _MARKS if source.startswith(mark)]
    for codec in marked or ("utf-8", ""):
        codec = codec or _one_byte(source)
        try:
            return source.decode(codec), codec
        except UnicodeDecodeError as error:
            if codec == "utf-8" and _is_mostly_utf8(source):
                line = source.count(b"\n", 0, error.start) + 1
                raise Unavailable(
                    _("{file} is UTF-8, but not all of it: line {line} has other bytes").format(
                        file=name, line=line
                    ),
                    _("Save it again as UTF-8"),
                ) from error
    raise Unavailable(
        _("{file} is neither a spreadsheet nor text in UTF-8, UTF-16, Windows-1252, Mac OS Roman or cp850").format(
            file=name
        ),
        _("A table is TSV, CSV, XLSX, XLS or ODS"),
    )


def _is_mostly_utf8(source: bytes) -> bool:
    """Return whether bytes are damaged UTF-8: in another encoding hardly any two make a letter of UTF-8."""
    text = source.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(not character.isascii() for character in text) > 2 * damaged


def _one_byte(source: bytes) -> str:
    """Return the encoding of one byte a letter in which a text has most letters of French."""
    if re.search(rb"[\x00-\x08\x0e-\x1f]", source):  # no text
        return "cp1252"
    return max(_ONE_BYTE, key=lambda each: sum(map(source.count, _TELLING[each].encode(each))))


def _declared_separator(text: str) -> tuple[str, str]:
    """Return the separator of a first line ``sep=;``, which Excel doesn't count as a row, and the rest."""
    first, _newline, rest = text.partition("\n")
    declared = first.strip().strip('"')
    if declared.lower().startswith("sep=") and len(declared) == 5:
        return declared[4], rest
    return "", text


def _split(text: str, separator: str) -> tuple[Rows, tuple[int, ...], list[int]]:
    """Return the rows of a text, those of them whose quotes don't pair, and where each begins.

    A quote that doesn't close its cell is text.
    """
    sign = re.escape(separator)
    cell = re.compile(rf'(?:"((?:[^"]|"")*+)"(?={sign}|[\r\n]|\Z)|([^{sign}\r\n]*))({sign}|\r\n|[\r\n]|\Z)')
    rows: list[tuple[str, ...]] = []
    row: list[str] = []
    loose: dict[int, None] = {}
    starts = [0]
    at = 0
    while at < len(text) or row:
        found = cell.match(text, at)
        assert found  # a cell may be empty
        quoted, plain, end = found.groups()
        row.append(plain if quoted is None else quoted.replace('""', '"'))
        if plain and plain.startswith('"'):
            loose[len(rows)] = None
        at = found.end()
        if end != separator:
            rows.append(() if row == [""] else tuple(row))
            row = []
            starts.append(at)
    return tuple(rows), tuple(loose), starts[:-1]


def _swallows_rows(row: Sequence[str], last: int, separator: str) -> bool:
    """Return whether quotes paired by chance: a cell begins with the end of a row and ends with the start of one.

    ``last`` is the last column of the table.
    """
    for index, cell in enumerate(row):
        if "\n" in cell or "\r" in cell:
            begins, *within, ends = [line.count(separator) for line in cell.replace("\r", "\n").split("\n")]
            if begins == last - index and ends == index and set(within) <= {last}:
                return True
    return False
