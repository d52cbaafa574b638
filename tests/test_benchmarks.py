"""The benchmarks that use plancli's own functions can be run."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("args", [("load", "data/plan.yaml", "1"), ("cross", "data/plan.yaml")])
def test_benchmarks_in_process_print_two_times(args: tuple[str, ...]) -> None:
    line = [sys.executable, "benchmarks/in_process.py", *args]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    assert len([float(word) for word in done.stdout.split()]) == 2
