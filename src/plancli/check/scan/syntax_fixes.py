"""Fixes of syntax errors, where only one thing can have been meant; no word of a text changes."""

import re
from collections.abc import Callable
from itertools import groupby

from plancli.check.remedies import write_after_key
from plancli.check.scan.lines import Line, Lines
from plancli.diagnostic import Fix, TextEdit
from plancli.plan.model import shape
from plancli.plan.model.shape import Holds


def replace(lines: Lines, start: int, end: int, text: str) -> Fix:
    """Return a fix of one edit, between two offsets."""
    return Fix((lines.edit(start, end, text),), is_safe=True)


def differences(lines: Lines, start: int, new: str) -> Fix:
    """Return the fix that puts a text in place of another of the same length, which begins at an offset."""
    old = lines.text[start : start + len(new)]
    places = (place for place, (one, other) in enumerate(zip(old, new, strict=True)) if one != other)
    edits = []
    for _key, run in groupby(enumerate(places), lambda each: each[1] - each[0]):
        stretch = [place for _count, place in run]
        first, end = stretch[0], stretch[-1] + 1
        edits.append(lines.edit(start + first, start + end, new[first:end]))
    return Fix(tuple(edits), is_safe=True)


_ENTRY = re.compile(r" *(?:- +)*(?P<key>[^\s:#\"'\[\]{},]+) *:(?P<value> .*\S)")


def as_it_stands(value: str) -> str:
    """Return a text without quotes around it and mark of a block; empty for others, and for half of a pair."""
    return "" if value[0] in "\"'|>" or value.count('"') % 2 else value


def without_mark(value: str) -> str:
    """Return the text that is beside the mark of a block and belongs under it; empty where there is none."""
    match = re.match(r"[|>][-+]? +(?=[^#\s])", value)
    return value[match.end() :] if match else ""


def without_quotes(value: str) -> str:
    """Return what is in single quotes, with all apostrophes between letters; empty where it isn't so."""
    match = re.fullmatch(r"'((?:[^'\\]|(?<=\w)''?(?=\w))+)'", value)
    return match[1].replace("''", "'") if match else ""


def without_opening(value: str) -> str:
    """Return what follows a quote that is never closed; empty where it holds another one, or a backslash."""
    return value[1:] if value[0] in "\"'" and value[0] not in value[1:] and "\\" not in value else ""


def lay_out_text(lines: Lines, number: int, words: Callable[[str], str]) -> Fix | None:
    """Return the fix that writes the text on a line, or around it, so that YAML takes it for one.

    ``words`` gives the text of what is after the key; none of it: there is no fix.
    """
    found = _entry(lines, number)
    if found is None:
        return None
    first, match = found
    last = first
    for index in range(first + 1, len(lines.lines)):
        if not lines.lines[index].strip():
            continue
        if index in lines.keys or lines.indent(index) <= match.start("key"):
            break
        if index > last + 1:  # a blank line is part of a text, and ends what is sure
            return None
        last = index
    if number > last:
        return None
    value = " ".join([match["value"], *lines.lines[first + 1 : last + 1]])
    text = words(" ".join(value.split(" ")).strip())
    text = re.sub(r" +", " ", text)
    if not text or " #" in text or text[0] == "#" or "\t" in text:
        return None
    start = lines.offset(first, match.start("value"))
    end = lines.offset(last, len(lines.lines[last].rstrip()))
    return replace(lines, start, end, f" {write_after_key(match['key'], text, match.start('key'))}")


def _entry(lines: Lines, number: int) -> tuple[int, re.Match[str]] | None:
    """Return the line of the key under which a line stands, with its parts, if that key holds a text."""
    top = lines.top(number)
    if top and top.key in shape.names_of(Holds.TEXTS):
        match = _ENTRY.fullmatch(lines.lines[number].rstrip())
        return (number, match) if match and match["key"] != top.key else None
    head = next(lines.before(number), None)
    if head is None or head.key not in shape.PROSE:
        return None
    match = _ENTRY.fullmatch(lines.lines[head.number].rstrip())
    return (head.number, match) if match and match["key"] == head.key else None


