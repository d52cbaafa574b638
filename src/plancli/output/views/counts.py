"""Counts by one dimension, and by two, with what makes them misleading: the answers of ``summary --by``."""

from collections import Counter
from collections.abc import Iterator, Sequence

from plancli.i18n import N_, _, format_number, ngettext
from plancli.output.report import (
    Axis,
    Column,
    ColumnKind,
    CrossTab,
    Note,
    NoteKind,
    Records,
    Report,
    Table,
)
from plancli.output.views.question import notes
from plancli.plan.model import Action, Plan
from plancli.plan.query import CODES, Facet, Query, facets_of
from plancli.text import capital

_HEADS = {
    "orientation": (N_("Orientation {value}"), N_("orientation {value}"), N_("O{value}")),
    "measure": (N_("Measure {value}"), N_("measure {value}"), N_("M{value}")),
    "priority": (N_("Priority {value}"), N_("priority {value}"), N_("P{value}")),
}
"""The names of a value as a heading, in a sentence, and abbreviated; other values are their own names."""


Values = tuple[int | str, ...]
"""The values of a dimension, in the order in which they are shown."""


def _axis(plan: Plan, query: Query, side: Facet, values: Values) -> Axis:
    """Return an axis whose values stand as people write them: by code, by path."""
    titles, written, wide_only = side.titles(plan), side.written(plan), side.name in CODES
    heading = _("Associated", "one directorate") if side.name == "associated" else side.title
    shown = tuple(written.get(value, str(value)) for value in values)
    whole, spoken_as, short = _heads(side, values)
    return Axis(
        key=side.name,
        heading=heading,
        values=tuple(value if str(value) == text else text for value, text in zip(values, shown, strict=True)),
        headings=tuple(whole.format(value=text) for text in shown),
        abbreviations=tuple(short.format(value=text) for text in shown),
        labels=tuple(spoken_as.format(value=text) for text in shown),
        name=(_("Name") if wide_only else _("Title")) if titles else "",
        names=tuple(titles.get(value, "") for value in values) if titles else (),
        wide_only=wide_only,
        highlight=frozenset(written.get(value, value) for value in asked(query, side)),
    )


def _heads(side: Facet, values: Sequence[int | str]) -> tuple[str, str, str]:
    """Return how a value is named as a heading, in a sentence, and abbreviated."""
    if side.depth and side.declared:
        name = side.name.replace("{", "{{").replace("}", "}}")
        return f"{capital(name)} {{value}}", f"{name} {{value}}", "{value}"
    if side.declared or (side.name == "priority" and not all(isinstance(value, int) for value in values)):
        return ("{value}",) * 3
    whole, spoken_as, short = _HEADS.get(side.name, ("{value}",) * 3)
    return _(whole), _(spoken_as), _(short)


def asked(query: Query, side: Facet) -> tuple[int | str, ...]:
    """Return the values of a dimension that the filters name."""
    match side.name:
        case "directorate":
            return query.values("directorate", "pilot", "associated", "all_of")
        case "pilot" | "associated":
            return query.values("directorate", side.name, "all_of")
        case _:
            return query.of_level(side) if side.depth else query.values(side.name)


def _values(plan: Plan, query: Query, actions: Sequence[Action], side: Facet) -> Values:
    """Return all values that the plan has, or with a filter those that occur."""
    counts = Counter(value for action in actions for value in side.values(action))
    if side.name in CODES or side.name == "ministry":
        pilots = Counter(code for action in actions for code in dict.fromkeys(action.pilots))
        return tuple(sorted(counts, key=lambda code: (-counts[code], -pilots[str(code)], str(code))))
    return tuple(value for value in dict.fromkeys(side.choices(plan)) if counts[value] or not query.filters)


