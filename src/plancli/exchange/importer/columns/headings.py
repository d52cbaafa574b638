"""The row of headings of a sheet, and the columns that it names."""

from collections.abc import Mapping, Sequence

from plancli.exchange.importer.columns import CLASSIC, Columns, TableColumn, labelled
from plancli.exchange.importer.columns.finder import SAMPLE, ColumnFinder
from plancli.exchange.importer.columns.vocabulary import (
    FIELD,
    NUMBER,
    ROLES,
    TEXT,
    is_part_of_year,
    meaning,
    year_of,
)
from plancli.exchange.importer.file import Sheet
from plancli.exchange.table import BAR, level_key, table_headings
from plancli.plan.model import FIELDS, REQUIRED_FIELDS

PUBLISHED = ("title 1", "code 1", "title 2", "code 2", TEXT, NUMBER, "directorates", "years", "priority")
"""The columns of the published table, in its order: what is taken where nothing is said."""

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

_PARTS = {"number": "code", "code": "sign", "title": "title"}
"""The columns of a level in a CSV file that plancli made, and their roles."""

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
    own = _own_csv(names, number)
    if own:
        return own
    separator = ", " if any(frozenset(names) >= labels for labels in _OWN[1:]) else ""
    last = number
    if _has_second_row(sheet, number):
        last = number + 1
        names = _joined_rows(sheet, number)
    found = ColumnFinder(sheet, names, last, mapped)
    return Columns(found.columns, number, last, found.levels, separator)


def _own_csv(names: list[str], number: int) -> Columns | None:
    """Return the columns of a CSV file that plancli made; None for any other table."""
    at = names.index(TEXT) if TEXT in names else 0
    begins = names[:1] == [NUMBER] and names[at : at + 4] == [TEXT, *ROLES, "years"]
    places, levels = names[1:at], CLASSIC
    if frozenset(names) >= _OWN[0] or (begins and places == [*CLASSIC] and "measure_title" in names):
        keys = [level_key(each, part) for each in levels for part in ("number", "title")]
        places = [key for key in keys if key in names]
    elif begins:  # of a plan that names its levels: their columns, in their order, stand before the text
        levels = tuple([each for each in places if level_key(each, "title") in places])
        keys = [level_key(each, part) for each in levels for part in _PARTS]
        if places != [key for key in keys if key in places]:
            return None
    else:
        return None
    roles = {at: name if name in _KEYS else FIELD for at, name in enumerate(names) if name}
    for level, each in enumerate(levels, 1):
        for part, role in _PARTS.items():
            if level_key(each, part) in places:
                roles[names.index(level_key(each, part))] = f"{role} {level}"
    return Columns(labelled(names, roles), number, number, levels, BAR)


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
        if group and is_part_of_year(under):
            under = f"{under} {group}" if year_of(group) else under
        elif under and meaning(under).role == FIELD and group:
            under = f"{under} {group}" if year_of(group) else under if year_of(under) else f"{group} – {under}"
        names.append(under or own)
    return names
