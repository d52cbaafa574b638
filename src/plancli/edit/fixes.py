"""Apply the fixes of diagnostics to the text of a file, round by round, and keep what was read as it was."""

from bisect import bisect, bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from plancli.check.checker import Checked, check
from plancli.check.scan import PLACEHOLDER
from plancli.diagnostic import Diagnostic, Fix, TextEdit
from plancli.files import MAX_SIZE
from plancli.location import Path
from plancli.plan.document import BOM, Document

_MOST_BYTES = 100_000_000
"""How many bytes are read in all rounds: one mistake may hide the next, one fix be in the way of another."""


class Fixed(NamedTuple):
    """A file with its fixes applied, how many findings were fixed (``applied``); ``before`` is the file as it was.

    ``is_done``: no other fix of it can be applied; False where it would take too long to see.
    """

    content: bytes
    checked: Checked
    applied: int
    before: Checked
    is_done: bool


def fix(
    source: bytes,
    name: str,
    *,
    unsafe: bool = False,
    left: Callable[[Checked], Iterable[Diagnostic]] = lambda checked: checked.diagnostics,
    max_size: int = MAX_SIZE,
    today: str = "",
    rounds: int | None = None,
) -> Fixed:
    """Return a file with all that has a sure remedy fixed; with ``unsafe`` also where words of the plan change.

    A fix after which something else would read otherwise, or less could be read, or an error would come that
    nothing hid before, isn't applied. To fix what was fixed changes nothing. ``left`` gives what may be fixed of
    what is found; ``rounds`` is how often the file may be checked, more often the smaller it is.
    """
    before = checked = check(source, name, max_size=max_size, today=today)
    count, since = 0, 0
    most: int | None = None  # how many fixes are tried together
    refused: set[tuple[object, ...]] = set()
    is_done = False
    for _round in range(rounds or min(1000, 20 + _MOST_BYTES // max(len(source), 1))):
        known = [each for each in left(checked) if _key(each) not in refused]
        chosen = _without_overlap(checked.document, known, unsafe)[:most]
        if not chosen:
            is_done = not since  # those that were refused were refused for the file as it is
            if is_done:
                break
            refused.clear()
            most, since = None, 0
            continue
        content = _apply(source, checked.document, [each.fix for each in chosen if each.fix])
        after = check(content, name, max_size=max_size, today=today)
        if content != source and _is_sound(checked, after, chosen):
            source, checked = content, after
            count, since = count + len(chosen), since + len(chosen)
            most = most * 2 if most else None
        elif len(chosen) > 1:
            most = len(chosen) // 2
        else:
            refused.add(_key(chosen[0]))
    return Fixed(source, checked, count, before, is_done)


def _key(each: Diagnostic) -> tuple[object, ...]:
    edits = tuple(edit.text for edit in each.fix.edits) if each.fix else ()
    return each.rule, each.action, each.field, each.value, each.span.start.column, edits


def _without_overlap(document: Document, diagnostics: Iterable[Diagnostic], unsafe: bool) -> list[Diagnostic]:
    """Return the diagnostics, in their order, whose fixes can be applied together."""
    starts: list[int] = []
    ends: list[int] = []
    chosen = []
    for each in diagnostics:
        if each.fix is None or not (each.fix.is_safe or unsafe):
            continue
        places = [_extent(document, edit) for edit in each.fix.edits]
        if any(_overlaps(starts, ends, start, end) for start, end in places):
            continue
        for start, end in places:
            slot = bisect(starts, start)
            starts.insert(slot, start)
            ends.insert(slot, end)
        chosen.append(each)
    return chosen


def _overlaps(starts: list[int], ends: list[int], start: int, end: int) -> bool:
    """Return whether a stretch shares a character with sorted others, or its place with an insertion."""
    slot = bisect_left(starts, max(end, start + 1))
    if not slot:
        return False
    return ends[slot - 1] > start or (starts[slot - 1] == ends[slot - 1] == start)


def _extent(document: Document, edit: TextEdit) -> tuple[int, int]:
    return document.offset(edit.span.start), document.offset(edit.span.end)


def _apply(source: bytes, document: Document, fixes: Sequence[Fix]) -> bytes:
    """Return the bytes of a file with fixes applied that don't overlap."""
    text, parts, last = document.text, [], 0
    edits = sorted((*_extent(document, edit), edit.text) for each in fixes for edit in each.edits)
    for start, end, new in edits:
        parts += [text[last:start], new]
        last = end
    content = "".join([*parts, text[last:]]).encode()
    kept = source.startswith(BOM) and all(each.edits for each in fixes)
    return BOM + content if kept else content


def _is_sound(before: Checked, after: Checked, fixed: Sequence[Diagnostic]) -> bool:
    """Return whether a file is as it was but for what was fixed: what is read, how much of it, its errors."""
    if after.actions < before.actions or after.unchecked > before.unchecked:
        return False
    if before.plan is not None and after.plan is None:
        return False
    document = before.document
    if document.is_empty:  # nothing was read
        return True
    partly = document.stopped is not None or document.parsed != document.source.removeprefix(BOM)
    if len(after.errors) > len(before.errors) and not partly:  # nothing was unread that could have hidden them
        return False
    paths = frozenset(path for each in fixed if each.fix for path in each.fix.paths)
    return _is_kept(document.data, after.document.data, paths, partly)


_MISSING: Any = object()


def _is_kept(before: Any, after: Any, paths: frozenset[Path], partly: bool, path: Path = ()) -> bool:
    """Return whether data agree, but for what stands at ``paths``.

    What was read ``partly`` may have grown; of a line that was skipped below a text, its blanks were read.
    """
    if before in (after, PLACEHOLDER) or path in paths:
        return True
    if partly and (before is _MISSING or (isinstance(before, str) and before.rstrip() == after)):
        return True
    if isinstance(before, dict) and isinstance(after, dict):
        return all(
            _is_kept(before.get(key, _MISSING), after.get(key, _MISSING), paths, partly, (*path, key))
            for key in before.keys() | after.keys()
        )
    if isinstance(before, list) and isinstance(after, list) and (partly or len(before) == len(after)):
        kept = 0
        for item in after:
            kept += kept < len(before) and _is_kept(before[kept], item, paths, partly, (*path, kept))
        return kept == len(before)
    return False
