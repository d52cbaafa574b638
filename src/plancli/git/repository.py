"""A repository: where a plan stands in it, and which commit a revision or a date is."""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plancli.errors import Unavailable
from plancli.git.objects import Objects
from plancli.git.process import GitFailed, line, place, run
from plancli.i18n import N_, _

if TYPE_CHECKING:
    import datetime

HEAD = "HEAD"


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository as seen from ``folder``; ``top`` is its work tree (empty for a bare one)."""

    folder: str
    top: str

    def path_of(self, file: str) -> str:
        """Give the path of a file inside the repository, with slashes; in a bare one, the path as it was given."""
        if not self.top:
            return file.replace(os.sep, "/")
        folder, name = os.path.split(os.path.abspath(file))
        found = os.path.relpath(os.path.join(os.path.realpath(folder), name), os.path.realpath(self.top))
        if found.split(os.sep)[0] == os.pardir:
            raise Unavailable(
                _("{file} is outside the repository {top}").format(file=file, top=self.top),
                _("Name a plan inside it: --plan PATH"),
            )
        return found.replace(os.sep, "/")

    def spec(self, path: str) -> str:
        """Give a path inside the repository as git takes it on its command line: from the folder it runs in."""
        if not self.top:
            return path
        whole = os.path.join(os.path.realpath(self.top), *path.split("/"))
        return os.path.relpath(whole, os.path.realpath(place(self.folder)))

    def run(self, *args: str) -> bytes:
        """Run git here."""
        return run(self.folder, *args)

    def commit(self, objects: Objects, revision: str, along: str = HEAD) -> str:
        """Give the commit that a revision or a date stands for; raise Unavailable, saying what to fetch.

        A date is the last commit before its end on the first-parent line of ``along``, what stood there that day.
        """
        found = self.find(objects, revision)
        if found:
            return found
        if is_date(revision):
            return self._last_of(objects, revision, along)
        raise self._unknown(revision)

    def find(self, objects: Objects, revision: str) -> str | None:
        """Give the commit that a revision stands for, if it is one."""
        found = objects.read(revision)
        if found and found.kind == "tag":
            found = objects.read(f"{found.name}^{{commit}}")
        return found.name if found and found.kind == "commit" else None

    def _last_of(self, objects: Objects, day: str, along: str) -> str:
        start = self.find(objects, along)
        if start is None:
            raise self._unknown(along)
        before = f"--before={day} 23:59:59"
        found = line(self.run("rev-list", "--first-parent", "--max-count=1", before, start))
        if found:
            return found
        if self.shallow:
            raise Unavailable(
                _("no commit up to {day}: this clone is shallow").format(day=_told(day)), _(UNSHALLOW)
            )
        raise Unavailable(_("there was no commit yet on {day}").format(day=_told(day)))

    def merge_base(self, one: str, other: str, names: tuple[str, str]) -> str:
        """Give the commit at which two commits parted; ``names`` are what to call them."""
        try:
            return line(self.run("merge-base", one, other))
        except GitFailed:
            message = _("{one} and {other} have no commit in common").format(one=names[0], other=names[1])
            hint = ""
            if self.shallow:
                message, hint = _("{message}: this clone is shallow").format(message=message), _(UNSHALLOW)
            raise Unavailable(message, hint) from None

    def count(self, old: str, new: str, path: str) -> int:
        """Count the commits between two that touch a path."""
        return int(self.run("rev-list", "--count", f"{old}..{new}", "--", self.spec(path)))

    def last_change(self, commit: str, path: str) -> tuple[str, "datetime.date"]:
        """Give the last commit up to this one that changed a path, and its day; LookupError if there is none."""
        from datetime import date

        found = line(self.run("log", "-1", "--format=%H %cs", commit, "--", self.spec(path)))
        if not found:
            raise LookupError(path)
        name, day = found.split()
        return name[:7], date.fromisoformat(day)

    def branch(self, commit: str) -> str:
        """Give the name of the branch that is checked out; where none is, the commit's short name."""
        try:
            return line(self.run("symbolic-ref", "--short", "--quiet", HEAD))
        except GitFailed:
            return commit[:7]

    def came_with(self, path: str) -> str:
        """Say which commit a path came with, if there is one."""
        try:
            found = line(self.run("rev-list", "--reverse", "--format=%h %cs", HEAD, "--", self.spec(path)))
        except GitFailed:
            return ""
        if not found:
            return ""
        short, day = found.splitlines()[1].split()
        return _("It came with {commit} on {date}.").format(commit=short, date=_told(day))

    def renamed(self, old: str, new: str, path: str) -> str | None:
        """Give the path that a file had in an old commit, if it was renamed until a new one."""
        changes = self.run(
            "diff-tree", "-r", "-z", "-M", "--name-status", "--diff-filter=R", "--no-ext-diff", old, new
        )
        fields = os.fsdecode(changes).split("\0")
        return next((was for was, now in zip(fields[1::3], fields[2::3], strict=False) if now == path), None)

    @property
    def shallow(self) -> bool:
        """Tell whether older commits weren't fetched."""
        return line(self.run("rev-parse", "--is-shallow-repository")) == "true"

    def cut_off(self) -> frozenset[str]:
        """Give the commits whose parents weren't fetched."""
        answer = self.run("rev-parse", "--is-shallow-repository", "--git-path", "shallow")
        shallow, _break, file = os.fsdecode(answer).partition("\n")
        if shallow != "true":
            return frozenset()
        with open(os.path.join(place(self.folder), line(os.fsencode(file))), encoding="ascii") as stream:
            return frozenset(stream.read().split())

    def _unknown(self, revision: str) -> Unavailable:
        """Say that a revision isn't here, and what to do: fetch it, or write what is nearest."""
        if revision == HEAD:
            return Unavailable(_("there is no commit yet"), _("Commit the plan first: git add, git commit"))
        message = _("unknown revision {revision}").format(revision=revision)
        if self.shallow:
            return Unavailable(_("{message}: this clone is shallow").format(message=message), _(UNSHALLOW))
        near = self._nearest(revision)
        if near:
            message = _("{message}. Did you mean {near}?").format(message=message, near=near)
        return Unavailable(message, _("Branches and tags: git branch --all, git tag"))

    def _nearest(self, revision: str) -> str | None:
        from plancli.text import closest

        names = os.fsdecode(self.run("for-each-ref", "--format=%(refname:short)")).splitlines()
        return next((name for name in names if name.endswith(f"/{revision}")), None) or closest(revision, names)


