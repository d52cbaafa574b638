"""Which block of each of three plans is the same: the identity of ``diff``, base against either side."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import product
from typing import Any, Final, NamedTuple

from plancli.location import Path
from plancli.plan.model import Action, Block, Entry, Group, Plan, SourceNote, has_two_levels, path_of
from plancli.review.diff import SAME_NUMBER, Match, matches, similarity

BASE: Final = 0
OURS: Final = 1
THEIRS: Final = 2
SIDES: Final = (OURS, THEIRS)

MOST_ALIGNMENTS: Final = 24
"""How many alignments that may be right are tried."""

AlignedPaths = tuple[Path | None, Path | None, Path | None]
"""The path of one block in base, ours and theirs; None where it isn't there."""

Plans = tuple[Plan, Plan, Plan]

ROW_NAMES: Final = {
    "orientations": "groups",
    "measures": "groups",
    "actions": "actions",
    "progress": "progress",
    "unused_numbers": "unused_numbers",
    "source_notes": "source_notes",
}
"""The lists of blocks of a plan file, with the name of their rows."""

REFERENCES: Final = ("action", "measure", "orientation")
"""The keys of a source note that name a block by its number."""


class Alignment(NamedTuple):
    """The rows of each kind of block, for each side the row of each path, and the matches they come of."""

    rows: dict[str, tuple[AlignedPaths, ...]]
    of: tuple[dict[Path, AlignedPaths], dict[Path, AlignedPaths], dict[Path, AlignedPaths]]
    matches: tuple[Match, Match]


class Alignments(NamedTuple):
    """The alignments that may be right, the best first; ``complete`` tells that there are no others."""

    ways: tuple[Alignment, ...]
    complete: bool


def alignments(plans: Plans) -> Alignments:
    """Return every alignment of three plans that may be right."""
    base, ours, theirs = plans
    with_ours, with_theirs = matches(base, ours), matches(base, theirs)
    pairs = sorted(
        product(enumerate(with_ours.ways), enumerate(with_theirs.ways)), key=lambda each: each[0][0] + each[1][0]
    )
    ways = tuple(align(plans, (one, other)) for (_at, one), (_place, other) in pairs[:MOST_ALIGNMENTS])
    return Alignments(ways, with_ours.complete and with_theirs.complete and len(pairs) <= MOST_ALIGNMENTS)


def align(plans: Plans, matched: tuple[Match, Match]) -> Alignment:
    """Return the rows of three plans, as base is matched with either side."""
    ours, theirs = matched
    is_usual = all(map(has_two_levels, plans))

    def place(group: Group) -> Hashable:
        return (group.level, group.number) if is_usual else group.place

    def number(action: Action) -> Hashable:
        return action.number

    rows: dict[str, tuple[AlignedPaths, ...]] = {
        "groups": tuple(_rows(ours.groups, theirs.groups, place)),
        "actions": tuple(_rows(ours.actions, theirs.actions, number)),
    }
    rows["progress"] = tuple(_progress(plans, rows["actions"]))
    of: tuple[dict[Path, AlignedPaths], dict[Path, AlignedPaths], dict[Path, AlignedPaths]] = ({}, {}, {})
    _fill(of, rows)
    unused: list[Keyed] = [[(each.path, (each.number,)) for each in plan.unused_numbers] for plan in plans]
    rows["unused_numbers"] = tuple(_keyed(unused))
    notes = [_notes(plan, index) for plan, index in zip(plans, of, strict=True)]
    rows["source_notes"] = tuple(_part_new_notes(plans, _keyed(_unambiguous(notes))))
    _fill(of, {name: rows[name] for name in ("unused_numbers", "source_notes")})
    return Alignment(rows, of, matched)


def _fill(of: Sequence[dict[Path, AlignedPaths]], rows: dict[str, tuple[AlignedPaths, ...]]) -> None:
    for some in rows.values():
        for row in some:
            for index, path in zip(of, row, strict=True):
                if path is not None:
                    index[path] = row


Pairs = Sequence[tuple[Block | None, Block | None]]


def _rows(with_ours: Pairs, with_theirs: Pairs, key: Callable[[Any], Hashable]) -> Iterator[AlignedPaths]:
    """Yield the rows of paired blocks; additions under one number are one block if their texts agree."""
    forth = {base.path: other for base, other in with_theirs if base}
    for base, our in with_ours:
        if base:
            their = forth[base.path]
            yield base.path, our.path if our else None, their.path if their else None
    added = [[after for before, after in pairs if after and not before] for pairs in (with_ours, with_theirs)]
    waiting = {key(each): each for each in reversed(added[1])}
    joined: set[Path] = set()
    for our in added[0]:
        their = waiting.get(key(our))
        if their and their.path not in joined and _agree(our, their):
            joined.add(their.path)
            yield None, our.path, their.path
        else:
            yield None, our.path, None
    yield from ((None, None, their.path) for their in added[1] if their.path not in joined)


