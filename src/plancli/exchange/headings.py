"""What the columns of a spreadsheet are called: the one table that export writes and import reads back."""

from dataclasses import dataclass

from plancli.language import marked


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
    Heading("number", marked("Action no"), "N° action"),
    Heading("text", marked("Action"), "Action"),
    Heading("pilots", marked("Pilots"), "Pilotes"),
    Heading("associated", marked("Associated"), "Associées"),
    Heading("years", marked("Calendar"), "Calendrier"),
    Heading("priority", marked("Priority"), "Priorité"),
    Heading("measure", marked("Measure no"), "N° mesure"),
    Heading("measure_title", marked("Measure"), "Mesure"),
    Heading("orientation", marked("Orientation no"), "N° orientation"),
    Heading("orientation_title", marked("Orientation"), "Orientation"),
)
"""The columns of a sheet of actions, in its order."""
