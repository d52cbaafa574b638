"""A review as a comment on a merge request: counts, a table, folded texts, and the sign-off as a task list."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from plancli.diagnostic import Diagnostic
from plancli.i18n import _, ngettext
from plancli.output.report import (
    Block,
    Blocks,
    Column,
    ColumnKind,
    Definition,
    DefinitionList,
    Details,
    HtmlComment,
    InlineList,
    Paragraph,
    Participants,
    PlanText,
    Report,
    Style,
    Styled,
    Table,
    TaskList,
    Words,
    fill,
    join,
    plain,
)
from plancli.output.views.changes import (
    ChangeNames,
    by_action,
    describe_changes,
    entry_words,
    passage_words,
    renumbered_lines,
    sign_of,
)
from plancli.output.views.declarations import declaration_facts, other_name, other_words
from plancli.output.views.review import (
    group_words,
    impact_words,
    kind_counts,
    ministries_label,
    problem_counts,
    problem_sentence,
    unexplained_words,
)
from plancli.review.change import CHANGING, Change, ChangeKind, Review
from plancli.review.diff.sequences import passages
from plancli.text import truncate

MOST_ROWS = 2000
"""No comment has room for more rows, texts or problems than this."""


LONG = 500
"""The longest title or note that is shown, in columns."""


ABOUT = 60
"""The columns of an action's first words."""


class Size(NamedTuple):
    """The limits of a long comment: rows, folded texts, problems, changes beside the actions, reports.

    Without ``numbers`` the sign-off counts the actions instead of naming them.
    """

    rows: int = MOST_ROWS
    texts: int = MOST_ROWS
    problems: int = MOST_ROWS
    others: int = MOST_ROWS
    reports: int = MOST_ROWS
    numbers: bool = True


WHOLE = Size()


def comment_view(review: Review, file: str, size: Size = WHOLE, lacking: str = "") -> Report:
    """Return a review as a comment; by its hidden marker CI replaces the one it wrote before."""
    names = ChangeNames(review.old, review.new)
    groups = [group for group in by_action(review.changes) if sign_of(group) is not ChangeKind.RENUMBERED]
    parts: list[Blocks] = [
        (HtmlComment(f"plancli:diff {file}"), InlineList((_heading(review, names),), title=True))
    ]
    if lacking:
        parts.append((Paragraph(lacking),))
    if groups:
        left = max(len(groups) - size.rows, 0)
        more = ngettext("{n} more action is left out", "{n} more actions are left out", left)
        parts.append((_table(groups[: size.rows], names), *_omission(more, left)))
    facts = tuple(islice(_other_changes(review, names), size.others))
    if facts:
        parts.append((DefinitionList((facts,)), *_remainder(_count_other_changes(review) - size.others)))
    texts = [group for group in groups if _differs_in_text(group)]
    parts += [(_words(group, names),) for group in texts[: size.texts]]
    left = max(len(texts) - size.texts, 0)
    parts.append(tuple(_omission(ngettext("{n} text is left out", "{n} texts are left out", left), left)))
    parts.append(tuple(_reports(review, names, size.reports)))
    if review.unexplained:
        parts.append((Paragraph(unexplained_words(review, names)),))
    parts.append(tuple(_problems(review, size.problems)))
    parts.append(tuple(_sign_off(review, names, size.numbers)))
    return Report(tuple(parts))


def _omission(words: str, count: int) -> Iterator[Block]:
    if count:
        yield Paragraph(_("{left}: the comment would be too long.").format(left=words))


def _remainder(left: int) -> Iterator[Block]:
    return _omission(ngettext("{n} more is left out", "{n} more are left out", left), max(left, 0))


def _reports(review: Review, names: ChangeNames, most: int) -> Iterator[Block]:
    """Yield what was reported, apart from what is decided: nobody needs to agree to it."""
    reported = [change for group in by_action(review.changes, reported=True) for change in group]
    if reported:
        yield Paragraph((Styled(_("Reported: nobody needs to agree"), Style.HEADING),))
        facts = tuple(
            Definition(
                _("Action {number}").format(number=names.action(change.action)), InlineList(entry_words(change))
            )
            for change in reported[:most]
        )
        yield DefinitionList((facts,))
        yield from _remainder(len(reported) - most)


def _heading(review: Review, names: ChangeNames) -> str:
    """Return how many actions change, and how."""
    counts = kind_counts(
        review,
        ChangeKind.ADDED,
        ChangeKind.REMOVED,
        ChangeKind.CHANGED,
        ChangeKind.MOVED,
        ChangeKind.REORDERED,
    )
    actions = (change.after or change.before for change in review.changes if change.kind in CHANGING)
    total = len({id(action) for action in actions if action})
    groups = [*group_words(review, names), *kind_counts(review, ChangeKind.REPORTED)]
    if total:
        changing = ngettext("The plan: {n} action changes", "The plan: {n} actions change", total)
        said = _("{changing} ({counts})").format(changing=changing, counts=", ".join(counts))
        return ", ".join([said, *groups])
    if review.changes:
        return ", ".join([_("The plan: no action changes"), *groups])
    return _("The plan: no change in meaning (layout only)") if review.layout_only else _("The plan: no change")


