"""One row of a table: the action it comes to, and what is wrong or odd in it."""

import re
from collections.abc import Iterator
from typing import Any

from plancli.edit.values import as_decimal
from plancli.exchange.importer.cells.dates import Calendar, is_month_or_year, read_calendar, without_serial
from plancli.exchange.importer.cells.directorates import (
    SplitNames,
    is_nobody,
    is_perhaps_nobody,
    read_roles,
    split_names,
)
from plancli.exchange.importer.cells.numbers import (
    has_letter_code,
    is_number_or_code,
    read_number,
    read_percent,
)
from plancli.exchange.importer.cells.words import is_dash, is_ditto, is_error, is_formula, is_mark
from plancli.exchange.importer.columns import REPORTED, TableColumn
from plancli.exchange.importer.columns.vocabulary import ROLES, TEXT
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.rows import CodeCell, GroupRef, Record, RowReport, Schedule
from plancli.exchange.importer.rows.row import DITTO, DITTO_HELP, Row
from plancli.exchange.table import BAR, split_values
from plancli.i18n import N_
from plancli.plan.model import FIELDS, NONE, Type, read_amounts
from plancli.text import fold

_OWN_READING = frozenset(["code", "when", "due"])
"""The optional fields that are read together with others."""

NO_NUMBER_HELP = N_("Write numbers and codes as 1, 2, 3, 1.1.2, A1 or II")
UNCOMPUTED = N_("the formula here was saved without its value")
_ROLES_HELP = N_("Write for example: Pilote : DHUP Associée : DGCL")
FORMULA_HELP = N_("Correct the formula, or open the table in a spreadsheet and save its values")


_NO_DITTO = ("years", "start", "end", "due", "priority", "status")
"""The columns in which ``idem`` can't be kept as a word; names and titles are read elsewhere."""


def read_row(row: Row, continues: bool, banners: tuple[GroupRef, ...]) -> tuple[Row, Record | None]:
    """Return a row, and its action; None where anything is wrong with the row.

    It is read as it stands, unless it is longer or shorter than the headings and only makes sense when it is
    counted from the right. A row that ``continues`` the action above needs no text.
    """
    _check_formulas(row)
    if row.errors:
        return row, None
    moved = row.realigned(len(row.cells) - row.columns.width)
    if moved and moved.fits and (moved.typed > row.typed or not row.fits):
        row = moved
    return row, _read_record(row, continues, banners)


def _check_formulas(row: Row) -> None:
    """Refuse the cells that show the error of a formula; in other tables than ours they may say so as text."""
    exported = row.columns.exported
    marked = bool(row.sheet.uncomputed or row.sheet.failed)
    for index in row.columns.read:
        cell = row.at(index, TEXT)
        if not marked and "#" not in cell and "=" not in cell and ":" not in cell:
            continue  # most cells: neither a formula nor the error of one
        pieces = [cell] if exported else re.split(r"[,;|\n]", cell)
        typed = not exported or row.sheet.separator
        at = (row.number - 1, index)
        if at in row.sheet.uncomputed or (not exported and is_formula(cell)):
            row.refuse(index, UNCOMPUTED, FORMULA_HELP)
        elif at in row.sheet.failed or (typed and any(map(is_error, pieces))):
            row.refuse(index, N_("a formula failed here: {cell}"), FORMULA_HELP, cell)


def _read_record(row: Row, continues: bool, banners: tuple[GroupRef, ...]) -> Record | None:
    """Return the action as the row is aligned, or None where anything is wrong with it."""
    exported = row.columns.exported
    if not row.columns.row and not row.fits:
        row.refuse(TEXT, N_("the cells of this row aren't those of a plan"))
        return None
    _report_place(row)
    number, code = _read_numbers(row)
    text = row.text(TEXT)
    if not text.strip() and not continues:
        fix = N_("Write what is to be done, or take the row out")
        row.refuse(TEXT, N_("there is no text of an action"), fix)
    elif not exported and is_ditto(text):
        row.refuse(TEXT, DITTO, DITTO_HELP)
    for name in _NO_DITTO if not exported else ():
        if is_ditto(row.own(name)):
            row.refuse(name, DITTO, DITTO_HELP)
    pilots, associated = _read_participants(row)
    calendar = _read_schedule(row)
    groups = read_groups(row)
    more = tuple(_read_optional(row))
    reports = tuple(each for each in _read_reports(row) if each.date or each.said)
    if row.errors:
        return None
    return Record(
        row=row.number,
        banners=banners,
        groups=groups,
        number=number,
        code=code,
        text=text,
        pilots=pilots,
        associated=associated,
        calendar=calendar,
        priority=row.words("priority"),
        priority_column=row.place("priority"),
        reports=reports,
        fields=_read_fields(row),
        issues=tuple(row.warnings),
        several_lines=not exported and "\n" in row.cell(TEXT).strip(),
        more=more,
        sheet=row.sheet.name if row.context.several else "",
    )


