"""What comes of a merge: the new content, what is left to a person, and a sentence for each of that."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from plancli.diagnostic import Diagnostic
from plancli.i18n import _, format_number, ngettext

MOST_ACTIONS: Final = 1_500
"""Plans of more actions are merged as git does: by meaning they would take seconds and much memory."""

MOST_CONFLICTS: Final = 100
MOST_PROBLEMS: Final = 10
"""How many are listed: each conflict waits for a decision, and `plancli validate` shows each problem."""


class BlockName(NamedTuple):
    """A block of a plan: the list or register it is in, its number or code; empty: the plan.

    ``level`` is what a plan that names its levels calls a group.
    """

    holder: str
    name: str
    level: str = ""


THE_PLAN: Final = BlockName("", "")


class MergeConflict(NamedTuple):
    """A decision left to a person: the block, the field, the values of both sides.

    ``field`` is empty where the block itself is in doubt; then ``ours`` and ``theirs`` say what happened to it.
    """

    subject: BlockName
    field: str
    ours: str
    theirs: str


class CannotMerge(Exception):
    """The sides can't be merged block by block; ``subject`` is where, if that can be said.

    ``ambiguous`` means that it is not certain which block of one side is which of the other.
    """

    def __init__(self, subject: BlockName | None = None, ambiguous: bool = False) -> None:
        super().__init__(subject)
        self.subject = subject or THE_PLAN
        self.ambiguous = ambiguous


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The new content of the file, whether it needs nobody any more, and if it does, why.

    ``problems`` are errors that a merge without conflict would have brought in; ``unmerged`` names the block that
    couldn't be merged by meaning, and ``ambiguous`` means that it may be the one or the other of two.
    ``too_large`` means that git alone has merged it.
    """

    content: bytes
    clean: bool
    conflicts: tuple[MergeConflict, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    unmerged: BlockName | None = None
    ambiguous: bool = False
    too_large: bool = False


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
        ).format(subject=_name(result.unmerged))
    elif result.unmerged:
        yield _("{subject}: what you did and what they did can't be brought together here").format(
            subject=_name(result.unmerged)
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
        subject=_name(subject), problem=f"{problem.message}{problem.detail}"
    )


def _conflict(conflict: MergeConflict) -> str:
    subject = _name(conflict.subject)
    if conflict.field:
        subject = f"{subject}, {conflict.field}"
    return _("{subject}: yours {ours}, theirs {theirs}").format(
        subject=subject, ours=conflict.ours, theirs=conflict.theirs
    )


def _name(subject: BlockName) -> str:
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
