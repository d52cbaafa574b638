"""What two texts have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plancli.text import closest, contains_word, find, fold
from plancli.text.comparison import FRENCH, without_accents

CODES = [
    "DIHAL",
    "DHUP",
    "DMAT",
    "SAFSL",
    "DSJ",
    "DACS",
    "DGCL",
    "DSS",
    "DB",
    "DLPAJ",
    "DGCS",
    "SADJAV",
    "DGTrésor",
    "DITP",
    "CIH",
    "CGET",
    "DNUM",
    "DILP",
    "DGFI",
    "DSE",
]
LATIN = st.text(alphabet="aàâÉEœŒ'’ \u00a0\u202fzßæ-ﬁ\u0301", max_size=20)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Préfets", "prefets"),
        ("mise en ŒUVRE", "mise en oeuvre"),
        ("l’État", "l'etat"),
        ("10\u202f000\u00a0 logements", "10 000 logements"),
        ("  un  deux ", "un deux"),
        ("Straße", "strasse"),
        ("e\u0301te\u0301", "ete"),
    ],
)
def test_folding(text: str, wanted: str) -> None:
    assert fold(text) == wanted


def test_french_characters_are_folded_as_all_others() -> None:
    for character, bare in FRENCH:
        assert without_accents(character) == bare


@given(st.text(st.sampled_from("éÉœŒ’«» \u00a0\u202f\t\n\u0301aA'"), max_size=20))
def test_the_quick_way_of_folding_gives_the_same(text: str) -> None:
    assert fold(text) == " ".join(without_accents(text).lower().split())


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("aux préfets, des PRÉFETS", "prefets", ["préfets", "PRÉFETS"]),
        ("mise en œuvre", "oeuvre", ["œuvre"]),
        ("mise en oeuvre", "œuvre", ["oeuvre"]),
        ("e\u0301te\u0301!", "ete", ["e\u0301te\u0301"]),
        ("un\u00a0 deux", "un deux", ["un\u00a0 deux"]),
        ("rien", "", []),
        ("rien", "tout", []),
    ],
)
def test_finding_words(text: str, words: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in find(text, words)] == wanted


@given(LATIN, LATIN, LATIN)
def test_found_passages_are_equal_to_the_words_once_folded(before: str, words: str, after: str) -> None:
    text = before + words + after
    for start, end in find(text, words):
        assert fold(words) in fold(text[start:end])
    if fold(words) and fold(words) in fold(text):
        assert find(text, words)


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("le SI de la CNAF", "SI", True),
        ("SIREN et CASSIS", "SI", False),
        ("d'EXPLOC.", "EXPLOC", True),
        ("la CNAF et la CAF", "CAF", True),
        ("la CNAF", "CAF", False),
        ("la caf", "CAF", False),
        ("", "CAF", False),
        ("la CAF", "", False),
    ],
)
def test_mentions_of_a_word(text: str, word: str, wanted: bool) -> None:
    assert contains_word(text, word) is wanted


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("DHPU", "DHUP"),
        ("DGLC", "DGCL"),
        ("dgtresor", "DGTrésor"),
        ("DGT", "DGTrésor"),
        ("SAFLS", "SAFSL"),
        ("DGFIP", "DGFI"),
        ("XYZ", None),
        ("", None),
    ],
)
def test_nearest_word(word: str, wanted: str | None) -> None:
    assert closest(word, CODES) == wanted
