"""Three plans to one, as plain data, from the top down: block by block, key by key.

The result is made three times: as base, ours and theirs would have it. The three are alike but for what only a
person can decide.
"""

from math import inf
from typing import Any, Final, NamedTuple

from plancli.dates import last_day
from plancli.location import Path
from plancli.plan.model import Type, calendar, shape
from plancli.plan.model.shape import Holds
from plancli.plan.writer.scalars import scalar
from plancli.review.merge.alignment import (
    BASE,
    OURS,
    REFERENCES,
    SIDES,
    THEIRS,
    Parent,
    ThreePlans,
    Triple,
    first_side,
)
from plancli.review.merge.placement import Placement, block_conflict, resolve_placements
from plancli.review.merge.result import CannotMerge, MergeConflict
from plancli.review.merge.values import Unmergeable, merge_lists, merge_order, merge_set, merge_value, merge_words

ABSENT: Final[Any] = object()

ResultPaths = tuple[Path, ...]
"""The paths of an entry in the three results."""

Results = tuple[Any, ...]
"""A value in the results as base, ours and theirs would have it; ABSENT where it isn't there."""


class MergedData(NamedTuple):
    """The three results, what a person must decide, the blocks in them, and the blocks a person must choose."""

    results: Results
    conflicts: tuple[MergeConflict, ...]
    triples: tuple[dict[Path, Triple], ...]
    chosen: frozenset[Triple]


def merge_data(three: ThreePlans) -> MergedData:
    """Merge three plans; raise CannotMerge where that can't be done block by block."""
    merger = _Merger(three)
    results = merger.block("plan", ((), (), ()), ((), (), ()))
    return MergedData(results, tuple(merger.conflicts), merger.triples, frozenset(merger.chosen))


