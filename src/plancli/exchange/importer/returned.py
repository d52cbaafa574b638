"""A table that comes back: its cells now, beside those of its base, as they were exported."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from plancli.edit.values import settable
from plancli.errors import Invalid, Usage
from plancli.exchange.importer.cells.numbers import read_number
from plancli.exchange.importer.cells.words import is_error
from plancli.exchange.importer.columns import mapped_role
from plancli.exchange.importer.columns.finder import find_columns, likeness
from plancli.exchange.importer.columns.mapping import check_mapped
from plancli.exchange.importer.columns.vocabulary import FIELD
from plancli.exchange.importer.file import Base, RowCells, Sheet, Tables, named_sheets
from plancli.exchange.importer.issues import ImportIssue, format_runs
from plancli.exchange.importer.rows.row_reader import FORMULA_HELP
from plancli.exchange.table import BAR, FOLLOW_UP, REGISTER, plan_headings
from plancli.i18n import N_, _
from plancli.plan.model import Plan
from plancli.text import fold


class UpdateOptions(NamedTuple):
    """The options of an update: declare unknown codes, remove actions that are gone, the day of reports.

    ``sheet`` names the sheet of the actions, ``columns`` says what columns are, in a table that wasn't exported.
    ``new`` means that a plan is made of the table alone: nothing else can have changed.
    """

    declare: bool = False
    remove_missing: bool = False
    date: str = ""
    sheet: str | None = None
    columns: Mapping[str, str] = {}
    new: bool = False


@dataclass(slots=True)
class ReturnedTable:
    """A table that comes back, and the ``base`` that it was exported with, if it says so.

    ``label`` names it in messages where there are several. ``sheet`` has the actions, below the row of headings
    with the number ``head``; ``columns`` are the places of keys, from 0. ``actions`` are rows by the number of
    their action, ``new`` rows of actions that neither base nor plan has. ``register`` are the rows of the sheet of
    directorates by code. ``places`` are the columns of the sheets of directorates and of reports, with their
    names. ``issues`` tell how the table as a whole differs from what was exported.
    """

    name: str
    label: str
    base: Base | None
    sheet: Sheet
    head: int
    columns: dict[str, int]
    register: dict[str, RowCells]
    reports: tuple[tuple[int, RowCells], ...]
    places: Mapping[str, tuple[str, int]]
    actions: dict[int, RowCells] = field(default_factory=dict)
    new: list[RowCells] = field(default_factory=list)
    issues: list[ImportIssue] = field(default_factory=list)

    @property
    def rows(self) -> list[RowCells]:
        """The rows of all actions."""
        return [*self.actions.values(), *self.new]

    @property
    def title(self) -> str:
        """The title of the plan, where it stands as export writes it."""
        return self.sheet.rows[0][0] if self.head == 4 and self.sheet.rows[0] else ""

    def heading(self, at: int) -> str:
        """Return the heading of a column."""
        return self.word(self.head, at)

    def word(self, row: int, at: int) -> str:
        """Return a cell of a row, by its number; a merged one says the same in each row that it covers."""
        cells = self.sheet.rows[row - 1]
        return (cells[at].strip() if at < len(cells) else "") or self.sheet.above(row - 1, at).strip()

    def own_columns(self) -> dict[int, list[int]]:
        """Return the places of columns that weren't exported and hold something, with the numbers of the rows."""
        rows = enumerate(self.sheet.rows[self.head :], self.head + 1)
        filled = {(number, at) for number, row in rows for at, cell in enumerate(row) if cell.strip()}
        filled |= {(row + 1, at) for row, at in (*self.sheet.failed, *self.sheet.uncomputed) if row >= self.head}
        found: dict[int, list[int]] = {}
        for number, at in sorted(filled):
            if at not in self.columns.values():
                found.setdefault(at, []).append(number)
        return found

    def failure(self, row: int, at: int) -> ImportIssue | None:
        """Return the issue of a cell with a formula that failed, or was saved without its value."""
        place, cell = (row - 1, at), self.word(row, at)
        if place not in self.sheet.failed and place not in self.sheet.uncomputed and not is_error(cell):
            return None
        done, words = N_("a formula failed here: {cell}"), {"cell": cell or "–"}
        return ImportIssue(row, at, done, words=words, error=True, help=FORMULA_HELP, sheet=self.label)

    def issue(
        self,
        row: int,
        key: str,
        message: str,
        *,
        read: str = "",
        help: str = "",
        error: bool = True,
        **words: Any,
    ) -> ImportIssue:
        """Return what is told of a row, and of its cell if a column of any sheet has the key."""
        sheet, column = self.places.get(key, ("", self.columns.get(key)))
        sheet = ", ".join(filter(None, (self.label, sheet)))
        return ImportIssue(row, column, message, read, words, error=error, help=help, sheet=sheet)

    def add_issue(self, row: int, key: str, message: str, **about: Any) -> None:
        """Add an issue of a row, and of its cell if a column has the key."""
        self.issues.append(self.issue(row, key, message, **about))


