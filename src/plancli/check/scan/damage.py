"""What doesn't belong in a text and isn't wrong to YAML: at most one of a kind in each text."""

from collections.abc import Iterator
from itertools import islice

from plancli.diagnostic import MOST_FINDINGS, Finding, Part
from plancli.location import Path
from plancli.plan.document import Document


def find_damage(document: Document) -> Iterator[Finding]:
    """Yield what is invisible, garbled or meant as something else, the first of each kind in a scalar."""
    source = document.source
    finders = []
    if not source.isascii() or b"\t" in source or b"\\" in source:
        from plancli.check.scan.characters import find_unseen

        finders.append(find_unseen)
    if not source.isascii() or b"&" in source:
        from plancli.check.scan.garbled import find_entities, find_lost, find_mojibake

        finders += [find_mojibake, find_lost, find_entities]
    if b" #" in source:
        from plancli.check.scan.scalars import find_hashes

        finders.append(find_hashes)
    told: set[tuple[str, Path, Part]] = set()
    for find in finders:
        for start, end, finding in islice(find(document), MOST_FINDINGS):
            place = _scalar(document, start)
            if place is not None and (finding.rule, *place) not in told:
                told.add((finding.rule, *place))
                yield finding._replace(span=document.stretch(start, end))


def _scalar(document: Document, offset: int) -> tuple[Path, Part] | None:
    """Return the key or the value that an offset stands in; None for a comment or what stands between them."""
    path = document.path_at(offset)
    for part in (Part.VALUE, Part.KEY):
        start, end = document.extent(path, part)
        if start <= offset < end:
            return path, part
    return None
