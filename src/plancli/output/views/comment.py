"""A review as a comment on a merge request: counts, a table, the words behind a fold, sign-off to tick off."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from plancli.diagnostic import Diagnostic
from plancli.i18n import _, ngettext
from plancli.output.report import (
    Block,
    Checklist,
    Column,
    Fact,
    Facts,
    Folded,
    Hidden,
    Mark,
    Marked,
    Part,
    Pieces,
    Report,
    Roles,
    Sentence,
    Table,
    WholeText,
    Words,
    plain,
)
from plancli.output.report import Kind as Holds
from plancli.output.views.changes import (
    by_action,
    decided,
    declaration_facts,
    declaration_name,
    declaration_words,
    joined,
    moved_words,
    passage_words,
    renumbered_lines,
    runs,
    sign_of,
    title_name,
)
from plancli.output.views.review import (
    SHOWN,
    consequence_words,
    group_words,
    problem_counts,
    problem_sentence,
)
from plancli.review.change import Change, Kind, Review
from plancli.review.diff import passages
from plancli.text import truncate

MOST = 2000
"""No comment has room for more rows, texts or problems, however short they are."""


LONG = 500
"""Columns of the longest title or note that is shown beside the actions."""


ABOUT = 60
"""Columns of the first words of an action, which say what it is about."""


class Size(NamedTuple):
    """How much of a long comment is shown at most: rows, folded texts, problems, what is beside the actions.

    Without ``numbers``, actions are counted in the sign-off and not named.
    """

    rows: int = MOST
    texts: int = MOST
    problems: int = MOST
    besides: int = MOST
    numbers: bool = True


WHOLE = Size()


def comment_view(found: Review, file: str, size: Size = WHOLE, lacking: str = "") -> Report:
    """Show a review as a comment; the hidden marker lets CI replace the one it wrote before."""
    groups = [group for group in by_action(found.changes) if sign_of(group) is not Kind.RENUMBERED]
    parts: list[Part] = [(Hidden(f"plancli:diff {file}"), Pieces((_heading(found),), title=True))]
    if lacking:
        parts.append((Sentence(lacking),))
    if groups:
        left = max(len(groups) - size.rows, 0)
        more = ngettext("{n} more action is left out", "{n} more actions are left out", left)
        parts.append((_table(groups[: size.rows]), *_left_out(more, left)))
    facts = list(islice(_besides(found), size.besides))
    if facts:
        parts.append((Facts((tuple(facts),)), *_rest(_count_besides(found) - size.besides)))
    worded = [group for group in groups if _is_worded(group)]
    parts += [(_words(group),) for group in worded[: size.texts]]
    left = max(len(worded) - size.texts, 0)
    parts.append(tuple(_left_out(ngettext("{n} text is left out", "{n} texts are left out", left), left)))
    parts.append(tuple(_problems(found, size.problems)))
    parts.append(tuple(_sign_off(found, size.numbers)))
    return Report(tuple(part for part in parts if part))


def _left_out(words: str, count: int) -> Iterator[Block]:
    if count:
        yield Sentence(_("{left}: the comment would be too long.").format(left=words))


def _rest(left: int) -> Iterator[Block]:
    return _left_out(ngettext("{n} more is left out", "{n} more are left out", left), max(left, 0))


def _heading(found: Review) -> str:
    """Say how many actions change, and how."""
    count = found.counts
    counts = (
        (Kind.ADDED, ngettext("{n} added", "{n} added", count[Kind.ADDED])),
        (Kind.REMOVED, ngettext("{n} removed", "{n} removed", count[Kind.REMOVED])),
        (Kind.CHANGED, ngettext("{n} changed", "{n} changed", count[Kind.CHANGED])),
        (Kind.MOVED, ngettext("{n} moved", "{n} moved", count[Kind.MOVED])),
        (Kind.REORDERED, ngettext("{n} reordered", "{n} reordered", count[Kind.REORDERED])),
    )
    actions = (change.after or change.before for change in found.changes if change.kind in SHOWN)
    total = len({id(action) for action in actions if action})
    groups = list(group_words(found))
    if total:
        changing = ngettext("The plan: {n} action changes", "The plan: {n} actions change", total)
        told = ", ".join(words for kind, words in counts if count[kind])
        return ", ".join([_("{changing} ({counts})").format(changing=changing, counts=told), *groups])
    if found.changes:
        return ", ".join([_("The plan: no action changes"), *groups])
    return _("The plan: no change in meaning (layout only)") if found.layout_only else _("The plan: no change")


def _table(groups: Sequence[Sequence[Change]]) -> Table:
    columns = (
        Column("action", _("Action"), Holds.NUMBER),
        Column("measure", _("Measure"), Holds.NUMBER),
        Column("about", _("About"), Holds.NAME),
        Column("changes", _("What changes"), Holds.NAME),
        Column("directorates", _("Directorates"), Holds.NAME),
    )
    rows = []
    for group in groups:
        action = group[0].after or group[0].before
        roles = Roles(action.pilots, action.associated) if action else None
        about = truncate(action.text, ABOUT) if action else None
        rows.append((group[0].action, group[0].measure, about, plain(joined(decided(group, apart=True))), roles))
    return Table(columns, tuple(rows))


def _besides(found: Review) -> Iterator[Fact]:
    """Say what happened beside the actions: new numbers, titles, declarations, measures left empty."""
    if lines := renumbered_lines(found.changes):
        yield Fact(_("Renumbered"), ", ".join(lines))
    for change in found.changes:
        if change.kind is Kind.RETITLED:
            titles = (truncate(str(title), LONG) for title in (change.old, change.new))
            yield Fact(title_name(change), _("{old} → {new}").format(old=next(titles), new=next(titles)))
        elif change.kind is Kind.MOVED and change.is_group_decision:
            yield Fact(title_name(change), moved_words(change))
        elif change.kind is Kind.DECLARED:
            said = (_said(label, words) for label, words in declaration_facts(change))
            yield Fact(declaration_name(change), joined((declaration_words(change), *said)))
    for measure in found.emptied:
        yield Fact(_("Measure {number}").format(number=measure.number), _("left without actions"))


def _count_besides(found: Review) -> int:
    changes = sum(1 for each in found.changes if each.is_group_decision or each.kind is Kind.DECLARED)
    return bool(renumbered_lines(found.changes)) + changes + len(found.emptied)


def _said(label: str, words: Words) -> Words:
    """Say a part of a declaration; only its label where it is long."""
    parts = (words,) if isinstance(words, str) else words
    return (f"{label} ", *parts) if len(plain(parts)) <= LONG else label


def _is_worded(group: Sequence[Change]) -> bool:
    """Tell whether the words of an action's text are to be read: they changed, or the action comes or goes."""
    before, after = group[0].before, group[0].after
    return before is None or after is None or before.text != after.text


