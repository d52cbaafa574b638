"""The nouns of diff, log and merge: one fact that differs between two plans, and what all of them come to."""

from dataclasses import dataclass
from enum import StrEnum

from plancli.diagnostic import Diagnostic
from plancli.plan.model import Action, Field, Measure, Plan


class Kind(StrEnum):
    """What happened; the names are those of the JSON, in the order in which they are counted."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    RETITLED = "retitled"
    DECLARED = "declared"


DECISIONS = (Kind.ADDED, Kind.REMOVED, Kind.MOVED, Kind.CHANGED)
"""What somebody must agree to: a new number alone asks nobody."""

Entry = tuple[tuple[str, str | int | None], ...]
"""A declaration as keys and values: a directorate, an unused number, a source note, an acronym, a measure …"""

Value = str | int | tuple[str, ...] | tuple[int, ...] | Entry | None


@dataclass(frozen=True, slots=True)
class Change:
    """One fact. Of an action, ``before`` and ``after`` are the whole of it on either side.

    ``action`` is its number now (for one that was removed, the number it had), ``was`` its number before;
    ``measure`` and ``orientation`` say where it stands now. ``field`` is what differs (``entry`` in the table of
    fields), ``old`` and ``new`` its whole values; None for what was added or removed. Titles and declarations have
    no action.
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


@dataclass(frozen=True, slots=True)
class Review:
    """What a change comes to: the facts, what follows from them, who must agree, what the rules say.

    ``sign_off`` names the actions of each directorate to ask, most actions first. ``layout_only`` tells that the
    files differ and nothing they mean does. ``others`` are the actions that were left out because they don't
    concern the directorates asked for.
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

    def actions(self, *kinds: Kind) -> tuple[int, ...]:
        """Give the numbers of the actions with a fact of these kinds, each once, in order."""
        found = {_subject(change): change.action for change in self.changes if change.kind in kinds}
        return tuple(sorted(number for number in found.values() if number is not None))

    @property
    def summary(self) -> dict[Kind, int]:
        """Count what each kind happened to: actions, titles, declarations."""
        told = {kind: {_subject(change) for change in self.changes if change.kind is kind} for kind in Kind}
        return {kind: len(subjects) for kind, subjects in told.items()}


def _subject(change: Change) -> object:
    """Give what a change happened to, so that several facts of one action are told from those of another."""
    if change.before or change.after:
        return (change.before and change.before.path, change.after and change.after.path)
    return change
