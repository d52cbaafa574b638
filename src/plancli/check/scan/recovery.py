"""Reading on after a syntax error: what can't be read is skipped, the rest is read.

What is skipped is the value of a key where that is enough, else the whole block (an action), else what the block
is in. Lines keep their numbers, so that each later finding has its true place.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from plancli.check.scan.characters import find_controls, without_controls
from plancli.check.scan.conflicts import find_conflicts, has_conflicts
from plancli.check.scan.lines import Line, Lines
from plancli.check.scan.odd_spaces import find_odd_spaces, has_odd_spaces
from plancli.check.scan.source import PLACEHOLDER
from plancli.check.scan.syntax import SyntaxFinding, diagnose
from plancli.diagnostic import Finding, Part
from plancli.location import Path
from plancli.plan.document import MAX_DEPTH, Document, read_document
from plancli.plan.model import shape

_MAX_ERRORS = 10
"""So many syntax errors are worked around in one file; after that the rest is left unread."""


class Recovery(NamedTuple):
    """The part that could be read, the findings on the way, and the paths at which something was skipped.

    In so many ``partial_actions`` it is a part of them. ``skipped_keys`` began lines that were skipped, each with
    the path of what was read last before it.
    """

    document: Document
    findings: Sequence[Finding] = ()
    skipped: Sequence[Path] = ()
    partial_actions: int = 0
    skipped_keys: frozenset[tuple[Path, str]] = frozenset()


class SkippedRegion(NamedTuple):
    """Lines to be skipped, from ``start`` up to ``end``.

    Of the first of them ``head`` is kept, a key or a dash at ``column``; ``whole``: they are a whole block.
    """

    start: int
    end: int
    head: str
    column: int
    whole: bool


def recover(document: Document) -> Recovery:
    """Read what can be read of a document that stopped early; name what stopped it."""
    text = document.parsed.decode("utf-8", "replace")
    findings = find_controls(document)
    text = without_controls(text)
    if has_conflicts(text):
        conflicts, text = find_conflicts(Document(text.encode("utf-8", "replace"), document.name))
        findings += conflicts
    reading = _Reading(document, text, findings)
    for _count in range(_MAX_ERRORS):
        if reading.now.document.stopped is not None:
            reading.work_around()
    if reading.now.document.stopped is not None:
        reading.skip_rest(reading.now.document.stopped)
    after = reading.now.document
    return Recovery(
        after,
        reading.findings,
        [*_skipped_paths(after.data), *([_last_path(after.data)] if reading.is_truncated else [])],
        reading.partial_actions,
        _skipped_keys(Lines(document, text), reading.now.lines),
    )


def recover_spaces(document: Document) -> Recovery | None:
    """Read a document again in which odd spaces made other keys of what was meant, if there are any."""
    if not has_odd_spaces(document.text):
        return None
    findings, text = find_odd_spaces(Lines(document))
    if not findings:
        return None
    again = read_document(document.source, document.name, text)
    return Recovery(again, findings) if again.stopped is None else None


class _ReadText:
    """A text as far as it could be read: the document, its lines, and the syntax error at its end, if any."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.document)

    @cached_property
    def error(self) -> SyntaxFinding | None:
        error = self.document.yaml_error
        return diagnose(self.lines, error) if error else None


