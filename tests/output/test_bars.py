"""Bars: scaled, and never lying about what is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plancli.output.layout.table import bar_lengths


@pytest.mark.parametrize(
    ("parts", "whole", "columns", "wanted"),
    [
        ((30, 1), 31, 31, [30, 1]),
        ((30, 1), 31, 22, [21, 1]),
        ((6, 10), 31, 22, [4, 7]),
        ((2, 2), 31, 25, [2, 1]),
        ((0, 1), 1000, 20, [0, 1]),
        ((1, 1), 1000, 20, [1, 1]),
        ((999, 1), 1000, 20, [19, 1]),
        ((0, 0), 31, 22, [0, 0]),
    ],
)
def test_lengths_of_the_parts_of_a_bar(
    parts: tuple[int, ...], whole: int, columns: int, wanted: list[int]
) -> None:
    assert bar_lengths(parts, whole, columns) == wanted


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=2), st.integers(0, 10_000), st.integers(2, 60))
def test_a_bar_fits_and_no_part_vanishes(parts: list[int], more: int, columns: int) -> None:
    own = bar_lengths(parts, sum(parts) + more, columns)
    assert sum(own) <= columns
    assert [length > 0 for length in own] == [part > 0 for part in parts]
