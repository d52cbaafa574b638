"""The plan of this repository as a file."""

from pathlib import Path

import pytest
import yaml
from ruamel.yaml import YAML

from plancli.check.checker import check
from plancli.plan.document import read_document
from plancli.plan.writer import dump

SOURCE = (Path(__file__).parents[1] / "data" / "plan.yaml").read_bytes()
DATA = read_document(SOURCE, "data/plan.yaml").data


def test_the_published_plan_has_no_diagnostic() -> None:
    assert check(SOURCE, "data/plan.yaml").diagnostics == ()


def test_the_published_plan_has_canonical_layout() -> None:
    head, _, rest = SOURCE.decode("utf-8").partition("\n")
    assert head == "# yaml-language-server: $schema=../schema/plan.schema.json"
    assert dump(DATA) == rest


def test_pyyaml_reads_the_published_plan_as_plancli_does() -> None:
    assert yaml.safe_load(SOURCE) == DATA


@pytest.mark.parametrize("pure", [True, False])
def test_ruamel_reads_the_published_plan_as_plancli_does(pure: bool) -> None:
    assert YAML(typ="safe", pure=pure).load(SOURCE) == DATA
