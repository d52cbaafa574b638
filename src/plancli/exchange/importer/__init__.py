"""A table (TSV, CSV, XLSX, XLS, ODS) to the data of a plan, and what was odd in it."""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from plancli.errors import Invalid, Unavailable, Usage
from plancli.exchange.importer.columns import Columns, find_columns, likeness
from plancli.exchange.importer.issues import Imported, ImportIssue, counts, messages, remedies
from plancli.exchange.importer.losses import losses
from plancli.exchange.importer.plan_builder import build_plan
from plancli.exchange.importer.rows import Record, TableReader
from plancli.exchange.importer.tables import Sheet, Tables, read_tables
from plancli.exchange.table import REGISTER, table_headings
from plancli.i18n import N_, _, plain_spaces, use_language
from plancli.plan.model import FIELDS, REQUIRED_FIELDS
from plancli.plan.query.facets import runs

__all__ = ["ImportIssue", "Imported", "counts", "import_table", "losses", "messages", "remedies"]


def import_table(
    source: bytes, name: str, title: str | None = None, language: str = "fr", sheet_name: str | None = None
) -> Imported:
    """Return the data of a plan from a table; ``name`` is the file's, ``-`` for standard input.

    Raise Unavailable for a file that isn't a table, Invalid for one that lacks a column or has no action, Usage
    for a sheet that isn't there. Rows that can't be read are in the answer.
    """
    shown = _("standard input") if name == "-" else name
    tables = read_tables(source, shown, likeness)
    sheet = _choose(tables.sheets, shown, sheet_name)
    columns = find_columns(sheet)
    if columns.row and columns.missing:
        raise _lacking(shown, sheet, columns)
    read = TableReader(sheet, columns)
    if not read.records and (not columns.row or not any(each.error for each in read.issues)):
        raise _without_actions(shown, columns)
    register = _register(tables.sheets) if columns.exported else {}
    built = build_plan(read.records, columns.places, columns.code_separator, register)
    issues = [
        *_about_file(tables, sheet, columns, sheet_name),
        *_about_columns(columns),
        *read.issues,
        *_joined(read.records),
        *built.issues,
    ]
    if title and read.title and title != read.title:
        done = N_("stands above the table; the title that was given takes its place")
        issues.append(ImportIssue(0, None, done, read.title))
    issues.sort(key=lambda each: (each.row, each.error and (each.column or 0)))
    data = None
    if not any(each.error for each in issues):
        data = {"title": title or read.title or _stem(name), "language": language, **built.data}
        with use_language(language):
            data |= _remarks(built.unused, issues)
    return Imported(data, tuple(issues), tuple(read.headings))


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
    note["note"] = sentence[:1].upper() + sentence[1:] + "."
    return note


def _choose(sheets: tuple[Sheet, ...], name: str, wanted: str | None) -> Sheet:
    names = ", ".join(sheet.name for sheet in sheets)
    if wanted is not None:
        for sheet in sheets:
            if sheet.name == wanted:
                return sheet
        raise Usage(
            _("{file} has no sheet {sheet}").format(file=name, sheet=wanted),
            _("Sheets: {names}").format(names=names) if names else "",
        )
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise Unavailable(_("{file} is empty").format(file=name), _("A table is TSV, CSV, XLSX, XLS or ODS"))
    return max(filled, key=lambda sheet: likeness(sheet.rows))


def _about_file(tables: Tables, taken: Sheet, columns: Columns, wanted: str | None) -> Iterator[ImportIssue]:
    """Yield what of a file isn't read: other sheets, unless one was asked for, and what an XLS doesn't tell."""
    if tables.old:
        done = N_("an XLS doesn't tell what is struck through, hidden or failed: save it as XLSX to have it told")
        yield ImportIssue(0, None, done)
    if taken.guessed:
        yield ImportIssue(0, None, N_("the file is not UTF-8 and was read as Windows-1252: look at its accents"))
    for place, sheet in enumerate(tables.sheets):
        if wanted or sheet is taken or not any(cell.strip() for row in sheet.rows for cell in row):
            continue
        if columns.exported and (
            place == 2 or _register_columns(sheet)
        ):  # the register is read, the counts are ours
            continue
        found = find_columns(sheet)
        if found.row and not found.missing:
            done = N_("the sheet “{name}” looks like a plan too and isn't read: --sheet '{name}'")
        else:
            done = N_("the sheet “{name}” isn't read")
        yield ImportIssue(0, None, done, words={"name": sheet.name})
    for name in () if wanted else tables.hidden:
        yield ImportIssue(0, None, N_("the sheet “{name}” is hidden and isn't read"), words={"name": name})


def _register_columns(sheet: Sheet) -> dict[str, int]:
    """Return where the columns of plancli's own sheet of directorates stand; nothing for another sheet."""
    row = [cell.strip() for cell in sheet.rows[3]] if len(sheet.rows) > 3 else []
    for labels in ([each.label for each in REGISTER], [each.french for each in REGISTER]):
        if row[: len(labels)] == labels:
            return {each.key: index for index, each in enumerate(REGISTER)}
    return {}


def _register(sheets: Iterable[Sheet]) -> dict[str, dict[str, str] | None]:
    """Return the directorates of an exported workbook, with what is known of each."""
    for sheet in sheets:
        columns = _register_columns(sheet)
        if columns:
            return {
                row[0]: {
                    key: row[index] for key, index in columns.items() if index and index < len(row) and row[index]
                }
                or None
                for row in sheet.rows[4:]
                if row and row[0].strip()
            }
    return {}


def _stem(name: str) -> str:
    if name == "-":
        raise Usage(_("a table from standard input has no title"), _("Give one: --title TITLE"))
    stem = os.path.splitext(os.path.basename(name))[0]
    return os.fsencode(stem).decode("utf-8", "replace")


def _joined(records: list[Record]) -> list[ImportIssue]:
    rows = [record.row for record in records if record.joined]
    if not rows:
        return []
    done = N_("texts on several lines are set on one (rows {rows})")
    return [ImportIssue(rows[0], None, done, words={"rows": ", ".join(runs(rows))})]


def _about_columns(columns: Columns) -> Iterator[ImportIssue]:
    """Yield the columns of numbers that the table doesn't have."""
    for name in ("number", "measure", "orientation"):
        if name not in columns.places:
            label = next(each.label for each in table_headings(FIELDS) if each.key == name)
            done = N_("there is no column “{heading}”, numbered in the order of the table")
            yield ImportIssue(columns.row, None, done, words={"heading": plain_spaces(_(label))})


def _lacking(name: str, sheet: Sheet, columns: Columns) -> Invalid:
    labels = {each.key: _(each.label) for each in table_headings(FIELDS)}
    labels["directorates"] = labels["pilots"]
    lacking = ", ".join(labels[each] for each in columns.missing)
    read = " · ".join(cell.strip() for cell in sheet.rows[columns.row - 1] if cell.strip())
    return Invalid(
        _("{file} lacks what a plan needs: {columns}").format(file=name, columns=lacking),
        _(
            "Headings read in row {row}: {headings}. A plan has two levels, years and a priority that is a number:"
            " add the columns that are missing"
        ).format(row=columns.row, headings=read),
    )


def _without_actions(name: str, columns: Columns) -> Invalid | Unavailable:
    if columns.row:
        return Invalid(_("{file} has headings, but no action under them").format(file=name))
    return Unavailable(
        _("{file} isn't a table of actions").format(file=name),
        _("Its headings should be like those of the published table: {headings}").format(
            headings=" · ".join(each.french for each in table_headings(REQUIRED_FIELDS))
        ),
    )
