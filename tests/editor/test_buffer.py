"""Places and edits of a text as an editor counts them, against what Python's own encodings count."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plancli.check.checker import check
from plancli.editor.answers import renamed, subject_at
from plancli.editor.buffer import UNITS, Buffer, count_units, difference
from plancli.errors import Usage
from tests.check.small_plans import PLAN, edited

TEXTS = st.text(st.sampled_from("ab é😀\u2028\x0b\n\r"), max_size=40)
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@given(TEXTS, st.integers(0, 40), st.sampled_from(UNITS))
def test_an_offset_is_the_same_after_a_position_and_back(text: str, offset: int, unit: str) -> None:
    offset = min(offset, len(text))
    if text[offset - 1 : offset + 1] == "\r\n":
        return  # no editor stands there
    buffer = Buffer("x", text, 1, unit)
    line, column = buffer.place(offset)
    normal = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    assert line == normal.count("\n")
    codec, width = CODECS[unit]
    assert column == len(normal.rpartition("\n")[2].encode(codec)) // width
    assert buffer.offset(line, column) == offset


@given(TEXTS, TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_an_edit_replaces_what_stands_between_its_places(text: str, new: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
        return
    buffer = Buffer("x", text, 1)
    assert buffer.changed(buffer.place(start), buffer.place(end), new).text == text[:start] + new + text[end:]


def test_a_position_beyond_a_line_or_the_text_is_clamped() -> None:
    buffer = Buffer("x", "a😀\nb", 1)
    assert [buffer.offset(0, 99), buffer.offset(1, 99), buffer.offset(7, 0)] == [2, 4, 4]
    assert count_units("😀é", "utf-16") == 3


@given(TEXTS, TEXTS)
def test_one_edit_makes_one_text_of_another(old: str, new: str) -> None:
    edit = difference(old, new)
    assert (edit is None) == (old == new)
    if edit:
        start, end, text = edit
        assert old[:start] + text + old[end:] == new


@pytest.mark.parametrize(
    ("place", "name"), [("  DHUP:", "D & P"), ("[DHUP]", "dg"), ("- number: 3\n            t", "40")]
)
def test_rename_changes_no_other_name(place: str, name: str) -> None:
    document = check(PLAN.encode(), "x").document
    subject = subject_at(document, PLAN.index(place) + (10 if "number" in place else 3))
    assert subject
    lines = PLAN.split("\n")
    for span, text in reversed(renamed(document, subject, name)):
        line = lines[span.start.line - 1]
        lines[span.start.line - 1] = line[: span.start.column - 1] + text + line[span.end.column - 1 :]
    after = check("\n".join(lines).encode(), "x")
    assert not after.errors
    assert after.plan
    if "number" in place:
        assert [action.number for action in after.plan.actions] == [1, 2, 40]
    else:
        assert [each.code for each in after.plan.directorates] == ["DIHAL", name]
        assert after.plan.actions[0].associated == (name,)
    assert [action.text for action in after.plan.actions][2] == "Informer les ménages."


def words(data: Any) -> set[Any]:
    """Return every key and value."""
    if isinstance(data, dict):
        return {*data}.union(*map(words, data.values()))
    return set().union(*map(words, data)) if isinstance(data, list) else {data}


CLIMATE = (Path(__file__).parents[2] / "examples" / "climate.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("place", "within", "name", "count"),
    [
        ("\n  en cours:", 4, "lancé", CLIMATE.count("status: en cours") + 1),
        ("code: BAT-01", 8, "BAT-99", 1),
        ("- number: 1\n    title", 10, "12", 1),
        ("\n  DPB:", 4, "Bâti: ville", len(re.findall(r"(?:pilots|associated): .*\bDPB\b|by: DPB", CLIMATE)) + 1),
    ],
)
def test_words_that_a_plan_declares_are_renamed_wherever_they_stand(
    place: str, within: int, name: str, count: int
) -> None:
    before = check(CLIMATE.encode(), "x")
    subject = subject_at(before.document, CLIMATE.index(place) + within)
    assert subject
    edits = renamed(before.document, subject, name)
    assert len(edits) == count
    text = CLIMATE
    for span, new in sorted(edits, reverse=True):
        start, end = map(before.document.offset, span)
        text = text[:start] + new + text[end:]
    after = check(text.encode(), "x")
    assert after.plan
    assert not after.errors
    assert (subject.word in words(after.document.data)) == (subject.word == 1), "1 is another group's number too"


@pytest.mark.parametrize("name", ["", " ", " A", "DIHAL", "A,B", "A|B"])
def test_a_name_that_is_taken_or_none_is_refused(name: str) -> None:
    document = check(PLAN.encode(), "x").document
    subject = subject_at(document, PLAN.index("  DHUP:") + 3)
    assert subject
    with pytest.raises(Usage):
        renamed(document, subject, name)


def test_a_number_that_was_used_once_is_refused() -> None:
    text = edited(("orientations:", "unused_numbers:\n  - number: 4\n    reason: x\norientations:"))
    document = check(text.encode(), "x").document
    subject = subject_at(document, text.index("- number: 3\n            t") + 10)
    assert subject
    for name in ("4", "1", "0", "03", "x", "-1"):
        with pytest.raises(Usage):
            renamed(document, subject, name)
