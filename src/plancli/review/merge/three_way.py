"""Three plans to one, as plain data: each value by its type, as a set, word by word, or as a whole.

The result is made three times: as base, ours and theirs would have it. The three are alike but for what only a
person can decide.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from plancli.location import Path
from plancli.plan.model import Type, calendar, shape
from plancli.plan.model.shape import Holds
from plancli.review.diff import edits, grouped
from plancli.review.merge.alignment import (
    BASE,
    OURS,
    REFERENCES,
    SIDES,
    THEIRS,
    Parent,
    Row,
    ThreePlans,
    first_side,
)
from plancli.review.merge.placement import Placement, block_conflict, resolve_placements
from plancli.review.merge.result import CannotMerge, MergeConflict

ABSENT: Final[Any] = object()

ResultPaths = tuple[Path, ...]
"""The paths of an entry in the three results."""

Results = tuple[Any, ...]
"""A value in the results as base, ours and theirs would have it; ABSENT where it isn't there."""


class MergedData(NamedTuple):
    """The three results, what a person must decide, the blocks in them, and the blocks a person must choose."""

    results: Results
    conflicts: tuple[MergeConflict, ...]
    rows: tuple[dict[Path, Row], ...]
    chosen: frozenset[Row]


def merge_data(three: ThreePlans) -> MergedData:
    """Merge three plans; raise CannotMerge where that can't be done block by block."""
    merger = _Merger(three)
    results = merger.block("plan", ((), (), ()), ((), (), ()))
    return MergedData(results, tuple(merger.conflicts), merger.rows, frozenset(merger.chosen))