def _report_place(row: Row) -> None:
    """Add an issue that says where the cells are read from, if not from under their headings."""
    if row.offset and row.columns.row:
        right = N_("the row is shifted to the right (by {n}), its cells are counted from the right")
        left = N_("the row is shifted to the left (by {n}), its cells are counted from the right")
        done, words = (right if row.offset > 0 else left), {"n": abs(row.offset)}
        row.warnings.append(ImportIssue(row.number, None, done, words=words, noted=True))
    for name, cell in row.above.items():
        own = row.own(name).strip()
        if cell.strip() and not own and not row.context.defaults.get(name):
            done = N_("empty, read as above: {cell}")
            row.add_issue(name, done, "", field=name, noted=True, cell=" ".join(cell.split()))


def _read_numbers(row: Row) -> tuple[int | None, str]:
    """Return the number of the action, or what the table calls it."""
    exported = row.columns.exported
    cell, code = row.cell("number").strip(), row.text("code").strip()
    number = read_number(cell)
    if number is not None and (exported or not has_letter_code(cell)):
        return number, code
    if cell and not exported and is_number_or_code(cell):
        if code and code != cell:
            row.add_issue("number", N_("left out, the code of the action is {code}"), cell, code=code)
        return None, code or cell.rstrip(".")
    if cell:
        row.refuse("number", N_("no number in “{cell}”"), NO_NUMBER_HELP)
    return None, code


def read_groups(row: Row) -> tuple[GroupRef, ...]:
    """Return the groups that the row names, from the top."""
    return tuple([_read_group(row, level) for level in range(1, len(row.columns.levels) + 1)])


def _read_group(row: Row, level: int) -> GroupRef:
    title = row.text(f"title {level}")
    code = row.text(f"sign {level}").strip()
    cell = row.cell(f"code {level}").strip()
    number = read_number(cell)
    if cell and (number is None or (has_letter_code(cell) and not row.columns.exported)):
        if is_number_or_code(cell) and not row.columns.exported:
            number, code = None, cell.rstrip(".")
        else:
            row.refuse(f"code {level}", N_("no number in “{cell}”"), NO_NUMBER_HELP)
    if not row.columns.exported and is_ditto(title):
        row.refuse(f"title {level}", DITTO, DITTO_HELP)
    titled = title.strip() or not row.columns.of(f"code {level}")
    column = row.place(f"title {level}" if titled else f"code {level}")
    return GroupRef(number, title if title.strip() else "", column, code)


def _read_participants(row: Row) -> tuple[CodeCell, CodeCell]:
    """Return who pilots and who is associated, from all the columns that say so."""
    found: dict[str, list[CodeCell]] = {"pilots": [], "associated": []}
    for name in ("directorates", *ROLES):
        for index in row.columns.of(name):
            cell = row.at(index, name)
            if is_mark(cell.strip()):
                cell = row.columns.services.get(index, cell)
            if row.columns.exported and name in found:
                codes = row.exported_codes(cell)
                found[name].append(CodeCell(row.verbatim(cell), codes, row.place(index)))
            elif cell.strip():
                _read_roles(row, name, index, cell, found)
    first = (*row.columns.of("pilots"), *row.columns.of("directorates"), -1)[0]
    place = row.place(first)
    for name, cells in found.items():
        if not any(cell.names for cell in cells) and (default := row.context.defaults.get(name)):
            cells.append(CodeCell(default, split_names(default).names, place))
    pilots, associated = (_united(found[name], place) for name in found)
    return pilots, associated


