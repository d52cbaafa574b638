"""A difference line by line, in time that grows with the files: difflib takes the square of many small changes."""

from collections.abc import Iterator, Sequence
from typing import Final

from plancli.review.diff.words import common

CONTEXT: Final = 3
"""Lines that are shown around a change, as diff does."""

_Edit = tuple[int, int, int, int]
"""A change: where its lines start and end before, and after."""


def unified(old: Sequence[str], new: Sequence[str], name: str) -> Iterator[str]:
    """Give the lines of a unified diff (POSIX), as ``patch`` takes it; nothing where there is no difference."""
    groups = _grouped(_edits(old, new))
    if groups:
        yield f"--- {name}\n"
        yield f"+++ {name}\n"
    for group in groups:
        yield from _hunk(group, old, new)


def _edits(old: Sequence[str], new: Sequence[str]) -> Iterator[_Edit]:
    at = other = 0
    for start, stop, length in (*common(old, new), (len(old), len(new), 0)):
        if at < start or other < stop:
            yield at, start, other, stop
        at, other = start + length, stop + length


def _grouped(edits: Iterator[_Edit]) -> list[list[_Edit]]:
    """Put together changes between which no line would be left out."""
    groups: list[list[_Edit]] = []
    for edit in edits:
        if groups and edit[0] - groups[-1][-1][1] <= 2 * CONTEXT:
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups


def _hunk(edits: list[_Edit], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    lead = min(edits[0][0], CONTEXT)
    tail = min(len(old) - edits[-1][1], CONTEXT)
    start, end = edits[0][0] - lead, edits[-1][1] + tail
    other, stop = edits[0][2] - lead, edits[-1][3] + tail
    yield f"@@ -{_range(start, end)} +{_range(other, stop)} @@\n"
    at = start
    for first, last, begin, finish in edits:
        yield from _signed(" ", old[at:first])
        yield from _signed("-", old[first:last])
        yield from _signed("+", new[begin:finish])
        at = last
    yield from _signed(" ", old[at:end])


def _signed(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"


def _range(start: int, end: int) -> str:
    length = end - start
    return str(end) if length == 1 else f"{start + 1 if length else start},{length}"
