"""Actions to the data of a plan: groups put together, numbers given, words and fields declared, gaps reported."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plancli.dates import last_day
from plancli.exchange.importer.cells.dates import read_date_cell
from plancli.exchange.importer.cells.numbers import are_numbers, read_number, read_percent
from plancli.exchange.importer.cells.words import by_importance, in_course, is_closed_status, is_dash
from plancli.exchange.importer.codes import CodeReader
from plancli.exchange.importer.columns.vocabulary import FIELD, NUMBER
from plancli.exchange.importer.declared import DeclaredField, declare, taken_keys
from plancli.exchange.importer.groups import GroupBuilder, split_code
from plancli.exchange.importer.issues import ImportIssue, format_runs
from plancli.exchange.importer.rows import Record, RowReport
from plancli.exchange.importer.sheets import TableContent
from plancli.i18n import N_
from plancli.text import fold

MOST_UNUSED = 100
"""Missing numbers that are declared, at most: a table whose numbers leap further was numbered otherwise."""

NO_PRIORITY_HELP = N_("Write a priority in each row, or say which one empty cells mean: --default priority=2")


@dataclass(frozen=True, slots=True)
class Built:
    """The data of a plan, still without its head; the numbers no row carries; what was odd on the way.

    ``numbers`` gives the number of the action of each record.
    """

    data: dict[str, Any]
    unused: tuple[int, ...]
    issues: tuple[ImportIssue, ...]
    numbers: tuple[int, ...]


def build_plan(table: TableContent) -> Built:
    """Return the plan of the records of a table."""
    table, restarts = _with_numbers_as_fields(table)
    table, issues = _without_codes_in_texts(table)
    issues += restarts
    records = table.records
    numbers = _numbers(records)
    codes = CodeReader(records, table.columns.code_separator, table.register)
    groups = GroupBuilder(table, numbers)
    priorities = _priorities(table)
    statuses = _Statuses(table)
    fields, about_fields = _fields(table)
    actions = []
    for at, record in enumerate(records):
        action = _action(record, numbers[at], codes)
        if priorities and priorities[at] is None:
            done = N_("there is no priority")
            issues.append(record.issue(record.priority_column, done, error=True, help=NO_PRIORITY_HELP))
        elif priorities:
            action["priority"] = priorities[at]
        own = {each.key: each.values[at] for each in fields if each.values[at] is not None}
        action |= {"fields": own} if own else {}
        progress = statuses.progress(record)
        action |= {"progress": progress} if progress else {}
        actions.append(action)
        groups.add(at, record, action)
        issues += [replace(each, action=numbers[at], sheet=record.sheet) for each in record.issues]
    codes.report_doubtful()
    groups.report_doubtful()
    unused, gaps = _gaps(records, numbers)
    named = tuple([name for name in dict.fromkeys(priorities) if name is not None])
    kinds = sorted(named) if all(isinstance(each, int) for each in named) else by_importance(map(str, named))
    data = {
        "period": _period(actions),
        **groups.names(),
        **({"priorities": kinds} if named else {}),
        **statuses.declared(),
        **({"fields": {each.key: each.definition for each in fields}} if fields else {}),
        "directorates": {**dict.fromkeys(codes.counts), **table.register},
        **groups.data(),
    }
    all_issues = [*issues, *codes.issues, *groups.issues, *statuses.issues, *about_fields, *gaps]
    return Built(data, unused, tuple(all_issues), numbers)


def _action(record: Record, number: int, codes: CodeReader) -> dict[str, Any]:
    when = record.calendar
    pilots, associated = codes.read(record, "pilots"), codes.read(record, "associated")
    return {
        "number": number,
        **({"code": record.code} if record.code else {}),
        "text": record.text,
        "pilots": list(pilots),
        "associated": codes.without(record, associated, pilots),
        "years": list(when.years),
        **({"when": when.when} if when.when else {}),
        **({"due": int(when.due) if len(when.due) == 4 and last_day(when.due) else when.due} if when.due else {}),
        **dict(record.more),
    }


def _period(actions: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Return the first and the last year of actions; those of their ends count too."""
    years = {year for action in actions for year in action["years"]}
    ends = [last_day(str(action["due"])) for action in actions if "due" in action]
    years |= {int(end[:4]) for end in ends if end}
    return {"start": min(years, default=0), "end": max(years, default=0)}


