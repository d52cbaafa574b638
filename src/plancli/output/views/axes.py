"""Sides of a count: the values of a dimension that occur, in their order, with what each is called."""

from collections import Counter
from collections.abc import Sequence

from plancli.i18n import N_, _
from plancli.output.table import Axis
from plancli.output.views.directorates import described
from plancli.plan.model import Action, Plan, calendar
from plancli.plan.query import DIMENSIONS, Dimension, Query

CODES = frozenset({"directorate", "pilot", "associated"})
"""Dimensions whose values are codes of directorates."""

_HEADS = {
    "orientation": (N_("Orientation {value}"), N_("orientation {value}"), N_("O{value}")),
    "measure": (N_("Measure {value}"), N_("measure {value}"), N_("M{value}")),
    "priority": (N_("Priority {value}"), N_("priority {value}"), N_("P{value}")),
}
"""How a number is called over a column, in a sentence, and shortly; other values speak for themselves."""


def dimension(name: str) -> Dimension:
    """Find a dimension by its name."""
    return next(each for each in DIMENSIONS if each.name == name)


def axis(plan: Plan, query: Query, actions: Sequence[Action], side: Dimension) -> Axis:
    """Give the values of a dimension: all that the plan has, or with a filter those that occur."""
    values = _values(plan, query, actions, side)
    whole, spoken, short = _HEADS.get(side.name, ("{value}",) * 3)
    names, wide = _names(plan, side.name), side.name in CODES
    heading = _("Associated", "one directorate") if side.name == "associated" else _(side.label)
    return Axis(
        key=side.name,
        heading=heading,
        values=values,
        heads=tuple(_(whole).format(value=value) for value in values),
        shorts=tuple(_(short).format(value=value) for value in values),
        spoken=tuple(_(spoken).format(value=value) for value in values),
        name=(_("Name") if wide else _("Title")) if names else "",
        names=tuple(names.get(value, "") for value in values) if names else (),
        wide=wide,
        asked=frozenset(asked(query, side)),
    )


def asked(query: Query, side: Dimension) -> tuple[int | str, ...]:
    """Give the values of a dimension that the filters name."""
    match side.name:
        case "directorate":
            return query.directorates + query.pilots + query.associated
        case "pilot":
            return query.directorates + query.pilots
        case "associated":
            return query.directorates + query.associated
        case "year":
            return query.years
        case "calendar":
            return tuple(map(calendar, query.calendars))
        case "priority":
            return query.priorities
        case "orientation":
            return query.orientations
        case _:
            return query.measures


def _values(plan: Plan, query: Query, actions: Sequence[Action], side: Dimension) -> tuple[int | str, ...]:
    counts = Counter(value for action in actions for value in side.values(action))
    if side.name in CODES:
        pilots = Counter(code for action in actions for code in dict.fromkeys(action.pilots))
        return tuple(sorted(counts, key=lambda code: (-counts[code], -pilots[str(code)], str(code))))
    if side.name == "calendar":
        years = {calendar(action.years): action.covered for action in actions}
        return tuple(sorted(years, key=lambda name: (len(years[name]), years[name])))
    declared: Sequence[int] = {
        "orientation": [each.number for each in plan.orientations],
        "measure": [each.number for each in plan.measures],
        "year": plan.period.years,
        "priority": sorted(set(plan.priorities)),
    }[side.name]
    return tuple(value for value in dict.fromkeys(declared) if counts[value] or not query.asked)


def _names(plan: Plan, name: str) -> dict[int | str, str]:
    if name in CODES:
        return {directorate.code: described(directorate) for directorate in plan.directorates}
    if name == "orientation":
        return {each.number: each.title for each in plan.orientations}
    return {each.number: each.title for each in plan.measures} if name == "measure" else {}
