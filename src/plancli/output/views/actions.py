"""Actions as a table, the answer of ``list``: its columns and their order; and values as people read them."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from plancli.errors import Usage
from plancli.i18n import _
from plancli.output.report import Column, ColumnKind, Note, NoteKind, Overflow, Records, Report, Table
from plancli.output.views.question import is_in_titles, notes
from plancli.plan.model import Action, Field, Plan, Type, Value, calendar, keys_of
from plancli.plan.query import Query, matcher
from plancli.text import closest, fold

Maker = Callable[[Action], Any]

_ORDERS: dict[Type, Callable[[Any], Any]] = {
    Type.TEXT: fold,
    Type.PROSE: fold,
    Type.LINE: fold,
    Type.YEARS: lambda years: tuple(sorted(set(years))),
}
"""Sort keys of the types that aren't sorted by value: É is an E, and a calendar is the same in any order."""


def list_columns(fields: Sequence[Field]) -> tuple[str, ...]:
    """Return what ``--columns`` takes for actions with some fields, in the order of the table: the text last."""
    number, orientation, measure, text, *others = keys_of(fields)
    return (number, orientation, measure, "role", *others, "found", text)


def list_view(
    plan: Plan,
    query: Query,
    actions: Sequence[Action],
    columns: Sequence[str] = (),
    sort: Sequence[str] = (),
    full: bool = False,
) -> Report:
    """Return the report of the actions that a query selected; raise Usage for an unknown column or sort key."""
    chosen = _known(columns, list_columns(plan.fields))
    if "role" in chosen and len(query.values("directorate")) != 1:
        raise Usage(_("the column role is about one directorate"), _("Add: -d CODE"))
    if "found" in chosen and not query.values("text"):
        raise Usage(_("the column found is about words that are searched"), _("Add: -t WORDS"))
    actions = _sorted(plan.fields, actions, sort)
    counted = Note(_("+1: one associated directorate"), NoteKind.HINT_IF_COUNTED)
    below = (*notes(plan, query, actions), counted)
    if not query.values("text"):
        below += (Note(_("whole texts: add --full"), NoteKind.HINT_IF_CUT),)
    table = actions_table(plan, query, actions, chosen)
    table = table._replace(overflow=Overflow.WRAP if full else Overflow.WRAP_IF_FEW)
    return Report(((table,),), below, records=actions_records(plan, query, actions, chosen), rows_only=True)


def actions_table(plan: Plan, query: Query, actions: Sequence[Action], chosen: Sequence[str] = ()) -> Table:
    """Return the table of some actions; columns that were chosen by name are never dropped."""
    every = {column.key: column for column in _columns(plan.fields, query)}
    left_out = {"orientation"} if is_in_titles(query, actions) else {"orientation", "found"}
    keys = chosen or [key for key in list_columns(plan.fields) if key in every and key not in left_out]
    columns = [every[key]._replace(drop_order=0, counted_in="") if chosen else every[key] for key in keys]
    types = {field.key: field.type for field in plan.fields}
    return Table(tuple(columns), _rows(actions, [_cell_maker(key, types.get(key), query) for key in keys]))


def actions_records(plan: Plan, query: Query, actions: Sequence[Action], chosen: Sequence[str] = ()) -> Records:
    """Return actions for JSON and CSV; words there are the same in every language."""
    keys = tuple(chosen) or keys_of(plan.fields)
    own = {"role": lambda: _role(query, "pilot", "associated"), "found": lambda: _found(query, *_FOUND)}
    makers = [own[key]() if key in own else _value_maker(key) for key in keys]
    return Records(keys, _rows(actions, makers))


def _rows(actions: Sequence[Action], makers: Sequence[Maker]) -> tuple[tuple[Any, ...], ...]:
    return tuple([tuple([make(action) for make in makers]) for action in actions])


def _value_maker(key: str) -> Maker:
    return attrgetter(key) if key in Action._fields else lambda action: action.value(key)


def _cell_maker(key: str, kind: Type | None, query: Query) -> Maker:
    """Return a function that makes the cells of a column for people."""
    if key == "role":
        return _role(query, _("pilot"), _("assoc."))
    if key == "found":
        return _found(query, _("text"), _("M{value}"), _("O{value}"))
    value = _value_maker(key)
    if kind is Type.DECIMAL:
        return lambda action: None if value(action) is None else str(value(action))
    return (lambda action: shown_years(value(action))) if kind is Type.YEARS else value


