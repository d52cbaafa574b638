"""No directorate is pilot of an action and associated in it at once.

Pass:

    pilots: [DIHAL]
    associated: [DHUP]

Fail:

    pilots: [DIHAL, DHUP]
    associated: [DHUP]
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Label
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find codes that are in both lists; the place is the second mention."""
    declared = {directorate.code for directorate in plan.directorates}
    for action in plan.actions:
        if set(action.pilots).isdisjoint(action.associated):
            continue
        for code in dict.fromkeys(action.associated):
            if code in action.pilots and code in declared:
                pilot = (*action.path, "pilots", action.pilots.index(code))
                yield Finding(
                    _("{code} is both pilot and associated").format(code=code),
                    (*action.path, "associated", action.associated.index(code)),
                    label=_("second here"),
                    help=_("remove it from one of the two lists"),
                    related=(Label(pilot, _("first here")),),
                    value=code,
                    at_latest=True,
                )


RULE = rule(find)
