"""JSON: the plan in the shape of its file."""

import json
from copy import deepcopy

import jsonschema

from plancli.check.schema import read_schema
from plancli.plan.model import Plan, read_plan
from tests.exchange.made_up import SMALL, small
from tests.exchange.test_exporters import exported


def test_the_file_is_the_plan_and_the_schema_describes_it(published: Plan) -> None:
    data = json.loads(exported(published, ".json"))
    jsonschema.Draft202012Validator(json.loads(read_schema())).validate(data)
    assert read_plan(data) == published


def test_everything_is_there_typed_and_in_order() -> None:
    wanted = deepcopy(SMALL)
    wanted["directorates"]["DGTrésor"] = {}
    file = exported(small(), ".json").decode()
    assert json.loads(file) == wanted
    assert list(json.loads(file)) == list(wanted)
    assert "Définir une stratégie" in file
    assert file.endswith("}\n")


def test_json_export_leaves_empty_optional_keys_out() -> None:
    data = {
        key: value for key, value in SMALL.items() if key not in ("unused_numbers", "source_notes", "glossary")
    }
    assert list(json.loads(exported(read_plan(data), ".json"))) == list(data)
