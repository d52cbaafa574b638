"""Changes in words: of actions, of titles, of declarations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from plancli.i18n import N_, _, ngettext
from plancli.output.report import (
    Block,
    Definition,
    DefinitionList,
    InlineList,
    Paragraph,
    PlanText,
    Section,
    Style,
    Styled,
    Words,
    fill,
    join,
)
from plancli.output.views.change_names import ChangeNames, number_ranges
from plancli.output.views.values import shown
from plancli.plan.model import Action, Comparison, Field, Plan, Type, calendar, group_names
from plancli.plan.model.follow_up import last_day
from plancli.review.change import Attribute, Change, ChangedValue, ChangeKind, attributes_of
from plancli.review.diff import Passage, PieceKind, passages
from plancli.text import truncate

SIGNS = {
    ChangeKind.ADDED: Styled("+", Style.ADDED),
    ChangeKind.REMOVED: Styled("-", Style.REMOVED),
    ChangeKind.CHANGED: Styled("~", Style.CHANGED),
    ChangeKind.MOVED: Styled("→", Style.MOVED),
    ChangeKind.REORDERED: Styled("=", Style.CHANGED),
    ChangeKind.RENUMBERED: Styled("#", Style.RENUMBERED),
    ChangeKind.REPORTED: Styled("!", Style.NOTE),
}
"""The sign of each kind, in the order of a legend."""

_STRONGEST = (
    ChangeKind.ADDED,
    ChangeKind.REMOVED,
    ChangeKind.MOVED,
    ChangeKind.CHANGED,
    ChangeKind.REORDERED,
    ChangeKind.RENUMBERED,
)
"""An action with several kinds of change has the sign of the first of these."""


def by_action(changes: Iterable[Change]) -> list[tuple[Change, ...]]:
    """Return the changes of each action, in their order, without titles, declarations and reports."""
    own = (change for change in changes if change.has_action and change.kind is not ChangeKind.REPORTED)
    return [tuple(group) for _, group in groupby(own, key=lambda change: (id(change.before), id(change.after)))]


def sign_of(changes: Sequence[Change]) -> ChangeKind:
    """Return the kind whose sign an action's changes have."""
    kinds = {change.kind for change in changes}
    return next(kind for kind in _STRONGEST if kind in kinds)


def action_section(
    changes: Sequence[Change], names: ChangeNames, plan: Plan, old: Plan, asked: frozenset[str]
) -> Section:
    """Return the section of one action's changes."""
    change = changes[0]
    return Section(
        action_headline(change),
        tuple(_body(changes, plan, old, asked)),
        SIGNS[sign_of(changes)],
        join(describe_changes(changes, names)),
        names.home(change),
    )


def action_headline(change: Change) -> Words:
    """Return the name of the action of a change: its code, or its number."""
    return (Styled(_("Action {number}").format(number=action_name(change)), Style.HEADING),)


def action_name(change: Change) -> str:
    """Return the code of the action of a change as it is now, else its number."""
    action = change.after or change.before
    return (action.code if action else None) or str(change.action)


def describe_changes(changes: Sequence[Change], names: ChangeNames, apart: bool = False) -> Iterator[Words]:
    """Yield each change of one action; a directorate that changes its role is one change, though two lists differ.

    ``apart``: the changed words of the text aren't shown beside it.
    """
    roles = False
    for change in changes:
        if change.kind is ChangeKind.CHANGED and change.field in ("pilots", "associated"):
            if not roles and change.before and change.after:
                yield from role_facts(change.before, change.after)
            roles = True
        else:
            yield from _fact(change, names, alone=len(changes) == 1 and not apart, apart=apart)


def _fact(change: Change, names: ChangeNames, alone: bool, apart: bool) -> Iterator[Words]:
    action = change.after or change.before
    match change.kind:
        case ChangeKind.ADDED if action:
            yield _("added")
            yield from _values(action, names.fields(change))
        case ChangeKind.REMOVED if action:
            yield _("removed")
            yield from _values(action, names.fields(change))
            if action.progress:
                yield ngettext("with {n} entry", "with {n} entries", len(action.progress))
        case ChangeKind.MOVED:
            moved = _moved(change, names)
            yield _("{fact}, text unchanged").format(fact=moved) if alone else moved
        case ChangeKind.RENUMBERED:
            yield _("was {number}").format(number=change.was)
        case ChangeKind.REORDERED:
            yield reordered_words(change)
        case ChangeKind.CHANGED if change.before and change.after and change.entry:
            yield _changed(change, change.entry, apart)


