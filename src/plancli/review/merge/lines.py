"""Merged data to the lines of a file, with the markers git writes around what a person must decide."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence

from plancli.location import Path
from plancli.plan.writer.canonical import PlanLine, dump_lines
from plancli.plan.writer.comments import Side, annotate
from plancli.review.diff.sequences import edits, matching_blocks
from plancli.review.merge.alignment import BASE, ThreePlans, Triple
from plancli.review.merge.data import MergedData
from plancli.review.merge.values import merge_lines

ResultLines = list[PlanLine]
"""The lines of a result, each with the path of its entry."""


def lay_out(three: ThreePlans, merged: MergedData, result: int) -> ResultLines:
    """Return the lines of one of the three results in the canonical layout, with the comments of both sides."""
    comments: tuple[dict[Hashable, list[str]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
    for found, known, triples in zip(three.comments, comments, three.alignment.by_path, strict=True):
        for comment in found:
            known[_key(triples, comment.path), comment.side].append(comment.text)

    def find(path: Path, side: Side) -> list[str]:
        key = _key(merged.triples[result], path)
        found = [known.get((key, side), []) for known in comments]
        return found[result] if key[0] in merged.chosen else merge_lines(*found)

    return list(annotate(dump_lines(merged.results[result]), find))


def text_of(lines: Iterable[object]) -> str:
    """Return the text of some lines."""
    return "".join(f"{line}\n" for line in lines)


def mark_conflicts(results: Sequence[ResultLines], merged: MergedData, size: int, with_base: bool) -> str:
    """Return the text of ours and theirs with markers where they differ; ``with_base``: as diff3 has it."""
    old, one, other = results
    base, ours, theirs = (_keys(lines, merged, result) for result, lines in enumerate(results))
    kept = matching_blocks(base, ours) if with_base else []
    found: list[object] = []
    done = 0
    for start, end, first, last in edits(ours, theirs):
        found += [*one[done:start], f"{'<' * size} ours", *one[start:end]]
        if with_base:
            above, below = _same_place(kept, start, end, len(base))
            found += [f"{'|' * size} base", *old[above:below]]
        found += ["=" * size, *other[first:last], f"{'>' * size} theirs"]
        done = end
    return text_of([*found, *one[done:]])


def _key(triples: Mapping[Path, Triple], path: Path) -> tuple[Triple | None, Path]:
    """Return the identity of a path on all sides: the triple of its block, and the rest of the path."""
    for length in range(len(path), 0, -1):
        if path[:length] in triples:
            return triples[path[:length]], path[length:]
    return None, path


def _keys(lines: ResultLines, merged: MergedData, result: int) -> list[Hashable]:
    """Return the identity of lines: their entry and their text; in a block to choose, the side too.

    A blank line is that of the block after it.
    """
    keys: list[Hashable] = []
    known: tuple[object, object] = (None, ())
    for line in reversed(lines):
        if line.text:
            known = _key(merged.triples[result], line.path)
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
