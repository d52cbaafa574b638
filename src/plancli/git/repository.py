"""A repository: where a plan is in it, which commit a revision or a date is, and the commits of a file."""

import os
import posixpath
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from plancli.dates import read_day, show_date
from plancli.errors import Unavailable
from plancli.files import absolute, read_file
from plancli.git.discovery import discover
from plancli.git.objects import Objects
from plancli.git.process import Git, GitFailed
from plancli.i18n import N_, _

HEAD = "HEAD"

UNSHALLOW = N_("Fetch the rest: git fetch --unshallow (GitLab CI: GIT_DEPTH: 0, GitHub Actions: fetch-depth: 0)")


class Repository(NamedTuple):
    """A repository, and how git is run for it; ``top`` is its work tree (empty for a bare one)."""

    git: Git
    top: str

    def path_of(self, file: str) -> str:
        """Return the path of a file inside the repository, with slashes; in a bare one, the path as given."""
        if not self.top:
            return file.replace(os.sep, "/")
        folder, name = os.path.split(absolute(file))
        found = os.path.relpath(os.path.join(os.path.realpath(folder), name), os.path.realpath(self.top))
        if found.split(os.sep)[0] == os.pardir:
            raise Unavailable(
                _("{file} is outside the repository {top}").format(file=file, top=self.top),
                _("Name a plan inside it: --plan PATH"),
            )
        return found.replace(os.sep, "/")

    def spec(self, path: str) -> str:
        """Return a path inside the repository as git takes it on its command line, wherever git is run."""
        return f"{self.top}/{path}" if self.top else path

    def commit(self, objects: Objects, revision: str, branch: str = HEAD) -> str:
        """Return the commit that a revision or a date stands for; raise Unavailable, saying what to fetch.

        A date is the last commit before its end on the first-parent line of ``branch``, what stood there that day.
        """
        found = self.find(objects, revision)
        if found:
            return found
        day = read_day(revision)
        if day:
            return self._last_of(objects, day, branch)
        raise self._unknown(revision)

    def find(self, objects: Objects, revision: str) -> str | None:
        """Return the commit that a revision stands for, if it is one."""
        found = objects.read(revision)
        if found and found.kind == "tag":
            found = objects.read(f"{found.name}^{{commit}}")
        return found.name if found and found.kind == "commit" else None

    def _last_of(self, objects: Objects, day: date, branch: str) -> str:
        start = self.find(objects, branch)
        if start is None:
            raise self._unknown(branch)
        # Git's own --before knows no year past 2099, and takes one for today.
        end = _end_of(day)
        for entry in self.git.run("rev-list", "--first-parent", "--timestamp", start).decode().splitlines():
            seconds, commit = entry.split()
            if int(seconds) < end:
                return commit
        told = show_date(day.isoformat())
        if self.shallow:
            raise Unavailable(_("no commit up to {day}: this clone is shallow").format(day=told), _(UNSHALLOW))
        raise Unavailable(_("there was no commit yet on {day}").format(day=told))

    def merge_base(self, one: str, other: str, names: tuple[str, str]) -> str:
        """Return the merge base of two commits; ``names`` are what to call them."""
        try:
            return self.git.text("merge-base", one, other)
        except GitFailed as error:
            if error.code != 1 or error.reason:
                raise
            message = _("{one} and {other} have no commit in common").format(one=names[0], other=names[1])
            hint = ""
            if self.shallow:
                message, hint = _("{message}: this clone is shallow").format(message=message), _(UNSHALLOW)
            raise Unavailable(message, hint) from None

    def count_commits(self, old: str, new: str, path: str) -> int:
        """Count the commits between two that touch a path."""
        return int(self.git.run("rev-list", "--count", f"{old}..{new}", "--", self.spec(path)))

    def last_change(self, commit: str, path: str) -> tuple[str, str] | None:
        """Return the last commit up to this one that changed a path, if any, and its day as git writes it."""
        found = self.git.text("rev-list", "--max-count=1", "--format=%cs", commit, "--", self.spec(path))
        if not found:
            return None
        head, day = found.split("\n")
        return head.removeprefix("commit "), _readable_date(day)

    def branch(self, commit: str) -> str:
        """Return the name of the branch that is checked out; where none is, the commit's short name."""
        try:
            return self.git.text("symbolic-ref", "--short", "--quiet", HEAD)
        except GitFailed as error:
            if error.code != 1:
                raise
            return commit[:7]

    def branches_and_tags(self) -> list[tuple[str, str]]:
        """Return the names of branches and tags, the newest first, each with the day and subject of its commit."""
        form = "--format=%(refname:short)%09%(creatordate:short) %(contents:subject)"
        refs = self.git.run(
            "for-each-ref", "--sort=-creatordate", "--count=200", form, "refs/heads", "refs/tags", "refs/remotes"
        )
        lines = refs.decode("utf-8", "replace").splitlines()
        return [(name, text) for name, _tab, text in (line.partition("\t") for line in lines)]

    def introduced_in(self, path: str) -> str:
        """Return the sentence that names the commit which introduced a path; empty if there is none."""
        found = self.git.text("rev-list", "--reverse", "--format=%h %cs", HEAD, "--", self.spec(path))
        if not found:
            return ""
        short, day = found.splitlines()[1].split()
        return _("It came with {commit} on {date}.").format(commit=short, date=show_date(_readable_date(day)))

    def renamed(self, path: str, *commits: str) -> str | None:
        """Return the path that a file had before it was renamed: by a commit, or from an old one to a new one.

        A file that a commit made a link to the path counts too: its content moved there.
        """
        options = (
            "-r",
            "-z",
            "-M",
            "--no-commit-id",
            "--raw",
            "--diff-filter=RT",
            "--no-ext-diff",
            "--no-textconv",
        )
        fields = iter(os.fsdecode(self.git.run("diff-tree", *options, *commits)).split("\0")[:-1])
        for about in fields:
            was = next(fields)
            _mode, mode, _old, link, kind = about.split(" ")
            if kind[0] == "R":
                if next(fields) == path:
                    return was
            elif mode == "120000":
                target = os.fsdecode(self.git.run("cat-file", "blob", link))
                if posixpath.normpath(posixpath.join(posixpath.dirname(was), target)) == path:
                    return was
        return None

    @property
    def shallow(self) -> bool:
        """Whether older commits weren't fetched."""
        return self.git.text("rev-parse", "--is-shallow-repository") == "true"

    def shallow_commits(self) -> frozenset[str]:
        """Return the commits whose parents weren't fetched."""
        answer = self.git.text("rev-parse", "--is-shallow-repository", "--git-path", "shallow")
        shallow, _break, file = answer.partition("\n")
        if shallow != "true":
            return frozenset()
        return frozenset(read_file(os.path.join(self.git.folder, file)).decode("ascii", "replace").split())

    def writes_line_ends(self, path: str) -> bool:
        """Return whether git converts the line ends of a file between the repository and the work tree."""
        answer = self.git.run("check-attr", "-z", "text", "eol", "--", self.spec(path))
        text, eol = os.fsdecode(answer).split("\0")[2:6:3]
        if text == "unset":
            return False
        if text in ("set", "auto") or eol in ("lf", "crlf"):
            return True
        try:
            converts = self.git.text("config", "core.autocrlf")
        except GitFailed:
            return False
        return converts.lower() in ("true", "yes", "on", "1", "input")

    def _unknown(self, revision: str) -> Unavailable:
        """Return the error for a revision that isn't here: it says to fetch it, or to write what is nearest."""
        if revision == HEAD and self.is_unborn():
            return Unavailable(_("there is no commit yet"), _("Commit the plan first: git add, git commit"))
        self._refuse_damage(revision)
        message = _("unknown revision {revision}").format(revision=revision)
        if self.shallow:
            return Unavailable(_("{message}: this clone is shallow").format(message=message), _(UNSHALLOW))
        near = self._nearest(revision)
        if near:
            message = _("{message}. Did you mean {near}?").format(message=message, near=near)
        elif re.fullmatch(r"[0-9]{4}|[0-9]{1,4}([-/][0-9]{1,4}){1,2}|([0-9]{1,2}[.]){2}[0-9]{2,4}", revision):
            forms = _("A date is a day or a month that there is: {forms}").format(forms="2021-06-24, 2021-06")
            return Unavailable(message, forms)
        return Unavailable(message, _("Branches and tags: git branch --all, git tag"))

    def is_unborn(self) -> bool:
        """Return whether the current branch has no commit yet; raise GitFailed if it is broken."""
        try:
            self.git.run("log", "--max-count=1", "--format=")
        except GitFailed as error:
            if "does not have any commits yet" not in error.reason:
                raise
            return True
        return False

    def _refuse_damage(self, revision: str) -> None:
        """Raise GitFailed where a revision isn't found because a commit that is here can't be read."""
        if "\0" in revision:
            return
        done = self.git.run_unchecked("rev-parse", "--verify", "--end-of-options", revision)
        said = [each for each in done.stderr.decode("utf-8", "replace").splitlines() if each.startswith(_DAMAGE)]
        if said:
            raise GitFailed(said[-1], done.returncode)
        found = done.stdout.decode().split()
        if found and found[-1] != revision.lower():  # a whole hash is taken as it is typed
            self.git.run("rev-list", "--max-count=1", found[-1])

    def _nearest(self, revision: str) -> str | None:
        from plancli.text import closest

        names = os.fsdecode(self.git.run("for-each-ref", "--format=%(refname:short)")).splitlines()
        return next((name for name in names if name.endswith(f"/{revision}")), None) or closest(revision, names)


