"""What people see of plans of other shapes than the published one: own levels, words, codes, dates and fields."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import Answer

EXAMPLES = Path(__file__).parents[2] / "examples"

QUESTIONS = {
    "climate-summary": "summary --plan climate.yaml",
    "climate-list": "list --plan climate.yaml -f axe=1",
    "climate-sorted": "list --plan climate.yaml -f financement=demandé --columns number,budget,due --sort=-budget",
    "climate-by-objectif": "summary --plan climate.yaml --by objectif --by priority",
    "climate-show": "show --plan climate.yaml BAT-01 1.2",
    "climate-late": "list --plan climate.yaml --late",
    "climate-by-status": "summary --plan climate.yaml --by status --by axe",
    "climate-followed": "show --plan climate.yaml MOB-03 BAT-05 29 DPB",
    "climate-directorates": "directorates --plan climate.yaml",
    "government-summary": "summary --plan open-government.yaml",
    "government-list": "list --plan open-government.yaml -f theme=2",
    "government-by-value": "summary --plan open-government.yaml --by value --by theme",
    "security-list": "list --plan security.yaml -p critical",
    "security-summary": "summary --plan security.yaml",
    "security-show": "show --plan security.yaml 5",
}


def typed(name: str) -> list[str]:
    """Return a question as it is typed, put on a day: what is late changes from day to day."""
    return [*shlex.split(QUESTIONS[name]), "--on", "2025-09-30"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_golden_screens_of_other_plans_on_each_terminal(
    name: str,
    plancli: Callable[..., Answer],
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(EXAMPLES)
    text = ""
    for language in ("en", "fr"):
        for columns in (80, 120):
            answer = plancli(*typed(name), columns=columns, rows=50, PLANCLI_LANG=language)
            assert max(map(len, answer.lines)) <= columns
            text += f"=== {language}, {columns} columns\n{answer.out}"
    text += f"=== pipe\n{plancli(*typed(name)).out}"
    golden(f"{name}.txt", text)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_golden_answers_about_other_plans_in_each_format(
    name: str,
    form: str,
    plancli: Callable[..., Answer],
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(EXAMPLES)
    answer = plancli(*typed(name), "--format", form)
    if answer.code == 2:
        assert form == "csv"
        return
    golden(f"{name}.{form.replace('markdown', 'md')}", answer.out)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("list -f financement=demande_", "unknown financement demande_ (acquis, demandé, à trouver)"),
        ("list -p hautte", "unknown priority hautte (haute, moyenne, basse). Did you mean haute?"),
        ("list -f finacement=acquis", "unknown field finacement. Did you mean financement?"),
        ("list -f axe=9", "unknown axe 9 (1-4)"),
        ("list -f axe", "-f takes KEY=VALUE. Did you mean -f axe=…?"),
        ("list -p 1", "unknown priority 1 (haute, moyenne, basse)"),
        ("list --columns bugdet", "unknown column bugdet. Did you mean budget?"),
        ("list --sort buget", "unknown column buget. Did you mean budget?"),
        ("summary --by chantie", "no dimension chantie. Did you mean chantier?"),
        ("summary --by mesures", "no dimension mesures"),
        ("show BAT-99", "unknown code BAT-99. Did you mean BAT-01?"),
        ("show axe9", "unknown axe 9 (1-4)"),
    ],
)
def test_slips_get_the_nearest_of_the_loaded_plan(
    line: str, message: str, plancli: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    answer = plancli(*shlex.split(line), "--plan", "climate.yaml")
    assert answer.code == 2
    assert answer.err.splitlines()[0].startswith(f"plancli: {message}")


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("BAT-01", ["1"]),
        ("bat-01", ["1"]),
        ("1", ["1"]),
        ("BAT-01,2-3", ["1", "2", "3"]),
    ],
)
def test_a_code_is_typed_wherever_a_number_is(
    typed: str, numbers: list[str], plancli: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    rows = plancli("show", typed, "--plan", "climate.yaml", "--format", "csv").lines[1:]
    assert [row.partition(",")[0] for row in rows] == numbers


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [("--code BAT-01", [1]), ("--code bat-01,LOG-01", [1, 6]), ("-f code=BAT-02", [2]), ("--code none", [])],
)
def test_actions_are_asked_by_code(
    asked: str, numbers: list[int], plancli: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    answer = plancli("list", *asked.split(), "--plan", "climate.yaml", "--format", "csv")
    if not numbers:
        assert answer.err.startswith("plancli: unknown code none")
    assert [int(row.partition(",")[0]) for row in answer.lines[1:]] == numbers


def test_a_code_of_a_group_asks_for_its_actions(
    plancli: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    rows = plancli("list", "--code", "AR0041", "--plan", "open-government.yaml", "--format", "csv").lines[1:]
    assert [row.partition(",")[0] for row in rows] == ["1", "2", "3"]


@pytest.mark.parametrize("option", ["--axe", "--Financement"])
def test_a_level_or_field_typed_as_an_option_is_answered_with_the_one_for_fields(
    option: str, plancli: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    answer = plancli("list", option, "2", "--plan", "climate.yaml")
    assert answer.err.splitlines()[0] == (f"plancli: no option {option}. Did you mean -f {option[2:].lower()}=…?")


@pytest.mark.parametrize("flag", ["--measure 1.1", "-f objectif=1.1", "-f Objectif=1.1"])
def test_a_level_is_asked_by_its_name_and_by_the_built_in_one(
    flag: str, plancli: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    rows = plancli("list", *flag.split(), "--plan", "climate.yaml", "--format", "csv").lines[1:]
    assert [row.partition(",")[0] for row in rows] == ["1", "2", "3", "4", "5"]


def test_words_are_found_in_titles_of_several_plans_of_other_levels(
    plancli: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(EXAMPLES)
    answer = plancli("list", "-t", "budget", "--plan", ".", "--columns", "number,found_in", "--format", "csv")
    assert answer.code == 0
    assert len(answer.lines) > 3


def test_a_heading_of_long_names_of_levels_fits_the_window(
    plancli: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (EXAMPLES / "climate.yaml").read_text("utf-8")
    levels = "levels: [axe stratégique, objectif opérationnel, chantier prioritaire]"
    file = tmp_path / "plan.yaml"
    file.write_text(text.replace("levels: [axe, objectif, chantier]", levels), "utf-8")
    for columns in (60, 80, 120):
        lines = plancli("summary", "--plan", "plan.yaml", columns=columns).lines
        assert max(map(len, lines)) <= columns
        assert any(line.startswith(" Axes stratégiques, objectifs") for line in lines)


HOSTILE = """\
title: T
language: fr
period: {start: 2024, end: 2024}
levels: ["{x}", "a%s {values}"]
priorities: ["{y}", "=cmd"]
fields:
  k: {label: "L {z}", type: choice, values: ["{v}", "w"]}
  num: {label: "N (€)", type: number}
