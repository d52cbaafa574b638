"""Days as people type them, and as they are shown."""

import re
from datetime import date
from functools import lru_cache

from plancli.i18n import _, format_date, format_month
from plancli.text import fold

_FORMS = (
    r"(?P<year>\d{4})([-/.](?P<month>\d{1,2})([-/.](?P<day>\d{1,2}))?)?",
    r"((?P<day>\d{1,2})[-/.])?(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
)
_NAMED = r"((?P<day>\d{1,2})(er|st|nd|rd|th)?\s+)?(?P<name>[a-z]{3,})\.?\s+(?P<year>\d{4})"
_MONTHS = (
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
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


def read_date(text: str) -> str:
    """Return a day, a month or a year in ISO 8601: ``2025-12-31`` for ``31/12/2025`` and ``31 décembre 2025``.

    Empty for what is no date, or a day that doesn't exist.
    """
    found = _parts(text) or _parts(_numbered(text))
    if not found:
        return ""
    year, month, day = found["year"], found["month"], found["day"]
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join((year, *(part.zfill(2) for part in (month, day) if part)))


def _parts(text: str) -> re.Match[str] | None:
    return next((found for form in _FORMS if (found := re.fullmatch(form, text, re.ASCII))), None)


def _numbered(text: str) -> str:
    """Return a date with the number of a month that is named: ``31/12/2025`` for ``31 décembre 2025``."""
    found = re.fullmatch(_NAMED, fold(text), re.ASCII)
    months = [
        n for n, names in enumerate(_MONTHS, 1) if found and any(each.startswith(found["name"]) for each in names)
    ]
    if not found or len(months) != 1:
        return ""
    return "/".join(filter(None, (found["day"], str(months[0]), found["year"])))


def read_day(text: str) -> date | None:
    """Return the day that is meant by ``2021-06-24``, ``24/06/2021`` or ``24 juin 2021``, the last one of a month.

    None is returned for a year, and for what is no date.
    """
    found = read_date(text)
    if len(found) == 7:
        from calendar import monthrange  # few dates are months

        return date(int(found[:4]), int(found[5:]), monthrange(int(found[:4]), int(found[5:]))[1])
    return date.fromisoformat(found) if len(found) == 10 else None


def read_time(text: str) -> tuple[str, str] | None:
    """Return the first and the last day that are meant by a day, a month or a year; None for what is no date."""
    found = read_date(text)
    return (f"{found}-01-01"[:10], last_day(found)) if found else None


def show_time(start: str, end: str) -> str:
    """Return two days as the time between them: ``2021``, ``1 Jan to 30 Jun 2021``."""
    if start[:4] == end[:4]:
        if (start[4:], end[4:]) == ("-01-01", "-12-31"):
            return start[:4]
        first = show_date(start).removesuffix(start[:4]).rstrip()
        return _("{start} to {end}").format(start=first, end=show_date(end))
    return _("{start} to {end}").format(start=show_date(start), end=show_date(end))


def show_date(text: str) -> str:
    """Return a day (perhaps with a time), a month or a year for people: ``24 Jun 2021``, ``Jun 2021``.

    What the calendar doesn't have (git keeps years past 9999) is returned as it is written.
    """
    day = text.partition("T")[0]
    try:
        if len(day) == 7:
            return format_month(date.fromisoformat(f"{day}-01"))
        return format_date(date.fromisoformat(day))
    except ValueError:
        return day
