"""What people call an action, a group, a value and an entry of a plan: the words that all answers share."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from plancli.dates import show_date
from plancli.i18n import _, format_decimal
from plancli.location import Path
from plancli.output.report import Column, ColumnKind, Definition, DefinitionList, Words
from plancli.plan.model import (
    STATUS,
    Action,
    Entry,
    Field,
    Plan,
    SourceNote,
    Type,
    calendar,
    level_of,
    path_of,
    references,
)
from plancli.text import capital, truncate

if TYPE_CHECKING:
    from plancli.plan.query import Facet, Query

LONGEST_WORDS = 18
"""Characters of a calendar in words, beside calendars in years; its own column has it whole."""


def action_name(action: Action) -> str:
    """Return what people call an action: its code, else its number."""
    return action.code or str(action.number)


def level_column(plan: Plan, query: "Query", level: "Facet", drop_order: int = 0) -> Column:
    """Return the column of a level, with what is asked for: of numbers, unless a group has a code or a path."""
    written, asked = level.written(plan), query.of_level(level)
    is_numbered = all(str(value) == text and isinstance(value, int) for value, text in written.items())
    kind = ColumnKind.NUMBER if is_numbered else ColumnKind.NAME
    highlight = frozenset(asked if is_numbered else (written[value] for value in asked))
    return Column(level.name, level.title, kind, drop_order=drop_order, highlight=highlight)


def group_titles(plan: Plan) -> dict[Path, str]:
    """Return the heading of each group, by its path: ``Measure 2``, ``Objectif 1.2``."""
    written = references(plan)
    groups = plan.all_groups
    return {each.path: f"{capital(level_of(plan, each.level).name)} {written[each.path]}" for each in groups}


def short_names(plan: Plan) -> dict[Path, str]:
    """Return what each group is called in a cell, by its path: ``M2``; ``objectif 1.2`` if levels are named."""
    written = references(plan)
    short = (_("O{value}"), _("M{value}")) if plan.declared_levels is None else ()
    return {
        each.path: short[each.level - 1].format(value=written[each.path])
        if each.level <= len(short)
        else f"{level_of(plan, each.level).name} {written[each.path]}"
        for each in plan.all_groups
    }


def notes_by_block(plan: Plan) -> dict[Path, list[SourceNote]]:
    """Return the source notes on each action and group that has any, by its path; under ``()`` those on the plan.

    A number of a measure is that of a group of the second level: one below it is named by its path.
    """
    blocks: dict[tuple[str, object], list[Path]] = {}
    for action in plan.actions:
        blocks.setdefault(("action", action.number), []).append(action.path)
    for group in plan.all_groups:
        kind = "orientation" if group.level == 1 else "measure"
        names = (group.number, path_of(group)) if group.level < 3 else (path_of(group),)
        for name in names:
            blocks.setdefault((kind, name), []).append(group.path)
    notes: dict[Path, list[SourceNote]] = {}
    for note in plan.source_notes:
        named = (("action", note.action), ("measure", note.measure), ("orientation", note.orientation))
        about = next((each for each in named if each[1] is not None), None)
        for path in blocks.get(about, []) if about else [()]:
            notes.setdefault(path, []).append(note)
    return notes


def shown_calendar(action: Action) -> str:
    """Return the calendar of an action: its years, else when it is due, else the words for it."""
    if action.years:
        return calendar(action.years)
    due, words = action.value("due"), action.value("when")
    if due:
        return show_date(str(due))
    return truncate(str(words or ""), LONGEST_WORDS)


def shown_end(action: Action) -> str:
    """Return the end of an action as its plan has it: the day, month or year it is due, else its last year."""
    return show_date(str(action.value("due") or max(action.years, default="")))


def shown_status(action: Action) -> str:
    """Return the status of an action, or that it has none."""
    return str(action.value(STATUS.key) or _("not reported"))


def optional_values(fields: Iterable[Field], action: Action) -> Iterator[tuple[str, str]]:
    """Return label and value of each optional field among some that an action has."""
    for field in fields:
        value = action.value(field.key)
        if not field.required and value is not None:
            yield field.title, shown(field, value)


def shown(field: Field, value: Any) -> str:
    """Return a value in one line; empty if the action lacks it."""
    if value is None:
        return ""
    if isinstance(value, bool):  # no type of a field: a rule says so
        return "true" if value else "false"
    match field.type:
        case Type.YEARS:
            return calendar(tuple(int(year) for year in value)) if isinstance(value, tuple) else ""
        case Type.DATE if not isinstance(value, tuple):
            return show_date(str(value))
        case Type.DECIMAL if not isinstance(value, str | tuple):
            return format_decimal(value)
    between = " · " if field.type is Type.LIST else ", "
    return between.join(map(str, value)) if isinstance(value, tuple) else str(value)


def entry_values(entry: Entry) -> dict[str, object]:
    """Return the keys of an entry that it has."""
    return {key: value for key, value in entry._asdict().items() if key != "path" and value is not None}


def entry_list(entries: Sequence[Entry], label: Words, columns: int = 0) -> DefinitionList:
    """Return entries in the order given: the day, what became of the action, and below it what was said.

    ``columns`` are those of the longest day, if not only these entries are below each other.
    """
    days = [show_date(entry.date) for entry in entries]
    facts = []
    for entry, day in zip(entries, days, strict=True):
        facts.append(Definition(label, entry_head(entry), day.rjust(columns or max(map(len, days)))))
        facts += [Definition(label, words) for words in (entry.note, entry.source) if words]
    return DefinitionList((tuple(facts),))


def entry_head(entry: Entry) -> str:
    """Return the status, the percentage and the reporter of an entry in one line."""
    percent = "" if entry.percent is None else shown_percent(entry.percent)
    return " · ".join(words for words in (entry.status, percent, entry.by) if words) or _("a note")


def shown_percent(percent: object) -> str:
    """Return how far an action is, with the sign of percent."""
    return _("{percent} %").format(percent=percent)
