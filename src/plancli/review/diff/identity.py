"""Which block of one plan is which of another: the pairs that leave the fewest changes, of all that is known.

Two texts *agree* when they share enough of their words in the same order: ``SAME_NUMBER`` under one number,
``ELSEWHERE`` under another. Only blocks whose texts agree can be a pair (or groups that have one number). Of the
ways to pair them, the cheapest is taken: each fact that would have changed costs about 1, and a near text where
the exact one was to be had a little more. Another way that costs less than ``MARGIN`` more may be right as well:
``diff`` tells what it assumed, and a merge stops where it matters.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, product
from typing import Final, Generic, NamedTuple, TypeVar

from plancli.review.diff.sequences import edits
from plancli.text import fold

SAME_NUMBER: Final = 0.60
"""The least share of common words by which two texts under one number are one action."""

ELSEWHERE: Final = 0.85
"""The same for two texts under different numbers."""

MARGIN: Final = 0.9
"""How much more than the best way to pair another one may cost and still be right: less than one fact."""

ALONE: Final = 2.0
"""The cost of a block without a counterpart: one that was added or removed."""

OUT_OF_LINE: Final = 0.1
"""The cost of each other block that a block was moved past, three at most: only a tie is decided by order."""

MOST_ALTERNATIVES: Final = 24
"""How many ways that may be right are kept: to pair one cluster, to match two plans, to align three."""

MOST_STEPS: Final = 20_000
"""Steps spent on all ways to pair one cluster; past them it is paired one by one, the cheapest pair first."""

MOST_CANDIDATES: Final = 12
"""How many near texts are looked at for a text that is left: more than plans need, a bound for hostile ones."""

MOST_SHARING: Final = 64
"""Words shared by more texts than this are no help in looking for candidates."""

MOST_WORDS: Final = 20_000
"""A text of more words isn't looked for under other numbers unless it is the same."""

MOST_WORK: Final = 10_000_000
"""Steps spent on near texts before the rest is taken as removed and added."""

MANY_BLOCKS: Final = 200
"""Where more blocks than this differ, texts that occur once on either side are paired first."""


def similarity(old: str, new: str) -> float:
    """Return the share of words that two texts have in common, in order: 0 to 1; case and accents ignored."""
    return _compare(old, new)[0]


def text_cost(old: str, new: str) -> float:
    """Return the cost of pairing two texts that differ: for one passage, a little more than another number."""
    if old == new:
        return 0.0
    share, passages = _compare(old, new)
    return 0.6 + 0.5 * min(passages, 4) + 2 * (1 - share)


@lru_cache(maxsize=20_000)
def _compare(old: str, new: str) -> tuple[float, int]:
    """Return the share of words that two texts have in common, in order, and how many passages differ."""
    olds, news = _words(old), _words(new)
    count = len(olds) + len(news)
    found = edits(olds, news)
    kept = len(olds) - sum(end - start for start, end, _other, _stop in found)
    return 2 * kept / count if count else 1.0, len(found)


def set_cost(old: Iterable[Hashable], new: Iterable[Hashable]) -> float:
    """Return the cost of pairing two lists, whatever their order: 0, or more than 0.5 up to 1."""
    before, after = frozenset(old), frozenset(new)
    return 1 - 0.5 * len(before & after) / len(before | after) if before != after else 0.0


T = TypeVar("T")
Pair = tuple[T | None, T | None]
Way = tuple[tuple[int, int], ...]
"""A way to pair some blocks: places in the old and the new list."""


class Cluster(NamedTuple):
    """Blocks that could be taken for each other, and the ways to pair them, best first, with what each costs more.

    ``news`` are the places of the new side; ``complete`` means that no more ways were found than these. Of many
    blocks, those are looked for that differ from the best way by one exchange.
    """

    news: tuple[int, ...]
    ways: tuple[tuple[float, Way], ...]
    complete: bool


