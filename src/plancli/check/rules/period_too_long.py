"""The plan's period is no longer than 200 years.

A digit too many makes a plan of centuries: no action would lie outside it, and tables would have a row for each
year.

Pass:

    period: {start: 2021, end: 2022}

Fail:

    period: {start: 2021, end: 20222}
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Label
from plancli.i18n import _
from plancli.plan.model import Plan

_LONGEST = 200


def find(plan: Plan) -> Iterator[Finding]:
    """Find a period that nobody plans for; the place is the year that has a digit too many or too few."""
    start, end = plan.period.start, plan.period.end
    if end - start >= _LONGEST:
        here, there = ("start", "end") if start < 1000 <= end < 10_000 else ("end", "start")
        labels = {"start": _("the plan starts here"), "end": _("the plan ends here")}
        yield Finding(
            _("the plan runs from {start} to {end}: more than {longest} years").format(
                start=start, end=end, longest=_LONGEST
            ),
            ("period", here),
            label=labels[here],
            help=_("correct one of the two years"),
            related=(Label(("period", there), labels[there]),),
            value=str(getattr(plan.period, here)),
        )


RULE = rule(find, requires=["period"])
