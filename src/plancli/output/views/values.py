"""Values of an action's fields as people read them: one way for each type of field."""

from plancli.plan.model import Field, Type, Value, calendar


def shown_years(value: Value) -> str:
    """Write years as a calendar: ``2021-2022``."""
    return calendar(tuple(int(year) for year in value)) if isinstance(value, tuple) else ""


def shown(field: Field, value: Value) -> str:
    """Write a value in one line; nothing where an action lacks it."""
    if field.type is Type.YEARS:
        return shown_years(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
