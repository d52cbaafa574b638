"""Characters on a terminal."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plancli.text import escape_control, quote_argument, transliterate, width
from plancli.text.terminal import STAND_INS


@pytest.mark.parametrize(
    ("text", "columns"),
    [("œuvre", 5), ("e\u0301", 1), ("漢字", 4), ("a\u200bb", 2), ("…→█", 3), ("", 0), ("ﬁ", 1), ("한", 2)],
)
def test_width_on_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("réalisé", "réalisé"),
        ("1.2-3,4", "1.2-3,4"),
        ("en cours", '"en cours"'),
        ("l'étude", '"l\'étude"'),
        ("a;b", '"a;b"'),
        ("10 $", "'10 $'"),
        ('dit "oui"', "'dit \"oui\"'"),
    ],
)
def test_words_are_quoted_as_one_argument(words: str, wanted: str) -> None:
    assert quote_argument(words) == wanted
    assert shlex.split(wanted) == [words]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_a_shell_reads_quoted_words_as_they_were(words: str) -> None:
    assert shlex.split(quote_argument(words)) == [words]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Été 10\u00a0000 \u202f; soft\u00adhyphen", "Été 10\u00a0000 \u202f; soft\\xadhyphen"),
        ("a\u200bb\u2060c\ue000d", "a\\u200bb\\u2060c\\ue000d"),
        ("می\u200cخواهم 👩\u200d🌾 ☎\ufe0f", "می\u200cخواهم 👩\u200d🌾 ☎\ufe0f"),
        ("a\u200db", "a\\u200db"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x1b]8;;http://x\x07", r"\x1b]8;;http://x\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("un\ndeux\r\tx", r"un\ndeux\r\tx"),
        ("\u202egnp\u2069", r"\u202egnp\u2069"),
        ("\ufeff\u2028\x85", r"\ufeff\u2028\x85"),
        ("\ud800", r"\ud800"),
        ("\U000e0001", r"\U000e0001"),
    ],
)
def test_control_characters_are_made_visible(text: str, wanted: str) -> None:
    assert escape_control(text) == wanted


@given(st.text(alphabet=st.characters(codec=None, categories=None)))
def test_escaped_text_has_no_control_characters(text: str) -> None:
    shown = escape_control(text)
    assert not any(c < " " or "\x7f" <= c < "\xa0" or "\ud800" <= c < "\ue000" for c in shown)
    assert escape_control(shown) == shown
    shown.encode("utf-8")


def test_stand_ins_are_used_only_where_needed() -> None:
    signs = "".join(STAND_INS)
    assert transliterate(signs, "utf-8") == signs
    assert transliterate(signs, "ascii") == '#=-.->...|:-""  '
    assert transliterate("déjà · l’œuvre → 10\u202f000 漢", "latin-1") == "déjà · l'oeuvre -> 10 000 ?"
    assert transliterate("é…", None) == "e..."
    assert transliterate("é…", "no-such-codec") == "e..."


@given(st.text(), st.sampled_from(["ascii", "latin-1", "cp1252", "cp437", "utf-8"]))
def test_transliterated_text_can_be_encoded(text: str, encoding: str) -> None:
    transliterate(escape_control(text), encoding).encode(encoding)
