"""One verdict: what ``validate --strict`` passes every question answers; what a question refuses is an error."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.command import Answer

Plancli = Callable[..., Answer]
QUESTIONS = (
    ("list",),
    ("summary",),
    ("summary", "--by", "pilot"),
    ("directorates",),
    ("show", "1"),
    ("export", "OUT"),
    ("diff", "HERE"),
)
SCALARS = st.sampled_from(
    [
        *("DIHAL", "DHUP", "CAF", "un texte", "Définir la CAF", "a b"),
        *("NO", "on", "0o7", "012", "1:30", "1_000", "2021-06-24", "=", "<<", "~", ".inf", "null", "true", "7"),
        *(
            '"NO"',
            "'0o7'",
            '"a,b"',
            '"a|b"',
            '" a"',
            '""',
            "' '",
            '"\\u202e"',
            '"a\\u2028b"',
            '"a\\tb"',
            '"a\\nb"',
        ),
        *("a\u200bb", "a\u00adb", "e\u0301", "DÃ©finir", "\ue0ff", "\ufffd", "“a”", "a&nbsp;b", "a #b", "a: b"),
    ]
)
NUMBERS = st.sampled_from(["1", "1", "1", "2", "3", "26", "0", "-1", '"1"', "1.5"])
BLOCKS = """\
title: {title}
language: fr
period: {{start: 2021, end: {end}}}
priorities: [1, 2]
directorates:
  {code}:
    name: {name}
  {other}:
orientations:
  - number: 1
    title: {title}
    measures:
      - number: 1
        title: {title}
        actions:
          - number: {number}
            text: {text}
            pilots: [{pilot}]
            associated: [{associated}]
            years: [2021]
            priority: {number}
source_notes:
  - action: {number}
    source: {name}
    note: {text}
glossary:
  {acronym}: {expansion}
"""
PLANS = st.fixed_dictionaries(
    {
        "end": st.sampled_from(["2022", "2022", "2020", "2300"]),
        "number": NUMBERS,
        **dict.fromkeys(("title", "name", "text", "expansion", "code", "other", "pilot"), SCALARS),
        **dict.fromkeys(("associated", "acronym"), st.one_of(st.just(""), SCALARS)),
    }
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PLANS)
def test_validate_and_each_question_say_the_same(tmp_path: Path, plancli: Plancli, values: dict[str, Any]) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(BLOCKS.format(**{"acronym": "CAF", **values}), "utf-8")
    strict = plancli("validate", str(plan), "--strict").code
    plain = plancli("validate", str(plan)).code
    assert strict or not plain
    for command, *words in QUESTIONS:
        files = {"HERE": str(plan), "OUT": str(tmp_path / "out.json")}
        given = [files.get(word, word) for word in words]
        asked = plancli(command, *given, *([str(plan)] if command == "diff" else ["--plan", str(plan)]))
        if command == "show" and asked.code == 2:
            continue  # the plan has no action 1
        if command != "diff":
            assert asked.code == plain, (command, asked.err)
        elif not plain:
            assert asked.code == 0, asked.err


@pytest.mark.parametrize("name", ["NO", "0o7", "012", "1:30", "<<", "2021-06-24"])
@pytest.mark.parametrize("place", ["code", "acronym"])
def test_a_note_hides_no_error_at_the_same_place(tmp_path: Path, plancli: Plancli, place: str, name: str) -> None:
    values = dict.fromkeys(("title", "text", "expansion"), "un texte")
    values |= {"code": "DHUP", "other": "DIHAL", "pilot": "DIHAL", "associated": "", "acronym": "CAF", "name": "x"}
    plan = tmp_path / "plan.yaml"
    plan.write_text(BLOCKS.format(**{**values, "number": 1, "end": 2022, place: name}), "utf-8")
    answer = plancli("validate", str(plan))
    assert answer.code == 1
    assert plancli("list", "--plan", str(plan)).code == 1
    assert answer.out.count("error[") == 1
