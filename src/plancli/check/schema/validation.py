"""Errors of the JSON Schema, each place once, with how the rest can be read."""

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from plancli.check.schema import read_schema
from plancli.check.schema.messages import key_meant, missing_key, no_plan, not_allowed, unknown_key, wrong_type
from plancli.check.schema.misplaced import find_misplaced, find_outdented
from plancli.diagnostic import MOST_FINDINGS, Finding
from plancli.location import Path
from plancli.plan.model import is_block, shape
from plancli.text import closest

_LEVELS = tuple(shape.LEVELS)


class Suspects:
    """Data without the blocks that have their shape; ``place`` gives where something of it stands in all data."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._kept: dict[Path, list[int]] = {}
        self.data = self._without(data, (), 0)

    def place(self, path: Path) -> Path:
        """Give the path in the whole data."""
        return tuple(
            self._kept[path[:length]][step] if isinstance(step, int) and path[:length] in self._kept else step
            for length, step in enumerate(path)
        )

    def _without(self, block: Any, here: Path, level: int) -> Any:
        key = _LEVELS[level] if level < len(_LEVELS) else ""
        if type(block) is not dict or type(block.get(key)) is not list:
            return block
        path = (*here, key)
        kept = [index for index, item in enumerate(block[key]) if not is_block(key, item)]
        self._kept[path] = kept
        items = [self._without(block[key][index], (*path, at), level + 1) for at, index in enumerate(kept)]
        return {**block, key: items}


class Repair(Enum):
    """How the rest can be read: something else in its place, without the key, without the item."""

    REPLACE = "replace"
    TAKE_OUT = "take-out"
    LEAVE_OUT = "leave-out"


class Fault(NamedTuple):
    """Where data departs from the shape of a plan: what to say, if it isn't said already, and how to read on."""

    finding: Finding | None
    path: Path
    repair: Repair


_MOST_GUESSES = 100
"""How many unknown keys of one block are compared with those that a plan has."""


def find_faults(data: object) -> list[Fault]:
    """Find every place where plain data departs from the shape of a plan, each once."""
    if not isinstance(data, dict):
        return [Fault(no_plan(data), (), Repair.LEAVE_OUT)]
    misplaced = list(find_misplaced(data))
    faults = [Fault(finding, finding.path, Repair.LEAVE_OUT) for finding in misplaced]
    left_out: set[Path] = {finding.path for finding in misplaced}
    for finding, paths in find_outdented(data):
        for path in paths:
            repair = Repair.REPLACE if path == ("period",) else Repair.TAKE_OUT
            faults.append(Fault(finding if path == finding.path else None, path, repair))
        left_out.update(paths)
    suspects = Suspects(data)
    for error in islice(_errors(suspects.data), MOST_FINDINGS):
        path = suspects.place(tuple(error.absolute_path))
        if not any(path[:length] in left_out for length in range(len(path) + 1)):
            faults += [fault for fault in _faults(error, path) if fault.path not in left_out]
    return faults


def _errors(data: object) -> Iterator[Any]:
    import json

    from jsonschema import Draft202012Validator

    seen = set()
    for error in Draft202012Validator(json.loads(read_schema())).iter_errors(data):
        key = (error.validator, tuple(error.absolute_path))
        if key not in seen:  # jsonschema has an error a missing key; the first one speaks for all
            seen.add(key)
            yield error


def _faults(error: Any, path: Path) -> Iterator[Fault]:
    if error.validator == "required":
        meant = _meant(error)
        for key in error.validator_value:
            if key not in error.instance:
                said = key in meant.values()
                yield Fault(None if said else missing_key(key, path), (*path, key), Repair.REPLACE)
    elif error.validator == "additionalProperties":
        meant, known = _meant(error), list(error.schema["properties"])
        for count, key in enumerate(key for key in error.instance if key not in known):
            guess = meant.get(key) or (_nearest(key, tuple(known)) if count < _MOST_GUESSES else None)
            yield Fault(unknown_key(key, (*path, key), guess, known), (*path, key), Repair.TAKE_OUT)
    elif error.validator == "type":
        block = len(path) > 1 and path[-2] in shape.BLOCK_LISTS and isinstance(path[-1], int)
        repair = Repair.LEAVE_OUT if block else Repair.REPLACE
        yield Fault(wrong_type(path, error.instance), path, repair)
    else:
        yield Fault(
            not_allowed(path, error.instance, error.validator, error.validator_value), path, Repair.REPLACE
        )


@lru_cache(maxsize=500)  # a slip that is made once is made in each action
def _nearest(word: str, words: tuple[str, ...]) -> str | None:
    return closest(word, words) if len(word) < 100 else None


def _meant(error: Any) -> dict[str, str]:
    """Give, for unknown keys of a block, the missing keys that they probably are."""
    missing = [key for key in error.schema.get("required", ()) if key not in error.instance]
    meant: dict[str, str] = {}
    unknown = (key for key in error.instance if key not in error.schema["properties"])
    for key in islice(unknown, _MOST_GUESSES):
        guess = key_meant(key)
        guess = guess if guess in missing else _nearest(key, tuple(missing))
        if guess and guess not in meant.values():
            meant[key] = guess
    return meant
