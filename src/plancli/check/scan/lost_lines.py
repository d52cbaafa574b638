"""Lines that were deleted by mistake: the number or the heading of a block, or the key that begins a list.

What is left of such a block runs into the block before it, so that YAML and the schema see repeated keys there, or
nothing at all. Deleting one of the repeated keys would lose an action; the missing line is the fault.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plancli.check.scan.conflicts import has_conflicts
from plancli.check.scan.lines import Line, Lines
from plancli.diagnostic import Finding
from plancli.i18n import N_, _
from plancli.location import Span
from plancli.plan.document import Document
from plancli.plan.model import shape
from plancli.text import closest

_LAST = {key.name for key in shape.SHAPE["action"]} - shape.REQUIRED["action"] - {"code"}
"""The keys with which an action may end."""

_KEYS = {kind: frozenset(key.name for key in shape.SHAPE[kind]) - {"number"} for kind in shape.LEVELS.values()}

_NUMBER_GONE = {
    "action": N_("a line - number: is missing before this one: action {number} is gone"),
    "measure": N_("a line - number: is missing before this one: measure {number} is gone"),
    "orientation": N_("a line - number: is missing before this one: orientation {number} is gone"),
}
_HEADING_GONE = {
    "action": N_("the beginning of action {number} is gone: it belongs before this line"),
    "measure": N_("the heading of measure {number} is gone: it belongs before this line"),
    "orientation": N_("the heading of orientation {number} is gone: it belongs before this line"),
}


class LostLines(NamedTuple):
    """The findings, the text in which each block begins with a dash again, and the lines they begin at."""

    findings: list[Finding]
    fixed: str
    starts: frozenset[int]


class _OpenBlock:
    """A block whose lines are being read: the column of its keys, the keys so far."""

    def __init__(self, kind: str, line: Line) -> None:
        self.kind = kind
        self.start = line.number
        self.column = line.column
        self.keys = [line.key]


class _LostLine(NamedTuple):
    """A line before which lines are missing: the beginning of a block, or the ``key`` of its list.

    In the latter case what follows, up to the line ``end``, was read as something else; ``start`` is the line at
    which the block begins.
    """

    line: Line
    kind: str
    key: str = ""
    start: int = -1
    end: int = 0


def find_lost_lines(document: Document) -> LostLines | None:
    """Find blocks that run into the one before, in a plan laid out a key a line; None if there are none."""
    lines = Lines(document)
    found = [lost for lost in _find(lines) if not _stands_above(lines, lost)]
    found = sorted([*found, *_find_lost_words(lines)], key=lambda lost: lost.line.number)
    if not found or has_conflicts(lines.text):
        return None
    numbers = _numbers(lines)
    others: dict[int, str] = {}
    findings = []
    for lost in found:
        first = _first_line(lines, lost)
        start = lines.offset(first, len(lines.lines[first]) - len(lines.lines[first].lstrip()))
        shown = lines.lines[first].strip()
        end = start + len(shown.split()[0] if lost.key in shape.PROSE else shown)
        findings.append(_finding(lost, numbers, lines.span(start, end)))
        number, left = lost.line.number, lost.line.left
        others |= {each: " " * len(lines.lines[each]) for each in range(first, lost.end or number)}
        line = others.get(number, lines.lines[number])
        if not lost.end and line[left - 2 : left] == "  ":
            others[number] = f"{line[: left - 2]}- {line[left:]}"
    starts = {(lost.start if lost.key else lost.line.number) + 1 for lost in found}
    return LostLines(findings, lines.with_lines(others), frozenset(starts))


def _stands_above(lines: Lines, lost: _LostLine) -> bool:
    """Return whether the number or the key is right above, in an odd way."""
    above = lines.lines[lines.above(lost.line.number) or 0]
    if not lost.key:
        return re.search(r"\bnumber\b", above) is not None
    margin = lines.keys[lost.start].column if lost.start >= 0 else 0
    is_text = lines.document.stopped is None and above[: margin + 1].isspace()
    return not is_text and closest(above.strip(" \t-:;"), shape.LEVELS) is not None


def _first_line(lines: Lines, lost: _LostLine) -> int:
    """Return the first line that is left of a block: one of its text, where the key of the text is missing too."""
    line = lost.line.number
    before = next(lines.before(line - 1), None)
    if lost.end or before is None or not (before.key in shape.LEVELS or before.key in _LAST):
        return line
    return next((n for n in range(before.number + 1, line) if lines.lines[n].strip()), line)


def _find(lines: Lines) -> Iterator[_LostLine]:
    """Yield the lines before which others are missing, in order."""
    has_contents = any(line.column == 0 and line.key in shape.CONTENTS["plan"] for line in lines.keys.values())
    stack: list[_OpenBlock] = []
    skip = 0
    ordered = [lines.keys[number] for number in sorted(lines.keys)]
    for place, line in enumerate(ordered):
        if line.number < skip:
            continue
        if line.dash < 0 and line.column == 0:
            stack = [_OpenBlock("plan", line)] if line.key in shape.CONTENTS["plan"] else []
            continue
        around = [block for block in stack if block.column <= line.left]
        if around and len(around) < len(stack) and line.dash < 0 and line.column > around[-1].column:
            continue  # a key of the block before it, further left than its other keys
        stack = around
        if not stack:
            if not has_contents and _is_in_register(lines, line) and lines.kind(line) == "orientation":
                yield _LostLine(line, "plan", "orientations", end=lines.end(line.number, line.dash - 1))
                return
            continue
        top = stack[-1]
        lost = None
        if line.dash >= 0 or line.column > top.column:
            lost = _begin(lines, line, stack)
            skip = lost.end if lost else 0
        elif lines.lines[line.number] == lines.lines[line.number - 1]:
            pass  # a line that is repeated is said by its own name
        elif line.key in top.keys and _restarts(top, line, ordered[place + 1 :]):
            if line.key != "number":  # else only its dash is missing, which is said by its own name
                lost = _LostLine(line, top.kind)
            stack[-1] = _OpenBlock(top.kind, line)
        else:
            top.keys.append(line.key)
        if lost:
            yield lost


def _find_lost_words(lines: Lines) -> Iterator[_LostLine]:
    """Yield the words of blocks whose ``text:`` or ``title:`` is gone: they run on from the value above them."""
    start, kind = -1, ""
    for line in lines.keys.values():
        if line.dash >= 0 and line.key not in shape.KNOWN["entry"]:
            start, kind = line.number, lines.kind(line)
        top = lines.top(line.number)
        if line.key not in ("number", "code") or top is None or top.key not in shape.CONTENTS["plan"]:
            continue
        end = line.number + 1
        while end < len(lines.lines) and (lines.indent(end) > line.column or not lines.lines[end].strip()):
            end += 1
        words = [n for n in range(line.number + 1, end) if not re.match(r"\s*(#|$)", lines.lines[n])]
        first = lines.keys.get(words[0]) if words else None
        is_key = first is not None and any(first.key in own for own in _KEYS.values())
        if words and not is_key and not (line.key == "number" and _number(lines, line) is None):
            key = "text" if kind == "action" else "title"
            yield _LostLine(Line(words[0], -1, lines.indent(words[0]), ""), kind, key, start, end)


def _is_in_register(lines: Lines, line: Line) -> bool:
    """Return whether a block begins under the directorates, or under other words that aren't blocks."""
    top = lines.top(line.number) if line.dash > 0 and line.key == "number" else None
    return top is not None and top.key in shape.MAPPINGS


