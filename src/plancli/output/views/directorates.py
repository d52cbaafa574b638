"""The register of directorates, and one directorate in full."""

from collections.abc import Iterator
from typing import TypeVar

from plancli.dates import show_date
from plancli.i18n import _, format_number, ngettext
from plancli.output.report import (
    Blocks,
    Column,
    ColumnKind,
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
from plancli.output.views.actions import Listing
from plancli.output.views.stats import (
    MOST_COLUMNS,
    Participation,
    by_priority,
    by_status,
    by_year,
    count_late,
    count_words,
    participation_columns,
    participations,
)
from plancli.plan.model import Directorate, Plan
from plancli.plan.model.follow_up import is_closed
from plancli.plan.query import Query

T = TypeVar("T")

REGISTER_KEYS = ("code", "name", "ministry", "note", "pilot", "associated", "actions")
"""The keys of a directorate in JSON and CSV."""


def directorates_view(plan: Plan) -> Report:
    """Return the report of every declared directorate with its actions by role."""
    listed = participations(plan, plan.actions)
    columns = (
        Column("code", _("Directorate"), bold=True),
        *participation_columns(),
        *_follow_up_columns(plan),
        Column("ministry", _("Ministry"), drop_order=1),
        Column("name", _("Name"), ColumnKind.TEXT),
    )
    rows = tuple(
        (
            part.code,
            *part.counts,
            *_follow_up_cells(plan, part),
            part.directorate.ministry,
            part.directorate.title,
        )
        for part in listed
    )
    notes = [Note(ngettext("{n} directorate", "{n} directorates", len(rows)), NoteKind.COUNT)]
    if any(len(action.directorates) > 1 for action in plan.actions):
        notes.append(Note(_("an action counts for each directorate in it"), NoteKind.QUESTION))
    if plan.day:
        day = _("open and late as pilot, {day}").format(day=show_date(plan.day))
        notes.append(Note(day, NoteKind.QUESTION))
    more = ("open", "late") if plan.day else ()
    rows_of_data = tuple((*_entry(part).values(), *_follow_up_cells(plan, part)) for part in listed)
    records = Records((*REGISTER_KEYS, *more), rows_of_data)
    return Report(((Table(columns, rows),),), tuple(notes), records=records, rows_only=True)


def _follow_up_columns(plan: Plan) -> tuple[Column, ...]:
    if not plan.day:
        return ()
    return (
        Column("open", _("Open"), ColumnKind.NUMBER),
        Column("late", _("Late", "heading"), ColumnKind.NUMBER),
    )


def _follow_up_cells(plan: Plan, part: Participation) -> tuple[int, ...]:
    """Return how many of the actions that it pilots are open, and late, on the day of the plan."""
    if not plan.day:
        return ()
    return sum(not is_closed(plan, action) for action in part.pilot), count_late(part.pilot)


def register(plan: Plan) -> dict[str, dict[str, object]]:
    """Return each directorate's JSON object by its code."""
    return {part.code: _entry(part) for part in participations(plan, plan.actions)}


def _participation(plan: Plan, directorate: Directorate) -> Participation:
    return next(part for part in participations(plan, plan.actions) if part.directorate == directorate)


def _entry(part: Participation) -> dict[str, object]:
    own = part.directorate
    return dict(zip(REGISTER_KEYS, (own.code, own.name, own.ministry, own.note, *part.counts), strict=True))


def directorate_parts(plan: Plan, directorate: Directorate) -> tuple[Blocks, ...]:
    """Return a directorate's participation, with whom it shares actions, and the table of its actions."""
    part = _participation(plan, directorate)
    head: list[Words] = [(Styled(directorate.code, Style.HIGHLIGHT),)]
    head += [words for words in (directorate.name, directorate.ministry) if words]
    note = (Paragraph(directorate.note),) if directorate.note else ()
    shared = [f"{code} {format_number(count)}" for code, count in part.partners.items()]
    counts = (
        _counts(plan, part),
        InlineList(_priorities(plan, part)),
        InlineList(tuple(shared), lead=_("With") + "  ", list=True),
        InlineList(tuple(_statuses(plan, part)) if plan.day else ()),
    )
    table = Listing(plan, Query.of("directorate", directorate.code)).table(part.actions)
    return ((InlineList(tuple(head), title=True), *note), counts, (table,))


def _statuses(plan: Plan, part: Participation) -> Iterator[str]:
    """Yield how many of its actions have each status that occurs, and how many are late."""
    yield from count_words({name: count for name, count in by_status(plan, part.actions).items() if count})
    late = count_late(part.actions)
    if late:
        yield ngettext("{n} late", "{n} late", late)


def directorate_data(plan: Plan, directorate: Directorate) -> dict[str, object]:
    """Return a directorate's JSON object for ``show``: with its actions by number, and who shares them."""
    part = _participation(plan, directorate)
    return {
        **_entry(part),
        "pilot_of": [action.number for action in part.pilot],
        "associated_in": [action.number for action in part.associated],
        "with": part.partners,
    }


def _counts(plan: Plan, part: Participation) -> InlineList:
    roles = _("{actions}: pilot of {pilot}, associated in {associated}").format(
        actions=ngettext("{n} action", "{n} actions", len(part.actions)),
        pilot=format_number(len(part.pilot)),
        associated=format_number(len(part.associated)),
    )
    years = _without_zeros(by_year(plan, part.actions))
    return InlineList(
        (roles, *(_("cover {year}: {n}").format(year=year, n=format_number(n)) for year, n in years.items()))
    )


def _priorities(plan: Plan, part: Participation) -> tuple[str, ...]:
    counts = _without_zeros(by_priority(plan, part.actions))
    return tuple(
        _("priority {priority}: {n}").format(priority=own, n=format_number(n)) for own, n in counts.items()
    )


def _without_zeros(counts: dict[T, int]) -> dict[T, int]:
    """Return the counts, without zeros if there are many."""
    return counts if len(counts) <= MOST_COLUMNS else {value: count for value, count in counts.items() if count}
