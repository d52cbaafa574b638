"""Places: a path into the data of a plan, and lines and columns in its file."""

from typing import NamedTuple

Path = tuple[str | int, ...]
"""Keys and 0-based indexes from the top of the data: ``("orientations", 0, "title")``; ``()`` is the top."""


class Position(NamedTuple):
    """A place in a text: 1-based line and column; columns count code points."""

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of text, its end exclusive (the position just after the last character)."""

    start: Position
    end: Position
