"""Where things stand on a day, and what happened in a period: the answers of ``progress``."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from plancli.dates import last_day, show_date, show_time
from plancli.i18n import _, ngettext
from plancli.output.report import (
    Block,
    Blocks,
    Cell,
    Column,
    ColumnKind,
    Definition,
    DefinitionList,
    InlineList,
    Note,
    NoteKind,
    Outline,
    Paragraph,
    Records,
    Report,
    Row,
    Style,
    Styled,
    Table,
)
from plancli.output.views.question import notes
from plancli.output.views.stats import by_status, count_words
from plancli.output.views.values import (
    action_name,
    entry_head,
    entry_list,
    entry_values,
    shown_end,
    shown_status,
)
from plancli.plan.model import LATE, STATUS, Action, Entry, Plan, level_of, references
from plancli.plan.model.follow_up import end_of, in_order, is_closed, is_silent, on_day, status_entry
from plancli.plan.query import Query, directorate_titles
from plancli.text import capital, width

SILENT = 90
"""Days without a report after which an open action counts as silent, where none are given."""

MOST_LEVELS = 2
"""The levels that have a row: all others are too many for a screen."""


class Tally(NamedTuple):
    """Some actions of a plan on a day: all of them, and those of each kind."""

    actions: tuple[Action, ...]
    closed: tuple[Action, ...]
    late: tuple[Action, ...]
    silent: tuple[Action, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        """The number of each."""
        return tuple(map(len, self))

    @property
    def bar(self) -> tuple[int, int, int]:
        """How many are closed, open, and without a status."""
        unknown = sum(action.value(STATUS.key) is None for action in self.actions)
        return len(self.closed), len(self.actions) - len(self.closed) - unknown, unknown


def _tally(plan: Plan, actions: Iterable[Action], silent: int = SILENT) -> Tally:
    """Return some actions of a plan on a day; ``silent`` are the days without a report that make one silent."""
    every = tuple(actions)
    return Tally(
        every,
        tuple([action for action in every if is_closed(plan, action)]),
        tuple([action for action in every if action.value(LATE.key)]),
        tuple([action for action in every if is_silent(plan, action, silent)]),
    )


# Where things stand on a day.


def progress_view(plan: Plan, query: Query, actions: Sequence[Action], silent: int) -> Report:
    """Return where the actions that a query selected stand on the day of the plan."""
    own = _tally(plan, actions, silent)
    groups = list(_by_group(plan, own.actions, silent))
    pilots = list(_by_pilot(plan, own.actions, silent))
    data = _data(plan, own, groups, pilots)
    keys = ("group", "title", "actions", "closed", "late", "silent")
    rows = groups if plan.groups or not actions else [("", "", 1, own)]  # a plan without groups is one
    records = Records(keys, tuple((path, title, *each.cells) for path, title, _level, each in rows))
    asked = notes(plan, query, actions)
    if not actions:
        return Report((), asked, data, records)
    closed, late, never = _counts(own)
    counts = (asked[0].words, closed, (Styled(late, Style.ERROR),) if own.late else late, never)
    parts: list[Blocks] = [
        (InlineList((plan.title, _("as of {day}").format(day=show_date(plan.day))), title=True),),
        (InlineList(counts), InlineList(count_words(by_status(plan, own.actions)))),
    ]
    parts += [(_group_table(plan, groups),)] if groups else []
    parts.append((_pilot_table(plan, pilots),))
    if any(action.progress for action in actions):
        parts += [(_action_table(_("Late", "heading"), own.late),)] if own.late else []
        label = (Styled(_("Silent"), Style.HEADING),)
        silent_ones = Definition(label, " ".join(map(action_name, own.silent)))
        parts += [(DefinitionList(((silent_ones,),)),)] if own.silent else []
    return Report(tuple(parts), (*asked[1:], *_notes(own, silent)), data, records)


def _notes(total: Tally, silent: int) -> Iterator[Note]:
    days = ngettext("{n} day", "{n} days", silent)
    sentence = _("█ closed ▒ open ░ not reported · silent: open, and no report in the {days} before.")
    yield Note(sentence.format(days=days), NoteKind.CORRECTION)
    if any(len(set(action.pilots)) > 1 for action in total.actions):
        yield Note(_("An action counts for each of its pilots."), NoteKind.CORRECTION)
    first = action_name((total.late or total.silent or total.actions)[0])
    if any(action.progress for action in total.actions):
        yield Note(_("an action's life: {command}").format(command=f"plancli log {first}"), NoteKind.HINT)
    yield Note(_("to report: {command}").format(command=f"plancli report {first}"), NoteKind.HINT)


def _counts(total: Tally) -> tuple[str, str, str]:
    """Return how many actions are closed, late, and never reported."""
    never = sum(not action.progress for action in total.actions)
    return (
        ngettext("{n} closed ({{percent}} %)", "{n} closed ({{percent}} %)", len(total.closed)).format(
            percent=_percent(len(total.closed), len(total.actions))
        ),
        ngettext("{n} late", "{n} late", len(total.late)),
        ngettext("{n} never reported", "{n} never reported", never),
    )


def _percent(count: int, total: int) -> int:
    """Return a share in percent; what is neither none nor all is never 0 or 100."""
    share = round(100 * count / (total or 1))
    return min(max(share, 1), 99) if 0 < count < total else share


GroupRow = tuple[str, str, int, Tally]
"""How a group is written, its title, its level, its actions; both empty for those outside all groups."""


def _by_group(plan: Plan, actions: Iterable[Action], silent: int = SILENT) -> Iterator[GroupRow]:
    """Yield each group of the upper levels that holds some of the actions, and those that are in none."""
    chosen = {action.path: action for action in actions}
    written = references(plan)
    for group in plan.all_groups:
        own = [chosen[action.path] for action in group.actions if action.path in chosen]
        if own and group.level <= MOST_LEVELS:
            yield written[group.path], group.title, group.level, _tally(plan, own, silent)
    loose = [chosen[action.path] for action in plan.loose if action.path in chosen]
    if loose and plan.groups:
        yield "", "", 1, _tally(plan, loose, silent)


def _group_table(plan: Plan, groups: Sequence[GroupRow]) -> Table:
    levels = [level_of(plan, level) for level in range(1, max(level for _p, _t, level, _own in groups) + 1)]
    heading = capital(_(" and ").join(level.plural for level in levels))
    numbers = [Column(f"level-{at}", capital(level.name), ColumnKind.NAME) for at, level in enumerate(levels)]
    columns = (
        *numbers,
        Column("title", _("Title"), ColumnKind.TEXT),
        *_count_columns(_("Silent", "heading")),
        Column("bar", "", ColumnKind.BAR),
    )
    rows: list[Row] = []
    for path, title, level, own in groups:
        places: list[Cell] = [(path or None) if at == level - 1 else None for at in range(len(levels))]
        rows.append((*places, title or _outside(plan), *own.cells, own.bar))
    outline = Outline(heading, tuple(column.key for column in numbers), "title")
    return Table(columns, tuple(rows), outline=outline)


def _outside(plan: Plan) -> str:
    """Return the heading of the actions that are in no group."""
    return _("Outside the {groups}").format(groups=level_of(plan, 1).plural)


def _count_columns(silent: str) -> tuple[Column, ...]:
    return (
        Column("actions", _("Actions"), ColumnKind.NUMBER),
        Column("closed", _("Closed"), ColumnKind.NUMBER),
        Column("late", _("Late", "heading"), ColumnKind.NUMBER),
        Column("silent", silent, ColumnKind.NUMBER),
    )


PilotRow = tuple[str | None, Tally]


def _by_pilot(plan: Plan, actions: Sequence[Action], silent: int) -> Iterator[PilotRow]:
    """Yield each pilot with its actions, those with most first; then those that nobody pilots yet."""
    found: dict[str, list[Action]] = {}
    for action in actions:
        for code in dict.fromkeys(action.pilots):
            found.setdefault(code, []).append(action)
    for code in sorted(found, key=lambda code: (-len(found[code]), code)):
        yield code, _tally(plan, found[code], silent)
    nobody = [action for action in actions if not action.pilots]
    if nobody:
        yield None, _tally(plan, nobody, silent)


def _pilot_table(plan: Plan, pilots: Sequence[PilotRow]) -> Table:
    names = directorate_titles(plan)
    columns = (
        Column("directorate", _("Pilot")),
        Column("name", _("Name"), ColumnKind.TEXT, wide_only=True),
        *_count_columns(_("Silent", "heading")),
        Column("last", _("Last report"), drop_order=1),
        Column("bar", "", ColumnKind.BAR),
    )
    days = [show_date(last.date) if (last := _last(own)) else "" for _code, own in pilots]
    longest = max(map(len, days), default=0)
    rows: tuple[Row, ...] = tuple(
        (
            _("nobody yet") if code is None else code,
            names.get(code or "", ""),
            *own.cells,
            day.rjust(longest) if day else _("never"),
            own.bar,
        )
        for (code, own), day in zip(pilots, days, strict=True)
    )
    return Table(columns, rows)


def _last(total: Tally) -> Entry | None:
    """Return the newest entry of some actions."""
    entries = (entry for action in total.actions for entry in action.progress)
    return max(entries, key=lambda entry: last_day(entry.date), default=None)


def _action_table(heading: str, actions: Iterable[Action], closed: bool = False) -> Table:
    """Return a table of actions with the end of each, or the day on which it was ``closed``."""
    columns = (
        Column("number", heading, bold=True),
        Column("on", _("On")) if closed else Column("end", _("End")),
        Column("status", _("Status")),
        Column("pilot", _("Pilot")),
        Column("text", _("Action"), ColumnKind.TEXT),
    )
    rows = []
    for action in actions:
        entry = status_entry(action.progress) if closed else None
        day = show_date(entry.date) if entry else shown_end(action)
        rows.append((action_name(action), day, shown_status(action), "".join(action.pilots[:1]), action.text))
    return Table(columns, tuple(rows))


def _data(plan: Plan, total: Tally, groups: Iterable[GroupRow], pilots: Iterable[PilotRow]) -> dict[str, object]:
    """Return the JSON object of a day; an action that isn't reported has the status null."""

    def counted(actions: Iterable[Action]) -> dict[str | None, int]:
        return {name: n for name, n in by_status(plan, actions).items() if n or name is not None}

    late = by_status(plan, total.late)
    return {
        "on": plan.day,
        "total": len(total.actions),
        "statuses": [
            {"status": status, "actions": count, "late": late[status]}
            for status, count in counted(total.actions).items()
        ],
        "groups": [
            {"path": path or None, "title": title or None, **dict(zip(Tally._fields, each.cells, strict=True))}
            for path, title, _level, each in groups
        ],
        "directorates": [
            {
                "directorate": code,
                "statuses": {status or "": count for status, count in counted(each.actions).items()},
                "late": len(each.late),
                "last_reported": last_day(last.date) if (last := _last(each)) else None,
            }
            for code, each in pilots
        ],
        **_lists(total, total.silent, [(action, in_order(action.progress)) for action in total.actions]),
    }


