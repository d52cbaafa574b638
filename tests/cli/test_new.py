"""``plancli new``: a first plan from options or questions, valid at once, and never in the place of another."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plancli.plan.document import read_document
from tests.command import Stream

Typed = Callable[..., Any]


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that lets somebody type lines at the terminal."""

    def type_lines(lines: str) -> None:
        stdin = Stream(terminal=True)
        stdin.bytes.write(lines.encode())
        stdin.bytes.seek(0)
        monkeypatch.setattr(sys, "stdin", stdin)

    return type_lines


def data_of(file: Path) -> Any:
    return read_document(file.read_bytes(), file.name).data


@pytest.mark.parametrize(
    ("language", "levels", "priorities"),
    [
        *(("fr", levels, "") for levels in ("", "none", "axe", "axe,objectif", "axe,objectif,chantier,étape")),
        *(("en", levels, "haute,basse") for levels in ("", "none", "axe,objectif")),
        *(("de", levels, "1,2") for levels in ("", "none", "axe,objectif")),
    ],
)
def test_new_writes_a_valid_and_canonical_plan(
    plancli: Typed, empty_folder: Path, language: str, levels: str, priorities: str
) -> None:
    options = ["--levels", levels, "--priorities", priorities, "--language", language]
    assert plancli("new", "--title", "Plan: un", "--period", "2024-2026", *options).code == 0
    assert plancli("validate", "--strict").out == "no mistakes · 1 action checked\n"
    assert plancli("fmt", "--check").code == 0
    data = data_of(empty_folder / "plan.yaml")
    assert (data["title"], data["language"]) == ("Plan: un", language)
    assert data["period"] == {"start": 2024, "end": 2026}
    assert plancli("list", "--format", "csv").out.count("\n") == 2


def test_levels_nest_under_each_other_and_are_named(plancli: Typed, empty_folder: Path) -> None:
    plancli("new", "--title", "T", "--period", "2026", "--levels", "axe, objectif ,chantier", "--language", "fr")
    data = data_of(empty_folder / "plan.yaml")
    assert data["levels"] == ["axe", "objectif", "chantier"]
    [axe] = data["orientations"]
    [objectif] = axe["measures"]
    [chantier] = objectif["measures"]
    [action] = chantier["actions"]
    titles = [axe["title"], objectif["title"], chantier["title"]]
    assert titles == ["Axe 1, à remplacer", "Objectif 1, à remplacer", "Chantier 1, à remplacer"]
    assert action["years"] == [2026]
    assert "priority" not in action


def test_what_is_not_given_is_not_in_the_file(plancli: Typed, empty_folder: Path) -> None:
    plancli("new", "--title", "T", "--period", "2026", "--levels", "none")
    data = data_of(empty_folder / "plan.yaml")
    assert list(data) == ["title", "language", "period", "levels", "directorates", "actions"]
    assert data["levels"] == []
    plancli("new", "b.yaml", "--title", "T", "--period", "2026")
    data = data_of(empty_folder / "b.yaml")
    assert list(data) == ["title", "language", "period", "directorates", "orientations"]


def test_each_text_to_replace_is_found_by_the_first_step(plancli: Typed) -> None:
    out = plancli("new", "--title", "T", "--period", "2026").out
    assert "plancli list -t 'to be replaced'" in out
    assert "Action 1, to be replaced" in plancli("list", "-t", "to be replaced").out


def test_the_next_steps_name_a_plan_that_is_not_found_by_itself(plancli: Typed) -> None:
    options = ["--title", "T", "--period", "2026", "--language", "fr"]
    out = plancli("new", "le vélo.yaml", *options).out
    assert "plancli list --plan 'le vélo.yaml' -t 'à remplacer'" in out
    assert "plancli validate 'le vélo.yaml'" in out
    assert "plancli summary\n" not in out
    assert "--plan" not in plancli("new", *options).out


def test_the_next_steps_are_told_where_the_named_plan_is_not_there(plancli: Typed) -> None:
    code, out, err = plancli("new", "--title", "T", "--period", "2026", PLANCLI_PLAN="nope.yaml")
    assert (code, err) == (0, "")
    assert "--plan plan.yaml" in out


def test_new_overwrites_nothing(plancli: Typed, empty_folder: Path) -> None:
    file = empty_folder / "plan.yaml"
    options = ["--title", "T", "--period", "2026"]
    told = "plancli: plan.yaml is there already\nGive the new plan another name: plancli new FILE\n"
    file.write_text("mine", "utf-8")
    assert plancli("new", *options) == (3, "", told)
    assert file.read_text("utf-8") == "mine"
    file.unlink()
    file.symlink_to("nowhere")
    assert plancli("new", *options) == (3, "", told)
    assert not (empty_folder / "nowhere").exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "a plan needs a title"),
        (["--title", " "], "a plan needs a title"),
        (["--title", "T"], "a plan needs the years it covers, as 2024-2029 or 2026"),
        (["--title", "T", "--period", "soon"], "a plan needs the years it covers, as 2024-2029 or 2026"),
    ],
)
def test_new_refuses_missing_and_wrong_options(
    plancli: Typed, empty_folder: Path, options: list[str], told: str
) -> None:
    code, out, err = plancli("new", *options)
    assert (code, out, err.splitlines()[0]) == (2, "", f"plancli: {told}")
    assert list(empty_folder.iterdir()) == []


