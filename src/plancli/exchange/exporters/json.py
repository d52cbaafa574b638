"""JSON: the whole plan in the shape of its file, so that the schema describes it and plancli reads it."""

import json
from collections.abc import Iterable
from typing import Any

from plancli.exchange.request import ExportRequest
from plancli.plan.model import Action, Plan, shape
from plancli.text import escape_json_control

_NOTE = tuple(key.name for key in shape.SHAPE["source_note"])
_DIRECTORATE = tuple(key.name for key in shape.SHAPE["directorate"])


def write(request: ExportRequest) -> bytes:
    """Write the plan as one object; numbers are numbers, lists are lists, only what can't be seen is escaped."""
    return (
        escape_json_control(json.dumps(plan_data(request.plan), ensure_ascii=False, indent=2, default=float))
        + "\n"
    ).encode()


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain data, in the order of the file; optional keys that are empty are left out."""
    data: dict[str, Any] = {
        "title": plan.title,
        "language": plan.language,
        "period": {"start": plan.period.start, "end": plan.period.end},
        "priorities": list(plan.priorities),
        "directorates": {each.code: _present(each, _DIRECTORATE) for each in plan.directorates},
        "orientations": [
            {
                "number": orientation.number,
                "title": orientation.title,
                "measures": [
                    {"number": measure.number, "title": measure.title, "actions": _actions(plan, measure.actions)}
                    for measure in orientation.measures
                ],
            }
            for orientation in plan.orientations
        ],
        "unused_numbers": [{"number": each.number, "reason": each.reason} for each in plan.unused_numbers],
        "source_notes": [_present(note, _NOTE) for note in plan.source_notes],
        "glossary": {each.acronym: each.expansion for each in plan.glossary},
    }
    return {key: value for key, value in data.items() if value or key not in _OPTIONAL}


_OPTIONAL = shape.KNOWN["plan"] - shape.REQUIRED["plan"] - {"priorities", "orientations"}


def _actions(plan: Plan, actions: Iterable[Action]) -> list[dict[str, Any]]:
    keys = [field.key for field in plan.fields]
    return [{key: _plain(value) for key in keys if (value := action.value(key)) is not None} for action in actions]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _present(item: object, keys: Iterable[str]) -> dict[str, Any]:
    return {key: getattr(item, key) for key in keys if getattr(item, key) is not None}
