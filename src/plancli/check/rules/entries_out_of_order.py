"""The entries of `progress` stand in the order of their dates, the oldest first.

`plancli fmt` sorts them, with their comments.

Pass:

    progress: [{date: "2021-03-31"}, {date: "2021-06-30"}]

Fail:

    progress: [{date: "2021-06-30"}, {date: "2021-03-31"}]
"""

from collections.abc import Iterator
from itertools import pairwise

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Label, Severity
from plancli.i18n import _
from plancli.plan.model import Plan
from plancli.plan.model.follow_up import last_day


def find(plan: Plan) -> Iterator[Finding]:
    """Find the first entry of each action that is older than the one before it."""
    for action in plan.actions:
        for before, entry in pairwise(action.progress):
            if "" < last_day(entry.date) < last_day(before.date):
                yield Finding(
                    _("the entry of {date} stands after a later one").format(date=entry.date),
                    (*entry.path, "date"),
                    help=_("put it in order: plancli fmt"),
                    related=(Label((*before.path, "date"), _("the later one")),),
                    value=entry.date,
                )
                break


RULE = rule(__name__, __doc__, Severity.WARNING, find)