class _Reading:
    """A reading that goes on after each error: the text as it is read ``now``, and what was found.

    ``skipped`` are the lines that were skipped: what stops reading there has been reported.
    """

    def __init__(self, source: Document, text: str, findings: list[Finding]) -> None:
        self.source = source
        self.findings = findings
        self.partial_actions = 0
        self.skipped: set[int] = set()
        self.is_truncated = False
        self.now = self._read(text)

    def _read(self, text: str) -> _ReadText:
        return _ReadText(read_document(self.source.source, self.source.name, text))

    def work_around(self) -> None:
        """Add the error at which reading stopped to the findings, mend or skip it, and read again."""
        stopped, lines, error = self.now.document, self.now.lines, self.now.error
        assert stopped.stopped is not None
        if error is None:  # not a syntax error: a plan that says so isn't read any further
            self.skip_rest(_start_of_nesting(stopped))
            again = frozenset(self.now.document.findings)
            self.findings += [each for each in stopped.findings if each not in again]
            return
        if error.line not in self.skipped:
            self.findings.append(error.finding)
        if error.fixed not in (None, lines.text):
            self.now = self._read(error.fixed)
            return
        for region in _regions(lines, error):
            attempt = self._read(_without(lines, region))
            after = lines.offset(min(region.end, len(lines.lines) - 1))
            reached = attempt.document.stopped
            if reached is None or (reached >= after and not _is_same(attempt.error, error)):
                self.partial_actions += 0 if region.whole else _in_action(lines, region.start)
                self.skipped.update(range(region.start, region.end))
                self.now = attempt
                return
        self.skip_rest(stopped.stopped)

    def skip_rest(self, offset: int) -> None:
        """Skip everything from the block in which reading stopped."""
        lines = self.now.lines
        number = lines.number(offset)
        top = (number in lines.keys and lines.keys[number].column == 0) or lines.lines[number][:3] == "---"
        head = None if top else lines.block_start(number)
        start = head.number if head else number
        kept = " " * head.dash + "-" if head else ""
        region = SkippedRegion(start, len(lines.lines), kept, head.dash if head else 0, whole=True)
        self.is_truncated = True
        self.now = self._read(_without(lines, region))
        if self.now.document.stopped is not None:
            self.now = self._read(" ")


def _start_of_nesting(stopped: Document) -> int:
    """Return where to leave out the rest: where reading stopped, or the key of the plan that nests too deep."""
    assert stopped.stopped is not None
    path = stopped.path_at(stopped.stopped)
    if len(path) < MAX_DEPTH - 2 or path[0] in shape.KEYS:
        return stopped.stopped
    return stopped.extent(path[:1], Part.KEY)[0]


def _is_same(error: SyntaxFinding | None, other: SyntaxFinding) -> bool:
    """Return whether two errors are one, which libyaml may notice lines after it."""
    return error is not None and error.finding.span == other.finding.span


def _without(lines: Lines, region: SkippedRegion) -> str:
    """Return the text with a region blank but for a placeholder; every line keeps its length."""
    start = lines.offset(region.start)
    end = lines.offset(region.end) if region.end < len(lines.lines) else len(lines.text)
    blank = "".join(c if c in "\r\n" else " " for c in lines.text[start:end])
    if not region.head or len(region.head) > len(lines.lines[region.start]):  # a tab is wider than its character
        return lines.text[:start] + blank + lines.text[end:]
    if len(region.head) + 1 + len(PLACEHOLDER) <= len(lines.lines[region.start]):
        blank = f"{region.head} {PLACEHOLDER}" + blank[len(region.head) + 2 :]
    else:
        blank = region.head + blank[len(region.head) :]
        for number in range(region.start + 1, region.end):
            if len(lines.lines[number]) > region.column + 1:
                place = lines.offset(number, region.column + 1) - start
                blank = blank[:place] + PLACEHOLDER + blank[place + 1 :]
                break
    return lines.text[:start] + blank + lines.text[end:]


def _regions(lines: Lines, named: SyntaxFinding) -> Iterator[SkippedRegion]:
    """Yield the regions that may be skipped for an error, the smallest first.

    A value, the block it is in, each block around that one, and all under a key of the plan.
    """
    key = next((line for line in lines.before(named.line)), None)
    if key is None and lines.keys:  # what was pasted above the plan
        yield SkippedRegion(named.line, named.line + 1, "", 0, whole=True)
    if lines.lines[named.line].strip(" ;") in shape.BLOCK_LISTS:  # without its colon: no block is known by it
        margin = lines.indent(named.line)  # a comment there ends the title above
        yield SkippedRegion(named.line, lines.end(named.line, margin), " " * margin + "#", margin, whole=True)
    if named.key:
        yield _value(lines, named.key, None, named.line)
    own = shape.KEYS.keys() - shape.BLOCK_LISTS
    alone = key is not None and key.number == named.line and key.dash < 0 and key.key in own
    column = lines.right_column(key) if key and alone else None
    if key and (column is not None or not named.structural):
        yield _value(lines, key, column, named.line)
    head = lines.block_start(named.line)
    if head and lines.has_tab(head):
        head = head.at(lines.right_column(head))
    top = lines.top(named.line)
    if head and top and top.key in shape.LEVELS and head.key in shape.KNOWN["entry"]:
        yield _block(head, lines.block_end(head), head.dash)
    elif head and (lines.kind(head) == "action" or (top and top.key == "orientations" and not lines.kind(head))):
        usual = lines.usual_column(head) or lines.columns.get("action", head.column)
        column = max(usual - (head.column - head.dash), 0)
        if column >= len(lines.lines[head.number]):  # no room for the dash where other actions have it
            column = head.dash
        yield _block(head, lines.block_end(head), column)
    while head:
        edge = head.dash
        head = next((line for line in lines.before(head.number - 1) if 0 <= line.dash < edge), None)
        if head:
            yield _block(head, lines.end(head.number, head.dash), head.dash)
    if top:
        after = (number for number, line in lines.keys.items() if number > named.line and not line.column)
        yield SkippedRegion(top.number, next(after, len(lines.lines)), top.key + ":", 0, whole=True)


