"""Aligned text: truncated on a terminal, whole in a pipe or a file."""

from plancli.output.layout import lay_out_report
from plancli.output.report import Report
from plancli.output.terminal import Terminal
from plancli.text import escape_ci_commands


def render(report: Report, terminal: Terminal) -> str:
    """Return a report laid out for the terminal."""
    return "".join([f"{escape_ci_commands(line)}\n" for line in lay_out_report(report, terminal)])
