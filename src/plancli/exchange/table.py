"""Tables of actions that export writes and import reads: headings, and texts that look like a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plancli.i18n import N_
from plancli.plan.model import Field, Type, keys_of


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table of actions: its key in CSV, its heading, the French one, its width in characters.

    Columns of ``numbers`` and years are set in the middle. The French heading stands here besides the translations
    because a table must be read back whatever language the reader speaks.
    """

    key: str
    label: str
    french: str
    width: int = 14
    numbers: bool = False


PLACES = (
    Heading("measure", N_("Measure no"), french="N° mesure", width=9, numbers=True),
    Heading("measure_title", N_("Measure"), french="Mesure", width=36),
    Heading("orientation", N_("Orientation no"), french="N° orientation", width=12, numbers=True),
    Heading("orientation_title", N_("Orientation"), french="Orientation", width=36),
)
"""The columns that say what an action stands in."""

_NUMBERS = frozenset([Type.NUMBER, Type.YEAR, Type.YEARS, Type.NUMBERS])


def table_headings(fields: Iterable[Field]) -> tuple[Heading, ...]:
    """Return the columns of a sheet of actions with some fields, in its order."""
    own = (
        Heading(field.key, field.heading or field.label, field.french, field.width, field.type in _NUMBERS)
        for field in fields
    )
    return (*own, *PLACES)


def csv_columns(fields: Sequence[Field]) -> tuple[str, ...]:
    """Return the columns of a CSV file of actions with some fields: those of ``list``, then the titles."""
    return (*keys_of(fields), "orientation_title", "measure_title")


REGISTER = (
    Heading("code", N_("Directorate"), "Direction"),
    Heading("name", N_("Name"), "Nom"),
    Heading("ministry", N_("Ministry"), "Ministère"),
    Heading("note", N_("Note"), "Note"),
)
"""The first columns of a sheet of directorates, in its order."""

MARKS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a formula begins with; a tab or a line break may hide the sign behind it."""


def escape_formula(text: str) -> str:
    """Return a text with a quote before it, if it begins, after any quotes of its own, as a formula does.

    The quotes count so that ``unescape_formula`` returns every text, also one that begins with a quote.
    """
    return f"'{text}" if text.lstrip("'").startswith(MARKS) else text


def unescape_formula(text: str) -> str:
    """Return the text that ``escape_formula`` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(MARKS) else text
