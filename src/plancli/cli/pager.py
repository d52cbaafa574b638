"""The pager that long answers are read in on a terminal, as git has it."""

import os
import sys

from plancli.cli.terminal import print_err, print_out
from plancli.i18n import _

DEFAULT = "less"
"""The pager where neither ``PLANCLI_PAGER`` nor ``PAGER`` names one; nothing is said where it is missing."""

_LESS = "FRX"
"""What ``less`` is told where ``LESS`` doesn't say it: end if all fits, keep colours, leave the text there."""


def page_out(text: str, rows: int | None) -> None:
    """Write to standard output; through the pager if it is a terminal that has too few ``rows`` for the text."""
    command = _pager() if rows is not None and text.count("\n") >= rows and _is_real_terminal() else ""
    if not command or not _paged(command, text):
        print_out(text)


def _pager() -> str:
    """Return the command that the environment asks for; empty for none, and for ``cat``."""
    named = next((os.environ[name] for name in ("PLANCLI_PAGER", "PAGER") if name in os.environ), None)
    if named is None:
        named = "" if os.environ.get("TERM") == "dumb" else DEFAULT
    return "" if named.strip() == "cat" else named.strip()


def _is_real_terminal() -> bool:
    try:
        return sys.stdout is not None and os.isatty(sys.stdout.fileno())
    except (OSError, ValueError):
        return False


def _paged(command: str, text: str) -> bool:
    """Run the pager, which a shell reads as git's; return whether it could be run."""
    import signal
    from subprocess import PIPE, Popen

    environment = {"LESS": _LESS, "LV": "-c", **os.environ}
    if command == DEFAULT:
        from shutil import which

        if which(DEFAULT) is None:
            return False
    sys.stdout.flush()
    before = signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is for the pager
    try:
        with Popen(command, shell=True, stdin=PIPE, env=environment) as process:
            process.communicate(text.encode(sys.stdout.encoding or "utf-8", sys.stdout.errors or "replace"))
    finally:
        signal.signal(signal.SIGINT, before)
    if process.returncode == _NOT_FOUND:
        print_err(f"plancli: {_('the pager {command} was not found').format(command=command)}")
    return process.returncode not in (_NOT_FOUND, _NOT_RUN)


_NOT_FOUND, _NOT_RUN = 127, 126
"""The exit codes of a shell for a command that isn't there, and for one that it may not run."""
