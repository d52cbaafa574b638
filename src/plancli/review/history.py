"""The plan across commits: what each of them meant, for all of it or for some actions or directorates."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plancli.git import Commit, Objects, Repository, commits
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Action, Plan
from plancli.review.change import Change, Kind
from plancli.review.diff import compare, match
from plancli.review.versions import Versions


@dataclass(frozen=True, slots=True)
class Entry:
    """A commit and what it meant.

    ``trouble`` says why nothing is known of what the commit meant.
    """

    commit: Commit
    changes: tuple[Change, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whose history is asked: actions by their numbers now (or the last they had), directorates by code.

    ``former`` has the number that was typed for an action that has another one now.
    """

    numbers: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()
    former: Mapping[int, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether anything was asked for."""
        return bool(self.numbers or self.codes)


ALL = Subjects()


class _Past:
    """The plans of the commits, read once each, in their order."""

    def __init__(self, opened: Objects, line: Sequence[Commit]) -> None:
        self.commits = {commit.name: commit for commit in line}
        self._versions = Versions()
        self._plans: dict[str, Plan | str] = {}
        self._ahead = zip(line, opened.read_files((each.name, each.path) for each in line), strict=True)

    def plan(self, name: str) -> Plan | str:
        """Give the plan of a commit, or why it can't be read."""
        while name not in self._plans:
            commit, found = next(self._ahead)
            is_file = found is not None and found.kind == "blob"
            plan = self._versions.read(found.content) if found and is_file else _("the plan is not there")
            self._plans[commit.name] = plan
        return self._plans[name]

    def before(self, commit: Commit) -> list[tuple[str, Plan]]:
        """Give the plan of each parent, past those that can't be read."""
        found = []
        for name in commit.parents:
            seen = {commit.name}
            while name not in seen:
                seen.add(name)
                plan = self.plan(name)
                if isinstance(plan, Plan):
                    found.append((name, plan))
                    break
                name = next(iter(self.commits[name].parents), name)
        return found


def history(
    here: Repository,
    opened: Objects,
    start: str,
    path: str,
    subjects: Subjects = ALL,
    cut_off: Container[str] = (),
) -> Iterator[Entry]:
    """Give what each commit meant, newest first; with subjects, only commits that concern them.

    An action is followed to the numbers that it had before. A commit whose plan can't be read is an entry too, as
    is one of ``cut_off``, whose parents weren't fetched; the next is compared with the last that could be read.
    """
    line = commits(here, start, path)
    past = _Past(opened, line)
    trail = _Trail(subjects)
    for commit in line:
        plan = past.plan(commit.name)
        if not isinstance(plan, Plan):
            yield Entry(commit, trouble=_("the plan can't be read here: {reason}").format(reason=plan))
        elif commit.name in cut_off:
            yield Entry(commit, trouble=_("what it changed is not known: the commits before it were not fetched"))
        else:
            befores = past.before(commit)
            changes = _changes(plan, [old for _name, old in befores])
            own = trail.follow(commit.name, plan, changes, befores) if subjects else changes
            if own or not subjects:
                yield Entry(commit, own)


def current_numbers(
    here: Repository, opened: Objects, start: str, path: str, numbers: Iterable[int]
) -> dict[int, int]:
    """Return the number that an action has now for each number it had before; the last one to have it counts."""
    wanted, found = set(numbers), {}
    line = commits(here, start, path)
    past = _Past(opened, line)
    known: dict[str, dict[Path, int]] = {}
    for commit in line:
        plan = past.plan(
            commit.name
        )  # to the last commit, even if nothing is wanted any more: git's answers are a queue
        if not wanted or not isinstance(plan, Plan):
            continue
        if not known:
            known[commit.name] = {action.path: action.number for action in plan.actions}
        now = known.pop(commit.name, {})
        for name, before in past.before(commit):
            pairs = match(before, plan).actions
            was = {old.path: now[new.path] for old, new in pairs if old and new and new.path in now}
            known.setdefault(name, {}).update(was)
            for old, _new in pairs:
                if old and old.number in wanted:
                    wanted.discard(old.number)
                    if old.path in was:
                        found[old.number] = was[old.path]
    return found


def _changes(plan: Plan, befores: Sequence[Plan]) -> tuple[Change, ...]:
    if not befores:
        return tuple(compare(_without_actions(plan), plan))
    changes = compare(befores[0], plan)
    for other in befores[1:]:  # a merge: what it says beyond what its parents brought
        known = {_told(change) for change in compare(other, plan)}
        changes = [change for change in changes if _told(change) in known]
    return tuple(changes)


def _without_actions(plan: Plan) -> Plan:
    return plan._replace(
        orientations=tuple(
            orientation._replace(measures=tuple(measure._replace(actions=()) for measure in orientation.measures))
            for orientation in plan.orientations
        )
    )


def _told(change: Change) -> tuple[object, ...]:
    """Give what a change comes to, from wherever it started."""
    return (change.kind, change.action, change.field, change.new, change.measure)


class _Trail:
    """Where the actions asked for stand in each commit, from the newest back."""

    def __init__(self, subjects: Subjects) -> None:
        self.subjects = subjects
        self.lost = set(subjects.numbers)
        self.places: dict[str, set[Path]] = {}
        self.begun = False

    def follow(
        self, commit: str, now: Plan, changes: Iterable[Change], befores: Iterable[tuple[str, Plan]]
    ) -> tuple[Change, ...]:
        """Give the changes of a commit that concern the subjects, and remember where these stood before it."""
        places = self.places.pop(commit, set())
        if not self.begun:
            self.begun = True
            places |= self._found(now.actions)
        own = [change for change in changes if self._concerns(change, places)]
        for name, plan in befores:
            pairs = match(plan, now).actions
            was = {before.path for before, after in pairs if before and after and after.path in places}
            was |= self._found(before for before, after in pairs if before and after is None)
            self.places.setdefault(name, set()).update(was)
        return tuple(own)

    def _found(self, actions: Iterable[Action]) -> set[Path]:
        """Find the actions that are still looked for; a number that was given up is found where it goes."""
        found = {action.path: action.number for action in actions if action.number in self.lost}
        self.lost -= set(found.values())
        return set(found)

    def _concerns(self, change: Change, places: set[Path]) -> bool:
        if not self.subjects.codes.isdisjoint(change.directorates):
            return True
        if change.after:
            return change.after.path in places
        return change.kind is Kind.REMOVED and change.action in self.lost
