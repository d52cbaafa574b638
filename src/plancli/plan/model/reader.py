"""Plain data to a Plan, strictly: what is accepted here is what ``schema/plan.schema.json`` accepts.

A test holds the two together on generated mutations. What goes beyond shape (an unknown code, a number used twice)
is a rule's business; where data has another shape, and how, is that of ``check/schema``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from plancli.location import Path
from plancli.plan.model.fields import FIELD_TYPES, FIELDS, Field, Type
from plancli.plan.model.shape import BLOCK_LISTS, CONTENTS, KNOWN, LEVELS, REQUIRED, SHAPE
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


class ShapeError(ValueError):
    """The data doesn't have the shape of a plan."""


class UnknownNumber(int):
    """Placeholder for a number that can't be read: negative and unique, so that it equals no other number."""


OMITTED = object()
"""Placeholder for an item that can't be read, so that those after it keep their indexes."""


def _string(value: Any) -> str:
    if type(value) is not str:
        raise ShapeError
    return value


def _whole(value: Any) -> int:
    if (type(value) is int and value >= 1) or isinstance(value, UnknownNumber):
        return value
    raise ShapeError


def _percent(value: Any) -> int:
    return 0 if value == 0 and type(value) is int else _whole(value)


def _number_or_word(value: Any) -> int | str:
    return value if type(value) is str else _whole(value)


def _decimal(value: Any) -> Value:
    """Return a number; one with a point stands as a text in the data, as does what a rule finds to be none."""
    return value if type(value) is int else read_value(Type.DECIMAL, _string(value))


def _date(value: Any) -> str:
    """Return a date as the file has it; a year may be there as a number."""
    return str(value) if type(value) is int and value >= 1 else _string(value)


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise ShapeError
    return value


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise ShapeError
    return value


def _strings(value: Any) -> tuple[str, ...]:
    if not _STRING.issuperset(map(type, _list(value))):  # a call an item would take twice the time
        raise ShapeError
    return tuple(value)


_STRING = frozenset([str])


def _numbers(value: Any) -> tuple[int, ...]:
    return tuple(map(_whole, _list(value)))


def _numbers_or_words(value: Any) -> tuple[int | str, ...]:
    return tuple(map(_number_or_word, _list(value)))


_READERS: dict[object, Callable[[Any], Any]] = {
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
    Type.DECIMAL: _decimal,
    Type.DATE: _date,
    Type.CHOICE: _string,
    Type.LIST: _strings,
    Type.FLAG: _flag,
}
"""How a value of each type is read; one of another type is a ShapeError."""

_ATTRIBUTES = tuple((field.key, _READERS[field.type]) for field in FIELDS if field.key in Action._fields)
_MORE = tuple((field.key, _READERS[field.type]) for field in FIELDS if field.key not in Action._fields)
_USUAL = frozenset(key for key, _read in _ATTRIBUTES)


def read_plan(data: object) -> Plan:
    """Return a plan built from plain data (dict, list, str, int, None …); raise ShapeError for all else."""
    top = _block(data, "plan")
    fields = tuple([_field(key, about) for key, about, _path in _register(top, "fields")])
    types = {field.key: field.type for field in fields}
    plan = Plan(
        title=_string(top["title"]),
        language=_string(top["language"]),
        period=Period(*_values(top["period"], "period")),
        priorities=_numbers_or_words(top["priorities"]) if "priorities" in top else (),
        directorates=tuple([_directorate(*each) for each in _register(top, "directorates")]),
        groups=_groups(top, "orientations", (), (), types),
        unused_numbers=tuple(map(UnusedNumber._make, _records(top, "unused_numbers", ()))),
        source_notes=tuple(map(SourceNote._make, _records(top, "source_notes", ()))),
        glossary=tuple([Acronym(word, _string(text), path) for word, text, path in _register(top, "glossary")]),
        loose=_actions(top, (), (), types),
        declared_levels=tuple(map(_level, _list(top["levels"]))) if "levels" in top else None,
        statuses=tuple([_status(*each) for each in _register(top, "statuses")]),
    )
    return _with_fields(plan, fields)


def _with_fields(plan: Plan, declared: tuple[Field, ...]) -> Plan:
    """Return the plan with the fields that its actions have; priorities in words are a choice."""
    used = {key for action in plan.actions for key, _value in action.more}
    found = {field.key: field for field in FIELDS if field.required or field.key in used}
    if not plan.priorities:
        del found["priority"]
    elif any(isinstance(each, str) for each in plan.priorities):
        words = tuple(map(str, plan.ranks))
        found["priority"] = found["priority"]._replace(type=Type.CHOICE, values=words)
    return plan._replace(fields=(*found.values(), *declared))


def _block(data: object, kind: str) -> dict[str, Any]:
    """Return the data of a kind of block; raise ShapeError for a key that is unknown there, or missing."""
    if type(data) is not dict or not REQUIRED[kind] <= data.keys() <= KNOWN[kind]:
        raise ShapeError
    if CONTENTS[kind] and data.keys().isdisjoint(CONTENTS[kind]):
        raise ShapeError
    return data


def _values(data: object, kind: str) -> list[Any]:
    """Return the values of a block that has no others in it, in the order of its keys; None for a missing one.

    The records of ``types.py`` have them in the same order.
    """
    block, found = _block(data, kind), []
    for key in SHAPE[kind]:
        found.append(_READERS[key.type](block[key.name]) if key.name in block else None)
        if key.values and key.name in block and block[key.name] not in key.values:
            raise ShapeError
    return found


