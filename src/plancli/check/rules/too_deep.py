"""No group stands deeper than the plan has names for, and a plan has at most four levels.

Without `levels`, a plan has two: orientations and their measures.

Pass:

    levels: [axe, objectif]
    orientations:
      - number: 1
        measures: [{number: 1}]

Fail:

    levels: [axe]
    orientations:
      - number: 1
        measures: [{number: 1}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Part
from plancli.i18n import _, ngettext
from plancli.plan.model import Plan

MOST_LEVELS = 4


def find(plan: Plan) -> Iterator[Finding]:
    """Find the groups of the first level that has no name; the place is the dash of each."""
    names = plan.levels
    if len(names) > MOST_LEVELS:
        yield Finding(
            _("a plan has at most {most} levels, not {n}").format(most=MOST_LEVELS, n=len(names)),
            ("levels", MOST_LEVELS),
            help=_("take the deepest ones out, or write them as a field"),
            value=str(len(names)),
        )
    for group in plan.all_groups:
        if group.level == len(names) + 1 <= MOST_LEVELS + 1:
            named = ngettext("the plan names {n} level", "the plan names {n} levels", len(names))
            yield Finding(
                _("group {number} stands on level {level}, and {named}").format(
                    number=group.number, level=group.level, named=named
                ),
                group.path,
                Part.HEAD,
                help=_("name each level, from the top: levels: [{names}]").format(
                    names=", ".join([*(level.name for level in names), "…"])
                ),
                value=str(group.number),
            )


RULE = rule(find, requires=["levels"])
