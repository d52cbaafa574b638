"""Sides of a count: the values of a dimension that occur, in their order, with what each is called."""

from collections import Counter
from collections.abc import Sequence

from plancli.i18n import N_, _
from plancli.output.table import Axis
from plancli.output.views.directorates import described
from plancli.plan.model import Action, Plan
from plancli.plan.query import CODES, Facet, Query, facets_of

_HEADS = {
    "orientation": (N_("Orientation {value}"), N_("orientation {value}"), N_("O{value}")),
    "measure": (N_("Measure {value}"), N_("measure {value}"), N_("M{value}")),
    "priority": (N_("Priority {value}"), N_("priority {value}"), N_("P{value}")),
}
"""How a number is called over a column, in a sentence, and shortly; other values speak for themselves."""


def dimension(plan: Plan, name: str) -> Facet:
    """Find a dimension by its name."""
    return next(each for each in facets_of(plan.fields) if each.name == name)


def axis(plan: Plan, query: Query, actions: Sequence[Action], side: Facet) -> Axis:
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


def asked(query: Query, side: Facet) -> tuple[int | str, ...]:
    """Give the values of a dimension that the filters name."""
    match side.name:
        case "directorate":
            return query.values("directorate", "pilot", "associated")
        case "pilot" | "associated":
            return query.values("directorate", side.name)
        case _:
            return query.values(side.name)


def _values(plan: Plan, query: Query, actions: Sequence[Action], side: Facet) -> tuple[int | str, ...]:
    counts = Counter(value for action in actions for value in side.values(action))
    if side.name in CODES:
        pilots = Counter(code for action in actions for code in dict.fromkeys(action.pilots))
        return tuple(sorted(counts, key=lambda code: (-counts[code], -pilots[str(code)], str(code))))
    return tuple(value for value in dict.fromkeys(side.choices(plan)) if counts[value] or not query.asked)


def _names(plan: Plan, name: str) -> dict[int | str, str]:
    if name in CODES:
        return {directorate.code: described(directorate) for directorate in plan.directorates}
    if name == "orientation":
        return {each.number: each.title for each in plan.orientations}
    return {each.number: each.title for each in plan.measures} if name == "measure" else {}
