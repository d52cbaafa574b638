"""Comments: the entry each is at, and the same comments among the lines of the canonical layout.

libyaml drops comments. Between its scalars nothing but punctuation can stand, so there a ``#`` begins a comment.
"""

import re
from collections.abc import Callable, Iterator
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from plancli.location import Path
from plancli.plan.document import Document, paths_of
from plancli.plan.writer.canonical import PlanLine


class Side(Enum):
    """On which side of an entry a comment stands."""

    ABOVE = "above"
    BESIDE = "beside"
    BELOW = "below"


class Comment(NamedTuple):
    """A comment from its ``#`` on, its line (1-based), and the entry it is at (``()``: the file's top)."""

    text: str
    line: int
    path: Path
    side: Side


class _Scalar(NamedTuple):
    """A key or a value in the file: where it starts and ends (offsets), and its path."""

    start: int
    end: int
    path: Path
    is_key: bool


_COMMENT = re.compile(r"#[^\r\n]*")
_HEAD = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*+")
_LINE_END = re.compile(r"[\r\n]|\Z")


def comments(document: Document) -> list[Comment]:
    """Return every comment in the order of the document."""
    return list(_comments(document)) if "#" in document.text else []


def annotate(lines: list[PlanLine], find: Callable[[Path, Side], list[str]]) -> Iterator[PlanLine]:
    """Put comments among lines; ``find`` returns those of an entry on one side."""
    yield from (PlanLine((), 0, text) for text in find((), Side.ABOVE))
    lasts = {line.path[:length]: at for at, line in enumerate(lines) for length in range(1, len(line.path) + 1)}
    indents: dict[Path, int] = {}
    for at, line in enumerate(lines):
        beside: list[str] = []
        for length in range(1, len(line.path) + 1):
            path = line.path[:length]
            if path in indents:
                continue
            dash = 2 if line.text.startswith("- ") and length == len(line.path) else 0
            indents[path] = line.indent + dash
            own, *others = find(path, Side.BESIDE) or [""]
            yield from (PlanLine((), line.indent, text) for text in (*find(path, Side.ABOVE), *others))
            beside += [own] if own else []
        yield line._replace(text="  ".join([line.text, *beside])) if beside else line
        for length in range(len(line.path), 0, -1):
            path = line.path[:length]
            if lasts[path] == at:
                yield from (PlanLine((), indents[path], text) for text in find(path, Side.BELOW))


def _comments(document: Document) -> Iterator[Comment]:
    text = document.text
    head = _HEAD.match(text)
    if head and text.find("#", head.end()) < 0:  # so it is in most plans, and then no place is asked for
        for found in _COMMENT.finditer(text, 0, head.end()):
            yield Comment(found[0].rstrip(), document.position(found.start()).line, (), Side.ABOVE)
        return
    places = zip(document.nodes, paths_of(document.nodes), strict=True)
    scalars = [_Scalar(node.start, node.end, path, node.is_key) for node, path in places if node.is_scalar]
    begins = _beginnings(document, scalars)
    for before, after in pairwise([None, *scalars, None]):
        start = before.end if before else 0
        stretches = [(start, after.start if after else len(text))]
        if before and before.end > before.start and text.startswith((">", "|"), before.start):
            header = _LINE_END.search(text, before.start)
            assert header
            stretches.insert(0, (before.start, min(before.end, header.start())))
        gap = _Between(document, begins, before, after)
        for stretch in stretches:
            if text.find("#", *stretch) >= 0:
                for found in _COMMENT.finditer(text, *stretch):
                    line = document.position(found.start()).line
                    yield Comment(found[0].rstrip(), line, *gap.place(found))


def _beginnings(document: Document, scalars: list[_Scalar]) -> dict[Path, int]:
    """Return where each entry begins: its key, or the dash of an item of a list."""
    found: dict[Path, int] = {}
    end = 0
    for scalar in scalars:
        item = scalar.path[:-1] if scalar.is_key else scalar.path
        if item and isinstance(item[-1], int) and item not in found:
            gap = _COMMENT.sub(lambda comment: " " * len(comment[0]), document.text[end : scalar.start])
            if "-" in gap:
                found[item] = end + gap.rindex("-")
        if scalar.is_key:
            found[scalar.path] = scalar.start
        end = scalar.end
    return found


class _Between:
    """The gap between two scalars: finds, for each comment there in order, the entry it belongs to."""

    def __init__(
        self, document: Document, begins: dict[Path, int], before: _Scalar | None, after: _Scalar | None
    ) -> None:
        self._document, self._begins = document, begins
        self._before, self._after = before, after
        self._lowest: Path | None = ()  # what the last comment ends; None after one that ends nothing

    def place(self, found: re.Match[str]) -> tuple[Path, Side]:
        """Return the entry that a comment belongs to, and on which side of it it stands."""
        before, after = self._before, self._after
        if before is None:
            return (), Side.ABOVE
        entry = self._entry(before.path)
        column = self._document.position(found.start()).column - 1
        line = found.start() - column
        lead = found.string[line : found.start()].strip()
        if lead and (before.end > line or found.start() < before.end):
            own = entry == before.path or self._begins.get(entry, -1) >= line
            return entry, Side.BESIDE if own else Side.ABOVE
        if (after and self._entry(after.path) == entry) or lead[:1] in ("]", "}"):
            return entry, Side.ABOVE
        following = self._following(found.end())
        owner = None
        if self._lowest is not None and lead in ("", "..."):
            owner = self._owner(0 if lead else column, following)
        if owner is None:
            self._lowest = None
            return self._entry(following) if following is not None else entry, Side.ABOVE
        if following is not None and self._column(owner, 0) <= self._column(following, 0):
            return self._entry(owner), Side.ABOVE
        self._lowest = self._lowest if self._lowest and len(self._lowest) < len(owner) else owner
        return self._entry(self._lowest), Side.BELOW

    def _entry(self, path: Path) -> Path:
        """Return a path, or the nearest above it that has a line of its own in the canonical layout."""
        while path and isinstance(path[-1], int) and not isinstance(self._document.at(path), dict):
            path = path[:-1]
        return path

    def _column(self, path: Path, default: int) -> int:
        begin = self._begins.get(path)
        return default if begin is None else self._document.position(begin).column - 1

    def _following(self, offset: int) -> Path | None:
        """Return the entry that begins after the gap, or the item of a list if its dash is past ``offset``."""
        if self._after is None:
            return None
        item = self._after.path[:-1]
        return item if self._after.is_key and item and self._begins.get(item, -1) >= offset else self._after.path

    def _owner(self, column: int, following: Path | None) -> Path | None:
        """Return the entry that a comment at ``column`` ends: the deepest one before it that is no further in.

        None, when the comment isn't further in than what comes after it.
        """
        assert self._before
        limit = -1 if following is None else self._column(following, 0)
        if limit < column:
            for length in range(len(self._before.path), 0, -1):
                path = self._before.path[:length]
                if limit <= self._column(path, -2) <= column and self._entry(path) == path:
                    return path
        return self._before.path[:1] if following is None else None
