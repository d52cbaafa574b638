"""The window a reader looks through: how large it is, and what it can show."""

from collections.abc import Mapping
from typing import NamedTuple, TextIO


class Window(NamedTuple):
    """A terminal's window; without ``columns`` it is a pipe or a file, where nothing is cut.

    ``encoding`` is what the stream can carry; ``simple`` tells that signs such as ``█ → …`` need stand-ins
    even where it could carry them.
    """

    columns: int | None = None
    rows: int | None = None
    colour: bool = False
    encoding: str = "utf-8"
    simple: bool = False


PIPE = Window()
"""Where no terminal is: whole lines in UTF-8."""


def window_of(stream: TextIO, environment: Mapping[str, str]) -> Window:
    """Tell through which window a stream is read.

    ``COLUMNS`` and ``LINES`` go before what the terminal says; ``NO_COLOR`` goes before ``FORCE_COLOR``, which
    colours a pipe too; ``TERM=dumb`` has neither colours nor signs, the console
    of Linux (``TERM=linux``) no font for them.
    """
    dumb = environment.get("TERM") == "dumb"
    forced = environment.get("FORCE_COLOR", "") not in ("", "0")
    colour = not dumb and not environment.get("NO_COLOR")
    if not stream.isatty():
        return Window(colour=colour and forced)
    columns, rows = _size(stream)
    return Window(
        columns=_whole(environment.get("COLUMNS")) or columns,
        rows=_whole(environment.get("LINES")) or rows,
        colour=colour,
        encoding=stream.encoding or "ascii",
        simple=dumb or environment.get("TERM") == "linux",
    )


def _size(stream: TextIO) -> tuple[int, int]:
    import os

    try:
        size = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):  # a terminal in name only
        return 80, 24
    return size.columns or 80, size.lines or 24


def _whole(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 5 else 0
