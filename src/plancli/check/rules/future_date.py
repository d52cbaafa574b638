"""No entry of `progress` has a date that is still to come: what was reported has happened.

Pass:

    progress: [{date: "2021-06-30"}]

Fail:

    progress: [{date: "9999-06-30"}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import each_entry, rule
from plancli.dates import last_day, show_date
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find entries after the day of the plan; none where no clock gave one."""
    for entry in each_entry(plan):
        last = last_day(entry.date)
        if "" < plan.day < last:
            has_begun = plan.day.startswith(entry.date)  # a month or a year
            said = (
                _("{date} isn't over: the entry counts from {day} on")
                if has_begun
                else _("{date} is in the future")
            )
            planned = _("correct the date; what is planned stands in due")
            yield Finding(
                said.format(date=entry.date, day=show_date(last)),
                (*entry.path, "date"),
                help=_("write the day that it is about") if has_begun else planned,
                value=entry.date,
            )


RULE = rule(find)
