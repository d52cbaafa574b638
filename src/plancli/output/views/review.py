"""A review: the answer of ``diff``."""

from collections.abc import Iterable, Iterator, Sequence

from plancli.diagnostic import Diagnostic, diagnostic_data
from plancli.i18n import _, format_number, ngettext
from plancli.output.report import (
    Block,
    Blocks,
    Definition,
    DefinitionList,
    InlineList,
    Paragraph,
    Records,
    Report,
    Section,
    Sections,
    Style,
    Styled,
    Words,
)
from plancli.output.views.changes import (
    SIGNS,
    ChangeNames,
    action_section,
    by_action,
    number_ranges,
    renumbered_lines,
    report_section,
    sign_of,
)
from plancli.output.views.declarations import declaration_words, other_name, other_section
from plancli.plan.model import Action, Group
from plancli.review.change import (
    CHANGING,
    DECISIONS,
    OPTIONAL,
    Change,
    ChangeKind,
    CountChange,
    Impact,
    Metric,
    Review,
)
from plancli.text import contains_word

FOLLOWS = "follows"
"""The kind of a consequence in CSV."""

SIGN_OFF = "sign_off"
"""The kind of the row of who must agree in CSV."""

CHANGE_KEYS = ("kind", "action", "was", "measure", "orientation", "field", "old", "new", "directorates")
"""The keys of a change in JSON and CSV."""


def review_view(review: Review, title: str, codes: Sequence[str] = (), lacking: str = "") -> Report:
    """Return the report of a review; ``codes`` are the directorates it is limited to.

    ``lacking`` is a sentence on what the old side has and the new one never had.
    """
    names = ChangeNames(review.old, review.new)
    parts: list[Blocks] = [(Paragraph(title), *([Paragraph(lacking)] if lacking else []))]
    if review.changes or review.unrelated:
        parts += _changes(review, names, codes)
    elif review.layout_only:
        parts.append((Paragraph(_("No change in meaning (layout only).")),))
    else:
        parts.append((Paragraph(_("No change.")),))
    parts.append((*_follows(review, names, frozenset(codes)), *_problems(review), *_unexplained(review, names)))
    if review.changes:
        parts.append(tuple(_conclusion(review, names, codes)))
    return Report(tuple(parts), data=_review_data(review), records=_review_records(review))


def _changes(review: Review, names: ChangeNames, codes: Sequence[str]) -> Iterator[Blocks]:
    asked = frozenset(codes)
    groups = by_action(review.changes)
    reported = by_action(review.changes, reported=True)
    shown = [group for group in groups if sign_of(group) is not ChangeKind.RENUMBERED]
    lines = renumbered_lines(review.changes)
    others = [
        each
        for kind in (ChangeKind.MOVED, ChangeKind.RETITLED, ChangeKind.DECLARED)
        for each in review.changes
        if each.kind is kind and not each.has_action
    ]
    sections = [other_section(each, names) for each in others]
    signs = [*map(sign_of, groups), *([ChangeKind.REPORTED] if reported else [])]
    is_limited = codes and (review.unrelated or review.actions(*CHANGING))
    yield (_concerned(review, names, codes) if is_limited else _legend(signs, sections),)
    yield (Sections(tuple(action_section(group, names, asked) for group in shown)),)
    yield tuple(Section(line, (), SIGNS[ChangeKind.RENUMBERED]) for line in lines)
    yield (Sections(tuple(sections)),)
    if reported:
        yield (Section(_("Reported: nobody needs to agree")),)
        yield (Sections(tuple(report_section(group, names) for group in reported)),)


def _legend(kinds: Sequence[ChangeKind], sections: Sequence[Section]) -> Paragraph:
    """Return the signs that occur, with their names."""
    names = {
        ChangeKind.ADDED: _("added"),
        ChangeKind.REMOVED: _("removed"),
        ChangeKind.CHANGED: _("changed"),
        ChangeKind.MOVED: _("moved"),
        ChangeKind.REORDERED: _("reordered"),
        ChangeKind.RENUMBERED: _("renumbered"),
        ChangeKind.REPORTED: _("reported"),
    }
    words: list[str | Styled] = []
    for kind, sign in SIGNS.items():
        if kind in kinds or any(section.sign == sign for section in sections):
            words += [*(["  "] if words else []), sign, f" {names[kind]}"]
    return Paragraph(tuple(words))


