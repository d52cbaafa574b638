"""Three versions of a plan file to one: git's own merge where it is right, else by meaning, else git's own."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from plancli.check.checker import Checked, check
from plancli.diagnostic import Diagnostic, Severity
from plancli.errors import PlanError
from plancli.git import LineMerge
from plancli.plan.document import BOM, Document, read_document
from plancli.plan.model import FIELDS, Action, Plan, ShapeError, read_plan
from plancli.plan.writer.comments import comments
from plancli.review.merge.alignment import BASE, OURS, THEIRS, Alignment, Plans, alignments
from plancli.review.merge.conflict import THE_PLAN, BlockName, CannotMerge, MergeConflict
from plancli.review.merge.markers import lay_out, mark_conflicts, text_of
from plancli.review.merge.placement import ThreePlans
from plancli.review.merge.three_way import MergedData, merge_data
from plancli.review.merge.value_merge import Unmergeable, merge_value
from plancli.review.review import review

MARKER_SIZE: Final = 7

MOST_ACTIONS: Final = 1_500
"""Plans of more actions are merged as git does: by meaning they would take seconds and much memory."""

TIE: Final = 0.5
"""How much more than the best an alignment may cost for git's own clean merge to stop as well: half a change."""

Sides = tuple[Checked, Checked, Checked]
"""Base, ours and theirs, checked."""


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The new content of the file, whether it needs nobody any more, and if it does, why.

    ``problems`` are errors that a merge without conflict would have brought in; ``unmerged`` names the block that
    couldn't be merged by meaning, and ``ambiguous`` tells that it may be the one or the other of two.
    ``too_large`` tells that git alone has merged it.
    """

    content: bytes
    clean: bool
    conflicts: tuple[MergeConflict, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    unmerged: BlockName | None = None
    ambiguous: bool = False
    too_large: bool = False


def merge(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    own: LineMerge,
    name: str,
    size: int = MARKER_SIZE,
    shows_base: Callable[[], bool] = lambda: False,
) -> MergeResult:
    """Merge three versions of a plan; ``own`` is git's result, which is kept wherever there is a doubt.

    ``size`` is that of the markers; ``shows_base`` is asked, where there are any, whether the base is shown.
    """
    if ours == theirs or theirs == base:
        return MergeResult(ours, True)
    if ours == base:
        return MergeResult(theirs, True)
    sides = check(base, name), check(ours, name), check(theirs, name)
    if not all(side.plan for side in sides):
        return MergeResult(own.content, own.conflicts == 0)
    if any(side.plan and len(side.plan.actions) > MOST_ACTIONS for side in sides):
        return MergeResult(own.content, bool(_valid_plan(own, sides)), too_large=True)
    try:
        return merge_by_meaning(sides, own, size, shows_base)
    except CannotMerge as error:
        return MergeResult(own.content, False, unmerged=error.subject, ambiguous=error.ambiguous)
    except PlanError:
        return MergeResult(own.content, False, unmerged=THE_PLAN)


def merge_by_meaning(
    sides: Sides, own: LineMerge, size: int, shows_base: Callable[[], bool] = lambda: False
) -> MergeResult:
    """Merge three plans by action and field; raise CannotMerge or PlanError where that fails."""
    documents = [_plain(side.document) for side in sides]
    data = [document.data for document in documents]
    plans = _plans(documents)
    noted = [comments(document) for document in documents]
    found = alignments(plans)
    best, *others = attempts = [_attempt(ThreePlans(data, plans, noted, each)) for each in found.ways]
    git_plan = _valid_plan(own, sides)
    may_be_right = attempts if best.meaning is None else (best,)
    tied = best.meaning is not None and any(each.is_close and each.meaning != best.meaning for each in others)
    if git_plan and not tied and meaning(git_plan) in [each.meaning for each in may_be_right]:
        return MergeResult(own.content, True)
    if best.meaning is not None and not (found.complete and all(each.meaning == best.meaning for each in others)):
        raise CannotMerge(_assumed(best.three.alignment), ambiguous=True)
    if best.merged is None:
        raise best.error or CannotMerge()
    laid = lay_out(best.three, best.merged)
    style = _FileStyle.of(sides)
    conflicts = best.merged.conflicts
    problems = _problems(sides, check(style.encoded(text_of(laid[OURS])), documents[BASE].name))
    if conflicts:
        marked = mark_conflicts(laid, best.merged, size, shows_base())
        theirs = _problems(sides, check(style.encoded(text_of(laid[THEIRS])), documents[BASE].name))
        either_way = tuple(each for each in problems if each.message in {other.message for other in theirs})
        return MergeResult(style.encoded(marked), False, conflicts, either_way)
    if problems:
        return MergeResult(own.content, False, problems=problems)
    return MergeResult(style.encoded(text_of(laid[OURS])), True)


def _valid_plan(own: LineMerge, sides: Sides) -> Plan | None:
    """Return the plan of git's own merge, if it is clean and breaks no rule that no side breaks."""
    result = check(own.content, sides[BASE].document.name) if own.conflicts == 0 else None
    return result.plan if result and result.plan and not _problems(sides, result) else None


