"""The history of a plan: the changes of each commit, all or those of some actions or directorates."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from plancli.check.checker import check
from plancli.check.scan import has_breaks
from plancli.files import MAX_SIZE
from plancli.git import Commit, Objects, Repository, commits
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.document import read_document
from plancli.plan.model import Action, Plan, ShapeError, read_action, types_of, with_actions
from plancli.review.change import Change, ChangeKind
from plancli.review.diff.comparison import compare
from plancli.review.diff.matching import Match, match
from plancli.text import fold


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A commit and its changes.

    ``error`` is why its changes are unknown, if they are; ``old`` and ``new`` are the plans that were compared.
    """

    commit: Commit
    changes: tuple[Change, ...] = ()
    error: str = ""
    old: Plan | None = None
    new: Plan | None = None


@dataclass(frozen=True, slots=True)
class Subjects:
    """The limits of a history: actions by their numbers now (or the last they had), directorates by code.

    ``groups`` are numbers now from the top down to a group: what happened in it, and to it.
    ``former`` maps an action's number now to the older one, or the older code, that was typed.
    """

    numbers: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()
    groups: frozenset[tuple[int, ...]] = frozenset()
    former: Mapping[int, int | str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return whether the history is limited at all."""
        return bool(self.numbers or self.codes or self.groups)


_BLOCK = re.compile(rb"^( {10}- number: [^\n]*\n(?:(?: {11}[^\n]*| *)\n)*)", re.MULTILINE)
"""An action in the canonical layout: its lines, up to one that is indented no further than its dash."""

_NEXT = b"          - number: 0\n"
"""Another action, by which YAML sees that the one before it ends."""


class PlanReader:
    """A reader of versions of a plan: where only actions differ from the version before, it reads only these.

    YAML reads the block of an action alike wherever such a block may be, so that one can be read by itself. Any
    other version is read whole: the answer is always that of ``check``.
    """

    def __init__(self) -> None:
        self._plan: Plan | None = None
        self._parts: list[bytes] = []

    def read(self, source: bytes) -> Plan | str:
        """Return the plan, or why the source hasn't the shape of one."""
        parts = _BLOCK.split(source)  # each block, and what is between them
        if self._plan and len(source) <= MAX_SIZE and parts[::2] == self._parts[::2]:
            plan = _with_blocks(self._plan, self._parts[1::2], parts[1::2])
            if plan:
                self._plan, self._parts = plan, parts
                return plan
        checked = check(source, "", only_errors=True)
        if checked.plan is None:
            first = checked.diagnostics[0]
            return _("line {line}: {sentence}").format(line=first.span.start.line, sentence=first.sentence)
        starts = [checked.document.span(action.path).start.line for action in checked.plan.actions]
        if starts == _starts(parts):
            self._plan, self._parts = checked.plan, parts
        return checked.plan


def _starts(parts: Sequence[bytes]) -> list[int]:
    """Return the lines where the blocks begin, from 1."""
    ends = list(accumulate(part.count(b"\n") for part in parts))
    return [end + 1 for end in ends[:-1:2]]


def _with_blocks(plan: Plan, old: Sequence[bytes], new: Sequence[bytes]) -> Plan | None:
    """Return the plan with the actions whose blocks differ; None if one can't be read by itself."""
    found: dict[Path, Action] = {}
    for action, before, after in zip(plan.actions, old, new, strict=True):
        if before != after:
            text = after.decode("utf-8", "replace")  # a wrong byte is found when it is read
            if "\r" in text or has_breaks(text):
                return None  # its lines are others to YAML than to git
            document = read_document(after + _NEXT, "")
            if document.findings or not isinstance(document.data, list) or document.data[1:] != [{"number": 0}]:
                return None
            try:
                now = read_action(document.data[0], action.path, action.place, types_of(plan))
            except ShapeError:
                return None
            if dict(now.more).keys() != dict(action.more).keys():
                return None  # the fields that a plan has follow from all of its actions
            found[action.path] = now
    return with_actions(plan, lambda actions: tuple(found.get(each.path, each) for each in actions))


class _Before(NamedTuple):
    """The plan before a commit: of a parent, by its name, and what stayed itself since."""

    name: str
    plan: Plan
    matched: Match


class _PlanCache:
    """The plans of some commits, each read once, in their order."""

    def __init__(self, opened: Objects, line: Sequence[Commit]) -> None:
        self.commits = {commit.name: commit for commit in line}
        self._reader = PlanReader()
        self._plans: dict[str, Plan | str] = {}
        self._ahead = zip(line, opened.read_files((each.name, each.path) for each in line), strict=True)

    def plan(self, name: str) -> Plan | str:
        """Return the plan of a commit, or why it can't be read."""
        while name not in self._plans:
            commit, found = next(self._ahead)
            is_file = found is not None and found.kind == "blob"
            plan = self._reader.read(found.content) if found and is_file else _("the plan is not there")
            self._plans[commit.name] = plan
        return self._plans[name]

    def before(self, commit: Commit, now: Plan) -> list[_Before]:
        """Return the plan of each parent, or of the nearest commit before it that can be read."""
        found = []
        for name in commit.parents:
            seen = {commit.name}
            while name not in seen:
                seen.add(name)
                plan = self.plan(name)
                if isinstance(plan, Plan):
                    found.append(_Before(name, plan, match(plan, now)))
                    break
                name = next(iter(self.commits[name].parents), name)
        return found


def history(
    repo: Repository,
    opened: Objects,
    start: str,
    path: str,
    subjects: Subjects,
    shallow: Container[str],
) -> Iterator[LogEntry]:
    """Yield the changes of each commit, newest first; with subjects, only those that concern them.

    An action is followed to the numbers that it had before. A commit whose plan can't be read is an entry too, as
    is one of ``shallow``, whose parents weren't fetched; the next is compared with the last that could be read.
    """
    line = commits(repo, start, path)
    plans = _PlanCache(opened, line)
    follower = _Follower(subjects)
    for commit in line:
        plan = plans.plan(commit.name)
        if not isinstance(plan, Plan):
            yield LogEntry(commit, error=_("the plan can't be read here: {reason}").format(reason=plan))
        elif commit.name in shallow:
            yield LogEntry(commit, error=_("what it changed is not known: the commits before it were not fetched"))
        else:
            befores = plans.before(commit, plan)
            changes = _changes(plan, befores)
            own = follower.follow(commit.name, plan, changes, befores) if subjects else changes
            if own or not subjects:
                yield LogEntry(commit, own, "", befores[0].plan if befores else None, plan)


def last_changes(entries: Iterable[LogEntry]) -> dict[str, LogEntry]:
    """Return the newest entry that changed each field of an action, by its key; ``measure`` for its place.

    ``entries`` is the history of that action alone. The key of what wasn't changed since is empty: the entry that
    added the action.
    """
    found: dict[str, LogEntry] = {}
    for entry in entries:
        for change in entry.changes:
            if change.before is None and change.after:
                found.setdefault("", entry)
            elif change.field and change.after:
                key = "measure" if change.kind is ChangeKind.MOVED else change.field
                found.setdefault(key, entry)
    return found


def current_numbers(
    repo: Repository, opened: Objects, start: str, path: str, names: Iterable[int | str]
) -> dict[int | str, int]:
    """Return the number that an action has now for each number or code it had before; the last to have it counts.

    For the code of an action that is gone it is the number that it had, unless another action has it now.
    """
    wanted = {fold(name) if isinstance(name, str) else name: name for name in names}
    found: dict[int | str, int] = {}
    taken: set[int] = set()
    line = commits(repo, start, path)
    plans = _PlanCache(opened, line)
    known: dict[str, dict[Path, int]] = {}
    for commit in line:
        plan = plans.plan(commit.name)  # to the last one, whatever is wanted: git's answers are a queue
        if not wanted or not isinstance(plan, Plan):
            continue
        if not known:
            known[commit.name] = {action.path: action.number for action in plan.actions}
            taken = set(known[commit.name].values())
        now = known.pop(commit.name, {})
        for before in plans.before(commit, plan):
            pairs = before.matched.actions
            was = {old.path: now[new.path] for old, new in pairs if old and new and new.path in now}
            known.setdefault(before.name, {}).update(was)
            for old, _new in pairs:
                for key in (old.number, fold(old.code or "")) if old else ():
                    name = wanted.pop(key, None)
                    if old and name is not None and old.path in was:
                        found[name] = was[old.path]
                    elif old and isinstance(name, str) and old.number not in taken:
                        found[name] = old.number
    return found


def _changes(plan: Plan, befores: Sequence[_Before]) -> tuple[Change, ...]:
    if not befores:
        return tuple(compare(with_actions(plan, lambda _actions: ()), plan))
    changes, *others = (compare(before.plan, plan, before.matched) for before in befores)
    for other in others:  # a merge: what it says beyond what its parents brought
        known = {_effect(change) for change in other}
        changes = [change for change in changes if _effect(change) in known]
    return tuple(changes)


def _effect(change: Change) -> tuple[object, ...]:
    """Return the new side of a change: equal for changes that end the same."""
    return (change.kind, change.action, change.field, change.new, change.measure)


_GroupPaths = set[tuple[int, ...]]
"""Groups, each by its numbers from the top down."""


class _Follower:
    """The paths of the requested actions, and the groups, in each commit, from the newest back."""

    def __init__(self, subjects: Subjects) -> None:
        self.subjects = subjects
        self.lost = set(subjects.numbers)
        self.paths: dict[str, set[Path]] = {}
        self.groups: dict[str, _GroupPaths] = {}
        self.begun = False

    def follow(
        self, commit: str, now: Plan, changes: Iterable[Change], befores: Sequence[_Before]
    ) -> tuple[Change, ...]:
        """Return the changes of a commit that concern the subjects, which are kept as its parents have them."""
        paths, groups = self.paths.pop(commit, set()), self.groups.pop(commit, set())
        if not self.begun:
            self.begun = True
            paths |= self._take_found(now.actions)
            groups |= self.subjects.groups
        former: _GroupPaths = set()
        for parent in befores:
            was = {old.place for old, new in parent.matched.groups if old and new and new.place in groups}
            self.groups.setdefault(parent.name, set()).update(was)
            former |= was
        own = [each for each in changes if self._concerns(each, paths) or _is_inside(each, groups, former)]
        for parent in befores:
            pairs = parent.matched.actions
            known = {before.path for before, after in pairs if before and after and after.path in paths}
            known |= self._take_found(before for before, after in pairs if before and after is None)
            self.paths.setdefault(parent.name, set()).update(known)
        return tuple(own)

    def _take_found(self, actions: Iterable[Action]) -> set[Path]:
        """Return the paths of the requested actions that weren't found yet, and count them as found."""
        found = {action.path: action.number for action in actions if action.number in self.lost}
        self.lost -= set(found.values())
        return set(found)

    def _concerns(self, change: Change, paths: set[Path]) -> bool:
        if not self.subjects.codes.isdisjoint(change.directorates):
            return True
        if change.after:
            return change.after.path in paths
        return change.kind is ChangeKind.REMOVED and change.action in self.lost


def _is_inside(change: Change, groups: _GroupPaths, former: _GroupPaths) -> bool:
    """Return whether a change is about something in one of some groups now, or in one of those before."""
    now, was = ([each.place] if each else [] for each in (change.after, change.before))
    if change.group:
        (was if change.new is None else now).append(change.group.place)
    if change.group and change.kind is ChangeKind.MOVED:
        home = change.old if isinstance(change.old, tuple) else (change.old,)
        was.append(tuple(number for number in home if isinstance(number, int)))
    sides = ((now, groups), (was, former))
    return any(place[: len(group)] == group for places, asked in sides for place in places for group in asked)
