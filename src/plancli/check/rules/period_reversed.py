"""The plan's period doesn't end before it starts.

Pass:

    period: {start: 2021, end: 2022}

Fail:

    period: {start: 2022, end: 2021}
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Label
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find an end before the start; the place is the end."""
    start, end = plan.period.start, plan.period.end
    if start > end:
        yield Finding(
            _("the plan ends in {end}, before it starts in {start}").format(start=start, end=end),
            ("period", "end"),
            label=_("the plan ends here"),
            help=_("exchange the two years, or correct one of them"),
            related=(Label(("period", "start"), _("the plan starts here")),),
            value=str(end),
        )


RULE = rule(find, requires=["period"])
