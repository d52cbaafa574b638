"""JSON with stable keys: places are 1-based, columns count code points, ends are exclusive."""

import json
from typing import Any

from plancli.check.run import Run
from plancli.diagnostic import Diagnostic, Severity
from plancli.i18n import plain_spaces
from plancli.text import escape_json_control


def report(run: Run) -> str:
    """Write ``{"diagnostics": […], "summary": {…}}``, and what the repository leaves out as ``ignored``."""
    counts = {f"{severity}s": run.count(severity) for severity in Severity}
    data: dict[str, Any] = {"diagnostics": [_entry(each) for each in run.reported], "summary": counts}
    if run.suppressed:
        counts["ignored"] = len(run.suppressed)
        data["ignored"] = [{**_entry(each), "reason": reason} for each, reason in run.suppressed]
    return escape_json_control(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def _entry(each: Diagnostic) -> dict[str, Any]:
    (line, column), (end_line, end_column) = each.span
    return {
        "file": each.file,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "rule": each.rule,
        "severity": str(each.severity),
        "action": each.action,
        "message": plain_spaces(each.sentence),
        "help": plain_spaces(each.help) or None,
    }
