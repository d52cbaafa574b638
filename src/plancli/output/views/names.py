"""What actions, and the groups that they stand in, are called in an answer."""

from collections.abc import Mapping

from plancli.location import Path
from plancli.plan.model import Action, Plan
from plancli.plan.model.groups import group_names


def action_label(action: Action) -> str:
    """Return what an action is called: its code, else its number."""
    return action.code or str(action.number)


def place_names(plan: Plan) -> Mapping[Path, str]:
    """Return the name of the group that tells where each action stands, of the second level if it can be."""
    names = group_names(plan)
    return {
        action.path: names[group.path]
        for top in plan.groups
        for group in (top, *top.groups)
        for action in (group.actions if group is not top else top.loose)
    }
