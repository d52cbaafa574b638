"""What the columns of a spreadsheet are called: the one table that export writes and import reads back."""

from dataclasses import dataclass

from plancli.i18n import N_


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table of actions: its key in CSV, its heading, and the French one.

    The French heading stands here besides the translations because a table must be read back whatever language
    the reader speaks.
    """

    key: str
    label: str
    french: str


HEADINGS = (
    Heading("number", N_("Action no"), "N° action"),
    Heading("text", N_("Action"), "Action"),
    Heading("pilots", N_("Pilots"), "Pilotes"),
    Heading("associated", N_("Associated"), "Associées"),
    Heading("years", N_("Calendar"), "Calendrier"),
    Heading("priority", N_("Priority"), "Priorité"),
    Heading("measure", N_("Measure no"), "N° mesure"),
    Heading("measure_title", N_("Measure"), "Mesure"),
    Heading("orientation", N_("Orientation no"), "N° orientation"),
    Heading("orientation_title", N_("Orientation"), "Orientation"),
)
"""The columns of a sheet of actions, in its order."""
