"""The standard streams: what they can show, writing to them, also through a pager, and asking somebody.

They are UTF-8 unless they are a terminal; there, characters that its encoding lacks get stand-ins.
"""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from plancli.errors import Unavailable, Usage
from plancli.i18n import _

if TYPE_CHECKING:
    from plancli.output.terminal import Terminal

T = TypeVar("T")


def terminal(stream: Any = None) -> "Terminal":
    """Return what a stream can show; of standard output by default."""
    from plancli.output.terminal import NO_TERMINAL, detect_terminal

    stream = stream or sys.stdout
    return detect_terminal(stream, os.environ) if stream else NO_TERMINAL


def print_out(text: str) -> None:
    """Write to standard output; raise Unavailable where it is closed."""
    if sys.stdout is None:
        raise Unavailable(_("can't write the answer: {reason}").format(reason=_("standard output is closed")))
    sys.stdout.write(text)


def show_difference(path: str, before: bytes, after: bytes) -> None:
    """Write a unified diff to standard output, as ``patch -p0`` takes it; it is empty where nothing differs."""
    from plancli.loader.plan_files import display_name
    from plancli.review.diff.sequences import unified
    from plancli.text import escape_control

    show_text(
        "".join(unified(split_lines(before), split_lines(after), escape_control(display_name(path)))), _paint_line
    )


def show_text(text: str, paint_line: Callable[[str], str] | None = None) -> None:
    """Write to standard output; a terminal gets control characters escaped, and colours."""
    from plancli.text import escape_control

    screen = terminal()
    lines = text.split("\n")
    if screen.columns:
        lines = [escape_control(line) for line in lines]
    if screen.colour and paint_line:
        lines = [paint_line(line) for line in lines]
    print_out("\n".join(lines))


def split_lines(text: bytes) -> list[str]:
    """Return the lines of a text, split at LF only, so that a CR shows as a difference."""
    lines = text.decode("utf-8", "replace").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def print_err(line: str) -> None:
    """Write a line for people to standard error, if it is open; nothing in it can take the terminal over.

    Where the terminal is too narrow for it, it goes on indented, and no word is broken.
    """
    if sys.stderr is None:
        return
    from plancli.text import ascii_symbols, escape_control

    screen = terminal(sys.stderr)
    line = escape_control(line)
    line = ascii_symbols(line) if screen.simple else line
    sys.stderr.write("".join(f"{row}\n" for row in _wrap(line, screen.columns)))


_PAGER = "less"
"""The pager where neither ``PLANCLI_PAGER`` nor ``PAGER`` names one; if it is missing, there is no error."""

_LESS = "FRX"
"""The options of ``less`` where ``LESS`` isn't set: end if all fits, keep colours, leave the text there."""

_NOT_FOUND, _NOT_RUN = 127, 126
"""The exit codes of a shell for a command that isn't there, and for one that it may not run."""


def page_out(text: str, rows: int | None) -> None:
    """Write to standard output; through the pager if it is a terminal that has too few ``rows`` for the text."""
    command = _pager() if rows is not None and text.count("\n") >= rows and _is_real_terminal() else ""
    if not command or not _paged(command, text):
        print_out(text)


def _pager() -> str:
    """Return the command that the environment asks for; empty for none, and for ``cat``."""
    named = next((os.environ[name] for name in ("PLANCLI_PAGER", "PAGER") if name in os.environ), None)
    if named is None:
        named = "" if os.environ.get("TERM") == "dumb" else _PAGER
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
    if command == _PAGER:
        from shutil import which

        if which(_PAGER) is None:
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


def can_ask() -> bool:
    """Return whether somebody can be asked: standard input and standard error are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask(question: str, read: Callable[[str], T]) -> T:
    """Return the line that is typed after a question on standard error, as ``read`` understands it.

    It is asked again where ``read`` raises Usage. Raise KeyboardInterrupt at the end of input.
    """
    while True:
        sys.stderr.write(f"{question} ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            sys.stderr.write("\n")
            raise KeyboardInterrupt
        try:
            return read(line.strip())
        except Usage as error:
            print_err(error.message)


_STYLES = {"---": "bold", "+++": "bold", "@@ ": "cyan", "-": "red", "+": "green"}
"""The style of a line of a difference, by its beginning."""


def _paint_line(line: str) -> str:
    from plancli.text.terminal import paint

    return paint(line, next((style for start, style in _STYLES.items() if line.startswith(start)), ""))


def _wrap(line: str, columns: int | None) -> list[str]:
    from plancli.text import width, wrap

    if columns is None or width(line) <= columns:
        return [line]
    words = line.lstrip(" ")
    indent = " " * (len(line) - len(words))
    first, *rest = wrap(words, max(columns - len(indent) - 3, 1))
    return [f"{indent}{first}", *(f"{indent}  {row}" for row in rest)]


def prepare_streams() -> None:
    """Set the encoding of the standard streams: UTF-8 and LF unless it is a terminal, and never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            import codecs

            codecs.register_error("plancli.transliterate", _transliterated)
            reconfigure(errors="plancli.transliterate")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def silence_stdout() -> None:
    """Redirect standard output to nowhere: what is still buffered must not fail a second time at exit."""
    try:
        descriptor = sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _transliterated(error: Any) -> tuple[str, int]:
    from plancli.text import transliterate

    return transliterate(error.object[error.start : error.end], error.encoding), error.end
