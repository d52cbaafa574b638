"""What two texts have in common, in order."""

from collections.abc import Hashable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plancli.review.diff.sequences as module
from plancli.review.diff.sequences import matching_blocks

WORDS = st.lists(st.sampled_from("abcd"), max_size=12)


def in_common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """Count the words that both have in the same order."""
    return sum(length for _old, _new, length in matching_blocks(old, new))


def longest(old: list[str], new: list[str]) -> int:
    """Count the longest common sequence the slow and certain way."""
    row = [0] * (len(new) + 1)
    for word in old:
        before = row
        row = [0]
        for at, other in enumerate(new):
            row.append(before[at] + 1 if word == other else max(before[at + 1], row[at]))
    return row[-1]


@given(WORDS, WORDS)
def test_longest_common_sequence(old: list[str], new: list[str]) -> None:
    assert in_common(old, new) == longest(old, new) == in_common(new, old)


@given(WORDS, WORDS)
def test_stretches_are_common_and_in_order(old: list[str], new: list[str]) -> None:
    blocks = matching_blocks(old, new)
    for start, other, length in blocks:
        assert length > 0
        assert old[start : start + length] == new[other : other + length]
    for (start, other, length), (following, position, _length) in pairwise(blocks):
        assert start + length <= following
        assert other + length <= position
        assert (start + length, other + length) != (following, position)


@given(st.lists(st.sampled_from("abcdefgh"), max_size=40), st.lists(st.sampled_from("abcdefgh"), max_size=40))
def test_sequences_past_the_limit_are_common_too(old: list[str], new: list[str]) -> None:
    limit = module.LIMIT
    module.LIMIT = 4
    try:
        blocks = matching_blocks(old, new)
    finally:
        module.LIMIT = limit
    assert sum(length for _old, _new, length in blocks) <= longest(old, new)
    for start, other, length in blocks:
        assert old[start : start + length] == new[other : other + length]


@pytest.mark.parametrize("edits", [1, 50])
def test_a_long_text_with_few_edits(edits: int) -> None:
    old = [f"mot{n}" for n in range(30_000)]
    new = list(old)
    for n in range(edits):
        new[n * 599 + 7] = "autre"
    assert in_common(old, new) == 30_000 - edits
