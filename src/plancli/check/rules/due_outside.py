"""An action is due inside the plan's period, and in one of the years it covers.

Pass:

    period: {start: 2021, end: 2022}
    years: [2022]
    due: "2022-06-30"

Fail:

    period: {start: 2021, end: 2022}
    years: [2022]
    due: "2023-06-30"
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.dates import last_day
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find actions that are due before the plan starts, after it ends, or in a year that they don't cover."""
    start, end = plan.period.start, plan.period.end
    for action in plan.actions:
        due = action.value("due") if action.more else None
        if not isinstance(due, str) or not last_day(due):
            continue
        year = int(due[:4])
        if not start <= year <= end:
            message = _("due {date} is outside the period ({start}-{end})").format(date=due, start=start, end=end)
        elif action.years and year not in action.years and min(action.years) > 0:  # below: one that can't be read
            message = _("due {date} is in none of the years it covers").format(date=due)
        else:
            continue
        yield Finding(
            message, (*action.path, "due"), help=_("correct the date, the years or the period"), value=due
        )


RULE = rule(find, requires=["period"])
