"""Rows that are no actions: totals, notes, instructions, page numbers, and the groups that such rows open."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from plancli.exchange.importer.cells.numbers import is_number_or_code
from plancli.exchange.importer.cells.words import is_average, is_total
from plancli.exchange.importer.columns import CLASSIC, Columns
from plancli.exchange.importer.columns.vocabulary import (
    RANKS,
    ROLES,
    TEXT,
    is_group,
    is_noun,
    leading_noun,
    written_noun,
)
from plancli.exchange.importer.file import Sheet
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.rows import GroupRef, Record
from plancli.i18n import N_
from plancli.text import fold

Cells = list[tuple[int, str]]
"""The cells of a row that say something, each with its column from 0."""


class Banner(NamedTuple):
    """A row of its own with the title of a group: its row, its column from 0, its text."""

    row: int
    column: int
    text: str


_INSTRUCTION = re.compile(
    r"champs?\b.*|(?:texte|text|date|nombre|number|num|liste|list|menu|choix|choice)\.?"
    r"(?: (?:libre|free|deroulante?).*)?|en (?:[km]?€|euros?|%|ht|ttc|jours|heures)|ne (?:pas|rien) \w+.*"
    r"|do not .*"
    r"|(?:ex(?:emple)?|e\.?g|for example|i\.?e)\b.*|(?:a |to )?(?:saisir|choisir|selectionner|remplir|renseigner"
    r"|indiquer|preciser|decrire|enter|select|choose|fill|describe|specify|indicate)\b.*"
    r"|(?:obligatoire|facultatif|optionnel|mandatory|required|optional)\b.*|(?:jj|dd|mm)[/-].*"
    r"|free text.*|drop.?down.*"
)
"""What a template writes under its headings, folded."""

_NOTE = re.compile(r"(?:sources?|notes?|nota(?: bene)?|n\.?b\.?|legende|legend|key|attention)(?: \w+)? ?:|\*+ ?\w")
"""How a line that stands alone begins where it is no title of a group, folded."""

_FOOTNOTE = re.compile(r"[¹²³⁰⁴-⁹]+|\([0-9a-z]\)|\[[0-9a-z]\]")


class SheetRow(NamedTuple):
    """A row of a sheet before it is known what it is; ``said`` are the cells that say something."""

    sheet: Sheet
    columns: Columns
    number: int
    said: Cells

    @property
    def first(self) -> str:
        """The first cell that says something."""
        return self.said[0][1]

    def text(self, between: str = " · ") -> str:
        """Return its cells on one line."""
        return between.join(" ".join(cell.split()) for _column, cell in self.said)

    @property
    def has_text(self) -> bool:
        """Whether it has the text of an action."""
        return any(column == self.columns.first(TEXT) for column, _cell in self.said)

    @property
    def is_beside(self) -> bool:
        """Whether it has only words under a heading behind the texts that aren't written as a title is."""
        column, cell = self.said[0]
        behind = column > self.columns.first(TEXT) and column in self.columns.read and self.columns.row > 0
        titled = leading_noun(cell) or _is_headed(cell) or self.columns.exported or self.is_page
        return len(self.said) == 1 and behind and not titled

    @property
    def is_total(self) -> bool:
        """Whether it begins with the word and names nobody: an action may begin with it too."""
        average = not self.has_text and is_average(self.first)
        if self.columns.exported or not (average or is_total(self.first)):
            return False
        roles = {index for name in ("directorates", *ROLES) for index in self.columns.of(name)}
        return not any(column in roles and any(map(str.isalpha, cell)) for column, cell in self.said[1:])

    @property
    def is_instruction(self) -> bool:
        """Whether it says how to fill the columns in, as a row under the headings may."""
        told = sum(
            1 for _column, cell in self.said if _INSTRUCTION.fullmatch(" ".join(fold(cell).split()).strip("()[] "))
        )
        return len(self.said) > 2 and told * 3 >= len(self.said) * 2 and not self.columns.exported

    def is_remark(self, marks: Mapping[str, int]) -> bool:
        """Return whether it is a note, or begins with one of the ``marks`` that stand behind words above it."""
        if _NOTE.match(fold(self.first)):
            return True
        words = self.first.strip()
        mark = _FOOTNOTE.match(words)
        return mark is not None and mark[0] != words and marks.get(mark[0], self.number) < self.number

    @property
    def is_page(self) -> bool:
        """Whether it is the number of a page."""
        return len(self.said) == 1 and is_page(self.first)

    @property
    def is_first_group(self) -> bool:
        """Whether it is, above the headings, the title of the first group: ``AXE 1 : SE LOGER``."""
        noun = leading_noun(self.first)
        levels = {fold(name) for name in self.columns.levels}
        numbered = re.match(r"([^\W\d_]+(?: [^\W\d_]+)??) +(?:n° ?)?(?:[0-9]{1,2}|[IVX]+)\b(?![-/])", self.first)
        of_plan = noun in levels or levels == {*CLASSIC}
        return is_group(noun) and not of_plan and numbered is not None and is_noun(numbered[1])

    @property
    def names_groups(self) -> bool:
        """Whether it names groups alone, in their columns: one with its number, or several."""
        if self.columns.exported or not self.columns.row:
            return False
        of_levels = {each.index for each in self.columns.columns if each.role[:-1] in ("title ", "code ")}
        if not all(column in of_levels for column, _cell in self.said):
            return False
        numbered = re.match(r"[0-9]{1,2}(?:[.-][0-9]{1,2})*[ .):–-]+[^\W\d_]", self.first.strip())
        noun = leading_noun(self.first)
        return len(self.said) > 1 or numbered is not None or noun in map(fold, self.columns.levels)

    @property
    def section(self) -> Banner | None:
        """The title that stands there with a number, and nothing else: 1 where the row below is 1.1."""
        if self.columns.levels or self.columns.exported or not self.columns.row:
            return None
        places = [column for column, _cell in self.said]
        column, text = self.columns.first("number"), self.columns.first(TEXT)
        words = " ".join(" ".join(cell for _column, cell in self.said).split())
        numbered = re.match(r"([0-9]{1,2}(?:[.-][0-9]{1,2})*)\.? +(\S.*)", words)
        if not numbered or places not in ([column, text], [text]):
            return None
        below = next((row for row in self.sheet.rows[self.number :] if any(each.strip() for each in row)), ())
        under = below[places[0]].strip() if places[0] < len(below) else ""
        if not re.match(rf"{re.escape(numbered[1])}[.-][0-9]", under):
            return None
        return Banner(self.number, text, f"{numbered[1]}. {numbered[2]}")

    @property
    def is_title(self) -> bool:
        """Whether it has only a title in it: of a group, or of what isn't known yet."""
        column, cell = self.said[0]
        text = self.columns.first(TEXT)
        level = leading_noun(cell) not in ("", "action", "fiche")
        if len(self.said) > 1:
            return (
                len(self.said) == 2
                and level
                and is_number_or_code(re.sub(r"^[^\W\d_]+ ?(?=[\dIVX])", "", cell.strip()))
                and column != text
            )
        if column != text:
            return True
        merged = self.sheet.covered.get((self.number - 1, column + 2)) == (self.number - 1, column)
        return level or merged or (_is_headed(cell) and not self.columns.levels and self.columns.row > 0)


