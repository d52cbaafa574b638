"""Three versions of a plan file to one: git's own where it is right, else by meaning, else git's own again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from plancli.check.checker import Checked, check
from plancli.diagnostic import Diagnostic, Severity
from plancli.errors import PlanError
from plancli.git import LineMerge
from plancli.plan.document import BOM, Document, read_document
from plancli.plan.model import Plan, ShapeError, read_plan
from plancli.review.merge.fates import Doubt, Three
from plancli.review.merge.held import lost
from plancli.review.merge.identity import identify
from plancli.review.merge.pieces import THE_PLAN, Conflict, Resolution, Subject, marked_up, resolved
from plancli.review.merge.sheet import Sheet, Uncut, cut
from plancli.review.merge.values import Differ, merge_value
from plancli.review.merge.weaver import Weaver
from plancli.review.review import review

MARKER_SIZE: Final = 7


@dataclass(frozen=True, slots=True)
class Merged:
    """What is to stand in the file, whether it needs nobody any more, and why it does.

    ``problems`` are errors that a merge without conflict would have brought in; ``doubt`` names the block that
    couldn't be merged by meaning.
    """

    content: bytes
    clean: bool
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    doubt: Subject | None = None


def merge(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    own: LineMerge,
    name: str,
    size: int = MARKER_SIZE,
    shows_base: Callable[[], bool] = lambda: False,
) -> Merged:
    """Merge three versions of a plan; ``own`` is git's result, which is kept wherever there is a doubt.

    ``size`` is that of the markers; ``shows_base`` is asked, where there are any, whether the base stands there.
    """
    if ours == theirs or theirs == base:
        return Merged(ours, True)
    if ours == base:
        return Merged(theirs, True)
    judge = Judge(check(base, name), check(ours, name), check(theirs, name))
    if not all(side.plan for side in judge.sides):
        return Merged(own.content, own.conflicts == 0)
    problems: tuple[Diagnostic, ...] = ()
    doubt: Subject | None = None
    if own.conflicts == 0:
        result = check(own.content, name)
        problems = judge.problems(result)
        if result.plan and not problems and not judge.lost(result.plan):
            return Merged(own.content, True)
    try:
        return by_meaning(judge, size, shows_base)
    except _Broken as broken:
        problems = broken.problems
    except Doubt as error:
        doubt = error.subject or THE_PLAN
    except (Uncut, PlanError):
        doubt = THE_PLAN
    return Merged(own.content, False, problems=problems, doubt=doubt)


class _Broken(Exception):
    """The merge without conflict would break a rule that the base didn't break."""

    def __init__(self, problems: tuple[Diagnostic, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


class Judge:
    """Says of a result whether it holds what both sides did and breaks no rule that the base didn't break."""

    def __init__(self, base: Checked, ours: Checked, theirs: Checked) -> None:
        self.sides = (base, ours, theirs)

    def problems(self, result: Checked) -> tuple[Diagnostic, ...]:
        """Give the errors of a result that the base hadn't."""
        if result.plan is None:
            return result.errors
        found = review(self.sides[0], result).new_problems
        return tuple(each for each in found if each.severity is Severity.ERROR)

    def lost(self, result: Plan, conflicts: tuple[Conflict, ...] = ()) -> bool:
        """Tell whether a result lost something, or holds something that nobody wrote."""
        base, ours, theirs = (side.plan for side in self.sides)
        assert base
        assert ours
        assert theirs
        return lost((base, ours, theirs), result, conflicts)


def by_meaning(judge: Judge, size: int, shows_base: Callable[[], bool]) -> Merged:
    """Merge by meaning; raise Doubt, Uncut or _Broken where the result couldn't be trusted."""
    documents = [side.document for side in judge.sides]
    sheets = _sheets(documents)
    weaver = Weaver(Three(sheets, identify((sheets[0].plan, sheets[1].plan, sheets[2].plan))))
    pieces = weaver.weave()
    conflicts = tuple(weaver.conflicts)
    style = _Style.of(documents)
    name = documents[0].name
    for side in Resolution if conflicts else (Resolution.OURS,):
        result = check(style.encoded(resolved(pieces, side)), name)
        if result.plan is None or judge.lost(result.plan, conflicts):
            raise Doubt
        if not conflicts and judge.problems(result):
            raise _Broken(judge.problems(result))
    with_base = bool(conflicts) and shows_base()
    return Merged(style.encoded(marked_up(pieces, size, with_base)), not conflicts, conflicts)


def _sheets(documents: list[Document]) -> tuple[Sheet, Sheet, Sheet]:
    """Cut three files; where their entries don't stand in the same columns, all are laid out canonically first."""
    plain = [_reread(document, document.text.replace("\r\n", "\n")) for document in documents]
    try:
        sheets = [cut(*each) for each in plain]
        columns = {item for sheet in sheets for item in sheet.columns.items()}
        if len(columns) == len(dict(columns)):
            return sheets[0], sheets[1], sheets[2]
    except Uncut:
        pass
    from plancli.plan.writer import tidy

    base, ours, theirs = (cut(*_reread(document, tidy(document))) for document, _plan in plain)
    return base, ours, theirs


def _reread(document: Document, text: str) -> tuple[Document, Plan]:
    again = read_document(text, document.name)
    try:
        return again, read_plan(again.data)
    except ShapeError:
        raise Uncut from None


class _Style(NamedTuple):
    """How lines become a file: with what they end, the last one too or not, and a byte order mark or none."""

    end: str
    ends: bool
    bom: bool

    @classmethod
    def of(cls, documents: list[Document]) -> "_Style":
        """Give the style of base, or that of the side that changed it."""
        styles = [_style(document) for document in documents]
        merged = [merge_value(*values) for values in zip(*styles, strict=True)]
        return cls(*(each.ours if isinstance(each, Differ) else each for each in merged))

    def encoded(self, lines: Iterable[str]) -> bytes:
        """Write lines as a file."""
        text = self.end.join(lines)
        return (BOM if self.bom else b"") + (text + self.end * self.ends).encode()


def _style(document: Document) -> _Style:
    text = document.text
    crlf = "\r\n" in text
    if crlf and text.count("\r\n") != text.count("\n"):
        raise Uncut
    return _Style("\r\n" if crlf else "\n", text.endswith("\n"), document.bom)
