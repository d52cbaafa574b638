"""Random merges of plans of uneven depth, with codes, declared fields and reports: none is clean and wrong."""

from copy import deepcopy
from random import Random

import pytest

from plancli.plan.model import Plan, read_plan
from plancli.review.change import Change, ChangeKind
from plancli.review.diff.comparison import compare
from tests.review.merging import both_ways, merged, plan_of, told
from tests.review.test_diff_laws import counted, mirrored
from tests.review.trees import count, three_trees


@pytest.mark.parametrize("seed", range(2))
def test_no_merge_of_trees_is_clean_and_wrong(seed: int) -> None:
    hold(8, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 12))
def test_no_merge_of_many_trees_is_clean_and_wrong(seed: int) -> None:
    hold(100, seed)


def hold(merges: int, seed: int) -> None:
    counts, wrong = count(merges, seed)
    assert wrong == []
    assert counts["wrong", False] == counts["wrong", True] == 0
    assert counts["right", False] > merges / 3


@pytest.mark.parametrize("shows_base", [False, True])
def test_either_reading_of_all_conflicts_is_a_plan(shows_base: bool) -> None:
    stopped = 0
    for seed in range(20):
        sources = [side.source() for side in three_trees(Random(seed), 6)]
        result = merged(*sources, shows_base=shows_base)
        if result.conflicts:
            stopped += 1
            numbers = [[each.number for each in plan_of(content).actions] for content in both_ways(result)]
            assert all(numbers)
    assert stopped > 2


@pytest.mark.parametrize("seed", range(30))
def test_a_diff_of_trees_is_the_mirror_of_its_reverse(seed: int) -> None:
    base, ours, _theirs = three_trees(Random(seed), 3)
    old, new = (read_plan(side.data()) for side in (base, ours))
    assert counted(kept(new, old)) == mirrored(kept(old, new))
    assert compare(old, old) == []


def kept(old: Plan, new: Plan) -> list[Change]:
    """Compare plans, without the entries that an added action brings: those of a removed one aren't told."""
    return [each for each in compare(old, new) if each.before or each.kind is not ChangeKind.REPORTED]


def test_two_groups_that_would_stand_in_each_other_wait_for_a_person() -> None:
    base = next(tree for at in range(50) if len((tree := three_trees(Random(at))[0]).homes) > 2)
    for at, home in enumerate(base.homes):
        home |= {"above": None, "number": at + 1, "title": f"Axe {at}"}
    ours, theirs = base.copy(), base.copy()
    ours.homes[0] |= {"above": ours.homes[1]["id"], "number": 1}
    theirs.homes[1] |= {"above": theirs.homes[0]["id"], "number": 1}
    result = merged(base.source(), ours.source(), theirs.source())
    assert not result.clean
    assert told(result)
    kept = deepcopy(base.actions)
    assert all(action["text"] in " ".join(result.content.decode().split()) for action in kept)