class _Merger:
    """A merge in the making, from the top of the plan down.

    ``paths`` are those of an entry in the three plans, ``places`` those in the three results.
    """

    def __init__(self, three: ThreePlans) -> None:
        self.three = three
        self.conflicts: list[MergeConflict] = []
        self.triples: tuple[dict[Path, Triple], ...] = ({}, {}, {})
        self.chosen: set[Triple] = set()
        self._manual: set[tuple[Triple, str]] = set()
        self._placements = resolve_placements(three)
        self._parents = {each.triple: each.parent for there in self._placements.values() for each in there}
        self._kept = self._parents.keys()
        self._codes = [list(data["directorates"]) for data in three.data]
        self._types = {
            field.key: Type.TEXT if field.type is Type.PROSE else field.type
            for plan in three.plans
            for field in plan.declared_fields
        }

    def block(self, kind: str, paths: Triple, places: ResultPaths) -> Results:
        """Merge the keys of a block of the shape."""
        results: Results = ({}, {}, {})
        contents = shape.CONTENTS.get(kind, ())
        for key in shape.SHAPE[kind]:
            if key.name in contents or key.name == "progress":
                self._contents(key, paths, places, results)
            elif self._stays(paths, key.name):
                inner = self._inner(paths, key.name)
                _set(results, key.name, inner, self._entry(key, inner, _below(places, key.name)))
        return results

    def _contents(self, key: shape.Key, paths: Triple, places: ResultPaths, results: Results) -> None:
        """Merge the groups, actions or entries of a block; a key under which nothing stands stays if both have it.

        A group or a plan that nothing is in keeps the key that a side has.
        """
        inner = self._inner(paths, key.name)
        sides = [inner[side] is not None for side in SIDES if paths[side] is not None]
        if not any(sides):
            return
        value = self._blocks(key.name, inner, _below(places, key.name))
        if all(sides):
            _set(results, key.name, inner, value)
            return
        for result, each in zip(results, value, strict=True):
            if each or (key.name == "actions" and not any(name in result for name in shape.LEVELS)):
                result[key.name] = each

    def _entry(self, key: shape.Key, paths: Triple, places: ResultPaths) -> Results:
        if key.type is Holds.BLOCK:
            return self.block(key.block, paths, places)
        if key.type is Holds.BLOCKS:
            return self._blocks(key.name, paths, places)
        if key.type in (Holds.REGISTER, Holds.TEXTS, Holds.VALUES):
            return self._register(key, paths, places)
        return self._value(key.name, key.type if isinstance(key.type, Type) else Type.WORD, paths)

    def _inner(self, paths: Triple, name: str) -> Triple:
        return tuple(
            (*path, name) if path is not None and name in (self.three.at(side, path) or ()) else None
            for side, path in enumerate(paths)
        )

    def _stays(self, paths: Triple, name: str) -> bool:
        """Return whether an entry stays: not if a side removed it and the other left it alone."""
        base, *sides = self._inner(paths, name)
        if base is None or None not in sides:
            return any(path is not None for path in sides)
        for side, path in zip(SIDES, sides, strict=True):
            if path is not None and self.three.is_modified(side, base, path):
                raise CannotMerge(self.three.name_of(side, path))
        return False

    def _register(self, key: shape.Key, paths: Triple, places: ResultPaths) -> Results:
        """Merge codes, each with a block or nothing; or words, each with a text."""
        names = [list(data) for data in self.three.values(paths, {})]
        members = [name for name in dict.fromkeys(names[OURS] + names[THEIRS]) if self._stays(paths, name)]
        types = self._types if key.type is Holds.VALUES else {}
        results: Results = ({}, {}, {})
        for name in merge_order(names, members):
            inner = self._inner(paths, name)
            if key.type is Holds.REGISTER:
                value = self._about(key.block, inner, _below(places, name))
            else:
                value = self._value(name, types.get(name, Type.LINE), inner)
            _set(results, name, inner, value)
        return results

    def _about(self, kind: str, paths: Triple, places: ResultPaths) -> Results:
        """Merge what is under a code: a block, or nothing."""
        results = self.block(kind, paths, places)
        return results if any(results) else (None,) * 3

    def _blocks(self, name: str, paths: Triple, places: ResultPaths) -> Results:
        """Merge a list of blocks."""
        side, path = first_side(paths)
        parent = self.three.triple(side, path[:-1]) if len(path) > 1 else name
        there = self._placements.get(parent, [])
        orders: list[list[Placement]] = []
        for side, each in enumerate(paths):
            known = {placement.triple[side]: placement for placement in there}
            items = [(*each, index) for index in range(len(self.three.at(side, each)))] if each else []
            orders.append([known[item] for item in items if item in known])
        results: Results = ([], [], [])
        order = merge_order(orders, there, rank=self._rank)
        if name == "progress":
            order.sort(key=self._day)
        for placement in order:
            inner = tuple((*place, len(result)) for place, result in zip(places, results, strict=True))
            for triples, place in zip(self.triples, inner, strict=True):
                triples[place] = placement.triple
            for result, value in zip(results, self._item(name, placement, inner), strict=True):
                if value is not ABSENT:
                    result.append(value)
        return results

    def _day(self, placement: Placement) -> str:
        return last_day(str(self.three.at(*first_side(placement.triple, SIDES))["date"]))

    def _rank(self, placement: Placement) -> Any:
        data = self.three.at(*first_side(placement.triple, SIDES))
        return (self.three.number(placement.triple) or data.get("number", 0), repr(data))

    def _item(self, name: str, placement: Placement, places: ResultPaths) -> Results:
        triple = placement.triple
        if placement.conflict:
            self.conflicts.append(block_conflict(self.three, placement))
            self.chosen.add(triple)
            return tuple(
                self.three.at(side, path) if path and side in (BASE, *placement.sides) else ABSENT
                for side, path in enumerate(triple)
            )
        if name == "actions" and triple[OURS] and triple[THEIRS]:
            self._check_roles(triple)
        return self.block(shape.BLOCK_LISTS[name], triple, places)

    def _check_roles(self, triple: Triple) -> None:
        """Treat the roles as a conflict if merging would give a code both of them, or leave no pilot."""
        sides = self.three.values(triple, {})
        pilots, associated = (
            merge_set(*(data.get(name, ()) for data in sides)) for name in ("pilots", "associated")
        )
        known = {code for data in sides for code in data.get("pilots", ()) if code in data["associated"]}
        if (pilots & associated) - known or (not pilots and sides[OURS]["pilots"] and sides[THEIRS]["pilots"]):
            self._manual |= {(triple, "pilots"), (triple, "associated")}

    def _value(self, name: str, type_: Type, paths: Triple) -> Results:
        """Merge a scalar or a list of scalars."""
        base, ours, theirs = self.three.values(paths)
        known = next(path for path in paths if path)
        if known[0] == "source_notes" and name in REFERENCES:
            ours, theirs = (
                self._renumbered(side, path, name) for side, path in zip(SIDES, paths[OURS:], strict=True)
            )
        if paths[OURS] is None or paths[THEIRS] is None:
            return (ours if paths[THEIRS] is None else theirs,) * 3
        triple = self.three.alignment.by_path[OURS].get(paths[OURS][:-1])
        if ours != theirs and triple and (triple, name) in self._manual:
            merged: Any = Unmergeable(ours, theirs)
        else:
            merged = self._merged(type_, (base, ours, theirs))
        if not isinstance(merged, Unmergeable):
            return (merged,) * 3
        written = [_as_typed(type_, value) for value in merged]
        field = f"{self.three.entry_name(OURS, paths[OURS])} {name}".strip()
        self.conflicts.append(MergeConflict(self.three.name_of(OURS, paths[OURS]), field, written[0], written[1]))
        return ABSENT if paths[BASE] is None else base, ours, theirs

    def _merged(self, type_: Type, values: Results) -> Any:
        """Merge three values by their type; base is None where it has none."""
        base, ours, theirs = values
        merged = merge_value(base, ours, theirs)
        if not isinstance(merged, Unmergeable) or base is None:
            return merged
        if type_ is Type.TEXT and all(isinstance(each, str) for each in values):
            return merge_words(base, ours, theirs)
        if type_ is Type.WORD or not all(isinstance(each, list) for each in values):
            return merged
        if type_ is Type.YEARS and len({frozenset(each) for each in values}) == 3:
            return merged
        return merge_lists(values, self._declared)

    def _renumbered(self, side: int, path: Path | None, name: str) -> int | str | None:
        """Return the number, or path, that a note names, as it is now; raise CannotMerge if its block is gone."""
        if path is None:
            return None
        number: int | str = self.three.at(side, path)
        triple = self.three.reference(side, name, number)
        if triple and triple not in self._kept:
            raise CannotMerge(self.three.name_of(side, path))
        now: int | str | None = None
        if triple:
            now = self._place(triple) if isinstance(number, str) else self.three.number(triple)
        return number if now is None else now

    def _place(self, triple: Triple) -> str | None:
        """Return the path of a group as merged (``1.2``); None where both sides renumbered some of it."""
        numbers: list[str] = []
        parent: Parent | None = triple
        while isinstance(parent, tuple):
            number = self.three.number(parent)
            if number is None:
                return None
            numbers.append(str(number))
            parent = self._parents.get(parent)
        return ".".join(reversed(numbers))

    def _declared(self, value: Any) -> Any:
        """Return the sort key of an item of a list: codes as declared, then numbers, then words."""
        places = [codes.index(value) for codes in self._codes if value in codes]
        return min(places, default=len(self._codes[BASE])), value if isinstance(value, int) else inf, str(value)


def _set(results: Results, name: str, paths: Triple, values: Results) -> None:
    """Set a key of the results, in each that has it: base has nothing empty that only the sides filled."""
    base, *sides = values
    if paths[BASE] is None and not base and any(sides):
        values = (ABSENT, *sides)
    for result, value in zip(results, values, strict=True):
        if value is not ABSENT:
            result[name] = value


def _below(places: ResultPaths, step: str) -> ResultPaths:
    return tuple((*place, step) for place in places)


def _as_typed(type_: Type, value: Any) -> str:
    """Return a value as people write it."""
    if isinstance(value, str):
        return f"« {value} »" if type_ is Type.TEXT else value
    if isinstance(value, list):
        if type_ is Type.YEARS and value:
            return calendar(tuple(value))
        return ", ".join(_as_typed(Type.LINE, each) for each in value)
    if isinstance(value, dict):  # a level with its plural
        return f"{{{', '.join(f'{key}: {word}' for key, word in value.items())}}}"
    return scalar(value)
