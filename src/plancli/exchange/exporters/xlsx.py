"""A workbook to filter, sort and print: actions, directorates, and a cross-table of directorates and measures.

Every text is written as text, so that none becomes a formula or a link; numbers are numbers.
"""

import datetime
import io
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import xlsxwriter

from plancli.dates import last_day, show_date
from plancli.exchange.data import plan_data
from plancli.exchange.exporters import CREATED, FormatLimit
from plancli.exchange.request import ExportRequest, describe_request
from plancli.exchange.table import (
    BASE_CHUNK,
    BASE_SHEET,
    BASE_VERSION,
    FOLLOW_UP,
    MARKS,
    NEXT,
    REGISTER,
    Heading,
    WorkbookCell,
    action_cells,
    place_cells,
    plan_headings,
)
from plancli.i18n import N_, _, plain_spaces
from plancli.output.views.stats import participations
from plancli.plan.model import LATE, STATUS, STATUS_DATE, Plan, Type, each_action, level_of, references
from plancli.plan.model.follow_up import end_of, in_order
from plancli.plan.writer import dump
from plancli.text import capital, truncate

MAX_CELL = 32_767
"""Characters a cell holds; Excel would cut what is longer, or refuse the file."""

MAX_FOOTER = 240
"""Characters of a footer that are left for the title."""

HEADING_ROW = 3
"""The row of the headings, from 0: the title is above, and what the workbook was made from."""

LINE_HEIGHT = 15.0
"""Points that a line of text takes; Excel and LibreOffice agree on it for their usual fonts."""

MAX_HEIGHT = 409.0
"""Points of the highest row Excel allows."""

MAX_MEASURES = 250
"""Columns of measures at most; with more, measures are rows instead."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its columns with their widths, its rows, a last row set apart, and a sentence below.

    Columns of numbers and years are set in the middle (``centred``): they are short, and their headings are not.
    A column offers its ``choices``; where there are none, the codes of the sheet of directorates.
    """

    name: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[Sequence[WorkbookCell]]
    total: Sequence[WorkbookCell] = ()
    note: str = ""
    centred: Collection[int] = ()
    amounts: Collection[int] = ()
    choices: Mapping[int, Sequence[str | int]] = field(default_factory=dict)


MOST_LISTED = 255
"""Characters of a drop-down list, its commas included: Excel refuses more."""

_ROWS_BELOW = 1000
"""Rows below the last one that have drop-down lists too."""

_ALLOWED = dict.fromkeys(
    ["insert_rows", "delete_rows", "format_cells", "format_columns", "format_rows", "sort", "autofilter"], True
)
"""What a protected sheet allows besides writing: all but changing its title and headings. There is no password."""


def write(request: ExportRequest) -> bytes:
    """Write the three sheets; raise FormatLimit for a text that is longer than a cell."""
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, {"in_memory": True})
    made = plain_spaces(describe_request(request))
    workbook.set_properties({"title": request.plan.title[:255], "comments": made[:255], "created": CREATED})
    plan = request.plan
    grids = [_actions(plan), _directorates(plan), _crosstab(plan), *([_follow_up(plan)] if plan.statuses else [])]
    writers = [SheetWriter(workbook, grid) for grid in grids]
    for writer in writers:
        writer.write(request.plan.title, made)
    for writer in writers:
        writer.offer_choices(writers[1])
    _write_base(workbook.add_worksheet(BASE_SHEET), request, writers)
    workbook.close()
    return written.getvalue()


def _write_base(sheet: Any, request: ExportRequest, writers: Sequence["SheetWriter"]) -> None:
    """Write, hidden, what the sheets of actions and directorates have, and the plan: the base on its way back."""
    actions, directorates = (writer.grid for writer in writers[:2])
    keys = [heading.key for heading in plan_headings(request.plan)]
    data = plan_data(request.plan)
    text = dump(data | {"directorates": {code: about or None for code, about in data["directorates"].items()}})
    chunks = [text[at : at + BASE_CHUNK] for at in range(0, len(text), BASE_CHUNK)]
    counts = (len(actions.rows), len(directorates.rows), len(chunks))
    head = (BASE_VERSION, request.revision, request.date, *counts)
    for row, cells in enumerate((head, keys, actions.headings)):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, str(cell))
    writers[0].write_rows(sheet, 3)
    writers[1].write_rows(sheet, 3 + counts[0])
    for row, chunk in enumerate(chunks, 3 + counts[0] + counts[1]):
        sheet.write_string(row, 0, chunk)
    sheet.very_hidden()


def _actions(plan: Plan) -> Grid:
    columns = plan_headings(plan)
    types = {field.key: field.type for field in plan.fields}
    rows = [
        action_cells(columns, types, place_cells(plan, groups), action) for groups, action in each_action(plan)
    ]
    offered: dict[str, Sequence[str | int]] = {"priority": plan.ranks}
    offered |= {field.key: () for field in plan.fields if field.type is Type.CODES}
    offered |= {field.key: field.values for field in plan.declared_fields if field.type is Type.CHOICE}
    grid = _grid(_("Actions"), columns, rows, offered)
    return replace(grid, amounts=[at for at, each in enumerate(columns) if types.get(each.key) is Type.DECIMAL])


