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
    orientations = _each(top["orientations"], ("orientations",), _orientation)
    return Plan(
        title=_string(top["title"], ("title",)),
        language=_string(top["language"], ("language",)),
        period=Period(_whole(period["start"], ("period", "start")), _whole(period["end"], ("period", "end"))),
        priorities=_numbers(top["priorities"], ("priorities",)),
        directorates=tuple(_directorates(top["directorates"])),
        orientations=orientations,
        unused_numbers=_each(top.get("unused_numbers", []), ("unused_numbers",), _unused),
        source_notes=_each(top.get("source_notes", []), ("source_notes",), _note),
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


def _string(data: object, path: Path) -> str:
    if type(data) is not str:
        raise ShapeError(path)
    return data


def _whole(data: object, path: Path) -> int:
    if type(data) is not int or data < 1:
        if isinstance(data, StandIn):
            return data
        raise ShapeError(path)
    return data


def _numbers(data: object, path: Path) -> tuple[int, ...]:
    if type(data) is not list:
        raise ShapeError(path)
    for index, item in enumerate(data):
        if (type(item) is not int or item < 1) and not isinstance(item, StandIn):
            raise ShapeError((*path, index))
    return tuple(data)


def _strings(data: object, path: Path) -> tuple[str, ...]:
    if type(data) is not list:
        raise ShapeError(path)
    for index, item in enumerate(data):
        if type(item) is not str:
            raise ShapeError((*path, index))
    return tuple(data)


def _each(data: object, path: Path, build: Callable[..., T], *above: int) -> tuple[T, ...]:
    """Return the items of a list, built; ``above`` are the numbers of the blocks that they stand in."""
    if type(data) is not list:
        raise ShapeError(path)
    return tuple([build(item, (*path, index), *above) for index, item in enumerate(data) if item is not LEFT_OUT])


def _orientation(data: object, path: Path) -> Orientation:
    block = _mapping(data, path, "orientation")
    number = _whole(block["number"], (*path, "number"))
    return Orientation(
        number=number,
        title=_string(block["title"], (*path, "title")),
        measures=_each(block["measures"], (*path, "measures"), _measure, number),
        path=path,
    )


def _measure(data: object, path: Path, orientation: int) -> Measure:
    block = _mapping(data, path, "measure")
    number = _whole(block["number"], (*path, "number"))
    return Measure(
        number=number,
        title=_string(block["title"], (*path, "title")),
        actions=_each(block["actions"], (*path, "actions"), read_action, number, orientation),
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
    values = [read(block[key], (*path, key)) for key, read in _ATTRIBUTES]
    more = tuple([(key, read(block[key], (*path, key))) for key, read in _MORE if key in block])
    return Action._make([*values, measure, orientation, path, more])


def _fields(orientations: Iterable[Orientation]) -> tuple[Field, ...]:
    """Return the fields that some action has."""
    used = {key for orientation in orientations for action in orientation.actions for key, _value in action.more}
    return tuple(field for field in FIELDS if field.required or field.key in used)


_READERS: dict[Type, Callable[[object, Path], Any]] = {
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
            name=_optional(block, here, "name"),
            ministry=_optional(block, here, "ministry"),
            note=_optional(block, here, "note"),
            path=here,
        )


def _optional(block: dict[str, Any], path: Path, key: str) -> str | None:
    return _string(block[key], (*path, key)) if key in block else None


def _unused(data: object, path: Path) -> UnusedNumber:
    block = _mapping(data, path, "unused_number")
    return UnusedNumber(
        number=_whole(block["number"], (*path, "number")),
        reason=_string(block["reason"], (*path, "reason")),
        path=path,
    )


def _note(data: object, path: Path) -> SourceNote:
    block = _mapping(data, path, "source_note")

    def place(key: str) -> int | None:
        return _whole(block[key], (*path, key)) if key in block else None

    field = _optional(block, path, "field")
    if field is not None and field not in KEYS["field"].values:
        raise ShapeError((*path, "field"))
    return SourceNote(
        action=place("action"),
        measure=place("measure"),
        orientation=place("orientation"),
        field=field,
        source=_optional(block, path, "source"),
        note=_string(block["note"], (*path, "note")),
        path=path,
    )


def _glossary(data: object) -> Iterator[Acronym]:
    path: Path = ("glossary",)
    if type(data) is not dict:
        raise ShapeError(path)
    for acronym, expansion in data.items():
        yield Acronym(acronym, _string(expansion, (*path, acronym)), (*path, acronym))
