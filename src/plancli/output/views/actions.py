"""Actions as a table, the answer of ``list``: its columns and their order."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from plancli.errors import Usage
from plancli.i18n import _
from plancli.output.report import Column, ColumnKind, Note, NoteKind, Overflow, Records, Report, Table
from plancli.output.views.question import is_in_titles, notes
from plancli.output.views.values import (
    action_name,
    level_column,
    short_names,
    shown,
    shown_calendar,
    shown_end,
    shown_status,
)
from plancli.plan.model import (
    DERIVED_FIELDS,
    LATE,
    STATUS,
    STATUS_DATE,
    Action,
    Field,
    Plan,
    Type,
    has_two_levels,
    keys_of,
    references,
)
from plancli.plan.model.follow_up import end_of
from plancli.plan.query import Facet, Matching, Query, level_facets, matcher, typed_words
from plancli.text import closest, fold

Maker = Callable[[Action], Any]

ROLE, FOUND = "role", "found_in"
"""Columns that depend on filters: the role of a single directorate, and where words were found."""

END = "end"
"""The column of the day on which an action ends, by which it is late or not."""


def list_columns(plan: Plan) -> tuple[str, ...]:
    """Return what ``--columns`` takes, in the order of the table: the text last."""
    number, _orientation, _measure, text, *others = keys_of(plan.answer_fields)
    ends = (END,) if plan.day else ()
    return (number, *(facet.name for facet in level_facets(plan)), ROLE, *others, *ends, FOUND, text)


def list_view(
    plan: Plan,
    query: Query,
    actions: Sequence[Action],
    columns: Sequence[str] = (),
    sort: Sequence[str] = (),
    full: bool = False,
) -> Report:
    """Return the report of the actions that a query selected; raise Usage for an unknown column or sort key."""
    known = list_columns(plan)
    chosen = _find_columns(plan, _names(plan, columns, known), known)
    declared = {field.key for field in plan.declared_fields}
    if ROLE in chosen and ROLE not in declared and len(query.values("directorate")) != 1:
        raise Usage(_("the column {name} is about one directorate").format(name=ROLE), _("Add: -d CODE"))
    if FOUND in chosen and FOUND not in declared and not query.values("text"):
        raise Usage(_("the column {name} is about words that are searched").format(name=FOUND), _("Add: -t WORDS"))
    actions = _sort(plan, actions, _names(plan, sort, known))
    counted = Note(_("+1: one associated directorate"), NoteKind.HINT_IF_COUNTED)
    below = (*notes(plan, query, actions), counted)
    if not query.values("text"):
        below += (Note(_("whole texts: add --full"), NoteKind.HINT_IF_CUT),)
    listing = Listing(plan, query)
    table = listing.table(actions, chosen)._replace(overflow=Overflow.WRAP if full else Overflow.WRAP_IF_FEW)
    return Report(
        ((table,),),
        below,
        data=None if chosen else listing.data(actions),
        records=listing.records(actions, chosen),
        rows_only=True,
    )


class ListColumn(NamedTuple):
    """A column of the table, and the functions that make its cells and its values for programs."""

    column: Column
    cell: Maker
    value: Maker


class Listing:
    """Actions in the columns that a plan and a question have, for people and for programs."""

    def __init__(self, plan: Plan, query: Query) -> None:
        self.plan = plan
        self.query = query
        self.columns = {each.column.key: each for each in _columns(plan, query)}

    def table(self, actions: Sequence[Action], chosen: Sequence[str] = ()) -> Table:
        """Return the table of some actions; columns that were chosen by name are never dropped."""
        keys = chosen or self._shown_keys(actions)
        columns = [self.columns[key].column for key in keys]
        cells = [self.columns[key].cell for key in keys]
        if chosen:
            columns = [column._replace(drop_order=0, counted_in="") for column in columns]
        if "code" in chosen and "number" in chosen:  # then a code needn't be in place of the number
            place = keys.index("number")
            columns[place] = columns[place]._replace(kind=ColumnKind.NUMBER)
            cells[place] = self.columns["number"].value
        return Table(tuple(columns), _rows(actions, cells))

    def _shown_keys(self, actions: Sequence[Action]) -> list[str]:
        """Return the columns of a table for which none were chosen."""
        levels = [facet.name for facet in level_facets(self.plan)]
        deepest = max((len(action.place) for action in self.plan.actions), default=len(levels))
        left_out = {*levels} - {*levels[deepest - 1 : deepest]} | {"code", STATUS_DATE.key}
        left_out.add("due" if _is_followed(self.query) else END)
        if not is_in_titles(self.query, actions):
            left_out.add(FOUND)
        return [key for key in list_columns(self.plan) if key in self.columns and key not in left_out]

    def records(self, actions: Sequence[Action], chosen: Sequence[str] = ()) -> Records:
        """Return actions for CSV, and for JSON where columns are chosen; words are the same in every language."""
        makers = self._makers(chosen)
        keys = tuple(chosen) or self._keys()
        return Records(keys, _rows(actions, [makers[key] for key in keys]))

    def data(self, actions: Sequence[Action]) -> list[dict[str, object]]:
        """Return actions for JSON, the plan's own fields in an object of their own."""
        makers = self._makers()
        declared = [field.key for field in self.plan.declared_fields]
        keys = [key for key in self._keys() if key not in declared]
        return [
            {key: makers[key](action) for key in keys}
            | ({"fields": {key: action.value(key) for key in declared}} if declared else {})
            for action in actions
        ]

    def _keys(self) -> tuple[str, ...]:
        """Return the keys of an action for programs; ``groups`` where two numbers don't say where it stands."""
        number, orientation, measure, *others = keys_of(self.plan.answer_fields)
        groups = () if has_two_levels(self.plan) else ("groups",)
        return (number, orientation, measure, *groups, *others)

    def _makers(self, chosen: Sequence[str] = ()) -> dict[str, Maker]:
        """Return the function that gives the value of each key for programs; of ``chosen`` columns by their names.

        Without a choice ``orientation`` and ``measure`` are the numbers of the two top levels, whatever they are
        called.
        """
        columns = {key: each.value for key, each in self.columns.items()}
        numbers = {key: _value_maker(key) for key in ("orientation", "measure")}
        is_named = chosen and self.plan.declared_levels is not None
        both = numbers | columns if is_named else columns | numbers
        return both | {"groups": lambda action: action.place}


