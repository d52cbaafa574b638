"""Values of an action's fields as people read them: one way for each type of field."""

from collections.abc import Iterator

from plancli.i18n import _
from plancli.plan.model import Action, Field, Plan, Type, Value, calendar


def shown_years(value: Value) -> str:
    """Write years as a calendar: ``2021-2022``."""
    return calendar(tuple(int(year) for year in value)) if isinstance(value, tuple) else ""


def optional_values(plan: Plan, action: Action) -> Iterator[tuple[str, str]]:
    """Return label and value of each optional field that an action has."""
    for field in plan.fields:
        value = action.value(field.key)
        if not field.required and value is not None:
            yield _(field.label), shown(field, value)


def shown(field: Field, value: Value) -> str:
    """Write a value in one line; nothing where an action lacks it."""
    if field.type is Type.YEARS:
        return shown_years(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
