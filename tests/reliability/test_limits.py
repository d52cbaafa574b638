"""Inputs of 1 MB that were made to be slow or large end within 5 s of processor time and 200 MB: some of them.

``python -m fuzz.limits`` measures all; here stands one of each kind, and some that once took too long or too much.
"""

import sys
from pathlib import Path

import pytest

from fuzz import limits, nasty

CASES = {case.name: case for case in nasty.CASES}
CHOSEN = (
    ("one key again and again", "validate"),
    ("a number without its dash again and again", "validate"),
    ("opening brackets", "validate"),
    ("a quote that is never closed in each line", "validate"),
    ("one line", "validate"),
    ("conflict markers", "validate"),
    ("directives", "validate"),
    ("steps to the right", "validate"),
    ("colons in texts", "validate"),
    ("reported: short lines of different keys", "validate --format junit"),
    ("unknown codes", "diff"),
    ("numbers far apart", "fmt"),
    ("a number without end", "validate"),
    ("long codes", "validate"),
    ("acronyms that are found in no word", "validate"),
    ("combining characters of all kinds", "diff"),
    ("directorates", "export plan.html"),
    ("notes on each action", "show"),
    ("changed: one text of 1 MB", "diff good.yaml plan.yaml --format table"),
    ("changed: words everywhere, exchanged", "diff good.yaml plan.yaml --format json"),
    ("changed: an action in each group of a level that has a name", "diff good.yaml plan.yaml --format markdown"),
    ("changed: notes", "diff good.yaml plan.yaml --format markdown"),
    ("merged: declarations", "git merge-driver"),
    ("table: commas", "import"),
    ("table: rows that can't be read", "import"),
    ("spreadsheet: one text in 100,000 cells", "import"),
    ("spreadsheet: elements inside each other", "import"),
    ("spreadsheet: an XLS of noughts", "import"),
)
"""Cases and what the command line of each begins with."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is counted in another way")
@pytest.mark.parametrize(("name", "command"), CHOSEN)
def test_hostile_input_stays_within_time_and_memory(name: str, command: str, tmp_path: Path) -> None:
    case = CASES[name]
    line = next(each for each in limits.lines(case, tmp_path) if " ".join(each).startswith(command))
    cost = limits.measure(line, tmp_path)
    assert limits.complaints(case, cost) == [], (line, cost)


def test_every_input_with_a_higher_bound_is_a_case() -> None:
    assert set(nasty.BEYOND) <= set(CASES)


def test_costs_beyond_the_bounds_are_complaints() -> None:
    held, allowed_more = CASES["one line"], CASES["unknown codes"]
    assert limits.complaints(held, limits.Cost(0, 4.9, 199, "")) == []
    assert limits.complaints(held, limits.Cost(0, 5.1, 199, "")) == ["OVER"]
    assert limits.complaints(held, limits.Cost(0, 4.9, 201, "")) == ["OVER"]
    assert limits.complaints(allowed_more, limits.Cost(0, 9.9, 299, "")) == []
    assert limits.complaints(allowed_more, limits.Cost(0, 9.9, 301, "")) == ["OVER"]
    assert limits.complaints(held, limits.Cost(-9, 0, 0, "")) == ["ODD"]
    assert limits.complaints(held, limits.Cost(1, 0, 0, "Traceback (most recent call last)")) == ["ODD"]
