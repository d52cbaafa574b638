"""A YAML file that was read: plain data, and the place of every path in it.

Offsets, lines and columns count code points; a byte order mark is not part of the text.
"""

import re
from bisect import bisect_left, bisect_right
from codecs import BOM_UTF8
from collections.abc import Container, Iterator
from functools import cached_property
from typing import Any, Final, NamedTuple

from plancli.diagnostic import Finding, Part, TextEdit
from plancli.location import Path, Position, Span

BOM: Final = BOM_UTF8
_ASCII: Final = bytes(range(128))


class Node(NamedTuple):
    """A key or a value in the file: where it starts and ends (offsets; 0 where it isn't closed).

    ``parent`` is the list or mapping it is in, as its place among the nodes (-1: at the top), ``step`` its key
    or index there; a key and its value have the same. ``after`` is the place after all that is in it,
    0 where nothing can.
    """

    start: int
    end: int
    parent: int
    step: str | int
    is_key: bool
    after: int

    @property
    def is_scalar(self) -> bool:
        """Return whether it is a key, or a value in which nothing can stand."""
        return not self.after


class YamlError(NamedTuple):
    """A YAML syntax error in libyaml's words; ``context`` is what it was reading, and where that began."""

    problem: str
    offset: int
    context: str
    context_offset: int | None


