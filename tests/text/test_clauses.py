"""Clauses: where a text breaks by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plancli.text import clauses, foldable

WORDS = st.sampled_from(
    [
        "-",
        "1/",
        "2/",
        "1",
        "2",
        "1)",
        "a)",
        "b)",
        "i)",
        "ii)",
        "iv)",
        "v)",
        "A",
        "B",
        ")",
        "(",
        ".",
        ";",
        ":",
        "loyer.",
        "loyer",
        ";",
        "fin;",
        "l'État",
        "(",
        "(a)",
        "annexe",
        "1.",
        "«",
        "»",
        "?",
        "CCAPEX",
        "é",
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=20).map(" ".join),
    st.lists(st.one_of(WORDS, st.just("")), max_size=12).map(" ".join),
    st.text(max_size=40),
)


def lines(text: str) -> list[str]:
    return [clause.line for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Une seule.", ["Une seule."]),
        ("Une. Deux ; trois : quatre.", ["Une.", "Deux ;", "trois : quatre."]),
        ("Veiller à : - un, - deux", ["Veiller à :", "- un,", "- deux"]),
        ("1/ un ; 2/ deux", ["1/ un ;", "2/ deux"]),
        ("afin de : 1 - un, 2 - deux", ["afin de :", "1 - un,", "2 - deux"]),
        ("avec : - a) un - b) deux 3/ trois", ["avec :", "- a) un", "- b) deux", "3/ trois"]),
        ("pour : i) un, ii) deux iii) trois", ["pour :", "i) un,", "ii) deux", "iii) trois"]),
        ("12/ douze A - lettre IV - romain", ["12/ douze", "A - lettre", "IV - romain"]),
        ("de 2021 - 2022", ["de 2021", "- 2022"]),  # a year is no mark
        ("il y a - dit-on - un plan", ["il y a", "- dit-on", "- un plan"]),  # nor is a small letter with a dash
        ("voir (annexe a) et b) ceci", ["voir (annexe a) et", "b) ceci"]),
        ("sous-préfet et/ou 10-12 ans", ["sous-préfet et/ou 10-12 ans"]),
        ("( - 1) un", ["(", "- 1) un"]),
        ("1. Un. 2. Deux", ["1. Un.", "2. Deux"]),  # no line is a mark alone
        ("un - ", ["un - "]),
        ("un -", ["un -"]),
        ("un a)", ["un a)"]),
        ("", [""]),
        ("un.  deux", ["un.  deux"]),  # two spaces can't be a break
    ],
)
def test_lines_of_clauses(text: str, wanted: list[str]) -> None:
    assert lines(text) == wanted


@pytest.mark.parametrize(
    ("text", "depths"),
    [
        ("Intro. Suite.", [0, 0]),
        ("Intro : - un. Suite. - deux", [0, 1, 1, 1]),
        ("Intro : 1/ un : - a) x ; - b) y 2/ deux", [0, 1, 2, 2, 1]),
        ("a) x b) y c) z", [1, 1, 1]),
        ("i) x ii) y v) z", [1, 1, 1]),
        ("a) x i) y ii) z b) w", [1, 2, 2, 1]),
        ("h) x i) y j) z", [1, 1, 1]),  # i is the letter after h
        ("1/ x a) y - z 2/ w", [1, 2, 3, 1]),
    ],
)
def test_depth_of_clauses(text: str, depths: list[int]) -> None:
    assert [clause.depth for clause in clauses(text)] == depths


def test_parts_of_a_clause() -> None:
    last = clauses("pour : - a) un")[-1]
    assert (last.depth, last.mark, last.text, last.line) == (1, "- a)", "un", "- a) un")


@given(TEXTS)
def test_joining_gives_the_text_back(text: str) -> None:
    assert " ".join(lines(text)) == text


@given(TEXTS)
def test_no_clause_is_an_enumeration_mark_alone(text: str) -> None:
    for clause in clauses(text):
        assert clause.text or not clause.mark


@given(TEXTS)
def test_clauses_of_a_clause_are_that_clause(text: str) -> None:
    for clause in clauses(text):
        assert clause.mark or lines(clause.line) == [clause.line]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Un. Deux", True),
        ("un  deux. Trois", True),
        ("Un.  Deux", False),
        ("un :  - deux", False),
        ("un  1/ deux", False),
        (" un", False),
        ("un ", False),
        ("", False),
        ("un\ndeux", False),
        ("un\tdeux", False),
        ("un\u2028deux", False),
    ],
)
def test_which_texts_can_be_folded(text: str, wanted: bool) -> None:
    assert foldable(text) is wanted
