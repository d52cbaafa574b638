"""A report out, in the format that was asked for: the one list of formats, and the way to their modules."""

from importlib import import_module
from typing import NamedTuple, Protocol

from plancli.output.layout import lay_out_notes
from plancli.output.report import Report
from plancli.output.terminal import PIPE, Window

RENDERERS = {
    "table": "plancli.output.renderers.table",
    "csv": "plancli.output.renderers.csv",
    "json": "plancli.output.renderers.json",
    "markdown": "plancli.output.renderers.markdown",
}
"""The module of each renderer; it is imported when it is asked for."""

FORMATS = ("table", "csv", "json", "markdown")
"""What ``--format`` takes."""

PAINTED_ROWS = 200
"""A table with more rows is set without colours, at once."""


class Renderer(Protocol):
    """What a module of ``RENDERERS`` is: the function that sets a report."""

    def answer(self, report: Report, window: Window) -> str:
        """Give the whole answer, every line ended; raise Unsuited for a report that the format can't carry."""
        ...


class Rendering(NamedTuple):
    """What goes to the answer's stream, and what goes to standard error beside it (both may be empty)."""

    answer: str
    aside: str = ""


def render(report: Report, form: str = "table", window: Window = PIPE) -> Rendering:
    """Render a report in one of ``FORMATS`` for the window it is read through."""
    if report.rows > PAINTED_ROWS:
        window = window._replace(colour=False)
    renderer: Renderer = import_module(RENDERERS[form])
    return Rendering(renderer.answer(report, window), _aside(report, form, window))


def _aside(report: Report, form: str, window: Window) -> str:
    """Give the notes that an answer of bare rows hasn't got; of data only why an answer is empty."""
    if form == "markdown":
        return ""
    if form == "table" and (window.columns is not None or not report.rows_only):
        return ""
    if form != "table" and report.rows:
        return ""
    return "".join(f"{line}\n" for line in lay_out_notes(report))
