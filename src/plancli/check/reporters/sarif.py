"""SARIF 2.1.0 (OASIS), as GitHub's code scanning and editors take it."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from plancli.check.run import Run
from plancli.diagnostic import Diagnostic, Excerpt, Fix, Rule, Severity, TextEdit, fingerprints
from plancli.i18n import _, ngettext, plain_spaces
from plancli.text import escape_json_control

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MAX_RESULTS = 25_000
"""GitHub refuses a run with more results."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def report(run: Run) -> str:
    """Write a log with one run: every rule, and every diagnostic as a result."""
    ordinals = {rule.name: index for index, rule in enumerate(run.rules)}
    diagnostics = _limit(run.reported)
    suppressed = run.suppressed[: MAX_RESULTS - len(diagnostics)]
    every = [*diagnostics, *(each.diagnostic for each in suppressed)]
    results = [
        _result(each, ordinals[each.rule], fingerprint)
        for each, fingerprint in zip(every, fingerprints(every), strict=True)
    ]
    if suppressed:  # where one result says whether it is suppressed, each has to (3.27.23)
        accepted = {"kind": "external", "status": "accepted"}
        why = [
            *([] for _each in diagnostics),
            *([{**accepted, "justification": each.reason}] for each in suppressed),
        ]
        results = [{**each, "suppressions": reasons} for each, reasons in zip(results, why, strict=True)]
    driver = {"name": "plancli", "version": run.version, "rules": [_rule(rule) for rule in run.rules]}
    log_run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    if run.unread:
        log_run["invocations"] = [{"executionSuccessful": False, **_notifications(run.unread)}]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [log_run]}
    return escape_json_control(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _limit(diagnostics: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Return as many diagnostics as GitHub takes, the gravest; the last one says how many are left out."""
    if len(diagnostics) <= MAX_RESULTS:
        return diagnostics
    ranked = sorted(diagnostics, key=lambda each: list(Severity).index(each.severity))
    last = ranked[MAX_RESULTS - 1]
    more = ngettext(
        " ({n} more is not in this report)", " ({n} more are not in this report)", len(ranked) - MAX_RESULTS
    )
    return [*ranked[: MAX_RESULTS - 1], last._replace(detail=last.detail + more)]


def _notifications(unread: Iterable[Diagnostic]) -> dict[str, Any]:
    return {
        "toolExecutionNotifications": [
            {
                "level": "error",
                "message": {"text": plain_spaces(each.sentence)},
                "descriptor": {"id": each.rule},
                "locations": [_location(each.file, each)],
            }
            for each in unread
        ]
    }


def _rule(rule: Rule) -> dict[str, Any]:
    page = plain_spaces(rule.translated())
    return {
        "id": rule.name,
        "shortDescription": {"text": plain_spaces(_(rule.summary)) + "."},
        "fullDescription": {"text": page.partition("\n\n")[0]},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(each: Diagnostic, ordinal: int, fingerprint: str) -> dict[str, Any]:
    message = plain_spaces(each.placed_sentence) + (f"\n{plain_spaces(each.help)}" if each.help else "")
    related = [_location(each.file, excerpt) for excerpt in each.excerpts if not excerpt.main]
    result: dict[str, Any] = {
        "ruleId": each.rule,
        "ruleIndex": ordinal,
        "level": _LEVELS[each.severity],
        "message": {"text": message},
        "locations": [_location(each.file, each)],
        "partialFingerprints": {"plancli/v1": fingerprint},
    }
    if related:
        result["relatedLocations"] = related
    if each.fix and each.fix.edits:
        result["fixes"] = [_fix(each.file, each.fix, each.help)]
    return result


def _fix(file: str, fix: Fix, help: str) -> dict[str, Any]:
    """Return a fix; one that touches words of the plan, or may not be what was meant, says so."""
    words = help if fix.is_safe else _("unsafe: {help}").format(help=help)
    replacements = [{"deletedRegion": _region(edit), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    return {
        "description": {"text": plain_spaces(words)},
        "artifactChanges": [{"artifactLocation": _artifact(file), "replacements": replacements}],
        "properties": {"safe": fix.is_safe},
    }


def _artifact(file: str) -> dict[str, str]:
    return {"uri": quote(file, safe="/-._~", errors="surrogateescape")}


def _region(where: Diagnostic | Excerpt | TextEdit) -> dict[str, int]:
    (line, column), (end_line, end_column) = where.span
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _location(file: str, where: Diagnostic | Excerpt) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _artifact(file), "region": _region(where)}
    }
    if isinstance(where, Excerpt) and where.label:
        location["message"] = {"text": plain_spaces(where.label)}
    return location