def _grid(
    name: str,
    columns: Sequence[Heading],
    rows: Sequence[Sequence[WorkbookCell]],
    choices: Mapping[str, Sequence[str | int]],
    note: str = "",
) -> Grid:
    """Return a sheet with some columns; ``choices`` are by their keys."""
    return Grid(
        name,
        tuple(plain_spaces(heading.title) for heading in columns),
        tuple(heading.width for heading in columns),
        rows,
        note=note,
        centred=[place for place, heading in enumerate(columns) if heading.numbers],
        choices={at: choices[heading.key] for at, heading in enumerate(columns) if heading.key in choices},
    )


def _directorates(plan: Plan) -> Grid:
    rows = [
        (part.code, part.directorate.name, part.directorate.ministry, part.directorate.note, *part.counts)
        for part in participations(plan, plan.actions)
    ]
    headings = (*(heading.title for heading in REGISTER), _("Pilot"), _("Associated"), _("Actions"))
    widths = (*(heading.width for heading in REGISTER), 10, 11, 10)
    return Grid(_("Directorates"), headings, widths, rows, centred=(4, 5, 6))


def _follow_up(plan: Plan) -> Grid:
    """Return where each action stands on the day of the plan, and empty cells for the next report."""
    rows = []
    for action in plan.actions:
        percents = [entry.percent for entry in in_order(action.progress) if entry.percent is not None]
        since = action.value(STATUS_DATE.key)
        status = action.value(STATUS.key)
        rows.append(
            (
                action.number,
                action.code,
                action.text,
                next(iter(action.pilots), None),
                None if status is None else str(status),
                _day(None if since is None else last_day(str(since))),
                percents[-1] if percents else None,
                _day(end_of(action)),
                _("late") if action.value(LATE.key) else None,
                *[None] * len(NEXT),
            )
        )
    note = _("Late as of {day}.").format(day=show_date(plan.day)) if plan.day else ""
    return _grid(_("Follow-up"), FOLLOW_UP, rows, {NEXT[0]: [status.name for status in plan.statuses]}, note)


def _day(text: str | None) -> datetime.date | None:
    """Return a day as a date; None for what Excel's calendar, which starts in 1900, doesn't have."""
    return datetime.date.fromisoformat(text) if text and text >= "1900-01-01" else None


def _crosstab(plan: Plan) -> Grid:
    """Count the actions of each directorate in each group of one level; counts of distinct actions below."""
    depth = 2 if plan.measures else 1
    groups = plan.measures or plan.groups
    counts = Counter(
        (code, chain[depth - 1].path)
        for chain, action in each_action(plan)
        if len(chain) >= depth
        for code in action.directorates
    )
    told = [(part.code, len(part.actions)) for part in participations(plan, plan.actions)]
    note = _("An action counts for each directorate in it: the rows add up to more than there are actions.")
    written = references(plan)
    named = [_("{number}. {title}").format(number=written[each.path], title=each.title) for each in groups]
    level = level_of(plan, depth)
    name = _sheet_name(_("Directorates × {levels}").format(levels=level.plural))
    if len(groups) > MAX_MEASURES:
        rows: list[Sequence[WorkbookCell]] = [
            (title, *(counts[code, each.path] for code, _all in told), len(each.actions))
            for title, each in zip(named, groups, strict=True)
        ]
        heading = capital(level.name)
        headings = (heading, *(code for code, _all in told), _("Each once"))
        widths = (60, *(10 for _each in told), 12)
        return Grid(name, headings, widths, rows, note=note, centred=range(1, len(headings)))
    rows = [(code, *(counts[code, each.path] for each in groups), total) for code, total in told]
    headings = (_("Directorate"), *named, _("Actions"))
    total: tuple[WorkbookCell, ...] = (_("Each once"), *(len(each.actions) for each in groups), len(plan.actions))
    widths = (14, *(22 for _each in groups), 10)
    return Grid(name, headings, widths, rows, total, note, range(1, len(headings)))


def _sheet_name(text: str) -> str:
    """Return a text as the name of a sheet: at most 31 characters, none of those that Excel refuses."""
    return "".join(" " if character in "[]:*?/\\'" else character for character in text)[:31].strip()


