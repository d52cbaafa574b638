"""One entry of three sheets: its lines as one side has them, laid out anew, or as a clash; its comments."""

from collections import Counter
from typing import Any

from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import calendar
from plancli.plan.writer import lay_out_entry
from plancli.review.merge.fates import SETS, Fate, Three
from plancli.review.merge.identity import BASE, OURS, REFERENCES, SIDES, THEIRS, Row
from plancli.review.merge.pieces import THE_PLAN, Clash, Conflict, Part, Piece, Subject
from plancli.review.merge.sheet import Lines, Slice, kind
from plancli.review.merge.values import Differ, merge_order, merge_set, merge_value, merge_words

_WORDS = frozenset({"text", "title"})


def merge_lines(base: Lines, ours: Lines, theirs: Lines) -> Lines:
    """Put together comments and blank lines: what one side did, or else what both kept and what either added."""
    merged = merge_value(base, ours, theirs)
    if not isinstance(merged, Differ):
        return merged
    first, second = sorted((ours, theirs))
    left = Counter(base)
    kept = [line for line in first if line in second or line not in left or not line.strip()]
    return (*kept, *(line for line in second if line.strip() and line not in first and line not in left))


class Entries:
    """Merges entries; ``held`` are fields that only a person may merge, each by the row of its block."""

    def __init__(self, three: Three, conflicts: list[Conflict]) -> None:
        self.three = three
        self.conflicts = conflicts
        self.held: set[tuple[Row, str]] = set()
        self._columns = {place: at for sheet in three.sheets for place, at in sheet.columns.items()}

    def number(self, row: Row) -> int | None:
        """Give the number of a block as merged; None where both sides changed it."""
        numbers: list[int | None] = [
            self.three.at(side, path).get("number") if path else None for side, path in enumerate(row)
        ]
        base, ours, theirs = numbers
        if ours is None or theirs is None:
            return theirs if ours is None else ours
        merged = merge_value(base, ours, theirs)
        return None if isinstance(merged, Differ) else merged

    def around(self, paths: Row) -> tuple[Lines, Lines]:
        """Give the lines above and below an entry."""
        slices = self._slices(paths)
        base, ours, theirs = slices
        if ours and theirs:
            known = base or Slice((), (), (), ())
            return (
                merge_lines(known.above, ours.above, theirs.above),
                merge_lines(known.below, ours.below, theirs.below),
            )
        only = ours or theirs
        assert only
        return only.above, only.below

    def leaf(self, paths: Row) -> Part:
        """Merge an entry without entries of its own."""
        above, below = self.around(paths)
        slices = self._slices(paths)
        _base, ours, theirs = slices
        if not ours or not theirs:
            return Part(above, (*self._followed(paths, OURS if ours else THEIRS), *below))
        side: int | Differ | tuple[Any] | None = self._doubtful(paths)
        if side is None:
            side = self._unchanged(slices)
        if side is None:
            side = self._choice(paths)
        if isinstance(side, int):
            chosen = slices[side]
            assert chosen
            missing = Counter(self._comments(slices)) - Counter(chosen.comments)
            lead = self._above_it(paths, tuple(missing.elements()))
            return Part((*above, *lead), (*self._followed(paths, side), *below))
        if isinstance(side, Differ):
            return Part(above, (self._clash(paths, side), *below))
        comments = self._comments(slices)
        path = paths[OURS] or ()
        lines = lay_out_entry(str(path[-1]), side[0], self._columns[kind(path)])
        if len(comments) == 1:
            lines[0] += f"  {comments[0]}"
            comments = ()
        return Part((*above, *self._above_it(paths, comments)), (*lines, *below))

    def _above_it(self, paths: Row, comments: Lines) -> Lines:
        path = next(path for path in paths if path)
        return tuple(f"{' ' * self._columns[kind(path)]}{comment}" for comment in comments)

    def _slices(self, paths: Row) -> tuple[Slice | None, Slice | None, Slice | None]:
        base, ours, theirs = (
            self.three.sheets[side].slices[path] if path else None for side, path in enumerate(paths)
        )
        return base, ours, theirs

    def _unchanged(self, slices: tuple[Slice | None, Slice | None, Slice | None]) -> int | None:
        """Give the side to take where the bytes alone decide."""
        base, ours, theirs = slices
        assert ours
        assert theirs
        if ours.lines == theirs.lines or (base and theirs.lines == base.lines):
            return OURS
        return THEIRS if base and ours.lines == base.lines else None

    def _choice(self, paths: Row) -> int | Differ | tuple[Any]:
        """Give the side to take by what the entry says, or (in a tuple) a value that is neither's, or Differ."""
        meanings: list[Any] = [self.three.meaning(side, path) if path else None for side, path in enumerate(paths)]
        base, ours, theirs = meanings
        if ours == theirs:
            return self._tidier(paths)
        if theirs == base:
            return OURS
        if ours == base:
            return THEIRS
        path = paths[OURS] or ()
        values: list[Any] = [self.three.at(side, each) if each else None for side, each in enumerate(paths)]
        merged: Any = Differ(values[OURS], values[THEIRS])
        if base is not None and path[-1] in _WORDS:
            merged = merge_words(base, ours, theirs)
        elif base is not None and path[-1] in SETS - {"years"}:
            members = merge_set(base, ours, theirs)
            merged = merge_order(values, members, rank=self._declared)
        if isinstance(merged, Differ):
            return merged
        for side in SIDES:
            if (frozenset(merged) if path[-1] in SETS else merged) == meanings[side]:
                return side
        return (merged,)

    def _doubtful(self, paths: Row) -> Differ | None:
        """Give the values of a field that only a person may merge, though each side's change alone is clear."""
        path, other = paths[OURS] or (), paths[THEIRS] or ()
        one, two = self.three.at(OURS, path), self.three.at(THEIRS, other)
        if one == two:
            return None
        if (self.three.identity.of[OURS].get(path[:-1]), path[-1]) in self.held:
            return Differ(one, two)
        row = self._named(OURS, path)
        return Differ(one, two) if row and self.number(row) is None else None

    def _named(self, side: int, path: Path) -> Row | None:
        """Give the block that an entry of a note names by its number."""
        if path[0] != "source_notes" or path[-1] not in REFERENCES:
            return None
        row = self.three.reference(side, str(path[-1]), self.three.at(side, path))
        return None if isinstance(row, int) or not (row[OURS] or row[THEIRS]) else row

    def _declared(self, value: Any) -> Any:
        """Give what a code or a priority is put in order by."""
        if isinstance(value, int):
            return value
        places = [list(sheet.data["directorates"]) for sheet in self.three.sheets]
        return min((codes.index(value) for codes in places if value in codes), default=len(places[0])), value

    def _tidier(self, paths: Row) -> int:
        """Give the side that has a value in canonical layout, if one has."""
        for side in SIDES:
            path = paths[side] or ()
            lines = lay_out_entry(str(path[-1]), self.three.at(side, path), self._columns[kind(path)])
            if tuple(lines) == self.three.sheets[side].slices[path].lines:
                return side
        one, other = (self.three.sheets[side].slices[paths[side] or ()].lines for side in SIDES)
        return OURS if one <= other else THEIRS

    def _comments(self, slices: tuple[Slice | None, Slice | None, Slice | None]) -> Lines:
        base, ours, theirs = (each.comments if each else () for each in slices)
        return merge_lines(base, ours, theirs)

    def _followed(self, paths: Row, side: int) -> Lines:
        """Give the lines of a side; the number of a block that a note names is the one it has now."""
        path = paths[side] or ()
        lines = self.three.sheets[side].slices[path].lines
        row = self._named(side, path)
        number = self.number(row) if row else None
        if number is None or number == self.three.at(side, path):
            return lines
        return (lines[0].replace(str(self.three.at(side, path)), str(number), 1),)

    def _clash(self, paths: Row, differ: Differ) -> Piece:
        slices = self._slices(paths)
        base, ours, theirs = (each.lines if each else () for each in slices)
        path = paths[OURS] or ()
        field = str(path[-1])
        said = [_said(field, value) for value in differ]
        self.conflicts.append(Conflict(self.subject(OURS, path), field, said[0], said[1]))
        return Clash(base, ours, theirs)

    def subject(self, side: int, path: Path) -> Subject:
        """Name the block that an entry stands in."""
        if len(path) == 1 or path[0] == "period":
            return THE_PLAN
        if path[0] in ("directorates", "glossary"):
            return Subject(str(path[0]), str(path[1]))
        data = self.three.at(side, path[:-1])
        named = (data[key] for key in ("number", *REFERENCES) if key in data)
        return Subject(str(path[-3]), str(next(named, "")))

    def block_conflict(self, fate: Fate) -> Conflict:
        """Say what happened to an action on either side."""
        base, *sides = fate.row
        side, path = next((side, path) for side, path in zip(SIDES, sides, strict=True) if path)
        subject = Subject("actions", str(self.three.at(side, path)["number"]))
        if base is None:
            return Conflict(subject, "", _("added"), _("added"))
        told = [self._fared(side, base, each) for side, each in zip(SIDES, sides, strict=True)]
        return Conflict(subject, "", *told)

    def _fared(self, side: int, base: Path, path: Path | None) -> str:
        if path is None:
            return _("removed")
        if self.three.home(BASE, base) != self.three.home(side, path):
            number = self.three.at(side, path[:-2])["number"]
            return _("moved to measure {n}").format(n=number)
        return _("changed")


def _said(field: str, value: Any) -> str:
    """Write a value as people do."""
    if isinstance(value, str):
        return f"« {value} »" if field in _WORDS else value
    if isinstance(value, list):
        return calendar(tuple(value)) if field == "years" and value else ", ".join(map(str, value))
    return str(value)
