"""The rows of a sheet: what those of an action say, as written, is a record.

``sheet_reader`` reads them all; ``row_kinds`` says which are no action, ``row_reader`` makes records of others,
and ``action_rows`` takes those of one action together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from plancli.exchange.importer.issues import ImportIssue


@dataclass(frozen=True, slots=True)
class GroupRef:
    """A group as a row names it; number, code and title may each be missing."""

    number: int | None = None
    title: str = ""
    column: int | None = None
    code: str = ""
    row: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the row says nothing."""
        return self.number is None and not self.title and not self.code


@dataclass(frozen=True, slots=True)
class CodeCell:
    """The codes of one role in one row: as the cell has them, and parted; ``column`` is counted from 0."""

    written: str
    names: tuple[str, ...]
    column: int | None


class RowReport(NamedTuple):
    """The cells of a row about the status of its action, or of a ``part`` of it, as written."""

    date: str = ""
    status: str = ""
    percent: str = ""
    note: str = ""
    row: int = 0
    part: str = ""

    @property
    def said(self) -> list[str]:
        """What is in the cells, but for the date."""
        return [*filter(None, (self.status, self.percent, self.note))]


class Schedule(NamedTuple):
    """When: years, the day or month of the end, and the words where they say more."""

    years: tuple[int, ...] = ()
    due: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One action as its rows have it; ``several_lines`` says whether its text had line breaks in its cell.

    ``banners`` are the groups whose titles are in rows of their own, ``groups`` those in columns, from the top.
    ``fields`` are the cells of what the plan will declare, by label; ``more`` has the optional fields whose cells
    aren't empty, as they are in a plan's data.
    """

    row: int
    banners: tuple[GroupRef, ...]
    groups: tuple[GroupRef, ...]
    number: int | None
    code: str
    text: str
    pilots: CodeCell
    associated: CodeCell
    calendar: Schedule
    priority: str
    priority_column: int | None
    reports: tuple[RowReport, ...]
    fields: Mapping[str, tuple[str, ...]]
    issues: tuple[ImportIssue, ...]
    several_lines: bool
    more: tuple[tuple[str, Any], ...]
    sheet: str

    def issue(
        self,
        column: int | None,
        message: str,
        read: str = "",
        words: Mapping[str, Any] | None = None,
        **about: Any,
    ) -> ImportIssue:
        """Return something to know about the row."""
        return ImportIssue(self.row, column, message, read, words or {}, sheet=self.sheet, **about)
