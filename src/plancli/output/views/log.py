"""The plan commit by commit: the answer of ``log``."""

from collections.abc import Iterable, Iterator, Sequence

from plancli.dates import show_day
from plancli.i18n import _, ngettext
from plancli.output.report import (
    Block,
    Journal,
    JournalEntry,
    Mark,
    Marked,
    Note,
    Part,
    Purpose,
    Report,
    Sentence,
    Sheet,
    Words,
)
from plancli.output.views.changes import (
    SIGNS,
    by_action,
    decided,
    declaration_name,
    declaration_words,
    joined,
    moved_words,
    passage_words,
    renumbered_lines,
    runs,
    sign_of,
    title_name,
)
from plancli.output.views.review import KEYS, change_row, changes_data
from plancli.plan.model import Action, Plan
from plancli.review.change import Change, Kind
from plancli.review.diff import passages
from plancli.review.history import Entry, Subjects

FEW = 3
"""Up to so many actions that come or go in one commit have a line each; more have one together."""


def log_view(entries: Sequence[Entry], plan: Plan | None, subjects: Subjects, shallow: bool = False) -> Report:
    """Show what each commit meant, newest first; of a single action without repeating its number."""
    alone = len(subjects.numbers) == 1 and not subjects.codes
    parts: list[Part] = [tuple(_heads(entries, plan, subjects))]
    told = tuple(_told(entry, alone) for entry in entries)
    parts.append((Journal(told),) if told else ())
    notes = []
    if shallow:
        said = _("this clone is shallow; to fetch the older commits: {command}").format(
            command="git fetch --unshallow"
        )
        notes.append(Note(said, Purpose.QUESTION))
    return Report(
        tuple(part for part in parts if part), tuple(notes), data=log_data(entries), sheet=log_sheet(entries)
    )


def _heads(entries: Sequence[Entry], plan: Plan | None, subjects: Subjects) -> Iterator[Block]:
    """Say whose history it is: each action with its words now, or the last it had; each directorate."""
    known = {action.number: action for action in plan.actions} if plan else {}
    for number in sorted(subjects.numbers):
        action = known.get(number) or _last(entries, number)
        was = subjects.former.get(number)
        words = _("Action {number}, once {was}") if was else _("Action {number}")
        name = Marked(words.format(number=number, was=was), Mark.HEADING)
        yield Sentence((name, f" · {action.text}") if action else (name,), brief=True)
    names = {each.code: each.name for each in plan.directorates} if plan else {}
    for code in sorted(subjects.codes):
        name = Marked(code, Mark.HEADING)
        yield Sentence((name, f" · {names[code]}") if names.get(code) else (name,), brief=True)


def _last(entries: Iterable[Entry], number: int) -> Action | None:
    changes = (change for entry in entries for change in entry.changes)
    return next(
        (change.before for change in changes if change.kind is Kind.REMOVED and change.action == number), None
    )


def _day(entry: Entry) -> str:
    return show_day(entry.commit.date)


def _told(entry: Entry, alone: bool) -> JournalEntry:
    """Set a commit and a line for each thing it meant."""
    commit = entry.commit
    author, subject = (" ".join(words.split()) for words in (commit.author, commit.subject))
    return JournalEntry(_day(entry), commit.name[:7], author, subject, tuple(_lines(entry, alone)))


def _lines(entry: Entry, alone: bool) -> Iterator[Words]:
    if entry.trouble:
        yield (Marked(entry.trouble, Mark.WARNING),)
        return
    yield from _about_actions(entry, alone)
    yield from _about_others(entry)
    if not entry.changes:
        merged = len(entry.commit.parents) > 1
        yield (Marked(_("nothing beyond what was merged") if merged else _("layout only"), Mark.QUIET),)


def _about_actions(entry: Entry, alone: bool) -> Iterator[Words]:
    groups = by_action(entry.changes)
    added, removed = _of(groups, Kind.ADDED), _of(groups, Kind.REMOVED)
    if len(added) > FEW:
        words = ngettext("{n} action ({{numbers}})  added", "{n} actions ({{numbers}})  added", len(added))
        yield (SIGNS[Kind.ADDED], f" {words.format(numbers=runs(added))}")
    if len(removed) > FEW:
        words = ngettext("{n} action ({{numbers}})  removed", "{n} actions ({{numbers}})  removed", len(removed))
        yield (SIGNS[Kind.REMOVED], f" {words.format(numbers=runs(removed))}")
    crowds = {kind for kind in (Kind.ADDED, Kind.REMOVED) if len(_of(groups, kind)) > FEW}
    columns = max((len(str(group[0].action)) for group in groups), default=1)
    for group in groups:
        kind = sign_of(group)
        if kind in crowds or (kind is Kind.RENUMBERED and not alone):
            continue
        number = "" if alone else f"{group[0].action:>{columns}}  "
        yield joined([(SIGNS[kind], f" {number}", *_words(joined(_facts(group))))])
        if alone:
            yield from _passages(group)
    if not alone:
        yield from ((SIGNS[Kind.RENUMBERED], f" {line}") for line in renumbered_lines(entry.changes))


def _about_others(entry: Entry) -> Iterator[Words]:
    for change in entry.changes:
        if change.kind is Kind.RETITLED:
            yield (SIGNS[Kind.CHANGED], f" {title_name(change)}  {_('retitled')}")
        elif change.kind is Kind.MOVED and change.is_group_decision:
            yield (SIGNS[Kind.MOVED], f" {title_name(change)}  {moved_words(change)}")
        elif change.kind is Kind.DECLARED:
            yield (SIGNS[_fate(change)], f" {declaration_name(change)}  {declaration_words(change)}")


def _of(groups: Sequence[tuple[Change, ...]], kind: Kind) -> list[int]:
    return [group[0].action or 0 for group in groups if sign_of(group) is kind]


def _fate(change: Change) -> Kind:
    return Kind.ADDED if change.old is None else Kind.REMOVED if change.new is None else Kind.CHANGED


def _facts(group: Sequence[Change]) -> Iterator[Words]:
    change = group[0]
    if change.kind is Kind.ADDED:
        yield _("added to measure {number}").format(number=change.measure)
    elif change.kind is Kind.REMOVED:
        yield _("removed from measure {number}").format(number=change.measure)
    else:
        yield from decided(group, apart=True)


def _passages(group: Sequence[Change]) -> Iterator[Words]:
    before, after = group[0].before, group[0].after
    if before and after and before.text != after.text:
        for passage in passages(before.text, after.text):
            yield ("  ", *_words(passage_words(passage)))


def _words(words: Words) -> tuple[str | Marked, ...]:
    return (words,) if isinstance(words, str) else words


def log_data(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """Give the log as JSON has it; ``changes`` is null where nothing is known of them."""
    return [
        {
            "commit": entry.commit.name,
            "date": entry.commit.date,
            "author": entry.commit.author,
            "subject": entry.commit.subject,
            "changes": None if entry.trouble else changes_data(entry.changes),
        }
        for entry in entries
    ]


def log_sheet(entries: Iterable[Entry]) -> Sheet:
    """Give the log as CSV has it: a row a fact, its commit before it."""
    rows = []
    for entry in entries:
        commit = entry.commit
        head = (commit.name, commit.date, commit.author, commit.subject)
        rows += [(*head, *change_row(change)) for change in entry.changes]
    return Sheet(("commit", "date", "author", "subject", *KEYS), tuple(rows))
