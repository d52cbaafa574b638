"""A plan file cut into slices: the raw lines of each entry, and the comments and blank lines around it.

Put together again in order, slices are the file. Only block style can be cut: an entry a line, nothing beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from plancli.diagnostic import Part
from plancli.location import Path
from plancli.plan.document import Document
from plancli.plan.model import Plan

Lines = tuple[str, ...]


class Uncut(Exception):
    """The file can't be cut into slices; nothing is wrong with it."""


class Slice(NamedTuple):
    """An entry: what stands above it, its own lines (of a container the first, without the dash of a list), the
    comments under it that are further in than what follows; ``comments`` are those beside its own lines."""

    above: Lines
    lines: Lines
    below: Lines
    comments: Lines


@dataclass(frozen=True, slots=True)
class Sheet:
    """A plan file in slices, by path; ``columns`` is where each kind of entry stands, dashes too."""

    data: Any
    plan: Plan
    slices: dict[Path, Slice]
    columns: dict[Path, int]
    tail: Lines

    def at(self, path: Path) -> Any:
        """Give the data of a path."""
        data = self.data
        for step in path:
            data = data[step]
        return data


class _Entry(NamedTuple):
    path: Path
    first: int
    last: int
    column: int
    dash: int


DASH = "-"


def kind(path: Path) -> Path:
    """Give the path without what tells one item of a list, one code, from another."""
    wild = len(path) > 1 and path[0] in ("directorates", "glossary")
    return tuple("*" if isinstance(step, int) or (wild and at == 1) else step for at, step in enumerate(path))


def is_container(value: object) -> bool:
    """Tell whether a value has entries of its own: a mapping, or a list of mappings."""
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def cut(document: Document, plan: Plan) -> Sheet:
    """Cut a plan file into slices; raise Uncut where an entry doesn't have its lines for itself."""
    from plancli.plan.writer.comments import comments

    text = document.text
    if "\r" in text or "\f" in text:
        raise Uncut
    lines = text.removesuffix("\n").split("\n")
    beside: dict[int, list[str]] = {}
    for comment in comments(document):
        beside.setdefault(comment.line, []).append(comment.text)
    entries = list(_entries(document, document.data, (), -1))
    slices: dict[Path, Slice] = {}
    columns: dict[Path, int] = {}
    above: Lines = tuple(lines[: entries[0].first - 1])
    tail: Lines = ()
    for at, entry in enumerate(entries):
        following = entries[at + 1] if at + 1 < len(entries) else None
        gap = lines[entry.last : following.first - 1 if following else len(lines)]
        limit = (following.dash if following.dash >= 0 else following.column) if following else 0
        below, rest = _part(gap, limit)
        own = lines[entry.first - 1 : entry.last]
        _note_columns(columns, entry)
        if entry.dash >= 0:
            own[0] = f"{own[0][: entry.dash]} {own[0][entry.dash + 1 :]}"
        found = [text for line in range(entry.first, entry.last + 1) for text in beside.get(line, ())]
        slices[entry.path] = Slice(above, tuple(own), below, tuple(found))
        if following:
            _refuse_content(gap)
            above = rest
        else:
            tail = rest
    return Sheet(document.data, plan, slices, columns, tail)


def _note_columns(columns: dict[Path, int], entry: _Entry) -> None:
    places = [(kind(entry.path), entry.column)]
    if entry.dash >= 0:
        places.append(((*kind(entry.path[:-1]), DASH), entry.dash))
    for place, column in places:
        if columns.setdefault(place, column) != column:
            raise Uncut


def _refuse_content(gap: list[str]) -> None:
    for line in gap:
        if line.strip() and not line.lstrip().startswith("#"):
            raise Uncut


def _part(gap: list[str], limit: int) -> tuple[Lines, Lines]:
    """Part the lines between two entries: the comments further in than the next, and the rest."""
    end = 0
    for at, line in enumerate(gap):
        if not line.strip():
            continue
        if len(line) - len(line.lstrip(" ")) <= limit or not line.lstrip().startswith("#"):
            break
        end = at + 1
    return tuple(gap[:end]), tuple(gap[end:])


def _entries(document: Document, data: Any, path: Path, dash: int) -> Iterator[_Entry]:
    """Give the entries of a mapping or a list, those inside them included, in the order of the file."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            start = document.extent((*path, index), Part.HEAD)[0]
            lead = _lead(document, start)
            if not re.fullmatch(r" *- +", lead) or not item:
                raise Uncut
            yield from _entries(document, item, (*path, index), lead.index("-"))
        return
    for at, (name, value) in enumerate(data.items()):
        here = (*path, name)
        start, end = document.extent(here, Part.KEY)
        place = document.position(start)
        own = dash if at == 0 else -1
        if own < 0 and _lead(document, start).strip():
            raise Uncut
        last = place.line
        if is_container(value) and value:
            if not re.fullmatch(r" *:\s*(#.*)?", document.line(place.line)[place.column - 1 + end - start :]):
                raise Uncut
        else:
            last = document.position(max(document.extent(here, Part.VALUE)[1] - 1, start)).line
        yield _Entry(here, place.line, last, place.column - 1, own)
        if is_container(value):
            yield from _entries(document, value, here, -1)


def _lead(document: Document, offset: int) -> str:
    """Give what stands before an offset on its line."""
    place = document.position(offset)
    return document.text[offset - place.column + 1 : offset]
