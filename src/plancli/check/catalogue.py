"""Every rule with its page: imported where something was found, or where rules are shown."""

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType

from plancli.check.rules import PLAN_RULES, module_of
from plancli.check.scan.file_rules import FILE_RULES
from plancli.check.schema import SHAPE_RULES
from plancli.diagnostic import Rule


def _plan_rules() -> Iterator[Rule]:
    for name, severity in PLAN_RULES.items():
        module = module_of(name)
        page = module.__doc__ or _read_docstring(module)
        yield Rule.from_page(name, severity, page, False, module.RULE.fixable)


def _read_docstring(module: ModuleType) -> str:
    """Return the docstring of a module from its source: ``python -OO`` leaves docstrings out."""
    return ast.get_docstring(ast.parse(inspect.getsource(module)), clean=False) or ""


RULES: tuple[Rule, ...] = (*FILE_RULES, *SHAPE_RULES, *_plan_rules())
"""Every rule, in the order of reading."""

SEVERITIES = {each.name: each.severity for each in RULES}
