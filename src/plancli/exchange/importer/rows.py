"""A sheet row by row: its title, its actions, what stands around them, and what can't be read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from plancli.exchange.importer.cells import (
    Roles,
    has_letter_code,
    is_ditto,
    is_error,
    is_formula,
    is_month_or_year,
    is_nobody,
    is_perhaps_nobody,
    is_total,
    read_number,
    read_roles,
    read_years,
    split_names,
)
from plancli.exchange.importer.columns import ROLES, Columns, read_headings
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.tables import Sheet
from plancli.exchange.table import unescape_formula
from plancli.i18n import N_
from plancli.plan.model import FIELDS, Type
from plancli.plan.query.facets import runs
from plancli.text import fold

INHERITED = ("years", "priority")
"""The columns in which an empty cell says what stands above it."""

MOST_ERRORS = 1000
"""What is told of a table before the rest is left unread."""

Cells = list[tuple[int, str]]
"""The cells of a row that say something, each with its column from 0."""


@dataclass(frozen=True, slots=True)
class BlockRef:
    """An orientation or a measure as a row names it; number and title may each be missing."""

    number: int | None
    title: str
    column: int | None = None


@dataclass(frozen=True, slots=True)
class CodeCell:
    """The codes of one role in one row: as the cell has them, and parted; ``column`` is counted from 0."""

    written: str
    names: tuple[str, ...]
    column: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """One action as its row has it; ``joined`` tells that its text stood on several lines of its cell.

    ``more`` has the optional fields whose cells aren't empty, as they stand in a plan's data.
    """

    row: int
    orientation: BlockRef
    measure: BlockRef
    number: int
    text: str
    pilots: CodeCell
    associated: CodeCell
    years: tuple[int, ...]
    priority: int
    issues: tuple[ImportIssue, ...] = ()
    joined: bool = False
    more: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row whose cells stand under their headings; ``offset`` says how many columns they stood too far right.

    ``above`` has what the row above says of when and how urgent: an empty cell says the same.
    """

    number: int
    cells: tuple[str, ...]
    offset: int
    sheet: Sheet
    columns: Columns
    above: Mapping[str, str] = field(default_factory=dict)

    def raw(self, name: str) -> str:
        """Return a cell as it stands; a merged one reads the same on each row that it covers."""
        return self.above[name] if self.inherits(name) else self.at(self.columns.places.get(name, -1), name)

    def at(self, index: int, name: str) -> str:
        """Return the cell of one of the columns of a name."""
        cell = self.cells[index] if 0 <= index < len(self.cells) else ""
        if not cell.strip() and not self.offset and name not in ("text", "number"):
            cell = self.sheet.above(self.number - 1, index) or cell
        return cell

    def inherits(self, name: str) -> bool:
        """Return whether a cell is empty and so says what stands above."""
        return name in self.above and not self.at(self.columns.places.get(name, -1), name).strip()

    @property
    def inheritable(self) -> dict[str, str]:
        """What the row below may take over."""
        if self.columns.exported:
            return {}
        return {name: self.raw(name) for name in INHERITED if name in self.columns.places}

    def text(self, name: str) -> str:
        """Return a text: as it stands in an exported table, else on one line without blanks around it."""
        cell = self.raw(name)
        if self.columns.exported:
            return self.verbatim(cell)
        return " ".join(line.strip() for line in cell.strip().splitlines() if line.strip())

    def verbatim(self, cell: str) -> str:
        """Return a cell of an exported table without the quote that keeps it from being a formula.

        Exported for Excel it may have one, and may since have been saved as something else.
        """
        return (
            unescape_formula(cell) if self.columns.code_separator == "|" and self.sheet.separator != "," else cell
        )

    def place(self, name: str) -> int | None:
        """Return the column, from 0, in which a cell stood in the table."""
        index = self.columns.places.get(name)
        return None if index is None else index + self.offset

    def odd(self, name: str, message: str, read: str = "", **words: str | int) -> ImportIssue:
        """Return an oddity of a cell, to be noted in the plan."""
        return ImportIssue(self.number, self.place(name), message, read, words=words, noted=True)

    def ditto(self, column: int | None) -> ImportIssue:
        """Return the refusal of a cell that says the same as the one above."""
        message = N_("“{cell}” isn't read as the cell above")
        return ImportIssue(self.number, column, message, error=True, help=N_("Write it again in each row"))

    def wrong(self, name: str, message: str, help: str = "") -> ImportIssue:
        """Return why a cell can't be read."""
        words = {"cell": " ".join(self.raw(name).split())}
        return ImportIssue(self.number, self.place(name), message, words=words, error=True, help=help)


