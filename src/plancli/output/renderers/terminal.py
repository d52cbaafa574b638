"""Text with colours: bold, dim and the eight basic ones, which stay readable on dark and on light backgrounds."""

from itertools import groupby
from operator import itemgetter

from rich.color import ColorSystem
from rich.style import Style

from plancli.output.layout import Line, lay_out_report
from plancli.output.report import Mark, Report
from plancli.output.window import Window

STYLES = {
    Mark.HEADING: "bold",
    Mark.ASKED: "bold cyan",
    Mark.QUIET: "dim",
    Mark.INSERTED: "green",
    Mark.DELETED: "red",
    Mark.ADDED: "green",
    Mark.REMOVED: "red",
    Mark.CHANGED: "yellow",
    Mark.MOVED: "cyan",
    Mark.RENUMBERED: "dim",
    Mark.ERROR: "bold red",
    Mark.WARNING: "bold yellow",
    Mark.NOTE: "bold blue",
    Mark.HELP: "green",
}
"""How each mark looks; no mark carries a meaning that the words lack."""


def answer(report: Report, window: Window) -> str:
    """Set and paint a report."""
    return "".join(f"{_painted(line)}\n" for line in lay_out_report(report, window))


def _painted(line: Line) -> str:
    # Rich's codes without its console: widths, wrapping and cutting are done, and markup is never read.
    painted = []
    for mark, stretches in groupby(line, key=itemgetter(1)):
        text = "".join(text for text, _ in stretches)
        bare = text.lstrip(" ")
        space = text[: len(text) - len(bare)]
        painted.append(space + _paint(bare, mark) if mark and bare else text)
    return "".join(painted)


def _paint(text: str, mark: Mark) -> str:
    return Style.parse(STYLES[mark]).render(text, color_system=ColorSystem.STANDARD)
