"""A report set for a window: lines of marked words, which a renderer only has to paint."""

from collections.abc import Collection, Sequence

from plancli.output.layout.blocks import parts_lines
from plancli.output.layout.lines import Line, Page, text_of
from plancli.output.report import Block, Mark, Marked, Note, Pieces, Purpose, Report, Sentence
from plancli.output.table import Table, Texts
from plancli.output.window import PIPE, Window

__all__ = ["Line", "lay_out_notes", "lay_out_report", "text_of"]

FEW = 5
"""Up to so many texts are shown whole with their lines, if one would be cut and all fit the window."""

_AROUND = 2
"""Lines of the window that aren't ours: what was typed, and the next prompt."""


def lay_out_report(report: Report, window: Window) -> list[Line]:
    """Set what goes to the answer's own stream: in a pipe without hints, and without notes if rows are counted."""
    page = Page(window)
    lines = _laid(report, page, whole=False)
    if page.was_cut and _few(report):
        whole = _laid(report, Page(window), whole=True)
        if window.rows is None or len(whole) <= window.rows - _AROUND:
            return whole
    return lines


def lay_out_notes(report: Report) -> list[Line]:
    """Set the notes for another stream than the answer's."""
    return parts_lines(_notes(report.notes, _SAID), Page(PIPE), whole=False)


_SAID = (Purpose.COUNT, Purpose.QUESTION, Purpose.CORRECTION)


def _few(report: Report) -> bool:
    tables = [block for part in report.parts for block in part if isinstance(block, Table)]
    asking = [table for table in tables if table.texts is Texts.WHOLE_IF_FEW]
    return bool(asking) and all(0 < len(table.rows) <= FEW for table in asking)


def _laid(report: Report, page: Page, whole: bool) -> list[Line]:
    lines = parts_lines(report.parts, page, whole)
    if page.piped and report.rows_only:
        return lines
    wanted = set(_SAID)
    if not page.piped:
        wanted |= {Purpose.HINT, Purpose.HINT_IF_CUT} if page.was_cut else {Purpose.HINT}
    below = parts_lines(_notes(report.notes, wanted, page.was_turned), page, whole=False)
    # Notes stand back, but for what is marked in them.
    below = [[(text, mark or Mark.QUIET) for text, mark in line] for line in below]
    return [*lines, [], *below] if lines and below else [*lines, *below]


def _notes(notes: Sequence[Note], wanted: Collection[Purpose], turned: bool = False) -> list[tuple[Block, ...]]:
    """Put the short statements in a row, then the sentences in a paragraph."""
    chosen = [
        (note.purpose, note.words if note.turned is None or not turned else note.turned)
        for note in sorted(notes, key=lambda note: list(Purpose).index(note.purpose))
        if note.purpose in wanted
    ]
    row = tuple(words for purpose, words in chosen if purpose is not Purpose.CORRECTION)
    sentences: list[str | Marked] = []
    for purpose, words in chosen:
        if purpose is Purpose.CORRECTION:
            own = (words,) if isinstance(words, str) else words
            sentences += [" ", *own] if sentences else own
    blocks: list[Block] = [Pieces(row)] if row else []
    if sentences:
        blocks.append(Sentence(tuple(sentences)))
    return [tuple(blocks)] if blocks else []
