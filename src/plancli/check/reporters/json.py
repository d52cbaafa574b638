"""JSON with stable keys, in English whatever the language of the messages."""

import json
from typing import Any

from plancli.check.run import Run
from plancli.diagnostic import Severity, diagnostic_data
from plancli.text import escape_json_control


def report(run: Run) -> str:
    """Write ``{"diagnostics": […], "summary": {…}}``, and what the repository leaves out as ``ignored``."""
    counts = {f"{severity}s": run.count(severity) for severity in Severity}
    data: dict[str, Any] = {"diagnostics": [diagnostic_data(each) for each in run.reported], "summary": counts}
    if run.suppressed:
        counts["ignored"] = len(run.suppressed)
        data["ignored"] = [{**diagnostic_data(each), "reason": reason} for each, reason in run.suppressed]
    return escape_json_control(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"
