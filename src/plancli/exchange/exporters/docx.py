"""A text document (Office Open XML, ISO/IEC 29500): the published table again, its headings on each page.

Columns are the levels of the plan, the action, its pilots and associated directorates, calendar and priority; what
else an action has is under its text. Groups that several actions are in have one cell.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from plancli.exchange.exporters import CREATED
from plancli.exchange.request import ExportRequest, describe_request
from plancli.i18n import _, ngettext
from plancli.output.views.values import action_name, optional_values, shown_calendar
from plancli.plan.model import Action, Group, Plan, each_action, level_of, references
from plancli.text import capital, clauses, escape_bidi, escape_control

_LONG_EDGE, _SHORT_EDGE, _MARGIN = Cm(29.7), Cm(21.0), Cm(1.5)
_WIDTHS = {"level": 4.0, "directorates": 5.2, "calendar": 2.4, "priority": 2.0}
"""How wide the columns are, in centimetres; the action has the rest."""


def write(request: ExportRequest) -> bytes:
    """Write the table of the actions, under the title and what it was made from."""
    plan = request.plan
    document = Document()
    document.core_properties.title = _clean(plan.title)[:255]
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = CREATED
    _set_up_page(document)
    document.add_heading(_clean(plan.title), level=1)
    document.add_paragraph(_clean(describe_request(request)))
    _write_table(document, plan)
    written = io.BytesIO()
    document.save(written)
    return _with_time_stamp(written.getvalue())


def _set_up_page(document: Any) -> None:
    """Make the pages landscape A4 and the letters small enough for the table."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _LONG_EDGE, _SHORT_EDGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    document.styles["Normal"].font.size = Pt(9)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)


def _write_table(document: Any, plan: Plan) -> None:
    depth = max((len(action.place) for action in plan.actions), default=0)
    headings = [*(capital(level_of(plan, level).name) for level in range(1, depth + 1)), _("Action")]
    headings += [_("Pilots and associated"), _("Calendar"), *([_("Priority")] if plan.priorities else [])]
    placed = [*each_action(plan)]
    table = document.add_table(rows=1 + len(placed), cols=len(headings), style="Table Grid")
    table.autofit = False
    widths = _widths(plan, depth)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    head, *rows = table.rows
    for cell, heading in zip(head.cells, headings, strict=True):
        _fill(cell, [heading], bold=True)
    written = references(plan)
    above: tuple[Group, ...] = ()
    for row, (groups, action) in zip(rows, placed, strict=True):
        cells = row.cells
        for level, group in enumerate(groups):
            if above[: level + 1] != groups[: level + 1]:
                _fill(cells[level], [f"{written[group.path]}. {group.title}"])
        _fill(cells[depth], [*_text(plan, action)])
        _fill(cells[depth + 1], [*_directorates(action)])
        _fill(cells[depth + 2], [shown_calendar(action)])
        if plan.priorities:
            _fill(cells[depth + 3], [str(action.priority)])
        above = groups
    _lay_out(table, widths, [groups for groups, _action in placed])


def _text(plan: Plan, action: Action) -> Iterator[str]:
    """Yield the paragraphs of an action: its text by clause after its number, then what else it has."""
    first, *others = [clause.line for clause in clauses(action.text)] or [""]
    yield f"{action_name(action)}. {first}"
    yield from others
    for label, value in optional_values([field for field in plan.fields if field.key != "code"], action):
        yield _("{label}: {value}").format(label=label, value=value)


def _directorates(action: Action) -> Iterator[str]:
    for label, codes in (
        (ngettext("Pilot", "Pilots", len(action.pilots)), action.pilots),
        (_("Associated"), action.associated),
    ):
        if codes:
            yield _("{label}: {value}").format(label=label, value=", ".join(codes))


def _widths(plan: Plan, depth: int) -> list[float]:
    """Return how wide each column is, in centimetres."""
    others = [_WIDTHS["directorates"], _WIDTHS["calendar"], *([_WIDTHS["priority"]] if plan.priorities else [])]
    levels = [_WIDTHS["level"] * min(1, 2 / max(depth, 1))] * depth
    room = (_LONG_EDGE - 2 * _MARGIN) / Cm(1)
    return [*levels, room - sum(levels) - sum(others), *others]


def _fill(cell: Any, paragraphs: Sequence[str], bold: bool = False) -> None:
    """Write paragraphs into an empty cell."""
    first = cell.paragraphs[0]
    for place, text in enumerate(paragraphs):
        paragraph = cell.add_paragraph() if place else first
        paragraph.add_run(_clean(text)).bold = bold or None


def _clean(text: str) -> str:
    """Return a text with what XML can't hold, and what turns the direction of reading, shown as escapes."""
    return escape_bidi(escape_control(text))


def _lay_out(table: Any, widths: Sequence[float], chains: Sequence[tuple[Group, ...]]) -> None:
    """Repeat the headings on each page, keep rows whole, and merge the cells of one group: python-docx can't."""
    rows = list(table.rows[0].cells[0].part.element.body.iter(qn("w:tr")))
    before: tuple[Group, ...] = ()
    for place, row in enumerate(rows):
        properties = row.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if place == 0:
            properties.append(OxmlElement("w:tblHeader"))
        groups = chains[place - 1] if place else ()
        for column, cell in enumerate(row.iter(qn("w:tc"))):
            cell.width = Cm(widths[column])
            if column < len(groups):
                merged = OxmlElement("w:vMerge")
                is_first = before[: column + 1] != groups[: column + 1]
                merged.set(qn("w:val"), "restart" if is_first else "continue")
                cell.get_or_add_tcPr().append(merged)
        before = groups


def _with_time_stamp(document: bytes) -> bytes:
    """Return an archive in which each file has the same time stamp, so that the same plan gives the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as parts, zipfile.ZipFile(written, "w") as dated:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, CREATED.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            dated.writestr(entry, parts.read(name))
    return written.getvalue()
