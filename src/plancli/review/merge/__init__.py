"""Three plans to one: by action and by field, and never less than git's own result.

1.  Two of the three files are equal: the third is the result (``merge``).
2.  One of them isn't a plan: git's own merge stands (``merge``).
3.  Match base with ours and with theirs by the identity of ``diff``: every match that may be right
    (``alignment.alignments``).
4.  An alignment knows each block by its paths in the three plans: notes and unused numbers too
    (``alignment.align``).
5.  Say where each block goes, which are gone, and which a person must choose (``placement.resolve_placements``).
6.  Merge plain data from the top down, each value by its type: as a set, word by word, or as a whole
    (``three_way.merge_data``). What only a person can decide differs between the results.
7.  Git's own clean merge is kept where it says the same as the likeliest of the merges (``merge_by_meaning``).
8.  Where two alignments that may be right give different plans, the merge stops (``merge_by_meaning``).
9.  Lay the results out with the comments of both sides, and mark where they differ (``layout.lay_out``,
    ``layout.mark_conflicts``).
10. Read the result again: it must break no rule that no side breaks. Else git's own merge stands, and a person is
    asked (``result.sentences``).
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, Final, NamedTuple

from plancli.check.checker import Checked, check
from plancli.diagnostic import Diagnostic
from plancli.errors import PlanError
from plancli.git import LineMerge
from plancli.plan.document import BOM
from plancli.plan.model import FIELDS, Action, Plan, ShapeError, read_plan
from plancli.plan.writer.comments import comments
from plancli.review.merge.alignment import BASE, OURS, THEIRS, ThreePlans, alignments
from plancli.review.merge.layout import lay_out, mark_conflicts, text_of
from plancli.review.merge.result import (
    MOST_ACTIONS,
    THE_PLAN,
    BlockName,
    CannotMerge,
    MergeConflict,
    MergeResult,
    sentences,
)
from plancli.review.merge.three_way import MergedData, merge_data
from plancli.review.review import review

__all__ = ["BlockName", "MergeConflict", "MergeResult", "merge", "merge_by_meaning", "sentences"]

TIE: Final = 0.5
"""How much more than the best an alignment may cost for git's own clean merge to stop as well: half a change."""

Sides = tuple[Checked, Checked, Checked]
"""Base, ours and theirs, checked."""


def merge(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    own: LineMerge,
    name: str,
    size: int = 7,
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
    sides: Sides, own: LineMerge, size: int = 7, shows_base: Callable[[], bool] = lambda: False
) -> MergeResult:
    """Merge three plans by action and field; raise CannotMerge or PlanError where that fails."""
    name = sides[BASE].document.name
    plans = [side.plan for side in sides if side.plan]
    data = [side.document.data for side in sides]
    noted = [comments(side.document) for side in sides]
    found = alignments(plans)
    best, *others = attempts = [_attempt(ThreePlans(data, plans, noted, each)) for each in found.ways]
    git_plan = _valid_plan(own, sides)
    may_be_right = attempts if best.meaning is None else (best,)
    is_tied = best.meaning is not None and any(each.is_close and each.meaning != best.meaning for each in others)
    if git_plan and not is_tied and meaning(git_plan) in [each.meaning for each in may_be_right]:
        return MergeResult(own.content, True)
    if best.meaning is not None and not (found.complete and all(each.meaning == best.meaning for each in others)):
        doubtful = (each.before for match in best.three.alignment.matches for each in match.assumed)
        names = (BlockName(str(block.path[-2]), str(block.number)) for block in doubtful)
        raise CannotMerge(next(names, None), ambiguous=True)
    if best.merged is None:
        raise best.error or CannotMerge()
    results = lay_out(best.three, best.merged)
    ours, theirs = (_encoded(text_of(results[side]), sides) for side in (OURS, THEIRS))
    problems = _new_errors(sides, check(ours, name))
    if best.merged.conflicts:
        marked = mark_conflicts(results, best.merged, size, shows_base())
        messages = {each.message for each in _new_errors(sides, check(theirs, name))}
        either_way = tuple(each for each in problems if each.message in messages)
        return MergeResult(_encoded(marked, sides), False, best.merged.conflicts, either_way)
    if problems:
        return MergeResult(own.content, False, problems=problems)
    return MergeResult(ours, True)


def _valid_plan(own: LineMerge, sides: Sides) -> Plan | None:
    """Return the plan of git's own merge, if it is clean and breaks no rule that no side breaks."""
    if own.conflicts:
        return None
    result = check(own.content, sides[BASE].document.name)
    return None if _new_errors(sides, result) else result.plan


def _new_errors(sides: Sides, result: Checked) -> tuple[Diagnostic, ...]:
    """Return the errors of a result that neither base nor a side had; all, where it hasn't the shape of a plan."""
    found = list(result.errors)
    for side in sides if found and result.plan else ():
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


def _encoded(text: str, sides: Sides) -> bytes:
    """Return the bytes of a file; its line ends and byte order mark are those of base, or of who changed them."""
    styles = (("\r\n" in side.document.text, side.document.has_bom) for side in sides)
    has_crlf, has_bom = (theirs if ours == base else ours for base, ours, theirs in zip(*styles, strict=True))
    content = (text.replace("\n", "\r\n") if has_crlf else text).encode("utf-8", "surrogateescape")
    return (BOM if has_bom else b"") + content