def _agree(one: Block, other: Block) -> bool:
    if isinstance(one, Action) and isinstance(other, Action):
        return one.text == other.text or similarity(one.text, other.text) >= SAME_NUMBER
    return True


def _progress(plans: Plans, rows: Sequence[AlignedPaths]) -> Iterator[AlignedPaths]:
    """Yield the rows of the entries of each action; what both sides reported alike is one entry."""
    entries = [{action.path: action.progress for action in plan.actions if action.progress} for plan in plans]
    if not any(entries):
        return
    for row in rows:
        base, ours, theirs = (
            known.get(path, ()) if path else () for known, path in zip(entries, row, strict=True)
        )
        yield from _entries(base, ours, theirs)


def _entries(base: Sequence[Entry], ours: Sequence[Entry], theirs: Sequence[Entry]) -> Iterator[AlignedPaths]:
    with_ours, with_theirs = _kept(base, ours), _kept(base, theirs)
    for entry in base:
        one, other = with_ours.get(entry.path), with_theirs.get(entry.path)
        yield entry.path, one.path if one else None, other.path if other else None
    known = ({each.path for each in with_ours.values()}, {each.path for each in with_theirs.values()})
    waiting: dict[Hashable, list[Entry]] = {}
    for entry in reversed(theirs):
        if entry.path not in known[1]:
            waiting.setdefault(entry[:-1], []).append(entry)
    for entry in ours:
        if entry.path not in known[0]:
            same = waiting.get(entry[:-1])
            yield None, entry.path, same.pop().path if same else None
    for left in waiting.values():
        yield from ((None, None, entry.path) for entry in reversed(left))


def _kept(base: Sequence[Entry], side: Sequence[Entry]) -> dict[Path, Entry]:
    """Return the entry of a side that each of base became: the same, else of one day, else but for its day."""
    found: dict[Path, Entry] = {}
    taken: set[Path] = set()
    whole, day, other_day = slice(0, -1), slice(0, 1), slice(1, -1)
    for part in (whole, day, other_day):
        waiting: dict[Hashable, list[Entry]] = {}
        for entry in reversed(side):
            if entry.path not in taken:
                waiting.setdefault(entry[part], []).append(entry)
        for entry in base:
            if entry.path not in found and waiting.get(entry[part]):
                found[entry.path] = waiting[entry[part]].pop()
                taken.add(found[entry.path].path)
    return found


Keyed = list[tuple[Path, Hashable]]


def _notes(plan: Plan, index: dict[Path, AlignedPaths]) -> list[tuple[SourceNote, Hashable]]:
    """Return the notes, each with what it is about, whatever numbers the blocks have."""
    numbers: list[dict[Any, Path]] = [_numbers(blocks) for blocks in (plan.actions, plan.measures, plan.groups)]
    numbers[1].update({path_of(group): group.path for group in plan.all_groups})

    def about(note: SourceNote) -> Hashable:
        paths = [
            known.get(number) or number
            for known, number in zip(numbers, (note.action, note.measure, note.orientation), strict=True)
        ]
        return (*(index[path] if isinstance(path, tuple) else path for path in paths), note.field)

    return [(note, about(note)) for note in plan.source_notes]


def _numbers(blocks: Sequence[Block]) -> dict[Any, Path]:
    """Return the paths of blocks by their numbers, where a number names one."""
    counts = Counter(block.number for block in blocks)
    return {block.number: block.path for block in blocks if counts[block.number] == 1}


def _unambiguous(sides: list[list[tuple[SourceNote, Hashable]]]) -> list[Keyed]:
    """Return the key of each note: what it is about; where one side has two of those, all of it."""
    several = {key for notes in sides for key, count in Counter(key for _note, key in notes).items() if count > 1}
    return [
        [(note.path, (key, note.source, note.note) if key in several else (key,)) for note, key in notes]
        for notes in sides
    ]


def _part_new_notes(plans: Plans, rows: list[AlignedPaths]) -> Iterator[AlignedPaths]:
    """Yield the rows of notes; differing notes that both sides added about one thing are two."""
    notes = [{note.path: (note.source, note.note) for note in plan.source_notes} for plan in plans]
    for base, ours, theirs in rows:
        if base is None and ours and theirs and notes[OURS][ours] != notes[THEIRS][theirs]:
            yield None, ours, None
            yield None, None, theirs
        else:
            yield base, ours, theirs


def _keyed(sides: list[Keyed]) -> list[AlignedPaths]:
    """Return a row for each key: the second entry with one key in a file has a row of its own."""
    found: dict[Hashable, list[Path | None]] = {}
    for side, entries in enumerate(sides):
        seen: Counter[Hashable] = Counter()
        for path, key in entries:
            seen[key] += 1
            found.setdefault((key, seen[key]), [None, None, None])[side] = path
    return [(base, ours, theirs) for base, ours, theirs in found.values()]