def _concerned(review: Review, names: ChangeNames, codes: Sequence[str]) -> Paragraph:
    """Return how many of the changed actions concern the directorates, and which ones don't."""
    own = len(review.actions(*CHANGING))
    total = ngettext("{n} action that changes", "{n} actions that change", own + len(review.unrelated))
    who = _(" or ").join(codes)
    shown = format_number(own) if own else _("none")
    sentence = _("{who} takes part in {own} of the {total}").format(who=who, own=shown, total=total)
    if review.unrelated:
        others = ngettext(
            "{{sentence}} (the other: {{numbers}})",
            "{{sentence}} (the others: {{numbers}})",
            len(review.unrelated),
        )
        sentence = others.format(sentence=sentence, numbers=names.actions(review.unrelated))
    return Paragraph(sentence)


def _follows(review: Review, names: ChangeNames, highlight: frozenset[str]) -> Iterator[Block]:
    facts = [
        Definition(
            (Styled(each.code, Style.HIGHLIGHT),) if each.code in highlight else each.code,
            InlineList(tuple(impact_words(each)), list=True, hanging=True),
        )
        for each in review.impacts
    ]
    facts += [Definition(names.heading(group), _("left without actions")) for group in review.emptied]
    if facts:
        yield Section(_("What follows"), (DefinitionList((tuple(facts),)),))


def impact_words(impact: Impact) -> list[str]:
    """Return the impact on a directorate in words: its counts, before → after."""
    words = [_("enters the plan")] if impact.enters else [_("leaves the plan")] if impact.leaves else []
    return [*words, *map(_count_change_words, impact.count_changes)]


def _count_change_words(count_change: CountChange) -> str:
    before, after = map(format_number, (count_change.before, count_change.after))
    numbers = _("{old} → {new}").format(old=before, new=after)
    if count_change.metric is Metric.PILOT:
        first = not count_change.before
        words = _("pilot of {numbers} (for the first time)") if first else _("pilot of {numbers}")
        return words.format(numbers=numbers)
    words = (
        _("covers {value}: {numbers}") if count_change.metric is Metric.YEAR else _("priority {value}: {numbers}")
    )
    return words.format(value=count_change.value, numbers=numbers)


def _problems(review: Review) -> Iterator[Block]:
    if review.new_problems or review.fixed_problems or review.ignored:
        items: list[Words] = [_problem_words(each) for each in review.new_problems]
        items += [(Styled(f"{_('fixed')} ", Style.HELP), *_problem_words(each)) for each in review.fixed_problems]
        lines = [Paragraph(item, hanging=True) for item in items]
        yield Section(f"{_('Problems:')} {problem_counts(review)}", tuple(lines))


def _unexplained(review: Review, names: ChangeNames) -> Iterator[Block]:
    if review.unexplained:
        yield Paragraph(unexplained_words(review, names), hanging=True)


def unexplained_words(review: Review, names: ChangeNames) -> str:
    """Return a sentence on the actions whose end is postponed without an entry that says why."""
    words = ngettext(
        "Note: the end of action {{numbers}} is postponed, and no entry says why",
        "Note: the ends of actions {{numbers}} are postponed, and no entry says why",
        len(review.unexplained),
    )
    return words.format(numbers=names.actions(review.unexplained))


def problem_counts(review: Review) -> str:
    """Return the counts of new, fixed and ignored problems."""
    counts = _("{new}, {fixed}").format(
        new=ngettext("{n} new", "{n} new", len(review.new_problems)),
        fixed=ngettext("{n} fixed", "{n} fixed", len(review.fixed_problems)),
    )
    if not review.ignored:
        return counts
    return f"{counts}, {ngettext('{n} ignored', '{n} ignored', len(review.ignored))}"


def _problem_words(problem: Diagnostic) -> tuple[str | Styled, ...]:
    """Return a problem on one line, its place first."""
    start = problem.span.start
    severity = Styled(f"{problem.severity.word}[{problem.rule}]", Style(problem.severity.value))
    return (f"{problem.file}:{start.line}:{start.column} ", severity, f" {problem_sentence(problem)}")


