"""A YAML file that was read: plain data, and the place of every path in it.

Offsets, lines and columns count code points; a byte order mark is not part of the text.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from functools import cached_property
from typing import Any, Final, NamedTuple

from plancli.diagnostic import Finding, Part
from plancli.location import Path, Position, Span
from plancli.plan.document.parser import read_ends

BOM: Final = b"\xef\xbb\xbf"


class Fault(NamedTuple):
    """Where YAML's grammar was left, in libyaml's words; ``context`` is what it was reading, and since where."""

    problem: str
    offset: int
    context: str
    context_offset: int | None


class Document:
    """A YAML file that was read: its data, what YAML refused, and the place of every path.

    ``data`` is what was read up to ``stopped``, the offset where reading ended early (None: all was read).
    Of a key that stands twice in a mapping, the first is kept.
    """

    def __init__(self, source: bytes, name: str) -> None:
        self.name = name
        self.source = source
        self.data: Any = None
        self.findings: list[Finding] = []
        self.stopped: int | None = None
        self.fault: Fault | None = None
        self.plain: dict[str, Any] = {}
        """Each text that stands without quotes, and the value it was taken for."""
        self.parsed = source.removeprefix(BOM)
        """What YAML was asked to read."""
        self.starts = array("I")
        """Where each node starts, keys and values, in the order of the file."""
        self.skipped: dict[int, int] = {}
        """Ordinal of a second key -> number of nodes it takes, its own included."""
        self.seconds: list[tuple[int, dict[str, Any], str]] = []
        """Each second key: its ordinal, the mapping it stands in, its name."""

    def stop(self, finding: Finding, offset: int) -> None:
        """Note why and where reading ended early."""
        self.findings.append(finding)
        self.stopped = offset

    @cached_property
    def ends(self) -> "array[int]":
        """Give where each node ends: it is read again for that, since nobody asks it of a plan without fault."""
        return read_ends(self.parsed, len(self.starts))

    @property
    def bom(self) -> bool:
        """Tell whether the file begins with a byte order mark."""
        return self.source.startswith(BOM)

    @cached_property
    def text(self) -> str:
        """Give the text without its byte order mark; bytes that aren't UTF-8 become U+FFFD."""
        return self.source.removeprefix(BOM).decode("utf-8", "replace")

    @cached_property
    def _lines(self) -> list[int]:
        breaks = [0]
        for offset, line in _line_ends(self.text):
            breaks.append(offset + line)
        return breaks

    def position(self, offset: int) -> Position:
        """Give the line and column of an offset into the text."""
        line = bisect_right(self._lines, offset)
        return Position(line, offset - self._lines[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """Give the offset of a line and column."""
        return self._lines[position.line - 1] + position.column - 1

    def stretch(self, start: int, end: int) -> Span:
        """Give the span between two offsets."""
        return Span(self.position(start), self.position(end))

    def line(self, number: int) -> str:
        """Give a line of the text, 1-based, without its line break; empty past the end."""
        if not 1 <= number <= len(self._lines):
            return ""
        found = self._shown.get(number)
        if found is None:
            end = self._lines[number] if number < len(self._lines) else len(self.text)
            found = self._shown[number] = self.text[self._lines[number - 1] : end].rstrip("\r\n")
        return found

    @cached_property
    def _shown(self) -> dict[int, str]:
        """The lines that were asked for: thousands of findings may stand in one long line."""
        return {}

    def extent(self, path: Path, part: Part = Part.VALUE) -> tuple[int, int]:
        """Give the offsets at which the text of a path starts and ends.

        The head of a mapping is its first key; a path that isn't in the data has the place of the nearest
        path above it that is. An empty value is placed at its key. A block scalar ends with its last visible
        character.
        """
        if not self.starts:
            return 0, 0
        path, missing = self._nearest(path)
        key, value = self._ordinals(path)
        data = self._at(path)
        if type(data) is dict and data and (missing or part is not Part.KEY):
            start, end = self._extent(next(iter(self._index(path).values()))[0])
            return (self._dash(start), end) if part is Part.DASH else (start, end)
        if key >= 0 and (part is Part.KEY or self.starts[value] == self.ends[value]):
            return self._extent(key)
        return self._extent(value)

    def span(self, path: Path, part: Part = Part.VALUE) -> Span:
        """Give the place of a path: its value, its key, or the first key of its block."""
        return self.stretch(*self.extent(path, part))

    def path_at(self, offset: int) -> Path:
        """Give the path of the innermost node that starts last before or at an offset; ``()`` if there is none."""
        path: Path = ()
        wanted = bisect_right(self.starts, offset) - 1
        while wanted > 0:
            firsts, steps = self._children(path)
            found = bisect_right(firsts, wanted) - 1
            if found < 0:
                return path
            path = (*path, steps[found])
        return path

    def _children(self, path: Path) -> tuple[list[int], list[str | int]]:
        """Give the ordinals of the children of a container, rising, and the step to each."""
        found = self._firsts.get(path)
        if found is None:
            index = self._index(path)
            found = [value if key < 0 else key for key, value in index.values()], list(index)
            self._firsts[path] = found
        return found

    @cached_property
    def _firsts(self) -> dict[Path, tuple[list[int], list[str | int]]]:
        return {}

    def path_on(self, start: int, end: int) -> Path:
        """Give the path of the first node that starts in a stretch, or else of the last one before it."""
        first = bisect_left(self.starts, start)
        found = first < len(self.starts) and self.starts[first] < end
        return self.path_at(self.starts[first] if found else start)

    def plain_nodes(self, texts: Container[str]) -> Iterator[tuple[int, int]]:
        """Give the extents of all nodes, keys and values, that stand without quotes and are one of ``texts``."""
        for ordinal in range(len(self.starts)):
            start, end = self.starts[ordinal], self.ends[ordinal]
            if start < end and self.text[start:end] in texts:
                yield start, end

    def quoted_nodes(self) -> Iterator[tuple[int, int]]:
        """Give the extents of all scalars in double quotes, their quotes included."""
        last = len(self.starts) - 1
        for ordinal in range(last + 1):
            start, end = self.starts[ordinal], self.ends[ordinal]
            block = (
                ordinal < last and self.starts[ordinal + 1] == start
            )  # a mapping begins where its first key does
            if end - start > 1 and not block and self.text[start] == '"':
                yield start, end

    def _dash(self, start: int) -> int:
        """Give where the dash stands before the first key of a block, if only spaces are between them."""
        before = self.text[max(start - 100, 0) : start].rstrip(" ")
        return start - min(start, 100) + len(before) - 1 if before.endswith("-") else start

    def _extent(self, ordinal: int) -> tuple[int, int]:
        start, end = self.starts[ordinal], self.ends[ordinal]
        if end <= start:
            return start, start
        return start, start + len(self.text[start:end].rstrip())

    def _nearest(self, path: Path) -> tuple[Path, bool]:
        for length in range(len(path), -1, -1):
            try:
                self._at(path[:length])
            except (KeyError, IndexError, TypeError):
                continue
            return path[:length], length < len(path)
        return (), bool(path)

    def at(self, path: Path) -> Any:
        """Give the data of a path; None if there is none."""
        try:
            return self._at(path)
        except (KeyError, IndexError, TypeError):
            return None

    def _at(self, path: Path) -> Any:
        data = self.data
        for step in path:
            if isinstance(data, str):
                raise TypeError(step)
            data = data[step]
        return data

    def _ordinals(self, path: Path) -> tuple[int, int]:
        key, value = -1, 0
        for length, step in enumerate(path):
            key, value = self._index(path[:length])[step]
        return key, value

    @cached_property
    def _indexes(self) -> dict[Path, dict[str | int, tuple[int, int]]]:
        return {}

    def _index(self, path: Path) -> dict[str | int, tuple[int, int]]:
        """Give the ordinals (of the key, -1 in a sequence; of the value) of each child of a container."""
        found = self._indexes.get(path)
        if found is None:
            found = {}
            data = self._at(path)
            ordinal = self._ordinals(path)[1] + 1
            if type(data) is dict:
                for name, value in data.items():
                    ordinal = self.pass_over(ordinal)
                    found[name] = (ordinal, ordinal + 1)
                    ordinal = self._after(value, ordinal + 1)
            elif type(data) is list:
                for name, value in enumerate(data):
                    found[name] = (-1, ordinal)
                    ordinal = self._after(value, ordinal)
            self._indexes[path] = found
        return found

    def pass_over(self, ordinal: int) -> int:
        """Give the ordinal, or that of the node after the second keys which stand there."""
        while ordinal in self.skipped:
            ordinal += self.skipped[ordinal]
        return ordinal

    def _after(self, data: object, ordinal: int) -> int:
        """Give the ordinal of the node that follows ``data``, whose own is ``ordinal``."""
        ordinal += 1
        if type(data) is dict:
            for value in data.values():
                ordinal = self._after(value, self.pass_over(ordinal) + 1)
            return self.pass_over(ordinal)
        if type(data) is list:
            for value in data:
                ordinal = self._after(value, ordinal)
        return ordinal


def _line_ends(text: str) -> Iterator[tuple[int, int]]:
    """Give the offset and the length of each line break: LF, CR LF, CR."""
    feed, carriage = text.find("\n"), text.find("\r")
    while feed >= 0 or carriage >= 0:
        if carriage < 0 or 0 <= feed < carriage:
            offset, length = feed, 1
        else:
            offset, length = carriage, 2 if feed == carriage + 1 else 1
        yield offset, length
        if 0 <= feed < offset + length:
            feed = text.find("\n", offset + length)
        if 0 <= carriage < offset + length:  # only a mark that was passed: each is looked for once
            carriage = text.find("\r", offset + length)
