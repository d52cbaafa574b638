"""Real processes of plancli, in the environments and on the terminals that they really meet."""

import json
import os
import pty
import random
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

PLANCLI = [sys.executable, "-m", "plancli"]
GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
NAMES = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def environment(**more: str) -> dict[str, str]:
    """Return a bare environment and what is said besides; there is no HOME in it."""
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    return kept | GIT | NAMES | {"PLANCLI_LANG": "en", "PLANCLI_PAGER": "cat", "TZ": "UTC"} | more


def plancli(*args: str, cwd: Path | None = None, **more: str) -> tuple[int, str, str]:
    """Run a command without a terminal; what it writes must be UTF-8."""
    done = subprocess.run(
        [*PLANCLI, *args],
        cwd=cwd,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def on_terminal(
    args: Sequence[str], columns: int = 80, rows: int = 24, cwd: Path | None = None, **more: str
) -> tuple[int, str]:
    """Run a command on a terminal of its own, for all three streams; give its exit code and what was shown."""
    controller, terminal = pty.openpty()
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    with subprocess.Popen(
        [*PLANCLI, *args],
        cwd=cwd,
        env=environment(**({"TERM": "xterm-256color"} | more)),
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        close_fds=True,
    ) as process:
        os.close(terminal)
        shown = b""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            if not select.select([controller], [], [], 1)[0]:
                continue
            try:
                piece = os.read(controller, 65536)
            except OSError:  # Linux: the other side is closed
                break
            if not piece:
                break
            shown += piece
        code = process.wait(10)
    os.close(controller)
    return code, shown.decode("utf-8").replace("\r\n", "\n")


def git(folder: Path, *args: str) -> None:
    """Run git; it must succeed."""
    subprocess.run(["git", *args], cwd=folder, env=environment(), check=True, capture_output=True)


LOADED = """
import json, os, sys
from plancli.cli.main import run
told = os.fdopen(os.dup(1), "w")
for stream in (1, 2):
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
for args in json.loads(sys.argv[1]):
    run(args)
for line in sys.stdin:
    args, folder, user = json.loads(line)
    child = os.fork()
    if not child:
        os.chdir(folder)
        os.dup2(os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        os._exit(run(args))
    print(child, file=told, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=told, flush=True)
"""


class Loaded:
    """A process that has run some commands, and so loaded what they need; it starts them again, as any user."""

    def __init__(
        self, commands: Sequence[Sequence[str]], cwd: Path, errors: str = os.devnull, **more: str
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", LOADED, json.dumps(commands), errors],
            cwd=cwd,
            env=environment(**more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="ascii",
        )

    def __enter__(self) -> "Loaded":
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.communicate()

    def start(self, args: Sequence[str], folder: Path, user: int) -> int:
        """Start a command; give its number as a process."""
        print(json.dumps([args, str(folder), user]), file=self.process.stdin, flush=True)
        return self._told()

    def wait(self) -> int:
        """Wait for the end of what was started; give its exit code."""
        return self._told()

    def _told(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())


def killed_at_any_moment(args: Sequence[str], turns: int, prepare: Callable[[], object]) -> Iterator[None]:
    """Start a command in many turns and kill it; yield after each. What it finds is prepared for each turn.

    Python and the modules are loaded, so each moment is one of the command's own work.
    """
    prepare()
    with Loaded([args], Path.cwd()) as loaded:

        def run(kill_after: float | None = None) -> int:
            prepare()
            child = loaded.start(args, Path.cwd(), os.geteuid())
            if kill_after is not None:
                time.sleep(kill_after)
                with suppress(ProcessLookupError):  # it has ended
                    os.kill(child, signal.SIGKILL)
            return loaded.wait()

        times = []
        for _turn in range(3):
            began = time.monotonic()
            assert run() == 0
            times.append(time.monotonic() - began)
        chance = random.Random(str(args))
        ends = []
        for _turn in range(turns):
            ends.append(run(chance.random() * min(times)))
            yield
    assert ends.count(-signal.SIGKILL) > turns / 4, "it was at work when it was killed"
