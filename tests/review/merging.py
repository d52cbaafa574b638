"""Merges as the tests make them: git's own on temporary files, then by meaning."""

import tempfile
from pathlib import Path

from plancli.git import LineMerge, merge_file
from plancli.plan.document import read_document
from plancli.plan.model import Action, Plan, read_plan
from plancli.review.merge import MergeResult, merge, sentences
from tests.review.edits import Edits

NAME = "data/plan.yaml"


def own_merge(base: bytes, ours: bytes, theirs: bytes, size: int = 7) -> LineMerge:
    """Merge as git does by itself."""
    with tempfile.TemporaryDirectory() as folder:
        one, old, other = (Path(folder) / name for name in ("ours", "base", "theirs"))
        for file, content in ((one, ours), (old, base), (other, theirs)):
            file.write_bytes(content)
        return merge_file(str(one), str(old), str(other), size)


def merged(base: bytes, ours: bytes, theirs: bytes, *, shows_base: bool = False) -> MergeResult:
    """Merge as the driver does."""
    return merge(base, ours, theirs, own_merge(base, ours, theirs), NAME, shows_base=lambda: shows_base)


def told(result: MergeResult) -> list[str]:
    """Return what a person reads of a merge."""
    return list(sentences(result))


def both_ways(result: MergeResult) -> tuple[bytes, bytes]:
    """Return a result with every conflict read as ours, and as theirs."""
    found: dict[bytes, list[bytes]] = {b"<<<<<<< ours\n": [], b"=======\n": []}
    side = b""
    for line in result.content.splitlines(keepends=True):
        if line in (*found, b"||||||| base\n"):
            side = line
        elif line == b">>>>>>> theirs\n":
            side = b""
        else:
            for name, lines in found.items():
                if side in (b"", name):
                    lines.append(line)
    ours, theirs = found.values()
    return b"".join(ours), b"".join(theirs)


def plan_of(content: bytes) -> Plan:
    """Read a merged plan."""
    document = read_document(content, NAME)
    assert not document.findings, content.decode()
    return read_plan(document.data)


def action(result: MergeResult, number: int) -> Action:
    """Return an action of a merged plan."""
    found = [each for each in plan_of(result.content).actions if each.number == number]
    assert len(found) == 1
    return found[0]


def new_action(number: int, text: str) -> dict[str, object]:
    """Make an action that isn't in the plan."""
    return {"number": number, "text": text, "pilots": ["DIHAL"], "associated": [], "years": [2022], "priority": 2}


def sides() -> tuple[Edits, Edits, Edits]:
    """Return three copies of the published plan: base, ours, theirs."""
    return Edits(), Edits(), Edits()
