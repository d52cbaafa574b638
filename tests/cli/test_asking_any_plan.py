"""What is asked of a plan with levels, codes and fields of its own, in the words of that plan."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]

PLAN = """\
title: Plan climat
language: fr
period: {start: 2024, end: 2026}
levels: [axe, objectif]
statuses:
  en cours:
  réalisé: {closed: true}
fields:
  budget: {label: Budget (€ HT), type: number}
  obs: {label: Observations, type: text}
  vote: {label: Vote, type: date}
directorates: {ENV: }
orientations:
  - number: 1
    code: A
    title: Bref
    measures:
      - number: 1
        code: A.1
        title: Ici
        actions:
          - {number: 1, text: Un., pilots: [ENV], associated: [], years: [2024], fields: {budget: 4500.50}}
          - {number: 2, text: Deux., pilots: [ENV], associated: [], years: [], due: 2025,
             fields: {budget: 12000, obs: oui}}
actions:
  - {number: 3, text: Trois., pilots: [ENV], associated: [], years: [2025], fields: {vote: "2024-03"}}
"""


@pytest.fixture(autouse=True)
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN, "utf-8")
    return file


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("budget=4500.5", ["1"]),
        ("budget=4500,50", ["1"]),
        ("budget=12 000", ["2"]),
        ("budget=12000.0", ["2"]),
        ("budget=12,000", ["2"]),
        ("budget=4,500.50", ["1"]),
        ("budget=none", ["3"]),
        ("budget=none,12000", ["2", "3"]),
        ("obs=none", ["1", "3"]),
        ("vote=none", ["1", "2"]),
        ("vote=2024,none", ["1", "2", "3"]),
        ("vote=03/2024", ["3"]),
        ("vote=mars 2024", ["3"]),
        ("due=2025", ["2"]),
        ("objectif=none", ["3"]),
    ],
)
def test_a_number_is_found_by_its_value_and_none_is_no_value(plancli: Typed, asked: str, found: list[str]) -> None:
    answer = plancli("list", "-f", asked, "--columns", "number", "--format", "csv")
    assert answer.out.split()[1:] == found


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["--orientation", "9"], "unknown axe 9 (A)"),
        (["--measure", "9"], "unknown objectif 9 (A.1)"),
        (
            ["--orientation", "A.1"],
            "A.1 is among the objectifs, not a value of axe (A). Did you mean -f objectif=A.1?",
        ),
        (["-f", "objectif=A"], "A is among the axes, not a value of objectif (A.1). Did you mean -f axe=A?"),
        (["-f", "budget=x"], "unknown budget x (4500.50, 12000)"),
        (["-f", "budget=inf"], "unknown budget inf (4500.50, 12000)"),
    ],
)
def test_slips_are_told_in_the_words_of_the_plan(plancli: Typed, typed: list[str], told: str) -> None:
    answer = plancli("list", *typed)
    assert (answer.code, answer.err) == (2, f"plancli: {told}\n")


@pytest.mark.parametrize(("option", "name"), [("--orientation", "axe A"), ("--measure", "objectif A.1")])
def test_a_question_is_told_in_the_words_of_the_plan(plancli: Typed, option: str, name: str) -> None:
    assert plancli("list", option, "1", columns=80).lines[-1].startswith(f" 2 of 3 actions · {name}")


def test_a_pipe_pads_no_text_at_the_end_of_a_line(plancli: Typed) -> None:
    for typed in (["list"], ["summary"], ["progress"], ["summary", "--by", "objectif"]):
        lines = plancli(*typed).lines
        assert [line for line in lines if line.endswith(" ")] == []


def test_those_outside_all_groups_stand_under_none(plancli: Typed) -> None:
    for language, words in (("en", " Outside the axes "), ("fr", " Hors des axes ")):
        assert any(line.startswith(words) for line in plancli("progress", columns=80, PLANCLI_LANG=language).lines)


def test_progress_on_an_unused_number_is_found_with_its_place(plancli: Typed, plan: Path) -> None:
    text = PLAN.replace('"2024-03"}}', '"2024-03"}, progress: [{date: "2025-01-01", status: en cours}]}')
    plan.write_text(text + "unused_numbers: [{number: 3, reason: Retirée.}]\n", "utf-8")
    answer = plancli("validate", "plan.yaml")
    assert answer.code == 1
    assert answer.lines[0] == (
        "plan.yaml:26:14: error[unused-number-used] action 3: number 3 is declared as unused, and has progress"
    )
    assert "reported on here" in plancli("validate", "plan.yaml", "--format", "full").out


def test_beside_its_code_an_action_has_its_number(plancli: Typed, plan: Path) -> None:
    plan.write_text(PLAN.replace("{number: 2, text", "{number: 2, code: BAT-2, text"), "utf-8")
    lines = plancli("list", "--columns", "number,code,text").lines
    assert [line.split() for line in lines[1:3]] == [["1", "Un."], ["2", "BAT-2", "Deux."]]
    assert plancli("list", "--columns", "number,text").lines[2].split() == ["BAT-2", "Deux."]


def test_a_code_of_an_action_that_is_the_path_of_a_group_is_the_action(plancli: Typed, plan: Path) -> None:
    text = PLAN.replace("        code: A.1\n", "").replace("{number: 3,", '{number: 3, code: "1.1",')
    plan.write_text(text, "utf-8")
    assert plancli("validate").code == 0
    assert plancli("show", "1.1").lines[0].startswith("Action 1.1 ")
    for group in ("objectif 1.1", "O1.1"):
        assert plancli("show", group).lines[0].startswith("Objectif 1 ")
    answer = plancli("list", "--measure", "1.1", "--columns", "number", "--format", "csv")
    assert answer.out.split()[1:] == ["1", "2"]


BASIN = """\
title: Plan d'eau
language: fr
period: {start: 2024, end: 2026}
levels: [enjeu, orientation, mesure]
directorates: {OBV: }
orientations:
  - number: 1
    title: Eau
    measures:
      - number: 1
        title: Rivière
        measures:
          - number: 1
            title: Rives
            actions:
              - {number: 1, text: Un., pilots: [OBV], associated: [], years: [2024]}
          - number: 2
            title: Berges
            actions:
              - {number: 2, text: Deux., pilots: [OBV], associated: [], years: [2025]}
  - number: 2
    title: Air
    measures:
      - number: 1
        title: Bus
        actions:
          - {number: 3, text: Trois., pilots: [OBV], associated: [], years: [2025]}