def read_returned(plan: Plan, tables: Tables, name: str, options: UpdateOptions, label: str = "") -> ReturnedTable:
    """Return the content of a table that came back; raise Usage or Invalid where it can't be read."""
    base = tables.base
    keys = {key: heading for key, heading in base.columns if key} if base else {}
    sheet, head, columns = _find_sheet(plan, tables, keys, name, options)
    reports, places = tuple(_reports(tables)), dict(_places(tables))
    table = ReturnedTable(name, label, base, sheet, head, columns, tables.register(), reports, places)
    known = {action.number for action in plan.actions} | (base.actions.keys() if base else set())
    codes = {action.code: action.number for action in plan.actions if action.code}
    beside: list[tuple[int, Sequence[str]]] = []
    again: list[tuple[int, int]] = []
    for row, line in enumerate(sheet.rows[head:], head + 1):
        cells = {key: line[at].strip() if at < len(line) else "" for key, at in columns.items()}
        cells |= {key: sheet.above(row - 1, columns[key]).strip() for key in cells.keys() - _OWN if not cells[key]}
        number = read_number(cells.get("number", "")) or codes.get(cells.get("code", ""))
        if sum(map(bool, cells.values())) < 2 and not cells.get("text"):
            beside.append((row, line))
        elif number is None or number not in known:
            table.new.append((row, cells))
        elif number in table.actions:
            again.append((row, number))
        else:
            table.actions[number] = row, cells
    if not options.new:
        _report_own_columns(table)
    if base:
        _report_differences(table, tables, keys, beside)
    for row, number in again:
        done = N_("action {number} stands in row {other} too")
        table.add_issue(row, "number", done, number=number, other=table.actions[number][0])
    for code in base.directorates if base and table.register else ():
        if code not in table.register:
            table.add_issue(
                0, "", N_("directorate {code} is gone from its sheet, and kept"), error=False, code=code
            )
    return table


_OWN = frozenset(["number", "code", "text"])
"""The columns in which a merged cell is that of its first row alone."""


def _report_own_columns(table: ReturnedTable) -> None:
    """Add the columns that nothing in the plan is compared with; of a new plan they are fields."""
    done = N_("this column wasn't exported, and is left out (rows {rows})")
    if not table.base:
        done = N_("this column isn't compared with the plan, and is left out (rows {rows})")
    for at, rows in table.own_columns().items():
        words = {"rows": format_runs(rows)}
        issue = ImportIssue(table.head, at, done, table.heading(at), words, sheet=table.label)
        table.issues.append(issue)


def _report_differences(
    table: ReturnedTable, tables: Tables, keys: Mapping[str, str], beside: Sequence[tuple[int, Sequence[str]]]
) -> None:
    """Add what was added around the actions, and what was taken out; ``beside`` are rows between them."""
    sheet, head = table.sheet, table.head
    for key, heading in keys.items():
        if key not in table.columns:
            done = N_("the column “{heading}” is gone: what it said stays")
            table.add_issue(head, "", done, error=False, heading=heading)
    ours, others = _own_sheets(tables, sheet)
    exported = {cell for each in ours or [sheet] for line in each.rows[:2] for cell in line}
    above = [(row, line) for row, line in enumerate(sheet.rows[: head - 1], 1) if not exported.issuperset(line)]
    comments = [(row + 1, (words,)) for each in (sheet, *ours) for (row, _at), words in each.comments.items()]
    for row, line in (*above, *beside, *comments):
        if words := " · ".join(filter(None, line)):
            table.add_issue(row, "", N_("stands beside the actions, and is left out"), error=False, read=words)
    for each in others:
        table.add_issue(0, "", N_("the sheet “{name}” isn't read"), error=False, name=each.name)


