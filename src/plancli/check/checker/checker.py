"""Scan, shape, rules: every mistake in a plan file, each located once, sorted by place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from typing import NamedTuple

from plancli.check import scan, schema
from plancli.check.checker.placing import place
from plancli.check.checker.reading import Reading, read
from plancli.check.rules import RULES
from plancli.diagnostic import MOST_FINDINGS, Check, Diagnostic, Finding, Severity
from plancli.i18n import _
from plancli.location import Path, Position, Span
from plancli.plan.document import Document
from plancli.plan.model import Plan

MAX_SIZE = scan.MAX_SIZE

CHECKS: tuple[Check, ...] = (*scan.CHECKS, *schema.CHECKS, *(rule.check for rule in RULES))
"""All that is looked for, in the order of reading: the one list of it."""

_SEVERITIES = {each.name: each.severity for each in CHECKS}


class Checked(NamedTuple):
    """What a check came to.

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
        """Give the diagnostics that make the plan invalid."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)


def check(source: bytes, name: str, *, only_errors: bool = False, max_size: int = MAX_SIZE) -> Checked:
    """Read a plan file and find all that is wrong with it; ``only_errors`` leaves warnings and notes unasked."""
    reading = read(source, name, max_size, notes=not only_errors)
    document = reading.document
    findings = list(_unrepeated(document, reading.findings))
    findings += _ask_rules(reading, only_errors)
    findings += _ask_characters(document, only_errors)
    diagnostics = [place(document, finding, _SEVERITIES[finding.check]) for finding in _bounded(findings)]
    diagnostics += _ask_scalars(document, diagnostics)
    plan = reading.plan if reading.whole else None
    ordered = tuple(sorted(_said_once(diagnostics), key=lambda each: each.order))
    return Checked(document, plan, ordered, reading.actions, reading.unchecked)


def _bounded(findings: list[Finding]) -> list[Finding]:
    """Leave what nobody reads: of too many findings the first are kept, errors before others."""
    if len(findings) <= MOST_FINDINGS:
        return findings
    ranked = sorted(findings, key=lambda finding: _SEVERITIES[finding.check] is not Severity.ERROR)
    kept, last = ranked[: MOST_FINDINGS - 1], ranked[MOST_FINDINGS - 1]
    return [
        *kept,
        last._replace(message=_("{message} (mend these first: there is more)").format(message=last.message)),
    ]


def _unrepeated(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Leave out unknown keys that YAML had something to say about already, and keys where none belong."""
    findings = list(findings)
    told = {finding.span for finding in findings if finding.check == "key-not-text"}
    replaced = {finding.path for finding in findings if finding.check == "wrong-type"}
    for finding in findings:
        if finding.check == "unknown-key" and document.span(finding.path, finding.part) in told:
            continue
        if finding.check == "key-not-text" and finding.span and replaced:
            path = document.path_at(document.offset(finding.span.start))
            if any(path[:length] in replaced for length in range(len(path))):
                continue
        yield finding


def _ask_rules(reading: Reading, only_errors: bool) -> Iterator[Finding]:
    """Ask the rules of what was read, none for more than is told; what a stand-in brought about is no finding."""
    if reading.plan is None:
        return
    faulted = frozenset(reading.faulted)
    above = frozenset(path[:length] for path in faulted for length in range(len(path)))
    for rule in RULES:
        if only_errors and rule.check.severity is not Severity.ERROR:
            continue
        find = rule.find if reading.whole else rule.partly
        if find is not None and rule.needs.isdisjoint(reading.unknown):
            for finding in islice(find(reading.plan), MOST_FINDINGS + 1):
                misplaced = finding.check == "unknown-directorate" and finding.value in reading.elsewhere
                if not misplaced and not _touches(finding.path, faulted, above):
                    yield finding


def _touches(path: Path, faulted: frozenset[Path], above: frozenset[Path]) -> bool:
    """Tell whether a path is one of ``faulted``, or stands in or around one."""
    return path in above or any(path[:length] in faulted for length in range(len(path) + 1))


def _ask_characters(document: Document, only_errors: bool) -> Iterator[Finding]:
    """Look at characters that YAML reads without a word."""
    yield from islice(scan.find_comments(document), MOST_FINDINGS + 1)
    if scan.has_escapes(document.source):
        from plancli.check.scan.characters import find_escapes

        yield from islice(find_escapes(document), MOST_FINDINGS + 1)
    if not only_errors and (scan.has_escapes(document.source) or not document.source.isascii()):
        from plancli.check.scan.characters import find_decomposed, find_turns

        yield from find_turns(document)
        yield from islice(find_decomposed(document), MOST_FINDINGS + 1)


def _ask_scalars(document: Document, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Look for texts that other readers take for something else, where nothing else is wrong with them."""
    covered = _Covered(each.span for each in diagnostics)
    findings = islice(scan.find_ambiguous(document), MOST_FINDINGS)
    found = [place(document, finding, _SEVERITIES[finding.check]) for finding in findings]
    return [each for each in found if not covered.overlaps(each.span)]


class _Covered:
    """The places where something is wrong already, so sorted that each question takes no time."""

    def __init__(self, spans: Iterable[Span]) -> None:
        wide = sorted(spans)
        self._starts = [span.start for span in wide]
        self._ends = list(accumulate((span.end for span in wide), max))

    def overlaps(self, span: Span) -> bool:
        """Tell whether one of the places shares a character with a span."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._ends[before - 1] > span.start

    def holds(self, position: Position) -> bool:
        """Tell whether a character stands in one of the places."""
        before = bisect_right(self._starts, position)
        return before > 0 and self._ends[before - 1] > position


def _said_once(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave out accents written apart where an error says what is wrong with that text."""
    diagnostics = list(diagnostics)
    errors = _Covered(each.span for each in diagnostics if each.severity is Severity.ERROR)
    for each in diagnostics:
        if each.check != "not-nfc" or not errors.holds(each.span.start):
            yield each
