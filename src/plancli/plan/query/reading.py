"""Filters as typed to a Query: each value is found in the plan, or refused with what was probably meant."""

from collections.abc import Iterable, Mapping, Sequence

from plancli.errors import Usage
from plancli.i18n import _
from plancli.plan.model import Plan
from plancli.plan.query.filters import FILTERS, Filter, Query
from plancli.plan.query.values import READERS, Found
from plancli.text import fold


def make_query(plan: Plan, typed: Mapping[str, Sequence[str]]) -> Query:
    """Make the query that the typed values ask (by name of the filter); raise Usage for a value that isn't known.

    A value is a list with commas, except in ``text``, where a comma is text.
    """
    fields: dict[str, tuple[Found, ...]] = {}
    for each in FILTERS:
        values = typed.get(each.name) or ()
        if values:
            fields[each.field] = tuple(dict.fromkeys(_read(plan, each, values)))
    return Query(**fields)  # type: ignore[arg-type]  # each reader gives the type of its field


def _read(plan: Plan, each: Filter, typed: Sequence[str]) -> Iterable[Found]:
    parts = typed if each.name == "text" else [part for value in typed for part in value.split(",")]
    values = [value for value in map(str.strip, parts) if (fold(value) if each.name == "text" else value)]
    if not values:
        raise Usage(_("{flag} needs a value").format(flag=each.flag))
    read = READERS[each.name]
    for value in values:
        found = read(plan, value)
        if not found:
            from plancli.plan.query.slips import unknown  # only a slip needs it

            raise unknown(plan, each, value)
        yield from found
