"""No two actions have the same number.

Numbers run through the whole plan, and people quote them: a number means one action. Where another number is
missing at that place, it is named: it is probably the one that was meant.

Pass:

    actions:
      - number: 1
      - number: 2

Fail:

    actions:
      - number: 1
      - number: 1
      - number: 3
"""

from collections.abc import Iterator

from plancli.check.rules.base import duplicate_number, duplicates, rule
from plancli.diagnostic import Finding
from plancli.i18n import N_, _
from plancli.plan.model import Plan

_MESSAGE = N_("two actions have number {number}")


def find(plan: Plan) -> Iterator[Finding]:
    """Find numbers that are repeated, and the number that would be free."""
    pairs = list(duplicates(plan.actions))
    if not pairs:
        return
    from plancli.check.rules.base.numbering import number_actions

    numbering = number_actions(plan)
    for second, first in pairs:
        number = numbering.meant.get(second.path) or numbering.meant.get(first.path)
        if number is None:
            hint = _("give one of them another number: {free} is free").format(free=numbering.free)
        elif second.path not in numbering.meant:
            hint = _("{number} is missing where the first one stands: is it that action?").format(number=number)
        elif numbering.missing == 1:
            hint = _("{number} is the one number that is missing: is it this action?").format(number=number)
        else:
            hint = _("{number} is missing here: is it this action?").format(number=number)
        yield duplicate_number(_(_MESSAGE), second, first, hint)


def find_partial(plan: Plan) -> Iterator[Finding]:
    """Find numbers that are repeated; what is missing can't be known."""
    for second, first in duplicates(plan.actions):
        yield duplicate_number(_(_MESSAGE), second, first, _("give one of them another number"))


RULE = rule(find, find_partial=find_partial)
