"""Files to tables of text: a text file whose separator and encoding are found out, or a spreadsheet."""

import codecs
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from plancli.errors import Invalid, Unavailable, Usage
from plancli.exchange.importer import reader
from plancli.exchange.table import BASE_SHEET, BASE_VERSION, DESCRIBED, REGISTER, Heading
from plancli.i18n import _, did_you_mean
from plancli.text import closest

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How XLSX and ODS begin, and how XLS does."""

MOST_CELLS = reader.MOST_CELLS
"""How many filled cells a table may have."""

MOST_SOURCE = 50_000_000
"""How many bytes a file may have: what is larger is no table of one plan."""

PATIENCE = 60
"""Seconds that the reader of spreadsheets may take in all, where the system can't bound its processor time."""

SEPARATORS = ("\t", ";", ",", "|")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; a spreadsheet's "Unicode text" is UTF-16 with tabs."""

_SAMPLE = 100_000
"""Characters that are looked at to find the separator."""

Rows = tuple[tuple[str, ...], ...]
Position = tuple[int, int]
"""The row and the column of a cell, both from 0."""

RowCells = tuple[int, dict[str, str]]
"""The number of a row, and its cells by the keys of their columns."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one table as text; ``rows[0]`` is row 1 of the spreadsheet.

    ``covered`` gives, for each cell that a merged one covers, the cell it is merged with. ``struck`` has the words
    that are struck through, which ``rows`` don't have; ``failed`` are formulas that show an error, ``uncomputed``
    those that were saved without a value. ``hidden_rows`` and ``hidden_columns`` count from 0. ``separator`` parts
    the cells of a text file and is empty for a spreadsheet; ``loose`` are its rows with quotes that don't pair.
    ``guessed`` tells that it is no UTF-8 and was read as Windows-1252.
    """

    name: str
    rows: Rows
    covered: Mapping[Position, Position] = field(default_factory=dict)
    struck: Mapping[Position, str] = field(default_factory=dict)
    failed: Collection[Position] = frozenset()
    uncomputed: Collection[Position] = frozenset()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    separator: str = ""
    loose: tuple[int, ...] = ()
    guessed: bool = False

    def above(self, row: int, column: int) -> str:
        """Return the text of the merged cell that covers a place from above; else nothing."""
        top, left = self.covered.get((row, column), (row, column))
        return self.rows[top][left] if top < row and left == column else ""

    def rows_under(self, columns: Sequence[Heading]) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows under plancli's own headings, with their numbers; none where these aren't there."""
        known = [each.label for each in columns], [each.french for each in columns]
        heads = ([cell.strip() for cell in row[: len(columns)]] for row in self.rows[:100])
        head = next((at for at, row in enumerate(heads, 1) if row in known), len(self.rows))
        for number, row in enumerate(self.rows[head:], head + 1):
            yield number, [cell.strip() for cell in row] or [""]


class Base(NamedTuple):
    """What plancli's own hidden sheet says of a workbook as it was exported.

    ``columns`` are the keys of the sheet of actions and their headings, ``actions`` the cells of each action by
    these keys, ``directorates`` what was said of each code, ``plan`` is the text of the plan.
    """

    columns: tuple[tuple[str, str], ...]
    actions: dict[int, dict[str, str]]
    directorates: dict[str, dict[str, str]]
    plan: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The visible sheets of a file and the names of hidden ones; an ``old`` file doesn't say what is struck.

    ``base`` is that of a workbook which plancli exported.
    """

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()
    old: bool = False
    base: Base | None = None

    def register(self) -> dict[str, RowCells]:
        """Return what plancli's own sheet of directorates says of each code."""
        rows = (each for sheet in self.sheets for each in sheet.rows_under(REGISTER))
        return {line[0]: (row, dict(zip(DESCRIBED, line[1:4], strict=False))) for row, line in rows if line[0]}


def named_sheets(sheets: Sequence[Sheet], file: str, name: str) -> list[Sheet]:
    """Return the sheets with a name; raise Usage with the nearest one where none has it."""
    named = [sheet for sheet in sheets if sheet.name == name]
    if named:
        return named
    sentence, names = (
        _("{file} has no sheet {sheet}").format(file=file, sheet=name),
        [each.name for each in sheets],
    )
    near = closest(name, names)
    if near:
        raise Usage(did_you_mean(sentence, near))
    raise Usage(sentence, _("Sheets: {names}").format(names=", ".join(names)) if any(names) else "")


