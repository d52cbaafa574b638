"""The commits that touch a file, newest first, through merges and other names of the file."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

from plancli.git.repository import Repository


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that touches the file: its parents are the commits before it that do, ``path`` its name there.

    ``date`` is the author's, in ISO 8601 with its offset.
    """

    name: str
    parents: tuple[str, ...]
    path: str
    date: str
    author: str
    subject: str


def commits(here: Repository, start: str, path: str) -> list[Commit]:
    """Give the commits from ``start`` back that touch a path, children first, the line before a rename included.

    A merge is there where it differs from all its parents (git's default simplification of history).
    """
    found: dict[str, Commit] = {}
    waiting = [(start, path)]
    while waiting:
        begin, name = waiting.pop()
        for commit in _listed(here, begin, name):
            if commit.name in found:
                continue
            if not commit.parents and (was := _renamed(here, commit.name, name)):
                before = next(_listed(here, f"{commit.name}^", was), None)
                if before:
                    commit = replace(commit, parents=(before.name,))
                    waiting.append((f"{commit.name}^", was))
            found[commit.name] = commit
    return list(found.values())


def _listed(here: Repository, start: str, path: str) -> Iterator[Commit]:
    output = here.run(
        "rev-list",
        "--topo-order",
        "--parents",
        "--encoding=UTF-8",
        "--format=%aI%x00%aN%x00%s",
        start,
        "--",
        here.spec(path),
    )
    lines = iter(output.decode("utf-8", "replace").split("\n"))
    for head in lines:
        if head.startswith("commit "):
            _word, name, *parents = head.split(" ")
            date, author, subject = next(lines).split("\0", 2)
            yield Commit(name, tuple(parents), path, date, author, subject)


def _renamed(here: Repository, commit: str, path: str) -> str | None:
    """Give the name that a file had before the commit in which it appears, if it was renamed there."""
    changes = here.run(
        *("diff-tree", "-r", "-z", "-M", "--no-commit-id", "--name-status", "--diff-filter=R", "--no-ext-diff"),
        commit,
    )
    fields = os.fsdecode(changes).split("\0")
    return next((was for was, now in zip(fields[1::3], fields[2::3], strict=False) if now == path), None)
