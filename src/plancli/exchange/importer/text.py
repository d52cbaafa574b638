"""Text files to sheets: the encoding, the separator and the use of quotes are found out."""

import codecs
import csv
import io
from typing import Literal

from plancli.errors import Unavailable
from plancli.exchange.importer.archive import MOST_CELLS, too_large
from plancli.exchange.importer.columns import likeness
from plancli.exchange.importer.nouns import Sheet
from plancli.i18n import _

SEPARATORS = ("\t", ";", ",", "|")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
"""Byte order marks; a spreadsheet's "Unicode text" is UTF-16 with tabs."""

_SAMPLE = 100_000
"""Characters that are looked at to find the separator."""


def read_text(source: bytes, name: str) -> Sheet:
    """Read a text file as one sheet; raise Unavailable if it isn't text, or too large for a table."""
    text, encoding = _decode(source, name)
    text = text.removeprefix("\ufeff")
    separator, text = _declared(text)
    if not separator:
        sample = text[:_SAMPLE]
        separator = max(SEPARATORS, key=lambda each: likeness(_rows(sample, each)))
    rows = _rows(text, separator)
    if sum(sum(map(bool, row)) for row in rows) > MOST_CELLS:
        raise too_large(name, _("Give the table of one plan"))
    return Sheet("", rows, separator=separator, encoding=encoding)


def _decode(source: bytes, name: str) -> tuple[str, str]:
    marked = [(codec, label) for mark, codec, label in _MARKS if source.startswith(mark)]
    for codec, label in marked or (("utf-8", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            return source.decode(codec), label
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
        _("{file} is neither a spreadsheet nor text in UTF-8, UTF-16 or Windows-1252").format(file=name),
        _("A table is TSV, CSV, XLSX, XLS or ODS"),
    )


def _is_mostly_utf8(source: bytes) -> bool:
    """Tell damaged UTF-8 from another encoding, where hardly any two bytes happen to make a letter of UTF-8."""
    text = source.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(not character.isascii() for character in text) > 2 * damaged


def _declared(text: str) -> tuple[str, str]:
    """Take the separator from a first line ``sep=;``, which Excel understands and doesn't count as a row."""
    first, _newline, rest = text.partition("\n")
    declared = first.strip().strip('"')
    if declared.lower().startswith("sep=") and len(declared) == 5:
        return declared[4], rest
    return "", text


def _rows(text: str, separator: str) -> tuple[tuple[str, ...], ...]:
    """Part a text into cells: quoted ones first; if the quotes don't pair, with tabs they are text."""
    limit = csv.field_size_limit(max(len(text), 1))
    try:
        return _parted(text, separator, quoted=True, strict=True)
    except csv.Error:
        return _parted(text, separator, quoted=separator != "\t", strict=False)
    finally:
        csv.field_size_limit(limit)


def _parted(text: str, separator: str, quoted: bool, strict: bool) -> tuple[tuple[str, ...], ...]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting, strict=strict)
    return tuple([tuple(row) for row in reader])
