"""Counts by one dimension, and by two: the answers of ``summary --by``."""

from collections import Counter
from collections.abc import Sequence

from plancli.i18n import _
from plancli.output.report import Report, Sheet
from plancli.output.table import Axis, Column, Cross, Kind, Table, total_cells
from plancli.output.views.axes import axis, dimension
from plancli.output.views.cautions import cautions
from plancli.output.views.question import notes
from plancli.plan.model import Action, Plan
from plancli.plan.query import Facet, Query


def counts_view(plan: Plan, query: Query, actions: Sequence[Action], by: Sequence[str]) -> Report:
    """Count distinct actions by one dimension or two different ones, given by name."""
    sides = [dimension(plan, name) for name in by]
    axes = [axis(plan, query, actions, side) for side in sides]
    question = tuple(note for note in notes(plan, query, actions) if query.asked)
    data = _data(actions, sides, axes)
    sheet = Sheet((*by, "actions"), tuple(tuple(row.values()) for row in data))
    told = {"dimensions": list(by), "rows": data, "total": len(actions)}
    if not actions:
        return Report((), question, told, sheet)
    block: Table | Cross = _single(actions, sides[0], axes[0]) if len(sides) == 1 else _cross(actions, sides, axes)
    below = (*question, *cautions(query, actions, sides, axes))
    return Report(((block,),), below, told, sheet)


def _cells(actions: Sequence[Action], sides: Sequence[Facet]) -> Counter[tuple[int | str, ...]]:
    """Count the actions of each combination of values that occurs."""
    if len(sides) == 1:
        return Counter((value,) for action in actions for value in sides[0].values(action))
    first, second = sides
    return Counter(
        (own, other) for action in actions for own in first.values(action) for other in second.values(action)
    )


def _data(actions: Sequence[Action], sides: Sequence[Facet], axes: Sequence[Axis]) -> list[dict[str, object]]:
    """Give an object for each combination that occurs, in the order of the axes."""
    places = [{value: place for place, value in enumerate(own.values)} for own in axes]
    cells = _cells(actions, sides)
    order = sorted(cells, key=lambda values: [place[value] for place, value in zip(places, values, strict=True)])
    names = [side.name for side in sides]
    return [{**dict(zip(names, values, strict=True)), "actions": cells[values]} for values in order]


def _total_label(actions: Sequence[Action], sides: Sequence[Facet]) -> str:
    """Call a total by what it is: a plain sum, or each action counted once."""
    plain = all(len(side.values(action)) == 1 for action in actions for side in sides)
    return _("Total") if plain else _("Each once")


def _single(actions: Sequence[Action], side: Facet, own: Axis) -> Table:
    cells = _cells(actions, [side])
    kind = Kind.NUMBER if all(isinstance(value, int) for value in own.values) else Kind.NAME
    described = [Column(own.key, own.heading, kind, asked=own.asked)]
    if own.names:
        described.append(Column("name", own.name, Kind.TEXT, wide=own.wide))
    columns = (
        *described,
        Column("actions", _("Actions"), Kind.NUMBER),
        Column("bar", _("█ actions"), Kind.BAR),
    )
    rows = tuple(
        (value, *own.names[place : place + 1], cells[value,], (cells[value,],))
        for place, value in enumerate(own.values)
    )
    label = _total_label(actions, [side])
    return Table(columns, rows, (*total_cells(described, label), len(actions), None))


def _cross(actions: Sequence[Action], sides: Sequence[Facet], axes: Sequence[Axis]) -> Cross:
    cells = _cells(actions, sides)
    totals = [_cells(actions, [side]) for side in sides]
    rows, columns = axes
    places = [{value: place for place, value in enumerate(own.values)} for own in axes]
    return Cross(
        rows=rows,
        columns=columns,
        cells={(places[0][own], places[1][other]): count for (own, other), count in cells.items()},
        row_totals=tuple(totals[0][value,] for value in rows.values),
        column_totals=tuple(totals[1][value,] for value in columns.values),
        total=len(actions),
        total_label=_total_label(actions, sides),
        total_heading=_("Actions"),
        parts=(_parted(actions, sides[1]), _parted(actions, sides[0])),
    )


def _parted(actions: Sequence[Action], side: Facet) -> bool:
    """Tell whether each action has exactly one value, so that counts by it add up."""
    return all(len(side.values(action)) == 1 for action in actions)
