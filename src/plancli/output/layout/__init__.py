"""A report set for a window, as painted lines."""

from collections.abc import Collection, Sequence

from plancli.output.layout.blocks import parts_lines
from plancli.output.layout.page import Page
from plancli.output.report import Block, Mark, Marked, Note, Pieces, Purpose, Report, Sentence, Table, Texts, Words
from plancli.output.terminal import PIPE, Window

__all__ = ["lay_out_notes", "lay_out_report"]

FEW = 5
"""Up to so many texts are shown whole with their lines, if one would be cut and all fit the window."""

_AROUND = 2
"""Lines of the window that aren't ours: what was typed, and the next prompt."""

_ALWAYS = (Purpose.COUNT, Purpose.QUESTION, Purpose.CORRECTION)


def lay_out_report(report: Report, window: Window) -> list[str]:
    """Set what goes to the answer's own stream: in a pipe without hints, and without notes if rows are counted."""
    page = Page(window)
    lines = _lines(report, page, whole=False)
    if page.was_cut and _few(report):
        whole = _lines(report, Page(window), whole=True)
        if window.rows is None or len(whole) <= window.rows - _AROUND:
            return whole
    return lines


def lay_out_notes(report: Report) -> list[str]:
    """Set the notes for another stream than the answer's."""
    return parts_lines(_notes(report.notes, _ALWAYS), Page(PIPE))


def _few(report: Report) -> bool:
    tables = [block for part in report.parts for block in part if isinstance(block, Table)]
    asking = [table for table in tables if table.texts is Texts.WHOLE_IF_FEW]
    return bool(asking) and all(0 < len(table.rows) <= FEW for table in asking)


def _lines(report: Report, page: Page, whole: bool) -> list[str]:
    lines = parts_lines(report.parts, page, whole)
    if page.piped and report.rows_only:
        return lines
    hints = () if page.piped else (Purpose.HINT, *((Purpose.HINT_IF_CUT,) if page.was_cut else ()))
    notes = _notes(report.notes, (*_ALWAYS, *hints), page.was_turned)
    below = parts_lines(
        notes, Page(page.window, mark=Mark.QUIET)
    )  # notes stand back, but for what is marked in them
    return [*lines, "", *below] if lines and below else [*lines, *below]


def _notes(notes: Sequence[Note], wanted: Collection[Purpose], turned: bool = False) -> list[tuple[Block, ...]]:
    """Put the short statements in a row, then the sentences in a paragraph."""
    row: list[Words] = []
    sentences: list[str | Marked] = []
    for note in sorted(notes, key=lambda note: list(Purpose).index(note.purpose)):
        words = note.turned if turned and note.turned is not None else note.words
        if note.purpose is Purpose.CORRECTION and note.purpose in wanted:
            sentences += [" ", *_stretches(words)] if sentences else _stretches(words)
        elif note.purpose in wanted:
            row.append(words)
    blocks: list[Block] = [Pieces(tuple(row))] if row else []
    blocks += [Sentence(tuple(sentences))] if sentences else []
    return [tuple(blocks)] if blocks else []


def _stretches(words: str | tuple[str | Marked, ...]) -> tuple[str | Marked, ...]:
    return (words,) if isinstance(words, str) else words