def counts_view(plan: Plan, query: Query, actions: Sequence[Action], by: Sequence[str]) -> Report:
    """Return the report of distinct actions counted by one dimension or two, given by name."""
    facets = {facet.name: facet for facet in facets_of(plan)}
    sides = [facets[name] for name in by]
    values = [_values(plan, query, actions, side) for side in sides]
    axes = [_axis(plan, query, side, own) for side, own in zip(sides, values, strict=True)]
    question = tuple(note for note in notes(plan, query, actions) if query.filters)
    data = _data(actions, sides, values)
    records = Records((*by, "actions"), tuple(tuple(row.values()) for row in data))
    data_object = {"dimensions": list(by), "rows": data, "total": len(actions)}
    if not actions:
        return Report((), question, data_object, records)
    block = (
        _single(actions, sides[0], values[0], axes[0]) if len(sides) == 1 else _cross(actions, sides, values, axes)
    )
    below = (*question, *_caveats(query, actions, sides, values))
    return Report(((block,),), below, data_object, records)


def _cells(actions: Sequence[Action], sides: Sequence[Facet]) -> Counter[tuple[int | str, ...]]:
    """Return the number of actions of each combination of values that occurs."""
    if len(sides) == 1:
        return Counter((value,) for action in actions for value in sides[0].values(action))
    first, second = sides
    return Counter(
        (own, other) for action in actions for own in first.values(action) for other in second.values(action)
    )


def _data(actions: Sequence[Action], sides: Sequence[Facet], values: Sequence[Values]) -> list[dict[str, object]]:
    """Return an object for each combination that occurs, in the order of the values."""
    places = [{value: place for place, value in enumerate(own)} for own in values]
    cells = _cells(actions, sides)
    order = sorted(cells, key=lambda cell: [place[value] for place, value in zip(places, cell, strict=True)])
    names = [side.name for side in sides]
    return [{**dict(zip(names, cell, strict=True)), "actions": cells[cell]} for cell in order]


def _total_label(actions: Sequence[Action], sides: Sequence[Facet]) -> str:
    """Return the label of the total: a plain sum, or each action counted once."""
    return _("Total") if all(_adds_up(actions, side) for side in sides) else _("Each once")


def _single(actions: Sequence[Action], side: Facet, values: Values, axis: Axis) -> Table:
    cells = _cells(actions, [side])
    counts = [cells[value,] for value in values]
    columns = (
        *axis.described,
        Column("actions", _("Actions"), ColumnKind.NUMBER),
        Column("bar", _("█ actions"), ColumnKind.BAR),
    )
    rows = tuple((*axis.cells(place), count, (count,)) for place, count in enumerate(counts))
    label = _total_label(actions, [side])
    return Table(columns, rows, (*axis.total_cells(label), len(actions), None))


def _cross(
    actions: Sequence[Action], sides: Sequence[Facet], values: Sequence[Values], axes: Sequence[Axis]
) -> CrossTab:
    cells = _cells(actions, sides)
    totals = [_cells(actions, [side]) for side in sides]
    rows, columns = values
    places = [{value: place for place, value in enumerate(own)} for own in values]
    return CrossTab(
        rows=axes[0],
        columns=axes[1],
        cells={(places[0][own], places[1][other]): count for (own, other), count in cells.items()},
        row_totals=tuple(totals[0][value,] for value in rows),
        column_totals=tuple(totals[1][value,] for value in columns),
        total=len(actions),
        total_label=_total_label(actions, sides),
        total_heading=_("Actions"),
        parts=(_adds_up(actions, sides[1]), _adds_up(actions, sides[0])),
    )


def _adds_up(actions: Sequence[Action], side: Facet) -> bool:
    """Return whether each action has exactly one value, so that counts by it add up."""
    return all(len(side.values(action)) == 1 for action in actions)


_EACH = {
    "directorate": N_("each directorate in it"),
    "pilot": N_("each of its pilots"),
    "associated": N_("each directorate associated in it"),
    "ministry": N_("each ministry of its directorates"),
    "year": N_("each year it covers"),
}
"""What an action counts for where it has several values of a dimension."""


