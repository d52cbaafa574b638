"""What people see of the published plan, in every format: look at the files after ``--update-golden``."""

from collections.abc import Callable
from typing import Any

import pytest

from plancli.output.renderers import FORMATS
from plancli.plan.model import Plan
from tests.output.conftest import Ask

QUESTIONS = {
    "opening": "",
    "summary": "summary",
    "summary-dsj": "summary -d DSJ",
    "by-year-2022": "summary --by year -y 2022",
    "by-pilot-priority": "summary --by pilot --by priority",
    "by-measure-directorate": "summary --by measure --by directorate",
    "by-orientation": "summary --by orientation",
    "list": "list",
    "list-safsl-full": "list --pilot SAFSL --full",
    "list-prefets": "list -t prefets",
    "list-none": "list -d SAFSL -y 2022",
    "list-ministry": "list --ministry justice --associated dsj",
    "list-all-of": "list --all-of DHUP,DGCL --without DNUM",
    "list-lacking": "list --associated none",
    "list-taux": "list -t taux",
    "by-ministry": "summary --by ministry",
    "by-ministry-priority": "summary --by ministry --by priority",
    "show-m7-o2": "show M7 O2",
    "show-20-32": "show 20 32",
    "show-9-99": "show 9 99 DHUPP",
    "show-dhup": "show DHUP",
    "directorates": "directorates",
}
TERMINALS: dict[str, dict[str, Any]] = {
    "80 columns": {"columns": 80},
    "120 columns": {"columns": 120, "rows": 40},
    "160 columns": {"columns": 160, "rows": 50},
    "40 columns": {"columns": 40},
    "80 columns, colours": {"columns": 80, "colour": True},
    "pipe": {},
}
POOR: dict[str, dict[str, Any]] = {
    "80 columns, TERM=dumb": {"columns": 80, "TERM": "dumb"},
    "80 columns, ASCII": {"columns": 80, "encoding": "ascii"},
    "80 columns, Latin-1": {"columns": 80, "encoding": "iso-8859-1"},
}
"""Terminals that lack characters."""


@pytest.mark.parametrize("name", QUESTIONS)
def test_golden_screens_on_each_terminal(
    name: str, published: Plan, ask: Ask, golden: Callable[[str, str], None]
) -> None:
    terminals = TERMINALS | POOR if name in ("summary", "list-prefets", "by-pilot-priority") else TERMINALS
    text = ""
    for kind, terminal in terminals.items():
        answer = ask(published, QUESTIONS[name], **terminal)
        text += f"=== {kind}\n{answer.out}"
        text += f"=== {kind}, on standard error\n{answer.err}" if answer.err else ""
    golden(f"{name}.txt", text)


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name != "opening"])
@pytest.mark.parametrize("form", [form for form in FORMATS if form != "table"])
def test_golden_answers_in_each_format(
    name: str, form: str, published: Plan, ask: Ask, golden: Callable[[str, str], None]
) -> None:
    answer = ask(published, f"{QUESTIONS[name]} --format {form}")
    if not answer.out:
        assert form == "csv"
        assert len(answer.err.splitlines()) == 2
        return
    golden(f"{name}.{form.replace('markdown', 'md')}", answer.out)
