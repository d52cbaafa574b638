"""Whether actions and groups stand where they stood before."""

from collections.abc import Sequence

from plancli.location import Path
from plancli.plan.model import Action, Group, Plan, has_two_levels
from plancli.review.change import Attributes
from plancli.review.diff.identity import Pair


class Homes:
    """What groups became, to tell whether a block moved.

    Where a plan has more or fewer levels than before, what only follows from that is told with the levels: then a
    group counts as the nearest one around it that both plans have.
    """

    def __init__(self, old: Plan, new: Plan, pairs: Sequence[Pair[Group]]) -> None:
        self.has_two_levels = has_two_levels(old) and has_two_levels(new)
        self._is_inside = len(old.levels) != len(new.levels)
        self._now: dict[Path, Path] = {before.path: after.path for before, after in pairs if before and after}
        self._now[()] = ()
        self._known = frozenset(self._now.values())

    def is_moved(self, before: Action | Group, after: Action | Group) -> bool:
        """Return whether a block stands in another group than before."""
        was, now = before.path[:-2], after.path[:-2]
        while self._is_inside and was not in self._now:
            was = was[:-2]
        while self._is_inside and now not in self._known:
            now = now[:-2]
        return self._now.get(was) != now

    def parent(self, group: Group | None) -> Attributes:
        """Return what a group below the top stands in."""
        if group is None:
            return ()
        return (("orientation", group.orientation) if self.has_two_levels else ("groups", group.place[:-1]),)
