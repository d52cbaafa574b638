"""The answer of ``summary``: totals, the table of contents, the directorates."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from plancli.i18n import _, format_number, ngettext
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
from plancli.output.views.directorates import directorate_label
from plancli.output.views.question import notes
from plancli.output.views.stats import (
    MOST_COLUMNS,
    Participation,
    by_calendar,
    by_priority,
    by_year,
    participations,
)
from plancli.plan.model import Action, Plan
from plancli.plan.query import Query

T = TypeVar("T")


def summary_view(plan: Plan, query: Query, actions: Sequence[Action]) -> Report:
    """Return totals, orientations with measures, and directorates, of the actions that a query selected."""
    data = _data(plan, actions)
    question = notes(plan, query, actions)[1 if actions else 0 :]  # how many is said above
    no_records = _("Add --by, for example --by directorate.")
    if not actions:
        return Report((), question, data, no_records=no_records)
    shown: list[Blocks] = [
        (InlineList((plan.title,), title=True),),
        (_totals(plan, query, actions), _spread(plan, actions)),
        (_orientations(plan, query, actions),),
        _directorates(plan, query, actions),
    ]
    below = (*question, *_corrections(plan, actions), *_hints(plan))
    return Report(tuple(shown), below, data, no_records=no_records)


def _totals(plan: Plan, query: Query, actions: Sequence[Action]) -> InlineList:
    measures = len({action.measure for action in actions} if query.asked else plan.measures)
    orientations = len({action.orientation for action in actions} if query.asked else plan.orientations)
    codes = {code for action in actions for code in action.directorates}
    directorates = len(codes if query.asked else plan.directorates)
    return InlineList(
        (
            notes(plan, query, actions)[0].words,
            ngettext("{n} measure", "{n} measures", measures),
            ngettext("{n} orientation", "{n} orientations", orientations),
            ngettext("{n} directorate", "{n} directorates", directorates),
        )
    )


def _spread(plan: Plan, actions: Sequence[Action]) -> DefinitionList:
    def row(label: str, counts: Mapping[T, int]) -> Definition:
        shown = (_("{name}: {n}").format(name=name, n=format_number(count)) for name, count in counts.items())
        return Definition(label, " · ".join(shown))

    priorities = {own: count for own, count in by_priority(plan, actions).items() if count}
    return DefinitionList(
        ((row(_("Priority"), priorities), row(_("Calendar"), by_calendar(actions))),), counts=True
    )


def _counted(plan: Plan) -> tuple[Column, ...]:
    """Return a column for each year and each priority, unless there are too many."""
    years, priorities = plan.period.years, plan.ranks
    return (
        *(Column(f"year-{year}", str(year), ColumnKind.NUMBER, drop_order=2) for year in _few(years)),
        *(
            Column(f"priority-{own}", _("P{priority}").format(priority=own), ColumnKind.NUMBER, drop_order=1)
            for own in _few(priorities)
        ),
    )


def _few(values: Sequence[T]) -> Sequence[T]:
    return values if len(values) <= MOST_COLUMNS else ()


def _counts(plan: Plan, actions: Sequence[Action]) -> tuple[int, ...]:
    """Return the cells of the columns of years and priorities."""
    years, priorities = by_year(plan, actions), by_priority(plan, actions)
    return (
        *(years[year] for year in _few(plan.period.years)),
        *(priorities[own] for own in _few(plan.ranks)),
    )


def _orientations(plan: Plan, query: Query, actions: Sequence[Action]) -> Table:
    columns = (
        Column(
            "orientation", _("Orientation"), ColumnKind.NUMBER, highlight=frozenset(query.values("orientation"))
        ),
        Column("measure", _("Measure"), ColumnKind.NUMBER, highlight=frozenset(query.values("measure"))),
        Column("title", _("Title"), ColumnKind.TEXT),
        Column("actions", _("Actions"), ColumnKind.NUMBER),
        *_counted(plan),
    )
    rows: list[Row] = [
        (orientation, measure, title, len(own), *_counts(plan, own))
        for orientation, measure, title, own in _contents(plan, actions)
        if own or not query.asked
    ]
    outline = Outline(_("Orientations and measures"), ("orientation", "measure"), "title")
    return Table(columns, tuple(rows), outline=outline)


def _contents(plan: Plan, actions: Sequence[Action]) -> list[tuple[int, int | None, str, list[Action]]]:
    """Return the table of contents with the selected actions: a row an orientation, then one a measure."""
    inside: dict[tuple[int | None, int | None], list[Action]] = {}
    for action in actions:
        inside.setdefault((action.orientation, action.measure), []).append(action)
    rows: list[tuple[int, int | None, str, list[Action]]] = []
    for orientation in plan.orientations:
        measures = [(each, inside.get((orientation.number, each.number), [])) for each in orientation.measures]
        rows.append((orientation.number, None, orientation.title, [one for _each, own in measures for one in own]))
        rows += [(orientation.number, each.number, each.title, own) for each, own in measures]
    return rows


def _directorates(plan: Plan, query: Query, actions: Sequence[Action]) -> tuple[Block, ...]:
    """Return a table of the directorates with several actions; those with one or none are lists below it."""
    listed = participations(plan, actions)
    names = {directorate.code: directorate_label(directorate) for directorate in plan.directorates}
    columns = (
        Column("directorate", _("Directorate"), highlight=frozenset(query.values("directorate"))),
        Column("name", _("Name"), ColumnKind.TEXT, wide_only=True),
        Column("pilot", _("Pilot"), ColumnKind.NUMBER),
        Column("associated", _("Assoc."), ColumnKind.NUMBER),
        Column("actions", _("Actions"), ColumnKind.NUMBER),
        *_counted(plan),
        Column("bar", _("█ pilot ░ associated"), ColumnKind.BAR, short=_("█ pilot ░ assoc.")),
    )
    rows: tuple[Row, ...] = tuple(
        (
            part.code,
            names[part.code],
            len(part.pilot),
            len(part.associated),
            len(part.actions),
            *_counts(plan, part.actions),
            (len(part.pilot), len(part.actions) - len(part.pilot)),
        )
        for part in listed
        if len(part.actions) > 1
    )
    once = tuple(_once(part) for part in listed if len(part.actions) == 1)
    never = tuple(part.code for part in listed if not part.actions and not query.asked)
    lists = (
        InlineList(once, lead=_("One action only (code, action): "), list=True),
        InlineList(never, lead=_("No action: "), list=True),
    )
    return (Table(columns, rows), *(each for each in lists if each.items))


def _once(part: Participation) -> Words:
    (action,) = part.actions
    sentence = _("{code} {number} (pilot)") if part.pilot else "{code} {number}"
    return sentence.format(code=part.code, number=action.number)


def _corrections(plan: Plan, actions: Sequence[Action]) -> tuple[Note, ...]:
    """Return why the sums mislead: actions of several years, actions of several directorates."""
    sentences = []
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
    if not _few(plan.ranks):
        flags.append(_("priorities: {command}").format(command="plancli summary --by priority"))
    return tuple(Note(flag, NoteKind.HINT) for flag in flags)


def _data(plan: Plan, actions: Sequence[Action]) -> dict[str, object]:
    """Return the JSON object."""

    def counts(own: Sequence[Action]) -> dict[str, object]:
        return {
            "years": {str(year): count for year, count in by_year(plan, own).items()},
            "priorities": {str(priority): count for priority, count in by_priority(plan, own).items()},
        }

    return {
        "title": plan.title,
        "period": {"start": plan.period.start, "end": plan.period.end},
        "total": len(actions),
        "orientations": [
            {"orientation": orientation, "measure": measure, "title": title, "actions": len(own), **counts(own)}
            for orientation, measure, title, own in _contents(plan, actions)
        ],
        "directorates": [
            {
                "directorate": part.code,
                "pilot": len(part.pilot),
                "associated": len(part.associated),
                "actions": len(part.actions),
                **counts(part.actions),
            }
            for part in participations(plan, actions)
        ],
    }
