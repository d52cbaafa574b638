"""Lines of marked words: how texts are made harmless, measured, cut and wrapped for one window."""

from collections.abc import Iterable, Sequence

from plancli.output.report import Mark, Words, stretches
from plancli.output.window import Window
from plancli.text import ascii_symbols, escape_control, find, transliterate, truncate, width, wrap, wrap_clauses

Stretch = tuple[str, Mark | None]
Line = list[Stretch]
"""What stands on one line, left to right."""

WIDEST = 100
"""Columns beyond which no sentence is set, however wide the window is."""

_FRAMES = {Mark.INSERTED: ("{+", "+}"), Mark.DELETED: ("[-", "-]")}


class Page:
    """What the layout of every block needs to know of the window."""

    def __init__(self, window: Window, indented: int = 0) -> None:
        self.window = window
        self.indented = indented
        self.columns = None if window.columns is None else max(window.columns - indented, 1)
        self.piped = window.columns is None
        self.colour = window.colour
        self.was_cut = False  # whether a text lost words on this page, for the hint that says how to see them
        self.was_turned = False  # whether a cross-table stands otherwise than asked, for the notes about its rows
        self.indent = 0 if self.piped else 1
        self._encoding = window.encoding
        self._as_is = (
            window.encoding.lower().replace("-", "").replace("_", "") in ("utf8", "utf16", "utf32")
            and not window.simple
        )
        self._ellipsis = width(self.show("…"))

    @property
    def measure(self) -> int | None:
        """Columns for sentences: a column is left free at the right; None where nothing is wrapped."""
        if self.window.columns is None:
            return None
        return max(min(self.window.columns, WIDEST) - 1 - self.indented, 1)

    def inside(self, columns: int) -> "Page":
        """Give the same page for what stands indented by some more columns."""
        return Page(self.window, self.indented + columns)

    def show(self, text: str) -> str:
        """Make a text harmless, and one that the window can show."""
        text = escape_control(text)
        if self._as_is:
            return text
        return transliterate(ascii_symbols(text) if self.window.simple else text, self._encoding)

    def cut(self, text: str, columns: int) -> str:
        """Shorten a text that is shown already to some columns."""
        if width(text) <= columns:
            return text
        return self.show(truncate(text, max(columns - self._ellipsis + 1, 1)))

    def line(self, words: Words) -> Line:
        """Set words on one line."""
        return [(self.show(text), mark) for text, mark in _framed(words)]

    def wrap(self, words: Words, columns: int | None) -> list[Line]:
        """Set words on lines of at most some columns."""
        line = self.line(words)
        if columns is None:
            return [line]
        text = text_of(line)
        return _spread(line, text, wrap(text, columns))

    def lay_out(self, text: str, asked: Iterable[str], columns: int | None) -> list[Line]:
        """Set a whole text for reading, with the asked words marked."""
        shown = self.show(text)
        return _spread(marked(shown, asked), shown, wrap_clauses(shown, columns or 1_000_000))


def text_of(line: Line) -> str:
    """Give the bare text of a line."""
    return "".join(text for text, _ in line)


def length(line: Line) -> int:
    """Give how many columns a line takes."""
    return sum(width(text) for text, _ in line)


def marked(text: str, asked: Iterable[str]) -> Line:
    """Mark the asked words in a text, as a search finds them."""
    return _pointed(text, sorted({place for words in asked for place in find(text, words)}))


def marked_whole(text: str, asked: Iterable[str]) -> Line:
    """Mark the asked words in a text where they stand as whole words."""
    places = []
    for words in asked:
        start = text.find(words)
        while start >= 0:
            end = start + len(words)
            if not (text[:start][-1:].isalnum() or text[end : end + 1].isalnum()):
                places.append((start, end))
            start = text.find(words, end)
    return _pointed(text, sorted(places))


def _pointed(text: str, places: Sequence[tuple[int, int]]) -> Line:
    line: Line = []
    done = 0
    for start, end in places:
        if end <= done:
            continue
        start = max(start, done)
        if start > done:
            line.append((text[done:start], None))
        line.append((text[start:end], Mark.ASKED))
        done = end
    if done < len(text) or not line:
        line.append((text[done:], None))
    return line


def _framed(words: Words) -> Iterable[Stretch]:
    for text, mark in stretches(words):
        before, after = _FRAMES.get(mark, ("", "")) if mark else ("", "")
        yield f"{before}{text}{after}", mark


def _spread(line: Line, text: str, rows: Sequence[str]) -> list[Line]:
    """Carry the marks of a line over to the rows that its text was broken into."""
    if all(mark is None for _, mark in line):
        return [[(row, None)] for row in rows]
    spread = []
    place = 0
    for row in rows:
        words = row.lstrip(" ")
        start = text.index(words, place)
        place = start + len(words)
        own: Line = [(row[: len(row) - len(words)], None)] if len(words) < len(row) else []
        spread.append(own + part(line, start, place))
    return spread


def part(line: Line, start: int, end: int) -> Line:
    """Give a line's stretch between two characters, marks and all."""
    found: Line = []
    place = 0
    for text, mark in line:
        piece = text[max(start - place, 0) : max(end - place, 0)]
        if piece:
            found.append((piece, mark))
        place += len(text)
    return found
