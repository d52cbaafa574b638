"""The sheets of a file: which ones are the plan, what the others are, and the rows of all as of one table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plancli.errors import Invalid, Unavailable
from plancli.exchange.importer.cells.dates import DateOrder
from plancli.exchange.importer.columns import Columns, TableColumn
from plancli.exchange.importer.columns.finder import find_columns, likeness
from plancli.exchange.importer.columns.mapping import Choices
from plancli.exchange.importer.columns.vocabulary import TEXT, leading_noun, written_noun
from plancli.exchange.importer.declared import Language
from plancli.exchange.importer.file import Sheet, Tables, named_sheets
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.rows import GroupRef, Record
from plancli.exchange.importer.rows.sheet_reader import SheetReader
from plancli.exchange.table import BAR, REGISTER
from plancli.i18n import N_, _

ALL = "all"
"""The word for every sheet that looks like a plan."""


def choose_sheets(sheets: tuple[Sheet, ...], name: str, wanted: str | None, choices: Choices) -> list[Sheet]:
    """Return the sheets that were asked for, else the one most like a plan; raise what says there is none."""
    if wanted is not None and (wanted != ALL or any(sheet.name == ALL for sheet in sheets)):
        return named_sheets(sheets, name, wanted)
    filled = [sheet for sheet in sheets if sheet.rows]
    plans = [sheet for sheet in filled if wanted and _looks_like_a_plan(find_columns(sheet, choices.columns))]
    if plans:
        return plans
    if not filled:
        raise Unavailable(_("{file} is empty").format(file=name), _("A table is TSV, CSV, XLSX, XLS or ODS"))
    if len(filled) == 1:
        return filled
    if choices.columns:
        return [max(filled, key=lambda sheet: find_columns(sheet, choices.columns).known)]
    return [max(filled, key=lambda sheet: likeness(sheet.rows))]


def about_file(
    tables: Tables, taken: Sequence[Sheet], columns: Columns, wanted: str | None
) -> Iterator[ImportIssue]:
    """Yield what of a file isn't read: other sheets, unless one was asked for, and what an XLS doesn't tell."""
    if tables.old:
        done = N_("an XLS doesn't tell what is struck through, hidden or failed: save it as XLSX to have it told")
        yield ImportIssue(0, None, done)
    if taken[0].guessed:
        done = N_("the file is not UTF-8 and was read as {encoding}: look at its accents")
        yield ImportIssue(0, None, done, words={"encoding": taken[0].guessed})
    if wanted and wanted != ALL:
        return
    for place, sheet in enumerate(tables.sheets):
        if any(sheet is each for each in taken) or not any(cell.strip() for row in sheet.rows for cell in row):
            continue
        if columns.exported and (place == 2 or any(sheet.rows_under(REGISTER))):
            continue  # the register is read, the counts are ours
        if _looks_like_a_plan(find_columns(sheet)):
            done = N_("the sheet “{name}” looks like a plan too and isn't read: --sheet '{name}', or all")
        else:
            done = N_("the sheet “{name}” isn't read")
        yield ImportIssue(0, None, done, words={"name": sheet.name})
    for name in tables.hidden:
        yield ImportIssue(0, None, N_("the sheet “{name}” is hidden and isn't read"), words={"name": name})


def _looks_like_a_plan(columns: Columns) -> bool:
    return columns.row > 0 and bool(columns.of(TEXT)) and columns.known > 2


@dataclass(frozen=True, slots=True)
class TableContent:
    """The content of a table: the records of its rows, and what the plan takes over of its headings.

    ``columns`` are those of its first sheet, ``banners`` the names of the levels whose titles are in rows of
    their own. ``declared`` are the columns of the fields to declare, by label; ``register`` has the directorates
    that an exported table declares; ``date`` is the day of what isn't dated.
    """

    records: Sequence[Record]
    columns: Columns
    banners: tuple[str, ...]
    declared: Mapping[str, TableColumn]
    register: Mapping[str, Any]
    date: str
    language: Language


def join_sheets(
    reads: Sequence[SheetReader], register: Mapping[str, Any], date: str, english: bool
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
    banners = max((read.banners.nouns for read in reads), key=len)
    nouns = [*banners.values()]
    titles = [_sheet_title(read) for read in reads]
    records = [record for read in reads for record in read.records]
    if len(reads) > 1 and _are_groups(titles, [*banners], columns.levels):
        records = [
            replace(record, banners=(GroupRef(title=title), *record.banners))
            for read, title in zip(reads, titles, strict=True)
            for record in read.records
        ]
        nouns = [written_noun(titles[0]), *nouns]
    orders = {read.date_order for read in reads}
    order = orders.pop() if len(orders) == 1 else DateOrder.EITHER
    return TableContent(
        records,
        columns,
        banners=tuple(nouns),
        declared={each.label: each for read in reads for each in read.columns.declared},
        register=register,
        date=date,
        language=Language(english, order, columns.code_separator == BAR),
    )


def _sheet_title(read: SheetReader) -> str:
    """Return what a sheet is called: the line above its table, where it says more of the same, else its name."""
    name = read.sheet_name
    return read.title if leading_noun(read.title) and leading_noun(read.title) == leading_noun(name) else name


def _are_groups(titles: Sequence[str], nouns: Sequence[str], levels: Sequence[str]) -> bool:
    named = {leading_noun(title) for title in titles}
    if not levels and not nouns:
        return True
    return len(named) == 1 and "" not in named and not named & {*nouns, *levels}
