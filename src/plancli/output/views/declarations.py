"""Titles, moved measures and declarations that changed, in words."""

from collections.abc import Iterator, Mapping, Sequence

from plancli.i18n import N_, _, ngettext
from plancli.output.report import Block, Fact, Facts, Mark, Marked, Pieces, Section, Words
from plancli.output.views.changes import SIGNS, passage_words, runs
from plancli.plan.model import Plan
from plancli.review.change import Change, Entry, Kind, Value
from plancli.review.diff import passages

_NAMES = {
    "directorates": (N_("Directorate {code}"), "code"),
    "orientations": (N_("Orientation {number}"), "number"),
    "measures": (N_("Measure {number}"), "number"),
    "unused_numbers": (N_("Unused number {number}"), "number"),
    "glossary": (N_("Acronym {acronym}"), "acronym"),
}
"""What a declaration is called, and the key it is known by."""

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
    """Show a title that changed: the words if most stay, else both titles."""
    headline = (Marked(title_name(change), Mark.HEADING),)
    body = (title_body(change), *_signers(change))
    return Section(headline, body, SIGNS[Kind.CHANGED], _("retitled"))


def moved_section(change: Change, old: Plan, new: Plan) -> Section:
    """Show a measure that moved to another orientation."""
    sides = ((_("from"), old, change.old), (_("to"), new, change.new))
    titles = tuple(
        Fact(label, next(each.title for each in plan.orientations if each.number == number))
        for label, plan, number in sides
    )
    headline = (Marked(title_name(change), Mark.HEADING),)
    return Section(headline, (Facts((titles,)), *_signers(change)), SIGNS[Kind.MOVED], moved_words(change))


def moved_words(change: Change) -> str:
    """Say where a measure moved."""
    return _("moved to orientation {new} from orientation {old}").format(new=change.new, old=change.old)


def _signers(change: Change) -> Iterator[Block]:
    """Name the actions under what is decided, and their pilots."""
    if change.under:
        actions = ngettext("action {{numbers}}", "actions {{numbers}}", len(change.under))
        pilots = ngettext("pilot {{codes}}", "pilots {{codes}}", len(change.directorates))
        numbers = runs(action.number for action in change.under)
        yield Pieces((actions.format(numbers=numbers), pilots.format(codes=" ".join(change.directorates))))


def title_name(change: Change) -> str:
    """Name what has the title, or what is moved."""
    if change.measure is not None:
        return _("Measure {number}").format(number=change.measure)
    if change.orientation is not None:
        return _("Orientation {number}").format(number=change.orientation)
    return _("Plan")


def title_body(change: Change) -> Facts:
    """Give a title before and now."""
    return Facts(((Fact(_("from"), str(change.old)), Fact(_("to"), str(change.new))),))


def declaration_section(change: Change) -> Section:
    """Show a declaration that comes, goes or changes."""
    kind = Kind.ADDED if change.old is None else Kind.REMOVED if change.new is None else Kind.CHANGED
    facts = tuple(Fact(label, words) for label, words in declaration_facts(change))
    headline = (Marked(declaration_name(change), Mark.HEADING),)
    body: tuple[Block, ...] = (*([Facts((facts,))] if facts else []), *_signers(change))
    return Section(headline, body, SIGNS[kind], declaration_words(change))


def declaration_name(change: Change) -> str:
    """Name what is declared; a measure that is renumbered goes by its number now."""
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
    """Say on one line what became of a declaration."""
    if change.field in _SCALARS:
        return _("{old} → {new}").format(old=_scalar(change.old), new=_scalar(change.new))
    fate = 0 if change.old is None else 1 if change.new is None else 2
    if change.field == "directorates":
        return (_("declared"), _("no longer declared"), _("changed"))[fate]
    if change.field == "unused_numbers":
        return (_("declared", "number"), _("no longer declared", "number"), _("changed", "number"))[fate]
    if change.field == "glossary":
        return (_("added", "acronym"), _("removed", "acronym"), _("changed", "acronym"))[fate]
    return (_("added"), _("removed"), _("changed"))[fate]


def declaration_facts(change: Change) -> list[tuple[str, Words]]:
    """Give what a declaration says, label and words; of one that changes, what differs."""
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
    """Give what the entry says: all of one that comes or goes, of one that changes what differs."""
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
        words: Sequence[str | Marked] = [part for each in found for part in (*_worded(passage_words(each)), " ")]
        return tuple(words[:-1]) if found else _("spaces only")
    return _("{old} → {new}").format(old=_("none") if old is None else old, new=_("none") if new is None else new)


def _worded(words: Words) -> tuple[str | Marked, ...]:
    return (words,) if isinstance(words, str) else words
