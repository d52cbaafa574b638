"""No `percent` is above 100.

Pass:

    progress: [{date: "2021-06-30", percent: 100}]

Fail:

    progress: [{date: "2021-06-30", percent: 120}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import each_entry, rule
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find percentages above 100."""
    for entry in each_entry(plan):
        if entry.percent is not None and entry.percent > 100:
            yield Finding(
                _("{percent} % is more than all of it").format(percent=entry.percent),
                (*entry.path, "percent"),
                label=_("0 to 100"),
                help=_("write how much of the action is done, from 0 to 100"),
                value=str(entry.percent),
            )


RULE = rule(find)
