"""What people see of the published plan, in every format: look at the files after ``--update-golden``."""

from collections.abc import Callable

import pytest

from plancli.output.renderers import FORMATS, render
from plancli.output.report import Unsuited
from plancli.output.window import PIPE, Window
from plancli.plan.model import Plan
from tests.output.asking import ask

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
    "show-20-32": "show 20 32",
    "show-dhup": "show DHUP",
    "directorates": "directorates",
}
WINDOWS = {
    "80 columns": Window(80, 24),
    "120 columns": Window(120, 40),
    "160 columns": Window(160, 50),
    "40 columns": Window(40, 24),
    "80 columns, colours": Window(80, 24, colour=True),
    "pipe": PIPE,
}
POOR = {
    "80 columns, TERM=dumb": Window(80, 24, simple=True),
    "80 columns, ASCII": Window(80, 24, encoding="ascii"),
    "80 columns, Latin-1": Window(80, 24, encoding="iso-8859-1"),
}
"""Terminals that lack characters."""


@pytest.mark.parametrize("name", QUESTIONS)
def test_on_each_window(name: str, published: Plan, golden: Callable[[str, str], None]) -> None:
    report = ask(published, QUESTIONS[name])
    windows = WINDOWS | POOR if name in ("summary", "list-prefets", "by-pilot-priority") else WINDOWS
    text = ""
    for kind, window in windows.items():
        rendering = render(report, "table", window)
        text += f"=== {kind}\n{rendering.answer}"
        text += f"=== {kind}, on standard error\n{rendering.aside}" if rendering.aside else ""
    golden(f"{name}.txt", text)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("form", [form for form in FORMATS if form != "table"])
def test_in_each_format(name: str, form: str, published: Plan, golden: Callable[[str, str], None]) -> None:
    report = ask(published, QUESTIONS[name])
    if form == "csv" and report.sheet is None:
        with pytest.raises(Unsuited) as refused:
            render(report, form)
        assert refused.value.hint
        return
    golden(f"{name}.{form.replace('markdown', 'md')}", render(report, form).answer)
