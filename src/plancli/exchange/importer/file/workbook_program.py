"""A program of its own: a spreadsheet on its standard input, its visible sheets on its standard output.

The reader of spreadsheets, python-calamine, is native code. Some files make it panic, ask for all the memory
there is or never end, and nothing in the same process could stop it then. Here it has bounds, and what becomes of
it is an exit code. The program is run by its path and imports nothing of plancli. Its arguments are the folder of
python-calamine, and the name of plancli's own hidden sheet.

Before that, one pass over the XML of an XLSX or ODS refuses what is broken or too large, and finds what calamine
doesn't tell: words that are struck through, formulas that failed or have no value, hidden rows and columns, and
comments.

Each line of the answer is JSON: ``["base-row", cell, …]`` of plancli's own hidden sheet; ``["sheet", name]``, then
its ``["row", cell, …]`` as text and its ``["marks", {…}]`` (places from 0: ``merged``, ``struck``, ``failed``,
``uncomputed``, ``hidden_rows``, ``hidden_columns``, ``comments``); ``["hidden-sheet", name]``; or
``["refused", reason]``; at the end ``["end"]``.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_MEMORY = 200_000_000
MOST_SECONDS = 4
MOST_CHARACTERS = 20_000_000
"""What a process may take of memory (address space) and of processor time, and how much text it may answer."""

MOST_BYTES = 24_000_000
"""How much the XML of a spreadsheet may unpack to; pictures don't count."""

MOST_CELLS = 200_000
"""How many cells a sheet may span, filled or not."""

LOCKED = "locked"
TOO_LARGE = "too-large"
OTHER = "other-archive"
DAMAGED = "damaged"


class RefusedError(Exception):
    """A spreadsheet that is not given to calamine; its text is the reason."""


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
    import python_calamine as calamine

    try:
        marks = scan(source) if source.startswith(b"PK") else {}
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source))
        for each in workbook.sheets_metadata:
            if each.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if each.visible != calamine.SheetVisibleEnum.Visible and each.name == sys.argv[2]:
                for cells in workbook.get_sheet_by_name(each.name).iter_rows():
                    yield _line("base-row", *map(_text, cells))
            elif each.visible == calamine.SheetVisibleEnum.Visible:
                yield from _sheet(workbook.get_sheet_by_name(each.name), marks.get(each.name) or Marks())
            else:
                yield _line("hidden-sheet", each.name)
        yield _line("end")
    except calamine.PasswordError:
        yield _line("refused", LOCKED)
    except MemoryError:
        yield _line("refused", TOO_LARGE)
    except RefusedError as error:
        yield _line("refused", str(error))
    except (calamine.CalamineError, OSError, ValueError):
        yield _line("refused", DAMAGED)


def _sheet(sheet: Any, marks: "Marks") -> Iterator[str]:
    yield _line("sheet", sheet.name)
    left = sheet.start[1] if sheet.start else 0  # calamine leaves empty columns out, and not empty rows
    rows = [[*[""] * left, *map(_text, cells)] for cells in sheet.iter_rows()]
    for (row, column), text in marks.texts.items():
        rows += ([] for _missing in range(len(rows), row + 1))
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = text
    for row, column in marks.struck_cells:
        if row < len(rows) and column < len(rows[row]) and rows[row][column]:
            marks.struck[row, column], rows[row][column] = rows[row][column], ""
    for cells in rows:
        yield _line("row", *cells)
    yield _line("marks", marks.as_data(sheet.merged_cell_ranges or ()))


