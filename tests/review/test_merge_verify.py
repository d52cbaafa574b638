"""The verifier of merges, asked about results that no merging of ours would give."""

import pytest

from plancli.plan.model import Plan
from plancli.review.diff import match
from plancli.review.merge.verify import is_lossy
from tests.review.edits import DATA, Edits


def sides() -> tuple[Edits, Edits, Edits]:
    """Give base, a side that takes action 12 away, and one that is still as base."""
    ours = Edits()
    ours.take(12)
    return Edits(DATA), ours, Edits()


def is_lost(base: Edits, ours: Edits, theirs: Edits, result: Plan) -> set[bool]:
    """Ask both ways round."""
    old = base.plan()
    return {
        is_lossy((old, one, other), (match(old, one), match(old, other)), result)
        for one, other in ((ours.plan(), theirs.plan()), (theirs.plan(), ours.plan()))
    }


@pytest.mark.parametrize(
    ("field", "value"), [("years", [2022]), ("priority", 2), ("pilots", ["DHUP"]), ("associated", ["DSS"])]
)
def test_what_one_side_changed_is_lost_where_the_other_took_it_away(field: str, value: object) -> None:
    base, ours, theirs = sides()
    theirs.action(12)[field] = value
    assert is_lost(base, ours, theirs, ours.plan()) == {True}
    assert is_lost(base, ours, theirs, theirs.plan()) == {True}


def test_words_are_lost_where_the_other_side_took_the_action_away() -> None:
    base, ours, theirs = sides()
    theirs.action(12)["text"] += " Et le dire."
    assert is_lost(base, ours, theirs, ours.plan()) == {True}


def test_a_move_is_lost_where_the_other_side_took_the_action_away() -> None:
    base, ours, theirs = sides()
    theirs.move(12, 9)
    assert is_lost(base, ours, theirs, ours.plan()) == {True}


def test_a_number_alone_is_not() -> None:
    base, ours, theirs = sides()
    assert is_lost(base, ours, theirs, ours.plan()) == {False}
    theirs.renumber({12: 40})
    assert is_lost(base, ours, theirs, ours.plan()) == {False}


def test_what_nobody_wrote_is_told() -> None:
    base, ours, theirs = sides()
    result = Edits(ours.data)
    result.action(13)["priority"] = 3 - result.action(13)["priority"]
    assert is_lost(base, ours, theirs, result.plan()) == {True}
