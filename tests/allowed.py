"""Data made from the JSON Schema itself: all that it allows may come, and what stands one step beside it."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

SCHEMA: dict[str, Any] = json.loads((Path(__file__).parents[1] / "schema" / "plan.schema.json").read_text("utf-8"))
LARGEST = 10**18 - 1
"""The largest number that a plan file can hold."""

TEXTS = st.sampled_from(
    ["", "A", "B", "NO", "012", "1:30", "~", "- a", "a: b", "# a", " a ", "a  b", "a\nb", "é", "=1", "<i>", "2021"]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NUMBERS = st.integers(1, 4) | st.sampled_from([2021, 2022, LARGEST])


def allowed(schema: dict[str, Any] = SCHEMA) -> st.SearchStrategy[Any]:
    """Make what a part of the schema allows; a keyword that isn't known here is a mistake of the tests."""
    if "$ref" in schema:
        return allowed(SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    known = {
        "$schema",
        "$defs",
        "title",
        "description",
        "type",
        "enum",
        "minimum",
        "items",
        "examples",
        "default",
        "anyOf",
    }
    rest = schema.keys() - known - {"properties", "required", "additionalProperties", "anyOf"}
    assert not rest, rest
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return st.one_of([_typed(schema, each) for each in types])


def _typed(schema: dict[str, Any], kind: str) -> st.SearchStrategy[Any]:
    if kind == "null":
        return st.none()
    if kind == "boolean":
        return st.booleans()
    if kind == "string":
        return TEXTS
    if kind in ("integer", "number"):  # a number with a point is a text to the reader
        return NUMBERS | st.just(schema.get("minimum", 1))
    if kind == "array":
        return st.lists(st.deferred(lambda: allowed(schema["items"])), max_size=3)
    assert kind == "object", kind
    more = schema.get("additionalProperties")
    if "properties" not in schema:
        return st.dictionaries(TEXTS, allowed(more or {}), max_size=3)
    assert more is False
    parts = {key: allowed(each) for key, each in schema["properties"].items()}
    if "anyOf" in schema:
        return st.one_of([_block(parts, {*schema["required"], *each["required"]}) for each in schema["anyOf"]])
    return _block(parts, set(schema.get("required", ())))


def _block(parts: dict[str, st.SearchStrategy[Any]], required: set[str]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {key: each for key, each in parts.items() if key in required},
        optional={key: each for key, each in parts.items() if key not in required},
    )
