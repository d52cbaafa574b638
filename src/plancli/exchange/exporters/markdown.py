"""Markdown: the plan as a document to read, its texts verbatim and its directorates by name."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plancli.exchange.request import ExportRequest, describe_selection, describe_source
from plancli.i18n import _, ngettext
from plancli.location import Path
from plancli.output.renderers.markdown import text_lines
from plancli.output.views.stats import participations
from plancli.output.views.values import action_name, group_titles, notes_by_block, optional_values
from plancli.plan.model import (
    Action,
    Directorate,
    Group,
    Plan,
    SourceNote,
    calendar,
    count_groups,
)
from plancli.text.markdown import escape


def write(request: ExportRequest) -> bytes:
    """Write the document; blocks are separated by blank lines. Several plans follow each other."""
    parts = [part for _name, part in request.parts] or [request]
    return ("\n\n".join(block for part in parts for block in _document(part)) + "\n").encode()


def _document(request: ExportRequest) -> Iterator[str]:
    plan = request.plan
    yield f"# {escape(plan.title)}"
    yield _overview(request)
    if plan.groups:
        yield _contents(plan)
    register = {directorate.code: directorate for directorate in plan.directorates}
    names, notes = _headings(plan), notes_by_block(plan)
    for group in plan.groups:
        yield from _group(plan, group, names, register, notes)
    for action in plan.loose:
        yield from _action(plan, action, register, notes)
    yield from _annexes(plan, notes)


def _headings(plan: Plan) -> dict[Path, str]:
    """Return the heading of each group, by its path in the file: ``Measure 3 · Prévenir``."""
    titles = group_titles(plan)
    return {group.path: f"{escape(titles[group.path])} · {escape(group.title)}" for group in plan.all_groups}


Notes = Mapping[Path, Sequence[SourceNote]]
"""The source notes by the path of the block they are about."""


def _group(
    plan: Plan, group: Group, names: Mapping[Path, str], register: dict[str, Directorate], notes: Notes
) -> Iterator[str]:
    """Yield a group and all in it."""
    yield f"{'#' * (1 + group.level)} {names[group.path]}"
    yield from _notes(notes.get(group.path, ()))
    for inner in group.groups:
        yield from _group(plan, inner, names, register, notes)
    for action in group.loose:
        yield from _action(plan, action, register, notes)


def _overview(request: ExportRequest) -> str:
    """Return how much of the plan this is, what was asked, and the source."""
    plan = request.plan
    counts = [
        ngettext("{n} action", "{n} actions", len(plan.actions)),
        *count_groups(plan),
        ngettext("{n} directorate", "{n} directorates", len(plan.directorates)),
    ]
    made = _("Made from {source}").format(source=f"`{describe_source(request).replace('`', '')}`")
    return "  \n".join([escape(describe_selection(request)) if request.question else " · ".join(counts), made])


def _contents(plan: Plan) -> str:
    lines = []
    names = _headings(plan)
    for group in plan.all_groups:
        line = f"{'  ' * (group.level - 1)}- {names[group.path]}"
        if group.loose:
            numbers = ", ".join(escape(action_name(action)) for action in group.loose)
            named = ngettext("action {{numbers}}", "actions {{numbers}}", len(group.loose))
            line += f" ({named.format(numbers=numbers)})"
        lines.append(line)
    return "\n".join(lines)


def _action(plan: Plan, action: Action, register: dict[str, Directorate], notes: Notes) -> Iterator[str]:
    level = min(len(action.place) + 2, 6)
    yield f"{'#' * level} " + _("Action {number}").format(number=escape(action_name(action)))
    yield text_lines(action.text)
    facts = [
        *_role(ngettext("Pilot", "Pilots", len(action.pilots)), action.pilots, register),
        *_role(_("Associated"), action.associated, register),
        *([_fact(_("Calendar"), calendar(action.years))] if action.years else []),
        *([_fact(_("Priority"), escape(str(action.priority)))] if action.priority is not None else []),
        *(_fact(label, escape(" ".join(value.split()))) for label, value in optional_values(plan.fields, action)),
    ]
    yield "\n".join(facts)
    yield from _notes(notes.get(action.path, ()))


def _fact(label: str, value: str) -> str:
    """Write one line of who and when: a list of another kind than those of texts, which may be right above."""
    return "* " + _("**{label}:** {value}").format(label=label, value=value)


def _role(label: str, codes: Iterable[str], register: dict[str, Directorate]) -> Iterator[str]:
    named = [_directorate_name(register[code]) for code in codes]
    if len(named) == 1:
        yield _fact(label, named[0])
    elif named:
        yield _fact(label, "").rstrip()
        yield from (f"  - {name}" for name in named)


def _directorate_name(directorate: Directorate) -> str:
    """Return a directorate's name and code, or its code and note."""
    code = escape(directorate.code)
    if directorate.name:
        return f"{escape(directorate.name)} ({code})"
    return f"{code} ({escape(directorate.note)})" if directorate.note else code


def _notes(notes: Sequence[SourceNote]) -> Iterator[str]:
    """Yield source notes as a quotation."""
    if notes:
        yield "\n".join(f"> - {_note(note)}" for note in notes)


def _note(note: SourceNote) -> str:
    said = escape(note.note)
    if not note.source:
        return _("Source: {note}").format(note=said)
    return _("Source, “{text}”: {note}").format(text=escape(note.source), note=said)


def _annexes(plan: Plan, notes: Notes) -> Iterator[str]:
    if plan.directorates:
        yield "## " + _("Directorates")
        yield _register(plan)
    if plan.glossary:
        yield "## " + _("Acronyms")
        yield "\n".join(f"- **{escape(each.acronym)}** · {escape(each.expansion)}" for each in plan.glossary)
    if plan.unused_numbers:
        yield "## " + _("Unused numbers")
        yield "\n".join(f"- {each.number} · {escape(each.reason)}" for each in plan.unused_numbers)
    if () in notes:
        yield "## " + _("On the source")
        yield from _notes(notes[()])


def _register(plan: Plan) -> str:
    headings = (_("Directorate"), _("Name"), _("Ministry"), _("Pilot"), _("Associated"), _("Actions"))
    lines = [_row(headings), _row(("---", "---", "---", "--:", "--:", "--:"))]
    for part in participations(plan, plan.actions):
        own = part.directorate
        about = (own.code, own.title, own.ministry or "")
        lines.append(_row((*map(escape, about), *map(str, part.counts))))
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
