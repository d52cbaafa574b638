"""Which column of a table is what: by its headings, or by position where there are none."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from plancli.exchange.importer.tables import Sheet
from plancli.exchange.table import table_headings
from plancli.plan.model import FIELDS, REQUIRED_FIELDS
from plancli.text import fold

PUBLISHED = (
    "orientation_title",
    "orientation",
    "measure_title",
    "measure",
    "text",
    "number",
    "directorates",
    "years",
    "priority",
)
"""The columns of the published table, in its order: what is taken where nothing is said."""

REQUIRED = ("text", "years", "priority", "measure_title", "orientation_title")

ROLES = ("pilots", "associated")

_KEYS = frozenset(each.key for each in table_headings(FIELDS))
_OWN = tuple(
    frozenset(names)
    for names in (
        [each.key for each in table_headings(REQUIRED_FIELDS)],
        [each.label for each in table_headings(REQUIRED_FIELDS)],
        [each.french for each in table_headings(REQUIRED_FIELDS)],
    )
)
"""The headings that every table has which plancli exported: as CSV, as a workbook in English and in French."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column stands, from 0; ``row`` is the row of the headings (0 without), ``width`` where they end.

    ``more`` has further columns of a role, and those that its merged heading covers. ``unknown`` have a heading
    that a plan has no place for. ``code_separator`` stands between the codes of a table that plancli exported,
    whose cells are read as they stand; it is empty for any other table.
    """

    places: dict[str, int]
    row: int
    width: int
    code_separator: str = ""
    more: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unknown: tuple[int, ...] = ()

    @property
    def exported(self) -> bool:
        """Whether plancli made the table."""
        return bool(self.code_separator)

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns without which there is no plan."""
        wanted = [*REQUIRED, *(() if "pilots" in self.places else ("directorates",))]
        return tuple(name for name in wanted if name not in self.places)

    @property
    def read(self) -> frozenset[int]:
        """The columns whose cells go into the plan."""
        return frozenset(self.places.values()).union(*self.more.values())

    def of(self, name: str) -> tuple[int, ...]:
        """Return the columns of a name, the first of them first."""
        return (*((self.places[name],) if name in self.places else ()), *self.more.get(name, ()))


_HEAD = 100
"""Rows among which the headings are looked for."""


def find_columns(sheet: Sheet) -> Columns:
    """Return the columns by the row with most headings; without one, columns stand as published."""
    best = Columns(dict(zip(PUBLISHED, range(len(PUBLISHED)), strict=True)), 0, len(PUBLISHED))
    most = 2
    for index, row in enumerate(sheet.rows[:_HEAD]):
        filled = sum(1 for cell in row if cell)
        if filled > most and (columns := read_headings(sheet, index + 1)) and len(columns.places) > most:
            best, most = columns, len(columns.places)
    return best


