"""Plain aligned text: cut to the window of a terminal, whole in a pipe or a file."""

from plancli.output.layout import lay_out_report, text_of
from plancli.output.report import Report
from plancli.output.window import Window
from plancli.text import escape_ci_commands


def answer(report: Report, window: Window) -> str:
    """Set a report without colours."""
    lines = lay_out_report(report, window._replace(colour=False))
    return "".join([f"{escape_ci_commands(text_of(line))}\n" for line in lines])
