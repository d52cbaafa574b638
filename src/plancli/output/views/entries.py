"""Entries of progress as people read them."""

from collections.abc import Sequence

from plancli.dates import show_day
from plancli.i18n import _
from plancli.output.report import Definition, DefinitionList, Words
from plancli.plan.model import Entry
from plancli.plan.model.follow_up import last_day


def entry_list(entries: Sequence[Entry], label: Words = "", columns: int = 0) -> DefinitionList:
    """Return entries in the order given: the day, what became of the action, and below it what was said."""
    facts = []
    for entry in entries:
        facts.append(Definition(label, entry_head(entry), entry_day(entry).rjust(columns)))
        facts += [Definition(label, words) for words in (entry.note, entry.source) if words]
    return DefinitionList((tuple(facts),))


def entry_day(entry: Entry) -> str:
    """Return the day of an entry, for people."""
    return show_day(last_day(entry.date))


def entry_head(entry: Entry) -> str:
    """Return the status, the percentage and the reporter of an entry in one line."""
    percent = None if entry.percent is None else _("{percent} %").format(percent=entry.percent)
    return " · ".join(words for words in (entry.status, percent, entry.by) if words) or _("a note")
