"""What two sequences have in common, in order and with bounded work, and what one has that the other lacks."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

CommonRun = tuple[int, int, int]
"""Where a common run starts on either side, and its length."""

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
        blocks += _within(old, new, start, other, end, stop)
    return _joined(blocks)


def _parts(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
    """Yield pairs of parts, split at anchors where the sides are too long: (start, other, end, stop)."""
    head, tail = _ends(old, new, 0, 0, len(old), len(new))
    end, stop = len(old) - tail, len(new) - tail
    start = other = 0
    if (end - head) * (stop - head) > LIMIT:
        for index, position in _anchors(old[head:end], new[head:stop]):
            yield start, other, head + index, head + position
            start, other = head + index, head + position
    yield start, other, len(old), len(new)


def _within(
    old: Sequence[Hashable], new: Sequence[Hashable], start: int, other: int, end: int, stop: int
) -> Iterator[CommonRun]:
    head, tail = _ends(old, new, start, other, end, stop)
    if head:
        yield start, other, head
    start, other, end, stop = start + head, other + head, end - tail, stop - tail
    if start < end and other < stop and (end - start) * (stop - other) <= LIMIT:
        for index, position in _longest(old[start:end], new[other:stop]):
            yield start + index, other + position, 1
    if tail:
        yield end, stop, tail


def _ends(
    old: Sequence[Hashable], new: Sequence[Hashable], start: int, other: int, end: int, stop: int
) -> tuple[int, int]:
    """Return the lengths of the common beginning and end of two parts."""
    most = min(end - start, stop - other)
    head = 0
    while head < most and old[start + head] == new[other + head]:
        head += 1
    tail = 0
    while tail < most - head and old[end - 1 - tail] == new[stop - 1 - tail]:
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
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence of pairs, sorted by their second place, whose first places rise."""
    from bisect import bisect_left

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


def _joined(blocks: list[CommonRun]) -> list[CommonRun]:
    joined: list[CommonRun] = []
    for start, other, length in blocks:
        if joined and joined[-1][0] + joined[-1][2] == start and joined[-1][1] + joined[-1][2] == other:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + length)
        else:
            joined.append((start, other, length))
    return joined
