"""What fuzzing found, each as a test: it must never come back."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fuzz import properties
from plancli.check.checker import check
from plancli.diagnostic import MOST_FINDINGS
from plancli.errors import Unavailable
from plancli.exchange.importer import import_table
from plancli.text import fold, to_nfc

pytestmark = pytest.mark.slow  # many whole runs of plancli


@pytest.mark.parametrize("source", [b"[", b"{", b" [", b"[\n[", b"\xef\xbb\xbf[", b"[\r", b"a: {"])
def test_a_bracket_at_the_end_of_a_file_has_its_place(source: bytes) -> None:
    checked = properties.hold_reading(source)
    (found,) = [each for each in checked.diagnostics if each.rule == "unclosed-bracket"]
    text, at = checked.document.text, checked.document.offset(found.span.start)
    assert text[at] in "[{"


def test_a_comma_that_is_missing_at_the_end_of_a_file() -> None:
    properties.hold_reading(b"{#]\0")


@pytest.mark.parametrize(
    "source",
    [
        b"s\n  - mber: an\r\nlanguage:\n:\r\n                pilots: ",
        b'orientations:\n\t- number: 1\n\t  title: "a\n\t- x: "b" c\n',
        b"\t\t- text: a: b\n\t\t  pilots: [a\n",
    ],
)
def test_recovery_keeps_line_numbers(source: bytes) -> None:
    properties.hold_reading(source)


BOOKS = {"x.xlsx": properties.workbook, "x.ods": properties.opendocument}
CHANGES: dict[str, Callable[[str], str]] = {
    "cut off": lambda text: text[:-9],
    "a cell in the last corner": lambda text: text.replace('r="A2"', 'r="XFD1048576"').replace(
        "<table:table-cell ", '<table:table-cell table:number-columns-repeated="16384" ', 3000
    ),
    "many rows": lambda text: text.replace('<row r="2"', '<row r="99999999"').replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="9999999">'
    ),
    "a huge number": lambda text: text.replace('<row r="2"', '<row r="99999999999999999999"').replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="99999999999999999999">'
    ),
    "entities": lambda text: re.sub(r"<\?xml.*?\?>", '<!DOCTYPE a [<!ENTITY b "c">]>', text),
}


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("change", CHANGES)
def test_a_spreadsheet_that_would_never_end_is_refused(book: str, change: str) -> None:
    source = BOOKS[book](properties.table(), CHANGES[change])
    with pytest.raises(
        Unavailable, match=rf"{book} (is too large for a table|isn't a spreadsheet that can be read)"
    ):
        import_table(source, book, title="A plan")


@pytest.mark.parametrize("book", BOOKS)
def test_a_spreadsheet_that_unpacks_to_too_much_is_refused(book: str) -> None:
    def swell(text: str) -> str:
        return text.replace("><", ">" + " " * 25_000_000 + "<", 1)

    packed = io.BytesIO()
    made = io.BytesIO(BOOKS[book](properties.table(), swell))
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
    with pytest.raises(Unavailable, match="too large"):
        import_table(packed.getvalue(), book, title="A plan")


@pytest.mark.parametrize("book", BOOKS)
def test_spreadsheets_as_they_should_be_are_read(book: str) -> None:
    assert import_table(BOOKS[book](properties.table(), str), book, title="A plan").data


TABLE = Path(__file__).parents[1] / "data" / "table.xls"


@pytest.mark.parametrize(
    ("place", "value"),
    [(2707, 0x80), (5963, 0), (3839, 1), (3842, 0x7F)],
    ids=["panic", "panic", "abort", "abort"],
)
def test_an_xls_that_breaks_its_reader_is_refused(place: int, value: int) -> None:
    source = bytearray(TABLE.read_bytes())
    assert import_table(bytes(source), "x.xls", title="A plan").data
    source[place] = value
    with pytest.raises(Unavailable, match=r"x.xls isn't a spreadsheet that can be read: its reader gave up on it"):
        import_table(bytes(source), "x.xls", title="A plan")


@pytest.mark.parametrize("at", [9, 600, 5000])
def test_an_xls_that_is_cut_off_is_refused(at: int) -> None:
    with pytest.raises(Unavailable, match=r"x.xls isn't a spreadsheet that can be read"):
        import_table(TABLE.read_bytes()[:at], "x.xls", title="A plan")


def test_the_reader_of_spreadsheets_runs_nothing_that_lies_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "io", "python_calamine", "sitecustomize", "plancli"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert import_table(TABLE.read_bytes(), "x.xls", title="A plan").data


def test_cells_that_are_merged_again_and_again_are_refused() -> None:
    merged = "<mergeCell ref='A2:A6'/>" * 50_000

    def change(text: str) -> str:
        return text.replace("</sheetData>", f"</sheetData><mergeCells>{merged}</mergeCells>")

    with pytest.raises(Unavailable, match="too large"):
        import_table(properties.workbook(properties.table(), change), "x.xlsx", title="A plan")


@pytest.mark.parametrize("marks", ["\u0301\u0323", "".join(map(chr, range(0x300, 0x345)))])
def test_marks_without_end_are_folded_without_sorting_them_all(marks: str) -> None:
    text = "é" + marks * 30_000
    assert fold(text) == "e"
    assert to_nfc(text) == text


def test_of_too_many_mistakes_the_first_are_told_and_errors_before_others() -> None:
    checked = check(b"a: 1\n" * (MOST_FINDINGS + 50), "x")
    assert len(checked.diagnostics) == MOST_FINDINGS
    assert checked.errors
    assert [each for each in checked.diagnostics if "more were found" in each.message]


def test_a_text_of_more_cells_than_a_plan_has_is_refused() -> None:
    with pytest.raises(Unavailable, match="x is too large for a table of actions"):
        import_table(b"a,b,c,d,e,f\n" * 34_000, "x", title="A plan")
