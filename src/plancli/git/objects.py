"""Objects by their names in git, through one ``git cat-file --batch``: no name is ever an option there."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from plancli.git.process import start

if TYPE_CHECKING:
    import subprocess


_AHEAD = 2048
"""Bytes of names that git is given before it has answered: what a pipe holds, so that neither side waits."""


class Object(NamedTuple):
    """An object of git: its name, its kind (``commit``, ``blob`` …) and its bytes."""

    name: str
    kind: str
    content: bytes


class Objects:
    """An open ``git cat-file --batch``."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def read(self, name: str) -> Object | None:
        """Give what a name stands for: ``HEAD``, ``v1^{commit}``, ``main:data/plan.yaml``; None for nothing.

        A symbolic link in a tree is followed; one that leaves the tree stands for nothing.
        """
        return next(self.read_all((name,)))

    def read_all(self, names: Iterable[str]) -> Iterator[Object | None]:
        """Give what each name stands for, in order; git works ahead while an answer is looked at.

        The iterator is to be finished before anything else is read.
        """
        waiting: deque[int] = deque()
        for name in names:
            asked = name.encode("utf-8", "surrogateescape") + b"\n"
            if len(asked) == 1 or asked.count(b"\n") > 1 or b"\0" in asked or not self._ask(asked):
                asked = b""
            waiting.append(len(asked))
            while sum(waiting) > _AHEAD:
                yield self._answer() if waiting.popleft() else None
        while waiting:
            yield self._answer() if waiting.popleft() else None

    def _ask(self, asked: bytes) -> bool:
        writing = self._process.stdin
        assert writing
        try:
            writing.write(asked)
            writing.flush()
        except BrokenPipeError:
            return False
        return True

    def _answer(self) -> Object | None:
        reading = self._process.stdout
        assert reading
        head = reading.readline()
        words = head.rstrip(b"\n").rsplit(b" ", 2)
        if head.endswith((b" missing\n", b" ambiguous\n")) or not words[-1].isdigit():
            return None
        content = reading.read(int(words[-1]))
        reading.read(1)
        if len(words) < 3:  # "dangling 12", "symlink 12", "loop 12", "notdir 12": the text of the link follows
            return None
        return Object(words[0].decode(), words[1].decode(), content)


@contextmanager
def objects(folder: str) -> Iterator[Objects]:
    """Open the objects of the repository that a folder is in."""
    process = start(folder, ("cat-file", "--batch", "--follow-symlinks"))
    try:
        yield Objects(process)
    finally:
        process.kill()
        process.communicate()