NO_PILOT = N_("there is no pilot")
NO_PILOT_HELP = N_(
    "Write who pilots each action; an empty cell is nobody, unless it is merged with the one above it"
)
NO_ROLE = N_("“{cell}” doesn't say who the pilot is")
NO_ROLE_HELP = N_("Write for example: Pilote : DHUP Associée : DGCL")
NO_YEAR_HELP = N_("Write the calendar in years: 2024, 2024-2026; what has no year can't be imported yet")
NO_PRIORITY_HELP = N_("Write the priority as a number: 1, 2; words can't be imported yet")
NO_NUMBER_HELP = N_("Write numbers as 1, 2, 3; codes such as 1.1.2 or II can't be imported yet")
FORMULA_HELP = N_("Correct the formula, or open the table in a spreadsheet and save its values")


class TableReader:
    """What the rows of a sheet came to."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self.title = ""
        self.records: list[Record] = []
        self.issues: list[ImportIssue] = []
        self.columns = columns
        self.headings = [(columns.row, sheet.rows[columns.row - 1])] if columns.row else []
        self._sheet = sheet
        self._lone: list[tuple[int, int, str]] = []
        self._above: dict[str, str] = {}
        self._pages: list[int] = []
        self._left_out: dict[int, list[int]] = {}
        self._errors = 0
        for number, cells in enumerate(sheet.rows, 1):
            said = [(index, cell) for index, cell in enumerate(cells) if cell.strip()]
            if said and number != columns.row and not self._repeats_headings(number, said):
                self._read(number, said)
            if self._errors >= MOST_ERRORS:
                self.issues.append(ImportIssue(number, None, N_("mend these first: there is more"), error=True))
                break
        self._end()

    def _end(self) -> None:
        """Add the issues that are known only when all rows are read."""
        for number, column, cell in self._alone():
            done = N_("stands below the table, kept as a note")
            self.issues.append(ImportIssue(number, column, done, cell, noted=True))
        if self._pages:
            done = N_("page numbers are left out (rows {rows})")
            self.issues.append(ImportIssue(self._pages[0], None, done, words={"rows": _listed(self._pages)}))
        self._tell_unknown()
        self.issues += _marks(self._sheet, self.columns, {record.row: record.number for record in self.records})

    def _tell_unknown(self) -> None:
        """Add the columns that a plan has no place for, and the rows in which something stands there."""
        for index in self.columns.unknown:
            rows = self._left_out.pop(index, [])
            heading = self._sheet.rows[self.columns.row - 1][index].strip()
            done = (
                N_("a plan has no such column, its cells are left out (rows {rows})")
                if rows
                else N_("a plan has no such column, it is left out")
            )
            self.issues.append(ImportIssue(self.columns.row, index, done, heading, words={"rows": _listed(rows)}))

    def _read(self, number: int, said: Cells) -> None:
        alone = len(said) == 1
        headed = self.columns.row
        if number < headed or (not headed and not self.records and alone):
            self._read_above(number, said)
        elif self._is_total(said):
            read = " · ".join(cell.strip() for _column, cell in said)
            done = N_("a row of totals, kept as a note")
            self.issues.append(ImportIssue(number, said[0][0], done, read, noted=True))
        elif alone and (said[0][0] != self.columns.places["text"] or _is_page(said[0][1])):
            self._lone.append((number, *said[0]))
        else:
            self._read_body(number)

    def _read_above(self, number: int, said: Cells) -> None:
        """Keep the first row of one cell as the title, other rows above the headings as notes."""
        column, cell = said[0]
        exported = self.columns.exported
        if not self.title and len(said) == 1:
            self.title = cell if exported else " ".join(cell.split())
            framed = re.fullmatch(r"(?:#+ *)?\*\*(.+)\*\*|#+ +(.+)", self.title)
            if framed and not exported:
                done = N_("taken as the title of the plan, without the marks around it")
                self.issues.append(ImportIssue(number, column, done, self.title, field="title", noted=True))
                self.title = (framed[1] or framed[2]).strip()
        elif not (exported and number == 2 and len(said) == 1):  # what an exported workbook was made from
            read = " · ".join(each.strip() for _column, each in said)
            done = N_("stands above the table, kept as a note")
            self.issues.append(ImportIssue(number, column, done, read, noted=True))

    def _read_body(self, number: int) -> None:
        """Read a row of the table; what stood alone in a row before it can't have been a note below the table."""
        for lone, column, cell in self._alone():
            message = N_("“{cell}” stands alone in its row")
            fix = N_("Write orientation and measure in the row of each action, and notes below the table")
            self._refuse([ImportIssue(lone, column, message, words={"cell": cell}, error=True, help=fix)])
        self._lone.clear()
        row, read = read_row(self._sheet, self.columns, number, self._above, len(self.records) + 1)
        if isinstance(read, Record):
            self.records.append(read)
            self._above = row.inheritable
            self._tell_leftovers(row, read.number)
        else:
            self._refuse(read)

    def _refuse(self, errors: list[ImportIssue]) -> None:
        self.issues += errors
        self._errors += len(errors)

    def _tell_leftovers(self, row: TableRow, action: int) -> None:
        """Keep the cells under no heading as notes; count those under one that a plan has no place for."""
        read = self.columns.read
        for index, cell in enumerate(row.cells):
            if index in read or not cell.strip():
                continue
            if index in self.columns.unknown:
                self._left_out.setdefault(index, []).append(row.number)
            else:
                done = N_("stands under no heading, kept as a note")
                text = " ".join(cell.split())
                self.issues.append(
                    ImportIssue(row.number, index + row.offset, done, text, action=action, noted=True)
                )

    def _is_total(self, said: Cells) -> bool:
        """Return whether a row begins with the word and names nobody: an action may begin with it too."""
        roles = {index for name in ("directorates", *ROLES) for index in self.columns.of(name)}
        named = any(character.isalpha() for column, cell in said if column in roles for character in cell)
        return not named and not self.columns.exported and is_total(said[0][1])

    def _alone(self) -> list[tuple[int, int, str]]:
        """Return the cells that stood alone in their row, without page numbers and repeated titles.

        A number under the heading of those of actions is that of an action whose other cells are lost.
        """
        of_actions = self.columns.places.get("number")
        found = [(number, column, cell.strip()) for number, column, cell in self._lone]
        pages = [number for number, column, cell in found if column != of_actions and _is_page(cell)]
        self._pages += pages
        return [each for each in found if each[2].strip("*# ") != self.title and each[0] not in pages]

    def _repeats_headings(self, number: int, said: Cells) -> bool:
        """Return whether a row has nothing but headings, as the second page of a table does.

        Where they stand in another order, the rows below are read by them.
        """
        columns = self.columns
        if not columns.row or number < columns.row or len(said) < 3 or any(len(cell) > 60 for _at, cell in said):
            return False
        headings = [fold(cell) for cell in self._sheet.rows[columns.row - 1]]
        same = {fold(cell) for _index, cell in said} <= set(headings)
        if same and _is_same_order([(index, fold(cell)) for index, cell in said], headings):
            return True
        again = read_headings(self._sheet, number)
        if not same and (not again or again.missing):
            return False
        if again and not again.missing and set(again.places) == set(columns.places):
            self._tell_unknown()
            self.columns = again
            self.headings.append((number, self._sheet.rows[number - 1]))
            done = N_("other headings, the rows below are read by them")
            self.issues.append(ImportIssue(number, None, done))
        else:
            message = N_("headings that differ from those above")
            fix = N_("Give each table a sheet or a file of its own, with all its headings")
            self._refuse([ImportIssue(number, None, message, error=True, help=fix)])
        return True


