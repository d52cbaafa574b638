"""Write what would change in a file, as ``diff -u`` does."""

from collections.abc import Callable

from plancli.cli.terminal import print_out, terminal
from plancli.text.terminal import paint

_STYLES = {"---": "bold", "+++": "bold", "@@ ": "cyan", "-": "red", "+": "green"}
"""The style of a line of a difference, by its beginning."""


def show_difference(path: str, before: bytes, after: bytes) -> None:
    """Write a unified diff to standard output, as ``patch -p0`` takes it; it is empty where nothing differs."""
    from plancli.loader import display_name
    from plancli.review.diff import unified
    from plancli.text import escape_control

    show("".join(unified(split_lines(before), split_lines(after), escape_control(display_name(path)))), _coloured)


def show(text: str, paint_line: Callable[[str], str] | None = None) -> None:
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


def _coloured(line: str) -> str:
    return paint(line, next((style for start, style in _STYLES.items() if line.startswith(start)), ""))
