"""What an export writes: the selected part of a plan, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plancli.dates import show_date
from plancli.i18n import _, ngettext
from plancli.location import Path
from plancli.output.views.question import of_how_many
from plancli.output.views.values import notes_by_block
from plancli.plan.model import Action, Group, Plan, with_actions
from plancli.text import contains_word

if TYPE_CHECKING:
    from plancli.review.history import LogEntry


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """A plan to export.

    ``plan`` holds only the actions that were asked for; ``total`` counts those of the whole plan, and
    ``question`` has the filters in words, empty where nothing was left out. ``source`` is the file it was made
    from, ``revision`` and ``date`` are the commit that last changed it and its day in ISO 8601, if any;
    ``edited``: it has changed since. ``dialect``: for whom a CSV file is meant. ``accessibility``: what the
    publisher states of a page. ``language``: that of the words around the plan, where it isn't the plan's.
    ``history``: the commits of the plan, newest first, for formats that hold them.

    Of several plans, ``plan`` is all of them as one, and ``parts`` has a request for each by its plan's name.
    """

    plan: Plan
    source: str
    question: tuple[str, ...] = ()
    total: int = 0
    dialect: str = ""
    revision: str = ""
    date: str = ""
    edited: bool = False
    accessibility: str = "none"
    language: str = ""
    history: "tuple[LogEntry, ...]" = ()
    parts: "tuple[tuple[str, ExportRequest], ...]" = ()


def describe_selection(request: ExportRequest) -> str:
    """Return in words how much of the plan a request has, and what was asked."""
    count = len(request.plan.actions)
    if not request.question:
        return ngettext("{n} action", "{n} actions", count)
    return " · ".join([of_how_many(count, request.total), *request.question])


def describe_source(request: ExportRequest) -> str:
    """Return the file that is exported and its commit: ``data/plan.yaml (1f0c2ab, 24 Jun 2021)``."""
    if not request.revision or not request.date:
        return request.source
    sentence = (
        _("{file} ({revision}, {date}, edited since)") if request.edited else _("{file} ({revision}, {date})")
    )
    return sentence.format(file=request.source, revision=request.revision, date=show_date(request.date))


def describe_request(request: ExportRequest) -> str:
    """Return in words how much of the plan a request has, and what it was made from."""
    made = _("made from {source}").format(source=describe_source(request))
    return f"{describe_selection(request)} · {made}"


def make_request(
    plan: Plan, actions: Sequence[Action], source: str, question: tuple[str, ...] = (), dialect: str = ""
) -> ExportRequest:
    """Return a request for ``actions`` only; without a question, for the whole plan."""
    total = len(plan.actions)
    part = _part(plan, frozenset(action.path for action in actions)) if question else plan
    return ExportRequest(part, source, question, total, dialect)


def _part(plan: Plan, paths: frozenset[Path]) -> Plan:
    """Return the plan with these actions only, their blocks, and the notes, codes and acronyms they use.

    Numbers left out are not unused, so none is declared.
    """
    part = with_actions(plan, lambda actions: tuple([each for each in actions if each.path in paths]))
    part = part._replace(groups=_filled(part.groups))
    codes = {code for action in part.actions for code in action.directorates}
    notes = {note for some in notes_by_block(part).values() for note in some}
    words = "\n".join([*_titles(part), *(action.text for action in part.actions)])
    return part._replace(
        directorates=tuple([each for each in plan.directorates if each.code in codes]),
        unused_numbers=(),
        source_notes=tuple([each for each in plan.source_notes if each in notes]),
        glossary=tuple([each for each in plan.glossary if contains_word(words, each.acronym)]),
    )


def _titles(plan: Plan) -> list[str]:
    return [plan.title, *(each.title for each in plan.all_groups)]


def _filled(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return the groups that hold an action, without those in them that hold none."""
    return tuple([each._replace(groups=_filled(each.groups)) for each in groups if each.actions])
