"""What the reader of spreadsheets says, as far as it came."""

import io
from typing import Any

import pytest
import xlsxwriter

from plancli.errors import Unavailable
from plancli.exchange.importer import workbook

ROW = ["row", "1", "a text"]


@pytest.fixture
def book() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as written:
        written.add_worksheet("Plan").write_row(0, 0, ROW[1:])
    return stream.getvalue()


def test_all_of_it_is_read(book: bytes) -> None:
    (sheet,) = workbook.read_workbook(book, "x.xlsx")
    assert (sheet.name, sheet.rows) == ("Plan", (("1", "a text"),))


@pytest.mark.parametrize(
    "lines", [[], [["sheet", "Plan"]], [["sheet", "Plan"], ROW], [["sheet", "Plan"], ROW, ["merged"]]]
)
def test_what_breaks_off_is_refused_and_not_read_in_part(
    book: bytes, monkeypatch: pytest.MonkeyPatch, lines: list[list[Any]]
) -> None:
    monkeypatch.setattr(workbook, "_answer", lambda source, folder: lines)
    with pytest.raises(Unavailable, match="its reader gave up on it"):
        workbook.read_workbook(book, "x.xlsx")
