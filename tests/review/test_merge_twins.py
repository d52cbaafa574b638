"""Merges of plans whose actions are easily mistaken for each other: none is clean and wrong."""

from random import Random

import pytest

from tests.review.edits import DATA
from tests.review.merging import action, merged, told
from tests.review.test_diff import TWIN
from tests.review.twin_merges import Verdict, count, judged
from tests.review.twins import CODES, Side, three

NEAR = TWIN.replace("chaque", "toute")


def two_twins() -> Side:
    """Make a plan of two actions of one text, with other pilots."""
    home = {"id": 0, "number": 1, "title": "Une mesure"}
    known = {"home": 0, "text": TWIN, "associated": ["DB"], "years": [2021], "priority": 1}
    rows = [
        {"id": at, "number": at + 1, "pilots": [pilot], **known, "associated": [other]}
        for at, (pilot, other) in enumerate([("DHUP", "DIHAL"), ("DSJ", "SAFSL"), ("DACS", "DB")])
    ]
    rows[2]["text"] = "Publier un guide de bonnes pratiques à l'attention des commissions locales."
    return Side([home], rows, [])


def test_an_edit_goes_to_the_one_of_two_actions_of_one_text_that_was_edited() -> None:
    base, ours, theirs = two_twins(), two_twins(), two_twins()
    ours.actions[0]["text"] = NEAR
    ours.actions[1]["number"], ours.actions[2]["number"] = 3, 2
    theirs.actions[1]["pilots"], theirs.actions[1]["associated"] = ["DSJ", "DACS"], []
    verdict, result = judged(base, ours, theirs)
    assert verdict.driver == "right"
    assert action(result, 3).pilots == ("DSJ", "DACS")
    assert action(result, 1).pilots == ("DHUP",)


def test_where_either_of_two_actions_may_be_meant_the_merge_stops() -> None:
    """Pilots or numbers were exchanged: nothing tells which, and theirs changed one of the two."""
    base = two_twins()
    base.actions[1]["associated"] = base.actions[0]["associated"]
    ours, theirs = base.copy(), base.copy()
    ours.actions[0]["number"], ours.actions[1]["number"] = 2, 1
    ours.actions.sort(key=lambda each: int(each["number"]))
    theirs.actions[0]["years"] = [2022]
    theirs.actions[0]["pilots"] = ["DHUP", "DACS"]
    result = merged(base.source(), ours.source(), theirs.source())
    assert not result.clean
    assert told(result) != []


def test_merge_goes_through_where_either_match_gives_the_same_plan() -> None:
    base = two_twins()
    base.actions[1]["associated"] = base.actions[0]["associated"]
    ours, theirs = base.copy(), base.copy()
    ours.actions[0]["number"], ours.actions[1]["number"] = 2, 1
    theirs.actions[2]["years"] = [2022]
    assert judged(base, ours, theirs)[0].driver == "right"


@pytest.mark.parametrize("number", [1437, 1448, 2344, 4906])
def test_a_clean_merge_of_git_stops_where_another_reading_is_as_good(number: int) -> None:
    """Found among 5,000: git puts these together wrongly and says nothing."""
    verdict, _result = judged(*three(Random(f"1 {number}")))
    assert (verdict.git, verdict.driver) == ("wrong", "stopped")


@pytest.mark.parametrize("seed", range(4))
def test_no_merge_is_clean_and_wrong(seed: int) -> None:
    hold(10, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 13))
def test_no_merge_of_many_is_clean_and_wrong(seed: int) -> None:
    hold(100, seed)


def hold(merges: int, seed: int) -> None:
    counts, worse = count(merges, seed)
    assert worse == []
    assert counts[Verdict("right", "stopped", False)] == 0
    assert sum(number for verdict, number in counts.items() if verdict.driver == "right") > merges / 3


def test_the_plans_made_up_are_made_of_what_a_plan_has() -> None:
    """The oracle must follow each field that the table of fields has."""
    base, _ours, _theirs = three(Random(1))
    made = base.data()["orientations"][0]["measures"][0]["actions"][0]
    assert made.keys() == DATA["orientations"][0]["measures"][0]["actions"][0].keys()
    assert set(base.data()["directorates"]) == set(CODES)
