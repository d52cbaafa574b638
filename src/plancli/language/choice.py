"""Which language the environment asks for, as gettext reads it."""

from collections.abc import Iterable, Mapping

LANGUAGES = ("en", "fr")
"""The languages plancli speaks; the first is the one its source is written in."""


PLAIN = ("c", "posix")
"""The locales of programs, which speak English."""


def chosen(environment: Mapping[str, str]) -> str:
    """Give the language an environment asks for.

    ``PLANCLI_LANG`` goes before gettext's ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG``. As in GNU
    gettext, ``LANGUAGE`` is a list with colons, and doesn't count where the locale is ``C``, ``C.UTF-8`` or
    ``POSIX``: who asks for ``LC_ALL=C`` gets English. A language plancli doesn't speak leaves it to the next
    value.
    """
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    names = ["PLANCLI_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"]
    if _language(locale) in PLAIN:
        names.remove("LANGUAGE")
    return first_spoken(value for name in names for value in environment.get(name, "").split(":"))


def first_spoken(values: Iterable[str]) -> str:
    """Give the first language of a list of locale names that plancli speaks, or English.

    ``fr``, ``fr_CA``, ``fr-BE`` and ``fr_FR.UTF-8@euro`` are French; ``C``, ``POSIX`` and ``C.UTF-8`` are English.
    """
    for value in values:
        language = _language(value)
        if language in PLAIN:
            return LANGUAGES[0]
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]


def _language(locale: str) -> str:
    return locale.partition("@")[0].partition(".")[0].replace("-", "_").partition("_")[0].lower()
