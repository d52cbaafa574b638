"""A table (TSV, CSV, XLSX, XLS, ODS) to the data of a plan, and what was odd in it.

The steps, each in a module of that name: ``tables`` reads a file into sheets of text (spreadsheets by ``reader``,
a program of its own), ``sheets`` chooses those that are the plan, ``heading_row`` finds their headings and
``assignment`` what each of the ``columns`` is; ``table_reader`` reads the rows (``rows``; ``cells`` and
``calendar`` what stands in them) into ``records``, and ``plan_builder`` makes the plan of these, with ``groups``,
``codes`` and ``declared`` fields. ``update`` brings a plan up to date from a workbook that was ``sent`` out.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from plancli.errors import Invalid, Usage
from plancli.exchange.importer.cells import read_number
from plancli.exchange.importer.columns import Columns
from plancli.exchange.importer.declared import Language
from plancli.exchange.importer.explain import explain_view
from plancli.exchange.importer.groups import CLASSIC, TableContent
from plancli.exchange.importer.heading_row import find_columns, likeness, read_headings
from plancli.exchange.importer.headings import NUMBER, TEXT, leading_noun, speaks_english, written_noun
from plancli.exchange.importer.issues import Imported, ImportIssue, counts, lines_of, messages, remedies
from plancli.exchange.importer.losses import losses
from plancli.exchange.importer.mapping import Choices, check_mapped, lacking_texts, read_choices, without_actions
from plancli.exchange.importer.plan_builder import Built, build_plan
from plancli.exchange.importer.records import BlockRef, Record
from plancli.exchange.importer.rows import Reading
from plancli.exchange.importer.sheets import about_file, choose_sheets
from plancli.exchange.importer.table_reader import TableReader
from plancli.exchange.importer.tables import Sheet, read_tables
from plancli.exchange.table import BAR, table_headings
from plancli.i18n import N_, _, plain_spaces, use_language
from plancli.plan.model import FIELDS, written_runs
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
    if tables.base and sheet_name is None and not choices.columns and not choices.defaults:
        from plancli.exchange.importer.update import read_exported

        exported = read_exported(tables, shown, choices.date, title, language)
        if exported:
            return exported
    sheets = choose_sheets(tables.sheets, shown, sheet_name, choices)
    found = [find_columns(sheet, choices.columns) for sheet in sheets]
    language = language or _language(found[0])
    english = language.startswith("en")
    reads = [
        _read_sheet(shown, sheet, columns, choices, english, len(sheets) > 1)
        for sheet, columns in zip(sheets, found, strict=True)
    ]
    columns = reads[0].columns
    described = tables.register() if columns.exported else {}
    register = {
        code: {key: word for key, word in row[1].items() if word} or None for code, row in described.items()
    }
    table = _table(reads, choices, register, english)
    built = build_plan(table)
    issues = [*about_file(tables, sheets, columns, sheet_name), *_about_columns(columns, table.records)]
    issues += [each for read in reads for each in read.issues]
    issues += [*_joined(table.records), *built.issues]
    own = reads[0].title if len(reads) == 1 else ""
    if title and own and title != own:
        done = N_("stands above the table; the title that was given takes its place")
        issues.append(ImportIssue(0, None, done, own))
    head = {"title": title or own or _stem(name), "language": language}
    data, told = _with_period({**head, **built.data}, choices)
    issues = _sorted([*issues, *(() if any(each.error for each in issues) else told)], reads, built, table)
    about = tuple(reads[0].headings), columns, _examples(sheets[0], table.records[0].row if table.records else 0)
    if any(each.error for each in issues):
        return Imported(None, tuple(issues), *about)
    with use_language(language):
        data |= _remarks(built.unused, issues)
    return Imported(data, tuple(issues), *about)


def _language(columns: Columns) -> str:
    """Return the language of the headings of a table; plancli's own have the words of who exported them."""
    english = not columns.exported and speaks_english(each.heading for each in columns.columns)
    return "en" if english else "fr"


def _read_sheet(
    name: str, sheet: Sheet, columns: Columns, choices: Choices, english: bool, several: bool
) -> TableReader:
    """Return what the rows of a sheet came to; raise what says why it is no table of actions."""
    if choices.columns:
        check_mapped(columns if columns.row else read_headings(sheet, _widest(sheet), {}), choices.columns)
    if not columns.of(TEXT):
        raise lacking_texts(name, sheet, columns)
    cells = [
        row[at].strip() for row in sheet.rows[columns.last :] for at in columns.of("priority") if at < len(row)
    ]
    said = [cell for cell in cells if cell]
    numbered = sum(read_number(cell) is not None for cell in said) * 2 > len(said)
    months_first = _has_months_first(sheet, columns, english)
    reading = Reading(sheet, columns, choices.defaults, numbered, months_first, several)
    read = TableReader(reading, choices.columns)
    if not read.records and (not columns.row or not any(each.error for each in read.issues)):
        raise without_actions(name, columns)
    if several:
        read.issues = [replace(each, sheet=sheet.name) for each in read.issues]
    return read


def _has_months_first(sheet: Sheet, columns: Columns, english: bool) -> bool:
    """Return whether months may stand first in dates: as ``12/31/2024`` shows, or in English no ``31/12/2024``."""
    places = [at for role in ("years", "start", "end", "due", "date") for at in columns.of(role)]
    cells = (row[at].strip() for row in sheet.rows[columns.last :] for at in places if at < len(row))
    found = (re.match(r"([0-9]{1,2})/([0-9]{1,2})/[0-9]{2}(?:[0-9]{2})?$", cell) for cell in cells)
    dates = [(int(date[1]), int(date[2])) for date in found if date]
    return any(second > 12 for _first, second in dates) or (
        english and all(first < 13 for first, _second in dates)
    )


