"""Workflow commands of GitHub Actions: annotations in the files of a pull request.

A step shows ten errors and ten warnings, so the worst stand first; ``summary`` is for ``$GITHUB_STEP_SUMMARY``.
"""

from plancli.diagnostic import Diagnostic, Run, Severity
from plancli.i18n import _, plain_spaces
from plancli.text import escape_control
from plancli.text.markdown import escape

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(run: Run) -> str:
    """Write ``::error file=…,line=…,title=rule::message`` for each diagnostic."""
    ordered = sorted(run.diagnostics, key=lambda each: list(Severity).index(each.severity))
    return "".join(f"{_command(each)}\n" for each in ordered)


def summary(run: Run) -> str:
    """Write all diagnostics as a table in Markdown; empty when there is none."""
    if not run.diagnostics:
        return ""
    head = (_("Place"), _("Rule"), _("What is wrong"))
    rows = [f"| {' | '.join(head)} |", "|---|---|---|"]
    for each in run.diagnostics:
        place = f"{each.file}:{each.span.start.line}"
        sentence = escape(plain_spaces(each.placed_sentence))
        rows.append(f"| {escape(place)} | {each.severity.word} `{each.check}` | {sentence} |")
    return "\n".join(rows) + "\n"


def _command(each: Diagnostic) -> str:
    (line, column), (end_line, end_column) = each.span
    properties = {"file": each.file, "line": line, "col": column, "endLine": end_line, "endColumn": end_column}
    if end_line != line:  # then columns mean nothing there
        del properties["col"], properties["endColumn"]
    properties["title"] = each.check
    words = ",".join(f"{key}={_escaped(escape_control(str(value)), ':,')}" for key, value in properties.items())
    message = "\n".join(escape_control(plain_spaces(part)) for part in (each.placed_sentence, each.help) if part)
    return f"::{_LEVELS[each.severity]} {words}::{_escaped(message)}"


def _escaped(text: str, also: str = "") -> str:
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
