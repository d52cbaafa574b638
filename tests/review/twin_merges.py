"""Count what comes of random merges of plans with twins: ``python -m tests.review.twin_merges 5000 [SEED]``."""

import sys
from collections import Counter
from random import Random
from typing import NamedTuple

from plancli.review.merge import MergeResult
from tests.review.merging import merged, own_merge
from tests.review.twins import Conflict, Side, is_right, three, wanted


class Verdict(NamedTuple):
    """What git alone made of a merge, and the driver: ``right``, ``wrong`` (both clean) or ``stopped``."""

    git: str
    driver: str
    needs_a_person: bool


def judged(base: Side, ours: Side, theirs: Side) -> tuple[Verdict, MergeResult]:
    """Merge, and hold the results against what the two people did."""
    sources = base.source(), ours.source(), theirs.source()
    own = own_merge(*sources)
    result = merged(*sources)

    def verdict(clean: bool, content: bytes) -> str:
        return ("right" if is_right(content, base, ours, theirs) else "wrong") if clean else "stopped"

    try:
        wanted(base, ours, theirs)
        needs = False
    except Conflict:
        needs = True
    return Verdict(verdict(own.conflicts == 0, own.content), verdict(result.clean, result.content), needs), result


def count(merges: int, seed: int, most: int = 4) -> tuple[Counter[Verdict], list[int]]:
    """Try merges; return the verdicts, and which merges came out wrong where git alone was right or stopped."""
    counts: Counter[Verdict] = Counter()
    worse = []
    for number in range(merges):
        verdict, _result = judged(*three(Random(f"{seed} {number}"), most))
        counts[verdict] += 1
        if verdict.driver == "wrong" and verdict.git != "wrong":
            worse.append(number)
    return counts, worse


def main() -> None:
    """Print the counts."""
    merges, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    counts, worse = count(merges, seed)
    print(f"{merges} merges, seed {seed}")
    for driver in ("right", "wrong", "stopped"):
        row = {git: sum(n for v, n in counts.items() if (v.git, v.driver) == (git, driver)) for git in ROWS}
        print(f"driver {driver:8}", " ".join(f"git {git} {row[git]:5}" for git in ROWS))
    needless = sum(n for v, n in counts.items() if v.driver == "stopped" and not v.needs_a_person)
    print(f"stopped where the sides could be brought together: {needless}; worse than git: {worse}")


ROWS = ("right", "wrong", "stopped")

if __name__ == "__main__":
    from plancli.i18n import detect_language

    detect_language()
    main()