def _lists(
    total: Tally, silent: Iterable[Action], entries: Iterable[tuple[Action, Iterable[Entry]]]
) -> dict[str, object]:
    """Return the lists of actions and entries in both JSON objects."""
    return {
        "late": list(map(_action_data, total.late)),
        "never_reported": [action.number for action in total.actions if not action.progress],
        "silent": [action.number for action in silent],
        "entries": [{**_keys(action), **entry_values(entry)} for action, some in entries for entry in some],
    }


def _action_data(action: Action) -> dict[str, object]:
    """Return an action with its end and its status."""
    return {**_keys(action), "end": end_of(action) or None, "status": action.value(STATUS.key)}


def _keys(action: Action) -> dict[str, object]:
    """Return the number of an action, and its code if it has one."""
    return {"number": action.number, **({} if action.code is None else {"code": action.code})}


# What happened in a period.


class PeriodSummary(NamedTuple):
    """A period up to the day of a plan: the actions that were reported, closed, or slipped in it."""

    start: str
    total: Tally
    entries: tuple[tuple[Action, tuple[Entry, ...]], ...]
    closed: tuple[Action, ...]
    slipped: tuple[Action, ...]
    silent: tuple[Action, ...]


def _sum_up(plan: Plan, actions: Sequence[Action], start: str) -> PeriodSummary:
    """Return what happened to some actions in the period from a day to the day of the plan."""
    day_before = max(date.fromisoformat(start).toordinal() - 1, 1)  # 1: the first day that there is
    before = on_day(plan, date.fromordinal(day_before).isoformat())
    closed_before = {action.path for action in before.actions if is_closed(before, action)}
    total = _tally(plan, actions)
    closed = {action.path for action in total.closed}
    entries = {
        action.path: tuple(entry for entry in in_order(action.progress) if last_day(entry.date) >= start)
        for action in actions
    }
    return PeriodSummary(
        start,
        total,
        tuple((action, entries[action.path]) for action in actions if entries[action.path]),
        tuple(action for action in total.closed if action.path not in closed_before),
        tuple(a for a in actions if start <= end_of(a) <= plan.day and a.path not in closed),
        tuple(a for a in actions if a.path not in closed and not entries[a.path]),
    )


