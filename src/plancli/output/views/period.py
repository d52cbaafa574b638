"""What a time brought: the answer of ``progress --since``, on a screen, and as a report to send."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from plancli.dates import show_time
from plancli.i18n import _, ngettext
from plancli.output.report import (
    Block,
    Blocks,
    Column,
    ColumnKind,
    Definition,
    DefinitionList,
    InlineList,
    Note,
    NoteKind,
    Paragraph,
    Records,
    Report,
    Style,
    Styled,
    Table,
    Words,
)
from plancli.output.views.actions import name_of, shown_end, shown_status
from plancli.output.views.entries import entry_day, entry_head, entry_list
from plancli.output.views.progress import (
    SILENT,
    Tally,
    counts_of,
    entry_data,
    late_data,
    tally,
)
from plancli.output.views.question import notes
from plancli.output.views.stats import by_status
from plancli.plan.model import Action, Entry, Plan
from plancli.plan.model.follow_up import end_of, in_order, is_closed, last_day, on_day, status_entry
from plancli.plan.model.groups import level_of, references
from plancli.plan.query import Query
from plancli.text import capital, width


class PeriodSummary(NamedTuple):
    """What a time brought: its first and last day, and the actions that were reported, closed, or slipped."""

    start: str
    end: str
    total: Tally
    entries: tuple[tuple[Action, tuple[Entry, ...]], ...]
    closed: tuple[Action, ...]
    slipped: tuple[Action, ...]
    silent: tuple[Action, ...]


def sum_up(plan: Plan, actions: Sequence[Action], start: str) -> PeriodSummary:
    """Return what the time from a day to the day of the plan brought for some actions."""
    before = on_day(plan, (date.fromisoformat(start) - timedelta(days=1)).isoformat())
    closed_before = {action.path for action in before.actions if is_closed(before, action)}
    closed = {action.path for action in actions if is_closed(plan, action)}
    entries = {
        action.path: tuple(entry for entry in in_order(action.progress) if last_day(entry.date) >= start)
        for action in actions
    }
    return PeriodSummary(
        start,
        plan.day,
        tally(plan, actions, SILENT),
        tuple((action, entries[action.path]) for action in actions if entries[action.path]),
        tuple(action for action in actions if action.path in closed - closed_before),
        tuple(a for a in actions if start <= end_of(a) <= plan.day and a.path not in closed),
        tuple(a for a in actions if a.path not in closed and not entries[a.path]),
    )


def period_view(plan: Plan, query: Query, actions: Sequence[Action], start: str, document: bool) -> Report:
    """Return what the time from a day to the day of the plan brought; ``document``: as a report to send."""
    summary = sum_up(plan, actions, start)
    asked = notes(plan, query, actions)
    data, records = _data(plan, summary), _records(plan, summary)
    if not actions:
        return Report((), asked, data, records)
    span = show_time(summary.start, summary.end)
    parts: list[Blocks] = [
        (InlineList((plan.title, span), title=True),),
        (_reported(summary, asked[0].words), Paragraph(_at_the_end(summary))),
    ]
    below = list(asked[1:])
    if document:
        parts += _document(plan, summary)
    else:
        parts += _screen(summary)
        if summary.slipped:
            sentence = _("Slipped: the end fell in this time, and the action was not closed by then.")
            below.append(Note(sentence, NoteKind.CORRECTION))
    return Report(tuple(parts), tuple(below), data, records)


def _reported(summary: PeriodSummary, count: Words) -> InlineList:
    entries = sum(len(own) for _action, own in summary.entries)
    reports = ngettext("{n} report on {{actions}}", "{n} reports on {{actions}}", entries).format(
        actions=ngettext("{n} action", "{n} actions", len(summary.entries))
    )
    closed = ngettext("{n} closed", "{n} closed", len(summary.closed))
    return InlineList((count, reports, closed, ngettext("{n} slipped", "{n} slipped", len(summary.slipped))))


def _at_the_end(summary: PeriodSummary) -> str:
    return _("At the end: {counts}").format(counts=" · ".join(counts_of(summary.total)))


def _screen(summary: PeriodSummary) -> Iterator[Blocks]:
    if summary.closed:
        yield (_closed_table(summary, _("Closed")),)
    if summary.slipped:
        yield (_slipped_table(summary, _("Slipped")),)
    if summary.entries:
        yield (Paragraph((Styled(_("What was said"), Style.HEADING),)), *_said(summary))
    if summary.silent:
        heading = _silent_heading(summary)
        names = " ".join(map(name_of, summary.silent))
        yield (Paragraph((Styled(heading, Style.HEADING),)), Paragraph(names))


def _silent_heading(summary: PeriodSummary) -> str:
    count = len(summary.silent)
    return ngettext("Nothing was said of {n} open action", "Nothing was said of {n} open actions", count)


def _document(plan: Plan, summary: PeriodSummary) -> Iterator[Blocks]:
    if plan.groups:
        yield (_groups(plan, summary),)
    if summary.closed:
        yield (InlineList((_("Closed"),), title=True), _closed_table(summary, _("No")))
    if summary.slipped:
        yield (InlineList((_("Slipped"),), title=True), _slipped_table(summary, _("No")))
    if summary.entries:
        yield (InlineList((_("What was said"),), title=True), *_said_whole(summary))
    if summary.silent:
        heading = InlineList((_silent_heading(summary),), title=True)
        yield (heading, Paragraph(", ".join(map(name_of, summary.silent))))


def _groups(plan: Plan, summary: PeriodSummary) -> Table:
    """Return the groups at the top with their actions, as they stand at the end of the time."""
    silent = {action.path for action in summary.silent}
    level = level_of(plan, 1)
    columns = (
        Column("group", capital(level.name), ColumnKind.TEXT),
        Column("actions", _("Actions"), ColumnKind.NUMBER),
        Column("closed", _("Closed"), ColumnKind.NUMBER),
        Column("late", _("Late", "heading"), ColumnKind.NUMBER),
        Column("silent", _("Without news"), ColumnKind.NUMBER),
    )
    written = references(plan)
    places = [(f"{written[group.path]} {group.title}", group.path) for group in plan.groups]
    places.append((_("Outside the {groups}").format(groups=level.plural), ()))
    rows = []
    for title, path in places:
        every = summary.total.actions
        own = [a for a in every if (a.path[:2] == path if path else a.path[0] == "actions")]
        if own:
            counts = tally(plan, own, SILENT)
            news = sum(action.path in silent for action in own)
            rows.append((title, len(own), len(counts.closed), len(counts.late), news))
    return Table(columns, tuple(rows))


def _closed_table(summary: PeriodSummary, heading: str) -> Table:
    columns = (
        Column("number", heading, bold=True),
        Column("on", _("On")),
        Column("status", _("Status")),
        Column("pilot", _("Pilot")),
        Column("text", _("Action"), ColumnKind.TEXT),
    )
    rows = []
    for action in summary.closed:
        entry = status_entry(action.progress)
        day = entry_day(entry) if entry else ""
        rows.append((name_of(action), day, shown_status(action), _pilot(action), action.text))
    return Table(columns, tuple(rows))


def _slipped_table(summary: PeriodSummary, heading: str) -> Table:
    columns = (
        Column("number", heading, bold=True),
        Column("end", _("End")),
        Column("status", _("Status")),
        Column("pilot", _("Pilot")),
        Column("text", _("Action"), ColumnKind.TEXT),
    )
    rows = tuple((name_of(a), shown_end(a), shown_status(a), _pilot(a), a.text) for a in summary.slipped)
    return Table(columns, rows)


def _pilot(action: Action) -> str:
    return next(iter(action.pilots), "")


def _said(summary: PeriodSummary) -> Iterator[Block]:
    """Yield each action with its entries below, the oldest first, in common columns."""
    columns = max(width(name_of(action)) for action, _entries in summary.entries)
    days = max(width(entry_day(entry)) for _action, entries in summary.entries for entry in entries)
    for action, entries in summary.entries:
        label = name_of(action)
        head = (Styled(label, Style.HEADING), " " * (columns - width(label) + 2), " ".join(action.text.split()))
        yield Paragraph(head, brief=True)
        yield entry_list(entries, " " * columns, days)


def _said_whole(summary: PeriodSummary) -> Iterator[Block]:
    for action, entries in summary.entries:
        items = tuple(Definition(entry_day(entry), _sentence(entry)) for entry in entries)
        head = (Styled(name_of(action), Style.HEADING), f" {' '.join(action.text.split())}")
        yield Paragraph(head)
        yield DefinitionList((items,))


def _sentence(entry: Entry) -> str:
    said = " ".join(words for words in (entry.note, f"({entry.source})" if entry.source else "") if words)
    head = entry_head(entry)
    return _("{term}: {words}").format(term=head, words=said) if said else head


_KEYS = ("date", "number", "code", "status", "percent", "by", "note", "source", "pilots")


def _records(plan: Plan, summary: PeriodSummary) -> Records:
    """Return a row an entry."""
    has_code = any(field.key == "code" for field in plan.fields)
    keys = tuple(key for key in _KEYS if key != "code" or has_code)

    def value(action: Action, entry: Entry, key: str) -> object:
        return action.value(key) if key in ("number", "code", "pilots") else getattr(entry, key)

    return Records(
        keys,
        tuple(
            tuple(value(action, entry, key) for key in keys) for action, own in summary.entries for entry in own
        ),
    )


def _data(plan: Plan, summary: PeriodSummary) -> dict[str, object]:
    """Return the JSON object."""
    return {
        "on": plan.day,
        "since": summary.start,
        "until": summary.end,
        "total": len(summary.total.actions),
        "statuses": [
            {"status": name, "actions": count} for name, count in by_status(plan, summary.total.actions).items()
        ],
        "closed": list(map(late_data, summary.closed)),
        "slipped": list(map(late_data, summary.slipped)),
        "late": list(map(late_data, summary.total.late)),
        "never_reported": [action.number for action in summary.total.actions if not action.progress],
        "silent": [action.number for action in summary.silent],
        "entries": [entry_data(action, entry) for action, own in summary.entries for entry in own],
    }
