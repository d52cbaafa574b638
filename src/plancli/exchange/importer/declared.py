"""The columns that a plan has no key for, as fields that it declares: typed by what is in them."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from plancli.check.rules.reserved_name import RESERVED
from plancli.exchange.importer.cells.dates import DateOrder, read_date_cell
from plancli.exchange.importer.cells.directorates import is_nobody, is_perhaps_nobody
from plancli.exchange.importer.cells.words import by_importance, is_mark
from plancli.plan.model import NONE, read_amounts
from plancli.text import fold

MOST_CHOICES = 8
"""Words that a choice has, at most."""

_LONGEST_CHOICE = 40
_LONGEST_ITEM = 120
_LONGEST_KEY = 40

_SPACES = " \u00a0\u202f"
_NUMBER = re.compile(
    rf"(?P<sign>[$£€][{_SPACES}]*)?\+?"
    rf"(?P<amount>[-−–]?(?:0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?:[{_SPACES},.'][0-9]{{3}})+)(?:[.,][0-9]{{1,6}})?)"
    rf"(?:[{_SPACES}]*(?P<unit>[^\d\s,.;:/()-][^\d\s;:/()]{{0,11}}(?:[{_SPACES}](?:HT|TTC))?))?"
)
_CURRENCIES = ("€", "$", "£")
_MONEY = (*_CURRENCIES, "k€", "K€", "M€", "€ HT", "€ TTC", "%")
_REMARKS = re.compile("remarque|observation|commentaire|remark|comment")
"""What the heading of a column begins with in which each cell may say anything; folded."""

_ITEMS = re.compile(r"\s*(?:[;\n]|•)\s*")
_BULLET = re.compile(r"(?:[-–—•*·]|[0-9]{1,2}[.)])\s+")


class Language(NamedTuple):
    """The conventions of a table: ``english``: commas in thousands; ``dates``: what stands first in them.

    ``own`` are those of a CSV file of plancli: its headings are keys, its values are as in a plan.
    """

    english: bool
    dates: DateOrder
    own: bool


@dataclass(frozen=True, slots=True)
class DeclaredField:
    """A field that the plan declares: its key, its definition as the file has it, and the value of each action.

    ``changed`` means that values are written otherwise than in the table. ``nothing`` has the words of
    actions without a number or a date that say so, by their place.
    """

    key: str
    definition: dict[str, Any]
    values: Sequence[Any]
    changed: bool = False
    nothing: Mapping[int, str] = field(default_factory=dict)


def declare(
    label: str, cells: Sequence[tuple[str, ...]], listed: bool, taken: Collection[str], language: Language
) -> DeclaredField:
    """Return the field of a column; ``cells`` are those of each action, empty where it has none.

    ``listed`` is a column of parts of actions; ``taken`` are keys that are in use.
    """
    if language.own and label not in taken:
        return _declare_own(label, cells)
    key = _make_key(label, taken)
    single = [each[0] for each in cells if each]
    lines = [_line(cell) for cell in single]
    if listed or any(len(each) > 1 for each in cells):
        return _field(key, label, "list", [_join(each, listed) or None for each in cells])
    empty = {line for line in set(lines) if _says_nothing(line)}
    nothing = {at: _line(each[0]) for at, each in enumerate(cells) if each and _line(each[0]) in empty}
    filled = [() if at in nothing else each for at, each in enumerate(cells)]
    said = [line for line in lines if line not in empty]
    numbers = [_NUMBER.fullmatch(line) for line in said]
    units = {((found["sign"] or "") + (found["unit"] or "")).strip() for found in numbers if found}
    units -= {""} if units & {*_CURRENCIES} else set()  # ``25 000 €`` beside 30000
    alone = len(said) == 1 and units.isdisjoint(["", *_MONEY])  # ``2 km livrés`` is a remark
    amounts = _amounts([found["amount"] for found in numbers if found], language.english)
    if said and len(amounts) == len(said) and len(units) == 1 and not alone:
        return replace(_numbers(key, label, filled, amounts, units.pop()), nothing=nothing)
    dates = [read_date_cell(line, language.dates) for line in said]
    if said and all(dates) and any("-" in each for each in dates):
        found = iter(dates)
        values = [next(found) if each else None for each in filled]
        return replace(_field(key, label, "date", values, dates != said), nothing=nothing)
    if any(_is_list(cell) for cell in single):
        return _field(key, label, "list", [_items(each[0]) if each else None for each in cells])
    words = list(dict.fromkeys(lines))
    choice = 1 < len(words) <= MOST_CHOICES and len(words) * 2 <= len(lines) and len(lines) > 3
    choice = choice and NONE not in map(fold, words)  # the word means an action without a value
    choice = choice and units.isdisjoint(_MONEY) and not _REMARKS.match(fold(label))
    values = [_line(each[0]) if each else None for each in cells]
    if choice and all(len(word) <= _LONGEST_CHOICE for word in words):
        return _field(key, label, "choice", values, values=by_importance(words))
    return _field(key, label, "text", values)


def _field(
    key: str, label: str, kind: str, of_actions: Sequence[Any], changed: bool = False, **more: Any
) -> DeclaredField:
    return DeclaredField(key, {"label": label, "type": kind, **more}, of_actions, changed)


def _declare_own(key: str, cells: Sequence[tuple[str, ...]]) -> DeclaredField:
    """Return the field of a column of plancli's own CSV, of which only the type has to be found out."""
    single = [each[0] for each in cells if each]
    if any(len(each) > 1 for each in cells):
        return _field(key, key, "list", [list(each) or None for each in cells])
    if all(map(_OWN_NUMBER.fullmatch, single)):
        numbers = [None if not each else Decimal(each[0]) if "." in each[0] else int(each[0]) for each in cells]
        return _field(key, key, "number", numbers)
    kind = "date" if all("-" in each and read_date_cell(each) == each for each in single) else "text"
    return _field(key, key, kind, [each[0] if each else None for each in cells])


