"""A program of its own: a spreadsheet on its standard input, its visible sheets on its standard output.

The reader of spreadsheets, python-calamine, is native code. Some files make it panic, ask for all the memory
there is or never end, and nothing in the same process could stop it then. Here it has bounds, and what becomes of
it is an exit code. The program is run by its path and imports nothing of plancli. Its argument is the folder of
python-calamine.

Before that, one pass over the XML of an XLSX or ODS refuses what is broken or too large, and finds what calamine
doesn't tell: words that are struck through, formulas that failed or have no value, hidden rows and columns.

Each line of the answer is JSON: ``["sheet", name]``, then its ``["row", cell, …]`` as text and its
``["marks", {…}]`` (places from 0: ``merged``, ``struck``, ``failed``, ``uncomputed``, ``hidden_rows``,
``hidden_columns``);
``["hidden-sheet", name]``; or ``["refused", reason]``; at the end ``["end"]``.
"""

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

MOST_MEMORY = 200_000_000
MOST_SECONDS = 4
MOST_CHARACTERS = 20_000_000
"""What a process may take of memory (address space) and of processor time, and how much text it may answer."""

MOST_BYTES = 16_000_000
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
    import io

    import python_calamine as calamine

    try:
        marks = scan(source) if source.startswith(b"PK") else {}
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(source))
        for each in workbook.sheets_metadata:
            if each.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if each.visible == calamine.SheetVisibleEnum.Visible:
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
    changed: dict[int, dict[int, str]] = {}
    for (row, column), text in marks.texts.items():
        changed.setdefault(row, {})[column] = text
    whole: dict[int, list[int]] = {}
    for row, column in marks.struck_cells:
        whole.setdefault(row, []).append(column)
    number = -1
    for number, cells in enumerate(sheet.iter_rows()):
        texts = [*[""] * left, *map(_text, cells)]
        for column in whole.get(number, ()):
            if column < len(texts) and texts[column]:
                marks.struck[number, column], texts[column] = texts[column], ""
        yield _line("row", *_changed(texts, changed.pop(number, {})))
    for below in range(number + 1, max(changed, default=-1) + 1):
        yield _line("row", *_changed([], changed.get(below, {})))
    yield _line("marks", marks.told(sheet.merged_cell_ranges or ()))


def _changed(row: list[str], texts: dict[int, str]) -> list[str]:
    for column, text in sorted(texts.items()):
        row += [""] * (column + 1 - len(row))
        row[column] = text
    return row


