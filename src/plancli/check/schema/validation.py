"""Errors of the JSON Schema, each place once, with how the rest can be read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from plancli.check.remedies import indent_under, lay_out_mapping
from plancli.check.schema import read_schema
from plancli.check.schema.messages import (
    missing_key,
    not_a_plan,
    not_allowed,
    suggest_key,
    unknown_key,
    wrong_type,
)
from plancli.check.schema.misplaced import find_misplaced, find_outdented
from plancli.diagnostic import MOST_FINDINGS, Finding, Fix, Part
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.document import Document
from plancli.plan.model import is_block, shape
from plancli.text import closest


class InvalidBlocks:
    """The data of a plan without the blocks that have their shape: jsonschema is slow on valid ones."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._kept: dict[Path, list[int]] = {}
        self.data = self._without(data, ())

    def original_path(self, path: Path) -> Path:
        """Return where in the whole data something at a path of these stands."""
        return tuple(
            self._kept[path[:length]][step] if isinstance(step, int) and path[:length] in self._kept else step
            for length, step in enumerate(path)
        )

    def _without(self, block: Any, here: Path) -> Any:
        if type(block) is not dict:
            return block
        for key in shape.LEVELS:
            if type(block.get(key)) is list:
                path = (*here, key)
                kept = [index for index, item in enumerate(block[key]) if not is_block(key, item)]
                self._kept[path] = kept
                items = [self._without(block[key][index], (*path, at)) for at, index in enumerate(kept)]
                block = {**block, key: items}
        return block


class Repair(Enum):
    """The way to read the rest: with something else in its place, without the key, without the item."""

    REPLACE = "replace"
    DROP_KEY = "drop-key"
    DROP_ITEM = "drop-item"


class ShapeFinding(NamedTuple):
    """A place where data departs from the shape of a plan, and how to read on.

    ``finding`` is None where something else says it already.
    """

    finding: Finding | None
    path: Path
    repair: Repair


def repair_of(path: Path) -> Repair:
    """Return how to read on where the whole value at a path is wrong: a block of a list is dropped."""
    is_block = len(path) > 1 and path[-2] in shape.BLOCK_LISTS and isinstance(path[-1], int)
    return Repair.DROP_ITEM if is_block else Repair.REPLACE


_MOST_GUESSES = 100
"""How many unknown keys of one block are compared with those that a plan has."""


def find_shape_errors(document: Document) -> list[ShapeFinding]:
    """Find every place where the data of a document departs from the shape of a plan, each once."""
    data = document.data
    if not isinstance(data, dict):
        return [ShapeFinding(not_a_plan(data), (), Repair.DROP_ITEM)]
    misplaced = list(find_misplaced(data))
    found = [ShapeFinding(finding, finding.path, Repair.DROP_ITEM) for finding in misplaced]
    left_out: set[Path] = {finding.path for finding in misplaced}
    for finding, paths in find_outdented(data):
        finding = finding._replace(fix=_indent_keys(document, finding.path))
        for path in paths:
            repair = Repair.REPLACE if path == paths[-1] else Repair.DROP_KEY  # the last is what they are beside
            found.append(ShapeFinding(finding if path == finding.path else None, path, repair))
        left_out.update(paths)
    invalid = InvalidBlocks(data)
    for error in islice(schema_errors(invalid.data), MOST_FINDINGS):
        path = invalid.original_path(tuple(error.absolute_path))
        if not any(path[:length] in left_out for length in range(len(path) + 1)):
            found += [each for each in _shape_errors(error, path, document) if each.path not in left_out]
    return found