def _role(query: Query, pilot: str, associated: str) -> Maker:
    (code,) = query.values("directorate")
    return lambda action: pilot if code in action.pilots else associated


_FOUND = ("text", "measure {value}", "orientation {value}")
"""Where words are found, for programs: in the text, or in a title above it."""


def _found(query: Query, *names: str) -> Maker:
    """Return a function that names where the searched words stand: in the text, in a title above it."""
    ((facet, words),) = (asked for asked in query.asked if asked[0].name == "text")
    matches = matcher(facet, words)

    def found(action: Action) -> tuple[str, ...]:
        numbers = (None, action.measure, action.orientation)
        places = zip(facet.values(action), names, numbers, strict=True)
        return tuple(name.format(value=number) for text, name, number in places if matches((text,)))

    return found


_KINDS = {
    Type.NUMBER: ColumnKind.NUMBER,
    Type.NUMBER_OR_WORD: ColumnKind.NUMBER,
    Type.DECIMAL: ColumnKind.NUMBER,
    Type.PERCENT: ColumnKind.NUMBER,
    Type.YEAR: ColumnKind.NUMBER,
    Type.TEXT: ColumnKind.TEXT,
    Type.CODES: ColumnKind.CODES,
}
"""The kind of column of each type of field; a name where a type isn't listed."""

_LEAVING = {"associated": (2, "pilots")}
"""In which turn a column is dropped, and which one counts its codes; optional fields are dropped first."""


def _columns(fields: Sequence[Field], query: Query) -> Iterator[Column]:
    """Yield every column of a list, with the values to highlight; a role needs a single directorate."""
    for key, label in (("orientation", _("Orientation")), ("measure", _("Measure"))):
        yield Column(key, label, ColumnKind.NUMBER, drop_order=1, highlight=frozenset(query.values(key)))
    if len(query.values("directorate")) == 1:
        yield Column("role", _("Role"), drop_order=3)
    if query.values("text"):
        yield Column("found", _("Where"), ColumnKind.CODES, drop_order=4)
    for field in fields:
        drop_order, counted_in = _LEAVING.get(field.key, (0 if field.required else 1, ""))
        kind = _KINDS.get(field.type, ColumnKind.NAME)
        yield Column(
            field.key,
            _(field.label),
            kind,
            short=_(field.short) if field.short else "",
            drop_order=drop_order,
            counted_in=counted_in,
            highlight=_asked_in(query, field),
            passage=_("Passage") if kind is ColumnKind.TEXT else "",
            bold=field.key == "number",
        )


_FACETS = {
    "pilots": ("directorate", "pilot", "all_of"),
    "associated": ("directorate", "associated", "all_of"),
    "years": ("year", "calendar"),
}
"""The facets that ask for values of a field, where they have other names."""


def _asked_in(query: Query, field: Field) -> frozenset[int | str]:
    values = query.values(*_FACETS.get(field.key, (field.key,)))
    return frozenset(map(str, values)) if field.type is Type.YEARS else frozenset(values)


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
    """Return the keys of some names; raise Usage with the closest key for an unknown one."""
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


def _sorted(fields: Sequence[Field], actions: Sequence[Action], sort: Sequence[str]) -> Sequence[Action]:
    """Return actions sorted by the first key, then the next; ties stay in plan order, no value comes last."""
    types = {field.key: field.type for field in fields}
    for name in reversed(sort):
        (key,) = _known([name.removeprefix("-")], keys_of(fields))
        value, order = _value_maker(key), _ORDERS.get(types.get(key, Type.NUMBER), lambda value: value)
        having = [action for action in actions if value(action) is not None]
        lacking = [action for action in actions if value(action) is None]
        ordered = sorted(having, key=lambda action: order(value(action)), reverse=name.startswith("-"))
        actions = [*ordered, *lacking]
    return actions


def shown_years(value: Value) -> str:
    """Return years as a calendar: ``2021-2022``."""
    return calendar(tuple(int(year) for year in value)) if isinstance(value, tuple) else ""


def optional_values(plan: Plan, action: Action) -> Iterator[tuple[str, str]]:
    """Return label and value of each optional field that an action has."""
    for field in plan.fields:
        value = action.value(field.key)
        if not field.required and value is not None:
            yield _(field.label), shown(field, value)


def shown(field: Field, value: Value) -> str:
    """Return a value in one line; empty if the action lacks it."""
    if field.type is Type.YEARS:
        return shown_years(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
