"""``--plan`` with a folder or several files: the departmental plans that decline a national one."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[2]
EXAMPLES = str(ROOT / "examples")
NATIONAL = str(ROOT / "data" / "plan.yaml")


@pytest.fixture
def departments(tmp_path: Path) -> Path:
    """Make two plans of one name in two folders, and one of another."""
    text = Path(NATIONAL).read_text("utf-8")
    for name in ("38/plan.yaml", "69/plan.yaml", "isere.yaml"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def test_a_folder_is_all_plans_in_it(plancli: Typed) -> None:
    answer = plancli("list", "--plan", EXAMPLES, "--format", "json")
    listed = json.loads(answer.out)
    assert {each["plan"] for each in listed} == {"climate", "open-government", "security"}
    assert len(listed) == 32 + 23 + 17
    several = plancli("list", "--plan", f"{EXAMPLES}/climate.yaml", "--plan", NATIONAL, "--format", "json")
    assert [each["plan"] for each in json.loads(several.out)] == ["climate"] * 32 + ["plan"] * 31


def test_plans_of_one_name_are_told_by_their_folder(plancli: Typed, departments: Path) -> None:
    answer = plancli("summary", "--plan", str(departments), "--by", "plan", "--format", "json")
    counts = {row["plan"]: row["actions"] for row in json.loads(answer.out)["rows"]}
    assert counts == {"38/plan": 31, "69/plan": 31, "isere": 31}


def test_what_is_known_of_one_plan_filters_all(plancli: Typed, departments: Path) -> None:
    answer = plancli("list", "--plan", str(departments), "-d", "DSJ", "-y", "2022", "--format", "json")
    assert [(each["plan"], each["number"]) for each in json.loads(answer.out)] == [
        (name, number) for name in ("isere", "38/plan", "69/plan") for number in (3, 20)
    ]
    one = plancli("list", "--plan", str(departments), "-f", "plan=isere", "--measure", "9", "--format", "json")
    alone = plancli("list", "--plan", NATIONAL, "--measure", "9", "--format", "json")
    assert [each["number"] for each in json.loads(one.out)] == [each["number"] for each in json.loads(alone.out)]
    slip = plancli("list", "--plan", str(departments), "-f", "plan=iser")
    assert (slip.code, "isere" in slip.err) == (2, True)


def test_summary_has_a_row_for_each_plan(plancli: Typed) -> None:
    answer = plancli("summary", "--plan", EXAMPLES, "--plan", NATIONAL)
    assert answer.code == 0
    assert "103 actions · 4 plans" in answer.out
    rows = [line.split()[:2] for line in answer.lines if line.split()[:1] in (["climate"], ["plan"], ["security"])]
    assert rows == [["climate", "32"], ["security", "17"], ["plan", "31"]]


def test_one_that_is_invalid_is_named_and_nothing_answered(plancli: Typed, departments: Path) -> None:
    broken = departments / "69" / "plan.yaml"
    broken.write_text(broken.read_text("utf-8").replace("[DIHAL]", "[DIHALL]", 1), "utf-8")
    for args in (("list",), ("summary",), ("export", str(departments / "all.csv"))):
        answer = plancli(*args, "--plan", str(departments))
        assert (answer.code, answer.out) == (1, "")
        assert "69/plan.yaml" in answer.err
    assert not (departments / "all.csv").exists()


def test_several_plans_are_exported_as_tables(plancli: Typed, departments: Path) -> None:
    target = departments / "all.csv"
    assert plancli("export", str(target), "--plan", str(departments)).code == 0
    with target.open(encoding="utf-8", newline="") as file:
        assert [row["plan"] for row in csv.DictReader(file)] == ["isere"] * 31 + ["38/plan"] * 31 + [
            "69/plan"
        ] * 31
    book = departments / "all.xlsx"
    assert plancli("export", str(book), "--plan", EXAMPLES).code == 0
    rows = list(openpyxl.load_workbook(book).worksheets[0].iter_rows(min_row=4, values_only=True))
    assert "Plan" in rows[0]
    assert len([row for row in rows[1:] if any(row)]) == 72
    refused = plancli("export", str(departments / "all.html"), "--plan", EXAMPLES)
    assert (refused.code, ".csv .xlsx .json .md" in refused.err) == (2, True)


def test_of_several_plans_those_that_match_are_exported_and_no_others(plancli: Typed, departments: Path) -> None:
    target = departments / "some.csv"
    assert plancli("export", str(target), "--plan", EXAMPLES, "--pilot", "DPB", "-f", "plan=climate").code == 0
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["plan"] for row in rows} == {"climate"}
    asked = plancli("list", "--plan", EXAMPLES, "--pilot", "DPB", "--format", "json")
    assert [int(row["number"]) for row in rows] == [each["number"] for each in json.loads(asked.out)]


def test_several_plans_follow_each_other_in_json_and_markdown(plancli: Typed, departments: Path) -> None:
    data, text = departments / "all.json", departments / "all.md"
    assert plancli("export", str(data), "--plan", EXAMPLES).code == 0
    plans = json.loads(data.read_text("utf-8"))
    assert [each.pop("plan") for each in plans] == ["climate", "open-government", "security"]
    for name, plan in zip(("climate", "open-government", "security"), plans, strict=True):
        alone = departments / f"{name}-alone.json"
        plancli("export", str(alone), "--plan", f"{EXAMPLES}/{name}.yaml")
        assert json.loads(alone.read_text("utf-8")) == plan
    assert plancli("export", str(text), "--plan", EXAMPLES, "--late", "--on", "2025-09-30").code == 0
    titles = [line for line in text.read_text("utf-8").splitlines() if line.startswith("# ")]
    assert titles[0] == "# Plan climat de la Ville d'Ambelle (2024-2029)"
    assert text.read_text("utf-8").count("Action BAT-02") == 1


def test_a_folder_without_a_plan_and_a_revision_of_several(plancli: Typed, tmp_path: Path) -> None:
    empty = plancli("list", "--plan", str(tmp_path))
    assert (empty.code, "no plan in" in empty.err) == (3, True)
    dated = plancli("list", "--plan", EXAMPLES, "--at", "HEAD")
    assert (dated.code, "--at" in dated.err) == (2, True)


def test_a_folder_of_one_plan_and_the_variable(plancli: Typed, tmp_path: Path) -> None:
    (tmp_path / "isere.yaml").write_text(Path(NATIONAL).read_text("utf-8"), "utf-8")
    answer = plancli("list", "-d", "DSJ", "--format", "json", PLANCLI_PLAN=str(tmp_path))
    assert {each["plan"] for each in json.loads(answer.out)} == {"isere"}


ONE = """\
title: One
language: en
period: {start: 2024, end: 2025}
levels: [axis]
fields: {cost: {label: Cost (k€), type: number}, risk: {label: Risk, type: choice, values: [low]}}
directorates: {ENV: }
orientations:
  - number: 1
    code: A
    title: Housing
    actions:
      - {number: 1, text: Build., pilots: [ENV], associated: [], years: [2024], fields: {cost: 5, risk: low}}
"""
OTHER = (
    ONE.replace("[axis]", "[theme]")
    .replace("code: A", "code: B")
    .replace("Housing", "Transport")
    .replace("Cost (k€)", "Cost ($)")
    .replace("type: choice, values: [low]", "type: number")
    .replace("cost: 5, risk: low", "cost: 7000, risk: 3.5")
)


def test_plans_that_declare_a_field_or_a_group_differently(plancli: Typed, tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(ONE, "utf-8")
    (tmp_path / "other.yaml").write_text(OTHER, "utf-8")
    plans = ("--plan", str(tmp_path))
    head, *rows = plancli("list", *plans, "--columns", "cost,risk,text", "--sort", "-risk").lines
    assert head.split() == ["cost", "Risk", "Action"]
    assert [row.split() for row in rows] == [["5", "low", "Build."], ["7,000", "3.5", "Build."]]
    assert "7,005" not in plancli("summary", *plans).out, "thousands of euros and dollars have no sum"
    assert [line.split() for line in plancli("summary", "--by", "orientation", *plans).lines[1:2]] == [
        ["1", "2", "██"]
    ]
    for answer in (plancli("list", "-f", "risk=3.5", *plans), plancli("list", "--orientation", "B", *plans)):
        assert answer.code == 0