_OWN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?")


def _join(cells: Sequence[str], listed: bool) -> list[str]:
    return [item for cell in cells for item in (_items(cell) if listed else [_line(cell)])]


def _numbers(
    key: str, label: str, cells: Sequence[tuple[str, ...]], amounts: Sequence[int | Decimal], unit: str
) -> DeclaredField:
    read = iter(amounts)
    values = [next(read) if each else None for each in cells]
    written = [each[0] for each in cells if each]
    if unit and fold(unit) not in fold(label):
        label = f"{label} ({unit})"
    return _field(key, label, "number", values, written != [str(each) for each in values if each is not None])


def _amounts(written: Sequence[str], english: bool) -> list[int | Decimal]:
    """Return the numbers of a column; without those that may be two, as ``12,000`` and ``12.000`` in French."""
    english = english or any(each.count(",") > 1 for each in written)
    found: list[int | Decimal] = []
    for each in written:
        readings = read_amounts(re.sub("[−–]", "-", each))
        sure = len(readings) == 1 and not re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", readings[0])
        if sure or (english and readings):
            number = Decimal(readings[0])
            found.append(int(number) if number == int(number) else number.normalize())
    return found


def _says_nothing(line: str) -> bool:
    """Return whether words say that there is no number or date (yet): ``–``, ``à chiffrer``, ``NC``."""
    if len(line) > _LONGEST_CHOICE or is_mark(line) or _NUMBER.fullmatch(line):
        return False
    return is_nobody(line) or is_perhaps_nobody(line)


def _line(cell: str) -> str:
    return " ".join(cell.split())


def _is_list(cell: str) -> bool:
    items = _items(cell)
    return len(items) > 1 and all(len(item) <= _LONGEST_ITEM for item in items)


def _items(cell: str) -> list[str]:
    items = [" ".join(_BULLET.sub("", item, count=1).split()) for item in _ITEMS.split(cell.strip())]
    return [item for item in items if item]


def taken_keys(levels: Iterable[str]) -> frozenset[str]:
    """Return the keys that no field of a plan with some levels gets: a question or YAML would misread them."""
    return RESERVED | {"level", "measures", "on"} | {fold(level).replace(" ", "_") for level in levels}


def _make_key(label: str, taken: Collection[str]) -> str:
    """Return a key for a label: ``budget_previsionnel`` for ``Budget prévisionnel``; never one that is taken."""
    plain = re.sub(r"\([^()]*\)|[·.]e(?:[·.]?s)?\b", " ", fold(label))
    key = "_".join(re.findall(r"[a-z0-9]+", plain) or re.findall(r"[a-z0-9]+", fold(label)))
    key = key[:_LONGEST_KEY].strip("_") or "field"
    key = key if not key[0].isdigit() else f"c_{key}"
    names = [key, *(f"{key}_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
