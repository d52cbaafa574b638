"""Spaces that aren't ASCII where YAML needs plain ones; to libyaml they are letters of a key or a text."""

import re
from itertools import chain
from typing import NamedTuple

from plancli.check.scan import syntax_fixes
from plancli.check.scan.lines import Lines
from plancli.diagnostic import Finding, Fix
from plancli.i18n import _
from plancli.plan.model import shape

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_KEYS = frozenset(shape.KEYS)
_PATTERNS = tuple(
    (re.compile(pattern.replace("SPACE", "(?P<space>[ODD]+)").replace("ODD", _SPACES)), keys)
    for pattern, keys in (
        (r" *(?:- *)*(?:(?P<key>[\w\"']+):|-)? *SPACE", _KEYS),  # indentation, after a dash or a colon
        (r" *(?:- *)*(?P<key>[\w\"']+) *SPACE *:(?= |$)", _KEYS),  # before a colon, as French has it
        (r" *(?:- *)*(?P<key>\w+):.*[^ODD]SPACE *$", _KEYS - shape.PROSE),  # at the end of a line
    )
)


class OddSpace(NamedTuple):
    """The finding of such a space in a line, and that line and those that follow with one, as they should be."""

    finding: Finding
    fixed: dict[int, str]


def has_odd_spaces(text: str) -> bool:
    """Return whether there is any such space, wherever it stands."""
    return any(space in text for space in _SPACES)


def find_odd_spaces(lines: Lines) -> tuple[list[Finding], str]:
    """Return the findings of such spaces in a text that is YAML, one for lines in a row, and the fixed text.

    One at the start of a line inside a text doesn't count.
    """
    findings = []
    fixed: dict[int, str] = {}
    for number, line in enumerate(lines.lines):
        match = None if number in fixed else _match(line)
        if match and not lines.is_in_text(lines.offset(number, match.start("space"))):
            found = _odd_space(lines, number, match)
            findings.append(found.finding)
            fixed |= found.fixed
    return findings, lines.with_lines(fixed)


def find_odd_space(lines: Lines, number: int) -> OddSpace | None:
    """Return the first such space of a line, if there is one."""
    match = _match(lines.lines[number])
    return _odd_space(lines, number, match) if match else None


def _odd_space(lines: Lines, number: int, match: re.Match[str]) -> OddSpace:
    fixed = _plain_lines(lines, number)
    edits = (syntax_fixes.differences(lines, lines.offset(at), line).edits for at, line in fixed.items())
    start, end = (lines.offset(number, column) for column in match.span("space"))
    finding = Finding(
        _("a no-break space ({code}) stands where YAML needs a plain one").format(
            code=f"U+{ord(match['space'][0]):04X}"
        ),
        span=lines.span(start, end),
        help=_("write plain spaces instead"),
        value=lines.document.text[start:end][:100],
        rule="no-break-space",
        fix=Fix(tuple(chain.from_iterable(edits)), is_safe=True),
    )
    return OddSpace(finding, fixed)


def _plain_lines(lines: Lines, number: int) -> dict[int, str]:
    """Return a line with such a space, and those that follow with one, with plain spaces."""
    fixed = {}
    while number < len(lines.lines) and _match(lines.lines[number]):
        line = lines.lines[number]
        while found := _match(line):
            line = line[: found.start("space")] + " " * len(found["space"]) + line[found.end("space") :]
        fixed[number] = line
        number += 1
    return fixed


def _match(line: str) -> re.Match[str] | None:
    for pattern, keys in _PATTERNS:
        match = pattern.match(line)
        if match and (not match["key"] or match["key"].strip("\"'") in keys):
            return match
    return None
