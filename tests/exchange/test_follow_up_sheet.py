"""The sheet of a workbook on which a plan is followed up, out and back."""

import datetime
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[2]
CLIMATE = (ROOT / "examples" / "climate.yaml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plancli: Typed) -> Path:
    """Return a folder with a plan, and the workbook that was made of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_bytes(CLIMATE.encode())
    assert plancli("export", "plan.xlsx", "--on", "2025-09-30").code == 0
    return tmp_path


def came(folder: Path) -> list[str]:
    lines = unified_diff(CLIMATE.splitlines(), (folder / "plan.yaml").read_text("utf-8").splitlines(), n=0)
    return [line.strip() for line in lines if line.startswith(("+ ", "- "))]


def test_where_each_action_stands_without_a_formula(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "plan.xlsx")["Suivi"]
    rows = list(sheet.iter_rows(min_row=4, max_col=9, values_only=True))
    assert rows[0][4:] == ("Statut", "Depuis", "Pourcentage", "Fin", "Retard")
    assert rows[2][:2] == (2, "BAT-02")
    assert rows[2][4:6] == ("en cours", datetime.datetime(2025, 3, 14))
    assert rows[2][6:] == (70, datetime.datetime(2025, 6, 30), "en retard")
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_what_is_typed_for_the_next_report_comes_back(plancli: Typed, folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    book["Suivi"].cell(7, 10).value = "realise"
    book["Suivi"].cell(7, 11).value = 100
    book["Suivi"].cell(7, 12).value = "Livré."
    book.save(folder / "back.xlsx")
    assert plancli("import", "back.xlsx", "--into", "plan.yaml").code == 0
    _progress, date, *rest = came(folder)
    assert date.startswith('+                  - date: "')
    assert [line.lstrip("+ ") for line in rest] == ["status: réalisé", "percent: 100", "note: Livré."]


def test_a_workbook_that_comes_back_twice_reports_once(plancli: Typed, folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    book["Suivi"].cell(7, 10).value = "réalisé"
    book["Suivi"].cell(7, 12).value = "Livré."
    book.save(folder / "back.xlsx")
    assert plancli("import", "back.xlsx", "--into", "plan.yaml", "--date", "2025-10-02").code == 0
    once = came(folder)
    again = plancli("import", "back.xlsx", "--into", "plan.yaml", "--date", "2025-11-03")
    assert (again.code, came(folder)) == (0, once)
    told = "Suivi, row 7, column J: this report was taken in before, on 2025-10-02, and isn't taken again"
    assert told in again.err


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (10, "realisse", "Suivi, row 7, column J: unknown status realisse. Did you mean réalisé?"),
        (11, "beaucoup", "no percentage"),
        (11, 1, "“1” is 1 % or 100 %: write 1 % or 100"),
    ],
)
def test_import_refuses_impossible_values_of_the_follow_up_sheet(
    plancli: Typed, folder: Path, column: int, value: object, said: str
) -> None:
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    book["Suivi"].cell(7, column).value = value
    book.save(folder / "back.xlsx")
    answer = plancli("import", "back.xlsx", "--into", "plan.yaml")
    assert answer.code != 0
    assert said in answer.err
    assert came(folder) == []


def test_a_workbook_that_comes_back_untouched_changes_nothing(plancli: Typed, folder: Path) -> None:
    assert plancli("import", "plan.xlsx", "--into", "plan.yaml").code == 0
    assert came(folder) == []


@pytest.mark.parametrize(("column", "value", "shown"), [(5, "réalisé", "réalisé · 70"), (7, 90, "en cours · 90")])
def test_what_is_typed_over_the_last_report_is_refused(
    plancli: Typed, folder: Path, column: int, value: Any, shown: str
) -> None:
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    book["Suivi"].cell(6, column).value = value
    book.save(folder / "back.xlsx")
    code, _out, err = plancli("import", "back.xlsx", "--into", "plan.yaml")
    assert (code, came(folder)) == (1, [])
    assert f"Suivi, row 6, column E: “{shown}” stands where the last report is shown, and isn't taken" in err
    assert "Type a new status or percentage into the columns for it, at the end of the row" in err


def test_a_status_that_was_corrected_in_the_plan_since_may_stand_in_the_workbook(
    plancli: Typed, folder: Path
) -> None:
    corrected = CLIMATE.replace("status: en cours", "status: suspendu")
    (folder / "plan.yaml").write_bytes(corrected.encode())
    assert plancli("import", "plan.xlsx", "--into", "plan.yaml").code == 0
    assert (folder / "plan.yaml").read_text("utf-8") == corrected