def _own_sheets(tables: Tables, actions: Sheet) -> tuple[list[Sheet], list[Sheet]]:
    """Return the sheets that were exported beside that of the actions, and those of somebody's own.

    All that were exported begin with the title of the plan.
    """
    filled = [each for each in tables.sheets if each is not actions and any(map(any, each.rows))]
    headed = [each for each in filled if any(map(any, (each.rows_under(REGISTER), each.rows_under(FOLLOW_UP))))]
    titles = {each.rows[0][:1] for each in (actions, *headed)}
    ours = [each for each in filled if each.rows[0][:1] in titles]
    return ours, [each for each in filled if each not in ours]


def _find_sheet(
    plan: Plan, tables: Tables, keys: Mapping[str, str], name: str, options: UpdateOptions
) -> tuple[Sheet, int, dict[str, int]]:
    """Return the sheet of actions, how many rows are above its actions, and where its columns are."""
    best: tuple[Sheet, int, dict[str, int]] | None = None
    sheets = tables.sheets if options.sheet is None else named_sheets(tables.sheets, name, options.sheet)
    if keys and options.columns:
        raise Usage(_("--map: {file} was exported, and says itself what its columns are").format(file=name))
    for sheet in sheets:
        for index, row in enumerate(sheet.rows[:100]):
            columns = _named_columns(row, keys)
            if len(columns) > len(best[2] if best else {}):
                best = sheet, index + 1, columns
    if not keys and sheets:
        best = _by_heading(plan, max(sheets, key=lambda sheet: likeness(sheet.rows)), options.columns)
    if best is None or not ({"number"} if keys else {"number", "code"}) & best[2].keys():
        raise Invalid(
            _("{file} has no column of numbers or codes of actions").format(file=name),
            _("Send a workbook out with plancli export, and take that one back"),
        )
    return best


def _named_columns(row: Sequence[str], keys: Mapping[str, str]) -> dict[str, int]:
    """Return where the headings of keys are in a row; of those that are alike each has its own place."""
    places: dict[str, list[int]] = {}
    for at, cell in enumerate(row):
        places.setdefault(" ".join(cell.split()), []).append(at)
    named = {key: places.get(" ".join(heading.split()), []) for key, heading in keys.items()}
    return {key: at.pop(0) for key, at in named.items() if at}


def _by_heading(plan: Plan, sheet: Sheet, mapped: Mapping[str, str]) -> tuple[Sheet, int, dict[str, int]]:
    """Return the columns of a table that has no hidden sheet, by its headings alone."""
    columns = find_columns(sheet, mapped)
    check_mapped(columns, mapped)
    labels = {fold(name): each.key for each in plan.declared_fields for name in (each.key, each.label)}
    own = {each.key for each in plan_headings(plan)}
    known = own | {each.key for each in settable(plan)}
    found: dict[str, int] = {}
    for each in columns.columns if columns.row else ():
        key = each.role
        if mapped_role(mapped, each.heading, each.index) in ("", FIELD):
            as_key = columns.code_separator == BAR and each.heading in own
            key = each.heading if as_key else labels.get(fold(each.heading), key)
        if key in known and each.index not in columns.services:
            found.setdefault(key, each.index)
    return sheet, columns.last, found


def _places(tables: Tables) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the columns of the sheets of directorates and of reports, each with the name of its sheet."""
    for kind, columns in (("register", REGISTER), ("report", FOLLOW_UP)):
        for sheet in tables.sheets:
            if any(sheet.rows_under(columns)):
                yield from ((f"{kind}_{each.key}", (sheet.name, at)) for at, each in enumerate(columns))


def _reports(tables: Tables) -> Iterator[tuple[int, RowCells]]:
    """Yield the rows of the sheet of following up, each with its action's number."""
    keys = [each.key for each in FOLLOW_UP]
    for sheet in tables.sheets:
        for row, line in sheet.rows_under(FOLLOW_UP):
            cells = dict(zip(keys, line, strict=False))
            number = read_number(cells.get("number", ""))
            if number is not None:
                yield number, (row, cells)
