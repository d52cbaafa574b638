"""The nouns of diff, log and merge: one fact that differs between two plans, and what all of them come to."""

from dataclasses import dataclass
from enum import StrEnum

from plancli.plan.model import Action


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
    ``measure`` and ``orientation`` say where it stands now. ``field`` is what differs, ``old`` and ``new`` its
    whole values; None for what was added or removed. Titles and declarations have no action.
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
