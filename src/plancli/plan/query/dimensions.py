"""What actions can be counted by."""

from collections.abc import Callable
from typing import NamedTuple

from plancli.i18n import N_
from plancli.plan.model import Action, calendar

Value = int | str


class Dimension(NamedTuple):
    """A question each action answers with one value or more; ``several`` says that it may be more."""

    name: str
    label: str
    several: bool
    values: Callable[[Action], tuple[Value, ...]]


DIMENSIONS: tuple[Dimension, ...] = (
    Dimension("orientation", N_("Orientation"), False, lambda action: (action.orientation,)),
    Dimension("measure", N_("Measure"), False, lambda action: (action.measure,)),
    Dimension("directorate", N_("Directorate"), True, lambda action: action.directorates),
    Dimension("pilot", N_("Pilot"), True, lambda action: tuple(dict.fromkeys(action.pilots))),
    Dimension("associated", N_("Associated"), True, lambda action: tuple(dict.fromkeys(action.associated))),
    Dimension("year", N_("Year"), True, lambda action: action.covered),
    Dimension("calendar", N_("Calendar"), False, lambda action: (calendar(action.years),)),
    Dimension("priority", N_("Priority"), False, lambda action: (action.priority,)),
)
"""Every dimension; an action gives each of its values once."""
