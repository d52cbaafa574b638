"""The rules of a plan, one file each; ``scan`` has those of bytes and YAML, ``schema`` those of the shape."""

from functools import cache
from importlib import import_module
from typing import Any

from plancli.diagnostic import Severity

PLAN_RULES = {
    "unknown-directorate": Severity.ERROR,
    "pilot-and-associated": Severity.ERROR,
    "repeated-directorate": Severity.ERROR,
    "no-pilot": Severity.WARNING,
    "duplicate-number": Severity.ERROR,
    "out-of-order": Severity.WARNING,
    "missing-number": Severity.WARNING,
    "unused-number-used": Severity.ERROR,
    "duplicate-measure": Severity.ERROR,
    "shared-number": Severity.WARNING,
    "duplicate-code": Severity.ERROR,
    "too-deep": Severity.ERROR,
    "year-outside-period": Severity.ERROR,
    "no-years": Severity.WARNING,
    "years-order": Severity.WARNING,
    "invalid-date": Severity.ERROR,
    "due-outside": Severity.WARNING,
    "undeclared-priority": Severity.ERROR,
    "unknown-field": Severity.ERROR,
    "wrong-value": Severity.ERROR,
    "choice-values": Severity.ERROR,
    "reserved-name": Severity.ERROR,
    "blank-text": Severity.ERROR,
    "line-break": Severity.WARNING,
    "quoted-value": Severity.WARNING,
    "repeated-text": Severity.WARNING,
    "no-content": Severity.ERROR,
    "period-reversed": Severity.ERROR,
    "period-too-long": Severity.ERROR,
    "points-nowhere": Severity.WARNING,
    "lost-quotation": Severity.WARNING,
    "repeated-declaration": Severity.WARNING,
    "unknown-status": Severity.ERROR,
    "percent-above-100": Severity.ERROR,
    "future-date": Severity.WARNING,
    "entries-out-of-order": Severity.WARNING,
    "two-statuses": Severity.WARNING,
    "done-but-open": Severity.WARNING,
    "nearly-a-code": Severity.WARNING,
    "no-source": Severity.NOTE,
    "ambiguous-code": Severity.WARNING,
    "unused-directorate": Severity.NOTE,
    "unused-acronym": Severity.NOTE,
}
"""Every rule of this folder with its severity, in the order of ``plancli rule``; a query asks only the errors."""


@cache
def module_of(name: str) -> Any:
    """Return the module of a rule: its docstring is the page, its ``RULE`` finds what breaks it."""
    return import_module(f"plancli.check.rules.{name.replace('-', '_')}")
