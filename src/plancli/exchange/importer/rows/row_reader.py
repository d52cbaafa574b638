"""One row of a table: the action it comes to, and what is wrong or odd in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plancli.edit.values import one_line, read_decimal
from plancli.exchange.importer.cells.dates import Calendar, is_month_or_year, read_calendar, without_serial
from plancli.exchange.importer.cells.directorates import (
    SplitNames,
    is_nobody,
    is_perhaps_nobody,
    read_roles,
    split_names,
)
from plancli.exchange.importer.cells.numbers import has_letter_code, is_number_or_code, read_number
from plancli.exchange.importer.cells.words import is_ditto, is_error, is_formula
from plancli.exchange.importer.columns import REPORTED, Columns
from plancli.exchange.importer.columns.vocabulary import ROLES, TEXT
from plancli.exchange.importer.file import Sheet
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.rows.records import CodeCell, GroupRef, Record, RowReport, Schedule
from plancli.exchange.table import BAR, split_values, unescape_formula
from plancli.i18n import N_
from plancli.plan.model import FIELDS, Type

INHERITED = ("years", "priority")
"""The columns in which an empty cell says what stands above it."""

_OWN_READING = frozenset(["code", "when", "due"])
"""The optional fields that are read together with others."""

NO_NUMBER_HELP = N_("Write numbers and codes as 1, 2, 3, 1.1.2, A1 or II")

ROLES_HELP = N_("Write for example: Pilote : DHUP Associée : DGCL")

UNCOMPUTED = N_("the formula here was saved without its value")

DITTO = N_("“{cell}” isn't read as the cell above")

DITTO_HELP = N_("Write it again in each row")

FORMULA_HELP = N_("Correct the formula, or open the table in a spreadsheet and save its values")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of a table are read: its sheet and columns, and what stands in for empty cells.

    ``numbered`` tells that priorities are numbers; ``months_first`` that ``03/04/2025`` may be in March,
    ``several`` that the sheet is one of several.
    """

    sheet: Sheet
    columns: Columns
    defaults: Mapping[str, str]
    numbered: bool
    months_first: bool
    several: bool


def read_row(
    reading: Reading, number: int, above: Mapping[str, str], continues: bool, banners: tuple[GroupRef, ...]
) -> tuple["RowReader", Record | None]:
    """Return the action of a row; or None, and what is wrong with the row.

    It is read as it stands, unless it is longer or shorter than the headings and only makes sense when it is
    counted from the right. A row that ``continues`` the action above needs no text.
    """
    cells = reading.sheet.rows[number - 1]
    length = max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=0)
    row = RowReader(reading, number, cells[:length], above=above)
    row.check_formulas()
    if row.errors:
        return row, None
    moved = row.realigned(length - reading.columns.width)
    if moved and moved.fits and (moved.typed > row.typed or not row.fits):
        row = moved
    return row, row.read(continues, banners)


