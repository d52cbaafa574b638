"""JSON: the whole plan in the shape of its file, so that the schema describes it and plancli reads it."""

import json

from plancli.exchange.data import plan_data
from plancli.exchange.request import ExportRequest
from plancli.text import escape_json_control


def write(request: ExportRequest) -> bytes:
    """Write the plan as one object; numbers are numbers, lists are lists, only what can't be seen is escaped.

    Several plans are a list of such objects, each with the name of its plan before all else.
    """
    several = [{"plan": name, **plan_data(part.plan)} for name, part in request.parts]
    text = json.dumps(several or plan_data(request.plan), ensure_ascii=False, indent=2, default=float)
    return f"{escape_json_control(text)}\n".encode()