_DAMAGE = ("error: ", "fatal: loose object", "fatal: packed", "fatal: could not fetch", "fatal: unable to read")
"""How git's messages about unreadable objects begin, and no others."""


class NoRepository(Unavailable):
    """No repository is above a folder."""

    def __init__(self, folder: str) -> None:
        message = _("{folder} is in no git repository").format(folder=folder)
        super().__init__(message, _("Revisions need one: git init"))


def _readable_date(text: str) -> str:
    """Return a commit's date as ``git log`` shows it: one that git can't read comes back as its placeholder."""
    return {"%cI": "1970-01-01T00:00:00+00:00", "%cs": "1970-01-01"}.get(text, text)


def _end_of(day: date) -> int:
    """Return the first second after a day, here, since 1970."""
    try:
        return int(datetime.combine(day + timedelta(days=1), time()).timestamp())
    except (OverflowError, ValueError, OSError):  # the last days of the year 9999; the first of the year 1
        return 2**63 if day.year > 1970 else 0


def repository(file: str) -> Repository:
    """Return the repository that a file is in, or was; raise Unavailable where there is none to be used."""
    git = discover(file)
    folder = os.path.dirname(absolute(file))
    if git is None:
        raise NoRepository(folder)
    try:
        if git.is_bare and "GIT_WORK_TREE" not in os.environ:
            git.run("rev-parse", "--git-dir")
            return Repository(git, "")
        return Repository(git, git.text("rev-parse", "--show-toplevel"))
    except GitFailed as error:
        if "must be run in a work tree" in error.reason:
            return Repository(git, "")
        raise _unusable(folder, error) from None


