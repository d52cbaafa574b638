"""No entry of `progress` has a date that is still to come: what was reported has happened.

Pass:

    progress: [{date: "2021-06-30"}]

Fail:

    progress: [{date: "9999-06-30"}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import each_entry, rule
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find entries after the day of the plan; none where no clock gave one."""
    for entry in each_entry(plan):
        if "" < plan.day[: len(entry.date)] < entry.date:
            yield Finding(
                _("{date} is in the future").format(date=entry.date),
                (*entry.path, "date"),
                help=_("correct the date; what is planned stands in due"),
                value=entry.date,
            )


RULE = rule(find)
