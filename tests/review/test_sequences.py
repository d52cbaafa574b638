"""How two texts differ: what they have in common, in order, their passages that changed, and a unified diff."""

import shutil
import subprocess
from collections.abc import Hashable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import plancli.review.diff.sequences as module
from plancli.review.diff.sequences import Passage, PieceKind, matching_blocks, passages, unified
from tests.review.edits import PLAN

WORDS = st.lists(st.sampled_from("abcd"), max_size=12)


def in_common(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """Count the words that both have in the same order."""
    return sum(length for _old, _new, length in matching_blocks(old, new))


def longest(old: list[str], new: list[str]) -> int:
    """Count the longest common sequence the slow and certain way."""
    row = [0] * (len(new) + 1)
    for word in old:
        before = row
        row = [0]
        for at, other in enumerate(new):
            row.append(before[at] + 1 if word == other else max(before[at + 1], row[at]))
    return row[-1]


@given(WORDS, WORDS)
def test_longest_common_sequence(old: list[str], new: list[str]) -> None:
    assert in_common(old, new) == longest(old, new) == in_common(new, old)


@given(WORDS, WORDS)
def test_stretches_are_common_and_in_order(old: list[str], new: list[str]) -> None:
    blocks = matching_blocks(old, new)
    for start, other, length in blocks:
        assert length > 0
        assert old[start : start + length] == new[other : other + length]
    for (start, other, length), (following, position, _length) in pairwise(blocks):
        assert start + length <= following
        assert other + length <= position
        assert (start + length, other + length) != (following, position)


@given(st.lists(st.sampled_from("abcdefgh"), max_size=40), st.lists(st.sampled_from("abcdefgh"), max_size=40))
def test_sequences_past_the_limit_are_common_too(old: list[str], new: list[str]) -> None:
    limit = module.LIMIT
    module.LIMIT = 4
    try:
        blocks = matching_blocks(old, new)
    finally:
        module.LIMIT = limit
    assert sum(length for _old, _new, length in blocks) <= longest(old, new)
    for start, other, length in blocks:
        assert old[start : start + length] == new[other : other + length]


@pytest.mark.parametrize("edits", [1, 50])
def test_a_long_text_with_few_edits(edits: int) -> None:
    old = [f"mot{n}" for n in range(30_000)]
    new = list(old)
    for n in range(edits):
        new[n * 599 + 7] = "autre"
    assert in_common(old, new) == 30_000 - edits


FRAMES = {PieceKind.KEPT: "{}", PieceKind.DELETED: "[-{}-]", PieceKind.INSERTED: "{{+{}+}}"}


def shown(old: str, new: str) -> list[str]:
    return [framed(passage) for passage in passages(old, new)]


def framed(passage: Passage) -> str:
    text = "".join(FRAMES[edit].format(text) for text, edit in passage.pieces)
    return f"{'' if passage.starts else '… '}{text}{'' if passage.ends else ' …'}"


def test_passage_of_the_example() -> None:
    text = next(action.text for action in PLAN.actions if action.number == 8)
    [passage] = shown(text, text.replace("systématiquement", "sous quinze jours"))
    assert passage == (
        "… avoir connaissance et de disposer [-systématiquement-]{+sous quinze jours+} des décisions de justice "
        "statuant sur une demande de constat …"
    )


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("un deux trois", "un trois", ["un [-deux-] trois"]),
        ("un trois", "un deux trois", ["un {+deux+} trois"]),
        ("un deux", "deux", ["[-un-] deux"]),
        ("un", "un deux", ["un {+deux+}"]),
        ("en lien l'ANIL et l'AMF", "en lien avec l'ANIL et l'AMF", ["en lien {+avec+} l'ANIL et l'AMF"]),
        ("de l'habitat", "de la ville", ["de [-l'habitat-]{+la ville+}"]),
        ("justice, bail", "justice ; bail", ["justice[-,-]{+;+} bail"]),
        ("justice bail.", "justice, bail", ["justice{+,+} bail[-.-]"]),
        ("1/ un 2/ deux", "1/ un ; 2/ deux", ["1/ un {+;+} 2/ deux"]),
        ("un  deux", "un deux", []),
        ("un\u00a0deux", "un deux", []),
        ("un", "deux", ["[-un-]{+deux+}"]),
        ("", "un", ["{+un+}"]),
        ("un", "", ["[-un-]"]),
        (
            "les loyers de la ville",
            "un bail de quatre ans",
            ["[-les loyers de la ville-]{+un bail de quatre ans+}"],
        ),
        ("un bail de long terme", "un loyer de long terme", ["un [-bail-]{+loyer+} de long terme"]),
    ],
)
def test_passages_of_edits(old: str, new: str, wanted: list[str]) -> None:
    assert shown(old, new) == wanted


