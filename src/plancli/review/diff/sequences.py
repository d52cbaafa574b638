"""What two sequences have in common and how they differ, and from it the differences of texts.

Of words: the passages that changed. Of lines: a unified diff. The work is bounded, whatever the texts.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple, TypeVar

T = TypeVar("T")

CommonRun = tuple[int, int, int]
"""Where a common run starts on either side, and its length."""

Stretch = tuple[int, int, int, int]
"""Where an edit starts and ends in the old and in the new sequence."""

LIMIT = 4_000_000
"""The largest product of both lengths for which the longest common subsequence is computed."""


def without(some: Iterable[T], keys: Iterable[Hashable], others: Iterable[Hashable]) -> list[T]:
    """Return the items whose key isn't in ``others``; each of ``others`` cancels one item."""
    left = Counter(others)
    found = []
    for each, key in zip(some, keys, strict=True):
        if left[key]:
            left[key] -= 1
        else:
            found.append(each)
    return found


def matching_blocks(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[CommonRun]:
    """Return the common runs, in order: those of the longest common subsequence, as far as the work allows.

    Past ``LIMIT`` both sides are split at words that occur once on either side; where there are none, only a
    common beginning and end count.
    """
    blocks: list[CommonRun] = []
    for start, other, end, stop in _parts(old, new):
        found = _within(old[start:end], new[other:stop])
        blocks += [(start + at, other + there, length) for at, there, length in found]
    return _joined_runs(blocks)


def edits(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Stretch]:
    """Return the edits, in order: all that lies between the common runs."""
    found = []
    at = other = 0
    for start, position, length in (*matching_blocks(old, new), (len(old), len(new), 0)):
        if at < start or other < position:
            found.append((at, start, other, position))
        at, other = start + length, position + length
    return found


def grouped(stretches: Iterable[Stretch], most: int) -> list[list[Stretch]]:
    """Return edits in groups: at most so many unchanged items lie between two of one group."""
    groups: list[list[Stretch]] = []
    for stretch in stretches:
        if groups and stretch[0] - groups[-1][-1][1] <= most:
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    return groups


def _parts(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
    """Yield pairs of parts, split at anchors where the sides are too long: (start, other, end, stop)."""
    head, tail = _common_ends(old, new)
    end, stop = len(old) - tail, len(new) - tail
    start = other = 0
    if (end - head) * (stop - head) > LIMIT:
        for index, position in _anchors(old[head:end], new[head:stop]):
            yield start, other, head + index, head + position
            start, other = head + index, head + position
    yield start, other, len(old), len(new)


def _within(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[CommonRun]:
    """Yield the common runs of two parts."""
    head, tail = _common_ends(old, new)
    end, stop = len(old) - tail, len(new) - tail
    if head:
        yield 0, 0, head
    if head < end and head < stop and (end - head) * (stop - head) <= LIMIT:
        for index, position in _longest(old[head:end], new[head:stop]):
            yield head + index, head + position, 1
    if tail:
        yield end, stop, tail


def _common_ends(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    """Return the lengths of the common beginning and end of two parts."""
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _longest(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the pairs of a longest common subsequence, computed bit-parallel.

    A word of the shorter side is a bit, a word of the longer one a row; the recurrence is Hyyrö's (2004): a zero
    bit is where the subsequence grows.
    """
    if len(old) > len(new):
        return [(index, position) for position, index in _longest(new, old)]
    places: dict[Hashable, int] = {}
    for index, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << index
    full = row = (1 << len(old)) - 1
    rows = []
    for word in new:
        hits = row & places.get(word, 0)
        row = ((row + hits) | (row - hits)) & full
        rows.append(row)
    pairs = []
    index, position = len(old), len(new)
    while index and position:
        if rows[position - 1] >> index - 1 & 1:
            index -= 1
            continue
        position -= 1
        if not position or rows[position - 1] >> index - 1 & 1:
            index -= 1
            pairs.append((index, position))
    return pairs[::-1]


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the words that occur once on either side, as many as are in the same order."""
    once = {word for word, count in Counter(old).items() if count == 1}
    places = {word: index for index, word in enumerate(old) if word in once}
    counts = Counter(new)
    pairs = [(places[word], at) for at, word in enumerate(new) if word in places and counts[word] == 1]
    return _longest_rise(pairs)


def _longest_rise(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence of pairs, sorted by their second place, whose first places rise."""
    lowest: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (place, _at) in enumerate(pairs):
        length = bisect_left(lowest, place)
        before.append(last[length - 1] if length else -1)
        if length == len(lowest):
            lowest.append(place)
            last.append(index)
        else:
            lowest[length], last[length] = place, index
    found = []
    index = last[-1] if last else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _joined_runs(blocks: list[CommonRun]) -> list[CommonRun]:
    joined: list[CommonRun] = []
    for start, other, length in blocks:
        if joined and joined[-1][0] + joined[-1][2] == start and joined[-1][1] + joined[-1][2] == other:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + length)
        else:
            joined.append((start, other, length))
    return joined


BEFORE, AFTER = 5, 10
"""How many words are kept around what changed."""


class PieceKind(StrEnum):
    """The kinds of pieces: words that are kept, deleted or inserted."""

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
    changed = _readable(edits(*words), olds, news)
    return tuple(_passage(group, olds, news) for group in grouped(changed, BEFORE + AFTER))


class _Token(NamedTuple):
    """A word or sign, and the spaces before it; an elided article (``l'``) is a word."""

    space: str
    word: str


def _tokens(text: str) -> list[_Token]:
    return list(map(_Token._make, re.findall(r"(\s*)(\w+['’]?|[^\w\s])", text)))


def _readable(stretches: Sequence[Stretch], old: Sequence[_Token], new: Sequence[_Token]) -> list[Stretch]:
    """Return the edits, with those joined that only a few unchanged letters separate: a ``de`` helps nobody.

    Unchanged words must be longer than the edit on one side of them, else they are taken for edited too.
    """

    def size(edit: Stretch) -> int:
        start, end, other, stop = edit
        return max(
            sum(len(token.word) for token in old[start:end]), sum(len(token.word) for token in new[other:stop])
        )

    found: list[Stretch] = []
    for edit in stretches:
        if found:
            before = found[-1]
            kept = sum(len(token.word) for token in old[before[1] : edit[0]])
            if kept <= size(before) and kept <= size(edit):
                found[-1] = (before[0], edit[1], before[2], edit[3])
                continue
        found.append(edit)
    return found


def _passage(stretches: Sequence[Stretch], old: Sequence[_Token], new: Sequence[_Token]) -> Passage:
    start, end = max(stretches[0][2] - BEFORE, 0), min(stretches[-1][3] + AFTER, len(new))
    pieces: list[Piece] = []
    at, gap = start, ""
    for first, last, other, stop in stretches:
        pieces.append((gap + _text(new[at:other]), PieceKind.KEPT))
        lead = (old[first:last] or new[other:stop])[0].space
        pieces.append((lead, PieceKind.KEPT))
        pieces.append((_text(old[first:last]).lstrip(), PieceKind.DELETED))
        pieces.append((_text(new[other:stop]).lstrip(), PieceKind.INSERTED))
        at = stop
        gap = old[last].space if last < len(old) and stop == 0 else ""  # what follows was not the first word
    pieces.append((gap + _text(new[at:end]), PieceKind.KEPT))
    return Passage(tuple(_join(pieces)), start == 0, end == len(new))


def _text(tokens: Sequence[_Token]) -> str:
    return "".join(token.space + token.word for token in tokens)


def _join(pieces: Sequence[Piece]) -> list[Piece]:
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
    groups = grouped(edits(old, new), 2 * CONTEXT)
    if groups:
        yield f"--- {name}\n"
        yield f"+++ {name}\n"
    for group in groups:
        yield from _hunk(group, old, new)


def _hunk(stretches: list[Stretch], old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    lead = min(stretches[0][0], CONTEXT)
    tail = min(len(old) - stretches[-1][1], CONTEXT)
    start, end = stretches[0][0] - lead, stretches[-1][1] + tail
    other, stop = stretches[0][2] - lead, stretches[-1][3] + tail
    yield f"@@ -{_range(start, end)} +{_range(other, stop)} @@\n"
    at = start
    for first, last, begin, finish in stretches:
        yield from _with_sign(" ", old[at:first])
        yield from _with_sign("-", old[first:last])
        yield from _with_sign("+", new[begin:finish])
        at = last
    yield from _with_sign(" ", old[at:end])


def _with_sign(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"


def _range(start: int, end: int) -> str:
    length = end - start
    return str(end) if length == 1 else f"{start + 1 if length else start},{length}"
