"""Real processes of plancli, in the environments and on the terminals that they really meet."""

import os
import pty
import select
import struct
import subprocess
import sys
import time
from collections.abc import Sequence
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

PLANCLI = [sys.executable, "-m", "plancli"]
GIT = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
NAMES = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def environment(**more: str) -> dict[str, str]:
    """Give a bare environment and what is said besides; there is no HOME in it."""
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