def _text(cell: object) -> str:
    """Return a cell as it would be typed: whole numbers without decimals."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _line(*told: object) -> str:
    import json

    return json.dumps(told, ensure_ascii=False) + "\n"


Position = tuple[int, int]
"""A row and a column, from 0."""


class Marks:
    """What the XML of a sheet says beside its values.

    ``texts`` take the place of what calamine reads; ``struck_cells`` are struck through as a whole.
    """

    def __init__(self) -> None:
        self.texts: dict[Position, str] = {}
        self.struck: dict[Position, str] = {}
        self.struck_cells: list[Position] = []
        self.failed: list[Position] = []
        self.uncomputed: list[Position] = []
        self.merged: list[tuple[Position, Position]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []

    def told(self, merged: Any) -> dict[str, Any]:
        """Return the marks as plain data."""
        return {
            "merged": [*merged, *self.merged],
            "struck": [(*place, text) for place, text in self.struck.items()],
            "failed": self.failed,
            "uncomputed": self.uncomputed,
            "hidden_rows": self.hidden_rows,
            "hidden_columns": self.hidden_columns,
        }

    def part(self, place: Position, runs: list[tuple[str, bool]]) -> None:
        """Take note of a text in which some words are struck through."""
        if any(struck and text.strip() for text, struck in runs):
            self.struck[place] = " … ".join(text.strip() for text, struck in runs if struck and text.strip())
            self.texts[place] = "".join(text for text, struck in runs if not struck)


class XmlPart:
    """A part of an archive, read element by element; names are without their prefix."""

    def parse(self, read: Callable[[int], bytes]) -> None:
        """Read a part to its end."""
        from xml.parsers.expat import ParserCreate

        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.data
        parser.StartDoctypeDeclHandler = self._refuse
        while piece := read(65536):
            parser.Parse(piece, False)
            self.check()
        parser.Parse(b"", True)
        self.check()

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self.begin(tag.rpartition(":")[2], attributes)

    def _end(self, tag: str) -> None:
        self.end(tag.rpartition(":")[2])

    def _refuse(self, *declared: object) -> None:
        raise RefusedError(DAMAGED)

    def begin(self, tag: str, attributes: dict[str, Any]) -> None:
        """Take account of an element that begins."""

    def end(self, tag: str) -> None:
        """Take account of an element that ends."""

    def data(self, text: str) -> None:
        """Take account of text."""

    def check(self) -> None:
        """Raise RefusedError where it is too much."""


Parse = Callable[[str, XmlPart], None]


def scan(source: bytes) -> dict[str, Marks]:
    """Return the marks of each sheet by its name; raise RefusedError for what isn't a sound XLSX or ODS."""
    import io
    import zlib
    from xml.parsers.expat import ExpatError
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(io.BytesIO(source)) as archive:
            entries = archive.infolist()
            parts = [entry.filename for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
            names = {entry.filename for entry in entries}
            if len(names) != len(entries) or not names & {"xl/workbook.xml", "content.xml"}:
                raise RefusedError(OTHER)
            if sum(entry.file_size for entry in entries if entry.filename in set(parts)) > MOST_BYTES:
                raise RefusedError(TOO_LARGE)

            def parse(part: str, handler: XmlPart) -> None:
                if part in parts:
                    parts.remove(part)
                    with archive.open(part) as opened:
                        handler.parse(opened.read)

            marks = _scan_ods(parse) if "content.xml" in names else _scan_xlsx(parse)
            for part in list(parts):
                parse(part, Extent())
            return marks
    except (BadZipFile, ExpatError, EOFError, NotImplementedError, OSError, RuntimeError, zlib.error) as error:
        raise RefusedError(DAMAGED) from error


def _scan_xlsx(parse: Parse) -> dict[str, Marks]:
    book, links, styles, strings = XlsxBook(), XlsxLinks(), XlsxStyles(), XlsxStrings()
    parse("xl/workbook.xml", book)
    parse("xl/_rels/workbook.xml.rels", links)
    parse("xl/styles.xml", styles)
    parse("xl/sharedStrings.xml", strings)
    found = {}
    for name, link in book.sheets:
        sheet = XlsxSheet(styles.struck, strings.struck)
        target = links.targets.get(link, "")
        parse(target[1:] if target.startswith("/") else f"xl/{target}", sheet)
        found[name] = sheet.marks
    return found


def _scan_ods(parse: Parse) -> dict[str, Marks]:
    styles = OdsStyles({})
    parse("styles.xml", styles)
    content = OdsContent(styles.styles)
    parse("content.xml", content)
    return content.sheets


class Extent(XmlPart):
    """How many cells the sheets of a part span: XLSX names each cell, ODS counts how often one is repeated."""

    def __init__(self) -> None:
        self.cells = 0
        self.row = self.column = 0

    def begin(self, tag: str, attributes: dict[str, Any]) -> None:
        """Measure where a cell is said to be."""
        if tag == "c":
            self.reach(attributes.get("r", ""))
        elif tag in ("mergeCell", "dimension"):
            for corner in attributes.get("ref", "").split(":"):
                self.reach(corner)
        elif tag == "row":
            self.row = max(self.row, _whole(attributes.get("r", "0")))
            self.cells = max(self.cells, self.row * self.column)

    def reach(self, cell: str) -> Position | None:
        """Take account of a cell by its name, and return its place."""
        match = _CELL.fullmatch(cell)
        if not match:
            return None
        column = 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - 64
        row = int(match[2])
        self.column, self.row = max(self.column, column), max(self.row, row)
        self.cells = max(self.cells, self.row * self.column)
        return row - 1, column - 1

    def check(self) -> None:
        """Refuse a sheet that spans too much."""
        if self.cells > MOST_CELLS:
            raise RefusedError(TOO_LARGE)


_CELL = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,18})")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 10**18


def _is_on(attributes: dict[str, str], name: str = "val") -> bool:
    return attributes.get(name, "1" if name == "val" else "0").lower() not in ("0", "false", "off", "none", "")


class XlsxBook(XmlPart):
    """The sheets of a workbook, each with the link to its part."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Note a sheet."""
        if tag == "sheet":
            link = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), link))


