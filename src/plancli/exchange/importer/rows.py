"""A sheet row by row: its title, its actions, what stands around them, and what can't be read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from plancli.exchange.importer.cells import (
    Names,
    has_letter_code,
    is_ditto,
    is_error,
    is_formula,
    is_month_or_year,
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


NO_YEAR_HELP = N_("Write the calendar in years: 2024, 2024-2026; what has no year can't be imported yet")
NO_PRIORITY_HELP = N_("Write the priority as a number: 1, 2; words can't be imported yet")
NO_NUMBER_HELP = N_("Write numbers as 1, 2, 3; codes such as 1.1.2 or II can't be imported yet")
UNCOMPUTED = N_("the formula here was saved without its value")
DITTO = N_("“{cell}” isn't read as the cell above")
DITTO_HELP = N_("Write it again in each row")
FORMULA_HELP = N_("Correct the formula, or open the table in a spreadsheet and save its values")


def read_row(
    sheet: Sheet, columns: Columns, number: int, above: Mapping[str, str], ordinal: int
) -> tuple["RowReader", Record | None]:
    """Return the action of a row, number ``ordinal`` if it says none; or None, and what is wrong with the row.

    It is read as it stands; where that fails and it is longer or shorter than the headings, counted from the
    right; else as it stands, with what stands above its empty cells.
    """
    cells = sheet.rows[number - 1]
    length = max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=0)
    row = RowReader(sheet, columns, number, cells[:length])
    row.check_formulas()
    if row.errors or (record := row.read(ordinal)):
        return row, None if row.errors else record
    moved = row.realigned(length - columns.width)
    if moved and (record := moved.read(ordinal)):
        return moved, record
    if any(above.values()) and not columns.exported:
        row = RowReader(sheet, columns, number, cells[:length], above=above)
        record = row.read(ordinal)
    return row, record


class RowReader:
    """A row whose cells stand under their headings, and what is wrong or odd in it.

    ``offset`` says how many columns the cells stood too far right. ``above`` has what the row above says of when
    and how urgent: an empty cell says the same.
    """

    def __init__(
        self,
        sheet: Sheet,
        columns: Columns,
        number: int,
        cells: tuple[str, ...],
        offset: int = 0,
        above: Mapping[str, str] | None = None,
    ) -> None:
        self.number = number
        self.cells = cells
        self.offset = offset
        self.errors: list[ImportIssue] = []
        self._told: list[ImportIssue] = []
        self._sheet = sheet
        self._columns = columns
        self._above = above or {}

    @property
    def inheritable(self) -> dict[str, str]:
        """What the row below may take over."""
        names = () if self._columns.exported else INHERITED
        return {name: self._cell(name) for name in names if name in self._columns.places}

    def realigned(self, offset: int) -> "RowReader | None":
        """Return the row counted from the right, or None where it can't have been shifted."""
        if not offset or any(cell.strip() for cell in self.cells[: max(offset, 0)]):
            return None
        cells = ("",) * -offset + self.cells[max(offset, 0) :]
        return RowReader(self._sheet, self._columns, self.number, cells, offset)

    def check_formulas(self) -> None:
        """Refuse the cells that show the error of a formula; in other tables than ours they may say so as text."""
        exported = self._columns.exported
        for index in sorted(self._columns.read):
            cell = self._at(index, "text")
            pieces = [cell] if exported else re.split(r"[,;|\n]", cell)
            typed = not exported or self._sheet.separator
            at = (self.number - 1, index)
            if at in self._sheet.uncomputed or (not exported and is_formula(cell)):
                self._refuse(index, UNCOMPUTED, FORMULA_HELP)
            elif at in self._sheet.failed or (typed and any(map(is_error, pieces))):
                self._refuse(index, N_("a formula failed here: {cell}"), FORMULA_HELP, cell)

    def read(self, ordinal: int) -> Record | None:
        """Return the action as the row is aligned, or None where anything is wrong with it."""
        exported = self._columns.exported
        self._tell_place()
        number = self._number("number", NO_NUMBER_HELP) if "number" in self._columns.places else ordinal
        if number and not exported and has_letter_code(self._cell("number")):
            self._tell("number", N_("read as the number {number}"), noted=True, number=number)
        text = self._text("text")
        if not text.strip():
            fix = N_("Write what is to be done, or take the row out")
            self._refuse("text", N_("there is no text of an action"), fix)
        elif not exported and is_ditto(text):
            self._refuse("text", DITTO, DITTO_HELP)
        pilots, associated = self._codes()
        years = self._years()
        priority = self._number("priority", NO_PRIORITY_HELP)
        orientation, measure = self._block("orientation"), self._block("measure")
        more = tuple(self._optional())
        if self.errors or not priority or not years:
            return None
        number = number or ordinal
        told = tuple([replace(each, action=number) for each in self._told])
        joined = not exported and "\n" in self._cell("text").strip()
        return Record(
            self.number,
            orientation,
            measure,
            number,
            text,
            pilots,
            associated,
            years,
            priority,
            told,
            joined,
            more,
        )

    def _cell(self, name: str) -> str:
        """Return a cell as it stands, or what stands above it where it is empty."""
        cell = self._at(self._columns.places.get(name, -1), name)
        return cell if cell.strip() else self._above.get(name, cell)

    def _at(self, index: int, name: str) -> str:
        """Return the cell of a column; a merged one reads the same on each row that it covers."""
        cell = self.cells[index] if 0 <= index < len(self.cells) else ""
        if not cell.strip() and not self.offset and name not in ("text", "number"):
            cell = self._sheet.above(self.number - 1, index) or cell
        return cell

    def _text(self, name: str) -> str:
        """Return a text: as it stands in an exported table, else on one line without blanks around it."""
        cell = self._cell(name)
        if self._columns.exported:
            return self._verbatim(cell)
        return " ".join(line.strip() for line in cell.strip().splitlines() if line.strip())

    def _verbatim(self, cell: str) -> str:
        """Return a cell of an exported table without the quote that keeps it from being a formula.

        Exported for Excel it may have one, and may since have been saved as something else.
        """
        for_excel = self._columns.code_separator == "|" and self._sheet.separator != ","
        return unescape_formula(cell) if for_excel else cell

    def _place(self, column: str | int) -> int | None:
        """Return where in the table a column stands, from 0, by its name or by its place under the headings."""
        index = self._columns.places.get(column) if isinstance(column, str) else column
        return None if index is None else index + self.offset

    def _tell(
        self,
        column: str | int,
        message: str,
        read: str | None = None,
        *,
        field: str | None = None,
        noted: bool = False,
        **words: str | int,
    ) -> None:
        """Add something odd; without ``read``, the text of the column was read."""
        said = " ".join((self._text(str(column)) if read is None else read).split())
        issue = ImportIssue(self.number, self._place(column), message, said, words, field=field, noted=noted)
        self._told.append(issue)

    def _refuse(self, column: str | int, message: str, help: str = "", cell: str | None = None) -> None:
        """Add something wrong; ``cell`` is what stands there, else the whole cell of the column."""
        words = {"cell": " ".join((self._cell(str(column)) if cell is None else cell).split())}
        issue = ImportIssue(self.number, self._place(column), message, words=words, error=True, help=help)
        self.errors.append(issue)

    def _tell_place(self) -> None:
        """Add an issue that says where the cells are read from, if not from under their headings."""
        if self.offset and self._columns.row:
            right = N_("the row is shifted to the right (by {n}), its cells are counted from the right")
            left = N_("the row is shifted to the left (by {n}), its cells are counted from the right")
            done, words = (right if self.offset > 0 else left), {"n": abs(self.offset)}
            self._told.append(ImportIssue(self.number, None, done, words=words, noted=True))
        for name, cell in self._above.items():
            if not self._at(self._columns.places[name], name).strip():
                done = N_("empty, read as above: {cell}")
                self._tell(name, done, "", field=name, noted=True, cell=" ".join(cell.split()))

    def _number(self, name: str, fix: str) -> int | None:
        cell = self._cell(name)
        number = read_number(cell)
        if number is None:
            message = N_("there is no number") if not cell.strip() else N_("no number in “{cell}”")
            is_code = re.search(r"[0-9]|^[IVXLC]+$", cell.strip())
            self._refuse(name, message, fix if fix != NO_NUMBER_HELP or is_code else "")
        return number

    def _years(self) -> tuple[int, ...]:
        cell = self._cell("years")
        years = read_years(cell, self._columns.exported)
        if years is None:
            message = N_("there is no year") if not cell.strip() else N_("no year in “{cell}”")
            if is_month_or_year(cell):
                message = N_("“{cell}” may be a month or two years")
            self._refuse("years", message, NO_YEAR_HELP)
            return ()
        if not years.plain:
            said = ", ".join(map(str, years.years))
            self._tell("years", N_("read as {years}"), field="years", noted=True, years=said)
        return years.years

    def _block(self, name: str) -> BlockRef:
        title = self._text(f"{name}_title")
        cell = self._cell(name)
        number = read_number(cell)
        if number is None and cell.strip():
            self._refuse(name, N_("no number in “{cell}”"), NO_NUMBER_HELP)
        if not self._columns.exported and is_ditto(title):
            self._refuse(f"{name}_title", DITTO, DITTO_HELP)
        titled = title.strip() or name not in self._columns.places
        return BlockRef(number, title if title.strip() else "", self._place(f"{name}_title" if titled else name))

    def _optional(self) -> Iterator[tuple[str, Any]]:
        """Yield the optional fields; an empty cell is an action that lacks the field."""
        for each in FIELDS:
            cell = self._cell(each.key)
            if each.required or not cell.strip():
                continue
            if each.type in (Type.NUMBER, Type.YEAR):
                yield each.key, self._number(each.key, "")
            elif each.type is Type.CODES:
                yield (
                    each.key,
                    list(self._exported_codes(cell) if self._columns.exported else split_names(cell).names),
                )
            elif each.type in (Type.YEARS, Type.NUMBERS):
                years = read_years(cell, exported=True)
                if years is None:
                    self._refuse(each.key, N_("no number in “{cell}”"))
                yield each.key, list(years.years) if years else []
            else:
                yield each.key, self._text(each.key)

    def _exported_codes(self, cell: str) -> tuple[str, ...]:
        pieces = self._verbatim(cell).split(self._columns.code_separator)
        return tuple([piece for piece in pieces if piece.strip()])

    def _codes(self) -> tuple[CodeCell, CodeCell]:
        """Return who pilots and who is associated, from all the columns that say so."""
        found: dict[str, list[CodeCell]] = {"pilots": [], "associated": []}
        for name in ("directorates", *ROLES):
            for index in self._columns.of(name):
                cell = self._at(index, name)
                if self._columns.exported and name in found:
                    codes = self._exported_codes(cell)
                    found[name].append(CodeCell(self._verbatim(cell), codes, index + self.offset))
                elif cell.strip() or name == "directorates":
                    self._roles(name, index, cell, found)
        first = (*self._columns.of("pilots"), *self._columns.of("directorates"))[0]
        pilots, associated = (_united(found[name], first + self.offset) for name in found)
        if not pilots.names and not any(each.column == self._place(first) for each in self.errors):
            self._refuse_pilot(first, self._at(first, "pilots"))
        return pilots, associated

    def _refuse_pilot(self, index: int, cell: str) -> None:
        if split_names(cell).names:
            fix = N_("Write for example: Pilote : DHUP Associée : DGCL")
            self._refuse(index, N_("“{cell}” doesn't say who the pilot is"), fix, cell)
        else:
            fix = N_(
                "Write who pilots each action; an empty cell is nobody, unless it is merged with the one above it"
            )
            self._refuse(index, N_("there is no pilot"), fix, cell)

    def _roles(self, name: str, index: int, cell: str, found: dict[str, list[CodeCell]]) -> None:
        """Add the codes of a cell that names one role or both, and what had to be made of them."""
        own = "" if name == "directorates" else name
        roles = read_roles(cell, own)
        if roles is None:
            self._refuse_pilot(index, cell)
            return
        if roles.unknown:
            fix = N_("Write for example: Pilote : DHUP Associée : DGCL")
            self._refuse(index, N_("“{cell}” is neither a pilot nor associated"), fix, roles.unknown)
            return
        for role, bare in roles.bare:
            done = N_("no colon after the label, read as if there were one")
            self._tell(index, done, bare, field=role, noted=True)
        if roles.guessed or (own == "pilots" and roles.associated) or (own == "associated" and roles.pilots):
            done = N_("pilots: {pilots}; associated: {associated}")
            words = {"pilots": roles.pilots or "–", "associated": roles.associated or "–"}
            self._tell(index, done, cell, field=own or "pilots", noted=True, **words)
        for role, written in (("pilots", roles.pilots), ("associated", roles.associated)):
            if written or (role == (own or "pilots") and not found[role]):
                names = split_names(written)
                found[role].append(CodeCell(written, names.names, index + self.offset))
                self._tell_names(index, role, written, names)

    def _tell_names(self, index: int, role: str, written: str, names: Names) -> None:
        if names.nobody and (names.names or any(map(is_perhaps_nobody, names.nobody))):
            done = N_("“{words}” is nobody, left out")
            self._tell(index, done, written, field=role, words=", ".join(names.nobody))
        for name in filter(is_ditto, names.names):
            self._refuse(index, DITTO, DITTO_HELP, name)
        for doubt in names.doubts:
            done = N_("kept as one name; to make it several, put ; between them")
            self._tell(index, done, doubt, field=role)
        if names.cut:
            done = N_("taken as {n} names: {parts}")
            self._tell(index, done, written, field=role, n=len(names.names), parts=" | ".join(names.names))


