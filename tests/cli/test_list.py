"""``plancli list`` on the published plan: the answers that are known, the slips, the forms."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]

ALL = [*range(1, 26), *range(27, 33)]


@pytest.fixture(autouse=True)
def plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])


def numbers(plancli: Typed, *args: str) -> list[int]:
    code, out, err = plancli("list", "--format", "json", *args)
    assert (code, err) == (0, "") or out == "[]\n"
    return [action["number"] for action in json.loads(out)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ALL),
        ("--pilot DHUP", [5, 7, 14, 23, 31, 32]),
        ("-d DSJ", [3, 8, 18, 19, 20, 28, 29]),
        ("-d dsj", [3, 8, 18, 19, 20, 28, 29]),
        ("--associated DSJ", [3, 8, 18, 19, 20, 28, 29]),
        ("--pilot DSJ", []),
        ("-d DSJ -y 2022", [3, 20]),
        ("-d SAFSL", [7]),
        ("-d dgtresor", [25]),
        ("-d SAFSL,CGET", [7, 22]),
        ("-d SAFSL -d CGET", [7, 22]),
        ("--directorate=SAFSL", [7]),
        ("-dSAFSL", [7]),
        ("-t prefets", [1]),
        ("-t CCAPEX", [4, 5, 6, 7, 8, 9, 12, 19, 25, 32]),
        ("-t d’huissiers", [20]),
        ("--orientation 3 -p 2", [22, 24, 25, 30]),
        ("--measure 9", [31, 32]),
        ("--measure 8,9", [28, 29, 30, 31, 32]),
        ("-p 1 --calendar 2022", [23]),
    ],
)
def test_list_answers_each_filter(plancli: Typed, typed: str, found: list[int]) -> None:
    assert numbers(plancli, *typed.split()) == found


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("-p 1 --calendar 2021", 15),
        ("-p 1 -y 2021", 20),
        ("-y 2021", 22),
        ("-y 2022", 16),
        ("-y 2021,2022", 31),
        ("--calendar 2021", 15),
        ("--calendar 2022", 9),
        ("--calendar 2021-2022", 7),
        ("-p 1", 21),
        ("-p 2", 10),
        ("-d DIHAL", 31),
        ("--pilot DIHAL", 30),
    ],
)
def test_list_counts_each_filter(plancli: Typed, typed: str, count: int) -> None:
    assert len(numbers(plancli, *typed.split())) == count


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("-d DHPU", "unknown directorate DHPU. Did you mean DHUP?\nCodes: plancli directorates"),
        ("-p DHUP", "DHUP is a directorate, not a priority (1, 2). Did you mean -d DHUP?"),
        (
            "-y 2021-2022",
            "2021-2022 is a calendar, not a year (2021, 2022). Did you mean --calendar 2021-2022?",
        ),
        ("-d DSJ DACS", "unexpected DACS. For several values: -d DSJ,DACS"),
        ("-d DSJ, DACS", "unexpected DACS. For several values: -d DSJ,DACS"),
        ("-d DSJ DSJ", "unexpected DSJ. For several values: -d DSJ,DSJ"),
        ("-t impayés locatifs", "unexpected locatifs. For several words: -t 'impayés locatifs'"),
        ("DSJ", "unexpected DSJ. Did you mean -d DSJ?"),
        ("dsj", "unexpected dsj. Did you mean -d DSJ?"),
        ("justice", "unexpected justice. Did you mean --ministry Justice?"),
        ("pilote=DSJ", "unexpected pilote=DSJ. Did you mean --pilot DSJ?"),
        ("priority=1", "unexpected priority=1. Did you mean --priority 1?"),
        ("priorité 1", "unexpected priorité. Did you mean --priority?"),
        ("9", "unexpected 9. Did you mean plancli show 9?"),
        ("2022", "unexpected 2022. Did you mean -y 2022?"),
        ("ccapex", "unexpected ccapex. Did you mean -t ccapex?"),
        ("full", "unexpected full. Did you mean --full?"),
        ("-m 4", "no option -m. Did you mean --measure?"),
        ("--pilote DSJ", "no option --pilote. Did you mean --pilot? Commands and options are English."),
        ("--année 2022", "no option --année. Did you mean --year? Commands and options are English."),
        ("--directorat DSJ", "no option --directorat. Did you mean --directorate?\nSee plancli list --help"),
        ("-pilot DSJ", "no option -pilot. Did you mean --pilot?"),
        ("-d", "-d needs a value"),
        ("--full=yes", "--full takes no value"),
        ("--format xlsx", "no format xlsx\nFormats: table, csv, json, markdown"),
        ("--format jsno", "no format jsno. Did you mean json?\nFormats: table, csv, json, markdown"),
    ],
)
def test_list_refuses_unknown_values_with_a_suggestion(plancli: Typed, typed: str, told: str) -> None:
    assert plancli("list", *typed.split()) == (2, "", f"plancli: {told}\n")


def test_a_french_command_with_a_french_option(plancli: Typed) -> None:
    told = "plancli: no command liste. Did you mean list? Commands and options are English.\n"
    assert plancli("liste", "--pilote", "DSJ") == (2, "", told)


def test_an_empty_answer_is_exit_code_0_and_names_the_filter(plancli: Typed) -> None:
    code, out, err = plancli("list", "-d", "SAFSL", "-y", "2022")
    assert code == 0
    assert len(out.splitlines()) == 1
    assert err == "0 of 31 actions · -d SAFSL alone: 1 (7) · -y 2022 alone: 16 · together: none\n"


def test_a_piped_list_has_one_line_for_each_action(plancli: Typed) -> None:
    code, out, err = plancli("list")
    assert code == 0
    assert len(out.splitlines()) == 32
    assert err == "31 actions\n"
    assert "…" not in out


def test_json_has_the_keys_of_the_contract(plancli: Typed) -> None:
    [action] = json.loads(plancli("list", "--format", "json", "--measure", "2", "-t", "relogement").out)
    text = action.pop("text")
    assert text.startswith("Renforcer les effectifs en charge du relogement")
    assert action == {
        "number": 4,
        "orientation": 1,
        "measure": 2,
        "pilots": ["DIHAL"],
        "associated": ["DB", "DMAT"],
        "years": [2021],
        "priority": 1,
    }


def test_csv_has_the_same_columns(plancli: Typed) -> None:
    rows = list(csv.DictReader(StringIO(plancli("list", "--format", "csv", "-d", "SAFSL").out)))
    assert [list(row) for row in rows] == [
        ["number", "orientation", "measure", "text", "pilots", "associated", "years", "priority"]
    ]
    assert (rows[0]["pilots"], rows[0]["associated"], rows[0]["years"]) == ("DHUP|SAFSL", "DIHAL|DSS", "2021")


def test_list_columns_and_sort(plancli: Typed) -> None:
    out = plancli("list", "--columns", "number,priority", "--sort", "-priority,number", "--format", "csv").out
    rows = list(csv.reader(StringIO(out)))
    assert rows[0] == ["number", "priority"]
    assert rows[1:3] == [["3", "2"], ["5", "2"]]
    assert rows[-1] == ["32", "1"]


def test_output_writes_the_whole_answer_to_a_file(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "actions.json"
    file.write_text("old")
    file.chmod(0o640)
    code, out, _err = plancli("list", "-d", "SAFSL", "--format", "json", "--output", str(file))
    assert (code, out) == (0, "")
    assert [action["number"] for action in json.loads(file.read_text("utf-8"))] == [7]
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_output_does_not_overwrite_a_plan(plancli: Typed, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("precious")
    code, out, err = plancli("list", "--output", str(plan))
    assert (code, out) == (2, "")
    assert err.startswith(f"plancli: refusing to overwrite the plan {plan}\n")
    assert plan.read_text() == "precious"


@pytest.mark.parametrize("place", ["missing/actions.json", "."])
def test_output_that_cannot_be_written_is_exit_code_3(plancli: Typed, tmp_path: Path, place: str) -> None:
    code, out, err = plancli("list", "--output", str(tmp_path / place))
    assert (code, out) == (3, "")
    assert err.startswith(f"plancli: can't write {tmp_path / place}: ")


def test_no_plan_is_exit_code_3(plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = plancli("list")
    assert (code, out) == (3, "")
    assert "--plan" in err


def test_the_plan_is_found_from_a_folder_below(plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent)
    assert numbers(plancli, "-d", "SAFSL") == [7]