def _text(cell: object) -> str:
    """Return a cell as it would be typed: whole numbers without decimals."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _line(*parts: object) -> str:
    import json

    return json.dumps(parts, ensure_ascii=False) + "\n"


CellPosition = tuple[int, int]
"""A row and a column, from 0."""

TextRun = tuple[str, bool | None]
"""A part of a text, and whether it is struck through: None is as its cell is."""


class Marks:
    """The marks that the XML of a sheet has beside its values.

    ``texts`` take the place of what calamine reads; ``struck_cells`` are struck through as a whole.
    """

    def __init__(self) -> None:
        self.texts: dict[CellPosition, str] = {}
        self.struck: dict[CellPosition, str] = {}
        self.comments: dict[CellPosition, str] = {}
        self.struck_cells: list[CellPosition] = []
        self.failed: list[CellPosition] = []
        self.uncomputed: list[CellPosition] = []
        self.merged: list[tuple[CellPosition, CellPosition]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []

    def as_data(self, merged: Any) -> dict[str, Any]:
        """Return the marks as plain data."""
        return {
            "merged": [*merged, *self.merged],
            "struck": [(*place, text) for place, text in self.struck.items()],
            "comments": [(*place, text) for place, text in self.comments.items()],
            "failed": self.failed,
            "uncomputed": self.uncomputed,
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns,
        }

    def strike(self, place: CellPosition, runs: Iterable[TextRun]) -> None:
        """Take note of a text in which some words are struck through."""
        runs = list(runs)
        if any(struck and text.strip() for text, struck in runs):
            self.struck[place] = " … ".join(text.strip() for text, struck in runs if struck and text.strip())
            self.texts[place] = "".join(text for text, struck in runs if not struck)


def scan(source: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet by its name; raise RefusedError for what isn't a sound XLSX or ODS."""
    import zlib
    from xml.etree.ElementTree import ParseError
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(io.BytesIO(source)) as archive:
            entries = archive.infolist()
            parts = {each.filename: each for each in entries if each.filename.lower().endswith((".xml", ".rels"))}
            names = {entry.filename for entry in entries}
            if len(names) != len(entries) or not names & {"xl/workbook.xml", "content.xml"}:
                raise RefusedError(OTHER)
            if sum(entry.file_size for entry in parts.values()) > MOST_BYTES:
                raise RefusedError(TOO_LARGE)
            read = _Parts({name: archive.read(entry) for name, entry in parts.items()})
            marks = _scan_ods(read) if "content.xml" in names else _scan_xlsx(read)
            read.rest()
            return marks
    except (BadZipFile, ParseError, EOFError, NotImplementedError, OSError, RuntimeError, zlib.error) as error:
        raise RefusedError(DAMAGED) from error


_NAMED = re.compile(
    rb"<(?:\w+:)?(?:c|row|mergeCell|dimension)\s[^<>]*?\b(?:r|ref)\s*=\s*[\"']"
    rb"\$?([A-Za-z]*)\$?([0-9]+)(?::\$?([A-Za-z]+)\$?([0-9]+))?[\"']"
)
"""The names of cells in the XML of a sheet: letters and number, of the last one too."""

_MARKED = re.compile(rb"<(?:\w+:)?[fr][\s/>]|\st\s*=\s*[\"']e[\"']|hidden")
"""The XML of a sheet that may have something to mark."""


def _is_simple(source: bytes) -> bool:
    """Return whether some XML can be searched as bytes: UTF-8, with ``<`` and ``>`` only around tags."""
    head = source[:200].lower()
    utf8 = b"\0" not in source and (b"encoding" not in head or b"utf-8" in head)
    return utf8 and not re.search(b"<!|&#", source) and source.count(b"<") == source.count(b">")


class _Nothing:
    """The target of XML that is only parsed for its faults: it keeps nothing."""

    def close(self) -> None:
        """End the parse."""


class _Parts:
    """The parts of an archive; each is parsed once."""

    def __init__(self, sources: dict[str, bytes]) -> None:
        self._sources = sources

    def rest(self) -> None:
        """Parse the parts that nothing was read from, for their faults."""
        for name, source in list(self._sources.items()):
            if _is_simple(source):
                self._check(self._take(name))
                continue
            for _event, _element in self.parse(name):
                pass

    def is_unmarked(self, name: str) -> bool:
        """Return whether a sheet surely has nothing to mark: no formula, error or rich text, nothing hidden."""
        source = self._sources.get(name, b"")
        return _is_simple(source) and not _MARKED.search(source)

    def _take(self, name: str) -> bytes:
        source = self._sources.pop(name, b"<none/>")
        if b"<!DOCTYPE" in source.replace(b"\0", b""):
            raise RefusedError(DAMAGED)
        return source

    @staticmethod
    def _check(source: bytes) -> None:
        """Raise ParseError for broken XML, RefusedError for cells that span too much."""
        from xml.etree.ElementTree import XMLParser

        parser = XMLParser(target=_Nothing())
        parser.feed(source)
        parser.close()
        names = _NAMED.findall(source)
        rows = max((int(number) for name in names for number in name[1::2] if number), default=0)
        letters = {letters for name in names for letters in name[::2] if letters}
        columns = max(map(_column, map(bytes.decode, letters)), default=0)
        if rows * columns > MOST_CELLS:
            raise RefusedError(TOO_LARGE)

    def parse(self, name: str, *kept: str) -> "Iterator[tuple[str, Element]]":
        """Yield the start and the end of each element of a part, with its name without namespace.

        What an element holds is known at its end if it is one of those ``kept`` or is in one.
        Raise RefusedError where cells are named that span too much.
        """
        from xml.etree.ElementTree import iterparse

        source = self._take(name)
        ancestors: list[Element] = []
        inside = rows = columns = 0
        for event, element in iterparse(io.BytesIO(source), ("start", "end")):
            if event == "start":
                element.tag = element.tag.rpartition("}")[2]
                for row, column in _corners(element):
                    rows, columns = max(rows, row + 1), max(columns, column + 1)
                if rows * columns > MOST_CELLS:
                    raise RefusedError(TOO_LARGE)
                inside += element.tag in kept
                ancestors.append(element)
                yield event, element
                continue
            yield event, element
            ancestors.pop()
            inside -= element.tag in kept
            if ancestors and not inside:
                del ancestors[-1][:]


