"""The comments of a document: where each stands, and the same comments among the lines of the canonical layout.

libyaml drops comments. Between its scalars nothing but punctuation can stand, so there a ``#`` begins a comment.
"""

from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

from plancli.location import Path
from plancli.plan.document import Document
from plancli.plan.writer.layout import Line
from plancli.plan.writer.places import Place, Places, Token, comment_spans, line_end, tokens


class Side(Enum):
    """On which side of an entry a comment stands."""

    ABOVE = "above"
    BESIDE = "beside"
    BELOW = "below"


class Comment(NamedTuple):
    """A comment from its ``#`` on, and its line in the document (1-based)."""

    text: str
    line: int


class _Found(NamedTuple):
    """A comment between two offsets and two tokens (None at the ends of the document)."""

    comment: Comment
    start: int
    end: int
    before: Token | None
    after: Token | None


def comments(document: Document) -> tuple[Comment, ...]:
    """Give every comment in the order of the document."""
    return tuple(found.comment for found in _find(document, tokens(document)))


def weave(lines: list[Line], document: Document, data: Any) -> Iterator[Line]:
    """Put the comments of a document among lines laid out from ``data``, which is or came of the document's."""
    stream = tokens(document)
    places = Places(document, stream, data, lines if len(stream) > 1 else ())
    above: dict[int, list[str]] = {}
    beside: dict[int, str] = {}
    below: dict[int, list[Line]] = {}
    head: list[str] = []
    for comment, side, place in _sides(document, places, stream):
        if place is None:
            head.append(comment.text)
        elif side is Side.BESIDE and place.first not in beside:
            beside[place.first] = comment.text
        elif side is Side.BELOW:
            below.setdefault(place.last, []).append(Line((), place.column, comment.text))
        else:
            above.setdefault(place.first, []).append(comment.text)
    yield from (Line((), 0, text) for text in head)
    for index, line in enumerate(lines):
        yield from (Line((), line.indent, text) for text in above.get(index, ()))
        yield line._replace(text=f"{line.text}  {beside[index]}") if index in beside else line
        yield from below.get(index, ())


def _sides(
    document: Document, places: Places, stream: list[Token]
) -> Iterator[tuple[Comment, Side, Place | None]]:
    """Say of each comment at which place of the layout it stands, and on which side; no place is the top."""
    gap: Token | None = None
    lowest: Path | None = ()  # of the comments in a gap, what the last one ends; None after one that ends nothing
    for found in _find(document, stream):
        comment, before, after = found.comment, found.before, found.after
        if before is not gap:
            gap, lowest = before, ()
        if before is None:
            yield comment, Side.ABOVE, None
            continue
        entry = places.entry(before.path)
        line_start = found.start - document.position(found.start).column + 1
        beginning = document.text[line_start : found.start].strip()
        if before.end > line_start and beginning:
            own = entry.path == before.path or places.starts_from(entry.path, line_start)
            yield comment, Side.BESIDE if own else Side.ABOVE, entry
        elif (after and places.entry(after.path) == entry) or beginning[:1] in ("]", "}"):
            yield comment, Side.ABOVE, entry
        else:
            owner = None
            if lowest is not None and beginning in ("", "..."):
                column = 0 if beginning else found.start - line_start
                owner = places.owner(before, column, after, found.end)
            if owner and not places.ends(owner, after, found.end):
                yield comment, Side.ABOVE, places.entry(owner)
            elif owner:
                lowest = lowest if lowest and len(lowest) < len(owner) else owner
                yield comment, Side.BELOW, places.entry(lowest)
            else:
                lowest = None
                yield comment, Side.ABOVE, places.entry(places.block(after, found.end)) if after else entry


def _find(document: Document, stream: list[Token]) -> Iterator[_Found]:
    text = document.text

    def between(start: int, end: int, before: Token | None, after: Token | None) -> Iterator[_Found]:
        for mark, stop in comment_spans(text, start, end):
            comment = Comment(text[mark:stop].rstrip(), document.position(mark).line)
            yield _Found(comment, mark, stop, before, after)

    before: Token | None = None
    start = 0
    for token in stream:
        if text.find("#", start, token.start) >= 0:
            yield from between(start, token.start, before, token)
        if text.startswith((">", "|"), token.start) and token.end > token.start:
            header = min(line_end(text, token.start), token.end)
            yield from between(token.start, header, token._replace(end=token.start), None)
        before, start = token, token.end
    yield from between(start, len(text), before, None)
