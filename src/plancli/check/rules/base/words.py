"""The words that rules share."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Action, Plan
from plancli.text import closest, truncate

_MOST_COMPARISONS = 20_000
"""Beyond that, suggestions would take longer than all the rest."""


def quoted(text: str) -> str:
    """Put a text of the plan in quotation marks."""
    return _("« {text} »").format(text=text)


def beginning(text: str, columns: int = 30) -> str:
    """Quote the first words of a text."""
    return quoted(truncate(" ".join(text.split()), columns))


def each_code(action: Action) -> Iterator[tuple[str, int, str, Path]]:
    """Give each mention of a directorate in an action: its list, its place in it, its code, its path."""
    for role, codes in (("pilots", action.pilots), ("associated", action.associated)):
        for index, code in enumerate(codes):
            yield role, index, code, (*action.path, role, index)


def each_text(plan: Plan) -> Iterator[tuple[str, Path]]:
    """Give each text that people read, and its path; what a source note quotes stays as the source has it."""
    yield plan.title, ("title",)
    for directorate in plan.directorates:
        for key in ("name", "ministry", "note"):
            text = getattr(directorate, key)
            if text is not None:
                yield text, (*directorate.path, key)
    for orientation in plan.orientations:
        yield orientation.title, (*orientation.path, "title")
        for measure in orientation.measures:
            yield measure.title, (*measure.path, "title")
            for action in measure.actions:
                yield action.text, (*action.path, "text")
    for unused in plan.unused_numbers:
        yield unused.reason, (*unused.path, "reason")
    for note in plan.source_notes:
        yield note.note, (*note.path, "note")
    for acronym in plan.glossary:
        yield acronym.expansion, acronym.path


def codes_meant(unknown: Iterable[str], *known: Sequence[str]) -> dict[str, str]:
    """Give the code that an unknown one probably means, of the first of some lists that has one near enough.

    As many are looked at as there is time for.
    """
    compared = sum(map(len, known))
    found = {}
    for code in islice(unknown, _MOST_COMPARISONS // max(compared, 1)):
        near = next(filter(None, (closest(code, codes) for codes in known)), None)
        if near:
            found[code] = near
    return found
