"""What was written, and what to type next: the answers of ``new``, ``report`` and ``progress --start``."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from plancli.dates import last_day, show_date
from plancli.edit.progress import KEYS, Reported
from plancli.i18n import _
from plancli.output.report import (
    Blocks,
    Definition,
    DefinitionList,
    Examples,
    InlineList,
    Note,
    NoteKind,
    Paragraph,
    Records,
    Report,
    Section,
    Style,
    Styled,
)
from plancli.output.views.values import action_name, shown_percent
from plancli.plan.model import Action, Plan, Status, group_names
from plancli.plan.model.follow_up import status_entry


def first_plan_view(file: str, mark: str, is_found: bool) -> Report:
    """Return the file, what it holds and what to type next; ``is_found`` if commands find it without its name."""
    plan = "" if is_found else f" --plan {shlex.quote(file)}"
    name = "" if is_found else f" {shlex.quote(file)}"
    steps = (
        (f"plancli list{plan} -t {shlex.quote(mark)}", _("what is still an example")),
        ("plancli add --help", _("the next action; also declare, set, move and remove")),
        (f"plancli validate{name}", _("every mistake, at its line and column")),
        (f"plancli fmt{name}", _("tidy the layout; no text ever changes")),
        (f"plancli summary{plan}", _("the plan at a glance")),
        (f"plancli progress --start{plan}", _("words for what becomes of each action")),
        (f"plancli export plan.xlsx{plan}", _("also .html .csv .json .md, by the ending")),
    )
    held = _('It holds one example of each block, marked "{mark}": open it in an editor and write yours there.')
    return Report(
        (
            (InlineList(((Styled(file, Style.HEADING),), _("valid"))), Paragraph(held.format(mark=mark))),
            (Examples(((_("Next"), steps),)),),
        )
    )


def started_view(plan: Plan, statuses: tuple[Status, ...], closing: str) -> Report:
    """Return the report of a plan to which statuses were written; ``closing`` says what became of the file."""
    names = tuple(
        _("{name} (closed)").format(name=status.name) if status.closed else status.name for status in statuses
    )
    label = (Styled("+", Style.ADDED), " statuses")
    data = {"statuses": [{"status": status.name, "closed": status.closed} for status in statuses]}
    notes: tuple[Note, ...] = ()
    if plan.actions:
        first = f'plancli report {action_name(plan.actions[0])} --status "{statuses[1].name}"'
        notes = (Note(_("The first report: {command}").format(command=first), NoteKind.HINT),)
    shown = DefinitionList(((Definition(label, InlineList(names)),),))
    return Report(((shown, Paragraph(closing)),), notes, data)


def reported_view(plan: Plan, reported: Sequence[Reported], closing: str) -> Report:
    """Return the report of what was reported; ``closing`` says what became of the file."""
    groups = group_names(plan)
    sections = tuple(_section(action, entry, groups.get(action.path[:-2], "")) for action, entry in reported)
    data = {"changes": [_data(action, entry) for action, entry in reported]}
    parts: tuple[Blocks, ...] = ((*sections, Paragraph(closing)),)
    rows = tuple((action.number, _was(action, entry), *map(entry.get, KEYS)) for action, entry in reported)
    return Report(parts, data=data, records=Records(("number", "was", *KEYS), rows))


def _was(action: Action, entry: Mapping[str, Any]) -> str | None:
    """Return the status that an action has up to the day of an entry."""
    day = last_day(entry["date"])
    before = status_entry(each for each in action.progress if last_day(each.date) <= day)
    return before.status if before else None


def _section(action: Action, entry: Mapping[str, Any], place: str) -> Section:
    head = (Styled(_("Action {number}").format(number=action_name(action)), Style.HEADING),)
    was, status = _was(action, entry), entry.get("status")
    said = []
    if status and was != status:
        said.append(f"{was or _('not reported')} → {status}")
    elif status:
        said.append(status)
    if entry.get("percent") is not None:
        said.append(shown_percent(entry["percent"]))
    if not said:
        said.append(_("a note") if entry.get("note") else _("a source"))
    words = _("{words} ({day})").format(words=", ".join(said), day=show_date(entry["date"]))
    return Section(head, (Paragraph(action.text, brief=True),), Styled("!", Style.NOTE), words, place)


def _data(action: Action, entry: Mapping[str, Any]) -> dict[str, object]:
    code = {} if action.code is None else {"code": action.code}
    return {"kind": "reported", "action": action.number, **code, "old": None, "new": dict(entry)}
