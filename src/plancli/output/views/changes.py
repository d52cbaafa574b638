"""Changes of actions in words: what is decided of them, and what was reported."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby

from plancli.dates import last_day, show_date
from plancli.i18n import _, ngettext
from plancli.location import Path
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
from plancli.output.views.values import action_name, shown, shown_percent
from plancli.plan.model import (
    Action,
    Field,
    Group,
    Plan,
    Type,
    calendar,
    group_names,
    level_of,
    references,
    runs,
)
from plancli.plan.model.follow_up import status_entry
from plancli.review.change import Attribute, Change, ChangedValue, ChangeKind, attributes_of
from plancli.review.diff.sequences import Passage, PieceKind, passages
from plancli.text import capital, truncate

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


class GroupNames:
    """The names of the groups of one of two plans, by their paths; none where the plan isn't known."""

    def __init__(self, plan: Plan | None) -> None:
        self.plan = plan

    @cached_property
    def names(self) -> dict[Path, str]:
        """The names of the groups inside a sentence."""
        return group_names(self.plan) if self.plan else {}

    @cached_property
    def references(self) -> dict[Path, str]:
        """How the groups are written by themselves: by code, number or path."""
        return references(self.plan) if self.plan else {}

    def home(self, action: Action | None) -> str:
        """Return the name of the group that an action is in; empty at the top, and of no action."""
        return self.names.get(action.path[:-2], "") if action else ""

    def home_title(self, action: Action) -> str:
        """Return the title of the group that an action is in, or that it is in none."""
        groups = self.plan.all_groups if self.plan else ()
        return next((group.title for group in groups if group.path == action.path[:-2]), "") or _("the top")


class ChangeNames:
    """The names of the blocks of two plans: code, number or path; None is a plan that isn't known."""

    def __init__(self, old: Plan | None, new: Plan | None) -> None:
        self.old, self.new = GroupNames(old), GroupNames(new)
        self._plans = [plan for plan in (old, new) if plan]

    @cached_property
    def _groups(self) -> dict[int, str]:
        """The names by the groups themselves: one path may lead to another group in either plan."""
        groups = ((side, group) for side in (self.old, self.new) if side.plan for group in side.plan.all_groups)
        return {id(group): side.names[group.path] for side, group in groups}

    @cached_property
    def _codes(self) -> dict[int, str]:
        actions = (action for plan in self._plans for action in plan.actions)
        return {action.number: action.code for action in actions if action.code}

    @cached_property
    def is_usual(self) -> bool:
        """Whether all groups are orientations and measures."""
        return all(plan.declared_levels is None for plan in self._plans)

    def group(self, group: Group) -> str:
        """Return the name of a group inside a sentence: ``measure 2``, ``axe 1``, ``objectif 1.2``."""
        return self._groups.get(id(group), "")

    def heading(self, group: Group) -> str:
        """Return the name of a group with a capital."""
        return capital(self.group(group))

    def _side(self, change: Change) -> tuple[GroupNames, Action | None]:
        """Return the new side and the action of a change, or the old side where the action is gone."""
        return (self.new, change.after) if change.after else (self.old, change.before)

    def home_label(self, change: Change) -> str | int | None:
        """Return the number, code or path of the group that the action of a change is in, or was in."""
        if self.is_usual and change.groups is None:
            return change.measure
        side, action = self._side(change)
        return side.references.get(action.path[:-2]) if action else None

    def home(self, change: Change) -> str:
        """Return the name of the group that the action of a change is in, or was in where it is gone."""
        side, action = self._side(change)
        return side.home(action)

    def fields(self, change: Change) -> tuple[Field, ...]:
        """Return the optional fields of the plan that the action of a change is in, or was; its code names it."""
        plan = self._side(change)[0].plan
        return tuple(field for field in plan.fields if not field.required and field.key != "code") if plan else ()

    @property
    def home_heading(self) -> str:
        """The heading of a column of the groups that actions are in: the name of the deepest level."""
        plan = self._plans[-1] if self._plans else None
        depth = max((len(action.place) for action in plan.actions), default=0) if plan else 0
        if plan is None or self.is_usual or not depth:
            return _("Measure")
        return capital(level_of(plan, depth).name)

    def action(self, number: int | None) -> str:
        """Return the code of an action, or its number."""
        return self._codes.get(number or 0, str(number))

    def actions(self, numbers: Iterable[int], shortest: int = 3) -> str:
        """Return the codes of some actions, or their numbers with runs as ``27–32``."""
        known = sorted(set(numbers))
        if self._codes.keys().isdisjoint(known):
            return number_ranges(known, shortest)
        return ", ".join(map(self.action, known))


