"""Running git: as a program reads it, whatever a reader's configuration or environment would make of it."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from plancli.errors import Unavailable
from plancli.i18n import _, os_error_text

if TYPE_CHECKING:
    import subprocess

# core.fsmonitor would run a program of the repository's choice; the others change or colour what is read.
_COMMAND = (
    "git",
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.follow=false"),
    *("-c", "color.ui=false"),
)

_UNWANTED = frozenset(
    {
        "GIT_EXTERNAL_DIFF",
        "GIT_DIFF_OPTS",
        "GIT_GLOB_PATHSPECS",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
        "GIT_FLUSH",
    }
)

_SET = {
    "GIT_LITERAL_PATHSPECS": "1",  # a plan may be called [plan].yaml
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "LANGUAGE": "C",
}


class GitFailed(Exception):
    """Git ended with an error; ``reason`` is what it said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def environment() -> dict[str, str]:
    """Give the environment git runs in: where the repository is stays the reader's choice, what is printed not."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _UNWANTED and not name.startswith("GIT_TRACE")
    }
    return kept | _SET


def place(folder: str) -> str:
    """Give the folder git runs in: ours where ``GIT_DIR`` is set (in a hook), since it may be relative to it."""
    return os.curdir if "GIT_DIR" in os.environ else folder or os.curdir


def start(folder: str, args: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start git with pipes for what it reads and writes; what it complains about is dropped."""
    import subprocess

    try:
        return subprocess.Popen(
            [*_COMMAND, *args],
            cwd=place(folder),
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise _absent(error) from error


def run(folder: str, *args: str) -> bytes:
    """Run git in a folder and give what it writes; raise GitFailed where it ends with an error."""
    done = finish(folder, *args)
    if done.returncode:
        raise GitFailed(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def finish(folder: str, *args: str) -> "subprocess.CompletedProcess[bytes]":
    """Run git in a folder, whatever it ends with."""
    import subprocess

    try:
        return subprocess.run(
            [*_COMMAND, *args],
            cwd=place(folder),
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise _absent(error) from error


def _absent(error: OSError) -> Unavailable:
    if isinstance(error, FileNotFoundError) and error.filename != os.curdir:
        return Unavailable(_("git isn't installed, or isn't on the PATH"), _("Revisions need git."))
    return Unavailable(_("can't run git: {reason}").format(reason=os_error_text(error)))


def line(output: bytes) -> str:
    """Give output of one line without its end, as names of files are decoded."""
    return os.fsdecode(output.removesuffix(b"\n"))