def _values(action: Action, optional: Iterable[Field]) -> Iterator[str]:
    """Yield what an action that came or went says besides its text and its directorates."""
    if action.years:
        yield calendar(action.years)
    if action.priority is not None:
        yield _("priority {number}").format(number=action.priority)
    for field in optional:
        value = action.value(field.key)
        if value is not None:
            words = ", ".join(map(str, value)) if isinstance(value, tuple) else _value(field, value)
            yield f"{field.name} {truncate(words, _LONGEST_VALUE)}"


_LONGEST_VALUE = 60


def _moved(change: Change, names: ChangeNames) -> str:
    """Return from which group to which an action moved."""
    if change.groups is None and names.is_usual:
        return _("moved to measure {new} from measure {old}").format(new=change.new, old=change.old)
    old = names.old_home(change.before) if change.before else ""
    new = names.new_home(change.after) if change.after else ""
    return _("moved: {old} → {new}").format(old=old or _("the top"), new=new or _("the top"))


def _changed(change: Change, field: Field, apart: bool) -> Words:
    """Return how the value of a field changed, by its type."""
    old, new = change.old, change.new
    if old in (None, ()) or new in (None, ()):
        return _come_or_gone(field, old or None, new or None)
    if field.key == "years" and change.before and change.after:
        return calendar_words(change.before.years, change.after.years, apart)
    if is_worded(field, old, new):
        count = len(passages(str(old), str(new)))
        if field.declared:
            said = (
                ngettext("{{field}}: {n} passage", "{{field}}: {n} passages", count)
                if count
                else _("{field}: spaces only")
            )
            return said.format(field=field.name)
        return ngettext("text: {n} passage", "text: {n} passages", count) if count else _("text: spaces only")
    if isinstance(old, tuple) and isinstance(new, tuple):
        come = [Styled(f"+{each}", Style.ADDED) for each in new if each not in old]
        left = [Styled(f"-{each}", Style.REMOVED) for each in old if each not in new]
        return (f"{field.name}", *(part for each in (*come, *left) for part in (" ", each)))
    shift = _("{field} {old} → {new}").format(field=field.name, old=_value(field, old), new=_value(field, new))
    days = last_day(str(old)), last_day(str(new))
    if field.key == "due" and days[0] != days[1]:
        later = days[1] > days[0]
        return _("{said} ({word})").format(said=shift, word=_("postponed") if later else _("brought forward"))
    return shift


def is_worded(field: Field, old: ChangedValue, new: ChangedValue) -> bool:
    """Return whether a change of a field is shown word by word."""
    is_text = field.comparison is Comparison.WORDS or (field.declared and field.type is Type.PROSE)
    return is_text and isinstance(old, str) and isinstance(new, str)


def _come_or_gone(field: Field, old: ChangedValue, new: ChangedValue) -> str:
    """Return that an action has a value where it had none, or the other way round."""
    if old is None:
        return _("{field}: {new} (had none)").format(field=field.name, new=_value(field, new))
    return _("{field}: none (was {old})").format(field=field.name, old=_value(field, old))


def _value(field: Field, value: Any) -> str:
    return shown(field, value)


def reordered_words(change: Change) -> str:
    """Return both orders of the pilots or the associated directorates of an action."""
    old, new = (
        " ".join(map(str, value)) if isinstance(value, tuple) else "" for value in (change.old, change.new)
    )
    shift = _("{old} → {new}").format(old=old, new=new)
    if change.field == "pilots":
        return _("pilots in another order: {shift}").format(shift=shift)
    return _("associated in another order: {shift}").format(shift=shift)


def calendar_words(old: tuple[int, ...], new: tuple[int, ...], apart: bool = False) -> str:
    """Return how a calendar changes: ``2021 → 2022: postponed``; ``apart`` adds that it is the calendar."""
    shift = _("{old} → {new}").format(old=calendar(old), new=calendar(new))
    word = _shifted(sorted(set(old)), sorted(set(new)))
    if apart:
        said = _("calendar {shift}").format(shift=shift)
        return _("{said} ({word})").format(said=said, word=word) if word else said
    return _("{shift}: {word}").format(shift=shift, word=word) if word else shift


def _shifted(before: Sequence[int], after: Sequence[int]) -> str:
    """Return a word for a change of years; empty unless both are runs without gaps and both ends agree."""
    if not before or not after or any(len(years) != years[-1] - years[0] + 1 for years in (before, after)):
        return ""
    start, end = after[0] - before[0], after[-1] - before[-1]
    if start > 0 and end > 0:
        return _("postponed")
    if start < 0 and end < 0:
        return _("brought forward")
    if start == 0 and end > 0:
        return _("extended to {year}").format(year=after[-1])
    return _("shortened") if start >= 0 and end <= 0 else ""