def number_ranges(numbers: Iterable[int], shortest: int = 3) -> str:
    """Return numbers as a list, with runs of at least ``shortest`` as ``27–32``: ``8, 13, 27–32``."""
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) >= shortest else ", ".join(map(str, run)) for run in runs(numbers)
    )


def by_action(changes: Iterable[Change], reported: bool = False) -> list[tuple[Change, ...]]:
    """Return the changes of each action, in their order: what is decided of it, or what was ``reported``."""
    own = (each for each in changes if each.has_action and (each.kind is ChangeKind.REPORTED) is reported)
    return [tuple(group) for _, group in groupby(own, key=lambda change: (id(change.before), id(change.after)))]


def sign_of(changes: Sequence[Change]) -> ChangeKind:
    """Return the kind whose sign an action's changes have."""
    kinds = {change.kind for change in changes}
    return next(kind for kind in _STRONGEST if kind in kinds)


def action_section(changes: Sequence[Change], names: ChangeNames, highlight: frozenset[str]) -> Section:
    """Return the section of one action's changes, with the codes of ``highlight`` highlighted."""
    change = changes[0]
    return Section(
        _headline(change),
        tuple(_body(changes, names, highlight)),
        SIGNS[sign_of(changes)],
        InlineList(tuple(describe_changes(changes, names)), list=True, hanging=True),
        names.home(change),
    )


def _headline(change: Change) -> Words:
    """Return the name of the action of a change: its code, or its number."""
    action = change.after or change.before
    name = action_name(action) if action else change.action
    return (Styled(_("Action {number}").format(number=name), Style.HEADING),)


def describe_changes(changes: Sequence[Change], names: ChangeNames, apart: bool = False) -> Iterator[Words]:
    """Yield each change of one action; a directorate that changes its role is one change, though two lists differ.

    ``apart``: the changed words of the text aren't shown beside it.
    """
    roles = False
    for change in changes:
        if change.kind is ChangeKind.CHANGED and change.field in ("pilots", "associated"):
            if not roles and change.before and change.after:
                yield from _role_facts(change.before, change.after)
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
            moved = _moved_words(change, names)
            yield _("{fact}, text unchanged").format(fact=moved) if alone else moved
        case ChangeKind.RENUMBERED:
            yield _("was {number}").format(number=change.was)
        case ChangeKind.REORDERED:
            yield _reordered_words(change)
        case ChangeKind.CHANGED if change.before and change.after and change.entry:
            yield _changed_words(change, change.entry, apart)


def _values(action: Action, optional: Iterable[Field]) -> Iterator[str]:
    """Yield the values of an added or removed action besides its text and its directorates."""
    if action.years:
        yield calendar(action.years)
    if action.priority is not None:
        yield _("priority {number}").format(number=action.priority)
    for field in optional:
        value = action.value(field.key)
        if value is not None:
            words = ", ".join(map(str, value)) if isinstance(value, tuple) else shown(field, value)
            yield f"{field.name} {truncate(words, _LONGEST_VALUE)}"


_LONGEST_VALUE = 60


def _moved_words(change: Change, names: ChangeNames) -> str:
    """Return from which group to which an action moved."""
    if change.groups is None and names.is_usual:
        return _("moved to measure {new} from measure {old}").format(new=change.new, old=change.old)
    old, new = names.old.home(change.before), names.new.home(change.after)
    return _("moved: {old} → {new}").format(old=old or _("the top"), new=new or _("the top"))


def _changed_words(change: Change, field: Field, apart: bool) -> Words:
    """Return how the value of a field changed, by its type."""
    old, new = change.old, change.new
    if old in (None, ()):
        return _("{field}: {new} (had none)").format(field=field.name, new=shown(field, new))
    if new in (None, ()):
        return _("{field}: none (was {old})").format(field=field.name, old=shown(field, old))
    if field.key == "years" and change.before and change.after:
        return _calendar_words(change.before.years, change.after.years, apart)
    if _is_told_by_words(field, old, new):
        count = len(passages(str(old), str(new)))
        said = ngettext("{{field}}: {n} passage", "{{field}}: {n} passages", count)
        return (said if count else _("{field}: spaces only")).format(field=field.name)
    if isinstance(old, tuple) and isinstance(new, tuple):
        come, gone = [each for each in new if each not in old], [each for each in old if each not in new]
        return _come_and_gone(field.name, come, gone)
    shift = _("{field} {old} → {new}").format(field=field.name, old=shown(field, old), new=shown(field, new))
    days = last_day(str(old)), last_day(str(new))
    if field.key == "due" and days[0] != days[1]:
        later = days[1] > days[0]
        return _("{said} ({word})").format(said=shift, word=_("postponed") if later else _("brought forward"))
    return shift


