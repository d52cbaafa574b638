"""The columns of the list of actions: those of optional fields, and how wide all are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from plancli.exchange.exporters.html.groups import attribute_keys, level_views
from plancli.i18n import _
from plancli.output.views.values import shown, shown_status
from plancli.plan.model import LATE, STATUS, Field, Plan, Type
from plancli.plan.query import Facet, facets_of


class MoreColumn(NamedTuple):
    """An optional field: its key in attributes, its heading, the value of each action by its number.

    ``choices`` are its values with their counts, to filter by; ``chosen`` has the places among them, from 1, of
    each action's own. ``is_short`` means that two fit beside each other, ``width`` is that of its column in the
    list, 0 without one; ``amounts`` are what numbers are sorted by, ``items`` the texts of a list.
    """

    key: str
    label: str
    values: Mapping[int, str]
    choices: tuple[tuple[str, int], ...]
    chosen: Mapping[int, tuple[int, ...]]
    is_short: bool
    width: float
    amounts: Mapping[int, str]
    items: Mapping[int, tuple[str, ...]]

    def lines(self, number: int) -> tuple[str, ...]:
        """Return the value of an action: each text of a list by itself."""
        return self.items.get(number) or (self.values[number],)


_WIDTHS = {Type.DATE: 6.8, Type.DECIMAL: 7.5, Type.CHOICE: 7.5, Type.NUMBER: 5.2, Type.YEAR: 5.2, Type.WORD: 7.5}
"""How wide a column of the list is, by the type of its field, in units of the text; other types have none."""

_ROOM_FOR_COLUMNS = 49.0
"""How wide the columns of the list are together, besides that of the text; what goes beyond is below only."""

_ROOM_FOR_CHOICES = 56.0
"""The same with status, what is late, and choices: what is filtered by is sorted by too."""

_SHEET = 41.0
"""How wide the columns of a chart are together on a sheet of paper, besides the headings of its rows."""

_ASSOCIATED = 10.5
"""How wide the column of who is associated is."""

_LATE = 5.5


def more_columns(plan: Plan) -> tuple[MoreColumn, ...]:
    """Return the optional fields; those with few values are offered as filters. A code stands as the number."""
    facets = {facet.name: facet for facet in facets_of(plan) if facet.counted}
    fields = [field for field in plan.fields if not field.required and field.key != "code"]
    keys = attribute_keys([field.key for field in fields], "field")
    found = [
        *((_status_column(plan), _late_column(plan)) if plan.day else ()),
        *(_more_column(plan, field, key, facets.get(field.key)) for field, key in zip(fields, keys, strict=True)),
    ]
    used = sum(_usual_widths(plan))
    for place, column in sorted(enumerate(found), key=lambda each: not each[1].choices):
        fits = used + column.width <= (_ROOM_FOR_CHOICES if column.choices else _ROOM_FOR_COLUMNS)
        used += column.width if fits else 0
        found[place] = column if fits else column._replace(width=0)
    return tuple(found)


def _status_column(plan: Plan) -> MoreColumn:
    """Return the column of the status that actions have on the day of the plan."""
    names = [*(status.name for status in plan.statuses), _("not reported")]
    own = {action.number: shown_status(action) for action in plan.actions}
    counts = Counter(own.values())
    chosen = {number: (names.index(name) + 1,) for number, name in own.items()}
    choices = tuple((name, counts[name]) for name in names)
    return MoreColumn(STATUS.key, STATUS.title, own, choices, chosen, True, _WIDTHS[Type.CHOICE], {}, {})


def _late_column(plan: Plan) -> MoreColumn:
    """Return the column of what is late on the day of the plan; a later reader's browser computes it anew."""
    late = {action.number: bool(action.value(LATE.key)) for action in plan.actions}
    values = {number: _("late") if is_late else "" for number, is_late in late.items()}
    chosen: dict[int, tuple[int, ...]] = {number: (1,) if is_late else () for number, is_late in late.items()}
    choices = ((_("late"), sum(late.values())),)
    return MoreColumn(LATE.key, LATE.title, values, choices, chosen, True, _LATE, {}, {})


