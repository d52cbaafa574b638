"""Versions of one plan, of which only what changed is read: the answer is always that of ``check``."""

import random

import pytest

from plancli.check.checker import check
from plancli.plan.model import Plan
from plancli.review.history import PlanReader
from tests.review.edits import SOURCE, Edits

START = SOURCE.index(b"          - number: 4\n")
SHORT = b"".join(
    (
        SOURCE[: SOURCE.index(b"          - number: 6\n")],
        SOURCE[SOURCE.index(b"          - number: 31\n") : SOURCE.index(b"source_notes:")],
    )
)
"""A plan of few actions, with all that stands around them."""

STRANGE = (
    *(b"\n", b"   \n", b"            # c\n", b"          # c\n", b"# c\n", b"\t\n", b"---\n", b"...\n", b"  x\n"),
    *(b"          - number: 5\n", b"           - number: 9\n", b"          - 70707070707000001\n", b"\xff", b"\0"),
    *(b"            text: |\n", b"            text: >+\n", b"      note: |\n", b'            text: "\n', b'"\n'),
    *(b"            x: [\n", b"            ]\n", b"              x\n", b"\r", b"\xc2\x85", b"\xe2\x80\xa8", b"- "),
    *(
        b"&a ",
        b"*a ",
        b"<<: ",
        b"!!str ",
        b"? ",
        b": ",
        b" #x",
        b"{",
        b"|+\n\n\n",
        b"\xef\xbb\xbf",
        b"%YAML 1.1\n",
    ),
)
"""What makes YAML read on otherwise."""


def whole(source: bytes) -> object:
    return check(source, "", only_errors=True).plan


def mutated(source: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice([1, 1, 2, 4])):
        lines = source.splitlines(keepends=True)
        place = chance.randrange(len(lines))
        what = chance.choice(["drop", "again", "indent", "swap", "line", "anywhere", "end"])
        if what == "drop":
            del lines[place]
        elif what == "again":
            lines.insert(chance.randrange(len(lines)), lines[place])
        elif what == "indent":
            lines[place] = b" " * chance.randint(0, 14) + lines[place].lstrip(b" ")
        elif what == "swap":
            other = chance.randrange(len(lines))
            lines[place], lines[other] = lines[other], lines[place]
        elif what == "line":
            lines.insert(place, chance.choice(STRANGE))
        elif what == "end":
            lines[place] = lines[place][:-1] + chance.choice(STRANGE) + b"\n"
        source = b"".join(lines)
        if what == "anywhere":
            place = chance.randrange(len(source))
            source = source[:place] + chance.choice(STRANGE) + source[place:]
    return source


def test_plan_reader_does_not_read_unchanged_actions_again() -> None:
    known = PlanReader()
    before = known.read(SOURCE)
    edits = Edits()
    edits.action(13)["priority"] = 1
    after = known.read(SOURCE.partition(b"\n")[0] + b"\n" + edits.source())
    assert after == edits.plan()
    assert isinstance(before, Plan)
    assert isinstance(after, Plan)
    pairs = zip(before.actions, after.actions, strict=True)
    assert [new.number for old, new in pairs if new.text is not old.text] == [13]


def test_a_field_that_one_action_gets_is_a_field_of_the_plan() -> None:
    known = PlanReader()
    known.read(SOURCE)
    edits = Edits()
    edits.action(13)["due"] = "2022-06-30"
    after = known.read(SOURCE.partition(b"\n")[0] + b"\n" + edits.source())
    assert after == edits.plan()


@pytest.mark.parametrize("last", [b"", b"|+\n\n", b">-\n", b"|\n              x\n\n\n"])
def test_a_text_at_the_end_of_an_action(last: bytes) -> None:
    """Where an action ends is not where a text ends."""
    block = b"          - number: 40\n            priority: 1\n            pilots: [DIHAL]\n"
    source = (
        SOURCE[:START]
        + block
        + b"            associated: []\n            years: [2021]\n            text: "
        + last
        + b"\n"
        + SOURCE[START:]
    )
    plan = whole(source)
    assert PlanReader().read(source) == plan or not plan


@pytest.mark.slow
def test_plan_reader_reads_the_plan_that_check_reads() -> None:
    chance = random.Random(9)
    read_by_blocks = 0
    for _ in range(120):
        reader = PlanReader()
        before = reader.read(SHORT)
        source = mutated(SHORT, chance)
        plan = reader.read(source)
        assert (plan if isinstance(plan, Plan) else None) == whole(source), source
        if isinstance(before, Plan) and isinstance(plan, Plan):
            read_by_blocks += plan != before and plan.directorates is before.directorates
    assert read_by_blocks > 5


@pytest.mark.slow
def test_plan_reader_reads_versions_one_after_another() -> None:
    """A version that can't be read is no obstacle for the next one."""
    chance = random.Random(3)
    reader = PlanReader()
    for _ in range(80):
        source = mutated(SHORT, chance)
        plan = reader.read(source)
        assert (plan if isinstance(plan, Plan) else None) == whole(source), source


def test_lines_of_a_literal_text_are_not_read_as_actions() -> None:
    """A line of a literal text may look like an action."""
    line = b"          - number: 4\n            x: y\n"
    source = SHORT.replace(b"unused_numbers:\n", b"unused_numbers:\n  - number: 50\n    reason: |\n" + line)
    reader = PlanReader()
    for version in (source, source.replace(b"x: y", b"x: z")):
        assert reader.read(version) == whole(version) is not None
