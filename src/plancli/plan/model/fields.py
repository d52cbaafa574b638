"""The table of an action's fields: the one place that lists them."""

from enum import StrEnum
from typing import NamedTuple

from plancli.i18n import N_, _


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
    """Codes of directorates; another order is the same set: such a change is shown apart."""
    YEARS = "years"
    """Years; their order is layout."""
    NUMBERS = "numbers"
    """Whole numbers; their order is layout."""
    NUMBER_OR_WORD = "number_or_word"
    """A whole number, or a word."""
    NUMBERS_OR_WORDS = "numbers_or_words"
    """Whole numbers or words."""
    DECIMAL = "decimal"
    """A number: digits, with a point before decimals; no exponent."""
    PERCENT = "percent"
    """A whole number, 0 or more."""
    DATE = "date"
    """A day, a month or a year: ``2025-12-31``, ``2025-12``, ``2025`` (ISO 8601)."""
    CHOICE = "choice"
    """One of the values that a plan declares for the field."""
    LIST = "list"
    """Texts; another order is the same set."""
    FLAG = "flag"
    """``true`` or ``false``."""


_SETS = (Type.CODES, Type.YEARS, Type.NUMBERS, Type.LIST)
"""The types of several values: in another order they are the same."""


class Field(NamedTuple):
    """One field of an action, and all that outputs must know of it; how its value is shown follows from its type.

    ``key`` is its name in YAML, JSON and CSV. ``label`` heads it on screens and in files, ``short`` where room is
    short; ``word`` names it inside a sentence. ``heading`` heads it in a workbook (else the label), ``french`` is
    the same in French: a table must be read back whatever language the reader speaks. ``width`` is that of its
    column in a workbook, in characters. ``aliases`` are other words by which people name it, folded and singular.
    An action may lack a field that isn't ``required``; where no action has it, nothing shows it. ``priority`` is
    required where the plan has priorities, and none of its fields elsewhere. A field that the plan itself
    ``declared`` has its label in the plan's language. A choice has the ``values`` that an action may have.
    """

    key: str
    type: Type
    label: str
    word: str
    french: str
    required: bool = True
    short: str = ""
    heading: str = ""
    width: int = 14
    aliases: tuple[str, ...] = ()
    declared: bool = False
    values: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return the label in the language of the reader; that of a declared field as it is declared."""
        return self.label if self.declared else _(self.label)

    @property
    def name(self) -> str:
        """Return what names the field inside a sentence: its word, or the label as it is declared."""
        return self.label if self.declared else _(self.word)

    @property
    def is_set(self) -> bool:
        """Return whether two values that differ only in their order mean the same."""
        return self.type in _SETS

    def is_same(self, one: object, other: object) -> bool:
        """Return whether two values mean the same; None is an action that lacks the field."""
        if one == other or not (isinstance(one, tuple) and isinstance(other, tuple)):
            return one == other
        return self.is_set and set(one) == set(other)


FIELDS: tuple[Field, ...] = (
    Field("number", Type.NUMBER, N_("No"), N_("number"), french="N° action", heading=N_("Action no"), width=9),
    Field("text", Type.TEXT, N_("Action"), N_("text"), french="Action", width=76),
    Field(
        "pilots",
        Type.CODES,
        N_("Pilots"),
        N_("pilots"),
        french="Pilotes",
        width=15,
        aliases=("lead", "copilote", "co-pilote", "co-pilot", "co-lead"),
    ),
    Field(
        "associated",
        Type.CODES,
        N_("Associated"),
        N_("assoc."),
        french="Associées",
        width=22,
        aliases=("associe", "partenaire", "partner", "appui", "contributeur", "contributor"),
    ),
    Field(
        "years",
        Type.YEARS,
        N_("Calendar"),
        N_("years"),
        french="Calendrier",
        width=12,
        aliases=("annee", "echeance", "schedule", "timetable", "timeline", "deadline"),
    ),
    Field(
        "priority",
        Type.NUMBER_OR_WORD,
        N_("Priority"),
        N_("priority"),
        french="Priorité",
        short=N_("Prio"),
        width=10,
    ),
    Field("code", Type.WORD, N_("Code"), N_("code"), french="Code", required=False, width=10),
    Field("when", Type.LINE, N_("When"), N_("when"), french="Période", required=False, width=22),
    Field("due", Type.DATE, N_("Due"), N_("due"), french="Échéance", required=False, width=12),
)
"""The fields of an action, in the order in which they are shown."""

REQUIRED_FIELDS = tuple(field for field in FIELDS if field.required)
"""The fields that every action has; ``priority`` only where the plan has priorities."""

STATUS = Field("status", Type.CHOICE, N_("Status"), N_("status"), french="Statut", required=False, width=16)
STATUS_DATE = Field("status_date", Type.DATE, N_("Since"), N_("since"), french="Depuis", required=False, width=12)
LATE = Field("late", Type.FLAG, N_("Late"), N_("late"), french="Retard", required=False, width=9)

DERIVED_FIELDS = (STATUS, STATUS_DATE, LATE)
"""The fields that an action of a plan with statuses has on a day (``follow_up.on_day``); no file has them."""

FIELD_TYPES = {
    "text": Type.PROSE,
    "number": Type.DECIMAL,
    "date": Type.DATE,
    "choice": Type.CHOICE,
    "list": Type.LIST,
}
"""The types that a plan may declare for a field of its own, by their names in the file."""

NONE = "none"
"""What is typed for actions that lack a value: no value and no field may be called so."""

NOTE_FIELDS = (*(field.key for field in FIELDS), "title")
"""What ``source_notes[].field`` may name."""
