"""Three sheets to one: each block where it ends up, each entry as one side or both made it."""

from collections.abc import Sequence
from typing import Any

from plancli.location import Path
from plancli.plan.writer import lay_out_entry
from plancli.review.merge.entries import Entries, merge_lines
from plancli.review.merge.fates import LISTS, Doubt, Fate, Home, Three, fates
from plancli.review.merge.identity import OURS, SIDES, THEIRS, Row
from plancli.review.merge.pieces import Clash, Conflict, Part, Piece, Subject, first_line, resolved
from plancli.review.merge.sheet import DASH, Lines, kind
from plancli.review.merge.values import Differ, merge_order, merge_set, merge_value

_SPACED = ("orientations", "measures", "actions")
_MAPPINGS = ("period", "directorates", "glossary")


class Weaver:
    """Puts three sheets together; ``conflicts`` tells what a person must decide. Raise Doubt where it can't."""

    def __init__(self, three: Three) -> None:
        self.three = three
        self.conflicts: list[Conflict] = []
        self.entries = Entries(three, self.conflicts)
        self.columns = {place: at for sheet in three.sheets for place, at in sheet.columns.items()}
        self.homes: dict[Home, list[Fate]] = {}
        for name in LISTS:
            for fate in fates(three, name):
                self.homes.setdefault(fate.home, []).append(fate)
        self._refuse_orphans()

    def _refuse_orphans(self) -> None:
        """Raise Doubt where one side took away what the other side changed something in."""
        kept = {fate.row for there in self.homes.values() for fate in there}
        for home in self.homes:
            if isinstance(home, tuple) and home not in kept:
                side, path = next((side, path) for side, path in enumerate(home) if path)
                raise Doubt(Subject(str(path[-2]), str(self.three.at(side, path)["number"])))

    def weave(self) -> list[Piece]:
        """Give the whole plan."""
        base, ours, theirs = self.three.sheets
        pieces = [piece for part in self._mapping(((), (), ())) for piece in part.pieces]
        return [*pieces, *merge_lines(base.tail, ours.tail, theirs.tail)]

    def _mapping(self, paths: Row) -> list[Part]:
        keys = [self._keys(side, path) for side, path in enumerate(paths)]
        kept = [name for name in dict.fromkeys(keys[OURS] + keys[THEIRS]) if self._is_kept(paths, name)]
        return [self._entry(self._child(paths, name)) for name in merge_order(keys, kept)]

    def _keys(self, side: int, path: Path | None) -> list[str]:
        return [] if path is None else list(self.three.at(side, path) or ())

    def _child(self, paths: Row, name: str) -> Row:
        base, ours, theirs = (
            (*path, name) if path is not None and name in (self.three.at(side, path) or ()) else None
            for side, path in enumerate(paths)
        )
        return base, ours, theirs

    def _is_kept(self, paths: Row, name: str) -> bool:
        """Tell whether an entry stays: not if a side took it away and the other left it alone."""
        base, *others = self._child(paths, name)
        if base is None or None not in others:
            return True
        for side, path in zip(SIDES, others, strict=True):
            if path and self.three.is_touched(side, base, path):
                raise Doubt(self.entries.subject(side, path))
        return False

    def _entry(self, paths: Row) -> Part:
        path = _some(paths)
        is_mapping = path[-1] in _MAPPINGS or (len(path) == 2 and path[0] == "directorates")
        if path[-1] not in LISTS and not (is_mapping and len(path) < 3):
            return self.entries.leaf(paths)
        body = self._items(paths) if path[-1] in LISTS else [p for e in self._mapping(paths) for p in e.pieces]
        above, below = self.entries.around(paths)
        return Part(above, (*self._head(paths, bool(body)), *below, *body))

    def _head(self, paths: Row, filled: bool) -> Lines:
        """Give the first line of a container: one that says ``[]`` only where nothing follows."""
        found: list[Lines | None] = [None, None, None]
        for side, path in enumerate(paths):
            if path:
                data = self.three.at(side, path)
                if data is None or bool(data) == filled:
                    found[side] = self.three.sheets[side].slices[path].lines
        base, ours, theirs = found
        if ours and theirs:
            merged = merge_value(base, ours, theirs)
            return min(ours, theirs) if isinstance(merged, Differ) else merged
        if ours or theirs or base:
            return ours or theirs or base or ()
        path = _some(paths)
        line = lay_out_entry(str(path[-1]), [], self.columns[kind(path)])[0]
        empty = "{}" if path[0] == "directorates" or path[-1] in _MAPPINGS else "[]"
        return (line.removesuffix(" []") + ("" if filled else f" {empty}"),)

    def _items(self, paths: Row) -> list[Piece]:
        """Give the items of a list in their order."""
        owner = next(((side, path) for side, path in enumerate(paths) if path), None)
        assert owner
        home: Home = self.three.identity.row(owner[0], owner[1][:-1]) if len(owner[1]) > 1 else str(owner[1][-1])
        there = self.homes.get(home, [])
        orders: list[list[Fate]] = [[], [], []]
        for side, path in enumerate(paths):
            known = {fate.row[side]: fate for fate in there}
            for index in range(len(self.three.at(side, path)) if path else 0):
                fate = known.get((*(path or ()), index))
                if fate:
                    orders[side].append(fate)
        pieces: list[Piece] = []
        for at, fate in enumerate(merge_order(orders, there, rank=self._rank)):
            pieces += self._item(fate, at == 0)
        return pieces

    def _rank(self, fate: Fate) -> Any:
        side, path = next((side, path) for side, path in enumerate(fate.row) if path and side)
        data = self.three.at(side, path)
        return (self.entries.number(fate.row) or data.get("number", 0), repr(data))

    def _item(self, fate: Fate, is_first: bool) -> list[Piece]:
        blanks = self._blanks(fate.row, is_first)
        if not fate.clash:
            self._hold_roles(fate.row)
            return self._put_together(self._mapping(fate.row), _some(fate.row), blanks)
        sides: list[Lines] = []
        for side, path in enumerate(fate.row):
            told = (True, fate.ours, fate.theirs)[side]
            sides.append(self._as_it_is(side, path, blanks) if path and told else ())
        self.conflicts.append(self.entries.block_conflict(fate))
        return [Clash(*sides)]

    def _as_it_is(self, side: int, path: Path, blanks: int) -> Lines:
        """Give the lines of an item as one side has them."""
        sheet = self.three.sheets[side]
        found = [each for where, each in sheet.slices.items() if where[: len(path)] == path]
        parts = [Part(each.above, (*each.lines, *each.below)) for each in found]
        return tuple(resolved(self._put_together(parts, path, blanks)))

    def _put_together(self, parts: Sequence[Part], path: Path, blanks: int) -> list[Piece]:
        """Give an item of a list with its dash, and the blank lines that part it from the one before."""
        column = self.columns[*kind(path), DASH]
        first, *rest = parts
        above = list(first.above)
        while above and not above[0].strip():
            above.pop(0)
        own = first_line(first.own, lambda line: f"{line[:column]}-{line[column + 1 :]}")
        return [*[""] * blanks, *above, *own, *(piece for part in rest for piece in part.pieces)]

    def _blanks(self, row: Row, is_first: bool) -> int:
        """Count the blank lines above an item, as the sides have them where it stands first, or not first."""
        counts: list[int | None] = [None, None, None]
        for side, path in enumerate(row):
            if path and (path[-1] == 0) == is_first:
                head = next(iter(self.three.at(side, path)))
                above = self.three.sheets[side].slices[*path, head].above
                counts[side] = next((at for at, line in enumerate(above) if line.strip()), len(above))
        base, ours, theirs = counts
        if ours is not None and theirs is not None:
            merged = merge_value(base, ours, theirs)
            return max(ours, theirs) if isinstance(merged, Differ) else merged
        found = next((count for count in (ours, theirs, base) if count is not None), None)
        path = _some(row)
        return found if found is not None else int(not is_first and path[-2] in _SPACED)

    def _hold_roles(self, row: Row) -> None:
        """Hold back a merge of roles that neither side has: one directorate in both, or no pilot at all."""
        ours, theirs = row[OURS], row[THEIRS]
        if not (ours and theirs) or ours[-2] != "actions":
            return
        roles = {
            name: [
                frozenset(self.three.at(side, path)[name]) if path else frozenset()
                for side, path in enumerate(row)
            ]
            for name in ("pilots", "associated")
        }
        pilots, associated = (merge_set(*sides) for sides in roles.values())
        known = [one & other for one, other in zip(*roles.values(), strict=True)]
        both = (pilots & associated).difference(*known)
        if both or (not pilots and all(roles["pilots"][side] for side in SIDES)):
            self.entries.held |= {(row, "pilots"), (row, "associated")}


def _some(row: Row) -> Path:
    return next(path for path in row if path)
