"""The groups of a plan as answers name and count them: their levels, and what each is called."""

from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import (
    Plan,
    count_of_level,
    level_of,
    references,
)
from plancli.plan.query import Facet
from plancli.text import capital


def is_numbered(plan: Plan, level: Facet) -> bool:
    """Return whether each group of a level is called by its number, and none by a code or path."""
    return all(str(value) == text and isinstance(value, int) for value, text in level.written(plan).items())


def group_titles(plan: Plan) -> dict[Path, str]:
    """Return what heads each group, by its path: ``Measure 2``, ``Objectif 1.2``."""
    written = references(plan)
    groups = plan.all_groups
    return {each.path: f"{capital(level_of(plan, each.level).name)} {written[each.path]}" for each in groups}


def count_levels(plan: Plan) -> list[str]:
    """Return how many groups there are of each level, from the top; nothing of a plan without levels."""
    counts = [sum(group.level == depth for group in plan.all_groups) for depth in range(1, len(plan.levels) + 1)]
    return [count_of_level(plan, depth, count) for depth, count in enumerate(counts, 1)]


def short_names(plan: Plan) -> dict[Path, str]:
    """Return what each group is called in a cell, by its path: ``M2``; ``objectif 1.2`` if levels are named."""
    written = references(plan)
    short = (_("O{value}"), _("M{value}")) if plan.declared_levels is None else ()
    return {
        each.path: short[each.level - 1].format(value=written[each.path])
        if each.level <= len(short)
        else f"{level_of(plan, each.level).name} {written[each.path]}"
        for each in plan.all_groups
    }
