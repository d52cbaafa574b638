"""Characters and letters that don't belong in a text, named at their place; what only looks like them passes."""

import pytest

from plancli.diagnostic import Severity
from tests.check.small_plans import PLAN, checked, edited, found

TEXT = "Définir la stratégie."
ODD_TEXTS = [
    # what can't be seen
    ("Défi\u00adnir", 19, "invisible-character", "U+00AD (soft hyphen)"),
    ("Définir\u200b", 22, "invisible-character", "U+200B (zero width space)"),
    ("\u2060Définir", 15, "invisible-character", "U+2060 (word joiner)"),
    ("a\ufeffb", 16, "invisible-character", "U+FEFF (byte order mark)"),
    ("a\u200db", 16, "invisible-character", "U+200D (zero width joiner)"),
    ("a\u200eb", 16, "invisible-character", "U+200E"),
    ("a\u3164b", 16, "invisible-character", "U+3164 (hangul filler)"),
    ("a\U000e0041b", 16, "invisible-character", "U+E0041"),
    ("Définir\tla", 22, "invisible-character", "U+0009 (tab)"),
    ("\uf0b7 Définir", 15, "invisible-character", "U+F0B7 is a character for private use"),
    ("\U000f0001 Définir", 15, "invisible-character", "U+F0001 is a character for private use"),
    # letters read in a wrong encoding, once or more often
    ("DÃ©finir", 16, "garbled-text", "“Ã©” was “é”: UTF-8 that was read as Windows-1252"),
    ("Ã‰tudier", 15, "garbled-text", "“Ã‰” was “É”"),
    ("dÃ©jÃ  vu", 16, "garbled-text", "write déjà"),
    ("lâ€™aide", 16, "garbled-text", "“â€™” was “’”"),
    ("cÅ“ur", 16, "garbled-text", "“Å“” was “œ”"),
    ("nÂ° 3", 16, "garbled-text", "“Â°” was “°”"),
    ("DÃƒÂ©finir", 16, "garbled-text", "read as Windows-1252 2 times"),
    ("lÃ¢â‚¬â„¢aide", 16, "garbled-text", "write l’aide"),
    ("D√©finir", 16, "garbled-text", "read as Mac OS Roman"),
    ("D├®finir", 16, "garbled-text", "read as DOS (cp850)"),
    ("D\ufffdfinir", 16, "garbled-text", "U+FFFD stands for a letter that was lost"),
    # HTML
    ("D&eacute;finir", 16, "html-entity", "&eacute; is HTML for é"),
    ("D&#233;finir", 16, "html-entity", "&#233; is HTML for é"),
    ("D&#xE9;finir", 16, "html-entity", "&#xE9; is HTML for é"),
    ("a&nbsp;: b", 16, "html-entity", "&nbsp; is HTML for a space"),
    ("a &amp; b", 17, "html-entity", "&amp; is HTML for &"),
]


@pytest.mark.parametrize(("text", "column", "rule", "words"), ODD_TEXTS)
def test_what_does_not_belong_in_a_text_is_a_warning_at_its_place(
    text: str, column: int, rule: str, words: str
) -> None:
    diagnostics = checked(edited((TEXT, text))).diagnostics
    assert [(each.span.start, each.rule) for each in diagnostics] == [((22, column), rule)]
    assert diagnostics[0].severity is Severity.WARNING
    assert words in f"{diagnostics[0].message} {diagnostics[0].help}"


@pytest.mark.parametrize("tab", ["\t", r"\t", r"\x09", r"\u0009"])
def test_a_tab_in_a_quoted_text_is_told_however_it_is_written(tab: str) -> None:
    diagnostics = checked(edited((f">-\n              {TEXT}", f'"Définir{tab}la stratégie."'))).diagnostics
    assert [(each.span.start, each.rule) for each in diagnostics] == [((21, 27), "invisible-character")]
    assert "U+0009 (tab)" in diagnostics[0].message


@pytest.mark.parametrize(
    "text",
    [
        "Étudier l’œuvre « À l’aide » : 10\u202f000\u00a0€, n° 3, 20 °C, l'Île d'Oléron… ÇA ET LÀ",
        "CAFÉ», ÂGE, Ñandú, Ålesund, SÃO PAULO, Äpfel",
        "R&D, AT&T; a & b; &c.; x &lt",
        "می‌خواهم 👩‍🌾 ☎️ ❤️",
        "voir √ 2 et le ├ de l'arbre",
        "modèle : #3, #Logement ; C# ; a#b",
    ],
)
def test_texts_that_only_look_damaged_pass(text: str) -> None:
    assert found(edited((TEXT, text))) == []


