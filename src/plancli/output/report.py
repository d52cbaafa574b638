"""A report: what a command answers, as blocks and tables that every renderer knows. Data that prints nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from plancli.errors import Usage


class Participants(NamedTuple):
    """The directorates of an action; its pilots are in bold."""

    pilots: tuple[str, ...]
    associated: tuple[str, ...]


Cell = int | str | tuple[str, ...] | tuple[int, ...] | Participants | None
"""A number, a name or text, codes, the parts of a bar, who takes part; None is blank."""

Row = tuple[Cell, ...]


class ColumnKind(StrEnum):
    """The kinds of columns, by how they are set.

    ``NUMBER``: aligned right, with a dot for zero. ``NAME`` (a code, years, a role) and ``CODES``: aligned left,
    never truncated. ``TEXT``: truncated on a terminal; a table has one at most. ``BAR``: left out where there is
    no room, and in other formats.
    """

    NUMBER = "number"
    NAME = "name"
    CODES = "codes"
    TEXT = "text"
    BAR = "bar"


class Overflow(StrEnum):
    """The treatment of long texts on a terminal: cut to a line, or whole below their row (always, or if few)."""

    TRUNCATE = "truncate"
    WRAP_IF_FEW = "wrap-if-few"
    WRAP = "wrap"


class Column(NamedTuple):
    """One column: its heading and kind, and what happens to it where there is little room.

    ``short`` is the heading then. Columns are dropped in the turn of ``drop_order`` (0: never); the codes of a
    dropped one are counted in the column ``counted_in`` (``+2``). A ``wide_only`` column needs a wide terminal.
    ``highlight`` holds the values that were asked for, or the words searched in a text; ``passage`` is the heading
    of excerpts around such words. ``bold``: values that people quote.
    """

    key: str
    heading: str
    kind: ColumnKind = ColumnKind.NAME
    short: str = ""
    drop_order: int = 0
    counted_in: str = ""
    wide_only: bool = False
    highlight: frozenset[int | str] = frozenset()
    passage: str = ""
    bold: bool = False


class Outline(NamedTuple):
    """Numbers and a text that a terminal shows as one indented column; a row's level is its last number."""

    heading: str
    numbers: tuple[str, ...]
    text: str


class Table(NamedTuple):
    """Rows of cells below headings, and perhaps a total below a rule."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    overflow: Overflow = Overflow.TRUNCATE
    outline: Outline | None = None


class Axis(NamedTuple):
    """One dimension of a cross-table: its key, its values in order, and their names.

    ``headings`` and ``abbreviations`` name the values above columns, ``labels`` inside a sentence. ``names``,
    below the heading ``name``, explain the values; ``wide_only`` if the values explain themselves.
    """

    key: str
    heading: str
    values: tuple[int | str, ...]
    headings: tuple[str, ...]
    abbreviations: tuple[str, ...]
    labels: tuple[str, ...]
    name: str = ""
    names: tuple[str, ...] = ()
    wide_only: bool = True
    highlight: frozenset[int | str] = frozenset()

    @property
    def described(self) -> tuple[Column, ...]:
        """The columns of a table that has a row for each value: the values, and their names."""
        kind = ColumnKind.NUMBER if all(isinstance(value, int) for value in self.values) else ColumnKind.NAME
        first = Column(self.key, self.heading, kind, highlight=self.highlight)
        if not self.names:
            return (first,)
        return (first, Column("name", self.name, ColumnKind.TEXT, wide_only=self.wide_only))

    def cells(self, place: int) -> tuple[Cell, ...]:
        """Return the cells of these columns for a value."""
        return (self.values[place], *self.names[place : place + 1])

    def total_cells(self, label: str) -> tuple[Cell, ...]:
        """Return their cells in a total: its label is below the names if the values are numbers."""
        named = len(self.described) - 1 if self.described[0].kind is ColumnKind.NUMBER else 0
        return tuple(label if place == named else None for place in range(len(self.described)))


class CrossTab(NamedTuple):
    """Counts by two dimensions; ``cells`` has those above 0, by index in ``rows`` and in ``columns``.

    The totals count each action once, as ``total_label`` says. ``parts``: whether the cells of a row, or of a
    column, add up to its total, so that a bar can show them.
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


class Style(StrEnum):
    """The role of some words; the layout decides how it looks."""

    HEADING = "heading"
    HIGHLIGHT = "asked"
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


class Styled(NamedTuple):
    """Words with a style."""

    text: str
    style: Style


Words = str | tuple[str | Styled, ...]
"""Words for a person: plain, or in parts of which some have a style."""


def _parts_of(words: Words) -> tuple[str | Styled, ...]:
    """Return words as a tuple of parts."""
    return (words,) if isinstance(words, str) else words


def spans(words: Words) -> Iterator[tuple[str, Style | None]]:
    """Return the parts of words, each with its style."""
    for part in _parts_of(words):
        yield (part.text, part.style) if isinstance(part, Styled) else (part, None)


def plain(words: Words) -> str:
    """Return words without their styles."""
    return "".join(text for text, _mark in spans(words))


def join(several: Iterable[Words], between: str = " · ") -> tuple[str | Styled, ...]:
    """Return words in a row, with something between them."""
    parts = (
        part
        for place, words in enumerate(several)
        for part in (*((between,) if place else ()), *_parts_of(words))
        if part
    )
    found: list[str | Styled] = []
    for is_plain, same in groupby(parts, lambda part: isinstance(part, str)):
        if is_plain:
            found.append("".join(str(part) for part in same))
        else:
            found.extend(same)
    return tuple(found)


