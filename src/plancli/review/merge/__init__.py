"""Three plans to one: by action and by field, and never less than git's own result.

1.  Two of the three files are equal: the third is the result (``merge``).
2.  One of them isn't a plan: git's own merge stands (``merge``).
3.  Match base with ours and with theirs by the identity of ``diff``: every match that may be right
    (``alignment.alignments``).
4.  An alignment knows each block by its paths in the three plans: notes and unused numbers too
    (``alignment.align``).
5.  Say where each block goes, which are gone, and which a person must choose (``placement.resolve_placements``).
6.  Merge plain data from the top down (``data.merge_data``), each value by its type: as a set, word by word, or as
    a whole (``values``). What only a person can decide differs between the results.
7.  Git's own clean merge is kept where it says the same as the likeliest of the merges (``_is_likely``).
8.  Where two alignments that may be right give different plans, the merge stops (``_ambiguity``).
9.  Lay the results out with the comments of both sides, and mark where they differ (``lines.lay_out``,
    ``lines.mark_conflicts``).
10. Read the result again: it must break no rule that no side breaks. Else git's own merge stands
    (``_checked_result``). What a person must decide is told by ``result.sentences``.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from plancli.check.checker import Checked, check
from plancli.diagnostic import Diagnostic
from plancli.errors import PlanError
from plancli.git import LineMerge
from plancli.plan.document import BOM
from plancli.plan.model import FIELDS, Action, Plan, read_plan
from plancli.plan.writer.comments import comments
from plancli.review.merge.alignment import BASE, OURS, SIDES, Alignment, ThreePlans, alignments
from plancli.review.merge.data import MergedData, merge_data
from plancli.review.merge.lines import lay_out, mark_conflicts, text_of
from plancli.review.merge.result import (
    MOST_ACTIONS,
    THE_PLAN,
    BlockName,
    CannotMerge,
    MergeConflict,
    MergeResult,
    sentences,
)
from plancli.review.review import review

__all__ = ["BlockName", "MergeConflict", "MergeResult", "merge", "merge_by_meaning", "sentences"]

TIE: Final = 0.5
"""How much more than the best an alignment may cost for git's own clean merge to stop as well: half a change."""

CheckedSides = tuple[Checked, Checked, Checked]
"""Base, ours and theirs, checked."""


def merge(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    git_result: LineMerge,
    name: str,
    size: int = 7,
    shows_base: Callable[[], bool] = lambda: False,
) -> MergeResult:
    """Merge three versions of a plan; ``git_result`` is git's result, which is kept wherever there is a doubt.

    ``size`` is that of the markers; ``shows_base`` is asked, where there are any, whether the base is shown.
    """
    if ours == theirs or theirs == base:
        return MergeResult(ours, True)
    if ours == base:
        return MergeResult(theirs, True)
    sides = _checked(base, name), _checked(ours, name), _checked(theirs, name)
    if not all(side.plan for side in sides):
        return MergeResult(git_result.content, git_result.conflicts == 0)
    if any(side.plan and len(side.plan.actions) > MOST_ACTIONS for side in sides):
        return MergeResult(git_result.content, bool(_valid_plan(git_result, sides)), too_large=True)
    try:
        return merge_by_meaning(sides, git_result, size, shows_base)
    except CannotMerge as error:
        return MergeResult(git_result.content, False, unmerged=error.subject, ambiguous=error.ambiguous)
    except PlanError:
        return MergeResult(git_result.content, False, unmerged=THE_PLAN)


def merge_by_meaning(
    sides: CheckedSides, git_result: LineMerge, size: int = 7, shows_base: Callable[[], bool] = lambda: False
) -> MergeResult:
    """Merge three plans by action and field; raise CannotMerge or PlanError where that fails."""
    plans = [side.plan for side in sides if side.plan]
    data = [side.document.data for side in sides]
    noted = [comments(side.document) for side in sides]
    found = alignments(plans)
    attempts = [_attempt(ThreePlans(data, plans, noted, each)) for each in found.ways]
    best = attempts[0]
    others = [each for each in attempts if each.meaning != best.meaning]  # that give another plan
    git_plan = _valid_plan(git_result, sides)
    if git_plan and _is_likely(meaning(git_plan), best, others):
        return MergeResult(git_result.content, True)
    if best.meaning is not None and (others or not found.complete):
        raise _ambiguity(best.three.alignment)
    if best.merged is None:
        raise best.error or CannotMerge()
    if best.merged.conflicts:
        return _marked_result(sides, best.three, best.merged, size, shows_base())
    return _checked_result(sides, best.three, best.merged, git_result)