def _words(group: Sequence[Change]) -> Folded:
    """Give the words of an action's text behind a fold: what changed of it, or all of one that comes or goes."""
    before, after = group[0].before, group[0].after
    number = group[0].action
    if before and after:
        words = tuple(Sentence(passage_words(passage)) for passage in passages(before.text, after.text))
        return Folded(_("Action {number}: the words").format(number=number), words or (WholeText(after.text),))
    text = WholeText(after.text if after else before.text if before else "")
    return Folded(_("Action {number}: the text").format(number=number), (text,))


def _problems(found: Review, shown: int) -> Iterator[Block]:
    """Count the problems; a single one is told beside the counts, several below."""
    problems = [*found.new_problems, *found.fixed_problems]
    if not problems:
        return
    words: list[str | Marked] = [Marked(_("Problems:"), Mark.HEADING), f" {problem_counts(found)}"]
    if len(problems) == 1:
        yield Sentence((*words, " — ", _problem(problems[0])))
        return
    new, fixed = _("new"), _("fixed")
    fates = [*(new for _each in found.new_problems), *(fixed for _each in found.fixed_problems)]
    told = zip(fates[:shown], problems[:shown], strict=True)
    yield Sentence(tuple(words))
    yield Facts((tuple(Fact(fate, _problem(problem)) for fate, problem in told),))
    yield from _rest(len(problems) - shown)


def _problem(problem: Diagnostic) -> str:
    return _("{problem} (line {line})").format(problem=problem_sentence(problem), line=problem.span.start.line)


def _sign_off(found: Review, numbers: bool) -> Iterator[Block]:
    follows = {each.code: consequence_words(each) for each in found.consequences}
    items: list[Words] = []
    for code, actions in found.sign_off:
        asked = runs(actions) if numbers else ngettext("{n} action", "{n} actions", len(actions))
        words = " · ".join([asked, *follows.get(code, ())])
        before, after = _("{code}: {words}").split("{code}")
        items.append((before, Marked(code, Mark.HEADING), after.format(words=words)))
    if items:
        yield Checklist(_("Sign-off"), tuple(items))
