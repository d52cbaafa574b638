"""What is looked at first, because it is quick, leaves nothing out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plancli.check.checker import check
from plancli.check.scan.scalars import _NUMBER, is_ambiguous
from plancli.check.scan.source import has_escapes


@given(st.from_regex(re.compile(_NUMBER, re.VERBOSE | re.ASCII), fullmatch=True))
def test_every_number_and_date_is_ambiguous(text: str) -> None:
    assert is_ambiguous(text)


@pytest.mark.parametrize("text", ["2021 et 2022", "1er janvier", "-ci", "0xZ", "12 %", "", "a", "zéro"])
def test_other_texts_are_not(text: str) -> None:
    assert not is_ambiguous(text)


@pytest.mark.parametrize("letter", ["x41", "u0041", "U00000041", "0", "a", "b", "e", "f", "v", "N", "L", "P"])
def test_escapes_are_looked_at(letter: str) -> None:
    assert has_escapes(f'a: "\\{letter}"'.encode())


def test_quotes_and_backslashes_are_not() -> None:
    assert not has_escapes(rb'a: "\"\\ \/ \n \t \_ \r"')


def test_a_good_plan_is_read_once() -> None:
    with open("data/plan.yaml", "rb") as file:
        document = check(file.read(), "data/plan.yaml", only_errors=True).document
    assert "ends" not in vars(document)
