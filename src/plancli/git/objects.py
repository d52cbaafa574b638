"""Objects by their names in git, through one ``git cat-file --batch``: no name is ever an option there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from plancli.git.process import start

if TYPE_CHECKING:
    import subprocess


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
        asked = name.encode("utf-8", "surrogateescape")
        if not asked or b"\n" in asked or b"\0" in asked:
            return None
        writing, reading = self._process.stdin, self._process.stdout
        assert writing
        assert reading
        try:
            writing.write(asked + b"\n")
            writing.flush()
        except BrokenPipeError:
            return None
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
