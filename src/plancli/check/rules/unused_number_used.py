"""No action has a number that is declared under `unused_numbers`.

Such a number was left out of the published plan, or belonged to an action that is gone. It never comes back: who
quotes it must not be taken to another action.

Pass:

    unused_numbers: [{number: 2, reason: Absent du tableau publié.}]
    actions: [{number: 1}, {number: 3}]

Fail:

    unused_numbers: [{number: 2, reason: Absent du tableau publié.}]
    actions: [{number: 1}, {number: 2}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Label, Severity
from plancli.language import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find actions whose number must not be used."""
    unused = {each.number: each for each in plan.unused_numbers}
    if not unused:
        return
    free = 0
    for action in plan.actions:
        if action.number in unused:
            free = free or max([*(each.number for each in plan.actions), *unused]) + 1
            yield Finding(
                "unused-number-used",
                _("number {number} is declared as unused").format(number=action.number),
                (*action.path, "number"),
                label=_("used here"),
                help=_(
                    "give the action another number ({free} is free), or take {number} out of unused_numbers"
                ).format(number=action.number, free=free),
                related=(Label((*unused[action.number].path, "number"), _("declared as unused here")),),
                value=str(action.number),
                unnamed=True,
            )


RULE = rule(__name__, __doc__, Severity.ERROR, find, needs=["unused_numbers"])
