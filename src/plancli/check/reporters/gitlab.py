"""GitLab's Code Quality report: the widget of a merge request, and marks in its changes."""

import json

from plancli.check.run import Run
from plancli.diagnostic import Severity, fingerprints
from plancli.i18n import plain_spaces
from plancli.text import escape_json_control

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def report(run: Run) -> str:
    """Write the array that ``artifacts:reports:codequality`` takes; a clean run is an empty one."""
    entries = [
        {
            "description": plain_spaces(each.placed_sentence),
            "check_name": each.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[each.severity],
            "location": {
                "path": each.file,
                "lines": {"begin": each.span.start.line, "end": each.span.end.line},
            },
        }
        for each, fingerprint in zip(run.reported, fingerprints(run.reported), strict=True)
    ]
    return escape_json_control(json.dumps(entries, ensure_ascii=False, indent=2)) + "\n"
