"""An action that is done to 100 percent has a closed status.

Pass:

    statuses: {en cours: {}, réalisé: {closed: true}}
    progress: [{date: "2021-06-30", status: réalisé, percent: 100, source: PV du 30 juin 2021}]

Fail:

    statuses: {en cours: {}, réalisé: {closed: true}}
    progress: [{date: "2021-06-30", status: en cours, percent: 100}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import each_entry, rule
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find entries of 100 percent with a status that isn't closed."""
    known = {status.name: status.closed for status in plan.statuses}
    if not any(known.values()):
        return
    for entry in each_entry(plan):
        if entry.percent == 100 and known.get(entry.status or "", True) is False:
            yield Finding(
                _("100 %, and still {status}").format(status=entry.status),
                (*entry.path, "percent"),
                help=_("give it a status that is closed ({known}), or another percentage").format(
                    known=", ".join(name for name, is_closed in known.items() if is_closed)
                ),
                value="100",
            )


RULE = rule(find, requires=["statuses"])
