"""A table that comes back: its cells now, and as they were exported."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from plancli.errors import Invalid, Usage
from plancli.exchange.importer.cells import read_number
from plancli.exchange.importer.heading_row import find_columns, likeness
from plancli.exchange.importer.headings import FIELD
from plancli.exchange.importer.mapping import check_mapped
from plancli.exchange.importer.sheets import DESCRIBED, read_register, rows_under
from plancli.exchange.importer.tables import Sheet, Tables, named_sheets
from plancli.exchange.table import FOLLOW_UP, NEXT
from plancli.i18n import _
from plancli.plan.model import Plan
from plancli.text import fold


class UpdateOptions(NamedTuple):
    """Whether unknown codes are declared and actions that are gone removed; the day of what is reported.

    ``sheet`` names the sheet of the actions, ``columns`` says what columns are, in a table that wasn't exported.
    ``new`` tells that a plan is made of the table alone: nothing else can have changed.
    """

    declare: bool = False
    remove_missing: bool = False
    date: str = ""
    sheet: str | None = None
    columns: Mapping[str, str] = {}
    new: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A table that comes back: the cells of each action now, and as they were exported, by the keys of columns.

    ``base`` is None where the table doesn't have it; ``rows`` are the numbers of rows by action, ``columns`` the
    places of keys from 0. ``new`` are rows of actions that the table didn't have, ``extra`` columns that weren't
    exported, with the rows in which something stands there. ``again`` are rows whose number stands above already,
    ``failed`` cells without a value (row and column from 0), ``gone`` headings that were exported.
    """

    name: str
    now: dict[int, dict[str, str]]
    base: dict[int, dict[str, str]] | None
    rows: dict[int, int]
    columns: dict[str, int]
    new: list[tuple[int, dict[str, str]]]
    headings: tuple[int, tuple[str, ...]]
    extra: tuple[tuple[int, str, tuple[int, ...]], ...] = ()
    register: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    reports: tuple[tuple[int, int, dict[str, str]], ...] = ()
    again: list[tuple[int, int]] = field(default_factory=list)
    failed: Collection[tuple[int, int]] = frozenset()
    gone: tuple[str, ...] = ()
    title: str = ""


def read_sent(plan: Plan, tables: Tables, name: str, options: UpdateOptions) -> Sent:
    """Return what a table that came back says; raise Usage or Invalid where it can't be told."""
    base = [*tables.base] if tables.base and tables.base[0][:1] == ("1",) else []
    keys = {key: heading for key, heading in zip(base[1], base[2], strict=False) if key} if base else {}
    sheet, head, columns = _find_sheet(plan, tables, keys, name, options)
    counts = [int(cell) if cell.isdecimal() else 0 for cell in base[0][3:5]] if base else []
    known: dict[int, dict[str, str]] | None = None
    described: dict[str, dict[str, str]] = {}
    if base:
        found = [dict(zip(base[1], row, strict=False)) for row in base[3 : 3 + counts[0]]]
        known = {int(row["number"]): row for row in found if row.get("number", "").isdecimal()}
        register = base[3 + counts[0] : 3 + sum(counts)]
        described = {row[0]: dict(zip(DESCRIBED, row[1:4], strict=False)) for row in register}
    head_row = (head, sheet.rows[head - 1])
    extra = _extra(sheet, head, columns) if base else ()
    reports = tuple(_reports(tables))
    failed = frozenset([*sheet.failed, *sheet.uncomputed])
    gone = tuple([heading for key, heading in keys.items() if key not in columns])
    sent = Sent(
        name=name,
        now={},
        base=known,
        rows={},
        columns=columns,
        new=[],
        headings=head_row,
        extra=extra,
        register=read_register(tables.sheets),
        known=described,
        reports=reports,
        failed=failed,
        gone=gone,
        title=sheet.rows[0][0] if head == 4 and sheet.rows[0] else "",
    )
    codes = {action.code: action.number for action in plan.actions if action.code}
    for number, row in enumerate(sheet.rows[head:], head + 1):
        cells = {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()}
        own = read_number(cells.get("number", "")) or codes.get(cells.get("code", ""))
        if sum(map(bool, cells.values())) < 2 and not cells.get("text"):
            continue
        if own is None or (own not in (known or {}) and own not in codes.values() and not _has(plan, own)):
            sent.new.append((number, cells))
        elif own in sent.now:
            sent.again.append((number, own))
        else:
            sent.now[own], sent.rows[own] = cells, number
    return sent


def _extra(sheet: Sheet, head: int, columns: Mapping[str, int]) -> tuple[tuple[int, str, tuple[int, ...]], ...]:
    """Return the columns that weren't exported and hold something: place, heading, rows."""
    found: dict[int, list[int]] = {}
    for number, row in enumerate(sheet.rows[head:], head + 1):
        for at, cell in enumerate(row):
            if cell.strip() and at not in columns.values():
                found.setdefault(at, []).append(number)
    names = sheet.rows[head - 1]
    return tuple((at, names[at].strip() if at < len(names) else "", tuple(rows)) for at, rows in found.items())


def _has(plan: Plan, number: int) -> bool:
    return any(action.number == number for action in plan.actions)


def _find_sheet(
    plan: Plan, tables: Tables, keys: Mapping[str, str], name: str, options: UpdateOptions
) -> tuple[Sheet, int, dict[str, int]]:
    """Return the sheet of actions, how many rows stand above its actions, and where its columns are."""
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
    """Return where the headings of keys stand in a row; of those that are alike each has its own place."""
    places: dict[str, list[int]] = {}
    for at, cell in enumerate(row):
        places.setdefault(" ".join(cell.split()), []).append(at)
    named = {key: places.get(" ".join(heading.split()), []) for key, heading in keys.items()}
    return {key: at.pop(0) for key, at in named.items() if at}


def _by_heading(plan: Plan, sheet: Sheet, mapped: Mapping[str, str]) -> tuple[Sheet, int, dict[str, int]]:
    """Return the columns of a table that has no hidden sheet, by its headings alone."""
    columns = find_columns(sheet, mapped)
    check_mapped(columns, mapped)
    labels = {fold(each.label): each.key for each in plan.declared_fields}
    found: dict[str, int] = {}
    for each in columns.columns if columns.row else ():
        key = labels.get(fold(each.label), "") if each.role == FIELD else each.role
        if key:
            found.setdefault(key, each.index)
    return sheet, columns.last, found


def _reports(tables: Tables) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Yield the rows of the sheet of following up on which somebody reported: row, number of the action, cells."""
    keys = [each.key for each in FOLLOW_UP]
    for sheet in tables.sheets:
        for number, line in rows_under(sheet, FOLLOW_UP):
            cells = dict(zip(keys, line, strict=False))
            said = {key.removeprefix("next_"): cells[key] for key in NEXT if cells.get(key)}
            action = read_number(cells.get("number", ""))
            if said and action is not None:
                yield number, action, said