def read_tables(source: bytes, name: str, likeness: Callable[[Rows], Any]) -> Tables:
    """Return the sheets of a file; ``likeness`` ranks how much rows look like the table that is wanted.

    Raise Unavailable for what isn't a table, is too large for one, or needs an extra that is missing.
    """
    if len(source) > MOST_SOURCE:
        raise too_large(name, _("Give the table of one plan"))
    if source.startswith((ZIP, OLE)):
        return _read_workbook(source, name)
    return Tables((_read_text(source, name, likeness),))


def _read_text(source: bytes, name: str, likeness: Callable[[Rows], Any]) -> Sheet:
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
        "", rows, separator=separator, loose=loose if separator != "\t" else (), guessed=codec == "cp1252"
    )


def _decode(source: bytes, name: str) -> tuple[str, str]:
    marked = [codec for mark, codec in _MARKS if source.startswith(mark)]
    for codec in marked or ("utf-8", "cp1252"):
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
        _("{file} is neither a spreadsheet nor text in UTF-8, UTF-16 or Windows-1252").format(file=name),
        _("A table is TSV, CSV, XLSX, XLS or ODS"),
    )


def _is_mostly_utf8(source: bytes) -> bool:
    """Return whether bytes are damaged UTF-8: in another encoding hardly any two make a letter of UTF-8."""
    text = source.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(not character.isascii() for character in text) > 2 * damaged


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


def _read_workbook(source: bytes, name: str) -> Tables:
    lines = _answer(source, _installed(name))
    if not lines or lines[-1][0] not in ("end", "refused"):
        raise unreadable(name, _("its reader gave up on it"))
    kind, *reason = lines[-1]
    if kind == "refused":
        raise _refusal(reason[0], name)
    return _tables(lines, name, source.startswith(OLE))


def _refusal(reason: str, name: str) -> Unavailable:
    if reason == reader.LOCKED:
        return Unavailable(
            _("{file} is locked by a password").format(file=name), _("Save it without one and import it again")
        )
    if reason == reader.TOO_LARGE:
        return too_large(name)
    return unreadable(name, _("it is another kind of archive") if reason == reader.OTHER else _("it is damaged"))


def _installed(name: str) -> str:
    """Return the folder that python-calamine is installed in."""
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
    """Return the lines of the reader's answer, as far as it came."""
    import json
    import subprocess
    import sys

    line = [
        sys.executable,
        "-I",
        "-S",
        str(reader.__file__),
        folder,
        BASE_SHEET,
    ]  # nothing of this folder or environment
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
    for kind, *told in lines:
        if kind == "base-row":
            base.append(tuple(told))
        elif kind == "hidden-sheet":
            hidden += told
        elif kind == "sheet":
            (title,), rows = told, []
        elif kind == "row":
            rows.append(tuple(told))
        elif kind == "marks":
            sheets.append(_sheet(title, tuple(rows), told[0], name))
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
    )


def _covered(rows: Rows, merged: Sequence[Any], name: str) -> dict[Position, Position]:
    """Return the places that merged cells cover, each with the cell that is shown there."""
    found: dict[Position, Position] = {}
    steps = 0
    for (top, left), (bottom, right) in merged:
        if top < len(rows) and left < len(rows[top]):
            places = list(_places(rows, top, left, bottom, right))
            steps += len(places) + 1
            if steps > MOST_CELLS:  # cells that are merged again and again
                raise too_large(name)
            found |= dict.fromkeys(places, (top, left))
    return found


def _places(rows: Rows, top: int, left: int, bottom: int, right: int) -> Iterator[Position]:
    width = max(map(len, rows), default=0)
    for row in range(top, min(bottom + 1, len(rows))):
        for column in range(left, min(right + 1, width)):
            if (row, column) != (top, left):
                yield row, column


def too_large(name: str, hint: str = "") -> Unavailable:
    """Return the refusal of a table that no plan fills."""
    return Unavailable(
        _("{file} is too large for a table of actions").format(file=name),
        hint or _("Take out what stands far below or beside the table, or save it as CSV"),
    )


def unreadable(name: str, reason: str) -> Unavailable:
    """Return the refusal of a spreadsheet that its reader can't read."""
    return Unavailable(
        _("{file} isn't a spreadsheet that can be read: {reason}").format(file=name, reason=reason),
        _("A table is TSV, CSV, XLSX, XLS or ODS; out of a document, copy the table into a spreadsheet"),
    )
