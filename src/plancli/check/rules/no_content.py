"""Every orientation has a measure, and every measure an action; so on each level.

Pass:

    measures:
      - number: 1
        actions: [{number: 1}]

Fail:

    measures:
      - number: 1
        actions: []
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Group, Plan, group_names, level_of


def find(plan: Plan) -> Iterator[Finding]:
    """Find what holds nothing; the place is its empty list."""
    if not plan.groups and not plan.loose:
        if plan.levels:
            name = level_of(plan, 1).name
            message = _("the plan has no {level}").format(level=name)
            hint = _("write the first {level} under it, beginning with - number: 1").format(level=name)
            yield Finding(message, ("orientations",), help=hint)
        else:
            hint = _("write the first action under it, beginning with - number: 1")
            yield Finding(_("the plan has no action"), ("actions",), help=hint)
    names: dict[Path, str] = {}
    for group in plan.all_groups:
        if not group.groups and not group.loose:
            names = names or group_names(plan)
            yield _empty(plan, group, names[group.path])


def _empty(plan: Plan, group: Group, name: str) -> Finding:
    """Return the finding of a group: it usually holds groups, unless it is of the last level."""
    if group.level < len(plan.levels):
        inner = level_of(plan, group.level + 1)
        return Finding(
            _("{group} has no {level}").format(group=name, level=inner.name),
            (*group.path, "measures"),
            help=_("write its {levels} under it, or take it out").format(levels=inner.plural),
        )
    return Finding(
        _("{group} has no action").format(group=name),
        (*group.path, "actions"),
        help=_("write its actions under it, or take it out"),
    )


RULE = rule(find, needs_complete_plan=True)  # what is skipped leaves a group empty
