"""The ignore list of a repository: what is left out, with its reason, and what no longer is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.repositories import Repo

Typed = Callable[..., Any]

PLAN = b"""title: Un plan
language: fr
period: {start: 2021, end: 2022}
directorates: {DSJ: , DHUP: }
actions:
  - {number: 1, code: A1, text: Faire., pilots: [], associated: [DSJ], years: [2021]}
  - {number: 2, text: Finir., pilots: [], associated: [DHUP], years: [2022]}
"""


@pytest.fixture
def here(repo: Repo) -> Repo:
    repo.write("data/plan.yaml", PLAN)
    return repo


def entry(**values: object) -> str:
    rows = [f"{key} = {value!r}".replace("'", '"') for key, value in values.items()]
    return "\n".join(["[[ignore]]", *rows, ""])


def test_a_rule_is_left_out_for_one_action_and_said_to_be(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", entry(rule="no-pilot", action=2, reason="Nommé en mars.").encode())
    answer = plancli("validate", "--strict")
    assert answer.code == 1
    assert "action 1: no pilot" in answer.out
    assert "action 2" not in answer.out.splitlines()[0]
    assert answer.lines[-1] == "1 warning · 2 actions checked · ignored: no-pilot of action 2 (1)"


def test_an_action_is_named_by_its_code_and_a_rule_as_a_whole(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", entry(rule="no-pilot", action="A1", reason="Nommé en mars.").encode())
    assert "no-pilot of action A1 (1)" in plancli("validate").lines[-1]
    here.write(".plancli.toml", entry(rule="no-pilot", reason="Nommés en mars.").encode())
    answer = plancli("validate", "--strict")
    assert (answer.code, answer.out) == (0, "no mistakes · 2 actions checked · ignored: no-pilot (2)\n")


def test_it_stands_in_pyproject_toml_too(here: Repo, plancli: Typed) -> None:
    text = '[project]\nname = "x"\n[[tool.plancli.ignore]]\nrule = "no-pilot"\nreason = "Nommés en mars."\n'
    here.write("pyproject.toml", text.encode())
    assert "ignored: no-pilot (2)" in plancli("validate").out
    here.write("pyproject.toml", b'[project]\nname = "x"\n')
    assert "ignored" not in plancli("validate").out


def test_an_entry_that_leaves_nothing_out_is_told_with_its_line(here: Repo, plancli: Typed) -> None:
    rows = entry(rule="no-pilot", reason="Nommés en mars.") + entry(rule="no-years", action=1, reason="?")
    here.write(".plancli.toml", rows.encode())
    answer = plancli("validate")
    said = "plancli: .plancli.toml:4:1: no-years of action 1: there is nothing to ignore any more; take it out\n"
    assert (answer.code, answer.err) == (0, said)


def test_an_entry_about_another_plan_is_not_stale(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", entry(rule="no-pilot", reason="?", plan="data/other.yaml").encode())
    answer = plancli("validate")
    assert answer.err == ""
    assert "2 warnings" in answer.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n", ".plancli.toml:1:1: unknown key x"),
        ("ignore = 3\n", ".plancli.toml:1:1: ignore is a list of at most 1000 tables"),
        (entry(rule="no-pilot"), ".plancli.toml:1:1: an entry needs its reason, a text"),
        ("\n" + entry(rule="no-pilott", reason="?"), ".plancli.toml:2:1: no rule no-pilott"),
        (entry(rule="no-pilot", reason="?", acton=1), ".plancli.toml:1:1: unknown key acton"),
        (entry(rule="no-pilot", reason="?", action=[1]), ".plancli.toml:1:1: action is a number or a code"),
        (entry(rule="duplicate-key", reason="?"), ".plancli.toml:1:1: duplicate-key can't be ignored"),
        ("ignore = [\n\n  x x\n", ".plancli.toml:3:3: not TOML"),
        ("a = " + "[" * 50_000, ".plancli.toml:1:1: nested too deeply"),
        ("# " + "x" * 1_000_001, ".plancli.toml:1:1: larger than 1000000 bytes"),
        ("\x1b[2J = 1\n", ".plancli.toml:1:1: not TOML"),
    ],
)
def test_a_fault_has_its_place_and_nothing_is_ignored(here: Repo, plancli: Typed, text: str, said: str) -> None:
    here.write(".plancli.toml", text.encode())
    answer = plancli("validate")
    assert answer.code == 1
    assert answer.err.startswith(f"plancli: {said}")
    assert "\x1b" not in answer.err


def test_a_link_out_of_the_repository_is_refused(here: Repo, plancli: Typed, tmp_path: Path) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text(entry(rule="no-pilot", reason="?"), "utf-8")
    (here.folder / ".plancli.toml").symlink_to(outside)
    answer = plancli("validate")
    assert answer.code == 3
    assert "no pilot" not in answer.out


def test_a_list_above_the_repository_is_not_read(here: Repo, plancli: Typed) -> None:
    (here.folder.parent / ".plancli.toml").write_text("x = 1", "utf-8")
    try:
        assert plancli("validate").code == 0
    finally:
        (here.folder.parent / ".plancli.toml").unlink()