class RowReader:
    """A row whose cells stand under their headings, and what is wrong or odd in it.

    ``offset`` says how many columns the cells stood too far right. ``above`` has what the row above says of when
    and how urgent: an empty cell says the same.
    """

    def __init__(
        self,
        reading: Reading,
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
        self._reading = reading
        self._sheet = reading.sheet
        self._columns = reading.columns
        self._above = above or {}

    @property
    def inheritable(self) -> dict[str, str]:
        """The cells that stand for empty ones in the row below."""
        names = () if self._columns.exported else INHERITED
        return {name: self._cell(name) for name in names if self._columns.of(name)}

    @property
    def typed(self) -> int:
        """How many of the cells of numbers, years and priorities hold a number or years."""
        number, years, priority = (self._own(name) for name in ("number", "years", "priority"))
        named = bool(read_calendar(years).years)
        return (read_number(number) is not None) + named + (read_number(priority) is not None)

    def _checks(self) -> list[tuple[str, bool]]:
        """Return cells of which the kind is known, and whether they are of that kind."""
        number, years, priority = (self._own(name) for name in ("number", "years", "priority"))
        return [
            (number, read_number(number) is not None or (self._columns.row > 0 and is_number_or_code(number))),
            (years, bool(read_calendar(years).years) or not any(map(str.isdigit, years))),
            (priority, not self._reading.numbered or read_number(priority) is not None),
        ]

    @property
    def fits(self) -> bool:
        """Whether the cells are of the kind that their headings say; without headings all of them have to be."""
        checks = self._checks()
        if self._columns.row:
            return all(right for cell, right in checks if cell.strip())
        years = self._own("years")
        numbers = [self._cell(f"code {level}") for level in (1, 2)]
        checks += [(cell, not cell.strip() or read_number(cell) is not None) for cell in numbers]
        roles = read_roles(self._cell("directorates"))
        return all(right for _cell, right in checks) and bool(
            roles and roles.pilots and read_calendar(years).years
        )

    def realigned(self, offset: int) -> "RowReader | None":
        """Return the row counted from the right, or None where it can't have been shifted."""
        if not offset or any(cell.strip() for cell in self.cells[: max(offset, 0)]):
            return None
        cells = ("",) * -offset + self.cells[max(offset, 0) :]
        return RowReader(self._reading, self.number, cells, offset, self._above)

    def check_formulas(self) -> None:
        """Refuse the cells that show the error of a formula; in other tables than ours they may say so as text."""
        exported = self._columns.exported
        marked = bool(self._sheet.uncomputed or self._sheet.failed)
        for index in self._columns.read:
            cell = self._at(index, TEXT)
            if not marked and "#" not in cell and "=" not in cell and ":" not in cell:
                continue  # most cells: neither a formula nor the error of one
            pieces = [cell] if exported else re.split(r"[,;|\n]", cell)
            typed = not exported or self._sheet.separator
            at = (self.number - 1, index)
            if at in self._sheet.uncomputed or (not exported and is_formula(cell)):
                self._refuse(index, UNCOMPUTED, FORMULA_HELP)
            elif at in self._sheet.failed or (typed and any(map(is_error, pieces))):
                self._refuse(index, N_("a formula failed here: {cell}"), FORMULA_HELP, cell)

    def read(self, continues: bool, banners: tuple[GroupRef, ...]) -> Record | None:
        """Return the action as the row is aligned, or None where anything is wrong with it."""
        exported = self._columns.exported
        if not self._columns.row and not self.fits:
            self._refuse(TEXT, N_("the cells of this row aren't those of a plan"))
            return None
        self._tell_place()
        number, code = self._numbers()
        text = self._text(TEXT)
        if not text.strip() and not continues:
            fix = N_("Write what is to be done, or take the row out")
            self._refuse(TEXT, N_("there is no text of an action"), fix)
        elif not exported and is_ditto(text):
            self._refuse(TEXT, DITTO, DITTO_HELP)
        pilots, associated = self._codes()
        calendar = self._calendar()
        groups = self.groups()
        more = tuple(self._optional())
        reports = tuple(each for each in self._reports() if each.date or each.said)
        if self.errors:
            return None
        return Record(
            row=self.number,
            banners=banners,
            groups=groups,
            number=number,
            code=code,
            text=text,
            pilots=pilots,
            associated=associated,
            calendar=calendar,
            priority=self._words("priority"),
            priority_column=self._place("priority"),
            reports=reports,
            fields=self._fields(),
            issues=tuple(self._told),
            several_lines=not exported and "\n" in self._cell(TEXT).strip(),
            more=more,
            sheet=self._sheet.name if self._reading.several else "",
        )

    def _numbers(self) -> tuple[int | None, str]:
        """Return the number of the action, or what the table calls it."""
        exported = self._columns.exported
        cell, code = self._cell("number").strip(), self._text("code").strip()
        number = read_number(cell)
        if number is not None and (exported or not has_letter_code(cell)):
            return number, code
        if cell and not exported and is_number_or_code(cell):
            if code and code != cell:
                self._tell("number", N_("left out, the code of the action is {code}"), cell, code=code)
            return None, code or cell.rstrip(".")
        if cell:
            self._refuse("number", N_("no number in “{cell}”"), NO_NUMBER_HELP)
        return None, code

    def _cell(self, name: str) -> str:
        """Return a cell as it stands, or what stands above it or for it where it is empty."""
        cell = self._at(self._columns.first(name), name)
        if cell.strip():
            return cell
        return self._reading.defaults.get(name) or self._above.get(name, cell)

    def _own(self, name: str) -> str:
        """Return a cell as it stands."""
        return self._at(self._columns.first(name), name)

    def says(self, name: str) -> bool:
        """Return whether a cell of the row itself says something, and none that stands for it."""
        return bool(self._own(name).strip())

    def _at(self, index: int, name: str) -> str:
        """Return the cell of a column; a merged one reads the same on each row that it covers."""
        if index < 0:
            return ""
        cell = self.cells[index] if index < len(self.cells) else ""
        if self._sheet.covered and not cell.strip() and not self.offset and name not in (TEXT, "number", "sub"):
            cell = self._sheet.above(self.number - 1, index) or cell
        return cell

    def _text(self, name: str) -> str:
        """Return a text: as it stands in an exported table, else on one line without blanks around it."""
        cell = self._cell(name)
        if self._columns.exported:
            return self._verbatim(cell)
        return one_line(cell)

    def _verbatim(self, cell: str) -> str:
        """Return a cell of an exported table without the quote that keeps it from being a formula.

        Exported for Excel it may have one, and may since have been saved as something else.
        """
        for_excel = self._columns.code_separator == "|" and self._sheet.separator != ","
        return unescape_formula(cell) if for_excel else cell

    def _place(self, column: str | int) -> int | None:
        """Return where in the table a column stands, from 0, by its role or by its place under the headings.

        A column that a row shifted to the left lacks stands nowhere.
        """
        index = self._columns.first(column) if isinstance(column, str) else column
        return None if index < max(0, -self.offset) else index + self.offset

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
            own = self._at(self._columns.first(name), name).strip()
            if cell.strip() and not own and not self._reading.defaults.get(name):
                done = N_("empty, read as above: {cell}")
                self._tell(name, done, "", field=name, noted=True, cell=" ".join(cell.split()))

    def _calendar(self) -> Schedule:
        """Return when, from a calendar, a begin and an end, and columns of years."""
        start, end, cell = (" ".join(self._cell(name).split()) for name in ("start", "end", "years"))
        exported, english = self._columns.exported, self._reading.months_first
        if exported:
            return Schedule(read_calendar(cell, exported).years, self._text("due"), self._text("when"))
        start, end, cell = map(without_serial, (start, end, cell))
        said = read_calendar(cell, english=english)
        if is_month_or_year(cell):
            self._tell("years", N_("a month or two years: no year is taken from it"))
        elif said.years and not said.plain and not said.exact:
            self._tell("years", N_("read as {years}"), field="years", years=", ".join(map(str, said.years)))
        columns = [each for each in self._columns.columns if each.role == "year" and self._at(each.index, "")]
        marked = {each.year for each in columns}
        if start or end:
            return self._span(start, end, said)
        due = " ".join(self._cell("due").split())
        last = read_calendar(due, english=english)
        ends = last.due or (str(last.years[0]) if last.plain else "") or said.due
        words = [self._text("when"), "" if said.plain or cell == ends else cell]
        words += [each.heading for each in columns if each.heading != str(each.year)]
        ends = ends or next((read_calendar(each.heading).due for each in reversed(columns)), "")
        words.append("" if due in ("", last.due) or last.plain else due)
        years = said.years or tuple(sorted(marked)) or last.years
        return Schedule(years, ends, " · ".join(dict.fromkeys(filter(None, words))))

    def _span(self, start: str, end: str, said: Calendar) -> Schedule:
        """Return from when until when two cells say; ``said`` is what a calendar beside them says."""
        first, last = (read_calendar(each, english=self._reading.months_first) for each in (start, end))
        years = first.years or last.years
        if first.years and last.years and last.years[-1] >= first.years[0]:
            years = tuple(range(first.years[0], last.years[-1] + 1))
        words = " – ".join(each for each in (start, end) if each)
        if (first.plain or not start) and (last.plain or end == last.due):
            words = ""
        others = [" ".join(self._cell(name).split()) for name in ("years", "when", "due")]
        others = [each for each in others if each not in ("", words, last.due)]
        if said.plain and said.years == years:
            others = others[1:]
        beside = " · ".join(dict.fromkeys(others))
        return Schedule(
            years or said.years,
            last.due or said.due,
            f"{beside} ({words})" if beside and words else beside or words,
        )

    def groups(self) -> tuple[GroupRef, ...]:
        """Return the groups that the row names, from the top."""
        return tuple([self._group(level) for level in range(1, len(self._columns.levels) + 1)])

    def _group(self, level: int) -> GroupRef:
        title = self._text(f"title {level}")
        code = self._text(f"sign {level}").strip()
        cell = self._cell(f"code {level}").strip()
        number = read_number(cell)
        if cell and (number is None or (has_letter_code(cell) and not self._columns.exported)):
            if is_number_or_code(cell) and not self._columns.exported:
                number, code = None, cell.rstrip(".")
            else:
                self._refuse(f"code {level}", N_("no number in “{cell}”"), NO_NUMBER_HELP)
        if not self._columns.exported and is_ditto(title):
            self._refuse(f"title {level}", DITTO, DITTO_HELP)
        titled = title.strip() or not self._columns.of(f"code {level}")
        column = self._place(f"title {level}" if titled else f"code {level}")
        return GroupRef(number, title if title.strip() else "", column, code)

    def _reports(self) -> Iterator[RowReport]:
        """Yield where the action stands; of each day that the headings of several columns speak of."""
        date, part = self._words("date"), self._words("sub")
        days = self._columns.days
        for day, columns in days.items():
            status, percent, note = (
                " ".join(self._verbatim(self._at(columns.get(role, -1), role)).split())
                or (self._reading.defaults.get(role, "") if len(days) == 1 else "")
                for role in REPORTED
            )
            status = status or self._state()
            own = day if status or percent else ""
            yield RowReport(own if len(days) > 1 else date or own, status, percent, note, self.number, part)

    def _state(self) -> str:
        """Return the heading of the column of states that is marked."""
        of_states = self._columns.of("state")
        marked = (at for at in of_states if self._at(at, "state").strip())
        return next((each.heading for at in marked for each in self._columns.columns if each.index == at), "")

    def _words(self, name: str) -> str:
        """Return a cell on one line."""
        return " ".join(self._verbatim(self._cell(name)).split())

    def _fields(self) -> dict[str, tuple[str, ...]]:
        """Return the cells of the fields that the plan will declare, as they stand."""
        found: dict[str, tuple[str, ...]] = {}
        for each in self._columns.declared:
            cell = self._at(each.index, each.role)
            if cell.strip():
                own = self._columns.code_separator == BAR
                cells = split_values(self._verbatim(cell)) if own else [self._verbatim(cell.strip())]
                found[each.label] = tuple([piece for piece in cells if piece.strip()])
        return found

    def _optional(self) -> Iterator[tuple[str, Any]]:
        """Yield the optional fields; an empty cell is an action that lacks the field."""
        for each in FIELDS:
            if each.required or each.key in _OWN_READING or not self._columns.of(each.key):
                continue
            cell = self._cell(each.key)
            if not cell.strip():
                continue
            if each.type in (Type.NUMBER, Type.YEAR):
                yield each.key, read_number(cell)
            elif each.type is Type.DECIMAL:
                number = read_decimal(cell.strip())
                yield each.key, self._text(each.key) if number is None else number  # validate tells what is none
            elif each.type is Type.CODES:
                exported = self._columns.exported
                yield each.key, list(self._exported_codes(cell) if exported else split_names(cell).names)
            elif each.type in (Type.YEARS, Type.NUMBERS):
                yield each.key, list(read_calendar(cell, exported=True).years)
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
                    found[name].append(CodeCell(self._verbatim(cell), codes, self._place(index)))
                elif cell.strip():
                    self._roles(name, index, cell, found)
        first = (*self._columns.of("pilots"), *self._columns.of("directorates"), -1)[0]
        place = self._place(first)
        for name, cells in found.items():
            if not any(cell.names for cell in cells) and (default := self._reading.defaults.get(name)):
                cells.append(CodeCell(default, split_names(default).names, place))
        pilots, associated = (_united(found[name], place) for name in found)
        return pilots, associated

    def _roles(self, name: str, index: int, cell: str, found: dict[str, list[CodeCell]]) -> None:
        """Add the codes of a cell that names one role or both, and what had to be made of them."""
        own = "" if name == "directorates" else name
        roles = read_roles(cell, own)
        if roles is None:
            if not is_nobody(cell) and not is_perhaps_nobody(cell):
                self._refuse(index, N_("“{cell}” doesn't say who the pilot is"), ROLES_HELP, cell)
            return
        if roles.unknown:
            self._refuse(index, N_("“{cell}” is neither a pilot nor associated"), ROLES_HELP, roles.unknown)
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
                found[role].append(CodeCell(written, names.names, self._place(index)))
                self._tell_names(index, role, written, names)

    def _tell_names(self, index: int, role: str, written: str, names: SplitNames) -> None:
        if names.nobody and (names.names or role == "pilots" or any(map(is_perhaps_nobody, names.nobody))):
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


def _united(cells: list[CodeCell], place: int | None) -> CodeCell:
    """Return the codes of several cells as of one."""
    filled = [cell for cell in cells if cell.written.strip()] or cells
    if len(filled) == 1:
        return filled[0]
    written = ", ".join(cell.written for cell in filled)
    names = tuple([name for cell in filled for name in cell.names])
    return CodeCell(written, names, filled[0].column if filled else place)
