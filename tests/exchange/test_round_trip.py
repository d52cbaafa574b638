"""The law of exchange: what is exported comes back, whatever the texts."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from plancli.check.checker import check
from plancli.exchange.exporters import export
from plancli.exchange.importer import import_table
from plancli.exchange.importer.cells.directorates import is_nobody
from plancli.exchange.request import make_request
from plancli.plan.model import Plan, read_plan
from plancli.plan.writer import dump
from tests.exchange.made_up import HOSTILE, SMALL, small
from tests.exchange.test_importer import values

EXAMPLES = Path(__file__).parents[2] / "examples"

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
TEXTS = (st.sampled_from(HOSTILE) | st.text(CHARACTERS, min_size=1, max_size=30)).filter(lambda text: text.strip())
LETTERS = st.characters(categories=["L", "N", "P", "Sm"], exclude_characters="|,")
CODES = st.sampled_from(
    ["DIHAL", "DGTrésor", "SG-CIH", "=DSJ", "'DSS", "- DB", "DG/CL", "A et B", "a", "A"]
) | st.text(LETTERS, min_size=1, max_size=8).filter(lambda code: not is_nobody(code))


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """Make up the data of a valid plan."""
    codes = draw(st.lists(CODES, min_size=1, max_size=5, unique=True))
    start = draw(st.integers(1990, 2090))
    end = start + draw(st.integers(0, 3))
    priorities = draw(st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True))
    action = measure = 0
    orientations = []
    for orientation in range(1, draw(st.integers(1, 3)) + 1):
        measures = []
        for _measure in range(draw(st.integers(1, 2))):
            measure += 1
            actions = []
            for _action in range(draw(st.integers(1, 2))):
                action += draw(st.integers(1, 2))
                roles = draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))
                pilots = draw(st.integers(1, len(roles)))
                years = draw(st.lists(st.integers(start, end), min_size=1, unique=True))
                actions.append(
                    {
                        "number": action,
                        "text": draw(TEXTS),
                        "pilots": roles[:pilots],
                        "associated": roles[pilots:],
                        "years": sorted(years),
                        "priority": draw(st.sampled_from(priorities)),
                    }
                )
            measures.append({"number": measure, "title": draw(TEXTS), "actions": actions})
        orientations.append({"number": orientation, "title": draw(TEXTS), "measures": measures})
    return {
        "title": draw(TEXTS),
        "language": draw(st.sampled_from(["fr", "en", "de"])),
        "period": {"start": start, "end": end},
        "priorities": sorted(priorities),
        "directorates": dict.fromkeys(codes),
        "orientations": orientations,
    }


def back(plan: Plan, name: str, dialect: str = "") -> Plan:
    """Export a plan and import it again; nothing may be odd in it."""
    file = export(make_request(plan, plan.actions, "plan.yaml", dialect=dialect), name)
    imported = import_table(file, name)
    assert imported.errors == ()
    assert [each for each in imported.warnings if each.noted] == []
    return read_plan(imported.data)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "dialect"), [("p.csv", ""), ("p.csv", "excel-fr"), ("p.xlsx", "")])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=plans())
@example(data=SMALL)
def test_what_is_exported_comes_back(data: dict[str, Any], name: str, dialect: str) -> None:
    errors = check(dump(data).encode(), "plan.yaml").errors
    assert {error.rule for error in errors} <= {"control-character"}, "even these come back"
    plan = read_plan(data)
    assert values(back(plan, name, dialect)) == values(plan)


@pytest.mark.parametrize(("name", "dialect"), [("p.csv", ""), ("p.csv", "excel-fr"), ("p.xlsx", "")])
def test_the_published_plan_comes_back(published: Plan, name: str, dialect: str) -> None:
    again = back(published, name, dialect)
    assert values(again) == values(published)
    assert (again.period, again.priorities) == (published.period, published.priorities)


@pytest.mark.parametrize("name", ["climate", "open-government"])
@pytest.mark.parametrize("dialect", ["", "excel-fr"])
def test_a_csv_file_of_named_levels_comes_back(name: str, dialect: str) -> None:
    plan = check((EXAMPLES / f"{name}.yaml").read_bytes(), "plan.yaml").plan
    assert plan
    again = back(plan, "p.csv", dialect)
    assert [level.name for level in again.levels] == [level.name for level in plan.levels]
    assert [(each.place, each.code, each.title) for each in again.all_groups] == [
        (each.place, each.code, each.title) for each in plan.all_groups
    ]
    assert [each._replace(path=(), progress=()) for each in again.actions] == [
        each._replace(path=(), progress=()) for each in plan.actions
    ]


def test_a_workbook_saved_as_csv_comes_back(published: Plan) -> None:
    request = make_request(published, published.actions, "plan.yaml")
    rows: Any = (
        CalamineWorkbook.from_filelike(io.BytesIO(export(request, "p.xlsx"))).get_sheet_by_index(0).to_python()
    )
    saved = io.StringIO(newline="")
    csv.writer(saved, delimiter=";").writerows(rows)
    imported = import_table(saved.getvalue().encode("cp1252"), "p.csv")
    assert values(read_plan(imported.data)) == values(published)


@pytest.mark.parametrize("separator", ["", "\t"])
def test_a_csv_file_for_excel_comes_back_from_excel(separator: str) -> None:
    """Open it in a spreadsheet, add a column, save it as a workbook or as text with tabs."""
    plan = small()
    request = make_request(plan, plan.actions, "plan.yaml", dialect="excel-fr")
    rows = list(csv.reader(io.StringIO(export(request, "p.csv").decode("utf-8-sig"), newline=""), delimiter=";"))
    for row, cell in zip(rows, ["statut", *(f"vu {n}" for n, _row in enumerate(rows))], strict=False):
        row.append(cell)
    if separator:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=separator).writerows(rows)
        imported = import_table(text.getvalue().encode("utf-16"), "p.txt")
    else:
        written = io.BytesIO()
        with xlsxwriter.Workbook(written, {"strings_to_formulas": False}) as workbook:
            sheet = workbook.add_worksheet()
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
        imported = import_table(written.getvalue(), "p.xlsx")
    again = read_plan(imported.data)
    assert values(again) == values(plan)
    assert [field.label for field in again.declared_fields] == ["statut"]
    assert [action.value("statut") for action in again.actions] == ["vu 0", "vu 1", "vu 2"]


def test_a_workbook_keeps_the_title() -> None:
    assert back(small(), "p.xlsx").title == small().title