def problem_sentence(problem: Diagnostic) -> str:
    """Return the sentence of a problem, with its action."""
    said = problem.sentence
    if problem.continues:
        if problem.action:
            return _("action {number} {sentence}").format(number=problem.name, sentence=said)
        if problem.measure:
            return _("measure {number} {sentence}").format(number=problem.measure, sentence=said)
        return _("orientation {number} {sentence}").format(number=problem.orientation, sentence=said)
    if not problem.action:
        return said
    action = _("action {number}").format(number=problem.name)
    if contains_word(said, action):
        return said
    return _("{action}: {sentence}").format(action=action, sentence=said)


def _conclusion(review: Review, names: ChangeNames, codes: Sequence[str]) -> Iterator[Block]:
    """Yield the number of changes, and who must agree to them."""
    count = review.counts
    if codes:
        numbers = sorted({number for _code, numbers in review.sign_off for number in numbers})
        yield InlineList(
            (
                _("{who}: {changed} to change, {moved} to move, {added} to add, {removed} to remove").format(
                    who=", ".join(codes), **{kind.value: format_number(count[kind]) for kind in DECISIONS}
                ),
                *_other_changes(review, names),
                *([_("sign-off: {numbers}").format(numbers=names.actions(numbers))] if numbers else []),
            )
        )
    else:
        yield Paragraph(_summary_words(review, names))
        if review.sign_off:
            yield _asked_to_agree(_("Sign-off:"), review.sign_off, names)
    if review.ministries:
        yield _asked_to_agree(ministries_label(review), review.ministries, names)


def _asked_to_agree(label: str, asked: Sequence[tuple[str, Sequence[int]]], names: ChangeNames) -> InlineList:
    pieces = tuple(f"{who} ({names.actions(numbers)})" for who, numbers in asked)
    return InlineList(pieces, lead=f"{label} ", list=True, hanging=True)


def ministries_label(review: Review) -> str:
    """Return the words before the ministries that must agree."""
    return ngettext("Ministry:", "Ministries:", len(review.ministries))


def _summary_words(review: Review, names: ChangeNames) -> str:
    """Return the counts of changes, like the last line of ``terraform plan``."""
    count = review.counts
    words = [
        _("Plan: {n} to add").format(n=format_number(count[ChangeKind.ADDED])),
        _("{n} to change").format(n=format_number(count[ChangeKind.CHANGED])),
        _("{n} to move").format(n=format_number(count[ChangeKind.MOVED])),
        _("{n} to remove").format(n=format_number(count[ChangeKind.REMOVED])),
        ngettext("{n} renumbered", "{n} renumbered", count[ChangeKind.RENUMBERED]),
    ]
    return ", ".join([*words, *_other_changes(review, names)]) + "."


def _other_changes(review: Review, names: ChangeNames) -> Iterator[str]:
    """Yield the changes that not every review has: new orders, decisions on groups by name, declarations."""
    yield from kind_counts(review, ChangeKind.REORDERED)
    yield from group_words(review, names)
    yield from kind_counts(review, ChangeKind.DECLARED, ChangeKind.REPORTED)


def kind_counts(review: Review, *kinds: ChangeKind) -> Iterator[str]:
    """Yield the count of each of some kinds of changes that occurs."""
    count = review.counts
    words = {
        ChangeKind.ADDED: ngettext("{n} added", "{n} added", count[ChangeKind.ADDED]),
        ChangeKind.REMOVED: ngettext("{n} removed", "{n} removed", count[ChangeKind.REMOVED]),
        ChangeKind.CHANGED: ngettext("{n} changed", "{n} changed", count[ChangeKind.CHANGED]),
        ChangeKind.MOVED: ngettext("{n} moved", "{n} moved", count[ChangeKind.MOVED]),
        ChangeKind.REORDERED: ngettext("{n} reordered", "{n} reordered", count[ChangeKind.REORDERED]),
        ChangeKind.DECLARED: ngettext("{n} declared", "{n} declared", count[ChangeKind.DECLARED]),
        ChangeKind.REPORTED: ngettext("{n} reported", "{n} reported", count[ChangeKind.REPORTED]),
    }
    yield from (words[kind] for kind in kinds if count[kind])