def _is_headed(cell: str) -> bool:
    """Return whether a cell is written as the title of a group: in capitals, or behind a number or letter."""
    return cell.isupper() or re.match(r" *(?:[IVX]{1,5}|[A-Z]|[0-9]{1,2}) *[.):–-] *\S", cell) is not None


def footnote_marks(sheet: Sheet) -> dict[str, int]:
    """Return the marks of footnotes, ``²`` or ``(2)``, that stand behind words, with the first row of each."""
    marks: dict[str, int] = {}
    for number, row in enumerate(sheet.rows, 1):
        for cell in row:
            for found in _FOOTNOTE.findall(cell.lstrip(), 1):
                for mark in (found, *found):  # ``¹²`` may be two
                    marks.setdefault(mark, number)
    return marks


def is_page(text: str) -> bool:
    """Return whether a cell is the number of a page: ``3``, ``- 3 -``, ``Page 3/12``."""
    return bool(re.fullmatch(r"(?i)[-–— ]*(?:p(?:age|\.)? *)?[0-9]+(?: *(?:/|sur|of) *[0-9]+)?[-–— ]*", text))


class BannerRows:
    """The titles of groups in rows of their own.

    ``opened`` are the groups that are open, ``nouns`` what groups are called, both from the top; a noun stands as
    it is written, by the key that tells depths apart. ``pages`` are the rows of page numbers.
    """

    def __init__(self) -> None:
        self.opened: list[GroupRef] = []
        self.nouns: dict[str, str] = {}
        self.pages: list[int] = []
        self._pending: list[Banner] = []

    def add(self, banner: Banner) -> None:
        """Add a row that may be the title of a group, if an action stands below it."""
        self._pending.append(banner)

    def titles(self, columns: Columns, title: str) -> list[Banner]:
        """Return the rows that were added, without page numbers and repeated titles of the plan.

        A number under the heading of those of actions is that of an action whose other cells are lost.
        """
        of_actions = columns.first("number")
        pages = [each.row for each in self._pending if each.column != of_actions and is_page(each.text)]
        self.pages += pages
        return [each for each in self._pending if each.text.strip("*# ") != title and each.row not in pages]

    def open(self, columns: Columns, title: str) -> Iterator[ImportIssue]:
        """Open the groups of the rows that were added; yield an error for each row where groups have columns."""
        for banner in self.titles(columns, title):
            noun = leading_noun(banner.text)
            levels = {fold(name) for name in columns.levels}
            unknown = noun not in RANKS and "sous-" not in noun
            if columns.exported or (levels and (unknown or noun in levels)):
                message = N_("“{cell}” stands alone in its row")
                fix = N_("Write orientation and measure in the row of each action, and notes below the table")
                words = {"cell": banner.text}
                yield ImportIssue(banner.row, banner.column, message, words=words, error=True, help=fix)
            else:
                self._open(banner, noun)
        self._pending.clear()

    def _open(self, banner: Banner, noun: str) -> None:
        code = re.match(r"(?:[^\W\d_]+[ -]?)*? ?([0-9]+(?:\.[0-9]+)*)", banner.text)
        key = noun or ("." * code[1].count(".") if code else "")
        key = key or (" " if banner.text.isupper() else "")
        self.nouns.setdefault(key, written_noun(banner.text) or key)
        depth = [*self.nouns].index(key)
        self.opened[depth:] = [
            *[GroupRef()] * (depth - len(self.opened)),
            GroupRef(None, banner.text, banner.column, row=banner.row),
        ]