def _corners(element: "Element") -> Iterator[CellPosition]:
    """Yield the cells that an element of an XLSX names."""
    names = ""
    if element.tag == "c":
        names = element.get("r", "")
    elif element.tag in ("mergeCell", "dimension"):
        names = element.get("ref", "")
    elif element.tag == "row":
        yield _whole(element.get("r", "0")) - 1, -1
    for name in names.split(":"):
        place = _position(name)
        if place:
            yield place


_CELL = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,18})")


def _position(name: str) -> CellPosition | None:
    """Return the place of a cell by its name, such as ``B2``."""
    match = _CELL.fullmatch(name)
    if not match:
        return None
    return int(match[2]) - 1, _column(match[1]) - 1


def _column(letters: str) -> int:
    """Return the number of a column from 1 by its letters."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 10**18


def _is_on(value: str) -> bool:
    return value.lower() not in ("0", "false", "off", "none", "")


def _scan_xlsx(parts: _Parts) -> dict[str, Marks]:
    links = {
        each.get("Id", ""): each.get("Target", "")
        for event, each in parts.parse("xl/_rels/workbook.xml.rels")
        if event == "start" and each.tag == "Relationship"
    }
    sheets = []
    for event, each in parts.parse("xl/workbook.xml"):
        if event == "start" and each.tag == "sheet":
            link = next((value for name, value in each.items() if name.rpartition("}")[2] == "id"), "")
            sheets.append((each.get("name", ""), links.get(link, "")))
    formats = _struck_formats(parts)
    strings = dict(_struck_strings(parts))
    found = {}
    for name, target in sheets:
        part = target[1:] if target.startswith("/") else f"xl/{target}"
        unmarked = not formats and not strings and parts.is_unmarked(part)
        found[name] = Marks() if unmarked else _xlsx_marks(parts.parse(part, "c"), formats, strings)
        found[name].comments = dict(_xlsx_comments(parts, part))
    return found


def _xlsx_comments(parts: _Parts, sheet: str) -> Iterator[tuple[CellPosition, str]]:
    """Yield the comments on the cells of a sheet, with their places."""
    from posixpath import join, normpath, split

    folder, file = split(sheet)
    for event, each in parts.parse(f"{folder}/_rels/{file}.rels"):
        if event == "start" and any(value.endswith("/relationships/comments") for value in each.attrib.values()):
            name = normpath(join("/", folder, each.get("Target", "")))
            for inner, comment in parts.parse(name[1:], "comment"):
                place = _position(comment.get("ref", ""))
                if inner == "end" and comment.tag == "comment" and place:
                    yield place, "".join(text.text or "" for text in comment.iter("t"))


def _struck_formats(parts: _Parts) -> set[int]:
    """Return the numbers of the formats of cells whose font is struck through."""
    fonts: list[bool] = []
    formats: list[int] = []
    within: list[str] = []
    for event, each in parts.parse("xl/styles.xml", "font"):
        if event == "start":
            within.append(each.tag)
            if within[-2:] == ["cellXfs", "xf"]:
                formats.append(_whole(each.get("fontId", "0")))
            continue
        if within[-2:] == ["fonts", "font"]:
            fonts.append(_strikes(each))
        within.pop()
    return {number for number, font in enumerate(formats) if font < len(fonts) and fonts[font]}


def _strikes(font: "Element") -> bool:
    strike = font.find("strike")
    return strike is not None and _is_on(strike.get("val", "1"))


def _struck_strings(parts: _Parts) -> Iterator[tuple[int, list[TextRun]]]:
    """Yield the shared texts that say of some of their words whether they are struck, by their number."""
    number = 0
    for event, each in parts.parse("xl/sharedStrings.xml", "si"):
        if event == "end" and each.tag == "si":
            runs = _runs(each)
            if any(struck is not None for _text, struck in runs):
                yield number, runs
            number += 1


def _runs(text: "Element") -> list[TextRun]:
    found: list[TextRun] = []
    for each in text:
        if each.tag == "t":
            found.append((each.text or "", None))
        elif each.tag == "r":
            font = each.find("rPr")
            struck = None if font is None else _strikes(font)
            found += [(letters.text or "", struck) for letters in each.findall("t")]
    return found


def _xlsx_marks(
    elements: "Iterable[tuple[str, Element]]", formats: set[int], strings: dict[int, list[TextRun]]
) -> Marks:
    """Return the marks of a sheet; a row or a cell without a name is the next one."""
    marks = Marks()
    row = column = -1
    for event, each in elements:
        if event == "start" and each.tag == "row":
            row, column = min(_whole(each.get("r", str(row + 2))), 10**9) - 1, -1
            if _is_on(each.get("hidden", "0")):
                marks.hidden_rows.append(row)
        elif event == "start" and each.tag == "col" and _is_on(each.get("hidden", "0")):
            first, last = (min(_whole(each.get(name, "0")), MOST_CELLS) for name in ("min", "max"))
            marks.hidden_columns += range(first - 1, min(last, first + 1000))
        elif event == "end" and each.tag == "c":
            row, column = _position(each.get("r", "")) or (row, column + 1)
            _mark_cell(marks, (row, column), each, formats, strings)
    return marks


def _mark_cell(
    marks: Marks, at: CellPosition, cell: "Element", formats: set[int], strings: dict[int, list[TextRun]]
) -> None:
    kind = cell.get("t", "n")
    value = cell.findtext("v", "")
    text = cell.find("is")
    runs = strings.get(_whole(value), []) if kind == "s" else _runs(text) if text is not None else []
    struck = _whole(cell.get("s", "0")) in formats
    if kind == "e":
        marks.failed.append(at)
        marks.texts[at] = value
    elif cell.find("f") is not None and not value and kind not in ("str", "inlineStr"):
        marks.uncomputed.append(at)
    if any(run is not None for _text, run in runs):
        marks.strike(at, ((text, struck if run is None else run) for text, run in runs))
    elif struck:
        marks.struck_cells.append(at)


def _scan_ods(parts: _Parts) -> dict[str, Marks]:
    styles = OdsStyles()
    sheets: dict[str, Marks] = {}
    for event, each in parts.parse("styles.xml", "style"):
        if event == "end" and each.tag == "style":
            styles.add(each)
    table = OdsTable(Marks(), styles)
    for event, each in parts.parse("content.xml", "style", "table-row"):
        if event == "start" and each.tag == "table":
            marks = sheets.setdefault(_attributes(each).get("table:name", ""), Marks())
            table = OdsTable(marks, styles)
        elif event == "end" and each.tag == "style":
            styles.add(each)
        elif event == "end" and each.tag == "table-column":
            table.add_columns(_attributes(each))
        elif event == "end" and each.tag == "table-row":
            table.add_row(each)
    return sheets


def _attributes(element: "Element") -> dict[str, str]:
    """Return the attributes of an element of an ODS by their usual names, such as ``table:name``."""
    found = {}
    for name, value in element.items():
        space, _brace, local = name.rpartition("}")
        found[f"{space.split(':')[-2]}:{local}" if ":" in space else local] = value
    return found


class OdsStyles:
    """The styles of an ODS: whether each strikes through (or None), and the style it is made from."""

    def __init__(self) -> None:
        self._styles: dict[str, tuple[bool | None, str]] = {}

    def add(self, style: "Element") -> None:
        """Take a style in."""
        struck = None
        for each in style.iter("text-properties"):
            said = _attributes(each)
            for name in ("style:text-line-through-style", "style:text-line-through-type"):
                struck = said[name] != "none" if name in said else struck
        about = _attributes(style)
        self._styles[about.get("style:name", "")] = struck, about.get("style:parent-style-name", "")

    def strikes(self, style: str) -> bool | None:
        """Return whether a style strikes through; None where it says nothing."""
        for _step in range(10):
            struck, parent = self._styles.get(style, (None, ""))
            if struck is not None or not parent:
                return struck
            style = parent
        return None


class OdsTable:
    """A sheet of an ODS in the reading; cells and rows say how often they are repeated."""

    def __init__(self, marks: Marks, styles: OdsStyles) -> None:
        self._marks = marks
        self._styles = styles
        self._row = self._columns = self._width = 0

    def add_columns(self, about: dict[str, str]) -> None:
        """Take a column in, or several that are alike."""
        times = min(_whole(about.get("table:number-columns-repeated", "1")), 1000)
        if about.get("table:visibility", "visible") != "visible":
            self._marks.hidden_columns += range(self._columns, self._columns + times)
        self._columns += times

    def add_row(self, row: "Element") -> None:
        """Take a row in, or several that are alike; refuse a sheet that spans too much."""
        about = _attributes(row)
        times = _whole(about.get("table:number-rows-repeated", "1"))
        column = 0
        filled = False
        for cell in row:
            if cell.tag not in ("table-cell", "covered-table-cell"):
                continue
            said = _attributes(cell)
            repeated = _whole(said.get("table:number-columns-repeated", "1"))
            if any(name.startswith("office:") for name in said) or next(_paragraphs(cell), None) is not None:
                filled, self._width = True, max(self._width, column + repeated)
            self._mark(cell, said, (self._row, column))
            column += repeated
        if filled and (self._row + times) * self._width > MOST_CELLS:
            raise RefusedError(TOO_LARGE)
        if filled and about.get("table:visibility", "visible") != "visible":
            self._marks.hidden_rows += range(self._row, self._row + times)
        self._row += times

    def _mark(self, cell: "Element", said: dict[str, str], at: CellPosition) -> None:
        marks = self._marks
        rows, columns = (
            min(_whole(said.get(f"table:number-{which}-spanned", "1")), MOST_CELLS)
            for which in ("rows", "columns")
        )
        if rows > 1 or columns > 1:
            marks.merged.append((at, (at[0] + rows - 1, at[1] + columns - 1)))
        for comment in cell.iter("annotation"):
            marks.comments[at] = "\n".join("".join(each.itertext()) for each in comment.iter("p"))
        struck = bool(self._styles.strikes(said.get("table:style-name", "")))
        runs: list[tuple[str, bool]] = []
        for paragraph in _paragraphs(cell):
            runs += [("\n", struck)] if runs else []
            runs += self._runs(paragraph, struck)
        text = "".join(text for text, _struck in runs)
        if said.get("calcext:value-type") == "error" or ("table:formula" in said and _ERROR.fullmatch(text)):
            marks.failed.append(at)
            marks.texts[at] = text
        elif "table:formula" in said and "office:value-type" not in said and not text:
            marks.uncomputed.append(at)
        if text.strip() and all(struck for part, struck in runs if part.strip()):
            marks.struck_cells.append(at)
        else:
            marks.strike(at, runs)
        if said.get("office:value-type") == "string" and any(each.tag in _MISREAD for each in cell.iter()):
            marks.texts.setdefault(at, text)

    def _runs(self, text: "Element", struck: bool) -> Iterator[tuple[str, bool]]:
        yield text.text or "", struck
        for each in text:
            if each.tag == "s":
                yield " " * min(_whole(_attributes(each).get("text:c", "1")), 1000), struck
            elif each.tag in ("tab", "line-break"):
                yield " " if each.tag == "tab" else "\n", struck
            elif each.tag not in ("annotation", "p"):
                own = self._styles.strikes(_attributes(each).get("text:style-name", ""))
                yield from self._runs(each, struck if own is None else own)
            yield each.tail or "", struck


_ERROR = re.compile(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|Err:[0-9]{3}")

_MISREAD = ("annotation", "tab", "line-break")
"""What calamine takes into the text of a cell, or leaves out of it, wrongly."""


def _paragraphs(cell: "Element") -> "Iterator[Element]":
    for each in cell:
        if each.tag != "annotation":
            yield from each.iter("p")


if __name__ == "__main__":
    main()
