"""Laws that hold for every plan, question, window and format."""

import csv
import json
import unicodedata
from io import StringIO
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plancli.output.renderers import FORMATS, render
from plancli.output.report import Unsuited
from plancli.output.window import PIPE, Window
from plancli.plan.model import Plan
from tests.output.asking import ask
from tests.output.made_plans import made

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120) | st.sampled_from(
    ["Faire : 1/ ceci ; - a) cela.", "[bold]x[/bold]", "x" * 200, "mot " * 60, "\x1b[2J\u202e"]
)
CODES = st.sampled_from(["AA", "BB", "DGTrésor", "UNSIGLEBIENLONG", "漢字", "x y"])
WINDOWS = st.builds(
    Window,
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


QUESTIONS = st.sampled_from(
    [
        "",
        "list",
        "list --full",
        "list -t a",
        "list -d AA -y 2021",
        "summary",
        "summary -d AA",
        "summary --by directorate",
        "summary --by year --by pilot",
        "summary --by measure --by directorate",
        "summary --by calendar --by priority",
        "directorates",
        "show AA",
    ]
)


@settings(max_examples=150, deadline=None)
@given(plans(), QUESTIONS, WINDOWS | st.just(PIPE), st.sampled_from(FORMATS))
def test_any_report_renders_harmlessly(plan: Plan, line: str, window: Window, form: str) -> None:
    report = ask(plan, line)
    try:
        rendering = render(report, form, window)
    except Unsuited:
        assert report.sheet is None
        return
    text = rendering.answer
    if form == "table":
        if window.columns is not None:
            text.encode(window.encoding)
        for style in ("0m", "1m", "2m", "1;36m"):
            text = text.replace(f"\x1b[{style}", "") if window.colour else text
    joiners = "\n\r\u00ad\u200c\u200d"
    left = {c for c in text + rendering.aside if unicodedata.category(c) == "Cc" and c not in joiners}
    assert left == set()
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@settings(max_examples=60, deadline=None)
@given(plans())
def test_json_and_csv_say_what_the_plan_says(plan: Plan) -> None:
    given = json.loads(render(ask(plan, "list"), "json").answer)
    assert [each["text"] for each in given] == [action.text for action in plan.actions]
    rows = list(csv.DictReader(StringIO(render(ask(plan, "list"), "csv").answer, newline="")))
    assert [row["pilots"] for row in rows] == ["|".join(action.pilots) for action in plan.actions]
    assert len(rows) == len(plan.actions)


@settings(max_examples=60, deadline=None)
@given(plans())
def test_a_pipe_has_a_line_an_action(plan: Plan) -> None:
    assert len(render(ask(plan, "list")).answer.split("\n")) == len(plan.actions) + 2
