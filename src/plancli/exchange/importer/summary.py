"""What is shown of an imported plan: its counts, how its table was read, what the file it replaces loses."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from plancli.exchange.importer.columns import letters
from plancli.exchange.importer.columns.mapping import describe_role
from plancli.exchange.importer.issues import Imported, format_runs
from plancli.i18n import _, ngettext
from plancli.output.report import (
    Blocks,
    Column,
    ColumnKind,
    Definition,
    DefinitionList,
    Overflow,
    Paragraph,
    PlanText,
    Report,
    Section,
    Table,
)
from plancli.plan.document import read_document
from plancli.plan.model import ShapeError, plural_of, read_plan
from plancli.plan.writer.comments import comments

Data = dict[str, Any]

SHOWN = 3
"""Actions that are shown: enough to see whether columns are taken for what they are."""


def _groups(block: Data, depth: int = 0) -> Iterator[int]:
    """Yield how deep each group stands, from 0."""
    for each in block.get("orientations") or block.get("measures") or ():
        yield depth
        yield from _groups(each, depth + 1)


def _actions(block: Data, groups: tuple[Data, ...] = ()) -> Iterator[tuple[tuple[Data, ...], Data]]:
    """Yield each action with the groups that it is in, from the top."""
    for each in block.get("orientations") or block.get("measures") or ():
        yield from _actions(each, (*groups, each))
    for action in block.get("actions", ()):
        yield groups, action


def counts(data: Data) -> str:
    """Return what a plan holds, in a line: ``31 actions · 9 measures · …``."""
    levels = Counter(_groups(data))
    actions = sum(1 for _each in _actions(data))
    parts = [ngettext("{n} action", "{n} actions", actions)]
    if "levels" in data:
        for depth, level in reversed([*enumerate(data["levels"])]):
            name = level if isinstance(level, str) else level["name"]
            plural = plural_of(name) if isinstance(level, str) else level["plural"]
            if levels[depth]:
                parts.append(f"{levels[depth]} {name if levels[depth] == 1 else plural}")
    else:
        parts += [
            ngettext("{n} measure", "{n} measures", levels[1]),
            ngettext("{n} orientation", "{n} orientations", levels[0]),
        ]
    parts.append(ngettext("{n} directorate", "{n} directorates", len(data["directorates"])))
    if "unused_numbers" in data:
        parts.append(ngettext("{n} unused number", "{n} unused numbers", len(data["unused_numbers"])))
    if "source_notes" in data:
        parts.append(ngettext("{n} source note", "{n} source notes", len(data["source_notes"])))
    return " · ".join(parts)


def explain_view(imported: Imported) -> Report:
    """Return the report of a table that is imported: its columns, the words it declares, its first actions."""
    columns = (
        Column("column", _("Column")),
        Column("heading", _("Heading"), bold=True),
        Column("role", _("Taken for")),
        Column("example", _("First value"), ColumnKind.TEXT, drop_order=1),
    )
    data = imported.data or {}
    types = {about["label"]: about["type"] for about in data.get("fields", {}).values()}
    rows = []
    for each in imported.columns.columns:
        role = describe_role(imported.columns, each.role)
        own = each.label if each in imported.columns.declared else ""
        kind = next((kind for label, kind in types.items() if own and label.startswith(own)), "")
        role = f"{role} ({kind})" if kind and kind not in role else role
        rows.append((letters(each.index), each.heading, role, imported.examples.get(each.index, "")))
    parts: list[Blocks] = [(Table(columns, tuple(rows), overflow=Overflow.TRUNCATE),)]
    words = _declared_words(data)
    if words:
        parts.append((DefinitionList((words,)),))
    labels = {key: about["label"] for key, about in data.get("fields", {}).items()}
    parts += [(_action_section(groups, action, labels),) for groups, action in islice(_actions(data), SHOWN)]
    return Report(tuple(parts))


def _declared_words(data: Data) -> tuple[Definition, ...]:
    """Return the words that the plan would declare, in their order."""
    closed = _("closed")
    statuses = [
        f"{word} ({closed})" if about and about.get("closed") else word
        for word, about in data.get("statuses", {}).items()
    ]
    lines = {
        _("Levels"): data.get("levels", ()),
        _("Priorities"): data.get("priorities", ()),
        _("Statuses"): statuses,
    }
    return tuple(Definition(label, " · ".join(map(str, said))) for label, said in lines.items() if said)


def _action_section(groups: Sequence[Data], action: Data, own_labels: dict[str, str]) -> Section:
    labels = {
        "pilots": _("Pilots"),
        "associated": _("Associated"),
        "years": _("Calendar"),
        "when": _("In words"),
        "due": _("End"),
        "priority": _("Priority"),
    }
    said = {key: action.get(key) for key in labels} | action.get("fields", {})
    labels |= own_labels
    lines = [Definition(labels[key], _write(value)) for key, value in said.items() if value not in (None, [])]
    for entry in action.get("progress", ()):
        percent = f"{entry['percent']} %" if "percent" in entry else ""
        words = (str(entry["date"]), entry.get("status"), percent, entry.get("note"))
        lines.append(Definition(_("Progress"), " · ".join(filter(None, words))))
    titles = [f"{each.get('code', each['number'])}. {each['title']}" for each in groups]
    body = [Paragraph(" › ".join(titles))] if titles else []
    name = str(action.get("code", action["number"]))
    return Section(name, (*body, PlanText(action["text"]), DefinitionList((tuple(lines),))))


def _write(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def losses(old: bytes, new: Data) -> tuple[str, ...] | None:
    """Return what would be lost of a plan file, in words; None where it isn't a plan."""
    document = read_document(old, "")
    try:
        read_plan(document.data)
    except ShapeError:
        return None
    data: Data = document.data
    before, now = _by_number(data), _by_number(new)
    both = before.keys() & now.keys()
    changed = {number for number in both if _without_reports(before[number]) != _without_reports(now[number])}
    silenced = {number for number in both if _missing(_reports(before[number]), _reports(now[number]))}
    gone = before.keys() - now.keys()
    directorates = new["directorates"]
    known = sum((about or {}) != (directorates.get(code) or {}) for code, about in data["directorates"].items())
    notes, unused = (_missing(data.get(key, []), new.get(key, [])) for key in ("source_notes", "unused_numbers"))
    acronyms = len(data.get("glossary", {}).keys() - new.get("glossary", {}).keys())
    remarks = len(comments(document))
    found = [
        _numbered(ngettext("action {{numbers}}", "actions {{numbers}}", len(gone)), gone),
        _numbered(
            ngettext(
                "the old wording, roles or values of action {{numbers}}",
                "the old wording, roles or values of actions {{numbers}}",
                len(changed),
            ),
            changed,
        ),
        _numbered(
            ngettext("reports on action {{numbers}}", "reports on actions {{numbers}}", len(silenced)), silenced
        ),
        _("the title “{title}”").format(title=data["title"]) if data["title"] != new["title"] else "",
        ngettext("{n} source note", "{n} source notes", notes) if notes else "",
        ngettext("{n} unused number", "{n} unused numbers", unused) if unused else "",
        ngettext("{n} acronym", "{n} acronyms", acronyms) if acronyms else "",
        ngettext("what is known of {n} directorate", "what is known of {n} directorates", known) if known else "",
        ngettext("{n} comment", "{n} comments", remarks) if remarks else "",
    ]
    return tuple([each for each in found if each])


def _by_number(data: Data) -> dict[int, tuple[Sequence[int], Data]]:
    """Return each action by its number, with the numbers of the groups it is in."""
    return {action["number"]: ([each["number"] for each in groups], action) for groups, action in _actions(data)}


def _without_reports(placed: tuple[Sequence[int], Data]) -> tuple[Sequence[int], Data]:
    groups, action = placed
    return groups, {key: value for key, value in action.items() if key != "progress"}


def _reports(placed: tuple[Sequence[int], Data]) -> list[Any]:
    entries: list[Any] = placed[1].get("progress", [])
    return entries


def _numbered(sentence: str, numbers: set[int]) -> str:
    return sentence.format(numbers=format_runs(sorted(numbers))) if numbers else ""


def _missing(old: list[Any], new: list[Any]) -> int:
    kept = Counter(repr(sorted(each.items())) for each in new)
    return sum((Counter(repr(sorted(each.items())) for each in old) - kept).values())
