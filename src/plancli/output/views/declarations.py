"""Changes without an action in words: titles, moved groups, declarations."""

from collections.abc import Iterator, Mapping
from itertools import starmap

from plancli.i18n import N_, _, ngettext
from plancli.output.report import (
    Block,
    Definition,
    DefinitionList,
    InlineList,
    Section,
    Style,
    Styled,
    Words,
    join,
)
from plancli.output.views.changes import SIGNS, ChangeNames, GroupNames, from_to, passage_words
from plancli.plan.model import Group
from plancli.review.change import Attribute, Change, ChangedValue, ChangeKind, attributes_of
from plancli.review.diff.sequences import passages

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

# fmt: off
_LABELS = (
    N_("status"), N_("closed"), N_("key"), N_("label"), N_("type"), N_("values"), N_("code"), N_("name"),
    N_("ministry"), N_("note"), N_("source"), N_("reason"), N_("expansion"), N_("title"), N_("orientation"),
    N_("number"),
)
# fmt: on
"""The keys of declarations that are shown to people; each is its own label."""


def other_section(change: Change, names: ChangeNames) -> Section:
    """Return the section of a change without an action: a moved group, a title, a declaration."""
    if change.kind is ChangeKind.RETITLED:
        facts = from_to(str(change.old), str(change.new))
    elif change.kind is ChangeKind.MOVED:
        facts = from_to(_title_at(names.old, change.old), _title_at(names.new, change.new))
    else:
        facts = DefinitionList((tuple(starmap(Definition, declaration_facts(change))),))
    headline = (Styled(other_name(change, names), Style.HEADING),)
    return Section(headline, (facts, *_signers(change, names)), other_sign(change), other_words(change, names))


def other_sign(change: Change) -> Styled:
    """Return the sign of a change without an action."""
    kinds = {ChangeKind.RETITLED: ChangeKind.CHANGED, ChangeKind.MOVED: ChangeKind.MOVED}
    return SIGNS[kinds.get(change.kind, change.outcome)]


def other_name(change: Change, names: ChangeNames) -> str:
    """Return the name of what a change without an action is about; a renumbered group has its number now."""
    if change.field in _SCALARS:
        return _(_SCALARS[change.field])
    if change.group:
        return names.heading(change.group)
    if change.kind is not ChangeKind.DECLARED:
        return _("Plan")
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


def other_words(change: Change, names: ChangeNames) -> str:
    """Return a change without an action on one line."""
    if change.kind is ChangeKind.RETITLED:
        return _("retitled")
    if change.kind is not ChangeKind.MOVED:
        return declaration_words(change)
    if change.field == "orientation":
        return _("moved to orientation {new} from orientation {old}").format(new=change.new, old=change.old)
    old, new = _name_at(names.old, change.old), _name_at(names.new, change.new)
    return _("moved: {old} → {new}").format(old=old, new=new)


def _group_at(side: GroupNames, place: ChangedValue) -> Group | None:
    """Return the group of a place, or the orientation of a number."""
    wanted = place if isinstance(place, tuple) else (place,)
    groups = side.plan.all_groups if side.plan else ()
    return next((group for group in groups if group.place == wanted), None)


def _name_at(side: GroupNames, place: ChangedValue) -> str:
    group = _group_at(side, place)
    return side.names[group.path] if group else _("the top")


def _title_at(side: GroupNames, place: ChangedValue) -> str:
    group = _group_at(side, place)
    return (group and group.title) or _("the top")


def _signers(change: Change, names: ChangeNames) -> Iterator[Block]:
    """Yield the actions in the group, and their pilots."""
    if change.under:
        actions = ngettext("action {{numbers}}", "actions {{numbers}}", len(change.under))
        pilots = ngettext("pilot {{codes}}", "pilots {{codes}}", len(change.directorates))
        numbers = names.actions(action.number for action in change.under)
        yield InlineList((actions.format(numbers=numbers), pilots.format(codes=" ".join(change.directorates))))


def declaration_words(change: Change) -> str:
    """Return what happened to a declaration, on one line."""
    outcome = (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.CHANGED).index(change.outcome)
    if change.field in _SCALARS and change.outcome is ChangeKind.CHANGED:
        return _("{old} → {new}").format(old=_scalar(change.old), new=_scalar(change.new))
    if change.field in ("directorates", "levels", "priorities"):
        return (_("declared"), _("no longer declared"), _("changed"))[outcome]
    if change.field in ("statuses", "fields", "unused_numbers"):
        return (_("declared", "number"), _("no longer declared", "number"), _("changed", "number"))[outcome]
    if change.field == "glossary":
        return (_("added", "acronym"), _("removed", "acronym"), _("changed", "acronym"))[outcome]
    return (_("added"), _("removed"), _("changed"))[outcome]


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
        value = (new or old).get(key)
        if key not in _LABELS or (value is None and not (old and new)):
            continue
        if old and new:
            if old.get(key) != value:
                yield _(key), _shift(old.get(key), value)
        elif key != known and value is not False:
            yield _(key), _attribute(value)
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
