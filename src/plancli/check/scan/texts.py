"""Warnings about texts: characters that can't be seen, garbled letters, what looks like a comment."""

from collections.abc import Iterator
from itertools import islice

from plancli.check.scan.characters import find_bidi_controls, find_decomposed, find_invisible_characters
from plancli.check.scan.garbled import find_entities, find_mojibake, find_replacement_characters
from plancli.check.scan.scalars import find_hashes
from plancli.diagnostic import MOST_FINDINGS, Finding, Fix, Part
from plancli.location import Path
from plancli.plan.document import Document
from plancli.plan.model import shape

_FINDERS = (
    find_invisible_characters,
    find_mojibake,
    find_replacement_characters,
    find_entities,
    find_hashes,
)


def find_in_texts(document: Document) -> Iterator[Finding]:
    """Yield what doesn't belong in the texts of a document, a bounded number of each kind."""
    yield from _first_in_scalars(document)
    yield from find_bidi_controls(document)
    yield from islice(find_decomposed(document), MOST_FINDINGS + 1)


def _first_in_scalars(document: Document) -> Iterator[Finding]:
    """Yield the first finding of each rule in a scalar, with the fixes of the others there."""
    told: dict[tuple[str, Path, Part], Finding] = {}
    for find in _FINDERS:
        for start, end, finding in islice(find(document), MOST_FINDINGS):
            place = _scalar(document, start)
            if place is None:
                continue
            if place[1] is Part.KEY or not shape.is_text(place[0]):  # one code, and not its others
                finding = finding._replace(fix=None)
            named = (finding.rule, *place)
            first = told.setdefault(named, finding._replace(span=document.span_between(start, end)))
            if isinstance(first.fix, Fix) and isinstance(finding.fix, Fix) and first.fix is not finding.fix:
                fix = first.fix._replace(edits=first.fix.edits + finding.fix.edits)
                told[named] = first._replace(fix=fix)
    yield from told.values()


def _scalar(document: Document, offset: int) -> tuple[Path, Part] | None:
    """Return the key or the value that an offset stands in; None for a comment or what stands between them."""
    path = document.path_at(offset)
    for part in (Part.VALUE, Part.KEY):
        start, end = document.extent(path, part)
        if start <= offset < end:
            return path, part
    return None
