"""Colours on a terminal (ECMA-48, SGR): the one place that paints, and that measures what is painted.

Bold, dim and the basic colours only: they stay readable on dark and on light backgrounds.
"""

import re
from collections.abc import Iterable, Iterator

from plancli.text.terminal import width

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "cyan": "36",
}
_RESET = "\x1b[0m"
_ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def paint(text: str, style: str) -> str:
    """Return a text in a style such as ``bold red``; blanks alone, or without a style, as they are."""
    if not style or not text.strip():
        return text
    return f"\x1b[{';'.join(_CODES[word] for word in style.split())}m{text}{_RESET}"


def painted_width(line: str) -> int:
    """Return how many columns a painted line takes."""
    return width(_ESCAPE.sub("", line) if "\x1b" in line else line)


def carry_styles(rows: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a painted text that was wrapped; a style ends and begins again at each break."""
    style = ""
    for row in rows:
        bare = row.lstrip(" ")
        row = row[: len(row) - len(bare)] + style + bare
        for found in _ESCAPE.findall(row):
            style = "" if found == _RESET else found
        yield row + _RESET if style else row
