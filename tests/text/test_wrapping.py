"""Texts set for reading, as the screens show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plancli.text import truncate, width, wrap, wrap_clauses

WORDS = ["-", "1/", "a)", "i)", ":", ";", "!", "«", "»", "(", ").", "mot", "motplutôtlong", "漢字", "é", ""]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))

NINE = (
    "Développer le SI EXPLOC : 1/ Fournir aux CCAPEX les informations en interfaçant : "
    "- a) les CAF pour les ménages allocataires ; - b) les bailleurs du parc social. 2/ Améliorer l'orientation"
)


@pytest.mark.parametrize(
    ("text", "columns", "wanted"),
    [
        ("Définir la stratégie", 43, "Définir la stratégie"),
        (
            "Définir la stratégie nationale ainsi que les objectifs",
            43,
            "Définir la stratégie nationale ainsi que…",
        ),
        ("Améliorer la coordination interministérielle", 43, "Améliorer la coordination interministériel…"),
        ("Mobiliser l'offre de logement des bailleurs sociaux", 43, "Mobiliser l'offre de logement des bailleur…"),
        ("Prévoir que les décisions de justice conditionnant", 43, "Prévoir que les décisions de justice…"),
        ("un deux", 4, "un…"),
        ("un deux", 1, "…"),
        ("un deux", 0, ""),
        ("漢字漢字", 5, "漢字…"),
        ("漢字漢字", 4, "漢…"),
    ],
)
def test_truncation(text: str, columns: int, wanted: str) -> None:
    assert truncate(text, columns) == wanted


def test_lay_out_shows_the_enumeration() -> None:
    assert wrap_clauses(NINE, 50) == [
        "Développer le SI EXPLOC :",
        "  1/ Fournir aux CCAPEX les informations en",
        "     interfaçant :",
        "     - a) les CAF pour les ménages allocataires ;",
        "     - b) les bailleurs du parc social.",
        "  2/ Améliorer l'orientation",
    ]


def test_wrap_keeps_punctuation_with_its_word() -> None:
    assert wrap("il est là : oui", 9) == ["il est", "là : oui"]
    assert wrap("il a dit « oui » hier", 11) == ["il a dit", "« oui »", "hier"]
    assert wrap("- a) motplutôtlong", 6, mark="- a)") == ["- a) motplutôtlong"]


@given(TEXTS, st.integers(-1, 70))
def test_a_truncated_text_fits(text: str, columns: int) -> None:
    assert width(truncate(text, columns)) <= max(columns, 0)


@given(TEXTS, st.integers(1, 70))
def test_joining_wrapped_lines_gives_the_text_back(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert " ".join(lines) == text
    assert all(width(line) <= columns or len(line.split(" ")) == 1 or "  " in f" {line} " for line in lines)


@given(TEXTS, st.integers(1, 70))
def test_joining_laid_out_lines_gives_the_text_back(text: str, columns: int) -> None:
    if not text.startswith(" ") and "  " not in text:
        assert " ".join(line.lstrip(" ") for line in wrap_clauses(text, columns)) == text
