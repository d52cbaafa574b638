"""Speaking: one language for the reader, another for a while, and nothing read for English."""

import datetime
import subprocess
import sys

import pytest

from plancli.language import _, date, listen, marked, number, plain, plural, speaking, spoken

FROZEN = marked("Priority")


def test_the_reader_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCLI_LANG", "fr_FR.UTF-8")
    listen()
    assert (spoken(), _(FROZEN)) == ("fr", "Priorité")
    monkeypatch.setenv("PLANCLI_LANG", "C")
    listen()
    assert (spoken(), _(FROZEN)) == ("en", "Priority")


def test_another_language_for_a_while() -> None:
    with speaking("fr"):
        assert _(FROZEN) == "Priorité"
        with speaking("de"):  # one that plancli doesn't speak
            assert (spoken(), _(FROZEN)) == ("en", "Priority")
        assert _(FROZEN) == "Priorité"
    assert (spoken(), _(FROZEN)) == ("en", "Priority")


def test_the_language_comes_back_after_an_error() -> None:
    with pytest.raises(KeyError), speaking("fr_CA"):
        raise KeyError
    assert spoken() == "en"


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
def test_plural(language: str, count: int, wanted: str) -> None:
    with speaking(language):
        assert plural("{n} error", "{n} errors", count) == wanted


def test_a_context_parts_what_is_one_word_in_english() -> None:
    assert _("Associated", "one directorate") == _("Associated") == "Associated"
    with speaking("fr"):
        assert _("Associated", "one directorate") == "Associée"
        assert _("Associated") == "Associées"
        assert _("Associated", "no such context") == "Associated"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_stays_nothing_and_the_unknown_stays_english(language: str) -> None:
    with speaking(language):
        assert _("") == ""
        assert _("nobody : knows « this »") == "nobody : knows « this »"
        assert _("« {text} »") == ("« {text} »" if language == "en" else "«\u202f{text}\u202f»")
        assert plural("{n} unheard", "{n} unheards", 1) == "1 unheard"
        assert plural("{n} unheard", "{n} unheards", 0) == "0 unheards"


@pytest.mark.parametrize(
    ("language", "day", "wanted"),
    [
        ("en", datetime.date(2021, 6, 24), "24 Jun 2021"),
        ("en", datetime.date(2021, 5, 1), "1 May 2021"),
        ("fr", datetime.date(2021, 6, 24), "24 juin 2021"),
        ("fr", datetime.date(2021, 8, 1), "1er août 2021"),
    ],
)
def test_date(language: str, day: datetime.date, wanted: str) -> None:
    with speaking(language):
        assert date(day) == wanted


def test_plain_takes_the_typography_back_in_french_only() -> None:
    said = "à faire\u00a0: «\u202f12\u202f345\u202f»"
    assert plain(said) == said  # in English plancli sets none: what stands there is somebody's text
    with speaking("fr"):
        assert plain(said) == "à faire : « 12 345 »"
        assert plain(number(12345)) == "12 345"


def test_english_reads_no_catalogue() -> None:
    program = (
        "import sys; from plancli.language import _, plural, date; import datetime;"
        "_('Priority'); plural('{n} error', '{n} errors', 2); date(datetime.date.today());"
        "print([m for m in ('gettext', 'plancli.language.catalogue', 'plancli.language.typography')"
        " if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
