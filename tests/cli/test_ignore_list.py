"""The ignore list of a repository: what is left out, with its reason, and what no longer is."""

import json
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from plancli.check.reporters import REPORTERS
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
    assert "action A1: no pilot" in answer.out
    assert "action 2" not in answer.out.splitlines()[0]
    assert answer.lines[-1] == "1 warning · 2 actions checked · ignored: no-pilot of action 2 (1)"


def test_an_action_is_named_by_its_code_and_a_rule_as_a_whole(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", entry(rule="no-pilot", action="A1", reason="Nommé en mars.").encode())
    assert "no-pilot of action A1 (1)" in plancli("validate").lines[-1]
    here.write(".plancli.toml", entry(rule="no-pilot", action="2", reason="Un numéro entre guillemets.").encode())
    assert "no-pilot of action 2 (1)" in plancli("validate").lines[-1]
    here.write(".plancli.toml", entry(rule="no-pilot", reason="Nommés en mars.").encode())
    answer = plancli("validate", "--strict")
    assert (answer.code, answer.out) == (0, "no mistakes · 2 actions checked · ignored: no-pilot (2)\n")


def test_an_ignore_list_may_stand_in_pyproject_toml(here: Repo, plancli: Typed) -> None:
    text = '[project]\nname = "x"\n[[tool.plancli.ignore]]\nrule = "no-pilot"\nreason = "Nommés en mars."\n'
    here.write("pyproject.toml", text.encode())
    assert "ignored: no-pilot (2)" in plancli("validate").out
    for other in ('[project]\nname = "x"\n', f"dependencies = {['a>=1.2.3'] * 200}\n", "not TOML"):
        here.write("pyproject.toml", other.encode())
        answer = plancli("validate")
        assert ("ignored" in answer.out, answer.err) == (False, "")


STALE = entry(rule="no-pilot", reason="Nommés en mars.") + entry(rule="no-years", action=1, reason="?")


def test_an_entry_that_leaves_nothing_out_is_told_with_its_line(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", STALE.encode())
    answer = plancli("validate", "--strict")
    said = ".plancli.toml:4:1: note[stale-ignore] there is nothing to ignore any more: no-years of action 1"
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines == [said, "1 note · 2 actions checked · ignored: no-pilot (2)"]


def test_a_stale_entry_is_told_in_every_report(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", STALE.encode())
    for form in REPORTERS:
        out = plancli("validate", "--format", form).out
        assert ".plancli.toml" in out, form
        assert "stale-ignore" in out, form
    assert "stale-ignore" not in plancli("validate", "--ignore", "stale-ignore", "--format", "json").out


def test_nothing_is_called_stale_where_it_may_only_not_have_been_found(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", STALE.encode())
    here.commit(PLAN)
    here.write("data/plan.yaml", PLAN.replace(b"text: Finir.", b"texte: Finir."))
    assert "stale-ignore" not in plancli("validate").out
    assert "stale-ignore" not in plancli("validate", "--at", "HEAD").out
    assert "stale-ignore" not in plancli("validate", "data/plan.yaml", "data/none.yaml").out


def test_an_entry_about_all_plans_is_not_called_stale_by_one_of_them(here: Repo, plancli: Typed) -> None:
    here.write(
        "data/other.yaml",
        PLAN.replace(b"pilots: []", b"pilots: [DSJ]").replace(b"associated: [DSJ]", b"associated: []"),
    )
    here.write(".plancli.toml", entry(rule="no-pilot", reason="Nommés en mars.").encode())
    assert "stale-ignore" not in plancli("validate", "data/other.yaml").out
    assert "stale-ignore" not in plancli("validate", "data").out
    here.write(".plancli.toml", entry(rule="no-years", reason="Fixées en mars.").encode())
    assert "stale-ignore" in plancli("validate", "data").out


def test_a_rule_that_is_ignored_twice_is_counted_once(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", entry(rule="no-pilot", action=2, reason="Nommé en mars.").encode())
    assert plancli("validate", "--ignore", "no-pilot").lines[-1].endswith("ignored: no-pilot (2)")


def test_the_rule_of_stale_entries_is_not_ignored_by_an_entry(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", entry(rule="stale-ignore", reason="?").encode())
    answer = plancli("validate")
    assert answer.code != 0
    assert "stale-ignore can't be ignored: take the entry out" in answer.err


def test_an_entry_about_a_plan_that_is_not_there_is_stale(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", entry(rule="no-pilot", reason="?", plan="data/gone.yaml").encode())
    assert "stale-ignore" in plancli("validate").lines[-2]


def test_a_plan_is_known_by_any_of_its_names(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", entry(rule="no-pilot", reason="?", plan="data/plan.yaml").encode())
    for name in ("data/plan.yaml", "./data/plan.yaml", str(here.folder / "data/plan.yaml"), "data"):
        assert "ignored: no-pilot (2)" in plancli("validate", name).lines[-1]


def test_a_file_has_the_list_of_its_own_folder(
    here: Repo, plancli: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("plan.yaml", "sub/plan.yaml", "sub/other.yaml"):
        here.write(name, PLAN)
    here.write("sub/.plancli.toml", entry(rule="no-pilot", reason="?").encode())
    answer = plancli("validate", "sub/plan.yaml", "plan.yaml", "sub/other.yaml", "data/plan.yaml")
    assert answer.lines[-1] == "4 warnings · 4 files · 8 actions checked · ignored: no-pilot (4)"
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(PLAN)))
    monkeypatch.chdir(here.folder / "sub")
    answer = plancli("validate", "-", "plan.yaml")
    assert answer.lines[-1] == "2 warnings · 2 files · 4 actions checked · ignored: no-pilot (2)"


def test_a_code_is_known_where_the_plan_is_broken(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", entry(rule="no-pilot", action="A1", reason="?").encode())
    here.write("data/plan.yaml", PLAN.replace(b"text: Finir.", b"texte: Finir."))
    answer = plancli("validate")
    assert "ignored: no-pilot of action A1 (1)" in answer.lines[-1]


@pytest.fixture
def one_ignored(here: Repo) -> Repo:
    here.write(".plancli.toml", entry(rule="no-pilot", action=2, reason="Nommé en <mars>.").encode())
    return here


def test_what_is_ignored_stands_in_json_with_its_reason(one_ignored: Repo, plancli: Typed) -> None:
    report = json.loads(plancli("validate", "--format", "json").out)
    assert [each["action"] for each in report["diagnostics"]] == [1]
    assert report["summary"] == {"errors": 0, "warnings": 1, "notes": 0, "ignored": 1}
    (ignored,) = report["ignored"]
    assert (ignored["rule"], ignored["action"], ignored["line"]) == ("no-pilot", 2, 7)
    assert ignored["reason"] == "Nommé en <mars>."


def test_what_is_ignored_is_suppressed_in_sarif(one_ignored: Repo, plancli: Typed) -> None:
    (run,) = json.loads(plancli("validate", "--format", "sarif").out)["runs"]
    reason = {"kind": "external", "status": "accepted", "justification": "Nommé en <mars>."}
    assert [each["suppressions"] for each in run["results"]] == [[], [reason]]
    assert all(run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == "no-pilot" for each in run["results"])
    (one_ignored.folder / ".plancli.toml").unlink()
    (run,) = json.loads(plancli("validate", "--format", "sarif").out)["runs"]
    assert all("suppressions" not in each for each in run["results"])


def test_what_is_ignored_is_skipped_in_junit(one_ignored: Repo, plancli: Typed) -> None:
    suite = ElementTree.fromstring(plancli("validate", "--strict", "--format", "junit").out)[0]
    (skipped,) = [case for case in suite if case.find("skipped") is not None]
    assert skipped.get("classname") == "no-pilot"
    assert skipped.find("skipped").get("message") == "Nommé en <mars>."  # type: ignore[union-attr]
    assert (suite.get("failures"), suite.get("skipped"), suite.get("tests")) == ("1", "1", str(len(suite)))


@pytest.mark.parametrize("form", ["github", "gitlab"])
def test_what_is_ignored_is_no_mark_of_a_forge_but_told(one_ignored: Repo, plancli: Typed, form: str) -> None:
    answer = plancli("validate", "--format", form)
    assert "action 2" not in answer.out
    assert answer.err == "ignored: no-pilot of action 2 (1)\n"


def test_the_summary_of_a_step_names_what_is_ignored(one_ignored: Repo, plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    plancli("validate", "--format", "github", GITHUB_STEP_SUMMARY=str(file))
    assert file.read_text("utf-8").splitlines()[-1] == "ignored: no-pilot of action 2 (1)"


def test_what_is_ignored_is_not_mended(here: Repo, plancli: Typed) -> None:
    plan = PLAN.replace(b"years: [2021]", b"years: [2022, 2021]").replace(
        b"years: [2022]}", b"years: [2022, 2021]}"
    )
    here.write("data/plan.yaml", plan)
    here.write(".plancli.toml", entry(rule="years-order", action="A1", reason="?").encode())
    assert plancli("validate", "--fix").code == 0
    now = (here.folder / "data/plan.yaml").read_text("utf-8")
    assert now.count("[2022, 2021]") == 1
    assert "A1" in next(line for line in now.splitlines() if "[2022, 2021]" in line)


def test_a_new_problem_that_is_ignored_is_counted_by_diff_and_fails_nothing(here: Repo, plancli: Typed) -> None:
    here.commit(PLAN)
    here.write("data/plan.yaml", PLAN.replace(b"years: [2022]", b"years: [2022, 2021]"))
    assert plancli("diff", "--fail-on", "problems").code == 1
    here.write(".plancli.toml", entry(rule="years-order", action=2, reason="Publié ainsi.").encode())
    answer = plancli("diff", "--fail-on", "problems")
    assert answer.code == 0
    assert "Problems: 0 new, 0 fixed, 1 ignored" in answer.lines
    found = json.loads(plancli("diff", "--format", "json").out)["problems"]
    assert (found["new"], [each["rule"] for each in found["ignored"]]) == ([], ["years-order"])
    assert ":** 0 nouveau, 0 résolu, 1 ignoré\n" in plancli("diff", "--format", "markdown").out
    here.write(".plancli.toml", b"x = 1")
    answer = plancli("diff", "--fail-on", "problems")
    assert answer.code == 1
    assert "plancli: .plancli.toml:1:1: unknown key x" in answer.err
    assert "Problems: 1 new, 0 fixed" in answer.out


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("columns", [80, 120])
def test_screens_of_what_is_ignored(
    here: Repo, plancli: Typed, golden: Callable[[str, str], None], language: str, columns: int
) -> None:
    here.commit(PLAN)
    here.write("data/plan.yaml", PLAN.replace(b"years: [2022]", b"years: [2022, 2021]"))
    entries = [("no-pilot", 1), ("years-order", 2), ("no-years", 1)]
    rows = [entry(rule=rule, action=action, reason="Lu en mars.") for rule, action in entries]
    here.write(".plancli.toml", "".join(rows).encode())
    text = ""
    for typed in (("validate",), ("validate", "--format", "github"), ("validate", "--diff"), ("diff",)):
        answer = plancli(*typed, columns=columns, PLANCLI_LANG=language)
        text += f"=== {' '.join(typed)}: exit {answer.code}\n{answer.out}{answer.err}"
    golden(f"ignored-{language}-{columns}.txt", text)


def test_outside_a_repository_a_list_stands_beside_the_folder_data(plancli: Typed, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "plan.yaml").write_bytes(PLAN)
    (tmp_path / ".plancli.toml").write_text(entry(rule="no-pilot", reason="?"), "utf-8")
    assert "ignored: no-pilot (2)" in plancli("validate", str(tmp_path / "data" / "plan.yaml")).out


def test_an_entry_about_another_plan_is_not_stale(here: Repo, plancli: Typed) -> None:
    here.write(".plancli.toml", entry(rule="no-pilot", reason="?", plan="data/other.yaml").encode())
    answer = plancli("validate")
    assert answer.err == ""
    assert "2 warnings" in answer.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n", ".plancli.toml:1:1: unknown key x"),
        ("ignore = 3\n", ".plancli.toml:1:1: ignore is a list of at most 1,000 tables"),
        (entry(rule="no-pilot"), ".plancli.toml:1:1: an entry needs its reason, a text"),
        ("\n" + entry(rule="no-pilott", reason="?"), ".plancli.toml:2:1: no rule no-pilott"),
        (entry(rule="no-pilot", reason="?", acton=1), ".plancli.toml:1:1: unknown key acton"),
        (entry(rule="no-pilot", reason="?", action=[1]), ".plancli.toml:1:1: action is a number or a code"),
        (entry(rule="no-pilot", reason="?", plan=1), ".plancli.toml:1:1: plan is the path of a plan file"),
        ("ignore = [3]\n", ".plancli.toml:1:1: an entry is a table with rule and reason"),
        (entry(rule="duplicate-key", reason="?"), ".plancli.toml:1:1: duplicate-key can't be ignored"),
        ("ignore = [\n\n  x x\n", ".plancli.toml:3:3: not TOML"),
        ("a = " + "[" * 50_000, ".plancli.toml:1:1: nested too deeply"),
        ("a = 1\nb = " + "9" * 5_000, ".plancli.toml:1:1: not TOML: "),
        ("\n" + "a." * 50_000 + "a = 1", ".plancli.toml:2:1: a line with more than 300 dots"),
        ("# " + "x" * 1_000_001, ".plancli.toml:1:1: larger than 1,000,000 bytes"),
        ("\x1b[2J = 1\n", ".plancli.toml:1:1: not TOML"),
    ],
)
def test_a_fault_in_an_ignore_list_is_placed_and_nothing_is_ignored(
    here: Repo, plancli: Typed, text: str, said: str
) -> None:
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
    assert answer.err.endswith("Make it a file of the repository, or take it away\n")


def test_a_list_above_the_repository_is_not_read(here: Repo, plancli: Typed) -> None:
    (here.folder.parent / ".plancli.toml").write_text("x = 1", "utf-8")
    try:
        assert plancli("validate").code == 0
    finally:
        (here.folder.parent / ".plancli.toml").unlink()