def _without_codes_in_texts(table: TableContent) -> tuple[TableContent, list[ImportIssue]]:
    """Take the numbers and codes out of the texts of actions, where all have one and no column has them."""
    records = table.records
    split = [split_code(each.text) for each in records]
    codes = {each[0] for each in split if each}
    numbered = any(each.number or each.code for each in records)
    if table.columns.exported or numbered or len(codes) < max(2, len(records)):
        return table, []
    done = N_("the numbers and codes of actions are taken out of their texts")
    issue = ImportIssue(records[0].row, None, done, records[0].text)
    own = [_with_code(each, *said) for each, said in zip(records, split, strict=True) if said]
    return replace(table, records=own), [issue]


def _with_numbers_as_fields(table: TableContent) -> tuple[TableContent, list[ImportIssue]]:
    """Keep the numbers of actions as a field where they begin again in each group: a plan's run through it."""
    numbers = [each.number or 0 for each in table.records]
    begins = [at for at, number in enumerate(numbers) if not at or number <= numbers[at - 1]]
    firsts = {numbers[at] for at in begins}
    moves = all(_is_elsewhere(table.records[at - 1], table.records[at]) for at in begins[1:])
    column = next((each for each in table.columns.columns if each.role == NUMBER), None)
    if table.columns.exported or not column or len(begins) < 2 or firsts != {1} or not moves:
        return table, []
    column = replace(column, role=FIELD, label=column.heading)
    done = N_(
        "the numbers begin again in each group: actions are numbered in the order of the table, these are kept"
    )
    issue = ImportIssue(table.columns.row, column.index, done, column.heading)
    records = [
        replace(each, number=None, fields={column.label: (str(each.number),), **each.fields})
        for each in table.records
    ]
    declared = {column.label: column, **table.declared}
    return replace(table, records=records, declared=declared), [issue]


def _is_elsewhere(record: Record, other: Record) -> bool:
    """Return whether a row names another group than the one above it."""
    return record.banners != other.banners or any(
        not own.is_empty and (own.title, own.number, own.code) != (above.title, above.number, above.code)
        for above, own in zip(record.groups, other.groups, strict=True)
    )


def _with_code(record: Record, code: str, text: str) -> Record:
    number = read_number(code) if code.isdigit() else None
    return replace(record, text=text, number=number, code="" if number else code)


def _numbers(records: Sequence[Record]) -> tuple[int, ...]:
    """Return the number of each action: its own, else the next one that is free."""
    own = {record.number for record in records if record.number}
    found: list[int] = []
    last = 0
    for record in records:
        number = record.number
        if not number:
            number = last + 1
            while number in own:
                number += 1
            own.add(number)
        found.append(number)
        last = number
    return tuple(found)


def _priorities(table: TableContent) -> list[int | str | None]:
    """Return the priority of each action: a number where all are, else the word as it stands; none without any."""
    said = [each.priority for each in table.records]
    if not any(said):
        return []
    filled = [*filter(None, said)]
    if all(map(read_number, filled)) and are_numbers(filled, table.columns.exported):
        return list(map(read_number, said))
    first: dict[str, str] = {}
    return [first.setdefault(fold(cell), cell) if cell else None for cell in said]


