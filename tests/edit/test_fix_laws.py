"""Whatever is broken in a plan: fixing twice changes nothing, adds no error, and keeps what was read."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import mutation
from plancli.check.catalogue import RULES
from plancli.diagnostic import Fixable
from plancli.edit.fixes import fix
from plancli.plan.document import BOM
from plancli.plan.model import shape
from plancli.plan.writer import dump
from tests.allowed import allowed
from tests.check import test_broken_copies, test_hand_edits, test_rules
from tests.check.small_plans import PLAN, edited
from tests.check.test_fuzz import EDITS
from tests.command import ROOT

pytestmark = pytest.mark.slow  # many plans are mended by chance

RULE = {rule.name: rule for rule in RULES}
IS_SAFE = {Fixable.NO: (), Fixable.SAFE: (True,), Fixable.UNSAFE: (False,), Fixable.BOTH: (True, False)}
SLIPS = [
    ("[DHUP]", "DHUP"),
    ("[DHUP]", "[dhup]"),
    ("[DHUP]", "[DHUP, DHUP]"),
    ("[DHUP]", "[DHUP DIHAL]"),
    ("[DHUP]", "[DHPU]"),
    ("[DHUP]", "aucune"),
    ("[DHUP]", "[DHUP"),
    ("[2021, 2022]", "2021-2022"),
    ("[2021, 2022]", "[2022, 2021]"),
    ("[2021, 2022]", '["2021", 2022]'),
    ("[2021, 2022]", "\n              - 2022\n              - 2021"),
    ("[2021, 2022]", "\n              - 2021-2022"),
    ("priority: 1", 'priority: "1"'),
    ("priority: 1", "Priority: 1"),
    ("priority: 1", "priority:1"),
    ("priority: 1", "priority 1"),
    ("priority: 1", "priority;1"),
    ("  DIHAL:", "  DIHAL;"),
    ("priority: 1", "priority: 1\n            priority: 1"),
    ("priority: 1", "priority: 1\u00a0"),
    ("[DHUP]", "[DHUP]]"),
    ("  start: 2021\n  end", "start: 2021\nend"),
    ("  DHUP:", "  DHUP:\n  name: Direction\n  ministry: Logement"),
    ("pilots: ", "pilot: "),
    ("pilots: ", "pilots\u00a0: "),
    ("            pilots", "\t    pilots"),
    ("            pilots", "             pilots"),
    ("          - number", "          – number"),
    ("          - number", "        - number"),
    (">-\n              Définir", "Définir : oui"),
    (">-\n              Définir", "'Définir l'action"),
    (">-\n              Définir", "*Définir"),
    (">-\n              Définir", ">- Définir"),
    (">-\n              Définir", '"Définir'),
    (">-\n              Définir", "\n              Définir : oui"),
    ("Définir", "Défi\u00adnir"),
    ("Définir", "DÃ©finir"),
    ("Définir", "D&eacute;finir R&amp;D"),
    ("Définir", "De\u0301finir"),
    ("Définir", "Définir\n\n             "),
    ("stratégie.", "stratégie\u2028là"),
    ("[1, 2]", "[1, 2, 2]"),
    ("  Un plan", "  “Un plan”"),
    ("title: >-\n  Un plan", "title: 2021"),
    ("title: >-\n  Un plan", "title: 1:30"),
    ("  DHUP:", "  DHUP"),
    ("\n", "\r\n"),
    ("orientations:", "source_notes:\n  - field: Pilots\n    note: x\norientations:"),
    ("orientations:", "source_notes:\n  - field: pilot\n    note: x\norientations:"),
]


def texts(data: Any, path: tuple[Any, ...] = ()) -> Iterator[str]:
    """Return each text that people read; the order of entries is layout, and a status or a choice is a word."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from texts(value, (*path, index))
    elif isinstance(data, str) and shape.is_text(path) and not {"status", "by", "fields"} & {*path}:
        yield data


def commented(text: str) -> bytes:
    """Write a comment behind each line with a key and a value, and behind each item of a list."""
    return re.sub(r"(?m)^( *(?:- )?[\w-]+ ?: +[^\n]+|  +- \w+)$", r"\1  # note", text).encode()


def assert_lawful(source: bytes) -> None:
    for unsafe in (False, True):
        fixed = fix(source, "plan.yaml", unsafe=unsafe)
        before, after = fixed.before, fixed.checked
        assert (fixed.applied > 0) == (fixed.content != source)
        if fixed.applied:
            again = fix(fixed.content, "plan.yaml", unsafe=unsafe)
            assert (again.content, again.applied) == (fixed.content, 0), "twice changes nothing"
        for each in before.diagnostics:
            assert each.fix is None or each.fix.is_safe in IS_SAFE[RULE[each.rule].fixable], each
        if not unsafe:
            assert fixed.content.count(b"# note") == source.count(b"# note"), "no comment is lost"
        read = before.document
        if not read.is_empty and read.stopped is None and read.parsed == source.removeprefix(BOM):
            assert len(after.errors) <= len(before.errors), "no error is added"
        assert after.unchecked <= before.unchecked
        assert after.actions >= before.actions
        if before.plan is not None:
            assert after.plan is not None
            if not unsafe:
                assert sorted(texts(after.document.data)) == sorted(texts(before.document.data)), "no word changes"


