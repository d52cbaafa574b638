"""The types of diff, log and merge: a Change is one fact that differs between two plans, a Review all of them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from plancli.diagnostic import Diagnostic
from plancli.plan.model import Action, Block, Field, Group, Plan
from plancli.text import fold

if TYPE_CHECKING:
    from decimal import Decimal


class ChangeKind(StrEnum):
    """The kinds of changes; the values are those of the JSON, in the order of the summary."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    CHANGED = "changed"
    RETITLED = "retitled"
    DECLARED = "declared"
    REORDERED = "reordered"
    REPORTED = "reported"


DECISIONS = (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED, ChangeKind.CHANGED)
"""The kinds that somebody must agree to: a new number or another order alone needs nobody."""

CHANGING = (*DECISIONS, ChangeKind.REORDERED)
"""The kinds by which an action counts as one that changes: no new number, and nothing that was reported."""

OPTIONAL = (ChangeKind.REORDERED, ChangeKind.REPORTED)
"""Kinds that the summary names only where they occur."""

Attribute = str | int | bool | tuple[str, ...] | tuple[int, ...] | None

Attributes = tuple[tuple[str, Attribute], ...]
"""A declaration or a report as keys and values: a directorate, a source note, an acronym, a measure, an entry …"""

ChangedValue: TypeAlias = (
    "str | int | Decimal | tuple[str, ...] | tuple[int, ...] | tuple[int | str, ...] | Attributes | None"
)


def attributes_of(value: ChangedValue) -> dict[str, Attribute]:
    """Return a declaration or a report by its keys; nothing of a value that is neither."""
    if not isinstance(value, tuple):
        return {}
    return dict(pair for pair in value if isinstance(pair, tuple))


class Change(NamedTuple):
    """One fact. Of an action, ``before`` and ``after`` are the whole of it on either side.

    ``action`` is its number now (for one that was removed, the number it had), ``was`` its number before;
    ``measure`` and ``orientation`` are those it is in now. ``field`` is what differs (``entry`` in the table of
    fields), ``old`` and ``new`` its whole values; None for what was added or removed. Titles, moved groups and
    declarations have no action; ``under`` holds the actions whose pilots must agree to such a change.

    ``group`` is the group that is moved, retitled or declared. ``groups`` are the numbers of the groups that the
    action is in, or of the group itself, from the top; None in plans of two levels, which don't need them.
    Of a declaration, ``renamed`` has the words that only have other names now, and ``affected`` is how many
    actions have the field or one of these words: they are not told one by one.
    """

    kind: ChangeKind
    action: int | None = None
    was: int | None = None
    measure: int | None = None
    orientation: int | None = None
    field: str | None = None
    old: ChangedValue = None
    new: ChangedValue = None
    directorates: tuple[str, ...] = ()
    before: Action | None = None
    after: Action | None = None
    entry: Field | None = None
    under: tuple[Action, ...] = ()
    group: Group | None = None
    groups: tuple[int, ...] | None = None
    renamed: tuple[tuple[str, str], ...] = ()
    affected: int = 0

    @property
    def outcome(self) -> ChangeKind:
        """What happened to the value: it was added, removed or changed."""
        if self.old is None:
            return ChangeKind.ADDED
        return ChangeKind.REMOVED if self.new is None else ChangeKind.CHANGED

    @property
    def has_action(self) -> bool:
        """Whether the change is about an action: titles, moved groups and declarations are not."""
        return self.before is not None or self.after is not None

    @property
    def is_group_decision(self) -> bool:
        """Whether the change is a decision about a group of actions: a moved group, a title, the period."""
        if self.has_action:
            return False
        return self.kind in (ChangeKind.MOVED, ChangeKind.RETITLED) or (
            self.kind is ChangeKind.DECLARED and self.field == "period"
        )


class Metric(StrEnum):
    """The counts of a directorate: the actions it pilots, those that cover a year or have a priority."""

    PILOT = "pilot"
    YEAR = "year"
    PRIORITY = "priority"


class CountChange(NamedTuple):
    """A count that differs; ``value`` is the year or the priority."""

    metric: Metric
    value: int | str | None
    before: int
    after: int


class Impact(NamedTuple):
    """The impact on one directorate: its counts that differ, and whether it enters or leaves the plan."""

    code: str
    count_changes: tuple[CountChange, ...]
    enters: bool = False
    leaves: bool = False


class Assumption(NamedTuple):
    """A block that could be matched in several ways: its match, and what else it may be (None: removed)."""

    before: Block
    after: Block | None
    others: tuple[Block | None, ...]


class Review(NamedTuple):
    """The review of a change: its facts, their impacts, who must agree, new and fixed problems.

    ``sign_off`` names the actions of each directorate to ask, most actions first. ``layout_only`` means that the
    files differ and nothing they mean does. ``unrelated`` are the actions that were left out because they don't
    concern the directorates asked for. ``assumed`` are the blocks that may as well be others of nearly the same
    text. ``unexplained`` are the actions whose end is postponed without an entry that says why. ``ignored`` are
    new problems that the repository leaves out on purpose.
    """

    old: Plan
    new: Plan
    changes: tuple[Change, ...]
    impacts: tuple[Impact, ...]
    emptied: tuple[Group, ...]
    sign_off: tuple[tuple[str, tuple[int, ...]], ...]
    new_problems: tuple[Diagnostic, ...]
    fixed_problems: tuple[Diagnostic, ...]
    layout_only: bool
    unrelated: tuple[int, ...] = ()
    assumed: tuple[Assumption, ...] = ()
    unexplained: tuple[int, ...] = ()
    ignored: tuple[Diagnostic, ...] = ()

    def actions(self, *kinds: ChangeKind) -> tuple[int, ...]:
        """Return the numbers of the actions with a change of these kinds, each once, in order."""
        found = {_subject(change): change.action for change in self.changes if change.kind in kinds}
        return tuple(sorted(number for number in found.values() if number is not None))

    @property
    def summary(self) -> dict[ChangeKind, int]:
        """How many actions, measures, titles or declarations each kind happened to."""
        return self._count(self.changes)

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """The summary without decisions about groups, which are listed by name."""
        return self._count(change for change in self.changes if not change.is_group_decision)

    @property
    def ministries(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The actions that each ministry must agree to, by the directorates that sign off."""
        known = {each.code: each.ministry for plan in (self.old, self.new) for each in plan.directorates}
        found: dict[str, set[int]] = {}
        for code, numbers in self.sign_off:
            if ministry := known.get(code):
                found.setdefault(ministry, set()).update(numbers)
        asked = sorted(found.items(), key=lambda each: (-len(each[1]), fold(each[0])))
        return tuple((name, tuple(sorted(numbers))) for name, numbers in asked)

    @staticmethod
    def _count(changes: Iterable[Change]) -> dict[ChangeKind, int]:
        subjects: dict[ChangeKind, set[object]] = {kind: set() for kind in ChangeKind}
        for change in changes:
            subjects[change.kind].add(_subject(change))
        return {kind: len(found) for kind, found in subjects.items()}


def _subject(change: Change) -> object:
    """Return the subject of a change: the same for all changes of one action."""
    if change.has_action:
        return (change.before and change.before.path, change.after and change.after.path)
    return change
