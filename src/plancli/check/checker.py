"""Scan, shape, rules: every mistake in a plan file, each located once, sorted by place."""

from dataclasses import dataclass

from plancli.check.scan import scan
from plancli.diagnostic import Diagnostic, Excerpt, Finding, Part, Severity
from plancli.language import _
from plancli.plan.document import Document, read_document
from plancli.plan.model import Plan, ShapeError, read_plan


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to. ``plan`` is there when the data has the shape of a plan, whatever the rules say."""

    document: Document
    plan: Plan | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Give the diagnostics that make the plan invalid."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)


def check(source: bytes, name: str) -> Checked:
    """Read a plan file and find all that is wrong with it."""
    findings = list(scan(source))
    document = Document(source, name) if findings else read_document(source, name)
    findings += document.findings
    plan = None
    if not findings:
        if document.data is None:
            findings.append(Finding("empty-file", _("the file is empty"), part=Part.HEAD))
        else:
            try:
                plan = read_plan(document.data)
            except ShapeError as error:
                findings.append(Finding("shape", _("this is not what a plan holds here"), error.path))
    return Checked(document, plan, tuple(sorted((_locate(document, f) for f in findings), key=lambda d: d.span)))


def _locate(document: Document, finding: Finding) -> Diagnostic:
    span = finding.span or document.span(finding.path, finding.part)
    excerpt = Excerpt(span, document.line(span.start.line), finding.label)
    return Diagnostic(
        document.name,
        span,
        finding.check,
        Severity.ERROR,
        finding.message,
        finding.more,
        finding.help,
        excerpts=(excerpt,),
    )
