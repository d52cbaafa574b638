"""A sheet row by row: its title, its actions, what is around them, and what can't be read."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from plancli.exchange.importer.cells.dates import DateOrder
from plancli.exchange.importer.cells.directorates import is_directorate_code
from plancli.exchange.importer.cells.numbers import are_numbers
from plancli.exchange.importer.cells.words import is_mark
from plancli.exchange.importer.columns import LEFT_OUT, Columns, TableColumn, mapped_role
from plancli.exchange.importer.columns.finder import read_headings
from plancli.exchange.importer.columns.mapping import Choices, check_mapped, lacking_texts, without_actions
from plancli.exchange.importer.columns.vocabulary import FIELD, TEXT, heading_meaning, names_a_plan, year_of
from plancli.exchange.importer.file import Sheet
from plancli.exchange.importer.issues import ImportIssue, format_runs
from plancli.exchange.importer.rows import GroupRef, Record
from plancli.exchange.importer.rows.action_rows import ActionRows
from plancli.exchange.importer.rows.open_groups import BannerRows, OpenedGroups
from plancli.exchange.importer.rows.row import Row, RowContext
from plancli.exchange.importer.rows.row_kinds import (
    is_aside,
    is_first_group,
    is_first_part,
    is_instructions,
    is_note,
    is_struck_through,
    is_title,
    is_total,
    names_groups,
    section_of,
)
from plancli.exchange.importer.rows.row_reader import UNCOMPUTED, read_groups, read_row
from plancli.i18n import N_
from plancli.plan.model import NONE
from plancli.text import fold


def read_sheet(
    name: str, sheet: Sheet, columns: Columns, choices: Choices, english: bool, several: bool
) -> "SheetReader":
    """Return the reader that has read a sheet; raise the error that says why it is no table of actions."""
    likely = columns if columns.row or not sheet.rows else read_headings(sheet, _widest(sheet), {})
    if choices.columns:
        check_mapped(likely, choices.columns)
    if not columns.of(TEXT):
        raise lacking_texts(name, sheet, columns)
    priorities = _cells_under(sheet, columns, *columns.of("priority"))
    numbered = are_numbers(priorities, columns.exported)
    dated = [at for role in ("years", "start", "end", "due", "date") for at in columns.of(role)]
    order = _date_order(_cells_under(sheet, columns, *dated), english)
    context = RowContext(sheet, columns, choices.defaults, numbered, order, several)
    read = SheetReader(context, choices.columns)
    if not read.records and (not columns.row or not any(each.error for each in read.issues)):
        raise without_actions(name, sheet, likely, columns.row > 0)
    return read


def _cells_under(sheet: Sheet, columns: Columns, *places: int) -> list[str]:
    """Return the cells of some columns that say something."""
    cells = (row[at].strip() for row in sheet.rows[columns.last :] for at in places if at < len(row))
    return [cell for cell in cells if cell]


def _date_order(cells: list[str], english: bool) -> DateOrder:
    """Return what stands first in dates, as ``31/12/2024`` or ``12/31/2024`` shows; in English months may.

    In another language one such date may be a slip: then it may be either.
    """
    found = (re.match(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{2}(?:[0-9]{2})?(?: |$)", cell) for cell in cells)
    dates = [(int(date[1]), int(date[2])) for date in found if date]
    months = any(second > 12 for _first, second in dates)
    if english and all(first < 13 for first, _second in dates):
        return DateOrder.MONTHS if months else DateOrder.EITHER
    return DateOrder.EITHER if months else DateOrder.DAYS


def _widest(sheet: Sheet) -> int:
    """Return the row that most probably has the headings of a table in which none is known."""
    return max(range(1, min(len(sheet.rows), 100) + 1), key=lambda number: sum(map(bool, sheet.rows[number - 1])))


MOST_ERRORS = 1000
"""The most errors of a table; after them the rest is left unread."""


class SheetReader:
    """The reader of a sheet's rows, with what they came to."""

    def __init__(self, context: RowContext, mapped: Mapping[str, str]) -> None:
        sheet, columns = context.sheet, context.columns
        self.title = ""
        self.date_order = context.date_order
        self.sheet_name = sheet.name
        self.issues: list[ImportIssue] = []
        self.columns = columns
        self.headings = [(columns.row, sheet.rows[columns.row - 1])] if columns.row else []
        self._context = context
        self._sheet = sheet
        self._mapped = mapped
        self.banners = BannerRows()
        self._above: dict[str, str] = {}
        self._opened = OpenedGroups()
        self._actions = ActionRows()
        self._left_out: dict[int, list[int]] = {}
        self._errors = 0
        for number in range(1, len(sheet.rows) + 1):
            row = Row(self._context, number, self._above)
            headed = self.columns.row <= number <= self.columns.last
            ruled = all(re.fullmatch(r" *:?-{3,}:? *", cell) for _at, cell in row.said)
            if row.said and not headed and not ruled and not self._repeats_headings(row):
                self._read(row)
            if self._errors >= MOST_ERRORS:
                self._add_issue(number, None, N_("mend these first: there is more"), error=True)
                break
        self._end()

    @property
    def records(self) -> list[Record]:
        """The actions, in the order of the rows."""
        return self._actions.records

    def _add_issue(self, row: int, column: int | None, message: str, read: str = "", **about: Any) -> None:
        self.issues.append(ImportIssue(row, column, message, read, **about))

    def _end(self) -> None:
        """Add the issues that are known only when all rows are read."""
        self.issues += self._opened.close()
        for banner in self.banners.titles(self.columns, self.title):
            done = N_("stands below the table, kept as a note")
            self._add_issue(banner.row, banner.column, done, banner.title, noted=True)
        pages = self.banners.pages
        if pages:
            done = N_("page numbers are left out (rows {rows})")
            self._add_issue(pages[0], None, done, words={"rows": format_runs(pages)})
        joined = self._actions.joined
        if joined:
            done = N_("rows of one action are taken together (rows {rows})")
            self._add_issue(joined[0], None, done, words={"rows": format_runs(joined)})
        self._report_left_out()
        self._report_columns()
        in_error = {(each.row - 1, each.column) for each in self.issues if each.error}
        marks = _marks(self._sheet, self.columns, {record.row for record in self.records})
        self.issues += [each for each in marks if (each.row - 1, each.column) not in in_error]
        if self._context.several:
            self.issues = [replace(each, sheet=self.sheet_name) for each in self.issues]

    def _report_columns(self) -> None:
        """Add the columns that are taken for something else than their headings say."""
        for each in self.columns.columns if not self.columns.exported else ():
            done = self._taken_otherwise(each)
            if done:
                words = {"heading": each.heading}
                self._add_issue(self.columns.row, each.index, done, each.heading, words=words)

    def _taken_otherwise(self, column: TableColumn) -> str:
        """Return the message about a column that isn't taken for what its heading says, or nothing."""
        heading = column.heading
        if column.index in self.columns.services:
            pilot = N_("a service, taken for a pilot where it is marked")
            return pilot if column.role == "pilots" else N_("a service, taken for associated where it is marked")
        mapped = mapped_role(self._mapped, heading, column.index)
        if column.role == "note" and heading_meaning(heading).role == "status" and not mapped:
            return N_("its cells are free words: kept as notes, no list of statuses is made of them")
        cells = _cells_under(self._sheet, self.columns, column.index) if column.role == FIELD else []
        if (mapped or heading_meaning(heading).role) == "priority" and NONE in map(fold, cells):
            return N_("a priority can't be called none: kept as a field")
        if is_directorate_code(heading) and cells and all(map(is_mark, cells)):
            return N_("crosses, kept as a field; of a service that takes part: --map '{heading}=associated'")
        return ""

    def _report_left_out(self) -> None:
        """Add the columns that somebody wants left out, and the rows in which something is there."""
        for index in self.columns.of(LEFT_OUT):
            rows = self._left_out.pop(index, [])
            if rows:
                heading = self._sheet.rows[self.columns.row - 1][index].strip()
                done = N_("left out as you said (rows {rows})")
                self._add_issue(self.columns.row, index, done, heading, words={"rows": format_runs(rows)})

    def _read(self, row: Row) -> None:
        """Read a row as the first of these that it is; the order matters."""
        continues = self._continues(row)
        if row.number < self.columns.row or (not self.columns.row and not self.records and row.is_alone):
            self._read_above(row)
        elif is_total(row):
            self._keep(row, N_("a row of totals, kept as a note"))
        elif is_instructions(row):
            self._add_issue(row.number, None, N_("a row of instructions, left out"), row.line())
        elif is_note(row):
            self._keep(row, N_("stands below the table, kept as a note"))
        elif is_struck_through(row):
            self._keep(row, N_("the text of this action is struck through, its row is left out"))
        elif names_groups(row):
            self.issues += self._opened.open(read_groups(row), row.number, row.line())
        elif section := section_of(row):
            self.banners.add(section)
        elif continues:
            self._read_action(row, continues=True)
        elif is_aside(row):
            self._keep(row, N_("stands alone in its row, kept as a note"))
        elif is_title(row):
            self.banners.add(GroupRef(title=row.line(" "), column=row.said[0][0], row=row.number))
        else:
            self._read_action(row, continues=False)

    def _keep(self, row: Row, done: str) -> None:
        """Keep a row that is no action as a note."""
        self._add_issue(row.number, row.said[0][0], done, row.line(), noted=True)

    def _read_above(self, row: Row) -> None:
        """Keep the first row of one cell as the title, other rows above the headings as notes."""
        column, cell = row.said[0]
        number, alone = row.number, row.is_alone
        exported = self.columns.exported
        if alone and not exported and (is_first_group(row) or is_first_part(row)):
            self.banners.add(GroupRef(title=row.line(), column=column, row=number))
        elif not self.title and alone:
            self.title = cell if exported else " ".join(cell.split())
            framed = re.fullmatch(r"(?:#+ *)?\*\*(.+)\*\*|#+ +(.+)", self.title)
            if framed and not exported:
                done = N_("taken as the title of the plan, without the marks around it")
                self._add_issue(number, column, done, self.title, field="title", noted=True)
                self.title = (framed[1] or framed[2]).strip()
        elif not (exported and number == 2 and alone):  # what an exported workbook was made from
            read = row.line()
            if alone and names_a_plan(read) and not names_a_plan(self.title):
                read, self.title = self.title, read
            self._add_issue(number, column, N_("stands above the table, kept as a note"), read, noted=True)

    def _read_action(self, row: Row, continues: bool) -> None:
        """Read a row of the table; what stood alone in rows before it are the titles of its groups."""
        self._refuse([*self.banners.open(self.columns, self.title)])
        if continues:
            row = Row(self._context, row.number)
        row, record = read_row(row, continues, tuple(self.banners.opened))
        if not record:
            self._refuse(row.errors)
            return
        self._above = row.inheritable
        if not continues:
            self.issues += self._opened.leave(record)
            record = self._opened.fill(record)
        self._actions.add(row, record, continues)
        self._report_leftovers(row)

    def _continues(self, row: Row) -> bool:
        """Return whether a row says more of the action above: their texts are merged, or a part is here."""
        if not self.records or self.columns.exported or row.has_text:
            return False
        at, text = row.number - 1, self.columns.first(TEXT)
        part = any(column in self.columns.of("sub") for column, _cell in row.said)
        return part or self._sheet.covered.get((at, text), (at, text))[0] < at

    def _refuse(self, errors: list[ImportIssue]) -> None:
        self.issues += errors
        self._errors += len(errors)

    def _report_leftovers(self, row: Row) -> None:
        """Keep the cells under no heading as notes; count those that somebody wants left out."""
        read = self.columns.read
        for index, cell in enumerate(row.cells):
            if index in read or not cell.strip():
                continue
            if index in self.columns.of(LEFT_OUT):
                self._left_out.setdefault(index, []).append(row.number)
            else:
                done = N_("stands under no heading, kept as a note")
                self._add_issue(row.number, index + row.offset, done, " ".join(cell.split()), action=0, noted=True)

    def _repeats_headings(self, row: Row) -> bool:
        """Return whether a row has nothing but headings, as the second page of a table does.

        Where they are in another order, the rows below are read by them.
        """
        columns, number, said = self.columns, row.number, row.said
        if not columns.row or number < columns.row or not all(map(_may_be_heading, said)):
            return False
        head = [[fold(cell) for cell in cells] for cells in self._sheet.rows[columns.row - 1 : columns.last]]
        enough = [headings for headings in head if len(said) >= min(3, sum(map(bool, headings)))]
        if any(_is_same_order([(index, fold(cell)) for index, cell in said], headings) for headings in enough):
            return True
        if head[0] not in enough:
            return False
        same = {fold(cell) for _index, cell in said} <= set(head[0])
        known = same or sum(heading_meaning(cell).role not in ("", FIELD) for _index, cell in said) > 2
        again = read_headings(self._sheet, number, self._mapped) if known else None
        if again and (not again.of(TEXT) or again.known < 3 or again.known * 2 < len(said)):
            again = None
        if not same and not again:
            return False
        if again and again.known_roles >= columns.known_roles:
            self._report_left_out()
            self.columns = again
            self._context = replace(self._context, columns=again)
            self.headings.append((number, self._sheet.rows[number - 1]))
            self._add_issue(number, None, N_("other headings, the rows below are read by them"))
        else:
            message = N_("headings that differ from those above")
            fix = N_("Give each table a sheet or a file of its own, with all its headings")
            self._refuse([ImportIssue(number, None, message, error=True, help=fix)])
        return True


