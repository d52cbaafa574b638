"""``plancli remove``: an action out of the plan; its number is never used again."""

from plancli.cli import completion
from plancli.cli.options import WITH_GROUP, EditOptions, OutputOptions, argument, option
from plancli.errors import Usage
from plancli.i18n import N_, _

EXAMPLES = ('plancli remove 12 --reason "Merged into action 13."', 'plancli remove 30 --reason "…" --dry-run')


def command(
    number: str = argument(N_("NUMBER"), N_("The action."), completion.actions),
    reason: str = option(N_("TEXT"), N_("Why its number is unused from now on (unused_numbers)."), default=...),
    with_group: bool = WITH_GROUP,
    *,
    answer: OutputOptions,
    target: EditOptions,
) -> int:
    """Remove an action and its source notes, and retire its number."""
    from plancli.edit.actions import remove_actions
    from plancli.edit.blocks import find_action
    from plancli.edit.values import one_line

    loaded = target.load()
    action = find_action(loaded, number)
    if not reason.strip():
        raise Usage(_("{option} needs a value").format(option="--reason"))
    return target.change(loaded, remove_actions(loaded, [action], one_line(reason), with_group), answer)
