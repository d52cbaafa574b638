"""``progress``: where things stand on a day, and what a time brought."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
PLAN = ("--plan", str(ROOT / "examples" / "climate.yaml"))
DAY = ("--on", "2025-09-30")
TIME = ("--since", "2025-01", "--until", "2025-06")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize(("name", "typed"), [("progress", DAY), ("period", TIME)])
def test_progress_on_a_terminal(
    plancli: Typed, name: str, typed: tuple[str, ...], columns: int, language: str, request: pytest.FixtureRequest
) -> None:
    answer = plancli("progress", *typed, columns=columns, PLANCLI_LANG=language, PLANCLI_PLAN=PLAN[1])
    file = GOLDEN / f"{name}-{language}-{columns}.txt"
    if request.config.getoption("--update-golden"):
        file.write_text(answer.out, "utf-8")
    assert answer.out == file.read_text("utf-8")
    assert max(map(len, answer.lines)) <= columns


@pytest.mark.parametrize("name", ["markdown", "csv", "json"])
def test_progress_of_a_period_in_each_format(plancli: Typed, name: str, request: pytest.FixtureRequest) -> None:
    answer = plancli("progress", *PLAN, *TIME, "--format", name)
    file = GOLDEN / f"period.{name}"
    if request.config.getoption("--update-golden"):
        file.write_bytes(answer.out.encode())
    assert answer.out.encode() == file.read_bytes()


def data(plancli: Typed, *typed: str) -> Any:
    return json.loads(plancli("progress", *PLAN, *typed, "--format", "json").out)


def test_progress_on_any_day(plancli: Typed) -> None:
    before = data(plancli, "--on", "2024-01-01")
    assert (before["on"], before["entries"], len(before["never_reported"])) == ("2024-01-01", [], 32)
    assert before["statuses"][-1] == {"status": None, "actions": 32, "late": 0}
    after = data(plancli, "--on", "2024")
    assert after["on"] == "2024-12-31"
    assert all(entry["date"] <= "2024-12-31" for entry in after["entries"])
    later = data(plancli, "--on", "2040-01-01")
    assert len(later["late"]) > len(data(plancli, *DAY)["late"])
    assert all(each["end"] < "2040-01-01" for each in later["late"])


def test_progress_counts_each_action_once(plancli: Typed) -> None:
    whole = data(plancli, *DAY)
    assert whole["total"] == 32 == sum(each["actions"] for each in whole["statuses"])
    assert sum(each["actions"] for each in whole["groups"] if "." not in str(each["path"])) == 32
    assert [each["code"] for each in whole["late"]] == ["BAT-02", "MOB-02", "MOB-03", "ALI-02", "ADA-06"]
    assert len(whole["silent"]) == 15
    assert len(data(plancli, *DAY, "--silent", "30")["silent"]) > 15
    assert [each["directorate"] for each in whole["directorates"]][-1] is None, "nobody yet"


def test_filters_choose_actions(plancli: Typed) -> None:
    one = data(plancli, *DAY, "--pilot", "DPB")
    assert one["total"] == 8
    assert [each["code"] for each in one["late"]] == ["BAT-02"]
    answer = plancli("progress", *PLAN, *DAY, "--pilot", "DPB", columns=80)
    assert "8 of 32 actions" in answer.out
    assert "piloted by DPB" in answer.out


def test_progress_since_a_day(plancli: Typed) -> None:
    told = data(plancli, *TIME)
    assert (told["since"], told["until"]) == ("2025-01-01", "2025-06-30")
    assert [each["code"] for each in told["closed"]] == ["LOG-01", "ENR-02"]
    assert [each["code"] for each in told["slipped"]] == ["BAT-02", "ADA-06"]
    assert {entry["date"][:4] for entry in told["entries"]} == {"2025"}
    rows = list(csv.DictReader(io.StringIO(plancli("progress", *PLAN, *TIME, "--format", "csv").out)))
    assert [(int(row["number"]), row["date"]) for row in rows] == [
        (each["number"], each["date"]) for each in told["entries"]
    ]


def test_progress_since_the_first_day_that_there_is(plancli: Typed) -> None:
    assert data(plancli, "--since", "0001", "--until", "2025-06")["since"] == "0001-01-01"


def test_title_of_progress_names_its_period(plancli: Typed) -> None:
    def title(*typed: str) -> str:
        return str(plancli("progress", *PLAN, *typed, columns=120).lines[0].partition(" · ")[2])

    assert title("--since", "2024", "--until", "2024") == "2024"
    assert title("--since", "2024-03-01", "--until", "2025-02") == "1 Mar 2024 to 28 Feb 2025"
    assert title("--since", "2025-02", "--on", "2025-03-15") == "1 Feb to 15 Mar 2025"
    assert title("--since", "1er février 2025", "--on", "15 March 2025") == "1 Feb to 15 Mar 2025"
    assert title("--since", "2025/02/01", "--on", "15-03-2025") == "1 Feb to 15 Mar 2025"
    assert title("--since", "fév. 2025", "--until", "mars 2025") == "1 Feb to 31 Mar 2025"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--until", "2025"], "--until needs --since"),
        (["--since", "2025", "--until", "2024"], "the time ends before it begins: 2025-01-01, 2024-12-31"),
        (["--since", "hier"], "--since: hier is no date"),
        (["--on", "2025-02-30"], "--on: 2025-02-30 is no date"),
        (["--since", "2025", "--until", "2025", "--on", "2025"], "--on and --until are the same day"),
        (["--silent", "0"], "--silent takes a whole number, 1 or more"),
        (["--pilot", "DBP"], "unknown directorate DBP. Did you mean DPB?"),
    ],
)
def test_a_question_that_cant_be_asked_is_a_usage_error(plancli: Typed, typed: list[str], said: str) -> None:
    answer = plancli("progress", *PLAN, *typed)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"plancli: {said}")


def test_piped_headings_begin_with_a_capital(plancli: Typed) -> None:
    headings = next(line for line in plancli("progress", *PLAN, *DAY).lines if "Closed" in line).split()
    assert headings[:2] == ["Axe", "Objectif"]


def test_an_unknown_value_of_a_field_names_some_that_are_known(plancli: Typed) -> None:
    answer = plancli("list", *PLAN, "-f", "budget=99")
    assert answer.code == 2
    assert answer.err.startswith("plancli: unknown budget 99 (6400000, 185000, 320000,")
    assert answer.err.splitlines()[0].endswith(", …)")
    assert len(answer.err) < 160


def test_an_empty_answer_says_why(plancli: Typed) -> None:
    answer = plancli("progress", *PLAN, *DAY, "--pilot", "CCAS", "-p", "basse")
    assert answer.code == 0
    assert "together: none" in answer.out + answer.err


def test_almost_all_are_not_all_and_no_groups_are_one_row(plancli: Typed, tmp_path: Path) -> None:
    actions = "".join(
        f"  - {{number: {number}, text: A, pilots: [A], associated: [], years: [2024], "
        f"progress: [{{date: '2024-05-01', status: {'open' if number == 300 else 'done'}}}]}}\n"
        for number in range(1, 301)
    )
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "title: Plan\nlanguage: en\nperiod: {start: 2024, end: 2024}\ndirectorates: {A: }\n"
        f"statuses: {{open: , done: {{closed: true}}}}\nactions:\n{actions}",
        "utf-8",
    )
    asked = ("progress", "--plan", str(plan), "--on")
    assert "299 closed (99 %)" in plancli(*asked, "2024-05-01").out
    assert "0 closed (0 %)" in plancli(*asked, "2024-04-30").out
    rows = plancli(*asked, "2024-05-01", "--format", "csv").out.splitlines()
    assert rows == ["group,title,actions,closed,late,silent", ",,300,299,0,0"]
    assert plancli(*asked, "2024-05-01", "--format", "csv", "-t", "B").out.splitlines() == rows[:1]


def test_statuses_without_an_entry(plancli: Typed, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_bytes((ROOT / "data" / "plan.yaml").read_bytes())
    assert plancli("progress", "--start", "--plan", str(plan)).code == 0
    answer = plancli("progress", "--plan", str(plan), "--on", "2021-01-01", columns=80)
    assert "31 actions · 0 closed (0 %) · 0 late · 31 never reported" in answer.out
    assert "Silent " not in answer.out.splitlines()[-3]
    assert "plancli report 1" in answer.out


def test_monochrome_and_ascii_say_the_same(plancli: Typed) -> None:
    answer = plancli("progress", *PLAN, *DAY, columns=80, encoding="ascii")
    assert "# closed = open - not reported" in answer.out
    assert "##=====--" in answer.out


def test_progress_dry_run_goes_only_with_start(plancli: Typed) -> None:
    told = "plancli: --dry-run goes with --start\n"
    assert plancli("progress", "--dry-run", "--plan", "examples/climate.yaml") == (2, "", told)