def _read_roles(row: Row, name: str, index: int, cell: str, found: dict[str, list[CodeCell]]) -> None:
    """Add the codes of a cell that names one role or both, and what had to be made of them."""
    own = "" if name == "directorates" else name
    roles = read_roles(cell, own)
    if roles is None:
        if not is_nobody(cell) and not is_perhaps_nobody(cell):
            row.refuse(index, N_("“{cell}” doesn't say who the pilot is"), _ROLES_HELP, cell)
        return
    if roles.unknown:
        row.refuse(index, N_("“{cell}” is neither a pilot nor associated"), _ROLES_HELP, roles.unknown)
        return
    for role, bare in roles.bare:
        done = N_("no colon after the label, read as if there were one")
        row.add_issue(index, done, bare, field=role, noted=True)
    if roles.guessed or (own == "pilots" and roles.associated) or (own == "associated" and roles.pilots):
        done = N_("pilots: {pilots}; associated: {associated}")
        words = {"pilots": roles.pilots or "–", "associated": roles.associated or "–"}
        row.add_issue(index, done, cell, field=own or "pilots", noted=True, **words)
    for role, written in (("pilots", roles.pilots), ("associated", roles.associated)):
        if written or (role == (own or "pilots") and not found[role]):
            names = split_names(written)
            found[role].append(CodeCell(written, names.names, row.place(index)))
            _report_names(row, index, role, written, names)


def _report_names(row: Row, index: int, role: str, written: str, names: SplitNames) -> None:
    if names.nobody and (names.names or role == "pilots" or any(map(is_perhaps_nobody, names.nobody))):
        done = N_("“{words}” is nobody, left out")
        row.add_issue(index, done, written, field=role, words=", ".join(names.nobody))
    for name in filter(is_ditto, names.names):
        row.refuse(index, DITTO, DITTO_HELP, name)
    for doubt in names.doubts:
        done = N_("kept as one name; to make it several, put ; between them")
        row.add_issue(index, done, doubt, field=role)
    if names.cut:
        done = N_("taken as {n} names: {parts}")
        row.add_issue(index, done, written, field=role, n=len(names.names), parts=" | ".join(names.names))


def _united(cells: list[CodeCell], place: int | None) -> CodeCell:
    """Return the codes of several cells as of one."""
    filled = [cell for cell in cells if cell.written.strip()] or cells
    if len(filled) == 1:
        return filled[0]
    written = ", ".join(cell.written for cell in filled)
    names = tuple([name for cell in filled for name in cell.names])
    return CodeCell(written, names, filled[0].column if filled else place)


def _read_schedule(row: Row) -> Schedule:
    """Return when, from a calendar, a begin and an end, and columns of years."""
    order = row.context.date_order
    if row.columns.exported:
        years = read_calendar(row.words("years"), exported=True).years
        return Schedule(years, row.text("due"), row.text("when"))
    start, end, cell, due = (_calendar_words(row, name) for name in ("start", "end", "years", "due"))
    said = read_calendar(cell, order=order)
    if is_month_or_year(cell):
        row.add_issue("years", N_("a month or two years: no year is taken from it"))
    elif said.years and not said.plain and not said.exact:
        row.add_issue("years", N_("read as {years}"), field="years", years=", ".join(map(str, said.years)))
    columns = _marked_columns(row, "year")
    marked = tuple(sorted({each.year for each in columns if each.year}))
    parts = [each.heading for each in columns if each.heading != str(each.year)]
    if start or end:
        span = _span(row, start, end, said)
        _report_marks(row, columns, span.years)
        return Schedule(span.years or marked, span.due, " · ".join(filter(None, (span.when, *parts))))
    last = read_calendar(due, order=order)
    ends = last.due or (str(last.years[0]) if last.plain else "") or said.due
    words = [_calendar_words(row, "when"), "" if said.plain or cell == ends else cell, *parts]
    ends = ends or next((read_calendar(each.heading).due for each in reversed(columns)), "")
    words.append("" if due in ("", last.due) or last.plain else due)
    years = said.years or marked or last.years
    _report_marks(row, columns, years)
    return Schedule(years, ends, " · ".join(dict.fromkeys(filter(None, words))))


def _report_marks(row: Row, columns: list[TableColumn], years: tuple[int, ...]) -> None:
    """Add the columns of years that are marked where another cell says other years; parts of years are words."""
    for each in columns:
        if years and each.heading == str(each.year) and each.year not in years:
            done = N_("marked, but another cell says when: left out")
            row.add_issue(each.index, done, each.heading, field="years", noted=True)


