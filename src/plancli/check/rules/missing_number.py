"""No action number is missing without a reason.

Numbers run from 1. A number that nothing carries on purpose is declared under `unused_numbers`, with the reason. A
gap that a number used twice explains is part of that diagnostic and not another one.

Pass:

    unused_numbers: [{number: 2, reason: Absent du tableau publié.}]
    actions: [{number: 1}, {number: 3}]

Fail:

    actions: [{number: 1}, {number: 3}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.check.rules.base.numbering import number_actions
from plancli.diagnostic import Finding, Severity
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find gaps; the place is the number after them, or one that was probably meant to fill them."""
    numbering = number_actions(plan)
    for action in numbering.mistyped:
        number = numbering.meant[action.path]
        yield Finding(
            _("number {first} is missing before this one").format(first=number),
            (*action.path, "number"),
            help=_("{number} is missing here: is it this action?").format(number=number),
            value=f"{number}-{number}",
        )
    for gap in numbering.gaps:
        if gap.first == gap.last:
            message = _("number {first} is missing before this one").format(first=gap.first)
            hint = _("declare {first} under unused_numbers, with the reason, or put the action back")
        else:
            message = _("numbers {first} to {last} are missing before this one").format(
                first=gap.first, last=gap.last
            )
            hint = _("declare {first} to {last} under unused_numbers, with the reason, or put the actions back")
        yield Finding(
            message,
            (*gap.after.path, "number"),
            help=hint.format(first=gap.first, last=gap.last),
            value=f"{gap.first}-{gap.last}",
        )


RULE = rule(__name__, __doc__, Severity.WARNING, find, needs_complete_plan=True, requires=["unused_numbers"])
