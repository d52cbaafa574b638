"""Every action has a calendar: the years it covers, `when` as published, or the day it is `due`.

Pass:

    years: [2021]

Fail:

    years: []
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find actions without a year."""
    for action in plan.actions:
        if not action.years and action.value("when") is None and action.value("due") is None:
            yield Finding(
                _("no year"),
                (*action.path, "years"),
                label=_("at least one year"),
                help=_("write each year this action covers: [{start}, {end}]").format(
                    start=plan.period.start, end=plan.period.end
                ),
            )


RULE = rule(find, requires=["period"])
