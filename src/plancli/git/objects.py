"""Objects by their names in git, through one ``git cat-file --batch``: no name is ever an option there."""

import os
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import tee
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from plancli.files import MAX_SIZE
from plancli.git.process import Git, GitFailed
from plancli.i18n import _

_AHEAD = 2048
"""Bytes of names that git is given before it has answered: what a pipe holds, so that neither side waits."""


class Object(NamedTuple):
    """An object of git: its name, its kind (``commit``, ``blob`` …) and its bytes, MAX_SIZE + 1 at most."""

    name: str
    kind: str
    content: bytes


class Objects:
    """An open ``git cat-file --batch``."""

    def __init__(self, git: Git, process: subprocess.Popen[bytes], stderr: IO[bytes]) -> None:
        self._git = git
        self._process = process
        self._stderr = stderr

    def read(self, name: str) -> Object | None:
        """Return what a name stands for: ``HEAD``, ``v1^{commit}``, ``main:data/plan.yaml``; None for nothing."""
        return next(self._read_all((name,)))

    def read_file(self, commit: str, path: str) -> Object | None:
        """Return a file of a commit, or of the index where there is none; None where it isn't there.

        A symbolic link is followed; one that leaves the tree stands for nothing. Raise GitFailed where the file
        is there and git can't read it.
        """
        return next(self.read_files(((commit, path),)))

    def read_files(self, files: Iterable[tuple[str, str]]) -> Iterator[Object | None]:
        """Yield files by commit and path as ``read_file`` does; git works ahead while an answer is looked at.

        The iterator is to be finished before anything else is read.
        """
        files, asked = tee(files)
        names = (f"{commit}:{path}" for commit, path in files)
        for found, (commit, path) in zip(self._read_all(names), asked, strict=True):
            if found is None and "\0" not in path:
                self._refuse_damage(commit, path)
            yield found

    def _read_all(self, names: Iterable[str]) -> Iterator[Object | None]:
        waiting: deque[int] = deque()
        for name in names:
            asked = name.encode("utf-8", "surrogateescape") + b"\n"
            if len(asked) == 1 or asked.count(b"\n") > 1 or b"\0" in asked:
                asked = b""
            self._ask(asked)
            waiting.append(len(asked))
            while sum(waiting) > _AHEAD:
                yield self._read_answer() if waiting.popleft() else None
        while waiting:
            yield self._read_answer() if waiting.popleft() else None

    def _ask(self, asked: bytes) -> None:
        writing = self._process.stdin
        assert writing
        try:
            writing.write(asked)
            writing.flush()
        except BrokenPipeError:
            raise self._ended() from None

    def _read_answer(self) -> Object | None:
        reading = self._process.stdout
        assert reading
        head = reading.readline()
        if not head.endswith(b"\n"):
            raise self._ended()
        words = head.rstrip(b"\n").rsplit(b" ", 2)
        if head.endswith((b" missing\n", b" ambiguous\n")) or not words[-1].isdigit():
            return None
        content = self._content(reading, int(words[-1]) + 1)
        if len(words) < 3:  # "dangling 12", "symlink 12", "loop 12", "notdir 12": the text of the link follows
            return None
        return Object(words[0].decode(), words[1].decode(), content[:-1])

    def _content(self, reading: IO[bytes], size: int) -> bytes:
        content = reading.read(min(size, MAX_SIZE + 2))
        left = size - len(content)
        while left and (passed := reading.read(min(left, 2**20))):
            left -= len(passed)
        if left:
            raise self._ended()
        return content

    def _ended(self) -> GitFailed:
        """Return the error for a git that ended too early, with what it wrote to standard error."""
        code = self._process.wait()
        self._stderr.seek(0)
        return GitFailed(self._stderr.read().decode("utf-8", "replace").strip(), code)

    def _refuse_damage(self, commit: str, path: str) -> None:
        """Raise GitFailed where a file is in its commit, or in the index, and yet can't be read."""
        for blob in self._blobs(commit, path):
            self._git.run("rev-list", "--max-count=1", blob)  # says what is wrong with it
            raise GitFailed(_("{object} is missing").format(object=blob))

    def _blobs(self, commit: str, path: str) -> Iterator[str]:
        if not commit:
            done = self._git.run_unchecked("rev-parse", "--verify", "--quiet", f":0:{path}")
            yield from done.stdout.decode().split()
            return
        for entry in self._git.run("ls-tree", "-z", "--full-tree", commit, "--", path).split(b"\0"):
            about, _tab, found = entry.partition(b"\t")
            if found == os.fsencode(path) and about.startswith(b"100"):
                yield about.decode().split()[-1]


@contextmanager
def open_objects(git: Git) -> Iterator[Objects]:
    """Open the objects of a repository."""
    with TemporaryFile() as stderr:
        process = git.start(("cat-file", "--batch", "--follow-symlinks"), stderr)
        try:
            yield Objects(git, process, stderr)
        finally:
            process.kill()
            process.communicate()
