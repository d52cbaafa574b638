"""Time reading with positions against yaml.load(CSafeLoader), in one process and in turn.

Prints the two medians, in seconds:

python benchmarks/load.py plan.yaml 20
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from plancli.plan.document import read_document


def once(task: Callable[[], object]) -> float:
    """Give the CPU seconds that one run takes."""
    started = time.process_time()
    result = task()
    spent = time.process_time() - started
    del result
    return spent


def main() -> None:
    """Read the file so many times in both ways, after once that doesn't count."""
    source = Path(sys.argv[1]).read_bytes()
    ours: list[float] = []
    theirs: list[float] = []
    for _round in range(int(sys.argv[2]) + 1):
        ours.append(once(lambda: read_document(source, "plan.yaml")))
        theirs.append(once(lambda: yaml.load(source, yaml.CSafeLoader)))
    print(statistics.median(ours[1:]), statistics.median(theirs[1:]))


main()
