"""Laws that hold for every plan, question, window and format."""

import csv
import json
import unicodedata
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plancli.output.renderers import FORMATS, render
from plancli.output.report import FormatNotSupported, Report
from plancli.output.terminal import NO_TERMINAL, Terminal
from plancli.output.views.actions import list_view
from plancli.output.views.counts import counts_view
from plancli.output.views.directorates import directorates_view
from plancli.output.views.show import show_view
from plancli.output.views.summary import summary_view
from plancli.output.views.welcome import welcome_view
from plancli.plan.model import Plan
from plancli.plan.query import make_query
from tests.output.made_plans import made

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120) | st.sampled_from(
    ["Faire : 1/ ceci ; - a) cela.", "[bold]x[/bold]", "x" * 200, "mot " * 60, "\x1b[2J\u202e"]
)
CODES = st.sampled_from(["AA", "BB", "DGTrésor", "UNSIGLEBIENLONG", "漢字", "x y"])
WINDOWS = st.builds(
    Terminal,
    columns=st.integers(20, 220),
    rows=st.integers(5, 60),
    colour=st.booleans(),
    encoding=st.sampled_from(["utf-8", "ascii", "cp1252"]),
    simple=st.booleans(),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    last = draw(st.integers(2021, 2027))
    priorities = draw(st.lists(st.integers(1, 9), min_size=1, max_size=8, unique=True))
    years = st.lists(st.integers(2021, last), min_size=1, unique=True).map(sorted)
    codes = st.lists(CODES, max_size=4, unique=True)
    count = iter(range(1, 1000))

    def action() -> dict[str, Any]:
        return {
            "number": next(count),
            "text": draw(TEXTS),
            "pilots": draw(codes),
            "associated": draw(codes),
            "years": draw(years),
            "priority": draw(st.sampled_from(priorities)),
        }

    measures = [
        {"number": number, "title": draw(TEXTS), "actions": [action() for _ in range(draw(st.integers(0, 4)))]}
        for number in range(1, draw(st.integers(1, 4)) + 1)
    ]
    every = ["AA", "BB", "DGTrésor", "UNSIGLEBIENLONG", "漢字", "x y"]
    return made(
        title=draw(TEXTS),
        period={"start": 2021, "end": last},
        priorities=priorities,
        directorates={code: draw(st.none() | st.fixed_dictionaries({"name": TEXTS})) for code in every},
        orientations=[{"number": 1, "title": draw(TEXTS), "measures": measures}],
    )


def listing(plan: Plan, full: bool = False, **typed: list[str]) -> Report:
    query = make_query(plan, typed)
    return list_view(plan, query, query.select(plan), full=full)


def counted(plan: Plan, *by: str, **typed: list[str]) -> Report:
    query = make_query(plan, typed)
    actions = query.select(plan)
    return counts_view(plan, query, actions, by) if by else summary_view(plan, query, actions)


QUESTIONS: tuple[Callable[[Plan], Report], ...] = (
    lambda plan: welcome_view("data/plan.yaml", plan),
    listing,
    lambda plan: listing(plan, full=True),
    lambda plan: listing(plan, text=["a"]),
    lambda plan: listing(plan, directorate=["AA"], year=["2021"]),
    counted,
    lambda plan: counted(plan, directorate=["AA"]),
    lambda plan: counted(plan, "directorate"),
    lambda plan: counted(plan, "year", "pilot"),
    lambda plan: counted(plan, "measure", "directorate"),
    lambda plan: counted(plan, "calendar", "priority"),
    directorates_view,
    lambda plan: show_view(plan, [next(each for each in plan.directorates if each.code == "AA")]),
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(plans(), st.sampled_from(QUESTIONS), WINDOWS | st.just(NO_TERMINAL), st.sampled_from(FORMATS))
def test_any_report_renders_harmlessly(
    plan: Plan, question: Callable[[Plan], Report], window: Terminal, form: str
) -> None:
    report = question(plan)
    try:
        rendering = render(report, form, window)
    except FormatNotSupported:
        assert report.records is None
        return
    text = rendering.text
    if form == "table":
        if window.columns is not None:
            text.encode(window.encoding)
        for style in ("0m", "1m", "2m", "1;36m"):
            text = text.replace(f"\x1b[{style}", "") if window.colour else text
    joiners = "\n\r\u00ad\u200c\u200d"
    left = {c for c in text + rendering.notes if unicodedata.category(c) == "Cc" and c not in joiners}
    assert left == set()
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@settings(max_examples=60, deadline=None)
@given(plans())
def test_json_and_csv_say_what_the_plan_says(plan: Plan) -> None:
    given = json.loads(render(listing(plan), "json").text)
    assert [each["text"] for each in given] == [action.text for action in plan.actions]
    rows = list(csv.DictReader(StringIO(render(listing(plan), "csv").text, newline="")))
    assert [row["pilots"] for row in rows] == ["|".join(action.pilots) for action in plan.actions]
    assert len(rows) == len(plan.actions)


@settings(max_examples=60, deadline=None)
@given(plans())
def test_a_pipe_has_a_line_an_action(plan: Plan) -> None:
    assert len(render(listing(plan)).text.split("\n")) == len(plan.actions) + 2