def _is_same_order(said: Cells, headings: list[str]) -> bool:
    """Return whether headings stand where they stood, or all as far beside."""
    at = 0
    offsets = set()
    for index, heading in said:
        if heading not in headings[at:]:
            return False
        at = headings.index(heading, at) + 1
        offsets.add(index - at)
    return len(offsets) == 1


def _listed(rows: list[int]) -> str:
    return ", ".join(runs(rows))


def _is_page(text: str) -> bool:
    return bool(re.fullmatch(r"(?i)[-–— ]*(?:p(?:age|\.)? *)?[0-9]+(?: *(?:/|sur|of) *[0-9]+)?[-–— ]*", text))


def _marks(sheet: Sheet, columns: Columns, actions: Mapping[int, int]) -> Iterator[ImportIssue]:
    """Yield what a spreadsheet says of its cells beside their values."""
    for (row, column), words in sorted(sheet.struck.items()):
        done = N_("struck through in the table, left out")
        text = " ".join(words.split())
        yield ImportIssue(row + 1, column, done, text, action=actions.get(row + 1), noted=True)
    for row, column in sorted(sheet.uncomputed):
        matters = row >= columns.row and column in columns.read
        message = N_("the formula here was saved without its value")
        yield ImportIssue(row + 1, column, message, error=matters, help=FORMULA_HELP if matters else "")
    rows = [row + 1 for row in sheet.hidden_rows if row + 1 in actions]
    if rows:
        done = N_("hidden rows are read as all others (rows {rows})")
        yield ImportIssue(rows[0], None, done, words={"rows": _listed(rows)})
    for column in sheet.hidden_columns:
        if column in columns.read:
            yield ImportIssue(columns.row, column, N_("this column is hidden, and read as all others"))
    for row in sheet.loose:
        yield ImportIssue(row + 1, None, N_("quotes that don't pair are taken as text"))