class _Merger:
    """A merge in the making, from the top of the plan down.

    ``paths`` are those of an entry in the three plans, ``places`` those in the three results.
    """

    def __init__(self, three: ThreePlans) -> None:
        self.three = three
        self.conflicts: list[MergeConflict] = []
        self.rows: tuple[dict[Path, Row], ...] = ({}, {}, {})
        self.chosen: set[Row] = set()
        self._manual: set[tuple[Row, str]] = set()
        self._placements = resolve_placements(three)
        self._parents = {each.row: each.parent for there in self._placements.values() for each in there}
        self._kept = self._parents.keys()
        self._codes = [list(data["directorates"]) for data in three.data]
        self._types = {
            field.key: Type.TEXT if field.type is Type.PROSE else field.type
            for plan in three.plans
            for field in plan.declared_fields
        }

    def block(self, kind: str, paths: Row, places: ResultPaths) -> Results:
        """Merge the keys of a block of the shape."""
        found: Results = ({}, {}, {})
        contents = shape.CONTENTS.get(kind, ())
        for key in shape.SHAPE[kind]:
            if key.name in contents or key.name == "progress":
                self._contents(key, paths, places, found)
            elif self._stays(paths, key.name):
                inner = self._inner(paths, key.name)
                _set(found, key.name, inner, self._entry(key, inner, _below(places, key.name)))
        return found

    def _contents(self, key: shape.Key, paths: Row, places: ResultPaths, found: Results) -> None:
        """Merge the groups, actions or entries of a block; a key under which nothing stands stays if both have it.

        A group or a plan that nothing stands in keeps the key that a side has.
        """
        inner = self._inner(paths, key.name)
        sides = [inner[side] is not None for side in SIDES if paths[side] is not None]
        if not any(sides):
            return
        value = self._blocks(key.name, inner, _below(places, key.name))
        if all(sides):
            _set(found, key.name, inner, value)
            return
        for result, each in zip(found, value, strict=True):
            if each or (key.name == "actions" and not any(name in result for name in shape.LEVELS)):
                result[key.name] = each

    def _entry(self, key: shape.Key, paths: Row, places: ResultPaths) -> Results:
        if key.type is Holds.BLOCK:
            return self.block(key.block, paths, places)
        if key.type is Holds.BLOCKS:
            return self._blocks(key.name, paths, places)
        if key.type in (Holds.REGISTER, Holds.TEXTS, Holds.VALUES):
            return self._register(key, paths, places)
        return self._value(key.name, key.type if isinstance(key.type, Type) else Type.WORD, paths)

    def _inner(self, paths: Row, name: str) -> Row:
        return tuple(
            (*path, name) if path is not None and name in (self.three.at(side, path) or ()) else None
            for side, path in enumerate(paths)
        )

    def _stays(self, paths: Row, name: str) -> bool:
        """Return whether an entry stays: not if a side removed it and the other left it alone."""
        base, *sides = self._inner(paths, name)
        if base is None or None not in sides:
            return any(path is not None for path in sides)
        for side, path in zip(SIDES, sides, strict=True):
            if path is not None and self.three.is_modified(side, base, path):
                raise CannotMerge(self.three.name_of(side, path))
        return False

    def _register(self, key: shape.Key, paths: Row, places: ResultPaths) -> Results:
        """Merge codes, each with a block or nothing; or words, each with a text."""
        names = [list(self.three.at(side, path)) if path else [] for side, path in enumerate(paths)]
        members = [name for name in dict.fromkeys(names[OURS] + names[THEIRS]) if self._stays(paths, name)]
        found: Results = ({}, {}, {})
        for name in merge_order(names, members):
            inner = self._inner(paths, name)
            if key.type is Holds.VALUES:
                value = self._value(name, self._types.get(name, Type.LINE), inner)
            elif key.type is not Holds.REGISTER:
                value = self._value(name, Type.LINE, inner)
            else:
                value = self._about(key.block, inner, _below(places, name))
            _set(found, name, inner, value)
        return found

    def _about(self, kind: str, paths: Row, places: ResultPaths) -> Results:
        """Merge what stands under a code: a block, or nothing."""
        found = self.block(kind, paths, places)
        return found if any(found) else (None,) * 3

    def _blocks(self, name: str, paths: Row, places: ResultPaths) -> Results:
        """Merge a list of blocks."""
        side, path = first_side(paths)
        parent = self.three.row(side, path[:-1]) if len(path) > 1 else name
        there = self._placements.get(parent, [])
        orders: list[list[Placement]] = []
        for side, each in enumerate(paths):
            known = {placement.row[side]: placement for placement in there}
            items = [(*each, index) for index in range(len(self.three.at(side, each)))] if each else []
            orders.append([known[item] for item in items if item in known])
        found: Results = ([], [], [])
        order = merge_order(orders, there, rank=self._rank)
        if name == "progress":
            order.sort(key=self._day)
        for placement in order:
            here = tuple((*place, len(result)) for place, result in zip(places, found, strict=True))
            for rows, place in zip(self.rows, here, strict=True):
                rows[place] = placement.row
            for result, value in zip(found, self._item(name, placement, here), strict=True):
                if value is not ABSENT:
                    result.append(value)
        return found

    def _day(self, placement: Placement) -> str:
        side, path = first_side(placement.row, SIDES)
        return str(self.three.at(side, path)["date"])

    def _rank(self, placement: Placement) -> Any:
        side, path = first_side(placement.row, SIDES)
        data = self.three.at(side, path)
        return (self.three.number(placement.row) or data.get("number", 0), repr(data))

    def _item(self, name: str, placement: Placement, places: ResultPaths) -> Results:
        row = placement.row
        if placement.conflict:
            self.conflicts.append(block_conflict(self.three, placement))
            self.chosen.add(row)
            return tuple(
                self.three.at(side, path) if path and side in (BASE, *placement.sides) else ABSENT
                for side, path in enumerate(row)
            )
        if name == "actions" and row[OURS] and row[THEIRS]:
            self._check_roles(row)
        return self.block(shape.BLOCK_LISTS[name], row, places)

    def _check_roles(self, row: Row) -> None:
        """Treat the roles as a conflict if merging would give a code both of them, or leave no pilot."""
        sides = [self.three.at(side, path) if path else {} for side, path in enumerate(row)]
        pilots, associated = (
            merge_set(*(data.get(name, ()) for data in sides)) for name in ("pilots", "associated")
        )
        known = {code for data in sides for code in data.get("pilots", ()) if code in data["associated"]}
        if (pilots & associated) - known or (not pilots and sides[OURS]["pilots"] and sides[THEIRS]["pilots"]):
            self._manual |= {(row, "pilots"), (row, "associated")}

    def _value(self, name: str, what: Type, paths: Row) -> Results:
        """Merge a scalar or a list of scalars."""
        base, ours, theirs = (self.three.at(side, path) if path else None for side, path in enumerate(paths))
        known = next(path for path in paths if path)
        if known[0] == "source_notes" and name in REFERENCES:
            ours, theirs = (
                self._renumbered(side, path, name) for side, path in zip(SIDES, paths[OURS:], strict=True)
            )
        if paths[OURS] is None or paths[THEIRS] is None:
            return (ours if paths[THEIRS] is None else theirs,) * 3
        row = self.three.alignment.by_path[OURS].get(paths[OURS][:-1])
        if ours != theirs and row and (row, name) in self._manual:
            merged: Any = Unmergeable(ours, theirs)
        else:
            merged = self._merged(what, (base, ours, theirs))
        if not isinstance(merged, Unmergeable):
            return (merged,) * 3
        written = [_written(what, value) for value in merged]
        field = f"{self.three.entry_name(OURS, paths[OURS])} {name}".strip()
        self.conflicts.append(MergeConflict(self.three.name_of(OURS, paths[OURS]), field, written[0], written[1]))
        return ABSENT if paths[BASE] is None else base, ours, theirs

    def _merged(self, what: Type, values: Results) -> Any:
        """Merge three values by their type; base is None where it has none."""
        base, ours, theirs = values
        merged = merge_value(base, ours, theirs)
        if not isinstance(merged, Unmergeable) or base is None:
            return merged
        if what is Type.TEXT and all(isinstance(each, str) for each in values):
            return merge_words(base, ours, theirs)
        if what is Type.WORD or not all(isinstance(each, list) for each in values):
            return merged
        if what is Type.YEARS and len({frozenset(each) for each in values}) == 3:
            return merged
        if isinstance(base, list):
            return merge_lists(values, self._declared)
        return merged

    def _renumbered(self, side: int, path: Path | None, name: str) -> int | str | None:
        """Return the number, or path, that a note names, as it is now; raise CannotMerge if its block is gone."""
        if path is None:
            return None
        number: int | str = self.three.at(side, path)
        row = self.three.reference(side, name, number)
        if row and row not in self._kept:
            raise CannotMerge(self.three.name_of(side, path))
        now: int | str | None = None
        if row:
            now = self._place(row) if isinstance(number, str) else self.three.number(row)
        return number if now is None else now

    def _place(self, row: Row) -> str | None:
        """Return the path of a group as merged (``1.2``); None where both sides renumbered some of it."""
        numbers: list[str] = []
        parent: Parent | None = row
        while isinstance(parent, tuple):
            number = self.three.number(parent)
            if number is None:
                return None
            numbers.append(str(number))
            parent = self._parents.get(parent)
        return ".".join(reversed(numbers))

    def _declared(self, value: Any) -> Any:
        """Return what a code or a number is put in order by."""
        if isinstance(value, int):
            return value
        places = [codes.index(value) for codes in self._codes if value in codes]
        return min(places, default=len(self._codes[BASE])), value