def role_facts(before: Action, after: Action) -> Iterator[Words]:
    """Yield who changes roles, then who joins and who leaves."""
    pilot, associated = _("pilot"), _("associated")
    was = {code: _role(before, code) for code in before.directorates}
    now = {code: _role(after, code) for code in after.directorates}
    for code in dict.fromkeys((*was, *now)):
        roles = (was.get(code), now.get(code))
        if roles in (("associated", "pilot"), ("pilot", "associated")):
            words = (associated, pilot) if roles[0] == "associated" else (pilot, associated)
            yield _("{code}: {old} → {new}").format(code=code, old=words[0], new=words[1])
    for role, label in (("pilot", _("pilots:")), ("associated", _("associated:"))):
        join = [Styled(f"+{code}", Style.ADDED) for code in now if code not in was and now[code] == role]
        left = [Styled(f"-{code}", Style.REMOVED) for code in was if code not in now and was[code] == role]
        if join or left:
            yield (label, *(part for each in (*join, *left) for part in (" ", each)))
    both = {code for code in was if code in now and "both" in (was[code], now[code]) and was[code] != now[code]}
    if both:
        yield _("{codes}: in both roles on one side").format(codes=" ".join(sorted(both)))


def _role(action: Action, code: str) -> str:
    if code in action.pilots:
        return "both" if code in action.associated else "pilot"
    return "associated"


def _body(changes: Sequence[Change], plan: Plan, old: Plan, asked: frozenset[str]) -> Iterator[Block]:
    change = changes[0]
    action = change.after or change.before
    if action is None:
        return
    kinds = {each.kind for each in changes}
    fields = {each.field for each in changes}
    if ChangeKind.ADDED in kinds:
        yield PlanText(action.text)
    elif "text" in fields and change.before and change.after:
        found = passages(change.before.text, change.after.text)
        yield from (Paragraph(passage_words(passage)) for passage in found)
        if not found:
            yield Paragraph(action.text, brief=True)
    elif ChangeKind.MOVED not in kinds:
        yield Paragraph(action.text, brief=True)
    if ChangeKind.MOVED in kinds and change.before and change.after:
        yield DefinitionList(
            ((Definition(_("from"), _title(old, change.before)), Definition(_("to"), _title(plan, change.after))),)
        )
    for each in changes:
        if each.entry and each.entry.declared and is_worded(each.entry, each.old, each.new):
            words = join(map(passage_words, passages(str(each.old), str(each.new))), " ")
            yield Paragraph((f"{each.entry.name}  ", *words), hanging=True)
    if action.pilots or action.associated:
        yield InlineList(tuple(roles(action, asked)))


def passage_words(passage: Passage) -> tuple[str | Styled, ...]:
    """Return a passage with its edits, and an ellipsis where it is cut out of its text."""
    marks = {PieceKind.DELETED: Style.DELETED, PieceKind.INSERTED: Style.INSERTED}
    words: list[str | Styled] = [] if passage.starts else ["… "]
    words += [Styled(text, marks[edit]) if edit in marks else text for text, edit in passage.pieces]
    return (*words, *([] if passage.ends else [" …"]))


def _title(plan: Plan, action: Action) -> str:
    return next((group.title for group in plan.all_groups if group.path == action.path[:-2]), "") or _("the top")


def roles(action: Action, asked: frozenset[str]) -> Iterator[Words]:
    """Yield the pilots and the associated directorates of an action."""
    pilot = ngettext("pilot {{codes}}", "pilots {{codes}}", len(action.pilots))
    associated = ngettext("associated {{codes}}", "associated {{codes}}", len(action.associated))
    for sentence, codes in ((pilot, action.pilots), (associated, action.associated)):
        if codes:
            words = ((Styled(code, Style.HIGHLIGHT),) if code in asked else code for code in codes)
            yield fill(sentence, codes=join(words, " "))


def renumbered_lines(changes: Iterable[Change]) -> list[str]:
    """Return the new numbers of actions that were only renumbered; those in a run on one line."""
    own = [group[0] for group in by_action(changes) if {each.kind for each in group} == {ChangeKind.RENUMBERED}]
    pairs = sorted((change.was or 0, change.action or 0) for change in own)
    groups: list[list[tuple[int, int]]] = []
    for was, now in pairs:
        if groups and groups[-1][-1] == (was - 1, now - 1):
            groups[-1].append((was, now))
        else:
            groups.append([(was, now)])
    return [
        f"{number_ranges((was for was, _ in group), 2)} → {number_ranges((now for _, now in group), 2)}"
        for group in groups
    ]


