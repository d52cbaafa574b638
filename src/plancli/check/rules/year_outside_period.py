"""Every year of an action lies inside the plan's period.

Pass:

    period: {start: 2021, end: 2022}
    years: [2021, 2022]

Fail:

    period: {start: 2021, end: 2022}
    years: [2022, 2023]
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Label
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find years before the start or after the end of the period."""
    start, end = plan.period.start, plan.period.end
    if start > end:  # another rule's business: no year could be right
        return
    for action in plan.actions:
        for index, year in enumerate(action.years):
            if not start <= year <= end:
                yield _outside(plan, (*action.path, "years", index), year)


def _outside(plan: Plan, path: Path, year: int) -> Finding:
    if year > plan.period.end:
        edge, bound = "end", plan.period.end
        message = _("{year} is after the plan ends").format(year=year)
        label = _("the plan ends here")
        hint = _("remove {year}, or change the end of the period").format(year=year)
    else:
        edge, bound = "start", plan.period.start
        message = _("{year} is before the plan starts").format(year=year)
        label = _("the plan starts here")
        hint = _("remove {year}, or change the start of the period").format(year=year)
    whole = plan.period.start // 100 * 100 + year
    if year < 100 and whole in plan.period.years:
        hint = _("write {text}").format(text=whole)
    return Finding(
        message,
        path,
        detail=f" ({bound})",
        help=hint,
        related=(Label(("period", edge), label),),
        value=str(year),
    )


RULE = rule(find, requires=["period"])
