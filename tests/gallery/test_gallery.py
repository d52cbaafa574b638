"""A gallery of errors: for each rule the smallest broken plan, and the screen and the line it gives.

``plans/<rule>.yaml`` is the plan, ``screens/<language>/<rule>.txt`` what is said of it (``--update-golden``
writes them).
"""

from pathlib import Path

import pytest

from plancli.check.catalogue import RULES
from plancli.check.checker import check
from plancli.check.reporters import counts_line, report
from plancli.check.run import Run
from plancli.i18n import LANGUAGES, use_language

HERE = Path(__file__).parent
PLANS = {file.stem: file for file in sorted((HERE / "plans").glob("*.yaml"))}
ROOT = HERE.parents[1]


def run_of(name: str) -> Run:
    size = 100 if name == "too-large" else 2**20
    checked = check(PLANS[name].read_bytes(), "plan.yaml", max_size=size, today="2026-11-26")
    return Run(checked.diagnostics, RULES, ("plan.yaml",), checked.actions, checked.unchecked)


def test_every_rule_has_its_plan() -> None:
    assert set(PLANS) == {each.name for each in RULES} - {"unreadable", "stale-ignore"}, "neither stands in a plan"


@pytest.mark.parametrize("name", PLANS)
def test_each_plan_shows_one_diagnostic(name: str) -> None:
    assert [each.rule for each in run_of(name).diagnostics] == [name]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLANS)
def test_each_mistake_on_its_screen(name: str, language: str, request: pytest.FixtureRequest) -> None:
    with use_language(language):
        run = run_of(name)
        full = report(run, "full", columns=80)
        text = f"{full}{report(run, 'concise')}{counts_line(run)}\n"
    file = HERE / "screens" / language / f"{name}.txt"
    if request.config.getoption("--update-golden"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    assert text == file.read_bytes().decode()
    assert max(len(line) for line in full.splitlines()) <= 80


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PLANS)
def test_no_screen_speaks_of_schemas_or_python(name: str, language: str) -> None:
    with use_language(language):
        (diagnostic,) = run_of(name).diagnostics
    said = " ".join([diagnostic.sentence, diagnostic.help, *(each.label for each in diagnostic.excerpts)])
    for word in ("schema", "None", "<class", "Traceback", "$defs", "regex", "{line}", "{", "}"):
        assert word not in said
    assert diagnostic.message
    assert diagnostic.help, "each says what to do"
