"""Entries of progress: what is typed to an entry, and the edits that write it at its place."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plancli.dates import last_day, read_day, show_date
from plancli.errors import Usage
from plancli.i18n import N_, _, did_you_mean, use_language
from plancli.plan.document import Document
from plancli.plan.model import Action, Plan, Status
from plancli.plan.model.follow_up import status_entry
from plancli.plan.query.facets import parse_code
from plancli.plan.writer.edits import Edit, Insert
from plancli.text import closest, fold, nearly, truncate


def usual_statuses(language: str) -> tuple[Status, ...]:
    """Return a usual set of statuses in the language of a plan."""
    with use_language(language):
        return tuple(Status(_(name), is_closed, ("statuses", _(name))) for name, is_closed in _USUAL)


_USUAL = (
    (N_("to start"), False),
    (N_("in progress"), False),
    (N_("done"), True),
    (N_("suspended"), False),
    (N_("dropped"), True),
    (N_("no longer relevant"), True),
)
"""The usual statuses, and which of them are closed."""


def no_statuses(name: str, plan: Plan) -> Usage:
    """Return the error for a plan that nothing can be reported on yet."""
    usual = ", ".join(status.name for status in usual_statuses(plan.language))
    return Usage(
        _("{file} declares no statuses: nothing says what became of its actions").format(file=name),
        _("To begin: {command} ({statuses})").format(command="plancli progress --start", statuses=usual),
    )


def start_edits(name: str, plan: Plan) -> list[Edit]:
    """Return the edits that declare the usual statuses; raise Usage where there are some."""
    if plan.statuses:
        raise Usage(
            _("{file} declares statuses already: {statuses}").format(file=name, statuses=_names(plan)),
            _("Report: {command}").format(command="plancli report"),
        )
    usual = usual_statuses(plan.language)
    return [Insert(("statuses",), {each.name: {"closed": True} if each.closed else None for each in usual})]


def _names(plan: Plan) -> str:
    return ", ".join(status.name for status in plan.statuses)


def read_status(plan: Plan, words: str) -> str:
    """Return the status that is meant, whatever its case and accents; raise Usage for an unknown one."""
    names = [status.name for status in plan.statuses]
    found = [name for name in names if fold(name) == fold(words)]
    if found:
        return words if words in found else found[0]
    sentence = _("unknown status {status}").format(status=truncate(words, 60) or '""')
    raise Usage(
        did_you_mean(sentence, closest(words, names)), _("Statuses: {words}").format(words=", ".join(names))
    )


def read_report_day(words: str, today: str) -> str:
    """Return a day in ISO 8601, today where nothing is typed; raise Usage for what is none."""
    if not words:
        return today
    found = read_day(words)
    if found is None:
        raise Usage(
            _("{text} is no date").format(text=truncate(words, 60)), _("Write the day: {day}").format(day=today)
        )
    return found.isoformat()


def read_reporter(plan: Plan, words: str) -> str:
    """Return a declared code, or a name as it is typed; raise Usage for one that is nearly a code."""
    name = " ".join(words.split())
    codes = parse_code(plan, name)
    if codes:
        return codes[0]
    near = nearly(name, [directorate.code for directorate in plan.directorates])
    if near:
        sentence = _("{name} is nearly {code}").format(name=truncate(name, 60), code=near)
        raise Usage(
            did_you_mean(sentence, near),
            _("Codes: plancli directorates"),
        )
    return name


def read_percent(words: str) -> int:
    """Return a percentage from 0 to 100; raise Usage for anything else."""
    digits = words.strip().removesuffix("%").strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 3 and int(digits) <= 100):
        raise Usage(_("{text} is no percentage from 0 to 100").format(text=truncate(words, 60) or '""'))
    return int(digits)


def read_prose(words: str) -> str:
    """Return a note or a source on one line; raise Usage where nothing is left."""
    text = " ".join(words.split())
    if not text:
        raise Usage(_("the text is empty"), _("Leave the option out where there is nothing to say"))
    return text


KEYS = ("date", "status", "by", "percent", "note", "source")
"""The keys of an entry, in the order of the file."""


Reported = tuple[Action, Mapping[str, Any]]
"""An action, and the entry that it gets, as its file has it."""


def report_edits(document: Document, reported: Sequence[Reported]) -> list[Edit]:
    """Return the edits that write an entry for each action, at the place of its date."""
    edits: list[Edit] = []
    for action, entry in reported:
        data = {key: entry[key] for key in KEYS if entry.get(key) is not None}
        path = (*action.path, "progress")
        if document.at(path) is None:
            edits.append(Insert(path, [data]))
            continue
        day = last_day(data["date"])
        before = [place for place, each in enumerate(action.progress, 1) if last_day(each.date) <= day]
        edits.append(Insert((*path, max(before, default=0)), data))
    return edits


def report_warnings(plan: Plan, label: str, action: Action, entry: Mapping[str, Any], today: str) -> Iterator[str]:
    """Yield warnings about an entry that is about to be written."""
    day = last_day(entry["date"])
    shown = show_date(day)
    if day > today:
        yield _("{day} is in the future").format(day=shown)
    if int(day[:4]) < plan.period.start:
        yield _("{day} is before the plan starts ({year})").format(day=shown, year=plan.period.start)
    later = [each.date for each in action.progress if last_day(each.date) > day]
    if later:
        yield _("action {action} has a report of {day}: this one stands before it").format(
            action=label, day=show_date(max(later, key=last_day))
        )
    last = status_entry(each for each in action.progress if last_day(each.date) <= day)
    is_closed: dict[str | None, bool] = {each.name: each.closed for each in plan.statuses}
    if last and is_closed.get(last.status):
        yield _("action {action} was closed ({status}, {day})").format(
            action=label, status=last.status, day=show_date(last.date)
        )
    if last and entry.get("status") and last_day(last.date) == day:
        yield _("action {action} has a status of that day already ({status}): this one counts").format(
            action=label, status=last.status
        )
    status = entry.get("status") or (last.status if last else None)
    if entry.get("percent") == 100 and is_closed.get(status) is False:
        yield _("100 %, and still {status}").format(status=status)