class Pairing(Generic[T]):
    """The blocks of two lists, paired; a block is known by its place in its list.

    First those that are equal in all, then those of which all is equal that ``known`` tells of a block of the old
    (0) or the new list (1); where very many are left, those whose text no other has. Of the rest, blocks that
    could be taken for each other form ``clusters``, each paired in the cheapest way: ``cost`` is what it costs to
    take one block for another. What is still left and has the same text is paired in the order of the lists.

    ``related`` are places in either list that may be a pair whatever their texts; where they are given, those of
    one number may be, too. A ``code`` counts as another number.
    """

    def __init__(
        self,
        old: Sequence[T],
        new: Sequence[T],
        number: Callable[[T], Hashable],
        text: Callable[[T], str],
        known: Callable[[int, T], Hashable],
        cost: Callable[[T, T], float],
        related: Collection[tuple[int, int]] | None = None,
        code: Callable[[T], str | None] | None = None,
    ) -> None:
        self.sides = (old, new)
        self.numbers = ([number(each) for each in old], [number(each) for each in new])
        self.codes = ([code(each) for each in old], [code(each) for each in new]) if code else None
        self.texts = ([text(each) for each in old], [text(each) for each in new])
        self.cost = cost
        self.forth: dict[int, int] = {}
        self.back: dict[int, int] = {}
        self._work = 0
        self._pair_alike(lambda side, at: self.sides[side][at])
        self._pair_alike(lambda side, at: known(side, self.sides[side][at]))
        if len(old) - len(self.forth) > MANY_BLOCKS < len(new) - len(self.back):
            self._pair_single_texts()
        self._passed = [  # for each place, how many that are paired are before it
            list(accumulate((at in paired for at in range(len(side))), initial=0))
            for side, paired in zip(self.sides, (self.forth, self.back), strict=True)
        ]
        self.clusters = list(self._clusters(self._candidates(related)))
        for cluster in self.clusters:
            for pair in cluster.ways[0][1]:
                self._join(*pair)
        self._pair_alike(lambda side, at: self.texts[side][at])

    def pairs(self, otherwise: Iterable[tuple[Cluster, Way]] = ()) -> list[Pair[T]]:
        """Return each of the new side with its counterpart or None, then what only the old side has.

        ``otherwise`` names clusters that are paired in another way than the best.
        """
        old, new = self.sides
        back = dict(self.back)
        for cluster, way in otherwise:
            for at in cluster.news:
                back.pop(at, None)
            back.update({at: other for other, at in way})
        forth = set(back.values())
        found: list[Pair[T]] = [(old[back[at]] if at in back else None, each) for at, each in enumerate(new)]
        return found + [(each, None) for at, each in enumerate(old) if at not in forth]

    def _free_places(self, side: int) -> list[int]:
        """Return the places of a side that have no counterpart yet."""
        taken = (self.forth, self.back)[side]
        return [at for at in range(len(self.sides[side])) if at not in taken]

    def _join(self, old: int, new: int) -> None:
        """Pair two places if both are free."""
        if old not in self.forth and new not in self.back:
            self.forth[old], self.back[new] = new, old

    def _pair_alike(self, key: Callable[[int, int], Hashable]) -> None:
        """Pair what is free and has one key, in order; ``key`` is asked with a side and a place."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(self._free_places(0)):
            waiting[key(0, at)].append(at)
        for at in self._free_places(1) if waiting else ():
            left = waiting.get(key(1, at))
            if left:
                self._join(left.pop(), at)

    def _pair_single_texts(self) -> None:
        """Pair texts that occur once on either side: among very many blocks there is no time to look for more."""
        counts = [Counter(texts) for texts in self.texts]

        def key(side: int, at: int) -> Hashable:
            text = self.texts[side][at]
            return text if counts[0][text] == 1 == counts[1][text] else (side, at)

        self._pair_alike(key)

    def _candidates(self, related: Collection[tuple[int, int]] | None) -> dict[tuple[int, int], float]:
        """Return every pair of free places that agree, and what each costs."""
        same: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        numbers: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        free = self._free_places(0), self._free_places(1)
        if not all(free):
            return {}
        for side in (0, 1):
            for at in free[side]:
                same[self.texts[side][at]][side].append(at)
                numbers[self.numbers[side][at]][side].append(at)
                if self.codes and (code := self.codes[side][at]):
                    numbers["code", code][side].append(at)
        found = set(chain.from_iterable(_cross(*each) for each in same.values()))
        numbered = list(chain.from_iterable(_cross(*each) for each in numbers.values()))
        found.update(self._agreeing(numbered, SAME_NUMBER) if related is None else numbered)
        found.update((old, new) for old, new in related or () if old not in self.forth and new not in self.back)
        found.update(self._agreeing(self._near_pairs(), ELSEWHERE))
        return {(old, new): self._cost(old, new) for old, new in sorted(found)}

    def _cost(self, old: int, new: int) -> float:
        passed = abs(self._passed[0][old] - self._passed[1][new])
        return self.cost(self.sides[0][old], self.sides[1][new]) + OUT_OF_LINE * min(passed, 3)

    def _agreeing(self, pairs: Iterable[tuple[int, int]], least: float) -> Iterator[tuple[int, int]]:
        """Return the pairs whose texts share ``least`` of their words."""
        for old, new in pairs:
            before, after = self.texts[0][old], self.texts[1][new]
            first, second = len(_words(before)), len(_words(after))
            if 2 * len(_bag(before) & _bag(after)) < least * (first + second):
                continue
            self._work += first + second + first * second // 64
            if self._work > MOST_WORK:
                break
            if similarity(before, after) >= least:
                yield old, new

    def _near_pairs(self) -> Iterator[tuple[int, int]]:
        """Return pairs that may share enough: they have one of their rarest words in common.

        Two texts that share the share t of their words share one among the rarest ``1 - t/(2-t)`` of each
        (prefix filtering, Chaudhuri et al. 2006), so that few of all pairs are compared; of few blocks, all.
        """
        olds, news = ({at: _bag(self.texts[side][at]) for at in self._free_places(side)} for side in (0, 1))
        olds, news = _of_like_size(olds, news), _of_like_size(news, olds)
        if max(len(olds), len(news)) <= MOST_CANDIDATES:
            yield from product(olds, news)
            return
        known = Counter(word for side in (olds, news) for bag in side.values() for word in bag)
        waiting: dict[str, list[int]] = defaultdict(list)
        for at, bag in news.items():
            for word in _rarest(bag, known):
                waiting[word].append(at)
        for at, bag in olds.items():
            votes: Counter[int] = Counter()
            for word in _rarest(bag, known):
                if len(waiting.get(word, ())) <= MOST_SHARING:
                    votes.update(waiting.get(word, ()))
            for other, _count in votes.most_common(MOST_CANDIDATES):
                yield at, other

    def _clusters(self, costs: dict[tuple[int, int], float]) -> Iterator[Cluster]:
        """Yield the connected components of the candidates, each with the ways to pair it."""
        edges: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for old, new in costs:
            edges[0, old].append((1, new))
            edges[1, new].append((0, old))
        seen: set[tuple[int, int]] = set()
        for start in edges:
            if start in seen:
                continue
            seen.add(start)
            members = [start]
            for member in members:
                fresh = [each for each in edges[member] if each not in seen]
                seen.update(fresh)
                members += fresh
            olds, news = (tuple(sorted(at for side, at in members if side == wanted)) for wanted in (0, 1))
            own = {old: {new: costs[old, new] for _side, new in edges[0, old]} for old in olds}
            yield Cluster(news, *_ways(own, len(news)))


def _cross(olds: list[int], news: list[int]) -> Iterator[tuple[int, int]]:
    """Return all pairs; of very many, those at the same place and their neighbours."""
    if len(olds) * len(news) <= MOST_CANDIDATES**2:
        return ((old, new) for old in olds for new in news)
    return (
        (old, news[at])
        for place, old in enumerate(olds)
        for at in range(max(place - 1, 0), min(place + 2, len(news)))
    )


Costs = dict[int, dict[int, float]]
"""The cost of each pair of a cluster, by the old, then by the new place."""


def _ways(costs: Costs, news: int) -> tuple[tuple[tuple[float, Way], ...], bool]:
    """Return the ways to pair a cluster that cost no more than ``MARGIN`` more than the best, best first.

    The best leaves nothing alone that could be paired; others may. And return whether these are all.
    """
    every = _all_ways(costs) if max(len(costs), news) <= MOST_CANDIDATES else None
    found, complete = _exchanges(costs) if every is None else (every, True)
    ranked = sorted((round(cost, 6), _symmetric(way), way) for cost, way in found)
    best = ranked[0][0]
    kept: dict[Way, float] = {tuple(sorted(_complete(ranked[0][2], costs))): 0.0}
    for cost, _rank, way in ranked:
        if cost <= best + MARGIN:
            kept.setdefault(tuple(sorted(way)), round(cost - best, 6))
    ways = [(extra, way) for way, extra in kept.items()]
    return tuple(ways[:MOST_ALTERNATIVES]), complete and len(ways) <= MOST_ALTERNATIVES


def _all_ways(costs: Costs) -> list[tuple[float, Way]] | None:
    """Return the ways near the best one, with their costs; None where there are too many to look at."""
    olds = list(costs)
    least = [0.0]  # what the rest may save at most
    for old in reversed(olds):
        least.append(least[-1] + min(0.0, min(costs[old].values()) - 2 * ALONE))
    least.reverse()
    found: list[tuple[float, Way]] = []
    best = 0.0
    steps = 0
    stack: list[tuple[float, Way, int]] = [(0.0, (), 0)]
    while stack:
        cost, way, at = stack.pop()
        steps += 1
        if steps > MOST_STEPS:
            return None
        if cost + least[at] > best + MARGIN:
            continue
        if at == len(olds):
            found.append((cost, way))
            best = min(best, cost)
            continue
        old = olds[at]
        stack.append((cost, way, at + 1))
        taken = {new for _old, new in way}
        for new, own in sorted(costs[old].items(), key=lambda item: -item[1]):
            if new not in taken:
                passed = sum((old > other) != (new > there) for other, there in way)
                stack.append((cost + own - 2 * ALONE + OUT_OF_LINE * passed, (*way, (old, new)), at + 1))
    return found


def _exchanges(costs: Costs) -> tuple[list[tuple[float, Way]], bool]:
    """Return the way that pairs the cheapest first, and those near it by one exchange; and whether these are all.

    In an exchange one takes the half of another, who takes that of a third, and so on: the last one takes what the
    first left or what nobody had; or it stays alone, if the first was.
    """
    way = _greedy(costs)
    back = {new: old for old, new in way}
    paid: dict[int | None, float] = {old: costs[old][new] for old, new in way}
    found: dict[Way, float] = {tuple(sorted(way)): 0.0}
    stack: list[tuple[float, int, Way]] = [(0.0, old, ()) for old in costs]
    for _step in range(MOST_STEPS):
        if not stack or len(found) > MOST_ALTERNATIVES:
            break
        cost, old, taken = stack.pop()
        first = taken[0][0] if taken else old
        for new, own in costs[old].items():
            holder = back.get(new)
            extra = round(cost + own - paid.get(old if first in paid else holder, 2 * ALONE), 6)
            if extra > MARGIN or holder == old or any(new == each for _old, each in taken):
                continue
            now = (*taken, (old, new))
            if holder in (None, first) or first not in paid:
                pairs = {**{each: its for each, its in way if each != holder}, **dict(now)}
                found.setdefault(tuple(sorted(pairs.items())), max(extra, 0.001))
            if holder is not None and holder != first:
                stack.append((extra, holder, now))
    return [(extra, way) for way, extra in found.items()], not stack


def _symmetric(way: Way) -> list[tuple[int, int, int]]:
    """Return the sort key of two ways of one cost, the same where old and new are exchanged."""
    return sorted((abs(old - new), min(old, new), max(old, new)) for old, new in way)


def _complete(way: Way, costs: Costs) -> Way:
    """Return a way with what it leaves alone paired as well, as far as texts agree."""
    olds, news = {old for old, _new in way}, {new for _old, new in way}
    left = {
        old: {new: cost for new, cost in others.items() if new not in news}
        for old, others in costs.items()
        if old not in olds
    }
    return (*way, *_greedy(left))


def _greedy(costs: Costs) -> Way:
    """Return pairs one by one, the cheapest first."""
    ranked = sorted(
        (cost, abs(old - new), min(old, new), max(old, new), old, new)
        for old, others in costs.items()
        for new, cost in others.items()
    )
    olds: set[int] = set()
    news: set[int] = set()
    found = []
    for *_rank, old, new in ranked:
        if old not in olds and new not in news:
            olds.add(old)
            news.add(new)
            found.append((old, new))
    return tuple(found)


Bags = dict[int, frozenset[str]]
"""The words of texts, by the places of these."""


@lru_cache(maxsize=20_000)  # a merge compares the same texts again and again
def _words(text: str) -> list[str]:
    """Return the words by which texts are compared: letters and digits, case and accents ignored."""
    return re.findall(r"\w+", fold(text))


@lru_cache(maxsize=20_000)
def _bag(text: str) -> frozenset[str]:
    """Return the words of a text without their order."""
    return frozenset(_occurrences(_words(text)))


def _of_like_size(bags: Bags, others: Bags) -> Bags:
    """Return the bags but for those that are too small or too large to share enough with any of the others."""
    sizes = [len(bag) for bag in others.values()]
    part = ELSEWHERE / (2 - ELSEWHERE)
    low, high = min(sizes) * part, max(sizes) / part
    return {at: bag for at, bag in bags.items() if low <= len(bag) <= min(high, MOST_WORDS)}


def _occurrences(found: Iterable[str]) -> Iterator[str]:
    """Yield the words, each with its count so far: the second occurrence of one differs from the first."""
    counts: dict[str, int] = {}
    for word in found:
        count = counts[word] = counts.get(word, 0) + 1
        yield word if count == 1 else f"{word} {count}"


def _rarest(bag: frozenset[str], known: Counter[str]) -> list[str]:
    may_differ = int(len(bag) * (1 - ELSEWHERE / (2 - ELSEWHERE)))
    return sorted(bag, key=lambda word: (known[word], word))[: may_differ + 1]
