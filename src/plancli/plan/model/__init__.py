"""A plan as frozen data, built strictly."""

from plancli.plan.model.fields import FIELDS, NOTE_FIELDS, REQUIRED_FIELDS, Comparison, Field, Type
from plancli.plan.model.quotations import lost_quotations
from plancli.plan.model.reader import LEFT_OUT, ShapeError, StandIn, is_block, read_action, read_plan
from plancli.plan.model.types import (
    Acronym,
    Action,
    Directorate,
    Measure,
    Orientation,
    Period,
    Plan,
    SourceNote,
    UnusedNumber,
    Value,
    calendar,
    fields_of,
    keys_of,
    runs,
)

__all__ = [
    "FIELDS",
    "LEFT_OUT",
    "NOTE_FIELDS",
    "REQUIRED_FIELDS",
    "Acronym",
    "Action",
    "Comparison",
    "Directorate",
    "Field",
    "Measure",
    "Orientation",
    "Period",
    "Plan",
    "ShapeError",
    "SourceNote",
    "StandIn",
    "Type",
    "UnusedNumber",
    "Value",
    "calendar",
    "fields_of",
    "is_block",
    "keys_of",
    "lost_quotations",
    "read_action",
    "read_plan",
    "runs",
]
