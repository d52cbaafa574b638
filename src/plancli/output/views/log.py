"""The plan commit by commit: the answer of ``log``."""

from collections.abc import Iterable, Iterator, Sequence

from plancli.dates import show_day
from plancli.i18n import _, ngettext
from plancli.output.report import (
    Block,
    Blocks,
    Journal,
    JournalEntry,
    Note,
    NoteKind,
    Paragraph,
    Records,
    Report,
    Style,
    Styled,
    Words,
    join,
    parts_of,
)
from plancli.output.views.change_names import ChangeNames
from plancli.output.views.changes import (
    SIGNS,
    by_action,
    describe_changes,
    is_worded,
    other_name,
    other_sign,
    other_words,
    passage_words,
    renumbered_lines,
    sign_of,
)
from plancli.output.views.reports import by_reported_action, entry_words, report_words
from plancli.output.views.review import change_row, changes_data, keys_of_changes
from plancli.output.views.values import group_titles
from plancli.plan.model import Action, Plan
from plancli.review.change import Change, ChangeKind
from plancli.review.diff import passages
from plancli.review.history import LogEntry, Subjects

FEW_ACTIONS = 3
"""Up to this many actions added or removed in a commit have a line each; more have one line together."""


def log_view(
    entries: Sequence[LogEntry],
    plan: Plan | None,
    subjects: Subjects,
    shallow: bool = False,
    asked: Sequence[str] = (),
) -> Report:
    """Return what each commit meant, newest first; for a single action without its number on each line.

    ``asked`` says which commits are asked for, in words.
    """
    alone = len(subjects.numbers) == 1 and not subjects.codes and not subjects.groups
    parts: list[Blocks] = [tuple(_heads(entries, plan, subjects))]
    journal = tuple(_journal_entry(entry, alone) for entry in entries)
    parts.append((Journal(journal),) if journal else ())
    notes = []
    if asked:
        count = ngettext("{n} commit", "{n} commits", len(entries))
        notes = [Note(count, NoteKind.COUNT), *(Note(words, NoteKind.QUESTION) for words in asked)]
    if shallow:
        said = _("this clone is shallow; to fetch the older commits: {command}").format(
            command="git fetch --unshallow"
        )
        notes.append(Note(said, NoteKind.QUESTION))
    return Report(
        tuple(part for part in parts if part), tuple(notes), data=log_data(entries), records=log_records(entries)
    )


def _heads(entries: Sequence[LogEntry], plan: Plan | None, subjects: Subjects) -> Iterator[Block]:
    """Yield the subjects: each action with its text now, or the last it had; each directorate with its name."""
    known = {action.number: action for action in plan.actions} if plan else {}
    for number in sorted(subjects.numbers):
        action = known.get(number) or _last(entries, number)
        was = subjects.former.get(number)
        words = _("Action {number}, once {was}") if was else _("Action {number}")
        name = Styled(
            words.format(number=action.code if action and action.code else number, was=was), Style.HEADING
        )
        yield Paragraph((name, f" · {action.text}") if action else (name,), brief=True)
    titles = group_titles(plan) if plan and subjects.groups else {}
    for group in plan.all_groups if plan else ():
        if group.place in subjects.groups:
            name = Styled(titles[group.path], Style.HEADING)
            yield Paragraph((name, f" · {group.title}"), brief=True)
    names = {each.code: each.name for each in plan.directorates} if plan else {}
    for code in sorted(subjects.codes):
        name = Styled(code, Style.HEADING)
        yield Paragraph((name, f" · {names[code]}") if names.get(code) else (name,), brief=True)


def _last(entries: Iterable[LogEntry], number: int) -> Action | None:
    changes = (change for entry in entries for change in entry.changes)
    return next(
        (change.before for change in changes if change.kind is ChangeKind.REMOVED and change.action == number),
        None,
    )


def _day(entry: LogEntry) -> str:
    return show_day(entry.commit.date)


def _journal_entry(entry: LogEntry, alone: bool) -> JournalEntry:
    """Return an entry: the commit, and a line for each change."""
    commit = entry.commit
    author, subject = (" ".join(words.split()) for words in (commit.author, commit.subject))
    return JournalEntry(_day(entry), commit.name[:7], author, subject, tuple(_lines(entry, alone)))


def _lines(entry: LogEntry, alone: bool) -> Iterator[Words]:
    if entry.error:
        yield (Styled(entry.error, Style.WARNING),)
        return
    names = ChangeNames(entry.old, entry.new)
    yield from _about_actions(entry, names, alone)
    yield from _about_reports(entry, names, alone)
    yield from _about_others(entry, names)
    if not entry.changes:
        merged = len(entry.commit.parents) > 1
        yield (Styled(_("nothing beyond what was merged") if merged else _("layout only"), Style.QUIET),)