def likeness(rows: Sequence[tuple[str, ...]]) -> tuple[int, int]:
    """Return how much rows look like a table of actions: headings known, then rows as wide as one has to be."""
    columns = find_columns(Sheet("", tuple(rows)))
    return len(columns.places) if columns.row else 0, sum(1 for row in rows if len(row) > len(PUBLISHED) // 2)


def read_headings(sheet: Sheet, number: int) -> Columns | None:
    """Return the columns that a row of headings names; None where that of actions isn't among them."""
    names = [cell.replace("\xa0", " ").strip() for cell in sheet.rows[number - 1]]
    width = max((index + 1 for index, name in enumerate(names) if name), default=0)
    filled = frozenset(name for name in names if name)
    separator = ""
    if filled >= _OWN[0]:
        separator, places = "|", {name: index for index, name in enumerate(names) if name in _KEYS}
        more: dict[str, tuple[int, ...]] = {}
    else:
        separator = ", " if any(filled >= labels for labels in _OWN[1:]) else ""
        places, more = _name([_kind(name) for name in names])
        for index in range(len(names)):
            name = next(
                (name for name in ROLES if places.get(name) == _heading_of(sheet, number - 1, index) != index), ""
            )
            if name:  # a column that the merged heading of a role covers
                more[name] = (*more.get(name, ()), index)
                width = max(width, index + 1)
    if "text" not in places:
        return None
    known = {*places.values(), *(index for indices in more.values() for index in indices)}
    unknown = tuple(index for index, name in enumerate(names) if name and index not in known)
    return Columns(places, number, width, separator, more, unknown)


def _heading_of(sheet: Sheet, row: int, column: int) -> int:
    """Return the column whose heading a merged cell sets above a column, or the column itself."""
    top, left = sheet.covered.get((row, column), (row, column))
    return left if top == row else column


_IGNORED = frozenset(["a", "au", "d", "de", "des", "du", "et", "l", "la", "le", "les", "and", "of", "the"])
_NUMBER = frozenset(["n", "no", "n°", "num", "numero", "number", "nb", "#"])
_TITLE = frozenset(["title", "titre", "intitule", "libelle", "text", "texte", "nom", "name"])
_SUBJECTS = {
    "orientation": "orientation",
    "mesure": "measure",
    "measure": "measure",
    "action": "action",
}
_DIRECTORATE = frozenset(["direction", "directorate", "service", "pilote", "pilot", "lead", "role"])
_ASSOCIATED = frozenset(["associe", "associee", "associated"])


@lru_cache(4096)
def _kind(heading: str) -> tuple[str, str]:
    """Return what a heading speaks of and which part of it: ``("measure", "number")``; empty where unknown."""
    words = frozenset(_words(heading))
    if not words:
        return "", ""
    if words <= _NUMBER:
        return "", "number"
    subjects = {_SUBJECTS[word] for word in words if word in _SUBJECTS}
    rest = words - _SUBJECTS.keys()
    if len(subjects) == 1:
        subject = subjects.pop()
        if not rest:
            return subject, ""
        return (subject, "number") if rest <= _NUMBER else (subject, "title") if rest <= _TITLE else ("", "")
    if words <= _TITLE and "text" in words | {"text" if "texte" in words else ""}:
        return "action", "title"
    return _other(words), ""


def _other(words: frozenset[str]) -> str:
    words -= {"niveau", "level"} if len(words) > 1 else frozenset()
    known = _fields()
    if words not in known and words & _DIRECTORATE and words <= _DIRECTORATE | _ASSOCIATED:
        return known.get(words - {"direction", "directorate", "service"}, "directorates")
    return known.get(words, "")


@cache
def _fields() -> dict[frozenset[str], str]:
    """Return the fields of an action by the words of each of their names, but for its number and its text."""
    return {frozenset(["role"]): "directorates"} | {
        frozenset(_words(name)): each.key
        for each in FIELDS
        if each.key not in ("number", "text")
        for name in (each.key, each.label, each.short, each.heading, each.french, *each.aliases)
        if name
    }


def _words(heading: str) -> Iterable[str]:
    plain = fold(heading).replace("_", " ").replace("(s)", "").replace("(e)", "e").replace("º", "°")
    for word in re.findall(r"n°|#|[a-z]+", plain):
        if word not in _IGNORED:
            yield word[:-1] if len(word) > 3 and word.endswith("s") else word


_NAMES = {
    ("orientation", "number"): "orientation",
    ("orientation", "title"): "orientation_title",
    ("measure", "number"): "measure",
    ("measure", "title"): "measure_title",
    ("action", "number"): "number",
    ("action", "title"): "text",
}


def _name(kinds: list[tuple[str, str]]) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """Return what each column is, and further columns of a role.

    A bare ``N°`` that is the only one counts the actions, wherever it stands; of several each belongs to the
    subject beside it. A bare subject is its title, unless the title has a column of its own (export calls the
    number of a measure ``measure``).
    """
    kinds = list(kinds)
    subjects = [index for index, (subject, _part) in enumerate(kinds) if subject in _SUBJECTS.values()]
    bare = [index for index, kind in enumerate(kinds) if kind == ("", "number")]
    step = -1 if subjects and bare and subjects[0] < bare[0] else 1
    for index in bare:
        beside = index + step
        if len(bare) == 1 and ("action", "number") not in kinds:
            kinds[index] = ("action", "number")
        elif beside in subjects and (kinds[beside][0], "number") not in kinds:
            kinds[index] = (kinds[beside][0], "number")
        elif ("action", "number") not in kinds:
            kinds[index] = ("action", "number")
    places: dict[str, int] = {}
    more: dict[str, tuple[int, ...]] = {}
    for index, (subject, part) in enumerate(kinds):
        if subject and not part and subject in _SUBJECTS.values():
            part = "number" if (subject, "title") in kinds else "title"
        name = _NAMES.get((subject, part), "" if part else subject)
        if name in places and name in ROLES:
            more[name] = (*more.get(name, ()), index)
        elif name:
            places.setdefault(name, index)
    if "pilots" in places:
        places.pop("directorates", None)
    return places, more
