"""The plan as it stood at a git revision, and the two sides of a comparison."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from plancli.errors import Unavailable, Usage
from plancli.git import HEAD, Objects, Repository, is_date, objects, repository
from plancli.i18n import _
from plancli.loader.places import PLACES, display_name, named_plan, nearest_plan, no_plan, read_source


@dataclass(frozen=True, slots=True)
class Version:
    """A plan's bytes at one point: what to call it, the name of its file, its commit and path if it has one."""

    label: str
    name: str
    source: bytes
    commit: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Versions:
    """The two sides of a comparison; ``file`` is empty where they are two files.

    ``commits`` counts those between them that touch the plan, None where there is no such count.
    """

    file: str
    old: Version
    new: Version
    commits: int | None = None


def read_at(path: str | None, at: str) -> Version:
    """Give the plan as it stood at a revision, a date or ``REV:path``; raise Unavailable."""
    with _Reading(path) as reading:
        if reading.file == "-":
            raise Usage(_("--at is about a file in git, not standard input"))
        return reading.revision(at)


@contextmanager
def open_at(path: str | None, at: str) -> Iterator[tuple[Repository, Objects, Version]]:
    """Open the repository of a plan, and give the plan as it stood at a revision."""
    with _Reading(path) as reading:
        version = reading.revision(at)
        yield reading.repository, reading.objects, version


def read_versions(path: str | None, old: str | None = None, new: str | None = None) -> Versions:
    """Give the sides that ``diff`` compares: ``HEAD`` and the work tree unless said otherwise.

    A side is a revision, a date, ``REV:path`` or a file; ``old`` alone may be a range, ``A..B`` or ``A...B``.
    A name that is both a revision and a file is the revision; ``./name`` is the file.
    """
    with _Reading(path) as reading:
        ends = _range(old) if old is not None and new is None else None
        if ends:
            return reading.versions(*reading.ends(*ends))
        if new is None:
            newer = reading.work_tree()
            older = reading.side(HEAD if old is None else old)
        else:
            newer = reading.side(new)
            older = reading.side(HEAD if old is None else old, newer.commit or HEAD)
        return reading.versions(older, newer)


def _range(text: str) -> tuple[str, str, str] | None:
    """Take ``A..B`` or ``A...B`` apart; a file, or a path after a revision, may hold dots too."""
    dots = "..." if "..." in text else ".."
    before, found, after = text.partition(dots)
    if not found or ":" in before or "{" in before or _like_a_file(text) or os.path.isfile(text):
        return None
    return before, dots, after


def _like_a_file(text: str) -> bool:
    return text == "-" or os.path.isabs(text) or text.startswith(("./", "../"))


class _Reading:
    """What reading versions of one plan needs: its place, its repository, and git's objects, opened once."""

    def __init__(self, path: str | None) -> None:
        self.file = named_plan(path) or nearest_plan()
        self._open = ExitStack()

    def __enter__(self) -> "_Reading":
        return self

    def __exit__(self, *failure: object) -> None:
        self._open.close()

    @cached_property
    def tracked(self) -> str | None:
        """The file that git is asked about; for standard input the plan that is here."""
        return nearest_plan() if self.file == "-" else self.file

    @cached_property
    def repository(self) -> Repository:
        """The repository of the plan, or else of the working folder."""
        return repository(self.tracked or os.path.join(os.getcwd(), PLACES[-1]))

    @cached_property
    def objects(self) -> Objects:
        """The objects of the repository."""
        return self._open.enter_context(objects(self.repository.folder))

    def work_tree(self) -> Version:
        """Give the plan as it stands in the work tree."""
        if self.file is None:
            raise no_plan()
        return Version(_("work tree"), display_name(self.file), read_source(self.file))

    def side(self, text: str, along: str = HEAD) -> Version:
        """Give one side of a comparison: a file or a revision."""
        if _like_a_file(text) or (os.path.isfile(text) and not self._known(text)):
            return Version(display_name(text), display_name(text), read_source(text))
        return self.revision(text, along)

    def _known(self, text: str) -> bool:
        try:
            return self.repository.find(self.objects, text) is not None
        except Unavailable:  # no repository, or no git: then it is the file
            return False

    def revision(self, text: str, along: str = HEAD) -> Version:
        """Give the plan at a revision, a date or ``REV:path``."""
        here, known = self.repository, self.repository.find(self.objects, text)
        revision, colon, path = text.partition(":")
        if known or not colon:
            commit = known or here.commit(self.objects, text, along)
            dated = is_date(text) and not known
            return self._at(commit, f"{text} ({commit[:7]})" if dated else text, commit[:7] if dated else text)
        if path.startswith(("./", "../")):
            path = here.path_of(path)
        commit = here.commit(self.objects, revision, along) if revision else ""
        source = self._blob(f"{commit}:{path}")
        if source is None:
            raise Unavailable(
                _("{file} isn't in {revision}").format(file=path, revision=revision or _("the index"))
            )
        return Version(text, text, source, commit, path)

    def ends(self, old: str, dots: str, new: str) -> tuple[Version, Version]:
        """Give the two ends of a range; ``A...B`` begins where A and B parted."""
        here = self.repository
        last = here.commit(self.objects, new or HEAD)
        first = here.commit(self.objects, old or HEAD, last)
        names = (old or HEAD, new or here.branch(last))
        if dots == "...":
            first = here.merge_base(first, last, names)
        return self._at(first, names[0], first[:7]), self._at(last, names[1], new or HEAD)

    def versions(self, old: Version, new: Version) -> Versions:
        """Put two sides together; what is checked out goes by its own name."""
        if not old.commit and not new.commit and not old.path and not new.path:
            return Versions("", old, replace(new, label=new.name))
        file = self.tracked or new.path or old.path
        commits = None
        if old.commit and new.commit:
            commits = self.repository.count(old.commit, new.commit, new.path)
            if self.tracked and new.commit == self.repository.find(self.objects, HEAD):
                new = replace(new, name=self.tracked)
        return Versions(file, old, new, commits)

    def _at(self, commit: str, label: str, name: str) -> Version:
        """Give the plan in a commit; ``name`` is what git calls it."""
        paths = [self.repository.path_of(self.tracked)] if self.tracked else self._places()
        for path in paths:
            source = self._blob(f"{commit}:{path}")
            if source is not None:
                return Version(label, f"{name}:{path}", source, commit, path)
        path = paths[0]
        head = self.repository.find(self.objects, HEAD)
        was = self.repository.renamed(commit, head, path) if head else None
        source = self._blob(f"{commit}:{was}") if was else None
        if was is None or source is None:
            hint = self.repository.came_with(path) or _("Commit the plan first: git add, git commit")
            raise Unavailable(_("{file} isn't in {revision}").format(file=path, revision=label), hint)
        return Version(label, f"{name}:{was}", source, commit, was)

    def _places(self) -> list[str]:
        """Give the paths where a plan may stand in the repository, nearest first, when there is none on disk."""
        if not self.repository.top:
            return [place.replace(os.sep, "/") for place in PLACES]
        folder, found = os.getcwd(), []
        while True:
            try:
                found += [self.repository.path_of(os.path.join(folder, place)) for place in PLACES]
            except Unavailable:
                return found
            folder = os.path.dirname(folder)

    def _blob(self, name: str) -> bytes | None:
        if "\n" in name:
            raise Unavailable(
                _("git can't be asked for a file with a line break in its name: {file}").format(file=name)
            )
        found = self.objects.read(name)
        return found.content if found and found.kind == "blob" else None
