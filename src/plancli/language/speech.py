"""Sentences, counts and dates in the language spoken now. Nothing is read before the first French word."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from plancli.language.choice import LANGUAGES, chosen, first_spoken

if TYPE_CHECKING:
    import datetime

    from plancli.language.catalogue import Catalogue

_spoken: str | None = None  # None: the environment wasn't asked yet
_catalogue: "Catalogue | None" = None  # None: English, which is in the source


def _(message: str, context: str = "") -> str:
    """Give the message in the reader's language; placeholders are filled in afterwards by ``str.format``.

    A ``context`` parts what is one word in English only: *associated* of one directorate, of several.
    """
    if _spoken is None:
        listen()
    return message if _catalogue is None else _catalogue.sentence(message, context)


def plural(one: str, many: str, count: int) -> str:
    """Give the form for ``count`` in the reader's language, with ``{n}`` filled in.

    ``plural("{n} action", "{n} actions", 31)`` gives ``31 actions``. Other placeholders are doubled (``{{code}}``)
    and filled in afterwards.
    """
    if _spoken is None:
        listen()
    form = (one if count == 1 else many) if _catalogue is None else _catalogue.form(one, many, count)
    return form.format(n=number(count))


def marked(message: str) -> str:
    """Mark a sentence made at import time for translation; pass it through ``_()`` where it is shown."""
    return message


# fmt: off
_MONTHS = (
    marked("Jan"), marked("Feb"), marked("Mar"), marked("Apr"), marked("May"), marked("Jun"),
    marked("Jul"), marked("Aug"), marked("Sep"), marked("Oct"), marked("Nov"), marked("Dec"),
)
# fmt: on


def number(count: int) -> str:
    """Give a count with its thousands set apart: ``12,345``, in French with a narrow no-break space."""
    if -1000 < count < 1000:
        return str(count)
    if _spoken is None:
        listen()
    return f"{count:,}" if _catalogue is None else _catalogue.number(count)


def date(day: "datetime.date") -> str:
    """Give a date for a sentence or a table: ``24 Jun 2021``, ``24 juin 2021``."""
    return f"{_('1') if day.day == 1 else day.day} {_(_MONTHS[day.month - 1])} {day.year}"


def plain(text: str) -> str:
    """Put plain spaces for those of French typography: for JSON, CSV and YAML, and for what can't show them.

    Only sentences of plancli go through it; the texts of the plan are carried as they are.
    """
    return text if _catalogue is None else text.replace("\u00a0", " ").replace("\u202f", " ")


def spoken() -> str:
    """Give the language spoken now: ``en`` or ``fr``."""
    if _spoken is None:
        listen()
    return _spoken or LANGUAGES[0]


def listen() -> None:
    """Ask the environment which language to speak; the first sentence does it by itself."""
    _speak(chosen(os.environ))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language for a while: exported documents follow the plan's language, not the reader's.

    ``language`` is as a plan or a locale names it (``fr``, ``fr_FR``); one that plancli doesn't speak is English.
    """
    before = spoken()
    _speak(first_spoken((language,)))
    try:
        yield
    finally:
        _speak(before)


def _speak(language: str) -> None:
    global _spoken, _catalogue
    if language != LANGUAGES[0]:
        from plancli.language.catalogue import catalogue

        _catalogue = catalogue(language)
    else:
        _catalogue = None
    _spoken = language
