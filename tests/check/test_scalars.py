"""What is looked at first, because it is quick, leaves nothing out."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plancli.check.checker import check
from plancli.check.scan.scalars import NUMBER, is_ambiguous
from plancli.check.scan.source import has_escapes
from plancli.plan.document import read_document


@pytest.mark.slow
@given(st.from_regex(re.compile(NUMBER, re.VERBOSE | re.ASCII), fullmatch=True))
def test_every_number_and_date_is_ambiguous(text: str) -> None:
    assert is_ambiguous(text)


@pytest.mark.parametrize("text", ["=", "<<", "~", "NO", ".inf"])
def test_words_with_a_meaning_in_yaml_1_1_are_ambiguous(text: str) -> None:
    assert is_ambiguous(text)


@given(st.text("<=~.-+01_:eoxTZyNf ", min_size=1, max_size=5))
def test_a_text_that_is_not_ambiguous_is_that_text_to_pyyaml(text: str) -> None:
    line = f"a: {text}"
    try:
        data, events = read_document(line, "x").data, list(yaml.parse(line, Loader=yaml.CLoader))
    except yaml.YAMLError:
        return
    if isinstance(data, dict) and type(data.get("a")) is str and not is_ambiguous(data["a"]) and events:
        assert yaml.safe_load(line) == data


@pytest.mark.parametrize("text", ["2021 et 2022", "1er janvier", "-ci", "0xZ", "12 %", "", "a", "zéro"])
def test_other_texts_are_not_ambiguous(text: str) -> None:
    assert not is_ambiguous(text)


@pytest.mark.parametrize("letter", ["x41", "u0041", "U00000041", "0", "a", "b", "e", "f", "v", "N", "L", "P"])
def test_escapes_in_a_quoted_scalar_are_found(letter: str) -> None:
    assert has_escapes(f'a: "\\{letter}"'.encode())


def test_escaped_quotes_and_backslashes_are_no_escapes_to_check() -> None:
    assert not has_escapes(rb'a: "\"\\ \/ \n \_ \r"')


def test_a_good_plan_is_read_once() -> None:
    with open("data/plan.yaml", "rb") as file:
        document = check(file.read(), "data/plan.yaml", only_errors=True).document
    assert "ends" not in vars(document)