def _rows(actions: Sequence[Action], makers: Sequence[Maker]) -> tuple[tuple[Any, ...], ...]:
    return tuple([tuple([make(action) for make in makers]) for action in actions])


def _value_maker(key: str) -> Maker:
    return lambda action: action.value(key)


def _only(facet: Facet) -> Maker:
    return lambda action: next(iter(facet.values(action)), None)


def _reference(plan: Plan, facet: Facet) -> Maker:
    """Return a function that gives the group of an action as the plan writes it, by code or path."""
    value, written = _only(facet), facet.written(plan)
    return lambda action: written.get(value(action))


_KINDS = {
    Type.NUMBER: ColumnKind.NUMBER,
    Type.YEAR: ColumnKind.NUMBER,
    Type.DECIMAL: ColumnKind.NUMBER,
    Type.TEXT: ColumnKind.TEXT,
    Type.CODES: ColumnKind.CODES,
}
"""The kind of column of each type of field; a name where a type isn't listed."""

_LONG = (Type.PROSE, Type.LINE, Type.LIST)
"""The types of optional fields whose values are long: their columns are dropped before others."""

_LEAVING = {"associated": (4, "pilots")}
"""In which turn a column is dropped, and which one counts its codes; optional fields are dropped first."""


def _columns(plan: Plan, query: Query) -> Iterator[ListColumn]:
    """Yield every column of a list, with the values to highlight; a role needs a single directorate."""
    for facet in level_facets(plan):
        column, value = level_column(plan, query, facet, drop_order=3), _only(facet)
        yield ListColumn(column, value if column.kind is ColumnKind.NUMBER else _reference(plan, facet), value)
    if len(query.values("directorate")) == 1:
        column = Column(ROLE, _("Role"), drop_order=5)
        yield ListColumn(column, _role(query, _("pilot"), _("assoc.")), _role(query, "pilot", "associated"))
    if query.values("text"):
        column = Column(FOUND, _("Where"), drop_order=6)
        yield ListColumn(column, _place_finder(plan, query), _place_finder(plan, query, for_programs=True))
    if plan.day:
        yield ListColumn(Column(END, _("End")), shown_end, lambda action: end_of(action) or None)
    for field in plan.answer_fields:
        drop_order, counted_in = _LEAVING.get(field.key, (0 if field.required else 2, ""))
        kind, cell = _kind(plan, field), _cell_maker(plan, field)
        column = Column(
            field.key,
            field.title,
            kind,
            short=_(field.short) if field.short else "",
            drop_order=1 if field.type in _LONG and not field.required else drop_order,
            counted_in=counted_in,
            highlight=_asked_values(query, field),
            passage=_("Passage") if kind is ColumnKind.TEXT else "",
            bold=field.key == "number",
        )
        if field.key in _FOLLOWED:
            asked, turn = _is_followed(query), 3 if field.key == STATUS.key else 2
            column = column._replace(wide_only=not asked, drop_order=0 if asked and turn == 3 else turn)
        elif field.key in ("years", "priority") and _is_followed(query):
            column = column._replace(drop_order=3)
        yield ListColumn(column, cell, _value_maker(field.key))