_NAMES = {
    "statuses": (N_("Status {status}"), "status"),
    "fields": (N_("Field {label}"), "label"),
    "directorates": (N_("Directorate {code}"), "code"),
    "orientations": (N_("Orientation {number}"), "number"),
    "measures": (N_("Measure {number}"), "number"),
    "unused_numbers": (N_("Unused number {number}"), "number"),
    "glossary": (N_("Acronym {acronym}"), "acronym"),
}
"""The name of a declaration, and the key that identifies it."""

_SCALARS = {
    "language": N_("Language"),
    "period": N_("Period"),
    "levels": N_("Levels"),
    "priorities": N_("Priorities"),
}

_LABELS = {
    "status": N_("status"),
    "closed": N_("closed"),
    "key": N_("key"),
    "label": N_("label"),
    "type": N_("type"),
    "values": N_("values"),
    "code": N_("code"),
    "name": N_("name"),
    "ministry": N_("ministry"),
    "note": N_("note"),
    "source": N_("source"),
    "reason": N_("reason"),
    "expansion": N_("expansion"),
    "title": N_("title"),
    "orientation": N_("orientation"),
    "number": N_("number"),
}


def other_name(change: Change, names: ChangeNames) -> str:
    """Return the name of what a change without an action is about: a title, a moved group, a declaration."""
    return declaration_name(change, names) if change.kind is ChangeKind.DECLARED else title_name(change, names)


def other_words(change: Change, old: Plan | None, new: Plan | None) -> str:
    """Return what happened to what a change without an action is about, on one line."""
    if change.kind is ChangeKind.RETITLED:
        return _("retitled")
    return moved_words(change, old, new) if change.kind is ChangeKind.MOVED else declaration_words(change)


def other_sign(change: Change) -> Styled:
    """Return the sign of a change without an action."""
    kinds = {ChangeKind.RETITLED: ChangeKind.CHANGED, ChangeKind.MOVED: ChangeKind.MOVED}
    return SIGNS[kinds.get(change.kind, change.outcome)]


def title_section(change: Change, names: ChangeNames) -> Section:
    """Return a changed title, both before and now."""
    headline = (Styled(title_name(change, names), Style.HEADING),)
    body = (title_body(change), *_signers(change, names))
    return Section(headline, body, SIGNS[ChangeKind.CHANGED], _("retitled"))


def moved_section(change: Change, names: ChangeNames, old: Plan, new: Plan) -> Section:
    """Return a group that moved into another."""
    sides = ((_("from"), old, change.old), (_("to"), new, change.new))
    titles = tuple(Definition(label, _title_at(plan, place)) for label, plan, place in sides)
    headline = (Styled(title_name(change, names), Style.HEADING),)
    return Section(
        headline,
        (DefinitionList((titles,)), *_signers(change, names)),
        SIGNS[ChangeKind.MOVED],
        moved_words(change, old, new),
    )


def _title_at(plan: Plan, place: ChangedValue) -> str:
    """Return the title of the group of a place, or of the orientation of a number."""
    wanted = place if isinstance(place, tuple) else (place,)
    return next((group.title for group in plan.all_groups if group.place == wanted), "") or _("the top")


def moved_words(change: Change, old: Plan | None, new: Plan | None) -> str:
    """Return from where to where a group moved."""
    if change.field == "orientation":
        return _("moved to orientation {new} from orientation {old}").format(new=change.new, old=change.old)
    told = []
    for plan, place in ((old, change.old), (new, change.new)):
        groups = (group for group in plan.all_groups if group.place == place) if plan else iter(())
        found = next(groups, None)
        told.append(group_names(plan)[found.path] if plan and found else _("the top"))
    return _("moved: {old} → {new}").format(old=told[0], new=told[1])


def _signers(change: Change, names: ChangeNames) -> Iterator[Block]:
    """Yield the actions in the group, and their pilots."""
    if change.under:
        actions = ngettext("action {{numbers}}", "actions {{numbers}}", len(change.under))
        pilots = ngettext("pilot {{codes}}", "pilots {{codes}}", len(change.directorates))
        numbers = names.actions(action.number for action in change.under)
        yield InlineList((actions.format(numbers=numbers), pilots.format(codes=" ".join(change.directorates))))


def title_name(change: Change, names: ChangeNames) -> str:
    """Return the name of the block that is retitled or moved."""
    return names.heading(change.group) if change.group else _("Plan")


def title_body(change: Change) -> DefinitionList:
    """Return a title before and now."""
    return DefinitionList(((Definition(_("from"), str(change.old)), Definition(_("to"), str(change.new))),))