directorates:
  "{d}": {ministry: "{m}"}
orientations:
  - number: 1
    title: "{t}"
    measures:
      - number: 1
        code: "{c}"
        title: "titre {u}"
        actions:
          - number: 1
            code: "{b} 1"
            text: "texte {a}"
            pilots: ["{d}"]
            associated: []
            years: []
            when: "{w}"
            priority: "{y}"
            fields: {k: "{v}", num: 3}
"""


@pytest.mark.parametrize(
    "line",
    [
        "list -f '{x}=1'",
        "list -f 'k={v}' -p '{y}' --ministry '{m}' -d '{d}' --code '{c}'",
        "list -t titre --calendar '{w}'",
        "list -t nix -p '=cmd'",
        "summary",
        "summary --by k --by '{x}'",
        "summary --by 'a%s {values}' --by priority",
        "show '{b} 1' '{c}' '{x}1'",
    ],
)
def test_names_of_a_plan_are_never_taken_for_places_of_sentences(
    line: str, plancli: Callable[..., Answer], tmp_path: Path
) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(HOSTILE, "utf-8")
    for form in ("table", "json", "markdown"):
        for columns in (None, 80):
            answer = plancli(*shlex.split(line), "--plan", str(file), "--format", form, columns=columns)
            assert answer.code == 0, answer.err
