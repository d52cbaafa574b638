"""Which action, measure and orientation of one plan is which of another: numbers and texts together decide.

Two texts agree when they share enough of their words in the same order: ``SAME_NUMBER`` under one number,
``ELSEWHERE`` under another. The exact text goes before the near one. So a number given to another text is a
removal and an addition, and an action that moved and took another number is still itself.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

from plancli.review.diff.words import shared

SAME_NUMBER: Final = 0.60
"""The share of their words that two texts under one number have in common when they are one action."""

ELSEWHERE: Final = 0.85
"""The same for two texts under different numbers."""

MOST_CANDIDATES: Final = 12
"""How many near texts are looked at for a text that is left: more than plans need, a bound for hostile ones."""

MOST_SHARING: Final = 64
"""A word that more texts than this begin their search with leads to none of them."""

MOST_WORDS: Final = 20_000
"""A text of more words isn't looked for under other numbers unless it is the same."""

MOST_WORK: Final = 10_000_000
"""Steps spent on near texts before the rest is taken as removed and added."""


def similarity(old: str, new: str) -> float:
    """Give the share of words that two texts have in common, in order: 0 to 1; case and accents put aside."""
    return _share(words(old), words(new))


def _share(old: Sequence[str], new: Sequence[str]) -> float:
    count = len(old) + len(new)
    return 2 * shared(old, new) / count if count else 1.0


def words(text: str) -> list[str]:
    """Give the words by which texts are compared: letters and digits, case and accents put aside."""
    import re

    from plancli.text import fold

    return re.findall(r"\w+", fold(text))


T = TypeVar("T")
Pair = tuple[T | None, T | None]


class Pairing(Generic[T]):
    """Two rows of things with a number and a text, paired step by step; ``forth`` and ``back`` are the places.

    ``place`` decides between equally good pairs: what stands in the same place goes together.
    """

    def __init__(
        self,
        old: Sequence[T],
        new: Sequence[T],
        number: Callable[[T], int],
        text: Callable[[T], str],
        place: Callable[[T], Hashable] = lambda each: None,
    ) -> None:
        self.sides = (old, new)
        self.numbers = ([number(each) for each in old], [number(each) for each in new])
        self.texts = ([text(each) for each in old], [text(each) for each in new])
        self.places = ([place(each) for each in old], [place(each) for each in new])
        self.forth: dict[int, int] = {}
        self.back: dict[int, int] = {}
        self._work = 0

    def pairs(self) -> list[Pair[T]]:
        """Give each of the new side with its other half or None, then what only the old side has."""
        old, new = self.sides
        found: list[Pair[T]] = [
            (old[self.back[at]] if at in self.back else None, each) for at, each in enumerate(new)
        ]
        return found + [(each, None) for at, each in enumerate(old) if at not in self.forth]

    def free(self, side: int) -> Iterator[int]:
        """Give the places of a side that have no other half yet."""
        taken = (self.forth, self.back)[side]
        return (at for at in range(len(self.sides[side])) if at not in taken)

    def join(self, old: int, new: int) -> bool:
        """Pair two places if both are free."""
        if old in self.forth or new in self.back:
            return False
        self.forth[old], self.back[new] = new, old
        return True

    def by(self, *keys: tuple[Sequence[Hashable], Sequence[Hashable]]) -> None:
        """Pair what is free and alike in all the keys, in order."""
        olds, news = (list(zip(*(key[side] for key in keys), strict=True)) for side in (0, 1))
        waiting: dict[Hashable, list[int]] = {}
        for at in self.free(0):
            waiting.setdefault(olds[at], []).append(at)
        for found in waiting.values():
            found.reverse()
        for at in list(self.free(1)) if waiting else ():
            left = waiting.get(news[at])
            if left:
                self.join(left.pop(), at)

    def exact(self) -> None:
        """Pair the same texts: under the same number first, then in the same place, then in order."""
        self.by(self.texts, self.numbers, self.places)
        self.by(self.texts, self.numbers)
        self.by(self.texts, self.places)
        self.by(self.texts)

    def same_number(self) -> None:
        """Pair texts under one number that share ``SAME_NUMBER`` of their words."""
        groups: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side in (0, 1):
            for at in self.free(side):
                group = groups[self.numbers[side][at]][side]
                if len(group) < MOST_CANDIDATES:
                    group.append(at)
        self._near(((o, n) for olds, news in groups.values() for o in olds for n in news), SAME_NUMBER)

    def elsewhere(self) -> None:
        """Pair texts under whatever numbers that share ``ELSEWHERE`` of their words."""
        self._near(self._candidates(), ELSEWHERE)

    def _near(self, candidates: Iterable[tuple[int, int]], least: float) -> None:
        """Pair the candidates whose texts share ``least`` of their words, the most alike first."""
        found = []
        for old, new in candidates:
            first, second = _taken_apart(self.texts[0][old]), _taken_apart(self.texts[1][new])
            size = len(first.words) + len(second.words)
            if 2 * len(first.bag & second.bag) < least * size:
                continue
            self._work += size + len(first.words) * len(second.words) // 64
            if self._work > MOST_WORK:
                break
            share = _share(first.words, second.words)
            if share >= least:
                apart = self.places[0][old] != self.places[1][new]
                found.append((-share, apart, abs(old - new), min(old, new), max(old, new), old, new))
        for *_rank, old, new in sorted(found):
            self.join(old, new)

    def _candidates(self) -> Iterator[tuple[int, int]]:
        """Give pairs that may share enough: they have one of their rarest words in common.

        Two texts that share the share t of their words share one among the rarest ``1 - t/(2-t)`` of each
        (prefix filtering, Chaudhuri et al. 2006), so that only few of all pairs are compared.
        """
        olds, news = ({at: _taken_apart(self.texts[side][at]).bag for at in self.free(side)} for side in (0, 1))
        olds, news = _of_like_size(olds, news), _of_like_size(news, olds)
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


class _Text(NamedTuple):
    """The words of a text, in order and as a bag."""

    words: list[str]
    bag: frozenset[str]


Bags = dict[int, frozenset[str]]
"""The words of texts, by the places of these."""


@lru_cache(maxsize=20_000)  # a merge compares the same texts again and again
def _taken_apart(text: str) -> _Text:
    own = words(text)
    return _Text(own, frozenset(_occurrences(own)))


def _of_like_size(bags: Bags, others: Bags) -> Bags:
    """Leave out bags that are too small or too large to share enough with any of the others."""
    sizes = [len(bag) for bag in others.values()]
    if not sizes:
        return {}
    part = ELSEWHERE / (2 - ELSEWHERE)
    low, high = min(sizes) * part, max(sizes) / part
    return {at: bag for at, bag in bags.items() if low <= len(bag) <= min(high, MOST_WORDS)}


def _occurrences(found: Iterable[str]) -> Iterator[str]:
    """Tell the second occurrence of a word from the first, and so on."""
    counts: dict[str, int] = {}
    for word in found:
        count = counts[word] = counts.get(word, 0) + 1
        yield word if count == 1 else f"{word} {count}"


def _rarest(bag: frozenset[str], known: Counter[str]) -> list[str]:
    may_differ = int(len(bag) * (1 - ELSEWHERE / (2 - ELSEWHERE)))
    return sorted(bag, key=lambda word: (known[word], word))[: may_differ + 1]
