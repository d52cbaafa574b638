"""Fixes of findings: the edits of a file's text that put what a rule wants at its path."""

import re
from collections.abc import Sequence
from itertools import pairwise

from plancli.diagnostic import Fix, Part, Remedy, TextEdit
from plancli.location import Path, Position, Span
from plancli.plan.document import Document
from plancli.plan.model import Type, shape


def make_fix(document: Document, remedy: Remedy) -> Fix | None:
    """Return the fix that carries out a remedy; None where it would lose a comment, or nothing is there."""
    if remedy.key:
        from plancli.plan.writer.scalars import key

        paths = (remedy.path, (*remedy.path[:-1], remedy.key))
        place = document.span(remedy.path, Part.KEY)
        return Fix((TextEdit(place, key(remedy.key)),), remedy.is_safe, paths)
    if remedy.drop:
        edits = _without_item(document, remedy.path)
        return Fix(edits, remedy.is_safe, (remedy.path[:-1],)) if edits else None
    if remedy.order:
        edits = _reorder(document, remedy.path, remedy.order)
    else:
        edits = _edits(document, remedy.path, remedy.value)
    return Fix(edits, remedy.is_safe, (remedy.path,)) if edits else None


def quote_key(document: Document, span: Span) -> Fix | None:
    """Return the fix that makes a text of a key; None where no word but the keys of a plan may be one."""
    path = document.path_at(document.offset(span.start))
    if len(path) < 2 or path[0] not in shape.MAPPINGS:
        return None
    return Fix((TextEdit(span, f'"{path[-1]}"'),), is_safe=True)


def _edits(document: Document, path: Path, value: object) -> tuple[TextEdit, ...]:
    """Return the edits that make a value of what is at a path."""
    start, end = document.extent(path)
    _key, node = document.find(path)
    if node and node.is_scalar:  # with a no-break space at its end, which is part of it
        end = start + len(document.text[start : node.end].rstrip(" \t\r\n"))
    old = document.text[start:end]
    if document.at(path) is None and old not in ("null", "~"):  # nothing is there: this is its key
        return _insertion(document, path, value)
    if isinstance(value, list):
        return _list_edits(document, path, value)
    if "#" in old.partition("\n")[0] and old[:1] in ("|", ">"):  # a comment beside the mark of a block
        return ()
    text = _text(document, path, value) if isinstance(value, str) else str(value)
    return (document.edit(start, end, text),)


def _insertion(document: Document, path: Path, value: object) -> tuple[TextEdit, ...]:
    from plancli.plan.writer.scalars import flow, scalar

    colon = document.text.find(":", document.extent(path, Part.KEY)[1])
    if not isinstance(path[-1], str) or colon < 0:
        return ()
    text = flow(value) if isinstance(value, list) else scalar(value)
    return (document.edit(colon + 1, colon + 1, f" {text}"),)


def _list_edits(document: Document, path: Path, values: list[object]) -> tuple[TextEdit, ...]:
    """Return the edits that make another list: the whole where it is on a line, else where items differ."""
    from plancli.plan.writer.scalars import flow, scalar

    start, end = document.extent(path)
    old = document.at(path)
    if not isinstance(old, list) or "\n" not in document.text[start:end]:
        return (document.edit(start, end, flow(values)),)
    line_end = document.text.find("\n", end)
    colon = document.text.find(":", document.extent(path, Part.KEY)[1]) + 1
    if "#" in document.text[colon : line_end if line_end >= 0 else len(document.text)]:
        return ()  # a comment beside an item would be beside another one
    if len(old) == len(values):
        pairs = enumerate(zip(old, values, strict=True))
        in_flow = document.is_flow((*path, 0))
        return tuple(
            TextEdit(document.span((*path, index)), scalar(new, flow=in_flow))
            for index, (was, new) in pairs
            if was != new
        )
    return (document.edit(colon, end, f" {flow(values)}"),)


def _without_item(document: Document, path: Path) -> tuple[TextEdit, ...]:
    """Return the edit that takes an item out of a list, with the comma or the dash before it."""
    start, end = document.extent(path)
    if document.is_flow(path):
        start = document.extent((*path[:-1], int(path[-1]) - 1))[1]
    else:
        start = document.text.rfind("\n", 0, start) + 1
        end = document.text.find("\n", end) + 1 or len(document.text)
    old = document.text[start:end]
    if "#" in old or not re.match(r"\s*,|[ ]*- ", old):
        return ()
    return (document.edit(start, end, ""),)


