"""Texts set for reading: cut to one line, wrapped, or whole with their enumerations laid out."""

from collections.abc import Callable

from plancli.text.clauses import clauses
from plancli.text.terminal import width

_NARROWEST = 16
"""Columns a text keeps however deep its enumeration is set."""


def capital(text: str) -> str:
    """Return a text with a capital at its beginning; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def truncate(text: str, columns: int) -> str:
    """Shorten a text to ``columns`` with ``…``: at the last space if that costs at most 8, else in the word."""
    if len(text) <= columns and width(text) <= columns:
        return text
    if columns < 1:
        return ""
    room = columns - 1
    head = text[:room]
    while width(head) > room:
        head = head[:-1]
    if text[len(head) : len(head) + 1] != " ":
        space = head.rfind(" ")
        if space > 0 and width(head) - width(head[:space]) <= 8:
            head = head[:space]
    return head.rstrip(" ") + "…"


def wrap(text: str, columns: int, mark: str = "", measure: Callable[[str], int] = width) -> list[str]:
    """Set a text on lines of at most ``columns``; joining them with a space gives the text back.

    Breaks fall on single spaces, never after ``mark`` (which the text begins with), and where it can be helped
    not before ``: ; ! ? »`` or a closing parenthesis; a word longer than the line stays whole.
    """
    if measure(text) <= columns:
        return [text]
    lines = []
    line = ""
    room = -1
    for piece in _pieces(text, columns, mark, measure):
        wide = measure(piece)
        if room > wide:
            line = f"{line} {piece}"
            room -= wide + 1
        else:
            if room >= 0:
                lines.append(line)
            line, room = piece, max(columns - wide, 0)
    lines.append(line)
    return lines


_TIED = frozenset([":", ";", "!", "?", "»", ")", ").", "),", ");"])
"""Words that would rather not begin a line."""


def _pieces(text: str, columns: int, mark: str, measure: Callable[[str], int]) -> list[str]:
    pieces: list[str] = []
    before = mark
    for word in text[len(mark) + 1 if mark else 0 :].split(" "):
        bound = not word or not before  # there are two spaces
        tied = word in _TIED or before in ("«", "(")
        if pieces and (bound or (tied and measure(pieces[-1]) + measure(word) < columns)):
            pieces[-1] = f"{pieces[-1]} {word}"
        else:
            pieces.append(word)
        before = word
    if mark:
        pieces[0] = f"{mark} {pieces[0]}"
    return pieces


def wrap_clauses(text: str, columns: int) -> list[str]:
    """Set a whole text for reading: a line a clause, items of enumerations indented by depth, the rest hanging.

    Joining the lines, without the spaces they begin with, with a space gives the text back.
    """
    lines = []
    hangs = [0]  # where the words of each open level stand
    for clause in clauses(text):
        if clause.mark:
            del hangs[clause.depth :]
            indent = hangs[-1] or 2
            hangs.append(indent + width(clause.mark) + 1)
        hang = hangs[clause.depth]
        first, *rest = wrap(clause.text, max(columns - hang, _NARROWEST))
        lines.append(f"{clause.mark:>{hang - 1}} {first}" if clause.mark else " " * hang + first)
        lines += [" " * hang + line for line in rest]
    return lines
