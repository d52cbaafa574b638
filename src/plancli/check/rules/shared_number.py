"""Where a plan doesn't name its levels, measure numbers run through the whole plan.

They don't begin again at 1 in the next orientation. A plan whose numbers do says so by naming its levels
(`levels: [axe, objectif]`): its measures are then called by their path, `2.1`.

Pass:

    orientations:
      - number: 1
        measures: [{number: 1}]
      - number: 2
        measures: [{number: 2}]

Fail:

    orientations:
      - number: 1
        measures: [{number: 1}]
      - number: 2
        measures: [{number: 1}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import duplicate_number, duplicates, rule
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find numbers of measures that are repeated in another orientation."""
    if plan.declared_levels is not None:
        return
    free = max((each.number for each in plan.measures), default=0) + 1
    for second, first in duplicates(plan.measures):
        if second.place[:-1] == first.place[:-1]:
            continue
        hint = _("number it {free}, or name the levels if numbers begin again: levels: […]").format(free=free)
        yield duplicate_number(_("two measures have number {number}"), second, first, hint)


RULE = rule(find)