def _reorder(document: Document, path: Path, order: tuple[int, ...]) -> tuple[TextEdit, ...]:
    """Return the edit that puts the blocks of a list in an order; none where a comment would lose its place."""
    if document.is_flow((*path, 0)):
        return ()
    dashes = [document.extent((*path, index), Part.DASH)[0] for index in range(len(order))]
    starts = [document.text.rfind("\n", 0, dash) + 1 for dash in dashes]
    end = document.text.find("\n", document.extent(path)[1])
    end = end if end >= 0 else len(document.text)
    whole = document.text[starts[0] : end].rstrip()
    if "#" in whole or any(not whole[start - starts[0] :].lstrip(" ").startswith("-") for start in starts):
        return ()
    pieces = [document.text[start:stop] for start, stop in pairwise([*starts, starts[0] + len(whole)])]
    blocks = [piece.rstrip() for piece in pieces]
    gaps = [piece[len(block) :] for piece, block in zip(pieces, blocks, strict=True)]
    text = "".join(blocks[index] + gap for index, gap in zip(order, gaps, strict=True))
    return (document.edit(starts[0], starts[0] + len(whole), text),)


def _text(document: Document, path: Path, text: str) -> str:
    """Write a text as it stands: in brackets, under ``>-`` or on the line of its key."""
    from plancli.plan.writer.scalars import is_plain, scalar

    start, end = document.extent(path)
    old = document.text[start:end]
    in_flow = document.is_flow(path)
    if (
        in_flow
        or not isinstance(path[-1], str)
        or (is_plain(text) and old[:1] not in ("|", ">") and "\n" not in old)
    ):
        return scalar(text, flow=in_flow)
    return write_after_key(path[-1], text, document.span(path, Part.KEY).start.column - 1)


def lay_out_mapping(document: Document, path: Path) -> Fix | None:
    """Return the fix that writes the words under a key of a text as one; a colon made keys and values of them.

    None where there are quotes, brackets or a comment: they may be meant; and for an item of a list.
    """
    if isinstance(path[-1], int):
        return None
    key = document.extent(path, Part.KEY)
    start = document.text.find(":", key[1]) + 1
    last, data = path, document.at(path)
    while isinstance(data, dict) and data:
        last = (*last, next(reversed(data)))
        data = document.at(last)
    line_end = document.text.find("\n", document.extent(last)[1])
    old = document.text[start : line_end if line_end >= 0 else len(document.text)].rstrip()
    lines = [line.strip() for line in old.split("\n")]
    text = " ".join(lines).strip()
    if not start or "" in lines[1:] or " #" in text or re.search(r"(?:^|[:-] )[\"'|>\[{&*!-]", text):
        return None
    new = write_after_key(str(path[-1]), text, document.position(key[0]).column - 1)
    return Fix((document.edit(start, start + len(old), f" {new}"),), is_safe=True, paths=(path,))


def indent_under(document: Document, paths: Sequence[Path], above: Path) -> Fix | None:
    """Return the fix that indents keys, and what is under them, so that they belong to the key above them."""
    edits = []
    for path in paths:
        start, _end = document.extent(path, Part.KEY)
        first, last = document.position(start).line, document.position(document.extent(path)[1]).line
        if document.is_flow(path):
            return None
        for line in range(first, last + 1):
            if document.line(line).strip():
                place = Position(line, 1)
                edits.append(TextEdit(Span(place, place), "  "))
    return Fix(tuple(edits), is_safe=True, paths=(*paths, above))


def write_after_key(name: str, text: str, column: int) -> str:
    """Write a text after its key, which is at a column (from 0): under ``>-`` where that is its layout."""
    from plancli.plan.writer.scalars import can_fold, fold_prose, scalar

    if name in shape.KEYS and shape.KEYS[name].type in (Type.TEXT, Type.PROSE) and can_fold(text):
        indent = column + 2
        return "\n".join([">-", *(" " * indent + line for line in fold_prose(text, indent))])
    return scalar(text)
