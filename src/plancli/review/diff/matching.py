"""Two plans side by side: each action, measure and orientation with its other half."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

from plancli.location import Path
from plancli.plan.model import Action, Measure, Orientation, Plan
from plancli.review.diff.identity import Pair, Pairing

Numbers = tuple[dict[int, int], dict[int, int], dict[int, int]]
"""Numbers before -> now, of actions, measures and orientations."""


@dataclass(frozen=True, slots=True)
class Match:
    """What is the same in two plans: pairs of (before, after), one of them None for what comes or goes.

    Pairs stand in the order of the new plan; what only the old one has stands at the end.
    """

    actions: tuple[Pair[Action], ...]
    measures: tuple[Pair[Measure], ...]
    orientations: tuple[Pair[Orientation], ...]

    @property
    def numbers(self) -> Numbers:
        """Give the numbers before -> now, as far as they name one thing on either side."""
        return _single(self.actions), _single(self.measures), _single(self.orientations)


def _single(
    pairs: Sequence[Pair[Action]] | Sequence[Pair[Measure]] | Sequence[Pair[Orientation]],
) -> dict[int, int]:
    olds = Counter(before.number for before, _after in pairs if before)
    news = Counter(after.number for _before, after in pairs if after)
    return {
        before.number: after.number
        for before, after in pairs
        if before and after and olds[before.number] == news[after.number] == 1
    }


def match(old: Plan, new: Plan) -> Match:
    """Find what stayed itself between two plans, by number and text."""
    pairing = Pairing(old.actions, new.actions, attrgetter("number"), attrgetter("text"), attrgetter("measure"))
    pairing.exact()
    pairing.same_number()
    pairing.elsewhere()
    actions = tuple(pairing.pairs())
    paths = {before.path: after.path for before, after in actions if before and after}
    return Match(
        actions,
        _containers(old.measures, new.measures, paths),
        _containers(old.orientations, new.orientations, paths),
    )


C = TypeVar("C", Measure, Orientation)


def _containers(old: Sequence[C], new: Sequence[C], paths: Mapping[Path, Path]) -> tuple[Pair[C], ...]:
    """Pair measures or orientations by title and number, and what is left by its number alone: a new title.

    A title under another number means that the number changed, unless the actions stayed with the number: then
    titles were exchanged.
    """
    number, title = attrgetter("number"), attrgetter("title")
    same = [(each.number, each.title) for each in old]
    if same == [(each.number, each.title) for each in new] and len(set(same)) == len(same):
        return tuple(zip(old, new, strict=True))
    trial = Pairing(old, new, number, title)
    trial.exact()
    trial.same_number()
    trial.elsewhere()
    pairing = Pairing(old, new, number, title)
    olds, news = ({action.path: each for each in side for action in _actions(each)} for side in (old, new))
    votes: Counter[tuple[object, object]] = Counter()
    for was, now in ((olds[was], news[now]) for was, now in paths.items()):
        votes.update([(was.path, now.path), (was.path, now.number), (was.number, now.path)])
    for index, other in trial.forth.items():
        before, after = old[index], new[other]
        if before.number == after.number or not _stayed(before, after, votes):
            pairing.join(index, other)
    pairing.by(pairing.numbers)
    return tuple(pairing.pairs())


def _stayed(before: C, after: C, votes: Counter[tuple[object, object]]) -> bool:
    """Tell whether more of their actions stayed under the numbers than went along with the title."""
    numbers = votes[before.path, before.number] + votes[after.number, after.path]
    return numbers > 2 * votes[before.path, after.path]


def _actions(container: Measure | Orientation) -> tuple[Action, ...]:
    return container.actions
