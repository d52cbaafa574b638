"""What is handed out: the plan, or the part of it that was asked for, and what a reader must know about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from plancli.dates import show_day
from plancli.i18n import _, ngettext
from plancli.output.views.question import of_how_many
from plancli.plan.model import Action, Measure, Orientation, Plan, SourceNote
from plancli.text import contains_word


@dataclass(frozen=True, slots=True)
class Edition:
    """A plan as it goes out to others.

    ``plan`` holds only what was asked for; ``source`` names the file it was made from, ``revision`` and ``date``
    the commit that last changed it and its day in ISO 8601, if any, ``edited`` that it has changed since;
    ``question`` has the filters in words, and is empty when nothing was left out; ``total`` counts the actions of
    the whole plan; ``dialect`` says for whom a CSV file is meant, ``accessibility`` what the publisher states of a
    page; ``language`` is that of the words around the plan, where it isn't the plan's.
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


def summed_up(edition: Edition) -> str:
    """Say in words how much of the plan an edition has, and what was asked."""
    count = len(edition.plan.actions)
    if not edition.question:
        return ngettext("{n} action", "{n} actions", count)
    return " · ".join([of_how_many(count, edition.total), *edition.question])


def made_from(edition: Edition) -> str:
    """Name the file an edition was made from, and its commit: ``data/plan.yaml (1f0c2ab, 24 Jun 2021)``."""
    if not edition.revision or not edition.date:
        return edition.source
    sentence = (
        _("{file} ({revision}, {date}, edited since)") if edition.edited else _("{file} ({revision}, {date})")
    )
    return sentence.format(file=edition.source, revision=edition.revision, date=show_day(edition.date))


def make_edition(
    plan: Plan, actions: Sequence[Action], source: str, question: tuple[str, ...] = (), dialect: str = ""
) -> Edition:
    """Make the edition of a plan that holds only ``actions`` (all of them, unless there is a question)."""
    total = len(plan.actions)
    part = _part(plan, {action.number for action in actions}) if question else plan
    return Edition(part, source, question, total, dialect)


def _part(plan: Plan, numbers: set[int]) -> Plan:
    """Give the plan with these actions only, what they stand in, and what is said of either.

    Numbers left out are not unused, so none is declared.
    """
    orientations = tuple([each for each in (_orientation(o, numbers) for o in plan.orientations) if each.measures])
    part = plan._replace(orientations=orientations)
    codes = {code for action in part.actions for code in action.directorates}
    kept = {
        "action": {action.number for action in part.actions},
        "measure": {measure.number for measure in part.measures},
        "orientation": {orientation.number for orientation in part.orientations},
    }
    words = "\n".join([*_titles(part), *(action.text for action in part.actions)])
    return part._replace(
        directorates=tuple([each for each in plan.directorates if each.code in codes]),
        unused_numbers=(),
        source_notes=tuple([each for each in plan.source_notes if _stays(each, kept)]),
        glossary=tuple([each for each in plan.glossary if contains_word(words, each.acronym)]),
    )


def _titles(plan: Plan) -> list[str]:
    return [plan.title, *(each.title for each in plan.orientations), *(each.title for each in plan.measures)]


def _orientation(orientation: Orientation, numbers: set[int]) -> Orientation:
    measures = [_measure(measure, numbers) for measure in orientation.measures]
    return orientation._replace(measures=tuple([measure for measure in measures if measure.actions]))


def _measure(measure: Measure, numbers: set[int]) -> Measure:
    return measure._replace(actions=tuple([action for action in measure.actions if action.number in numbers]))


def _stays(note: SourceNote, kept: dict[str, set[int]]) -> bool:
    for place, numbers in kept.items():
        number = getattr(note, place)
        if number is not None:
            return number in numbers
    return True
