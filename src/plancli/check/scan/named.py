"""A fault of grammar by the name people have for it."""

from typing import NamedTuple

from plancli.check.scan.lines import Lines
from plancli.diagnostic import Finding, Label
from plancli.plan.document import Document


class Named(NamedTuple):
    """A fault with its name, the line it was made in, and whether whole lines are out of place.

    ``mended`` is the text without it, where that changes nothing else.
    """

    finding: Finding
    line: int
    structural: bool = False
    mended: str | None = None


def make(
    document: Document,
    lines: Lines,
    rule: str,
    start: int,
    end: int,
    message: str,
    hint: str,
    label: str = "",
    related: tuple[Label, ...] = (),
    structural: bool = False,
    mended: str | None = None,
) -> Named:
    """Make a fault of what stands between two offsets."""
    span = document.stretch(start, end)
    value = document.text[start:end][:100]
    finding = Finding(message, span=span, label=label, help=hint, related=related, value=value, rule=rule)
    return Named(finding, lines.number(start), structural, mended)
