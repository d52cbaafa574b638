"""Rows that name groups and no action, each with the rows under it in its groups."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.rows.records import GroupRef, Record
from plancli.i18n import N_


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