def lacking_words(old: str, command: str, commits: int, changes: Sequence[Change], names: ChangeNames) -> str:
    """Return a sentence on what the old side alone decided: the comparison shows it as taken back."""
    who = ngettext("{{old}} has {n} commit of its own", "{{old}} has {n} commits of its own", commits).format(
        old=old
    )
    about = subject_words(changes, names)
    said = _("{who} ({about})").format(who=who, about=about) if about else who
    sentence = _("{said}: what it decided is shown here as taken back. Without that: {command}")
    return sentence.format(said=said, command=command)


def subject_words(changes: Sequence[Change], names: ChangeNames) -> str:
    """Return what some changes are about: actions by number, titles and declarations by name."""
    numbers = {change.action for change in changes if change.action is not None}
    words = []
    if numbers:
        actions = ngettext("action {{numbers}}", "actions {{numbers}}", len(numbers))
        words.append(actions.format(numbers=names.actions(numbers)))
    others = [change for change in changes if change.action is None]
    named = [other_name(each, names) for each in others]
    return ", ".join([*words, *dict.fromkeys(named)])


def group_words(review: Review, names: ChangeNames) -> Iterator[str]:
    """Yield the groups that move, the titles that change, and the period if it changes."""
    groups = [change for change in review.changes if change.is_group_decision]
    moved = [change for change in groups if change.kind is ChangeKind.MOVED]
    if moved and names.is_usual and moved[0].groups is None:
        words = ngettext("{n} measure to move ({{numbers}})", "{n} measures to move ({{numbers}})", len(moved))
        yield words.format(numbers=number_ranges(change.measure or 0 for change in moved))
    elif moved:
        words = ngettext("{n} to move ({{names}})", "{n} to move ({{names}})", len(moved))
        yield words.format(names=", ".join(names.group(change.group) for change in moved if change.group))
    titles = [other_name(change, names) for change in groups if change.kind is ChangeKind.RETITLED]
    if titles:
        words = ngettext("{n} retitled ({{names}})", "{n} retitled ({{names}})", len(titles))
        yield words.format(names=", ".join(titles))
    for change in groups:
        if change.kind is ChangeKind.DECLARED:
            yield _("period {shift}").format(shift=declaration_words(change))


def _review_data(review: Review) -> dict[str, object]:
    """Return a review for JSON."""
    unexplained = {"unexplained": list(review.unexplained)} if review.unexplained else {}
    ignored = {"ignored": [diagnostic_data(each) for each in review.ignored]} if review.ignored else {}
    return {
        "changes": changes_data(review.changes),
        "summary": {kind.value: n for kind, n in review.summary.items() if n or kind not in OPTIONAL},
        "layout_only": review.layout_only,
        "consequences": list(_consequences(review)),
        **unexplained,
        "sign_off": {code: list(numbers) for code, numbers in review.sign_off},
        "ministries": {name: list(numbers) for name, numbers in review.ministries},
        "problems": {
            "new": [diagnostic_data(each) for each in review.new_problems],
            "fixed": [diagnostic_data(each) for each in review.fixed_problems],
            **ignored,
        },
    }


def _consequences(review: Review) -> Iterator[dict[str, object]]:
    """Yield the impacts for JSON, an object a fact; ``groups`` only where a plan needs them."""
    keys = ("kind", "directorate", "measure", "value", "old", "new")

    def fact(*values: object) -> dict[str, object]:
        return dict(zip(keys, values, strict=True))

    for each in review.impacts:
        if each.enters or each.leaves:
            yield fact("enters" if each.enters else "leaves", each.code, None, None, None, None)
        for count_change in each.count_changes:
            yield fact(
                count_change.metric.value,
                each.code,
                None,
                count_change.value,
                count_change.before,
                count_change.after,
            )
    for group in review.emptied:
        needs_groups = any(change.groups is not None for change in review.changes)
        groups = {"groups": list(group.place)} if needs_groups else {}
        yield fact("emptied", None, group.measure, None, None, None) | groups


