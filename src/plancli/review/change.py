"""The nouns of diff, log and merge: one fact that differs between two plans, and what all of them come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from plancli.diagnostic import Diagnostic
from plancli.plan.model import Action, Field, Measure, Orientation, Plan


class Kind(StrEnum):
    """What happened; the names are those of the JSON, in the order in which they are counted."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    RETITLED = "retitled"
    DECLARED = "declared"
    REORDERED = "reordered"


DECISIONS = (Kind.ADDED, Kind.REMOVED, Kind.MOVED, Kind.CHANGED)
"""What somebody must agree to: a new number or another order alone asks nobody."""

OPTIONAL = (Kind.REORDERED,)
"""Kinds that the summary names only where they occur."""

Entry = tuple[tuple[str, str | int | None], ...]
"""A declaration as keys and values: a directorate, an unused number, a source note, an acronym, a measure …"""

Value = str | int | tuple[str, ...] | tuple[int, ...] | Entry | None


@dataclass(frozen=True, slots=True)
class Change:
    """One fact. Of an action, ``before`` and ``after`` are the whole of it on either side.

    ``action`` is its number now (for one that was removed, the number it had), ``was`` its number before;
    ``measure`` and ``orientation`` say where it stands now. ``field`` is what differs (``entry`` in the table of
    fields), ``old`` and ``new`` its whole values; None for what was added or removed. Titles, moved measures and
    declarations have no action; ``under`` holds the actions whose pilots must agree to such a change.
    """

    kind: Kind
    action: int | None = None
    was: int | None = None
    measure: int | None = None
    orientation: int | None = None
    field: str | None = None
    old: Value = None
    new: Value = None
    directorates: tuple[str, ...] = ()
    before: Action | None = None
    after: Action | None = None
    entry: Field | None = None
    under: tuple[Action, ...] = ()

    @property
    def is_group_decision(self) -> bool:
        """Whether it is decided about a group of actions: a moved measure, a title, the period."""
        if self.before or self.after:
            return False
        return self.kind in (Kind.MOVED, Kind.RETITLED) or (self.kind is Kind.DECLARED and self.field == "period")


class Counted(StrEnum):
    """What is counted of a directorate: the actions it pilots, those that cover a year or have a priority."""

    PILOT = "pilot"
    YEAR = "year"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class Shift:
    """A count that differs; ``value`` is the year or the priority."""

    counted: Counted
    value: int | None
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows for one directorate: its counts that differ, and whether it enters or leaves the plan."""

    code: str
    shifts: tuple[Shift, ...]
    enters: bool = False
    leaves: bool = False


class Assumption(NamedTuple):
    """A block that could be another one as well: what it was taken for, and what else it may be (None: gone)."""

    before: Action | Measure | Orientation
    after: Action | Measure | Orientation | None
    others: tuple[Action | Measure | Orientation | None, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """What a change comes to: the facts, what follows from them, who must agree, what the rules say.

    ``sign_off`` names the actions of each directorate to ask, most actions first. ``layout_only`` tells that the
    files differ and nothing they mean does. ``others`` are the actions that were left out because they don't
    concern the directorates asked for. ``assumed`` are the blocks that may as well be others of nearly the same
    text.
    """

    old: Plan
    new: Plan
    changes: tuple[Change, ...]
    consequences: tuple[Consequence, ...]
    emptied: tuple[Measure, ...]
    sign_off: tuple[tuple[str, tuple[int, ...]], ...]
    new_problems: tuple[Diagnostic, ...]
    fixed_problems: tuple[Diagnostic, ...]
    layout_only: bool
    others: tuple[int, ...] = ()
    assumed: tuple[Assumption, ...] = ()

    def actions(self, *kinds: Kind) -> tuple[int, ...]:
        """Give the numbers of the actions with a fact of these kinds, each once, in order."""
        found = {_subject(change): change.action for change in self.changes if change.kind in kinds}
        return tuple(sorted(number for number in found.values() if number is not None))

    @property
    def summary(self) -> dict[Kind, int]:
        """Count what each kind happened to: actions, measures, titles, declarations."""
        return self._count(self.changes)

    @property
    def counts(self) -> dict[Kind, int]:
        """Count as ``summary`` does, but for what is decided about groups, which is told by name."""
        return self._count(change for change in self.changes if not change.is_group_decision)

    @property
    def ministries(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Give the actions that each ministry must agree to, by the directorates that sign off."""
        known = {each.code: each.ministry for plan in (self.old, self.new) for each in plan.directorates}
        found: dict[str, set[int]] = {}
        for code, numbers in self.sign_off:
            if ministry := known.get(code):
                found.setdefault(ministry, set()).update(numbers)
        asked = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
        return tuple((name, tuple(sorted(numbers))) for name, numbers in asked)

    @staticmethod
    def _count(changes: Iterable[Change]) -> dict[Kind, int]:
        subjects: dict[Kind, set[object]] = {kind: set() for kind in Kind}
        for change in changes:
            subjects[change.kind].add(_subject(change))
        return {kind: len(found) for kind, found in subjects.items()}


def _subject(change: Change) -> object:
    """Give what a change happened to, so that several facts of one action are told from those of another."""
    if change.before or change.after:
        return (change.before and change.before.path, change.after and change.after.path)
    return change