def _is_told_by_words(field: Field, old: ChangedValue, new: ChangedValue) -> bool:
    """Return whether a change of a field is shown word by word."""
    is_text = field.type is Type.TEXT or (field.declared and field.type is Type.PROSE)
    return is_text and isinstance(old, str) and isinstance(new, str)


def _reordered_words(change: Change) -> str:
    """Return both orders of the pilots or the associated directorates of an action."""
    old, new = (
        " ".join(map(str, value)) if isinstance(value, tuple) else "" for value in (change.old, change.new)
    )
    shift = _("{old} → {new}").format(old=old, new=new)
    if change.field == "pilots":
        return _("pilots in another order: {shift}").format(shift=shift)
    return _("associated in another order: {shift}").format(shift=shift)


def _calendar_words(old: tuple[int, ...], new: tuple[int, ...], apart: bool) -> str:
    """Return how a calendar changes: ``2021 → 2022: postponed``; ``apart`` adds that it is the calendar."""
    shift = _("{old} → {new}").format(old=calendar(old), new=calendar(new))
    word = _shift_word(sorted(set(old)), sorted(set(new)))
    if apart:
        said = _("calendar {shift}").format(shift=shift)
        return _("{said} ({word})").format(said=said, word=word) if word else said
    return _("{shift}: {word}").format(shift=shift, word=word) if word else shift


def _shift_word(before: Sequence[int], after: Sequence[int]) -> str:
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


def _role_facts(before: Action, after: Action) -> Iterator[Words]:
    """Yield who changes roles, then who joins and who leaves."""
    roles = {"pilot": _("pilot"), "associated": _("associated")}
    was = {code: _role(before, code) for code in before.directorates}
    now = {code: _role(after, code) for code in after.directorates}
    for code in dict.fromkeys((*was, *now)):
        old, new = roles.get(was.get(code, "")), roles.get(now.get(code, ""))
        if old and new and old != new:
            yield _("{code}: {old} → {new}").format(code=code, old=old, new=new)
    for role, label in (("pilot", _("pilots:")), ("associated", _("associated:"))):
        come = [code for code in now if code not in was and now[code] == role]
        gone = [code for code in was if code not in now and was[code] == role]
        if come or gone:
            yield _come_and_gone(label, come, gone)
    both = {code for code in was if code in now and "both" in (was[code], now[code]) and was[code] != now[code]}
    if both:
        yield _("{codes}: in both roles on one side").format(codes=" ".join(sorted(both)))


def _come_and_gone(label: str, come: Iterable[object], gone: Iterable[object]) -> Words:
    """Return the codes that were added to a list and removed from it: ``pilots: +DSJ -DACS``."""
    signed = [Styled(f"+{each}", Style.ADDED) for each in come] + [
        Styled(f"-{each}", Style.REMOVED) for each in gone
    ]
    return join((label, *((each,) for each in signed)), " ")


def _role(action: Action, code: str) -> str:
    if code in action.pilots:
        return "both" if code in action.associated else "pilot"
    return "associated"


def _body(changes: Sequence[Change], names: ChangeNames, highlight: frozenset[str]) -> Iterator[Block]:
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
        yield from_to(names.old.home_title(change.before), names.new.home_title(change.after))
    for name, differing in field_passages(changes):
        yield Paragraph((f"{name}  ", *join(map(passage_words, differing), " ")), hanging=True)
    if action.pilots or action.associated:
        yield InlineList(tuple(roles(action, highlight)))


def from_to(old: str, new: str) -> DefinitionList:
    """Return an old value, and below it the new one."""
    return DefinitionList(((Definition(_("from"), old), Definition(_("to"), new)),))


def field_passages(changes: Iterable[Change]) -> Iterator[tuple[str, Sequence[Passage]]]:
    """Yield the name of each declared field whose change is shown word by word, and the passages that differ."""
    for each in changes:
        if each.entry and each.entry.declared and _is_told_by_words(each.entry, each.old, each.new):
            yield each.entry.name, passages(str(each.old), str(each.new))


def passage_words(passage: Passage) -> tuple[str | Styled, ...]:
    """Return a passage with its edits, and an ellipsis where it is cut out of its text."""
    marks = {PieceKind.DELETED: Style.DELETED, PieceKind.INSERTED: Style.INSERTED}
    words: list[str | Styled] = [] if passage.starts else ["… "]
    words += [Styled(text, marks[edit]) if edit in marks else text for text, edit in passage.pieces]
    return (*words, *([] if passage.ends else [" …"]))