def _may_be_heading(said: tuple[int, str]) -> bool:
    """Return whether a cell may be a heading: a short one that doesn't begin with a number, years aside."""
    cell = said[1].strip()
    return len(cell) <= 60 and (not cell[0].isdigit() or year_of(cell) > 0)


def _is_same_order(said: Sequence[tuple[int, str]], headings: list[str]) -> bool:
    """Return whether headings are where they stood, or all as far beside."""
    at = 0
    offsets = set()
    for index, heading in said:
        if heading not in headings[at:]:
            return False
        at = headings.index(heading, at) + 1
        offsets.add(index - at)
    return len(offsets) == 1


def _marks(sheet: Sheet, columns: Columns, actions: Collection[int]) -> Iterator[ImportIssue]:
    """Yield what a spreadsheet says of its cells beside their values."""
    struck, comment = N_("struck through in the table, left out"), N_("a comment on the cell, kept as a note")
    for marked, done in ((sheet.struck, struck), (sheet.comments, comment)):
        for (row, column), words in sorted(marked.items()):
            action = 0 if row + 1 in actions else None
            yield ImportIssue(row + 1, column, done, " ".join(words.split()), action=action, noted=True)
    for row, column in sorted(sheet.uncomputed):
        yield ImportIssue(row + 1, column, UNCOMPUTED)
    rows = [row + 1 for row in sheet.hidden_rows if row + 1 in actions]
    if rows:
        done = N_("hidden rows are read as all others (rows {rows})")
        yield ImportIssue(rows[0], None, done, words={"rows": format_runs(rows)})
    for column in sheet.hidden_columns:
        if column in columns.read:
            yield ImportIssue(columns.row, column, N_("this column is hidden, and read as all others"))
    for row in sheet.loose:
        yield ImportIssue(row + 1, None, N_("quotes that don't pair are taken as text"))
