"""``plancli export --each``: a file for each directorate to fill in, and all of them taken back at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with the published plan in it."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "plan.yaml"
    file.write_text((ROOT / "data" / "plan.yaml").read_text("utf-8"), "utf-8")
    return file


def test_a_workbook_for_each_pilot(plancli: Typed, tmp_path: Path) -> None:
    answer = plancli("export", "out/", "--each", "pilot")
    assert (answer.code, answer.out) == (0, "")
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "DHUP.xlsx",
        "DIHAL.xlsx",
        "DMAT.xlsx",
        "SAFSL.xlsx",
    ]
    book = openpyxl.load_workbook(tmp_path / "out" / "DHUP.xlsx")
    rows = list(book.worksheets[0].iter_rows(min_row=5, values_only=True))
    assert [row[0] for row in rows if isinstance(row[0], int)] == [5, 7, 14, 23, 31, 32]
    assert "out/DHUP.xlsx: 6 of 31 actions · piloted by DHUP" in answer.err.splitlines()


def test_all_of_them_come_back_at_once_and_change_no_byte(plancli: Typed, plan: Path, tmp_path: Path) -> None:
    before = plan.read_bytes()
    assert plancli("export", "out/", "--each", "directorate").code == 0
    files = sorted(map(str, (tmp_path / "out").glob("*.xlsx")))
    assert plancli("import", *files, "--into", "plan.yaml").code == 0
    assert plan.read_bytes() == before


def test_another_ending_is_a_file_beside_it_for_each_value(plancli: Typed, tmp_path: Path) -> None:
    assert plancli("export", "year.md", "--each", "year", "--measure", "1").code == 0
    assert sorted(each.name for each in tmp_path.glob("*.md")) == ["year-2021.md", "year-2022.md"]
    assert "## Orientation 1" in (tmp_path / "year-2022.md").read_text("utf-8")


def test_a_value_leads_to_no_other_folder(plancli: Typed, plan: Path, tmp_path: Path) -> None:
    text = plan.read_text("utf-8").replace("SAFSL", "../../SAF/SL").replace("DMAT", "..")
    plan.write_text(text.replace("  ..:", '  "..":').replace("  ../../SAF/SL:", '  "../../SAF/SL":'), "utf-8")
    answer = plancli("export", "out/", "--each", "pilot")
    assert answer.code == 0, answer.err
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "-..-SAF-SL.xlsx",
        "-.xlsx",
        "DHUP.xlsx",
        "DIHAL.xlsx",
    ]
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".xlsx"] == []


def test_slips_say_what_there_is(plancli: Typed) -> None:
    answer = plancli("export", "out/", "--each", "pilote")
    assert (answer.code, "pilot?" in answer.err) == (2, True)
    assert plancli("export", "out.doc", "--each", "pilot").code == 2
