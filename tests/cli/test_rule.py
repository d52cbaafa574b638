"""``plancli rule``: every check has a line and a page."""

from collections.abc import Callable
from typing import Any

import pytest

from plancli.check.checker import CHECKS
from plancli.diagnostic import Check

Typed = Callable[..., Any]


def test_the_list_has_a_line_for_each(plancli: Typed) -> None:
    code, out, err = plancli("rule")
    assert (code, err) == (0, "")
    assert [line.split()[:2] for line in out.splitlines()] == [[each.name, each.severity] for each in CHECKS]


@pytest.mark.parametrize("each", CHECKS, ids=lambda each: str(each.name))
def test_each_has_a_page(plancli: Typed, each: Check) -> None:
    code, out, err = plancli("rule", each.name)
    assert (code, err) == (0, "")
    assert out.startswith(f"{each.name} ({each.severity})\n\n{each.summary}.\n")
    assert all(len(line) <= 120 for line in out.splitlines())


def test_an_unknown_one(plancli: Typed) -> None:
    code, out, err = plancli("rule", "duplicate-numbers")
    assert (code, out) == (2, "")
    assert err == "plancli: no rule duplicate-numbers. Did you mean duplicate-number?\nRules: plancli rule\n"
