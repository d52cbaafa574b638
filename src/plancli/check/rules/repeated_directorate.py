"""No code is listed twice under `pilots`, or twice under `associated`.

Where a published table lists a directorate twice, the plan lists it once and says so under `source_notes`.

Pass:

    associated: [DHUP, DSJ]

Fail:

    associated: [DHUP, DSJ, DHUP]
"""

from collections.abc import Iterator

from plancli.check.rules.base import each_code, rule
from plancli.diagnostic import Finding, Fixable, Label, Remedy
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find codes that a list has again; the place is the second mention."""
    declared = {directorate.code for directorate in plan.directorates}
    for action in plan.actions:
        if len({*action.pilots}) == len(action.pilots) and len({*action.associated}) == len(action.associated):
            continue
        seen: dict[tuple[str, str], Path] = {}
        for role, code, path in each_code(action):
            first = seen.setdefault((role, code), path)
            if first is not path and code in declared:
                yield Finding(
                    _("{code} is listed twice under {key}").format(code=code, key=role),
                    path,
                    label=_("second here"),
                    help=_("remove one of them"),
                    related=(Label(first, _("first here")),),
                    value=code,
                    fix=Remedy(path, drop=True),
                )


RULE = rule(find, fixable=Fixable.SAFE)
