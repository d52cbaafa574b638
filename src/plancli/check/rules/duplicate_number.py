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

from plancli.check.rules.base import beginning, rule
from plancli.check.rules.base.numbering import duplicates, number_actions
from plancli.diagnostic import Finding, Label, Severity
from plancli.i18n import _
from plancli.plan.model import Action, Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find numbers that stand again, and the number that would be free."""
    pairs = list(duplicates(plan.actions))
    if not pairs:
        return
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
        yield _duplicate(second, first, hint)


def find_partial(plan: Plan) -> Iterator[Finding]:
    """Find numbers that stand again; what is missing can't be known."""
    for second, first in duplicates(plan.actions):
        yield _duplicate(second, first, _("give one of them another number"))


def _duplicate(second: Action, first: Action, hint: str) -> Finding:
    label = _("first here: {words}").format(words=beginning(first.text))
    return Finding(
        _("two actions have number {number}").format(number=second.number),
        (*second.path, "number"),
        more=_(", the first on line {line}"),
        label=_("second here"),
        help=hint,
        related=(Label((*first.path, "number"), label),),
        value=str(second.number),
        see=(*first.path, "number"),
        unnamed=True,
    )


RULE = rule(__name__, __doc__, Severity.ERROR, find, find_partial=find_partial)