def _set(found: Results, name: str, paths: Row, values: Results) -> None:
    """Set a key of the results, in each that has it: base has nothing empty that only the sides filled."""
    base, *sides = values
    if paths[BASE] is None and not base and any(sides):
        values = (ABSENT, *sides)
    for result, value in zip(found, values, strict=True):
        if value is not ABSENT:
            result[name] = value


def _below(places: ResultPaths, step: str) -> ResultPaths:
    return tuple((*place, step) for place in places)


def _written(what: Type, value: Any) -> str:
    """Return a value as people write it."""
    if isinstance(value, str):
        return f"« {value} »" if what is Type.TEXT else value
    if isinstance(value, list):
        return calendar(tuple(value)) if what is Type.YEARS and value else ", ".join(map(str, value))
    return str(value)


T = TypeVar("T", bound=Hashable)

MIN_UNCHANGED_WORDS: Final = 3
"""Fewer words than this that stayed between two changes of one side belong to one change: a passage."""


class Unmergeable(NamedTuple):
    """Two values only a person can merge: the words of either where they differ, whole values elsewhere."""

    ours: Any
    theirs: Any


def merge_order(sides: Sequence[Sequence[T]], members: Iterable[T], rank: Callable[[T], Any] = str) -> list[T]:
    """Return members of base, ours and theirs in the order of the side that changed it.

    What one side added stays behind what it followed there.

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
    result = _ordered(after.get(None, []), rank)
    for each in skeleton:
        result += [each, *_ordered(after.get(each, []), rank)]
    return result


def _ordered(runs: list[list[T]], rank: Callable[[T], Any]) -> list[T]:
    """Return runs one after the other; merge-sorted if each of them is sorted."""
    if all(run == sorted(run, key=rank) for run in runs) and len(runs) > 1:
        return sorted((each for run in runs for each in run), key=rank)
    return [each for run in sorted(runs, key=lambda run: rank(run[0])) for each in run]


def merge_set(base: Iterable[T], ours: Iterable[T], theirs: Iterable[T]) -> frozenset[T]:
    """Return what both kept and what either added."""
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
        one, other = (_reworded(old, start, end, [each for each in group if each.side == side]) for side in (0, 1))
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


def _reworded(old: list[str], start: int, end: int, changes: Iterable[_Rewording]) -> list[str]:
    """Return a stretch of the old words with the changes of one side."""
    result: list[str] = []
    for change in changes:
        result += [*old[start : change.start], *change.words]
        start = change.end
    return result + old[start:end]


def merge_value(base: T | None, ours: T, theirs: T) -> T | Unmergeable:
    """Return what one side changed; Unmergeable where both did."""
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else Unmergeable(ours, theirs)


def merge_lists(sides: Sequence[list[T]], rank: Callable[[T], Any]) -> list[T]:
    """Return three lists that are sets, merged, in the order of the side that changed it."""
    base, ours, theirs = sides
    for one, other in ((ours, theirs), (theirs, ours)):
        if other == base or set(other) == set(base) != set(one):
            return one
    if set(ours) == set(theirs):
        return ours if base == theirs else min(ours, theirs)
    members = merge_set(base, ours, theirs)
    same = [side for side in (ours, theirs) if set(side) == members]
    return same[0] if same else merge_order(sides, members, rank)


def merge_lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return comments as one side has them, or else what both kept and what either added."""
    merged = merge_value(tuple(base), tuple(ours), tuple(theirs))
    if not isinstance(merged, Unmergeable):
        return list(merged)
    one, other = sorted((list(ours), list(theirs)))
    kept = [line for line in one if line in other or line not in base]
    return [*kept, *(line for line in other if line not in one and line not in base)]
