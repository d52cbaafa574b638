"""The plan as it stood at a git revision, and the two sides of a comparison."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from typing import NamedTuple

from plancli.errors import Unavailable, Usage
from plancli.files import working_folder
from plancli.git import HEAD, GitFailed, NoRepository, Objects, Repository, open_objects, repository
from plancli.i18n import _
from plancli.loader.plan_files import (
    PLAN_PLACES,
    display_name,
    find_plan,
    is_inside,
    named_plan,
    nearest_leads_out,
    nearest_plan,
    read_source,
)


class Version(NamedTuple):
    """A plan's bytes at one point: what to call it, the name of its file, its commit and path if it has one."""

    label: str
    name: str
    source: bytes
    commit: str = ""
    path: str = ""


class Sides(NamedTuple):
    """The two sides of a comparison; ``file`` is empty where they are two files.

    ``commits`` counts those between them that touch the plan, None where there is no such count. ``dots`` are
    those of a range; ``since`` is the merge base of its ends, if that isn't the first of them. ``lacking`` counts
    the commits of the old side that the new one hasn't got; where there are any, ``base`` is the plan at their
    merge base.
    """

    file: str
    old: Version
    new: Version
    commits: int | None = None
    dots: str = ""
    since: str = ""
    base: Version | None = None
    lacking: int = 0


def read_at(path: str | None, at: str) -> Version:
    """Return the plan at a revision, a date or ``REV:path``; raise Unavailable."""
    with RevisionReader(path) as reader:
        if reader.file == "-":
            raise Usage(_("--at is about a file in git, not standard input"))
        return reader.revision(at)


@contextmanager
def open_at(path: str | None, at: str) -> Iterator[tuple[Repository, Objects, Version]]:
    """Open the repository of a plan, and give the plan as it stood at a revision."""
    with RevisionReader(path) as reader:
        version = reader.revision(at)
        yield reader.repository, reader.objects, version


def read_sides(path: str | None, old: str | None = None, new: str | None = None) -> Sides:
    """Return the sides that ``diff`` compares: ``HEAD`` and the work tree unless said otherwise.

    A side is a revision, a date, ``REV:path`` or a file; ``old`` alone may be a range, ``A..B`` or ``A...B``.
    A name that is both a revision and a file is the revision; ``./name`` is the file.
    """
    with RevisionReader(path) as reader:
        ends = _range(old) if old is not None and new is None else None
        if ends:
            return reader.range(*ends)
        if new is None:
            newer = reader.work_tree()
            older = reader.side(HEAD if old is None else old)
        else:
            newer = reader.side(new)
            older = reader.side(HEAD if old is None else old, newer.commit or HEAD)
        return reader.sides(older, newer)


def _range(text: str) -> tuple[str, str, str] | None:
    """Take ``A..B`` or ``A...B`` apart; a file, or a path after a revision, may hold dots too."""
    dots = "..." if "..." in text else ".."
    before, found, after = text.partition(dots)
    if not found or ":" in before or "{" in before or _looks_like_a_file(text) or os.path.isfile(text):
        return None
    return before, dots, after


def _looks_like_a_file(text: str) -> bool:
    return text == "-" or os.path.isabs(text) or text.startswith(("./", "../"))


