"""What was probably meant by a value the plan doesn't know, or by a value given to the wrong flag."""

from collections.abc import Iterator, Sequence

from plancli.errors import Usage
from plancli.i18n import N_, _
from plancli.plan.model import Plan, calendar
from plancli.plan.query.filters import Filter
from plancli.plan.query.values import READERS, years_of
from plancli.text import closest, fold, truncate

_CODES = ("directorate", "pilot", "associated")

_UNKNOWN = {
    "directorate": N_("unknown directorate {value}"),
    "pilot": N_("unknown directorate {value}"),
    "associated": N_("unknown directorate {value}"),
    "year": N_("unknown year {value} ({known})"),
    "calendar": N_("unknown calendar {value} ({known})"),
    "priority": N_("unknown priority {value} ({known})"),
    "orientation": N_("unknown orientation {value} ({known})"),
    "measure": N_("unknown measure {value} ({known})"),
}
_INSTEAD = {
    "directorate": N_("{value} is {what}, not a directorate"),
    "pilot": N_("{value} is {what}, not a directorate"),
    "associated": N_("{value} is {what}, not a directorate"),
    "year": N_("{value} is {what}, not a year ({known})"),
    "calendar": N_("{value} is {what}, not a calendar ({known})"),
    "priority": N_("{value} is {what}, not a priority ({known})"),
    "orientation": N_("{value} is {what}, not an orientation ({known})"),
    "measure": N_("{value} is {what}, not a measure ({known})"),
}


def unknown(plan: Plan, asked: Filter, value: str) -> Usage:
    """Say that the plan doesn't know a value, with the nearest one that exists or the flag that knows it."""
    known = ", ".join(_known(plan, asked.name))
    shown = truncate(value, 60)
    meant = next(_meant(plan, asked, value), None)
    if meant:
        what, flag = meant
        sentence = _(_INSTEAD[asked.name]).format(value=shown, what=what, known=known)
        return Usage(_("{sentence}. Did you mean {guess}?").format(sentence=sentence, guess=flag))
    sentence = _(_UNKNOWN[asked.name]).format(value=shown, known=known)
    guess = _nearest(plan, asked, value)
    if guess:
        sentence = _("{sentence}. Did you mean {guess}?").format(sentence=sentence, guess=guess)
    return Usage(sentence, _("Codes: plancli directorates") if asked.name in _CODES else "")


def _meant(plan: Plan, asked: Filter, value: str) -> Iterator[tuple[str, str]]:
    """Give what the value is to another flag, and that flag with it; the likeliest first."""
    codes = READERS["directorate"](plan, value)
    if codes and asked.name not in _CODES:
        yield _("a directorate"), f"-d {codes[0]}"
    if READERS["year"](plan, value) and asked.name not in ("calendar", "measure", "orientation"):
        yield _("a year"), f"-y {value}"
    calendars = years_of(plan, value.replace("/", "-"))
    if calendars and len(calendars[0]) > 1:
        yield _("a calendar"), f"--calendar {calendar(calendars[0])}"
    if asked.name in ("year", "calendar") and READERS["priority"](plan, value):
        yield _("a priority"), f"-p {value}"
    if asked.name == "orientation" and READERS["measure"](plan, value):
        yield _("a measure"), f"--measure {value}"
    if asked.name in _CODES:
        if any(str(action.number) == value for action in plan.actions):
            yield _("an action"), f"plancli show {value}"
        for acronym in plan.glossary:
            if fold(acronym.acronym) == fold(value):
                yield _("an acronym of the texts"), f"-t {acronym.acronym}"


def _nearest(plan: Plan, asked: Filter, value: str) -> str:
    """Give what should have been typed, as it would be typed; empty if nothing is near."""
    several = _several(plan, asked, value)
    if several:
        return f"{asked.flag} {several}"
    if asked.name in _CODES:
        return _nearest_code(plan, value)
    if asked.name == "year" and READERS["year"](plan, f"20{value}"):
        return f"20{value}"
    if asked.name == "calendar" and years_of(plan, "-".join(reversed(value.split("-")))):
        return "-".join(reversed(value.split("-")))
    if not value.isdecimal():
        digits = "".join(character for character in value if character.isdecimal())
        if READERS[asked.name](plan, digits):
            return digits
    return (closest(value, _known(plan, asked.name)) or "") if asked.name == "calendar" else ""


def _several(plan: Plan, asked: Filter, value: str) -> str:
    """Give ``DSJ,DACS`` for values that are parted by something else than a comma."""
    parts = value
    for mark in "|;+/&":
        parts = parts.replace(mark, " ")
    read = [READERS[asked.name](plan, part) for part in parts.split()]
    return ",".join(parts.split()) if len(read) > 1 and all(read) else ""


def _nearest_code(plan: Plan, value: str) -> str:
    codes = [directorate.code for directorate in plan.directorates]
    names = {directorate.name: directorate.code for directorate in plan.directorates if directorate.name}
    near = closest(value, codes)
    if near:
        return near
    name = next((name for name in names if fold(value) in fold(name)), None) if len(value) > 3 else None
    return names[name or closest(value, names) or ""] if name or closest(value, names) else ""


def _known(plan: Plan, name: str) -> Sequence[str]:
    if name == "year":
        return _runs(range(plan.period.start, plan.period.end + 1))
    if name == "calendar":
        calendars = {action.covered for action in plan.actions}
        return [calendar(years) for years in sorted(calendars, key=lambda years: (len(years), years))]
    if name == "priority":
        return [str(priority) for priority in plan.priorities]
    if name == "orientation":
        return _runs([orientation.number for orientation in plan.orientations])
    if name == "measure":
        return _runs([measure.number for measure in plan.measures])
    return ()


def _runs(numbers: Sequence[int]) -> list[str]:
    """Write numbers shortly: ``1-9``, ``1, 2, 4``; runs of three or more are drawn together."""
    if isinstance(numbers, range) and len(numbers) > 2:
        return [f"{numbers[0]}-{numbers[-1]}"]
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return [part for run in found for part in (map(str, run) if len(run) < 3 else [f"{run[0]}-{run[-1]}"])]