def declaration_section(change: Change, names: ChangeNames) -> Section:
    """Return a declaration that was added, removed or changed."""
    facts = tuple(Definition(label, words) for label, words in declaration_facts(change))
    headline = (Styled(declaration_name(change, names), Style.HEADING),)
    body: tuple[Block, ...] = (*([DefinitionList((facts,))] if facts else []), *_signers(change, names))
    return Section(headline, body, SIGNS[change.outcome], declaration_words(change))


def declaration_name(change: Change, names: ChangeNames) -> str:
    """Return the name of what is declared; a renumbered group has its number now."""
    if change.field in _SCALARS:
        return _(_SCALARS[change.field])
    if change.group:
        return names.heading(change.group)
    entry = attributes_of(change.new) or attributes_of(change.old)
    if change.field in _NAMES:
        sentence, key = _NAMES[change.field]
        return _(sentence).format(**{key: entry.get(key)})
    if entry.get("action"):
        return _("Source note on action {number}").format(number=names.action(_whole(entry["action"])))
    if entry.get("measure"):
        return _("Source note on measure {number}").format(number=entry["measure"])
    if entry.get("orientation"):
        return _("Source note on orientation {number}").format(number=entry["orientation"])
    return _("Source note on the plan")


def declaration_words(change: Change) -> str:
    """Return what happened to a declaration, on one line."""
    if change.field in _SCALARS and change.old is not None and change.new is not None:
        return _("{old} → {new}").format(old=_scalar(change.old), new=_scalar(change.new))
    words = {
        **dict.fromkeys(("levels", "priorities"), (_("declared"), _("no longer declared"), _("changed"))),
        **dict.fromkeys(
            ("statuses", "fields"),
            (_("declared", "number"), _("no longer declared", "number"), _("changed", "number")),
        ),
        "directorates": (_("declared"), _("no longer declared"), _("changed")),
        "unused_numbers": (_("declared", "number"), _("no longer declared", "number"), _("changed", "number")),
        "glossary": (_("added", "acronym"), _("removed", "acronym"), _("changed", "acronym")),
    }
    added, removed, changed = words.get(change.field or "", (_("added"), _("removed"), _("changed")))
    return {ChangeKind.ADDED: added, ChangeKind.REMOVED: removed}.get(change.outcome, changed)


def declaration_facts(change: Change) -> list[tuple[str, Words]]:
    """Return labels and words of a declaration's entries; if it changes, of those that differ."""
    return list(_facts(change, attributes_of(change.old), attributes_of(change.new)))


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _scalar(value: ChangedValue) -> str:
    entry = attributes_of(value)
    if entry:
        start, end = _whole(entry["start"]) or 0, _whole(entry["end"]) or 0
        return str(start) if start == end else f"{start}-{end}"
    if not isinstance(value, tuple):
        return str(value)
    between = ", " if any(isinstance(each, str) for each in value) else " "
    return between.join(map(str, value)) or _("none")


def _facts(
    change: Change, old: Mapping[str, Attribute], new: Mapping[str, Attribute]
) -> Iterator[tuple[str, Words]]:
    """Yield labels and words: all of a declaration that is added or removed, of a changed one what differs."""
    if change.field in _SCALARS:
        if change.old is None or change.new is None:
            yield _(_SCALARS[change.field]).casefold(), _scalar(change.new if change.old is None else change.old)
        yield from _affected(change)
        return
    known = _NAMES.get(change.field or "", ("", ""))[1]
    for key in dict.fromkeys((*new, *old)):
        label, value = _LABELS.get(key), (new or old).get(key)
        if label is None or (value is None and not (old and new)):
            continue
        if old and new:
            if old.get(key) != value:
                yield _(label), _shift(old.get(key), value)
        elif key != known and value is not False:
            yield _(label), _attribute(value)
    yield from _affected(change)


def _affected(change: Change) -> Iterator[tuple[str, Words]]:
    """Yield the words that have other names now, and how many actions are meant by that."""
    if change.renamed:
        shifts = (_("{old} → {new}").format(old=old, new=new) for old, new in change.renamed)
        yield _("renamed"), ", ".join(shifts)
    if change.affected:
        yield _("carried by"), ngettext("{n} action", "{n} actions", change.affected)


def _attribute(value: Attribute) -> str:
    """Return a value of a declaration in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _shift(old: Attribute, new: Attribute) -> Words:
    if isinstance(old, str) and isinstance(new, str):
        found = passages(old, new)
        return join(map(passage_words, found), " ") or _("spaces only")
    before, after = (_("none") if value in (None, ()) else _attribute(value) for value in (old, new))
    return _("{old} → {new}").format(old=before, new=after)