_FOLLOWED = tuple(field.key for field in DERIVED_FIELDS)


def _is_followed(query: Query) -> bool:
    """Return whether a filter asks for a status or lateness: then these columns outlast the calendar."""
    return any(facet.name in _FOLLOWED for facet, _values in query.filters)


def _kind(plan: Plan, field: Field) -> ColumnKind:
    if field.key == "number" and _has_codes(plan):
        return ColumnKind.NAME
    if field.type is Type.NUMBER_OR_WORD and all(isinstance(each, int) for each in plan.priorities):
        return ColumnKind.NUMBER
    return _KINDS.get(field.type, ColumnKind.NAME)


def _has_codes(plan: Plan) -> bool:
    """Return whether some action has a code, which people see in place of its number."""
    return any(field.key == "code" for field in plan.fields)


def _cell_maker(plan: Plan, field: Field) -> Maker:
    """Return a function that makes the cells of a field's column for people."""
    key = field.key
    if key == "number" and _has_codes(plan):
        return action_name
    if key == "years":
        return shown_calendar
    if key == STATUS.key and plan.day:
        return shown_status
    if key == LATE.key and plan.day:
        return lambda action: _("late") if action.value(key) else None
    if field.type in (Type.YEARS, Type.DECIMAL, Type.DATE, Type.LIST, Type.NUMBERS):
        return lambda action: shown(field, action.value(key))
    return _value_maker(key)


def _role(query: Query, pilot: str, associated: str) -> Maker:
    (code,) = query.values("directorate")
    return lambda action: pilot if code in action.pilots else associated


def _place_finder(plan: Plan, query: Query, for_programs: bool = False) -> Maker:
    """Return a function that names where the searched words stand: in the text, in a title above it."""
    ((facet, words),) = (
        asked for asked in query.filters if asked[0].match is Matching.WORDS and asked[0].name == "text"
    )
    matches = matcher(facet, words)
    if for_programs:
        written = references(plan)
        levels = [level.name for level in plan.levels] or ["group"]
        names = {
            each.path: f"{levels[min(each.level, len(levels)) - 1]} {written[each.path]}"
            for each in plan.all_groups
        }
    else:
        names = short_names(plan)
    text = "text" if for_programs else _("text")

    def found(action: Action) -> tuple[str, ...]:
        places = [text, *(names[action.path[:end]] for end in range(len(action.path) - 2, 0, -2))]
        return tuple(place for place, own in zip(places, facet.values(action), strict=True) if matches((own,)))

    if for_programs:
        return found
    between = " " if plan.declared_levels is None else ", "
    return lambda action: between.join(found(action))


