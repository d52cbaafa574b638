"""One value of three: as a set, word by word, in the order that a side gave it, line by line, or as a whole."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from plancli.review.diff.sequences import edits, grouped

T = TypeVar("T", bound=Hashable)

MIN_UNCHANGED_WORDS: Final = 3
"""Fewer words than this that stayed between two changes of one side belong to one change: a passage."""


class Unmergeable(NamedTuple):
    """Two values only a person can merge: the words of either where they differ, whole values elsewhere."""

    ours: Any
    theirs: Any


def merge_order(sides: Sequence[Sequence[T]], members: Iterable[T], rank: Callable[[T], Any] = str) -> list[T]:
    """Return members of base, ours and theirs in the order of the side that changed it.

    What one side added stays after what it followed there.

    Where both added something at one place, or both changed the order, ``rank`` decides, so that the result is the
    same whichever side is whose.
    """
    base, ours, theirs = sides
    wanted = frozenset(members)
    inside = wanted.intersection(base).intersection(ours).intersection(theirs)
    old, one, other = ([each for each in side if each in inside] for side in (base, ours, theirs))
    if one == old:
        skeleton = other
    elif other == old:
        skeleton = one
    else:
        skeleton = min(one, other, key=lambda order: [rank(each) for each in order])
    after: dict[T | None, list[list[T]]] = {}
    placed: set[T] = set()
    for side in (ours, theirs):
        anchor: T | None = None
        own = frozenset(side)
        for each in side:
            if each in inside:
                anchor = each
            elif each in wanted and each not in placed:
                runs = after.setdefault(anchor, [])
                if not runs or runs[-1][-1] not in own:
                    runs.append([])
                runs[-1].append(each)
                placed.add(each)
    result = _merge_runs(after.get(None, []), rank)
    for each in skeleton:
        result += [each, *_merge_runs(after.get(each, []), rank)]
    return result


def _merge_runs(runs: list[list[T]], rank: Callable[[T], Any]) -> list[T]:
    """Return runs one after the other; merge-sorted if each of them is sorted."""
    if all(run == sorted(run, key=rank) for run in runs) and len(runs) > 1:
        return sorted((each for run in runs for each in run), key=rank)
    return [each for run in sorted(runs, key=lambda run: rank(run[0])) for each in run]


def merge_set(base: Iterable[T], ours: Iterable[T], theirs: Iterable[T]) -> frozenset[T]:
    """Return the members that both kept, and those that either added."""
    old, one, other = frozenset(base), frozenset(ours), frozenset(theirs)
    return (old & one & other) | (one - old) | (other - old)


class _Rewording(NamedTuple):
    """Words of base, by their places, and what a side has instead."""

    start: int
    end: int
    side: int
    words: list[str]


def merge_words(base: str, ours: str, theirs: str) -> str | Unmergeable:
    """Return a text with both rewordings; Unmergeable, with the passages, where both changed the same words."""
    old = base.split(" ")
    sides = [text.split(" ") for text in (ours, theirs)]
    changes = sorted(change for side, new in enumerate(sides) for change in _rewordings(old, new, side))
    groups: list[list[_Rewording]] = []
    end = -1
    for change in changes:
        if change.start > end:
            groups.append([])
        groups[-1].append(change)
        end = max(end, change.end)
    result: list[str] = []
    done = 0
    for group in groups:  # changes that touch
        start, end = group[0].start, max(each.end for each in group)
        one, other = (_reword(old, start, end, [each for each in group if each.side == side]) for side in (0, 1))
        if one != other and len({each.side for each in group}) > 1:
            return Unmergeable(" ".join(one), " ".join(other))
        result += [*old[done:start], *(other if group[0].side else one)]
        done = end
    return " ".join([*result, *old[done:]])


def _rewordings(old: list[str], new: list[str], side: int) -> Iterator[_Rewording]:
    """Yield what differs; changes with few words between them are one."""
    for group in grouped(edits(old, new), MIN_UNCHANGED_WORDS - 1):
        (start, _end, other, _stop), (_start, end, _other, stop) = group[0], group[-1]
        yield _Rewording(start, end, side, new[other:stop])


def _reword(old: list[str], start: int, end: int, changes: Iterable[_Rewording]) -> list[str]:
    """Return a stretch of the old words with the changes of one side."""
    result: list[str] = []
    for change in changes:
        result += [*old[start : change.start], *change.words]
        start = change.end
    return result + old[start:end]


def merge_value(base: T | None, ours: T, theirs: T) -> T | Unmergeable:
    """Return the value of the side that changed it; Unmergeable where both did."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else Unmergeable(ours, theirs)


def merge_lists(sides: Sequence[list[T]], rank: Callable[[T], Any]) -> list[T]:
    """Return three lists that are sets, merged, in the order of the side that changed it."""
    base, ours, theirs = sides
    for one, other in ((ours, theirs), (theirs, ours)):
        if other == base or set(other) == set(base) != set(one):
            return one
    members = merge_set(base, ours, theirs)
    same = [side for side in (ours, theirs) if set(side) == members]
    return same[0] if len(same) == 1 else merge_order(sides, members, rank)


def merge_lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return comments as one side has them, or else what both kept and what either added."""
    merged = merge_value(tuple(base), tuple(ours), tuple(theirs))
    if not isinstance(merged, Unmergeable):
        return list(merged)
    one, other = sorted((list(ours), list(theirs)))
    kept = [line for line in one if line in other or line not in base]
    return [*kept, *(line for line in other if line not in one and line not in base)]
