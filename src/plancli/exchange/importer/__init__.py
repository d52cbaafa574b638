"""A table (TSV, CSV, XLSX, XLS, ODS) to the data of a plan, and what was odd in it.

The way of a table: ``file`` reads bytes into sheets of text, ``sheets`` chooses those that are the plan,
``columns`` finds their headings and what each column is, ``rows`` reads the rows into records (what one cell says:
``cells``), ``sheets`` joins those of all sheets, and ``plan_builder`` makes the plan of them, with ``groups``,
``codes`` and ``declared`` fields. ``issues`` are the warnings and errors, ``summary`` makes the report.
``update`` brings a plan up to date from a table that was ``returned``.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from plancli.errors import Usage
from plancli.exchange.importer.cells.dates import YEAR
from plancli.exchange.importer.columns import CLASSIC, Columns
from plancli.exchange.importer.columns.finder import find_columns, likeness
from plancli.exchange.importer.columns.mapping import Choices, read_choices
from plancli.exchange.importer.columns.vocabulary import speaks_english
from plancli.exchange.importer.file import Sheet
from plancli.exchange.importer.file.reader import read_tables
from plancli.exchange.importer.issues import Imported, ImportIssue, format_runs, lines_of, messages, remedies
from plancli.exchange.importer.plan_builder import Built, build_plan
from plancli.exchange.importer.rows import Record
from plancli.exchange.importer.rows.sheet_reader import SheetReader, read_sheet
from plancli.exchange.importer.sheets import TableContent, about_file, choose_sheets, join_sheets
from plancli.exchange.importer.summary import counts, explain_view, losses
from plancli.exchange.table import table_headings
from plancli.i18n import N_, _, known_language, plain_spaces, use_language
from plancli.plan.model import FIELDS
from plancli.text import capital

__all__ = [
    "Choices",
    "ImportIssue",
    "Imported",
    "counts",
    "explain_view",
    "import_table",
    "lines_of",
    "losses",
    "messages",
    "read_choices",
    "remedies",
]


def import_table(
    source: bytes,
    name: str,
    title: str | None = None,
    language: str | None = None,
    sheet_name: str | None = None,
    choices: Choices | None = None,
) -> Imported:
    """Return the data of a plan from a table; ``name`` is the file's, ``-`` for standard input.

    Without a ``language`` the plan's is English where the headings are, else French. Raise Unavailable for a file
    that isn't a table, Invalid for one that lacks a column or has no action, Usage for a sheet or a column that
    isn't there. Rows that can't be read are in the answer.
    """
    choices = choices or Choices()
    shown = _("standard input") if name == "-" else name
    tables = read_tables(source, shown, likeness)
    if tables.base and not choices.columns and not choices.defaults:
        from plancli.exchange.importer.update import read_exported

        exported = read_exported(tables, shown, sheet_name, choices.date, title, language)
        if exported:
            return exported
    sheets = choose_sheets(tables.sheets, shown, sheet_name, choices)
    found = [find_columns(sheet, choices.columns) for sheet in sheets]
    language = language or _language(found[0])
    english = known_language(language) == "en"
    reads = [
        read_sheet(shown, sheet, columns, choices, english, len(sheets) > 1)
        for sheet, columns in zip(sheets, found, strict=True)
    ]
    columns = reads[0].columns
    described = tables.register() if columns.exported else {}
    register = {
        code: {key: word for key, word in row[1].items() if word} or None for code, row in described.items()
    }
    table = join_sheets(reads, register, choices.date, english)
    built = build_plan(table)
    examples = _examples(sheets[0], table.records[0].row if table.records else 0)
    issues = [*about_file(tables, sheets, columns, sheet_name), *_about_columns(columns, table.records, examples)]
    issues += [each for read in reads for each in read.issues]
    issues += [*_set_on_one_line(table.records), *built.issues]
    own = reads[0].title if len(reads) == 1 else ""
    if title and own and title != own:
        done = N_("stands above the table; the title that was given takes its place")
        issues.append(ImportIssue(0, None, done, own))
    head = {"title": title or own or _stem(name), "language": language}
    data, about_period = _with_period({**head, **built.data}, columns, choices)
    issues = _sorted([*issues, *(() if any(each.error for each in issues) else about_period)], reads, built, table)
    headings = {"": reads[0].headings, **{read.sheet_name: read.headings for read in reads}}
    about = headings, columns, examples
    if any(each.error for each in issues):
        return Imported(None, tuple(issues), *about)
    with use_language(language):
        data |= _remarks(built.unused, issues)
    return Imported(data, tuple(issues), *about)


def _language(columns: Columns) -> str:
    """Return the language of the headings of a table; plancli's own have the words of who exported them."""
    english = not columns.exported and speaks_english(each.heading for each in columns.columns)
    return "en" if english else "fr"


