"""The groups that rows of their own open: titles across the table, and groups named in their columns alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from plancli.exchange.importer.columns import Columns
from plancli.exchange.importer.columns.vocabulary import leading_noun, written_noun
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.rows import GroupRef, Record
from plancli.exchange.importer.rows.row_kinds import is_page
from plancli.i18n import N_
from plancli.text import fold


class BannerRows:
    """The titles of groups in rows of their own.

    ``opened`` are the groups that are open, ``nouns`` what groups are called, both from the top; a noun stands as
    it is written, by the key that tells depths apart. ``pages`` are the rows of page numbers.
    """

    def __init__(self) -> None:
        self.opened: list[GroupRef] = []
        self.nouns: dict[str, str] = {}
        self.pages: list[int] = []
        self._pending: list[GroupRef] = []

    def add(self, banner: GroupRef) -> None:
        """Add a row that may be the title of a group, if an action is below it."""
        self._pending.append(banner)

    def titles(self, columns: Columns, title: str) -> list[GroupRef]:
        """Return the rows that were added, without page numbers and repeated titles of the plan.

        A number under the heading of those of actions is that of an action whose other cells are lost.
        """
        of_actions = columns.first("number")
        pages = [each.row for each in self._pending if each.column != of_actions and is_page(each.title)]
        self.pages += pages
        return [each for each in self._pending if each.title.strip("*# ") != title and each.row not in pages]

    def open(self, columns: Columns, title: str) -> Iterator[ImportIssue]:
        """Open the groups of the rows that were added; yield an error for each row where groups have columns."""
        for banner in self.titles(columns, title):
            noun = leading_noun(banner.title)
            levels = {fold(name) for name in columns.levels}
            if columns.exported or (levels and (not noun or noun in levels)):
                message = N_("“{cell}” stands alone in its row")
                fix = N_("Write orientation and measure in the row of each action, and notes below the table")
                words = {"cell": banner.title}
                yield ImportIssue(banner.row, banner.column, message, words=words, error=True, help=fix)
            else:
                self._open(banner, noun)
        self._pending.clear()

    def _open(self, banner: GroupRef, noun: str) -> None:
        code = re.match(r"(?:[^\W\d_]++[ -]?)*? ?([0-9]+(?:\.[0-9]+)*)", banner.title)
        key = noun or ("." * code[1].count(".") if code else "")
        key = key or (" " if banner.title.isupper() else "")
        self.nouns.setdefault(key, written_noun(banner.title) or key)
        depth = [*self.nouns].index(key)
        self.opened[depth:] = [*[GroupRef()] * (depth - len(self.opened)), banner]


@dataclass(slots=True)
class _RowGroups:
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
        self._opened: list[_RowGroups] = []

    def open(self, refs: tuple[GroupRef, ...], row: int, read: str) -> Iterator[ImportIssue]:
        """Take the groups of a row; yield those before it that no action is in."""
        level = next((at for at, ref in enumerate(refs) if not ref.is_empty), 0)
        at = next((at for at, each in enumerate(self._opened) if each.level >= level), len(self._opened))
        yield from self.close(at)
        self._opened.append(_RowGroups(level, refs, row, read))

    def close(self, at: int = 0) -> Iterator[ImportIssue]:
        """Close all from a place on; yield those that no action is in."""
        for each in self._opened[at:]:
            if not each.used:
                done = N_("no action stands under it, kept as a note")
                yield ImportIssue(each.row, None, done, each.read, noted=True)
        del self._opened[at:]

    def leave(self, record: Record) -> Iterator[ImportIssue]:
        """Close what an action is outside of; yield those that no action is in."""
        at = next((at for at, each in enumerate(self._opened) if each.differs(record.groups)), len(self._opened))
        yield from self.close(at)

    def fill(self, record: Record) -> Record:
        """Return an action in the groups that are open and that its row leaves out."""
        groups = record.groups
        for each in self._opened:
            each.used = True
            groups = tuple([ref if own.is_empty else own for own, ref in zip(groups, each.refs, strict=True)])
        return replace(record, groups=groups) if self._opened else record
