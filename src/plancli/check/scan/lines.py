"""A text line by line, as a person reads a plan: keys, dashes, columns, blocks."""

import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from plancli.diagnostic import TextEdit
from plancli.location import Span
from plancli.plan.document import Document
from plancli.plan.model import shape

_MARGIN = r"(?P<indent>[ \t]*)(?P<dashes>(?:-[ \t]+|-(?=\w+:))*)"
_FIRST = r"[\"']?[^\s:#\"'\[\]{},&*!|>%@`-]"
_END = r"[\"']?) *:(?=\s|$)"
_WORD = re.compile(rf"{_MARGIN}(?P<key>{_FIRST}[^\s:#\"',]*{_END}")
_WORDS = re.compile(rf"{_MARGIN}(?P<key>{_FIRST}(?:[^:#\"',]*[^\s:#\"',])?{_END}")
"""A line that begins with a key; of several words, as codes and names of statuses may be."""

_FIRST_KEY = re.compile(
    r"(?P<indent>[ \t]*)(?P<dashes>-[ \t]+)(?P<key>number(?=[ ;]+[0-9]+ *$)|(?:action|date|number)(?=:\S))"
)
"""The first line of a block whose colon is missing, or touches the value."""

_GROUPS = ("measure", "orientation")


class Line(NamedTuple):
    """A line that begins with a key: where the dash stands (-1: none), where the key stands, and the key."""

    number: int
    dash: int
    column: int
    key: str

    @property
    def left(self) -> int:
        """The column at which the line begins."""
        return self.column if self.dash < 0 else self.dash

    def at(self, column: int | None) -> "Line":
        """Return the line with its key at another column; None leaves it where it is."""
        if column is None:
            return self
        return self._replace(column=column, dash=self.dash if self.dash < 0 else column - 2)


