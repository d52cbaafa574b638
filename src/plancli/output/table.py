"""Tables as a view hands them over: what stands in them and what matters, never how wide or in which colour."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple


class Roles(NamedTuple):
    """Who takes part in an action; those who pilot it stand out."""

    pilots: tuple[str, ...]
    associated: tuple[str, ...]


Cell = int | str | tuple[str, ...] | tuple[int, ...] | Roles | None
"""A number, a name or text, codes, the parts of a bar, who takes part; None is blank."""

Row = tuple[Cell, ...]


class Kind(StrEnum):
    """What a column holds, which says how it is set.

    ``NUMBER`` stands right, its zero is a dot. ``NAME`` (a code, years, a role) and ``CODES`` stand left and are
    never cut. ``TEXT`` gives way: it is cut on a terminal; a table has one at most. ``BAR`` helps the eye only:
    formats without room for it leave it out.
    """

    NUMBER = "number"
    NAME = "name"
    CODES = "codes"
    TEXT = "text"
    BAR = "bar"


class Texts(StrEnum):
    """Whether whole texts stand under their lines on a terminal: never, when they are few and fit, or always."""

    CUT = "cut"
    WHOLE_IF_FEW = "whole-if-few"
    WHOLE = "whole"


class Column(NamedTuple):
    """One column: its heading, its kind, and what becomes of it where room is short.

    ``short`` is the heading there. ``leaves`` is the turn in which the column goes (0: never); what leaves for
    the column named in ``into`` stays there as a count (``+2``). A ``wide`` column comes only in a wide window.
    ``asked`` holds the values that the reader asked for, in a text the words searched; ``passage`` is the heading
    over passages around such words. ``strong`` values are what people quote.
    """

    key: str
    heading: str
    kind: Kind = Kind.NAME
    short: str = ""
    leaves: int = 0
    into: str = ""
    wide: bool = False
    asked: frozenset[int | str] = frozenset()
    passage: str = ""
    strong: bool = False


class Outline(NamedTuple):
    """Numbers that, with a text, are one indented column where a person reads; a row is at its last number."""

    heading: str
    numbers: tuple[str, ...]
    text: str


class Table(NamedTuple):
    """Typed rows under headings; ``total`` stands under a rule."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    texts: Texts = Texts.CUT
    outline: Outline | None = None


class Axis(NamedTuple):
    """One side of a cross-table: what it counts by, its values in order, how each is called there.

    ``heads`` and ``shorts`` are the values as headings of columns, ``spoken`` the same inside a sentence.
    ``names`` (under the heading ``name``) say what each value is; they are ``wide`` when the values speak for
    themselves.
    """

    key: str
    heading: str
    values: tuple[int | str, ...]
    heads: tuple[str, ...]
    shorts: tuple[str, ...]
    spoken: tuple[str, ...]
    name: str = ""
    names: tuple[str, ...] = ()
    wide: bool = True
    asked: frozenset[int | str] = frozenset()


class Cross(NamedTuple):
    """Counts by two dimensions; ``cells`` holds what isn't zero, by place in ``rows`` and in ``columns``.

    ``total`` and the totals count each action once; ``total_label`` says so. ``parts`` tells whether the cells of
    a row add up to its total, so that a bar can show them.
    """

    rows: Axis
    columns: Axis
    cells: Mapping[tuple[int, int], int]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int
    total_label: str
    total_heading: str
    parts: tuple[bool, bool]


def total_cells(described: Sequence[Column], label: str) -> tuple[Cell, ...]:
    """Put the label of a total where words stand: under the names of what is numbered, else under the codes."""
    named = len(described) - 1 if described[0].kind is Kind.NUMBER else 0
    return tuple(label if place == named else None for place in range(len(described)))