@pytest.mark.parametrize(("old", "new"), SLIPS)
def test_one_slip_leaves_no_error_where_it_has_a_fix(old: str, new: str) -> None:
    assert_lawful(commented(edited((old, new))))
    fixed = fix(edited((old, new)).encode(), "plan.yaml", unsafe=True)
    fixable = [each for each in fixed.before.diagnostics if each.fix]
    assert len(fixed.checked.errors) <= len(fixed.before.errors)
    assert len(fixed.checked.diagnostics) <= len(fixed.before.diagnostics) - len(fixable)


def _slipped(line: str) -> Iterator[str]:
    """Yield a line of a plan with one slip of the hand in it each."""
    indent = len(line) - len(line.lstrip(" "))
    yield "\t" + line
    yield from ("\t" * (indent // width) + " " * (indent % width) + line[indent:] for width in (8, 4, 2))
    yield " " + line
    yield from (line.replace(":", sign, 1) for sign in ("", ";", " ;"))
    yield line.replace(": ", ":", 1)
    yield line.replace("- ", "  ", 1)
    yield line.replace("- ", "– ", 1)


@pytest.mark.parametrize("name", ["data/plan.yaml", "examples/climate.yaml", "examples/security.yaml"])
def test_a_slip_in_one_line_is_taken_back_or_left(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    lines = text.split("\n")
    mended = 0
    for number in range(10, len(lines), 89):
        for line in {*_slipped(lines[number])} - {lines[number]}:
            slipped = "\n".join([*lines[:number], line, *lines[number + 1 :]])
            written = fix(slipped.encode(), name).content.decode()
            assert written in (text, slipped), (number + 1, line)
            mended += written == text
    assert mended > 5


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(SLIPS), min_size=2, max_size=6, unique=True))
def test_fixing_several_slips_is_lawful(slips: list[tuple[str, str]]) -> None:
    text = PLAN
    for old, new in slips:
        text = text.replace(old, new, 1)
    assert_lawful(text.encode())


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(EDITS)
def test_fixing_mutated_plans_is_lawful(edits: list[tuple[int, int, str]]) -> None:
    text = PLAN
    for place, length, scrap in edits:
        text = text[:place] + scrap + text[place + length :]
    assert_lawful(text.encode())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 65535), st.integers(0, 40), st.integers(0, 90)), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(0, 60)), max_size=2),
)
def test_fixing_edited_and_moved_lines_is_lawful(edits: list[mutation.Edit], moves: list[mutation.Edit]) -> None:
    assert_lawful(mutation.moved(mutation.edited(PLAN, edits), moves).encode("utf-8", "surrogatepass"))


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))  # 20 checks each
@given(data=allowed())
def test_fixing_plans_made_from_the_schema_is_lawful(data: Any) -> None:
    assert_lawful(dump(data).encode())


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_fixing_any_bytes_is_lawful(source: bytes) -> None:
    assert_lawful(source)


@pytest.mark.slow
@pytest.mark.parametrize("case", [*test_hand_edits.CASES, *test_rules.CASES], ids=lambda case: str(case[1]))
def test_fixing_each_slip_of_hand_is_lawful(case: Any) -> None:
    assert_lawful(edited(*case[0]).encode())


@pytest.mark.slow
@pytest.mark.parametrize("case", test_broken_copies.EDITS, ids=lambda case: f"{case[0]}-{case[3]}"[:40])
def test_fixing_broken_copies_of_the_published_plan_is_lawful(case: tuple[str, str, str, str, str, str]) -> None:
    _name, context, old, new, *_rest = case
    assert_lawful(test_broken_copies.after(context, old, new).encode())


@pytest.mark.parametrize(
    ("right", "slip", "written"),
    [
        ("[DHUP]", "[DHUP, DHUP , DHUP]", "[DHUP]"),
        ("[DHUP]", "[DHUP,\n              DHUP]", "[DHUP]"),
        ("[DHUP]", "\n              - DHUP\n              - DHUP", "\n              - DHUP"),
        ("[DHUP]", "\n              - DHUP # un\n              - DHUP", "\n              - DHUP # un"),
        ("[DHUP]", "\n              - DHUP\n              - DHUP # deux", ""),
        ("[1, 2]", "[1, 2, 1]", "[1, 2]"),
    ],
)
def test_what_stands_twice_is_taken_out_with_its_comma_or_its_line(right: str, slip: str, written: str) -> None:
    fixed = fix(edited((right, slip)).encode(), "plan.yaml").content.decode()
    assert fixed == edited((right, written or slip))


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        ("[2021, 2022]", "\n              - 2022 # deux\n              - 2021"),
        ("priority: 1", "priority: >- # un\n              1"),
        (">-\n              Définir la stratégie.", "\n              Définir : oui # un"),
    ],
)
def test_a_comment_stays_beside_what_it_is_about(right: str, slip: str) -> None:
    source = edited((right, slip)).encode()
    fixed = fix(source, "plan.yaml", unsafe=True)
    assert fixed.before.diagnostics
    assert fixed.content == source


def test_many_slips_in_one_list_take_no_more_time_than_each_would() -> None:
    text = edited(("[DHUP]", f"[{'DHUP, ' * 6_000}DHUP]"))
    assert [*fix(text.encode(), "plan.yaml").checked.errors] == []
