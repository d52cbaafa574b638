"""Which block of each of three plans is the same: the identity of ``diff``, base against either side."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from typing import Any, Final, NamedTuple

from plancli.location import Path
from plancli.plan.model import (
    Action,
    Block,
    Entry,
    Group,
    Plan,
    SourceNote,
    has_two_levels,
    level_of,
    path_of,
    references,
    shape,
)
from plancli.plan.writer.comments import Comment
from plancli.review.diff.identity import MOST_ALTERNATIVES, SAME_NUMBER, similarity
from plancli.review.diff.matching import Alternatives, Match, matches, pair_entries
from plancli.review.merge.result import THE_PLAN, BlockName

BASE: Final = 0
OURS: Final = 1
THEIRS: Final = 2
SIDES: Final = (OURS, THEIRS)
OTHER: Final = {OURS: THEIRS, THEIRS: OURS}

Triple = tuple[Path | None, ...]
"""A block of three plans: its path in base, in ours and in theirs; None where it isn't there."""

Pairs = Sequence[tuple[Block | Entry | None, Block | Entry | None]]
"""The blocks of base, each with what it is on a side; one of them is None for what comes or goes."""

REFERENCES: Final = ("action", "measure", "orientation")
"""The keys of a source note that name a block by its number."""

GROUP_LISTS: Final = ("orientations", "measures")
"""The keys of the lists of groups."""

REGISTERS: Final = ("directorates", "glossary", "statuses", "fields")
"""The keys at the top that hold words or codes, each with what is under it."""

Named = Mapping[tuple[str, int | str | None], Path]
"""The paths of the blocks that a source note may name: by its key and the number, or the path, under it."""


class Alignment(NamedTuple):
    """The triples of each kind of block, the same by path on each side, and the matches that they come from.

    ``named`` are the blocks of each side that source notes may name.
    """

    triples: Mapping[str, Sequence[Triple]]
    by_path: Sequence[Mapping[Path, Triple]]
    matches: tuple[Match, Match]
    named: Sequence[Named]

    @property
    def extra_cost(self) -> float:
        """Return its cost beyond that of the best one."""
        return sum(each.extra_cost for each in self.matches)


def alignments(plans: Sequence[Plan]) -> Alternatives[Alignment]:
    """Return every alignment of three plans that may be right."""
    base, ours, theirs = plans
    with_ours, with_theirs = matches(base, ours), matches(base, theirs)
    pairs = sorted(
        product(with_ours.ways, with_theirs.ways), key=lambda pair: sum(each.extra_cost for each in pair)
    )
    found = tuple(align(plans, pair) for pair in pairs[:MOST_ALTERNATIVES])
    complete = with_ours.complete and with_theirs.complete and len(pairs) <= MOST_ALTERNATIVES
    return Alternatives(found, complete)


def align(plans: Sequence[Plan], matched: tuple[Match, Match]) -> Alignment:
    """Return the triples of three plans, as base is matched with either side."""
    ours, theirs = matched
    is_usual = all(map(has_two_levels, plans))

    def place(group: Group) -> Hashable:
        return (group.level, group.number) if is_usual else group.place

    def number(action: Action) -> Hashable:
        return action.number

    groups = list(_triples(ours.groups, theirs.groups, place))
    actions = list(_triples(ours.actions, theirs.actions, number))
    triples = {"groups": groups, "actions": actions, "progress": list(_progress(plans, actions))}
    by_path: list[dict[Path, Triple]] = [{}, {}, {}]
    _index(by_path, triples.values())
    triples["unused_numbers"] = _triples_by_key(
        [[(each.path, each.number) for each in plan.unused_numbers] for plan in plans]
    )
    named = [_nameable_blocks(plan) for plan in plans]
    notes = [_notes(*side) for side in zip(plans, named, by_path, strict=True)]
    triples["source_notes"] = list(_split_new_notes(plans, _triples_by_key(_note_keys(notes))))
    _index(by_path, (triples["unused_numbers"], triples["source_notes"]))
    return Alignment(triples, by_path, matched, named)


