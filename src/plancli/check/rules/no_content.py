"""Every orientation has a measure, and every measure an action.

Pass:

    measures:
      - number: 1
        actions: [{number: 1}]

Fail:

    measures:
      - number: 1
        actions: []
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Severity
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find what holds nothing; the place is its empty list."""
    if not plan.groups and not plan.loose:
        hint = _("write the first orientation under it, beginning with - number: 1")
        yield Finding(_("the plan has no orientation"), ("orientations",), help=hint)
    for group in plan.all_groups:
        if group.groups or group.loose:
            continue
        if group.level == 1:
            yield Finding(
                _("orientation {number} has no measure").format(number=group.number),
                (*group.path, "measures"),
                help=_("write its measures under it, or take the orientation out"),
            )
        else:
            yield Finding(
                _("measure {number} has no action").format(number=group.number),
                (*group.path, "actions"),
                help=_("write its actions under it, or remove the measure"),
            )


RULE = rule(__name__, __doc__, Severity.ERROR, find)
