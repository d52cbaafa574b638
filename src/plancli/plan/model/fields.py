"""The table of an action's fields: the one place that lists them."""

from enum import StrEnum
from typing import NamedTuple

from plancli.i18n import N_


class Type(StrEnum):
    """The type of a value in a plan file: how it is read, written, compared and shown depends on it alone."""

    NUMBER = "number"
    """A whole number, 1 or more."""
    YEAR = "year"
    """A whole number that is a year."""
    TEXT = "text"
    """A published text: never corrected, always on lines of its own under ``>-``."""
    PROSE = "prose"
    """A text of the editors: on the line of its key, or folded under ``>-`` where it is too long for that."""
    LINE = "line"
    """A text on one line."""
    WORD = "word"
    """One word out of a fixed or declared set, or a code."""
    CODES = "codes"
    """Codes of directorates; their order is layout."""
    YEARS = "years"
    """Years; their order is layout."""
    NUMBERS = "numbers"
    """Whole numbers; their order is layout."""


class Comparison(StrEnum):
    """How two values of a field are compared: as a value, as a set (order is layout), or word by word."""

    VALUE = "value"
    SET = "set"
    WORDS = "words"


_COMPARISONS = {
    Type.TEXT: Comparison.WORDS,
    Type.CODES: Comparison.SET,
    Type.YEARS: Comparison.SET,
    Type.NUMBERS: Comparison.SET,
}


class Field(NamedTuple):
    """One field of an action: its key in YAML, JSON and CSV, its type, its heading."""

    key: str
    type: Type
    label: str
    required: bool = True

    @property
    def comparison(self) -> Comparison:
        """How two values are compared."""
        return _COMPARISONS.get(self.type, Comparison.VALUE)


FIELDS: tuple[Field, ...] = (
    Field("number", Type.NUMBER, N_("No")),
    Field("text", Type.TEXT, N_("Action")),
    Field("pilots", Type.CODES, N_("Pilots")),
    Field("associated", Type.CODES, N_("Associated")),
    Field("years", Type.YEARS, N_("Calendar")),
    Field("priority", Type.NUMBER, N_("Priority")),
)
"""The fields of an action, in the order of the file."""

NOTE_FIELDS = (*(field.key for field in FIELDS), "title")
"""What ``source_notes[].field`` may name."""
