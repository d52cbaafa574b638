"""What only a person can decide: the merge stops, says why, and loses nothing of either side."""

import pytest

from plancli.diagnostic import Diagnostic, Severity
from plancli.location import Position, Span
from plancli.review.merge import BlockName, MergeConflict, MergeResult
from tests.review.edits import Edits
from tests.review.merging import both_ways, merged, new_action, own_merge, plan_of, sides, told

pytestmark = pytest.mark.slow  # each merge is laid out three times

BASE = Edits().source()
TEXTS = (
    "Publier chaque année le bilan des actions menées.",
    "Former les agents des préfectures au droit du bail.",
)


def stopped(ours: Edits, theirs: Edits, *words: str) -> MergeResult:
    """Merge; it must stop either way round, and hold these words."""
    for one, other in ((theirs, ours), (ours, theirs)):
        result = merged(BASE, one.source(), other.source())
        assert not result.clean
        for word in words:
            assert word in result.content.decode()
    return result


@pytest.mark.parametrize("kept", [None, 41])
def test_a_removed_or_renumbered_action_that_may_be_back_in_other_words(kept: int | None) -> None:
    """Under another number a text that shares less than 85 % of its words is another: here it may be the same."""
    _base, ours, theirs = sides()
    action = ours.action(12)
    words = action["text"].split(" ")
    words[::4] = ["autrement"] * len(words[::4])
    ours.renumber({12: 40})
    action["text"] = " ".join(words)
    if kept:
        theirs.renumber({12: kept})
    else:
        theirs.take(12)
        theirs.data["source_notes"] = [note for note in theirs.data["source_notes"] if note.get("action") != 12]
    result = stopped(ours, theirs)
    assert result.unmerged == BlockName("actions", "12")
    assert result.ambiguous


def test_both_append_an_action_33_in_one_measure() -> None:
    _base, ours, theirs = sides()
    ours.measure(9)["actions"].append(new_action(33, TEXTS[0]))
    theirs.measure(9)["actions"].append(new_action(33, TEXTS[1]))
    result = stopped(ours, theirs, *TEXTS)
    assert told(result) == ["action 33: yours added, theirs added"]
    assert both_ways(result) == (ours.source(), theirs.source())


def test_both_append_an_action_33_in_two_measures() -> None:
    _base, ours, theirs = sides()
    ours.measure(2)["actions"].append(new_action(33, TEXTS[0]))
    theirs.measure(9)["actions"].append(new_action(33, TEXTS[1]))
    assert own_merge(BASE, ours.source(), theirs.source()).conflicts == 0
    result = stopped(ours, theirs, *TEXTS)
    assert told(result) == ["action 33: yours added, theirs added"]


def test_a_removal_against_an_edit_stops() -> None:
    _base, ours, theirs = sides()
    ours.take(24)
    theirs.action(24)["years"] = [2021, 2022]
    result = stopped(ours, theirs, theirs.action(24)["text"][:40])
    assert told(result) == ["action 24: yours removed, theirs changed"]
    assert both_ways(result)[1] == theirs.source()
    assert [each.number for each in plan_of(both_ways(result)[0]).actions] == [
        each.number for each in ours.plan().actions
    ]


def test_delete_against_renumbering_only_is_a_deletion() -> None:
    _base, ours, theirs = sides()
    ours.take(32)
    theirs.renumber({32: 33})
    result = merged(BASE, ours.source(), theirs.source())
    assert 32 not in {each.number for each in plan_of(result.content).actions}


def test_a_move_to_two_measures_stops() -> None:
    _base, ours, theirs = sides()
    ours.move(24, 8)
    theirs.move(24, 3)
    result = stopped(ours, theirs)
    assert told(result) == ["action 24: yours moved to measure 8, theirs moved to measure 3"]
    one, other = map(plan_of, both_ways(result))
    assert [a.measure for a in one.actions if a.number == 24] == [8]
    assert [a.measure for a in other.actions if a.number == 24] == [3]


def test_years_changed_in_two_ways() -> None:
    _base, ours, theirs = sides()
    ours.action(28)["years"] = [2022]
    theirs.action(28)["years"] = [2021, 2022]
    ours.action(28)["priority"] = 2
    theirs.action(28)["associated"] = ["DSJ", "DACS", "DB"]
    result = stopped(ours, theirs)
    assert told(result) == ["action 28, years: yours 2022, theirs 2021-2022"]
    conflict = (
        "            associated: [DSJ, DACS, DB]\n"
        "<<<<<<< ours\n            years: [2022]\n"
        "=======\n            years: [2021, 2022]\n>>>>>>> theirs\n"
        "            priority: 2\n"
    )
    assert conflict in result.content.decode()


def test_the_same_words_changed_in_two_ways() -> None:
    _base, ours, theirs = sides()
    ours.action(8)["text"] = ours.action(8)["text"].replace("systématiquement", "sous quinze jours")
    theirs.action(8)["text"] = theirs.action(8)["text"].replace("systématiquement", "sous huit jours")
    result = stopped(ours, theirs, "sous quinze jours", "sous huit jours")
    assert told(result) == ["action 8, text: yours « sous quinze jours », theirs « sous huit jours »"]


