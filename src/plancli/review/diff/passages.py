"""The words of a text that changed, with a few around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from plancli.review.diff.words import common

BEFORE, AFTER = 5, 10
"""How many words are kept around what changed."""


class Edit(StrEnum):
    """What became of a stretch of words."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


Piece = tuple[str, Edit]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text with its edits; joining what wasn't deleted gives the new text, spaces at its ends aside.

    ``starts`` and ``ends`` tell whether it begins and ends where the text does.
    """

    pieces: tuple[Piece, ...]
    starts: bool
    ends: bool


def passages(old: str, new: str) -> tuple[Passage, ...]:
    """Give the passages in which two texts differ; none if only spaces do."""
    olds, news = _tokens(old), _tokens(new)
    edits = _readable(_edits(olds, news), olds, news)
    return tuple(_passage(group, olds, news) for group in _grouped(edits))


class _Token(NamedTuple):
    """A word or sign, and the spaces before it; an elided article (``l'``) is a word."""

    space: str
    word: str


_Stretch = tuple[int, int, int, int]
"""Where an edit starts and ends in the old and in the new words."""


def _tokens(text: str) -> list[_Token]:
    import re

    return list(map(_Token._make, re.findall(r"(\s*)(\w+['’]?|[^\w\s])", text)))


def _edits(old: Sequence[_Token], new: Sequence[_Token]) -> list[_Stretch]:
    edits = []
    at = other = 0
    blocks = common([token.word for token in old], [token.word for token in new])
    for start, position, length in (*blocks, (len(old), len(new), 0)):
        if at < start or other < position:
            edits.append((at, start, other, position))
        at, other = start + length, position + length
    return edits


def _readable(edits: Sequence[_Stretch], old: Sequence[_Token], new: Sequence[_Token]) -> list[_Stretch]:
    """Make one edit of two that only a few letters hold apart: a stray ``de`` between them helps nobody.

    What is kept must be longer than what is edited on one side of it, else it is taken for edited too.
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


def _grouped(edits: Sequence[_Stretch]) -> Iterator[list[_Stretch]]:
    """Put together edits so near each other that the words around them would meet."""
    group: list[_Stretch] = []
    for edit in edits:
        if group and edit[2] - group[-1][3] > BEFORE + AFTER:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _passage(edits: Sequence[_Stretch], old: Sequence[_Token], new: Sequence[_Token]) -> Passage:
    start, end = max(edits[0][2] - BEFORE, 0), min(edits[-1][3] + AFTER, len(new))
    pieces: list[Piece] = []
    at, gap = start, ""
    for first, last, other, stop in edits:
        pieces.append((gap + _text(new[at:other]), Edit.KEPT))
        lead = (old[first:last] or new[other:stop])[0].space
        pieces.append((lead, Edit.KEPT))
        pieces.append((_text(old[first:last]).lstrip(), Edit.DELETED))
        pieces.append((_text(new[other:stop]).lstrip(), Edit.INSERTED))
        at = stop
        gap = old[last].space if last < len(old) and stop == 0 else ""  # what follows was not the first word
    pieces.append((gap + _text(new[at:end]), Edit.KEPT))
    return Passage(tuple(_joined(pieces)), start == 0, end == len(new))


def _text(tokens: Sequence[_Token]) -> str:
    return "".join(token.space + token.word for token in tokens)


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Join kept pieces in a row, drop empty ones, and the spaces at the ends."""
    found: list[Piece] = []
    for text, edit in pieces:
        if found and found[-1][1] is edit is Edit.KEPT:
            found[-1] = (found[-1][0] + text, edit)
        elif text:
            found.append((text, edit))
    if found and found[0][1] is Edit.KEPT:
        found[0] = (found[0][0].lstrip(), Edit.KEPT)
    if found and found[-1][1] is Edit.KEPT:
        found[-1] = (found[-1][0].rstrip(), Edit.KEPT)
    return [piece for piece in found if piece[0]]
