"""The commits that touch a file, newest first, through merges and other names of the file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plancli.git.repository import Repository, readable_date


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that touches the file: its parents are the commits before it that do, ``path`` its name there.

    ``date`` is the committer's, in ISO 8601 with its offset: the one that git goes by where a day is asked for.
    """

    name: str
    parents: tuple[str, ...]
    path: str
    date: str
    author: str
    subject: str


def commits(here: Repository, start: str, path: str) -> list[Commit]:
    """Return the commits from ``start`` back that touch a path, children first, the line before a rename included.

    A merge is there where it differs from all its parents (git's default simplification of history).
    """
    found: dict[str, Commit] = {}
    waiting = [(start, path)]
    while waiting:
        begin, name = waiting.pop()
        for commit in _listed(here, begin, name):
            if commit.name in found:
                continue
            if not commit.parents and (was := here.renamed(name, commit.name)):
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
        "--format=%cI%x00%aN%x00%s",
        start,
        "--",
        here.spec(path),
    )
    lines = iter(output.decode("utf-8", "replace").split("\n"))
    for head in lines:
        if head.startswith("commit "):
            _word, name, *parents = head.split(" ")
            date, author, subject = next(lines).split("\0", 2)
            yield Commit(name, tuple(parents), path, readable_date(date), author, subject)