def test_a_directorate_in_both_roles_after_the_merge() -> None:
    _base, ours, theirs = sides()
    ours.action(24)["pilots"] = ["DIHAL", "DSS"]
    theirs.action(24)["associated"] = ["DHUP", "DSS"]
    result = stopped(ours, theirs)
    assert told(result) == [
        "action 24, pilots: yours DIHAL, DSS, theirs DIHAL",
        "action 24, associated: yours DHUP, theirs DHUP, DSS",
    ]


def test_no_pilot_left_after_the_merge() -> None:
    ours, theirs = Edits(), Edits()
    base = Edits()
    for side, pilots in ((base, ["DIHAL", "DHUP"]), (ours, ["DIHAL"]), (theirs, ["DHUP"])):
        side.action(24)["pilots"] = pilots
        side.action(24)["associated"] = []
    result = merged(base.source(), ours.source(), theirs.source())
    assert told(result) == ["action 24, pilots: yours DIHAL, theirs DHUP"]


def test_numbers_changed_in_two_ways() -> None:
    _base, ours, theirs = sides()
    ours.renumber({32: 33})
    theirs.renumber({32: 34})
    result = stopped(ours, theirs, "number: 33", "number: 34")
    assert "number: yours 33, theirs 34" in told(result)[0]


def test_a_number_taken_twice_by_renumbering_and_addition() -> None:
    _base, ours, theirs = sides()
    ours.renumber({32: 33})
    theirs.measure(2)["actions"].append(new_action(33, TEXTS[0]))
    stopped(ours, theirs, TEXTS[0])


def test_a_measure_removed_and_used() -> None:
    _base, ours, theirs = sides()
    for number in [each["number"] for each in ours.measure(9)["actions"]]:
        ours.move(number, 8)
    ours.data["orientations"][2]["measures"].remove(ours.measure(9))
    theirs.measure(9)["actions"].append(new_action(33, TEXTS[0]))
    result = stopped(ours, theirs, TEXTS[0])
    assert told(result) == ["measure 9: what you did and what they did can't be brought together here"]


@pytest.mark.parametrize("whole", [False, True])
def test_a_measure_removed_with_an_action_that_the_other_side_changed(whole: bool) -> None:
    _base, ours, theirs = sides()
    orientation = ours.data["orientations"][2]
    orientation["measures"].remove(ours.measure(9))
    if whole:
        ours.data["orientations"].remove(orientation)
    theirs.action(31)["priority"] = 2
    for one, other in ((ours, theirs), (theirs, ours)):
        result = stopped(one, other, theirs.action(31)["text"][:40])
        assert told(result) == ["measure 9: what you did and what they did can't be brought together here"]


def test_a_measure_removed_that_the_other_side_left_alone() -> None:
    _base, ours, theirs = sides()
    ours.data["orientations"][2]["measures"].remove(ours.measure(9))
    ours.data["source_notes"] = [note for note in ours.data["source_notes"] if note.get("action") not in (31, 32)]
    theirs.action(1)["priority"] = 2
    result = merged(BASE, ours.source(), theirs.source())
    assert result.clean
    assert [each.number for each in plan_of(result.content).measures] == list(range(1, 9))


def test_one_directorate_described_in_two_ways() -> None:
    _base, ours, theirs = sides()
    ours.data["directorates"]["DSE"] = {"name": "Sous-direction des études"}
    theirs.data["directorates"]["DSE"] = {"name": "Service des études"}
    result = stopped(ours, theirs)
    assert told(result) == ["directorate DSE, name: yours Sous-direction des études, theirs Service des études"]


@pytest.mark.parametrize("side", [0, 1, 2])
def test_a_side_that_is_no_plan_is_left_to_git(side: int) -> None:
    sources = [BASE, BASE.replace(b"fr\n", b"en\n", 1), BASE.replace(b"2021", b"2020", 1)]
    sources[side] = b"number: 1\n"
    base, ours, theirs = sources
    own = own_merge(base, ours, theirs)
    result = merged(base, ours, theirs)
    assert (result.content, result.clean) == (own.content, own.conflicts == 0)


def test_two_first_versions_are_left_to_git() -> None:
    ours = Edits()
    ours.action(28)["years"] = [2022]
    own = own_merge(b"", ours.source(), BASE)
    result = merged(b"", ours.source(), BASE)
    assert own.conflicts
    assert (result.content, result.clean) == (own.content, False)


def test_a_note_on_an_action_that_is_gone() -> None:
    _base, ours, theirs = sides()
    ours.take(10)
    ours.data["unused_numbers"].append({"number": 10, "reason": "Retirée."})
    theirs.data["source_notes"].append({"action": 10, "note": "à vérifier"})
    result = stopped(ours, theirs, "à vérifier")
    assert told(result) != []


def test_of_very_many_reasons_the_first_are_told_each_once() -> None:
    here = Span(Position(1, 1), Position(1, 1))
    conflicts = tuple(
        MergeConflict(BlockName("actions", str(number)), "priority", "1", "2") for number in range(1, 131)
    )
    problems = tuple(
        Diagnostic("x", here, "no-pilot", Severity.ERROR, "no pilot", action=number)
        for number in (*range(1, 13), *range(1, 13))
    )
    lines = told(MergeResult(b"", False, conflicts, problems))
    assert lines[99:101] == ["action 100, priority: yours 1, theirs 2", "… and 30 more"]
    assert lines[110:] == ["action 10: merged, this breaks a rule: no pilot", "… and 2 more"]
