"""Every screen in French; what is for programs is the same as in English."""

from collections.abc import Callable

import pytest

from plancli.i18n import use_language
from plancli.output.renderers import render
from plancli.output.window import PIPE, Window
from plancli.plan.model import Plan
from tests.output.asking import ask
from tests.output.test_target_screens import SCREENS

MORE = {
    **SCREENS,
    "directorates": "directorates",
    "by-year-2022": "summary --by year -y 2022",
    "by-pilot-calendar": "summary --by pilot --by calendar",
    "by-measure": "summary --by measure",
    "list-filters": "list --pilot DHUP,DIHAL --associated DSJ --calendar 2021 -p 1 --orientation 3 --measure 8",
    "list-one": "list -d SAFSL",
}


@pytest.mark.parametrize("columns", [80, 160])
@pytest.mark.parametrize("name", MORE)
def test_screen(name: str, columns: int, published: Plan, golden: Callable[[str, str], None]) -> None:
    with use_language("fr"):
        report = ask(published, MORE[name])
        answer = render(report, "table", Window(columns, 50)).answer
    golden(f"fr-{name}-{columns}.txt", answer)


@pytest.mark.parametrize("name", ["list-dsj-2022", "summary", "show-9", "opening"])
def test_markdown(name: str, published: Plan, golden: Callable[[str, str], None]) -> None:
    with use_language("fr"):
        answer = render(ask(published, MORE[name]), "markdown").answer
    golden(f"fr-{name}.md", answer)


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize("name", [name for name in MORE if name != "opening"])
def test_data_speak_no_language(name: str, form: str, published: Plan) -> None:
    if form == "csv" and MORE[name] == "summary":
        pytest.skip("a summary without --by is no table")
    with use_language("fr"):
        french = render(ask(published, MORE[name]), form, PIPE).answer
    assert french == render(ask(published, MORE[name]), form, PIPE).answer
    assert "\u202f" not in french
