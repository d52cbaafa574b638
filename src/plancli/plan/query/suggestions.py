"""What was probably meant by a value the plan doesn't know, or by a value given to the wrong flag."""

from collections.abc import Iterator, Sequence

from plancli.errors import Usage
from plancli.i18n import _, did_you_mean
from plancli.plan.model import LATE, NONE, STATUS, Plan, level_of
from plancli.plan.query.facets import (
    CODES,
    FIELD,
    Facet,
    facets_of,
    level_facets,
    parse_calendar,
    parse_year,
)
from plancli.text import closest, fold, quote_argument, truncate

MOST_KNOWN = 12
"""Values of a plan's own field or level that an error names."""


def unknown_field(facets: Sequence[Facet], typed: str, known: Facet | None) -> Usage:
    """Return the error for ``-f`` without a key that the plan has, or without a value for it."""
    if known:
        return Usage(_("-f takes KEY=VALUE. Did you mean {guess}?").format(guess=f"-f {known.name}=…"))
    own = [facet.name for facet in facets if facet.flag == FIELD]
    key = typed.partition("=")[0].strip()
    sentence = _("unknown field {name}").format(name=truncate(key, 60) or '""')
    near = closest(key, [*own, *(facet.name for facet in facets if facet.flag != FIELD)])
    if near:
        sentence = did_you_mean(sentence, near)
    own = own or [facet.name for facet in facets if facet.depth and facet.counted]
    if not own:
        return Usage(sentence, _("The plan declares no fields or levels."))
    return Usage(sentence, _("Fields: {names}").format(names=", ".join(own)))


def unknown_value(plan: Plan, facet: Facet, value: str) -> Usage:
    """Return the error for an unknown value, with the nearest that exists or the flag that knows it."""
    values = facet.known(plan)
    if facet.declared and len(values) > MOST_KNOWN:
        values = [*values[:MOST_KNOWN], "…"]
    known = ", ".join(values)
    shown = truncate(value, 60)
    if facet.name in (STATUS.key, LATE.key) and not plan.statuses:
        return Usage(
            _("the plan declares no statuses: nothing to ask {flag} for").format(flag=facet.flag),
            _("To begin: {command}").format(command="plancli progress --start"),
        )
    meant = next(_other_meanings(plan, facet, value), None)
    if not known and facet.name not in CODES:
        label = facet.spoken(plan) if 0 < facet.depth <= len(plan.levels) else facet.title_in_sentence
        flag = f"{FIELD} {facet.name}" if facet.flag == FIELD else facet.flag
        sentence = _("the plan has no {name}: nothing to ask {flag} for").format(name=label, flag=flag)
        return Usage(did_you_mean(sentence, meant[1]) if meant else sentence)
    if meant:
        what, flag = meant
        sentence = _(facet.mistaken).format(value=shown, what=what, known=known, name=facet.spoken(plan))
        return Usage(did_you_mean(sentence, flag))
    sentence = _(facet.unknown).format(value=shown, known=known, name=facet.spoken(plan))
    guess = _nearest(plan, facet, value)
    if guess:
        sentence = did_you_mean(sentence, guess)
    return Usage(sentence, _("Codes: plancli directorates") if facet.name in CODES else "")


def _other_meanings(plan: Plan, facet: Facet, value: str) -> Iterator[tuple[str, str]]:
    """Yield what else the value is, and the option that takes it; the likeliest first."""
    facets = {each.name: each for each in facets_of(plan)}
    for name, what in (("directorate", _("a directorate")), ("ministry", _("a ministry"))):
        known = facets[name]
        found = known.parse(plan, value)
        if found and facet.name != name and (facet.name not in CODES or name not in CODES):
            yield what, known.typed([str(found[0])])
    if parse_year(plan, value) and facet.name not in ("calendar", "measure", "orientation"):
        yield _("a year"), f"-y {value}"
    for years in parse_calendar(plan, value.replace("/", "-")):
        if not years.isdecimal():
            yield _("a calendar"), f"--calendar {years}"
    if facet.name in ("year", "calendar") and facets["priority"].parse(plan, value):
        yield _("a priority"), f"-p {value}"
    if facet.depth:
        yield from _meant_on_another_level(plan, facet, value)
    if facet.name in CODES:
        if any(str(action.number) == value for action in plan.actions):
            yield _("an action"), f"plancli show {value}"
        for acronym in plan.glossary:
            if fold(acronym.acronym) == fold(value):
                yield _("an acronym of the texts"), f"-t {acronym.acronym}"


def _meant_on_another_level(plan: Plan, facet: Facet, value: str) -> Iterator[tuple[str, str]]:
    for level in level_facets(plan):
        if level.depth > facet.depth or (level.depth < facet.depth and not value.isdecimal()):
            for found in level.parse(plan, value):
                what = _("a measure") if level.name == "measure" else _("among the {groups}")
                plural = level_of(plan, level.depth).plural
                yield what.format(groups=plural), level.typed([level.written(plan).get(found, str(found))])


_NOTHING = ("aucun", "aucune", "empty", "nobody", "null", "personne", "-")
"""Words for no value at all, folded."""


def _nearest(plan: Plan, facet: Facet, value: str) -> str:
    """Return the closest value as it would be typed; empty if none is close."""
    if facet.counted and fold(value) in (*_NOTHING, fold(_(facet.lacking))):
        return NONE
    several = _several(plan, facet, value)
    if several:
        return facet.typed([several])
    if facet.name in CODES:
        return _nearest_code(plan, value)
    if facet.name == "year" and parse_year(plan, f"20{value}"):
        return f"20{value}"
    if facet.name == "calendar" and parse_calendar(plan, "-".join(reversed(value.split("-")))):
        return "-".join(reversed(value.split("-")))
    if not value.isdecimal():
        digits = "".join(character for character in value if character.isdecimal())
        if facet.parse(plan, digits):
            return digits
    words = [
        each
        for each in facet.known(plan)
        if not each.replace("-", "").isdecimal() or (facet.name == "calendar" and not value.isdecimal())
    ]
    return quote_argument(closest(value, words) or _holding(value, words))


def _holding(value: str, words: Sequence[str]) -> str:
    """Return the first word that holds a value, or that it holds, as a part of a name does; else nothing."""
    wanted = fold(value)
    holding = (each for each in words if wanted in fold(each) or (len(each) > 3 and fold(each) in wanted))
    return next(holding, "") if len(wanted) > 3 else ""


def _several(plan: Plan, facet: Facet, value: str) -> str:
    """Return ``DSJ,DACS`` for values that are separated by anything but a comma."""
    parts = value
    for mark in "|;+/&":
        parts = parts.replace(mark, " ")
    read = [facet.parse(plan, part) for part in parts.split()]
    return ",".join(parts.split()) if len(read) > 1 and all(read) else ""


def _nearest_code(plan: Plan, value: str) -> str:
    codes = [directorate.code for directorate in plan.directorates]
    names = {directorate.name: directorate.code for directorate in plan.directorates if directorate.name}
    near = closest(value, codes)
    if near:
        return near
    holding = next((name for name in names if fold(value) in fold(name)), None) if len(value) > 3 else None
    return names.get(holding or closest(value, names) or "", "")
