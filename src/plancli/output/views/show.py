"""Actions and directorates, whole: the answer of ``show``."""

from collections.abc import Sequence

from plancli.i18n import _
from plancli.output.report import Part, Report, Sheet
from plancli.output.views.action import action_data, action_parts
from plancli.output.views.directorates import REGISTER_KEYS, directorate_data, directorate_parts, register
from plancli.plan.model import Action, Directorate, Plan

_TITLES = ("orientation_title", "measure_title")


def show_view(plan: Plan, subjects: Sequence[Action | Directorate]) -> Report:
    """Show each subject in turn; a wider gap stands between them."""
    shown: list[Part] = []
    data: list[dict[str, object]] = []
    entries = register(plan)
    for subject in subjects:
        if shown:
            shown.append(())
        if isinstance(subject, Action):
            shown += action_parts(plan, subject)
            data.append(action_data(plan, subject, entries))
        else:
            shown += directorate_parts(plan, subject)
            data.append(directorate_data(plan, subject))
    return Report(
        tuple(shown),
        data=data,
        sheet=_sheet(subjects, data),
        no_sheet=_("Ask for actions and for directorates one after the other."),
    )


def _sheet(subjects: Sequence[Action | Directorate], data: Sequence[dict[str, object]]) -> Sheet | None:
    """Give what makes one table: all actions, or all directorates."""
    kinds = {type(subject) for subject in subjects}
    if len(kinds) != 1:
        return None
    keys: tuple[str, ...] = REGISTER_KEYS
    if kinds == {Action}:
        keys = (*(key for key in data[0] if key not in (*_TITLES, "roles", "acronyms", "source_notes")), *_TITLES)
    return Sheet(keys, tuple(tuple(own[key] for key in keys) for own in data))