def _each(side: Facet) -> str:
    if side.name in _EACH:
        return _(_EACH[side.name])
    return _("each {name} it has").format(name=side.title_in_sentence)


def _caveats(
    query: Query, actions: Sequence[Action], sides: Sequence[Facet], values: Sequence[Values]
) -> tuple[Note, ...]:
    """Return sentences on why the sums of a count mislead."""
    notes = [Note(sentence, NoteKind.CORRECTION) for sentence in _row_count(sides[0], len(values[0]))]
    each = list(map(_each, sides))
    several = [any(len(side.values(action)) > 1 for action in actions) for side in sides]
    once = _("An action counts for {each}.")
    if several[0]:
        rows = _("An action counts for {each}, so the rows add up to {sum} for {actions}.").format(
            each=each[0],
            sum=_sums(actions, sides, values),
            actions=ngettext("{n} action", "{n} actions", len(actions)),
        )
        notes.append(Note(rows, NoteKind.CORRECTION, once.format(each=each[0])))
    if several[1:] == [True]:
        columns = _("In a row, an action counts in the column of {each}.").format(each=each[1])
        notes.append(Note(columns, NoteKind.CORRECTION, once.format(each=each[1])))
    for side, own in zip(sides, values, strict=True):
        notes += [Note(sentence, NoteKind.CORRECTION) for sentence in _about_missing(actions, side)]
        notes += [Note(sentence, NoteKind.CORRECTION) for sentence in _unasked(query, side, own)]
    return tuple(notes)


def _row_count(side: Facet, count: int) -> Iterator[str]:
    """Yield how many directorates the rows are."""
    if side.name == "directorate":
        yield ngettext("{n} directorate in any role.", "{n} directorates in any role.", count)
    elif side.name == "pilot":
        yield ngettext("{n} directorate as pilot.", "{n} directorates as pilot.", count)
    elif side.name == "associated":
        yield ngettext("{n} associated directorate.", "{n} associated directorates.", count)


def _about_missing(actions: Sequence[Action], side: Facet) -> Iterator[str]:
    """Yield a sentence on the actions that have no value: no associated directorate, or no optional field."""
    nowhere = sum(not side.values(action) for action in actions)
    if nowhere and side.name != "associated":
        yield ngettext(
            "{n} action has no {{name}} and counts in the total only.",
            "{n} actions have no {{name}} and count in the total only.",
            nowhere,
        ).format(name=side.title_in_sentence)
    elif nowhere:
        yield ngettext(
            "{n} action has no associated directorate and counts in the total only.",
            "{n} actions have no associated directorate and count in the total only.",
            nowhere,
        )


def _sums(actions: Sequence[Action], sides: Sequence[Facet], values: Sequence[Values]) -> str:
    """Return what the rows add up to, and the sums of a few columns that add up to it: ``93 (60 + 33)``."""
    counts = [len(sides[0].values(action)) for action in actions]
    total = format_number(sum(counts))
    if len(sides) != 2 or len(values[1]) not in (2, 3, 4):
        return total
    if any(len(sides[1].values(action)) != 1 for action in actions):
        return total
    sums = dict.fromkeys(values[1], 0)
    for action, count in zip(actions, counts, strict=True):
        sums[sides[1].values(action)[0]] += count
    return f"{total} ({' + '.join(map(format_number, sums.values()))})"


def _unasked(query: Query, side: Facet, values: Values) -> Iterator[str]:
    """Yield a sentence on values that the filters don't name: filters choose actions, not cells."""
    named = asked(query, side)
    others = [str(value) for value in values if value not in named]
    if not side.several or not named or not others:
        return
    wanted = _(" or ").join(map(str, named))
    if len(others) == 1:
        yield _("{other} is here for the actions it shares with {asked}.").format(other=others[0], asked=wanted)
    else:
        yield ngettext(
            "{n} other is here for the actions it shares with {{asked}}.",
            "{n} others are here for the actions they share with {{asked}}.",
            len(others),
        ).format(asked=wanted)
