"""A rule: a check of a plan that was read, named after its file, explained by its docstring."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from plancli.diagnostic import Check, Finding, Severity
from plancli.plan.model import Plan

Find = Callable[[Plan], Iterable[Finding]]


class Rule(NamedTuple):
    """A check and the function that makes it.

    ``partly`` is what can still be asked when some of the plan couldn't be read; None: the rule is about the whole
    plan. ``needs`` has the top-level keys, besides ``orientations``, without which it can't be asked at all.
    """

    check: Check
    find: Find
    partly: Find | None
    needs: frozenset[str]


def rule(
    module: str,
    page: str | None,
    severity: Severity,
    find: Find,
    *,
    whole: bool = False,
    partly: Find | None = None,
    needs: Iterable[str] = (),
) -> Rule:
    """Make the rule of a module: its id is the file's name, its page the docstring."""
    name = module.rpartition(".")[2].replace("_", "-")
    check = Check.explained(name, severity, page or _read_docstring(module), ends=False)
    return Rule(check, find, None if whole else partly or find, frozenset(needs))


def _read_docstring(module: str) -> str:
    """Return the docstring of a module from its source: ``python -OO`` leaves docstrings out."""
    import ast
    import inspect
    import sys

    return ast.get_docstring(ast.parse(inspect.getsource(sys.modules[module])), clean=False) or module
