"""Where each block of three plans goes: the list it is in, whether it stays, and what a person must choose."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain, product
from typing import NamedTuple

from plancli.dates import last_day
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import group_names
from plancli.review.diff.identity import SAME_NUMBER, similarity
from plancli.review.merge.alignment import (
    BASE,
    GROUP_LISTS,
    OTHER,
    OURS,
    SIDES,
    THEIRS,
    Parent,
    ThreePlans,
    Triple,
    first_side,
)
from plancli.review.merge.result import CannotMerge, MergeConflict


class Placement(NamedTuple):
    """A block in one list: as merged, or (``conflict``) as each of ``sides`` has it."""

    triple: Triple
    parent: Parent
    conflict: bool = False
    sides: tuple[int, ...] = SIDES


def resolve_placements(three: ThreePlans) -> dict[Parent, list[Placement]]:
    """Return where each block goes, by what it is in; blocks that are gone are left out.

    Raise CannotMerge where one side removed what the other side changed something in, and where two groups would
    are in each other.
    """
    by_parent: dict[Parent, list[Placement]] = defaultdict(list)
    for name, triples in three.alignment.triples.items():
        placements = [each for triple in triples for each in _placements(three, name, triple)]
        for placement in _with_conflicts(placements, _clashes(three, name, placements)):
            by_parent[placement.parent].append(placement)
    reached: list[Parent] = [parent for parent in by_parent if isinstance(parent, str)]
    for parent in reached:
        reached += [each.triple for each in by_parent.get(parent, ())]
    there = frozenset(reached)
    for parent in by_parent:
        if isinstance(parent, tuple) and parent not in there:
            raise CannotMerge(three.name_of(*first_side(parent)))
    return by_parent


def _placements(three: ThreePlans, name: str, triple: Triple) -> list[Placement]:
    """Return where a block goes: nowhere if it is gone, to two lists if each side moved an action to another."""
    base, ours, theirs = triple
    if name == "actions" and base and any(_may_be_back(three, base, triple, side) for side in SIDES):
        raise CannotMerge(three.name_of(BASE, base), ambiguous=True)
    was, one, other = (three.parent(side, path) if path else None for side, path in enumerate(triple))
    if ours and one and other:
        if other in (one, was):
            return [Placement(triple, one)]
        if one == was:
            return [Placement(triple, other)]
        if name != "actions":
            raise CannotMerge(three.name_of(OURS, ours))
        return [Placement(triple, one, True, (OURS,)), Placement(triple, other, True, (THEIRS,))]
    for side, path, parent in ((OURS, ours, one), (THEIRS, theirs, other)):
        if path and parent:
            if not base:
                return [Placement(triple, parent)]
            if not three.is_modified(side, base, path):
                return []
            if name not in ("actions", "progress"):
                raise CannotMerge(three.name_of(side, path))
            return [Placement(triple, parent, True)]
    return []


def _may_be_back(three: ThreePlans, base: Path, triple: Triple, side: int) -> bool:
    """Return whether an action that a side lacks may be one that it added, numbered again and reworded.

    Only where the other side removed it too, or numbered it again: else nothing depends on it.
    """
    other = triple[OTHER[side]]
    if triple[side] or (other and three.at(BASE, base)["number"] == three.at(OTHER[side], other)["number"]):
        return False
    text = three.at(BASE, base)["text"]
    pairs = three.alignment.matches[side - 1].actions
    return any(after and not before and similarity(text, after.text) >= SAME_NUMBER for before, after in pairs)


Clash = tuple[int, int]
"""Two blocks, by their places among the others, that can't stand both as they are: of ours and of theirs."""


