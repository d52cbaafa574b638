"""``plancli log``: what each commit meant for the plan, or for some actions or directorates."""

from typing import TYPE_CHECKING, Any

from plancli.cli import completion
from plancli.cli.options import (
    OptionGroup,
    OutputOptions,
    PlanOptions,
    argument,
    option,
    read_since_until,
    whole_number,
)
from plancli.errors import Usage
from plancli.i18n import N_, _

if TYPE_CHECKING:
    from plancli.plan.model import Plan
    from plancli.review.history import LogEntry, Subjects

EXAMPLES = (
    "plancli log",
    "plancli log 28",
    "plancli log M7",
    "plancli log DSJ --format json",
    "plancli log --since 2021-06 --author DIHAL",
    "plancli log 12 --at main -n 5",
)


class CommitOptions(OptionGroup):
    """The filters of commits."""

    count: str | None = option(N_("COUNT"), N_("So many commits at most."), names=("-n", "--max-count"))
    since: str | None = option(N_("DATE"), N_("From that day, month or year on: 2021-06-24, 2021-06, 2021."))
    until: str | None = option(N_("DATE"), N_("Up to that day, month or year, included."))
    author: list[str] | None = option(N_("NAME"), N_("By an author whose name holds this; repeated: or."))

    def __init__(self, **values: Any) -> None:
        """Raise Usage for a number, a date or a name that is none, before any plan is read."""
        super().__init__(**values)
        if not all(name.strip() for name in self.author or ()):
            raise Usage(_("{option} needs a value").format(option="--author"))
        most = self.count
        self.most = None if most is None else whole_number(most, "--max-count", "plancli log", least=1)
        self.start, self.end = read_since_until(self.since, self.until)

    def keep(self, entry: "LogEntry") -> bool:
        """Return whether an entry passes the filters: its day and its author."""
        from plancli.text import fold

        day, author = entry.commit.date[:10], fold(entry.commit.author)
        return (
            (not self.start or day >= self.start)
            and (not self.end or day <= self.end)
            and (not self.author or any(fold(name) in author for name in self.author))
        )

    def words(self) -> list[str]:
        """Return the filters of commits, in words."""
        from plancli.dates import show_date

        asked = [_("since {date}").format(date=show_date(self.start))] if self.start else []
        asked += [_("until {date}").format(date=show_date(self.end))] if self.end else []
        return asked + ([_("by {names}").format(names=_(" or ").join(self.author))] if self.author else [])


def command(
    what: list[str] | None = argument(
        N_("WHAT"),
        N_("Actions (9, 18-20), measures, orientations (M7), directorates (DSJ); by default all of the plan."),
        completion.actions_and_codes,
        default=None,
    ),
    *,
    chosen: CommitOptions,
    answer: OutputOptions,
    source: PlanOptions,
) -> int:
    """Show the changes of each commit, newest first; actions are followed through renumbering."""
    from itertools import islice

    from plancli.check.checker import check
    from plancli.git import HEAD
    from plancli.loader.revisions import open_at
    from plancli.output.views.log import log_view
    from plancli.plan.query.targets import numbers_in
    from plancli.review.history import current_numbers, history

    with open_at(source.plan, source.at or HEAD) as (repo, objects, version):
        plan = check(version.source, version.name, only_errors=True).plan
        subjects, unknown = _subjects(plan, what or [], version.name)
        former = [name for word in unknown for name in numbers_in(word) or (word,)]
        if former:
            subjects = _renumbered(subjects, current_numbers(repo, objects, version.commit, version.path, former))
        shallow = repo.shallow_commits()
        entries = history(repo, objects, version.commit, version.path, subjects, shallow)
        found = list(islice(filter(chosen.keep, entries), chosen.most))
    mentioned = _mentioned(found).union(map(str, subjects.former.values()))
    for word, error in unknown.items():
        if mentioned.isdisjoint((word, *map(str, numbers_in(word)))):
            raise error
    known = _without_unknown(subjects, plan, mentioned)
    return answer.write(log_view(found, plan, known, bool(shallow), chosen.words()), source.plan)


def _subjects(plan: "Plan | None", words: list[str], name: str) -> tuple["Subjects", dict[str, Usage]]:
    """Return the subjects, and an error for each word that the plan doesn't know now: it may have once."""
    from plancli.plan.model import Action, Directorate, Group
    from plancli.plan.query.targets import find_targets, numbers_in, words_in
    from plancli.review.history import Subjects

    numbers: set[int] = set()
    codes: set[str] = set()
    groups: set[tuple[int, ...]] = set()
    unknown: dict[str, Usage] = {}
    for word in words_in(plan, words):
        try:
            found = find_targets(plan, [word], lambda path: name) if plan else ()
        except Usage as error:
            unknown[word], found = error, ()
        codes |= {each.code for each in found if isinstance(each, Directorate)}
        groups |= {each.place for each in found if isinstance(each, Group)}
        actions = {each.number for each in found if isinstance(each, Action)}
        numbers |= actions | (set(numbers_in(word)) if actions or not found else set())
        if not found and not numbers_in(word):
            codes.add(word)
            unknown.setdefault(word, Usage(_("unknown directorate {code}").format(code=word)))
    return Subjects(frozenset(numbers), frozenset(codes), frozenset(groups)), unknown


def _renumbered(subjects: "Subjects", now: "dict[int | str, int]") -> "Subjects":
    """Return the subjects with old numbers and codes of actions replaced by the numbers of now."""
    from dataclasses import replace

    coded = frozenset(number for name, number in now.items() if isinstance(name, str))
    return replace(
        subjects,
        numbers=coded.union(now.get(number, number) for number in subjects.numbers),
        codes=subjects.codes - now.keys(),
        former={new: old for old, new in now.items()},
    )


def _mentioned(entries: "list[LogEntry]") -> set[str]:
    """Return the numbers and codes that changes are about."""
    changes = [change for entry in entries for change in entry.changes]
    return {word for change in changes for word in (str(change.action), str(change.was), *change.directorates)}


def _without_unknown(subjects: "Subjects", plan: "Plan | None", mentioned: set[str]) -> "Subjects":
    """Return the subjects without numbers that no action has or had: a range may include such ones."""
    from dataclasses import replace

    now = {action.number for action in plan.actions} if plan else set()
    return replace(
        subjects, numbers=frozenset(each for each in subjects.numbers if each in now or str(each) in mentioned)
    )
