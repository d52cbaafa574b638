"""Every priority of an action is one of `priorities`.

Pass:

    priorities: [1, 2]
    priority: 2

Fail:

    priorities: [1, 2]
    priority: 3
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Severity
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find priorities that aren't declared."""
    declared = plan.priorities
    if not declared:
        yield Finding(
            _("no priority is declared"),
            ("priorities",),
            help=_("write the levels that actions have, in brackets"),
        )
        return
    known = ", ".join(map(str, declared))
    for action in plan.actions:
        if action.priority not in declared:
            yield Finding(
                _("priority {number} is not declared").format(number=action.priority),
                (*action.path, "priority"),
                more=_(" (declared: {known})").format(known=known),
                label=_("declared: {known}").format(known=known),
                help=_('write one of them, or add {number} to "priorities" (line {{line}})').format(
                    number=action.priority
                ),
                value=str(action.priority),
                see=("priorities",),
            )


RULE = rule(__name__, __doc__, Severity.ERROR, find, requires=["priorities"])
