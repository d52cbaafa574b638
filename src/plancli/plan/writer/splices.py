"""Edits made in the text: what they touch is laid out canonically, every other byte and every comment stays.

A comment stays with a block that is laid out anew. One that is directly above a block, or ends it, goes along
where the block is moved or removed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from plancli.errors import Invalid
from plancli.i18n import _
from plancli.location import Path, Position
from plancli.plan.document import BOM, Document, Node, read_document
from plancli.plan.model import shape
from plancli.plan.writer.canonical import decimals_of, lines_at
from plancli.plan.writer.comments import Comment, Side, annotate, comments
from plancli.plan.writer.edits import Edit, Insert, Remove, Replace, edited


class Spliced(NamedTuple):
    """The bytes of an edited file, and the comments that went with what was removed."""

    source: bytes
    removed: tuple[Comment, ...] = ()


def splice(document: Document, edits: Sequence[Edit]) -> Spliced:
    """Return the file of a document with edits made in it.

    Raise Invalid where something else would change with them: where a block is in braces, for example.
    """
    moved = [edit.origin for edit in edits if isinstance(edit, Insert) and edit.origin]
    splicer = _Splicer(document, moved)
    by_container: dict[Path, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_container[edit.path[:-1]].append(edit)
    for path in sorted(by_container, key=len, reverse=True):  # of two that end on one line, the inner one first
        splicer.edit(path, by_container[path])
    source = splicer.text().encode("utf-8", "surrogatepass")
    removed = tuple(splicer.removed)
    _refuse_other_changes(document, edited(document.data, edits), source, removed)
    return Spliced(BOM + source if document.has_bom else source, removed)


def _refuse_other_changes(document: Document, expected: Any, source: bytes, removed: Iterable[Comment]) -> None:
    """Raise Invalid where the edited file has other data, or other comments."""
    again = read_document(source, document.name)
    is_same = not again.findings and again.data == expected
    if is_same and ("#" in document.text or "#" in again.text):
        kept = Counter(comment.text for comment in comments(document))
        kept.subtract(comment.text for comment in removed)
        is_same = +kept == Counter(comment.text for comment in comments(again))
    if not is_same:
        raise _untidy(document)


def _untidy(document: Document) -> Invalid:
    return Invalid(
        _("{file} is laid out in such a way that this can't be changed alone").format(file=document.name),
        _("Nothing is written. Tidy the layout first: plancli fmt"),
    )


class _Chunk(NamedTuple):
    """The lines of a block or a key (1-based): its own, and those with the comments that go along."""

    start: int
    end: int
    first: int
    last: int


class _Splicer:
    """The stretches of a text that are replaced, and by what."""

    def __init__(self, document: Document, moved: Sequence[Path]) -> None:
        self.document = document
        self.removed: list[Comment] = []
        self._splices: list[tuple[int, int, str]] = []
        self._comments = {comment.line: comment for comment in comments(document)}
        self._chunks: dict[Path, _Chunk] = {}
        found = re.search(r"\r\n?|\n", document.text)
        self._break = found[0] if found else "\n"
        self._moved = {comment for path in moved for comment in self._comments_of(path)}
        self._decimals = decimals_of(document.data)

    def text(self) -> str:
        """Return the text with all of them replaced; raise Invalid where two overlap."""
        parts, end = [], 0
        for start, stop, text in sorted(self._splices, key=lambda each: each[:2]):
            if start < end:
                raise _untidy(self.document)
            parts += [self.document.text[end:start], text]
            end = stop
        return "".join([*parts, self.document.text[end:]])

    def edit(self, path: Path, edits: Sequence[Edit]) -> None:
        """Make the edits of the items of a list, or of the keys of a mapping."""
        data = self.document.at(path)
        for length in range(len(path) + 1 if data else len(path)):
            _key, value = self.document.find(path[:length])
            if value is None or self._is_flow(value):
                raise _untidy(self.document)
        steps: list[Any] = list(range(len(data))) if isinstance(data, list) else list(data)
        gone = {edit.path[-1] for edit in edits if isinstance(edit, Remove)}
        kept = [step for step in steps if step not in gone]
        added = [edit for edit in edits if isinstance(edit, Insert)]
        for edit in edits:
            if isinstance(edit, Replace):
                self._replace(edit)
            elif isinstance(edit, Remove):
                later = steps[steps.index(edit.path[-1]) + 1 :]
                self._take_out(edit.path, has_next=any(step in kept for step in later))
        if not steps:
            self._remove_brackets(path)
        elif not kept and not added:
            self._add_brackets(path)
        if isinstance(data, list):
            self._put_items(path, sorted(added, key=lambda edit: edit.path), steps, kept)
        else:
            self._put_keys(path, added, kept)

    def _is_flow(self, value: Node) -> bool:
        return not value.is_scalar and self.document.text[value.start] in "[{"

    def _replace(self, edit: Replace) -> None:
        """Lay out a block or a key anew, with the comments in it."""
        chunk, start = self._chunk(edit.path), self._start(edit.path)
        inside = [each for line, each in self._comments.items() if chunk.start <= line <= chunk.end]
        lines = self._lines(edit.path, edit.value, self._column(start), inside)
        self._splices.append((start, self._end(chunk.end), self._break.join(lines).lstrip(" ")))

    def _take_out(self, path: Path, has_next: bool) -> None:
        """Take out a block or a key, its comments, and the blank lines that part it from the next or the last."""
        chunk = self._chunk(path)
        self._refuse_text_before(path)
        self.removed += [comment for comment in self._comments_of(path) if comment not in self._moved]
        if has_next:
            after = chunk.last + 1
            while after <= self._count and not self.document.line(after).strip():
                after += 1
            self._splices.append((self._begin(chunk.first), self._begin(after), ""))
        else:
            self._splices.append((self._end(self._line_before(chunk.first)), self._end(chunk.last), ""))

    def _put_items(self, path: Path, added: Sequence[Insert], steps: Sequence[int], kept: Sequence[int]) -> None:
        """Put blocks into a list, each after the one before it, or else before the first."""
        blank = [""] if path[-1] in shape.LEVELS else []
        if kept:
            self._refuse_text_before((*path, kept[0]))
            column = self._column(self._start((*path, kept[0])))
        else:
            key, _value = self.document.find(path)
            column = self._column(key.start) + 2 if key else 0
        for edit in added:
            lines = self._lines(edit.path, edit.value, column, self._comments_of(edit.origin), edit.origin)
            before = [step for step in kept if (step,) < edit.path[-1:]]
            if before:
                self._put_behind(self._chunk((*path, before[-1])).last, [*blank, *lines])
            elif kept:
                start = self._begin(self._chunk((*path, kept[0])).first)
                self._splices.append((start, start, "".join(line + self._break for line in [*lines, *blank])))
            else:
                last = self._line_before(self._chunk((*path, steps[0])).first) if steps else self._chunk(path).end
                self._put_behind(last, lines if edit is added[0] else [*blank, *lines])

    def _put_keys(self, path: Path, added: Sequence[Insert], kept: Sequence[str]) -> None:
        """Put keys into a mapping, each after the last of those that are before it in the canonical order."""
        key, is_entry = shape.key_at(path) if path else (None, True)
        ordered = key is None or is_entry or key.type is shape.Holds.BLOCK
        order = [each.name for each in shape.SHAPE[key.block if key else "plan"]] if ordered else []
        for edit in added:
            if kept:
                column = self._column(self._start((*path, kept[0])))
                before = [each for each in kept if edit.path[-1] in order[order.index(each) :]] if order else kept
                last = self._chunk((*path, (before or kept)[-1])).last
            else:
                parent, _value = self.document.find(path)
                column = self._column(parent.start) + 2 if parent else 0
                last = self._chunk(path).end
            found = self._comments_of(edit.origin)
            self._put_behind(last, self._lines(edit.path, edit.value, column, found, edit.origin))

    def _put_behind(self, line: int, lines: Sequence[str]) -> None:
        at = self._end(line)
        self._splices.append((at, at, "".join(self._break + each for each in lines)))

    def _remove_brackets(self, path: Path) -> None:
        """Take out the brackets or braces of an empty list or mapping that is filled."""
        _key, value = self.document.find(path)
        text = self.document.text
        if value is None or not re.fullmatch(r"\[\s*\]|\{\s*\}", text[value.start : value.end]):
            raise _untidy(self.document)
        self._splices.append((len(text[: value.start].rstrip(" ")), value.end, ""))

    def _add_brackets(self, path: Path) -> None:
        """Write brackets or braces after the key of a list or a mapping that is emptied."""
        key, _value = self.document.find(path)
        colon = re.compile(r"[ ]*:").match(self.document.text, key.end) if key else None
        if colon is None:
            raise _untidy(self.document)
        brackets = " []" if isinstance(self.document.at(path), list) else " {}"
        self._splices.append((colon.end(), colon.end(), brackets))

    def _lines(
        self, path: Path, value: Any, column: int, found: Sequence[Comment] = (), origin: Path | None = None
    ) -> list[str]:
        """Return the canonical lines of a value at a path, with comments: of it, or of its ``origin``."""
        lines = lines_at(value, path, column, self._decimals)
        there = {line.path[:length] for line in lines for length in range(len(line.path) + 1)}
        last = (lines[-1].path[: len(path) + 1], Side.BELOW)
        known: dict[tuple[Path, Side], list[str]] = defaultdict(list)
        block = (*path, 0) if origin is not None and isinstance(path[-1], str) else path
        for comment in found:
            here = (*block, *comment.path[len(origin) :]) if origin is not None else comment.path
            place = (here, comment.side) if here in there and len(here) >= len(path) else last
            known[place].append(comment.text)
        if known:
            lines = list(annotate(lines, lambda path, side: known.get((path, side), [])))
        return list(map(str, lines))

    def _comments_of(self, path: Path | None) -> list[Comment]:
        """Return the comments that go along with a block."""
        if path is None or not self._comments:
            return []
        chunk = self._chunk(path)
        return [each for line, each in self._comments.items() if chunk.first <= line <= chunk.last]

    def _chunk(self, path: Path) -> _Chunk:
        found = self._chunks.get(path)
        if found is None:
            start = self.document.position(self._start(path)).line
            end = self.document.position(self._stop(path)).line
            found = self._chunks[path] = _Chunk(start, end, *self._with_comments(path, start, end))
        return found

    def _with_comments(self, path: Path, start: int, end: int) -> tuple[int, int]:
        """Return the first and the last line of a block with the comments above and below that belong to it."""

        def is_own(line: int) -> bool:
            comment = self._comments.get(line)
            return comment is not None and comment.path[: len(path)] == path and self._is_comment(line)

        first, last, line = start, end, end + 1
        while is_own(first - 1):
            first -= 1
        while line <= self._count and (self._is_comment(line) or not self.document.line(line).strip()):
            last = line if is_own(line) else last
            line += 1
        return first, last

    def _is_comment(self, line: int) -> bool:
        return self.document.line(line).lstrip().startswith("#")

    def _start(self, path: Path) -> int:
        """Return where a key starts, or the dash of an item of a list."""
        key, value = self.document.find(path)
        if key:
            return key.start
        _key, whole = self.document.find(path[:-1])
        assert value
        assert whole
        at = path[-1]
        since = self._stop((*path[:-1], at - 1)) if isinstance(at, int) and at else whole.start
        gap = re.sub(r"#[^\r\n]*", lambda comment: " " * len(comment[0]), self.document.text[since : value.start])
        if "-" not in gap:
            raise _untidy(self.document)
        return since + gap.rindex("-")

    def _stop(self, path: Path) -> int:
        """Return where the last key or value that is at a path, or in it, ends."""
        key, value = self.document.find(path)
        data = self.document.at(path)
        while value and data and not value.is_scalar and not self._is_flow(value):
            path = (*path, len(data) - 1 if isinstance(data, list) else next(reversed(data)))
            data, (key, value) = self.document.at(path), self.document.find(path)
        if value is None or (value.start == value.end and key):
            return key.end if key else 0
        return value.start + len(self.document.text[value.start : value.end].rstrip())

    def _refuse_text_before(self, path: Path) -> None:
        """Raise Invalid where a block or a key isn't the first thing on its line."""
        start = self._start(path)
        if self.document.text[start - self._column(start) : start].strip(" "):
            raise _untidy(self.document)

    def _column(self, offset: int) -> int:
        """Return the column of an offset, from 0."""
        return self.document.position(offset).column - 1

    def _line_before(self, line: int) -> int:
        """Return the last line before one that isn't blank."""
        line -= 1
        while line > 1 and not self.document.line(line).strip():
            line -= 1
        return line

    @property
    def _count(self) -> int:
        return self.document.position(len(self.document.text)).line

    def _begin(self, line: int) -> int:
        """Return where a line begins; the end of the text for the line after the last."""
        return self.document.offset(Position(line, 1)) if line <= self._count else len(self.document.text)

    def _end(self, line: int) -> int:
        """Return where a line ends, its line break aside."""
        return self._begin(line) + len(self.document.line(line))