def _index(by_path: Sequence[dict[Path, Triple]], lists: Iterable[Sequence[Triple]]) -> None:
    for triple in chain.from_iterable(lists):
        for index, path in zip(by_path, triple, strict=True):
            if path is not None:
                index[path] = triple


def _triples(with_ours: Pairs, with_theirs: Pairs, key: Callable[[Any], Hashable]) -> Iterator[Triple]:
    """Yield the triples of paired blocks; additions under one key are one block if their texts agree."""
    forth = {base.path: their for base, their in with_theirs if base}
    for base, our in with_ours:
        if base:
            yield _triple(base, our, forth[base.path])
    ours, theirs = (
        [after for before, after in pairs if after and not before] for pairs in (with_ours, with_theirs)
    )
    waiting: dict[Hashable, list[Block | Entry]] = defaultdict(list)
    for their in reversed(theirs):
        waiting[key(their)].append(their)
    for our in ours:
        same = waiting[key(our)]
        yield _triple(None, our, same.pop() if same and _agree(our, same[-1]) else None)
    left = {each.path for each in chain.from_iterable(waiting.values())}
    yield from (_triple(None, None, their) for their in theirs if their.path in left)


def _triple(*blocks: Block | Entry | None) -> Triple:
    return tuple(block.path if block else None for block in blocks)


def _agree(one: Block | Entry, other: Block | Entry) -> bool:
    if isinstance(one, Action) and isinstance(other, Action):
        return one.text == other.text or similarity(one.text, other.text) >= SAME_NUMBER
    return True


def _progress(plans: Sequence[Plan], triples: Sequence[Triple]) -> Iterator[Triple]:
    """Yield the triples of the entries of each action; what both sides reported alike is one entry."""
    entries = [{action.path: action.progress for action in plan.actions if action.progress} for plan in plans]
    for triple in triples if any(entries) else ():
        base, ours, theirs = (
            known.get(path, ()) if path else () for known, path in zip(entries, triple, strict=True)
        )
        yield from _triples(pair_entries(base, ours), pair_entries(base, theirs), lambda entry: entry[:-1])


def _nameable_blocks(plan: Plan) -> Named:
    """Return what each number, or path of a group, names, where it names one block."""
    lists: tuple[Sequence[Block], ...] = (plan.actions, plan.measures, plan.groups)
    named = zip(REFERENCES, lists, strict=True)
    blocks: list[tuple[tuple[str, int | str], Path]]
    blocks = [((name, block.number), block.path) for name, there in named for block in there]
    blocks += [(("measure", path_of(group)), group.path) for group in plan.all_groups]
    counts = Counter(key for key, _path in blocks)
    return {key: path for key, path in blocks if counts[key] == 1}


def _notes(plan: Plan, named: Named, index: Mapping[Path, Triple]) -> list[tuple[SourceNote, Hashable]]:
    """Return the notes, each with what it is about, whatever numbers the blocks have."""

    def about(note: SourceNote) -> Hashable:
        keys = zip(REFERENCES, (note.action, note.measure, note.orientation), strict=True)
        return (*(index[named[key]] if key in named else key[1] for key in keys), note.field)

    return [(note, about(note)) for note in plan.source_notes]


Keyed = list[tuple[Path, Hashable]]
"""The blocks of a list by their paths, each with what it is known by."""


def _note_keys(sides: list[list[tuple[SourceNote, Hashable]]]) -> list[Keyed]:
    """Return the key of each note: what it is about; where one side has two of those, all of it."""
    several = {key for notes in sides for key, count in Counter(key for _note, key in notes).items() if count > 1}
    return [
        [(note.path, (key, note.source, note.note) if key in several else (key,)) for note, key in notes]
        for notes in sides
    ]


def _split_new_notes(plans: Sequence[Plan], triples: list[Triple]) -> Iterator[Triple]:
    """Yield the triples of notes; differing notes that both sides added about one thing are two."""
    notes = [{note.path: (note.source, note.note) for note in plan.source_notes} for plan in plans]
    for base, ours, theirs in triples:
        if base is None and ours and theirs and notes[OURS][ours] != notes[THEIRS][theirs]:
            yield None, ours, None
            yield None, None, theirs
        else:
            yield base, ours, theirs


