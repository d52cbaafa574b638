"""The formats of a report, and the module of each."""

from importlib import import_module
from typing import NamedTuple, Protocol

from plancli.output.renderers.table import render_notes
from plancli.output.report import Report
from plancli.output.terminal import NO_TERMINAL, Terminal

RENDERERS = {
    "table": "plancli.output.renderers.table",
    "csv": "plancli.output.renderers.csv",
    "json": "plancli.output.renderers.json",
    "markdown": "plancli.output.renderers.markdown",
}
"""The module of each renderer, imported on use."""

FORMATS = tuple(RENDERERS)
"""What ``--format`` takes."""

PAINTED_ROWS = 200
"""A table with more rows has no colours: painting each cell would take long."""


class Renderer(Protocol):
    """A module of ``RENDERERS``: the function that sets a report."""

    def render(self, report: Report, terminal: Terminal) -> str:
        """Return the whole answer, each line ended; raise FormatNotSupported if the format can't carry it."""
        ...


class Rendering(NamedTuple):
    """The text for the answer's stream, and the notes for standard error beside it; both may be empty."""

    text: str
    notes: str = ""


def render(report: Report, form: str = "table", terminal: Terminal = NO_TERMINAL) -> Rendering:
    """Return a report rendered in one of ``FORMATS`` for the terminal it is read on."""
    if report.rows > PAINTED_ROWS:
        terminal = terminal._replace(colour=False)
    renderer: Renderer = import_module(RENDERERS[form])
    return Rendering(renderer.render(report, terminal), _stderr_notes(report, form, terminal))


def _stderr_notes(report: Report, form: str, terminal: Terminal) -> str:
    """Return the notes that an answer of bare rows lacks; for CSV and JSON only why an answer is empty."""
    if form == "markdown":
        return ""
    if form == "table" and (terminal.columns is not None or not report.rows_only):
        return ""
    if form != "table" and (report.rows or (isinstance(report.data, list) and report.data)):
        return ""
    return render_notes(report)
