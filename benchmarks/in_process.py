"""Compare CPU seconds inside one process; prints what plancli takes and what it is compared with.

python benchmarks/in_process.py load plan.yaml 20    reading with positions, and yaml.load(CSafeLoader): medians
python benchmarks/in_process.py cross plan.yaml      a cross-table, and the loading of its plan
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from plancli.loader import load_plan
from plancli.output.renderers import render
from plancli.output.views.counts import counts_view
from plancli.plan.document import read_document
from plancli.plan.query import make_query


def seconds(task: Callable[[], object]) -> float:
    """Return the CPU seconds that a task takes."""
    started = time.process_time()
    task()
    return time.process_time() - started


def load(file: str, rounds: str) -> tuple[float, float]:
    """Read a file so many times both ways in turn, after once that doesn't count."""
    source = Path(file).read_bytes()
    ours, theirs = [], []
    for _round in range(int(rounds) + 1):
        ours.append(seconds(lambda: read_document(source, "plan.yaml")))
        theirs.append(seconds(lambda: yaml.load(source, yaml.CSafeLoader)))
    return statistics.median(ours[1:]), statistics.median(theirs[1:])


def cross(file: str) -> tuple[float, float]:
    """Load a plan and make a cross-table of it, as the command does."""
    gc.disable()
    started = time.process_time()
    plan = load_plan(file).plan
    loaded = time.process_time()
    query = make_query(plan, {})
    render(counts_view(plan, query, query.select(plan), ("pilot", "year")))
    return time.process_time() - loaded, loaded - started


if __name__ == "__main__":
    print(*{"load": load, "cross": cross}[sys.argv[1]](*sys.argv[2:]))
