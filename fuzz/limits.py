"""Measure inputs of 1 MB that were made to be slow or large: ``python -m fuzz.limits [WORD…]``.

Each runs through its commands in a process of its own, which tells its processor time and the most memory it (or a
program it calls) took. ``WORD`` keeps the inputs whose name holds it. Marked are those beyond ``MOST_SECONDS`` or
``MOST_MEGABYTES`` (``OVER``; ``(over)`` where ``nasty.BEYOND`` allows it) and what ends as nothing may (``ODD``).
Ends with 1 if any is ``OVER`` or ``ODD``. ``tests/reliability/test_limits.py`` holds some of them.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from fuzz import nasty

MOST_SECONDS = 5
MOST_MEGABYTES = 200
CODES = (0, 1, 2, 3)

_MEASURED = """
import json, os, resource, subprocess, sys
with open(os.devnull, "rb") as nothing, open(sys.argv[1], "wb") as out, open(sys.argv[2], "wb") as err:
    code = subprocess.call(sys.argv[3:], stdin=nothing, stdout=out, stderr=err)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000]))
"""
"""A small process between this one and what is measured: a child begins with the memory of its parent."""


class Cost(NamedTuple):
    """What a command line came to: its exit code, seconds of processor time, megabytes."""

    code: int
    seconds: float
    megabytes: float
    said: str


def slowness() -> float:
    """Return how many times longer some work takes here and now than on the machine of the bounds; at least 1."""
    started = time.process_time()
    for number in range(1_000_000):
        str(number)
    return max((time.process_time() - started) / 0.07, 1.0)


def measure(arguments: tuple[str, ...], folder: Path, most_seconds: int = 12) -> Cost:
    """Run plancli with a bound on its processor time, which is told as the machine of the bounds would take it.

    What it answers and says is in the folder.
    """
    slow = slowness()
    out, err = folder / "out", folder / "err"
    line = [sys.executable, "-m", "plancli", *arguments]
    bounded = ["/bin/sh", "-c", f'ulimit -v 2000000; ulimit -t {int(most_seconds * slow)}; exec "$@"', "sh", *line]
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(out), str(err), *bounded],
        cwd=folder,
        env=kept | {"PLANCLI_LANG": "en", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        stdout=subprocess.PIPE,
        check=True,
    )
    said = err.read_bytes()[-2000:].decode("utf-8", "replace")
    code, seconds, megabytes = json.loads(done.stdout)
    return Cost(code, seconds / slow, megabytes, said)


def lines(case: nasty.Case, folder: Path) -> Iterator[tuple[str, ...]]:
    """Write the files of a case into a folder and give the command lines that are asked of it."""
    for name, content in case.files().items():
        (folder / name).write_bytes(content)
    yield from case.commands


def complaints(case: nasty.Case, cost: Cost) -> list[str]:
    """Return what is wrong with what a command line of a case came to."""
    seconds, megabytes = (10, 300) if case.name in nasty.BEYOND else (MOST_SECONDS, MOST_MEGABYTES)
    odd = cost.code not in CODES or "Traceback" in cost.said
    over = cost.seconds > seconds or cost.megabytes > megabytes
    return ["ODD"] * odd + ["OVER"] * over


def main() -> int:
    """Print a row a command, the slow ones and the large ones marked."""
    wanted = sys.argv[1:]
    failed = False
    for case in nasty.CASES:
        if wanted and not any(word in case.name for word in wanted):
            continue
        with tempfile.TemporaryDirectory() as place:
            for line in lines(case, Path(place)):
                cost = measure(line, Path(place))
                found = complaints(case, cost)
                failed = failed or bool(found)
                if not found and (cost.seconds > MOST_SECONDS or cost.megabytes > MOST_MEGABYTES):
                    found = ["(over)"]
                row = (
                    f"{cost.seconds:6.1f} s {cost.megabytes:6.0f} MB  {cost.code:3}  {case.name}: {' '.join(line)}"
                )
                print(row, *found, flush=True)
                if "ODD" in found:
                    print(cost.said[-600:])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