def _with_conflicts(placements: list[Placement], clashes: Iterable[Clash]) -> list[Placement]:
    """Return blocks with a conflict made of each clash: one of both, where they were added to one list, or two."""
    joined: set[int] = set()
    gone: set[int] = set()
    for one, other in clashes:
        ours, theirs = placements[one], placements[other]
        are_new = ours.triple[BASE] is None and theirs.triple[BASE] is None
        if are_new and ours.parent == theirs.parent and joined.isdisjoint((one, other)):
            placements[one] = Placement((None, ours.triple[OURS], theirs.triple[THEIRS]), ours.parent, True)
            joined |= {one, other}
            gone.add(other)
        else:
            placements[one], placements[other] = ours._replace(conflict=True), theirs._replace(conflict=True)
    return [placement for at, placement in enumerate(placements) if at not in gone]


def _clashes(three: ThreePlans, name: str, placements: Sequence[Placement]) -> Iterator[Clash]:
    if name == "progress":
        return _status_clashes(three, placements)
    return _number_clashes(three, name, placements) if name in ("groups", "actions") else iter(())


def _status_clashes(three: ThreePlans, placements: Sequence[Placement]) -> Iterator[Clash]:
    """Yield the entries by which the sides gave an action two statuses for one day."""
    said: dict[tuple[Parent, str], tuple[list[tuple[int, str]], ...]] = defaultdict(lambda: ([], []))
    for at, placement in enumerate(placements):
        base = three.at(BASE, placement.triple[BASE]) if placement.triple[BASE] else {}
        for side in SIDES:
            path, other = placement.triple[side], placement.triple[OTHER[side]]
            entry = three.at(side, path) if path else {}
            is_new = any(entry.get(key) != base.get(key) for key in ("date", "status"))
            if "status" in entry and is_new and (base or not other):
                day = last_day(str(entry["date"])) or str(entry["date"])
                said[placement.parent, day][side - 1].append((at, entry["status"]))
    for (one, status), (another, now) in chain.from_iterable(product(*sides) for sides in said.values()):
        if one != another and status != now:
            yield one, another


def _number_clashes(three: ThreePlans, name: str, placements: Sequence[Placement]) -> Iterator[Clash]:
    """Yield the actions that the sides added under one number; raise CannotMerge for groups, and for several."""
    added: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for at, placement in enumerate(placements):
        if placement.triple.count(None) == 2 and placement.triple[BASE] is None:
            side, path = first_side(placement.triple)
            added[_number_of(three, placement, side, path)][side - 1].append(at)
    for ours, theirs in added.values():
        if ours and theirs:
            if name != "actions" or len(ours) + len(theirs) > 2:
                raise CannotMerge(three.name_of(*first_side(placements[ours[0]].triple)))
            yield ours[0], theirs[0]


def _number_of(three: ThreePlans, placement: Placement, side: int, path: Path) -> Hashable:
    """Return the number of a block, and where it must be its own: of an action in the plan, of a group beside it.

    In a plan of two levels a measure's number is its own in the plan, too.
    """
    number: int = three.at(side, path)["number"]
    if path[-2] not in GROUP_LISTS:
        return number
    return (len(path), number) if three.has_two_levels else (placement.parent, number)


def block_conflict(three: ThreePlans, placement: Placement) -> MergeConflict:
    """Return what happened to an action, or to an entry, on either side."""
    side, path = first_side(placement.triple, SIDES)
    base = placement.triple[BASE]
    name = three.entry_name(side, path)
    if base:
        done = [_side_action(three, each, base, placement.triple[each]) for each in SIDES]
    else:
        done = [_status(three, each, placement.triple[each]) if name else _("added") for each in SIDES]
    return MergeConflict(three.name_of(side, path), name, *done)


def _status(three: ThreePlans, side: int, path: Path | None) -> str:
    return str(three.at(side, path).get("status")) if path else _("nothing")


def _side_action(three: ThreePlans, side: int, base: Path, path: Path | None) -> str:
    """Return what a side did with a block of base, in words."""
    if path is None:
        return _("removed")
    if three.parent(BASE, base) != three.parent(side, path):
        if three.has_two_levels and three.plans[side].declared_levels is None:
            return _("moved to measure {n}").format(n=three.at(side, path[:-2])["number"])
        group = group_names(three.plans[side]).get(path[:-2]) or _("the top")
        return _("moved: {group}").format(group=group)
    return _("changed")
