"""``plancli rule``: every check has a line and a page."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from plancli.check.catalogue import RULES
from plancli.diagnostic import Rule

Typed = Callable[..., Any]


def test_rule_lists_every_rule_on_a_line(plancli: Typed) -> None:
    code, out, err = plancli("rule")
    assert (code, err) == (0, "")
    assert [line.split()[:2] for line in out.splitlines()] == [[each.name, each.severity] for each in RULES]


@pytest.mark.parametrize("each", RULES, ids=lambda each: str(each.name))
def test_each_rule_has_a_page(plancli: Typed, each: Rule) -> None:
    code, out, err = plancli("rule", each.name)
    assert (code, err) == (0, "")
    assert out.startswith(f"{each.name} ({each.severity})\n\n{each.summary}.\n")
    assert all(len(line) <= 120 for line in out.splitlines())


def test_an_unknown_rule_is_a_usage_error(plancli: Typed) -> None:
    code, out, err = plancli("rule", "duplicate-numbers")
    assert (code, out) == (2, "")
    assert err == "plancli: no rule duplicate-numbers. Did you mean duplicate-number?\nRules: plancli rule\n"


@pytest.mark.slow
def test_rule_pages_are_the_same_with_optimised_python() -> None:
    """``python -OO`` leaves docstrings out, and they are the pages of rules."""

    def answer(flag: str, *args: str) -> str:
        line = [sys.executable, flag, "-m", "plancli", *args]
        return subprocess.run(line, capture_output=True, encoding="utf-8", check=True).stdout

    assert answer("-OO", "rule", "duplicate-number") == answer("-B", "rule", "duplicate-number")
    assert answer("-OO", "rule") == answer("-B", "rule")
