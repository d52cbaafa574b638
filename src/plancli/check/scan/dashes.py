"""Dashes that aren't one to YAML, and dashes where no list is."""

import re

from plancli.check.scan import libyaml
from plancli.check.scan.lines import Lines
from plancli.check.scan.named import Named, make
from plancli.i18n import _
from plancli.plan.document import Document, Fault
from plancli.plan.model import shape

_BULLET = re.compile(r" *([\u2010-\u2015\u2212\u2022\u2023\u25aa\u25cf\u25e6\u00b7*+]) +(\w+) *:")


def odd_dash(document: Document, lines: Lines, fault: Fault) -> Named | None:
    """Find a bullet or a longer dash, as word processors write it, before a key."""
    number = lines.number(fault.offset)
    match = _BULLET.match(lines.lines[number])
    if not match or match[2] not in shape.KEYS:
        return None
    start = lines.offset(number, match.start(1))
    mended = f"{lines.text[:start]}-{lines.text[start + 1 :]}"
    message = _("{sign} is not the dash that begins a list").format(sign=match[1])
    hint = _("write a hyphen: - {key}:").format(key=match[2])
    return make(document, lines, "yaml-syntax", start, start + 1, message, hint, mended=mended)


def needless_dash(document: Document, lines: Lines, fault: Fault) -> Named | None:
    """Find a dash before a key among keys that have none; it is taken out, and the key stands in its place."""
    number = lines.number(fault.offset)
    line = lines.lines[number]
    match = re.match(r"( *)(- +)(?!number\b)[^\s:]+ *:(?=\s|$)", line)
    if not match or fault.problem != libyaml.NO_KEY or fault.offset != lines.offset(number, match.start(2)):
        return None
    start, end = lines.offset(number), lines.offset(number) + len(line)
    rest = match[1] + line[match.end(2) :] + " " * len(match[2])
    message = _("a dash begins a list, and the keys around this one have none")
    return make(
        document,
        lines,
        "yaml-syntax",
        fault.offset,
        fault.offset + 1,
        message,
        _("remove the dash"),
        mended=lines.text[:start] + rest + lines.text[end:],
    )


def missing_dash(document: Document, lines: Lines, fault: Fault) -> Named | None:
    """Find the first block of a list that has no dash, where the second one has."""
    head = lines.keys.get(lines.number(fault.offset))
    if fault.problem != libyaml.NO_KEY or head is None or head.dash < 0:
        return None
    for line in lines.before(head.number - 1):
        if line.column < head.column:
            return None
        if line.key == head.key and line.column == head.column:
            break
    else:
        return None
    start = lines.offset(line.number, line.column)
    if line.dash >= 0 or lines.text[start - 2 : start] != "  ":
        return None
    message, hint = _("a dash is missing before {key}"), _("write - {key}:")
    return make(
        document,
        lines,
        "wrong-indentation",
        start,
        start + len(line.key),
        message.format(key=line.key),
        hint.format(key=line.key),
        mended=f"{lines.text[: start - 2]}- {lines.text[start:]}",
    )


def stray_item(document: Document, lines: Lines, fault: Fault) -> Named | None:
    """Find an item of a list that stands further left than its key, so that the next key is read as its text."""
    number = lines.number(fault.offset)
    after = lines.keys.get(number)
    if not fault.problem.startswith(libyaml.COLON) or after is None or after.key not in shape.KEYS or not number:
        return None
    before = next(n for n in range(number - 1, -1, -1) if lines.lines[n].strip() or not n)
    item = re.match(r" *- +\S", lines.lines[before])
    if before in lines.keys or not item:
        return None
    start = lines.offset(before, item.end() - 1)
    message = _("this item stands further left than the key of its list")
    hint = _("indent it, or write the list in brackets after its key")
    return make(document, lines, "wrong-indentation", start, start + 1, message, hint)
