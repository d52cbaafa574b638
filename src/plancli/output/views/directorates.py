"""The register of directorates, and one directorate before a meeting with it."""

from collections import Counter

from plancli.i18n import _, format_number, ngettext
from plancli.output.report import (
    Column,
    Kind,
    Mark,
    Marked,
    Note,
    Pieces,
    Purpose,
    Report,
    Sentence,
    Sheet,
    Table,
    Words,
)
from plancli.output.report import Part as ReportPart
from plancli.output.views.actions import actions_table
from plancli.output.views.stats import MOST_COLUMNS, Part, by_priority, by_year, parts
from plancli.plan.model import Directorate, Plan
from plancli.plan.query import Query

REGISTER_KEYS = ("code", "name", "ministry", "note", "pilot", "associated", "actions")
"""The keys of a directorate in JSON and CSV."""


def directorates_view(plan: Plan) -> Report:
    """Show every declared directorate with its actions by role."""
    told = _told_parts(plan)
    columns = (
        Column("code", _("Directorate"), strong=True),
        Column("pilot", _("Pilot"), Kind.NUMBER),
        Column("associated", _("Assoc."), Kind.NUMBER),
        Column("actions", _("Actions"), Kind.NUMBER),
        Column("ministry", _("Ministry"), leaves=1),
        Column("name", _("Name"), Kind.TEXT),
    )
    rows = tuple(
        (own.code, len(part.pilot), len(part.associated), len(part.actions), own.ministry, described(own))
        for own, part in told
    )
    notes = [Note(ngettext("{n} directorate", "{n} directorates", len(rows)), Purpose.COUNT)]
    if any(len(action.directorates) > 1 for action in plan.actions):
        notes.append(Note(_("an action counts for each directorate in it"), Purpose.QUESTION))
    sheet = Sheet(REGISTER_KEYS, tuple(tuple(_entry(own, part).values()) for own, part in told))
    return Report(((Table(columns, rows),),), tuple(notes), sheet=sheet, rows_only=True)


def described(directorate: Directorate) -> str:
    """Give a directorate's name; its note where no name is established."""
    return directorate.name or directorate.note or ""


def register(plan: Plan) -> dict[str, dict[str, object]]:
    """Give each directorate's object of JSON by its code."""
    return {own.code: _entry(own, part) for own, part in _told_parts(plan)}


def _told_parts(plan: Plan) -> list[tuple[Directorate, Part]]:
    """Give each directorate with its part in the plan, in the order in which they are told."""
    declared = {directorate.code: directorate for directorate in plan.directorates}
    return [(declared[part.code], part) for part in parts(plan, plan.actions)]


def _entry(own: Directorate, part: Part) -> dict[str, object]:
    counts = (len(part.pilot), len(part.associated), len(part.actions))
    return dict(zip(REGISTER_KEYS, (own.code, own.name, own.ministry, own.note, *counts), strict=True))


def directorate_parts(plan: Plan, directorate: Directorate) -> tuple[ReportPart, ...]:
    """Show what a directorate has to do, with whom, and its actions in lines."""
    part = dict(_told_parts(plan))[directorate]
    head: list[Words] = [(Marked(directorate.code, Mark.ASKED),)]
    head += [words for words in (directorate.name, directorate.ministry) if words]
    note = (Sentence(directorate.note),) if directorate.note else ()
    shared = [f"{code} {format_number(count)}" for code, count in _shared(part)]
    counts = (
        _counts(plan, part),
        Pieces(_priorities(plan, part)),
        *([Pieces(tuple(shared), lead=_("With") + "  ", list=True)] if shared else []),
    )
    table = actions_table(plan.fields, Query.of("directorate", directorate.code), part.actions)
    return ((Pieces(tuple(head), title=True), *note), counts, (table,))


def directorate_data(plan: Plan, directorate: Directorate) -> dict[str, object]:
    """Give a directorate's object of JSON, and what ``show`` adds: its actions by number, and who shares them."""
    part = dict(_told_parts(plan))[directorate]
    return {
        **_entry(directorate, part),
        "pilot_of": [action.number for action in part.pilot],
        "associated_in": [action.number for action in part.associated],
        "with": dict(_shared(part)),
    }


def _shared(part: Part) -> list[tuple[str, int]]:
    """Count the actions that each other directorate shares, most first."""
    counts = Counter(code for action in part.actions for code in action.directorates if code != part.code)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _counts(plan: Plan, part: Part) -> Pieces:
    roles = _("{actions}: pilot of {pilot}, associated in {associated}").format(
        actions=ngettext("{n} action", "{n} actions", len(part.actions)),
        pilot=format_number(len(part.pilot)),
        associated=format_number(len(part.associated)),
    )
    years = _told(by_year(plan, part.actions))
    return Pieces(
        (roles, *(_("cover {year}: {n}").format(year=year, n=format_number(n)) for year, n in years.items()))
    )


def _priorities(plan: Plan, part: Part) -> tuple[str, ...]:
    told = _told(by_priority(plan, part.actions))
    return tuple(_("priority {priority}: {n}").format(priority=own, n=format_number(n)) for own, n in told.items())


def _told(counts: dict[int, int]) -> dict[int, int]:
    """Leave out the zeros where there are many counts."""
    return counts if len(counts) <= MOST_COLUMNS else {value: count for value, count in counts.items() if count}