def close_bracket(lines: Lines, opening: int, sign: str) -> Fix | None:
    """Return the fix that closes a bracket at the end of its line, where a key follows on the next."""
    number = lines.number(opening)
    line = lines.lines[number].rstrip()
    following = next((n for n in range(number + 1, len(lines.lines)) if lines.lines[n].strip()), len(lines.lines))
    inside = line[lines.column(opening) + 1 :]
    if (following < len(lines.lines) and following not in lines.keys) or not re.fullmatch(r"[\w ,'’-]*", inside):
        return None
    end = lines.offset(number, len(line.rstrip(", ")))
    return replace(lines, end, lines.offset(number, len(line)), sign)


_MOST_LINES = 20_000
"""In a longer file no tabs are mended: that is an edit a line."""


def expand_tabs(lines: Lines) -> Fix | None:
    """Return the fix that writes two spaces for each tab of a file in which no line is indented by spaces."""
    if len(lines.lines) > _MOST_LINES:
        return None
    edits = []
    for number, line in enumerate(lines.lines):
        margin = line[: len(line) - len(line.lstrip(" \t"))] if line.strip() else ""
        if margin.startswith(" "):
            return None
        if margin:
            start = lines.offset(number)
            edits.append(lines.edit(start, start + len(margin), margin.replace("\t", "  ")))
    return Fix(tuple(edits), is_safe=True)


def expand_tab(lines: Lines, number: int) -> Fix | None:
    """Return the fix that indents a line with spaces, if only one column fits its key and what is above it."""
    line = lines.keys.get(number)
    text = lines.lines[number]
    match = re.match(r"([ \t]*)(?:-([ \t]*))?(?=[^ \t-])", text)
    if line is None or match is None:
        return None
    columns = lines.fitting_columns(line)
    if len(columns) > 1:  # as far as the tab reaches in editors
        columns &= {len(text[: match.end()].expandtabs(size)) for size in (8, 4, 2)}
    if len(columns) != 1 or not _is_free(lines, number):
        return None
    column = columns.pop()
    margin = " " * (column - 2) + "- " if line.dash >= 0 else " " * column
    return replace(lines, lines.offset(number), lines.offset(number, match.end()), margin)


def _is_free(lines: Lines, number: int) -> bool:
    """Return whether the text under the key of a line, if any, is indented by spaces alone."""
    for index in range(number + 1, len(lines.lines)):
        if index in lines.keys or not lines.lines[index].strip():
            return True
        if "\t" in lines.lines[index][: len(lines.lines[index]) - len(lines.lines[index].lstrip())]:
            return False
    return True


def move_key(lines: Lines, line: Line, column: int) -> Fix | None:
    """Return the fix that begins a key at a column: its line alone, or the whole block that stands with it."""
    by = column - line.column
    numbers = [line.number]
    if line.dash >= 0:
        inside = [lines.keys[n] for n in range(line.number + 1, lines.block_end(line)) if n in lines.keys]
        if inside and all(other.column == line.column for other in inside):
            numbers = [n for n in range(line.number, lines.block_end(line)) if lines.lines[n].strip()]
        elif any(other.column != column for other in inside):
            return None
    else:
        after = range(line.number + 1, len(lines.lines))
        below = next((n for n in after if n in lines.keys), len(lines.lines))
        if any(lines.indent(n) <= column for n in range(line.number + 1, below)):
            return None
    edits = []
    for number in numbers:
        margin = re.match(" *", lines.lines[number])
        width = margin.end() if margin else 0
        if width + by < 0 or lines.lines[number][width : width + 1] == "\t":
            return None
        place = lines.span(lines.offset(number), lines.offset(number, width))
        edits.append(TextEdit(place, " " * (width + by)))
    return Fix(tuple(edits), is_safe=True)
