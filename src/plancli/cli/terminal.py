"""The standard streams: what they can show, and writing to them.

They are UTF-8 unless they are a terminal; there, characters that its encoding lacks get stand-ins.
"""

import os
import sys
from typing import TYPE_CHECKING, Any

from plancli.errors import Unavailable
from plancli.i18n import _

if TYPE_CHECKING:
    from plancli.output.terminal import Terminal


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


def can_ask() -> bool:
    """Return whether somebody can be asked: standard input and standard error are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def ask(question: str) -> str:
    """Return the line that is typed behind a question on standard error; KeyboardInterrupt at the end of input."""
    sys.stderr.write(f"{question} ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        sys.stderr.write("\n")
        raise KeyboardInterrupt
    return line.strip()


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
