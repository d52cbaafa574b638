"""From the bytes of a table to the data of a plan."""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from plancli.errors import Invalid, Unavailable, Usage
from plancli.exchange.headings import headings_of
from plancli.exchange.importer.assembly import assemble
from plancli.exchange.importer.columns import Columns, find_columns, likeness
from plancli.exchange.importer.nouns import Imported, Oddity, Record, Sheet
from plancli.exchange.importer.reading import Reading
from plancli.exchange.importer.text import read_text
from plancli.exchange.importer.workbook import is_workbook, read_workbook
from plancli.i18n import N_, _, plain_spaces, use_language
from plancli.plan.model import FIELDS, REQUIRED_FIELDS


def import_table(
    source: bytes, name: str, title: str | None = None, language: str = "fr", sheet_name: str | None = None
) -> Imported:
    """Read a table into the data of a plan; ``name`` is the file's, ``-`` for standard input.

    Raise Unavailable for a file that isn't a table, Invalid for one that lacks a column or has no action, Usage
    for a sheet that isn't there. Rows that can't be read are in the answer.
    """
    shown = _("standard input") if name == "-" else name
    sheets = read_workbook(source, shown) if is_workbook(source) else (read_text(source, shown),)
    sheet = _choose(sheets, shown, sheet_name)
    columns = find_columns(sheet.rows)
    if columns.row and columns.missing:
        raise _lacking(shown, sheet, columns)
    read = Reading(sheet, columns)
    if not read.records and (not columns.row or not read.problems):
        raise _without_actions(shown, columns)
    headings = sheet.rows[columns.row - 1] if columns.row else ()
    made = assemble(read.records, columns.places, bool(columns.own))
    problems = sorted((*read.problems, *made.problems), key=lambda each: (each.row, each.column or 0))
    others = () if sheet_name else _left_out(sheets, sheet)
    odd = [*others, *_about_columns(columns, headings), *read.oddities, *_joined(read.records), *made.oddities]
    odd.sort(key=lambda each: each.row)
    data = None
    if not problems:
        data = {"title": title or read.title or _stem(name), "language": language, **made.data}
        with use_language(language):
            data |= _remarks(made.unused, odd)
    return Imported(data, tuple(odd), tuple(problems), sheet, headings, columns.row)


def _remarks(unused: Sequence[int], oddities: Sequence[Oddity]) -> dict[str, Any]:
    """Give what the plan itself says of the table, in the language spoken now."""
    reason = plain_spaces(_("Absent from the imported table."))
    remarks = {
        "unused_numbers": [{"number": number, "reason": reason} for number in unused],
        "source_notes": [_note(each) for each in oddities if each.noted],
    }
    return {key: value for key, value in remarks.items() if value}


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


def _left_out(sheets: Iterable[Sheet], taken: Sheet) -> Iterator[Oddity]:
    """Tell the other sheets that have all the columns of a plan: a plan may be spread over several."""
    for sheet in sheets:
        columns = find_columns(sheet.rows)
        if sheet is not taken and columns.row and not columns.missing:
            done = N_("the sheet “{name}” looks like a plan too and isn't read: --sheet '{name}'")
            yield Oddity(0, None, "", done, noted=False, words=(("name", sheet.name),))


def _stem(name: str) -> str:
    if name == "-":
        raise Usage(_("a table from standard input has no title"), _("Give one: --title TITLE"))
    stem = os.path.splitext(os.path.basename(name))[0]
    return os.fsencode(stem).decode("utf-8", "replace")


def _joined(records: list[Record]) -> list[Oddity]:
    rows = [str(record.row) for record in records if record.joined]
    if not rows:
        return []
    done = N_("texts on several lines are set on one (rows {rows})")
    return [Oddity(int(rows[0]), None, "", done, noted=False, words=(("rows", ", ".join(rows)),))]


def _about_columns(columns: Columns, headings: tuple[str, ...]) -> list[Oddity]:
    found = []
    for index in columns.unknown:
        done = N_("a plan has no such column, it is left out")
        found.append(Oddity(columns.row, index, headings[index].strip(), done, noted=False))
    for name in ("number", "measure", "orientation"):
        if name not in columns.places:
            label = next(each.label for each in headings_of(FIELDS) if each.key == name)
            done = N_("there is no column “{heading}”, numbered in the order of the table")
            words = (("heading", plain_spaces(_(label))),)
            found.append(Oddity(columns.row, None, "", done, noted=False, words=words))
    return found


def _lacking(name: str, sheet: Sheet, columns: Columns) -> Invalid:
    labels = {each.key: _(each.label) for each in headings_of(FIELDS)}
    labels["directorates"] = labels["pilots"]
    lacking = ", ".join(labels[each] for each in columns.missing)
    read = " · ".join(cell.strip() for cell in sheet.rows[columns.row - 1] if cell.strip())
    return Invalid(
        _("{file} lacks what a plan needs: {columns}").format(file=name, columns=lacking),
        _("Headings read in row {row}: {headings}").format(row=columns.row, headings=read),
    )


def _without_actions(name: str, columns: Columns) -> Invalid | Unavailable:
    if columns.row:
        return Invalid(_("{file} has headings, but no action under them").format(file=name))
    return Unavailable(
        _("{file} isn't a table of actions").format(file=name),
        _("Its headings should be like those of the published table: {headings}").format(
            headings=" · ".join(each.french for each in headings_of(REQUIRED_FIELDS))
        ),
    )


def _note(oddity: Oddity) -> dict[str, Any]:
    note: dict[str, Any] = {}
    for key in ("action", "measure", "orientation", "field"):
        value = getattr(oddity, key)
        if value is not None:
            note[key] = value
    if oddity.read:
        note["source"] = oddity.read
    sentence = plain_spaces(oddity.sentence)
    note["note"] = sentence[:1].upper() + sentence[1:] + "."
    return note