class _Attempt(NamedTuple):
    """The merge by one alignment, or why there is none; ``meaning`` is what it says if nobody needs to decide."""

    three: ThreePlans
    merged: MergedData | None = None
    error: CannotMerge | None = None
    meaning: Hashable = None


def _attempt(three: ThreePlans) -> _Attempt:
    try:
        merged = merge_data(three)
    except CannotMerge as error:
        return _Attempt(three, error=error)
    said = None if merged.conflicts else meaning(read_plan(merged.results[OURS]))
    return _Attempt(three, merged, meaning=said)


def _is_likely(git_meaning: Hashable, best: _Attempt, others: Sequence[_Attempt]) -> bool:
    """Return whether git's own merge says what the best attempt does, and none about as good says otherwise.

    Where the best one waits for a person, git's may say what any other does.
    """
    if best.meaning is None:
        return git_meaning in [each.meaning for each in others]
    return git_meaning == best.meaning and all(each.three.alignment.extra_cost > TIE for each in others)


def _ambiguity(alignment: Alignment) -> CannotMerge:
    """Return the error that names a block which may be one or another."""
    doubtful = (each.before for match in alignment.matches for each in match.assumed)
    names = (BlockName(str(block.path[-2]), str(block.number)) for block in doubtful)
    return CannotMerge(next(names, None), ambiguous=True)


def _checked_result(
    sides: CheckedSides, three: ThreePlans, merged: MergedData, git_result: LineMerge
) -> MergeResult:
    """Return the result that needs nobody; git's own where it would break a rule that no side breaks."""
    content = _encode(text_of(lay_out(three, merged, OURS)), sides)
    problems = _new_errors(sides, _checked(content, sides[BASE].document.name))
    if problems:
        return MergeResult(git_result.content, False, problems=problems)
    return MergeResult(content, True)


def _marked_result(
    sides: CheckedSides, three: ThreePlans, merged: MergedData, size: int, shows_base: bool
) -> MergeResult:
    """Return the result with markers, and the errors that it has whichever side is taken."""
    results = [lay_out(three, merged, result) for result in (BASE, *SIDES)]
    contents = (_encode(text_of(results[side]), sides) for side in SIDES)
    ours, theirs = (_new_errors(sides, _checked(each, sides[BASE].document.name)) for each in contents)
    messages = {each.message for each in theirs}
    problems = tuple(each for each in ours if each.message in messages)
    marked = mark_conflicts(results, merged, size, shows_base)
    return MergeResult(_encode(marked, sides), False, merged.conflicts, problems)


def _valid_plan(git_result: LineMerge, sides: CheckedSides) -> Plan | None:
    """Return the plan of git's own merge, if it is clean and breaks no rule that no side breaks."""
    if git_result.conflicts:
        return None
    result = _checked(git_result.content, sides[BASE].document.name)
    return None if _new_errors(sides, result) else result.plan


def _checked(source: bytes, name: str) -> Checked:
    return check(source, name, only_errors=True)  # a warning stops no merge


def _new_errors(sides: CheckedSides, result: Checked) -> tuple[Diagnostic, ...]:
    """Return the errors of a result that neither base nor a side had; all, where it hasn't the shape of a plan."""
    found = list(result.errors)
    for side in sides if found and result.plan else ():
        new = review(side, result).new_problems
        found = [each for each in found if each in new]
    return tuple(found)


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


def _encode(text: str, sides: CheckedSides) -> bytes:
    """Return the bytes of a file; its line ends and byte order mark are those of base, or of who changed them."""
    styles = (("\r\n" in side.document.text, side.document.has_bom) for side in sides)
    has_crlf, has_bom = (theirs if ours == base else ours for base, ours, theirs in zip(*styles, strict=True))
    content = (text.replace("\n", "\r\n") if has_crlf else text).encode("utf-8", "surrogateescape")
    return (BOM if has_bom else b"") + content
