"""The text that an editor has open, and the places in it as the editor counts them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import eq

from plancli.location import Position

UNITS = ("utf-16", "utf-8", "utf-32")
"""The units in which an editor may count columns; the first is the default."""


def count_units(text: str, unit: str) -> int:
    """Return how many units an editor counts in a text."""
    if unit == "utf-32" or text.isascii():
        return len(text)
    if unit == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(character > "\uffff" for character in text)


class Buffer:
    """A text and its lines, which end where YAML and editors agree that they do; lines and columns from 0."""

    def __init__(self, name: str, text: str, version: int | None, unit: str = UNITS[0]) -> None:
        self.name = name
        self.text = text
        self.version = version
        self.unit = unit

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(r"\r\n?|\n", self.text))]

    def _line(self, number: int) -> str:
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)
        return self.text[self._starts[number] : end].rstrip("\r\n")

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place; what lies beyond the end of its line or of the text is drawn to it."""
        if line >= len(self._starts):
            return len(self.text)
        text = self._line(line)
        if text.isascii():
            return self._starts[line] + min(column, len(text))
        counted = 0
        for index, character in enumerate(text):
            if counted >= column:
                return self._starts[line] + index
            counted += count_units(character, self.unit)
        return self._starts[line] + len(text)

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return line, count_units(self.text[self._starts[line] : offset], self.unit)

    def place_of(self, position: Position) -> tuple[int, int]:
        """Return the line and the column of a position as documents have it."""
        line = position.line - 1
        if line >= len(self._starts):
            return self.place(len(self.text))
        return line, count_units(self._line(line)[: position.column - 1], self.unit)

    def changed(self, start: tuple[int, int], end: tuple[int, int], text: str) -> "Buffer":
        """Return the buffer with another text between two places."""
        before, after = self.text[: self.offset(*start)], self.text[self.offset(*end) :]
        return Buffer(self.name, before + text + after, self.version, self.unit)


def difference(old: str, new: str) -> tuple[int, int, str] | None:
    """Return the one edit, of whole lines, that makes one text of another: its start, its end, its text."""
    if old == new:
        return None
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    first, old_end, new_end = changed_lines(before, after)
    start = sum(map(len, before[:first]))
    return start, start + sum(map(len, before[first:old_end])), "".join(after[first:new_end])


def changed_lines(before: Sequence[str], after: Sequence[str]) -> tuple[int, int, int]:
    """Return the first line that differs, and the first that is the same again, in the old and the new."""
    shorter = min(len(before), len(after))
    first = next((n for n, same in enumerate(map(eq, before, after)) if not same), shorter)
    backward = enumerate(map(eq, reversed(before), reversed(after)))
    last = min(shorter - first, next((n for n, same in backward if not same), shorter))
    return first, len(before) - last, len(after) - last
