"""Differences of texts: the passages that changed of one, and a diff line by line."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from plancli.review.diff.sequences import matching_blocks

BEFORE, AFTER = 5, 10
"""How many words are kept around what changed."""


class PieceKind(StrEnum):
    """What happened to some words."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


Piece = tuple[str, PieceKind]


class Passage(NamedTuple):
    """A part of a text with its edits; joining what wasn't deleted gives the new text, spaces at its ends aside.

    ``starts`` and ``ends``: whether it begins and ends where the text does.
    """

    pieces: tuple[Piece, ...]
    starts: bool
    ends: bool


def passages(old: str, new: str) -> tuple[Passage, ...]:
    """Return the passages in which two texts differ; none if only spaces do."""
    olds, news = _tokens(old), _tokens(new)
    words = ([token.word for token in side] for side in (olds, news))
    edits = _readable(_edits(*words), olds, news)
    return tuple(_passage(group, olds, news) for group in _grouped(edits, BEFORE + AFTER))


class _Token(NamedTuple):
    """A word or sign, and the spaces before it; an elided article (``l'``) is a word."""

    space: str
    word: str


_Stretch = tuple[int, int, int, int]
"""Where an edit starts and ends in the old and in the new words or lines."""


def _tokens(text: str) -> list[_Token]:
    return list(map(_Token._make, re.findall(r"(\s*)(\w+['’]?|[^\w\s])", text)))


def _edits(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[_Stretch]:
    edits = []
    at = other = 0
    for start, position, length in (*matching_blocks(old, new), (len(old), len(new), 0)):
        if at < start or other < position:
            edits.append((at, start, other, position))
        at, other = start + length, position + length
    return edits


def _readable(edits: Sequence[_Stretch], old: Sequence[_Token], new: Sequence[_Token]) -> list[_Stretch]:
    """Return the edits, with those joined that only a few unchanged letters separate: a ``de`` helps nobody.

    Unchanged words must be longer than the edit on one side of them, else they are taken for edited too.
    """

    def size(edit: _Stretch) -> int:
        start, end, other, stop = edit
        return max(
            sum(len(token.word) for token in old[start:end]), sum(len(token.word) for token in new[other:stop])
        )

    found: list[_Stretch] = []
    for edit in edits:
        if found:
            before = found[-1]
            kept = sum(len(token.word) for token in old[before[1] : edit[0]])
            if kept <= size(before) and kept <= size(edit):
                found[-1] = (before[0], edit[1], before[2], edit[3])
                continue
        found.append(edit)
    return found


def _grouped(edits: Iterable[_Stretch], most: int) -> list[list[_Stretch]]:
    """Return the edits in groups: at most so many words or lines lie between two of one group."""
    groups: list[list[_Stretch]] = []
    for edit in edits:
        if groups and edit[0] - groups[-1][-1][1] <= most:
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups


def _passage(edits: Sequence[_Stretch], old: Sequence[_Token], new: Sequence[_Token]) -> Passage:
    start, end = max(edits[0][2] - BEFORE, 0), min(edits[-1][3] + AFTER, len(new))
    pieces: list[Piece] = []
    at, gap = start, ""
    for first, last, other, stop in edits:
        pieces.append((gap + _text(new[at:other]), PieceKind.KEPT))
        lead = (old[first:last] or new[other:stop])[0].space
        pieces.append((lead, PieceKind.KEPT))
        pieces.append((_text(old[first:last]).lstrip(), PieceKind.DELETED))
        pieces.append((_text(new[other:stop]).lstrip(), PieceKind.INSERTED))
        at = stop
        gap = old[last].space if last < len(old) and stop == 0 else ""  # what follows was not the first word
    pieces.append((gap + _text(new[at:end]), PieceKind.KEPT))
    return Passage(tuple(_joined(pieces)), start == 0, end == len(new))


def _text(tokens: Sequence[_Token]) -> str:
    return "".join(token.space + token.word for token in tokens)


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with kept ones joined, without empty ones and without spaces at the ends."""
    found: list[Piece] = []
    for text, edit in pieces:
        if found and found[-1][1] is edit is PieceKind.KEPT:
            found[-1] = (found[-1][0] + text, edit)
        elif text:
            found.append((text, edit))
    if found and found[0][1] is PieceKind.KEPT:
        found[0] = (found[0][0].lstrip(), PieceKind.KEPT)
    if found and found[-1][1] is PieceKind.KEPT:
        found[-1] = (found[-1][0].rstrip(), PieceKind.KEPT)
    return [piece for piece in found if piece[0]]


CONTEXT: Final = 3
"""The lines of context around a change, as diff has them."""


def unified(old: Sequence[str], new: Sequence[str], name: str) -> Iterator[str]:
    """Yield the lines of a unified diff (POSIX), as ``patch`` takes it; none if nothing differs.

    difflib isn't used: its time grows with the square of many small changes.
    """
    groups = _grouped(_edits(old, new), 2 * CONTEXT)
    if groups:
        yield f"--- {name}\n"
        yield f"+++ {name}\n"
    for group in groups:
        yield from _hunk(group, old, new)


def _hunk(edits: list[_Stretch], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
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
