"""Who takes part in the action of a row, from all the columns that say so."""

from plancli.exchange.importer.cells.directorates import (
    SplitNames,
    is_nobody,
    is_perhaps_nobody,
    read_roles,
    split_names,
)
from plancli.exchange.importer.cells.words import is_ditto
from plancli.exchange.importer.columns.vocabulary import ROLES
from plancli.exchange.importer.rows.records import CodeCell
from plancli.exchange.importer.rows.row import DITTO, DITTO_HELP, Row
from plancli.i18n import N_

ROLES_HELP = N_("Write for example: Pilote : DHUP Associée : DGCL")


def read_participants(row: Row) -> tuple[CodeCell, CodeCell]:
    """Return who pilots and who is associated, from all the columns that say so."""
    found: dict[str, list[CodeCell]] = {"pilots": [], "associated": []}
    for name in ("directorates", *ROLES):
        for index in row.columns.of(name):
            cell = row.at(index, name)
            if row.columns.exported and name in found:
                codes = row.exported_codes(cell)
                found[name].append(CodeCell(row.verbatim(cell), codes, row.place(index)))
            elif cell.strip():
                _read_roles(row, name, index, cell, found)
    first = (*row.columns.of("pilots"), *row.columns.of("directorates"), -1)[0]
    place = row.place(first)
    for name, cells in found.items():
        if not any(cell.names for cell in cells) and (default := row.reading.defaults.get(name)):
            cells.append(CodeCell(default, split_names(default).names, place))
    pilots, associated = (_united(found[name], place) for name in found)
    return pilots, associated


def _read_roles(row: Row, name: str, index: int, cell: str, found: dict[str, list[CodeCell]]) -> None:
    """Add the codes of a cell that names one role or both, and what had to be made of them."""
    own = "" if name == "directorates" else name
    roles = read_roles(cell, own)
    if roles is None:
        if not is_nobody(cell) and not is_perhaps_nobody(cell):
            row.refuse(index, N_("“{cell}” doesn't say who the pilot is"), ROLES_HELP, cell)
        return
    if roles.unknown:
        row.refuse(index, N_("“{cell}” is neither a pilot nor associated"), ROLES_HELP, roles.unknown)
        return
    for role, bare in roles.bare:
        done = N_("no colon after the label, read as if there were one")
        row.tell(index, done, bare, field=role, noted=True)
    if roles.guessed or (own == "pilots" and roles.associated) or (own == "associated" and roles.pilots):
        done = N_("pilots: {pilots}; associated: {associated}")
        words = {"pilots": roles.pilots or "–", "associated": roles.associated or "–"}
        row.tell(index, done, cell, field=own or "pilots", noted=True, **words)
    for role, written in (("pilots", roles.pilots), ("associated", roles.associated)):
        if written or (role == (own or "pilots") and not found[role]):
            names = split_names(written)
            found[role].append(CodeCell(written, names.names, row.place(index)))
            _tell_names(row, index, role, written, names)


def _tell_names(row: Row, index: int, role: str, written: str, names: SplitNames) -> None:
    if names.nobody and (names.names or role == "pilots" or any(map(is_perhaps_nobody, names.nobody))):
        done = N_("“{words}” is nobody, left out")
        row.tell(index, done, written, field=role, words=", ".join(names.nobody))
    for name in filter(is_ditto, names.names):
        row.refuse(index, DITTO, DITTO_HELP, name)
    for doubt in names.doubts:
        done = N_("kept as one name; to make it several, put ; between them")
        row.tell(index, done, doubt, field=role)
    if names.cut:
        done = N_("taken as {n} names: {parts}")
        row.tell(index, done, written, field=role, n=len(names.names), parts=" | ".join(names.names))


def _united(cells: list[CodeCell], place: int | None) -> CodeCell:
    """Return the codes of several cells as of one."""
    filled = [cell for cell in cells if cell.written.strip()] or cells
    if len(filled) == 1:
        return filled[0]
    written = ", ".join(cell.written for cell in filled)
    names = tuple([name for cell in filled for name in cell.names])
    return CodeCell(written, names, filled[0].column if filled else place)
