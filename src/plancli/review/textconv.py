"""The text of a plan that git compares: one line a field (gitattributes(5), "performing text diffs")."""

from bisect import bisect_right
from codecs import BOM_UTF8
from contextlib import suppress
from math import inf
from typing import TYPE_CHECKING

from plancli.diagnostic import Part
from plancli.location import Path
from plancli.plan.document import read_document
from plancli.plan.model import Plan, ShapeError, read_plan
from plancli.plan.writer.textconv import textconv_lines
from plancli.text import escape_control

if TYPE_CHECKING:
    from plancli.check.parse import ParseResult

_MOST_BAD_LINES = 10
"""With more lines that no YAML reader takes, a file is read as ``validate`` reads it: around whole blocks."""


def convert(source: bytes, file: str) -> bytes:
    """Return a plan as one line a field; of what is broken in it the lines as they stand, in their places."""
    document = read_document(source, file)
    try:
        lines = None if document.findings else list(textconv_lines(read_plan(document.data)))
    except ShapeError:
        lines = None
    if lines is None:
        lines = _as_far_as_it_goes(source, file)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")


def _as_far_as_it_goes(source: bytes, file: str) -> list[str]:
    """Return the lines of what is a plan in a file, and its other lines as they are, in their places."""
    from plancli.check.parse import parse  # only what is broken needs it

    text = source.removeprefix(BOM_UTF8).decode("utf-8", "backslashreplace")  # a wrong byte is shown
    lines = [_escape_line(line) for line in text.split("\n")]
    lines = lines if lines[-1] else lines[:-1]
    with suppress(Exception):
        result = parse(_without_bad_lines(text).encode(), file, notes=False)
        if result.plan:
            return _in_place(result, result.plan, text, lines)
    return lines


def _in_place(result: "ParseResult", plan: Plan, text: str, lines: list[str]) -> list[str]:
    """Return what was read of a plan, with the lines of the file that have no place in it where they stand."""
    places = {result.document.span(action.path).start.line: action.path for action in plan.actions}
    starts = sorted(places)
    raw: dict[Path, list[str]] = {}
    for number in sorted(_lines_left_out(text, result)):
        before = bisect_right(starts, number)
        raw.setdefault(places[starts[before - 1]] if before else (), []).append(lines[number - 1])
    return list(textconv_lines(plan, result.bad_paths, raw))


def _without_bad_lines(text: str) -> str:
    """Return a text with the lines empty at which reading YAML stops; the text itself if these are many."""
    lines = text.split("\n")
    for _line in range(_MOST_BAD_LINES):
        stopped = _stopped_at(lines)
        if stopped is None:
            return "\n".join(lines)
        tried: list[tuple[float, list[str]]] = []
        for bad in range(stopped, max(stopped - 3, 0), -1):
            if lines[bad - 1].strip():
                without = [*lines[: bad - 1], "", *lines[bad:]]
                tried.append((_stopped_at(without) or inf, without))
        further, lines = max(tried, key=lambda each: each[0], default=(0.0, lines))
        if further <= stopped:
            break
    return text


def _stopped_at(lines: list[str]) -> int | None:
    document = read_document("\n".join(lines), "")
    return None if document.stopped is None else document.position(document.stopped).line


def _lines_left_out(text: str, result: "ParseResult") -> set[int]:
    """Return the numbers of the lines that have no place in the plan which was read."""
    document = result.document
    told, parsed = text.split("\n"), document.parsed.decode("utf-8", "replace").split("\n")
    numbers = {number for number, pair in enumerate(zip(told, parsed, strict=False), 1) if pair[0] != pair[1]}
    spans = [finding.span for finding in document.findings if finding.span]
    for path in result.bad_paths:
        if path and document.has(path):
            spans += [document.span(path, Part.KEY), document.span(path)]
    for span in spans:
        last = span.end.line - (span.end.column == 1 and span.end.line > span.start.line)
        numbers.update(range(span.start.line, last + 1))
    return {number for number in numbers if told[number - 1].strip()}


def _escape_line(line: str) -> str:
    """Return a line with what could take over the terminal that git writes to made visible."""
    return "\t".join(map(escape_control, line.removesuffix("\r").split("\t")))
