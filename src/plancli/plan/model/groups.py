"""What people call the groups of a plan: by code, number or path, and by the name of their level."""

from collections import Counter

from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model.types import Group, Level, Plan


def references(plan: Plan) -> dict[Path, str]:
    """Return how each group is written and typed, by its path in the file: ``A.1``, ``3``, or ``1.2``.

    It is the code, else the number, or the numbers from the top where another group of its level has its number.
    """
    groups = plan.all_groups
    shared = Counter((group.level, group.number) for group in groups)
    return {
        group.path: group.code or (str(group.number) if shared[group.level, group.number] == 1 else path_of(group))
        for group in groups
    }


def path_of(group: Group) -> str:
    """Return the numbers of a group from the top: ``1.2``."""
    return ".".join(map(str, group.place))


def level_of(plan: Plan, depth: int) -> Level:
    """Return what the plan calls the groups of a depth, from 1; past its names, the last of them."""
    if plan.declared_levels is None:
        level = plan.levels[min(depth, len(plan.levels)) - 1]
        return Level(_(level.name), _(level.plural))
    return plan.levels[min(depth, len(plan.levels)) - 1] if plan.levels else Level(_("group"), _("groups"))


def group_names(plan: Plan) -> dict[Path, str]:
    """Return what each group is called in a sentence, by its path in the file: ``measure 3``, ``axe 1.2``."""
    written = references(plan)
    return {group.path: f"{level_of(plan, group.level).name} {written[group.path]}" for group in plan.all_groups}