def period_view(plan: Plan, query: Query, actions: Sequence[Action], start: str, document: bool) -> Report:
    """Return the period from a day to the day of the plan; ``document``: as a report to send."""
    period = _sum_up(plan, actions, start)
    asked = notes(plan, query, actions)
    data, records = _period_data(plan, period), _records(plan, period)
    if not actions:
        return Report((), asked, data, records)
    at_the_end = _("At the end: {counts}").format(counts=" · ".join(_counts(period.total)))
    parts: list[Blocks] = [
        (InlineList((plan.title, show_time(start, plan.day)), title=True),),
        (InlineList((asked[0].words, *_events(period))), Paragraph(at_the_end)),
        *_period_parts(plan, period, document),
    ]
    below = list(asked[1:])
    if period.slipped and not document:
        sentence = _("Slipped: the end fell in this time, and the action was not closed by then.")
        below.append(Note(sentence, NoteKind.CORRECTION))
    return Report(tuple(parts), tuple(below), data, records)


def _events(period: PeriodSummary) -> tuple[str, str, str]:
    """Return how many reports there were, and how many actions were closed and slipped."""
    entries = sum(len(own) for _action, own in period.entries)
    reports = ngettext("{n} report on {{actions}}", "{n} reports on {{actions}}", entries).format(
        actions=ngettext("{n} action", "{n} actions", len(period.entries))
    )
    closed = ngettext("{n} closed", "{n} closed", len(period.closed))
    return reports, closed, ngettext("{n} slipped", "{n} slipped", len(period.slipped))


