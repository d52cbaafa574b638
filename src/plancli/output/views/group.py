"""A group of actions, whole: an orientation, a measure or what a plan calls its levels."""

from collections import Counter
from collections.abc import Iterable

from plancli.i18n import N_, _, format_number, ngettext
from plancli.output.report import (
    Blocks,
    Definition,
    DefinitionList,
    InlineList,
    PlanText,
    Style,
    Styled,
)
from plancli.output.views.actions import actions_table
from plancli.output.views.groups import group_title
from plancli.output.views.stats import by_calendar, by_priority, by_year
from plancli.plan.model import FIELDS, Group, Plan, SourceNote, has_two_levels, path_of, references
from plancli.plan.query import Query


def group_parts(plan: Plan, group: Group) -> tuple[Blocks, ...]:
    """Return a group: its title, what it stands in and what stands in it, counts, and the table of its actions."""
    actions = group.actions
    head = (
        (Styled(group_title(plan, group), Style.HEADING),),
        ngettext("{n} action", "{n} actions", len(actions)),
    )
    place = [
        Definition(group_title(plan, other), (Styled(other.title, Style.QUIET),))
        for other in plan.all_groups
        if group.place[: other.level] == other.place and other.level < group.level
    ]
    inside = [
        Definition(group_title(plan, other), f"{other.title} ({format_number(len(other.actions))})")
        for other in group.groups
    ]
    notes = source_lines(plan, _noted(plan, group))
    blocks = (tuple(place), tuple(inside), tuple(_counts(plan, group)), notes)
    return (
        (InlineList(head, title=True),),
        (PlanText(group.title),),
        *(((DefinitionList(tuple(filter(None, blocks))),),) if any(blocks) else ()),
        *(((actions_table(plan, Query(), actions),),) if actions else ()),
    )


def _counts(plan: Plan, group: Group) -> list[Definition]:
    priorities = {str(own): count for own, count in by_priority(plan, group.actions).items() if count}
    codes = _directorates(group)
    rows = [
        (_("Priority"), {name: count for name, count in priorities.items() if plan.priorities}),
        (_("Calendar"), by_calendar(group.actions)),
        (_("Directorates"), dict(codes)),
    ]
    return [Definition(label, _row(counts)) for label, counts in rows if counts]


def _row(counts: dict[str, int]) -> InlineList:
    items = (_("{name}: {n}").format(name=name, n=format_number(count)) for name, count in counts.items())
    return InlineList(tuple(items))


def _directorates(group: Group) -> list[tuple[str, int]]:
    """Return how many of its actions each directorate takes part in, most first."""
    counts = Counter(code for action in group.actions for code in action.directorates)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def group_data(plan: Plan, group: Group) -> dict[str, object]:
    """Return a group's JSON object for ``show``; ``actions`` are their numbers."""
    years = {str(year): count for year, count in by_year(plan, group.actions).items()}
    priorities = {str(own): count for own, count in by_priority(plan, group.actions).items()}
    return {
        "orientation": group.orientation,
        "measure": group.measure,
        **({"groups": list(group.place)} if not has_two_levels(plan) else {}),
        **({"code": group.code} if any(other.code for other in plan.all_groups) else {}),
        "title": group.title,
        "actions": [action.number for action in group.actions],
        "years": years,
        **({"priorities": priorities} if plan.priorities else {}),
        "directorates": dict(_directorates(group)),
        "source_notes": notes_data(_noted(plan, group)),
    }


def _noted(plan: Plan, group: Group) -> list[SourceNote]:
    """Return the notes on the source of a group's title; those on a measure name its number, or its path."""
    if group.level == 1:
        return [note for note in plan.source_notes if note.orientation == group.number and note.measure is None]
    named = (group.number, path_of(group)) if references(plan)[group.path] != path_of(group) else (path_of(group),)
    return [note for note in plan.source_notes if note.measure in named]


_WORDS = {field.key: field.word for field in FIELDS} | {"title": N_("title")}
"""Fields that a note of the source is about, as they are called beside it."""


def source_lines(plan: Plan, notes: Iterable[SourceNote]) -> tuple[Definition, ...]:
    """Return notes on the published source; a quotation has the quotation marks of the plan's language."""
    quoted = "« {source} » : {note}" if plan.language.startswith("fr") else '"{source}": {note}'
    return tuple(
        Definition(
            _("Source"),
            quoted.format(source=note.source, note=note.note) if note.source else note.note,
            _(_WORDS[note.field]) if note.field else "",
        )
        for note in notes
    )


def notes_data(notes: Iterable[SourceNote]) -> list[dict[str, object]]:
    """Return notes on the published source for JSON."""
    return [{"field": note.field, "source": note.source, "note": note.note} for note in notes]