class SheetWriter:
    """The writer of one sheet of a workbook."""

    def __init__(self, workbook: Any, grid: Grid) -> None:
        self.grid = grid
        self._sheet = workbook.add_worksheet(grid.name)
        body = {"valign": "top", "bottom": 4, "bottom_color": "#A6A6A6", "locked": False}
        self._open = workbook.add_format({"locked": False})
        number = {"num_format": "0;-0;·", "align": "center"}
        self._title = workbook.add_format({"bold": True, "font_size": 14})
        self._about = workbook.add_format({"italic": True, "font_color": "#595959"})
        heading = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E7ECF2", "bottom": 1}
        self._headings = [
            workbook.add_format({**heading, **align}) for align in ({"indent": 1}, {"align": "center"})
        ]
        # Typed anew, a text that looks like a formula stays a text when it has the prefix.
        self._texts = [
            workbook.add_format({**body, "text_wrap": True, "align": "left", "indent": 1, "quote_prefix": prefix})
            for prefix in (False, True)
        ]
        self._number = workbook.add_format({**body, **number})
        self._amounts = [workbook.add_format({**body, "num_format": form}) for form in ("#,##0", "#,##0.00")]
        self._date = workbook.add_format({**body, **number, "num_format": "yyyy-mm-dd"})
        self._totals = [workbook.add_format({"bold": True, "top": 1, **form}) for form in ({}, number)]

    def write(self, title: str, made: str) -> None:
        """Write the title, what it was made from, the headings, the rows; set up filters and print."""
        grid, sheet = self.grid, self._sheet
        last = HEADING_ROW + len(grid.rows)
        _write_cell(sheet, 0, 0, title, self._title)
        _write_cell(sheet, 1, 0, made, self._about)
        sheet.set_row(HEADING_ROW, self._height(grid.headings))
        for column, heading in enumerate(grid.headings):
            _write_cell(sheet, HEADING_ROW, column, heading, self._headings[column in grid.centred])
            sheet.set_column(column, column, grid.widths[column], self._open)
        for row, cells in enumerate(grid.rows, HEADING_ROW + 1):
            sheet.set_row(row, self._height(cells))
        self.write_rows(sheet, HEADING_ROW + 1)
        for column, cell in enumerate(grid.total):
            _write_cell(sheet, last + 1, column, cell, self._totals[column in grid.centred])
        if grid.note:
            _write_cell(sheet, last + 3, 0, grid.note, self._about)
        sheet.freeze_panes(HEADING_ROW + 1, 1)
        sheet.autofilter(HEADING_ROW, 0, last, len(grid.headings) - 1)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.protect("", _ALLOWED)
        self._set_up_print(title)

    def offer_choices(self, directorates: "SheetWriter") -> None:
        """Let the cells of columns offer their choices; a cell of codes may hold several."""
        for column, choices in self.grid.choices.items():
            listed = ",".join(map(str, choices))
            last = HEADING_ROW + 1 + len(directorates.grid.rows)
            source = f"='{directorates.grid.name}'!$A${HEADING_ROW + 2}:$A${last}"
            if (
                any(sign in str(each) for each in choices for sign in ',"')
                or len(listed.encode("utf-16-le", "surrogatepass")) > 2 * MOST_LISTED
            ):
                continue
            self._sheet.data_validation(
                HEADING_ROW + 1,
                column,
                HEADING_ROW + len(self.grid.rows) + _ROWS_BELOW,
                column,
                {"validate": "list", "source": list(choices) or source, "show_error": bool(choices)},
            )

    def write_rows(self, sheet: Any, first: int) -> None:
        """Write the rows, as cells of the same kind, into a sheet."""
        for row, cells in enumerate(self.grid.rows, first):
            for column, cell in enumerate(cells):
                _write_cell(sheet, row, column, cell, self._form(column, cell))

    def _set_up_print(self, title: str) -> None:
        sheet = self._sheet
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADING_ROW)
        room = max(MAX_FOOTER - 2 * title.count("&"), 0)
        words = title[:room].replace("&", "&&\u200b")  # the space of no width keeps &G from meaning a picture
        sheet.set_footer(f"&L{words}&R&P / &N")

    def _height(self, cells: Sequence[WorkbookCell]) -> float:
        """Estimate how high a row must be: Excel would find out by itself, LibreOffice doesn't.

        A line is taken to hold two characters less than the column's width, for the words that don't fit its end.
        """
        lines = 1
        for cell, width in zip(cells, self.grid.widths, strict=True):
            if isinstance(cell, str) and (len(cell) > width - 2 or "\n" in cell):
                parts = cell.split("\n") if "\n" in cell else (cell,)
                lines = max(lines, sum(len(part) // (width - 2) + 1 for part in parts))
        return min(lines * LINE_HEIGHT, MAX_HEIGHT)

    def _form(self, column: int, cell: WorkbookCell) -> Any:
        """Return the format of a cell of the rows."""
        if isinstance(cell, datetime.date):
            return self._date
        if isinstance(cell, str) and column not in self.grid.centred:
            return self._texts[cell.lstrip("'").startswith(MARKS)]
        if column in self.grid.amounts and isinstance(cell, int | float):
            return self._amounts[cell != int(cell)]
        return self._number


def _write_cell(sheet: Any, row: int, column: int, cell: WorkbookCell, form: Any) -> None:
    if isinstance(cell, int | float):
        sheet.write_number(row, column, cell, form)
    elif isinstance(cell, datetime.date):
        sheet.write_datetime(row, column, cell, form)
    elif cell:
        if len(cell) > MAX_CELL // 2 and len(cell.encode("utf-16-le", "surrogatepass")) // 2 > MAX_CELL:
            sentence = N_("a cell of a workbook holds {most} characters, “{text}” has {n}")
            raise FormatLimit(sentence, most=MAX_CELL, text=truncate(cell, 40), n=len(cell))
        sheet.write_string(row, column, cell, form)
    else:
        sheet.write_blank(row, column, None, form)