class XlsxLinks(XmlPart):
    """Where the parts of a workbook are."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Note a part."""
        if tag == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class XlsxStyles(XmlPart):
    """The formats of cells whose font is struck through, by their number."""

    def __init__(self) -> None:
        self.struck: set[int] = set()
        self._within: list[str] = []
        self._fonts: list[bool] = []
        self._formats = 0

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Note a font or a format."""
        within = self._within[-1] if self._within else ""
        if tag == "font" and within == "fonts":
            self._fonts.append(False)
        elif tag == "strike" and self._within[-2:] == ["fonts", "font"]:
            self._fonts[-1] = _is_on(attributes)
        elif tag == "xf" and within == "cellXfs":
            font = _whole(attributes.get("fontId", "0"))
            if font < len(self._fonts) and self._fonts[font]:
                self.struck.add(self._formats)
            self._formats += 1
        self._within.append(tag)

    def end(self, tag: str) -> None:
        """Leave an element."""
        self._within.pop()


class XlsxText(Extent):
    """A text in runs, each struck through, not struck, or (None) as its cell is."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[tuple[str, bool | None]] = []
        self._struck: bool | None = None
        self._letters: list[str] | None = None
        self._sound = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a run."""
        if tag == "r":
            self._struck = None
        elif tag == "rPr":
            self._struck = False
        elif tag == "strike":
            self._struck = _is_on(attributes)
        elif tag == "rPh":
            self._sound = True
        elif tag == "t" and not self._sound:
            self._letters = []

    def end(self, tag: str) -> None:
        """End a run."""
        if tag == "t" and self._letters is not None:
            self.runs.append(("".join(self._letters), self._struck))
            self._letters = None
        elif tag == "rPh":
            self._sound = False
        elif tag == "r":
            self._struck = None

    def data(self, text: str) -> None:
        """Take the letters of a run."""
        if self._letters is not None:
            self._letters.append(text)


class XlsxStrings(XlsxText):
    """The shared texts that have a struck run, by their number."""

    def __init__(self) -> None:
        super().__init__()
        self.struck: dict[int, list[tuple[str, bool | None]]] = {}
        self._number = 0

    def end(self, tag: str) -> None:
        """End a text."""
        super().end(tag)
        if tag == "si":
            if any(struck is not None for _text, struck in self.runs):
                self.struck[self._number] = self.runs
            self.runs = []
            self._number += 1


class XlsxSheet(XlsxText):
    """The marks of a sheet of an XLSX."""

    def __init__(self, struck_formats: set[int], strings: dict[int, list[tuple[str, bool | None]]]) -> None:
        super().__init__()
        self.marks = Marks()
        self._formats = struck_formats
        self._strings = strings
        self._at: Position = (-1, -1)
        self._cell: dict[str, str] = {}
        self._formula = False
        self._value: list[str] | None = None

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell or what stands in one."""
        if tag == "c":
            place = self.reach(attributes.get("r", ""))
            self._at = place or (self._at[0], self._at[1] + 1)
            self._cell, self._formula, self._value = attributes, False, None
            self.runs = []
        elif tag == "row":
            Extent.begin(self, tag, attributes)
            named = attributes.get("r")
            self._at = (min(_whole(named), 10**9) - 1 if named else self._at[0] + 1, -1)
            if _is_on(attributes, "hidden"):
                self.marks.hidden_rows.append(self._at[0])
        elif tag == "f":
            self._formula = True
        elif tag == "v":
            self._value = []
        elif tag == "col" and _is_on(attributes, "hidden"):
            first, last = (min(_whole(attributes.get(name, "0")), MOST_CELLS) for name in ("min", "max"))
            self.marks.hidden_columns += range(first - 1, min(last, first + 1000))
        else:
            Extent.begin(self, tag, attributes)
            super().begin(tag, attributes)

    def data(self, text: str) -> None:
        """Take the letters of a value or of a text."""
        if self._value is not None:
            self._value.append(text)
        super().data(text)

    def end(self, tag: str) -> None:
        """End a cell."""
        super().end(tag)
        if tag != "c":
            return
        kind = self._cell.get("t", "n")
        value = "".join(self._value or ())
        self._value = None
        struck = bool(self._formats) and _whole(self._cell.get("s", "0")) in self._formats
        runs = self._strings.get(_whole(value), []) if kind == "s" else self.runs
        if kind == "e":
            self.marks.failed.append(self._at)
            self.marks.texts[self._at] = value
        elif self._formula and not value and kind not in ("str", "inlineStr"):
            self.marks.uncomputed.append(self._at)
        if any(run is not None for _text, run in runs):
            self.marks.part(self._at, [(text, struck if run is None else run) for text, run in runs])
        elif struck:
            self.marks.struck_cells.append(self._at)


