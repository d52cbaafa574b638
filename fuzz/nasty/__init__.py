"""Inputs of 1 MB that were made to be slow or large, and the commands that they are given to."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from fuzz.nasty.plans import BROKEN, CHANGED, FINE, GOOD, WRONG
from fuzz.nasty.tables import SPREADSHEETS, TABLES

Line = tuple[str, ...]


class Case(NamedTuple):
    """Files, made when they are asked for, and command lines that read them."""

    name: str
    files: Callable[[], dict[str, bytes]]
    commands: tuple[Line, ...]


READ: tuple[Line, ...] = (
    ("validate", "plan.yaml"),
    ("list",),
    ("fmt", "--diff"),
    ("diff", "good.yaml", "plan.yaml"),
)
BARELY_READ: tuple[Line, ...] = (("validate", "plan.yaml"), ("diff", "plan.yaml", "good.yaml"))
REPORTED: tuple[Line, ...] = tuple(
    ("validate", "--format", form, "plan.yaml")
    for form in ("full", "concise", "json", "github", "gitlab", "sarif", "junit")
)
ASKED: tuple[Line, ...] = (
    ("list", "--full"),
    ("list", "-t", "stratégie du"),
    ("list", "--format", "json"),
    ("list", "--format", "markdown"),
    ("summary",),
    ("summary", "--by", "directorate", "--by", "measure"),
    ("directorates",),
    ("show", "1-9999"),
    ("export", "plan.html"),
    ("export", "plan.md"),
    ("export", "plan.csv"),
    ("export", "plan.sqlite"),
    ("export", "plan.xlsx"),
    ("fmt",),
)


def _files(content: Callable[[], str | bytes], good: Callable[[], str] = lambda: GOOD) -> dict[str, bytes]:
    made = content()
    return {
        "plan.yaml": made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass"),
        "good.yaml": good().encode(),
    }


def _case(name: str, content: Callable[[], str | bytes], commands: tuple[Line, ...] = READ) -> Case:
    return Case(name, partial(_files, content), commands)


def _changed(new: Callable[[], str], old: Callable[[], str]) -> Callable[[], dict[str, bytes]]:
    return partial(_files, new, old)


DIFFED: tuple[Line, ...] = tuple(
    ("diff", "good.yaml", "plan.yaml", "--format", form) for form in ("table", "json", "markdown", "csv")
)
MERGED: tuple[Line, ...] = (("git", "merge-driver", "good.yaml", "plan.yaml", "theirs.yaml", "7", "plan.yaml"),)


def _three(new: Callable[[], str], old: Callable[[], str]) -> dict[str, bytes]:
    return _files(new, old) | {"theirs.yaml": old().replace("title: T\n", "title: U\n").encode()}


def _merged(content: Callable[[], str | bytes]) -> dict[str, bytes]:
    return _files(content) | {"theirs.yaml": GOOD.replace("title: T", "title: U").encode()}


IMPORTED: tuple[Line, ...] = (("import", "table.csv", "--output", "new.yaml"),)


def _table(content: Callable[[], str | bytes]) -> dict[str, bytes]:
    made = content()
    return {"table.csv": made.encode() if isinstance(made, str) else made}


def _cases() -> Iterable[Case]:
    for name, content in BROKEN.items():
        yield _case(name, content, BARELY_READ)
    for name, content in WRONG.items():
        yield _case(name, content, READ)
    for name, content in FINE.items():
        yield _case(name, content, READ + ASKED)
    for name in ("one key again and again", "short lines of different keys", "each key twice"):
        yield _case(f"reported: {name}", BROKEN[name], REPORTED)
    for name in ("unknown codes in actions", "ambiguous words", "blank texts", "one number"):
        yield _case(f"reported: {name}", WRONG[name], REPORTED)
    for name, (new, old) in CHANGED.items():
        yield Case(f"changed: {name}", _changed(new, old), DIFFED)
    for name, (new, old) in CHANGED.items():
        yield Case(f"merged: {name}", partial(_three, new, old), MERGED)
    for name, content in WRONG.items():
        yield Case(f"merged: {name}", partial(_merged, content), MERGED)
    for name, table in TABLES.items():
        yield Case(f"table: {name}", partial(_table, table), IMPORTED)
    for name, spreadsheet in SPREADSHEETS.items():
        yield Case(f"spreadsheet: {name}", partial(_table, spreadsheet), IMPORTED)


CASES = tuple(_cases())

DECLARED = "tens of thousands of declarations, each a change that is told"
MERGED_LARGE = "a merge checks five plans and compares each two of them"
BEYOND = {
    "unknown codes": DECLARED,
    "unused codes": DECLARED,
    "acronyms": DECLARED,
    "changed: declarations": DECLARED,
    "merged: unknown codes": MERGED_LARGE,
    "merged: unknown codes in actions": MERGED_LARGE,
    "merged: one code repeated": MERGED_LARGE,
    "merged: acronyms": MERGED_LARGE,
    "merged: notes that point nowhere": MERGED_LARGE,
    "merged: unused numbers": MERGED_LARGE,
    "merged: unused numbers, all the same": MERGED_LARGE,
    "merged: measures of one number": MERGED_LARGE,
    "merged: orientations of one number": MERGED_LARGE,
    "merged: ambiguous words": MERGED_LARGE,
}
"""Cases that pass the bounds, and why: they are held to 10 s and 300 MB."""
