"""Run commands in turn, and compare their times or their peak memory as ratios."""

import os
import pty
import signal
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TIMEOUT = 240
"""Seconds after which a run has failed."""

_UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PLANCLI_PLAN", "PLANCLI_LANG", "NO_COLOR", "FORCE_COLOR")


class Failed(Exception):
    """A command that didn't end as it should."""


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
    """One run: wall seconds, CPU seconds (user and system, children included), peak resident MiB."""

    wall: float
    cpu: float
    peak: float


def run(command: Command) -> Run:
    """Run a command once; its output goes nowhere, or to a terminal 120 columns wide that is read and dropped."""
    environment = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    environment |= {"COLUMNS": "120", "LINES": "50", "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
    environment |= command.environment
    slave = None
    if command.terminal:
        master, slave = pty.openpty()
        threading.Thread(target=_drain, args=(master,), daemon=True).start()
    started = time.perf_counter()
    try:
        process = subprocess.Popen(
            command.arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if slave is None else slave,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=command.folder,
        )
    except OSError as error:
        raise Failed(f"{command.arguments[0]}: {error.strerror}") from error
    alarm = threading.Timer(TIMEOUT, os.kill, (process.pid, signal.SIGKILL))
    alarm.start()
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    alarm.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if slave is not None:
        os.close(slave)
    if process.returncode not in command.codes:
        raise Failed(f"{Path(command.arguments[0]).name} ended with {process.returncode}")
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
    """The median and the quartiles of the ratios of paired runs, and the median of each side."""

    value: float
    low: float
    high: float
    ours: float
    theirs: float

    @classmethod
    def of(cls, ours: Sequence[float], theirs: Sequence[float]) -> "Ratio":
        """Compare two series measured in turn, round by round: the machine's pace may change between rounds."""
        pairs = sorted(a / b for a, b in zip(ours, theirs, strict=True))
        low, middle, high = statistics.quantiles(pairs, n=4) if len(pairs) > 1 else (pairs[0],) * 3
        return cls(middle, low, high, statistics.median(ours), statistics.median(theirs))


def compare(ours: Command, theirs: Command, rounds: int, of: Callable[[Run], float], warm: bool = True) -> Ratio:
    """Run both in turn, after one run of each that doesn't count unless it is too long."""
    series: tuple[list[float], list[float]] = ([], [])
    for number in range(0 if warm else 1, rounds + 1):
        for command, values in zip((ours, theirs), series, strict=True):
            result = of(run(command))
            if number:
                values.append(result)
    return Ratio.of(*series)