def _more_column(plan: Plan, field: Field, key: str, facet: Facet | None) -> MoreColumn:
    values = {action.number: shown(field, action.value(field.key)) for action in plan.actions}
    own = {action.number: facet.values(action) if facet else () for action in plan.actions}
    counts = Counter(each for some in own.values() for each in some)
    places = {each: place for place, each in enumerate(facet.choices(plan) if facet else (), 1)}
    lists = {action.number: action.value(field.key) for action in plan.actions if field.type is Type.LIST}
    amounts = {action.number: action.value(field.key) for action in plan.actions if field.type is Type.DECIMAL}
    return MoreColumn(
        key,
        field.title,
        values,
        tuple((str(each), counts[each]) for each in places),
        {number: tuple(places[each] for each in some) for number, some in own.items()},
        field.type in _WIDTHS,
        max(_WIDTHS[field.type], _least_width(field.title)) if field.type in _WIDTHS else 0,
        {number: "" if value is None else str(value) for number, value in amounts.items()},
        {number: tuple(map(str, value)) for number, value in lists.items() if isinstance(value, tuple)},
    )


def has_associated(plan: Plan) -> bool:
    """Return whether the list has a column of who is associated: it gives way to choices."""
    choices = sum(_WIDTHS[Type.CHOICE] for field in plan.fields if field.type is Type.CHOICE)
    choices += _WIDTHS[Type.CHOICE] + _LATE if plan.day else 0
    has_room = sum(_widths_beside(plan)) + _ASSOCIATED + choices <= _ROOM_FOR_CHOICES
    return is_associated(plan) and (has_room or not choices)


def is_associated(plan: Plan) -> bool:
    """Return whether the page shows who is associated."""
    return any(action.associated for action in plan.actions) or not plan.actions


def has_words(plan: Plan) -> bool:
    """Return whether a priority is a word."""
    return any(isinstance(each, str) for each in plan.priorities)


_GRID = (
    "@media screen and (min-width: 52.01rem) {{ "
    ".list thead th, .list thead button {{ white-space: normal; text-align: inherit; }} "
    ".list tr {{ grid-template-columns: {0} minmax(10rem, 1fr) {1}; }} }}\n"
    "@media screen and (max-width: 52rem) {{ .list tbody tr {{ padding-left: {0}; }} }}\n"
    '@media print {{ .list th[data-sort="number"] {{ width: {0}; }} '
    '.list th[data-sort="measure"] {{ width: {2:.3g}rem; }} '
    '.list th[data-sort="years"] {{ width: 6.4rem; }} .list th[data-sort="priority"] {{ width: {3:.3g}rem; }} }}\n'
)
"""The style of the list: columns where there is room, else the number beside the rest."""


def width_style(plan: Plan, columns: Sequence[MoreColumn]) -> str:
    """Return the style of the columns of the list, where they aren't those that most plans have."""
    first, *others = _usual_widths(plan)
    widths = [*others, *(column.width for column in columns)]
    if (first, *widths) == (3.6, 5.4, 7.5, 10.5, 7.0, 5.2):
        return ""
    tracks = " ".join(f"{each:.3g}rem" for each in widths if each)
    return _GRID.format(f"{first:.3g}rem", tracks, others[0], others[-1])


def _usual_widths(plan: Plan) -> tuple[float, ...]:
    """Return how wide the columns that most plans have are, but the text; 0 for one that is left out."""
    number, group, pilots, years, priority = _widths_beside(plan)
    return number, group, pilots, _ASSOCIATED if has_associated(plan) else 0.0, years, priority


def _widths_beside(plan: Plan) -> tuple[float, float, float, float, float]:
    """Return how wide they are besides that of who is associated."""
    longest = max((len(action.code or "") for action in plan.actions), default=0)
    priority = 6.2 if has_words(plan) else 5.2
    number = max(3.6, 0.72 * longest + 1.2)
    group = max(5.4, _least_width(level_views(plan)[-1].word)) if plan.groups else 0.0
    return number, group, 7.5, 7.0, priority if plan.priorities else 0.0


def is_wide(headings: Iterable[object]) -> bool:
    """Return whether a chart with these columns is wider than a sheet of paper: then it is printed as a list."""
    return sum(max(3.2, _least_width(str(heading))) for heading in headings) > _SHEET


def _least_width(heading: str) -> float:
    """Return how wide the column of a heading is at least: its longest word fits."""
    return 0.56 * max(map(len, heading.split()), default=0) + 1
