"""The words that rules share."""

from collections.abc import Iterator

from plancli.language import _
from plancli.location import Path
from plancli.plan.model import Action
from plancli.prose import cut


def quoted(text: str) -> str:
    """Put a text of the plan in quotation marks."""
    return _("« {text} »").format(text=text)


def beginning(text: str, columns: int = 30) -> str:
    """Quote the first words of a text."""
    return quoted(cut(" ".join(text.split()), columns))


def each_code(action: Action) -> Iterator[tuple[str, int, str, Path]]:
    """Give each mention of a directorate in an action: its list, its place in it, its code, its path."""
    for role, codes in (("pilots", action.pilots), ("associated", action.associated)):
        for index, code in enumerate(codes):
            yield role, index, code, (*action.path, role, index)
