"""A rule of a plan that was read: named after its file, explained by its docstring."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from plancli.diagnostic import Finding, Rule, Severity
from plancli.plan.model import Plan

Find = Callable[[Plan], Iterable[Finding]]


class PlanRule(NamedTuple):
    """A rule and the function that finds what breaks it.

    ``find_partial`` is used instead where some of the plan couldn't be read; None: the rule needs a complete plan.
    ``requires`` has the top-level keys, besides ``orientations``, without which the rule can't be checked.
    """

    rule: Rule
    find: Find
    find_partial: Find | None
    requires: frozenset[str]


def rule(
    module: str,
    page: str | None,
    severity: Severity,
    find: Find,
    *,
    needs_complete_plan: bool = False,
    find_partial: Find | None = None,
    requires: Iterable[str] = (),
) -> PlanRule:
    """Return the rule of a module: its id is the file's name, its page the docstring."""
    name = module.rpartition(".")[2].replace("_", "-")
    described = Rule.from_page(name, severity, page or _read_docstring(module), ends=False)
    return PlanRule(described, find, None if needs_complete_plan else find_partial or find, frozenset(requires))


def _read_docstring(module: str) -> str:
    """Return the docstring of a module from its source: ``python -OO`` leaves docstrings out."""
    import ast
    import inspect
    import sys

    return ast.get_docstring(ast.parse(inspect.getsource(sys.modules[module])), clean=False) or module
