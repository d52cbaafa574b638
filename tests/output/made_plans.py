"""Plans made up in a line, and questions put to them."""

from collections.abc import Sequence
from typing import Any

from plancli.output.renderers import render
from plancli.output.report import Report
from plancli.output.terminal import Terminal
from plancli.output.views.actions import list_view
from plancli.plan.model import Plan, read_plan
from plancli.plan.query import make_query


def action(number: int, text: str = "Faire.", **fields: Any) -> dict[str, Any]:
    """Make an action; what isn't given is the plainest there is."""
    plainest = {"pilots": ["AA"], "associated": [], "years": [2021], "priority": 1}
    return {"number": number, "text": text} | plainest | fields


def made(*actions: dict[str, Any], **fields: Any) -> Plan:
    """Make a plan of one orientation and one measure, or of what is given."""
    codes = dict.fromkeys(code for each in actions for code in (*each["pilots"], *each["associated"]))
    measure = {"number": 1, "title": "Une mesure", "actions": list(actions)}
    data = {
        "title": "Un plan",
        "language": "fr",
        "period": {"start": 2021, "end": 2022},
        "priorities": [1, 2],
        "directorates": dict.fromkeys(codes),
        "orientations": [{"number": 1, "title": "Une orientation", "measures": [measure]}],
    }
    return read_plan(data | fields)


def listed(
    plan: Plan, columns: Sequence[str] = (), sort: Sequence[str] = (), full: bool = False, **typed: str
) -> Report:
    """Ask ``list``; filters as they are typed."""
    query = make_query(plan, {name: [value] for name, value in typed.items()})
    return list_view(plan, query, query.select(plan), columns, sort, full)


def shown(report: Report, columns: int = 80, rows: int = 24) -> list[str]:
    """Return the lines of a report on a terminal without colours."""
    return render(report, "table", Terminal(columns, rows)).text.splitlines()


def piped(report: Report, form: str = "table") -> list[str]:
    """Return the lines of a report in a pipe."""
    return render(report, form).text.splitlines()
