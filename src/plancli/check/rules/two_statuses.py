"""No action has two entries with a status on one day.

Of two, the later in the file counts.

Pass:

    statuses: {en cours: {}, réalisé: {closed: true}}
    progress: [{date: "2021-03-31", status: en cours}, {date: "2021-06-30", status: en cours}]

Fail:

    statuses: {suspendu: {}, en cours: {}}
    progress: [{date: "2021-06-30", status: suspendu}, {date: "2021-06-30", status: en cours}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.dates import last_day
from plancli.diagnostic import Finding, Label
from plancli.i18n import _
from plancli.plan.model import Entry, Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find entries with a status on a day that has one already."""
    for action in plan.actions:
        seen: dict[str, Entry] = {}
        for entry in action.progress if len(action.progress) > 1 else ():
            day = last_day(entry.date)
            if entry.status is None or not day:
                continue
            if day in seen:
                yield Finding(
                    _("two statuses on one day: {first}, then {second}").format(
                        first=seen[day].status, second=entry.status
                    ),
                    (*entry.path, "status"),
                    label=_("this one counts"),
                    help=_("leave one of them, or correct a date"),
                    related=(Label((*seen[day].path, "status"), _("the other one")),),
                    value=entry.status,
                )
            seen[day] = entry


RULE = rule(find)
