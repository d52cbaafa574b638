"""``plancli diff``: what a change of the plan means, for whom, and who must agree."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from plancli.cli import completion
from plancli.cli.errors import in_place
from plancli.cli.options import OptionGroup, OutputOptions, PlanFile, argument, flag, option, split_commas
from plancli.cli.streams import print_err
from plancli.cli.usage import choose
from plancli.errors import PlanError, Usage
from plancli.i18n import LANGUAGES, N_, _, current_language, ngettext, use_language
from plancli.plan import model

if TYPE_CHECKING:
    from plancli.check.checker import Checked
    from plancli.loader.revisions import Sides, Version
    from plancli.output.report import Report
    from plancli.output.views.comment import Size
    from plancli.plan.model import Plan
    from plancli.review.change import Change, Review

KINDS = ("added", "removed", "moved", "renumbered", "retitled", "declared", "reordered", "reported")
CHANGED_FIELDS = (*(field.key for field in model.FIELDS if field.key != "number"), "period", "measure")
FAIL_ON = (*KINDS, *CHANGED_FIELDS, "problems")

LONGEST_COMMENT = 60_000
"""The longest comment in bytes: forges take little more."""

EXAMPLES = (
    "plancli diff",
    "plancli diff main...",
    "plancli diff 2021-06-24 -d DSJ",
    "plancli diff HEAD~1 HEAD --format markdown",
    "plancli diff main... --fail-on removed,pilots,problems",
)


class FailOptions(OptionGroup):
    """The options that end with 1 on some changes."""

    exit_code: bool = flag("--exit-code", N_("End with 1 if anything but the layout changes."))
    fail_on: list[str] | None = option(
        N_("KIND"),
        N_(
            "End with 1 on any of these, with commas: added removed moved renumbered retitled declared "
            "reordered reported, text pilots associated years priority period measure or any field or level, "
            "problems (new ones)."
        ),
        completion.of_words(lambda: FAIL_ON),
    )

    def __init__(self, **values: Any) -> None:
        """Take the kinds apart; raise Usage where there are none, as an empty variable of a script gives."""
        super().__init__(**values)
        self.kinds = dict.fromkeys(split_commas(self.fail_on))
        if self.fail_on and not self.kinds:
            raise Usage(_("{option} needs a value").format(option="--fail-on"))

    def check(self, plans: "Sequence[Plan]") -> None:
        """Raise Usage for a kind that there isn't, and that none of some plans has as a field or a level."""
        declared = (field.key for plan in plans for field in plan.declared_fields)
        known = tuple(dict.fromkeys((*FAIL_ON, *declared, *_depths(plans))))
        for word in self.kinds:
            choose(word, known, _("no kind {word}"), _("Kinds: {words}"))

    def happened(self, review: "Review") -> bool:
        """Return whether any of ``--fail-on`` happened, and write each kind with what it happened to."""
        happened = ((kind, _subjects(review, kind)) for kind in self.kinds)
        failures = [f"{kind} ({subjects})" for kind, subjects in happened if subjects]
        if failures:
            print_err("plancli: " + _("failed on {failures}").format(failures=", ".join(failures)))
        return bool(failures)


class DirectorateOptions(OptionGroup):
    """The directorates to which the answer is limited."""

    directorate: list[str] | None = option(
        N_("CODE"), N_("Only what concerns it, before or after."), completion.codes, names=("-d", "--directorate")
    )
    ministry: list[str] | None = option(
        N_("NAME"), N_("Only what concerns its directorates, before or after."), completion.ministries
    )

    def codes(self, plans: "Sequence[Plan]") -> tuple[str, ...]:
        """Return the codes that are meant in any of some plans; raise Usage for a word that none of them knows."""
        words = (word for typed in self.directorate or () for word in _words(plans, typed) or [typed])
        found = [code for word in words for code in _parse_values(plans, "directorate", word)]
        names = {name for typed in self.ministry or () for name in _parse_values(plans, "ministry", typed)}
        found += [each.code for plan in plans for each in plan.directorates if each.ministry in names]
        return tuple(dict.fromkeys(found))