class Lines:
    """The lines, counted from 0, of the text that was read of a document, or of another as long.

    ``keys`` has those that begin with a key, ``tops`` the numbers of those with a key of the plan; ``columns`` is
    where the keys of each kind of block usually stand.
    """

    def __init__(self, document: Document, text: str | None = None) -> None:
        self.document = document
        self.text = text = document.parsed.decode("utf-8", "replace") if text is None else text
        self.lines = re.split(r"\r\n|\n|\r", text)
        self.starts = [0]
        for match in re.finditer(r"\r\n|\n|\r", text):
            self.starts.append(match.end())
        self.keys = dict(self._find_keys())
        self.tops = [number for number, line in self.keys.items() if line.column == 0]
        self.columns = self._usual_columns()

    def number(self, offset: int) -> int:
        """Return the line an offset is in."""
        return bisect_right(self.starts, offset) - 1

    def column(self, offset: int) -> int:
        """Return the 0-based column of an offset."""
        return offset - self.starts[self.number(offset)]

    def offset(self, number: int, column: int = 0) -> int:
        """Return the offset of a place."""
        return self.starts[number] + column

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return self.document.span_between(start, end)

    def edit(self, start: int, end: int, text: str) -> TextEdit:
        """Return the edit that puts a text in place of what is between two offsets."""
        return self.document.edit(start, end, text)

    def with_lines(self, others: Mapping[int, str]) -> str:
        """Return the text with other lines, each as long, in place of some."""
        parts, end = [], 0
        for number in sorted(others):
            parts += [self.text[end : self.starts[number]], others[number]]
            end = self.starts[number] + len(others[number])
        return "".join([*parts, self.text[end:]])

    def indent(self, number: int) -> int:
        """Return a line's indentation; blank lines count as infinitely indented."""
        line = self.lines[number]
        return len(line) - len(line.lstrip(" \t")) if line.strip() else 1_000_000

    def above(self, number: int) -> int | None:
        """Return the nearest line above one that isn't blank; None where there is none."""
        return next((index for index in range(number - 1, -1, -1) if self.lines[index].strip()), None)

    def before(self, number: int) -> Iterator[Line]:
        """Yield the lines with a key from one upward, itself first."""
        for index in range(min(number, len(self.lines) - 1), -1, -1):
            if index in self.keys:
                yield self.keys[index]

    def is_in_text(self, offset: int) -> bool:
        """Return whether an offset is inside a text under ``>`` or ``|``, or in quotes, that was read."""
        start, end = self.document.extent(self.document.path_at(offset))
        return start < offset < end and self.text.startswith(("|", ">", '"', "'"), start)

    def top(self, number: int) -> Line | None:
        """Return the line with the key of the plan under which a line stands."""
        place = bisect_right(self.tops, number)
        return self.keys[self.tops[place - 1]] if place else None

    def block_start(self, number: int) -> Line | None:
        """Return the line with a dash and a key at which the block of a line begins."""
        return next((line for line in self.before(number) if line.dash >= 0), None)

    def block_end(self, head: Line) -> int:
        """Return the line after a block without what it holds: the next head, a key further left, ``actions:``.

        The entries of an action's ``progress`` are its own.
        """
        for number in range(head.number + 1, len(self.lines)):
            line = self.keys.get(number)
            if line and (line.column < head.left or line.key in ("actions", "measures")):
                return number
            if line and line.dash >= 0 and (line.dash <= head.left or line.key not in shape.KNOWN["entry"]):
                return number
        return len(self.lines)

    def kind(self, head: Line) -> str:
        """Return the kind of block that begins at a line, by its keys: action, measure, orientation, or empty."""
        stop = self.block_end(head)
        found = {self.keys[number].key for number in range(head.number, stop) if number in self.keys}
        if stop in self.keys and self.keys[stop].column >= head.left:  # the key of its list, and no block after it
            found.add(self.keys[stop].key)
        return next((kind for kind, own in shape.OWN.items() if not found.isdisjoint(own)), "")

    def usual_column(self, head: Line) -> int | None:
        """Return the column at which the keys of a block belong; None where its kind isn't known.

        Groups are at any depth: where a block is under the key of its list, and one of its keys under the
        first, it is where it belongs.
        """
        kind = self.kind(head)
        own = (self.keys.get(number) for number in range(head.number + 1, self.block_end(head) + 1))
        is_whole = any(line.column == head.column and line.dash < 0 for line in own if line)
        above = next((line for line in self.before(head.number - 1) if line.left < head.dash), None)
        listed = shape.LEVELS.get(above.key, "") if above else ""
        if kind and is_whole and (listed == kind or (listed in _GROUPS and kind in _GROUPS)):
            return head.column
        return self.columns.get(kind)

    def fitting_columns(self, line: Line) -> set[int]:
        """Return the columns at which a line's key may stand: where it does elsewhere, in a block above it."""
        columns = self._open_columns(line.number) & self._columns_of_key(line)
        columns = {column for column in columns if self._may_hold(line, column)}
        below = self.keys.get(line.number + 1)
        if line.dash >= 0 and below and below.dash < 0 and not self.has_tab(below):
            columns &= {below.column}
        return columns

    def right_column(self, line: Line) -> int | None:
        """Return the one column at which a key fits; None where it is there, or several fit."""
        columns = self.fitting_columns(line)
        return next(iter(columns - {line.column}), None) if len(columns) == 1 else None

    def has_tab(self, line: Line) -> bool:
        """Return whether a line is indented with a tab."""
        text = self.lines[line.number]
        return "\t" in text[: len(text) - len(text.lstrip(" \t-"))]

    def _open_columns(self, number: int) -> set[int]:
        """Return the columns of the keys of the blocks above a line that it may go on, or begin."""
        columns: set[int] = set()
        least = sys.maxsize
        for line in self.before(number - 1):
            if self.has_tab(line):
                continue
            if not columns and self.lines[line.number].rstrip().endswith(":"):
                columns |= {line.column + 2, line.column + 4}  # of a block or a list under it
            if line.column < least:
                columns.add(line.column)
                least = line.column if line.dash < 0 else line.dash + 1
        return columns

    def _may_hold(self, line: Line, column: int) -> bool:
        """Return whether the block above a line with its keys at a column knows the key, and lacks it so far."""
        if line.dash >= 0 or line.key not in shape.KEYS:
            return True
        kind = "" if column else "plan"
        for above in self.before(line.number - 1):
            if above.column < column:
                break
            if above.column == column:
                if above.key == line.key:
                    return False
                if above.dash >= 0:
                    kind = self.kind(above)
                    break
        return not kind or line.key in shape.KNOWN[kind]

    def _columns_of_key(self, line: Line) -> set[int]:
        """Return where other lines with a key have it; of a name that is declared, where most others are."""
        others = [other for other in self.keys.values() if other is not line and not self.has_tab(other)]
        found = {other.column for other in others if other.key == line.key}
        if found or line.key in shape.KEYS:
            return found
        top = self.top(line.number)
        below = (other for other in others if top and other.number > top.number)
        names = takewhile(lambda other: other.column > 0, below)
        usual = Counter(other.column for other in names if other.key not in shape.KEYS).most_common(1)
        return {column for column, _count in usual}

    def end(self, number: int, column: int) -> int:
        """Return the first line after one that isn't indented more than a column."""
        for index in range(number + 1, len(self.lines)):
            if self.indent(index) <= column:
                return index
        return len(self.lines)

    def _find_keys(self) -> Iterator[tuple[int, Line]]:
        """Yield each line that begins with a key of a plan, or any under ``shape.MAPPINGS``, by its number."""
        any_word = False
        for number, line in enumerate(self.lines):
            found = (_WORDS if any_word else _WORD).match(line) or _FIRST_KEY.match(line)
            if found is None:
                continue
            if not found.start("key") and found["key"] in shape.KNOWN["plan"]:
                any_word = found["key"] in shape.MAPPINGS
            if found["key"] in shape.KEYS or any_word or (found["dashes"] and line[found.end("key")] == ":"):
                yield number, _line(number, found)

    def _usual_columns(self) -> dict[str, int]:
        """Return the column at which the keys of each kind of block usually stand."""
        found = {}
        for kind, own in shape.OWN.items():
            columns = Counter(line.column for line in self.keys.values() if line.key in own)
            if columns:
                found[kind] = columns.most_common(1)[0][0]
        return found


def _line(number: int, found: re.Match[str]) -> Line:
    """Return the parts of a line; tabs go to multiples of eight, a dash and its space take two columns."""
    dash = len(found["indent"].expandtabs()) if found["dashes"] else -1
    column = dash + 2 if found["dashes"] in ("-", "-\t") else len(found.string[: found.start("key")].expandtabs())
    return Line(number, dash, column, found["key"].strip("\"'"))
