"""Where things stand: the answer of ``progress``."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from plancli.dates import show_day
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
    Records,
    Report,
    Row,
    Style,
    Styled,
    Table,
    Words,
)
from plancli.output.views.actions import entry_values, name_of, shown_end, shown_status
from plancli.output.views.question import notes
from plancli.output.views.stats import status_counts
from plancli.plan.model import LATE, STATUS, Action, Entry, Group, Plan
from plancli.plan.model.follow_up import end_of, in_order, is_closed, is_silent, last_report
from plancli.plan.model.groups import level_of, references
from plancli.plan.query import Query, directorate_titles
from plancli.text import capital

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
        """Return the number of each."""
        return tuple(map(len, self))

    @property
    def bar(self) -> tuple[int, int, int]:
        """Return how many are closed, open, and without a status."""
        unknown = sum(action.value(STATUS.key) is None for action in self.actions)
        return len(self.closed), len(self.actions) - len(self.closed) - unknown, unknown


def tally(plan: Plan, actions: Iterable[Action], silent: int) -> Tally:
    """Return some actions of a plan on a day; ``silent`` are the days without a report that make one silent."""
    every = tuple(actions)
    return Tally(
        every,
        tuple([action for action in every if is_closed(plan, action)]),
        tuple([action for action in every if action.value(LATE.key)]),
        tuple([action for action in every if is_silent(plan, action, silent)]),
    )


def progress_view(plan: Plan, query: Query, actions: Sequence[Action], silent: int = SILENT) -> Report:
    """Return where the actions that a query selected stand on the day of the plan."""
    own = tally(plan, actions, silent)
    groups = list(_by_group(plan, own.actions, silent))
    pilots = list(_by_pilot(plan, own.actions, silent))
    data = _data(plan, own, groups, pilots)
    keys = ("group", "title", "actions", "closed", "late", "silent")
    records = Records(keys, tuple((path, title, *each.cells) for path, title, _level, each in groups))
    asked = notes(plan, query, actions)
    if not actions:
        return Report((), asked, data, records)
    parts: list[Blocks] = [
        (InlineList((plan.title, _("as of {day}").format(day=show_day(plan.day))), title=True),),
        (_counts(asked[0].words, own), InlineList(tuple(status_counts(plan, own.actions)))),
    ]
    parts += [(_group_table(plan, groups),)] if groups else []
    parts.append((_pilot_table(plan, pilots),))
    if any(action.progress for action in actions):
        parts += [(_late_table(own.late),)] if own.late else []
        parts += [(_list(_("Silent"), own.silent),)] if own.silent else []
    return Report(tuple(parts), (*asked[1:], *_notes(own, silent)), data, records)


def _notes(own: Tally, silent: int) -> Iterator[Note]:
    days = ngettext("{n} day", "{n} days", silent)
    sentence = _("█ closed ▒ open ░ not reported · silent: open, and no report in the {days} before.")
    yield Note(sentence.format(days=days), NoteKind.CORRECTION)
    if any(len(set(action.pilots)) > 1 for action in own.actions):
        yield Note(_("An action counts for each of its pilots."), NoteKind.CORRECTION)
    first = name_of((own.late or own.silent or own.actions)[0])
    if any(action.progress for action in own.actions):
        yield Note(_("an action's life: {command}").format(command=f"plancli log {first}"), NoteKind.HINT)
    yield Note(_("to report: {command}").format(command=f"plancli report {first}"), NoteKind.HINT)


def counts_of(own: Tally) -> tuple[str, ...]:
    """Return how many actions are closed, late, and never reported."""
    never = sum(not action.progress for action in own.actions)
    return (
        ngettext("{n} closed ({{percent}} %)", "{n} closed ({{percent}} %)", len(own.closed)).format(
            percent=round(100 * len(own.closed) / (len(own.actions) or 1))
        ),
        ngettext("{n} late", "{n} late", len(own.late)),
        ngettext("{n} never reported", "{n} never reported", never),
    )


def _counts(count: Words, own: Tally) -> InlineList:
    closed, late, never = counts_of(own)
    return InlineList((count, closed, (Styled(late, Style.ERROR),) if own.late else late, never))


GroupRow = tuple[str, str, int, Tally]
"""How a group is written, its title, its level, its actions; both empty for those outside all groups."""


def _by_group(plan: Plan, actions: Iterable[Action], silent: int) -> Iterator[GroupRow]:
    """Yield each group of the upper levels that holds some of the actions, and those that stand in none."""
    chosen = {action.path: action for action in actions}
    written = references(plan)

    def row(group: Group) -> GroupRow:
        own = [chosen[action.path] for action in group.actions if action.path in chosen]
        return written[group.path], group.title, group.level, tally(plan, own, silent)

    for group in plan.all_groups:
        if group.level <= MOST_LEVELS:
            found = row(group)
            if found[-1].actions:
                yield found
    loose = [chosen[action.path] for action in plan.loose if action.path in chosen]
    if loose and plan.groups:
        yield "", "", 1, tally(plan, loose, silent)


def _group_table(plan: Plan, groups: Sequence[GroupRow]) -> Table:
    levels = [level_of(plan, level) for level in range(1, max(level for _p, _t, level, _own in groups) + 1)]
    heading = _(" and ").join(level.plural for level in levels)
    heading = capital(heading)
    numbers = [Column(f"level-{at}", capital(level.name), ColumnKind.NAME) for at, level in enumerate(levels)]
    columns = (
        *numbers,
        Column("title", _("Title"), ColumnKind.TEXT),
        *_columns(),
        Column("bar", "", ColumnKind.BAR),
    )
    rows: list[Row] = []
    for path, title, level, own in groups:
        places: list[Cell] = [(path or None) if at == level - 1 else None for at in range(len(levels))]
        words = title or _("Outside the {groups}").format(groups=levels[0].plural)
        rows.append((*places, words, *own.cells, own.bar))
    outline = Outline(heading, tuple(column.key for column in numbers), "title")
    return Table(columns, tuple(rows), outline=outline)


def _columns() -> tuple[Column, ...]:
    return (
        Column("actions", _("Actions"), ColumnKind.NUMBER),
        Column("closed", _("Closed"), ColumnKind.NUMBER),
        Column("late", _("Late", "heading"), ColumnKind.NUMBER),
        Column("silent", _("Silent", "heading"), ColumnKind.NUMBER),
    )


PilotRow = tuple[str | None, Tally]


def _by_pilot(plan: Plan, actions: Sequence[Action], silent: int) -> Iterator[PilotRow]:
    """Yield each pilot with its actions, those with most first; then those that nobody pilots yet."""
    found: dict[str, list[Action]] = {}
    for action in actions:
        for code in dict.fromkeys(action.pilots):
            found.setdefault(code, []).append(action)
    for code in sorted(found, key=lambda code: (-len(found[code]), code)):
        yield code, tally(plan, found[code], silent)
    nobody = [action for action in actions if not action.pilots]
    if nobody:
        yield None, tally(plan, nobody, silent)


def _pilot_table(plan: Plan, pilots: Sequence[PilotRow]) -> Table:
    names = directorate_titles(plan)
    columns = (
        Column("directorate", _("Pilot")),
        Column("name", _("Name"), ColumnKind.TEXT, wide_only=True),
        *_columns(),
        Column("last", _("Last report")),
        Column("bar", "", ColumnKind.BAR),
    )
    rows: tuple[Row, ...] = tuple(
        (
            _("nobody yet") if code is None else code,
            names.get(code or "", ""),
            *own.cells,
            show_day(last) if (last := _last(own)) else _("never"),
            own.bar,
        )
        for code, own in pilots
    )
    return Table(columns, rows)


def _last(own: Tally) -> str:
    return max(map(last_report, own.actions), default="")


def _late_table(late: Sequence[Action]) -> Table:
    columns = (
        Column("number", _("Late", "heading"), bold=True),
        Column("end", _("End")),
        Column("status", _("Status")),
        Column("pilot", _("Pilot")),
        Column("text", _("Action"), ColumnKind.TEXT),
    )
    rows = tuple(
        (name_of(each), shown_end(each), shown_status(each), next(iter(each.pilots), ""), each.text)
        for each in late
    )
    return Table(columns, rows)


def _list(label: str, actions: Iterable[Action]) -> Block:
    return DefinitionList(((Definition((Styled(label, Style.HEADING),), " ".join(map(name_of, actions))),),))


def _data(plan: Plan, own: Tally, groups: Iterable[GroupRow], pilots: Iterable[PilotRow]) -> dict[str, object]:
    """Return the JSON object; an action that isn't reported has the status null."""

    def counted(actions: Iterable[Action]) -> dict[str | None, Counter[bool]]:
        found: dict[str | None, Counter[bool]] = {status.name: Counter() for status in plan.statuses}
        for action in actions:
            status = action.value(STATUS.key)
            found.setdefault(None if status is None else str(status), Counter())[bool(action.value(LATE.key))] += 1
        return found

    return {
        "on": plan.day,
        "total": len(own.actions),
        "statuses": [
            {"status": status, "actions": counts.total(), "late": counts[True]}
            for status, counts in counted(own.actions).items()
        ],
        "groups": [
            {"path": path or None, "title": title or None, **dict(zip(Tally._fields, each.cells, strict=True))}
            for path, title, _level, each in groups
        ],
        "directorates": [
            {
                "directorate": code,
                "statuses": {status or "": counts.total() for status, counts in counted(each.actions).items()},
                "late": len(each.late),
                "last_reported": _last(each) or None,
            }
            for code, each in pilots
        ],
        "late": [late_data(action) for action in own.late],
        "never_reported": [action.number for action in own.actions if not action.progress],
        "silent": [action.number for action in own.silent],
        "entries": [entry_data(action, entry) for action in own.actions for entry in in_order(action.progress)],
    }


def late_data(action: Action) -> dict[str, object]:
    """Return an action with its end and its status."""
    return {**action_keys(action), "end": end_of(action) or None, "status": action.value(STATUS.key)}


def action_keys(action: Action) -> dict[str, object]:
    """Return the number of an action, and its code if it has one."""
    return {"number": action.number, **({} if action.code is None else {"code": action.code})}


def entry_data(action: Action, entry: Entry) -> dict[str, object]:
    """Return an entry as its file has it, with its action."""
    return {**action_keys(action), **entry_values(entry)}