def test_each_kind_is_reported_once_a_text() -> None:
    text = edited((TEXT, "a\u200bb c\u200bd Ã© &nbsp;"), ("Informer les", "Infor\u00admer les"))
    assert [rule for _line, _column, rule in found(text)] == [
        "invisible-character",
        "garbled-text",
        "html-entity",
        "invisible-character",
    ]


def test_escapes_in_quotes_and_keys_and_codes_are_looked_at_and_comments_are_not() -> None:
    assert found(edited((f">-\n              {TEXT}", '"Défi\\u00adnir"'))) == [(21, 24, "invisible-character")]
    assert found(edited(("  DHUP:", "  DHUP: # a\u200bb Ã© &nbsp;"))) == []
    assert found(edited(("  DHUP:", "  DH\u00adUP:"), *[("[DHUP]", "[DH\u00adUP]")] * 2)) == [
        (10, 5, "invisible-character"),
        (24, 28, "invisible-character"),
        (43, 24, "invisible-character"),
    ]


@pytest.mark.parametrize("key", ["\u200byears", "ye\u00adars", "years\u2060"])
def test_a_key_with_an_unseen_character_names_it(key: str) -> None:
    (diagnostic,) = checked(edited(("years: [2021]", f"{key}: [2021]"))).diagnostics
    assert diagnostic.rule == "unknown-key"
    assert diagnostic.message.startswith("the key years holds U+")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (">-\n              Définir la stratégie.\n              # à relire", [(23, 15)]),
        (">-\n              Définir la stratégie. # à relire\n              encore", [(22, 37)]),
        ("|-\n              #TODO Définir la stratégie.", [(22, 15)]),
        (">-\n              Définir la mesure #3 et #Logement", []),
        (">-\n              Définir la stratégie. # à relire\n              # et encore", [(22, 37)]),
    ],
)
def test_a_hash_in_a_folded_text_is_no_comment(text: str, wanted: list[tuple[int, int]]) -> None:
    assert found(edited((f">-\n              {TEXT}", text))) == [(*place, "comment-in-block") for place in wanted]


@pytest.mark.parametrize(
    "text",
    ["“a b”", "« a b »", "«a b»", "‘a b’", "„a b“", "‚a b‘", "‹a b›", "\"'a b'\"", "'\"a b\"'", '>-\n    "a b"'],
)
def test_quotation_marks_around_a_whole_value(text: str) -> None:
    (diagnostic,) = checked(edited((">-\n  Un plan", text))).diagnostics
    assert (diagnostic.rule, diagnostic.span.start) == ("quoted-value", (1, 8))
    assert diagnostic.help == "write it without them: a b"


@pytest.mark.parametrize(
    "text", ['"a b"', "'a b'", "« a » et « b »", "“a” b", "a « b »", "l'aide d'", "\"'a' et 'b'\""]
)
def test_quotation_marks_around_a_part_pass(text: str) -> None:
    assert found(edited((">-\n  Un plan", text))) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Définir la stratégie.", True),
        ("définir  la stratégie", True),
        ("Definir la\n              stratégie !", True),
        ("Définir une stratégie.", False),
    ],
)
def test_the_same_text_under_two_numbers(text: str, wanted: bool) -> None:
    (told,) = [checked(edited(("Informer les ménages.", text))).diagnostics]
    assert [each.rule for each in told] == ["repeated-text"] * wanted
    assert not wanted or told[0].sentence == "the same text as action 1, on line 21"


LONG = "Recenser les aides versées aux ménages et aux bailleurs, puis en publier"


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        (f"{LONG} le bilan.", f"{LONG} le bilan.", True),
        (f"{LONG} l'œuvre", f"{LONG.upper()}, l’oeuvre !", True),
        (f"{LONG} le bilan.", f"{LONG} la liste.", False),
        (f"Suivre{' .' * 100} la loi", "Suivre la loi", True),
        (f"Suivre{' .' * 100} la loi", "Suivre le plan", False),
        (f"{'…' * 90}Σ la loi", "σ la loi", True),
    ],
)
def test_long_texts_are_compared_to_their_ends(first: str, second: str, is_same: bool) -> None:
    text = edited(("Définir la stratégie.", first), ("Informer les ménages.", second))
    assert [each.rule for each in checked(text).diagnostics] == ["repeated-text"] * is_same


def test_nothing_is_said_of_a_good_plan() -> None:
    assert found(PLAN) == []


def test_nothing_is_said_of_the_texts_of_a_file_that_is_not_utf_8() -> None:
    text = PLAN.replace(TEXT, f"{TEXT} a\u202eb cafe\u0301 DÃ©finir").encode()
    assert [each.rule for each in checked(text + b"\xe9").diagnostics] == ["not-utf-8"]