def _table(groups: Sequence[Sequence[Change]], names: ChangeNames) -> Table:
    columns = (
        Column("action", _("Action"), ColumnKind.NUMBER),
        Column("measure", names.home_heading, ColumnKind.NUMBER),
        Column("about", _("About"), ColumnKind.NAME),
        Column("changes", _("What changes"), ColumnKind.NAME),
        Column("directorates", _("Directorates"), ColumnKind.NAME),
    )
    rows = []
    for group in groups:
        action = group[0].after or group[0].before
        roles = Participants(action.pilots, action.associated) if action else None
        about = truncate(action.text, ABOUT) if action else None
        said = plain(join(describe_changes(group, names, apart=True)))
        number = action.code if action and action.code else group[0].action
        rows.append((number, names.home_label(group[0]), about, said, roles))
    return Table(columns, tuple(rows))


def _other_changes(review: Review, names: ChangeNames) -> Iterator[Definition]:
    """Yield what changes beside the actions: new numbers, titles, declarations, measures left empty."""
    if lines := renumbered_lines(review.changes):
        yield Definition(_("Renumbered"), ", ".join(lines))
    for change in review.changes:
        if change.has_action:
            continue
        words: Words = other_words(change, names)
        if change.kind is ChangeKind.RETITLED:
            old, new = (truncate(str(title), LONG) for title in (change.old, change.new))
            words = _("{old} → {new}").format(old=old, new=new)
        elif change.kind is ChangeKind.DECLARED:
            words = join((words, *(_shorten(label, fact) for label, fact in declaration_facts(change))))
        yield Definition(other_name(change, names), words)
    for group in review.emptied:
        yield Definition(names.heading(group), _("left without actions"))


def _count_other_changes(review: Review) -> int:
    """Count what ``_other_changes`` yields: to word thousands, of which few are shown, would take seconds."""
    changes = sum(not each.has_action for each in review.changes)
    return bool(renumbered_lines(review.changes)) + changes + len(review.emptied)


def _shorten(label: str, words: Words) -> Words:
    """Return an entry of a declaration in words; only its label if it is long."""
    return join((label, words), " ") if len(plain(words)) <= LONG else label


def _differs_in_text(group: Sequence[Change]) -> bool:
    """Return whether the text was added, removed or changed."""
    before, after = group[0].before, group[0].after
    return before is None or after is None or before.text != after.text


def _words(group: Sequence[Change], names: ChangeNames) -> Details:
    """Return an action's text, collapsed: what changed, or all of it if it was added or removed."""
    before, after = group[0].before, group[0].after
    number = names.action(group[0].action)
    if before and after:
        words = tuple(Paragraph(passage_words(passage)) for passage in passages(before.text, after.text))
        return Details(_("Action {number}: the words").format(number=number), words or (PlanText(after.text),))
    text = PlanText(after.text if after else before.text if before else "")
    return Details(_("Action {number}: the text").format(number=number), (text,))


def _problems(review: Review, shown: int) -> Iterator[Block]:
    """Yield the problems: a single one beside their counts, several below."""
    problems = [(_("new"), each) for each in review.new_problems]
    problems += [(_("fixed"), each) for each in review.fixed_problems]
    if not problems and not review.ignored:
        return
    words: list[str | Styled] = [Styled(_("Problems:"), Style.HEADING), f" {problem_counts(review)}"]
    if not problems:
        yield Paragraph(tuple(words))
        return
    if len(problems) == 1:
        yield Paragraph((*words, " — ", _problem(problems[0][1])))
        return
    yield Paragraph(tuple(words))
    yield DefinitionList((tuple(Definition(fate, _problem(problem)) for fate, problem in problems[:shown]),))
    yield from _remainder(len(problems) - shown)


def _problem(problem: Diagnostic) -> str:
    return _("{problem} (line {line})").format(problem=problem_sentence(problem), line=problem.span.start.line)


def _sign_off(review: Review, names: ChangeNames, numbers: bool) -> Iterator[Block]:
    def asked(actions: Sequence[int]) -> str:
        return names.actions(actions) if numbers else ngettext("{n} action", "{n} actions", len(actions))

    impacts = {each.code: impact_words(each) for each in review.impacts}
    items: list[Words] = []
    for code, actions in review.sign_off:
        words = " · ".join([asked(actions), *impacts.get(code, ())])
        items.append(fill(_("{code}: {words}"), code=(Styled(code, Style.HEADING),), words=words))
    if items:
        yield TaskList(_("Sign-off"), tuple(items))
    if review.ministries:
        pieces = tuple(f"{truncate(name, LONG)} ({asked(actions)})" for name, actions in review.ministries)
        yield InlineList(pieces, lead=(Styled(ministries_label(review), Style.HEADING), " "))
