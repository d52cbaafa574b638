"""Whatever stands in a file, checking it never raises, and every place lies in the file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plancli.check.checker import Checked, check
from plancli.diagnostic import Severity
from tests.check.small_plans import PLAN

SCRAPS = [
    *"\t\n\r '\"[]{}#:-,&*!|>%@`?=<~0\u00a0\u2028\x85\x00\ufeffé",
    ": ",
    " #",
    "- ",
    "\n\n",
    "<<<<<<< a\n",
    "=======\n",
    ">>>>>>> b\n",
    "\n---\n",
    "e\u0301",
    "\\u2028",
    "- number: 2\n",
    "            text: x\n",
    "pilot",
    "012",
    "NO",
    "2021-2022",
    "[]",
    "null",
    "\ue0ff",
]


def assert_sound(source: bytes, checked: Checked) -> None:
    text = checked.document.text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for each in checked.diagnostics:
        for excerpt in each.excerpts:
            start, end = excerpt.span
            assert start <= end
            assert 1 <= start.line <= len(lines)
            assert end.line <= len(lines) + 1
            assert 1 <= start.column <= len(lines[start.line - 1]) + 1
        assert each.message
        assert "<class" not in each.message
    errors = [each for each in checked.diagnostics if each.severity is Severity.ERROR]
    assert checked.plan is not None or errors, "a plan that can't be used says why"
    asked = check(source, "x", only_errors=True)
    assert [each.order for each in asked.diagnostics] == [each.order for each in errors], "as before each answer"
    assert (asked.plan is None) == (checked.plan is None)
    assert checked.actions >= 0
    assert checked.unchecked >= 0


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_a_check_of_any_bytes_is_sound(source: bytes) -> None:
    assert_sound(source, check(source, "x"))


@settings(deadline=None)
@given(st.text(st.sampled_from("".join(SCRAPS) + "ab\n\n  "), max_size=120))
def test_a_check_of_any_text_is_sound(text: str) -> None:
    source = text.encode()
    assert_sound(source, check(source, "x"))


EDITS = st.lists(
    st.tuples(st.integers(0, len(PLAN)), st.integers(0, 30), st.sampled_from(["", *SCRAPS])),
    min_size=1,
    max_size=4,
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(EDITS)
def test_a_check_of_mutated_plans_is_sound(edits: list[tuple[int, int, str]]) -> None:
    text = PLAN
    for place, length, scrap in edits:
        text = text[:place] + scrap + text[place + length :]
    source = text.encode()
    assert_sound(source, check(source, "x"))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 47), st.integers(0, 47), st.integers(-9, 9)), min_size=1, max_size=5))
def test_moved_and_shifted_lines(moves: list[tuple[int, int, int]]) -> None:
    lines = PLAN.splitlines()
    for source_line, target, shift in moves:
        line = lines.pop(source_line % len(lines))
        line = " " * shift + line if shift > 0 else line[-shift:]
        lines.insert(target, line)
    source = "\n".join(lines).encode()
    assert_sound(source, check(source, "x"))
