"""Three plans to one, as plain data.

The result is made three times: as base, ours and theirs would have it. The three are alike but for what only a
person can decide.
"""

from typing import Any, Final, NamedTuple

from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Type, calendar, shape
from plancli.plan.model.shape import Holds
from plancli.plan.writer.comments import Side
from plancli.review.merge.alignment import BASE, OURS, REFERENCES, ROW_NAMES, SIDES, THEIRS, AlignedPaths
from plancli.review.merge.conflict import CannotMerge, MergeConflict
from plancli.review.merge.placement import Parent, Placement, ThreePlans, first_side, resolve_placements
from plancli.review.merge.value_merge import (
    Unmergeable,
    merge_lines,
    merge_lists,
    merge_order,
    merge_set,
    merge_value,
    merge_words,
)

ABSENT: Final[Any] = object()

ResultPaths = tuple[Path, Path, Path]
"""The paths of an entry in the three results."""

Results = tuple[Any, Any, Any]
"""A value in the results as base, ours and theirs would have it; ABSENT where it isn't there."""


class MergedData(NamedTuple):
    """The three results, what a person must decide, the blocks in them, and the blocks a person must choose."""

    results: Results
    conflicts: tuple[MergeConflict, ...]
    rows: tuple[dict[Path, AlignedPaths], ...]
    chosen: frozenset[AlignedPaths]


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
        self.rows: tuple[dict[Path, AlignedPaths], ...] = ({}, {}, {})
        self.chosen: set[AlignedPaths] = set()
        self._manual: set[tuple[AlignedPaths, str]] = set()
        self._placements = resolve_placements(three)
        self._parents = {each.row: each.parent for there in self._placements.values() for each in there}
        self._kept = self._parents.keys()
        self._codes = [list(data["directorates"]) for data in three.data]
        self._types = {
            field.key: Type.TEXT if field.type is Type.PROSE else field.type
            for plan in three.plans
            for field in plan.declared_fields
        }

    def block(self, kind: str, paths: AlignedPaths, places: ResultPaths) -> Results:
        """Merge the keys of a block of the shape."""
        found: Results = ({}, {}, {})
        contents = shape.CONTENTS.get(kind, ())
        for key in shape.SHAPE[kind]:
            if key.name in contents or key.name == "progress":
                self._contents(key, paths, places, found)
            elif self._stays(paths, key.name):
                value = self._entry(key, self._inner(paths, key.name), _below(places, key.name))
                for result, each in zip(found, value, strict=True):
                    if each is not ABSENT:
                        result[key.name] = each
        return found

    def _contents(self, key: shape.Key, paths: AlignedPaths, places: ResultPaths, found: Results) -> None:
        """Merge the groups, actions or entries of a block; a key under which nothing stands stays if both have it.

        A group or a plan that nothing stands in keeps the key that a side has.
        """
        inner = self._inner(paths, key.name)
        sides = [inner[side] is not None for side in SIDES if paths[side] is not None]
        if not any(sides):
            return
        value = self._blocks(key.name, inner, _below(places, key.name))
        for result, each in zip(found, value, strict=True):
            if each or all(sides) or (key.name == "actions" and not any(name in result for name in shape.LEVELS)):
                result[key.name] = each

    def _entry(self, key: shape.Key, paths: AlignedPaths, places: ResultPaths) -> Results:
        if key.type is Holds.BLOCK:
            return self.block(key.block, paths, places)
        if key.type is Holds.BLOCKS and key.name in ROW_NAMES:
            return self._blocks(key.name, paths, places)
        if key.type in (Holds.REGISTER, Holds.TEXTS, Holds.VALUES):
            return self._register(key, paths, places)
        return self._value(key.name, key.type if isinstance(key.type, Type) else Type.WORD, paths)

    def _inner(self, paths: AlignedPaths, name: str) -> AlignedPaths:
        base, ours, theirs = (
            (*path, name) if path is not None and name in (self.three.at(side, path) or ()) else None
            for side, path in enumerate(paths)
        )
        return base, ours, theirs

    def _stays(self, paths: AlignedPaths, name: str) -> bool:
        """Return whether an entry stays: not if a side removed it and the other left it alone."""
        base, *sides = self._inner(paths, name)
        if base is None or None not in sides:
            return any(path is not None for path in sides)
        for side, path in zip(SIDES, sides, strict=True):
            if path is not None and self.three.is_modified(side, base, path):
                raise CannotMerge(self.three.subject(side, path))
        return False

    def _register(self, key: shape.Key, paths: AlignedPaths, places: ResultPaths) -> Results:
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
            for result, each in zip(found, value, strict=True):
                result[name] = each
        return found

    def _about(self, kind: str, paths: AlignedPaths, places: ResultPaths) -> Results:
        """Merge what stands under a code: a block, an empty one, or nothing."""
        found = self.block(kind, paths, places)
        if any(found):
            return found
        side = OURS if paths[OURS] else THEIRS
        nothing = self.three.at(side, paths[side] or ())
        return nothing, nothing, nothing

    def _blocks(self, name: str, paths: AlignedPaths, places: ResultPaths) -> Results:
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
            here = _below(places, *map(len, found))
            for rows, place in zip(self.rows, here, strict=True):
                rows[place] = placement.row
            for result, value in zip(found, self._item(name, placement, here), strict=True):
                if value is not ABSENT:
                    result.append(value)
        return found

    def _day(self, placement: Placement) -> str:
        side, path = first_side((None, *placement.row[OURS:]))
        return str(self.three.at(side, path)["date"])

    def _rank(self, placement: Placement) -> Any:
        side, path = first_side((None, *placement.row[OURS:]))
        data = self.three.at(side, path)
        return (self.three.number(placement.row) or data.get("number", 0), repr(data))

    def _item(self, name: str, placement: Placement, places: ResultPaths) -> Results:
        row = placement.row
        if placement.conflict:
            self.conflicts.append(self._block_conflict(placement))
            self.chosen.add(row)
            base, ours, theirs = (
                self.three.at(side, path) if path and side in (BASE, *placement.sides) else ABSENT
                for side, path in enumerate(row)
            )
            return base, ours, theirs
        if name == "actions" and row[OURS] and row[THEIRS]:
            self._check_roles(row)
        return self.block(shape.BLOCK_LISTS[name], row, places)

    def _check_roles(self, row: AlignedPaths) -> None:
        """Treat the roles as a conflict if merging would give a code both of them, or leave no pilot."""
        sides = [self.three.at(side, path) if path else {} for side, path in enumerate(row)]
        pilots, associated = (
            merge_set(*(data.get(name, ()) for data in sides)) for name in ("pilots", "associated")
        )
        known = {code for data in sides for code in data.get("pilots", ()) if code in data["associated"]}
        if (pilots & associated) - known or (not pilots and sides[OURS]["pilots"] and sides[THEIRS]["pilots"]):
            self._manual |= {(row, "pilots"), (row, "associated")}

    def _value(self, name: str, what: Type, paths: AlignedPaths) -> Results:
        """Merge a scalar or a list of scalars."""
        base, ours, theirs = (self.three.at(side, path) if path else None for side, path in enumerate(paths))
        known = next(path for path in paths if path)
        if known[0] == "source_notes" and name in REFERENCES:
            ours, theirs = (
                self._renumbered(side, path, name) for side, path in zip(SIDES, paths[OURS:], strict=True)
            )
        if paths[OURS] is None or paths[THEIRS] is None:
            only = ours if paths[THEIRS] is None else theirs
            return only, only, only
        row = self.three.alignment.of[OURS].get(paths[OURS][:-1])
        if ours != theirs and row and (row, name) in self._manual:
            merged: Any = Unmergeable(ours, theirs)
        else:
            merged = self._merged(what, (base, ours, theirs))
        if not isinstance(merged, Unmergeable):
            return merged, merged, merged
        written = [_written(what, value) for value in merged]
        field = f"{self._entry_name(OURS, paths[OURS])} {name}".strip()
        self.conflicts.append(MergeConflict(self.three.subject(OURS, paths[OURS]), field, written[0], written[1]))
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
            raise CannotMerge(self.three.subject(side, path))
        now: int | str | None = None
        if row:
            now = self._place(row) if isinstance(number, str) else self.three.number(row)
        return number if now is None else now

    def _place(self, row: AlignedPaths) -> str | None:
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

    def _block_conflict(self, placement: Placement) -> MergeConflict:
        """Return what happened to an action, or to an entry, on either side."""
        side, path = first_side((None, *placement.row[OURS:]))
        base = placement.row[BASE]
        actions = [self._side_action(each, base, placement.row[each]) if base else _("added") for each in SIDES]
        name = self._entry_name(side, path)
        if name and not base:
            actions = [self._status(each, placement.row[each]) for each in SIDES]
        return MergeConflict(self.three.subject(side, path), name, *actions)

    def _entry_name(self, side: int, path: Path) -> str:
        """Return what names the entry that a path leads to, or into, beside its action; empty where it is none."""
        if "progress" not in path:
            return ""
        entry = self.three.at(side, path[: path.index("progress") + 2])
        return " ".join(("progress", str(entry["date"])))

    def _status(self, side: int, path: Path | None) -> str:
        return str(self.three.at(side, path).get("status")) if path else _("nothing")

    def _side_action(self, side: int, base: Path, path: Path | None) -> str:
        """Return what a side did with a block of base."""
        if path is None:
            return _("removed")
        if self.three.parent(BASE, base) != self.three.parent(side, path):
            if self.three.has_two_levels and self.three.plans[side].declared_levels is None:
                return _("moved to measure {n}").format(n=self.three.at(side, path[:-2])["number"])
            return _("moved: {group}").format(group=self.three.named(side, path[:-2]))
        return _("changed")


