"""The reader's language: English, or French where the environment or the plan asks for it.

The names of commands, options, rules, keys and columns are the same in every language. Compiled catalogues carry
the spaces of French typography; their sources (``.po``) have plain ones. Installing compiles them, in a checkout
also ``python scripts/translations.py --compile``; where that wasn't done, sentences stay English.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from gettext import NullTranslations, translation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from decimal import Decimal

LANGUAGES = ("en", "fr")
"""The languages plancli has; the first is the one its source is written in."""

LOCALES = os.path.join(os.path.dirname(__file__), "locale")
"""The folder of the catalogues."""

_language = ""  # empty until the environment is asked
_catalogue: NullTranslations = NullTranslations()


def _(message: str, context: str = "") -> str:
    """Return the message in the current language; placeholders are filled in afterwards by ``str.format``.

    A ``context`` distinguishes what is one word in English only: *associated* of one directorate, of several.
    """
    if not _language:
        detect_language()
    if not message:  # gettext keeps the header of a catalogue there
        return ""
    return _catalogue.pgettext(context, message) if context else _catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form for ``count`` in the current language, with ``{n}`` filled in.

    ``ngettext("{n} action", "{n} actions", 31)`` returns ``31 actions``. Other placeholders are doubled
    (``{{code}}``) and filled in afterwards.
    """
    if not _language:
        detect_language()
    return _catalogue.ngettext(one, many, count).format(n=format_number(count))


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a sentence made at import time for translation; pass it through ``_()`` where it is shown."""
    return message


# fmt: off
_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)
# fmt: on

OS_ERRORS = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("File name too long"),
    N_("No space left on device"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Invalid argument"),
    N_("Device or resource busy"),
    N_("Too many open files"),
    N_("Too many levels of symbolic links"),
)
"""The system's messages that are translated; Python gives them in English, whatever the locale."""


def os_error_text(error: OSError) -> str:
    """Return the system's reason for an error, translated if it is one of ``OS_ERRORS``."""
    return _(error.strerror or str(error))


def did_you_mean(sentence: str, guess: str | None) -> str:
    """Return a sentence with the question whether ``guess`` was meant; without a guess, the sentence."""
    return _("{sentence}. Did you mean {guess}?").format(sentence=sentence, guess=guess) if guess else sentence


def format_number(count: int) -> str:
    """Return a number with its thousands separated: ``12,345``, in French by a narrow no-break space."""
    if -1000 < count < 1000:
        return str(count)
    return f"{count:,}" if current_language() == "en" else f"{count:,}".replace(",", "\u202f")


def format_decimal(number: "int | Decimal") -> str:
    """Return a number with its thousands separated and its decimals: ``12,000.5``, in French ``12 000,5``."""
    written = str(number) if isinstance(number, int) else f"{number:f}"
    whole, point, decimals = written.partition(".")
    sign, digits = whole[: whole.startswith("-")], whole.removeprefix("-")
    mark = "." if current_language() == "en" else ","
    return sign + format_number(int(digits)) + (mark + decimals if point else "")


def format_month(day: "datetime.date") -> str:
    """Return a month for a sentence or a table: ``Jun 2021``."""
    return f"{_(_MONTHS[day.month - 1])} {day.year}"


def format_date(day: "datetime.date") -> str:
    """Return a date for a sentence or a table: ``24 Jun 2021``, ``24 juin 2021``."""
    return f"{_('1') if day.day == 1 else day.day} {_(_MONTHS[day.month - 1])} {day.year}"


def plain_spaces(text: str) -> str:
    """Return one of our sentences without the spaces of French typography: for JSON, CSV and YAML.

    In English it returns the text as it is: a no-break space in it comes from the plan.
    """
    return text if current_language() == "en" else text.replace("\u00a0", " ").replace("\u202f", " ")


def current_language() -> str:
    """Return the current language: ``en`` or ``fr``."""
    if not _language:
        detect_language()
    return _language


def detect_language() -> None:
    """Use the language that the environment asks for; the first translated sentence does so too."""
    _use(language_from_env(os.environ))


def known_language(name: str) -> str:
    """Return the language that a plan or a locale names (``fr``, ``FR``, ``fr_FR``), empty where it isn't ours."""
    return _KNOWN.get(_code(name), "")


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Use another language for a while: exported documents follow the plan's language, not the reader's.

    ``language`` is as a plan or a locale names it (``fr``, ``fr_FR``); one that plancli hasn't got is English.
    """
    before = current_language()
    _use(known_language(language) or LANGUAGES[0])
    try:
        yield
    finally:
        _use(before)


def language_from_env(environment: Mapping[str, str]) -> str:
    """Return the language that an environment asks for.

    ``PLANCLI_LANG`` goes before gettext's ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG``. As in GNU
    gettext, ``LANGUAGE`` is a list with colons, and is ignored where the locale is ``C``, ``C.UTF-8`` or
    ``POSIX``: ``LC_ALL=C`` is English. A language that plancli hasn't got leaves it to the next value.
    """
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    names = ["PLANCLI_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"]
    if _code(locale) in ("c", "posix"):
        names.remove("LANGUAGE")
    codes = (_code(value) for name in names for value in environment.get(name, "").split(":"))
    return next((_KNOWN[code] for code in codes if code in _KNOWN), LANGUAGES[0])


_KNOWN = {"c": "en", "posix": "en", "en": "en", "fr": "fr"}


def _code(locale: str) -> str:
    """Return the language of a locale's name: ``fr`` of ``fr``, ``fr-BE`` and ``fr_FR.UTF-8@euro``."""
    return locale.partition("@")[0].partition(".")[0].replace("-", "_").partition("_")[0].lower()


def _use(language: str) -> None:
    global _language, _catalogue
    if language == _language:
        return
    _language, _catalogue = language, NullTranslations()
    if language != LANGUAGES[0]:  # English is in the source
        _catalogue = translation("plancli", LOCALES, [language], fallback=True)
