"""Plain data to a Plan, strictly: what is accepted here is what ``schema/plan.schema.json`` accepts.

A test holds the two together on generated mutations. What goes beyond shape (an unknown code, a number used twice)
is a rule's business.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from plancli.location import Path
from plancli.plan.model.fields import FIELD_TYPES, FIELDS, Field, Type
from plancli.plan.model.shape import CONTENTS, KEYS, KNOWN, LEVELS, REQUIRED, SHAPE
from plancli.plan.model.types import (
    Acronym,
    Action,
    Directorate,
    Entry,
    Group,
    Level,
    Period,
    Plan,
    SourceNote,
    Status,
    UnusedNumber,
    Value,
    plural_of,
)

T = TypeVar("T")


class ShapeError(ValueError):
    """The data doesn't have the shape of a plan; ``path`` is the first place that differs from it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


class UnknownNumber(int):
    """Placeholder for a number that can't be read: negative and unique, so that it equals no other number."""


OMITTED = object()
"""Placeholder for an item that can't be read, so that those after it keep their indexes."""


def read_plan(data: object) -> Plan:
    """Return a plan built from plain data (dict, list, str, int, None …); raise ShapeError at the first fault."""
    top = _mapping(data, (), "plan")
    period = _mapping(top["period"], ("period",), "period")
    declared = tuple(_declared_fields(top["fields"])) if "fields" in top else ()
    types = {field.key: field.type for field in declared}
    groups = _groups(top, "orientations", (), (), types)
    loose = _loose(top, (), (), types)
    priorities = _numbers_or_words(top, "priorities", ()) if "priorities" in top else ()
    plan = Plan(
        title=_string(top, "title", ()),
        language=_string(top, "language", ()),
        period=Period(_whole(period, "start", ("period",)), _whole(period, "end", ("period",))),
        priorities=priorities,
        directorates=tuple(_directorates(top["directorates"])),
        groups=groups,
        unused_numbers=_each(top, "unused_numbers", (), _unused) if "unused_numbers" in top else (),
        source_notes=_each(top, "source_notes", (), _note) if "source_notes" in top else (),
        glossary=tuple(_glossary(top.get("glossary", {}))),
        loose=loose,
        declared_levels=tuple(_levels(top)) if "levels" in top else None,
        statuses=tuple(_statuses(top["statuses"])) if "statuses" in top else (),
    )
    return _with_fields(plan, declared)


def _mapping(data: object, path: Path, kind: str) -> dict[str, Any]:
    """Return the data of a kind of block; raise ShapeError for a key that is unknown there, or missing."""
    if type(data) is not dict:
        raise ShapeError(path)
    keys = data.keys()
    if not keys <= KNOWN[kind]:
        raise ShapeError((*path, next(key for key in keys if key not in KNOWN[kind])))
    contents = CONTENTS[kind]
    if not keys >= REQUIRED[kind] or (contents and keys.isdisjoint(contents)):
        raise ShapeError(path)
    return data


def _string(block: dict[str, Any], key: str, path: Path) -> str:
    value = block[key]
    if type(value) is not str:
        raise ShapeError((*path, key))
    return value


def _whole(block: dict[str, Any], key: str, path: Path) -> int:
    value = block[key]
    if type(value) is int and value >= 1:
        return value
    if isinstance(value, UnknownNumber):
        return value
    raise ShapeError((*path, key))


def _numbers(block: dict[str, Any], key: str, path: Path) -> tuple[int, ...]:
    items = _list(block, key, path)
    for index, item in enumerate(items):
        if (type(item) is not int or item < 1) and not isinstance(item, UnknownNumber):
            raise ShapeError((*path, key, index))
    return tuple(items)


def _number_or_word(block: dict[str, Any], key: str, path: Path) -> int | str:
    value = block[key]
    return value if type(value) is str else _whole(block, key, path)


def _numbers_or_words(block: dict[str, Any], key: str, path: Path) -> tuple[int | str, ...]:
    items = _list(block, key, path)
    for index, item in enumerate(items):
        if type(item) is not str and (type(item) is not int or item < 1) and not isinstance(item, UnknownNumber):
            raise ShapeError((*path, key, index))
    return tuple(items)


def _percent(block: dict[str, Any], key: str, path: Path) -> int:
    value = block[key]
    if (type(value) is int and value >= 0) or isinstance(value, UnknownNumber):
        return int(value)
    raise ShapeError((*path, key))


def _date(block: dict[str, Any], key: str, path: Path) -> str:
    """Return a date as the file has it; a year may stand there as a number."""
    value = block[key]
    return str(value) if type(value) is int and value >= 1 else _string(block, key, path)