def test_edits_far_from_each_other_are_two_passages() -> None:
    words = [f"mot{n}" for n in range(40)]
    new = list(words)
    new[3], new[30] = "un", "deux"
    found = shown(" ".join(words), " ".join(new))
    assert found == [
        "mot0 mot1 mot2 [-mot3-]{+un+} mot4 mot5 mot6 mot7 mot8 mot9 mot10 mot11 mot12 mot13 …",
        "… mot25 mot26 mot27 mot28 mot29 [-mot30-]{+deux+} mot31 mot32 mot33 mot34 mot35 mot36 mot37 mot38 mot39",
    ]
    new[18] = "trois"
    assert len(shown(" ".join(words), " ".join(new))) == 1


TEXTS = st.lists(st.sampled_from(["le", "la", "loyer,", "l'État", "bail.", "1/", "dette"]), max_size=30).map(
    " ".join
)


@given(TEXTS, TEXTS)
def test_kept_and_inserted_passages_are_the_new_text(old: str, new: str) -> None:
    found = passages(old, new)
    assert bool(found) == (old.split() != new.split())
    for passage in found:
        own = "".join(text for text, edit in passage.pieces if edit is not PieceKind.DELETED)
        assert "".join(own.split()) in "".join(new.split())
        assert all(text for text, _ in passage.pieces)
        assert any(edit is not PieceKind.KEPT for _, edit in passage.pieces)
    deleted = [text for passage in found for text, edit in passage.pieces if edit is PieceKind.DELETED]
    assert all("".join(text.split()) in "".join(old.split()) for text in deleted)


LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "é\r\n", "-- d\n"]), max_size=25)


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch isn't installed")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, LINES, st.booleans())
def test_patch_takes_a_unified_diff(tmp_path: Path, old: list[str], new: list[str], open_end: bool) -> None:
    if open_end and old and new:
        old, new = [*old[:-1], "e"], [*new, "f"]
    file = tmp_path / "x"
    file.write_text("".join(old), "utf-8", newline="")
    patch = "".join(unified(old, new, "x"))
    assert bool(patch) == (old != new)
    if patch:
        done = subprocess.run(
            ["patch", "--quiet", "--binary", "-E", "-p0"], cwd=tmp_path, input=patch.encode(), check=False
        )
        assert done.returncode == 0, patch
        assert (file.read_bytes() if file.exists() else b"") == "".join(new).encode()


def test_unified_diff_is_that_of_the_program_diff() -> None:
    old = [f"{number}\n" for number in range(20)]
    new = [*old[:4], "x\n", *old[5:15], *old[16:]]
    assert "".join(unified(old, new, "plan.yaml")) == (
        "--- plan.yaml\n+++ plan.yaml\n@@ -2,7 +2,7 @@\n 1\n 2\n 3\n-4\n+x\n 5\n 6\n 7\n"
        "@@ -13,7 +13,6 @@\n 12\n 13\n 14\n-15\n 16\n 17\n 18\n"
    )


def test_unified_diff_of_20000_changes() -> None:
    old = [line for number in range(20_000) for line in (f"{number}\n", "same\n")]
    new = [line for number in range(20_000) for line in (f"{number}\n", "same\n", "\n")]
    assert sum(1 for line in unified(old, new, "x") if line.startswith("+")) == 20_001