def _words(plans: "Sequence[Plan]", typed: str) -> list[str]:
    """Return the words of a list with commas; a code of any of some plans may have commas itself."""
    from plancli.plan.query import parse_code, typed_words

    return typed_words(typed, lambda word: any(parse_code(plan, word) for plan in plans))


def _parse_values(plans: "Sequence[Plan]", name: str, typed: str) -> list[str]:
    """Return what was typed as values of a facet, in the first plan that knows it; raise Usage where none does."""
    from plancli.plan.query import make_query
    from plancli.plan.query.suggestions import unknown_value

    errors: list[Usage] = []
    for plan in plans:
        try:
            ((facet, values),) = make_query(plan, {name: [typed]}).filters
        except Usage as error:
            errors.append(error)
            continue
        if None not in values:
            return [str(value) for value in values]
        errors.append(unknown_value(plan, facet, typed))  # nobody can't be concerned
    raise errors[0]


def command(
    old: str | None = argument(
        N_("OLD"),
        N_("A revision, a date, REV:path or a file; or a range: A..B, A...B"),
        completion.revision_ranges,
        default=None,
    ),
    new: str | None = argument(
        N_("NEW"), N_("The same; the plan in the work tree by default."), completion.revisions, default=None
    ),
    *,
    concerned: DirectorateOptions,
    fail: FailOptions,
    lang: str | None = option(
        N_("NAME"),
        N_("The language of the answer, en or fr; markdown is in the plan's own by default."),
        completion.of_words(lambda: LANGUAGES),
    ),
    answer: OutputOptions,
    source: PlanFile,
) -> int:
    """Show what a change of the plan means; by default the work tree against HEAD."""
    from plancli.loader.revisions import read_sides
    from plancli.output.views.review import assumption_lines
    from plancli.review.review import filter_by_directorates

    if lang is not None:
        choose(lang, LANGUAGES, _("no language {word}"), _("Languages: {words}"))
    sides = read_sides(source.plan, old, new)
    language = lang or _language(sides, answer)
    with use_language(language):
        review = _review(sides)
    fail.check((review.old, review.new))
    codes = concerned.codes((review.new, review.old))
    review = filter_by_directorates(review, frozenset(codes)) if codes else review
    report = _report(review, sides, codes, answer, language)
    answer.write(report, sides.file, sides.old.name, sides.new.name, language=language)
    for line in assumption_lines(review):
        print_err(f"plancli: {line}")
    return 1 if fail.happened(review) or (fail.exit_code and review.changes) else 0


def _language(sides: "Sides", answer: OutputOptions) -> str:
    """Return the language of the answer: a comment on a merge request has the plan's, not the reader's."""
    plan = _side(sides.new).plan if answer.form == "markdown" else None
    return plan.language if plan else current_language()


def _side(version: "Version") -> "Checked":
    """Return one side checked; raise InvalidPlan only if it hasn't the shape of a plan."""
    from plancli.check.checker import check
    from plancli.diagnostic import InvalidPlan

    checked = check(version.source, version.name)
    if checked.plan is None:
        message = _("{file} hasn't the shape of a plan").format(file=version.name)
        hint = in_place(version.name, at_revision=bool(version.commit or version.path))
        raise InvalidPlan(message, checked.errors, hint)
    return checked


def _review(sides: "Sides") -> "Review":
    """Return the review of two versions; the new problems that the repository leaves out are counted only."""
    from plancli.review.review import review

    old, new = _side(sides.old), _side(sides.new)
    found = review(old, new)
    if not found.new_problems:
        return found
    from plancli.loader.ignore_list import ignore_list, split

    file = sides.file or sides.new.name
    try:
        entries = ignore_list(file)
    except PlanError as error:  # said, and nothing is left out: the answer is about the plan
        print_err(f"plancli: {error}")
        return found
    left, ignored = split(new._replace(diagnostics=found.new_problems), file, entries)
    return found._replace(new_problems=tuple(left), ignored=tuple(each for each, _entry in ignored))


