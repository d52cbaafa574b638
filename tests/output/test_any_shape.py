"""Made-up plans of any shape: levels, uneven depth, codes, words, dates, fields; in each answer."""

import random
from typing import Any

import pytest

from plancli.output.renderers import FORMATS, render
from plancli.output.report import Report
from plancli.output.terminal import Terminal
from plancli.output.views.actions import FOUND, ROLE, list_columns, list_view, sort_keys
from plancli.output.views.counts import counts_view
from plancli.output.views.show import show_view
from plancli.output.views.summary import summary_view
from plancli.plan.model import Plan, read_plan
from plancli.plan.query import Query, counted, facets_of, make_query
from plancli.plan.query.targets import Target, find_targets
from plancli.text.terminal import painted_width

pytestmark = pytest.mark.slow

TERMINALS = (Terminal(), Terminal(40, 24), Terminal(80, 24, colour=True), Terminal(120, 40))

FIELDS = {
    "budget": {"label": "Budget (€)", "type": "number"},
    "risque": {"label": "Risque", "type": "choice", "values": ["faible", "fort"]},
    "etapes": {"label": "Étapes", "type": "list"},
    "vu": {"label": "Vu le", "type": "date"},
    "note": {"label": "Remarque", "type": "text"},
}
VALUES = {"budget": 12000, "risque": "fort", "etapes": ["plans", "chantier"], "vu": "2024-02", "note": "à suivre"}


class Maker:
    """Makes plans by chance, the same ones for a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.depth = self.chance.randint(0, 4)
        self.priorities: list[Any] = self.chance.choice([[], [1, 2], ["haute", "basse"]])
        self.shared = self.depth > 2 or self.chance.random() < 0.5
        self.actions = self.groups = 0

    def often(self, part: float) -> bool:
        return self.chance.random() < part

    def action(self) -> dict[str, Any]:
        self.actions += 1
        made: dict[str, Any] = {
            "number": self.actions,
            "text": self.chance.choice(["Isoler les murs.", "Planter " * 40]),
            "pilots": self.chance.sample(["DA", "DB", "D C"], self.chance.randint(0, 2)),
            "associated": self.chance.sample(["DA", "DB"], self.chance.randint(0, 2)),
            "years": self.chance.choice([[], [2024], [2024, 2025], [2024, 2026]]),
        }
        if self.priorities:
            made["priority"] = self.chance.choice(self.priorities)
        more = {"code": f"C.{self.actions}", "when": "à partir de 2025, selon les crédits", "due": "2025-12"}
        made |= {key: value for key, value in more.items() if self.often(0.3)}
        return made | {"fields": {key: value for key, value in VALUES.items() if self.often(0.5)}}

    def group(self, level: int, number: int) -> dict[str, Any]:
        self.groups += 1
        made: dict[str, Any] = {"number": number if self.shared else self.groups, "title": "Se loger et bâtir"}
        if self.often(0.2):
            made["code"] = f"G{self.groups}"
        if level < self.depth and self.often(0.8):
            made["measures"] = [self.group(level + 1, number) for number in range(1, self.chance.randint(2, 3))]
        if "measures" not in made or self.often(0.3):
            made["actions"] = [self.action() for _each in range(self.chance.randint(0, 2))]
        return made

    def plan(self) -> Plan:
        data: dict[str, Any] = {
            "title": "Plan",
            "language": "fr",
            "period": {"start": 2024, "end": 2026},
            "directorates": {"DA": {"ministry": "Mer, Ville"}, "DB": None, "D C": {"name": "Direction C"}},
            "levels": ["axe stratégique", "objectif", "mesure fine", "tâche"][: self.depth],
            "fields": FIELDS,
        }
        if self.priorities:
            data["priorities"] = self.priorities
        if self.depth:
            data["orientations"] = [self.group(1, number) for number in range(1, self.chance.randint(2, 4))]
        data["actions"] = [self.action() for _each in range(2)]
        return read_plan(data)


def hold(report: Report) -> None:
    for terminal in TERMINALS:
        lines = render(report, "table", terminal).text.splitlines()
        if terminal.columns and terminal.columns >= 80:
            assert max(map(painted_width, lines), default=0) <= terminal.columns
    for form in FORMATS:
        if form != "csv" or report.records:
            render(report, form)


def queries(plan: Plan) -> list[Query]:
    """Return a query for a value of each facet, as it is written, and for none."""
    found = [Query()]
    for facet in facets_of(plan):
        written = facet.written(plan)
        typed = [written.get(value, str(value)) for value in list(facet.choices(plan))[:1]]
        typed += ["none"] if facet.counted else []
        found += [make_query(plan, {facet.name: [word]}) for word in typed if facet.counted]
    return [*found, make_query(plan, {"text": ["loger"]})]


@pytest.mark.parametrize("seed", range(12))
def test_answers_about_any_plan_fit_the_window(seed: int) -> None:
    maker = Maker(seed)
    plan = maker.plan()
    dimensions = [facet.name for facet in counted(facets_of(plan))]
    for query in queries(plan):
        actions = query.select(plan)
        hold(list_view(plan, query, actions, sort=[f"-{maker.chance.choice(sort_keys(plan))}"]))
        hold(summary_view(plan, query, actions))
        hold(counts_view(plan, query, actions, maker.chance.sample(dimensions, 2)))
    columns = [column for column in list_columns(plan) if column not in (ROLE, FOUND)]
    hold(list_view(plan, Query(), plan.actions, columns=columns[:3]))
    targets: list[Target] = [*plan.actions[:5], *plan.all_groups[:5], *plan.directorates]
    for each in targets:
        hold(show_view(plan, [each]))
    for action in plan.actions:
        assert find_targets(plan, [action.code or str(action.number)], str) == (action,)
