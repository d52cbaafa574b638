"""Aligned text: cut to its window on a terminal, whole in a pipe or a file, painted where there are colours."""

from plancli.output.layout import lay_out_report
from plancli.output.report import Report
from plancli.output.terminal import Window
from plancli.text import escape_ci_commands


def answer(report: Report, window: Window) -> str:
    """Set a report."""
    return "".join([f"{escape_ci_commands(line)}\n" for line in lay_out_report(report, window)])
