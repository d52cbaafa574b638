"""What ``summary`` says of plans of any shape, and what its counts say of themselves."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from plancli.plan.model import Plan
from tests.output.conftest import Ask
from tests.output.made_plans import action, made

Data = Callable[[Plan, str], Any]


@pytest.fixture
def data(ask: Ask) -> Data:
    return lambda plan, line: json.loads(ask(plan, f"{line} --format json").out)


def test_json_has_the_keys_of_the_contract(published: Plan, data: Data) -> None:
    given = data(published, "summary")
    assert list(given) == ["title", "period", "total", "orientations", "directorates"]
    assert given["total"] == 31
    assert [row["actions"] for row in given["orientations"] if row["measure"] is None] == [11, 9, 11]
    assert list(given["orientations"][0]) == ["orientation", "measure", "title", "actions", "years", "priorities"]
    assert given["orientations"][0]["years"] == {"2021": 9, "2022": 5}
    assert given["directorates"][1] == {
        "directorate": "DHUP",
        "pilot": 6,
        "associated": 10,
        "actions": 16,
        "years": {"2021": 8, "2022": 12},
        "priorities": {"1": 9, "2": 7},
    }


def test_as_csv_it_needs_a_by(published: Plan, ask: Ask) -> None:
    code, out, err = ask(published, "summary --format csv")
    assert (code, out) == (2, "")
    assert "--by" in err.splitlines()[1]


def test_a_plan_of_one_action(ask: Ask) -> None:
    assert ask(made(action(1)), "summary", columns=80).lines == [
        " Un plan",
        "",
        " 1 action · 1 measure · 1 orientation · 1 directorate",
        " Priority   1: 1",
        " Calendar   2021: 1",
        "",
        " Orientations and measures  Actions  2021  2022  P1  P2",
        " 1  Une orientation               1     1     ·   1   ·",
        "    1  Une mesure                 1     1     ·   1   ·",
        "",
        " One action only (code, action): AA 1 (pilot)",
    ]


def test_a_level_that_no_group_uses_has_no_count(ask: Ask) -> None:
    plan = made(action(1), levels=["axe", "objectif", "chantier"])
    assert ask(plan, "summary", columns=80).lines[2] == " 1 action · 1 objectif · 1 axe · 1 directorate"
    loose = made(action(1), levels=["axe"], orientations=[], actions=[action(1)])
    assert ask(loose, "summary", columns=80).lines[2] == " 1 action · 1 directorate"


def test_many_years_and_priorities_leave_their_columns_and_say_where_they_are(ask: Ask) -> None:
    years, priorities = {"start": 2020, "end": 2025}, list(range(1, 9))
    plan = made(action(1, years=[2020, 2024]), action(2, priority=8), period=years, priorities=priorities)
    lines = ask(plan, "summary", columns=80).lines
    assert " Orientations and measures  Actions" in lines
    assert " Priority   1: 1 · 8: 1" in lines
    assert " Calendar   2021: 1 · 2020+2024: 1" in lines
    assert lines[-1] == " years: plancli summary --by year · priorities: plancli summary --by priority"
    assert not any("--by" in line for line in ask(plan, "summary").lines)


def test_three_years_are_told_from_first_to_last(ask: Ask) -> None:
    plan = made(action(1, years=[2021, 2022]), action(2), period={"start": 2021, "end": 2023})
    assert ask(plan, "summary", columns=80).lines[-2:] == [
        " 2021 to 2023 count the actions that cover the year: the one of several years",
        " is in each.",
    ]


def test_a_plan_without_spans_or_shared_actions_needs_no_note(ask: Ask) -> None:
    lines = ask(made(action(1), action(2, pilots=["BB"])), "summary", columns=80).lines
    assert lines[-1] == " One action only (code, action): AA 1 (pilot) · BB 2 (pilot)"


def test_declared_directorates_without_an_action_are_named(ask: Ask) -> None:
    plan = made(action(1), directorates={"AA": None, "ZZ": None})
    assert ask(plan, "summary", columns=80).lines[-1] == " No action: ZZ"
    assert not any("ZZ" in line for line in ask(plan, "summary -d AA", columns=80).lines)


def test_an_outline_lines_up_whatever_the_numbers(ask: Ask) -> None:
    measure = {"number": 100, "title": "M", "actions": [action(1), action(2)]}
    small = {"number": 7, "title": "N", "actions": [action(3)]}
    orientations = [
        {"number": 1, "title": "O", "measures": [small]},
        {"number": 12, "title": "P", "measures": [measure]},
    ]
    lines = ask(made(action(1), orientations=orientations), "summary", columns=80).lines
    at = lines.index(next(line for line in lines if "Orientations and" in line)) + 1
    assert [line[:14].rstrip() for line in lines[at : at + 4]] == [
        "  1  O",
        "       7  N",
        " 12  P",
        "     100  M",
    ]


def test_a_filtered_summary_says_of_what(ask: Ask, data: Data) -> None:
    plan = made(action(1), action(2, pilots=["BB"], associated=["AA"]), action(3, pilots=["BB"]))
    lines = ask(plan, "summary -d AA", columns=80).lines
    assert lines[2] == " 2 of 3 actions · 1 measure · 1 orientation · 2 directorates"
    assert " AA in any role" in lines
    assert data(plan, "summary -d AA")["total"] == 2


def test_an_empty_selection_says_why(published: Plan, ask: Ask, data: Data) -> None:
    for line in ("summary", "summary --by pilot", "summary --by pilot --by priority"):
        line += " -d SAFSL -y 2022"
        why = "0 of 31 actions · -d SAFSL alone: 1 (7) · -y 2022 alone: 16 · together: none"
        assert ask(published, line, columns=80).lines == [f" {why}"]
        assert ask(published, line).lines == [why]
        assert ask(published, f"{line} --format json").err == f"{why}\n"
        assert data(published, line)["total"] == 0


def test_counts_in_json_and_csv(published: Plan, ask: Ask, data: Data) -> None:
    line = "summary --by pilot --by priority"
    assert data(published, line) == {
        "dimensions": ["pilot", "priority"],
        "rows": [
            {"pilot": "DIHAL", "priority": 1, "actions": 20},
            {"pilot": "DIHAL", "priority": 2, "actions": 10},
            {"pilot": "DHUP", "priority": 1, "actions": 4},
            {"pilot": "DHUP", "priority": 2, "actions": 2},
            {"pilot": "DMAT", "priority": 1, "actions": 1},
            {"pilot": "SAFSL", "priority": 1, "actions": 1},
        ],
        "total": 31,
    }
    assert ask(published, f"{line} --format csv").lines[:2] == ["pilot,priority,actions", "DIHAL,1,20"]


def test_filters_choose_actions_not_cells(published: Plan, ask: Ask) -> None:
    lines = ask(published, "summary --by year -y 2022", columns=80).lines
    assert [line.split()[:2] for line in lines[1:3]] == [["2021", "7"], ["2022", "16"]]
    assert "2021 is here for the actions it shares with 2022." in "".join(lines[-2:])


def test_rows_that_dont_overlap_have_a_plain_total(published: Plan, ask: Ask) -> None:
    assert ask(published, "summary --by priority", columns=80).lines[-1] == "    Total       31"
    assert not any(
        "add up" in line for line in ask(published, "summary --by calendar --by priority", columns=80).lines
    )


def test_associated_directorates_leave_some_actions_out(published: Plan, ask: Ask) -> None:
    text = " ".join(ask(published, "summary --by associated").lines)
    assert "4 actions have no associated directorate and count in the total only." in text


def test_too_many_columns_turn_the_table_then_pair_it(published: Plan, ask: Ask, data: Data) -> None:
    line = "summary --by measure --by directorate"
    wide, usual, narrow = (ask(published, line, columns=columns).lines for columns in (250, 80, 40))
    assert wide[0].split()[:3] == ["Measure", "Title", "DIHAL"]
    assert usual[0].split() == ["Directorate", *(f"M{n}" for n in range(1, 10)), "Actions"]
    assert narrow[0].split() == ["Measure", "Directorate", "Actions"]
    pairs = [each for each in narrow if each.strip()[:1].isdigit()]
    assert len(pairs) == len(data(published, line)["rows"])


def test_notes_about_rows_follow_a_turned_table(published: Plan, ask: Ask) -> None:
    lines = ask(published, "summary --by directorate --by measure", columns=120).lines
    assert any("so the rows add up to" in line for line in lines)
    line = "summary --by measure --by directorate"
    assert (
        ask(published, line, columns=250).lines[-1]
        == " In a row, an action counts in the column of each directorate in it."
    )
    assert ask(published, line, columns=80).lines[-1] == " An action counts for each directorate in it."


@pytest.mark.parametrize(
    "side", ["orientation", "measure", "directorate", "pilot", "associated", "year", "calendar", "priority"]
)
def test_every_dimension_counts_distinct_actions(side: str, published: Plan, data: Data) -> None:
    given = data(published, f"summary --by {side}")
    assert given["dimensions"] == [side]
    assert given["total"] == 31
    assert all(row["actions"] > 0 for row in given["rows"])
    overlapping = side in ("directorate", "pilot", "associated", "year")
    total = sum(row["actions"] for row in given["rows"])
    assert (total > 31) if overlapping else (total == 31)
