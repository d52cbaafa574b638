"""What was reported of actions, in words: entries that came, were corrected or withdrawn."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from plancli.dates import show_day
from plancli.i18n import _, ngettext
from plancli.output.report import Block, Definition, DefinitionList, Paragraph, Section, Words, join
from plancli.output.views.change_names import ChangeNames
from plancli.output.views.changes import SIGNS, action_headline
from plancli.plan.model import Action
from plancli.plan.model.follow_up import status_entry
from plancli.review.change import Attribute, Change, ChangeKind, attributes_of


def by_reported_action(changes: Iterable[Change]) -> list[tuple[Change, ...]]:
    """Return the reports of each action, in their order."""
    own = (change for change in changes if change.kind is ChangeKind.REPORTED)
    return [tuple(group) for _key, group in groupby(own, key=lambda change: (id(change.before), id(change.after)))]


def report_section(changes: Sequence[Change], names: ChangeNames) -> Section:
    """Return the section of what was reported of one action: its status before and now, and each entry."""
    change = changes[0]
    action = change.after or change.before
    body: list[Block] = [Paragraph(action.text, brief=True)] if action else []
    facts = tuple(Definition(report_day(each), words) for each in changes if (words := _details(each)))
    if facts:
        body.append(DefinitionList((facts,)))
    sign = SIGNS[ChangeKind.REPORTED]
    return Section(action_headline(change), tuple(body), sign, report_words(changes), names.home(change))


def report_words(changes: Sequence[Change]) -> str:
    """Return in a few words what reports come to: the status before and now, and the day of the newest."""
    change = changes[-1]
    was, now = (_status(action) for action in (change.before, change.after))
    if was and was != now:
        said = _shift(change, was, now)
    elif change.new is None:
        said = _("entry of {day} withdrawn").format(day=report_day(change))
    elif change.old is not None:
        said = _("entry of {day} corrected").format(day=report_day(change))
    else:
        said = _shift(change, None, now)
    if len(changes) > 1:
        count = ngettext("{n} entry", "{n} entries", len(changes))
        return _("{said}, {count}").format(said=said, count=count)
    return said


def _shift(change: Change, was: str | None, now: str | None) -> str:
    """Return a status, as it was and is now if it changed, with the day of an entry."""
    words = now or _("reported")
    if was and was != now:
        words = _("{old} → {new}").format(old=was, new=now or _("not reported"))
    return _("{words} ({day})").format(words=words, day=report_day(change))


def entry_words(change: Change) -> Words:
    """Return one entry on one line: its status, with the one before it, its day, and what else it says."""
    entry = attributes_of(change.new)
    if entry and change.old is None and change.after:
        earlier = [each for each in change.after.progress if each.date < str(entry["date"])]
        known = status_entry(earlier)
        status = entry.get("status")
        said = _shift(change, known.status if known and status else None, str(status) if status else None)
    else:
        said = report_words((change,))
    details = _details(change)
    return join((said, details)) if details else said


def report_day(change: Change) -> str:
    """Return the day of an entry, as it is now."""
    return show_day(str((attributes_of(change.new) or attributes_of(change.old)).get("date")))


def _status(action: Action | None) -> str | None:
    entry = status_entry(action.progress) if action else None
    return entry.status if entry else None


def _percent(percent: Attribute) -> str:
    return _("{n} %").format(n=percent)


def _details(change: Change) -> Words:
    """Return what an entry says besides its status; of a corrected one what differs."""
    old, new = attributes_of(change.old), attributes_of(change.new)
    if old and new:
        return ", ".join(_corrections(old, new))
    entry = new or old
    return join(_said(entry))


def _said(entry: dict[str, Attribute]) -> Iterator[str]:
    if entry.get("percent") is not None:
        yield _percent(entry["percent"])
    yield from (str(entry[key]) for key in ("by", "note", "source") if entry.get(key))


def _corrections(old: dict[str, Attribute], new: dict[str, Attribute]) -> Iterator[str]:
    labels = {
        "date": _("date"),
        "status": _("status"),
        "by": _("reported by"),
        "percent": _("percent"),
        "note": _("note"),
        "source": _("source"),
    }
    for key, label in labels.items():
        if old.get(key) != new.get(key):
            before, after = (_("none") if side.get(key) is None else side[key] for side in (old, new))
            yield _("{field} {old} → {new}").format(field=label, old=before, new=after)
