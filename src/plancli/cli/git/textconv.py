"""``plancli git textconv``: a plan as git's own diff shows it (gitattributes(5), "performing text diffs")."""

import sys
from bisect import bisect_right
from contextlib import suppress
from math import inf
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plancli.files import read_file
from plancli.i18n import N_
from plancli.location import Path

if TYPE_CHECKING:
    from plancli.check.parse import ParseResult
    from plancli.plan.model import Plan

BOM = b"\xef\xbb\xbf"

_MOST_BAD_LINES = 10
"""With more lines that no YAML reader takes, a file is read as ``validate`` reads it: around whole blocks."""


def textconv(file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The plan to show."))]) -> int:
    """Write a plan as one line a field, and what hasn't the shape of a plan as it stands."""
    # Whatever goes wrong here would end `git diff` and `git log -p` for the whole repository.
    source = b""
    with suppress(Exception):
        source = read_file(file)
    content = source
    with suppress(Exception):
        content = _flat(source, file)
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    return 0


def _flat(source: bytes, file: str) -> bytes:
    from plancli.plan.document import read_document
    from plancli.plan.model import ShapeError, read_plan
    from plancli.plan.writer.textconv import textconv_lines

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
    from plancli.check.parse import parse

    text = source.removeprefix(BOM).decode("utf-8", "backslashreplace")  # a wrong byte is shown, the rest is read
    lines = [_shown(line) for line in text.split("\n")]
    lines = lines if lines[-1] else lines[:-1]
    with suppress(Exception):
        result = parse(_without_bad_lines(text).encode(), file, notes=False)
        if result.plan:
            return _in_place(result, result.plan, text, lines)
    return lines


def _in_place(result: "ParseResult", plan: "Plan", text: str, lines: list[str]) -> list[str]:
    """Return what was read of a plan, with the lines of the file that have no place in it where they stand."""
    from plancli.plan.writer.textconv import textconv_lines

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
    from plancli.plan.document import read_document

    document = read_document("\n".join(lines), "")
    return None if document.stopped is None else document.position(document.stopped).line


def _lines_left_out(text: str, result: "ParseResult") -> set[int]:
    """Return the numbers of the lines that have no place in the plan which was read."""
    from plancli.diagnostic import Part

    document = result.document
    told, parsed = text.split("\n"), document.parsed.decode("utf-8", "replace").split("\n")
    numbers = {number for number, pair in enumerate(zip(told, parsed, strict=False), 1) if pair[0] != pair[1]}
    spans = [finding.span for finding in document.findings if finding.span]
    for path in result.bad_paths:
        if path and _stands_in(document.data, path):
            spans += [document.span(path, Part.KEY), document.span(path)]
    for span in spans:
        last = span.end.line - (span.end.column == 1 and span.end.line > span.start.line)
        numbers.update(range(span.start.line, last + 1))
    return {number for number in numbers if told[number - 1].strip()}


def _stands_in(data: Any, path: Path) -> bool:
    """Return whether there is something at a path."""
    for step in path:
        known = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
        if step not in known:
            return False
        data = data[step]
    return True


def _shown(line: str) -> str:
    """Return a line with what could take over the terminal that git writes to made visible."""
    from plancli.text import escape_control

    return "\t".join(map(escape_control, line.removesuffix("\r").split("\t")))
