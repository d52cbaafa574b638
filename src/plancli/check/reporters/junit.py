"""JUnit's XML, as CI servers take it (there is no standard): what was checked, and what was found.

A rule that nothing breaks is a test case that passed; each diagnostic is one that failed, or, where it doesn't
make the plan invalid, one that passed and says something. A file that couldn't be read is one that ended in an
error; what the repository leaves out is one that was skipped, with the reason.
"""

from plancli.check.run import Run
from plancli.diagnostic import Diagnostic, Severity
from plancli.i18n import plain_spaces
from plancli.text import escape_control


def report(run: Run) -> str:
    """Write one suite; a diagnostic has its rule as ``classname``."""
    found = {each.rule for each in (*run.reported, *(each.diagnostic for each in run.suppressed))}
    passed = [rule.name for rule in run.rules if rule.name not in found] if run.files else []
    failures = sum(1 for each in run.diagnostics if _fails(run, each))
    tests = len(passed) + len(run.reported) + len(run.suppressed)
    counts = f'tests="{tests}" failures="{failures}" errors="{len(run.unread)}"'
    counts += f' skipped="{len(run.suppressed)}"' if run.suppressed else ""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="plancli" {counts}>',
        f'  <testsuite name="plancli validate" {counts}>',
        *(f'    <testcase name="{name}" classname="{name}"/>' for name in passed),
    ]
    for each in run.reported:
        lines += _case(each, _outcome(run, each))
    for each, reason in run.suppressed:
        lines += _case(each, f'<skipped message="{_text(reason)}"/>')
    return "\n".join([*lines, "  </testsuite>", "</testsuites>", ""])


def _fails(run: Run, each: Diagnostic) -> bool:
    return each.severity is Severity.ERROR or (run.strict and each.severity is Severity.WARNING)


def _place(each: Diagnostic) -> str:
    return f"{each.file}:{each.span.start.line}:{each.span.start.column}"


def _outcome(run: Run, each: Diagnostic) -> str:
    sentence = plain_spaces(each.placed_sentence)
    words = "\n".join(part for part in (f"{_place(each)}: {sentence}", plain_spaces(each.help)) if part)
    if not _fails(run, each):
        return f"<system-out>{_text(f'{each.severity}: {words}')}</system-out>"
    kind = "error" if each in run.unread else "failure"
    return f'<{kind} type="{each.severity}" message="{_text(sentence)}">{_text(words)}</{kind}>'


def _case(each: Diagnostic, outcome: str) -> list[str]:
    name = _text(f"{_place(each)} {plain_spaces(each.placed_sentence)}")
    where = f'file="{_text(each.file)}" line="{each.span.start.line}"'
    head = f'    <testcase name="{name}" classname="{each.rule}" {where}>'
    return [head, f"      {outcome}", "    </testcase>"]


def _text(text: str) -> str:
    text = "\n".join(escape_control(line) for line in text.split("\n"))
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "&#10;")):
        text = text.replace(character, entity)
    return text
