"""What a person reads of a merge that needs them: a line a conflict."""

from collections.abc import Iterator

from plancli.language import _
from plancli.review.merge.merging import Merged
from plancli.review.merge.pieces import THE_PLAN, Conflict, Subject


def sentences(merged: Merged) -> Iterator[str]:
    """Say what must be decided: ``action 28, years: yours 2022, theirs 2021-2022``."""
    yield from dict.fromkeys(map(_conflict, merged.conflicts))
    for problem in merged.problems:
        subject = Subject("actions", str(problem.action)) if problem.action else THE_PLAN
        yield _("{subject}: merged, this breaks a rule: {problem}").format(
            subject=_named(subject), problem=f"{problem.message}{problem.more}"
        )
    if merged.doubt:
        yield _("{subject}: what you did and what they did can't be brought together here").format(
            subject=_named(merged.doubt)
        )


def _conflict(conflict: Conflict) -> str:
    subject = _named(conflict.subject)
    if conflict.field:
        subject = f"{subject}, {conflict.field}"
    return _("{subject}: yours {ours}, theirs {theirs}").format(
        subject=subject, ours=conflict.ours, theirs=conflict.theirs
    )


def _named(subject: Subject) -> str:
    holder, name = subject
    if not holder:
        return _("the plan")
    names = {
        "actions": _("action {name}"),
        "measures": _("measure {name}"),
        "orientations": _("orientation {name}"),
        "directorates": _("directorate {name}"),
        "glossary": _("acronym {name}"),
        "unused_numbers": _("unused number {name}"),
        "source_notes": _("note on {name}"),
    }
    return names[holder].format(name=name) if name else holder