def _with_period(
    data: dict[str, Any], columns: Columns, choices: Choices
) -> tuple[dict[str, Any], list[ImportIssue]]:
    """Return data with a period: that of its title where it holds the years of all actions, else these years.

    Without years in the table it is what was given, what headings or the title say, or this year.
    """
    given = choices.defaults.get("period", "")
    years = [int(year) for year in re.findall(YEAR, given)]
    if given and not years:
        raise Usage(
            _("--default: “{words}” is no period").format(words=given),
            _("For example: --default period=2024-2026"),
        )
    own = data["period"]
    run = re.search(rf"({YEAR}) ?[-–/à] ?({YEAR})", data["title"])
    if not given and own["start"]:
        start, end = map(int, run.groups()) if run else (0, 0)
        holds = start <= own["start"] and own["end"] <= end
        return data | ({"period": {"start": start, "end": end}} if holds else {}), []
    years = years or [each.year for each in columns.columns if each.year]
    issues = []
    if not years:
        years = [int(year) for year in re.findall(YEAR, data["title"])]
        done = N_(
            "no year stands in the table, the period is that of the title; another one: --default period=2024-2026"
        )
        if not years:
            years = [int(choices.date[:4] or 0)]
            done = N_("no year stands in the table, the period is {year}; another one: --default period=2024-2026")
        issues = [ImportIssue(0, None, done, words={"year": years[0]}, error=not years[0])]
    return {**data, "period": {"start": min(years), "end": max(years)}}, issues


def _sorted(
    issues: Iterable[ImportIssue], reads: Sequence[SheetReader], built: Built, table: TableContent
) -> list[ImportIssue]:
    """Return issues in the order of the table; those about the action of a row with its number."""
    numbers = {(each.sheet, each.row): number for each, number in zip(table.records, built.numbers, strict=True)}
    order = {read.sheet_name: place for place, read in enumerate(reads)}
    found = [
        replace(each, action=numbers.get((each.sheet, each.row))) if each.action == 0 else each for each in issues
    ]
    found.sort(key=lambda each: (order.get(each.sheet, 0), each.row, each.error and (each.column or 0)))
    return found


def _examples(sheet: Sheet, first: int) -> dict[int, str]:
    """Return the first cell of each column that says something, on one line."""
    found: dict[int, str] = {}
    for row in sheet.rows[max(first - 1, 0) : first + 100]:
        for index, cell in enumerate(row):
            if cell.strip():
                found.setdefault(index, " ".join(cell.split()))
    return found


def _remarks(unused: Sequence[int], issues: Sequence[ImportIssue]) -> dict[str, Any]:
    """Return the remarks about the table that go into the plan, in the current language."""
    reason = plain_spaces(_("Absent from the imported table."))
    remarks = {
        "unused_numbers": [{"number": number, "reason": reason} for number in unused],
        "source_notes": [_note(each) for each in issues if each.noted],
    }
    return {key: value for key, value in remarks.items() if value}


def _note(issue: ImportIssue) -> dict[str, Any]:
    note = {
        "action": issue.action,
        "measure": issue.measure,
        "orientation": issue.orientation,
        "field": issue.field,
        "source": issue.read or None,
        "note": capital(plain_spaces(issue.sentence)) + ".",
    }
    return {key: value for key, value in note.items() if value is not None}


def _stem(name: str) -> str:
    if name == "-":
        raise Usage(_("a table from standard input has no title"), _("Give one: --title TITLE"))
    stem = os.path.splitext(os.path.basename(name))[0]
    return os.fsencode(stem).decode("utf-8", "replace")


def _set_on_one_line(records: Sequence[Record]) -> list[ImportIssue]:
    rows = [record.row for record in records if record.several_lines]
    if not rows:
        return []
    done = N_("texts on several lines are set on one (rows {rows})")
    return [ImportIssue(rows[0], None, done, words={"rows": format_runs(rows)})]


def _about_columns(
    columns: Columns, records: Sequence[Record], examples: Mapping[int, str]
) -> Iterator[ImportIssue]:
    """Yield the columns of numbers that the table doesn't have, and columns of years that may be painted."""
    lacking = {"number": not any(each.number or each.code for each in records)}
    if columns.levels == CLASSIC:
        lacking |= {"measure": not columns.of("code 2"), "orientation": not columns.of("code 1")}
    for name, lacks in lacking.items():
        if lacks:
            label = next(each.label for each in table_headings(FIELDS) if each.key == name)
            done = N_("there is no column “{heading}”, numbered in the order of the table")
            yield ImportIssue(columns.row, None, done, words={"heading": plain_spaces(_(label))})
    years = columns.of("year")
    if years and not any(each in examples for each in years):
        done = N_("nothing is written below the years, and colours aren't read: put an x where an action runs")
        yield ImportIssue(columns.row, years[0], done)