"""


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["-f", "orientation=1.1"], ["1", "2"]),
        (["--orientation", "2.1"], ["3"]),
        (["--measure", "1.1"], ["1", "2"]),
        (["-f", "enjeu=2"], ["3"]),
        (["-f", "mesure=2"], ["2"]),
    ],
)
def test_a_level_named_orientation_may_be_the_second(
    plancli: Typed, plan: Path, asked: list[str], found: list[str]
) -> None:
    plan.write_text(BASIN, "utf-8")
    assert plancli("list", *asked, "--columns", "number", "--format", "csv").out.split()[1:] == found
    assert plancli("list", *asked, "--full", columns=80).code == 0


def test_a_level_named_orientation_is_counted_by_its_depth_and_its_name(plancli: Typed, plan: Path) -> None:
    plan.write_text(BASIN, "utf-8")
    by_name = plancli("summary", "--by", "orientation", "--format", "csv").out
    assert by_name == plancli("summary", "--by", "measure", "--format", "csv").out
    assert [line.split(",")[0] for line in by_name.splitlines()[1:]] == ["1.1", "2.1"]


def test_json_has_the_numbers_of_the_two_top_levels_whatever_their_names(plancli: Typed, plan: Path) -> None:
    places = [(1, 1, [1, 1, 1]), (1, 1, [1, 1, 2]), (2, 1, [2, 1])]
    for names in ("enjeu, orientation, mesure", "orientation, measure, axe", "measure, orientation, axe"):
        plan.write_text(BASIN.replace("enjeu, orientation, mesure", names), "utf-8")
        for command in (["list"], ["show", "1-3"]):
            found = json.loads(plancli(*command, "--format", "json").out)
            assert [(each["orientation"], each["measure"], each["groups"]) for each in found] == places
        lines = plancli("list", "--format", "csv").lines[1:]
        assert [line.split(",")[1:3] for line in lines] == [["1", "1"], ["1", "1"], ["2", "1"]]


def test_csv_has_no_group_where_an_action_stands_higher(plancli: Typed, plan: Path) -> None:
    higher = "    actions:\n      - {number: 4, text: Quatre., pilots: [OBV], associated: [], years: [2025]}\n"
    plan.write_text(BASIN + higher, "utf-8")
    plancli("export", "plan.csv")
    rows = list(csv.DictReader((plan.parent / "plan.csv").read_text("utf-8").splitlines()))
    assert [row["orientation"] for row in rows] == ["1", "1", "1", ""]
    assert plancli("import", "plan.csv", "--output", "back.yaml").code == 0
    changes = json.loads(plancli("diff", "plan.yaml", "back.yaml", "--format", "json").out)["changes"]
    assert [each for each in changes if each["action"] is not None] == []


UNEVEN = """\
title: Plan
language: fr
period: {start: 2024, end: 2026}
levels: [axe, "levier, ou outil"]
fields: {cout: {label: "Coût, hors taxe", type: number}}
directorates: {"Ville, Région": {ministry: "Ville, Logement"}, ENV: }
orientations:
  - number: 1
    title: Habiter
    measures:
      - number: 1
        title: Isoler
        actions: [{number: 1, text: Un., pilots: [ENV], associated: [], years: [2024], fields: {cout: 5}}]
      - number: 2
        title: Chauffer
        actions: [{number: 2, text: Deux., pilots: [ENV], associated: [], years: [2025]}]
  - number: 2
    title: Bouger
    measures:
      - number: 1
        title: Marcher
        actions: [{number: 3, text: Trois., pilots: ["Ville, Région"], associated: [], years: [2025]}]