def _united(cells: list[CodeCell], place: int) -> CodeCell:
    """Return the codes of several cells as of one."""
    filled = [cell for cell in cells if cell.written.strip()] or cells
    if len(filled) == 1:
        return filled[0]
    written = ", ".join(cell.written for cell in filled)
    names = tuple([name for cell in filled for name in cell.names])
    return CodeCell(written, names, filled[0].column if filled else place)


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
        told = {(each.row - 1, each.column) for each in self.issues if each.error}
        marks = _marks(self._sheet, self.columns, {record.row: record.number for record in self.records})
        self.issues += [each for each in marks if not each.error or (each.row - 1, each.column) not in told]

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
        row, record = read_row(self._sheet, self.columns, number, self._above, len(self.records) + 1)
        if record:
            self.records.append(record)
            self._above = row.inheritable
            self._tell_leftovers(row, record.number)
        else:
            self._refuse(row.errors)

    def _refuse(self, errors: list[ImportIssue]) -> None:
        self.issues += errors
        self._errors += len(errors)

    def _tell_leftovers(self, row: RowReader, action: int) -> None:
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
        yield ImportIssue(row + 1, column, UNCOMPUTED, error=matters, help=FORMULA_HELP if matters else "")
    rows = [row + 1 for row in sheet.hidden_rows if row + 1 in actions]
    if rows:
        done = N_("hidden rows are read as all others (rows {rows})")
        yield ImportIssue(rows[0], None, done, words={"rows": _listed(rows)})
    for column in sheet.hidden_columns:
        if column in columns.read:
            yield ImportIssue(columns.row, column, N_("this column is hidden, and read as all others"))
    for row in sheet.loose:
        yield ImportIssue(row + 1, None, N_("quotes that don't pair are taken as text"))