class RevisionReader:
    """The reader of versions of one plan: its place, its repository, and git's objects, opened once."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self.file = named_plan(path) or nearest_plan()
        self._open = ExitStack()

    def __enter__(self) -> "RevisionReader":
        return self

    def __exit__(self, *failure: object) -> None:
        self._open.close()

    @cached_property
    def tracked(self) -> str | None:
        """The file that git is asked about; for standard input, the plan of the working folder."""
        if self.file and os.path.isdir(self.file):
            read_source(self.file)  # raises what says that one plan is wanted
        return nearest_plan() if self.file == "-" else self.file

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Where the plan may be in the repository: what its links lead to first, then its own name."""
        if not self.tracked:
            return tuple(self._places())
        return paths_in(self.repository, self.tracked)

    @cached_property
    def repository(self) -> Repository:
        """The repository of the plan, or else of the working folder."""
        folder = "" if named_plan(self._path) == self.tracked else nearest_leads_out()
        if self.tracked is None or folder:
            return repository(os.path.join(folder or working_folder(), PLAN_PLACES[-1]))
        return plan_repository(self.tracked)

    @cached_property
    def objects(self) -> Objects:
        """The objects of the repository."""
        return self._open.enter_context(open_objects(self.repository.git))

    def work_tree(self) -> Version:
        """Return the plan as it is in the work tree, with the line ends that git would give it."""
        file = find_plan(self._path)
        return Version(_("work tree"), display_name(file), self._as_committed(read_source(file)))

    def _as_committed(self, source: bytes) -> bytes:
        if b"\r\n" not in source or self.file == "-":
            return source
        try:
            converts = self.repository.writes_line_ends(self.paths[0])
        except Unavailable:  # no repository, or no git: the file is what it is
            return source
        return source.replace(b"\r\n", b"\n") if converts else source

    def side(self, text: str, branch: str = HEAD) -> Version:
        """Return one side of a comparison: a file or a revision."""
        is_file = os.path.isfile(text) or (text.endswith((".yaml", ".yml")) and ":" not in text)
        if _looks_like_a_file(text) or (is_file and not self._is_revision(text)):
            return Version(display_name(text), display_name(text), read_source(text))
        return self.revision(text, branch)

    def _is_revision(self, text: str) -> bool:
        try:
            return self.repository.find(self.objects, text) is not None
        except GitFailed:
            raise
        except Unavailable:  # no repository, or no git: then it is the file
            return False

    def revision(self, text: str, branch: str = HEAD) -> Version:
        """Return the plan at a revision, a date or ``REV:path``."""
        repo = self.repository
        revision, colon, path = text.partition(":")
        is_relative = path.startswith(("./", "../"))
        known = None if is_relative else repo.find(self.objects, text)
        if known or not colon:
            commit = known or repo.commit(self.objects, text, branch)
            dated = not known
            return self._at(commit, f"{text} ({commit[:7]})" if dated else text, commit[:7] if dated else text)
        if is_relative:
            path = repo.path_of(path)
        commit = repo.commit(self.objects, revision, branch) if revision else ""
        source = self._file(commit, path)
        if source is None:
            raise Unavailable(
                _("{file} isn't in {revision}").format(file=path, revision=revision or _("the index"))
            )
        return Version(text, text, source, commit, path)

    def range(self, old: str, dots: str, new: str) -> Sides:
        """Return the two ends of a range; ``A...B`` begins at the merge base of A and B."""
        repo = self.repository
        last = repo.commit(self.objects, new or HEAD)
        tip = first = repo.commit(self.objects, old or HEAD, last)
        names = (old or HEAD, new or repo.branch(last))
        if dots == "...":
            first = repo.merge_base(first, last, names)
        ends = (self._at(first, names[0], first[:7]), self._at(last, names[1], new or HEAD))
        return self.sides(*ends)._replace(dots=dots, since=first[:7] if first != tip else "")

    def sides(self, old: Version, new: Version) -> Sides:
        """Return both sides of a comparison; the checked-out one keeps its file name."""
        if not old.commit and not new.commit and not old.path and not new.path:
            return Sides("", old, new._replace(label=new.name))
        file = self.tracked or new.path or old.path
        commits = None
        if old.commit and new.commit:
            commits = self.repository.count_commits(old.commit, new.commit, new.path)
            if self.tracked and new.commit == self.repository.find(self.objects, HEAD):
                new = new._replace(name=self.tracked)
        base, lacking = self._merge_base(old, new)
        return Sides(file, old, new, commits, base=base, lacking=lacking)

    def _merge_base(self, old: Version, new: Version) -> tuple[Version | None, int]:
        """Return the plan at the merge base of two sides, and how many commits the new one lacks of the old."""
        repo = self.repository
        end = new.commit or (repo.find(self.objects, HEAD) if not new.path and self.file != "-" else "")
        if not old.commit or not end or old.commit == end:
            return None, 0
        lacking = repo.count_commits(end, old.commit, old.path)
        if not lacking:
            return None, 0
        try:
            base = repo.merge_base(old.commit, end, (old.label, new.label))
            return self._at(base, base[:7], base[:7]), lacking
        except Unavailable:  # no commit in common, or the plan came after it
            return None, lacking

    def _at(self, commit: str, label: str, name: str) -> Version:
        """Return the plan in a commit; ``name`` is what git calls it."""
        for path in self.paths:
            source = self._file(commit, path)
            if source is not None:
                return Version(label, f"{name}:{path}", source, commit, path)
        path = self.paths[0]
        head = self.repository.find(self.objects, HEAD)
        was = self.repository.renamed(path, commit, head) if head else None
        source = self._file(commit, was) if was else None
        if was is None or source is None:
            hint = (head and self.repository.introduced_in(path)) or _(
                "Commit the plan first: git add, git commit"
            )
            raise Unavailable(_("{file} isn't in {revision}").format(file=path, revision=label), hint)
        return Version(label, f"{name}:{was}", source, commit, was)

    def _places(self) -> list[str]:
        """Return the paths where a plan may be in the repository, nearest first, when there is none on disk."""
        if not self.repository.top:
            return [place.replace(os.sep, "/") for place in PLAN_PLACES]
        folder, found = working_folder(), []
        while True:
            try:
                found += [self.repository.path_of(os.path.join(folder, place)) for place in PLAN_PLACES]
            except Unavailable:
                return found
            folder = os.path.dirname(folder)

    def _file(self, commit: str, path: str) -> bytes | None:
        if "\n" in path:
            raise Unavailable(
                _("git can't be asked for a file with a line break in its name: {file}").format(file=path)
            )
        found = self.objects.read_file(commit, path)
        return found.content if found and found.kind == "blob" else None


def plan_repository(file: str) -> Repository:
    """Return the repository of a plan: of what it links to, else of the link itself."""
    with suppress(NoRepository):
        return repository(os.path.realpath(file))
    return repository(file)


def paths_in(repo: Repository, file: str) -> tuple[str, ...]:
    """Return where a plan may be in its repository: what its links lead to, then its own name."""
    real = os.path.realpath(file)
    if not (repo.top and is_inside(real, repo.top)):
        return (repo.path_of(file),)
    found = [repo.path_of(real)]
    with suppress(Unavailable):  # a link from outside the repository into it
        found.append(repo.path_of(file))
    return tuple(dict.fromkeys(found))
