"""jsonschema is asked about the invalid blocks only, and finds in them what it finds in all."""

from copy import deepcopy
from typing import Any

import pytest

from plancli.check.schema.validation import InvalidBlocks, schema_errors
from plancli.location import Path
from plancli.plan.document import read_document
from tests.check.small_plans import edited, found


def published() -> Any:
    with open("data/plan.yaml", "rb") as file:
        return read_document(file.read(), "data/plan.yaml").data


ACTION: Path = ("orientations", 1, "measures", 2, "actions", 1)

FAULTS: list[dict[Path, object]] = [
    {},
    {(*ACTION, "priority"): []},
    {(*ACTION, "years", 0): "2021", (*ACTION, "pilot"): "DIHAL"},
    {ACTION: None, (*ACTION[:5], 0, "text"): 5},
    {(*ACTION[:4], "title"): None, (*ACTION, "text"): []},
    {(*ACTION[:4], "actions"): None, ("orientations", 0, "measures"): {}},
    {("orientations", 2, "number"): 0, ("orientations", 0, "measures", 0, "actions", 2, "number"): True},
    {("orientations",): "none"},
    {("period", "end"): "2022", ("orientations", 0): 1},
]


def put(data: Any, path: Path, value: object) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


@pytest.mark.parametrize("errors", FAULTS)
def test_schema_errors_of_invalid_blocks_are_those_of_the_whole_plan(errors: dict[Path, object]) -> None:
    data = deepcopy(published())
    for path, value in errors.items():
        put(data, path, value)
    whole = [(error.validator, tuple(error.absolute_path), error.instance) for error in schema_errors(data)]
    invalid = InvalidBlocks(data)
    found = [
        (error.validator, invalid.original_path(tuple(error.absolute_path)), error.instance)
        for error in schema_errors(invalid.data)
    ]
    assert [each[:2] for each in found] == [each[:2] for each in whole]
    assert all(type(one[2]) is type(other[2]) for one, other in zip(found, whole, strict=True))
    assert bool(found) == bool(errors)


def test_only_invalid_blocks_are_validated_by_the_schema() -> None:
    data = published()
    put(data, (*ACTION, "priority"), [])
    kept = InvalidBlocks(data).data["orientations"]
    assert [len(kept), len(kept[0]["measures"]), len(kept[0]["measures"][0]["actions"])] == [1, 1, 1]


@pytest.mark.parametrize(
    "entry",
    [
        "directorates:\n  pilots: 3",
        "statuses:\n  en cours: 3\ndirectorates:",
        "statuses:\n  closed: 3\ndirectorates:",
        "fields:\n  years: 3\ndirectorates:",
        "glossary:\n  pilots: [CAF]\ndirectorates:",
    ],
)
def test_the_rest_of_a_plan_is_checked_beside_an_invalid_entry_whatever_its_word_is(entry: str) -> None:
    rules = [rule for _line, _column, rule in found(edited(("directorates:", entry), ("[2021]", "[2030]")))]
    assert "wrong-type" in rules
    assert "year-outside-period" in rules
