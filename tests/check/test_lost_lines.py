"""Lines that are gone from the real plan: one error, where they are gone; no advice that would lose an action."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.check.small_plans import checked, edited, found

PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_text("utf-8").split("\n")
PLAN_OF_CODES = (Path(__file__).parents[2] / "examples" / "climate.yaml").read_text("utf-8")
KINDS = {"  ": "orientation", " " * 6: "measure", " " * 10: "action"}


def beginnings(kind: str) -> Iterator[tuple[int, int]]:
    """Yield the line of each block of a kind in the orientations, and its number."""
    for place, line in enumerate(PLAN):
        if line.startswith("unused_numbers"):
            return
        match = re.match(r"( +)- number: (\d+)$", line)
        if match and KINDS[match[1]] == kind:
            yield place, int(match[2])


def following(place: int, key: str) -> int:
    """Return the first line from one on that has a key."""
    return next(n for n in range(place, len(PLAN)) if PLAN[n].strip().startswith(f"{key}:"))


ALL = [(kind, *each) for kind in KINDS.values() for each in beginnings(kind)]


def assert_one(lines: list[str], place: int, *words: str) -> None:
    """Hold that nothing else is told: not what follows from it."""
    (diagnostic,) = checked("\n".join(lines)).diagnostics
    assert (diagnostic.rule, diagnostic.span.start.line) == ("missing-key", place + 1)
    assert all(each in f"{diagnostic.message} {diagnostic.help}" for each in words)


@pytest.mark.parametrize(("kind", "place", "number"), ALL)
def test_the_number_of_a_block_is_gone(kind: str, place: int, number: int) -> None:
    said = f"{kind} {number} is gone", f"write - number: {number} above it"
    assert_one(PLAN[:place] + PLAN[place + 1 :], place, *said)


@pytest.mark.parametrize(("kind", "place", "number"), ALL)
def test_the_number_and_the_words_of_a_block_are_gone(kind: str, place: int, number: int) -> None:
    key = {"orientation": "measures", "measure": "actions", "action": "pilots"}[kind]
    assert_one(
        PLAN[:place] + PLAN[following(place, key) :],
        place,
        f"of {kind if kind != 'action' else 'action'} {number}",
    )


@pytest.mark.parametrize(("kind", "place", "number"), ALL)
def test_the_number_and_the_key_of_the_words_are_gone(kind: str, place: int, number: int) -> None:
    assert_one(PLAN[:place] + PLAN[place + 2 :], place, f"of {kind} {number} is gone")


@pytest.mark.parametrize(("kind", "place", "number"), ALL)
def test_the_key_of_the_words_is_gone(kind: str, place: int, number: int) -> None:
    key = "text" if kind == "action" else "title"
    said = f"a line {key}: is missing before this one", f"write {key}: >- above it"
    assert_one(PLAN[: place + 1] + PLAN[place + 2 :], place + 1, *said)


def test_an_action_whose_code_lost_its_colon_is_called_by_its_number() -> None:
    lost = checked(PLAN_OF_CODES.replace("code: BAT-02", "code BAT-02")).diagnostics
    assert [(each.action, each.code) for each in lost if each.rule == "yaml-syntax"] == [(2, "")]


def test_what_is_wrong_elsewhere_is_told_beside_a_lost_line() -> None:
    for key in ("number", "text", "title", "actions"):
        place = next(at for at, line in enumerate(PLAN) if line.strip("- ").startswith(f"{key}:") and at > 80)
        text = "\n".join(PLAN[:place] + PLAN[place + 1 :]).replace("DGFI, DGCL", "DGFI, DGLC")
        rules = [each.rule for each in checked(text).errors]
        assert sorted(rules) == ["missing-key", "unknown-directorate"], key


def test_the_key_of_the_words_is_gone_behind_a_code() -> None:
    text = PLAN_OF_CODES.replace("text: >-", "TEXT", 1)
    lines = text.split("\n")
    place = next(at for at, line in enumerate(lines) if "TEXT" in line)
    found = checked("\n".join(lines[:place] + lines[place + 1 :])).diagnostics
    assert [each.rule for each in found] == ["missing-key", "no-pilot"]
    assert (found[0].span.start.line, found[0].message) == (place + 1, "a line text: is missing before this one")


@pytest.mark.parametrize(("kind", "place", "number"), [each for each in ALL if each[0] != "action"])
def test_the_key_of_a_list_is_gone(kind: str, place: int, number: int) -> None:
    key = {"orientation": "measures", "measure": "actions"}[kind]
    at = following(place, key)
    assert_one(PLAN[:at] + PLAN[at + 1 :], at, f"a line {key}: is missing before this one")


@pytest.mark.parametrize("number", [1, 4, 7])
def test_the_first_measure_is_gone_but_for_its_actions(number: int) -> None:
    place = next(at for at, measure in beginnings("measure") if measure == number)
    assert_one(
        PLAN[:place] + PLAN[following(place, "actions") + 1 :], place, f"the heading of measure {number} is gone"
    )


def test_a_duplicate_key_is_not_a_lost_block() -> None:
    place = following(following(0, "actions"), "priority")
    (diagnostic,) = checked("\n".join([*PLAN[: place + 1], PLAN[place], *PLAN[place + 1 :]])).errors
    assert (diagnostic.rule, diagnostic.span.start.line) == ("duplicate-key", place + 2)


@pytest.mark.parametrize(("kind", "place", "number"), [each for each in ALL if each[0] != "action"])
def test_a_heading_that_is_gone_with_the_key_of_its_list_is_told_by_its_number(
    kind: str, place: int, number: int
) -> None:
    key = {"orientation": "measures", "measure": "actions"}[kind]
    text = "\n".join(PLAN[:place] + PLAN[following(place, key) + 1 :])
    result = checked(text)
    if (kind, number) == ("orientation", 1):
        assert result.errors, "nothing is above it to join"
    elif number < max(of for _place, of in beginnings(kind)):
        assert any(f"{kind} {number}" in f"{each.message} {each.help}" for each in result.diagnostics)


def test_numbers_of_measures_that_do_not_run_through_the_plan_have_no_gaps() -> None:
    text = edited(("number: 2\n        title", "number: 21\n        title"))
    assert found(text) == []
