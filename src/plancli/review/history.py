"""The plan across commits: what each of them meant, for all of it or for some actions or directorates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from plancli.check.checker import check
from plancli.git import Commit, Objects, Repository, commits, objects
from plancli.language import _
from plancli.location import Path
from plancli.plan.model import Action, Plan
from plancli.review.change import Change, Kind
from plancli.review.diff import compare, match


@dataclass(frozen=True, slots=True)
class Entry:
    """A commit and what it meant; ``first`` tells that the plan came with it.

    ``trouble`` says why the plan can't be read there; then nothing is known of what the commit meant.
    """

    commit: Commit
    plan: Plan | None
    old: Plan | None
    changes: tuple[Change, ...] = ()
    first: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whose history is asked: actions by their numbers now (or the last they had), directorates by code."""

    numbers: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether anything was asked for."""
        return bool(self.numbers or self.codes)


ALL = Subjects()


@dataclass(slots=True)
class _Past:
    """The plans of the commits, read once each, whatever commit they stand in."""

    objects: Objects
    commits: Mapping[str, Commit]
    plans: dict[str, Plan | str] = field(default_factory=dict)
    blobs: dict[str, Plan | str] = field(default_factory=dict)

    def plan(self, name: str) -> Plan | str:
        """Give the plan of a commit, or why it can't be read."""
        if name not in self.plans:
            found = self.objects.read(f"{name}:{self.commits[name].path}")
            if found is None or found.kind != "blob":
                self.plans[name] = _("the plan is not there")
            else:
                if found.name not in self.blobs:
                    self.blobs[found.name] = _read(found.content)
                self.plans[name] = self.blobs[found.name]
        return self.plans[name]

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


def _read(source: bytes) -> Plan | str:
    checked = check(source, "", only_errors=True)
    if checked.plan is not None:
        return checked.plan
    first = checked.diagnostics[0]
    return _("line {line}: {sentence}").format(line=first.span.start.line, sentence=first.sentence)


def history(here: Repository, start: str, path: str, subjects: Subjects = ALL) -> Iterator[Entry]:
    """Give what each commit meant, newest first; with subjects, only commits that concern them.

    An action is followed to the numbers that it had before. A commit whose plan can't be read is an entry too; the
    next is compared with the last that could be.
    """
    line = commits(here, start, path)
    with objects(here.folder) as opened:
        past = _Past(opened, {commit.name: commit for commit in line})
        trail = _Trail(subjects)
        for commit in line:
            plan = past.plan(commit.name)
            if not isinstance(plan, Plan):
                yield Entry(commit, None, None, trouble=plan)
                continue
            befores = past.before(commit)
            entry = _entry(commit, plan, [old for _name, old in befores])
            own = trail.follow(entry, befores)
            if not subjects:
                yield entry
            elif own:
                yield Entry(commit, plan, entry.old, own, entry.first)


def _entry(commit: Commit, plan: Plan, befores: Sequence[Plan]) -> Entry:
    if not befores:
        blank = _without_actions(plan)
        return Entry(commit, plan, blank, tuple(compare(blank, plan)), first=True)
    changes = compare(befores[0], plan)
    for other in befores[1:]:  # a merge: what it says beyond what its parents brought
        known = {_told(change) for change in compare(other, plan)}
        changes = [change for change in changes if _told(change) in known]
    return Entry(commit, plan, befores[0], tuple(changes))


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

    def follow(self, entry: Entry, befores: Iterable[tuple[str, Plan]]) -> tuple[Change, ...]:
        """Give the changes of a commit that concern the subjects, and remember where these stood before it."""
        if not self.subjects or entry.plan is None:
            return ()
        places = self.places.pop(entry.commit.name, set())
        if not self.begun:
            self.begun = True
            places |= self._found(entry.plan.actions)
        own = [change for change in entry.changes if self._concerns(change, places)]
        for name, plan in befores:
            pairs = match(plan, entry.plan).actions
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