def read_row(
    sheet: Sheet, columns: Columns, number: int, above: Mapping[str, str], ordinal: int
) -> tuple[TableRow, Record | list[ImportIssue]]:
    """Return the action of a row, number ``ordinal`` if it says none; or everything that is wrong with it.

    It is read as it stands; where that fails and it is longer or shorter than the headings, counted from the
    right; else as it stands, with what stands above its empty cells.
    """
    cells = sheet.rows[number - 1]
    length = max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=0)
    row = TableRow(number, cells[:length], 0, sheet, columns)
    failed = list(_failed(row))
    if failed:
        return row, failed
    read = _read(row, ordinal)
    if isinstance(read, Record):
        return row, read
    moved = _realign(row, length - columns.width)
    if moved and isinstance(shifted := _read(moved, ordinal), Record):
        return moved, _told_shift(moved, shifted)
    if any(above.values()) and not columns.exported:
        row = replace(row, above=above)
        read = _read(row, ordinal)
        if isinstance(read, Record):
            read = replace(read, issues=(*_inherited(row, read.number), *read.issues))
    return row, read


def _realign(row: TableRow, offset: int) -> TableRow | None:
    """Return a row counted from the right, or None where it can't have been shifted."""
    if offset < 0:
        return replace(row, cells=("",) * -offset + row.cells, offset=offset)
    if not offset or any(cell.strip() for cell in row.cells[:offset]):
        return None
    return replace(row, cells=row.cells[offset:], offset=offset)


def _told_shift(row: TableRow, record: Record) -> Record:
    if not row.columns.row:
        return record
    right = N_("the row is shifted to the right (by {n}), its cells are counted from the right")
    left = N_("the row is shifted to the left (by {n}), its cells are counted from the right")
    done, words = (right if row.offset > 0 else left), {"n": abs(row.offset)}
    moved = ImportIssue(row.number, None, done, words=words, action=record.number, noted=True)
    return replace(record, issues=(moved, *record.issues))


def _failed(row: TableRow) -> Iterator[ImportIssue]:
    """Yield the cells that show the error of a formula; outside a workbook of ours they may say so as text."""
    for index in sorted(row.columns.read):
        if index >= len(row.cells):
            continue
        cell = row.cells[index]
        exported = row.columns.exported
        pieces = [cell] if exported else re.split(r"[,;|\n]", cell)
        typed = not exported or row.sheet.separator
        if not exported and is_formula(cell):
            message = N_("the formula here was saved without its value")
            yield ImportIssue(row.number, index, message, error=True, help=FORMULA_HELP)
        elif (row.number - 1, index) in row.sheet.failed or (typed and any(map(is_error, pieces))):
            message = N_("a formula failed here: {cell}")
            yield ImportIssue(
                row.number, index, message, words={"cell": cell.strip()}, error=True, help=FORMULA_HELP
            )


