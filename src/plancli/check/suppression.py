"""Suppression of findings: an error speaks for its place and for all that it left unread.

A file is looked at in stages, each of which sees what those before it could read. A finding isn't reported
where an earlier one has an error: at the same characters, or about a path that this error is about or left unread.
A warning or a note speaks for nothing else.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from plancli.check.locate import locate
from plancli.diagnostic import MOST_FINDINGS, Diagnostic, Finding, Part, Severity
from plancli.i18n import _
from plancli.location import Path, Position, Span
from plancli.plan.document import Document

Stage = tuple[Sequence[Finding], Iterable[Path]]
"""The findings of a stage, and the paths that its errors left unread."""


class Unread:
    """The paths of a plan at which something was left out or replaced, or is reported already."""

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        self._paths: set[Path] = set()
        self._above: set[Path] = set()
        self.add(paths)

    def add(self, paths: Iterable[Path]) -> None:
        """Add further paths."""
        for path in paths:
            self._paths.add(path)
            self._above.update(path[:length] for length in range(len(path)))

    def covers(self, finding: Finding) -> bool:
        """Return whether a finding is about one of the paths, or about what is in or around one.

        A key was read whatever became of its value. Where only a place in the text is known, there is no path.
        """
        path = finding.about
        if path is None:
            if finding.span:
                return False
            path = finding.path
            if finding.part is Part.KEY:
                path = path[:-1]
            elif path in self._above:
                return True
        return any(path[:length] in self._paths for length in range(len(path) + 1))


def make_diagnostics(document: Document, stages: Sequence[Stage]) -> list[Diagnostic]:
    """Return the diagnostics of the findings of all stages that are reported."""
    return _outside_errors(document, _limit(_about_what_was_read(stages)))


def _about_what_was_read(stages: Sequence[Stage]) -> list[list[Finding]]:
    """Return the findings of each stage that are about nothing that an earlier stage left unread."""
    kept: list[list[Finding]] = []
    unread = Unread()
    for findings, left in stages:
        kept.append([each for each in findings if not unread.covers(each)])
        unread.add(left)
        unread.add(each.about for each in findings if each.about is not None)
    return kept


def _limit(stages: list[list[Finding]]) -> list[list[Finding]]:
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


def _outside_errors(document: Document, stages: list[list[Finding]]) -> list[Diagnostic]:
    """Return the diagnostics of all stages that share no character with an error of an earlier stage.

    Of two errors that overlap, the one that begins first is reported; of two at one place, the earlier stage's.
    """
    from plancli.check.catalogue import SEVERITIES

    errors, others = [], []
    for stage, findings in enumerate(stages):
        for finding in findings:
            diagnostic = locate(document, finding, SEVERITIES[finding.rule])
            if diagnostic.severity is Severity.ERROR:
                errors.append((_place(document, finding, diagnostic), stage, diagnostic))
            else:
                others.append(diagnostic)
    errors.sort(key=lambda each: (each[0].start, -each[0].end.line, -each[0].end.column, each[1]))
    found, places = [], []
    reach: dict[int, Position] = {}  # how far the errors of each stage reach
    for span, stage, diagnostic in errors:
        if all(end <= span.start for other, end in reach.items() if other != stage):
            reach[stage] = max(span.end, reach.get(stage, span.end))
            places.append(span)
            found.append(diagnostic)
    return found + _outside(others, places)


def _place(document: Document, finding: Finding, diagnostic: Diagnostic) -> Span:
    """Return the place of an error: what is shown, or all of the value that it is about."""
    span = diagnostic.span
    path = finding.path
    if finding.span is None and finding.part is Part.VALUE and isinstance(document.at(path), dict | list):
        while isinstance(data := document.at(path), dict) and data:
            path = (*path, next(reversed(data)))
        span = span._replace(end=max(span.end, document.position(document.extent(path)[1])))
    if span.end == span.start:
        span = span._replace(end=span.end._replace(column=span.end.column + 1))
    return span


def _outside(diagnostics: list[Diagnostic], places: list[Span]) -> list[Diagnostic]:
    """Return the diagnostics that share no character with any of the places, which are sorted."""
    starts = [span.start for span in places]
    ends = list(accumulate((span.end for span in places), max))
    kept = []
    for each in diagnostics:
        before = bisect_left(starts, each.span.end)
        if not before or ends[before - 1] <= each.span.start:
            kept.append(each)
    return kept
