"""Who last changed each field of an action, when, and in which commit: the answer of ``show --blame``."""

from collections.abc import Iterator, Mapping, Sequence

from plancli.dates import show_day
from plancli.i18n import _
from plancli.output.report import (
    Blocks,
    Column,
    ColumnKind,
    Note,
    NoteKind,
    Paragraph,
    Records,
    Report,
    Style,
    Styled,
    Table,
)
from plancli.output.views.values import name_of
from plancli.plan.model import Action, Plan, level_of
from plancli.review.history import LogEntry
from plancli.text import truncate

_LONGEST_NAME = 20
"""Columns of the longest name of a person in the table; other formats have it whole."""

BLAME_KEYS = ("number", "field", "commit", "date", "author", "subject")
"""The keys of a field in JSON and CSV; ``commit`` and what follows are null where it isn't committed yet."""


def blame_view(plan: Plan, blamed: Sequence[tuple[Action, Action | None, Mapping[str, LogEntry]]]) -> Report:
    """Return the report of some actions: each as it is now and as it was last committed, and its last changes."""
    parts: list[Blocks] = []
    rows: list[tuple[object, ...]] = []
    for action, committed, changes in blamed:
        lines = list(_lines(plan, action, committed, changes))
        name = Styled(_("Action {number}").format(number=name_of(action)), Style.HEADING)
        parts.append((Paragraph((name, f" · {action.text}"), brief=True),))
        parts.append((_table(lines),))
        rows += [(action.number, key, *_data(entry)) for key, _name, entry in lines]
    names = " ".join(name_of(action) for action, _committed, _changes in blamed)
    hint = Note(_("how it came to be: {command}").format(command=f"plancli log {names}"), NoteKind.HINT)
    return Report(tuple(parts), (hint,), records=Records(BLAME_KEYS, tuple(rows)))


def _table(lines: Sequence[tuple[str, str, LogEntry | None]]) -> Table:
    columns = (
        Column("field", _("Field"), bold=True),
        Column("date", _("Changed")),
        Column("commit", _("Commit")),
        Column("author", _("Author"), drop_order=1),
        Column("subject", _("Title"), ColumnKind.TEXT),
    )
    return Table(columns, tuple((name, *_cells(entry)) for _key, name, entry in lines))


def _cells(entry: LogEntry | None) -> tuple[str, str, str, str]:
    if entry is None:
        return _("not committed"), "", "", ""
    commit = entry.commit
    author, subject = (" ".join(words.split()) for words in (commit.author, commit.subject))
    return show_day(commit.date), commit.name[:7], truncate(author, _LONGEST_NAME), subject


def _data(entry: LogEntry | None) -> tuple[str | None, ...]:
    if entry is None:
        return None, None, None, None
    commit = entry.commit
    return commit.name, commit.date, commit.author, commit.subject


def _lines(
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
