"""Status and late wherever actions are asked for; a plan without statuses answers as it did."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[2]
PLAN = ("--plan", str(ROOT / "examples" / "climate.yaml"))
DAY = (*PLAN, "--on", "2025-09-30")
LATE = ["BAT-02", "MOB-02", "MOB-03", "ALI-02", "ADA-06"]


def codes(plancli: Typed, *typed: str) -> list[str]:
    return [action["code"] for action in json.loads(plancli("list", *typed, "--format", "json").out)]


def test_late_and_status_filter(plancli: Typed) -> None:
    assert codes(plancli, *DAY, "--late") == LATE
    assert codes(plancli, *DAY, "--late", "--status", "en cours") == LATE[:-1]
    assert codes(plancli, *DAY, "--late", "--status", "none") == LATE[-1:]
    assert codes(plancli, *DAY, "--status", "SUSPENDU,abandonne") == ["ENR-04", "PIL-03"]
    assert codes(plancli, *PLAN, "--on", "2024", "--status", "suspendu") == []
    assert len(codes(plancli, *DAY, "--status", "none")) == 7


def test_status_and_late_in_json_and_csv(plancli: Typed) -> None:
    first, *_ = json.loads(plancli("list", *DAY, "--late", "--format", "json").out)
    assert (first["status"], first["status_date"], first["late"]) == ("en cours", "2025-03-14", True)
    row = next(csv.DictReader(io.StringIO(plancli("list", *DAY, "--status", "none", "--format", "csv").out)))
    assert (row["status"], row["status_date"], row["late"]) == ("", "", "false")
    answer = plancli("list", *DAY, "--late", "--columns", "number,status,status_date,late,due,end")
    assert answer.lines[:2] == [
        "No      Status        Since        Late  Due          End",
        "BAT-02  en cours      14 Mar 2025  late  30 Jun 2025  30 Jun 2025",
    ]
    assert codes(plancli, *DAY, "--late", "--sort=-status_date")[:2] == ["MOB-03", "BAT-02"]


@pytest.mark.parametrize("columns", [80, 120])
def test_what_is_asked_has_its_columns_on_each_terminal(plancli: Typed, columns: int) -> None:
    head = plancli("list", *DAY, "--late", columns=columns).lines[0]
    assert "Status" in head
    assert "End" in head


def test_a_list_has_the_status_where_there_is_room(plancli: Typed) -> None:
    assert "Status" not in plancli("list", *DAY, columns=80).lines[0]
    assert "Status" in plancli("list", *DAY, "-d", "DPB", columns=120).lines[0]
    assert {"Status", "Late"} <= set(plancli("list", *DAY).lines[0].split())


def test_summary_counts_statuses_and_late_actions(plancli: Typed) -> None:
    data = json.loads(plancli("summary", *DAY, "--by", "status", "--format", "json").out)
    assert data["rows"][:2] == [{"status": "à lancer", "actions": 1}, {"status": "en cours", "actions": 15}]
    data = json.loads(plancli("summary", *DAY, "--by", "late", "--format", "json").out)
    assert data["rows"] == [{"late": True, "actions": 5}, {"late": False, "actions": 27}]
    assert "late: 5 (30 Sep 2025)" in plancli("summary", *DAY).out


def test_show_tells_the_journal_newest_first(plancli: Typed) -> None:
    answer = plancli("show", "MOB-03", *DAY, columns=80)
    assert answer.lines[1] == " en cours · late by 30 days"
    days = [line.split("  ")[-2].strip() for line in answer.lines if "DMEP" in line and "·" in line]
    assert answer.out.index("28 Apr 2025") < answer.out.index("2 Sep 2024"), days
    assert "réalisé since 10 Dec 2024" in plancli("show", "BAT-05", *DAY).out
    assert "never reported" in plancli("show", "29", *DAY).out
    (data,) = json.loads(plancli("show", "MOB-03", *DAY, "--format", "json").out)
    assert [entry["date"] for entry in data["progress"]] == ["2024-09-02", "2025-04-28"]
    assert "1 late" in plancli("show", "DPB", *DAY).out


def test_a_month_is_shown_as_it_is_written_on_every_screen(plancli: Typed, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    text = (ROOT / "examples" / "climate.yaml").read_text("utf-8")
    dates = ('"2025-04-28"', '"2024-12-10"')
    assert all(date in text for date in dates)
    for date in dates:
        text = text.replace(date, date[:8] + '"')
    plan.write_text(text, "utf-8")
    on = ("--plan", str(plan), *DAY[2:])
    for answer in (
        plancli("show", "MOB-03", *on),
        plancli("progress", *on, "--code", "MOB-03"),
        plancli("progress", *on, "--since", "2025"),
        plancli("diff", PLAN[1], str(plan)),
    ):
        assert "Apr 2025" in answer.out
        assert "30 Apr 2025" not in answer.out
    assert "réalisé since Dec 2024" in plancli("show", "BAT-05", *on).out
    warned = plancli("report", "BAT-05", "--note", "x", "--date", "2025-01-05", "--dry-run", "--plan", str(plan))
    assert "was closed (réalisé, Dec 2024)" in warned.err
    data = json.loads(plancli("progress", *on, "--code", "MOB-03", "--format", "json").out)
    assert {each["last_reported"] for each in data["directorates"]} == {"2025-04-30"}, "a day for programs"


def test_directorates_have_open_and_late(plancli: Typed) -> None:
    rows = list(csv.DictReader(io.StringIO(plancli("directorates", *DAY, "--format", "csv").out)))
    own = next(row for row in rows if row["code"] == "DMEP")
    assert (own["pilot"], own["open"], own["late"]) == ("6", "6", "2")


def test_the_opening_screen_leads_to_progress(plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCLI_PLAN", PLAN[1])
    answer = plancli(columns=80)
    assert any("plancli progress" in line and "7 never reported" in line for line in answer.lines)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["list", "--late"], "the plan declares no statuses: nothing to ask --late for"),
        (["summary", "--status", "x"], "the plan declares no statuses: nothing to ask --status for"),
        (["list", "--on", "2022"], "no action of data/plan.yaml has a progress, so no day differs"),
        (["summary", "--by", "status"], "no dimension status"),
        (["list", "--columns", "status"], "unknown column status"),
        (["list", *DAY, "--status", "suspendus"], "unknown status suspendus"),
    ],
)
def test_a_question_that_cant_be_asked_is_a_usage_error(
    plancli: Typed, monkeypatch: pytest.MonkeyPatch, typed: list[str], said: str
) -> None:
    monkeypatch.chdir(ROOT)
    answer = plancli(*typed)
    assert answer.code == 2
    assert answer.err.startswith(f"plancli: {said}")


@pytest.mark.parametrize("command", [["list"], ["show", "9"], ["show", "DSJ"], ["summary"], ["directorates"]])
@pytest.mark.parametrize("form", ["table", "json"])
def test_list_and_summary_of_a_plan_without_statuses_have_no_progress(
    plancli: Typed, monkeypatch: pytest.MonkeyPatch, command: list[str], form: str
) -> None:
    monkeypatch.chdir(ROOT)
    out = plancli(*command, "--format", form).out
    for word in ("Status", "status", "Late", '"late"', "Progress", "progress"):
        assert word not in out


def test_the_words_for_no_status_lead_to_what_is_typed_for_it(
    plancli: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert plancli("list", *DAY, "--status", "not reported").err.endswith("Did you mean none?\n")
