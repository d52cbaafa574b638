"""Actions and directorates, whole: the answer of ``show``."""

from collections.abc import Iterator, Mapping, Sequence

from plancli.i18n import N_, _, ngettext
from plancli.output.report import Fact, Facts, Mark, Marked, Part, Pieces, Report, Sheet, WholeText
from plancli.output.views.actions import actions_sheet, optional_values
from plancli.output.views.directorates import (
    REGISTER_KEYS,
    described,
    directorate_data,
    directorate_parts,
    register,
)
from plancli.plan.model import FIELDS, Acronym, Action, Directorate, Plan, SourceNote, calendar
from plancli.plan.query import Query
from plancli.text import contains_word, fold

_TITLES = ("orientation_title", "measure_title")


def show_view(plan: Plan, subjects: Sequence[Action | Directorate]) -> Report:
    """Show each subject in turn; a wider gap stands between them."""
    shown: list[Part] = []
    data: list[dict[str, object]] = []
    entries = register(plan)
    for subject in subjects:
        if shown:
            shown.append(())
        if isinstance(subject, Action):
            shown += action_parts(plan, subject)
            data.append(action_data(plan, subject, entries))
        else:
            shown += directorate_parts(plan, subject)
            data.append(directorate_data(plan, subject))
    return Report(
        tuple(shown),
        data=data,
        sheet=_sheet(subjects, data),
        no_sheet=_("Ask for actions and for directorates one after the other."),
    )


def _sheet(subjects: Sequence[Action | Directorate], data: Sequence[dict[str, object]]) -> Sheet | None:
    """Give what makes one table: all actions, or all directorates."""
    kinds = {type(subject) for subject in subjects}
    if len(kinds) != 1:
        return None
    keys: tuple[str, ...] = REGISTER_KEYS
    if kinds == {Action}:
        keys = (*(key for key in data[0] if key not in (*_TITLES, "roles", "acronyms", "source_notes")), *_TITLES)
    return Sheet(keys, tuple(tuple(own[key] for key in keys) for own in data))


def action_parts(plan: Plan, action: Action) -> tuple[Part, ...]:
    """Show an action from its head down to its source."""
    head = (
        (Marked(_("Action {number}").format(number=action.number), Mark.HEADING),),
        _("priority {number}").format(number=action.priority),
        calendar(action.years),
    )
    orientation, measure = _titles(plan, action)
    place = (
        Fact(_("Orientation {number}").format(number=action.orientation), (Marked(orientation, Mark.QUIET),)),
        Fact(_("Measure {number}").format(number=action.measure), (Marked(measure, Mark.QUIET),)),
    )
    more = tuple(Fact(label, value) for label, value in optional_values(plan, action))
    groups = [_who(plan, action), more, _acronyms(plan, action), _source(plan, action)]
    return (
        (Pieces(head, title=True),),
        (Facts((place,)),),
        (WholeText(action.text),),
        (Facts(tuple(filter(None, groups))),),
    )


def action_data(plan: Plan, action: Action, register: Mapping[str, dict[str, object]]) -> dict[str, object]:
    """Give an action's object of JSON: that of ``list``, and what ``show`` adds."""
    sheet = actions_sheet(plan.fields, Query(), [action])
    orientation, measure = _titles(plan, action)
    roles = dict.fromkeys(action.associated, "associated") | dict.fromkeys(action.pilots, "pilot")
    return {
        **dict(zip(sheet.keys, sheet.rows[0], strict=True)),
        "orientation_title": orientation,
        "measure_title": measure,
        "roles": [{**register[code], "role": roles[code]} for code in action.directorates if code in register],
        "acronyms": {acronym.acronym: acronym.expansion for acronym in _mentioned(plan, action)},
        "source_notes": [
            {"field": note.field, "source": note.source, "note": note.note} for note in _noted(plan, action)
        ],
    }


def _titles(plan: Plan, action: Action) -> tuple[str, str]:
    orientation = next(each for each in plan.orientations if each.number == action.orientation)
    measure = next(each for each in orientation.measures if each.number == action.measure)
    return orientation.title, measure.title


def _who(plan: Plan, action: Action) -> tuple[Fact, ...]:
    found = {directorate.code: directorate for directorate in plan.directorates}
    label = ngettext("Pilot", "Pilots", len(action.pilots))
    pilots = _codes(label, action.pilots, found)
    label = _("Associated", "one directorate") if len(action.associated) == 1 else _("Associated")
    return (*pilots, *_codes(label, action.associated, found))


def _codes(label: str, codes: Sequence[str], found: dict[str, Directorate]) -> Iterator[Fact]:
    for code in dict.fromkeys(codes):
        yield Fact(label, described(found[code]) if code in found else "", code)


def _mentioned(plan: Plan, action: Action) -> list[Acronym]:
    own = [acronym for acronym in plan.glossary if contains_word(action.text, acronym.acronym)]
    return sorted(own, key=lambda acronym: fold(acronym.acronym))


def _acronyms(plan: Plan, action: Action) -> tuple[Fact, ...]:
    return tuple(Fact(_("Acronyms"), own.expansion, own.acronym) for own in _mentioned(plan, action))


def _noted(plan: Plan, action: Action) -> list[SourceNote]:
    return [note for note in plan.source_notes if note.action == action.number]


_WORDS = {field.key: field.word for field in FIELDS} | {"title": N_("title")}
"""Fields that a note of the source is about, as they are called beside it."""


def _source(plan: Plan, action: Action) -> tuple[Fact, ...]:
    """Say where the published source is odd; a quotation is set as the plan's own language does."""
    quoted = "« {source} » : {note}" if plan.language.startswith("fr") else '"{source}": {note}'
    return tuple(
        Fact(
            _("Source"),
            quoted.format(source=note.source, note=note.note) if note.source else note.note,
            _(_WORDS[note.field]) if note.field else "",
        )
        for note in _noted(plan, action)
    )
