"""No two orientations have the same number, and no two measures of one orientation; so on each level.

Pass:

    orientations:
      - number: 1
        measures: [{number: 1}, {number: 2}]

Fail:

    orientations:
      - number: 1
        measures: [{number: 1}, {number: 1}]
"""

from collections.abc import Iterator, Sequence

from plancli.check.rules.base import duplicate_number, duplicates, rule
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.plan.model import Group, Plan, level_of


def find(plan: Plan) -> Iterator[Finding]:
    """Find numbers of groups that are repeated among those beside them."""
    yield from _find(plan, plan.groups)
    for group in plan.all_groups:
        yield from _find(plan, group.groups)


def _find(plan: Plan, groups: Sequence[Group]) -> Iterator[Finding]:
    pairs = list(duplicates(groups))
    if not pairs:
        return
    beside = groups if plan.declared_levels is not None or groups[0].level != 2 else plan.measures
    free = max(each.number for each in beside) + 1
    for second, first in pairs:
        named = level_of(plan, second.level).plural
        message = _("two {level} have number {number}").format(level=named, number=second.number)
        hint = _("give one of them another number: {free} is free").format(free=free)
        yield duplicate_number(message, second, first, hint)


RULE = rule(find)