def fill(template: str, **values: Words) -> tuple[str | Styled, ...]:
    """Return the words of a template with values, which may have styles, at ``{name}``."""
    parts = re.split(r"{(\w+)}", template)
    return join((values[part] if place % 2 else part for place, part in enumerate(parts)), "")


class Paragraph(NamedTuple):
    """A paragraph. ``flush``: no indent; ``brief``: truncate to one line; ``hanging``: indent later lines."""

    words: Words
    flush: bool = False
    brief: bool = False
    hanging: bool = False


class InlineList(NamedTuple):
    """Short items in a row, with dots between them and ``lead`` before them; an item is not broken.

    What has no room goes to the next line: indented in a ``list``, below the first item if ``hanging``. ``title``:
    a heading; ``flush``: no indent.
    """

    items: tuple[Words, ...]
    lead: Words = ""
    list: bool = False
    hanging: bool = False
    title: bool = False
    flush: bool = False


def on_one_line(said: Words | InlineList) -> Words:
    """Return words, or items with their dots, as the words of one line."""
    return (*_parts_of(said.lead), *join(said.items)) if isinstance(said, InlineList) else said


class Definition(NamedTuple):
    """A label, perhaps a term (a code, an acronym), and its explanation."""

    label: Words
    words: Words | InlineList
    term: Words = ""


class DefinitionList(NamedTuple):
    """Groups of definitions in common columns, a blank line between groups; a repeated label is shown once.

    ``counts``: rows of counts, which have a wider gap after the label.
    """

    groups: tuple[tuple[Definition, ...], ...]
    counts: bool = False


class PlanText(NamedTuple):
    """A text of the plan, whole: broken where its own enumeration breaks; ``highlight`` are the words searched."""

    text: str
    highlight: frozenset[str] = frozenset()


class Examples(NamedTuple):
    """Commands to copy, each with its purpose, in groups with a heading."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


class Section(NamedTuple):
    """A headline, with a sign before it and a remark at its right end, above an indented body.

    ``said`` follows the headline; in ``Sections`` it has a column of its own.
    """

    headline: Words
    body: tuple["Block", ...] = ()
    sign: Styled | None = None
    said: Words | InlineList = ""
    remark: str = ""


class Sections(NamedTuple):
    """Sections with a common column of headlines, a blank line between them."""

    sections: tuple[Section, ...]


class JournalEntry(NamedTuple):
    """A commit: its day, short name, author and title, and a line for each fact."""

    day: str
    name: str
    who: str
    title: str
    lines: tuple[Words | InlineList, ...]


class Journal(NamedTuple):
    """Entries in common columns, newest first, a blank line between them; a terminal truncates the authors."""

    entries: tuple[JournalEntry, ...]


class Details(NamedTuple):
    """Collapsible content (``<details>``), in comments only."""

    summary: Words
    body: tuple["Block", ...]


class TaskList(NamedTuple):
    """Items to tick off, below a heading; in comments only."""

    heading: Words
    items: tuple[Words, ...]


class HtmlComment(NamedTuple):
    """A remark for programs that readers don't see; in comments only."""

    text: str


Block = (
    Paragraph
    | InlineList
    | DefinitionList
    | PlanText
    | Examples
    | Section
    | Sections
    | Journal
    | Details
    | TaskList
    | HtmlComment
    | Table
    | CrossTab
)

Blocks = tuple[Block, ...]
"""Blocks without blank lines between them; a report has a blank line between its parts.

A part without blocks, and a block without items, show nothing.
"""


class NoteKind(StrEnum):
    """The kinds of notes below an answer, in their order there.

    ``COUNT``: how many of how many. ``QUESTION``: what was asked. ``CORRECTION``: why a sum misleads. ``HINT``: a
    command to type next, on terminals only. ``HINT_IF_CUT``: the same, only where a text was truncated;
    ``HINT_IF_COUNTED``: only where the codes of a column are counted in another.
    """

    COUNT = "count"
    QUESTION = "question"
    CORRECTION = "correction"
    HINT_IF_COUNTED = "hint-if-counted"
    HINT = "hint"
    HINT_IF_CUT = "hint-if-cut"

    @property
    def is_hint(self) -> bool:
        """Whether the note has a command or an option to type next."""
        return self in (NoteKind.HINT, NoteKind.HINT_IF_CUT, NoteKind.HINT_IF_COUNTED)


class Note(NamedTuple):
    """A note below the answer: a sentence if it is a correction, else a few words.

    ``transposed`` replaces the words where a cross-table has its rows as columns.
    """

    words: Words
    kind: NoteKind
    transposed: Words | None = None


class Records(NamedTuple):
    """The answer as one table for programs: stable keys, and values as in JSON (a tuple is a list)."""

    keys: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


class FormatNotSupported(Usage):
    """The format can't represent this report; the hint says what to ask instead."""


class Report(NamedTuple):
    """An answer: parts to be read, notes below, ``data`` for JSON and ``records`` for CSV.

    Without ``data``, JSON has an object for each record. ``rows_only``: the answer is its rows, which a pipe
    counts, so that notes go to stderr. ``no_records`` is the hint if there are no records.
    """

    parts: tuple[Blocks, ...]
    notes: tuple[Note, ...] = ()
    data: object = None
    records: Records | None = None
    rows_only: bool = False
    no_records: str = ""

    @property
    def rows(self) -> int:
        """The number of rows in all tables."""
        tables = (block for part in self.parts for block in part)
        return sum(
            len(block.rows) if isinstance(block, Table) else len(block.rows.values)
            for block in tables
            if isinstance(block, Table | CrossTab)
        )
