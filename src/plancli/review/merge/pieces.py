"""Merged text before it is text: lines, and clashes between two sides."""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import Final, NamedTuple

from plancli.review.merge.sheet import Lines


class Clash(NamedTuple):
    """Lines that only a person can choose from."""

    base: Lines
    ours: Lines
    theirs: Lines


Piece = str | Clash


class Resolution(Enum):
    """Which side every clash is read as."""

    OURS = "ours"
    THEIRS = "theirs"


class Part(NamedTuple):
    """An entry as merged: what stands above it, and it."""

    above: Lines
    own: tuple[Piece, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Give all of it in order."""
        return (*self.above, *self.own)


class Subject(NamedTuple):
    """A block of a plan: what holds it (``actions``, ``directorates``), its number or code; empty: the plan."""

    holder: str
    name: str


THE_PLAN: Final = Subject("", "")


class Conflict(NamedTuple):
    """What a person must decide: of which block, which field, what either side says.

    ``field`` is empty where the block itself is in doubt; then ``ours`` and ``theirs`` say what happened to it.
    """

    subject: Subject
    field: str
    ours: str
    theirs: str


def first_line(own: tuple[Piece, ...], change: Callable[[str], str]) -> tuple[Piece, ...]:
    """Change the first line of some pieces, in every side of a clash."""
    if not own:
        return own
    first, *rest = own
    if isinstance(first, str):
        return (change(first), *rest)
    base, ours, theirs = ((change(lines[0]), *lines[1:]) if lines else () for lines in first)
    return (Clash(base, ours, theirs), *rest)


def resolved(pieces: Iterable[Piece], side: Resolution = Resolution.OURS) -> Iterator[str]:
    """Give the lines with every clash read as one side has it."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        else:
            yield from piece.ours if side is Resolution.OURS else piece.theirs


def marked_up(pieces: Iterable[Piece], size: int, with_base: bool) -> Iterator[str]:
    """Give the lines with the markers git writes around each clash; ``with_base``: as its style diff3 has it."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
            continue
        yield _marker("<", size, "ours")
        yield from piece.ours
        if with_base:
            yield _marker("|", size, "base")
            yield from piece.base
        yield "=" * size
        yield from piece.theirs
        yield _marker(">", size, "theirs")


def _marker(sign: str, size: int, label: str) -> str:
    return f"{sign * size} {label}"