def _begin(lines: Lines, line: Line, stack: list[_OpenBlock]) -> _LostLine | None:
    """Begin a block inside the last one, if one may begin there; return what is lost before it, if anything is."""
    top = stack[-1]
    usual, last = shape.USUAL.get(top.kind, ""), top.keys[-1]
    inner = last if last in shape.CONTENTS[top.kind] else usual
    kind = shape.LEVELS.get(inner, "")
    listed = bool(inner) and top.keys[-1] == inner
    if line.dash < 0:
        if listed and line.key in _KEYS[kind]:
            stack.append(_OpenBlock(kind, line))
            return _LostLine(line, kind)
    elif (
        listed and kind != "action" and lines.kind(line) == "action" and line.column > lines.columns.get(kind, 99)
    ):
        return _LostLine(line, kind, end=lines.end(line.number, line.dash - 1))
    elif listed:
        stack.append(_OpenBlock(kind, line))
    elif top.keys[-1] == "title" and line.key == "number" and inner and inner not in top.keys:
        return _LostLine(line, top.kind, inner, top.start, lines.end(line.number, line.dash - 1))
    return None


def _restarts(block: _OpenBlock, line: Line, following: list[Line]) -> bool:
    """Return whether a repeated key begins another block: its list is repeated, or another key after it is."""
    if line.key in shape.CONTENTS[block.kind]:
        return True
    for other in following:
        if other.column == line.column and other.dash < 0:
            return other.key in block.keys
        if other.left < line.column:
            return False
    return False


