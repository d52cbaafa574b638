"""The current language: the reader's, or another for a while; sentences, counts and dates in it."""

import datetime

import pytest

from plancli.i18n import (
    N_,
    _,
    current_language,
    detect_language,
    format_date,
    format_number,
    ngettext,
    plain_spaces,
    use_language,
)

FROZEN = N_("Priority")


def test_the_language_is_the_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCLI_LANG", "fr_FR.UTF-8")
    detect_language()
    assert (current_language(), _(FROZEN)) == ("fr", "Priorité")
    monkeypatch.setenv("PLANCLI_LANG", "C")
    detect_language()
    assert (current_language(), _(FROZEN)) == ("en", "Priority")


def test_another_language_for_a_while() -> None:
    with use_language("fr"):
        assert _(FROZEN) == "Priorité"
        with use_language("de"):  # one that plancli doesn't speak
            assert (current_language(), _(FROZEN)) == ("en", "Priority")
        assert _(FROZEN) == "Priorité"
    assert (current_language(), _(FROZEN)) == ("en", "Priority")


def test_the_language_comes_back_after_an_error() -> None:
    with pytest.raises(KeyError), use_language("fr_CA"):
        raise KeyError
    assert current_language() == "en"


@pytest.mark.parametrize(
    ("language", "count", "wanted"),
    [
        ("en", 0, "0 errors"),
        ("en", 1, "1 error"),
        ("en", 2, "2 errors"),
        ("en", 12345, "12,345 errors"),
        ("fr", 0, "0 erreur"),
        ("fr", 1, "1 erreur"),
        ("fr", 2, "2 erreurs"),
        ("fr", 12345, "12\u202f345 erreurs"),
    ],
)
def test_plural_forms(language: str, count: int, wanted: str) -> None:
    with use_language(language):
        assert ngettext("{n} error", "{n} errors", count) == wanted


def test_a_context_parts_what_is_one_word_in_english() -> None:
    assert _("Associated", "one directorate") == _("Associated") == "Associated"
    with use_language("fr"):
        assert _("Associated", "one directorate") == "Associée"
        assert _("Associated") == "Associées"
        assert _("Associated", "no such context") == "Associated"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_untranslated_and_empty_texts_stay_as_they_are(language: str) -> None:
    with use_language(language):
        assert _("") == ""
        assert _("nobody : knows « this »") == "nobody : knows « this »"
        assert _("« {text} »") == ("« {text} »" if language == "en" else "«\u202f{text}\u202f»")
        assert ngettext("{n} unheard", "{n} unheards", 1) == "1 unheard"
        assert ngettext("{n} unheard", "{n} unheards", 0) == "0 unheards"


@pytest.mark.parametrize(
    ("language", "day", "wanted"),
    [
        ("en", datetime.date(2021, 6, 24), "24 Jun 2021"),
        ("en", datetime.date(2021, 5, 1), "1 May 2021"),
        ("fr", datetime.date(2021, 6, 24), "24 juin 2021"),
        ("fr", datetime.date(2021, 8, 1), "1er août 2021"),
    ],
)
def test_dates_in_each_language(language: str, day: datetime.date, wanted: str) -> None:
    with use_language(language):
        assert format_date(day) == wanted


def test_plain_takes_the_typography_back_in_french_only() -> None:
    said = "à faire\u00a0: «\u202f12\u202f345\u202f»"
    assert plain_spaces(said) == said  # in English plancli sets none: what stands there is somebody's text
    with use_language("fr"):
        assert plain_spaces(said) == "à faire : « 12 345 »"
        assert plain_spaces(format_number(12345)) == "12 345"