def _about_actions(entry: LogEntry, names: ChangeNames, alone: bool) -> Iterator[Words]:
    groups = by_action(entry.changes)
    added, removed = _of(groups, ChangeKind.ADDED), _of(groups, ChangeKind.REMOVED)
    if len(added) > FEW_ACTIONS:
        words = ngettext("{n} action ({{numbers}})  added", "{n} actions ({{numbers}})  added", len(added))
        yield (SIGNS[ChangeKind.ADDED], f" {words.format(numbers=names.actions(added))}")
    if len(removed) > FEW_ACTIONS:
        words = ngettext("{n} action ({{numbers}})  removed", "{n} actions ({{numbers}})  removed", len(removed))
        yield (SIGNS[ChangeKind.REMOVED], f" {words.format(numbers=names.actions(removed))}")
    crowds = {kind for kind in (ChangeKind.ADDED, ChangeKind.REMOVED) if len(_of(groups, kind)) > FEW_ACTIONS}
    columns = max((len(names.action(group[0].action)) for group in groups), default=1)
    for group in groups:
        kind = sign_of(group)
        if kind in crowds or (kind is ChangeKind.RENUMBERED and not alone):
            continue
        number = "" if alone else f"{names.action(group[0].action):>{columns}}  "
        yield (SIGNS[kind], f" {number}", *join(_facts(group, names)))
        if alone:
            yield from _passages(group)
    if not alone:
        yield from ((SIGNS[ChangeKind.RENUMBERED], f" {line}") for line in renumbered_lines(entry.changes))


def _about_reports(entry: LogEntry, names: ChangeNames, alone: bool) -> Iterator[Words]:
    """Yield what was reported: of a single action each entry, of several a line each, of many one together."""
    sign = SIGNS[ChangeKind.REPORTED]
    reported = by_reported_action(entry.changes)
    if alone:
        yield from ((sign, " ", *parts_of(entry_words(change))) for group in reported for change in group)
    elif len(reported) > FEW_ACTIONS:
        numbers = names.actions(group[0].action or 0 for group in reported)
        words = ngettext(
            "{n} action ({{numbers}})  reported", "{n} actions ({{numbers}})  reported", len(reported)
        )
        yield (sign, f" {words.format(numbers=numbers)}")
    else:
        columns = max((len(names.action(group[0].action)) for group in reported), default=1)
        for group in reported:
            yield (sign, f" {names.action(group[0].action):>{columns}}  {report_words(group)}")


def _about_others(entry: LogEntry, names: ChangeNames) -> Iterator[Words]:
    for change in entry.changes:
        if not change.has_action:
            words = other_words(change, entry.old, entry.new)
            yield (other_sign(change), f" {other_name(change, names)}  {words}")


def _of(groups: Sequence[tuple[Change, ...]], kind: ChangeKind) -> list[int]:
    return [group[0].action or 0 for group in groups if sign_of(group) is kind]


def _facts(group: Sequence[Change], names: ChangeNames) -> Iterator[Words]:
    change = group[0]
    is_usual = names.is_usual and change.groups is None
    if change.kind is ChangeKind.ADDED:
        said = _("added to measure {number}") if is_usual else _("added: {group}")
        yield said.format(number=change.measure, group=names.home(change) or _("the top"))
    elif change.kind is ChangeKind.REMOVED:
        said = _("removed from measure {number}") if is_usual else _("removed: {group}")
        yield said.format(number=change.measure, group=names.home(change) or _("the top"))
    else:
        yield from describe_changes(group, names, apart=True)


def _passages(group: Sequence[Change]) -> Iterator[Words]:
    before, after = group[0].before, group[0].after
    if before and after and before.text != after.text:
        for passage in passages(before.text, after.text):
            yield ("  ", *passage_words(passage))
    for change in group:
        if change.entry and change.entry.declared and is_worded(change.entry, change.old, change.new):
            for passage in passages(str(change.old), str(change.new)):
                yield (f"  {change.entry.name}  ", *passage_words(passage))


def log_data(entries: Iterable[LogEntry]) -> list[dict[str, object]]:
    """Return the log for JSON; ``changes`` is null where the changes are unknown."""
    return [
        {
            "commit": entry.commit.name,
            "date": entry.commit.date,
            "author": entry.commit.author,
            "subject": entry.commit.subject,
            "changes": None if entry.error else changes_data(entry.changes),
        }
        for entry in entries
    ]


def log_records(entries: Sequence[LogEntry]) -> Records:
    """Return the log for CSV: a row a change, with its commit."""
    rows = []
    keys = keys_of_changes([change for entry in entries for change in entry.changes])
    for entry in entries:
        commit = entry.commit
        head = (commit.name, commit.date, commit.author, commit.subject)
        rows += [(*head, *change_row(change, keys)) for change in entry.changes]
    return Records(("commit", "date", "author", "subject", *keys), tuple(rows))
