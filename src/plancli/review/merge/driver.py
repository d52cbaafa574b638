"""Three versions of a plan file to one: git's own merge where it is right, else by meaning, else git's own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from plancli.check.checker import Checked, check
from plancli.diagnostic import Diagnostic, Severity
from plancli.errors import PlanError
from plancli.git import LineMerge
from plancli.plan.document import BOM, Document, read_document
from plancli.plan.model import Plan, ShapeError, read_plan
from plancli.plan.writer.comments import Comment, comments
from plancli.review.merge.alignment import BASE, OURS, THEIRS, Alignment, Plans, alignments
from plancli.review.merge.conflict import CannotMerge, MergeConflict, Subject
from plancli.review.merge.markers import lay_out, mark_conflicts, text_of
from plancli.review.merge.placement import ThreePlans
from plancli.review.merge.three_way import MergedData, merge_data
from plancli.review.merge.value_merge import Unmergeable, merge_value
from plancli.review.merge.verify import is_lossy, loses_comments, meaning
from plancli.review.review import review

MARKER_SIZE: Final = 7

MOST_ACTIONS: Final = 1_500
"""Plans of more actions are merged as git does: by meaning they would take seconds and much memory."""

Sides = tuple[Checked, Checked, Checked]
"""Base, ours and theirs, checked."""


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The new content of the file, whether it needs nobody any more, and if it does, why.

    ``problems`` are errors that a merge without conflict would have brought in; ``unmerged`` names the block that
    couldn't be merged by meaning, and ``ambiguous`` tells that it may be the one or the other of two.
    """

    content: bytes
    clean: bool
    conflicts: tuple[MergeConflict, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    unmerged: Subject | None = None
    ambiguous: bool = False


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
        return MergeResult(own.content, bool(_valid_plan(own, sides)))
    try:
        return merge_by_meaning(sides, own, size, shows_base)
    except BreaksRules as broken:
        return MergeResult(own.content, False, problems=broken.problems)
    except CannotMerge as error:
        return MergeResult(own.content, False, unmerged=error.subject, ambiguous=error.ambiguous)
    except PlanError:
        return MergeResult(own.content, False, unmerged=CannotMerge().subject)


def merge_by_meaning(
    sides: Sides,
    own: LineMerge | None = None,
    size: int = MARKER_SIZE,
    shows_base: Callable[[], bool] = lambda: False,
) -> MergeResult:
    """Merge three plans by action and field; raise CannotMerge, BreaksRules or PlanError where that fails."""
    merger = _Merger(sides)
    git_plan = _valid_plan(own, sides) if own else None
    if own and git_plan and merger.agrees(git_plan):
        return MergeResult(own.content, True)
    merger.refuse_ambiguity()
    return merger.result(size, shows_base)


class BreaksRules(Exception):
    """The merge without conflict would break a rule that no side breaks."""

    def __init__(self, problems: tuple[Diagnostic, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


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
    """The merge by one alignment: the data, or why there is none."""

    alignment: Alignment
    merged: MergedData | None
    error: CannotMerge | None
    plan: Plan | None

    @property
    def is_clean(self) -> bool:
        """Whether nobody needs to decide anything."""
        return self.plan is not None


class _Merger:
    """The merges of three plans by every alignment that may be right."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.documents = [_plain(side.document) for side in sides]
        self.plans = _plans(self.documents)
        self.comments: list[Sequence[Comment]] = [comments(document) for document in self.documents]
        self.alignments = alignments(self.plans)
        self.attempts = [self._attempt(alignment) for alignment in self.alignments.ways]

    def _three(self, alignment: Alignment) -> ThreePlans:
        return ThreePlans([document.data for document in self.documents], self.plans, self.comments, alignment)

    def _attempt(self, alignment: Alignment) -> _Attempt:
        try:
            merged = merge_data(self._three(alignment))
            plan = None if merged.conflicts else read_plan(merged.results[OURS])
        except CannotMerge as error:
            return _Attempt(alignment, None, error, None)
        except ShapeError:
            return _Attempt(alignment, None, CannotMerge(), None)
        return _Attempt(alignment, merged, None, plan)

    def agrees(self, plan: Plan) -> bool:
        """Return whether git's own merge says the same as one that may be right, or loses nothing by it."""
        said = meaning(plan)
        if any(attempt.plan and meaning(attempt.plan) == said for attempt in self.attempts):
            return True
        return any(not is_lossy(self.plans, attempt.alignment.matches, plan) for attempt in self.attempts)

    def refuse_ambiguity(self) -> None:
        """Raise CannotMerge where alignments that may be right give different plans."""
        best, *others = self.attempts
        if best.plan is None:
            return
        said = meaning(best.plan)
        if not self.alignments.complete or any(not each.plan or meaning(each.plan) != said for each in others):
            assumed = [each for matched in best.alignment.matches for each in matched.assumed]
            block = assumed[0].before if assumed else None
            subject = Subject(str(block.path[-2]), str(block.number)) if block else None
            raise CannotMerge(subject, ambiguous=True)

    def result(self, size: int, shows_base: Callable[[], bool]) -> MergeResult:
        """Return the best merge as a file; raise CannotMerge or BreaksRules where it can't be trusted."""
        best = self.attempts[0]
        if best.merged is None:
            raise best.error or CannotMerge()
        laid = lay_out(self._three(best.alignment), best.merged)
        conflicts = best.merged.conflicts
        style = _Style.of(self.documents, self.sides)
        for side in (OURS, THEIRS) if conflicts else (OURS,):
            result = check(style.encoded(text_of(laid[side])), self.documents[BASE].name)
            if result.plan is None or is_lossy(self.plans, best.alignment.matches, result.plan, conflicts):
                raise CannotMerge
            if not conflicts and (problems := _problems(self.sides, result)):
                raise BreaksRules(problems)
            if not conflicts and loses_comments(self.comments, comments(_plain(result.document))):
                raise CannotMerge
        if not conflicts:
            return MergeResult(style.encoded(text_of(laid[OURS])), True)
        marked = mark_conflicts(laid, best.merged, size, shows_base())
        return MergeResult(style.encoded(marked), False, conflicts)


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


class _Style(NamedTuple):
    """How a text becomes a file: with Windows line ends or not, and with a byte order mark or none."""

    crlf: bool
    bom: bool

    @classmethod
    def of(cls, documents: Sequence[Document], sides: Sides) -> "_Style":
        """Return the style of base, or that of the side that changed it."""
        styles = [("\r\n" in side.document.text, side.document.bom) for side in sides]
        merged = [merge_value(*values) for values in zip(*styles, strict=True)]
        return cls(*(bool(each.ours) if isinstance(each, Unmergeable) else bool(each) for each in merged))

    def encoded(self, text: str) -> bytes:
        """Return the bytes of a file."""
        content = (text.replace("\n", "\r\n") if self.crlf else text).encode("utf-8", "surrogateescape")
        return (BOM if self.bom else b"") + content