def _read(row: TableRow, ordinal: int) -> Record | list[ImportIssue]:
    """Return the action of a row as it is aligned, or everything that is wrong with it."""
    errors: list[ImportIssue] = []
    told: list[ImportIssue] = []
    number = _number(row, "number", errors, NO_NUMBER_HELP) if "number" in row.columns.places else ordinal
    if number and not row.columns.exported and has_letter_code(row.raw("number")):
        done = N_("read as the number {number}")
        told.append(row.odd("number", done, row.text("number"), number=number))
    text = row.text("text")
    if not text.strip():
        fix = N_("Write what is to be done, or take the row out")
        errors.append(row.wrong("text", N_("there is no text of an action"), fix))
    elif not row.columns.exported and is_ditto(text):
        errors.append(replace(row.ditto(row.place("text")), words={"cell": text}))
    pilots, associated = _codes(row, errors, told)
    years = _years(row, errors, told)
    priority = _number(row, "priority", errors, NO_PRIORITY_HELP)
    orientation = _block(row, "orientation", errors)
    measure = _block(row, "measure", errors)
    more = tuple(_optional(row, errors))
    if errors or not priority or not years:
        return errors
    number = number or ordinal
    return Record(
        row.number,
        orientation,
        measure,
        number,
        text,
        pilots,
        associated,
        years,
        priority,
        tuple([replace(each, action=number) for each in told]),
        not row.columns.exported and "\n" in row.raw("text").strip(),
        more,
    )


def _optional(row: TableRow, errors: list[ImportIssue]) -> Iterator[tuple[str, Any]]:
    """Yield the optional fields; an empty cell is an action that lacks the field."""
    for each in FIELDS:
        cell = row.raw(each.key)
        if each.required or not cell.strip():
            continue
        if each.type in (Type.NUMBER, Type.YEAR):
            yield each.key, _number(row, each.key, errors, "")
        elif each.type is Type.CODES:
            written = row.verbatim(cell)
            names = (
                tuple(written.split(row.columns.code_separator))
                if row.columns.exported
                else split_names(cell).names
            )
            yield each.key, [name for name in names if name.strip()]
        elif each.type in (Type.YEARS, Type.NUMBERS):
            years = read_years(cell, exported=True)
            if years is None:
                errors.append(row.wrong(each.key, N_("no number in “{cell}”")))
            yield each.key, list(years.years) if years else []
        else:
            yield each.key, row.text(each.key)


def _years(row: TableRow, errors: list[ImportIssue], told: list[ImportIssue]) -> tuple[int, ...]:
    cell = row.raw("years")
    years = read_years(cell, row.columns.exported)
    if years is None:
        message = N_("there is no year") if not cell.strip() else N_("no year in “{cell}”")
        if is_month_or_year(cell):
            message = N_("“{cell}” may be a month or two years")
        errors.append(row.wrong("years", message, NO_YEAR_HELP))
        return ()
    if not years.plain:
        words = ", ".join(map(str, years.years))
        odd = row.odd("years", N_("read as {years}"), row.text("years"), years=words)
        told.append(replace(odd, field="years"))
    return years.years


def _inherited(row: TableRow, action: int) -> Iterator[ImportIssue]:
    """Yield the empty cells that were read as above."""
    for name, cell in row.above.items():
        if row.inherits(name):
            done = N_("empty, read as above: {cell}")
            yield replace(row.odd(name, done, cell=" ".join(cell.split())), action=action, field=name)


def _number(row: TableRow, name: str, errors: list[ImportIssue], fix: str) -> int | None:
    cell = row.raw(name)
    number = read_number(cell)
    if number is None:
        message = N_("there is no number") if not cell.strip() else N_("no number in “{cell}”")
        errors.append(row.wrong(name, message, fix if fix != NO_NUMBER_HELP or _is_like_a_code(cell) else ""))
    return number


def _is_like_a_code(cell: str) -> bool:
    return bool(re.search(r"[0-9]|^[IVXLC]+$", cell.strip()))


def _block(row: TableRow, name: str, errors: list[ImportIssue]) -> BlockRef:
    title = row.text(f"{name}_title")
    cell = row.raw(name)
    number = read_number(cell)
    if number is None and cell.strip():
        message = N_("no number in “{cell}”")
        errors.append(row.wrong(name, message, NO_NUMBER_HELP))
    if not row.columns.exported and is_ditto(title):
        errors.append(replace(row.ditto(row.place(f"{name}_title")), words={"cell": title}))
    titled = title.strip() or name not in row.columns.places
    column = row.place(f"{name}_title") if titled else row.place(name)
    return BlockRef(number, title if title.strip() else "", column)


