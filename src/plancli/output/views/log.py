"""The plan commit by commit: the answers of ``log``, and of ``show --blame``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plancli.dates import show_date
from plancli.git import Commit
from plancli.i18n import _, ngettext
from plancli.output.report import (
    Block,
    Blocks,
    Column,
    ColumnKind,
    InlineList,
    Journal,
    JournalEntry,
    Note,
    NoteKind,
    Paragraph,
    Records,
    Report,
    Style,
    Styled,
    Table,
    Words,
)
from plancli.output.views.changes import (
    SIGNS,
    ChangeNames,
    by_action,
    describe_changes,
    entry_words,
    field_passages,
    passage_words,
    renumbered_lines,
    report_words,
    sign_of,
)
from plancli.output.views.declarations import other_name, other_sign, other_words
from plancli.output.views.review import change_row, changes_data, keys_of_changes
from plancli.output.views.values import action_name, group_titles
from plancli.plan.model import Action, Plan, level_of
from plancli.review.change import Change, ChangeKind
from plancli.review.diff.sequences import passages
from plancli.review.history import LogEntry, Subjects
from plancli.text import fold

FEW_ACTIONS = 3
"""Up to this many actions added or removed in a commit have a line each; more have one line together."""


def log_view(
    entries: Sequence[LogEntry],
    plan: Plan | None,
    subjects: Subjects,
    shallow: bool = False,
    commit_filters: Sequence[str] = (),
) -> Report:
    """Return what each commit meant, newest first; for a single action without its number on each line.

    ``commit_filters`` says which commits are asked for, in words.
    """
    alone = len(subjects.numbers) == 1 and not subjects.codes and not subjects.groups
    journal = tuple(JournalEntry(*_commit_words(entry.commit), tuple(_lines(entry, alone))) for entry in entries)
    parts: tuple[Blocks, ...] = (tuple(_heads(entries, plan, subjects)), (Journal(journal),))
    notes = []
    if commit_filters:
        count = ngettext("{n} commit", "{n} commits", len(entries))
        notes = [Note(count, NoteKind.COUNT), *(Note(words, NoteKind.QUESTION) for words in commit_filters)]
    if shallow:
        said = _("this clone is shallow; to fetch the older commits: {command}").format(
            command="git fetch --unshallow"
        )
        notes.append(Note(said, NoteKind.QUESTION))
    return Report(parts, tuple(notes), data=_log_data(entries), records=_log_records(entries))


def _heads(entries: Sequence[LogEntry], plan: Plan | None, subjects: Subjects) -> Iterator[Block]:
    """Yield the subjects: each action with its text now, or the last it had; each directorate with its name."""
    known = {action.number: action for action in plan.actions} if plan else {}
    for number in sorted(subjects.numbers):
        action = known.get(number) or _last(entries, number)
        was = subjects.former.get(number)
        name = action_name(action) if action else str(number)
        words = _("Action {number}, once {was}") if was and fold(str(was)) != fold(name) else _("Action {number}")
        yield _head(words.format(number=name, was=was), action and action.text)
    titles = group_titles(plan) if plan and subjects.groups else {}
    for group in plan.all_groups if plan else ():
        if group.place in subjects.groups:
            yield _head(titles[group.path], group.title)
    names = {each.code: each.name for each in plan.directorates} if plan else {}
    for code in sorted(subjects.codes):
        yield _head(code, names.get(code) or None)


def _head(name: str, text: str | None) -> Paragraph:
    heading = Styled(name, Style.HEADING)
    return Paragraph((heading,) if text is None else (heading, f" · {text}"), brief=True)


def _last(entries: Iterable[LogEntry], number: int) -> Action | None:
    changes = (change for entry in entries for change in entry.changes)
    return next(
        (change.before for change in changes if change.kind is ChangeKind.REMOVED and change.action == number),
        None,
    )


def _commit_words(commit: Commit) -> tuple[str, str, str, str]:
    """Return the day of a commit, its short name, its author and its title, for people."""
    author, subject = (" ".join(words.split()) for words in (commit.author, commit.subject))
    return show_date(commit.date), commit.name[:7], author, subject


COMMIT_KEYS = ("commit", "date", "author", "subject")
"""The keys of a commit in JSON and CSV."""


def _values(commit: Commit) -> tuple[str, str, str, str]:
    return commit.name, commit.date, commit.author, commit.subject


def _lines(entry: LogEntry, alone: bool) -> Iterator[Words | InlineList]:
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


def _about_actions(entry: LogEntry, names: ChangeNames, alone: bool) -> Iterator[Words | InlineList]:
    groups = by_action(entry.changes)
    columns = max((len(names.action(group[0].action)) for group in groups), default=1)
    for kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
        own = [group[0].action or 0 for group in groups if sign_of(group) is kind]
        if len(own) > FEW_ACTIONS:
            added = ngettext("{n} action ({{numbers}})  added", "{n} actions ({{numbers}})  added", len(own))
            removed = ngettext("{n} action ({{numbers}})  removed", "{n} actions ({{numbers}})  removed", len(own))
            words = added if kind is ChangeKind.ADDED else removed
            yield (SIGNS[kind], f" {words.format(numbers=names.actions(own))}")
            groups = [group for group in groups if sign_of(group) is not kind]
    for group in groups:
        kind = sign_of(group)
        if kind is ChangeKind.RENUMBERED and not alone:
            continue
        number = "" if alone else f"{names.action(group[0].action):>{columns}}  "
        yield InlineList(tuple(_facts(group, names)), (SIGNS[kind], f" {number}"), list=True, hanging=True)
        if alone:
            yield from _passages(group)
    if not alone:
        yield from ((SIGNS[ChangeKind.RENUMBERED], f" {line}") for line in renumbered_lines(entry.changes))


def _about_reports(entry: LogEntry, names: ChangeNames, alone: bool) -> Iterator[Words | InlineList]:
    """Yield what was reported: of a single action each entry, of several a line each, of many one together."""
    sign = SIGNS[ChangeKind.REPORTED]
    reported = by_action(entry.changes, reported=True)
    if alone:
        for group in reported:
            for change in group:
                yield InlineList(entry_words(change), (sign, " "), list=True, hanging=True)
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
            yield (other_sign(change), f" {other_name(change, names)}  {other_words(change, names)}")


def _facts(group: Sequence[Change], names: ChangeNames) -> Iterator[Words]:
    change = group[0]
    if change.kind not in (ChangeKind.ADDED, ChangeKind.REMOVED):
        yield from describe_changes(group, names, apart=True)
        return
    is_usual = names.is_usual and change.groups is None
    if change.kind is ChangeKind.ADDED:
        said = _("added to measure {number}") if is_usual else _("added: {group}")
    else:
        said = _("removed from measure {number}") if is_usual else _("removed: {group}")
    yield said.format(number=change.measure, group=names.home(change) or _("the top"))


def _passages(group: Sequence[Change]) -> Iterator[Words]:
    before, after = group[0].before, group[0].after
    if before and after and before.text != after.text:
        for passage in passages(before.text, after.text):
            yield ("  ", *passage_words(passage))
    for name, found in field_passages(group):
        yield from ((f"  {name}  ", *passage_words(passage)) for passage in found)


def _log_data(entries: Iterable[LogEntry]) -> list[dict[str, object]]:
    """Return the log for JSON; ``changes`` is null where the changes are unknown."""
    return [
        {
            **dict(zip(COMMIT_KEYS, _values(entry.commit), strict=True)),
            "changes": None if entry.error else changes_data(entry.changes),
        }
        for entry in entries
    ]


def _log_records(entries: Sequence[LogEntry]) -> Records:
    """Return the log for CSV: a row a change, with its commit."""
    keys = keys_of_changes([change for entry in entries for change in entry.changes])
    rows = [(*_values(entry.commit), *change_row(each, keys)) for entry in entries for each in entry.changes]
    return Records((*COMMIT_KEYS, *keys), tuple(rows))


# Who last changed each field of an action.


def blame_view(plan: Plan, blamed: Sequence[tuple[Action, Action | None, Mapping[str, LogEntry]]]) -> Report:
    """Return the report of some actions: each as it is now and as it was last committed, and its last changes.

    In JSON and CSV, what is said of a commit is null where a field isn't committed yet.
    """
    parts: list[Blocks] = []
    rows: list[tuple[object, ...]] = []
    for action, committed, changes in blamed:
        lines = list(_fields(plan, action, committed, changes))
        parts.append((_head(_("Action {number}").format(number=action_name(action)), action.text),))
        parts.append((_table(lines),))
        unknown = (None,) * len(COMMIT_KEYS)
        rows += [(action.number, key, *(_values(last.commit) if last else unknown)) for key, _name, last in lines]
    names = " ".join(action_name(action) for action, _committed, _changes in blamed)
    hint = Note(_("how it came to be: {command}").format(command=f"plancli log {names}"), NoteKind.HINT)
    return Report(tuple(parts), (hint,), records=Records(("number", "field", *COMMIT_KEYS), tuple(rows)))


def _table(lines: Sequence[tuple[str, str, LogEntry | None]]) -> Table:
    columns = (
        Column("field", _("Field"), bold=True),
        Column("date", _("Changed")),
        Column("commit", _("Commit")),
        Column("author", _("Author")),
        Column("subject", _("Title"), ColumnKind.TEXT),
    )
    return Table(columns, tuple((name, *_cells(entry)) for _key, name, entry in lines))


def _cells(last: LogEntry | None) -> tuple[str, str, str, str]:
    if last is None:
        return _("not committed"), "", "", ""
    return _commit_words(last.commit)


def _fields(
    plan: Plan, action: Action, committed: Action | None, changes: Mapping[str, LogEntry]
) -> Iterator[tuple[str, str, LogEntry | None]]:
    """Yield key, name and last change of the place of an action and of each field that it has."""
    first = changes.get("")
    if action.place:
        known = changes.get("measure", first)
        level = level_of(plan, len(action.place)).name
        yield "measure", level, known if committed and committed.place == action.place else None
    for field in plan.fields:
        value = action.value(field.key)
        if value is not None and value != ():
            same = committed is not None and field.is_same(committed.value(field.key), value)
            yield field.key, field.name, changes.get(field.key, first) if same else None
