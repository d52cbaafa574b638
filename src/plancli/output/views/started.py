"""The answer of ``progress --start``: the statuses that were written, and what to type next."""

from plancli.i18n import _
from plancli.output.report import (
    Definition,
    DefinitionList,
    InlineList,
    Note,
    NoteKind,
    Paragraph,
    Report,
    Style,
    Styled,
)
from plancli.output.views.actions import name_of
from plancli.plan.model import Plan, Status


def started_view(plan: Plan, statuses: tuple[Status, ...], closing: str) -> Report:
    """Return the report of a plan to which statuses were written; ``closing`` says what became of the file."""
    names = tuple(
        _("{name} (closed)").format(name=status.name) if status.closed else status.name for status in statuses
    )
    label = (Styled("+", Style.ADDED), " statuses")
    data = {"statuses": [{"status": status.name, "closed": status.closed} for status in statuses]}
    notes: tuple[Note, ...] = ()
    if plan.actions:
        first = f'plancli report {name_of(plan.actions[0])} --status "{statuses[1].name}"'
        notes = (Note(_("The first report: {command}").format(command=first), NoteKind.HINT),)
    shown = DefinitionList(((Definition(label, InlineList(names)),),))
    return Report(((shown, Paragraph(closing)),), notes, data)
