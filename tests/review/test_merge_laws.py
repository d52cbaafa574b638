"""Laws of the merge, on edits of the real plan made up by Hypothesis and by chance."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plancli.check.checker import check
from plancli.git import LineMerge
from plancli.review.merge import merge_by_meaning
from tests.review.edits import SOURCE
from tests.review.made_merges import BASE, Person, hold, two
from tests.review.merging import NAME, merged

pytestmark = pytest.mark.slow  # many merges by chance

few = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def people(draw: st.DrawFn) -> Person:
    """Make somebody who did a few things; Hypothesis chooses how many and which."""
    return Person("ours", draw(st.randoms(use_true_random=False)), draw(st.integers(0, 5)))


def by_meaning(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """Merge by meaning, without the short cuts for a side that changed nothing."""
    sides = check(base, NAME), check(ours, NAME), check(theirs, NAME)
    result = merge_by_meaning(sides, LineMerge(b"", 1))
    assert result.clean
    return result.content


@few
@given(people())
def test_a_merge_with_base_is_the_other_side(person: Person) -> None:
    for base in (BASE, SOURCE):
        assert merged(base, person.source, base).content == person.source
        assert merged(base, base, person.source).content == person.source
    assert by_meaning(BASE, person.source, BASE) == person.source
    assert by_meaning(BASE, BASE, person.source) == person.source


@few
@given(people())
def test_a_merge_with_the_same_is_the_same(person: Person) -> None:
    assert merged(BASE, person.source, person.source).content == person.source
    assert by_meaning(BASE, person.source, person.source) == person.source


@few
@given(st.randoms(use_true_random=False))
def test_nothing_is_lost_and_the_sides_are_alike(random: Random) -> None:
    hold(*two(random))


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_lost_by_chance(seed: int) -> None:
    random = Random(seed)
    for _ in range(4):
        hold(*two(random, 8))
