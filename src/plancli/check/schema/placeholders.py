"""Replace invalid values with placeholders, so that rules can still be checked."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from plancli.check.schema.validation import Repair, ShapeFinding
from plancli.location import Path
from plancli.plan.model import OMITTED, Type, UnknownNumber, shape
from plancli.plan.model.shape import Holds

_LISTS = shape.LISTS | shape.names_of(Holds.BLOCKS, Holds.NAMES)
_TEXTS = shape.names_of(Type.CODES, Type.LIST, Holds.NAMES)
_NUMBERS = shape.names_of(Type.NUMBER, Type.YEAR, Type.PERCENT)
_ENTRIES: dict[object, Any] = {"directorates": {}, "statuses": {}, "fields": {"type": "text"}, "glossary": "—"}
"""The placeholder for an entry of each register, whose words may be names of keys as well."""


def fill_placeholders(data: Any, errors: Iterable[ShapeFinding]) -> Any:
    """Return a copy of the data that has the shape of a plan, with a stand-in at each error."""
    copies: dict[int, Any] = {}
    data = _copy_once(data, copies)
    numbers = count(1)
    for error in errors:
        if not error.path:
            return None
        parent: Any = data
        for step in error.path[:-1]:
            child = _copy_once(parent[step], copies)
            if not isinstance(child, dict | list):  # it was left out as a whole
                break
            parent[step] = child
            parent = child
        else:
            _repair(parent, error, numbers)
    return data


def _repair(parent: Any, error: ShapeFinding, numbers: Iterator[int]) -> None:
    key = error.path[-1]
    if error.repair is Repair.DROP_KEY:
        parent.pop(key, None)
    elif error.repair is Repair.DROP_ITEM:
        parent[key] = OMITTED
    else:
        parent[key] = _placeholder(error.path, -next(numbers))


def _copy_once(value: Any, copies: dict[int, Any]) -> Any:
    """Copy a container before it is changed, once."""
    if not isinstance(value, dict | list) or id(value) in copies:
        return value
    copy = value.copy()
    copies[id(copy)] = copy  # held, so that its id stays its own
    return copy


def _placeholder(path: Path, number: int) -> Any:
    key = path[-1]
    if isinstance(key, int):
        return "—" if len(path) > 1 and path[-2] in _TEXTS else UnknownNumber(number)
    if len(path) == 2 and path[0] in _ENTRIES:
        return _ENTRIES[path[0]]
    if key in _LISTS:
        return []
    if key in shape.MAPPINGS:
        return {}
    if key in _NUMBERS:
        return UnknownNumber(number)
    if key == "closed":
        return False
    if key == "period":
        return {"start": UnknownNumber(number), "end": UnknownNumber(number)}
    values = shape.KEYS[key].values if key in shape.KEYS else ()
    return values[0] if values else "—"
