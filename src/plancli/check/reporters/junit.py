"""JUnit's XML, as CI servers take it (there is no standard): what was checked, and what was found.

A check that found nothing is a test case that passed; each diagnostic is one that failed, or, where it doesn't
make the plan invalid, one that passed and says something. A file that couldn't be read is one that ended in an
error.
"""

from plancli.diagnostic import Diagnostic, Run, Severity
from plancli.i18n import plain_spaces
from plancli.text import escape_control


def report(run: Run) -> str:
    """Write one suite; a diagnostic has its check as ``classname``."""
    found = {each.rule for each in run.reported}
    passed = [rule.name for rule in run.rules if rule.name not in found] if run.files else []
    failures = sum(1 for each in run.diagnostics if _fails(run, each))
    counts = f'tests="{len(passed) + len(run.reported)}" failures="{failures}" errors="{len(run.unread)}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="plancli" {counts}>',
        f'  <testsuite name="plancli validate" {counts}>',
        *(f'    <testcase name="{name}" classname="{name}"/>' for name in passed),
    ]
    for each in run.reported:
        lines += _case(run, each)
    return "\n".join([*lines, "  </testsuite>", "</testsuites>", ""])


def _fails(run: Run, each: Diagnostic) -> bool:
    return each.severity is Severity.ERROR or (run.strict and each.severity is Severity.WARNING)


def _case(run: Run, each: Diagnostic) -> list[str]:
    place = f"{each.file}:{each.span.start.line}:{each.span.start.column}"
    sentence = plain_spaces(each.placed_sentence)
    words = "\n".join(part for part in (f"{place}: {sentence}", plain_spaces(each.help)) if part)
    head = (
        f'    <testcase name="{_text(f"{place} {sentence}")}" classname="{each.rule}"'
        f' file="{_text(each.file)}" line="{each.span.start.line}">'
    )
    if _fails(run, each):
        kind = "error" if each in run.unread else "failure"
        body = f'      <{kind} type="{each.severity}" message="{_text(sentence)}">{_text(words)}</{kind}>'
    else:
        body = f"      <system-out>{_text(f'{each.severity}: {words}')}</system-out>"
    return [head, body, "    </testcase>"]


def _text(text: str) -> str:
    text = "\n".join(escape_control(line) for line in text.split("\n"))
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "&#10;")):
        text = text.replace(character, entity)
    return text