class MergedComments:
    """The comments of both sides, merged, by the paths of one of the results."""

    def __init__(self, three: ThreePlans, merged: MergedData, result: int) -> None:
        self._merged, self._result = merged, result
        sides: list[dict[Any, list[str]]] = [{}, {}, {}]
        for side, found in enumerate(three.comments):
            for comment in found:
                known = key_of_path(three.alignment.of[side], comment.path)
                sides[side].setdefault((known, comment.side), []).append(comment.text)
        self._sides = sides

    def __call__(self, path: Path, side: Side) -> list[str]:
        """Return the comments of an entry on one side of it."""
        known = key_of_path(self._merged.rows[self._result], path)
        found = [each.get((known, side), []) for each in self._sides]
        return found[self._result] if known[0] in self._merged.chosen else merge_lines(*found)


def _below(places: ResultPaths, step: str | int, *steps: int) -> ResultPaths:
    """Return the paths one step further in; with several, each has its own."""
    one, two, three = (step, *steps) if steps else (step, step, step)
    base, ours, theirs = places
    return (*base, one), (*ours, two), (*theirs, three)


def key_of_path(rows: dict[Path, AlignedPaths], path: Path) -> tuple[AlignedPaths | None, Path]:
    """Return what a path is known by on all sides: the row of its block, and the rest."""
    for length in range(len(path), 0, -1):
        if path[:length] in rows:
            return rows[path[:length]], path[length:]
    return None, path


def _written(what: Type, value: Any) -> str:
    """Return a value as people write it."""
    if isinstance(value, str):
        return f"« {value} »" if what is Type.TEXT else value
    if isinstance(value, list):
        return calendar(tuple(value)) if what is Type.YEARS and value else ", ".join(map(str, value))
    return str(value)
