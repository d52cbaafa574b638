"""``plancli show`` on the published plan: what is found, and what is said of what isn't there."""

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("9", [9]),
        ("18-20", [18, 19, 20]),
        ("25-27", [25, 27]),
        ("9 7", [9, 7]),
        ("9,7", [9, 7]),
        ("9 8-10", [9, 8, 10]),
        ("31-99", [31, 32]),
        ("DSJ", ["DSJ"]),
        ("dgtresor", ["DGTrésor"]),
        ("9 DSJ", [9, "DSJ"]),
        ("DSJ,DACS", ["DSJ", "DACS"]),
    ],
)
def test_show_of_numbers_ranges_and_codes(plancli: Typed, typed: str, found: list[int | str]) -> None:
    code, out, err = plancli("show", *typed.split(), "--format", "json")
    assert (code, err) == (0, "")
    assert [subject.get("number") or subject["code"] for subject in json.loads(out)] == found


def line_of_26() -> int:
    lines = (ROOT / "data" / "plan.yaml").read_text("utf-8").splitlines()
    return lines.index("unused_numbers:") + 2


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "26",
            f"""there is no action 26: Absent du tableau publié.
Declared in unused_numbers (data/plan.yaml:{line_of_26()}). Actions run from 1 to 32.""",
        ),
        ("33", "there is no action 33\nActions run from 1 to 32."),
        ("0", "there is no action 0\nActions run from 1 to 32."),
        ("40-50", "there is no action 40-50\nActions run from 1 to 32."),
        ("20-18", "20-18 runs backwards. Did you mean 18-20?"),
        ("2022", "there is no action 2022. Did you mean plancli list -y 2022?\nActions run from 1 to 32."),
        (
            "2021-2022",
            """there is no action 2021-2022. Did you mean plancli list --calendar 2021-2022?
Actions run from 1 to 32.""",
        ),
        ("DHPU", "unknown directorate DHPU. Did you mean DHUP?\nCodes: plancli directorates"),
        ("justice", "justice is a ministry, not a directorate. Did you mean plancli list --ministry Justice?"),
        ("CCAPEX", "CCAPEX is an acronym of the texts, not a directorate. Did you mean plancli list -t CCAPEX?"),
        (
            "everything",
            """everything is neither the number of an action nor the code of a directorate
Codes: plancli directorates""",
        ),
        ("action", "action is not needed: an action is named by its number\nFor example: 9, 18-20"),
        ("measure", "measure stands in one word with its number\nFor example: M1"),
        ("mesure", "mesure stands in one word with its number\nFor example: M1"),
        ("Orientation", "Orientation stands in one word with its number\nFor example: O1"),
        (",", "nothing to show\nGive numbers of actions or codes of directorates: 9, 18-20, DSJ"),
        ("", "plancli show needs WHAT\nSee plancli show --help"),
    ],
)
def test_show_of_an_unknown_number_or_code_is_a_usage_error(plancli: Typed, typed: str, told: str) -> None:
    assert plancli("show", *typed.split()) == (2, "", f"plancli: {told}\n")


@pytest.mark.parametrize(
    "typed",
    [["mesure 8"], ["Mesures 8"], ["measure", "8"], ["mesure", "8"], ["measures", "8"]],
)
def test_a_measure_is_known_by_the_word_that_the_screens_have(plancli: Typed, typed: list[str]) -> None:
    assert plancli("show", *typed) == plancli("show", "M8")
    assert plancli("log", *typed) == plancli("log", "M8")
    assert plancli("set", *typed, "code=H", "--dry-run") == plancli("set", "M8", "code=H", "--dry-run")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["mesure", "12"], "unknown measure 12 (1-9)"),
        (["action 9"], "action is not needed: an action is named by its number\nFor example: 9"),
    ],
)
def test_a_name_before_a_number_is_read_with_it(plancli: Typed, typed: list[str], told: str) -> None:
    assert plancli("show", *typed) == (2, "", f"plancli: {told}\n")