def roles(action: Action, highlight: frozenset[str]) -> Iterator[Words]:
    """Yield the pilots and the associated directorates of an action."""
    pilot = ngettext("pilot {{codes}}", "pilots {{codes}}", len(action.pilots))
    associated = ngettext("associated {{codes}}", "associated {{codes}}", len(action.associated))
    for sentence, codes in ((pilot, action.pilots), (associated, action.associated)):
        if codes:
            words = ((Styled(code, Style.HIGHLIGHT),) if code in highlight else code for code in codes)
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


# What was reported.


def report_section(changes: Sequence[Change], names: ChangeNames) -> Section:
    """Return the section of what was reported of one action: its status before and now, and each entry."""
    change = changes[0]
    action = change.after or change.before
    body: list[Block] = [Paragraph(action.text, brief=True)] if action else []
    told = ((_report_day(each), tuple(_details(each, len(changes) > 1))) for each in changes)
    facts = tuple(
        Definition(day, InlineList(details, list=True, hanging=True)) for day, details in told if details
    )
    body.append(DefinitionList((facts,)))
    sign = SIGNS[ChangeKind.REPORTED]
    return Section(_headline(change), tuple(body), sign, report_words(changes), names.home(change))


def report_words(changes: Sequence[Change]) -> str:
    """Return in a few words what reports come to: how they change the status, else what the newest says."""
    was, now = (_status(action) for action in (changes[-1].before, changes[-1].after))
    said = _status_words(changes[-1])
    given = [each for each in changes if now and attributes_of(each.new).get("status") == now]
    taken = [each for each in changes if was and attributes_of(each.old).get("status") == was]
    if was != now and (given or taken):
        cause = (given or taken)[-1]
        when = _report_day(cause) if _is_new(cause) else _status_words(cause)
        words = now or _("not reported")
        shift = _("{old} → {new}").format(old=was, new=words) if was else words
        said = _("{words} ({day})").format(words=shift, day=when)
    if len(changes) > 1:
        count = ngettext("{n} entry", "{n} entries", len(changes))
        return _("{said}, {count}").format(said=said, count=count)
    return said


def entry_words(change: Change) -> tuple[Words, ...]:
    """Return what one entry says of the status, and its day, then what else it says."""
    return (_status_words(change), *_details(change))


def _is_new(change: Change) -> bool:
    return change.old is None and change.new is not None


def _status_words(change: Change) -> str:
    """Return the status that an entry gives, and the one before its day; or that it was corrected or withdrawn."""
    day = _report_day(change)
    if not _is_new(change):
        said = _("entry of {day} withdrawn") if change.new is None else _("entry of {day} corrected")
        return said.format(day=day)
    entry = attributes_of(change.new)
    since = last_day(str(entry["date"]))
    earlier = [each for each in change.after.progress if last_day(each.date) < since] if change.after else []
    known = status_entry(earlier)
    words = str(entry.get("status") or _("reported"))
    if known and entry.get("status") not in (None, known.status):
        words = _("{old} → {new}").format(old=known.status, new=words)
    return _("{words} ({day})").format(words=words, day=day)


def _report_day(change: Change) -> str:
    """Return the day of an entry, as it is now."""
    return show_date(str((attributes_of(change.new) or attributes_of(change.old)).get("date")))


def _status(action: Action | None) -> str | None:
    entry = status_entry(action.progress) if action else None
    return entry.status if entry else None


def _details(change: Change, several: bool = False) -> Iterator[str]:
    """Yield what an entry says that no headline has told; of a corrected one what differs.

    The headline of ``several`` entries tells none of them.
    """
    old, new = attributes_of(change.old), attributes_of(change.new)
    if old and new:
        yield ", ".join(_corrections(old, new))
        return
    if several and old:
        yield _("withdrawn")
    yield from _entry_details(new or old, with_status=several or not new)


def _entry_details(entry: dict[str, Attribute], with_status: bool) -> Iterator[str]:
    if with_status and entry.get("status"):
        yield str(entry["status"])
    if entry.get("percent") is not None:
        yield shown_percent(entry["percent"])
    yield from (str(entry[key]) for key in ("by", "note", "source") if entry.get(key))


def _corrections(old: dict[str, Attribute], new: dict[str, Attribute]) -> Iterator[str]:
    labels = {
        "date": _("date"),
        "status": _("status"),
        "by": _("reported by"),
        "percent": _("percent"),
        "note": _("note"),
        "source": _("source"),
    }
    for key, label in labels.items():
        if old.get(key) != new.get(key):
            before, after = (_("none") if side.get(key) is None else side[key] for side in (old, new))
            yield _("{field} {old} → {new}").format(field=label, old=before, new=after)
