"""What was probably meant by a value the plan doesn't know, or by a value given to the wrong flag."""

from collections.abc import Iterator

from plancli.errors import Usage
from plancli.i18n import _
from plancli.plan.model import Plan
from plancli.plan.query.facets import CODES, FACETS, NONE, Facet, parse_calendar, parse_year
from plancli.text import closest, fold, truncate

_NUMBERS = ("year", "priority", "orientation", "measure")
_FACETS = {facet.name: facet for facet in FACETS}


def unknown_value(plan: Plan, asked: Facet, value: str) -> Usage:
    """Return the error for an unknown value, with the nearest that exists or the flag that knows it."""
    known = ", ".join(asked.known(plan))
    shown = truncate(value, 60)
    meant = next(_meant(plan, asked, value), None)
    if meant:
        what, flag = meant
        sentence = _(asked.mistaken).format(value=shown, what=what, known=known, name=asked.name)
        return Usage(_("{sentence}. Did you mean {guess}?").format(sentence=sentence, guess=flag))
    sentence = _(asked.unknown).format(value=shown, known=known, name=asked.name)
    guess = _nearest(plan, asked, value)
    if guess:
        sentence = _("{sentence}. Did you mean {guess}?").format(sentence=sentence, guess=guess)
    return Usage(sentence, _("Codes: plancli directorates") if asked.name in CODES else "")


def _meant(plan: Plan, asked: Facet, value: str) -> Iterator[tuple[str, str]]:
    """Return what the value is to another flag, and that flag with it; the likeliest first."""
    for name, what in (("directorate", _("a directorate")), ("ministry", _("a ministry"))):
        known = _FACETS[name]
        found = known.parse(plan, value)
        if found and asked.name != name and (asked.name not in CODES or name not in CODES):
            yield what, known.typed([str(found[0])])
    if parse_year(plan, value) and asked.name not in ("calendar", "measure", "orientation"):
        yield _("a year"), f"-y {value}"
    for years in parse_calendar(plan, value.replace("/", "-")):
        if not years.isdecimal():
            yield _("a calendar"), f"--calendar {years}"
    if asked.name in ("year", "calendar") and _FACETS["priority"].parse(plan, value):
        yield _("a priority"), f"-p {value}"
    if asked.name == "orientation" and _FACETS["measure"].parse(plan, value):
        yield _("a measure"), f"--measure {value}"
    if asked.name in CODES:
        if any(str(action.number) == value for action in plan.actions):
            yield _("an action"), f"plancli show {value}"
        for acronym in plan.glossary:
            if fold(acronym.acronym) == fold(value):
                yield _("an acronym of the texts"), f"-t {acronym.acronym}"


_NOTHING = ("aucun", "aucune", "empty", "nobody", "null", "personne", "-")
"""Words for no value at all, folded."""


def _nearest(plan: Plan, asked: Facet, value: str) -> str:
    """Return what should have been typed, as it would be typed; empty if nothing is near."""
    if asked.counted and fold(value) in _NOTHING:
        return NONE
    several = _several(plan, asked, value)
    if several:
        return asked.typed([several])
    if asked.name in CODES:
        return _nearest_code(plan, value)
    if asked.name == "year" and parse_year(plan, f"20{value}"):
        return f"20{value}"
    if asked.name == "calendar" and parse_calendar(plan, "-".join(reversed(value.split("-")))):
        return "-".join(reversed(value.split("-")))
    if not value.isdecimal():
        digits = "".join(character for character in value if character.isdecimal())
        if asked.parse(plan, digits):
            return digits
    near = closest(value, asked.known(plan)) if asked.name not in _NUMBERS else None
    return f'"{near}"' if near and " " in near else near or ""


def _several(plan: Plan, asked: Facet, value: str) -> str:
    """Return ``DSJ,DACS`` for values that are parted by something else than a comma."""
    parts = value
    for mark in "|;+/&":
        parts = parts.replace(mark, " ")
    read = [asked.parse(plan, part) for part in parts.split()]
    return ",".join(parts.split()) if len(read) > 1 and all(read) else ""


def _nearest_code(plan: Plan, value: str) -> str:
    codes = [directorate.code for directorate in plan.directorates]
    names = {directorate.name: directorate.code for directorate in plan.directorates if directorate.name}
    near = closest(value, codes)
    if near:
        return near
    name = next((name for name in names if fold(value) in fold(name)), None) if len(value) > 3 else None
    return names[name or closest(value, names) or ""] if name or closest(value, names) else ""
