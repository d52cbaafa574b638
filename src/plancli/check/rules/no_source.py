"""An action that is closed has a `source` that shows it: minutes, a page, a document.

Pass:

    statuses: {réalisé: {closed: true}}
    progress: [{date: "2021-06-30", status: réalisé, source: PV du comité du 30 juin 2021}]

Fail:

    statuses: {réalisé: {closed: true}}
    progress: [{date: "2021-06-30", status: réalisé}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.plan.model import Plan
from plancli.plan.model.follow_up import status_entry


def find(plan: Plan) -> Iterator[Finding]:
    """Find actions whose status is a closed one, where no entry with it has a source."""
    closed = {status.name for status in plan.statuses if status.closed}
    if not closed:
        return
    for action in plan.actions:
        last = status_entry(action.progress)
        if last is None or last.status not in closed:
            continue
        own = [entry for entry in action.progress if entry.status == last.status]
        if not any(entry.source for entry in own):
            yield Finding(
                _("{status}, without a source").format(status=last.status),
                (*own[0].path, "status"),
                help=_("write {key}: and what shows it").format(key="source"),
                value=str(last.status),
            )


RULE = rule(find, requires=["statuses"])
