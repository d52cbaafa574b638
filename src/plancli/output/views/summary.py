"""The answer of ``summary``: totals, the table of contents, the directorates."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from plancli.dates import show_date
from plancli.i18n import _, format_decimal, format_number, ngettext
from plancli.location import Path
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
    Outline,
    Report,
    Row,
    Table,
    Words,
)
from plancli.output.views.question import notes
from plancli.output.views.stats import (
    MOST_COLUMNS,
    Participation,
    by_calendar,
    by_priority,
    by_status,
    by_year,
    count_late,
    count_words,
    participation_columns,
    participations,
    spread_data,
    totals,
)
from plancli.output.views.values import level_column
from plancli.plan.model import (
    STATUS,
    Action,
    Group,
    Plan,
    count_groups,
    has_two_levels,
    level_of,
    references,
)
from plancli.plan.query import Query, level_facets
from plancli.text import capital

T = TypeVar("T")


def summary_view(plan: Plan, query: Query, actions: Sequence[Action]) -> Report:
    """Return totals, orientations with measures, and directorates, of the actions that a query selected."""
    data = _data(plan, actions)
    question = notes(plan, query, actions)[1 if actions else 0 :]  # how many is said above
    no_records = _("Add --by, for example --by directorate.")
    if not actions:
        return Report((), question, data, no_records=no_records)
    shown: tuple[Blocks, ...] = (
        (InlineList((plan.title,), title=True),),
        (_totals(plan, query, actions), _spread(plan, actions)),
        _groups(plan, query, actions),
        _directorates(plan, query, actions),
    )
    below = (*question, *_corrections(plan, actions), *_hints(plan))
    return Report(shown, below, data, no_records=no_records)


def _totals(plan: Plan, query: Query, actions: Sequence[Action]) -> InlineList:
    codes = {code for action in actions for code in action.directorates}
    directorates = len(codes if query.filters else plan.directorates)
    return InlineList(
        (
            notes(plan, query, actions)[0].words,
            *count_groups(plan, actions if query.filters else None),
            ngettext("{n} directorate", "{n} directorates", directorates),
        )
    )


def _spread(plan: Plan, actions: Sequence[Action]) -> DefinitionList:
    def row(label: str, counts: Mapping[T, int]) -> Definition:
        return Definition(label, InlineList(count_words(counts)))

    priorities = {own: count for own, count in by_priority(plan, actions).items() if count}
    rows = [row(_("Priority"), priorities)] if plan.priorities else []
    rows.append(row(_("Calendar"), by_calendar(actions)))
    if plan.day:
        late = count_late(actions)
        words = _("late: {n} ({day})").format(n=format_number(late), day=show_date(plan.day))
        rows.append(Definition(STATUS.title, InlineList((*count_words(by_status(plan, actions)), words))))
    for field, total in totals(plan, actions).items():
        having = sum(action.value(field.key) is not None for action in actions)
        words = ngettext("{{total}} ({n} action)", "{{total}} ({n} actions)", having)
        rows.append(Definition(field.title, words.format(total=format_decimal(total))))
    return DefinitionList((tuple(rows),), counts=True)


def _count_columns(plan: Plan) -> tuple[Column, ...]:
    """Return a column for each year and each priority, unless there are too many."""
    years, priorities = plan.period.years, plan.ranks
    return (
        *(Column(f"year-{year}", str(year), ColumnKind.NUMBER, drop_order=2) for year in _few(years)),
        *(Column(f"priority-{own}", _short(own), ColumnKind.NUMBER, drop_order=1) for own in _few(priorities)),
    )


def _short(priority: int | str) -> str:
    return priority if isinstance(priority, str) else _("P{priority}").format(priority=priority)


def _few(values: Sequence[T]) -> Sequence[T]:
    return values if len(values) <= MOST_COLUMNS else ()


def _counts(plan: Plan, actions: Sequence[Action]) -> tuple[int, ...]:
    """Return the cells of the columns of years and priorities."""
    years, priorities = by_year(plan, actions), by_priority(plan, actions)
    return (
        *(years[year] for year in _few(plan.period.years)),
        *(priorities[own] for own in _few(plan.ranks)),
    )


def _groups(plan: Plan, query: Query, actions: Sequence[Action]) -> tuple[Block, ...]:
    """Return the table of contents with counts, a row a group; none where a plan has no groups."""
    depth = max((group.level for group in plan.all_groups), default=0)
    if not depth:
        return ()
    written = references(plan)
    levels = level_facets(plan)[:depth]
    places = [level_column(plan, query, facet) for facet in levels]
    columns = (
        *places,
        Column("title", _("Title"), ColumnKind.TEXT),
        Column("actions", _("Actions"), ColumnKind.NUMBER),
        *_count_columns(plan),
    )
    rows: list[Row] = []
    for group, own in _contents(plan, actions):
        if own or not query.filters:
            names = [written[group.path[: 2 * level]] for level in range(1, group.level + 1)]
            cells = [
                int(name) if column.kind is ColumnKind.NUMBER else name
                for name, column in zip(names, places, strict=False)
            ]
            rows.append((*cells, *[None] * (depth - len(cells)), group.title, len(own), *_counts(plan, own)))
    plurals = [level_of(plan, facet.depth).plural for facet in levels]
    outline = Outline(capital(_heading(plurals)), tuple(facet.name for facet in levels), "title")
    return (Table(columns, tuple(rows), outline=outline),)


def _heading(names: Sequence[str]) -> str:
    *most, last = names
    return _(" and ").join([", ".join(most), last]) if most else last


def _contents(plan: Plan, actions: Sequence[Action]) -> list[tuple[Group, list[Action]]]:
    """Return each group with the selected actions in it, in plan order."""
    inside: dict[Path, list[Action]] = {group.path: [] for group in plan.all_groups}
    for action in actions:
        for end in range(2, len(action.path) - 1, 2):
            inside[action.path[:end]].append(action)
    return [(group, inside[group.path]) for group in plan.all_groups]


def _directorates(plan: Plan, query: Query, actions: Sequence[Action]) -> tuple[Block, ...]:
    """Return a table of the directorates with several actions; those with one or none are lists below it."""
    listed = participations(plan, actions)
    columns = (
        Column("directorate", _("Directorate"), highlight=frozenset(query.values("directorate"))),
        Column("name", _("Name"), ColumnKind.TEXT, wide_only=True),
        *participation_columns(),
        *_count_columns(plan),
        Column("bar", _("█ pilot ░ associated"), ColumnKind.BAR, short=_("█ pilot ░ assoc.")),
    )
    rows: tuple[Row, ...] = tuple(
        (
            part.code,
            part.directorate.title,
            *part.counts,
            *_counts(plan, part.actions),
            (len(part.pilot), len(part.actions) - len(part.pilot)),
        )
        for part in listed
        if len(part.actions) > 1
    )
    once = tuple(_action_words(part) for part in listed if len(part.actions) == 1)
    never = tuple(part.code for part in listed if not part.actions and not query.filters)
    return (
        Table(columns, rows),
        InlineList(once, lead=_("One action only (code, action): "), list=True),
        InlineList(never, lead=_("No action: "), list=True),
    )


def _action_words(part: Participation) -> Words:
    (action,) = part.actions
    sentence = _("{code} {number} (pilot)") if part.pilot else "{code} {number}"
    return sentence.format(code=part.code, number=action.code or action.number)


def _corrections(plan: Plan, actions: Sequence[Action]) -> tuple[Note, ...]:
    """Return why the sums mislead: actions of several years, actions of several directorates."""
    sentences = []
    outside = len([action for action in actions if not action.place])
    if outside and plan.groups:
        level = level_of(plan, 1).name
        sentence = ngettext(
            "{n} action stands in no {{level}}.", "{n} actions stand in no {{level}}.", outside
        ).format(level=level)
        sentences.append(sentence)
    long = [action for action in actions if len(set(action.years)) > 1]
    if long and 1 < len(plan.period.years) <= MOST_COLUMNS:
        sentences.append(_about_years(plan, long))
    if any(len(action.directorates) > 1 for action in actions):
        sentences.append(_("An action counts for each directorate in it."))
    return tuple(Note(sentence, NoteKind.CORRECTION) for sentence in sentences)


def _about_years(plan: Plan, long: Sequence[Action]) -> str:
    first, *_others, last = (str(year) for year in plan.period.years)
    if len(plan.period.years) == 2:
        return ngettext(
            "{{first}} and {{last}} count the actions that cover the year: the one of {{calendar}} is in both.",
            "{{first}} and {{last}} count the actions that cover the year: the {n} of {{calendar}} are in both.",
            len(long),
        ).format(first=first, last=last, calendar=next(iter(by_calendar(long))))
    return ngettext(
        "{{first}} to {{last}} count the actions that cover the year: the one of several years is in each.",
        "{{first}} to {{last}} count the actions that cover the year: the {n} of several years are in each.",
        len(long),
    ).format(first=first, last=last)


def _hints(plan: Plan) -> tuple[Note, ...]:
    """Return the commands that count by year or priority, where there are too many for columns."""
    flags = []
    if not _few(plan.period.years):
        flags.append(_("years: {command}").format(command="plancli summary --by year"))
    if plan.ranks and not _few(plan.ranks):
        flags.append(_("priorities: {command}").format(command="plancli summary --by priority"))
    return tuple(Note(flag, NoteKind.HINT) for flag in flags)


def _data(plan: Plan, actions: Sequence[Action]) -> dict[str, object]:
    """Return the JSON object."""
    grouped = not has_two_levels(plan)
    summed = {field.key: total for field, total in totals(plan, actions).items()}
    return {
        "title": plan.title,
        "period": {"start": plan.period.start, "end": plan.period.end},
        "total": len(actions),
        **({"totals": summed} if summed else {}),
        "orientations": [
            {
                "orientation": group.orientation,
                "measure": group.measure,
                **({"groups": list(group.place)} if grouped else {}),
                "title": group.title,
                "actions": len(own),
                **spread_data(plan, own),
            }
            for group, own in _contents(plan, actions)
        ],
        "directorates": [
            {
                "directorate": part.code,
                "pilot": len(part.pilot),
                "associated": len(part.associated),
                "actions": len(part.actions),
                **spread_data(plan, part.actions),
            }
            for part in participations(plan, actions)
        ],
    }
