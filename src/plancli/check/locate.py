"""Convert findings, at paths, to diagnostics, at lines."""

from collections.abc import Iterator, Sequence
from typing import Any

from plancli.check.remedies import make_fix, quote_key
from plancli.check.scan import PLACEHOLDER
from plancli.diagnostic import Diagnostic, Excerpt, Finding, Fix, Label, Part, Remedy, Severity
from plancli.location import Path, Position
from plancli.plan.document import Document
from plancli.plan.model import shape


def locate(document: Document, finding: Finding, severity: Severity) -> Diagnostic:
    """Return the diagnostic of a finding: its place, the lines it shows, the action it is in."""
    path, span = finding.path, finding.span or document.span(finding.path, finding.part)
    related = [(label, label.span or document.span(label.path, label.part)) for label in finding.related]
    label = finding.label
    if finding.at_latest and related and related[0][1] > span:
        (first, other), *rest = related
        path, related = first.path, [(Label(finding.path, first.text), span), *rest]
        span = other
    excerpts = [Excerpt(span, document.line(span.start.line), label, main=True)]
    excerpts += [Excerpt(other, document.line(other.start.line), each.text) for each, other in related]
    path = path or _path_of(document, document.offset(span.start))
    line = str(document.span(finding.line_of, Part.KEY).start.line) if finding.line_of is not None else ""
    blocks = list(_blocks(document, path))
    numbers = _numbers(document, path, blocks)
    return Diagnostic(
        file=document.name,
        span=span,
        rule=finding.rule,
        severity=severity,
        message=finding.message,
        detail=finding.detail.replace("{line}", line),
        help=finding.help.replace("{line}", line),
        action=numbers.get("action"),
        measure=numbers.get("measure"),
        orientation=numbers.get("orientation"),
        groups=_group_names(document, blocks),
        words=_words(blocks, numbers, finding.by_text),
        field=next((str(step) for step in reversed(path) if isinstance(step, str)), ""),
        value=finding.value,
        excerpts=tuple(sorted(excerpts, key=lambda excerpt: excerpt.span)),
        fix=_fix(document, finding),
        code="" if finding.by_text else _code(blocks),
        needs_all=finding.needs_all,
        continues=finding.continues,
    )


def _fix(document: Document, finding: Finding) -> Fix | None:
    """Return the fix of a finding; one that may change words without saying where is about those it replaces."""
    fix = finding.fix
    if isinstance(fix, Remedy):
        return quote_key(document, finding.span) if finding.span else make_fix(document, fix)
    if fix and not fix.is_safe and not fix.paths:
        offsets = (document.offset(edit.span.start) for edit in fix.edits)
        return fix._replace(paths=tuple(dict.fromkeys(map(document.path_at, offsets))))
    return fix


def _path_of(document: Document, offset: int) -> Path:
    """Return the path of what is at an offset; at the beginning of a line, of the first thing on that line."""
    line = document.offset(Position(document.position(offset).line, 1))
    if document.text.startswith("---", line):
        return ()
    if document.text.startswith("<<<<<<<", line):
        return document.path_on(line, len(document.text))
    if document.text[line:offset].strip(" \t-\u00a0\u202f"):
        return document.path_at(offset)
    following = document.path_on(line, len(document.text))
    if document.at(following) == PLACEHOLDER:
        return following
    return document.path_on(line, line + len(document.line(document.position(offset).line)))


_BlockData = tuple[str, Path, dict[str, Any]]
"""A group or an action: its kind, its path and its data, none where it couldn't be read."""


def _blocks(document: Document, path: Path) -> Iterator[_BlockData]:
    """Yield each group and action that a path leads through, the outermost first, with what was read of it."""
    for length in range(2, len(path) + 1, 2):
        if path[length - 2] not in shape.LEVELS or not isinstance(path[length - 1], int):
            break
        block = document.at(path[:length])
        read = block.items() if isinstance(block, dict) else ()
        known = {key: value for key, value in read if value != PLACEHOLDER}
        yield shape.LEVELS[str(path[length - 2])], path[:length], known


def _numbers(document: Document, path: Path, blocks: Sequence[_BlockData]) -> dict[str, int]:
    """Return the numbers of the blocks a path leads through; of a note, those that it names."""
    found: dict[str, int] = {}
    if path[:1] == ("source_notes",):
        note = document.at(path[:2])
        if isinstance(note, dict):
            found = {kind: note[kind] for kind in shape.LEVELS.values() if type(note.get(kind)) is int}
    for kind, here, block in blocks:
        number = block.get("number") if block else _written_number(document, here)
        if type(number) is int:
            found.setdefault("action" if "text" in block else kind, number)
    return found


def _code(blocks: Sequence[_BlockData]) -> str:
    """Return the code of the action among some blocks; empty where it has none."""
    code = next((block.get("code") for kind, _here, block in blocks if kind == "action"), "")
    return code if isinstance(code, str) else ""


def _group_names(document: Document, blocks: Sequence[_BlockData]) -> tuple[str, ...]:
    """Return what a plan that names its levels calls the groups among some blocks, the innermost first."""
    levels = document.at(("levels",))
    if not isinstance(levels, list):
        return ()
    names = []
    groups = [block for kind, _here, block in blocks if kind != "action"]
    for level, block in zip(levels, groups, strict=False):
        name = level.get("name") if isinstance(level, dict) else level
        written = block.get("code") or block.get("number")
        if isinstance(name, str) and isinstance(written, str | int):
            names.append(f"{name} {written}")
    return tuple(reversed(names))


def _written_number(document: Document, path: Path) -> int | None:
    """Return the number that is at the dash of a block which couldn't be read."""
    import re

    line = document.line(document.span(path).start.line)
    match = re.match(r"\s*-\s*number:\s*(\d{1,18})\s*$", line)
    return int(match[1]) if match else None


def _words(blocks: Sequence[_BlockData], numbers: dict[str, int], by_text: bool) -> str:
    """Return the text or title of the innermost block, where its number doesn't name it."""
    kind, _here, block = blocks[-1] if blocks else ("", (), {})
    words = block.get(_WORDS[kind]) if block and (by_text or kind not in numbers) else None
    return " ".join(words.split()) if isinstance(words, str) else ""


_WORDS = {"action": "text", "measure": "title", "orientation": "title"}
