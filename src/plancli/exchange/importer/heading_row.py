"""The row of headings of a sheet: where it stands, and the columns that it names."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from plancli.exchange.importer.assignment import SAMPLE, ColumnFinder
from plancli.exchange.importer.columns import PUBLISHED, Columns, TableColumn, labelled
from plancli.exchange.importer.headings import (
    FIELD,
    NUMBER,
    ROLES,
    TEXT,
    meaning,
    year_of,
)
from plancli.exchange.importer.tables import Sheet
from plancli.exchange.table import level_key, table_headings
from plancli.plan.model import FIELDS, REQUIRED_FIELDS

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


_PLACES = {
    "orientation": "code 1",
    "orientation_title": "title 1",
    "measure": "code 2",
    "measure_title": "title 2",
}


_HEAD = 100
"""Rows among which the headings are looked for."""


MOST_UNKNOWN = 3
"""Headings of which none but the one of the texts may be unknown, for a row to be one of headings."""


def find_columns(sheet: Sheet, mapped: Mapping[str, str] | None = None) -> Columns:
    """Return the columns by the row with most headings; without one, columns stand as published."""
    best: Columns | None = None
    most = (False, 0)
    for index, row in enumerate(sheet.rows[:_HEAD]):
        filled = sum(1 for cell in row if cell)
        if filled < 2:
            continue
        found = read_headings(sheet, index + 1, mapped or {})
        rank = bool(found.of(TEXT)), found.known
        heading = found.columns[found.first(TEXT)].heading if found.of(TEXT) else ""
        named = found.known > 1 or (heading and (meaning(heading).noun == "action" or filled > MOST_UNKNOWN))
        if rank > most and named and filled > 3 - found.known:
            best, most = found, rank
    if best:
        return best
    return Columns(tuple(TableColumn(index, "", role) for index, role in enumerate(PUBLISHED)), 0, 0)


def likeness(rows: Sequence[tuple[str, ...]]) -> tuple[int, int, int]:
    """Return how much rows look like a table of actions: headings known, rows as wide as one is, cells in line."""
    columns = find_columns(Sheet("", tuple(rows[: _HEAD + SAMPLE])))
    widths = [len(row) for row in rows if len(row) > 1]
    alike = sum(width == widths[0] for width in widths) * widths[0] if widths else 0
    wide = sum(width > len(PUBLISHED) // 2 for width in widths)
    return columns.known if columns.row else 0, wide, alike


def read_headings(sheet: Sheet, number: int, mapped: Mapping[str, str]) -> Columns:
    """Return the columns that a row of headings names."""
    names = [" ".join(cell.split()) for cell in sheet.rows[number - 1]]
    filled = frozenset(names)
    if filled >= _OWN[0] or (_own_places(names) == ["orientation", "measure"] and "measure_title" in filled):
        roles = {at: _PLACES.get(name, name) if name in _KEYS else FIELD for at, name in enumerate(names) if name}
        return Columns(labelled(names, roles), number, number, code_separator="|")
    levels = _own_levels(names)
    if levels is not None:
        return _own_columns(names, number, levels)
    last = number
    if _has_second_row(sheet, number):
        last = number + 1
        names = _joined_rows(sheet, number)
    assigned = ColumnFinder(sheet, names, last, mapped)
    separator = ", " if any(filled >= labels for labels in _OWN[1:]) else ""
    return replace(assigned.columns, row=number, last=last, code_separator=separator)


def _own_places(names: list[str]) -> list[str] | None:
    """Return the columns of a CSV file that plancli made which say where an action stands; None for any other."""
    at = names.index(TEXT) if TEXT in names else 0
    return names[1:at] if names[:1] == [NUMBER] and names[at : at + 4] == [TEXT, *ROLES, "years"] else None


def _own_levels(names: list[str]) -> tuple[str, ...] | None:
    """Return the levels of a CSV file that plancli made of a plan that names them; None for any other table."""
    places = _own_places(names)
    if places is None:
        return None
    levels = tuple([each for each in places if level_key(each, "title") in places])
    keys = [level_key(each, what) for each in levels for what in ("number", "code", "title")]
    return levels if places == [key for key in keys if key in places] else None


def _own_columns(names: list[str], number: int, levels: tuple[str, ...]) -> Columns:
    roles = {at: name if name in _KEYS else FIELD for at, name in enumerate(names) if name}
    for level, each in enumerate(levels, 1):
        for what, role in (("number", "code"), ("code", "sign"), ("title", "title")):
            if level_key(each, what) in names:
                roles[names.index(level_key(each, what))] = f"{role} {level}"
    return Columns(labelled(names, roles), number, number, levels, code_separator="|")


def _has_second_row(sheet: Sheet, number: int) -> bool:
    """Return whether the row under some headings divides them: its cells stand under merged or empty ones."""
    if number >= len(sheet.rows):
        return False
    above, below = sheet.rows[number - 1], sheet.rows[number]
    said = [at for at, cell in enumerate(below) if cell.strip()]
    divided = [
        at for at in said if not _cell(above, at) or sheet.covered.get((number - 1, at + 1)) == (number - 1, at)
    ]
    divided += [at for at in said if at not in divided and at + 1 in said and not _cell(above, at + 1)]
    if len(said) < 2 or len(divided) * 2 <= len(said):
        return False
    own = [at for at, cell in enumerate(above) if cell.strip() and at not in said]
    return bool(own) and any(meaning(_cell(above, at)).role not in (FIELD, "") for at in own)


def _cell(row: Sequence[str], at: int) -> str:
    return " ".join(row[at].split()) if at < len(row) else ""


def _joined_rows(sheet: Sheet, number: int) -> list[str]:
    above, below = sheet.rows[number - 1], sheet.rows[number]
    names, group = [], ""
    for at in range(max(len(above), len(below))):
        own, under = _cell(above, at), _cell(below, at)
        group = own or (group if under else "")
        if under and meaning(under).role == FIELD and group:
            under = f"{under} {group}" if year_of(group) else under if year_of(under) else f"{group} – {under}"
        names.append(under or own)
    return names
