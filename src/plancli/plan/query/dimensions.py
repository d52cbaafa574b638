"""What actions can be counted by."""

from collections.abc import Callable
from typing import NamedTuple

from plancli.language import marked
from plancli.plan.model import Action, calendar

Value = int | str


class Dimension(NamedTuple):
    """A question each action answers with one value or more; ``several`` says that it may be more."""

    name: str
    label: str
    several: bool
    values: Callable[[Action], tuple[Value, ...]]


DIMENSIONS: tuple[Dimension, ...] = (
    Dimension("orientation", marked("Orientation"), False, lambda action: (action.orientation,)),
    Dimension("measure", marked("Measure"), False, lambda action: (action.measure,)),
    Dimension("directorate", marked("Directorate"), True, lambda action: action.directorates),
    Dimension("pilot", marked("Pilot"), True, lambda action: tuple(dict.fromkeys(action.pilots))),
    Dimension("associated", marked("Associated"), True, lambda action: tuple(dict.fromkeys(action.associated))),
    Dimension("year", marked("Year"), True, lambda action: action.covered),
    Dimension("calendar", marked("Calendar"), False, lambda action: (calendar(action.years),)),
    Dimension("priority", marked("Priority"), False, lambda action: (action.priority,)),
)
"""Every dimension; an action gives each of its values once."""
