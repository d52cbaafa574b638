"""The JSON Schema and the strict model: two readers of one shape."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plancli.plan.document import read_document
from plancli.plan.model import NOTE_FIELDS, ShapeError, read_plan, shape
from plancli.plan.model.shape import Holds
from tests.allowed import SCHEMA, allowed

ROOT = Path(__file__).parents[1]
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
REAL: dict[str, Any] = read_document((ROOT / "data" / "plan.yaml").read_bytes(), "data/plan.yaml").data

VALUES = [None, True, False, -1, 0, 1, 2022, 10**17, "", "x", "1", "text", "title", [], [1], ["x"], {}, {"x": "y"}]
KEYS = ["number", "title", "text", "note", "name", "field", "source", "action", "priorities", "glossary", "x", ""]


def small() -> dict[str, Any]:
    """Cut the real plan down to two of each block."""
    plan = copy.deepcopy(REAL)
    plan["directorates"] = {**dict(list(plan["directorates"].items())[:2]), "NIL": None, "SAFSL": {"note": "x"}}
    plan["orientations"] = plan["orientations"][:2]
    for count, orientation in enumerate(plan["orientations"], 1):
        orientation["measures"] = orientation["measures"][:count]
        for measure in orientation["measures"]:
            measure["actions"] = measure["actions"][:1]
    plan["source_notes"] = [{"note": "x"}, *plan["source_notes"][5:7], {"orientation": 1, "note": "x"}]
    plan["glossary"] = {"SI": "système d'information", "CAF": "caisse"}
    return plan


SMALL = small()


def paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield from paths(value, (*path, key))


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        data = data[key]
    return data


def replaced(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a copy with another value in one place; all that is beside the way there is shared."""
    if not path:
        return value
    key, *rest = path
    data = copy.copy(data)
    data[key] = replaced(data[key], (*rest,), value) if rest else value
    return data


def model_accepts(data: object) -> bool:
    try:
        read_plan(data)
    except ShapeError:
        return False
    return True


def agree(data: object) -> bool:
    wanted = VALIDATOR.is_valid(data)
    assert model_accepts(data) == wanted, list(VALIDATOR.iter_errors(data)) or "only the model refuses"
    return wanted


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert agree(REAL)
    assert agree(SMALL)


def test_an_editor_may_read_a_declared_number_with_a_point() -> None:
    """To editors ``12.5`` is a number; to plancli's reader it is a text until its field is known."""
    action = ("orientations", 0, "measures", 0, "actions", 0, "fields")
    assert VALIDATOR.is_valid(replaced(SMALL, action, {"budget": 12.5}))


def test_every_property_has_a_description() -> None:
    for path in paths(SCHEMA):
        if len(path) > 1 and path[-2] == "properties":
            description = at(SCHEMA, path).get("description", "")
            assert description.endswith("."), path
            assert description[0].isupper(), path


def test_fields_of_a_note_are_those_of_the_model() -> None:
    assert SCHEMA["$defs"]["source_note"]["properties"]["field"]["enum"] == list(NOTE_FIELDS)


@pytest.mark.parametrize("block", shape.SHAPE)
def test_each_block_has_the_keys_of_the_schema_in_their_order(block: str) -> None:
    said = SCHEMA if block == "plan" else SCHEMA["$defs"].get(block) or SCHEMA["properties"][block]
    keys = shape.SHAPE[block]
    assert list(said["properties"]) == [key.name for key in keys]
    assert set(said.get("required", ())) == {key.name for key in keys if key.required}


def test_a_key_means_the_same_in_each_block_that_has_it() -> None:
    for keys in shape.SHAPE.values():
        named = [key for key in keys if key.type is not Holds.VALUES]
        assert [(key.name, key.type) for key in named] == [(key.name, shape.KEYS[key.name].type) for key in named]


@pytest.mark.slow
@pytest.mark.parametrize("path", list(paths(SMALL)), ids=lambda path: "/".join(map(str, path)) or "top")
def test_schema_and_model_agree_on_each_place_of_a_plan(path: tuple[Any, ...]) -> None:
    """Put each value in each place, take the place out, and put each key beside it."""
    for value in VALUES:
        agree(replaced(SMALL, path, value))
    here = at(SMALL, path)
    if isinstance(here, dict):
        for key in KEYS:
            for value in VALUES[:8]:
                agree(replaced(SMALL, (*path, key), value))
    if path:
        data = copy.deepcopy(SMALL)
        del at(data, path[:-1])[path[-1]]
        agree(data)


JSON = st.recursive(
    st.sampled_from([value for value in VALUES if not isinstance(value, list | dict)]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=8,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0), JSON | st.just(...), st.sampled_from(KEYS)), min_size=1, max_size=3))
def test_schema_and_model_agree_on_mutations_of_the_real_plan(mutations: list[tuple[int, Any, str]]) -> None:
    """Change a few places at once: a new value, a new key, a copy of another place, nothing at all."""
    data: Any = copy.deepcopy(REAL)
    for number, value, key in mutations:
        places = list(paths(data))
        path = places[number % len(places)]
        if value is ...:
            value = at(data, places[number * 7 % len(places)])
        if isinstance(at(data, path), dict) and number % 3 == 0:
            path = (*path, key)
        data = replaced(data, path, value)
    agree(data)


@settings(deadline=None, max_examples=60)
@given(allowed())
def test_schema_and_model_agree_on_all_that_the_schema_allows(data: Any) -> None:
    assert agree(data)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(allowed(), st.integers(0), JSON, st.sampled_from(["put", "add", "take out"]), st.sampled_from(KEYS))
def test_schema_and_model_agree_one_step_beside(data: Any, number: int, value: Any, done: str, key: str) -> None:
    places = list(paths(data))
    path = places[number % len(places)]
    if done == "take out" and path:
        del at(data, path[:-1])[path[-1]]
    elif done == "add" and isinstance(at(data, path), dict):
        data = replaced(data, (*path, key), value)
    else:
        data = replaced(data, path, value)
    agree(data)


def test_the_schema_of_the_repository_is_printed(plancli: Callable[..., Any]) -> None:
    assert plancli("schema") == (0, (ROOT / "schema" / "plan.schema.json").read_text("utf-8"), "")
