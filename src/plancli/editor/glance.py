"""A first look at what is typed in a large plan: the block that is edited, checked in milliseconds.

Findings elsewhere, and those of rules that need the whole plan, stay until the whole is checked.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from plancli.check.checker import Checked, check
from plancli.diagnostic import Diagnostic
from plancli.editor.buffer import changed_lines
from plancli.location import Position, Span
from plancli.plan.model import shape

LARGE = 200_000
"""From so many characters on a check of the whole takes longer than a person waits for."""

_MOST_LINES = 5_000
"""The most lines that are checked at a glance."""

_HEAD = re.compile(r" *- +number *:")


class _Extract(NamedTuple):
    """The lines of a plan (from 0) that are checked by themselves, and those of the edited blocks.

    ``body`` are the lines of all groups and actions.
    """

    lines: list[int]
    edited: range
    body: range


def glance(checked: Checked, old: str, new: str, today: str) -> list[Diagnostic] | None:
    """Return what is found in a plan whose older text was checked; None where that takes a check of the whole."""
    before, after = old.split("\n"), new.split("\n")
    start, old_end, new_end = changed_lines(before, after)
    extract = _extract(after, start, new_end)
    if extract is None:
        return None
    source = "\n".join(after[number] for number in extract.lines).encode("utf-8", "replace")
    found = check(source, checked.document.name, today=today, partial=True).diagnostics
    edited, body, more = extract.edited, extract.body, new_end - old_end
    moved = [_move(each, lambda line: extract.lines[min(line, len(extract.lines) - 1)]) for each in found]
    own = [each for each in moved if _line(each) in edited and not _is_about_others(each, edited, body)]
    was = range(edited.start, edited.stop - more)
    kept = [
        _move(each, lambda line: line + more if line >= old_end else line)
        for each in checked.diagnostics
        if _line(each) not in was
        or (
            _is_about_others(each, was, range(body.start, body.stop - more))
            and _line(each) not in range(start, old_end)
        )
    ]
    return sorted((*own, *kept), key=lambda each: each.order)


def _line(each: Diagnostic) -> int:
    return each.span.start.line - 1


def _is_about_others(each: Diagnostic, edited: range, body: range) -> bool:
    """Return whether a finding is about more than the edited blocks and what the plan declares."""
    places = [excerpt.span.start.line - 1 for excerpt in each.excerpts]
    return each.needs_all or any(line in body and line not in edited for line in places)


def _move(each: Diagnostic, place: Callable[[int], int]) -> Diagnostic:
    """Return a finding at other lines."""

    def span(old: Span) -> Span:
        return Span(*(Position(place(line - 1) + 1, column) for line, column in old))

    excerpts = tuple(excerpt._replace(span=span(excerpt.span)) for excerpt in each.excerpts)
    return each._replace(span=span(each.span), excerpts=excerpts)


def _extract(lines: Sequence[str], start: int, end: int) -> _Extract | None:
    """Return the blocks in which some lines stand, their neighbours, what they are in, the declarations."""
    keys = [
        n for n, line in enumerate(lines) if line[:1].isalpha() and line.partition(":")[0] in shape.KNOWN["plan"]
    ]
    sections = [range(first, last) for first, last in zip(keys, [*keys[1:], len(lines)], strict=False)]
    bodies = [each for each in sections if lines[each.start].partition(":")[0] in shape.CONTENTS["plan"]]
    section = next((each for each in sections if start in each), None)
    if section is None or end > section.stop or not bodies:
        return None
    body = section if section in bodies else bodies[0]
    inside = range(body.start + 1, body.stop)
    if section in bodies:
        first = next(_heads(lines, range(min(start, inside.stop - 1), inside.start - 1, -1)), inside.start)
        last = next(_heads(lines, range(max(end, first + 1), inside.stop)), inside.stop)
        edited = range(first, last)
        above = next(_heads(lines, range(first - 1, inside.start - 1, -1)), first)
    else:
        edited, above, last = section, inside.start, inside.start
    below = next(_heads(lines, range(last + 1, inside.stop)), inside.stop)
    around = _around(
        lines, range(above - 1, body.start - 1, -1), _indent(lines[above]) if above < len(lines) else 0
    )
    declared = [n for each in sections if each not in bodies for n in each]
    head = list(range(keys[0]))
    kept = sorted({*head, *declared, *around, *range(above, below)})
    return _Extract(kept, edited, body) if len(kept) <= _MOST_LINES else None


def _heads(lines: Sequence[str], numbers: range) -> Iterator[int]:
    """Yield the lines that begin a group or an action."""
    return (number for number in numbers if _HEAD.match(lines[number]))


def _around(lines: Sequence[str], numbers: range, indent: int) -> Iterator[int]:
    """Yield the lines of the keys and dashes that a block is under, from the inner one."""
    for number in numbers:
        line = lines[number]
        if line.strip() and _indent(line) < indent and line.lstrip()[0] != "#":
            indent = _indent(line)
            yield number


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