def _calendar_words(row: Row, name: str) -> str:
    """Return a cell that says when, on one line; nothing for a dash."""
    words = row.words(name)
    return "" if is_dash(words) else without_serial(words)


def _span(row: Row, start: str, end: str, said: Calendar) -> Schedule:
    """Return from when until when two cells say; ``said`` is what a calendar beside them says."""
    first, last = (read_calendar(each, order=row.context.date_order) for each in (start, end))
    years = first.years or last.years
    if first.years and last.years and last.years[-1] >= first.years[0]:
        years = tuple(range(first.years[0], last.years[-1] + 1))
    words = " – ".join(each for each in (start, end) if each)
    if (first.plain or not start) and (last.plain or end == last.due):
        words = ""
    others = [_calendar_words(row, name) for name in ("years", "when", "due")]
    others = [each for each in others if each not in ("", words, last.due)]
    if said.plain and said.years == years:
        others = others[1:]
    beside = " · ".join(dict.fromkeys(others))
    return Schedule(
        years or said.years,
        last.due or said.due,
        f"{beside} ({words})" if beside and words else beside or words,
    )


def _read_reports(row: Row) -> Iterator[RowReport]:
    """Yield where the action stands; of each day that the headings of several columns speak of."""
    date, part = row.words("date"), row.words("sub")
    days = row.columns.days
    marked = _marked_columns(row, "state")
    for each in marked[1:]:
        row.add_issue(each.index, N_("another status is marked too, left out"), each.heading, noted=True)
    for day, columns in days.items():
        status, percent, note = (
            _report_words(row, columns.get(role, -1), role)
            or (row.context.defaults.get(role, "") if len(days) == 1 else "")
            for role in REPORTED
        )
        status = status or next((each.heading for each in marked), "")
        if fold(status) == NONE:  # the word means an action without a status
            row.add_issue(columns.get("status", -1), N_("no status, left out"), status)
            status = ""
        if "%" in status and not percent and read_percent(status) is not None:
            status, percent = "", status  # ``50 %`` among words
        own = day if status or percent else ""
        yield RowReport(own if len(days) > 1 else date or own, status, percent, note, row.number, part)


def _report_words(row: Row, index: int, role: str) -> str:
    """Return a cell that says where the action stands, on one line; nothing for a dash."""
    words = " ".join(row.verbatim(row.at(index, role)).split())
    return "" if is_dash(words) and not row.columns.exported else words


def _marked_columns(row: Row, role: str) -> list[TableColumn]:
    """Return the columns of years or of statuses that are marked."""
    columns = [each for each in row.columns.columns if each.role == role]
    return [each for each in columns if (cell := row.at(each.index, role)).strip() and not is_dash(cell)]


def _read_fields(row: Row) -> dict[str, tuple[str, ...]]:
    """Return the cells of the fields that the plan will declare, as they stand."""
    found: dict[str, tuple[str, ...]] = {}
    for each in row.columns.declared:
        cell = row.at(each.index, each.role)
        if cell.strip():
            own = row.columns.code_separator == BAR
            cells = split_values(row.verbatim(cell)) if own else [row.verbatim(cell.strip())]
            found[each.label] = tuple([piece for piece in cells if piece.strip()])
    return found


def _read_optional(row: Row) -> Iterator[tuple[str, Any]]:
    """Yield the optional fields; an empty cell is an action that lacks the field."""
    for each in FIELDS:
        if each.required or each.key in _OWN_READING or not row.columns.of(each.key):
            continue
        cell = row.cell(each.key)
        if not cell.strip():
            continue
        if each.type in (Type.NUMBER, Type.YEAR):
            yield each.key, read_number(cell)
        elif each.type is Type.DECIMAL:
            amounts = read_amounts(cell)
            sure = len(amounts) == 1
            yield each.key, as_decimal(amounts[0]) if sure else row.text(each.key)  # validate tells what is none
        elif each.type is Type.CODES:
            exported = row.columns.exported
            yield each.key, list(row.exported_codes(cell) if exported else split_names(cell).names)
        elif each.type in (Type.YEARS, Type.NUMBERS):
            yield each.key, list(read_calendar(cell, exported=True).years)
        else:
            yield each.key, row.text(each.key)
