"""What is told of a large plan before all of it is checked: the same, but for what needs the whole."""

from pathlib import Path

import pytest

from plancli.check.checker import check
from plancli.editor.glance import glance

ROOT = Path(__file__).parents[2]
PLAN = (ROOT / "data" / "plan.yaml").read_text("utf-8")
CLIMATE = (ROOT / "examples" / "climate.yaml").read_text("utf-8")
SECURITY = (ROOT / "examples" / "security.yaml").read_text("utf-8")


def told(text: str) -> list[tuple[object, ...]]:
    return [(each.span, each.rule, each.sentence) for each in check(text.encode(), "plan.yaml").diagnostics]


def glanced(old: str, new: str) -> list[tuple[object, ...]] | None:
    found = glance(check(old.encode(), "plan.yaml"), old, new, "")
    return None if found is None else [(each.span, each.rule, each.sentence) for each in found]


def typed(plan: str, old: str, new: str) -> str:
    """Return a plan with one change, in the second half of what it says there."""
    middle = plan.index("orientations:") if "orientations:" in plan else plan.index("\nactions:")
    middle += (len(plan) - middle) // 3
    return plan[:middle] + plan[middle:].replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pilots: [", "pilots: [DPHU, "),
        ("years: [", "years: [2050, "),
        ("pilots: [", "pilots ["),
        ("pilots: [", "pilots: [["),
        ("pilots: [", 'pilots: ["'),
        ("    pilots:", "\tpilots:"),
        ("- number:", "-number:"),
        ("title: >-", "titel: >-"),
        ("text: >-", "text: a: b"),
        ("years: [", "years: x["),
    ],
)
@pytest.mark.parametrize("plan", [PLAN, CLIMATE, SECURITY], ids=["published", "climate", "security"])
def test_diagnostics_of_an_edited_block_are_those_of_the_whole_check(plan: str, old: str, new: str) -> None:
    broken = typed(plan, old, new)
    if broken == plan:
        pytest.skip("nothing to break")
    wanted = told(broken)
    assert wanted != told(plan)
    assert glanced(plan, broken) == wanted


@pytest.mark.parametrize(
    ("old", "new"),
    [("  DGCL:\n", "  DG CL: [\n"), ("glossary:\n", "glossary:\n  x: 3\n"), ("end: 2022", "end: x")],
)
def test_diagnostics_of_edited_declarations_are_those_of_the_whole_check(old: str, new: str) -> None:
    found = glanced(PLAN, PLAN.replace(old, new, 1))
    assert found
    assert set(found) <= set(told(PLAN.replace(old, new, 1)))


def test_findings_elsewhere_stay_and_move_with_their_lines() -> None:
    old = PLAN.replace("[2021, 2022]", "[2022, 2021]", 1)
    last = old.rindex("priority:")
    old = old[:last] + old[last:].replace("priority: 1", "priority: 9")
    new = typed(old, "          - number: 15\n", "\n\n          - number: 15\n            x: 1\n")
    assert len(told(new)) == 3
    assert glanced(old, new) == told(new)


def test_diagnostics_that_need_the_whole_plan_stay_while_typing() -> None:
    old = PLAN.replace("- number: 15\n", "- number: 3\n", 1)
    found = {each[1] for each in told(old)}
    assert "duplicate-number" in found
    new = old.replace(
        "- number: 3\n            text: >-\n", "- number: 3\n            text: >-\n              Et\n"
    )
    kept = glanced(old, new)
    assert kept
    assert {each[1] for each in kept} == found


def test_edits_across_a_plan_are_checked_as_a_whole() -> None:
    assert glanced(PLAN, PLAN.replace("title:", "titel:")) is None
    assert glanced(PLAN, "a: 1\n") is None
    assert glanced(PLAN, "") is None
    assert glanced("a: 1\n", PLAN) is None
