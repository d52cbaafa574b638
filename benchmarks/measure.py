"""Run commands in turn and give the median and spread of their times, or their peak memory, as ratios."""

import os
import pty
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Command:
    """A process to run: its arguments, what is added to the environment, where, and whether on a terminal."""

    arguments: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    folder: Path | None = None
    terminal: bool = False
    codes: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Run:
    """One run: wall seconds, CPU seconds (user and system), peak resident MiB."""

    wall: float
    cpu: float
    peak: float


def run(command: Command) -> Run:
    """Run a command once; its output goes nowhere, or to a terminal 120 columns wide that is read and dropped."""
    environment = os.environ | {"COLUMNS": "120", "LINES": "50", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
    environment |= command.environment
    master = slave = None
    output: int = subprocess.DEVNULL
    if command.terminal:
        master, slave = pty.openpty()
        output = slave
        threading.Thread(target=_drain, args=(master,), daemon=True).start()
    started = time.perf_counter()
    process = subprocess.Popen(
        command.arguments,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=command.folder,
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if slave is not None:
        os.close(slave)
    if process.returncode not in command.codes:
        raise SystemExit(f"{' '.join(command.arguments)} ended with {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _drain(master: int) -> None:
    try:
        while os.read(master, 65536):
            pass
    except OSError:
        pass
    finally:
        os.close(master)


@dataclass(frozen=True)
class Ratio:
    """The median of the ratios of paired runs, and the quartiles around it."""

    value: float
    low: float
    high: float
    ours: float
    theirs: float

    @classmethod
    def of(cls, ours: Sequence[float], theirs: Sequence[float]) -> "Ratio":
        """Compare two series measured in turn."""
        pairs = sorted(a / b for a, b in zip(ours, theirs, strict=True))
        low, _median, high = statistics.quantiles(pairs, n=4) if len(pairs) > 1 else (pairs[0],) * 3
        return cls(
            statistics.median(ours) / statistics.median(theirs),
            low,
            high,
            statistics.median(ours),
            statistics.median(theirs),
        )


def compare(ours: Command, theirs: Command, rounds: int, of: Callable[[Run], float]) -> Ratio:
    """Run both in turn, after one run of each that doesn't count."""
    series: tuple[list[float], list[float]] = ([], [])
    for round_number in range(rounds + 1):
        for command, values in zip((ours, theirs), series, strict=True):
            result = of(run(command))
            if round_number:
                values.append(result)
    return Ratio.of(*series)


def interpreter() -> str:
    """Give the Python that runs this."""
    return sys.executable
