"""Two plans side by side: each action, measure and orientation with its counterpart, and whether it moved."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import chain, islice, product
from math import prod
from operator import attrgetter, itemgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar

from plancli.location import Path
from plancli.plan.model import Action, Entry, Field, Group, Plan, Type, has_two_levels, path_of
from plancli.review.change import Assumption
from plancli.review.diff.identity import (
    MOST_ALTERNATIVES,
    Cluster,
    Pair,
    Pairing,
    Way,
    set_cost,
    text_cost,
)

Numbers = tuple[dict[int, int], dict[int, int], dict[int, int]]
"""Numbers before -> now, of actions, measures and orientations."""

T = TypeVar("T", Action, Group)
W = TypeVar("W")


class Alternatives(NamedTuple, Generic[W]):
    """The answers that may be right, the best first; ``complete`` means that nothing else was found.

    Where very much may be right, only what differs from the best in one place is looked for.
    """

    ways: tuple[W, ...]
    complete: bool


class Match(NamedTuple):
    """The blocks of two plans, paired: (before, after), one of them None for what is added or removed.

    ``measures`` are the groups that are or were below the top, at any depth. Pairs are in the order of the new
    plan; what only the old one has is at the end. ``assumed`` names the blocks of which another match, as good
    as this one, says otherwise. ``extra_cost`` is what this one costs more than the best.
    """

    actions: tuple[Pair[Action], ...]
    measures: tuple[Pair[Group], ...]
    orientations: tuple[Pair[Group], ...]
    assumed: tuple[Assumption, ...] = ()
    extra_cost: float = 0.0

    @property
    def groups(self) -> tuple[Pair[Group], ...]:
        """Return the pairs of groups, those at the top first."""
        return (*self.orientations, *self.measures)

    @property
    def numbers(self) -> Numbers:
        """Return the numbers before -> now, as far as they name one thing on either side."""
        return _unambiguous(self.actions), _unambiguous(self.measures), _unambiguous(self.orientations)

    @property
    def paths(self) -> dict[str, str]:
        """Return the paths before -> now of groups (``1.2``), by which notes name them."""
        return {path_of(before): path_of(after) for before, after in self.groups if before and after}


def _unambiguous(pairs: Sequence[Pair[Action]] | Sequence[Pair[Group]]) -> dict[int, int]:
    olds = Counter(before.number for before, _after in pairs if before)
    news = Counter(after.number for _before, after in pairs if after)
    return {
        before.number: after.number
        for before, after in pairs
        if before and after and olds[before.number] == news[after.number] == 1
    }


def match(old: Plan, new: Plan, by_number: bool = False) -> Match:
    """Return the match of two plans that leaves the fewest changes.

    ``by_number`` means that each action kept its number, whatever became of its text.
    """
    return next(_matches(old, new, _pair_actions(old, new, by_number)))


def matches(old: Plan, new: Plan) -> Alternatives[Match]:
    """Return every match that leaves hardly more changes than the best one."""
    pairing = _pair_actions(old, new)
    found = tuple(islice(_matches(old, new, pairing), MOST_ALTERNATIVES + 1))
    complete = len(found) <= MOST_ALTERNATIVES and all(cluster.complete for cluster in pairing.clusters)
    return Alternatives(found[:MOST_ALTERNATIVES], complete)


def _matches(old: Plan, new: Plan, actions: Pairing[Action]) -> Iterator[Match]:
    """Yield the matches, the best of each way to pair the actions first.

    Groups that may be at any depth may move from one to another; in two plans of two levels they don't.
    """
    if has_two_levels(old) and has_two_levels(new):
        lists = [(old.measures, new.measures), (old.groups, new.groups)]
    else:
        lists = [(old.all_groups, new.all_groups)]
    for extra, way in _combine(actions.clusters):
        pairs = tuple(actions.pairs(way))
        pairings = [_pair_groups(*sides, pairs) for sides in lists]
        assumed = (*_find_assumptions(actions), *chain.from_iterable(map(_find_assumptions, pairings)))
        for ways in product(*(_combine(pairing.clusters) for pairing in pairings)):
            found = [
                pair
                for pairing, (_extra, group_way) in zip(pairings, ways, strict=True)
                for pair in pairing.pairs(group_way)
            ]
            inner = tuple(each for each in found if not _is_top(*each))
            tops = tuple(each for each in found if _is_top(*each))
            yield Match(pairs, inner, tops, assumed, sum((group_extra for group_extra, _way in ways), extra))


def _is_top(before: Group | None, after: Group | None) -> bool:
    return all(group.level == 1 for group in (before, after) if group)


def _combine(clusters: Sequence[Cluster]) -> list[tuple[float, tuple[tuple[Cluster, Way], ...]]]:
    """Return the ways to pair some clusters, best first, with what each costs more than the best.

    Of very many clusters one is varied at a time.
    """
    open_ones = [cluster for cluster in clusters if len(cluster.ways) > 1]
    best = [cluster.ways[:1] for cluster in open_ones]
    choices = [[cluster.ways for cluster in open_ones]]
    if prod(len(cluster.ways) for cluster in open_ones) > 4 * MOST_ALTERNATIVES:
        choices = [[*best[:at], each.ways, *best[at + 1 :]] for at, each in enumerate(open_ones)]
    found = {
        tuple(zip(open_ones, (way for _extra, way in ways), strict=True)): sum(extra for extra, _way in ways)
        for choice in choices
        for ways in product(*choice)
    }
    return sorted(((extra, combined) for combined, extra in found.items()), key=itemgetter(0))


def _find_assumptions(pairing: Pairing[T]) -> Iterator[Assumption]:
    """Return the blocks that another way, as good as the best one, pairs otherwise."""
    olds, news = pairing.sides
    for cluster in pairing.clusters:
        ways = [dict(way) for _extra, way in cluster.ways]
        for at in sorted({old for way in ways for old in way}):
            halves = list(dict.fromkeys(way.get(at) for way in ways))
            if len(halves) > 1:
                after, *others = (None if half is None else news[half] for half in halves)
                yield Assumption(olds[at], after, tuple(others))


def pair_entries(old: Sequence[Entry], new: Sequence[Entry]) -> list[Pair[Entry]]:
    """Return each report on an action with what it is now: the same, else that of its day, else but for its day.

    What only the new side has is at the end.
    """
    found: dict[Path, Entry] = {}
    taken: set[Path] = set()
    whole, day, all_but_day = slice(0, -1), slice(0, 1), slice(1, -1)
    for part in (whole, day, all_but_day):
        waiting: dict[Hashable, list[Entry]] = defaultdict(list)
        for entry in reversed(new):
            if entry.path not in taken:
                waiting[entry[part]].append(entry)
        for entry in old:
            if entry.path not in found and waiting[entry[part]]:
                found[entry.path] = waiting[entry[part]].pop()
                taken.add(found[entry.path].path)
    added: list[Pair[Entry]] = [(None, entry) for entry in new if entry.path not in taken]
    return [*((entry, found.get(entry.path)) for entry in old), *added]


def _pair_actions(old: Plan, new: Plan, by_number: bool = False) -> Pairing[Action]:
    fields = [field for field in new.fields if any(field.key == each.key for each in old.fields)]
    titles = [{group.path: group.title for group in plan.all_groups} for plan in (old, new)]
    by_measure = has_two_levels(old) and has_two_levels(new)

    def home(action: Action) -> Hashable:
        return action.measure if by_measure else action.place

    def known(_side: int, action: Action) -> Hashable:
        if by_number:
            return action.number
        values = (action.value(field.key) for field in fields)
        return (home(action), *(frozenset(each) if isinstance(each, tuple) else each for each in values))

    def cost(before: Action, after: Action) -> float:
        same_title = titles[0].get(before.path[:-2]) == titles[1].get(after.path[:-2])
        moved = 0.5 * (home(before) != home(after)) + 0.5 * (not same_title)
        return moved + sum(_field_cost(field, before.value(field.key), after.value(field.key)) for field in fields)

    code = attrgetter("code") if any(field.key == "code" for field in fields) else None
    return Pairing(old.actions, new.actions, attrgetter("number"), attrgetter("text"), known, cost, code=code)


def _field_cost(field: Field, before: Any, after: Any) -> float:
    """Return the cost of a changed field, also to or from a value of another type, or from none."""
    if field.type is Type.TEXT:
        return text_cost(before, after)
    if field.is_set and isinstance(before, tuple) and isinstance(after, tuple):
        return set_cost(before, after)
    return float(before != after)


RETITLED: Final = 2.0
"""The most that a new title costs."""

MOVED: Final = 0.5
"""The cost for a group of each action that leaves it, and of each that comes from another one."""

MOST_MOVED: Final = 3.0
"""The most that all of these cost together."""


def _pair_groups(old: Sequence[Group], new: Sequence[Group], actions: Sequence[Pair[Action]]) -> Pairing[Group]:
    """Pair groups by number, title and the actions that stayed inside."""
    inside = [_homes(groups) for groups in (old, new)]
    now = {before.path: after.path for before, after in actions if before and after}
    homes = [(inside[0].get(was, ()), inside[1].get(path, ())) for was, path in now.items()]
    stayed = Counter(chain.from_iterable(product(*each) for each in homes))
    left = Counter(chain.from_iterable(was for was, _is in homes))
    came = Counter(chain.from_iterable(now for _was, now in homes))
    places = [{group.path: at for at, group in enumerate(groups)} for groups in (old, new)]
    related = {
        (places[0][was], places[1][path])
        for (was, path), count in stayed.items()
        if 2 * count > max(left[was], came[path])
    }

    def known(side: int, group: Group) -> Hashable:
        inside = frozenset(each.path if side else now.get(each.path) for each in group.actions)
        return (group.number, group.title, _parent(group), inside)

    def cost(before: Group, after: Group) -> float:
        moved = left[before.path] + came[after.path] - 2 * stayed[before.path, after.path]
        number = float(before.number != after.number) + float(before.code != after.code)
        parent = 0.3 * (_parent(before) != _parent(after)) + 0.3 * (before.level != after.level)
        title = min(text_cost(before.title, after.title), RETITLED)
        return number + parent + title + min(MOVED * moved, MOST_MOVED)

    is_tree = len({group.level for group in (*old, *new)}) > 1
    number = attrgetter("place" if is_tree else "number")
    code = attrgetter("code") if any(group.code for group in new) else None
    return Pairing(old, new, number, attrgetter("title"), known, cost, related, code)


def _homes(groups: Sequence[Group]) -> dict[Path, list[Path]]:
    """Return the groups that each action is in, by its path."""
    found: dict[Path, list[Path]] = {}
    for group in groups:
        for action in group.actions:
            found.setdefault(action.path, []).append(group.path)
    return found


def _parent(group: Group) -> tuple[int, ...]:
    return group.place[:-1]
