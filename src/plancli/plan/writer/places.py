"""Where the entries of a plan stand: in the file they were read from, and in the canonical layout."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from plancli.location import Path
from plancli.plan.document import Document
from plancli.plan.writer.layout import Line


class Token(NamedTuple):
    """A scalar in the file: where it starts and ends (offsets), the path of its key or value."""

    start: int
    end: int
    path: Path
    is_key: bool


class Place(NamedTuple):
    """The lines of an entry in the layout: the first, the last, the column where it starts (0-based)."""

    path: Path
    first: int
    last: int
    column: int


def tokens(document: Document) -> list[Token]:
    """Give every scalar of a document, in order; only the first, if no ``#`` stands after it."""
    if len(document.starts) > 1 and document.text.find("#", document.starts[1]) < 0:
        return [Token(document.starts[1], len(document.text), (next(iter(document.data)),), True)]
    found: list[Token] = []

    def add(ordinal: int, path: Path, is_key: bool) -> None:
        found.append(Token(document.starts[ordinal], document.ends[ordinal], path, is_key))

    def walk(data: object, ordinal: int, path: Path) -> int:
        if isinstance(data, dict):
            ordinal += 1
            for key, value in data.items():
                ordinal = document.pass_over(ordinal)
                add(ordinal, (*path, key), True)
                ordinal = walk(value, ordinal + 1, (*path, key))
            return document.pass_over(ordinal)
        if isinstance(data, list):
            ordinal += 1
            for index, value in enumerate(data):
                ordinal = walk(value, ordinal, (*path, index))
            return ordinal
        add(ordinal, path, False)
        return ordinal + 1

    walk(document.data, 0, ())
    return found


def comment_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give where each comment between two scalars starts and ends: only punctuation stands there besides."""
    mark = text.find("#", start, end)
    while mark >= 0:
        stop = line_end(text, mark)
        yield mark, stop
        mark = text.find("#", stop, end)


def line_end(text: str, offset: int) -> int:
    """Give the offset of the next line break, or of the end of the text."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    lone = text.find("\r", offset, end)
    return end if lone < 0 else lone


class Places:
    """The entries of a document, and the places they have in lines laid out from ``data``.

    ``data`` may have come of the document's: blocks are known by their number, not by how many stand before them.
    """

    def __init__(self, document: Document, stream: list[Token], data: Any, lines: Sequence[Line]) -> None:
        self.document = document
        self._names = _Names(document.data)
        self._laid_out = _laid_out(_Names(data), lines)
        self._known: dict[Path, Place] = {(): Place((), 0, max(len(lines) - 1, 0), 0)}
        self._columns: dict[Path, int] = {}
        self._starts: dict[Path, int] = {}
        end = 0
        for token in stream:
            if token.is_key:
                self._starts[token.path] = token.start
                self._columns[token.path] = document.position(token.start).column - 1
                self._note_dash(end, token.start, token.path[:-1])
            else:
                self._note_dash(end, token.start, token.path)
            end = token.end

    def _note_dash(self, start: int, end: int, item: Path) -> None:
        """Note the dash before the first scalar of an item of a list."""
        if not item or not isinstance(item[-1], int) or item in self._starts:
            return
        gap = list(self.document.text[start:end])
        for mark, stop in comment_spans(self.document.text, start, end):
            gap[mark - start : stop - start] = " " * (min(stop, end) - mark)
        dash = "".join(gap).rfind("-")
        if dash >= 0:
            self._starts[item] = start + dash
            self._columns[item] = self.document.position(start + dash).column - 1

    def entry(self, path: Path) -> Place:
        """Give the place of a path, or of the nearest path above it that has lines of its own."""
        if path not in self._known:
            place = self._laid_out.get(self._names.of(path))
            self._known[path] = place._replace(path=path) if place else self.entry(path[:-1])
        return self._known[path]

    def starts_from(self, path: Path, offset: int) -> bool:
        """Tell whether the key of an entry stands at an offset of the document or after it."""
        return self._starts.get(path, -1) >= offset

    def block(self, token: Token, offset: int) -> Path:
        """Give what begins with a scalar: the item of a list, if its dash stands after ``offset``, or an entry."""
        item = token.path[:-1]
        return item if token.is_key and item and self._starts.get(item, -1) >= offset else token.path

    def owner(self, before: Token, column: int, after: Token | None, offset: int) -> Path | None:
        """Give what a comment at ``column`` belongs to of what stands before it: the deepest not further in.

        None, when the comment isn't further in than what comes after it.
        """
        limit = -1 if after is None else self._columns.get(self.block(after, offset), 0)
        if limit >= column >= 0:
            return None
        for length in range(len(before.path), 0, -1):
            path = before.path[:length]
            if limit <= self._columns.get(path, -2) <= column and self.entry(path).path == path:
                return path
        return before.path[:1] if after is None else None

    def ends(self, path: Path, after: Token | None, offset: int) -> bool:
        """Tell whether a block ends before what comes next, which is then less far in."""
        return after is None or self._columns.get(path, 0) > self._columns.get(self.block(after, offset), 0)


def _laid_out(names: "_Names", lines: Sequence[Line]) -> dict[Path, Place]:
    found: dict[Path, Place] = {}
    lasts: dict[Path, int] = {}
    for index, line in enumerate(lines):
        stable = names.of(line.path)
        for length in range(1, len(stable) + 1):
            path = stable[:length]
            lasts[path] = index
            if path not in found:
                dash = 2 if line.text.startswith("- ") and length == len(stable) else 0
                found[path] = Place(line.path[:length], index, index, line.indent + dash)
    return {path: place._replace(last=lasts[path]) for path, place in found.items()}


class _Names:
    """Paths with numbers in place of indexes, where blocks have numbers."""

    def __init__(self, data: Any) -> None:
        self.data = data
        self._known: dict[Path, tuple[Path, Any]] = {(): ((), data)}

    def of(self, path: Path) -> Path:
        """Give ``("orientations", "1/0", "title")`` for ``("orientations", 0, "title")``.

        The second number counts the blocks before it that have the same.
        """
        return self._step(path)[0]

    def _step(self, path: Path) -> tuple[Path, Any]:
        if path not in self._known:
            above, data = self._step(path[:-1])
            if isinstance(data, list):
                counts: dict[Any, int] = {}
                for index, item in enumerate(data):
                    number = item.get("number") if isinstance(item, dict) else None
                    same = counts[number] = counts.get(number, -1) + 1
                    self._known[*path[:-1], index] = ((*above, f"{number}/{same}"), item)
            elif isinstance(data, dict) and path[-1] in data:
                self._known[path] = ((*above, path[-1]), data[path[-1]])
            else:
                self._known[path] = ((*above, path[-1]), None)
        return self._known[path]