def _codes(row: TableRow, errors: list[ImportIssue], told: list[ImportIssue]) -> tuple[CodeCell, CodeCell]:
    """Return who pilots and who is associated, from all the columns that say so."""
    found: dict[str, list[CodeCell]] = {"pilots": [], "associated": []}
    for name in ("directorates", *ROLES):
        for index in row.columns.of(name):
            cell = row.at(index, name)
            column = index + row.offset
            if row.columns.exported and name in found:
                found[name].append(_exported_codes(row, name, cell, column, told))
            elif cell.strip() or name == "directorates":
                _read_roles(row, name, cell, column, found, errors, told)
    place = row.place("pilots") if "pilots" in row.columns.places else row.place("directorates")
    pilots, associated = (_united(found[name], place) for name in found)
    if not pilots.names and not _has_error(errors, place):
        written = " ".join(row.at(place - row.offset, "pilots").split()) if place is not None else ""
        message = NO_PILOT if not split_names(written).names else NO_ROLE
        fix = NO_PILOT_HELP if message == NO_PILOT else NO_ROLE_HELP
        errors.append(ImportIssue(row.number, place, message, words={"cell": written}, error=True, help=fix))
    return pilots, associated


def _has_error(errors: list[ImportIssue], column: int | None) -> bool:
    """Return whether something is wrong with a column already."""
    return any(each.column == column for each in errors)


def _united(cells: list[CodeCell], place: int | None) -> CodeCell:
    """Return the codes of several cells as of one."""
    filled = [cell for cell in cells if cell.written.strip()] or cells
    if len(filled) == 1:
        return filled[0]
    written = ", ".join(cell.written for cell in filled)
    return CodeCell(
        written, tuple(name for cell in filled for name in cell.names), filled[0].column if filled else place
    )


def _exported_codes(row: TableRow, name: str, cell: str, column: int, told: list[ImportIssue]) -> CodeCell:
    """Return the codes of a cell of an exported table, between its separators."""
    text = row.verbatim(cell)
    return CodeCell(
        text, tuple(piece for piece in text.split(row.columns.code_separator) if piece.strip()), column
    )


def _read_roles(
    row: TableRow,
    name: str,
    cell: str,
    column: int,
    found: dict[str, list[CodeCell]],
    errors: list[ImportIssue],
    told: list[ImportIssue],
) -> None:
    """Add the codes of a cell that names one role or both, and what had to be made of them."""
    role = "" if name == "directorates" else name
    roles = read_roles(cell, role)
    if roles is None or roles.unknown:
        if roles:
            message = N_("“{cell}” is neither a pilot nor associated")
            words = {"cell": roles.unknown}
        else:
            message = NO_ROLE if cell.strip() and not is_nobody(cell) else NO_PILOT
            words = {"cell": " ".join(cell.split())}
        fix = NO_PILOT_HELP if message == NO_PILOT else NO_ROLE_HELP
        errors.append(ImportIssue(row.number, column, message, words=words, error=True, help=fix))
        return
    _tell_roles(row, role, roles, cell, column, told)
    for each, written in (("pilots", roles.pilots), ("associated", roles.associated)):
        if not written and (each != (role or "pilots") or found[each]):
            continue
        names = split_names(written)
        found[each].append(CodeCell(written, names.names, column))
        if names.nobody and (names.names or any(map(is_perhaps_nobody, names.nobody))):
            done = N_("“{words}” is nobody, left out")
            told.append(_oddity(row, column, each, written, done, words=", ".join(names.nobody)))
        errors += (replace(row.ditto(column), words={"cell": name}) for name in filter(is_ditto, names.names))
        for doubt in names.doubts:
            done = N_("kept as one name; to make it several, put ; between them")
            told.append(_oddity(row, column, each, doubt, done))
        if names.cut:
            done = N_("taken as {n} names: {parts}")
            told.append(
                _oddity(row, column, each, written, done, n=len(names.names), parts=" | ".join(names.names))
            )


def _tell_roles(row: TableRow, role: str, roles: Roles, cell: str, column: int, told: list[ImportIssue]) -> None:
    for each, bare in roles.bare:
        done = N_("no colon after the label, read as if there were one")
        told.append(replace(_oddity(row, column, each, bare, done), noted=True))
    other = "associated" if role == "pilots" else "pilots"
    if roles.guessed or (role and (roles.associated if other == "associated" else roles.pilots)):
        done = N_("pilots: {pilots}; associated: {associated}")
        words = {"pilots": roles.pilots or "–", "associated": roles.associated or "–"}
        told.append(
            replace(_oddity(row, column, role or "pilots", " ".join(cell.split()), done, **words), noted=True)
        )


def _oddity(row: TableRow, column: int, name: str, read: str, message: str, **words: str | int) -> ImportIssue:
    return ImportIssue(row.number, column, message, " ".join(read.split()), words=words, field=name)
