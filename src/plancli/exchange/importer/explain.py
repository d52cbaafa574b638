"""How a table would be read: what each column is taken for, and the first rows as actions."""

from collections.abc import Iterator, Sequence
from typing import Any

from plancli.exchange.importer.columns import letters
from plancli.exchange.importer.issues import Imported
from plancli.exchange.importer.mapping import describe_role
from plancli.i18n import _
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

SHOWN = 3
"""Actions that are shown: enough to see whether columns are taken for what they are."""


def explain_view(imported: Imported) -> Report:
    """Return the report of a table that is imported: its columns, the words it declares, its first actions."""
    columns = (
        Column("column", _("Column")),
        Column("heading", _("Heading"), bold=True),
        Column("role", _("Taken for")),
        Column("example", _("First value"), ColumnKind.TEXT, drop_order=1),
    )
    declared = imported.data.get("fields", {}) if imported.data else {}
    types = {about["label"]: about["type"] for about in declared.values()}
    rows = []
    for each in imported.columns.columns:
        role = describe_role(imported.columns, each.role)
        kind = next((kind for label, kind in types.items() if label.startswith(each.label) and each.label), "")
        role = f"{role} ({kind})" if kind and kind not in role else role
        rows.append((letters(each.index), each.heading, role, imported.examples.get(each.index, "")))
    parts: list[Blocks] = [(Table(columns, tuple(rows), overflow=Overflow.TRUNCATE),)]
    words = _declared(imported.data) if imported.data else ()
    if words:
        parts.append((DefinitionList((words,)),))
    if imported.data:
        parts += [(_action(*each, declared),) for each in _first(imported.data)]
    return Report(tuple(parts))


def _declared(data: dict[str, Any]) -> tuple[Definition, ...]:
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


def _first(data: dict[str, Any]) -> Sequence[tuple[list[str], dict[str, Any]]]:
    found = []
    for each in _walk(data, []):
        found.append(each)
        if len(found) == SHOWN:
            break
    return found


def _walk(group: dict[str, Any], titles: list[str]) -> Iterator[tuple[list[str], dict[str, Any]]]:
    for key in ("orientations", "measures"):
        for each in group.get(key, ()):
            yield from _walk(each, [*titles, f"{each.get('code', each['number'])}. {each['title']}"])
    for action in group.get("actions", ()):
        yield titles, action


def _action(titles: Sequence[str], action: dict[str, Any], fields: dict[str, Any]) -> Section:
    said: dict[str, Any] = {
        key: action.get(key) for key in ("pilots", "associated", "years", "when", "due", "priority")
    }
    said |= action.get("fields", {})
    labels = {key: about["label"] for key, about in fields.items()} | {
        "pilots": _("Pilots"),
        "associated": _("Associated"),
        "years": _("Calendar"),
        "when": _("In words"),
        "due": _("End"),
        "priority": _("Priority"),
    }
    lines = [
        Definition(labels.get(key, key), _shown(value)) for key, value in said.items() if value not in (None, [])
    ]
    for entry in action.get("progress", ()):
        words = [
            str(entry["date"]),
            entry.get("status", ""),
            f"{entry['percent']} %" if "percent" in entry else "",
        ]
        lines.append(Definition(_("Progress"), " · ".join(filter(None, [*words, entry.get("note", "")]))))
    body = [Paragraph(" › ".join(titles))] if titles else []
    name = str(action.get("code", action["number"]))
    return Section(name, (*body, PlanText(action["text"]), DefinitionList((tuple(lines),))))


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
