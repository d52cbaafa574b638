"""A sheet row by row: its title, its actions, what stands around them, and what can't be read."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from plancli.exchange.importer.cells.numbers import is_number_or_code, read_number
from plancli.exchange.importer.cells.words import is_average, is_total
from plancli.exchange.importer.columns import CLASSIC, LEFT_OUT, Columns
from plancli.exchange.importer.columns.headings import read_headings
from plancli.exchange.importer.columns.mapping import Choices, check_mapped, lacking_texts, without_actions
from plancli.exchange.importer.columns.vocabulary import (
    FIELD,
    RANKS,
    ROLES,
    TEXT,
    is_group,
    is_noun,
    leading_noun,
    meaning,
    names_a_plan,
    written_noun,
    year_of,
)
from plancli.exchange.importer.file import Sheet
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.rows.group_rows import OpenedGroups
from plancli.exchange.importer.rows.records import GroupRef, Record, joined_with
from plancli.exchange.importer.rows.row import Reading, Row
from plancli.exchange.importer.rows.row_reader import UNCOMPUTED, read_groups, read_row
from plancli.i18n import N_
from plancli.plan.model import written_runs
from plancli.text import fold


def read_sheet(
    name: str, sheet: Sheet, columns: Columns, choices: Choices, english: bool, several: bool
) -> "SheetReader":
    """Return what the rows of a sheet came to; raise what says why it is no table of actions."""
    if choices.columns:
        check_mapped(columns if columns.row else read_headings(sheet, _widest(sheet), {}), choices.columns)
    if not columns.of(TEXT):
        raise lacking_texts(name, sheet, columns)
    priorities = _cells_under(sheet, columns, "priority")
    numbered = sum(read_number(cell) is not None for cell in priorities) * 2 > len(priorities)
    months_first = _has_months_first(_cells_under(sheet, columns, "years", "start", "end", "due", "date"), english)
    reading = Reading(sheet, columns, choices.defaults, numbered, months_first, several)
    read = SheetReader(reading, choices.columns)
    if not read.records and (not columns.row or not any(each.error for each in read.issues)):
        raise without_actions(name, columns)
    if several:
        read.issues = [replace(each, sheet=sheet.name) for each in read.issues]
    return read


def _cells_under(sheet: Sheet, columns: Columns, *roles: str) -> list[str]:
    """Return the cells of some roles that say something."""
    places = [at for role in roles for at in columns.of(role)]
    cells = (row[at].strip() for row in sheet.rows[columns.last :] for at in places if at < len(row))
    return [cell for cell in cells if cell]


def _has_months_first(cells: list[str], english: bool) -> bool:
    """Return whether months may stand first in dates: as ``12/31/2024`` shows, or in English no ``31/12/2024``."""
    found = (re.match(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{2}(?:[0-9]{2})?$", cell) for cell in cells)
    dates = [(int(date[1]), int(date[2])) for date in found if date]
    return any(second > 12 for _first, second in dates) or (
        english and all(first < 13 for first, _second in dates)
    )


def _widest(sheet: Sheet) -> int:
    """Return the row that most probably has the headings of a table in which none is known."""
    return max(range(1, min(len(sheet.rows), 100) + 1), key=lambda number: sum(map(bool, sheet.rows[number - 1])))


MOST_ERRORS = 1000
"""What is told of a table before the rest is left unread."""

Cells = list[tuple[int, str]]
"""The cells of a row that say something, each with its column from 0."""


class Banner(NamedTuple):
    """A row of its own with the title of a group: its row, its column from 0, its text."""

    row: int
    column: int
    text: str


_INSTRUCTION = re.compile(
    r"champs?\b.*|(?:texte|text|date|nombre|number|num|liste|list|menu|choix|choice)\.?"
    r"(?: (?:libre|free|deroulante?).*)?|en (?:[km]?€|euros?|%|ht|ttc|jours|heures)|ne (?:pas|rien) \w+.*"
    r"|do not .*"
    r"|(?:ex(?:emple)?|e\.?g|for example|i\.?e)\b.*|(?:a |to )?(?:saisir|choisir|selectionner|remplir|renseigner"
    r"|indiquer|preciser|decrire|enter|select|choose|fill|describe|specify|indicate)\b.*"
    r"|(?:obligatoire|facultatif|optionnel|mandatory|required|optional)\b.*|(?:jj|dd|mm)[/-].*"
    r"|free text.*|drop.?down.*"
)
"""What a template writes under its headings, folded."""

_REMARK = re.compile(
    r"(?:sources?|notes?|nota(?: bene)?|n\.?b\.?|legende|legend|key|attention)(?: \w+)? ?:|\*+ ?\w"
)
"""How a line that stands alone begins where it is no title of a group, folded."""


class SheetReader:
    """What the rows of a sheet came to."""

    def __init__(self, reading: Reading, mapped: Mapping[str, str]) -> None:
        sheet, columns = reading.sheet, reading.columns
        self.title = ""
        self.months_first = reading.months_first
        self.sheet_name = sheet.name
        self.records: list[Record] = []
        self.issues: list[ImportIssue] = []
        self.columns = columns
        self.banner_nouns: dict[str, str] = {}
        self.headings = [(columns.row, sheet.rows[columns.row - 1])] if columns.row else []
        self._reading = reading
        self._sheet = sheet
        self._mapped = mapped
        self._banners: list[GroupRef] = []
        self._pending: list[Banner] = []
        self._above: dict[str, str] = {}
        self._opened = OpenedGroups()
        self._pages: list[int] = []
        self._left_out: dict[int, list[int]] = {}
        self._joined: list[int] = []
        self._errors = 0
        self._places: dict[tuple[object, ...], int] = {}
        for number, cells in enumerate(sheet.rows, 1):
            said = [(index, cell) for index, cell in enumerate(cells) if cell.strip()]
            headed = columns.row <= number <= columns.last
            if said and not headed and not self._repeats_headings(number, said):
                self._read(number, said)
            if self._errors >= MOST_ERRORS:
                self.issues.append(ImportIssue(number, None, N_("mend these first: there is more"), error=True))
                break
        self._end()

    def _end(self) -> None:
        """Add the issues that are known only when all rows are read."""
        self.issues += self._opened.close()
        for banner in self._pending_banners():
            done = N_("stands below the table, kept as a note")
            self.issues.append(ImportIssue(banner.row, banner.column, done, banner.text, noted=True))
        if self._pages:
            done = N_("page numbers are left out (rows {rows})")
            self.issues.append(ImportIssue(self._pages[0], None, done, words={"rows": _listed(self._pages)}))
        if self._joined:
            done = N_("rows of one action are taken together (rows {rows})")
            self.issues.append(ImportIssue(self._joined[0], None, done, words={"rows": _listed(self._joined)}))
        self._tell_left_out()
        told = {(each.row - 1, each.column) for each in self.issues if each.error}
        marks = _marks(self._sheet, self.columns, {record.row for record in self.records})
        self.issues += [each for each in marks if (each.row - 1, each.column) not in told]

    def _tell_left_out(self) -> None:
        """Add the columns that somebody wants left out, and the rows in which something stands there."""
        for index in self.columns.of(LEFT_OUT):
            rows = self._left_out.pop(index, [])
            if rows:
                heading = self._sheet.rows[self.columns.row - 1][index].strip()
                done = N_("left out as you said (rows {rows})")
                issue = ImportIssue(self.columns.row, index, done, heading, words={"rows": _listed(rows)})
                self.issues.append(issue)

    def _read(self, number: int, said: Cells) -> None:
        alone = len(said) == 1
        headed = self.columns.row
        if number < headed or (not headed and not self.records and alone):
            self._read_above(number, said)
        elif self._is_total(said):
            self._keep(number, said, N_("a row of totals, kept as a note"))
        elif number == self.columns.last + 1 and self._instructs(said):
            self.issues.append(ImportIssue(number, None, N_("a row of instructions, left out"), _line_of(said)))
        elif alone and headed and (_REMARK.match(fold(said[0][1])) or self._is_footnote(number, said[0][1])):
            self._keep(number, said, N_("stands below the table, kept as a note"))
        elif headed and (number - 1, self.columns.first(TEXT)) in self._sheet.struck and not self._texted(number):
            self._keep(number, said, N_("the text of this action is struck through, its row is left out"))
        elif self._opens_groups(said):
            refs = read_groups(Row(self._reading, number, self._sheet.rows[number - 1]))
            self.issues += self._opened.open(refs, number, _line_of(said))
        elif section := self._section(number, said):
            self._pending.append(section)
        elif self._is_banner(number, said) or (alone and _is_page(said[0][1])):
            self._pending.append(Banner(number, said[0][0], _line_of(said, " ")))
        else:
            self._read_body(number)

    def _keep(self, number: int, said: Cells, done: str) -> None:
        """Keep a row that is no action as a note."""
        self.issues.append(ImportIssue(number, said[0][0], done, _line_of(said), noted=True))

    def _section(self, number: int, said: Cells) -> Banner | None:
        """Return the title of a row that has a number besides, and nothing else: 1 where the row below is 1.1."""
        if self.columns.levels or self.columns.exported or not self.columns.row:
            return None
        places = [column for column, _cell in said]
        column, text = self.columns.first("number"), self.columns.first(TEXT)
        words = " ".join(" ".join(cell for _column, cell in said).split())
        numbered = re.match(r"([0-9]{1,2}(?:[.-][0-9]{1,2})*)\.? +(\S.*)", words)
        if not numbered or places not in ([column, text], [text]):
            return None
        below = next((row for row in self._sheet.rows[number:] if any(each.strip() for each in row)), ())
        under = below[places[0]].strip() if places[0] < len(below) else ""
        if not re.match(rf"{re.escape(numbered[1])}[.-][0-9]", under):
            return None
        return Banner(number, text, f"{numbered[1]}. {numbered[2]}")

    def _is_footnote(self, number: int, cell: str) -> bool:
        """Return whether a line begins with a mark, ``²`` or ``(2)``, that stands behind words above it."""
        mark = re.match(r"\s*([¹²³⁰⁴-⁹]+|\([0-9a-z]\)|\[[0-9a-z]\])\s*\S", cell)
        above = (each for row in self._sheet.rows[: number - 1] for each in row)
        return bool(mark) and any(mark[1] in each.lstrip()[1:] for each in above if mark)

    def _opens_groups(self, said: Cells) -> bool:
        """Return whether a row names groups alone, in their columns: one with its number, or several."""
        of_levels = {each.index for each in self.columns.columns if each.role[:-1] in ("title ", "code ")}
        if self.columns.exported or not self.columns.row or not all(column in of_levels for column, _cell in said):
            return False
        numbered = re.match(r"[0-9]{1,2}(?:[.-][0-9]{1,2})*[ .):–-]+[^\W\d_]", said[0][1].strip())
        noun = leading_noun(said[0][1])
        return len(said) > 1 or numbered is not None or noun in map(fold, self.columns.levels)

    def _texted(self, number: int) -> bool:
        """Return whether a row has the text of an action."""
        cells, text = self._sheet.rows[number - 1], self.columns.first(TEXT)
        return text < len(cells) and bool(cells[text].strip())

    def _instructs(self, said: Cells) -> bool:
        """Return whether the row under the headings says how to fill the columns in."""
        told = sum(
            1 for _column, cell in said if _INSTRUCTION.fullmatch(" ".join(fold(cell).split()).strip("()[] "))
        )
        return len(said) > 2 and told * 3 >= len(said) * 2 and not self.columns.exported

    def _is_banner(self, number: int, said: Cells) -> bool:
        """Return whether a row has only a title in it: of a group, or of what isn't known yet."""
        column, cell = said[0]
        text = self.columns.first(TEXT)
        level = leading_noun(cell) not in ("", "action", "fiche")
        if len(said) > 1:
            return (
                len(said) == 2
                and level
                and is_number_or_code(re.sub(r"^[^\W\d_]+ ?(?=[\dIVX])", "", cell.strip()))
                and column != text
            )
        if column != text:
            return True
        merged = self._sheet.covered.get((number - 1, column + 2)) == (number - 1, column)
        heads = cell.isupper() or re.match(r" *(?:[IVX]{1,5}|[A-Z]|[0-9]{1,2}) *[.):–-] *\S", cell) is not None
        return level or merged or (heads and not self.columns.levels and self.columns.row > 0)

    def _read_above(self, number: int, said: Cells) -> None:
        """Keep the first row of one cell as the title, other rows above the headings as notes."""
        column, cell = said[0]
        exported = self.columns.exported
        if len(said) == 1 and not exported and self._names_a_group(cell):
            self._pending.append(Banner(number, column, " ".join(cell.split())))
        elif not self.title and len(said) == 1:
            self.title = cell if exported else " ".join(cell.split())
            framed = re.fullmatch(r"(?:#+ *)?\*\*(.+)\*\*|#+ +(.+)", self.title)
            if framed and not exported:
                done = N_("taken as the title of the plan, without the marks around it")
                self.issues.append(ImportIssue(number, column, done, self.title, field="title", noted=True))
                self.title = (framed[1] or framed[2]).strip()
        elif not (exported and number == 2 and len(said) == 1):  # what an exported workbook was made from
            read = _line_of(said)
            if len(said) == 1 and names_a_plan(read) and not names_a_plan(self.title):
                read, self.title = self.title, read
            done = N_("stands above the table, kept as a note")
            self.issues.append(ImportIssue(number, column, done, read, noted=True))

    def _names_a_group(self, cell: str) -> bool:
        """Return whether a line above the headings is the title of the first group: ``AXE 1 : SE LOGER``."""
        noun = leading_noun(cell)
        levels = {fold(name) for name in self.columns.levels}
        numbered = re.match(r"([^\W\d_]+(?: [^\W\d_]+)??) +(?:n° ?)?(?:[0-9]{1,2}|[IVX]+)\b(?![-/])", cell)
        of_plan = noun in levels or levels == {*CLASSIC}
        return is_group(noun) and not of_plan and numbered is not None and is_noun(numbered[1])

    def _read_body(self, number: int) -> None:
        """Read a row of the table; what stood alone in rows before it are the titles of its groups."""
        for banner in self._pending_banners():
            self._take_banner(banner)
        self._pending.clear()
        continues = self._continues(number)
        above = {} if continues else self._above
        row, record = read_row(self._reading, number, above, continues, tuple(self._banners))
        if not record:
            self._refuse(row.errors)
            return
        self._above = row.inheritable
        if not continues:
            self.issues += self._opened.leave(record)
            record = self._opened.fill(record)
        titles = tuple([each.title for each in record.banners])
        key = (record.number, record.code, record.text, titles, record.groups)
        same = len(self.records) - 1 if continues else self._places.get(key, -1)
        if not continues and not record.number and not record.code and not self._repeats(record):
            same = -1
        if same >= 0:
            if continues:
                record = self._numbered_part(record)
            first = self.records[same]
            if row.says("priority"):
                record = _with_priority_told(record, first)
            self.records[same] = joined_with(first, record)
            self._joined.append(number)
        else:
            self._places[key] = len(self.records)
            self.records.append(record)
        self._tell_leftovers(row)

    def _continues(self, number: int) -> bool:
        """Return whether a row says more of the action above: their texts are merged, or a part stands here."""
        cells, text = self._sheet.rows[number - 1], self.columns.first(TEXT)
        if not self.records or self.columns.exported or self._texted(number):
            return False
        part = any(at < len(cells) and cells[at].strip() for at in self.columns.of("sub"))
        return part or self._sheet.covered.get((number - 1, text), (number, 0))[0] < number - 1

    def _numbered_part(self, record: Record) -> Record:
        """Return a row of an action's part with the number that it has of its own in the text of the part."""
        last = self.records[-1]
        own = record.code or str(record.number or "")
        if own in ("", last.code, str(last.number)):
            return record
        parts = {each.label for each in self.columns.declared if each.role == "sub"} & record.fields.keys()
        if not parts:
            done = N_("left out, the row says more of action {number}")
            words = {"number": last.code or last.number or last.text}
            self.issues.append(ImportIssue(record.row, self.columns.first("number"), done, own, words))
        fields = {
            label: (f"{own} {cells[0]}", *cells[1:]) if label in parts else cells
            for label, cells in record.fields.items()
        }
        return replace(record, fields=fields)

    def _repeats(self, record: Record) -> bool:
        """Return whether a row without a number says more of an action: of another day, or a part of it."""
        last = self.records[-1] if self.records else record
        dated = bool(record.reports and record.reports[0].date)
        return dated or (bool(self.columns.of("sub")) and (last.text, last.groups) == (record.text, record.groups))

    def _take_banner(self, banner: Banner) -> None:
        """Open the group that a row of its own names, or refuse the row where groups have columns."""
        noun = leading_noun(banner.text)
        columns = {fold(name) for name in self.columns.levels}
        if self.columns.exported or (
            self.columns.levels and ((noun not in RANKS and "sous-" not in noun) or noun in columns)
        ):
            message = N_("“{cell}” stands alone in its row")
            fix = N_("Write orientation and measure in the row of each action, and notes below the table")
            words = {"cell": banner.text}
            self._refuse([ImportIssue(banner.row, banner.column, message, words=words, error=True, help=fix)])
            return
        code = re.match(r"(?:[^\W\d_]+[ -]?)*? ?([0-9]+(?:\.[0-9]+)*)", banner.text)
        key = noun or ("." * code[1].count(".") if code else "")
        key = key or (" " if banner.text.isupper() else "")
        self.banner_nouns.setdefault(key, written_noun(banner.text) or key)
        depth = [*self.banner_nouns].index(key)
        self._banners[depth:] = [
            *[GroupRef()] * (depth - len(self._banners)),
            GroupRef(None, banner.text, banner.column, row=banner.row),
        ]

    def _refuse(self, errors: list[ImportIssue]) -> None:
        self.issues += errors
        self._errors += len(errors)

    def _tell_leftovers(self, row: Row) -> None:
        """Keep the cells under no heading as notes; count those that somebody wants left out."""
        read = self.columns.read
        for index, cell in enumerate(row.cells):
            if index in read or not cell.strip():
                continue
            if index in self.columns.of(LEFT_OUT):
                self._left_out.setdefault(index, []).append(row.number)
            else:
                done = N_("stands under no heading, kept as a note")
                text = " ".join(cell.split())
                self.issues.append(ImportIssue(row.number, index + row.offset, done, text, action=0, noted=True))

    def _is_total(self, said: Cells) -> bool:
        """Return whether a row begins with the word and names nobody: an action may begin with it too."""
        roles = {index for name in ("directorates", *ROLES) for index in self.columns.of(name)}
        named = any(column in roles and any(map(str.isalpha, cell)) for column, cell in said[1:])
        text = self.columns.first(TEXT)
        texted = any(column == text for column, _cell in said)
        average = said[0][0] != text and not texted and is_average(said[0][1])
        return not named and not self.columns.exported and (average or is_total(said[0][1]))

    def _pending_banners(self) -> list[Banner]:
        """Return the cells that stood alone in their row, without page numbers and repeated titles.

        A number under the heading of those of actions is that of an action whose other cells are lost.
        """
        of_actions = self.columns.first("number")
        pages = [each.row for each in self._pending if each.column != of_actions and _is_page(each.text)]
        self._pages += pages
        return [each for each in self._pending if each.text.strip("*# ") != self.title and each.row not in pages]

    def _repeats_headings(self, number: int, said: Cells) -> bool:
        """Return whether a row has nothing but headings, as the second page of a table does.

        Where they stand in another order, the rows below are read by them.
        """
        columns = self.columns
        if not columns.row or number < columns.row or len(said) < 3 or not all(map(_may_be_heading, said)):
            return False
        headings = [fold(cell) for cell in self._sheet.rows[columns.row - 1]]
        same = {fold(cell) for _index, cell in said} <= set(headings)
        if same and _is_same_order([(index, fold(cell)) for index, cell in said], headings):
            return True
        known = same or sum(meaning(cell).role not in ("", FIELD) for _index, cell in said) > 2
        again = read_headings(self._sheet, number, self._mapped) if known else None
        if again and (not again.of(TEXT) or again.known < 3 or again.known * 2 < len(said)):
            again = None
        if not same and not again:
            return False
        if again and again.known_roles >= columns.known_roles:
            self._tell_left_out()
            self.columns = again
            self._reading = replace(self._reading, columns=again)
            self.headings.append((number, self._sheet.rows[number - 1]))
            done = N_("other headings, the rows below are read by them")
            self.issues.append(ImportIssue(number, None, done))
        else:
            message = N_("headings that differ from those above")
            fix = N_("Give each table a sheet or a file of its own, with all its headings")
            self._refuse([ImportIssue(number, None, message, error=True, help=fix)])
        return True