def _value(lines: Lines, key: Line, column: int | None, line: int) -> SkippedRegion:
    """Return the region of a value up to the end of what begins in a line; the key stays, at its right column."""
    margin = lines.lines[key.number][: key.column] if column is None else " " * column
    if key.key != "number":  # what follows one that lost its dash isn't of the block above
        key = key.at(column)
    end = line + 1
    while end < len(lines.lines) and not _is_past_value(lines, end, key):
        end += 1
    kept = f"{margin}{key.key}:"
    is_alone = not any(map(str.strip, lines.lines[key.number + 1 : end]))
    if is_alone and key.key not in shape.BLOCK_LISTS and len(kept) + 1 >= len(lines.lines[key.number]):
        kept = ""  # there is no room for a placeholder: its value would read as empty
    return SkippedRegion(key.number, end, kept, len(margin), whole=False)


def _block(head: Line, end: int, column: int) -> SkippedRegion:
    """Return the region of a block of which only the dash is kept, at a column."""
    return SkippedRegion(head.number, end, " " * column + "-", column, whole=True)


def _is_past_value(lines: Lines, number: int, key: Line) -> bool:
    """Return whether a line no longer belongs to the value of a key."""
    line = lines.keys.get(number)
    if line and (line.column <= key.column or (line.dash >= 0 and line.key not in shape.KNOWN["entry"])):
        return True
    return lines.indent(number) <= key.left


def _in_action(lines: Lines, number: int) -> int:
    head = lines.block_start(number)
    return 1 if head and number < lines.block_end(head) and lines.kind(head) == "action" else 0


def _skipped_paths(data: Any) -> list[Path]:
    """Return the paths at which something was skipped."""
    found: list[Path] = []

    def walk(value: Any, path: Path) -> None:
        if isinstance(value, str) and PLACEHOLDER in value:
            found.append(path)
        elif isinstance(value, dict):
            for key, child in value.items():
                walk(child, (*path, key))
        elif isinstance(value, list):
            for index, child in enumerate(value):
                walk(child, (*path, index))

    walk(data, ())
    return found


def _skipped_keys(before: Lines, after: Lines) -> frozenset[tuple[Path, str]]:
    """Return the keys of skipped lines, or their first words, each with the path of what was read last."""
    document = after.document
    found: set[tuple[Path, str]] = set()
    for number, (old, new) in enumerate(zip(before.lines, after.lines, strict=False)):
        if old == new:
            continue
        path = document.path_at(after.offset(number, len(new)))
        words = _AFTER_BRACKET.findall(old)
        if number not in after.keys:
            line = before.keys.get(number)
            words += [line.key] if line else re.findall(r"[^\s;-]+", old)[:1]
        found.update((path, word) for word in words)
    return frozenset(found)


_AFTER_BRACKET = re.compile(r"[]}][,;]? *(\w+) *:(?=\s|$)")
"""A key on the line of another one, after the brackets of that."""


def _last_path(data: Any) -> Path:
    """Return the path of the last value of the data, a container if it is empty."""
    path: Path = ()
    while isinstance(data, dict | list) and data:
        step = next(reversed(data)) if isinstance(data, dict) else len(data) - 1
        data, path = data[step], (*path, step)
    return path
