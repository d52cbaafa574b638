"""The names of actions and groups in a review: of either plan, by code, number or path."""

from collections.abc import Iterable
from functools import cached_property

from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Action, Field, Group, Plan, group_names, level_of, references, runs
from plancli.review.change import Change
from plancli.text import capital


class ChangeNames:
    """What the blocks of two plans are called; None is a plan that isn't known."""

    def __init__(self, old: Plan | None, new: Plan | None) -> None:
        self._plans = (old, new)

    @cached_property
    def _by_path(self) -> tuple[dict[Path, str], dict[Path, str]]:
        before, after = (group_names(plan) if plan else {} for plan in self._plans)
        return before, after

    @cached_property
    def _written(self) -> tuple[dict[Path, str], dict[Path, str]]:
        before, after = (references(plan) if plan else {} for plan in self._plans)
        return before, after

    @cached_property
    def _groups(self) -> dict[int, str]:
        """The names by the groups themselves: one path may lead to another group in either plan."""
        plans = [(plan, names) for plan, names in zip(self._plans, self._by_path, strict=True) if plan]
        return {id(group): names[group.path] for plan, names in plans for group in plan.all_groups}

    @cached_property
    def _codes(self) -> dict[int, str]:
        actions = (action for plan in self._plans if plan for action in plan.actions)
        return {action.number: action.code for action in actions if action.code}

    @cached_property
    def is_usual(self) -> bool:
        """Whether all groups are orientations and measures."""
        return all(plan.declared_levels is None for plan in self._plans if plan)

    def group(self, group: Group) -> str:
        """Return the name of a group inside a sentence: ``measure 2``, ``axe 1``, ``objectif 1.2``."""
        return self._groups.get(id(group), "")

    def heading(self, group: Group) -> str:
        """Return the name of a group with a capital."""
        name = self.group(group)
        return capital(name)

    def old_home(self, action: Action) -> str:
        """Return the name of the group that an action stood in; empty at the top."""
        return self._by_path[0].get(action.path[:-2], "")

    def new_home(self, action: Action) -> str:
        """Return the name of the group that an action stands in now; empty at the top."""
        return self._by_path[1].get(action.path[:-2], "")

    def home_label(self, change: Change) -> str | int | None:
        """Return the number, code or path of the group that the action of a change stands in, or stood in."""
        if self.is_usual and change.groups is None:
            return change.measure
        action = change.after or change.before
        return self._written[change.after is not None].get(action.path[:-2]) if action else None

    def home(self, change: Change) -> str:
        """Return the name of the group that the action of a change stands in, or stood in where it is gone."""
        if change.after:
            return self.new_home(change.after)
        return self.old_home(change.before) if change.before else ""

    def fields(self, change: Change) -> tuple[Field, ...]:
        """Return the optional fields of the plan that the action of a change is in, or was; its code names it."""
        plan = self._plans[1] if change.after else self._plans[0]
        return tuple(field for field in plan.fields if not field.required and field.key != "code") if plan else ()

    @property
    def home_heading(self) -> str:
        """What heads a column of the groups that actions stand in: the name of the deepest level."""
        plan = self._plans[1] or self._plans[0]
        depth = max((len(action.place) for action in plan.actions), default=0) if plan else 0
        if plan is None or self.is_usual or not depth:
            return _("Measure")
        name = level_of(plan, depth).name
        return capital(name)

    def action(self, number: int | None) -> str:
        """Return the code of an action, or its number."""
        return self._codes.get(number or 0, str(number))

    def actions(self, numbers: Iterable[int], shortest: int = 3) -> str:
        """Return the codes of some actions, or their numbers with runs as ``27–32``."""
        known = sorted(set(numbers))
        if self._codes.keys().isdisjoint(known):
            return number_ranges(known, shortest)
        return ", ".join(map(self.action, known))


def number_ranges(numbers: Iterable[int], shortest: int = 3) -> str:
    """Return numbers as a list, with runs of at least ``shortest`` as ``27–32``: ``8, 13, 27–32``."""
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) >= shortest else ", ".join(map(str, run)) for run in runs(numbers)
    )