class OdsStyles(XmlPart):
    """The styles of an ODS: whether each strikes through (or None), and the style it is made from."""

    def __init__(self, styles: dict[str, tuple[bool | None, str]]) -> None:
        self.styles = dict(styles)
        self._style = ""

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Note a style."""
        if tag == "style":
            self._style = attributes.get("style:name", "")
            self.styles[self._style] = (None, attributes.get("style:parent-style-name", ""))
        elif tag == "text-properties" and self._style:
            for name in ("style:text-line-through-style", "style:text-line-through-type"):
                if name in attributes:
                    self.styles[self._style] = (attributes[name] != "none", self.styles[self._style][1])

    def end(self, tag: str) -> None:
        """Leave a style."""
        if tag == "style":
            self._style = ""

    def strikes(self, style: str) -> bool | None:
        """Return whether a style strikes through; None where it says nothing."""
        for _step in range(10):
            struck, parent = self.styles.get(style, (None, ""))
            if struck is not None or not parent:
                return struck
            style = parent
        return None


class OdsContent(OdsStyles):
    """The sheets of an ODS."""

    def __init__(self, styles: dict[str, tuple[bool | None, str]]) -> None:
        super().__init__(styles)
        self.sheets: dict[str, Marks] = {}
        self.marks = Marks()
        self.cells = 0
        self._row = self._column = self._columns = self._width = self._times = self._repeated = 0
        self._filled = self._hidden = False
        self._cell: dict[str, str] | None = None
        self._runs: list[tuple[str, bool]] = []
        self._spans: list[bool | None] = []
        self._paragraphs = self._notes = 0
        self._odd = False

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a table, a row, a cell or what stands in one."""
        super().begin(tag, attributes)
        if tag == "table":
            self.marks = self.sheets.setdefault(attributes.get("table:name", ""), Marks())
            self._row = self._columns = self._width = 0
        elif tag == "table-column":
            times = min(_whole(attributes.get("table:number-columns-repeated", "1")), 1000)
            if attributes.get("table:visibility", "visible") != "visible":
                self.marks.hidden_columns += range(self._columns, self._columns + times)
            self._columns += times
        elif tag == "table-row":
            self._times = _whole(attributes.get("table:number-rows-repeated", "1"))
            self._hidden = attributes.get("table:visibility", "visible") != "visible"
            self._column, self._filled = 0, False
        elif tag in ("table-cell", "covered-table-cell"):
            self._begin_cell(attributes)
        elif tag == "annotation":
            self._notes += 1
            self._odd = True
        elif self._cell is not None and not self._notes:
            self._begin_text(tag, attributes)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._repeated = _whole(attributes.get("table:number-columns-repeated", "1"))
        self._runs, self._spans, self._paragraphs, self._odd = [], [], 0, False
        if any(name.startswith("office:") for name in attributes):
            self._fill()
        rows, columns = (
            min(_whole(attributes.get(f"table:number-{which}-spanned", "1")), MOST_CELLS)
            for which in ("rows", "columns")
        )
        if rows > 1 or columns > 1:
            self.marks.merged.append(
                ((self._row, self._column), (self._row + rows - 1, self._column + columns - 1))
            )

    def _fill(self) -> None:
        self._filled = True
        self._width = max(self._width, self._column + self._repeated)
        self.cells = max(self.cells, (self._row + self._times) * self._width)

    def _begin_text(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "p":
            self._fill()
            self._add("\n" if self._paragraphs else "")
            self._paragraphs += 1
        elif tag == "span":
            self._spans.append(self.strikes(attributes.get("text:style-name", "")))
        elif tag == "s":
            self._add(" " * min(_whole(attributes.get("text:c", "1")), 1000))
        elif tag in ("tab", "line-break"):
            self._odd = True
            self._add(" " if tag == "tab" else "\n")

    def _add(self, text: str) -> None:
        struck = next((each for each in reversed(self._spans) if each is not None), None)
        if struck is None:
            struck = bool(self.strikes((self._cell or {}).get("table:style-name", "")))
        self._runs.append((text, struck))

    def data(self, text: str) -> None:
        """Take the letters of a paragraph."""
        if self._cell is not None and self._paragraphs and not self._notes:
            self._add(text)

    def end(self, tag: str) -> None:
        """End a row, a cell or what stands in one."""
        super().end(tag)
        if tag == "table-row":
            if self._hidden and self._filled:
                self.marks.hidden_rows += range(self._row, self._row + min(self._times, MOST_CELLS))
            self._row += self._times
        elif tag in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
            self._column += self._repeated
        elif tag == "annotation":
            self._notes -= 1
        elif tag == "span" and self._spans and not self._notes:
            self._spans.pop()

    def _end_cell(self, cell: dict[str, str]) -> None:
        at = (self._row, self._column)
        text = "".join(text for text, _struck in self._runs)
        if cell.get("calcext:value-type") == "error" or (
            "table:formula" in cell
            and re.fullmatch(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)|Err:[0-9]{3}", text)
        ):
            self.marks.failed.append(at)
            self.marks.texts[at] = text
        elif "table:formula" in cell and "office:value-type" not in cell and not text:
            self.marks.uncomputed.append(at)
        if all(struck for part, struck in self._runs if part.strip()) and text.strip():
            self.marks.struck_cells.append(at)
        else:
            self.marks.part(at, self._runs)
        if self._odd and at not in self.marks.struck and cell.get("office:value-type") == "string":
            self.marks.texts.setdefault(at, text)

    def check(self) -> None:
        """Refuse a sheet that spans too much."""
        if self.cells > MOST_CELLS:
            raise RefusedError(TOO_LARGE)


if __name__ == "__main__":
    main()