def _unusable(folder: str, error: GitFailed) -> Unavailable:
    if "dubious ownership" in error.reason:
        folder = error.reason.partition("'")[2].partition("'")[0] or folder
        return Unavailable(
            _("git doesn't trust {folder}: it belongs to another user").format(folder=folder),
            _("If you do: git config --global --add safe.directory {folder}").format(folder=folder),
        )
    reason = error.reason.splitlines()[0] if error.reason else error.message
    return Unavailable(_("git can't use {folder}: {reason}").format(folder=folder, reason=reason))


class Commit(NamedTuple):
    """A commit that touches the file: its parents are the commits before it that do, ``path`` its name there.

    ``date`` is the committer's, in ISO 8601 with its offset: the one that git goes by where a day is asked for.
    """

    name: str
    parents: tuple[str, ...]
    path: str
    date: str
    author: str
    subject: str


def commits(repo: Repository, start: str, path: str) -> list[Commit]:
    """Return the commits from ``start`` back that touch a path, children first, the line before a rename included.

    A merge is there where it differs from all its parents (git's default simplification of history).
    """
    found: dict[str, Commit] = {}
    waiting = [(start, path)]
    while waiting:
        begin, name = waiting.pop()
        for commit in _list_commits(repo, begin, name):
            if commit.name in found:
                continue
            if not commit.parents and (was := repo.renamed(name, commit.name)):
                before = next(_list_commits(repo, f"{commit.name}^", was), None)
                if before:
                    commit = commit._replace(parents=(before.name,))
                    waiting.append((f"{commit.name}^", was))
            found[commit.name] = commit
    return list(found.values())


def _list_commits(repo: Repository, start: str, path: str) -> Iterator[Commit]:
    output = repo.git.run(
        "rev-list",
        "--topo-order",
        "--parents",
        "--encoding=UTF-8",
        "--format=%cI%x00%aN%x00%s",
        start,
        "--",
        repo.spec(path),
    )
    lines = iter(output.decode("utf-8", "replace").split("\n"))
    for head in lines:
        if head.startswith("commit "):
            _word, name, *parents = head.split(" ")
            date, author, subject = next(lines).split("\0", 2)
            yield Commit(name, tuple(parents), path, _readable_date(date), author, subject)
