"""Every action has at least one pilot.

Where nobody answers for it yet, `pilots: []` says so, and this warning stays as a reminder.

Pass:

    pilots: [DIHAL]

Fail:

    pilots: []
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find actions that nobody pilots."""
    for action in plan.actions:
        if not action.pilots:
            yield Finding(
                _("no pilot"),
                (*action.path, "pilots"),
                label=_("at least one code"),
                help=_("write the code of the directorate that answers for this action"),
            )


RULE = rule(find)
