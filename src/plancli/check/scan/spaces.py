"""No-break spaces and the like that stand where YAML needs a plain one."""

import re

from plancli.check.scan.lines import Lines
from plancli.check.scan.named import Named, make
from plancli.i18n import _
from plancli.plan.document import Document, Fault
from plancli.plan.model import shape

ODD_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_KEYS = frozenset(shape.KEYS)
_PATTERNS = tuple(
    (re.compile(pattern.replace("SPACE", "(?P<space>[ODD]+)").replace("ODD", ODD_SPACES)), keys)
    for pattern, keys in (
        (r" *(?:- *)*(?:(?P<key>[\w\"']+):|-)? *SPACE", _KEYS),  # indentation, after a dash or a colon
        (r" *(?:- *)*(?P<key>[\w\"']+) *SPACE *:(?= |$)", _KEYS),  # before a colon, as French has it
        (r" *(?:- *)*(?P<key>\w+):.*[^ODD]SPACE *$", _KEYS - shape.PROSE),  # at the end of a line
    )
)


def find_odd_space(document: Document, lines: Lines, fault: Fault) -> Named | None:
    """Find a no-break space that stands as indentation, after a dash or after a colon."""
    last = lines.number(fault.offset)
    first = lines.number(min(fault.offset, fault.context_offset or fault.offset, _last_start(document, fault)))
    for number in range(max(first - 1, 0), last + 1):
        match = _structural_space(lines.lines[number])
        if match:
            start, end = (lines.offset(number, match.start("space")), lines.offset(number, match.end("space")))
            return _odd_space(document, lines, start, end)
    return None


def next_odd_space(document: Document, lines: Lines) -> Named | None:
    """Find the first such space of a text that is YAML; one at the start of a line inside a text doesn't count."""
    for number, line in enumerate(lines.lines):
        match = _structural_space(line)
        if match:
            start = lines.offset(number, match.start("space"))
            _first, last = document.extent(document.path_at(start))
            node = document.text[_first : _first + 1]
            if not (node in ("|", ">", '"', "'") and _first < start < last):
                return _odd_space(document, lines, start, lines.offset(number, match.end("space")))
    return None


def _odd_space(document: Document, lines: Lines, start: int, end: int) -> Named:
    """Name a space that YAML doesn't take for one; that line and those after it that have the same are mended."""
    text, number = list(lines.text), lines.number(start)
    while number < len(lines.lines) and _structural_space(lines.lines[number]):
        line = lines.lines[number]
        while match := _structural_space(line):
            line = line[: match.start("space")] + " " * len(match["space"]) + line[match.end("space") :]
        text[lines.offset(number) : lines.offset(number) + len(line)] = line
        number += 1
    code = f"U+{ord(lines.text[start]):04X}"
    message = _("a no-break space ({code}) stands where YAML needs a plain one").format(code=code)
    hint = _("write plain spaces instead")
    mended = "".join(text)
    return make(document, lines, "no-break-space", start, end, message, hint, mended=mended)


def _structural_space(line: str) -> re.Match[str] | None:
    for pattern, keys in _PATTERNS:
        match = pattern.match(line)
        if match and (not match["key"] or match["key"].strip("\"'") in keys):
            return match
    return None


def _last_start(document: Document, fault: Fault) -> int:
    return min(document.nodes[-1].start, fault.offset) if document.nodes else fault.offset
