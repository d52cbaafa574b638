"""What source notes quote, and whether it is still part of the text that they are about."""

import re
from collections.abc import Iterable

from plancli.plan.model.groups import path_of
from plancli.plan.model.types import Plan, SourceNote

_ELLIPSIS = r"\s*(?:[\[(](?:…|\.\.\.)[\])]|…|\.\.\.)\s*"


def lost_quotations(plan: Plan) -> tuple[SourceNote, ...]:
    """Return the source notes whose quoted words are no longer part of the text or title they are about.

    A quotation of another field (``pilots``: the cell as published), or of none (a comment, what stood beside the
    table), can't be compared, and a note on a block that doesn't exist is the matter of a rule. A note on a group
    is about its title. Blanks count alike, an ellipsis stands for words left out, and « » around the whole aren't
    compared.
    """
    if not any(note.source for note in plan.source_notes):
        return ()
    texts = _texts(plan)
    return tuple(note for note in plan.source_notes if not _is_kept(note, texts))


def _texts(plan: Plan) -> dict[tuple[str, int | str], list[str]]:
    """Return the texts and titles by what they belong to; ``("plan", 0)`` has all of them."""
    found: dict[tuple[str, int | str], list[str]] = {("plan", 0): [plan.title]}
    blocks: tuple[tuple[str, int | str, str], ...] = (
        *(("orientation", each.number, each.title) for each in plan.groups),
        *(("measure", each.number, each.title) for each in plan.measures),
        *(("measure", path_of(each), each.title) for each in plan.inner_groups),
        *(("action", each.number, each.text) for each in plan.actions),
    )
    for kind, number, text in blocks:
        found.setdefault((kind, number), []).append(text)
        found["plan", 0].append(text)
    return {place: [" ".join(text.split()) for text in texts] for place, texts in found.items()}


def _is_kept(note: SourceNote, texts: dict[tuple[str, int | str], list[str]]) -> bool:
    numbers = ((kind, getattr(note, kind)) for kind in ("action", "measure", "orientation"))
    place = next(((kind, number) for kind, number in numbers if number is not None), ("plan", 0))
    field = note.field or ("title" if place[0] in ("measure", "orientation") else None)
    if not note.source or field not in ("text", "title"):
        return True
    if place not in texts:
        return True
    parts = [" ".join(part.split()) for part in re.split(_ELLIPSIS, note.source.strip("«» "))]
    return any(_has_parts(text, parts) for text in texts[place])


def _has_parts(text: str, parts: Iterable[str]) -> bool:
    """Return whether all parts are in a text, each after the one before."""
    place = 0
    for part in parts:
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True