def ask_for_missing(found: Iterable[Finding], missing: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings of YAML; a key that is repeated may be meant as the one that its block lacks."""
    lacking: dict[Path, list[Finding]] = {}
    for each in missing:
        if each.about and each.part is Part.HEAD:
            lacking.setdefault(each.about[:-1], []).append(each)
    for finding in found:
        lacked = lacking.get(finding.path[:-1], []) if finding.path else []
        if len(lacked) == 1:
            other = lacked.pop()
            hint = _("is one of them {key}, which is missing?").format(key=other.value)
            finding = finding._replace(help=hint, about=other.about)
        yield finding


def _indent_keys(document: Document, path: Path) -> Fix | None:
    """Return the fix for the keys of a period, a directorate, a status or a field that are beside it."""
    around = document.at(path[:-1])
    kind = shape.KEYS[str(path[0])].block if len(path) > 1 else "period"
    own = [key.name for key in shape.SHAPE[kind]]
    names = [*around] if isinstance(around, dict) else []
    index = names.index(path[-1])
    if not index or path[-1] not in own:  # or whole entries: what is under them may be beside them
        return None
    paths = [(*path[:-1], name) for name in names[index:] if name in own]
    return indent_under(document, paths, (*path[:-1], names[index - 1]))


def _wrong_type(document: Document, path: Path, value: object) -> Finding:
    """Return the finding of a value of another type, with what only the text of the file tells.

    A colon made keys and values of a text; a ``#`` made a comment of the value of a key.
    """
    finding = wrong_type(path, value, document.at(path[:-1]), document.at(("directorates",)))
    if isinstance(value, dict) and shape.is_text(path):
        return finding._replace(fix=lay_out_mapping(document, path))
    if value is None and re.search(r": +#", document.line(document.span(path).start.line)):
        return finding._replace(help=_("a # begins a comment: write the value without it, or in quotes"))
    return finding


def schema_errors(data: object) -> Iterator[Any]:
    """Yield the errors of jsonschema, of those of one kind at one path the first."""
    import json

    from jsonschema import Draft202012Validator

    seen = set()
    for error in Draft202012Validator(json.loads(read_schema())).iter_errors(data):
        key = (error.validator, tuple(error.absolute_path))
        if key not in seen:  # jsonschema has an error a missing key; the first one speaks for all
            seen.add(key)
            yield error


def _shape_errors(error: Any, path: Path, document: Document) -> Iterator[ShapeFinding]:
    if error.validator == "required":
        meant = _suggest_missing(error)
        for key in error.validator_value:
            if key not in error.instance:
                said = key in meant.values()
                yield ShapeFinding(None if said else missing_key(key, path), (*path, key), Repair.REPLACE)
    elif error.validator == "anyOf":
        key, *others = _contents(error)
        said = not {key, *others}.isdisjoint(_suggest_missing(error).values())
        yield ShapeFinding(None if said else missing_key(key, path), (*path, key), Repair.REPLACE)
    elif error.validator == "additionalProperties":
        meant, known = _suggest_missing(error), list(error.schema["properties"])
        for count, key in enumerate(key for key in error.instance if key not in known):
            guess = meant.get(key) or (_nearest(key, tuple(known)) if count < _MOST_GUESSES else None)
            finding = unknown_key(key, (*path, key), guess, known, error.instance)
            declared = document.at(("fields",))
            if path and "fields" in known and isinstance(declared, dict) and key in declared:
                finding = finding._replace(
                    detail="",
                    label="",
                    help=_("write it under fields: of this action, where declared fields stand"),
                    fix=None,
                )
            yield ShapeFinding(finding, finding.path, Repair.DROP_KEY)
    elif error.validator == "type":
        yield ShapeFinding(_wrong_type(document, path, error.instance), path, repair_of(path))
    else:
        yield ShapeFinding(
            not_allowed(path, error.instance, error.validator, error.validator_value), path, Repair.REPLACE
        )


@lru_cache(maxsize=500)  # a slip that is made once is made in each action
def _nearest(word: str, words: tuple[str, ...]) -> str | None:
    return closest(word, words) if len(word) < 100 else None


def _contents(error: Any) -> list[str]:
    """Return the keys of which a block needs one for its contents, the usual one first."""
    return [each["required"][0] for each in error.schema.get("anyOf", ())]


def _suggest_missing(error: Any) -> dict[str, str]:
    """Return, for unknown keys of a block, the missing keys that they probably are."""
    missing = [key for key in error.schema.get("required", ()) if key not in error.instance]
    contents = _contents(error)
    if not any(key in error.instance for key in contents):
        missing += contents
    meant: dict[str, str] = {}
    unknown = (key for key in error.instance if key not in error.schema["properties"])
    for key in islice(unknown, _MOST_GUESSES):
        guess = suggest_key(key)
        guess = guess if guess in missing else _nearest(key, tuple(missing))
        if guess and guess not in meant.values():
            meant[key] = guess
    return meant
