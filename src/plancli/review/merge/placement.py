"""Where each block of three plans goes: the list it stands in, whether it stays, and what a person must choose."""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import product
from typing import Any, Final, NamedTuple

from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import group_names, has_two_levels, level_of, path_of, references
from plancli.plan.writer.comments import Comment
from plancli.review.diff import SAME_NUMBER, similarity
from plancli.review.merge.alignment import (
    BASE,
    OURS,
    REFERENCES,
    ROW_NAMES,
    SIDES,
    THEIRS,
    AlignedPaths,
    Alignment,
    Plans,
)
from plancli.review.merge.conflict import THE_PLAN, BlockName, CannotMerge

REGISTERS: Final = ("directorates", "glossary", "statuses", "fields")
"""The keys at the top that hold words or codes, each with what stands under it."""

Parent = AlignedPaths | str
"""What a block stands in: the row of a group or (an entry) of an action, or the name of a list at the top."""


class Placement(NamedTuple):
    """A block in one list: as merged, or (``conflict``) as each of ``sides`` has it."""

    row: AlignedPaths
    parent: Parent
    conflict: bool = False
    sides: tuple[int, ...] = SIDES


class ThreePlans:
    """Base, ours and theirs as plain data with their comments, and which blocks are the same in them."""

    def __init__(
        self, data: Sequence[Any], plans: Plans, comments: Sequence[Sequence[Comment]], alignment: Alignment
    ) -> None:
        self.data = data
        self.plans = plans
        self.comments = comments
        self.alignment = alignment
        self.has_two_levels = all(map(has_two_levels, plans))

    def at(self, side: int, path: Path) -> Any:
        """Return the data of a path on one side."""
        data = self.data[side]
        for step in path:
            data = data[step]
        return data

    def row(self, side: int, path: Path) -> AlignedPaths:
        """Return the row of a block."""
        return self.alignment.of[side][path]

    def parent(self, side: int, path: Path) -> Parent:
        """Return what a block stands in."""
        owner = path[:-2]
        return self.row(side, owner) if owner else str(path[-2])

    def reference(self, side: int, name: str, number: int | str) -> AlignedPaths | None:
        """Return the block that a number or a path in a note names; None where none or several have it."""
        plan = self.plans[side]
        if isinstance(number, str):
            paths = [group.path for group in plan.all_groups if path_of(group) == number]
        else:
            paths = [block.path for block in getattr(plan, f"{name}s") if block.number == number]
        return self.row(side, paths[0]) if len(paths) == 1 else None

    def named(self, side: int, path: Path) -> str:
        """Return the name of a group: ``measure 2``, ``objectif 1.2``; where there is none, the top."""
        return group_names(self.plans[side]).get(path) or _("the top")

    def meaning(self, side: int, path: Path) -> Any:
        """Return what an entry says: lists without order, references as the block they name, blocks as rows."""
        data, name = self.at(side, path), str(path[-1])
        if name == "progress":
            return frozenset(Counter(tuple(sorted(entry.items())) for entry in data).items())
        if name in ROW_NAMES:
            return frozenset(self.row(side, (*path, index)) for index in range(len(data)))
        if isinstance(data, dict) or data is None:
            return {key: self.meaning(side, (*path, key)) for key in data or ()}
        if path[0] == "source_notes" and name in REFERENCES:
            return self.reference(side, name, data) or data
        if isinstance(data, list):
            return tuple(map(repr, data)) if name == "levels" else frozenset(data)
        return data

    def is_modified(self, side: int, base: Path, path: Path) -> bool:
        """Return whether a side did more with an entry than lay it out or number it again."""
        before, after = self.meaning(BASE, base), self.meaning(side, path)
        if path[-2:-1] == ("actions",):
            before.pop("number", None)
            after.pop("number", None)
        if before != after or self._comments(side, path) - self._comments(BASE, base):
            return True
        return isinstance(path[-1], int) and self.parent(BASE, base) != self.parent(side, path)

    def may_be_back(self, base: Path, row: AlignedPaths, side: int) -> bool:
        """Return whether an action that a side lacks may be one that it added, numbered again and reworded.

        Only where the other side removed it too, or numbered it again: else nothing depends on it.
        """
        other = row[THEIRS if side == OURS else OURS]
        if row[side] or (other and self.at(BASE, base)["number"] == self.at(3 - side, other)["number"]):
            return False
        text = self.at(BASE, base)["text"]
        pairs = self.alignment.matches[side - 1].actions
        return any(after and not before and similarity(text, after.text) >= SAME_NUMBER for before, after in pairs)

    def _comments(self, side: int, path: Path) -> Counter[str]:
        return Counter(each.text for each in self.comments[side] if each.path[: len(path)] == path)

    def number(self, row: AlignedPaths) -> int | None:
        """Return the number of a block as merged; None where both sides changed it."""
        base, ours, theirs = (
            self.at(side, path).get("number") if path is not None else None for side, path in enumerate(row)
        )
        if ours is None or theirs is None or ours == theirs or theirs == base:
            return theirs if ours is None else ours
        return theirs if ours == base else None

    def subject(self, side: int, path: Path) -> BlockName:
        """Return the name of the block that a path stands in, or that it is; of an entry or a field its action."""
        for name in ("progress", "fields"):
            if name in path[1:]:
                path = path[: path.index(name)]
        if isinstance(path[-1], str):
            path = path[:-1]
        if path[:1] and path[0] in REGISTERS:
            return BlockName(*map(str, (*path, "")[:2]))
        if len(path) < 2:
            return THE_PLAN
        data = self.at(side, path)
        holder = str(path[-2])
        if "code" in data:
            return BlockName(holder, data["code"], self._level(side, path))
        if ROW_NAMES[holder] == "groups":
            return BlockName(holder, references(self.plans[side])[path], self._level(side, path))
        named = (data[key] for key in ("number", *REFERENCES) if key in data)
        return BlockName(holder, str(next(named, "")))

    def _level(self, side: int, path: Path) -> str:
        """Return what the plan itself calls the level of a group; empty for other blocks, and where it doesn't."""
        plan = self.plans[side]
        if ROW_NAMES[str(path[-2])] != "groups" or plan.declared_levels is None:
            return ""
        return level_of(plan, len(path) // 2).name


def resolve_placements(three: ThreePlans) -> dict[Parent, list[Placement]]:
    """Return where each block goes, by what it stands in; blocks that are gone are left out.

    Raise CannotMerge where one side removed what the other side changed something in, and where two groups would
    stand in each other.
    """
    found: dict[Parent, list[Placement]] = {}
    for name in three.alignment.rows:
        placements = [each for row in three.alignment.rows[name] for each in _placements(three, name, row)]
        placements = _part_statuses(three, placements) if name == "progress" else placements
        for placement in _part_equal_numbers(three, name, placements):
            found.setdefault(placement.parent, []).append(placement)
    kept = {placement.row for there in found.values() for placement in there}
    for parent in found:
        if isinstance(parent, tuple) and parent not in kept:
            side, path = first_side(parent)
            raise CannotMerge(three.subject(side, path))
    _refuse_circles(three, found)
    return found


def _refuse_circles(three: ThreePlans, found: dict[Parent, list[Placement]]) -> None:
    """Raise CannotMerge where a group would stand in itself: each side put one of two groups into the other."""
    reached: list[Parent] = ["orientations"]
    for parent in reached:
        reached += [each.row for each in found.get(parent, ()) if _is_group(each.row)]
    for parent in found.keys() - set(reached):
        if isinstance(parent, tuple) and _is_group(parent):
            raise CannotMerge(three.subject(*first_side(parent)))


def _is_group(row: AlignedPaths) -> bool:
    _side, path = first_side(row)
    return ROW_NAMES.get(str(path[-2])) == "groups"


def first_side(row: AlignedPaths) -> tuple[int, Path]:
    """Return the first side that has a block, and its path there."""
    return next((side, path) for side, path in enumerate(row) if path is not None)


def _placements(three: ThreePlans, name: str, row: AlignedPaths) -> list[Placement]:
    base, ours, theirs = row
    if name == "actions" and base and any(three.may_be_back(base, row, side) for side in SIDES):
        raise CannotMerge(three.subject(BASE, base), ambiguous=True)
    parents = [three.parent(side, path) if path else None for side, path in enumerate(row)]
    if ours and theirs:
        one, other = three.parent(OURS, ours), three.parent(THEIRS, theirs)
        if one == other or other == parents[BASE]:
            return [Placement(row, one)]
        if one == parents[BASE]:
            return [Placement(row, other)]
        if name != "actions":
            raise CannotMerge(three.subject(OURS, ours))
        return [Placement(row, one, True, (OURS,)), Placement(row, other, True, (THEIRS,))]
    for side, path in ((OURS, ours), (THEIRS, theirs)):
        if not path:
            continue
        if not base:
            return [Placement(row, three.parent(side, path))]
        if not three.is_modified(side, base, path):
            return []
        if name not in ("actions", "progress"):
            raise CannotMerge(three.subject(side, path))
        return [Placement(row, three.parent(side, path), True)]
    return []


def _part_statuses(three: ThreePlans, found: list[Placement]) -> list[Placement]:
    """Make a conflict of two statuses that the sides gave an action for one day."""
    said: dict[tuple[Parent, str], tuple[list[int], list[int]]] = {}
    for at, placement in enumerate(found):
        base = three.at(BASE, placement.row[BASE]) if placement.row[BASE] else {}
        for side in SIDES:
            path, other = placement.row[side], placement.row[THEIRS if side == OURS else OURS]
            entry = three.at(side, path) if path else {}
            is_new = any(entry.get(key) != base.get(key) for key in ("date", "status"))
            if "status" in entry and is_new and not (other and placement.row[BASE] is None):
                day = str(entry["date"])
                said.setdefault((placement.parent, day), ([], []))[SIDES.index(side)].append(at)
    gone: set[int] = set()
    joined: set[int] = set()
    for sides in said.values():
        for one, another in product(*sides):
            (was, ours, _their), (known, _our, theirs) = found[one].row, found[another].row
            if one == another or not ours or not theirs:
                continue
            if three.at(OURS, ours)["status"] == three.at(THEIRS, theirs)["status"]:
                continue
            if was is None and known is None and not {one, another} & joined:
                found[one] = found[one]._replace(row=(None, ours, theirs), conflict=True)
                gone.add(another)
                joined |= {one, another}
            else:
                found[one] = found[one]._replace(conflict=True)
                found[another] = found[another]._replace(conflict=True)
    return [placement for at, placement in enumerate(found) if at not in gone]


def _part_equal_numbers(three: ThreePlans, name: str, found: list[Placement]) -> list[Placement]:
    """Make a conflict of blocks that either side added under one number."""
    if name not in ("groups", "actions"):
        return found
    added: dict[tuple[int, Hashable], list[int]] = {}
    for at, placement in enumerate(found):
        if placement.row.count(None) == 2 and placement.row[BASE] is None:
            side, path = first_side(placement.row)
            added.setdefault((side, _number_of(three, placement, side, path)), []).append(at)
    gone: set[int] = set()
    for (side, number), places in added.items():
        others = added.get((THEIRS, number), []) if side == OURS else []
        if not others:
            continue
        if name != "actions" or len(places) + len(others) > 2:
            raise CannotMerge(three.subject(*first_side(found[places[0]].row)))
        one, other = found[places[0]], found[others[0]]
        if one.parent == other.parent:
            found[places[0]] = Placement((None, one.row[OURS], other.row[THEIRS]), one.parent, True)
            gone.add(others[0])
        else:
            found[places[0]], found[others[0]] = one._replace(conflict=True), other._replace(conflict=True)
    return [placement for at, placement in enumerate(found) if at not in gone]


def _number_of(three: ThreePlans, placement: Placement, side: int, path: Path) -> Hashable:
    """Return the number of a block, and where it must be its own: of an action in the plan, of a group beside it.

    In a plan of two levels a measure's number is its own in the plan, too.
    """
    number: int = three.at(side, path)["number"]
    if ROW_NAMES[str(path[-2])] == "actions":
        return number
    return (len(path), number) if three.has_two_levels else (placement.parent, number)