def _number(lines: Lines, line: Line) -> int | None:
    found = re.search(r"number: *(\d{1,18})\s*(?:#.*)?$", lines.lines[line.number])
    return int(found[1]) if found else None


def _numbers(lines: Lines) -> dict[str, list[tuple[int, int]]]:
    """Return the numbers that are written, by the kind of their block, each with its line."""
    found: dict[str, list[tuple[int, int]]] = {}
    for line in lines.keys.values():
        number = _number(lines, line) if line.key == "number" and line.dash >= 0 else None
        if number is not None:
            top = lines.top(line.number)
            kind = lines.kind(line) if top is None or top.key == "orientations" else "unused"
            found.setdefault(kind, []).append((line.number, number))
    return found


def _missing_number(kind: str, line: int, numbers: dict[str, list[tuple[int, int]]]) -> int | None:
    """Return the number of the block that is missing before a line, where only one fits there."""
    known = numbers.get(kind, [])
    before = max((number for at, number in known if at < line), default=0)
    after = min((number for at, number in known if at >= line), default=0)
    taken = {number for _line, number in known}
    if kind == "action":
        taken |= {number for _line, number in numbers.get("unused", ())}
    if not after:
        return next(number for number in range(before + 1, before + len(taken) + 2) if number not in taken)
    free = [number for number in range(before + 1, min(after, before + 100)) if number not in taken]
    return free[0] if len(free) == 1 else None


def missing_line(key: str, span: Span) -> Finding:
    """Return the finding of a key of the plan that is missing above what is under it."""
    message = _("a line {key}: is missing before this one").format(key=key)
    hint = _("write {key}: on a line of its own, at the left edge").format(key=key)
    return Finding(message, span=span, help=hint, value=key, rule="missing-key", about=(key,))


def _finding(lost: _LostLine, numbers: dict[str, list[tuple[int, int]]], span: Span) -> Finding:
    if lost.kind == "plan":
        return missing_line(lost.key, span)
    if lost.key in shape.PROSE:
        hint = _("write {key}: >- above it").format(key=lost.key)
        return missing_line(lost.key, span)._replace(help=hint, about=None)
    if lost.key:
        message = _("a line {key}: is missing before this one: the title above it goes on to here")
        hint = _("write {key}: on a line of its own, under the title and as far left as its key")
        return Finding(
            message.format(key=lost.key),
            span=span,
            help=hint.format(key=lost.key),
            value=lost.key,
            rule="missing-key",
        )
    number = _missing_number(lost.kind, lost.line.number, numbers)
    first = next(key.name for key in shape.SHAPE[lost.kind][1:] if key.required)
    if number is None:
        message = _("a line - number: is missing before this one")
        hint = _("write - number: and its number above it, and what else is gone there")
    elif lost.line.key == first:
        message = _(_NUMBER_GONE[lost.kind]).format(number=number)
        hint = _("write - number: {number} above it").format(number=number)
    else:
        message = _(_HEADING_GONE[lost.kind]).format(number=number)
        hint = _("write - number: {number} and {key}: above it, or put it back from git")
        hint = hint.format(number=number, key=first)
    return Finding(message, span=span, help=hint, value="number", rule="missing-key")
