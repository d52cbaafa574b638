"""What a cell says of when: the years it names, the day it ends with, or neither."""

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from plancli.exchange.importer.cells.numbers import MOST_DIGITS, MOST_KEPT
from plancli.text import fold

_SPAN = 1000
"""Years between the first and the last of one action, at most: more is a slip."""


class DateOrder(Enum):
    """What stands first in the dates of a table: ``03/04/2025`` is in April, in March, or may be in either."""

    DAYS = auto()
    MONTHS = auto()
    EITHER = auto()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years a cell names, ascending, and the day or month it ends with, where that is certain.

    ``plain`` means that it says years and nothing else, ``exact`` that dates account for each of its words.
    """

    years: tuple[int, ...] = ()
    due: str = ""
    plain: bool = False
    exact: bool = False


@lru_cache(MOST_KEPT)
def read_calendar(cell: str, exported: bool = False, order: DateOrder = DateOrder.DAYS) -> Calendar:
    """Return the years in ``2021``, ``2021-2022``, ``2021|2022``, ``entre 2021 et 2023``; amid words not plain.

    In a table that was ``exported`` any number is a year; elsewhere a year has four digits. ``2025-12`` is a
    month, ``2025-26`` are two years, ``2011-12`` may be either and says no year. ``03/04/2025`` is in April
    or in March, as the ``order`` of the table has it.
    """
    text = re.sub(r"^([0-9]+)[.,]0+$", r"\1", re.sub(r"[–—‑‐]", "-", fold(cell)))
    year = r"[0-9]+" if exported else YEAR
    if re.fullmatch(rf"{year}(?:(?:{_UNTIL}|{_AND}){year})*", text):
        years = _expand_runs(text)
        if years:
            return Calendar(tuple(sorted(set(years))), plain=years == sorted(set(years)))
    if is_month_or_year(text):
        return Calendar()
    dated = _read_dates(text, order)
    if dated:
        return dated
    named = _years_named(_ASIDE.sub(" ", text)) or _years_named(text)
    return Calendar(tuple(sorted(set(named))))


def read_date_cell(cell: str, order: DateOrder = DateOrder.DAYS) -> str:
    """Return the day, month or year that a whole cell says, as a plan has it: ``2025-12-31``; else nothing."""
    point = _point(re.sub(r"[–—‑‐]", "-", fold(cell)), order)
    return (point[1] or str(point[0])) if point else ""


def without_serial(cell: str) -> str:
    """Return a cell as it stands, but the number by which a spreadsheet keeps a day, ``45000``, as that day."""
    return read_calendar(cell).due if _SERIAL.fullmatch(cell) else cell


YEAR = r"(?:19|20|21)[0-9][0-9]"
"""A year of a plan, in digits."""

_TWO = r"[0-9][0-9]"
_MONTH = r"(?:0[1-9]|1[0-2])"
_UNTIL = r" ?(?:-|a|au|to) ?"
_AND = r" ?(?:[,;|+&/]|et|and) ?"
_MONTHS = (
    r"(?:jan(?:v(?:ier)?|uary)?|fev(?:r(?:ier)?)?|feb(?:ruary)?|mar(?:s|ch)?|avr(?:il)?|apr(?:il)?|mai|may|juin|june?"
    r"|juil(?:let)?|july?|aout|aug(?:ust)?|sept?(?:embre|ember)?|oct(?:obre|ober)?|nov(?:embre|ember)?"
    r"|dec(?:embre|ember)?)\.?"
)
_PART = (
    rf"(?:(?:(?:1er|[0-3]?[0-9]) )?{_MONTHS}"
    r"|(?:[1-4](?:er|e|eme|st|nd|rd|th)? )?(?:trimestre|semestre|quarter|half)"
    r"|[tqs][1-4]|debut|mi|fin|early|mid|late|end|rentree|printemps|ete|automne|hiver|spring|summer|autumn|fall|winter)"
)
_LAW = r"(?<![0-9])[0-9]{4}-[0-9]{3,5}(?![0-9])"
"""The number of a law or decree, ``2018-1021``, unless it is two years."""

_ASIDE = re.compile(r"\((?! ?(?:et|and|puis|then|ou|or|[0-9]))[^()]*\)")
"""What is said in brackets, ``(bilan 2027)``, unless it goes on with years."""

_TO = (
    r"(?: ?(?:-+>?|→|>|…|\.\.+|a|au|to|through|thru|till)|[^0-9]{0,40}\b(?:jusqu'(?:a|en|au)|until))"
    r" ?(?:(?:le|la|l'|the) ?)?"
)
_RUN = re.compile(rf"(?<![0-9])(?:(?:entre|between) {YEAR} (?:et|and) {YEAR}|{YEAR}(?:{_TO}{YEAR})*)(?![0-9])")


def is_month_or_year(text: str) -> bool:
    """Return whether a cell is such as ``2011-12``: December 2011, or two years."""
    found = re.fullmatch(rf"({YEAR}) ?[-/] ?({_MONTH})", text.strip())
    return found is not None and int(found[2]) == (int(found[1]) + 1) % 100


def _years_named(text: str) -> list[int]:
    """Return the years that a text names: dates and parts of a year are their year, runs are spread."""
    text = re.sub(_LAW, lambda law: law[0] if re.fullmatch(rf"{YEAR}-{YEAR}", law[0]) else " ", text)
    text = re.sub(rf"(?<![0-9])[0-3]?[0-9][/.-][01]?[0-9][/.-]({YEAR})(?![0-9])", r"\1", text)
    text = re.sub(rf"(?<![0-9])({YEAR})[/.-]{_MONTH}[/.-][0-3][0-9](?![0-9])", r"\1", text)
    text = re.sub(rf"(?<![0-9/.-])[01]?[0-9][/.-]({YEAR})(?![0-9])", r"\1", text)
    text = re.sub(rf"(?<![0-9])({YEAR})([/-])({_TWO})(?![0-9/-])", _expand_short, text)
    text = re.sub(rf"(?<![a-z0-9])(?:{_PART}[ -]?){{1,4}}({YEAR})", r"\1", text)
    text = re.sub(rf"({YEAR})[ -]?[tqs][1-4](?![a-z0-9])", r"\1", text)
    found: list[int] = []
    for run in _RUN.finditer(text):
        years = [int(year) for year in re.findall(YEAR, run[0])]
        found += range(min(years), max(years) + 1)
    return found


def _expand_short(match: re.Match[str]) -> str:
    """Return ``2025-12`` as its year, ``2025-26`` as two years."""
    first, second = int(match[1]), int(match[3])
    if 1 <= second <= 12 and second != (first + 1) % 100:
        return match[1]
    later = first // 100 * 100 + second
    return f"{first} - {later}" if later > first else match[0]


def _expand_runs(text: str) -> list[int]:
    """Return each year of a list of years and runs; none where a run goes backwards or a number is no year."""
    found: list[int] = []
    for run in re.split(_AND, text):
        numbers = re.split(_UNTIL, run)
        years = [int(number) for number in numbers if len(number) <= MOST_DIGITS]
        first, last = years[:1] or [0], years[-1:] or [0]
        if len(years) < len(numbers) or years != sorted(years) or last[0] - first[0] >= _SPAN or not first[0]:
            return []
        found += range(first[0], last[0] + 1)
    return found


_BY = re.compile(
    r"(?:(?:d'ici|jusqu'|(?:au plus tard|pour|by|until|no later than|due|livraison|prevue?|en|courant|during|in)"
    r"\b|(?:avant|before)(?=(?: le| the)? (?!0?1[ /.-])[0-9]{1,2}[ /.-]))"
    r"(?: ?(?:a|au|aux|en|le|la|les|the|fin|on|end of|the end of))* ?|(?:fin|end of|end|le|la|on) )(?: ?de )?"
)
"""Words before a date that is an end."""

_BETWEEN = re.compile(r"(?:de|du|d'|entre|from|between|de la|le) ?(?:le |la |the )?")
_STARTS = re.compile(
    r" ?(?:-+>?|→|>|…|\.\.+|/) ?| (?:au|a|to|through|thru|until|till|et|and|jusqu'(?:au|a|en)) (?:le |la |fin )?"
)

_NAMES = (
    ("jan", 1), ("fev", 2), ("feb", 2), ("mar", 3), ("avr", 4), ("apr", 4), ("mai", 5), ("may", 5), ("juin", 6),
    ("jun", 6), ("juil", 7), ("jul", 7), ("aou", 8), ("aug", 8), ("sep", 9), ("oct", 10), ("nov", 11), ("dec", 12),
)  # fmt: skip
"""How the names of months begin, and their numbers."""

_DAY = r"(?P<day>1er|[0-3]?[0-9])(?:st|nd|rd|th)?"
_NAMED_MONTH = rf"(?P<name>{_MONTHS})"
_ANY_YEAR = rf"(?P<year>{YEAR}|{_TWO})"
_PARTS = r"(?:(?:[tq](?P<quarter>[1-4])|(?P<quarters>[1-4])(?:er|e|eme|st|nd|rd|th)? (?:trimestre|quarter))"
_HALVES = r"|(?:[sh](?P<half>[12])|(?P<halves>[12])(?:er|e|eme|nd|st)? (?:semestre|half)))"
_POINTS = tuple(
    re.compile(each)
    for each in (
        rf"(?P<year>{YEAR})",
        rf"(?P<year>{YEAR})[-/.](?P<month>{_MONTH})[-/.](?P<day>[0-3][0-9])",
        rf"(?P<first>[0-9]{{1,2}})([/.-])(?P<second>[0-9]{{1,2}})\2{_ANY_YEAR}",
        rf"(?P<year>{YEAR}) ?[-/.] ?(?P<month>{_MONTH})",
        rf"(?P<month>{_MONTH}|[1-9]) ?[/.-] ?(?P<year>{YEAR})",
        rf"{_DAY}[ /-]{_NAMED_MONTH}[ /-]{_ANY_YEAR}",
        rf"{_NAMED_MONTH}[ /-](?P<year>{YEAR})",
        rf"{_NAMED_MONTH}[/-](?P<year>{_TWO})",
        rf"{_NAMED_MONTH} {_DAY},? (?P<year>{YEAR})",
        rf"{_PARTS}{_HALVES}[ /-]?(?:de |of )?(?P<year>{YEAR})",
        rf"(?P<year>{YEAR})(?: - |[ /-]?){_PARTS}{_HALVES}",
    )
)
_ORDINALS = (
    (r"\b(?:premiere?|first)\b", "1er"),
    (r"\b(?:second|deuxieme)\b", "2e"),
    (r"\b(?:troisieme|third)\b", "3e"),
    (r"\b(?:quatrieme|fourth|dernier|last)(?= (?:trimestre|quarter))", "4e"),
)
_TIME = re.compile(r"(?<=[0-9])[ t][0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?: ?[ap]m)?z?$")
"""The time of day behind a date, as forms and databases write it."""

_SERIAL = re.compile(r"[2-7][0-9]{4}")
"""The number by which a spreadsheet keeps a day: from 1954 to 2119."""


def _read_dates(text: str, order: DateOrder) -> Calendar | None:
    """Return the years and the end of a text that is a date, or from one date to another; None for any other."""
    if _SERIAL.fullmatch(text):
        day = datetime.date(1899, 12, 30) + datetime.timedelta(int(text))
        return Calendar((day.year,), day.isoformat(), exact=True)
    by = _BY.match(text)
    for start in {0, by.end() if by else 0}:
        end = _point(text[start:], order)
        if end:
            return Calendar((end[0],), end[1], exact=True)
    between = _BETWEEN.match(text)
    start = between.end() if between else 0
    for sign in _STARTS.finditer(text, start):
        last = _point(text[sign.end() :], order)
        before = text[start : sign.start()]
        first = _point(before, order) or (last and _point(f"{before} {last[0]}", order))
        if first and last and first[0] <= last[0] < first[0] + _SPAN and (first[1] or last[1]):
            return Calendar(tuple(range(first[0], last[0] + 1)), last[1], exact=True)
    return None


@lru_cache(MOST_KEPT)
def _point(text: str, order: DateOrder) -> tuple[int, str] | None:
    """Return the year of a date, and its last day or month where it says more; None where it is no single date."""
    text = _TIME.sub("", text.strip(" ."))
    if not text[:1].isascii() or len(text) > 40:
        return None
    for word, number in _ORDINALS:
        text = re.sub(word, number, text)
    for form in _POINTS:
        found = form.fullmatch(text)
        if not found:
            continue
        said = found.groupdict()
        year = int(said["year"])
        year += 2000 if year < 100 else 0
        if said.get("first"):
            return _day_and_month(year, int(said["first"]), int(said["second"]), order)
        part = int(said.get("quarter") or said.get("quarters") or 0) * 3
        part = part or int(said.get("half") or said.get("halves") or 0) * 6
        name = said.get("name") or ""
        month = part or int(said.get("month") or 0)
        month = month or next((number for start, number in _NAMES if name.startswith(start)), 0)
        return _ending(year, month, int((said.get("day") or "0").removesuffix("er")))
    return None


def _day_and_month(year: int, first: int, second: int, order: DateOrder) -> tuple[int, str] | None:
    """Return a date whose first number is the day, or the month where it can be nothing else."""
    if second > 12 or (order is DateOrder.MONTHS and first <= 12):
        first, second = second, first
    elif order is DateOrder.EITHER and first <= 12 and first != second:
        return year, ""
    return _ending(year, second, first)


def _ending(year: int, month: int, day: int) -> tuple[int, str] | None:
    if not month:
        return year, ""
    if not 1 <= month <= 12 or day > monthrange(year, month)[1]:
        return None
    return year, f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
