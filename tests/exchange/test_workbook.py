"""What the reader of spreadsheets says, as far as it came."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from plancli.errors import Unavailable
from plancli.exchange.importer import import_table
from plancli.exchange.importer.columns.finder import likeness
from plancli.exchange.importer.file.reader import read_tables

ROW = ["1", "a text"]


@pytest.fixture
def book() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as written:
        written.add_worksheet("Plan").write_row(0, 0, ROW)
        written.add_worksheet("Old").hide()
    return stream.getvalue()


def test_every_cell_of_a_workbook_is_read(book: bytes) -> None:
    tables = read_tables(book, "x.xlsx", likeness)
    assert [(sheet.name, sheet.rows) for sheet in tables.sheets] == [("Plan", (("1", "a text"),))]
    assert tables.hidden == ("Old",)


@pytest.mark.parametrize(
    "answer", ["", '["sheet", "Plan"]', '["sheet", "Plan"]\\n["row", "1", "a text"]', '["sheet']
)
def test_a_workbook_that_breaks_off_is_refused_whole(
    book: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\nprintf '{answer}\\n'\n")
    python.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(python))
    with pytest.raises(Unavailable, match="its reader gave up on it"):
        import_table(book, "x.xlsx")