def _widest(sheet: Sheet) -> int:
    """Return the row that most probably has the headings of a table in which none is known."""
    return max(range(1, min(len(sheet.rows), 100) + 1), key=lambda number: sum(map(bool, sheet.rows[number - 1])))


def _table(
    reads: Sequence[TableReader], choices: Choices, register: Mapping[str, Any], english: bool
) -> TableContent:
    """Return the rows of all sheets as those of one table; a sheet is a group where nothing else says which."""
    columns = reads[0].columns
    for read in reads[1:]:
        if read.columns.levels != columns.levels:
            raise Invalid(
                _("the sheets have other levels: {one} and {other}").format(
                    one=", ".join(columns.levels) or "–", other=", ".join(read.columns.levels) or "–"
                ),
                _("Import them one by one: --sheet NAME"),
            )
    banners = max((read.banner_nouns for read in reads), key=len)
    nouns = [*banners.values()]
    titles = [_sheet_title(read) for read in reads]
    records = [record for read in reads for record in read.records]
    if len(reads) > 1 and _are_groups(titles, [*banners], columns.levels):
        records = [
            replace(record, banners=(BlockRef(title=title), *record.banners))
            for read, title in zip(reads, titles, strict=True)
            for record in read.records
        ]
        nouns = [written_noun(titles[0]), *nouns]
    return TableContent(
        records,
        columns.levels,
        tuple(nouns),
        frozenset(int(role[5:]) for role in columns.roles if role.startswith("code ")),
        {each.label: each for read in reads for each in read.columns.declared},
        columns.code_separator,
        register,
        choices.date,
        Language(english, any(read.months_first for read in reads), columns.code_separator == BAR),
        columns.row,
        columns.first("priority"),
        next((each for each in columns.columns if each.role == NUMBER), None),
    )


def _sheet_title(read: TableReader) -> str:
    """Return what a sheet is called: the line above its table, where it says more of the same, else its name."""
    name = read.sheet_name
    return read.title if leading_noun(read.title) and leading_noun(read.title) == leading_noun(name) else name


def _are_groups(titles: Sequence[str], nouns: Sequence[str], levels: Sequence[str]) -> bool:
    named = {leading_noun(title) for title in titles}
    if not levels and not nouns:
        return True
    return len(named) == 1 and "" not in named and not named & {*nouns, *levels}


def _with_period(data: dict[str, Any], choices: Choices) -> tuple[dict[str, Any], list[ImportIssue]]:
    """Return data with a period: the years of its actions, else those that were given, else this year."""
    said = choices.defaults.get("period", "")
    years = [int(year) for year in re.findall(r"(?:19|20|21)[0-9]{2}", said or data["title"])]
    if said and not years:
        raise Usage(
            _("--default: “{words}” is no period").format(words=said), _("For example: --default period=2024-2026")
        )
    if not said and data["period"]["start"]:
        return data, []
    told = []
    if not years:
        years = [int(choices.date[:4] or 0)]
        done = N_("no year stands in the table, the period is {year}; another one: --default period=2024-2026")
        told = [ImportIssue(0, None, done, words={"year": years[0]}, error=not years[0])]
    return {**data, "period": {"start": min(years), "end": max(years)}}, told


def _sorted(
    issues: Iterable[ImportIssue], reads: Sequence[TableReader], built: Built, table: TableContent
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
    """Return what stands first in each column, on one line."""
    found: dict[int, str] = {}
    for row in sheet.rows[max(first - 1, 0) : first + 100]:
        for index, cell in enumerate(row):
            if cell.strip():
                found.setdefault(index, " ".join(cell.split()))
    return found


def _remarks(unused: Sequence[int], issues: Sequence[ImportIssue]) -> dict[str, Any]:
    """Return what the plan itself says of the table, in the language spoken now."""
    reason = plain_spaces(_("Absent from the imported table."))
    remarks = {
        "unused_numbers": [{"number": number, "reason": reason} for number in unused],
        "source_notes": [_note(each) for each in issues if each.noted],
    }
    return {key: value for key, value in remarks.items() if value}


def _note(issue: ImportIssue) -> dict[str, Any]:
    note: dict[str, Any] = {}
    for key in ("action", "measure", "orientation", "field"):
        value = getattr(issue, key)
        if value is not None:
            note[key] = value
    if issue.read:
        note["source"] = issue.read
    sentence = plain_spaces(issue.sentence)
    note["note"] = capital(sentence) + "."
    return note


def _stem(name: str) -> str:
    if name == "-":
        raise Usage(_("a table from standard input has no title"), _("Give one: --title TITLE"))
    stem = os.path.splitext(os.path.basename(name))[0]
    return os.fsencode(stem).decode("utf-8", "replace")


def _joined(records: Sequence[Record]) -> list[ImportIssue]:
    rows = [record.row for record in records if record.joined]
    if not rows:
        return []
    done = N_("texts on several lines are set on one (rows {rows})")
    return [ImportIssue(rows[0], None, done, words={"rows": ", ".join(written_runs(rows))})]


def _about_columns(columns: Columns, records: Sequence[Record]) -> Iterator[ImportIssue]:
    """Yield the columns of numbers that the table doesn't have."""
    lacking = {"number": not any(each.number or each.code for each in records)}
    if columns.levels == CLASSIC:
        lacking |= {"measure": not columns.of("code 2"), "orientation": not columns.of("code 1")}
    for name, lacks in lacking.items():
        if lacks:
            label = next(each.label for each in table_headings(FIELDS) if each.key == name)
            done = N_("there is no column “{heading}”, numbered in the order of the table")
            yield ImportIssue(columns.row, None, done, words={"heading": plain_spaces(_(label))})
