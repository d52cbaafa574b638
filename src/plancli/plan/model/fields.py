"""The table of an action's fields: the one place that lists them."""

from enum import StrEnum
from typing import NamedTuple

from plancli.language import marked


class Kind(StrEnum):
    """The type of a field of an action."""

    NUMBER = "number"
    TEXT = "text"
    CODES = "codes"
    YEARS = "years"


class Comparison(StrEnum):
    """How two values of a field are compared: as a value, as a set (order is layout), or word by word."""

    VALUE = "value"
    SET = "set"
    WORDS = "words"


class Field(NamedTuple):
    """One field of an action: key in YAML, JSON and CSV, type, heading, how two values are compared."""

    key: str
    kind: Kind
    label: str
    comparison: Comparison


FIELDS: tuple[Field, ...] = (
    Field("number", Kind.NUMBER, marked("No"), Comparison.VALUE),
    Field("text", Kind.TEXT, marked("Action"), Comparison.WORDS),
    Field("pilots", Kind.CODES, marked("Pilots"), Comparison.SET),
    Field("associated", Kind.CODES, marked("Associated"), Comparison.SET),
    Field("years", Kind.YEARS, marked("Calendar"), Comparison.SET),
    Field("priority", Kind.NUMBER, marked("Priority"), Comparison.VALUE),
)
"""The fields of an action, in the order of the file. All are required."""

NOTE_FIELDS = (*(field.key for field in FIELDS), "title")
"""What ``source_notes[].field`` may name."""
