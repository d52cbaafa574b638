"""Every declared directorate takes part in an action.

Pass:

    directorates: {DIHAL: {}, DHUP: {}}
    pilots: [DIHAL]
    associated: [DHUP]

Fail:

    directorates: {DIHAL: {}, DHUP: {}}
    pilots: [DIHAL]
    associated: []
"""

from collections.abc import Iterator

from plancli.check.rules.base import each_entry, rule, suggest_codes
from plancli.diagnostic import Finding, Part
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find codes that no action mentions, but for those that a mistyped code probably means."""
    if not plan.actions:  # an error says so
        return
    mentioned: set[str] = set()
    for action in plan.actions:
        mentioned.update(action.pilots, action.associated)
    reporting = {entry.by for entry in each_entry(plan)}
    used = mentioned | reporting
    unused = [directorate for directorate in plan.directorates if directorate.code not in used]
    if not unused:
        return
    unknown = sorted(mentioned.difference(directorate.code for directorate in plan.directorates))
    meant = set(suggest_codes(unknown, [directorate.code for directorate in unused]).values())
    meant |= {word for code in unknown for word in code.replace(";", " ").replace("/", " ").split()}
    for directorate in unused:
        if directorate.code not in meant:
            yield Finding(
                _("{code} takes part in no action").format(code=directorate.code),
                directorate.path,
                Part.KEY,
                help=_("remove it, unless an action will need it"),
                value=directorate.code,
            )


RULE = rule(find, needs_complete_plan=True, requires=["directorates"])
