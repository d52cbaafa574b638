"""Every screen in French; what is for programs is the same as in English."""

from collections.abc import Callable

import pytest

from plancli.plan.model import Plan
from tests.output.conftest import Ask
from tests.output.test_target_screens import SCREENS

MORE = {
    **SCREENS,
    "directorates": "directorates",
    "by-year-2022": "summary --by year -y 2022",
    "by-pilot-calendar": "summary --by pilot --by calendar",
    "by-measure": "summary --by measure",
    "list-filters": "list --pilot DHUP,DIHAL --associated DSJ --calendar 2021 -p 1 --orientation 3 --measure 8",
    "list-one": "list -d SAFSL",
    "list-all-of": "list --all-of DHUP,DGCL --without DNUM",
    "list-lacking": "list --associated none --ministry logement",
    "by-ministry": "summary --by ministry",
    "by-ministry-priority": "summary --by ministry --by priority",
    "list-ministry": "list --ministry justice --associated dsj",
    "list-taux": "list -t taux",
    "show-m7": "show M7",
    "show-o2-9": "show O2 9 99 DHUPP",
}
NEW = ("list-all-of", "list-lacking", "list-ministry", "list-taux", "by-ministry", "by-ministry-priority")


@pytest.mark.parametrize("columns", [80, 120, 160])
@pytest.mark.parametrize("name", MORE)
def test_french_screens(
    name: str, columns: int, published: Plan, ask: Ask, golden: Callable[[str, str], None]
) -> None:
    answer = ask(published, MORE[name], columns=columns, rows=50, PLANCLI_LANG="fr")
    golden(f"fr-{name}-{columns}.txt", answer.out + answer.err)


@pytest.mark.parametrize("name", ["list-dsj-2022", "summary", "show-9", *NEW, "show-m7", "show-o2-9"])
def test_french_markdown(name: str, published: Plan, ask: Ask, golden: Callable[[str, str], None]) -> None:
    golden(f"fr-{name}.md", ask(published, f"{MORE[name]} --format markdown", PLANCLI_LANG="fr").out)


@pytest.mark.parametrize("form", ["csv", "json"])
@pytest.mark.parametrize("name", [name for name in MORE if name != "opening"])
def test_data_speak_no_language(name: str, form: str, published: Plan, ask: Ask) -> None:
    if form == "csv" and MORE[name] == "summary":
        pytest.skip("a summary without --by is no table")
    line = f"{MORE[name]} --format {form}"
    french = ask(published, line, PLANCLI_LANG="fr").out
    assert french == ask(published, line).out
    assert "\u202f" not in french
