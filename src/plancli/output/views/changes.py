"""Changes in words: of actions, of titles, of declarations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

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
from plancli.output.views.actions import shown
from plancli.plan.model import Action, Field, Plan, calendar, runs
from plancli.review.change import Change, ChangeKind, Entry, Value
from plancli.review.diff import Edit, Passage, passages

SIGNS = {
    ChangeKind.ADDED: Styled("+", Style.ADDED),
    ChangeKind.REMOVED: Styled("-", Style.REMOVED),
    ChangeKind.CHANGED: Styled("~", Style.CHANGED),
    ChangeKind.MOVED: Styled("→", Style.MOVED),
    ChangeKind.REORDERED: Styled("=", Style.CHANGED),
    ChangeKind.RENUMBERED: Styled("#", Style.RENUMBERED),
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
    """Return the changes of each action, in their order, without titles and declarations."""
    own = (change for change in changes if change.before or change.after)
    return [tuple(group) for _, group in groupby(own, key=lambda change: (id(change.before), id(change.after)))]


def sign_of(changes: Sequence[Change]) -> ChangeKind:
    """Return the kind whose sign an action's changes have."""
    kinds = {change.kind for change in changes}
    return next(kind for kind in _STRONGEST if kind in kinds)


def action_section(changes: Sequence[Change], plan: Plan, old: Plan, asked: frozenset[str]) -> Section:
    """Return the section of one action's changes."""
    change = changes[0]
    return Section(
        (Styled(_("Action {number}").format(number=change.action), Style.HEADING),),
        tuple(_body(changes, plan, old, asked)),
        SIGNS[sign_of(changes)],
        join(describe_changes(changes)),
        _("measure {number}").format(number=change.measure),
    )


def describe_changes(changes: Sequence[Change], apart: bool = False) -> Iterator[Words]:
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
            yield from _fact(change, alone=len(changes) == 1 and not apart, apart=apart)


def _fact(change: Change, alone: bool, apart: bool) -> Iterator[Words]:
    action = change.after or change.before
    match change.kind:
        case ChangeKind.ADDED if action:
            yield _("added")
            yield from _placed(action)
        case ChangeKind.REMOVED if action:
            yield _("removed")
            yield from _placed(action)
        case ChangeKind.MOVED:
            moved = _("moved to measure {new} from measure {old}").format(new=change.new, old=change.old)
            yield _("{fact}, text unchanged").format(fact=moved) if alone else moved
        case ChangeKind.RENUMBERED:
            yield _("was {number}").format(number=change.was)
        case ChangeKind.REORDERED:
            yield reordered_words(change)
        case ChangeKind.CHANGED if change.before and change.after and change.entry:
            yield _changed(change.entry, change.before, change.after, apart)


def _placed(action: Action) -> Iterator[str]:
    yield calendar(action.years)
    yield _("priority {number}").format(number=action.priority)


def _changed(field: Field, before: Action, after: Action, apart: bool) -> str:
    if field.key == "years":
        return calendar_words(before.years, after.years, apart)
    if field.key == "text":
        count = len(passages(before.text, after.text))
        return ngettext("text: {n} passage", "text: {n} passages", count) if count else _("text: spaces only")
    return _("{field} {old} → {new}").format(
        field=_(field.word),
        old=shown(field, before.value(field.key)) or "–",
        new=shown(field, after.value(field.key)) or "–",
    )


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
    yield InlineList(tuple(roles(action, asked)))


def passage_words(passage: Passage) -> tuple[str | Styled, ...]:
    """Return a passage with its edits, and an ellipsis where it is cut out of its text."""
    marks = {Edit.DELETED: Style.DELETED, Edit.INSERTED: Style.INSERTED}
    words: list[str | Styled] = [] if passage.starts else ["… "]
    words += [Styled(text, marks[edit]) if edit in marks else text for text, edit in passage.pieces]
    return (*words, *([] if passage.ends else [" …"]))


def _title(plan: Plan, action: Action) -> str:
    return next((group.title for group in plan.all_groups if group.path == action.path[:-2]), "")


def roles(action: Action, asked: frozenset[str]) -> Iterator[Words]:
    """Yield the pilots and the associated directorates of an action."""
    pilot = ngettext("pilot {{codes}}", "pilots {{codes}}", len(action.pilots))
    associated = ngettext("associated {{codes}}", "associated {{codes}}", len(action.associated))
    for sentence, codes in ((pilot, action.pilots), (associated, action.associated)):
        if codes:
            words = ((Styled(code, Style.HIGHLIGHT),) if code in asked else code for code in codes)
            yield fill(sentence, codes=join(words, " "))


def number_ranges(numbers: Iterable[int], shortest: int = 3) -> str:
    """Return numbers as a list, with runs of at least ``shortest`` as ``27–32``: ``8, 13, 27–32``."""
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) >= shortest else ", ".join(map(str, run)) for run in runs(numbers)
    )


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
    "directorates": (N_("Directorate {code}"), "code"),
    "orientations": (N_("Orientation {number}"), "number"),
    "measures": (N_("Measure {number}"), "number"),
    "unused_numbers": (N_("Unused number {number}"), "number"),
    "glossary": (N_("Acronym {acronym}"), "acronym"),
}
"""The name of a declaration, and the key that identifies it."""

_SCALARS = {"language": N_("Language"), "period": N_("Period"), "priorities": N_("Priorities")}

