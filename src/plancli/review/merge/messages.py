"""What a person reads of a merge that needs them: a line a conflict."""

from collections.abc import Iterable, Iterator

from plancli.diagnostic import Diagnostic
from plancli.i18n import _, format_number, ngettext
from plancli.review.merge.conflict import THE_PLAN, BlockName, MergeConflict
from plancli.review.merge.driver import MOST_ACTIONS, MergeResult

MOST_CONFLICTS = 100
MOST_PROBLEMS = 10
"""How many are told one by one: each conflict waits for a decision, and `plancli validate` shows each problem."""


def sentences(result: MergeResult) -> Iterator[str]:
    """Yield what must be decided: ``action 28, years: yours 2022, theirs 2021-2022``."""
    if result.too_large:
        yield _(
            "more than {n} actions: merged line by line, as git does; read the result before you rely on it"
        ).format(n=format_number(MOST_ACTIONS))
    yield from _first(MOST_CONFLICTS, map(_conflict, result.conflicts))
    yield from _first(MOST_PROBLEMS, map(_problem, result.problems))
    if result.ambiguous and result.unmerged:
        yield _(
            "{subject}: another has nearly the same text, and either may be meant; git's own merge is in the file:"
            " check both"
        ).format(subject=_named(result.unmerged))
    elif result.unmerged:
        yield _("{subject}: what you did and what they did can't be brought together here").format(
            subject=_named(result.unmerged)
        )


def _first(most: int, lines: Iterable[str]) -> Iterator[str]:
    """Yield the first of some lines, each once, and how many more there are."""
    each_once = list(dict.fromkeys(lines))
    yield from each_once[:most]
    if len(each_once) > most:
        yield ngettext("… and {n} more", "… and {n} more", len(each_once) - most)


def _problem(problem: Diagnostic) -> str:
    subject = BlockName("actions", str(problem.action)) if problem.action else THE_PLAN
    return _("{subject}: merged, this breaks a rule: {problem}").format(
        subject=_named(subject), problem=f"{problem.message}{problem.more}"
    )


def _conflict(conflict: MergeConflict) -> str:
    subject = _named(conflict.subject)
    if conflict.field:
        subject = f"{subject}, {conflict.field}"
    return _("{subject}: yours {ours}, theirs {theirs}").format(
        subject=subject, ours=conflict.ours, theirs=conflict.theirs
    )


def _named(subject: BlockName) -> str:
    holder, name, level = subject
    if not holder:
        return _("the plan")
    if level:
        return f"{level} {name}"
    names = {
        "actions": _("action {name}"),
        "measures": _("measure {name}"),
        "orientations": _("orientation {name}"),
        "directorates": _("directorate {name}"),
        "statuses": _("status {name}"),
        "fields": _("field {name}"),
        "glossary": _("acronym {name}"),
        "unused_numbers": _("unused number {name}"),
        "source_notes": _("note on {name}"),
    }
    return names[holder].format(name=name) if name else holder