def _may_be_heading(said: tuple[int, str]) -> bool:
    """Return whether a cell may be a heading: a short one that doesn't begin with a number, years aside."""
    cell = said[1].strip()
    return len(cell) <= 60 and (not cell[0].isdigit() or year_of(cell) > 0)


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


def _line_of(said: Cells, between: str = " · ") -> str:
    return between.join(" ".join(cell.split()) for _column, cell in said)


def _with_priority_told(record: Record, first: Record) -> Record:
    """Return a row of an action that tells its priority, where the first row has another one."""
    said = [each.priority for each in (first, record) if each.priority]
    if len({read_number(each) or fold(each) for each in said}) < 2:
        return record
    done = N_("another priority of the same action, the first one is kept")
    issue = record.issue(record.priority_column, done, record.priority, field="priority", noted=True)
    return replace(record, issues=(*record.issues, issue))


def _listed(rows: list[int]) -> str:
    return ", ".join(written_runs(rows))


def _is_page(text: str) -> bool:
    return bool(re.fullmatch(r"(?i)[-–— ]*(?:p(?:age|\.)? *)?[0-9]+(?: *(?:/|sur|of) *[0-9]+)?[-–— ]*", text))


def _marks(sheet: Sheet, columns: Columns, actions: Collection[int]) -> Iterator[ImportIssue]:
    """Yield what a spreadsheet says of its cells beside their values."""
    for (row, column), words in sorted(sheet.struck.items()):
        done = N_("struck through in the table, left out")
        text = " ".join(words.split())
        yield ImportIssue(row + 1, column, done, text, action=0 if row + 1 in actions else None, noted=True)
    for row, column in sorted(sheet.uncomputed):
        yield ImportIssue(row + 1, column, UNCOMPUTED)
    rows = [row + 1 for row in sheet.hidden_rows if row + 1 in actions]
    if rows:
        done = N_("hidden rows are read as all others (rows {rows})")
        yield ImportIssue(rows[0], None, done, words={"rows": _listed(rows)})
    for column in sheet.hidden_columns:
        if column in columns.read:
            yield ImportIssue(columns.row, column, N_("this column is hidden, and read as all others"))
    for row in sheet.loose:
        yield ImportIssue(row + 1, None, N_("quotes that don't pair are taken as text"))