def _flag(block: dict[str, Any], key: str, path: Path) -> bool:
    value = block[key]
    if type(value) is not bool:
        raise ShapeError((*path, key))
    return value


def _strings(block: dict[str, Any], key: str, path: Path) -> tuple[str, ...]:
    items = _list(block, key, path)
    for index, item in enumerate(items):
        if type(item) is not str:
            raise ShapeError((*path, key, index))
    return tuple(items)


def _list(block: dict[str, Any], key: str, path: Path) -> list[Any]:
    value = block[key]
    if type(value) is not list:
        raise ShapeError((*path, key))
    return value


def _each(block: dict[str, Any], key: str, path: Path, build: Callable[[object, Path], T]) -> tuple[T, ...]:
    items = _list(block, key, path)
    return tuple([build(item, (*path, key, at)) for at, item in enumerate(items) if item is not OMITTED])


Types = Mapping[str, Type]
"""The types of the fields that a plan declares, by their keys."""


def types_of(plan: Plan) -> Types:
    """Return the types of the fields that a plan declares."""
    return {field.key: field.type for field in plan.declared_fields}


def _groups(
    block: dict[str, Any], key: str, path: Path, place: tuple[int, ...], types: Types
) -> tuple[Group, ...]:
    """Return the groups under a key of a block, whose own place is given; none where the key isn't there."""
    if key not in block:
        return ()
    return _each(block, key, path, lambda data, path: _group(data, path, place, types))


def _group(data: object, path: Path, above: tuple[int, ...], types: Types) -> Group:
    block = _mapping(data, path, LEVELS[str(path[-2])])
    number = _whole(block, "number", path)
    place = (*above, number)
    return Group(
        number=number,
        title=_string(block, "title", path),
        groups=_groups(block, "measures", path, place, types),
        loose=_loose(block, path, place, types),
        place=place,
        path=path,
        code=_optional(block, "code", path),
    )


def _loose(block: dict[str, Any], path: Path, place: tuple[int, ...], types: Types) -> tuple[Action, ...]:
    """Return the actions that stand directly in a block."""
    if "actions" not in block:
        return ()
    return _each(block, "actions", path, lambda data, path: read_action(data, path, place, types))


def is_block(key: str, data: object) -> bool:
    """Return whether data has the shape of an item of ``orientations``, ``measures`` or ``actions``."""
    try:
        if key == "actions":
            read_action(data, (), ())
        else:
            _group(data, (key, 0), (), {})
    except ShapeError:
        return False
    return True


def read_action(data: object, path: Path, place: tuple[int, ...], types: Types = MappingProxyType({})) -> Action:
    """Return an action built from plain data, with its path and its place; raise ShapeError."""
    block = _mapping(data, path, "action")
    values = [read(block, key, path) if key in block else None for key, read in _ATTRIBUTES]
    if block.keys() <= _USUAL:
        return Action._make([*values, place, path, (), ()])
    more: list[tuple[str, Value]] = [(key, read(block, key, path)) for key, read in _MORE if key in block]
    more += _own_values(block, path, types)
    progress = _each(block, "progress", path, _entry) if "progress" in block else ()
    return Action._make([*values, place, path, tuple(more), progress])


def _own_values(block: dict[str, Any], path: Path, types: Types) -> Iterator[tuple[str, Value]]:
    """Yield the values of declared fields; one of another type stands as it is, which is a rule's business."""
    if "fields" not in block:
        return
    here = (*path, "fields")
    if type(block["fields"]) is not dict:
        raise ShapeError(here)
    for key, value in block["fields"].items():
        if type(value) is list:
            for index, item in enumerate(value):
                if isinstance(item, dict | list):
                    raise ShapeError((*here, key, index))
            yield key, tuple(value)
        elif type(value) is dict:
            raise ShapeError((*here, key))
        else:
            yield key, read_value(types.get(key), value)


def read_value(kind: Type | None, value: str | int | None) -> Value:
    """Return a scalar as the value of a field of a type: digits and a point as a decimal, a year as a date."""
    if kind is Type.DECIMAL and isinstance(value, str) and re.fullmatch(_DECIMAL, value):
        from decimal import Decimal

        return Decimal(value)
    if kind is Type.DATE and type(value) is int:
        return str(value)
    return value


_DECIMAL = r"-?[0-9]{1,18}\.[0-9]{1,18}"


def _entry(data: object, path: Path) -> Entry:
    block = _mapping(data, path, "entry")
    values = [_READERS[key.type](block, key.name, path) if key.name in block else None for key in SHAPE["entry"]]
    return Entry._make([*values, path])


