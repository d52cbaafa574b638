"""Which fixes are applied: planted ones, for those that are found do no harm."""

from typing import Any

import pytest

from plancli.check.checker import Checked, check
from plancli.check.reporters import fixed_line
from plancli.check.run import FixCount
from plancli.diagnostic import Diagnostic, Fix
from plancli.edit.fixes import fix
from plancli.location import Path
from plancli.plan.document import BOM
from tests.check.small_plans import PLAN, edited

YEARS = ("orientations", 0, "measures", 0, "actions", 0, "years")
PILOTS = (*YEARS[:-1], "pilots")
ACTION = PLAN[PLAN.index("          - number: 1\n") : PLAN.index("          - number: 2\n")]


def planted(checks: Checked, old: str, new: str, *paths: Path) -> Diagnostic:
    """Return a diagnostic with a fix that puts a text in place of the first of another, and changes ``paths``."""
    start = checks.document.text.index(old)
    edit = checks.document.edit(start, start + len(old), new)
    return check(BOM + PLAN.encode(), "x").diagnostics[0]._replace(fix=Fix((edit,), True, paths))


@pytest.mark.parametrize(
    ("slip", "fixes", "written"),
    [
        (("", ""), [("[2021]", "[2022]", YEARS)], ["[2022]"]),
        (("", ""), [("[2021]", "[2022]")], []),  # a value that it isn't about
        (("", ""), [("[DIHAL]", "[XX]", PILOTS)], []),  # an error more
        (("", ""), [("[DIHAL]", "# XX [DIHAL]", PILOTS)], []),
        (("", ""), [(ACTION, "", YEARS[:-2])], []),  # an action less
        (("[DIHAL]", "[XX]"), [("[XX]", "XX", PILOTS)], []),  # as many errors, and no plan
        (("[2021]", "[2021"), [("text: >-", "text >-"), ("[DHUP]", "[DHUP")], []),  # less is read
        (("", ""), [("title", "# one\ntitle"), ("title", "# two\ntitle")], ["# one"]),  # overlap
        (("", ""), [("", "# one\n"), ("", "# two\n")], ["# one"]),  # are put in at one place
    ],
)
def test_a_fix_that_does_harm_or_has_no_room_is_left_out(
    slip: tuple[str, str], fixes: list[tuple[Any, ...]], written: list[str]
) -> None:
    source = edited(slip).encode()
    plant = lambda checks: [planted(checks, *each) for each in fixes if checks.document.source == source]  # noqa: E731
    fixed = fix(source, "x", left=plant)
    assert fixed.applied == len(written)
    assert all(each in fixed.content.decode() for each in written)
    assert written or fixed.content == source


def test_a_fix_that_was_refused_is_tried_again_after_another() -> None:
    asked: list[Checked] = []

    def left(checks: Checked) -> list[Diagnostic]:
        asked.append(checks)
        found = [planted(checks, "[2021]", "[2023]", YEARS)] if "[2021]" in checks.document.text else []
        return [*found, planted(checks, "end: 2022", "end: 2023", ("period", "end"))] if len(asked) == 2 else found

    fixed = fix(PLAN.encode(), "x", left=left)
    assert fixed.content.decode() == edited(("[2021]", "[2023]"), ("end: 2022", "end: 2023"))


def test_a_byte_order_mark_that_is_left_alone_stays() -> None:
    source = BOM + edited(("[DIHAL]", "DIHAL")).encode()
    fixed = fix(source, "x", left=lambda checks: [each for each in checks.errors if each.fix])
    assert fixed.content == BOM + PLAN.encode()


def test_where_there_was_no_time_to_try_all_it_is_said() -> None:
    slipped = PLAN.replace("pilots: ", "pilots ").encode()
    first = fix(slipped, "plan.yaml", rounds=1)
    again = fix(first.content, "plan.yaml")
    assert (first.is_done, again.is_done, again.content) == (False, True, PLAN.encode())
    said = fixed_line(FixCount(fixed=first.applied, left=0, unsafe=0, unfinished=1))
    assert said == "3 fixed · not all was tried: run plancli validate --fix again"
