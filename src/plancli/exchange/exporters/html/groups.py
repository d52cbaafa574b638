"""The groups of a plan on its page: their levels, and what is said of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from plancli.i18n import _
from plancli.plan.model import Group, Plan, each_action, level_of, path_of, references
from plancli.text import capital, fold


class LevelView(NamedTuple):
    """A level of the plan: its name in filters, its heading, its groups.

    ``chosen`` has for each action the number by which its group is filtered; ``is_numbered`` means that it is the
    number of the group itself.
    """

    key: str
    word: str
    groups: tuple[Group, ...]
    chosen: Mapping[int, int | str]
    is_numbered: bool


def level_views(plan: Plan) -> tuple[LevelView, ...]:
    """Return the levels that some group of the plan has, from the top."""
    depth = max((group.level for group in plan.all_groups), default=0)
    if plan.declared_levels is None:
        depth = max(depth, len(plan.levels))
    names = [level_of(plan, level).name for level in range(1, depth + 1)]
    keys = [*attribute_keys([fold(name) for name in names], "level")]
    return tuple(
        _level(plan, level, name, key) for level, (name, key) in enumerate(zip(names, keys, strict=True), 1)
    )


def _level(plan: Plan, level: int, name: str, key: str) -> LevelView:
    groups = tuple(group for group in plan.all_groups if group.level == level)
    is_numbered = plan.declared_levels is None and level <= len(plan.levels)
    key = plan.levels[level - 1].name if is_numbered else key
    places = {group.path: group.number if is_numbered else place for place, group in enumerate(groups, 1)}
    chosen = {
        action.number: places[chain[level - 1].path] if len(chain) >= level else ""
        for chain, action in each_action(plan)
    }
    return LevelView(key, capital(name), groups, chosen, is_numbered)


def attribute_keys(names: Sequence[str], word: str) -> Iterator[str]:
    """Yield names as they can be in the name of an attribute, each another: ``field-2`` where one can't."""
    for place, name in enumerate(names, 1):
        yield name if _ATTRIBUTE.fullmatch(name) else f"{word}-{place}"


_ATTRIBUTE = re.compile("[a-z][a-z0-9_]*")


def group_values(plan: Plan) -> dict[str, Any]:
    """Return the functions and the values of the template about groups."""
    levels, ref = level_views(plan), references(plan)

    def place(group: Group) -> str:
        level = levels[group.level - 1]
        return f"{level.key}-{group.number}" if level.is_numbered else f"group-{path_of(group)}"

    top, inner = level_of(plan, 1), level_of(plan, 2 if plan.measures else 1)
    sentences = {
        "by_year_caption": _("Actions by orientation and year"),
        "all_groups": _("All orientations"),
        "matrix_note": _(
            "One row a directorate, one column a measure; in each cell, the number of actions as pilot and as "
            "associated. Those who meet in a column work on the same measure."
        ),
        "matrix_key": _("The measures"),
    }
    named = {
        "by_year_caption": _("Actions by {level} and year").format(level=top.name),
        "all_groups": _("All {levels}").format(levels=top.plural),
        "matrix_note": _(
            "Rows are directorates, columns {levels}: how many actions as pilot and as associated."
        ).format(levels=inner.plural),
        "matrix_key": capital(inner.plural),
    }
    return {
        **(sentences if plan.declared_levels is None else named),
        "levels": levels,
        "ref": ref,
        "place": place,
        "columns": group_columns(plan),
        "inside": {action.number: ref[chain[-1].path] if chain else "–" for chain, action in each_action(plan)},
        "rank": {each: each if isinstance(each, int) else -at for at, each in enumerate(plan.ranks, 1)},
    }


def group_columns(plan: Plan) -> list[tuple[Group, tuple[Group, ...]]]:
    """Return the groups of the top that hold others, each with those; one that holds none stands for itself."""
    return [(group, group.groups or (group,)) for group in plan.groups if group.groups or group.loose]
