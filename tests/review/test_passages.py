"""The words of a text that changed, with a few around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plancli.review.diff import Passage, PieceKind, passages
from tests.review.edits import PLAN

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
