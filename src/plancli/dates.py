"""Days as people type them, and as they are shown."""

import re
from datetime import date
from functools import lru_cache

from plancli.i18n import _, format_date, format_month

_FORMS = (
    r"(?P<year>\d{4})-(?P<month>\d{1,2})(-(?P<day>\d{1,2}))?",
    r"((?P<day>\d{1,2})[/.])?(?P<month>\d{1,2})[/.](?P<year>\d{4})",
)
_ISO = r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


def today() -> str:
    """Return the day of the reader (ISO 8601); only the command line asks, the rest of plancli is given a day."""
    return date.today().isoformat()


@lru_cache(4096)
def last_day(text: str) -> str:
    """Return the day that a date in ISO 8601 means, the last of a month or of a year; empty where it is none.

    A day is a text here too: texts sort as the days follow each other.
    """
    if not re.fullmatch(_ISO, text):
        return ""
    day = read_day(f"{text}-12-31" if len(text) == 4 else text)
    return day.isoformat() if day else ""


def read_day(text: str) -> date | None:
    """Return the day that is meant by ``2021-06-24`` or ``24/06/2021``, the last of ``2021-06`` or ``06/2021``.

    None is returned for what is no date, or a day that doesn't exist.
    """
    found = next((match for form in _FORMS if (match := re.fullmatch(form, text)) and text.isascii()), None)
    if not found:
        return None
    year, month, day = int(found["year"]), int(found["month"]), found["day"]
    try:
        if day is None:
            from calendar import monthrange  # few dates are months

            day = monthrange(year, month)[1]
        return date(year, month, int(day))
    except ValueError:
        return None


def read_time(text: str) -> tuple[str, str] | None:
    """Return the first and the last day that are meant by a day, a month or a year; None for what is no date."""
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        return (f"{text}-01-01", f"{text}-12-31") if int(text) else None
    last = read_day(text)
    if last is None:
        return None
    is_month = any(match["day"] is None for form in _FORMS if (match := re.fullmatch(form, text)))
    return (last.replace(day=1) if is_month else last).isoformat(), last.isoformat()


def show_time(start: str, end: str) -> str:
    """Return two days as the time between them: ``2021``, ``1 Jan to 30 Jun 2021``."""
    if start[:4] == end[:4]:
        if (start[4:], end[4:]) == ("-01-01", "-12-31"):
            return start[:4]
        first = show_day(start).removesuffix(start[:4]).rstrip()
        return _("{start} to {end}").format(start=first, end=show_day(end))
    return _("{start} to {end}").format(start=show_day(start), end=show_day(end))


def show_day(text: str) -> str:
    """Return a day in ISO 8601, with a time or without, for a sentence: ``24 Jun 2021``.

    What the calendar doesn't have (git keeps years past 9999) is returned as it is written.
    """
    day = text.partition("T")[0]
    try:
        return format_date(date.fromisoformat(day))
    except ValueError:
        return day


def show_date(text: str) -> str:
    """Return a day, a month or a year in ISO 8601 for people: ``24 Jun 2021``, ``Jun 2021``, ``2021``."""
    if len(text) != 7:
        return show_day(text)
    try:
        return format_month(date.fromisoformat(f"{text}-01"))
    except ValueError:
        return text