@dataclass(slots=True)
class _Opened:
    """The groups of a row; ``level`` is the first that it names, from 0."""

    level: int
    refs: tuple[GroupRef, ...]
    row: int
    read: str
    used: bool = False

    def differs(self, refs: tuple[GroupRef, ...]) -> bool:
        """Return whether a row below names another group than one of these."""
        pairs = zip(self.refs, refs, strict=True)
        return any(not (own.is_empty or below.is_empty) and own.title != below.title for own, below in pairs)


class OpenedGroups:
    """The groups that are open, each row's inside those of the rows before it."""

    def __init__(self) -> None:
        self._opened: list[_Opened] = []

    def open(self, refs: tuple[GroupRef, ...], row: int, read: str) -> Iterator[ImportIssue]:
        """Take the groups of a row; yield those before it that no action stands in."""
        level = next((at for at, ref in enumerate(refs) if not ref.is_empty), 0)
        at = next((at for at, each in enumerate(self._opened) if each.level >= level), len(self._opened))
        yield from self.close(at)
        self._opened.append(_Opened(level, refs, row, read))

    def close(self, at: int = 0) -> Iterator[ImportIssue]:
        """Close all from a place on; yield those that no action stands in."""
        for each in self._opened[at:]:
            if not each.used:
                done = N_("no action stands under it, kept as a note")
                yield ImportIssue(each.row, None, done, each.read, noted=True)
        del self._opened[at:]

    def leave(self, record: Record) -> Iterator[ImportIssue]:
        """Close what an action stands outside of; yield those that no action stands in."""
        at = next((at for at, each in enumerate(self._opened) if each.differs(record.groups)), len(self._opened))
        yield from self.close(at)

    def fill(self, record: Record) -> Record:
        """Return an action in the groups that are open and that its row leaves out."""
        groups = record.groups
        for each in self._opened:
            each.used = True
            groups = tuple([ref if own.is_empty else own for own, ref in zip(groups, each.refs, strict=True)])
        return replace(record, groups=groups) if self._opened else record
