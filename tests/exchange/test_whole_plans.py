"""The laws of exchange for plans with every key: out and in they are the same, and untouched nothing changes."""

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from plancli.check.checker import check
from plancli.exchange.data import plan_data
from plancli.exchange.exporters import export
from plancli.exchange.importer import Choices, import_table
from plancli.exchange.importer.returned import UpdateOptions
from plancli.exchange.importer.update import read_update
from plancli.exchange.request import make_request
from plancli.exchange.table import joined_values
from plancli.loader import Loaded
from plancli.plan.model import Plan, Value, read_plan
from tests.exchange.whole_plans import whole_plans

pytestmark = pytest.mark.slow

FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(whole_plans())
def test_a_workbook_is_the_same_plan_again_and_untouched_it_changes_nothing(made: tuple[str, Plan]) -> None:
    text, plan = made
    sent = export(make_request(plan, plan.actions, "plan.yaml"), "plan.xlsx")
    found = import_table(sent, "plan.xlsx")
    assert found.data is not None
    assert plan_data(read_plan(found.data)) == plan_data(plan)
    assert found.issues == ()
    loaded = Loaded(plan, "plan.yaml", check(text.encode(), "plan.yaml"))
    update = read_update(loaded, [("plan.xlsx", sent)], UpdateOptions(date="2026-01-01"))
    assert (update.edits, update.issues) == ((), ())


@FEW
@given(whole_plans())
def test_workbooks_of_each_pilot_change_nothing_together(made: tuple[str, Plan]) -> None:
    text, plan = made
    pilots = list(dict.fromkeys(code for action in plan.actions for code in action.pilots))[:2]
    sent: list[tuple[str, bytes]] = []
    for code in pilots:
        own = [action for action in plan.actions if code in action.pilots]
        sent.append((f"{len(sent)}.xlsx", export(make_request(plan, own, "plan.yaml", (code,)), "plan.xlsx")))
    loaded = Loaded(plan, "plan.yaml", check(text.encode(), "plan.yaml"))
    update = read_update(loaded, sent, UpdateOptions(date="2026-01-01", remove_missing=True))
    assert (update.edits, update.issues) == ((), ())


def cell(value: Value) -> Any:
    """Return a value of a field without its type, which CSV doesn't have."""
    text = joined_values(value if isinstance(value, tuple) else [value])
    try:
        number = float(text)
    except ValueError:
        return " ".join(text.split())
    return text if math.isnan(number) else number


def carried(plan: Plan) -> list[Any]:
    """Return what a CSV file has of a plan: groups with actions, and actions with their fields."""
    named = plan.declared_levels is not None
    groups = [(each.place, each.title, each.code if named else None) for each in plan.all_groups if each.actions]
    keys = [each.key for each in plan.declared_fields]
    actions = [
        (
            *(each.number, each.place, each.code, each.text, each.pilots, each.associated, each.years),
            *(each.value("when"), each.value("due"), cell(each.priority)),
            {key: cell(each.value(key)) for key in keys if each.value(key) is not None},
        )
        for each in plan.actions
    ]
    return [*groups, *actions]


@settings(FEW, max_examples=30)
@given(whole_plans())
def test_a_csv_file_has_every_group_action_and_field_again(made: tuple[str, Plan]) -> None:
    _text, plan = made
    for dialect in ("", "excel-fr"):
        sent = export(make_request(plan, plan.actions, "plan.yaml", dialect=dialect), "plan.csv")
        if plan.actions and b"#REF!" not in sent:  # which is refused: a formula may have failed
            found = import_table(sent, "plan.csv", choices=Choices(date="2026-01-01"))
            assert found.data is not None
            assert carried(read_plan(found.data)) == carried(plan)