class Document:
    """A YAML file that was read: its data, what YAML refused, and the place of every path.

    ``data`` is what was read up to ``stopped``, the offset where reading ended early (None: all was read).
    Of duplicate keys, the first is kept.
    """

    def __init__(self, source: bytes, name: str) -> None:
        self.name = name
        self.source = source
        self.data: Any = None
        self.findings: list[Finding] = []
        self.stopped: int | None = None
        self.yaml_error: YamlError | None = None
        self.plain_scalars: dict[str, Any] = {}
        """Each text without quotes, and the value it was resolved to."""
        self.parsed = source.removeprefix(BOM)
        """The bytes that were parsed."""
        self.is_empty = True
        """Whether no key and no value was read."""
        self.has_duplicates = False
        """Whether some mapping has a duplicate key."""
        self._shown: dict[int, str] = {}
        """The lines that were asked for: thousands of findings may be in one long line."""
        self._inside: dict[int, dict[tuple[str | int, bool], int]] = {}
        """The places of what is in a container, by step, as a key (True) and as a value."""

    def stop(self, finding: Finding, offset: int) -> None:
        """Record why and where reading ended early."""
        self.findings.append(finding)
        self.stopped = offset

    @property
    def has_bom(self) -> bool:
        """Return whether the file begins with a byte order mark."""
        return self.source.startswith(BOM)

    @cached_property
    def text(self) -> str:
        """Return the text without its byte order mark; bytes that aren't UTF-8 become U+FFFD."""
        return self.source.removeprefix(BOM).decode("utf-8", "replace")

    @cached_property
    def special_characters(self) -> frozenset[str]:
        """Return the characters of the text that aren't ASCII: to look for a rare one, ask this first."""
        return frozenset(self.source.removeprefix(BOM).translate(None, _ASCII).decode("utf-8", "replace"))

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line starts."""
        return [0, *(found.end() for found in re.finditer(r"\r\n?|\n", self.text))]

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset into the text."""
        line = bisect_right(self._lines, offset)
        return Position(line, offset - self._lines[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """Return the offset of a line and column."""
        return self._lines[position.line - 1] + position.column - 1

    def span_between(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return Span(self.position(start), self.position(end))

    def edit(self, start: int, end: int, text: str) -> TextEdit:
        """Return the edit that puts a text in place of what is between two offsets."""
        return TextEdit(self.span_between(start, end), text)

    def line(self, number: int) -> str:
        """Return a line of the text, 1-based, without its line break; empty past the end."""
        if not 1 <= number <= len(self._lines):
            return ""
        found = self._shown.get(number)
        if found is None:
            end = self._lines[number] if number < len(self._lines) else len(self.text)
            found = self._shown[number] = self.text[self._lines[number - 1] : end].rstrip("\r\n")
        return found

    @cached_property
    def nodes(self) -> list[Node]:
        """Return every key and value in the order of the file, which is read again for it the first time."""
        return _read_nodes(self.parsed, None if self.yaml_error else self.stopped)

    def _path_of(self, place: int) -> Path:
        steps: list[str | int] = []
        while self.nodes[place].parent >= 0:
            steps.append(self.nodes[place].step)
            place = self.nodes[place].parent
        return tuple(reversed(steps))

    def find(self, path: Path) -> tuple[Node | None, Node | None]:
        """Return the key and the value of a path, the first ones; None for what isn't there."""
        place, key, value = 0, None, self.nodes[0]
        for step in path:
            inside = self._standing_in(place)
            key, place = inside.get((step, True)), inside.get((step, False), -1)
            if place < 0:
                return (self.nodes[key], None) if key is not None else (None, None)
            value = self.nodes[place]
        return (None if key is None else self.nodes[key]), value

    def _standing_in(self, place: int) -> dict[tuple[str | int, bool], int]:
        found = self._inside.get(place)
        if found is None:
            found = self._inside[place] = {}
            at = place + 1
            while at < self.nodes[place].after:
                node = self.nodes[at]
                found.setdefault((node.step, node.is_key), at)
                at = node.after or at + 1
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [node.start for node in self.nodes]

    def extent(self, path: Path, part: Part = Part.VALUE) -> tuple[int, int]:
        """Return the offsets at which the text of a path starts and ends.

        The head of a mapping is its first key; a path that isn't in the data has the place of the nearest
        path above it that is. An empty value is placed at its key. A block scalar ends with its last visible
        character.
        """
        if not self.nodes:
            return 0, 0
        asked = path
        while not self.has(path) or self.find(path) == (None, None):
            path = path[:-1]
        data, (key, value) = self.at(path), self.find(path)
        if type(data) is dict and data and (path != asked or part is not Part.KEY):
            head, _value = self.find((*path, next(iter(data))))
            start, end = self._trim(head) if head else (0, 0)
            return (self._dash(start), end) if part is Part.DASH else (start, end)
        if key and (part is Part.KEY or value is None or value.start == value.end):
            return self._trim(key)
        return self._trim(value) if value else (0, 0)

    def span(self, path: Path, part: Part = Part.VALUE) -> Span:
        """Return the place of a path: its value, its key, or the first key of its block."""
        return self.span_between(*self.extent(path, part))

    def is_flow(self, path: Path) -> bool:
        """Return whether what is at a path is written inside brackets or braces."""
        around = (self.find(path[:length])[1] for length in range(len(path)))
        return any(node and not node.is_scalar and self.text[node.start] in "[{" for node in around)

    def path_at(self, offset: int) -> Path:
        """Return the path of the last node that starts before or at an offset; ``()`` if there is none."""
        found = bisect_right(self._starts, offset) - 1
        path = self._path_of(found) if found >= 0 else ()
        while not self.has(path):  # under a duplicate key
            path = path[:-1]
        return path

    def path_on(self, start: int, end: int) -> Path:
        """Return the path of the first node that starts in a stretch, or else of the last one before it."""
        first = bisect_left(self._starts, start)
        found = first < len(self._starts) and self._starts[first] < end
        return self.path_at(self._starts[first] if found else start)

    def scalars(self) -> Iterator[tuple[int, int, str]]:
        """Yield where each key and each scalar starts and ends, and how it is written, with its quotes."""
        for node in self.nodes:
            if node.is_scalar and node.start < node.end:
                yield node.start, node.end, self.text[node.start : node.end]

    def _dash(self, start: int) -> int:
        """Return where the dash is before the first key of a block, if only spaces are between them."""
        before = self.text[max(start - 100, 0) : start].rstrip(" ")
        return start - min(start, 100) + len(before) - 1 if before.endswith("-") else start

    def _trim(self, node: Node) -> tuple[int, int]:
        return node.start, node.start + len(self.text[node.start : node.end].rstrip())

    def has(self, path: Path) -> bool:
        """Return whether there is data at a path."""
        return not path or path[-1] in _steps(self.at(path[:-1]))

    def at(self, path: Path) -> Any:
        """Return the data of a path; None if there is none."""
        data = self.data
        for step in path:
            if step not in _steps(data):
                return None
            data = data[step]
        return data


def _steps(data: Any) -> Container[str | int]:
    """Return the keys of a mapping or the indexes of a list; none where nothing can stand."""
    return data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()


def _read_nodes(source: bytes, until: int | None) -> list[Node]:
    """Return every key and value in the order of their starts, up to an offset or as far as YAML can be read."""
    from yaml import CBaseLoader, events
    from yaml.error import YAMLError

    scalar, mapping, sequence = events.ScalarEvent, events.MappingStartEvent, events.SequenceStartEvent
    mapping_end, sequence_end, alias = events.MappingEndEvent, events.SequenceEndEvent, events.AliasEvent
    nodes: list[Any] = []  # a container is there as its start until it is closed
    opened: list[tuple[int, str | int | None, str | int]] = []  # the containers around: parent, next and own step
    names: dict[str, str] = {}  # each key is kept once
    parent: int = -1
    step: str | int | None = 0  # of the value that comes next; None where a key comes
    get: Any = CBaseLoader(source).get_event
    try:
        while True:
            event = get()
            kind = type(event)
            if kind is scalar or kind is mapping or kind is sequence:
                start = event.start_mark.index
                if (until is not None and start >= until) or (step is None and kind is not scalar):
                    break
                if step is None:
                    step = names.setdefault(event.value, event.value)
                    nodes.append(Node(start, event.end_mark.index, parent, step, True, 0))
                    continue
                own, step = step, step + 1 if type(step) is int else None
                if kind is scalar:
                    nodes.append(Node(start, event.end_mark.index, parent, own, False, 0))
                else:
                    nodes.append(start)
                    opened.append((parent, step, own))
                    parent, step = len(nodes) - 1, 0 if kind is sequence else None
            elif kind is mapping_end or kind is sequence_end:
                place = parent
                parent, step, own = opened.pop()
                nodes[place] = Node(nodes[place], event.end_mark.index, parent, own, False, len(nodes))
            elif kind is alias or kind is events.StreamEndEvent:
                break
    except YAMLError:  # the reading ended here, and who reads was told
        pass
    while opened:
        place = parent
        parent, step, own = opened.pop()
        nodes[place] = Node(nodes[place], 0, parent, own, False, len(nodes))
    return nodes


def paths_of(nodes: list[Node]) -> list[Path]:
    """Return the path of each node."""
    paths: list[Path] = []
    for node in nodes:
        paths.append((*paths[node.parent], node.step) if node.parent >= 0 else ())
    return paths
