"""A report: what a command answers, as blocks and tables that every renderer knows. Data that prints nothing."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from plancli.errors import Usage


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


class Mark(StrEnum):
    """What a stretch of words is, where that matters to the eye; a renderer decides how it looks."""

    HEADING = "heading"
    ASKED = "asked"
    QUIET = "quiet"
    INSERTED = "inserted"
    DELETED = "deleted"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    HELP = "help"


class Marked(NamedTuple):
    """Words with a mark."""

    text: str
    mark: Mark


Words = str | tuple[str | Marked, ...]
"""Words for a person: plain, or stretches of which some are marked."""


def stretches(words: Words) -> Iterator[tuple[str, Mark | None]]:
    """Give the stretches of words with their marks."""
    for part in (words,) if isinstance(words, str) else words:
        yield (part.text, part.mark) if isinstance(part, Marked) else (part, None)


def plain(words: Words) -> str:
    """Give words without their marks."""
    return "".join(text for text, _mark in stretches(words))


class Sentence(NamedTuple):
    """A paragraph; ``flush`` stands at the very left; of one that is ``brief`` a single line is enough.

    One that is ``hanging`` is an item of a list: the lines on which it goes on stand under it, indented.
    """

    words: Words
    flush: bool = False
    brief: bool = False
    hanging: bool = False


class Pieces(NamedTuple):
    """Short statements in a row, parted by dots; none is broken. ``lead`` stands before them.

    A statement that has no room goes to the next line, where a ``list`` shows by its indent that it goes on
    (``hanging``: it goes on under its first). A ``title`` heads what follows; one that is ``flush`` stands at the
    very left.
    """

    pieces: tuple[Words, ...]
    lead: Words = ""
    list: bool = False
    hanging: bool = False
    title: bool = False
    flush: bool = False


class Fact(NamedTuple):
    """A label, at times a term (a code, an acronym), and what is said of it; a row of ``Pieces`` isn't broken."""

    label: Words
    words: "Words | Pieces"
    term: Words = ""


class Facts(NamedTuple):
    """Groups of facts in one set of columns, parted by a blank line; a label that repeats is said once.

    ``counts`` tells that the facts are rows of counts: they are set off a little more.
    """

    groups: tuple[tuple[Fact, ...], ...]
    counts: bool = False


class WholeText(NamedTuple):
    """A text of the plan, whole: broken where its own enumeration breaks; ``asked`` are the words searched."""

    text: str
    asked: frozenset[str] = frozenset()


class Examples(NamedTuple):
    """Commands to be copied, each with what it does, in groups under a heading."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


class Section(NamedTuple):
    """A head line, with a sign before it and a remark at its right end, over an indented body.

    ``said`` follows the headline; in ``Sections`` it stands in a column of its own.
    """

    headline: Words
    body: tuple["Block", ...] = ()
    sign: Marked | None = None
    said: Words = ""
    remark: str = ""


class Sections(NamedTuple):
    """Sections whose headlines make a column, a blank line between them."""

    sections: tuple[Section, ...]


class JournalEntry(NamedTuple):
    """What happened on a day: its short name, who did it, how they called it, and a line for each fact."""

    day: str
    name: str
    who: str
    title: str
    lines: tuple[Words, ...]


class Journal(NamedTuple):
    """Entries in one set of columns, newest first, a blank line between them; only a window cuts who did it."""

    entries: tuple[JournalEntry, ...]


class Folded(NamedTuple):
    """What stands behind its summary until somebody opens it, where a format can fold."""

    summary: Words
    body: tuple["Block", ...]


class Checklist(NamedTuple):
    """Items to be ticked off, under a heading."""

    heading: Words
    items: tuple[Words, ...]


class Hidden(NamedTuple):
    """A remark for programs, where a format has a place for it that nobody sees."""

    text: str


Block = (
    Sentence
    | Pieces
    | Facts
    | WholeText
    | Examples
    | Section
    | Sections
    | Journal
    | Folded
    | Checklist
    | Hidden
    | Table
    | Cross
)

Part = tuple[Block, ...]
"""Blocks that stand together; a blank line stands between parts."""


class Purpose(StrEnum):
    """What a note below an answer is for, in the order in which notes stand.

    ``COUNT`` says how many of how many, ``QUESTION`` what was asked, ``CORRECTION`` what makes a sum misleading
    (it never leaves the sum), ``HINT`` what a person could type next (for terminals only), ``HINT_IF_CUT`` the
    same, where a text was cut.
    """

    COUNT = "count"
    QUESTION = "question"
    CORRECTION = "correction"
    HINT = "hint"
    HINT_IF_CUT = "hint-if-cut"


class Note(NamedTuple):
    """A note below the answer. Corrections are sentences, all others short statements.

    ``turned`` stands instead where a cross-table isn't set as asked, so that rows are no rows.
    """

    words: Words
    purpose: Purpose
    turned: Words | None = None


class Sheet(NamedTuple):
    """The answer as one plain table for programs: stable keys, and values as in JSON (a tuple is a list)."""

    keys: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


class Unsuited(Usage):
    """The report has nothing that the asked format could carry; the hint says what to ask instead."""


class Report(NamedTuple):
    """An answer: parts to be read, notes below, ``data`` for JSON and ``sheet`` for CSV.

    Without ``data``, JSON gives an object for each row of the sheet. ``rows_only`` tells that the answer is its
    rows, so that a pipe counts them: notes go elsewhere. ``no_sheet`` says what to ask where there is no sheet.
    """

    parts: tuple[Part, ...]
    notes: tuple[Note, ...] = ()
    data: object = None
    sheet: Sheet | None = None
    rows_only: bool = False
    no_sheet: str = ""

    @property
    def rows(self) -> int:
        """Count the rows of its tables."""
        tables = (block for part in self.parts for block in part)
        return sum(
            len(block.rows) if isinstance(block, Table) else len(block.rows.values)
            for block in tables
            if isinstance(block, Table | Cross)
        )
