"""Count what diffs of plans with twins make of random edits: ``python -m tests.review.twin_diffs 600 [SEED]``.

A diff is *right* if each action and measure stands beside the one with its hidden identity (``twins.py``), or
beside one that nothing tells from it; *told* if it says on standard error that it may be that one. Else it is
*fewer* if what was really done takes more changes to say, *equal* if as many, and *wrong* if fewer.
"""

import sys
from collections import Counter
from random import Random
from typing import Any, NamedTuple

from plancli.location import Path
from plancli.plan.document import read_document
from plancli.plan.model import FIELDS, Action, Group, Plan, read_plan
from plancli.review.diff.comparison import compare
from plancli.review.diff.matching import Match, match
from tests.review.twins import Side, three

Pairs = tuple[tuple[Any, Any], ...]


class Known(NamedTuple):
    """A plan, and the blocks by their hidden identities."""

    plan: Plan
    actions: dict[object, Action]
    measures: dict[object, Group]


def known(side: Side) -> Known:
    """Read a plan."""
    plan = read_plan(read_document(side.source(), "plan.yaml").data)
    actions = [each["id"] for home in side.homes for each in side.actions if each["home"] == home["id"]]
    measures = [home["id"] for home in side.homes]
    return Known(
        plan,
        dict(zip(actions, plan.actions, strict=True)),
        dict(zip(measures, plan.measures, strict=True)),
    )


def judged(before: Side, after: Side) -> str:
    """Return what a diff makes of two plans: ``right``, ``told``, ``fewer``, ``equal`` or ``wrong``."""
    old, new = known(before), known(after)
    found = match(old.plan, new.plan)
    meant = Match(_pairs(old.actions, new.actions), _pairs(old.measures, new.measures), found.orientations)
    if _seen(found) == _seen(meant):
        return "right"
    told = {
        (_path(each.before), _path(other))
        for each in found.assumed
        for other in each.others
        if any(each.others)  # what stands on standard error
    }
    missed = {(_path(one), _path(other)) for one, other in (*meant.actions, *meant.measures) if one} - {
        (_path(one), _path(other)) for one, other in (*found.actions, *found.measures)
    }
    if missed <= told:
        return "told"
    counts = [len(compare(old.plan, new.plan, each)) for each in (found, meant)]
    return "fewer" if counts[0] < counts[1] else "equal" if counts[0] == counts[1] else "wrong"


def _pairs(old: dict[object, Any], new: dict[object, Any]) -> Pairs:
    return tuple((old.get(each), new.get(each)) for each in {**new, **old})


def _path(block: Action | Group | None) -> Path | None:
    return block.path if block else None


def _seen(matched: Match) -> Counter[Any]:
    """Return each pair by what it says: identical twins are as good as each other."""
    return Counter(
        (kind, _facts(one), _facts(other))
        for kind, pairs in enumerate((matched.actions, matched.measures))
        for one, other in pairs
    )


def _facts(block: Action | Group | None) -> Any:
    if isinstance(block, Group):
        return block.number, block.title, tuple(sorted(map(repr, map(_facts, block.actions))))
    return block and (block.measure, block.number, *(block.value(field.key) for field in FIELDS))


def count(diffs: int, seed: int) -> Counter[str]:
    """Try diffs."""
    return Counter(judged(*three(Random(f"{seed} {number}"))[:2]) for number in range(diffs))


def main() -> None:
    """Print the counts."""
    diffs, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    counts = count(diffs, seed)
    print(f"{diffs} diffs, seed {seed}:", " · ".join(f"{kind} {counts[kind]}" for kind in KINDS))


KINDS = ("right", "told", "fewer", "equal", "wrong")

if __name__ == "__main__":
    main()
