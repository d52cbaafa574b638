"""``plancli summary`` on the published plan: the known counts, by every dimension, and the slips."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from plancli.plan.model import Plan
from plancli.plan.query import FACETS, counted, facets_of

Typed = Callable[..., Any]


@pytest.fixture(autouse=True)
def plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])


def counts(plancli: Typed, *args: str) -> dict[str, Any]:
    code, out, err = plancli("summary", "--format", "json", *args)
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_summary_crosses_pilots_and_priorities(plancli: Typed) -> None:
    found = counts(plancli, "--by", "pilot", "--by", "priority")
    assert found["dimensions"] == ["pilot", "priority"]
    assert found["total"] == 31
    assert {(row["pilot"], row["priority"]): row["actions"] for row in found["rows"]} == {
        ("DIHAL", 1): 20,
        ("DIHAL", 2): 10,
        ("DHUP", 1): 4,
        ("DHUP", 2): 2,
        ("DMAT", 1): 1,
        ("SAFSL", 1): 1,
    }


@pytest.mark.parametrize("name", [each.name for each in counted(FACETS) if each.name not in ("status", "late")])
def test_each_dimension_counts_distinct_actions(plancli: Typed, name: str, published: Plan) -> None:
    (dimension,) = (facet for facet in facets_of(published) if facet.name == name)
    found = counts(plancli, "--by", dimension.name)
    assert found["total"] == 31
    for row in found["rows"]:
        held = [action for action in published.actions if row[dimension.name] in dimension.values(action)]
        assert row["actions"] == len(held) > 0
    if not dimension.several:
        assert sum(row["actions"] for row in found["rows"]) == 31


def test_filters_choose_actions_and_not_cells(plancli: Typed) -> None:
    found = counts(plancli, "--by", "year", "-y", "2022")
    assert [(row["year"], row["actions"]) for row in found["rows"]] == [(2021, 7), (2022, 16)]
    assert found["total"] == 16


def test_summary_without_a_dimension(plancli: Typed) -> None:
    found = counts(plancli)
    assert (found["period"], found["total"]) == ({"start": 2021, "end": 2022}, 31)
    assert found["orientations"][0]["measure"] is None
    assert [row["actions"] for row in found["orientations"] if row["measure"] is None] == [11, 9, 11]
    assert len(found["orientations"]) == 12
    assert found["orientations"][0]["years"] == {"2021": 9, "2022": 5}
    assert len(found["directorates"]) == 20
    assert found["directorates"][1] == {
        "directorate": "DHUP",
        "pilot": 6,
        "associated": 10,
        "actions": 16,
        "years": {"2021": 8, "2022": 12},
        "priorities": {"1": 9, "2": 7},
    }


def test_csv_by_a_dimension(plancli: Typed) -> None:
    rows = list(csv.reader(StringIO(plancli("summary", "--by", "calendar", "--format", "csv").out)))
    assert rows == [["calendar", "actions"], ["2021", "15"], ["2022", "9"], ["2021-2022", "7"]]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("--by mesure", "no dimension mesure. Did you mean measure? Commands and options are English."),
        ("--by année", "no dimension année. Did you mean year? Commands and options are English."),
        ("--by directorates", "no dimension directorates. Did you mean directorate?"),
        ("--by pilot,priority,year", "--by takes one dimension, or two that differ"),
        ("--by pilot --by pilot", "--by takes one dimension, or two that differ"),
        ("--by", "--by needs a value"),
        ("pilot", "unexpected pilot. Did you mean --by pilot?"),
        ("direction", "unexpected direction. Did you mean --by directorate?"),
        ("année", "unexpected année. Did you mean --by year?"),
        ("text", "unexpected text. Did you mean --text?"),
        ("--par pilot", "no option --par. Did you mean --by? Commands and options are English."),
        ("--format csv", "this answer is no single table: it can't be CSV"),
        ("-p DHUP", "DHUP is a directorate, not a priority (1, 2). Did you mean -d DHUP?"),
    ],
)
def test_summary_refuses_unknown_dimensions_with_a_suggestion(plancli: Typed, typed: str, message: str) -> None:
    code, out, err = plancli("summary", *typed.split())
    assert (code, out, err.splitlines()[0]) == (2, "", f"plancli: {message}")


@pytest.mark.parametrize(
    ("label", "has_total"),
    [
        ("Budget (€ HT)", True),
        ("Effort (days)", True),
        ("Coût en euros", True),
        ("Budget €", True),
        ("Budget", False),
        ("Part (%)", False),
        ("Coût (€/m²)", False),
        ("Coût €/m²", False),
        ("Score (0-10)", False),
        ("Note (sur 20)", False),
    ],
)
def test_a_number_has_a_total_where_its_label_says_the_unit(
    plancli: Typed, tmp_path: Path, label: str, has_total: bool
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        f"""title: Plan
language: fr
period: {{start: 2024, end: 2024}}
levels: []
fields: {{x: {{label: "{label}", type: number}}}}
directorates: {{ENV: }}
actions:
  - {{number: 1, text: Un., pilots: [ENV], associated: [], years: [2024], fields: {{x: 1200}}}}
  - {{number: 2, text: Deux., pilots: [ENV], associated: [], years: [2024], fields: {{x: 34}}}}
""",
        "utf-8",
    )
    assert ("1,234 (2 actions)" in plancli("summary", "--plan", str(plan)).out) is has_total
