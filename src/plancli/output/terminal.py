"""The terminal that an answer is read on: its size, and what it can show."""

from collections.abc import Mapping
from typing import NamedTuple, TextIO


class Terminal(NamedTuple):
    """A terminal; without ``columns`` it is a pipe or a file, where nothing is truncated.

    ``encoding`` is that of the stream; ``simple``: signs such as ``█ → …`` are replaced even if it has them.
    """

    columns: int | None = None
    rows: int | None = None
    colour: bool = False
    encoding: str = "utf-8"
    simple: bool = False


NO_TERMINAL = Terminal()
"""A pipe or a file: whole lines in UTF-8."""


def detect_terminal(stream: TextIO, environment: Mapping[str, str]) -> Terminal:
    """Return the terminal of a stream.

    ``COLUMNS`` and ``LINES`` override the terminal's size; ``NO_COLOR`` overrides ``FORCE_COLOR``, which colours a
    pipe too; ``TERM=dumb`` has neither colours nor signs, the console of Linux (``TERM=linux``) no signs.
    """
    dumb = environment.get("TERM") == "dumb"
    forced = environment.get("FORCE_COLOR", "") not in ("", "0")
    colour = not dumb and not environment.get("NO_COLOR")
    if not stream.isatty():
        return Terminal(colour=colour and forced)
    columns, rows = _size(stream)
    return Terminal(
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