_LABELS = {
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


def title_section(change: Change) -> Section:
    """Return a changed title, both before and now."""
    headline = (Styled(title_name(change), Style.HEADING),)
    body = (title_body(change), *_signers(change))
    return Section(headline, body, SIGNS[ChangeKind.CHANGED], _("retitled"))


def moved_section(change: Change, old: Plan, new: Plan) -> Section:
    """Return a measure that moved to another orientation."""
    sides = ((_("from"), old, change.old), (_("to"), new, change.new))
    titles = tuple(
        Definition(label, next(each.title for each in plan.orientations if each.number == number))
        for label, plan, number in sides
    )
    headline = (Styled(title_name(change), Style.HEADING),)
    return Section(
        headline, (DefinitionList((titles,)), *_signers(change)), SIGNS[ChangeKind.MOVED], moved_words(change)
    )


def moved_words(change: Change) -> str:
    """Return from where to where a measure moved."""
    return _("moved to orientation {new} from orientation {old}").format(new=change.new, old=change.old)


def _signers(change: Change) -> Iterator[Block]:
    """Yield the actions in the group, and their pilots."""
    if change.under:
        actions = ngettext("action {{numbers}}", "actions {{numbers}}", len(change.under))
        pilots = ngettext("pilot {{codes}}", "pilots {{codes}}", len(change.directorates))
        numbers = number_ranges(action.number for action in change.under)
        yield InlineList((actions.format(numbers=numbers), pilots.format(codes=" ".join(change.directorates))))


def title_name(change: Change) -> str:
    """Return the name of the block that is retitled or moved."""
    if change.measure is not None:
        return _("Measure {number}").format(number=change.measure)
    if change.orientation is not None:
        return _("Orientation {number}").format(number=change.orientation)
    return _("Plan")


def title_body(change: Change) -> DefinitionList:
    """Return a title before and now."""
    return DefinitionList(((Definition(_("from"), str(change.old)), Definition(_("to"), str(change.new))),))


def declaration_section(change: Change) -> Section:
    """Return a declaration that was added, removed or changed."""
    facts = tuple(Definition(label, words) for label, words in declaration_facts(change))
    headline = (Styled(declaration_name(change), Style.HEADING),)
    body: tuple[Block, ...] = (*([DefinitionList((facts,))] if facts else []), *_signers(change))
    return Section(headline, body, SIGNS[change.outcome], declaration_words(change))


def declaration_name(change: Change) -> str:
    """Return the name of what is declared; a renumbered measure has its number now."""
    if change.field in _SCALARS:
        return _(_SCALARS[change.field])
    entry = _entry(change.new) or _entry(change.old)
    if change.field in _NAMES:
        sentence, key = _NAMES[change.field]
        return _(sentence).format(**{key: entry.get(key)})
    if entry.get("action"):
        return _("Source note on action {number}").format(number=entry["action"])
    if entry.get("measure"):
        return _("Source note on measure {number}").format(number=entry["measure"])
    if entry.get("orientation"):
        return _("Source note on orientation {number}").format(number=entry["orientation"])
    return _("Source note on the plan")


def declaration_words(change: Change) -> str:
    """Return what happened to a declaration, on one line."""
    if change.field in _SCALARS:
        return _("{old} → {new}").format(old=_scalar(change.old), new=_scalar(change.new))
    words = {
        "directorates": (_("declared"), _("no longer declared"), _("changed")),
        "unused_numbers": (_("declared", "number"), _("no longer declared", "number"), _("changed", "number")),
        "glossary": (_("added", "acronym"), _("removed", "acronym"), _("changed", "acronym")),
    }
    added, removed, changed = words.get(change.field or "", (_("added"), _("removed"), _("changed")))
    return {ChangeKind.ADDED: added, ChangeKind.REMOVED: removed}.get(change.outcome, changed)


def declaration_facts(change: Change) -> list[tuple[str, Words]]:
    """Return labels and words of a declaration's entries; if it changes, of those that differ."""
    return list(_facts(change, _entry(change.old), _entry(change.new)))


def _entry(value: Value) -> Mapping[str, str | int | None]:
    return dict(_pairs(value))


def _pairs(value: Value) -> Entry:
    if not isinstance(value, tuple):
        return ()
    return tuple(pair for pair in value if isinstance(pair, tuple))


def _scalar(value: Value) -> str:
    entry = _entry(value)
    if entry:
        start, end = int(entry["start"] or 0), int(entry["end"] or 0)
        return str(start) if start == end else f"{start}-{end}"
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _facts(
    change: Change, old: Mapping[str, str | int | None], new: Mapping[str, str | int | None]
) -> Iterator[tuple[str, Words]]:
    """Yield labels and words: all of a declaration that is added or removed, of a changed one what differs."""
    if change.field in _SCALARS:
        return
    known = _NAMES.get(change.field or "", ("", ""))[1]
    for key in new or old:
        label, value = _LABELS.get(key), (new or old).get(key)
        if label is None or (value is None and not (old and new)):
            continue
        if old and new:
            if old.get(key) != value:
                yield _(label), _shift(old.get(key), value)
        elif key != known:
            yield _(label), str(value)


def _shift(old: str | int | None, new: str | int | None) -> Words:
    if isinstance(old, str) and isinstance(new, str):
        found = passages(old, new)
        return join(map(passage_words, found), " ") or _("spaces only")
    return _("{old} → {new}").format(old=_("none") if old is None else old, new=_("none") if new is None else new)