def _register(top: dict[str, Any], key: str) -> Iterator[tuple[str, Any, Path]]:
    """Yield each entry of a register of the plan: its code or word, what is under it, and its path."""
    entries = top.get(key, {})
    if type(entries) is not dict:
        raise ShapeError
    for word, value in entries.items():
        yield word, value, (key, word)


def _items(block: dict[str, Any], key: str, path: Path) -> Iterator[tuple[Any, Path]]:
    """Yield each item of a list in a block, and its path; none where the block doesn't have the list."""
    for at, item in enumerate(_list(block.get(key, []))):
        if item is not OMITTED:
            yield item, (*path, key, at)


def _records(block: dict[str, Any], key: str, path: Path) -> Iterator[list[Any]]:
    """Yield the values of each block in a list, and its path."""
    for item, here in _items(block, key, path):
        yield [*_values(item, BLOCK_LISTS[key]), here]


def _directorate(code: str, about: object, path: Path) -> Directorate:
    return Directorate._make([code, *_values({} if about is None else about, "directorate"), path])


def _status(name: str, about: object, path: Path) -> Status:
    (closed,) = _values({} if about is None else about, "status")
    return Status(name, closed is True, path)


def _field(key: str, about: object) -> Field:
    label, kind, values = _values(about, "field")
    label = label or key
    return Field(key, FIELD_TYPES[kind], label, label, label, required=False, declared=True, values=values or ())


def _level(data: object) -> Level:
    name, plural = (data, None) if type(data) is str else _values(data, "level")
    return Level(name, plural or plural_of(name))


Types = Mapping[str, Type]
"""The types of the fields that a plan declares, by their keys."""


def types_of(plan: Plan) -> Types:
    """Return the types of the fields that a plan declares."""
    return {field.key: field.type for field in plan.declared_fields}


def _groups(
    block: dict[str, Any], key: str, path: Path, above: tuple[int, ...], types: Types
) -> tuple[Group, ...]:
    """Return the groups under a key of a block, which is in those ``above``."""
    return tuple([_group(item, here, above, types) for item, here in _items(block, key, path)])


def _group(data: object, path: Path, above: tuple[int, ...], types: Types) -> Group:
    block = _block(data, LEVELS[str(path[-2])])
    place = (*above, _whole(block["number"]))
    return Group(
        number=place[-1],
        title=_string(block["title"]),
        groups=_groups(block, "measures", path, place, types),
        loose=_actions(block, path, place, types),
        place=place,
        path=path,
        code=_string(block["code"]) if "code" in block else None,
    )


def _actions(block: dict[str, Any], path: Path, place: tuple[int, ...], types: Types) -> tuple[Action, ...]:
    """Return the actions that are directly in a block."""
    return tuple([read_action(item, here, place, types) for item, here in _items(block, "actions", path)])


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
    block = _block(data, "action")
    values = [read(block[key]) if key in block else None for key, read in _ATTRIBUTES]
    if block.keys() <= _USUAL:
        return Action._make([*values, place, path, (), ()])
    more: list[tuple[str, Value]] = [(key, read(block[key])) for key, read in _MORE if key in block]
    more += _declared_values(block.get("fields", {}), types)
    progress = tuple(map(Entry._make, _records(block, "progress", path)))
    return Action._make([*values, place, path, tuple(more), progress])


def _declared_values(fields: object, types: Types) -> Iterator[tuple[str, Value]]:
    """Yield the values of declared fields; one of another type stands as it is, which is a rule's business."""
    if type(fields) is not dict:
        raise ShapeError
    for key, value in fields.items():
        is_list = type(value) is list
        if not _CONTAINERS.isdisjoint(map(type, value if is_list else [value])):
            raise ShapeError
        yield key, tuple(value) if is_list else read_value(types.get(key), value)


_CONTAINERS = frozenset([dict, list])


def read_value(kind: Type | None, value: str | int | None) -> Value:
    """Return a scalar as the value of a field of a type: digits and a point as a decimal, a year as a date."""
    if kind is Type.DECIMAL and isinstance(value, str) and re.fullmatch(_DECIMAL, value):
        from decimal import Decimal

        return Decimal(value)
    if kind is Type.DATE and type(value) is int:
        return str(value)
    return value


_DECIMAL = r"-?[0-9]{1,18}\.[0-9]{1,18}"


def read_amounts(text: str) -> tuple[str, ...]:
    """Return what a person may mean by a number: digits, with a point before decimals; nothing for what is none.

    Blanks, commas or points may part thousands: ``12 000,5``, ``12,000.5``, ``12.000,5``. Only ``12,000`` is two
    numbers: 12000, and 12.000.
    """
    number = re.sub(r"(?<=[0-9])[\s']+(?=[0-9]{3}(?![0-9]))", "", text.strip())
    readings = [number.replace(",", ".")]
    for mark, point in (",.", ".,"):
        if re.fullmatch(rf"-?[1-9][0-9]{{0,2}}(\{mark}[0-9]{{3}})+(\{point}[0-9]+)?", number):
            whole = number.replace(mark, "").replace(point, ".")
            if point in number or number.count(mark) > 1:
                readings = [whole]
            elif mark == ",":
                readings = [whole, *readings]
    found = (re.fullmatch(r"(-?)0*([0-9]{0,18})(\.[0-9]{1,18})?", each) for each in readings)
    return tuple(f"{each[1]}{each[2] or 0}{each[3] or ''}" for each in found if each and each[0].strip("-"))
