"""The page that blocks are laid out on: its width, its characters, its colours."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from plancli.output.report import Style, Words, spans
from plancli.output.terminal import Terminal
from plancli.text import ascii_symbols, escape_control, find, transliterate, truncate, width, wrap, wrap_clauses
from plancli.text.terminal import carry_styles, paint, painted_width

WIDEST_PAGE = 100
"""The longest line of a sentence, in columns, however wide the terminal is."""

APPEARANCE = {
    Style.HEADING: "bold",
    Style.HIGHLIGHT: "bold cyan",
    Style.QUIET: "dim",
    Style.INSERTED: "green",
    Style.DELETED: "red",
    Style.ADDED: "green",
    Style.REMOVED: "red",
    Style.CHANGED: "yellow",
    Style.MOVED: "cyan",
    Style.RENUMBERED: "dim",
    Style.ERROR: "bold red",
    Style.WARNING: "bold yellow",
    Style.NOTE: "bold blue",
    Style.HELP: "green",
}
"""How each style looks; no style has a meaning that the words lack."""

_FRAMES = {Style.INSERTED: ("{+", "+}"), Style.DELETED: ("[-", "-]")}

Places = Sequence[tuple[int, int]]


class Page:
    """The terminal, and what is left of its width inside indented blocks; texts are sanitized, then painted."""

    def __init__(
        self, terminal: Terminal, indented: int = 0, style: Style | None = None, whole: bool = False
    ) -> None:
        self.terminal = terminal
        self.indented = indented
        self.style = style  # of what has no other
        self.whole = whole  # whether texts of a table that are few go below their rows
        self.piped = terminal.columns is None
        self.columns = None if terminal.columns is None else max(terminal.columns - indented, 1)
        self.text_width = (  # columns for sentences
            None if terminal.columns is None else max(min(terminal.columns, WIDEST_PAGE) - 1 - indented, 1)
        )
        self.indent = 0 if self.piped else 1
        self.was_cut = False  # whether a text lost words, for the hint that says how to see them
        self.was_counted = False  # whether codes are counted after those of another column (+2)
        self.was_transposed = False  # whether a cross-table has its rows as columns, for its notes
        utf = terminal.encoding.lower().replace("-", "").replace("_", "") in ("utf8", "utf16", "utf32")
        self._as_is = utf and not terminal.simple

    def room(self, taken: int = 0, least: int = 1) -> int | None:
        """Return the columns for a sentence beside what is taken; None where nothing is wrapped."""
        return None if self.text_width is None else max(self.text_width - taken, least)

    @contextmanager
    def inset(self, columns: int) -> Iterator["Page"]:
        """Yield a page that is narrower by some columns, for an indented body."""
        inner = Page(self.terminal, self.indented + columns, self.style, self.whole)
        yield inner
        self.was_cut |= inner.was_cut
        self.was_counted |= inner.was_counted
        self.was_transposed |= inner.was_transposed

    def sanitize(self, text: str) -> str:
        """Return a text without control characters, in characters that the terminal has."""
        text = escape_control(text)
        if self._as_is:
            return text
        return transliterate(ascii_symbols(text) if self.terminal.simple else text, self.terminal.encoding)

    def paint(self, shown: str, style: Style | None) -> str:
        """Return a sanitized text in a style, if the terminal has colours."""
        style = style or self.style
        bare = shown.lstrip(" ")
        if not (style and bare and self.terminal.colour):
            return shown
        return shown[: len(shown) - len(bare)] + paint(bare, APPEARANCE[style])

    def line(self, words: Words) -> str:
        """Return words as one painted line."""
        return "".join(self.paint(self.sanitize(_frame(text, style)), style) for text, style in spans(words))

    def plain(self, words: Words) -> str:
        """Return words as one line without colours."""
        return "".join(self.sanitize(_frame(text, style)) for text, style in spans(words))

    def wrap(self, words: Words, columns: int | None) -> list[str]:
        """Return words as painted lines of at most some columns."""
        line = self.line(words)
        return [line] if columns is None else list(carry_styles(wrap(line, columns, measure=painted_width)))

    def cut(self, shown: str, columns: int) -> str:
        """Return a sanitized text truncated to some columns."""
        if width(shown) <= columns:
            return shown
        return self.sanitize(truncate(shown, max(columns - width(self.sanitize("…")) + 1, 1)))

    def lay_out(self, text: str, highlight: Iterable[object]) -> list[str]:
        """Return a whole text as lines, its enumerations indented and the searched words highlighted."""
        shown = self.sanitize(text)
        places = self.places(shown, highlight)
        rows, end = [], 0
        for row in wrap_clauses(shown, self.room(self.indent) or 1_000_000):
            words = row.lstrip(" ")
            start = shown.index(words, end)
            end = start + len(words)
            own = [(max(a, start) - start, min(b, end) - start) for a, b in places if a < end and b > start]
            rows.append(row[: len(row) - len(words)] + self.highlighted(words, own))
        return rows

    def places(self, shown: str, highlight: Iterable[object]) -> Places:
        """Return where the searched words are in a text: start and end, without overlaps."""
        if not self.terminal.colour:
            return []
        found: list[tuple[int, int]] = []
        for start, end in sorted({place for words in highlight for place in find(shown, str(words))}):
            start = max(start, found[-1][1] if found else 0)
            found += [(start, end)] if start < end else []
        return found

    def highlighted(self, shown: str, places: Places, style: Style | None = None) -> str:
        """Return a sanitized text with some places highlighted and the rest in another style."""
        bounds = [0, *(end for place in places for end in place), len(shown)]
        parts = pairwise(bounds)
        return "".join(
            self.paint(shown[a:b], Style.HIGHLIGHT if number % 2 else style) for number, (a, b) in enumerate(parts)
        )


def padded(line: str, columns: int, right: bool = False) -> str:
    """Return a line padded to some columns; ``right`` aligns it right, for numbers."""
    space = " " * (columns - painted_width(line))
    return space + line if right else line + space


def indented(lines: Iterable[str], columns: int) -> list[str]:
    """Return lines with an indent, except blank ones."""
    return [f"{' ' * columns}{line}" if line else line for line in lines]


def _frame(text: str, style: Style | None) -> str:
    before, after = _FRAMES.get(style, ("", "")) if style else ("", "")
    return f"{before}{text}{after}"