def _subjects(review: "Review", kind: str) -> str:
    """Return what a kind of change happened to, in words; empty if it didn't happen."""
    if kind == "problems":
        count = len(review.new_problems)
        return ngettext("{n} new", "{n} new", count) if count else ""
    from plancli.output.views.changes import ChangeNames
    from plancli.output.views.review import subject_words

    depth = None if kind in FAIL_ON else _depths((review.old, review.new)).get(kind)
    changes = [change for change in review.changes if kind == change.kind or _is_about(change, kind, depth)]
    return subject_words(changes, ChangeNames(review.old, review.new))


def _depths(plans: "Sequence[Plan]") -> dict[str, int]:
    """Return the depth of each level of some plans, from 1, by its name."""
    return {level.name: depth for plan in plans for depth, level in enumerate(plan.levels, 1)}


def _is_about(change: "Change", kind: str, depth: int | None) -> bool:
    """Return whether a change is one of a field, of a group of a depth, or takes an action out of such a one.

    ``measure`` is a group of any depth, and any action that moves.
    """
    if kind == "measure":
        return change.group is not None or change.kind.value == "moved"
    if depth and change.group:
        return change.group.level == depth
    if depth and change.before and change.after and change.kind.value == "moved":
        return change.before.place[:depth] != change.after.place[:depth]
    return change.field == kind and change.kind.value in ("changed", "declared")


def _report(
    review: "Review", sides: "Sides", codes: Sequence[str], answer: OutputOptions, language: str
) -> "Report":
    """Return the report of the review in the requested form."""
    from plancli.output.views.review import review_view, title_of

    with use_language(language):
        if answer.form == "markdown":
            return _comment(review, sides.file or sides.new.name, _lacking_sentence(sides, review.old))
        labels = (sides.old.label, sides.new.label)
        title = title_of(sides.file, *labels, sides.commits, sides.dots, sides.since)
        return review_view(review, title, codes, _lacking_sentence(sides, review.old))


def _lacking_sentence(sides: "Sides", plan: "Plan") -> str:
    """Return a sentence on what the old side, a plan, has that the new one lacks; empty where it lacks nothing."""
    from plancli.check.checker import check
    from plancli.output.views.changes import ChangeNames
    from plancli.output.views.review import lacking_words
    from plancli.review.diff.comparison import compare

    if not sides.lacking:
        return ""
    old, new = sides.old, sides.new
    base = check(sides.base.source, sides.base.name, only_errors=True).plan if sides.base else None
    changes = compare(base, plan) if base else []
    command = f"plancli diff {old.label}...{new.label if new.commit else ''}"
    return lacking_words(old.label, command, sides.lacking, changes, ChangeNames(base, plan))


def _comment(review: "Review", file: str, lacking: str) -> "Report":
    """Return the comment that fits: texts give way first, the rows of its table last, the counts never."""
    from plancli.output.renderers import render
    from plancli.output.views.comment import Size, comment_view

    def fits(size: "Size") -> bool:
        return len(render(comment_view(review, file, size, lacking), "markdown").text.encode()) <= LONGEST_COMMENT

    size = Size()
    for name, least in (
        ("texts", 0),
        ("reports", 10),
        ("problems", 10),
        ("others", 10),
        ("numbers", 0),
        ("rows", 0),
    ):
        if fits(size):
            break
        size = _limited(size, name, least, fits)
    return comment_view(review, file, size, lacking)


def _limited(size: "Size", name: str, least: int, fits: "Callable[[Size], bool]") -> "Size":
    """Return the size with one of its limits lowered to the greatest one that fits, or the least."""

    def limited(count: int) -> "Size":
        limit: dict[str, Any] = {name: count}
        return size._replace(**limit)

    return limited(_most(lambda count: fits(limited(count)), least))


def _most(fits: Callable[[int], bool], least: int) -> int:
    """Return the greatest count that fits, or the least if none does."""
    low, high = least, least + 1
    if not fits(low):
        return low
    while fits(high) and high < LONGEST_COMMENT:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low
