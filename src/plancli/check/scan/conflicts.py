"""Merge conflicts that git left in a file."""

import re

from plancli.check.scan.lines import Lines
from plancli.diagnostic import Finding, Label
from plancli.i18n import N_, _
from plancli.plan.document import Document

_MARKER = re.compile(r"[ \t]*(<{7}|={7}|>{7}|\|{7})(?=\s|$)")
_LABELS = {
    "=": N_("the other side begins here"),
    ">": N_("it ends here"),
    "|": N_("what both came from"),
}


def find_conflicts(document: Document) -> tuple[list[Finding], str]:
    """Return a finding for each conflict, or marker that is left over, and the text with the upper sides only.

    The other lines are blank. An indented marker counts in a conflict that begins: a program laid the file out.
    """
    lines = Lines(document)
    text = list(document.text)
    found: list[Finding] = []
    opened: list[tuple[int, str]] = []  # the markers of the conflict that is open
    for number, line in enumerate(lines.lines):
        match = _MARKER.match(line)
        sign = match[1][0] if match else ""
        if sign not in ("", "<") and not opened and line[:1].isspace():
            sign = ""
        if sign == "<" or (sign and not opened):
            found += _conflict_findings(lines, opened)
            opened = [(number, sign)]
        elif sign:
            opened.append((number, sign))
        hidden = any(other in "=|" for _n, other in opened)
        if sign or hidden:
            start = lines.offset(number)
            text[start : start + len(line)] = " " * len(line)
        if sign == ">" or (opened and opened[0][1] != "<"):
            found += _conflict_findings(lines, opened)
            opened = []
    found += _conflict_findings(lines, opened)
    return found, "".join(text)


def _conflict_findings(lines: Lines, opened: list[tuple[int, str]]) -> list[Finding]:
    if not opened:
        return []
    spans = []
    for number, _sign in opened:
        start = lines.offset(number, lines.indent(number))
        spans.append(lines.span(start, start + 7))
    if opened[0][1] == "<":
        message, label = _("a merge conflict is not resolved"), _("one side begins here")
        hint = _("keep the lines that hold, and take out the lines with <<<<<<<, ======= and >>>>>>>")
    else:
        message, label = _("a line is left over from a merge conflict"), ""
        hint = _("remove the line")
    related = tuple(
        Label((), _(_LABELS[sign]), span=span) for (_n, sign), span in zip(opened[1:], spans[1:], strict=True)
    )
    name = lines.lines[opened[0][0]].strip()[:100]
    return [
        Finding(
            message, span=spans[0], label=label, help=hint, related=related, value=name, rule="conflict-marker"
        )
    ]


def has_conflicts(text: str) -> bool:
    """Return whether there may be a conflict marker."""
    return any(mark in text for mark in ("<<<<<<<", "=======", ">>>>>>>", "|||||||"))