"""


def test_where_numbers_of_a_level_begin_again_each_of_its_groups_has_its_path(plancli: Typed, plan: Path) -> None:
    plan.write_text(UNEVEN.replace('"levier, ou outil"', "levier"), "utf-8")
    rows = json.loads(plancli("summary", "--by", "levier", "--format", "json").out)["rows"]
    assert [row["levier"] for row in rows] == ["1.1", "1.2", "2.1"]
    assert plancli("show", "3").lines[3] == "Levier 2.1  Marcher"
    for typed in ("levier=1.2", "levier=2"):  # a number that no other group of the level has is enough
        assert plancli("list", "-f", typed, columns=80).lines[-1] == " 1 of 3 actions · levier 1.2"
    for asked in (["list", "-f", "levier=1"], ["show", "levier 1"], ["show", "L1"]):
        assert plancli(*asked).err == "plancli: unknown levier 1 (1.1, 1.2, 2.1)\n"


def test_a_name_with_a_comma_is_tried_whole_before_it_is_a_list(plancli: Typed, plan: Path) -> None:
    plan.write_text(UNEVEN, "utf-8")
    other = plan.with_name("other.yaml")
    other.write_text(UNEVEN.replace("Trois.", "Trois autres."), "utf-8")
    assert plancli("summary", "--by", "levier, ou outil").lines[1].startswith("1.1 ")
    assert plancli("list", "--columns", "Coût, hors taxe", "--sort", "cout").lines[1].strip() == "5"
    assert plancli("list", "--columns", "number,years", "--sort", "-levier, ou outil").lines[1] == " 3  2025"
    for typed in (["-d", "Ville, Région"], ["-d", "env,ENV"], ["--ministry", "Ville, Logement"]):
        assert plancli("diff", "plan.yaml", "other.yaml", *typed).code == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["list", "--axe", "A"], "-f axe=…"),
        (["move", "3", "--axe", "A"], "--orientation A"),
        (["add", "--text", "Quatre.", "--objectif=A.1"], "--measure A.1"),
    ],
)
def test_a_level_typed_as_an_option_gets_the_one_that_takes_it(
    plancli: Typed, typed: list[str], meant: str
) -> None:
    option = next(word for word in typed if word.startswith(("--axe", "--objectif"))).partition("=")[0]
    answer = plancli(*typed, "--plan", "plan.yaml")
    assert (answer.code, answer.err) == (2, f"plancli: no option {option}. Did you mean {meant}?\n")


@pytest.mark.parametrize(("language", "word"), [("en", "the plan has no measure"), ("fr", "de mesure")])
def test_a_plan_of_one_level_has_no_second_to_ask_for(
    plancli: Typed, plan: Path, language: str, word: str
) -> None:
    text = PLAN.replace("[axe, objectif]", "[axe]").replace(
        "    measures:\n      - number: 1\n        code: A.1\n", ""
    )
    plan.write_text(text.replace("        title: Ici\n        actions:", "    actions:"), "utf-8")
    answer = plancli("list", "--measure", "1", PLANCLI_LANG=language)
    assert (answer.code, word in answer.err, "axe" in answer.err) == (2, True, False)


@pytest.mark.parametrize("dimension", ["objectif", "Objectif", "measure"])
def test_a_file_for_each_group_of_a_level_by_any_of_its_names(plancli: Typed, plan: Path, dimension: str) -> None:
    assert plancli("export", "plan.csv", "--each", dimension).code == 0
    assert [file.name for file in plan.parent.glob("*.csv")] == ["plan-A.1.csv"]
