"""What people call the groups of a plan: by code, number or path, and by the name of their level."""

from collections import Counter
from collections.abc import Iterable

from plancli.i18n import _, format_number, known_language, ngettext
from plancli.location import Path
from plancli.plan.model.types import Action, Group, Level, Plan


def references(plan: Plan) -> dict[Path, str]:
    """Return how each group is written and typed, by its path in the file: ``A.1``, ``3``, or ``1.2``.

    It is the code, else the number, or the numbers from the top where those of its level begin again.
    """
    groups = plan.all_groups
    numbers = identities(groups)
    return {group.path: group.code or str(numbers[group.path]) for group in groups}


def identities(groups: Iterable[Group]) -> dict[Path, int | str]:
    """Return the number that identifies each of some groups, by its path in the file: ``3``, or ``1.2``.

    It is the number, or the numbers from the top on a level where two groups have one number.
    """
    places = {group.path: group.place for group in groups}
    counts = Counter((len(place), place[-1]) for place in {*places.values()})
    shared = {level for (level, _number), count in counts.items() if count > 1}
    return {
        path: ".".join(map(str, place)) if len(place) in shared else place[-1] for path, place in places.items()
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


def _count_of_level(plan: Plan, depth: int, count: int) -> str:
    """Return a number of groups of a level in words: ``9 measures``, ``2 objectifs``."""
    if plan.declared_levels is None and depth <= len(plan.levels):
        if depth == 1:
            return ngettext("{n} orientation", "{n} orientations", count)
        return ngettext("{n} measure", "{n} measures", count)
    level = level_of(plan, depth)
    one = count < 2 if known_language(plan.language) == "fr" else count == 1
    return f"{format_number(count)} {level.name if one else level.plural}"


def count_groups(plan: Plan, actions: Iterable[Action] | None = None) -> list[str]:
    """Return how many groups each level in use has, the deepest first: ``9 measures``, ``3 orientations``.

    With some ``actions`` only the groups around them are counted.
    """
    paths = {group.path for group in plan.all_groups}
    depth = max((len(path) // 2 for path in paths), default=0)
    if actions is not None:
        paths = {action.path[:end] for action in actions for end in range(2, len(action.path) - 1, 2)}
    counts = Counter(len(path) // 2 for path in paths)
    return [_count_of_level(plan, level, counts[level]) for level in range(depth, 0, -1)]


def has_two_levels(plan: Plan) -> bool:
    """Return whether each action is in a group of the second level, whose number no other group there has.

    Then the numbers of orientation and measure say all of where a block stands.
    """
    measures = plan.measures
    outside = bool(plan.loose) or any(top.loose for top in plan.groups) or any(each.groups for each in measures)
    return len(plan.levels) == 2 and not outside and len({each.number for each in measures}) == len(measures)