def _period_parts(plan: Plan, period: PeriodSummary, document: bool) -> Iterator[Blocks]:
    """Yield tables and lists: on a screen the table itself has the heading, in a document a title."""

    def title(words: str) -> Block:
        return InlineList((words,), title=True) if document else Paragraph((Styled(words, Style.HEADING),))

    if document and plan.groups:
        yield (_period_groups(plan, period),)
    tables = ((_("Closed"), period.closed, True), (_("Slipped"), period.slipped, False))
    for heading, actions, closed in tables:
        if actions and document:
            yield (title(heading), _action_table(_("No"), actions, closed))
        elif actions:
            yield (_action_table(heading, actions, closed),)
    if period.entries:
        yield (title(_("What was said")), *(_in_full(period) if document else _in_columns(period)))
    if period.silent:
        count = len(period.silent)
        heading = ngettext("Nothing was said of {n} open action", "Nothing was said of {n} open actions", count)
        yield (title(heading), Paragraph((", " if document else " ").join(map(action_name, period.silent))))


def _period_groups(plan: Plan, period: PeriodSummary) -> Table:
    """Return the groups at the top with their actions, as they stand at the end of the period."""
    silent = {action.path for action in period.silent}
    columns = (
        Column("group", capital(level_of(plan, 1).name), ColumnKind.TEXT),
        *_count_columns(_("Without news")),
    )
    rows: list[Row] = []
    for path, title, level, own in _by_group(plan, period.total.actions):
        if level == 1:
            heading = f"{path} {title}" if path else _outside(plan)
            rows.append((heading, *own.cells[:-1], sum(action.path in silent for action in own.actions)))
    return Table(columns, tuple(rows))


def _in_columns(period: PeriodSummary) -> Iterator[Block]:
    """Yield each action with its entries below, the oldest first, in common columns."""
    columns = max(width(action_name(action)) for action, _entries in period.entries)
    days = max(width(show_date(entry.date)) for _action, entries in period.entries for entry in entries)
    for action, entries in period.entries:
        label = action_name(action)
        head = (Styled(label, Style.HEADING), " " * (columns - width(label) + 2), " ".join(action.text.split()))
        yield Paragraph(head, brief=True)
        yield entry_list(entries, " " * columns, days)


def _in_full(period: PeriodSummary) -> Iterator[Block]:
    """Yield each action with its entries as sentences."""
    for action, entries in period.entries:
        yield Paragraph((Styled(action_name(action), Style.HEADING), f" {' '.join(action.text.split())}"))
        yield DefinitionList((tuple(Definition(show_date(entry.date), _sentence(entry)) for entry in entries),))


def _sentence(entry: Entry) -> str:
    said = " ".join(words for words in (entry.note, f"({entry.source})" if entry.source else "") if words)
    head = entry_head(entry)
    return _("{term}: {words}").format(term=head, words=said) if said else head


_KEYS = ("date", "number", "code", "status", "percent", "by", "note", "source", "pilots")


def _records(plan: Plan, period: PeriodSummary) -> Records:
    """Return a row an entry."""
    has_code = any(field.key == "code" for field in plan.fields)
    keys = tuple(key for key in _KEYS if key != "code" or has_code)
    rows = []
    for action, entries in period.entries:
        own = {key: action.value(key) for key in ("number", "code", "pilots")}
        rows += [tuple({**entry._asdict(), **own}[key] for key in keys) for entry in entries]
    return Records(keys, tuple(rows))


def _period_data(plan: Plan, period: PeriodSummary) -> dict[str, object]:
    """Return the JSON object of a time."""
    actions = period.total.actions
    return {
        "on": plan.day,
        "since": period.start,
        "until": plan.day,
        "total": len(actions),
        "statuses": [{"status": name, "actions": count} for name, count in by_status(plan, actions).items()],
        "closed": list(map(_action_data, period.closed)),
        "slipped": list(map(_action_data, period.slipped)),
        **_lists(period.total, period.silent, period.entries),
    }
