"""``plancli add``: a new action, under the next number that was never used."""

from typing import TYPE_CHECKING, Annotated

import typer

from plancli.cli import completion
from plancli.cli.editor import edit_text, has_editor, read_text
from plancli.cli.options import EditOptions, OptionGroup, OutputOptions, PlaceOptions
from plancli.errors import Usage
from plancli.i18n import N_, _

if TYPE_CHECKING:
    from plancli.plan.model import Group, Plan

EXAMPLES = (
    'plancli add --measure 9 --pilot DHUP --years 2022 --priority 1 --text "Recenser les logements."',
    "plancli add --measure 9 years=2022 priority=1 text=@action.txt --dry-run",
)


class NewAction(OptionGroup):
    """What a new action is to be."""

    pilot: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help=N_("Its pilots, the lead first."), autocompletion=completion.codes),
    ] = None
    associated: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help=N_("Who is associated."), autocompletion=completion.codes),
    ] = None
    years: Annotated[
        str | None,
        typer.Option(metavar="YEARS", help=N_("2021, or 2021-2022."), autocompletion=completion.of_field("years")),
    ] = None
    priority: Annotated[
        str | None,
        typer.Option(
            "-p",
            "--priority",
            metavar="NUMBER",
            help=N_("Its priority."),
            autocompletion=completion.of_field("priority"),
        ),
    ] = None
    text: Annotated[
        str | None,
        typer.Option(
            "-t", "--text", metavar="TEXT", help=N_("Its text, or @FILE; without, an editor asks for it.")
        ),
    ] = None

    def typed(self) -> list[str]:
        """Return the options as assignments."""
        named = {
            "pilots": ",".join(self.pilot or ()),
            "associated": ",".join(self.associated or ()),
            "years": self.years,
            "priority": self.priority,
            "text": self.text,
        }
        return [f"{key}={value}" for key, value in named.items() if value]


def command(
    assignments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FIELD=VALUE",
            help=N_("Other fields of the action, or the same in other words: pilots=DHUP."),
            autocompletion=completion.assignments,
        ),
    ] = None,
    *,
    place: PlaceOptions,
    action: NewAction,
    target: EditOptions,
    answer: OutputOptions,
) -> int:
    """Add an action under the next number that is neither used nor retired."""
    from plancli.edit.actions import add_action, next_number
    from plancli.edit.subjects import find_action, find_group, group_of
    from plancli.edit.values import assigned_values, read_assignment

    loaded = target.load()
    plan, number = loaded.plan, next_number(loaded.plan)
    behind = find_action(loaded, place.after) if place.after is not None else None
    group = find_group(loaded, place.measure, place.orientation) or (group_of(loaded, behind) if behind else None)
    if group is None and plan.groups:
        raise Usage(_("{command} needs {name}").format(command="plancli add", name="--measure"))
    read = [read_assignment(plan, word) for word in (*action.typed(), *(assignments or ()))]
    values = assigned_values(plan, None, [each._replace(words=read_text(each.words)) for each in read])
    if not values.get("text"):
        values["text"] = " ".join(_asked(plan, group, number).split())
    return target.change(loaded, add_action(loaded, group, values, number, behind), answer)


def _asked(plan: "Plan", group: "Group | None", number: int) -> str:
    """Return the text that is typed in an editor; raise Usage where nobody sits at a terminal."""
    if not has_editor():
        raise Usage(_("{command} needs {name}").format(command="plancli add", name="--text"))
    about = _("Above: the text of action {number}. What stands below this line is left out.").format(number=number)
    titles = [
        plan.title,
        *(each.title for each in plan.all_groups if group and group.path[: len(each.path)] == each.path),
    ]
    return edit_text("".join(f"# {line}\n" for line in (about, *titles)))
