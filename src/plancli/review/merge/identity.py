"""Which block of each of three plans is the same: the identity of ``diff``, base against either side."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Final, NamedTuple

from plancli.location import Path
from plancli.plan.model import Action, Measure, Orientation, Plan, SourceNote
from plancli.review.diff import Match, match

BASE: Final = 0
OURS: Final = 1
THEIRS: Final = 2
SIDES: Final = (OURS, THEIRS)

Row = tuple[Path | None, Path | None, Path | None]
"""The path of one block in base, ours and theirs; None where it isn't there."""

Block = Action | Measure | Orientation
Plans = tuple[Plan, Plan, Plan]
Numbers = tuple[dict[int, Path], dict[int, Path], dict[int, Path]]

REFERENCES: Final = ("action", "measure", "orientation")
"""The keys of a source note that name a block by its number."""


class Identity(NamedTuple):
    """The rows of each kind of block, and for each side the row that a path stands in."""

    rows: dict[str, tuple[Row, ...]]
    of: tuple[dict[Path, Row], dict[Path, Row], dict[Path, Row]]

    def row(self, side: int, path: Path) -> Row:
        """Give the row of a block."""
        return self.of[side][path]


def identify(plans: Plans) -> Identity:
    """Find the rows of three plans."""
    base, ours, theirs = plans
    matches = match(base, ours), match(base, theirs), match(ours, theirs)
    rows: dict[str, tuple[Row, ...]] = {
        name: tuple(_rows([_pairs(each, name) for each in matches]))
        for name in ("orientations", "measures", "actions")
    }
    of: tuple[dict[Path, Row], dict[Path, Row], dict[Path, Row]] = ({}, {}, {})
    _fill(of, rows)
    unused: list[Keyed] = [[(each.path, (each.number,)) for each in plan.unused_numbers] for plan in plans]
    rows["unused_numbers"] = tuple(_keyed(unused))
    notes = [_notes(plan, index) for plan, index in zip(plans, of, strict=True)]
    rows["source_notes"] = tuple(_apart(plans, _keyed(_unambiguous(notes))))
    _fill(of, {name: rows[name] for name in ("unused_numbers", "source_notes")})
    return Identity(rows, of)


def _fill(of: Sequence[dict[Path, Row]], rows: dict[str, tuple[Row, ...]]) -> None:
    for some in rows.values():
        for row in some:
            for index, path in zip(of, row, strict=True):
                if path is not None:
                    index[path] = row


Pairs = list[tuple[Block | None, Block | None]]


def _pairs(matched: Match, name: str) -> Pairs:
    return list(getattr(matched, name))


def _rows(matches: list[Pairs]) -> Iterable[Row]:
    """Join pairs of base with either side; what both sides added under one number is one, if its text agrees."""
    with_ours, with_theirs, sides = matches
    forth = {base.path: other for base, other in with_theirs if base}
    for base, our in with_ours:
        if base:
            their = forth[base.path]
            yield base.path, our.path if our else None, their.path if their else None
    added = [{after.path for before, after in pairs if after and not before} for pairs in (with_ours, with_theirs)]
    for our, their in sides:
        our = our if our and our.path in added[0] else None
        their = their if their and their.path in added[1] else None
        if our and their and our.number == their.number:
            yield None, our.path, their.path
            continue
        if our:
            yield None, our.path, None
        if their:
            yield None, None, their.path


Keyed = list[tuple[Path, Hashable]]


def references(note: SourceNote, plan_index: dict[Path, Row], numbers: Sequence[dict[int, Path]]) -> Hashable:
    """Give what a note is about, whatever number it has."""
    found: list[Hashable] = []
    for number, known in zip((note.action, note.measure, note.orientation), numbers, strict=True):
        path = known.get(number or 0)
        found.append(plan_index[path] if path else number)
    return tuple(found)


def numbers_of(plan: Plan) -> tuple[dict[int, Path], dict[int, Path], dict[int, Path]]:
    """Give the paths of actions, measures and orientations by their numbers, where a number names one."""
    return _numbers(plan.actions), _numbers(plan.measures), _numbers(plan.orientations)


def _numbers(blocks: Sequence[Block]) -> dict[int, Path]:
    counts = Counter(block.number for block in blocks)
    return {block.number: block.path for block in blocks if counts[block.number] == 1}


def _notes(plan: Plan, index: dict[Path, Row]) -> list[tuple[SourceNote, Hashable]]:
    numbers = numbers_of(plan)
    return [(note, (references(note, index, numbers), note.field)) for note in plan.source_notes]


def _unambiguous(sides: list[list[tuple[SourceNote, Hashable]]]) -> list[Keyed]:
    """Know a note by what it is about; where one side has two of those, by all of it."""
    several = {key for notes in sides for key, count in Counter(key for _note, key in notes).items() if count > 1}
    return [
        [(note.path, (key, note.source, note.note) if key in several else (key,)) for note, key in notes]
        for notes in sides
    ]


def _apart(plans: Plans, rows: list[Row]) -> Iterable[Row]:
    """Part notes that both sides wrote about one thing: as of any set, both are members."""
    notes = [{note.path: (note.source, note.note) for note in plan.source_notes} for plan in plans]
    for base, ours, theirs in rows:
        if base is None and ours and theirs and notes[OURS][ours] != notes[THEIRS][theirs]:
            yield None, ours, None
            yield None, None, theirs
        else:
            yield base, ours, theirs


def _keyed(sides: list[Keyed]) -> list[Row]:
    """Join what has the same key; the second of a key in one file is another than the first."""
    found: dict[Hashable, list[Path | None]] = {}
    for side, entries in enumerate(sides):
        seen: Counter[Hashable] = Counter()
        for path, key in entries:
            seen[key] += 1
            found.setdefault((key, seen[key]), [None, None, None])[side] = path
    return [(base, ours, theirs) for base, ours, theirs in found.values()]
