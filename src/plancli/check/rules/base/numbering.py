"""Numbers of actions that are used twice, out of order or missing.

One mistake is one finding: where a duplicate number, or one out of order, leaves a number missing at that very
place, the missing number is part of that finding.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from plancli.check.rules.base import duplicates
from plancli.location import Path
from plancli.plan.model import Action, Block, Plan


class OutOfPlace(NamedTuple):
    """An out-of-order block and its in-order neighbours."""

    block: Block
    before: Block | None
    after: Block | None


class Gap(NamedTuple):
    """A run of missing numbers that nothing else explains, and the action after it."""

    first: int
    last: int
    after: Action


class Numbering(NamedTuple):
    """The irregularities in the numbers of a plan's actions.

    ``meant`` has, by path, the missing number that an action probably should have; ``mistyped`` are those among
    them that neither occur twice nor are out of order in their measure. ``missing`` counts all missing numbers,
    explained or not; ``free`` is the first number after all that were ever used.
    """

    meant: dict[Path, int]
    gaps: tuple[Gap, ...]
    missing: int
    free: int
    mistyped: tuple[Action, ...] = ()


def out_of_order(blocks: Sequence[Block], ignored: Iterable[int]) -> list[OutOfPlace]:
    """Return the fewest blocks that must move for each number to be greater than the one before.

    A number that occurs twice, or is one of ``ignored``, has no order.
    """
    if is_rising([block.number for block in blocks]):
        return []
    without = {second.number for second, _ in duplicates(blocks)}.union(ignored)
    return [odd for odd in _odd(blocks, without) if odd.block.number not in without]


def is_rising(numbers: Sequence[int]) -> bool:
    """Return whether each number is greater than the one before."""
    return all(map(int.__lt__, numbers, numbers[1:]))


def number_actions(plan: Plan) -> Numbering:
    """Return what is wrong with the numbers of a plan's actions."""
    actions = plan.actions
    carried = {action.number for action in actions}
    real = frozenset(carried)
    unused = {each.number for each in plan.unused_numbers}
    free = max(carried | unused, default=0) + 1
    missing = _amount(missing_runs(carried, unused))
    if not missing:
        return Numbering({}, (), 0, free)
    pairs = list(duplicates(actions))
    meant: dict[Path, int] = {}
    twice = {second.number for second, _ in pairs}
    moved = [odd.block for each in each_list(plan) for odd in out_of_order(each, twice | unused)]
    if pairs or not carried.isdisjoint(unused) or not is_rising([action.number for action in actions]):
        meant = _find_meant(actions, pairs, carried, unused, {action.path for action in moved})
    runs = missing_runs(carried | {number for number in real if number < max(carried)}, unused)
    left = [second for second, first in pairs if second.path not in meant and first.path not in meant]
    if left and len(left) == _amount(runs):
        spare = [number for first, last in runs for number in range(first, last + 1)]
        meant |= {second.path: number for second, number in zip(left, spare, strict=True)}
        runs = []
    known = {action.path for action in moved}
    mistyped = [
        action
        for action in actions
        if action.path in meant and action.path not in known and action.number not in twice | unused
    ]
    return Numbering(meant, tuple(_gaps(runs, actions)), missing, free, tuple(mistyped))


def each_list(plan: Plan) -> Iterator[tuple[Action, ...]]:
    """Yield the actions that are directly in each group, and in none."""
    yield from (group.loose for group in plan.all_groups)
    yield plan.loose


def _find_meant(
    actions: Sequence[Action],
    pairs: Sequence[tuple[Action, Action]],
    carried: set[int],
    unused: set[int],
    moved: set[Path],
) -> dict[Path, int]:
    """Return the missing numbers that fit where an odd one stands; ``carried`` then has them instead.

    Of two actions with one number the second is asked first. A number that is declared as unused is odd too. An
    action that is in order in its measure (not one of ``moved``) may be where it was put by a decision: its
    number is odd only if there is a gap before it.
    """
    twice = {second.number for second, _ in pairs}
    odd = {each.block.path: each for each in _odd(actions, twice | unused)}
    free_numbers = _FreeNumbers(carried | unused)
    meant: dict[Path, int] = {}
    for second, first in pairs:
        for action in (second, first):
            number = None if first.path in meant else free_numbers.take(odd[action.path])
            if number is not None:
                meant[action.path] = number
                carried.add(number)
                break
    real = frozenset(carried | unused)
    for each in odd.values():
        decided = each.block.path not in moved and each.block.number - 1 in real
        if decided and each.block.number not in unused:
            continue
        if each.block.number not in twice and (number := free_numbers.take(each)) is not None:
            meant[each.block.path] = number
            carried.add(number)
            carried.discard(each.block.number)
    return meant


class _FreeNumbers:
    """The free numbers, each given once."""

    def __init__(self, present: set[int]) -> None:
        self.present = present
        self.next: dict[int, int] = {}  # per interval, where to look on: what was passed once is not passed again

    def take(self, odd: OutOfPlace) -> int | None:
        """Return the first free number between those around an action, if any, and reserve it."""
        if odd.after is None:
            return None
        low = odd.before.number if odd.before else 0
        number = self.next.get(low, low + 1)
        while number < odd.after.number and number in self.present:
            number += 1
        self.next[low] = number + 1 if number < odd.after.number else number
        return number if number < odd.after.number else None


def _odd(blocks: Sequence[Block], twice: set[int]) -> Iterator[OutOfPlace]:
    """Yield the blocks that aren't in order, those with a number of ``twice`` among them, in order of the file."""
    single = [index for index, block in enumerate(blocks) if block.number not in twice]
    kept = {single[place] for place in _longest_rise([blocks[index].number for index in single])}
    after: list[Block | None] = []
    following: Block | None = None
    for index in range(len(blocks) - 1, -1, -1):
        if index in kept:
            following = blocks[index]
        after.append(following)
    before: Block | None = None
    for index, block in enumerate(blocks):
        if index in kept:
            before = block
        else:
            yield OutOfPlace(block, before, after[len(blocks) - 1 - index])


def _longest_rise(numbers: Sequence[int]) -> Iterator[int]:
    """Yield the indexes, last first, of the longest subsequence of numbers that rises.

    Of several ways, it is the one with the lowest numbers: a number that is far too high isn't kept.
    """
    tails: list[int] = []  # per length, the lowest number a run of that length can end with, and its index
    ends: list[int] = []
    before: dict[int, int] = {}
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number)
        if length:
            before[index] = ends[length - 1]
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    last = ends[-1] if ends else -1
    while last >= 0:
        yield last
        last = before.get(last, -1)


def missing_runs(carried: set[int], unused: set[int]) -> list[tuple[int, int]]:
    """Return the runs of numbers, first and last, that are missing before the last one carried."""
    top = max(carried, default=0)
    present = [number for number in sorted(carried | unused) if 0 < number <= top]
    return [(low + 1, high - 1) for low, high in zip([0, *present], present, strict=False) if high - low > 1]


def _amount(runs: Iterable[tuple[int, int]]) -> int:
    return sum(last - first + 1 for first, last in runs)


def _gaps(runs: Iterable[tuple[int, int]], actions: Iterable[Action]) -> Iterator[Gap]:
    ordered = sorted(actions, key=lambda action: action.number)
    numbers = [action.number for action in ordered]
    for first, last in runs:
        yield Gap(first, last, ordered[bisect_left(numbers, last)])