@pytest.mark.parametrize(
    "options",
    [
        ["--period", "2029-2024"],
        ["--period", "2024", "--levels", "a,b,c,d,e"],
        ["--period", "2024", "--levels", "axe,axe"],
        ["--period", "2024", "--levels", "pilot"],
        ["--period", "2024", "--priorities", "haute,haute"],
    ],
)
def test_what_makes_no_valid_plan_is_refused_in_the_words_of_the_rules(
    plancli: Typed, empty_folder: Path, options: list[str]
) -> None:
    assert plancli("new", "--title", "T", *options).code == 2
    assert list(empty_folder.iterdir()) == []


@pytest.mark.parametrize("title", ["Vélo : axe # 1", "“Vivre ensemble”", "Vélo &amp; marche"])
def test_a_title_is_taken_as_it_is(plancli: Typed, empty_folder: Path, title: str) -> None:
    assert plancli("new", "--title", title, "--period", "2026").code == 0
    assert data_of(empty_folder / "plan.yaml")["title"] == title


def test_another_ending_is_refused(plancli: Typed) -> None:
    assert plancli("new", "plan.txt", "--title", "T", "--period", "2026").code == 2


def test_a_dash_is_standard_output(plancli: Typed, empty_folder: Path) -> None:
    code, out, err = plancli("new", "-", "--title", "T", "--period", "2026")
    assert (code, err) == (0, "")
    assert out.startswith("title: >-\n  T\n")
    assert list(empty_folder.iterdir()) == []


def test_on_a_terminal_what_is_missing_is_asked(
    plancli: Typed, typed: Callable[[str], None], empty_folder: Path
) -> None:
    typed("\nPlan vélo\nbientôt\n2025 - 2027\naxe\nhaute, basse\nfr\n")
    code, out, err = plancli("new", columns=80)
    assert code == 0
    assert err.startswith("Title: a plan needs a title\nTitle: Years (2024-2029): a plan needs the years")
    data = data_of(empty_folder / "plan.yaml")
    assert (data["title"], data["period"]) == ("Plan vélo", {"start": 2025, "end": 2027})
    assert (data["levels"], data["priorities"], data["language"]) == (["axe"], ["haute", "basse"], "fr")
    assert "Next" in out


def test_only_what_is_missing_is_asked(plancli: Typed, typed: Callable[[str], None], empty_folder: Path) -> None:
    typed("2026\n\n\n\n")
    assert plancli("new", "--title", "T", columns=80).err.startswith("Years (2024-2029): ")
    data = data_of(empty_folder / "plan.yaml")
    assert "levels" not in data
    assert "priorities" not in data


def test_who_has_title_and_period_is_asked_nothing(plancli: Typed, typed: Callable[[str], None]) -> None:
    typed("")
    assert plancli("new", "--title", "T", "--period", "2026", columns=80).err == ""


def test_new_writes_nothing_at_the_end_of_input(
    plancli: Typed, typed: Callable[[str], None], empty_folder: Path
) -> None:
    typed("T\n")
    assert plancli("new", columns=80).code == 130
    assert list(empty_folder.iterdir()) == []


def test_new_asks_in_french(plancli: Typed, typed: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    typed("Plan\n2026\n\n\n\n")
    _code, out, err = plancli("new", columns=80, PLANCLI_LANG="fr")
    assert err.startswith("Titre\u00a0: Années (2024-2029)\u00a0: ")
    assert "Ensuite" in out


def test_a_wrong_answer_is_asked_again_at_once(
    plancli: Typed, typed: Callable[[str], None], empty_folder: Path
) -> None:
    typed("\nPlan\n2030-2025\n2024-2025\na,b,c,d,e\naxe,Axe\naxe,status\naxe\nhaute,haute\nhaute\nfrançais\nfr\n")
    answer = plancli("new", columns=80)
    assert answer.code == 0
    data = data_of(empty_folder / "plan.yaml")
    assert (data["period"]["start"], data["levels"], data["priorities"], data["language"]) == (
        2024,
        ["axe"],
        ["haute"],
        "fr",
    )
    assert "at most 4 levels" in answer.err


def test_a_language_is_a_code(plancli: Typed, empty_folder: Path) -> None:
    answer = plancli("new", "--title", "T", "--period", "2026", "--language", "2025-2027")
    assert (answer.code, "no code of a language" in answer.err) == (2, True)
    assert list(empty_folder.iterdir()) == []
