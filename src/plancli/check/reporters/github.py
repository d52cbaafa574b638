"""Workflow commands of GitHub Actions: annotations in the files of a pull request.

A step shows ten annotations of each level, and no summary (``$GITHUB_STEP_SUMMARY``) larger than a mebibyte.
``report`` and ``summary`` keep below these limits, and say how many more there are.
"""

from plancli.check.run import Run
from plancli.diagnostic import Diagnostic, Severity
from plancli.i18n import _, ngettext, plain_spaces
from plancli.text import escape_control
from plancli.text.markdown import escape

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


MAX_ANNOTATIONS = 10
"""Annotations of each level."""

MAX_SUMMARY = 2**20
"""Bytes of a summary."""

_LAST_LINE = 100
"""Bytes kept for the line that says how many more there are."""

_LEAST_ROOM = 1000
"""Bytes below which a summary isn't begun."""


def report(run: Run) -> str:
    """Write ``::error file=…,line=…,title=rule::message`` for the first diagnostics of each level, worst first."""
    found = {level: [each for each in run.reported if each.severity is level] for level in Severity}
    shown = [each for level in Severity for each in found[level][:MAX_ANNOTATIONS]]
    lines = [f"{_command(each)}\n" for each in shown]
    left = len(run.reported) - len(shown)
    if left and len(found[Severity.NOTE]) >= MAX_ANNOTATIONS:  # the line about the others takes a place
        lines.pop()
        left += 1
    if left:
        more = _more(left, _("in the summary of this step"))
        lines.append(f"::notice title=plancli::{_escape(plain_spaces(more))}\n")
    return "".join(lines)


def _more(count: int, where: str) -> str:
    return f"{ngettext('{n} more', '{n} more', count)}: {where}"


def summary(run: Run, room: int = MAX_SUMMARY) -> str:
    """Write the diagnostics as a table in Markdown, and what is ignored, in ``room`` bytes; empty for nothing."""
    if room < _LEAST_ROOM or not (run.reported or run.suppressed):
        return ""
    said = f"\n{escape(plain_spaces(run.ignored_words))}\n" if run.suppressed else ""
    if not run.reported:
        return said
    head = (_("Place"), _("Rule"), _("What is wrong"))
    rows = [f"| {' | '.join(head)} |\n", "|---|---|---|\n"]
    left = len(run.reported)
    room -= sum(len(row.encode()) for row in (*rows, said)) + _LAST_LINE
    for each in sorted(run.reported, key=lambda each: list(Severity).index(each.severity)):
        place = f"{each.file}:{each.span.start.line}"
        sentence = escape(plain_spaces(each.placed_sentence))
        row = f"| {escape(place)} | {each.severity.word} `{each.rule}` | {sentence} |\n"
        room -= len(row.encode("utf-8", "backslashreplace"))
        if room < 0:
            more = _more(left, "plancli validate")
            return "".join([*rows, f"\n{plain_spaces(more)}\n", said])
        rows.append(row)
        left -= 1
    return "".join([*rows, said])


def _command(each: Diagnostic) -> str:
    (line, column), (end_line, end_column) = each.span
    properties = {"file": each.file, "line": line, "col": column, "endLine": end_line, "endColumn": end_column}
    if end_line != line:  # then columns mean nothing there
        del properties["col"], properties["endColumn"]
    properties["title"] = each.rule
    words = ",".join(f"{key}={_escape(escape_control(str(value)), ':,')}" for key, value in properties.items())
    message = "\n".join(escape_control(plain_spaces(part)) for part in (each.placed_sentence, each.help) if part)
    return f"::{_LEVELS[each.severity]} {words}::{_escape(message)}"


def _escape(text: str, also: str = "") -> str:
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