def keys_of_changes(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return the keys of changes in JSON and CSV: with ``groups`` where a plan isn't of two levels."""
    if all(change.groups is None for change in changes):
        return CHANGE_KEYS
    after = CHANGE_KEYS.index("orientation") + 1
    return (*CHANGE_KEYS[:after], "groups", *CHANGE_KEYS[after:])


def changes_data(changes: Sequence[Change]) -> list[dict[str, object]]:
    """Return changes for JSON, an object a change."""
    keys = keys_of_changes(changes)
    return [dict(zip(keys, _values(change, keys), strict=True)) for change in changes]


def _values(change: Change, keys: Sequence[str]) -> tuple[object, ...]:
    return tuple(_json_value(getattr(change, key)) for key in keys)


def _json_value(value: object) -> object:
    """Return a value for JSON: a declaration as an object, a tuple as a list, a kind as its name."""
    if isinstance(value, ChangeKind):
        return value.value
    if isinstance(value, tuple):
        is_declaration = bool(value) and isinstance(value[0], tuple)
        return {key: _json_value(item) for key, item in value} if is_declaration else list(value)
    return value


def _review_records(review: Review) -> Records:
    """Return a review for CSV: a row a change, a consequence (of the kind ``follows``), one who must agree."""
    keys = keys_of_changes(review.changes)
    rows = [change_row(change, keys) for change in review.changes]
    for each in _consequences(review):
        value = each["value"]
        field = each["kind"] if value is None else f"{each['kind']}={value}"
        row = {**each, "kind": FOLLOWS, "field": field, "directorates": each["directorate"]}
        rows.append(tuple(row.get(key) for key in keys))
    asked = [{"directorates": code, "new": numbers} for code, numbers in review.sign_off]
    asked += [{"field": f"ministry={name}", "new": numbers} for name, numbers in review.ministries]
    rows += [tuple({"kind": SIGN_OFF, **row}.get(key) for key in keys) for row in asked]
    return Records(keys, tuple(rows))


def change_row(change: Change, keys: Sequence[str]) -> tuple[object, ...]:
    """Return a change for CSV, with a declaration as ``key=value``."""
    return tuple(
        tuple(f"{key}={_in_csv(item)}" for key, item in value.items() if item is not None)
        if isinstance(value, dict)
        else value
        for value in _values(change, keys)
    )


def _in_csv(item: object) -> object:
    """Return a value of a declaration: a list with commas, as lists of declarations are joined otherwise."""
    if isinstance(item, list):
        return ",".join(map(str, item))
    return str(item).lower() if isinstance(item, bool) else item


def title_of(file: str, old: str, new: str, commits: int | None, dots: str = "", since: str = "") -> str:
    """Return what is compared: the plan, its two sides, and the number of commits between them.

    ``since`` is the merge base of the sides, if that isn't the old one.
    """
    if since:
        old = _("{branch} ({commit}, where they parted)").format(branch=old, commit=since)
    sides = f"{old}..{new}" if dots == ".." else _("{old} → {new}").format(old=old, new=new)
    title = _("{file}: {sides}").format(file=file, sides=sides) if file else sides
    if commits is None:
        return title
    return f"{title}, {ngettext('{n} commit', '{n} commits', commits)}"


MOST_ASSUMPTIONS = 10
"""The number of assumptions that have a line each."""


def assumption_lines(review: Review) -> Iterator[str]:
    """Yield a line for each block that may be another one of nearly the same text."""
    assumed = [each for each in review.assumed if any(each.others)]
    for each in assumed[:MOST_ASSUMPTIONS]:
        others = _(" or ").join(_block_name(other) for other in each.others)
        yield _("assumed: {before} is now {after}; nearly the same text as others, it may be {others}").format(
            before=_block_name(each.before),
            after=_block_name(each.after),
            others=others,
        )
    if len(assumed) > MOST_ASSUMPTIONS:
        yield ngettext("… and {n} more", "… and {n} more", len(assumed) - MOST_ASSUMPTIONS)


def _block_name(block: Action | Group | None) -> str:
    if block is None:
        return _("gone")
    names = {Action: _("action {name}"), Group: _("measure {name}")}
    return names[type(block)].format(name=block.number)
