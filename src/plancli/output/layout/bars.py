"""Bars: numbers as lengths."""

from collections.abc import Sequence
from itertools import accumulate

from plancli.output.layout.lines import Line
from plancli.output.report import Mark

FULL, LIGHT = "█", "░"
LONGEST = 40
"""Columns of the longest bar where there is no window."""


def lengths(parts: Sequence[int], whole: int, columns: int) -> list[int]:
    """Scale the parts of a bar so that ``whole`` would take the columns; no part that counts anything vanishes.

    Where there is room for it, one column counts one.
    """
    if whole <= columns:
        return list(parts)
    ends = [(2 * end * columns + whole) // (2 * whole) for end in accumulate(parts)]
    found = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    found = [max(own, 1) if count else 0 for own, count in zip(found, parts, strict=True)]
    while sum(found) > columns and max(found) > 1:
        found[found.index(max(found))] -= 1
    return found


def bar(parts: Sequence[int], whole: int, columns: int, signs: Sequence[str]) -> Line:
    """Draw a bar: its first part full, its second light."""
    own = lengths(parts, whole, columns)
    marks = (None, Mark.QUIET)
    return [(sign * count, mark) for sign, count, mark in zip(signs, own, marks, strict=False) if count]
