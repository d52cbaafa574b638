"""Scan, shape, rules: every mistake in a plan file, each located once, sorted by place."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import NamedTuple

from plancli.check import scan
from plancli.check.locate import cover, locate
from plancli.check.parse import ParseResult, parse
from plancli.check.rules import PLAN_RULES, module_of
from plancli.check.rules.base import PlanRule
from plancli.diagnostic import MOST_FINDINGS, Diagnostic, Finding, Severity
from plancli.files import MAX_SIZE
from plancli.i18n import _
from plancli.location import Path, Position, Span
from plancli.plan.document import Document
from plancli.plan.model import Plan


class Checked(NamedTuple):
    """The result of a check.

    ``plan`` is there when the whole file was read and has the shape of a plan, whatever the rules say. ``actions``
    were checked, ``unchecked`` could not be.
    """

    document: Document
    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]
    actions: int = 0
    unchecked: int = 0

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics that make the plan invalid."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)


def check(
    source: bytes,
    name: str,
    *,
    only_errors: bool = False,
    max_size: int = MAX_SIZE,
    today: str = "",
    partial: bool = False,
) -> Checked:
    """Read a plan file and find all that is wrong with it; ``only_errors`` leaves warnings and notes unasked.

    Of a ``partial`` plan nothing is asked that needs the whole. Without ``today``, nothing is said of dates that
    are still to come.
    """
    result = parse(source, name, max_size, notes=not only_errors)
    if partial:
        result = result._replace(is_complete=False)
    document = result.document
    stages: list[Sequence[Finding]] = [
        result.syntax,
        result.shape,
        list(_ask_rules(result, only_errors, today)),
        list(_ask_texts(document, only_errors)),
        list(islice(scan.find_ambiguous(document, "fields" not in result.unknown_keys), MOST_FINDINGS + 1)),
    ]
    diagnostics = _drop_covered(document, _limit(stages))
    plan = result.plan if result.is_complete else None
    ordered = tuple(sorted(diagnostics, key=lambda each: each.order))
    return Checked(document, plan, ordered, result.actions, result.unchecked)


def _limit(stages: list[Sequence[Finding]]) -> list[Sequence[Finding]]:
    """Return the findings with the least grave ones dropped where there are too many to read."""
    if sum(map(len, stages)) <= MOST_FINDINGS:
        return stages
    from plancli.check.catalogue import SEVERITIES

    ranked = [(stage, finding) for stage, findings in enumerate(stages) for finding in findings]
    ranked.sort(key=lambda each: SEVERITIES[each[1].rule] is not Severity.ERROR)
    stage, last = ranked[MOST_FINDINGS - 1]
    message = _("{message} (fix these first: more were found)").format(message=last.message)
    kept = [*ranked[: MOST_FINDINGS - 1], (stage, last._replace(message=message))]
    return [[finding for at, finding in kept if at == stage] for stage in range(len(stages))]


def _drop_covered(document: Document, stages: list[Sequence[Finding]]) -> list[Diagnostic]:
    """Return the diagnostics of all stages: what an error covers says nothing else.

    An error covers its place, or, where it is about the value of a key, all of that value. What another stage
    finds there isn't reported; of two errors with one place, that of the earlier stage is. A warning or a note
    covers nothing.
    """
    if not any(stages):
        return []
    from plancli.check.catalogue import SEVERITIES

    errors, others = [], []
    for stage, findings in enumerate(stages):
        for finding in findings:
            diagnostic = locate(document, finding, SEVERITIES[finding.rule])
            if diagnostic.severity is Severity.ERROR:
                errors.append((cover(document, finding, diagnostic), stage, diagnostic))
            else:
                others.append(diagnostic)
    errors.sort(key=lambda each: (each[0].start, -each[0].end.line, -each[0].end.column, each[1]))
    found, covers = [], []
    reach: dict[int, Position] = {}  # how far the errors of each stage reach
    for span, stage, diagnostic in errors:
        if all(end <= span.start for other, end in reach.items() if other != stage):
            reach[stage] = max(span.end, reach.get(stage, span.end))
            covers.append(span)
            found.append(diagnostic)
    return found + _outside(others, covers)


def _outside(diagnostics: list[Diagnostic], covers: list[Span]) -> list[Diagnostic]:
    """Return the diagnostics that share no character with any of the covers, which are sorted."""
    starts = [span.start for span in covers]
    ends = list(accumulate((span.end for span in covers), max))
    kept = []
    for each in diagnostics:
        before = bisect_left(starts, each.span.end)
        if not before or ends[before - 1] <= each.span.start:
            kept.append(each)
    return kept


def _ask_rules(result: ParseResult, only_errors: bool, today: str) -> Iterator[Finding]:
    """Yield the findings of the rules, a bounded number each; what a placeholder caused is left out."""
    if result.plan is None:
        return
    plan = result.plan._replace(day=today)
    bad_paths = frozenset(result.bad_paths)
    above = frozenset(path[:length] for path in bad_paths for length in range(len(path)))
    for name, severity in PLAN_RULES.items():
        if only_errors and severity is not Severity.ERROR:
            continue
        each: PlanRule = module_of(name).RULE
        find = each.find if result.is_complete else each.find_partial
        if find is not None and each.requires.isdisjoint(result.unknown_keys):
            for finding in islice(find(plan), MOST_FINDINGS + 1):
                if not _touches(finding.path, bad_paths, above):
                    yield finding if finding.rule else finding._replace(rule=name)


def _touches(path: Path, bad_paths: frozenset[Path], above: frozenset[Path]) -> bool:
    """Return whether a path is one of ``bad_paths``, or is in or around one."""
    return path in above or any(path[:length] in bad_paths for length in range(len(path) + 1))


def _ask_texts(document: Document, only_errors: bool) -> Iterator[Finding]:
    """Yield what YAML accepts in the texts of a file and a plan doesn't; nothing where no text could be read."""
    if document.is_empty:
        return
    yield from islice(scan.find_comments(document), MOST_FINDINGS + 1)
    if scan.has_escapes(document.source):
        from plancli.check.scan.characters import find_escapes

        yield from islice(find_escapes(document), MOST_FINDINGS + 1)
    if not only_errors:
        from plancli.check.scan.texts import find_in_texts

        yield from find_in_texts(document)
