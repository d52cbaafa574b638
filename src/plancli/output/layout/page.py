"""What a report is set for: how wide the window is, and which characters and colours it has."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from plancli.output.report import Mark, Words, stretches
from plancli.output.terminal import Window
from plancli.text import ascii_symbols, escape_control, find, transliterate, truncate, width, wrap, wrap_clauses
from plancli.text.style import carry_styles, paint, painted_width

WIDEST = 100
"""Columns beyond which no sentence is set, however wide the window is."""

STYLES = {
    Mark.HEADING: "bold",
    Mark.ASKED: "bold cyan",
    Mark.QUIET: "dim",
    Mark.INSERTED: "green",
    Mark.DELETED: "red",
    Mark.ADDED: "green",
    Mark.REMOVED: "red",
    Mark.CHANGED: "yellow",
    Mark.MOVED: "cyan",
    Mark.RENUMBERED: "dim",
    Mark.ERROR: "bold red",
    Mark.WARNING: "bold yellow",
    Mark.NOTE: "bold blue",
    Mark.HELP: "green",
}
"""How each mark looks; no mark carries a meaning that the words lack."""

_FRAMES = {Mark.INSERTED: ("{+", "+}"), Mark.DELETED: ("[-", "-]")}

Places = Sequence[tuple[int, int]]


class Page:
    """A window as the layout of every block sees it; texts are made harmless before they are painted."""

    def __init__(self, window: Window, indented: int = 0, mark: Mark | None = None) -> None:
        self.window = window
        self.indented = indented
        self.mark = mark  # of what has no other
        self.piped = window.columns is None
        self.columns = None if window.columns is None else max(window.columns - indented, 1)
        self.measure = (  # columns for sentences
            None if window.columns is None else max(min(window.columns, WIDEST) - 1 - indented, 1)
        )
        self.indent = 0 if self.piped else 1
        self.was_cut = False  # whether a text lost words, for the hint that says how to see them
        self.was_turned = False  # whether a cross-table stands otherwise than asked, for the notes about its rows
        utf = window.encoding.lower().replace("-", "").replace("_", "") in ("utf8", "utf16", "utf32")
        self._as_is = utf and not window.simple

    def room(self, taken: int = 0, least: int = 1) -> int | None:
        """Give the columns that a sentence has beside what is taken; None where nothing is wrapped."""
        return None if self.measure is None else max(self.measure - taken, least)

    @contextmanager
    def inside(self, columns: int) -> Iterator["Page"]:
        """Give the same page for what stands indented by some more columns."""
        inner = Page(self.window, self.indented + columns, self.mark)
        yield inner
        self.was_cut |= inner.was_cut
        self.was_turned |= inner.was_turned

    def show(self, text: str) -> str:
        """Make a text harmless, and one that the window can show."""
        text = escape_control(text)
        if self._as_is:
            return text
        return transliterate(ascii_symbols(text) if self.window.simple else text, self.window.encoding)

    def paint(self, shown: str, mark: Mark | None) -> str:
        """Give a shown text the look of a mark, if there are colours."""
        mark = mark or self.mark
        bare = shown.lstrip(" ")
        if not (mark and bare and self.window.colour):
            return shown
        return shown[: len(shown) - len(bare)] + paint(bare, STYLES[mark])

    def line(self, words: Words) -> str:
        """Set words on one line."""
        return "".join(self.paint(self.show(_framed(text, mark)), mark) for text, mark in stretches(words))

    def plain(self, words: Words) -> str:
        """Set words on one line, without colours."""
        return "".join(self.show(_framed(text, mark)) for text, mark in stretches(words))

    def wrap(self, words: Words, columns: int | None) -> list[str]:
        """Set words on lines of at most some columns."""
        line = self.line(words)
        return [line] if columns is None else list(carry_styles(wrap(line, columns, measure=painted_width)))

    def cut(self, shown: str, columns: int) -> str:
        """Shorten a shown text to some columns."""
        if width(shown) <= columns:
            return shown
        return self.show(truncate(shown, max(columns - width(self.show("…")) + 1, 1)))

    def lay_out(self, text: str, asked: Iterable[object]) -> list[str]:
        """Set a whole text for reading, with the asked words marked."""
        shown = self.show(text)
        places = self.places(shown, asked)
        rows, end = [], 0
        for row in wrap_clauses(shown, self.room(self.indent) or 1_000_000):
            words = row.lstrip(" ")
            start = shown.index(words, end)
            end = start + len(words)
            own = [(max(a, start) - start, min(b, end) - start) for a, b in places if a < end and b > start]
            rows.append(row[: len(row) - len(words)] + self.mark_places(words, own))
        return rows

    def places(self, shown: str, asked: Iterable[object]) -> Places:
        """Find the asked words in a text, as a search does."""
        if not self.window.colour:
            return []
        found: list[tuple[int, int]] = []
        for start, end in sorted({place for words in asked for place in find(shown, str(words))}):
            start = max(start, found[-1][1] if found else 0)
            found += [(start, end)] if start < end else []
        return found

    def mark_places(self, shown: str, places: Places, mark: Mark | None = None) -> str:
        """Mark some stretches of a shown text as asked; the rest has another mark."""
        bounds = [0, *(end for place in places for end in place), len(shown)]
        parts = pairwise(bounds)
        return "".join(
            self.paint(shown[a:b], Mark.ASKED if number % 2 else mark) for number, (a, b) in enumerate(parts)
        )


def padded(line: str, columns: int, right: bool = False) -> str:
    """Fill a line to some columns, at its right or, for numbers, at its left."""
    space = " " * (columns - painted_width(line))
    return space + line if right else line + space


def indented(lines: Iterable[str], columns: int) -> list[str]:
    """Put spaces before each line that isn't blank."""
    return [f"{' ' * columns}{line}" if line else line for line in lines]


def _framed(text: str, mark: Mark | None) -> str:
    before, after = _FRAMES.get(mark, ("", "")) if mark else ("", "")
    return f"{before}{text}{after}"
