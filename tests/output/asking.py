"""Questions put to a plan as they are typed, without the command line."""

import shlex

from plancli.output.report import Report
from plancli.output.views.actions import list_view
from plancli.output.views.counts import counts_view
from plancli.output.views.directorates import directorates_view
from plancli.output.views.opening import opening_view
from plancli.output.views.show import show_view
from plancli.output.views.summary import summary_view
from plancli.plan.model import Plan
from plancli.plan.query import FACETS, make_query


def ask(plan: Plan, line: str) -> Report:
    """Give the report of a command line: ``list -d DSJ --full``; nothing is the opening screen."""
    command, *words = shlex.split(line) or ["opening"]
    typed: dict[str, list[str]] = {}
    flags = {name: each.name for each in FACETS for name in (each.flag, f"--{each.name}")}
    rest: list[str] = []
    while words:
        word = words.pop(0)
        if word in flags:
            typed.setdefault(flags[word], []).append(words.pop(0))
        else:
            rest.append(word)
    query = make_query(plan, typed)
    actions = query.select(plan)
    match command:
        case "opening":
            return opening_view("data/plan.yaml", plan)
        case "list":
            return list_view(plan, query, actions, full="--full" in rest)
        case "show":
            found = {str(action.number): action for action in plan.actions}
            declared = {directorate.code: directorate for directorate in plan.directorates}
            return show_view(plan, [found.get(word) or declared[word] for word in rest])
        case "directorates":
            return directorates_view(plan)
        case _:
            by = [word for word in rest if word != "--by"]
            return counts_view(plan, query, actions, by) if by else summary_view(plan, query, actions)
