"""The years of an action are in ascending order, each once.

Pass:

    years: [2021, 2022]

Fail:

    years: [2022, 2021]
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Fixable, Remedy
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find years that don't follow the one before; one finding an action says enough."""
    for action in plan.actions:
        years = action.years
        for index in range(1, len(years)):
            if years[index] > years[index - 1]:
                continue
            if years[index] in years[:index]:
                message = _("{year} is listed twice").format(year=years[index])
            else:
                message = _("{year} stands after {before}").format(year=years[index], before=years[index - 1])
            right = sorted(set(years))
            yield Finding(
                message,
                (*action.path, "years", index),
                help=_("write years: [{years}]").format(years=", ".join(map(str, right))),
                value=str(years[index]),
                fix=Remedy((*action.path, "years"), right),
            )
            break


RULE = rule(find, fixable=Fixable.SAFE)