_FACETS = {
    "pilots": ("directorate", "pilot", "all_of"),
    "associated": ("directorate", "associated", "all_of"),
    "years": ("year", "calendar"),
}
"""The facets that ask for values of a field, where they have other names."""


def _asked_values(query: Query, field: Field) -> frozenset[int | str]:
    values = query.values(*_FACETS.get(field.key, (field.key,)))
    if field.key == "number":
        values += query.values("code")
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


def _names(plan: Plan, typed: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return the names in lists with commas; a column may have commas in its name or its label."""
    titles = (field.title for field in plan.answer_fields)
    folded = {fold(word) for word in (*known, *titles)}

    def is_known(name: str) -> bool:
        return fold(name.removeprefix("-")) in folded

    return [name for each in typed for name in typed_words(each, is_known)]


def _find_columns(plan: Plan, names: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of some names; raise Usage with the closest key for an unknown one."""
    typed = {fold(key): key for key in known}
    labels = {fold(field.title): field.key for field in plan.answer_fields}
    found = []
    for name in names:
        word = fold(name)
        key = typed.get(word) or labels.get(word) or _TYPED.get(word, "")
        if key not in known:
            message = _("unknown column {name}").format(name=name)
            near = closest(name, known)
            if near:
                message = _("{message}. Did you mean {near}?").format(message=message, near=near)
            raise Usage(message, _("Columns: {columns}").format(columns=", ".join(known)))
        found.append(key)
    return tuple(dict.fromkeys(found))


def _sort(plan: Plan, actions: Sequence[Action], sort: Sequence[str]) -> Sequence[Action]:
    """Return actions sorted by the first key, then the next; ties stay in plan order, no value comes last."""
    levels = {facet.name: facet.depth for facet in level_facets(plan)}
    fields = {field.key: field for field in plan.answer_fields}
    for name in reversed(sort):
        (key,) = _find_columns(plan, [name.removeprefix("-")], sort_keys(plan))
        value = (
            _place_maker(levels[key]) if key in levels and key not in fields else _order_maker(plan, fields[key])
        )
        having = [action for action in actions if value(action) is not None]
        lacking = [action for action in actions if value(action) is None]
        actions = [*sorted(having, key=value, reverse=name.startswith("-")), *lacking]
    return actions


def sort_keys(plan: Plan) -> tuple[str, ...]:
    """Return what ``--sort`` takes."""
    number, _orientation, _measure, *others = keys_of(plan.answer_fields)
    return (number, *(facet.name for facet in level_facets(plan)), *others)


def _place_maker(depth: int) -> Maker:
    """Return a function that gives the numbers from the top down to a level."""
    return lambda action: action.place[:depth] if len(action.place) >= depth else None


def _order_maker(plan: Plan, field: Field) -> Maker:
    """Return a function that gives what actions are sorted by: É is an E, words are in the order of the plan."""
    ranked: Sequence[object] = plan.ranks if field.type is Type.NUMBER_OR_WORD else field.values
    ranks = {each: place for place, each in enumerate(ranked)}

    def order(action: Action) -> Any:
        value = action.value(field.key)
        if value is None:
            return None
        if ranks:
            return ranks.get(value, len(ranks))
        if field.type is Type.YEARS:
            return tuple(sorted(set(action.years)))
        if field.type is Type.DATE:  # a month ends after its days, a year after its months
            return f"{value}-99-99"[:10]
        if field.type is Type.WORD:
            return _natural(str(value))
        return fold(value) if isinstance(value, str) else value

    return order


def _natural(code: str) -> list[tuple[int, int, str]]:
    """Return the sort key of a code: 1.10 comes after 1.9."""
    parts = "".join(c if c.isascii() and c.isdecimal() else f"\0{c}\0" for c in fold(code)).split("\0")
    return [
        (0, int(part[:18]), "") if part.isascii() and part.isdecimal() else (1, 0, part) for part in parts if part
    ]
