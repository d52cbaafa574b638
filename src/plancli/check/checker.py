"""Scan, shape, rules: every mistake in a plan file, each located once, sorted by place."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from plancli.check import scan
from plancli.check.parse import ParseResult, parse
from plancli.check.rules import PLAN_RULES, module_of
from plancli.check.rules.base import PlanRule
from plancli.diagnostic import MOST_FINDINGS, Diagnostic, Finding, Severity
from plancli.files import MAX_SIZE
from plancli.location import Path
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
    stages: list[tuple[Sequence[Finding], Sequence[Path]]] = [
        (result.syntax, result.skipped),
        (result.shape, result.bad_paths),
        (list(_ask_rules(result, only_errors, today)), ()),
        (list(_ask_texts(document, only_errors)), ()),
        (list(islice(scan.find_ambiguous(document), MOST_FINDINGS + 1)), ()),
    ]
    diagnostics: list[Diagnostic] = []
    if any(findings for findings, _unread in stages):
        from plancli.check.suppression import make_diagnostics

        diagnostics = sorted(make_diagnostics(document, stages), key=lambda each: each.order)
    plan = result.plan if result.is_complete else None
    return Checked(document, plan, tuple(diagnostics), result.actions, result.unchecked)


def _ask_rules(result: ParseResult, only_errors: bool, today: str) -> Iterator[Finding]:
    """Yield the findings of the rules whose needs were read, a bounded number each."""
    if result.plan is None:
        return
    plan = result.plan._replace(day=today)
    unknown = result.unknown_keys
    for name, severity in PLAN_RULES.items():
        if only_errors and severity is not Severity.ERROR:
            continue
        each: PlanRule = module_of(name).RULE
        find = each.find if result.is_complete else each.find_partial
        if find is not None and each.requires.isdisjoint(unknown):
            for finding in islice(find(plan), MOST_FINDINGS + 1):
                yield finding._replace(rule=finding.rule or name, needs_all=each.find_partial is None)


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
