"""Merged data to the lines of a file, with the markers git writes around what a person must decide."""

from collections.abc import Hashable, Sequence

from plancli.plan.writer.comments import annotate
from plancli.plan.writer.layout import PlanLine, dump_lines
from plancli.review.diff import matching_blocks
from plancli.review.merge.alignment import BASE, OURS, THEIRS
from plancli.review.merge.placement import ThreePlans
from plancli.review.merge.three_way import MergedComments, MergedData, key_of_path

Laid = list[PlanLine]
"""The lines of a result, each with the path of its entry."""


def lay_out(three: ThreePlans, merged: MergedData) -> tuple[Laid, Laid, Laid]:
    """Return the lines of the three results in the canonical layout, with the comments of both sides."""
    base, ours, theirs = (
        list(annotate(dump_lines(data), MergedComments(three, merged, result)))
        for result, data in enumerate(merged.results)
    )
    return base, ours, theirs


def text_of(lines: Sequence[PlanLine]) -> str:
    """Return the text of one result."""
    return "".join(f"{line}\n" for line in lines)


def mark_conflicts(laid: tuple[Laid, Laid, Laid], merged: MergedData, size: int, with_base: bool) -> str:
    """Return the text of ours and theirs with markers where they differ; ``with_base``: as diff3 has it."""
    base, ours, theirs = (_keys(lines, merged, result) for result, lines in enumerate(laid))
    kept = matching_blocks(base, ours)
    found: list[str] = []
    start = stop = 0
    for at, other, length in (*matching_blocks(ours, theirs), (len(ours), len(theirs), 0)):
        if start < at or stop < other:
            found += [f"{'<' * size} ours", *map(str, laid[OURS][start:at])]
            if with_base:
                first, last = _same_place(kept, start, at, len(base))
                found += [f"{'|' * size} base", *map(str, laid[BASE][first:last])]
            found += ["=" * size, *map(str, laid[THEIRS][stop:other]), f"{'>' * size} theirs"]
        found += map(str, laid[OURS][at : at + length])
        start, stop = at + length, other + length
    return "".join(f"{line if line.strip() else ''}\n" for line in found)


def _keys(lines: Laid, merged: MergedData, result: int) -> list[Hashable]:
    """Return what tells lines apart: their entry and their text; in a block to choose, the side too.

    A blank line is that of the block after it.
    """
    keys: list[Hashable] = []
    known: tuple[object, object] = (None, ())
    for line in reversed(lines):
        if line.text:
            known = key_of_path(merged.rows[result], line.path)
        chosen = result if known[0] in merged.chosen else BASE
        keys.append((known, line.text, chosen))
    return keys[::-1]


def _same_place(kept: Sequence[tuple[int, int, int]], start: int, end: int, length: int) -> tuple[int, int]:
    """Return where in base the lines stand that ours has between ``start`` and ``end``."""
    first, last = 0, length
    for at, other, count in kept:
        if other < start:
            first = at + min(count, start - other)
        if other + count > end:
            last = min(last, at + max(end - other, 0))
    return first, max(first, last)