def test_an_action_carries_all_that_helps_to_read_it(plancli: Typed) -> None:
    [action] = json.loads(plancli("show", "9", "--format", "json").out)
    assert action["pilots"] == ["DIHAL", "DMAT"]
    assert action["measure_title"].startswith("Donner les moyens aux CCAPEX")
    assert {"CAF", "CCAPEX", "EXPLOC", "FSL", "SI"} == set(action["acronyms"])
    assert {note["field"] for note in action["source_notes"]} >= {"text"}


def test_show_has_the_whole_text_verbatim(plancli: Typed) -> None:
    [action] = json.loads(plancli("show", "9", "--format", "json").out)
    shown = " ".join(plancli("show", "9").out.split())
    assert action["text"] in shown


def test_directorates_as_json(plancli: Typed) -> None:
    rows = json.loads(plancli("directorates", "--format", "json").out)
    assert len(rows) == 20
    assert rows[0] == {
        "code": "DIHAL",
        "name": "Délégation interministérielle à l'hébergement et à l'accès au logement",
        "ministry": "Logement",
        "note": None,
        "pilot": 30,
        "associated": 1,
        "actions": 31,
    }
    assert [row["code"] for row in rows[:4]] == ["DIHAL", "DHUP", "DMAT", "DSJ"]


THREE_LEVELS = """\
title: Un plan
language: fr
period: {start: 2021, end: 2021}
levels: [axe, objectif, mesure]
directorates: {AA: null}
orientations:
  - number: 1
    title: Un axe
    measures:
      - number: 3
        title: Un objectif
        measures:
          - number: 3
            title: Une mesure
            actions:
              - {number: 1, text: Agir., pilots: [AA], associated: [], years: [2021]}
source_notes:
  - {measure: 3, note: Sur l'objectif.}
  - {measure: "1.3", note: Encore sur l'objectif.}
  - {measure: "1.3.3", note: Sur la mesure.}
"""


def test_the_name_of_a_level_without_its_number_shows_what_can_be_typed(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(THREE_LEVELS, "utf-8")
    for level, title in (("axe", "Un axe"), ("objectif", "Un objectif"), ("mesure", "Une mesure")):
        refused = plancli("show", level, "--plan", str(file))
        assert (refused.code, refused.out) == (2, "")
        told, _colon, example = refused.err.rstrip("\n").rpartition(": ")
        assert told == f"plancli: {level} stands in one word with its number\nFor example"
        shown = plancli("show", *shlex.split(example), "--plan", str(file), "--format", "json")
        assert [each["title"] for each in json.loads(shown.out)] == [title]


def test_the_word_action_before_a_number_is_told_behind_the_action(plancli: Typed) -> None:
    answer = plancli("show", "action", "12")
    assert (answer.code, answer.out) == (2, plancli("show", "12").out)
    assert answer.err == "plancli: action is not needed: an action is named by its number\nFor example: 9, 18-20\n"


def test_a_source_note_stands_below_its_own_group(plancli: Typed, tmp_path: Path) -> None:
    """A number names a group of the second level; one below it with the same number is named by its path."""
    file = tmp_path / "plan.yaml"
    file.write_text(THREE_LEVELS, "utf-8")
    (objective,) = json.loads(plancli("show", "objectif=3", "--plan", str(file), "--format", "json").out)
    assert [each["note"] for each in objective["source_notes"]] == ["Sur l'objectif.", "Encore sur l'objectif."]
    (measure,) = json.loads(plancli("show", "mesure=3", "--plan", str(file), "--format", "json").out)
    assert [each["note"] for each in measure["source_notes"]] == ["Sur la mesure."]
    for ending in ("html", "md"):
        target = tmp_path / f"plan.{ending}"
        plancli("export", str(target), "--plan", str(file))
        written = target.read_text("utf-8").replace("&#39;", "'")
        notes = ("Sur l'objectif.", "Encore sur l'objectif.", "Sur la mesure.")
        assert [written.count(note) for note in notes] == [1, 1, 1]
