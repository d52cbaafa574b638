"""The sheets of a file: which ones are the plan, and what the others are."""

from collections.abc import Iterator, Sequence

from plancli.errors import Unavailable
from plancli.exchange.importer.columns import Columns
from plancli.exchange.importer.columns.headings import find_columns, likeness
from plancli.exchange.importer.columns.mapping import Choices
from plancli.exchange.importer.columns.vocabulary import TEXT
from plancli.exchange.importer.file import Sheet, Tables, named_sheets
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.table import REGISTER
from plancli.i18n import N_, _

ALL = "all"
"""What names every sheet that looks like a plan."""


def choose_sheets(sheets: tuple[Sheet, ...], name: str, wanted: str | None, choices: Choices) -> list[Sheet]:
    """Return the sheets that were asked for, else the one most like a plan; raise what says there is none."""
    named = [sheet for sheet in sheets if sheet.name == wanted]
    filled = [sheet for sheet in sheets if sheet.rows]
    if wanted == ALL and not named:
        named = [sheet for sheet in filled if _looks_like_a_plan(find_columns(sheet, choices.columns))]
        filled = named or filled
    if wanted is not None and wanted != ALL:
        named = named_sheets(sheets, name, wanted)
    if named:
        return named
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
    if any(sheet.guessed for sheet in taken):
        yield ImportIssue(0, None, N_("the file is not UTF-8 and was read as Windows-1252: look at its accents"))
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