UNSHALLOW = N_("Fetch the rest: git fetch --unshallow (GitLab CI: GIT_DEPTH: 0, GitHub Actions: fetch-depth: 0)")


def _told(day: str) -> str:
    from datetime import date

    from plancli.i18n import format_date as told

    return told(date.fromisoformat(day))


def is_date(revision: str) -> bool:
    """Tell whether a revision is written as a date that exists: ``2021-06-24``."""
    from datetime import date

    try:
        return len(revision) == 10 and str(date.fromisoformat(revision)) == revision
    except ValueError:
        return False


def repository(file: str) -> Repository:
    """Give the repository that a file is in, or was; raise Unavailable where there is none to be used."""
    folder = os.path.dirname(os.path.abspath(file))
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    try:
        return Repository(folder, line(run(folder, "rev-parse", "--show-toplevel")))
    except GitFailed as error:
        if "must be run in a work tree" in error.reason:
            return Repository(folder, "")
        raise _unusable(folder, error.reason) from None


def _unusable(folder: str, reason: str) -> Unavailable:
    if "dubious ownership" in reason:
        folder = reason.partition("'")[2].partition("'")[0] or folder
        return Unavailable(
            _("git doesn't trust {folder}: it belongs to another user").format(folder=folder),
            _("If you do: git config --global --add safe.directory {folder}").format(folder=folder),
        )
    if "not a git repository" in reason:
        return Unavailable(
            _("{folder} is in no git repository").format(folder=folder), _("Revisions need one: git init")
        )
    return Unavailable(_("git can't use {folder}: {reason}").format(folder=folder, reason=reason.splitlines()[0]))