def _triples_by_key(sides: Sequence[Keyed]) -> list[Triple]:
    """Return a triple for each key; of several blocks with one key on a side, the second has one of its own."""
    found: dict[Hashable, list[Path | None]] = {}
    for side, entries in enumerate(sides):
        seen: Counter[Hashable] = Counter()
        for path, key in entries:
            seen[key] += 1
            found.setdefault((key, seen[key]), [None, None, None])[side] = path
    return list(map(tuple, found.values()))


Parent = Triple | str
"""What a block is in: the triple of a group or (an entry) of an action, or the name of a list at the top."""


class ThreePlans:
    """Base, ours and theirs as plain data with their comments, and which blocks are the same in them."""

    def __init__(
        self,
        data: Sequence[Any],
        plans: Sequence[Plan],
        comments: Sequence[Sequence[Comment]],
        alignment: Alignment,
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

    def values(self, triple: Triple, missing: Any = None) -> list[Any]:
        """Return the data of an entry in base, ours and theirs; ``missing`` where it isn't there."""
        return [missing if path is None else self.at(side, path) for side, path in enumerate(triple)]

    def triple(self, side: int, path: Path) -> Triple:
        """Return the triple of a block."""
        return self.alignment.by_path[side][path]

    def parent(self, side: int, path: Path) -> Parent:
        """Return what a block is in."""
        owner = path[:-2]
        return self.triple(side, owner) if owner else str(path[-2])

    def reference(self, side: int, name: str, number: int | str) -> Triple | None:
        """Return the block that a number or a path in a note names; None where none or several have it."""
        path = self.alignment.named[side].get((name, number))
        return self.triple(side, path) if path else None

    def number(self, triple: Triple) -> int | None:
        """Return the number of a block as merged; None where both sides changed it."""
        numbers: list[int | None] = [data.get("number") for data in self.values(triple, {})]
        base, ours, theirs = numbers
        if ours is None or theirs is None or ours == theirs or theirs == base:
            return theirs if ours is None else ours
        return theirs if ours == base else None

    def meaning(self, side: int, path: Path) -> Any:
        """Return what an entry says: lists without order, references as the block they name, blocks as triples."""
        data, name = self.at(side, path), str(path[-1])
        if name == "progress":
            return frozenset(Counter(tuple(sorted(entry.items())) for entry in data).items())
        if name in shape.BLOCK_LISTS:
            return frozenset(self.triple(side, (*path, index)) for index in range(len(data)))
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

    def _comments(self, side: int, path: Path) -> Counter[str]:
        return Counter(each.text for each in self.comments[side] if each.path[: len(path)] == path)

    def entry_name(self, side: int, path: Path) -> str:
        """Return what names the entry that a path leads to, or into, beside its action; empty where it is none."""
        if "progress" not in path:
            return ""
        entry = self.at(side, path[: path.index("progress") + 2])
        return " ".join(("progress", str(entry["date"])))

    def name_of(self, side: int, path: Path) -> BlockName:
        """Return the name of the block that a path is in, or that it is; of an entry or a field its action."""
        for name in ("progress", "fields"):
            if name in path[1:]:
                path = path[: path.index(name)]
        if path[0] in REGISTERS:
            return BlockName(*map(str, (*path, "")[:2]))
        if isinstance(path[-1], str):
            path = path[:-1]
        if len(path) < 2:
            return THE_PLAN
        plan, data, holder = self.plans[side], self.at(side, path), str(path[-2])
        if holder in GROUP_LISTS:
            level = "" if plan.declared_levels is None else level_of(plan, len(path) // 2).name
            return BlockName(holder, references(plan)[path], level)
        named = (data[key] for key in ("code", "number", *REFERENCES) if key in data)
        return BlockName(holder, str(next(named, "")))


def first_side(triple: Triple, among: Sequence[int] = (BASE, *SIDES)) -> tuple[int, Path]:
    """Return the first of some sides that has a block, and its path there."""
    return next((side, path) for side in among if (path := triple[side]) is not None)
