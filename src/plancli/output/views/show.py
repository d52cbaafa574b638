"""Actions, groups and directorates, whole: the answer of ``show``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plancli.dates import show_date
from plancli.i18n import N_, _, format_number, known_language, ngettext
from plancli.location import Path
from plancli.output.report import (
    Block,
    Blocks,
    Definition,
    DefinitionList,
    InlineList,
    Paragraph,
    PlanText,
    Records,
    Report,
    Style,
    Styled,
    Words,
)
from plancli.output.views.actions import Listing
from plancli.output.views.directorates import (
    REGISTER_KEYS,
    directorate_data,
    directorate_parts,
    register,
)
from plancli.output.views.stats import by_calendar, by_directorate, by_priority, count_words, spread_data
from plancli.output.views.values import (
    entry_list,
    entry_values,
    group_titles,
    notes_by_block,
    optional_values,
    shown_calendar,
    shown_status,
)
from plancli.plan.model import (
    FIELDS,
    LATE,
    STATUS_DATE,
    Acronym,
    Action,
    Directorate,
    Group,
    Plan,
    SourceNote,
    each_action,
    has_two_levels,
)
from plancli.plan.model.follow_up import days_between, end_of, in_order, is_closed
from plancli.plan.query import Query
from plancli.text import contains_word, fold

_TITLES = ("orientation_title", "measure_title")
_NESTED = ("roles", "acronyms", "source_notes", "progress")
"""Keys of an action that no row of a table can have."""


def show_view(plan: Plan, subjects: Sequence[Action | Directorate | Group]) -> Report:
    """Return the report of each subject, with a wider gap between them."""
    shown: list[Blocks] = []
    data: list[dict[str, object]] = []
    entries, titles, notes = register(plan), group_titles(plan), notes_by_block(plan)
    around = {action.path: groups for groups, action in each_action(plan)}
    listed = iter(Listing(plan, Query()).data([subject for subject in subjects if isinstance(subject, Action)]))
    for subject in subjects:
        start = len(shown)
        if isinstance(subject, Action):
            groups, own = around[subject.path], notes.get(subject.path, [])
            shown += _action_parts(plan, subject, [(titles[group.path], group.title) for group in groups], own)
            more = _action_data(plan, subject, [group.title for group in groups], entries, own)
            data.append({**next(listed), **more})
        elif isinstance(subject, Group):
            own = notes.get(subject.path, [])
            shown += _group_parts(plan, subject, titles, own)
            data.append(_group_data(plan, subject, own))
        else:
            shown += directorate_parts(plan, subject)
            data.append(directorate_data(plan, subject))
        if start:
            shown[start] = (Paragraph(""), *shown[start])
    return Report(
        tuple(shown),
        data=data,
        records=_records(subjects, data),
        no_records=_("Ask for actions, for groups and for directorates one after the other."),
    )


def _records(
    subjects: Sequence[Action | Directorate | Group], data: Sequence[dict[str, object]]
) -> Records | None:
    """Return the records if they make one table: all actions, all groups, or all directorates."""
    kinds = {type(subject) for subject in subjects}
    if len(kinds) != 1:
        return None
    keys: tuple[str, ...] = REGISTER_KEYS
    if kinds == {Group}:
        left_out = (*_TITLES, "source_notes")
        keys = tuple(key for key, value in data[0].items() if not isinstance(value, dict) and key not in left_out)
    if kinds == {Action}:
        rows = [_flatten(own) for own in data]
        keys = (*(key for key in rows[0] if key not in (*_TITLES, *_NESTED)), *_TITLES)
        return Records(keys, tuple(tuple(own[key] for key in keys) for own in rows))
    return Records(keys, tuple(tuple(own[key] for key in keys) for own in data))


def _flatten(own: dict[str, object]) -> dict[str, object]:
    """Return an action's JSON object with the plan's own fields beside the others, as a row of CSV has them."""
    fields = own.get("fields")
    return {key: value for key, value in own.items() if key != "fields"} | (
        fields if isinstance(fields, dict) else {}
    )


def _action_parts(
    plan: Plan, action: Action, groups: Iterable[tuple[str, str]], notes: Sequence[SourceNote]
) -> tuple[Blocks, ...]:
    """Return an action: its place, text, directorates, acronyms, and notes on its source.

    ``groups`` are those around it, from the top, each as what heads it and its title.
    """
    named = _("Action {number}").format(number=action.code or action.number)
    head: list[Words] = [(Styled(named, Style.HEADING),)]
    if action.code:
        head.append(_("number {number}").format(number=action.number))
    if action.priority is not None:
        head.append(_("priority {number}").format(number=action.priority))
    head += [words for words in [shown_calendar(action)] if words]
    place = tuple(Definition(head, (Styled(title, Style.QUIET),)) for head, title in groups)
    fields = [field for field in plan.fields if field.key != "code"]  # it is in the heading
    more = tuple(Definition(label, value) for label, value in optional_values(fields, action))
    acronyms = tuple(Definition(_("Acronyms"), own.expansion, own.acronym) for own in _mentioned(plan, action))
    facts = (_who(plan, action), more, acronyms, _source_lines(plan, notes), _progress(plan, action))
    return (
        (InlineList(tuple(head), title=True), _standing(plan, action)),
        (DefinitionList((place,)),),
        (PlanText(action.text),),
        (DefinitionList(facts),),
    )


def _action_data(
    plan: Plan,
    action: Action,
    titles: Sequence[str],
    register: Mapping[str, dict[str, object]],
    notes: Sequence[SourceNote],
) -> dict[str, object]:
    """Return what ``show`` adds to the JSON object of an action; ``titles`` are those of its groups."""
    roles = dict.fromkeys(action.associated, "associated") | dict.fromkeys(action.pilots, "pilot")
    return {
        "orientation_title": titles[0] if titles else None,
        "measure_title": titles[1] if len(titles) > 1 else None,
        "roles": [{**register[code], "role": roles[code]} for code in action.directorates if code in register],
        "acronyms": {acronym.acronym: acronym.expansion for acronym in _mentioned(plan, action)},
        "source_notes": _notes_data(notes),
        **({"progress": list(map(entry_values, action.progress))} if plan.day or action.progress else {}),
    }


def _standing(plan: Plan, action: Action) -> Block:
    """Return the status of an action on the day of its plan, and by how many days it is late."""
    if not plan.day:
        return InlineList(())
    words: list[Words] = [shown_status(action)]
    since = action.value(STATUS_DATE.key)
    if is_closed(plan, action):
        words = [_("{status} since {day}").format(status=shown_status(action), day=show_date(str(since)))]
    elif action.value(LATE.key):
        late = ngettext("late by {n} day", "late by {n} days", days_between(end_of(action), plan.day))
        words.append((Styled(late, Style.ERROR),))
    return InlineList(tuple(words))


def _progress(plan: Plan, action: Action) -> tuple[Definition, ...]:
    """Return what was reported, the newest first."""
    if not action.progress:
        return (Definition(_("Progress"), _("never reported")),) if plan.day else ()
    (facts,) = entry_list(in_order(action.progress)[::-1], _("Progress")).groups
    return facts


def _who(plan: Plan, action: Action) -> tuple[Definition, ...]:
    found = {directorate.code: directorate for directorate in plan.directorates}
    label = ngettext("Pilot", "Pilots", len(action.pilots))
    pilots = _codes(label, action.pilots, found)
    label = _("Associated", "one directorate") if len(action.associated) == 1 else _("Associated")
    return (*pilots, *_codes(label, action.associated, found))


def _codes(label: str, codes: Sequence[str], found: dict[str, Directorate]) -> Iterator[Definition]:
    for code in dict.fromkeys(codes):
        yield Definition(label, found[code].title if code in found else "", code)


def _mentioned(plan: Plan, action: Action) -> list[Acronym]:
    own = [acronym for acronym in plan.glossary if contains_word(action.text, acronym.acronym)]
    return sorted(own, key=lambda acronym: fold(acronym.acronym))


def _group_parts(
    plan: Plan, group: Group, titles: Mapping[Path, str], notes: Sequence[SourceNote]
) -> tuple[Blocks, ...]:
    """Return a group: its title, what it is in and what is in it, counts, and the table of its actions."""
    actions = group.actions
    head = (
        (Styled(titles[group.path], Style.HEADING),),
        ngettext("{n} action", "{n} actions", len(actions)),
    )
    place = [
        Definition(titles[other.path], (Styled(other.title, Style.QUIET),))
        for other in plan.all_groups
        if group.place[: other.level] == other.place and other.level < group.level
    ]
    inside = [
        Definition(titles[other.path], f"{other.title} ({format_number(len(other.actions))})")
        for other in group.groups
    ]
    facts = (tuple(place), tuple(inside), tuple(_counts(plan, group)), _source_lines(plan, notes))
    return (
        (InlineList(head, title=True),),
        (PlanText(group.title),),
        (DefinitionList(facts),),
        *(((Listing(plan, Query()).table(actions),),) if actions else ()),
    )


def _counts(plan: Plan, group: Group) -> list[Definition]:
    priorities = {own: count for own, count in by_priority(plan, group.actions).items() if count}
    rows = (
        (_("Priority"), count_words(priorities)),
        (_("Calendar"), count_words(by_calendar(group.actions))),
        (_("Directorates"), count_words(by_directorate(group.actions))),
    )
    return [Definition(label, InlineList(words)) for label, words in rows if words]


def _group_data(plan: Plan, group: Group, notes: Sequence[SourceNote]) -> dict[str, object]:
    """Return a group's JSON object for ``show``; ``actions`` are their numbers."""
    return {
        "orientation": group.orientation,
        "measure": group.measure,
        **({"groups": list(group.place)} if not has_two_levels(plan) else {}),
        **({"code": group.code} if any(other.code for other in plan.all_groups) else {}),
        "title": group.title,
        "actions": [action.number for action in group.actions],
        **spread_data(plan, group.actions),
        "directorates": by_directorate(group.actions),
        "source_notes": _notes_data(notes),
    }


_WORDS = {field.key: field.word for field in FIELDS} | {"title": N_("title")}
"""Fields that a note of the source is about, as they are called beside it."""


def _source_lines(plan: Plan, notes: Iterable[SourceNote]) -> tuple[Definition, ...]:
    """Return notes on the published source; a quotation has the quotation marks of the plan's language."""
    quoted = "« {source} » : {note}" if known_language(plan.language) == "fr" else '"{source}": {note}'
    return tuple(
        Definition(
            _("Source"),
            quoted.format(source=note.source, note=note.note) if note.source else note.note,
            _(_WORDS[note.field]) if note.field else "",
        )
        for note in notes
    )


def _notes_data(notes: Iterable[SourceNote]) -> list[dict[str, object]]:
    """Return notes on the published source for JSON."""
    return [{"field": note.field, "source": note.source, "note": note.note} for note in notes]
