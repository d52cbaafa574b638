"""Aligned text: truncated on a terminal, whole in a pipe or a file."""

from collections.abc import Collection, Sequence

from plancli.output.layout.blocks import parts_lines
from plancli.output.layout.page import Page
from plancli.output.report import (
    Block,
    InlineList,
    Note,
    NoteKind,
    Overflow,
    Paragraph,
    Report,
    Style,
    Table,
    Words,
    join,
)
from plancli.output.terminal import NO_TERMINAL, Terminal
from plancli.text import escape_ci_commands

FEW_ROWS = 5
"""Up to this many rows have their texts whole below them, if one would be truncated and all fit the terminal."""

_AROUND = 2
"""Lines of the terminal that are taken: the command, and the next prompt."""

_ALWAYS = (NoteKind.COUNT, NoteKind.QUESTION, NoteKind.CORRECTION)


def render(report: Report, terminal: Terminal) -> str:
    """Return a report laid out for the terminal; in a pipe without hints, and rows without notes."""
    page = Page(terminal)
    lines = _lines(report, page)
    if page.was_cut and _has_few_rows(report):
        whole = _lines(report, Page(terminal, whole=True))
        if terminal.rows is None or len(whole) <= terminal.rows - _AROUND:
            lines = whole
    return "".join([f"{escape_ci_commands(line)}\n" for line in lines])


def render_notes(report: Report) -> str:
    """Return the notes of a report, for stderr."""
    return "".join(f"{line}\n" for line in parts_lines(_notes(report.notes, _ALWAYS), Page(NO_TERMINAL)))


def _has_few_rows(report: Report) -> bool:
    tables = [block for part in report.parts for block in part if isinstance(block, Table)]
    asking = [table for table in tables if table.overflow is Overflow.WRAP_IF_FEW]
    return bool(asking) and all(0 < len(table.rows) <= FEW_ROWS for table in asking)


def _lines(report: Report, page: Page) -> list[str]:
    lines = parts_lines(report.parts, page)
    if page.piped and report.rows_only:
        return lines
    hints = {NoteKind.HINT: True, NoteKind.HINT_IF_CUT: page.was_cut, NoteKind.HINT_IF_COUNTED: page.was_counted}
    wanted = [kind for kind, is_true in hints.items() if is_true and not page.piped]
    notes = _notes(report.notes, (*_ALWAYS, *wanted), page.was_transposed)
    below = parts_lines(notes, Page(page.terminal, style=Style.QUIET))
    return [*lines, "", *below] if lines and below else [*lines, *below]


def _notes(
    notes: Sequence[Note], wanted: Collection[NoteKind], transposed: bool = False
) -> list[tuple[Block, ...]]:
    """Return a part with the short notes in a row, then the corrections as a paragraph; none without notes."""
    row: list[Words] = []
    sentences: list[Words] = []
    for note in sorted(notes, key=lambda note: list(NoteKind).index(note.kind)):
        words = note.transposed if transposed and note.transposed is not None else note.words
        if note.kind is NoteKind.CORRECTION and note.kind in wanted:
            sentences.append(words)
        elif note.kind in wanted:
            row.append(words)
    blocks: list[Block] = [InlineList(tuple(row))] if row else []
    blocks += [Paragraph(join(sentences, " "))] if sentences else []
    return [tuple(blocks)] if blocks else []