def _problems(sides: Sides, result: Checked) -> tuple[Diagnostic, ...]:
    """Return the errors of a result that neither base nor a side had."""
    if result.plan is None:
        return result.errors
    found = [each for each in result.diagnostics if each.severity is Severity.ERROR]
    for side in sides if found else ():
        new = review(side, result).new_problems
        found = [each for each in found if each in new]
    return tuple(found)


class _Attempt(NamedTuple):
    """The merge by one alignment, or why there is none; ``meaning`` is what it says if nobody needs to decide."""

    three: ThreePlans
    merged: MergedData | None = None
    error: CannotMerge | None = None
    meaning: Hashable = None

    @property
    def is_close(self) -> bool:
        """Return whether its alignment is about as good as the best one."""
        return sum(each.more for each in self.three.alignment.matches) <= TIE


def _attempt(three: ThreePlans) -> _Attempt:
    try:
        merged = merge_data(three)
        said = None if merged.conflicts else meaning(read_plan(merged.results[OURS]))
    except CannotMerge as error:
        return _Attempt(three, error=error)
    except ShapeError:
        return _Attempt(three)
    return _Attempt(three, merged, meaning=said)


def meaning(plan: Plan) -> Hashable:
    """Return what a plan says: equal for two plans that differ in nothing but layout and order."""
    groups = {group.path: (group.place, group.title, group.code) for group in plan.all_groups}
    facts: tuple[Iterable[Hashable], ...] = (
        (each[:-1] for each in (*plan.directorates, *plan.glossary, *plan.statuses)),
        groups.values(),
        ((groups.get(each.path[:-2]), *_values(each)) for each in plan.actions),
        (each[:-1] for each in plan.unused_numbers),
        (each[:-1] for each in plan.source_notes),
        plan.declared_fields,
    )
    counted = (frozenset(Counter(each).items()) for each in facts)
    levels = plan.declared_levels
    return (plan.title, plan.language, plan.period, levels, plan.ranks, *counted)


def _values(action: Action) -> Iterator[Hashable]:
    yield from (_unordered(action.value(field.key)) for field in FIELDS if field.required)
    yield frozenset((key, _unordered(value)) for key, value in action.more)
    yield frozenset(Counter(entry[:-1] for entry in action.progress).items())


def _unordered(value: Any) -> Hashable:
    return frozenset(value) if isinstance(value, tuple) else value


def _assumed(alignment: Alignment) -> BlockName | None:
    """Return the name of the first block that could be matched in two ways, if there is one."""
    for matched in alignment.matches:
        for each in matched.assumed:
            return BlockName(str(each.before.path[-2]), str(each.before.number))
    return None


def _plain(document: Document) -> Document:
    """Return a document with its lines ended by a line feed alone."""
    if "\r" not in document.text:
        return document
    return read_document(document.text.replace("\r\n", "\n"), document.name)


def _plans(documents: Sequence[Document]) -> Plans:
    try:
        base, ours, theirs = (read_plan(document.data) for document in documents)
    except ShapeError:
        raise CannotMerge from None
    return base, ours, theirs


class _FileStyle(NamedTuple):
    """How a text becomes a file: with Windows line ends or not, and with a byte order mark or none."""

    crlf: bool
    bom: bool

    @classmethod
    def of(cls, sides: Sides) -> "_FileStyle":
        """Return the style of base, or that of the side that changed it."""
        styles = [("\r\n" in side.document.text, side.document.has_bom) for side in sides]
        merged = [merge_value(*values) for values in zip(*styles, strict=True)]
        return cls(*(bool(each.ours) if isinstance(each, Unmergeable) else bool(each) for each in merged))

    def encoded(self, text: str) -> bytes:
        """Return the bytes of a file."""
        content = (text.replace("\n", "\r\n") if self.crlf else text).encode("utf-8", "surrogateescape")
        return (BOM if self.bom else b"") + content
