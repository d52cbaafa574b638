"""``plancli report``: what became of actions, as dated entries in the plan's file."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from plancli.cli import completion
from plancli.cli.options import EditOptions, OptionGroup, OutputOptions, argument, option, refuse_to_overwrite_plan
from plancli.cli.streams import ask, can_ask, print_err
from plancli.cli.text_input import read_text
from plancli.dates import today
from plancli.errors import Usage
from plancli.i18n import N_, _, did_you_mean
from plancli.text import escape_control, fold, quote_argument, truncate

if TYPE_CHECKING:
    from plancli.loader import Loaded
    from plancli.plan.model import Action, Plan

EXAMPLES = (
    'plancli report 12 --status "en cours" --percent 40 --by DIHAL',
    'plancli report 12,14 18-20 --status réalisé --date 2022-06-30 --source "PV du 30 juin 2022"',
    'plancli report 9 --note "Le comité se réunit en mai." --dry-run',
)

T = TypeVar("T")
EntryData = dict[str, Any]


class EntryOptions(OptionGroup):
    """The values of a new entry, as typed."""

    status: str | None = option(
        N_("WORDS"), N_("One of the plan's statuses, whatever its case and accents."), completion.statuses
    )
    date: str | None = option(N_("DATE"), N_("The day it is about (2025-06-30); else today."))
    by: str | None = option(N_("CODE"), N_("Who reported: a directorate, or a name."), completion.codes)
    percent: str | None = option(N_("PERCENT"), N_("How much of it is done, from 0 to 100."))
    note: str | None = option(N_("TEXT"), N_("What is to be said of it; @FILE is a file's text."))
    source: str | None = option(N_("TEXT"), N_("Where it stands: an address, the name of a document."))

    def entry(self, plan: "Plan", day: str) -> EntryData:
        """Return the entry that was typed; raise Usage for an impossible value, and where nothing was typed."""
        from plancli.edit.progress import read_percent, read_prose, read_report_day, read_reporter, read_status

        entry: EntryData = {"date": read_report_day(self.date or "", day)}
        if self.status is not None:
            entry["status"] = read_status(plan, self.status)
        if self.percent is not None:
            entry["percent"] = read_percent(self.percent)
        if self.note is not None:
            entry["note"] = read_prose(read_text(self.note))
        if self.source is not None:
            entry["source"] = read_prose(self.source)
        if len(entry) == 1:
            raise Usage(
                _("nothing is reported"), _("Give it: {option}").format(option="--status, --percent, --note")
            )
        if self.by is not None:
            entry["by"] = read_reporter(plan, self.by)
        return entry


def command(
    numbers: list[str] = argument(N_("NUMBER"), N_("Actions: 9, 18-20, a code."), completion.actions),
    *,
    what: EntryOptions,
    answer: OutputOptions,
    target: EditOptions,
) -> int:
    """Write a dated entry at its place in each action; every other byte stays. Without options it asks."""
    from plancli.edit.blocks import find_actions
    from plancli.edit.edited_plan import edited_source
    from plancli.edit.progress import no_statuses, report_edits, report_warnings
    from plancli.output.views.values import action_name
    from plancli.output.views.written import reported_view

    loaded = target.load()
    plan, day = loaded.plan, today()
    refuse_to_overwrite_plan(answer.output, [target.path])
    if not plan.statuses:
        raise no_statuses(loaded.name, plan)
    _refuse_status(plan, numbers, what)
    reported = list(_entries(loaded, find_actions(loaded, numbers), what, day))
    new = edited_source(loaded.checked, report_edits(loaded.document, reported))
    for action, entry in reported:
        for sentence in report_warnings(plan, action_name(action), action, entry, day):
            print_err(_("warning: {message}").format(message=sentence))
    return answer.write(reported_view(plan, reported, target.write(loaded, new)), target.path)


def _refuse_status(plan: "Plan", words: list[str], what: EntryOptions) -> None:
    """Raise Usage for a status, or the rest of one, where an action is named: ``report 9 --status en cours``."""
    statuses = {fold(status.name): status.name for status in plan.statuses}
    codes = {action.code for action in plan.actions}
    for place, word in enumerate(words):
        whole = what.status and statuses.get(fold(" ".join([what.status, *words[place:]])))
        if whole:
            sentence = _("unexpected {arg}").format(arg=word)
            raise Usage(did_you_mean(sentence, f"--status {quote_argument(whole)}"))
        name = statuses.get(fold(word.removeprefix("status=")))
        if name and word not in codes:
            sentence = _("{value} is {what}, not an action").format(value=word, what=_("a status"))
            raise Usage(did_you_mean(sentence, f"--status {quote_argument(name)}"))


def _entries(
    loaded: "Loaded", actions: "Sequence[Action]", what: EntryOptions, day: str
) -> "Iterator[tuple[Action, EntryData]]":
    """Yield an entry for each action: of what was typed, or of the answers to questions where nothing was."""
    if all(value is None for value in vars(what).values()) and can_ask():
        for action in actions:
            yield action, _ask_entry(loaded.plan, action, day)
    else:
        entry = what.entry(loaded.plan, day)
        yield from ((action, entry) for action in actions)


def _ask_entry(plan: "Plan", action: "Action", day: str) -> EntryData:
    """Return the entry that is typed line by line."""
    from plancli.edit.progress import read_percent, read_prose, read_report_day, read_reporter, read_status
    from plancli.output.views.values import action_name
    from plancli.plan.model.follow_up import status_entry

    last = status_entry(action.progress)
    percents = [entry.percent for entry in action.progress if entry.percent is not None]
    print_err(_("Action {number}").format(number=action_name(action)))
    print_err(f"    {truncate(' '.join(action.text.split()), 74)}")
    words = ", ".join(status.name for status in plan.statuses)
    status = (last.status if last else None) or ""
    pilot = action.pilots[0] if action.pilots else ""
    percent = str(percents[-1]) if percents else ""
    entry: EntryData = {}
    asked: tuple[tuple[str, str, str, Callable[[str], Any]], ...] = (
        ("status", _("Status ({words})").format(words=words), status, lambda text: read_status(plan, text)),
        ("date", _("Date"), day, lambda text: read_report_day(text, day)),
        ("by", _("By"), pilot, lambda text: read_reporter(plan, text)),
        ("percent", _("Percent"), percent, read_percent),
        ("note", _("Note"), "", read_prose),
        ("source", _("Source"), "", read_prose),
    )
    for key, question, known, read in asked:
        if known and key in _TAKEN:
            question = f"{question} [{known}]"
        elif known:
            question = _("{question}, now {value}").format(question=question, value=known)
        value = _ask_value(question, known * (key in _TAKEN), read)
        if value is not None:
            entry[key] = value
    if not entry.keys() - {"date", "by"}:
        raise Usage(_("nothing is reported"))
    return entry


_TAKEN = ("date", "by")
"""The keys for which an empty line means the value shown, in brackets; for others it means no new value."""


def _ask_value(question: str, known: str, read: Callable[[str], T]) -> T | None:
    """Return what is typed after a question, or else ``known``; None for neither."""
    question = escape_control(_("{question}:").format(question=question))
    return ask(question, lambda typed: read(typed or known) if typed or known else None)