def _with_fields(plan: Plan, declared: tuple[Field, ...]) -> Plan:
    """Return the plan with the fields that its actions have; priorities in words are a choice."""
    used = {key for action in plan.actions for key, _value in action.more}
    fields = [field for field in FIELDS if field.required or field.key in used]
    if not plan.priorities:
        fields = [field for field in fields if field.key != "priority"]
    elif any(isinstance(each, str) for each in plan.priorities):
        words = tuple(map(str, plan.ranks))
        fields = [
            field._replace(type=Type.CHOICE, values=words) if field.key == "priority" else field
            for field in fields
        ]
    return plan._replace(fields=(*fields, *declared))


def _register(data: object, key: str) -> Iterator[tuple[str, Any, Path]]:
    """Yield each entry of a register of the plan: its code or word, what stands under it, and its path."""
    if type(data) is not dict:
        raise ShapeError((key,))
    for word, value in data.items():
        yield word, value, (key, word)


def _declared_fields(data: object) -> Iterator[Field]:
    for key, value, here in _register(data, "fields"):
        block = _mapping(value, here, "field")
        kind = _string(block, "type", here)
        if kind not in FIELD_TYPES:
            raise ShapeError((*here, "type"))
        label = _optional(block, "label", here) or key
        values = _strings(block, "values", here) if "values" in block else ()
        yield Field(key, FIELD_TYPES[kind], label, label, label, required=False, declared=True, values=values)


def _levels(top: dict[str, Any]) -> Iterator[Level]:
    for index, item in enumerate(_list(top, "levels", ())):
        path: Path = ("levels", index)
        if type(item) is str:
            yield Level(item, plural_of(item))
        else:
            block = _mapping(item, path, "level")
            name = _string(block, "name", path)
            yield Level(name, _optional(block, "plural", path) or plural_of(name))


def _statuses(data: object) -> Iterator[Status]:
    for name, value, here in _register(data, "statuses"):
        block = {} if value is None else _mapping(value, here, "status")
        yield Status(name, _flag(block, "closed", here) if "closed" in block else False, here)


_READERS: dict[object, Callable[[dict[str, Any], str, Path], Any]] = {
    Type.NUMBER: _whole,
    Type.YEAR: _whole,
    Type.TEXT: _string,
    Type.PROSE: _string,
    Type.LINE: _string,
    Type.WORD: _string,
    Type.CODES: _strings,
    Type.YEARS: _numbers,
    Type.NUMBERS: _numbers,
    Type.NUMBER_OR_WORD: _number_or_word,
    Type.NUMBERS_OR_WORDS: _numbers_or_words,
    Type.PERCENT: _percent,
    Type.DATE: _date,
    Type.LIST: _strings,
    Type.FLAG: _flag,
}
"""How a value of each type is read; one of another type is a ShapeError."""

_ATTRIBUTES = tuple((field.key, _READERS[field.type]) for field in FIELDS if field.key in Action._fields)
_MORE = tuple((field.key, _READERS[field.type]) for field in FIELDS if field.key not in Action._fields)
_USUAL = frozenset(key for key, _read in _ATTRIBUTES)


def _directorates(data: object) -> Iterator[Directorate]:
    for code, value, here in _register(data, "directorates"):
        block = {} if value is None else _mapping(value, here, "directorate")
        yield Directorate(
            code=code,
            name=_optional(block, "name", here),
            ministry=_optional(block, "ministry", here),
            note=_optional(block, "note", here),
            path=here,
        )


def _optional(block: dict[str, Any], key: str, path: Path) -> str | None:
    return _string(block, key, path) if key in block else None


def _unused(data: object, path: Path) -> UnusedNumber:
    block = _mapping(data, path, "unused_number")
    return UnusedNumber(
        number=_whole(block, "number", path),
        reason=_string(block, "reason", path),
        path=path,
    )


def _note(data: object, path: Path) -> SourceNote:
    block = _mapping(data, path, "source_note")
    field = _optional(block, "field", path)
    if field is not None and field not in KEYS["field"].values:
        raise ShapeError((*path, "field"))
    return SourceNote(
        action=_whole(block, "action", path) if "action" in block else None,
        measure=_number_or_word(block, "measure", path) if "measure" in block else None,
        orientation=_whole(block, "orientation", path) if "orientation" in block else None,
        field=field,
        source=_optional(block, "source", path),
        note=_string(block, "note", path),
        path=path,
    )


def _glossary(data: object) -> Iterator[Acronym]:
    for acronym, expansion, here in _register(data, "glossary"):
        if type(expansion) is not str:
            raise ShapeError(here)
        yield Acronym(acronym, expansion, here)
