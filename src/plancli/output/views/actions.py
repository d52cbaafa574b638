"""Actions in lines: the answer of ``list``, and the table that other views borrow."""

from collections.abc import Callable, Sequence
from typing import Any

from plancli.errors import Usage
from plancli.i18n import _
from plancli.output.report import Note, Purpose, Report, Sheet
from plancli.output.table import Column, Kind, Table, Texts
from plancli.output.views.question import notes
from plancli.plan.model import Action, Plan, calendar
from plancli.plan.query import Query
from plancli.text import closest, fold

Maker = Callable[[Action], Any]

_VALUES: dict[str, Maker] = {
    "number": lambda action: action.number,
    "orientation": lambda action: action.orientation,
    "measure": lambda action: action.measure,
    "text": lambda action: action.text,
    "pilots": lambda action: action.pilots,
    "associated": lambda action: action.associated,
    "years": lambda action: action.years,
    "priority": lambda action: action.priority,
}
"""The keys of an action in JSON and CSV, in their order."""

LIST_COLUMNS = ("number", "orientation", "measure", "role", "pilots", "associated", "years", "priority", "text")
"""What ``--columns`` takes, in the order of the table."""

_ORDERS: dict[str, Maker] = {"text": lambda action: fold(action.text), "years": lambda action: action.covered}
"""What is sorted by where it isn't the value as it stands: É is an E, and a calendar is the same in any order."""

SORT_KEYS = tuple(_VALUES)
"""What ``--sort`` takes; with ``-`` before it, downwards."""


def list_view(
    plan: Plan,
    query: Query,
    actions: Sequence[Action],
    columns: Sequence[str] = (),
    sort: Sequence[str] = (),
    full: bool = False,
) -> Report:
    """Show the actions that a query selected; raise Usage for a column or a sort key that isn't known."""
    chosen = _known(columns, LIST_COLUMNS)
    if "role" in chosen and len(query.directorates) != 1:
        raise Usage(_("the column role is about one directorate"), _("Add: -d CODE"))
    actions = _sorted(actions, sort)
    below = notes(plan, query, actions)
    if not query.text:
        below += (Note(_("whole texts: add --full"), Purpose.HINT_IF_CUT),)
    table = actions_table(query, actions, chosen)
    table = table._replace(texts=Texts.WHOLE if full else Texts.WHOLE_IF_FEW)
    return Report(((table,),), below, sheet=actions_sheet(query, actions, chosen), rows_only=True)


def actions_table(query: Query, actions: Sequence[Action], chosen: Sequence[str] = ()) -> Table:
    """Set actions in lines; columns that were chosen by name never leave."""
    every = {column.key: column for column in _columns(query)}
    keys = chosen or [key for key in LIST_COLUMNS if key in every and key != "orientation"]
    columns = [every[key]._replace(leaves=0, into="") if chosen else every[key] for key in keys]
    return Table(tuple(columns), _rows(actions, [_cell_maker(key, query) for key in keys]))


def actions_sheet(query: Query, actions: Sequence[Action], chosen: Sequence[str] = ()) -> Sheet:
    """Give actions with their keys of JSON and CSV; words there are the same in every language."""
    keys = tuple(chosen) or tuple(_VALUES)
    return Sheet(keys, _rows(actions, [_VALUES.get(key) or _role(query, "pilot", "associated") for key in keys]))


def _rows(actions: Sequence[Action], makers: Sequence[Maker]) -> tuple[tuple[Any, ...], ...]:
    return tuple([tuple([make(action) for make in makers]) for action in actions])


def _cell_maker(key: str, query: Query) -> Maker:
    """Give what makes the cells of a column for people."""
    if key == "role":
        return _role(query, _("pilot"), _("assoc."))
    if key == "years":
        return lambda action: calendar(action.years)
    return _VALUES[key]


def _role(query: Query, pilot: str, associated: str) -> Maker:
    (code,) = query.directorates
    return lambda action: pilot if code in action.pilots else associated


def _columns(query: Query) -> list[Column]:
    """Give every column of a list, with what was asked in it; a role is one directorate's."""
    codes = frozenset(query.directorates)
    years = frozenset(map(str, query.years)) | frozenset(map(calendar, query.calendars))
    pilots, associated = codes.union(query.pilots), codes.union(query.associated)
    columns = [
        Column("number", _("No"), Kind.NUMBER, strong=True),
        Column("orientation", _("Orientation"), Kind.NUMBER, leaves=1, asked=frozenset(query.orientations)),
        Column("measure", _("Measure"), Kind.NUMBER, leaves=1, asked=frozenset(query.measures)),
        Column("role", _("Role"), leaves=3),
        Column("pilots", _("Pilots"), Kind.CODES, asked=frozenset(pilots)),
        Column("associated", _("Associated"), Kind.CODES, leaves=2, into="pilots", asked=frozenset(associated)),
        Column("years", _("Calendar"), asked=years),
        Column("priority", _("Priority"), Kind.NUMBER, short=_("Prio"), asked=frozenset(query.priorities)),
        Column("text", _("Action"), Kind.TEXT, asked=frozenset(query.text), passage=_("Passage")),
    ]
    return [column for column in columns if column.key != "role" or len(codes) == 1]


_TYPED = {
    "calendar": "years",
    "year": "years",
    "no": "number",
    "action": "text",
    "pilot": "pilots",
    "prio": "priority",
}
"""Headings that people type for a key."""


def _known(names: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Find the keys that some names mean, or raise Usage with the nearest."""
    found = []
    for name in names:
        key = _TYPED.get(fold(name), fold(name))
        if key not in known:
            message = _("unknown column {name}").format(name=name)
            near = closest(name, known)
            if near:
                message = _("{message}. Did you mean {near}?").format(message=message, near=near)
            raise Usage(message, _("Columns: {columns}").format(columns=", ".join(known)))
        found.append(key)
    return tuple(dict.fromkeys(found))


def _sorted(actions: Sequence[Action], sort: Sequence[str]) -> Sequence[Action]:
    """Sort by the first key, then the next; what agrees in all stays in plan order."""
    for name in reversed(sort):
        (key,) = _known([name.removeprefix("-")], SORT_KEYS)
        actions = sorted(actions, key=_ORDERS.get(key) or _VALUES[key], reverse=name.startswith("-"))
    return actions
