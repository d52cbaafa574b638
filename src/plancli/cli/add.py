"""``plancli add``: a new action, under the next number that was never used."""

from typing import TYPE_CHECKING

from plancli.cli import completion
from plancli.cli.options import EditOptions, OptionGroup, OutputOptions, PlaceOptions, argument, option
from plancli.cli.streams import print_err
from plancli.cli.text_input import edit_text, has_editor, with_text
from plancli.cli.usage import missing
from plancli.errors import PlanError, Usage
from plancli.i18n import N_, _, did_you_mean
from plancli.text import quote_argument, truncate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plancli.edit.values import Assignment
    from plancli.loader import Loaded
    from plancli.plan.model import Group
    from plancli.plan.writer.edits import Edit

EXAMPLES = (
    'plancli add --measure 9 --pilot DHUP --years 2022 --priority 1 --text "Recenser les logements."',
    "plancli add --measure 9 years=2022 priority=1 text=@action.txt --dry-run",
)


class NewAction(OptionGroup):
    """The values of a new action, as typed."""

    pilot: list[str] | None = option(N_("CODE"), N_("Its pilots, the lead first."), completion.codes)
    associated: list[str] | None = option(N_("CODE"), N_("Who is associated."), completion.codes)
    years: str | None = option(N_("YEARS"), N_("2021, or 2021-2022."), completion.of_field("years"))
    priority: str | None = option(
        N_("NUMBER"), N_("Its priority."), completion.of_field("priority"), names=("-p", "--priority")
    )
    text: str | None = option(
        N_("TEXT"), N_("Its text, or @FILE; without, an editor asks for it."), names=("-t", "--text")
    )

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
    assignments: list[str] | None = argument(
        N_("FIELD=VALUE"),
        N_("Other fields of the action, or the same in other words: pilots=DHUP."),
        completion.assignments,
        default=None,
    ),
    *,
    place: PlaceOptions,
    action: NewAction,
    answer: OutputOptions,
    target: EditOptions,
) -> int:
    """Add an action under the next number that is neither used nor retired."""
    from plancli.edit.values import read_assignment

    loaded = target.load()
    typed = (*action.typed(), *(assignments or ()))
    _refuse_group(loaded, typed)
    read = [read_assignment(loaded.plan, with_text(word)) for word in typed]
    if any(each.field.key == "text" for each in read):
        return target.change(loaded, _edits(loaded, place, read), answer)
    text = _type_text(loaded, place, read)
    try:
        loaded = target.load()  # somebody may have changed it while the editor was open
        return target.change(loaded, _edits(loaded, place, [*read, _text(loaded, text)]), answer)
    except PlanError:
        print_err(text)
        raise


def _refuse_group(loaded: "Loaded", typed: "Sequence[str]") -> None:
    """Raise Usage for a group that is named without its option: ``add 1.1 text=…``."""
    from plancli.plan.query.targets import find_groups

    for word in typed:
        if "=" not in word and find_groups(loaded.plan, word, loaded.plan.measures):
            sentence = _("{word} assigns nothing").format(word=truncate(word, 60))
            raise Usage(did_you_mean(sentence, f"--measure {quote_argument(word)}"))


def _edits(loaded: "Loaded", place: PlaceOptions, assignments: "Sequence[Assignment]") -> "list[Edit]":
    """Return the edits that add an action where it is to stand."""
    from plancli.edit.actions import add_action, next_number
    from plancli.edit.blocks import find_action
    from plancli.edit.values import assigned_values

    values = assigned_values(loaded.plan, None, assignments)
    behind = find_action(loaded, place.after) if place.after is not None else None
    return add_action(loaded, _group(loaded, place), values, next_number(loaded.plan), behind)


def _group(loaded: "Loaded", place: PlaceOptions) -> "Group | None":
    """Return the group that an action is to be in; raise Usage where none is named and the plan has groups."""
    from plancli.edit.blocks import find_action, find_group, group_of

    group = find_group(loaded, place.measure, place.orientation)
    if group is None and place.after is not None:
        return group_of(loaded, find_action(loaded, place.after))
    if group is None and loaded.plan.groups:
        raise missing("plancli add", "--measure")
    return group


def _text(loaded: "Loaded", words: str) -> "Assignment":
    from plancli.edit.values import read_assignment

    return read_assignment(loaded.plan, "text=")._replace(words=words)


def _type_text(loaded: "Loaded", place: PlaceOptions, assignments: "Sequence[Assignment]") -> str:
    """Return the text that is typed in an editor, once all else is right; raise Usage where nobody can type."""
    from plancli.edit.actions import next_number
    from plancli.edit.edited_plan import apply_edits

    group, plan = _group(loaded, place), loaded.plan
    if not has_editor():
        raise Usage(_("{command} needs {name}").format(command="plancli add", name="--text"))
    apply_edits(loaded.checked, _edits(loaded, place, [*assignments, _text(loaded, "…")]))
    about = _("Above: the text of action {number}. What stands below this line is left out.")
    around = [each.title for each in plan.all_groups if group and group.path[: len(each.path)] == each.path]
    lines = (about.format(number=next_number(plan)), plan.title, *around)
    return edit_text("".join(f"# {line}\n" for line in lines))
