"""The entries of `progress` stand in the order of their dates, the oldest first.

`plancli fmt` sorts them, with their comments.

Pass:

    progress: [{date: "2021-03-31"}, {date: "2021-06-30"}]

Fail:

    progress: [{date: "2021-06-30"}, {date: "2021-03-31"}]
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from plancli.check.rules.base import rule
from plancli.dates import last_day
from plancli.diagnostic import Finding, Fixable, Label, Remedy
from plancli.i18n import _
from plancli.plan.model import Entry, Plan


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
                    fix=Remedy((*action.path, "progress"), order=_oldest_first(action.progress)),
                )
                break


def _oldest_first(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return the order of some entries, oldest first; one of no date stays after the one before it."""
    days: list[str] = []
    for entry in entries:
        days.append(last_day(entry.date) or (days[-1] if days else ""))
    return tuple(sorted(range(len(days)), key=lambda index: days[index]))


RULE = rule(find, fixable=Fixable.SAFE)
