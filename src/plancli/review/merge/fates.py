"""Where each block ends up: the list it stands in, whether it stays, and which blocks can't be told apart."""

from collections import Counter
from typing import Any, Final, NamedTuple

from plancli.location import Path
from plancli.plan.model import FIELDS, Comparison
from plancli.review.merge.identity import BASE, OURS, SIDES, THEIRS, Identity, Row
from plancli.review.merge.pieces import Subject
from plancli.review.merge.sheet import Sheet

Sheets = tuple[Sheet, Sheet, Sheet]
Home = Row | str
"""What a block stands in: the row of a measure or orientation, or the name of a list at the top."""

LISTS: Final = ("orientations", "measures", "actions", "unused_numbers", "source_notes")
SETS: Final = frozenset(f.key for f in FIELDS if f.comparison is Comparison.SET) | {"priorities"}


class Doubt(Exception):
    """The sides can't be brought together block by block; ``subject`` is where, if that can be said."""

    def __init__(self, subject: Subject | None = None) -> None:
        super().__init__(subject)
        self.subject = subject


class Fate(NamedTuple):
    """A block in one list: as merged, or (``clash``) as each of the sides that are told has it."""

    row: Row
    home: Home
    clash: bool = False
    ours: bool = True
    theirs: bool = True


class Three:
    """The three sheets and what is the same in them."""

    def __init__(self, sheets: Sheets, identity: Identity) -> None:
        self.sheets = sheets
        self.identity = identity

    def at(self, side: int, path: Path) -> Any:
        """Give the data of a path on one side."""
        return self.sheets[side].at(path)

    def home(self, side: int, path: Path) -> Home:
        """Give what a block stands in."""
        owner = path[:-2]
        return self.identity.row(side, owner) if owner else str(path[-2])

    def meaning(self, side: int, path: Path) -> Any:
        """Give what an entry says: sets without order, references as the block they name, lists as their rows."""
        data = self.at(side, path)
        name = path[-1]
        if name in LISTS:
            return frozenset(self.identity.row(side, (*path, index)) for index in range(len(data)))
        if isinstance(data, dict) or data is None:
            return {key: self.meaning(side, (*path, key)) for key in data or ()}
        if path[0] == "source_notes" and isinstance(data, int):
            return self.reference(side, str(name), data)
        if name in SETS:
            return frozenset(data)
        return tuple(data) if isinstance(data, list) else data

    def reference(self, side: int, name: str, number: int) -> Row | int:
        """Give the block that a number names, else the number."""
        blocks = getattr(self.sheets[side].plan, f"{name}s")
        paths = [block.path for block in blocks if block.number == number]
        return self.identity.row(side, paths[0]) if len(paths) == 1 else number

    def comments(self, side: int, path: Path) -> Counter[str]:
        """Count the comments in and around a block."""
        found: Counter[str] = Counter()
        for where, piece in self.sheets[side].slices.items():
            if where[: len(path)] == path:
                found.update(piece.comments)
                found.update(line.strip() for line in (*piece.above, *piece.below) if line.strip())
        return found

    def is_touched(self, side: int, base: Path, path: Path) -> bool:
        """Tell whether a side did more with a block than lay it out or number it again."""
        before, after = self.meaning(BASE, base), self.meaning(side, path)
        if isinstance(before, dict) and "text" in before:
            before.pop("number", None)
            after.pop("number", None)
        if before != after or bool(self.comments(side, path) - self.comments(BASE, base)):
            return True
        return isinstance(path[-1], int) and self.home(BASE, base) != self.home(side, path)


def fates(three: Three, name: str) -> list[Fate]:
    """Say of each block of a kind where it ends up; those that both sides did away with are left out."""
    found: list[Fate] = []
    for row in three.identity.rows[name]:
        found += _fate(three, name, row)
    return _told_apart(three, name, found) if name in ("actions", "measures", "orientations") else found


def _fate(three: Three, name: str, row: Row) -> list[Fate]:
    base, ours, theirs = row
    homes = [three.home(side, path) if path else None for side, path in enumerate(row)]
    if ours and theirs:
        one, other = homes[OURS], homes[THEIRS]
        assert one
        assert other
        if one == other or other == homes[BASE]:
            return [Fate(row, one)]
        if one == homes[BASE]:
            return [Fate(row, other)]
        if name != "actions":
            raise Doubt(Subject(name, str(three.at(OURS, ours).get("number", ""))))
        return [Fate(row, one, True, theirs=False), Fate(row, other, True, ours=False)]
    for side, path in ((OURS, ours), (THEIRS, theirs)):
        if not path:
            continue
        home = homes[side]
        assert home
        if not base:
            return [Fate(row, home)]
        if not three.is_touched(side, base, path):
            return []
        if name != "actions":
            raise Doubt(Subject(name, str(three.at(side, path).get("number", ""))))
        return [Fate(row, home, True)]
    return []


def _told_apart(three: Three, name: str, found: list[Fate]) -> list[Fate]:
    """Make a clash of blocks that either side added under one number."""
    added: dict[tuple[int, int], list[int]] = {}
    for at, fate in enumerate(found):
        for side in SIDES:
            path = fate.row[side]
            if path and fate.row.count(None) == 2:
                added.setdefault((side, three.at(side, path)["number"]), []).append(at)
    for (side, number), places in added.items():
        others = added.get((THEIRS, number), []) if side == OURS else []
        if not others:
            continue
        if name != "actions" or len(places) + len(others) > 2:
            raise Doubt(Subject(name, str(number)))
        one, other = found[places[0]], found[others[0]]
        if one.home == other.home:
            both: Row = (None, one.row[OURS], other.row[THEIRS])
            found[places[0]] = Fate(both, one.home, True)
            found[others[0]] = one._replace(home="")
        else:
            found[places[0]] = one._replace(clash=True)
            found[others[0]] = other._replace(clash=True)
    return [fate for fate in found if fate.home]