class _Statuses:
    """The words that say where actions stand, as a plan declares them, and the entries that use them."""

    def __init__(self, table: TableContent) -> None:
        self.issues: list[ImportIssue] = []
        self._table = table
        self._words: dict[str, str] = {}
        reports = [report for record in table.records for report in record.reports]
        for report in reports:
            if report.status:
                self._words.setdefault(fold(report.status), report.status)
        percents = [report.percent for report in reports if report.percent]
        self._of_one = all(re.fullmatch(r"[01](?:[.,]0+)?|0[.,][0-9]+", each) for each in percents)
        if not all(report.date for report in reports):
            done = N_("where actions stand is dated {date}; of another day: --date DATE")
            lacking, fix = N_("nothing says of which day it is where actions stand"), N_("Say it: --date DATE")
            if table.date:
                issue = ImportIssue(table.columns.row, None, done, words={"date": table.date})
            else:
                issue = ImportIssue(table.columns.row, None, lacking, error=True, help=fix)
            self.issues.append(issue)

    def declared(self) -> dict[str, Any]:
        """Return the key ``statuses``; nothing where no action has one."""
        words = in_course(self._words.values())
        statuses = {word: {"closed": True} if is_closed_status(word) else None for word in words}
        return {"statuses": statuses} if statuses else {}

    def progress(self, record: Record) -> list[dict[str, Any]]:
        """Return the entries of an action, oldest first."""
        entries: list[dict[str, Any]] = []
        for report in self._of_whole(record):
            date = self._date(record, report.date, report.row)
            entry: dict[str, Any] = {"date": date}
            if report.status:
                entry["status"] = self._words[fold(report.status)]
            percent = read_percent(report.percent)
            percent = percent * 100 if percent == 1 and self._of_one else percent
            if percent is not None:
                entry["percent"] = percent
            elif report.percent:
                self._add_issue(record, report.row, N_("no percentage, left out"), report.percent)
            if report.note:
                entry["note"] = report.note
            keys = {"status", "percent"} & entry.keys()
            said = [each for each in entries if each["date"] == date and keys & each.keys()]
            if said and any(said[0].get(key) != entry[key] for key in keys):
                done = N_("another status of the same action on the same day, left out")
                self._add_issue(record, report.row, done, " · ".join(report.said))
            elif entry not in entries:
                entries.append(entry)
        return sorted(entries, key=lambda entry: last_day(str(entry["date"])))

    def _of_whole(self, record: Record) -> Iterator[RowReport]:
        """Yield the reports of an action; where its parts stand differently, one note has theirs."""
        days: dict[str, list[RowReport]] = {}
        for report in record.reports:
            days.setdefault(report.date, []).append(report)
        for day, reports in days.items():
            parts = [each for each in reports if each.part]
            if len(parts) < 2 or len({(each.status, each.percent) for each in reports}) < 2:
                yield from reports
                continue
            yield from (each for each in reports if not each.part)
            note = " · ".join(f"{each.part} ({', '.join(each.said)})" for each in parts if each.said)
            done = N_("the parts stand differently: kept as a note, no status of the whole is taken from it")
            self._add_issue(record, parts[0].row, done, note)
            yield RowReport(day, note=note, row=parts[0].row)

    def _date(self, record: Record, cell: str, row: int) -> str:
        if not cell:
            return self._table.date
        date = read_date_cell(cell, self._table.language.dates)
        if not date:
            self._add_issue(record, row, N_("no date, {date} is taken instead"), cell, date=self._table.date)
            return self._table.date
        return last_day(date)

    def _add_issue(self, record: Record, row: int, done: str, read: str, **words: str) -> None:
        self.issues.append(replace(record.issue(None, done, read, words), row=row))


def _fields(table: TableContent) -> tuple[list[DeclaredField], list[ImportIssue]]:
    """Return the fields that the plan declares, and the columns whose values it writes otherwise."""
    taken = taken_keys((*table.columns.levels, *table.banners))
    found, issues = [], []
    for label, column in table.declared.items():
        cells = [record.fields.get(label, ()) for record in table.records]
        if any(cells):
            each = declare(label, cells, column.role == "sub", taken, table.language)
            found.append(each)
            taken |= {each.key}
            if each.changed:
                done = N_("read as numbers") if each.definition["type"] == "number" else N_("read as dates")
                issues.append(ImportIssue(table.columns.row, column.index, done, column.heading))
            done, about = N_("no number or date in “{heading}”, kept as a note"), {"heading": column.heading}
            issues += [
                table.records[at].issue(column.index, done, words, about, action=0, noted=True)
                for at, words in each.nothing.items()
                if not is_dash(words)
            ]
    return found, issues


def _gaps(records: Sequence[Record], numbers: Sequence[int]) -> tuple[tuple[int, ...], list[ImportIssue]]:
    """Return the numbers between 1 and the last that no row carries, and an issue for each."""
    rows = {number: record.row for number, record in zip(numbers, records, strict=True)}
    last = max(rows, default=0)
    if last - len(rows) > MOST_UNUSED:
        done = N_("{n} action numbers below {last} are missing, too many to declare in unused_numbers")
        return (), [ImportIssue(rows[last], None, done, words={"n": last - len(rows), "last": last})]
    unused = tuple([number for number in range(1, last) if number not in rows])
    one = N_("there is no action {number}, declared in unused_numbers")
    several = N_("there are no actions {number}, declared in unused_numbers")
    gaps: dict[int, list[int]] = {}
    for number in unused:
        following = next(each for each in range(number, last + 1) if each in rows)
        gaps.setdefault(rows[following], []).append(number)
    issues = [
        ImportIssue(row, None, several if len(gap) > 1 else one, words={"number": format_runs(gap)})
        for row, gap in gaps.items()
    ]
    return unused, issues
