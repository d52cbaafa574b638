"""``plancli move``: an action into another measure, or to another place in its own."""

from typing import TYPE_CHECKING

from plancli.cli import completion
from plancli.cli.options import WITH_GROUP, EditOptions, OutputOptions, PlaceOptions, argument
from plancli.cli.usage import missing
from plancli.errors import Usage
from plancli.i18n import N_, _

if TYPE_CHECKING:
    from plancli.loader import Loaded
    from plancli.plan.model import Group
    from plancli.plan.writer.edits import Edit

EXAMPLES = (
    "plancli move 16 --measure 8",
    "plancli move 16 --measure 8 --after 30 --dry-run",
    "plancli move 1.3 --orientation 2 --dry-run",
)


def command(
    number: str = argument(
        N_("NUMBER"),
        N_("The action; or a group: M7 is measure 7, 1.2 measure 2 of orientation 1."),
        completion.blocks,
    ),
    with_group: bool = WITH_GROUP,
    *,
    place: PlaceOptions,
    answer: OutputOptions,
    target: EditOptions,
) -> int:
    """Move an action or a group, with its comments; its number stays."""
    from plancli.edit.actions import move_action
    from plancli.edit.blocks import find_action, find_block, find_group, group_of
    from plancli.plan.model import Action

    loaded = target.load()
    after = place.after
    if place.measure is None and place.orientation is None and after is None:
        raise missing("plancli move", "--measure")
    to = find_group(loaded, place.measure, place.orientation)
    action = find_block(loaded, number)
    if not isinstance(action, Action):
        return target.change(loaded, _move_group(loaded, action, to, after, with_group), answer)
    behind = find_action(loaded, after) if after is not None else None
    there = to or group_of(loaded, behind or action)
    return target.change(loaded, move_action(loaded, action, there, behind, with_group), answer)


def _move_group(
    loaded: "Loaded", group: "Group", to: "Group | None", after: str | None, with_group: bool
) -> "list[Edit]":
    """Return the edits that move a group; ``after`` is the number of one beside it, or names any."""
    from plancli.edit.actions import move_group
    from plancli.edit.blocks import find_block, group_of
    from plancli.plan.model import Action

    if after is None:
        return move_group(loaded, group, to, None, with_group)
    around = to or group_of(loaded, group)
    beside = around.groups if around else loaded.plan.groups
    behind = next((each for each in beside if str(each.number) == after), None) or find_block(loaded, after)
    if isinstance(behind, Action):
        raise Usage(_("{value} is {what}, not a group").format(value=after, what=_("an action")))
    return move_group(loaded, group, to or group_of(loaded, behind), behind, with_group)
