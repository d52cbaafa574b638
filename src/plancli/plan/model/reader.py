"""Plain data to a Plan, strictly: what is accepted here is what ``schema/plan.schema.json`` accepts.

A test holds the two together on generated mutations. What goes beyond shape (an unknown code, a number used twice)
is a rule's business.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from plancli.location import Path
from plancli.plan.model.fields import FIELDS, Field, Type
from plancli.plan.model.shape import KEYS, OPTIONAL, REQUIRED
from plancli.plan.model.types import (
    Acronym,
    Action,
    Directorate,
    Measure,
    Orientation,
    Period,
    Plan,
    SourceNote,
    UnusedNumber,
)

T = TypeVar("T")


class ShapeError(ValueError):
    """The data doesn't have the shape of a plan; ``path`` is the first place that differs from it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


class StandIn(int):
    """Placeholder for a number that can't be read: negative and unique, so that it equals no other number."""


LEFT_OUT = object()
"""Placeholder for an item that can't be read, so that those after it keep their indexes."""


def read_plan(data: object) -> Plan:
    """Return a plan built from plain data (dict, list, str, int, None …); raise ShapeError at the first fault."""
    top = _mapping(data, (), "plan")
    period = _mapping(top["period"], ("period",), "period")
    orientations = _each(top, "orientations", (), _orientation)
    return Plan(
        title=_string(top, "title", ()),
        language=_string(top, "language", ()),
        period=Period(_whole(period, "start", ("period",)), _whole(period, "end", ("period",))),
        priorities=_numbers(top, "priorities", ()),
        directorates=tuple(_directorates(top["directorates"])),
        orientations=orientations,
        unused_numbers=_each(top, "unused_numbers", (), _unused) if "unused_numbers" in top else (),
        source_notes=_each(top, "source_notes", (), _note) if "source_notes" in top else (),
        glossary=tuple(_glossary(top.get("glossary", {}))),
        fields=_fields(orientations),
    )


def _mapping(data: object, path: Path, kind: str) -> dict[str, Any]:
    """Return the data of a kind of block; raise ShapeError for a key that is unknown there, or missing."""
    if type(data) is not dict:
        raise ShapeError(path)
    required = REQUIRED[kind]
    if data.keys() != required:
        for key in data:
            if key not in required and key not in OPTIONAL[kind]:
                raise ShapeError((*path, key))
        if not required <= data.keys():
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
    if isinstance(value, StandIn):
        return value
    raise ShapeError((*path, key))


def _numbers(block: dict[str, Any], key: str, path: Path) -> tuple[int, ...]:
    items = _list(block, key, path)
    for index, item in enumerate(items):
        if (type(item) is not int or item < 1) and not isinstance(item, StandIn):
            raise ShapeError((*path, key, index))
    return tuple(items)


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
    return tuple([build(item, (*path, key, at)) for at, item in enumerate(items) if item is not LEFT_OUT])


def _orientation(data: object, path: Path) -> Orientation:
    block = _mapping(data, path, "orientation")
    number = _whole(block, "number", path)
    return Orientation(
        number=number,
        title=_string(block, "title", path),
        measures=_each(block, "measures", path, lambda data, path: _measure(data, path, number)),
        path=path,
    )


def _measure(data: object, path: Path, orientation: int) -> Measure:
    block = _mapping(data, path, "measure")
    number = _whole(block, "number", path)
    return Measure(
        number=number,
        title=_string(block, "title", path),
        actions=_each(block, "actions", path, lambda data, path: read_action(data, path, number, orientation)),
        orientation=orientation,
        path=path,
    )


def is_block(key: str, data: object) -> bool:
    """Return whether data has the shape of an item of ``orientations``, ``measures`` or ``actions``."""
    try:
        if key == "orientations":
            _orientation(data, ())
        elif key == "measures":
            _measure(data, (), 0)
        else:
            read_action(data, (), 0, 0)
    except ShapeError:
        return False
    return True


def read_action(data: object, path: Path, measure: int, orientation: int) -> Action:
    """Return an action built from plain data, with its path, measure and orientation; raise ShapeError."""
    block = _mapping(data, path, "action")
    values = [read(block, key, path) for key, read in _ATTRIBUTES]
    more = tuple([(key, read(block, key, path)) for key, read in _MORE if key in block])
    return Action._make([*values, measure, orientation, path, more])


def _fields(orientations: Iterable[Orientation]) -> tuple[Field, ...]:
    """Return the fields that some action has."""
    used = {key for orientation in orientations for action in orientation.actions for key, _value in action.more}
    return tuple(field for field in FIELDS if field.required or field.key in used)


_READERS: dict[Type, Callable[[dict[str, Any], str, Path], Any]] = {
    Type.NUMBER: _whole,
    Type.YEAR: _whole,
    Type.TEXT: _string,
    Type.PROSE: _string,
    Type.LINE: _string,
    Type.WORD: _string,
    Type.CODES: _strings,
    Type.YEARS: _numbers,
    Type.NUMBERS: _numbers,
}
"""How a value of each type is read; one of another type is a ShapeError."""

_ATTRIBUTES = tuple((field.key, _READERS[field.type]) for field in FIELDS if field.key in Action._fields)
_MORE = tuple((field.key, _READERS[field.type]) for field in FIELDS if field.key not in Action._fields)


def _directorates(data: object) -> Iterator[Directorate]:
    path: Path = ("directorates",)
    if type(data) is not dict:
        raise ShapeError(path)
    for code, value in data.items():
        here = (*path, code)
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

    def place(key: str) -> int | None:
        return _whole(block, key, path) if key in block else None

    field = _optional(block, "field", path)
    if field is not None and field not in KEYS["field"].values:
        raise ShapeError((*path, "field"))
    return SourceNote(
        action=place("action"),
        measure=place("measure"),
        orientation=place("orientation"),
        field=field,
        source=_optional(block, "source", path),
        note=_string(block, "note", path),
        path=path,
    )


def _glossary(data: object) -> Iterator[Acronym]:
    path: Path = ("glossary",)
    if type(data) is not dict:
        raise ShapeError(path)
    for acronym in data:
        yield Acronym(acronym, _string(data, acronym, path), (*path, acronym))
