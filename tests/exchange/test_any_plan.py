"""Plans of other shapes than the published one in each format, read by the readers of that format."""

import csv
import datetime
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plancli.exchange.data import plan_data
from plancli.exchange.exporters import export
from plancli.exchange.importer import import_table
from plancli.exchange.request import make_request
from plancli.plan.document import read_document
from plancli.plan.model import Plan, read_plan
from plancli.review.change import ChangeKind
from plancli.review.diff.comparison import compare
from tests.exchange.readers import database

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))

PLAN = """\
title: Plan climat
language: fr
period: {start: 2024, end: 2026}
levels: [axe, {name: objectif opérationnel, plural: objectifs opérationnels}, chantier]
priorities: [haute, basse]
statuses: {à venir: , réalisé: {closed: true}}
fields:
  budget: {label: Budget (€ HT), type: number}
  risque: {label: Risque, type: choice, values: [faible, fort]}
  fin: {label: Fin prévue, type: date}
  étapes: {type: list}
directorates: {ATMO: , MAIRIE: {name: Mairie}}
orientations:
  - number: 1
    code: A
    title: Se loger
    measures:
      - number: 1
        title: Prévenir
        measures:
          - number: 1
            title: Rénover
            actions:
              - number: 1
                code: "1.1.1"
                text: Rénover les écoles.
                pilots: [MAIRIE]
                associated: []
                years: [2024, 2025]
                when: à partir de 2024
                due: "2025-12-31"
                priority: haute
                fields: {budget: 12000.50, risque: fort, fin: "2025-06-30", étapes: [Une, Deux]}
                progress: [{date: "2025-06-30", status: à venir, by: ATMO, percent: 40, note: Deux lots.}]
        actions:
          - {number: 2, text: Deuxième., pilots: [], associated: [ATMO], years: [], due: 2026, priority: basse}
  - number: 2
    title: Se déplacer
    measures:
      - number: 1
        title: Marcher
        actions:
          - {number: 4, text: Quatrième., pilots: [ATMO], associated: [], years: [2026], priority: basse}
actions:
  - number: 3
    text: Au sommet.
    pilots: [ATMO]
    associated: []
    years: [2026]
    priority: haute
    fields: {budget: 0}
source_notes:
  - {measure: "2.1", note: Tel que publié.}
"""


def read(text: str | bytes) -> Plan:
    return read_plan(read_document(text, "plan.yaml").data)


def exported(plan: Plan, ending: str) -> bytes:
    return export(make_request(plan, plan.actions, "plan.yaml"), f"plan{ending}")


@pytest.mark.parametrize("source", [PLAN, *(file.read_text("utf-8") for file in EXAMPLES)])
def test_json_is_the_plan_again(source: str) -> None:
    plan = read(source)
    again = read(exported(plan, ".json"))
    assert plan_data(again) == plan_data(plan)
    assert [each.place for each in again.actions] == [each.place for each in plan.actions]
    assert again.levels == plan.levels
    assert again.fields == plan.fields


def test_csv_has_the_levels_by_their_names_and_every_field() -> None:
    rows = list(csv.DictReader(io.StringIO(exported(read(PLAN), ".csv").decode())))
    level = "objectif opérationnel"
    first = {**rows[0]}
    assert [*first][:6] == ["number", "axe", "axe_code", "axe_title", level, f"{level}_title"]
    wanted = {"axe_code": "A", "chantier_title": "Rénover", "budget": "12000.50", "étapes": "Une|Deux"}
    assert {key: first[key] for key in wanted} == wanted
    assert {first["due"], first["fin"], first["risque"], first["when"]} == {
        "2025-12-31",
        "2025-06-30",
        "fort",
        "à partir de 2024",
    }
    assert [row["axe"] for row in rows] == ["1", "1", "2", ""]


def sheet(plan: Plan) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(io.BytesIO(exported(plan, ".xlsx")))
    rows = list(book.worksheets[0].iter_rows(min_row=4, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def test_a_workbook_has_dates_as_dates_and_numbers_as_numbers() -> None:
    first, second, fourth, third = sheet(read(PLAN))
    assert first["Échéance"] == datetime.datetime(2025, 12, 31)
    assert first["Fin prévue"] == datetime.datetime(2025, 6, 30)
    assert (first["Budget (€ HT)"], third["Budget (€ HT)"], second["Budget (€ HT)"]) == (12000.5, 0, None)
    assert (first["Priorité"], first["Risque"], first["étapes"]) == ("haute", "fort", "Une\nDeux")
    assert (first["N° axe"], first["Code axe"], first["Axe"], first["Chantier"]) == (1, "A", "Se loger", "Rénover")
    assert (fourth["Objectif opérationnel"], third["Axe"]) == ("Marcher", None)
    assert second["Échéance"] == "2026"


def test_a_workbook_crosses_directorates_with_groups_whose_numbers_are_shared() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(read(PLAN), ".xlsx")))
    _actions, _register, crossed, *_others = book.worksheets
    rows = list(crossed.iter_rows(min_row=4, values_only=True))
    assert rows[0][1:] == ("1.1. Prévenir", "2.1. Marcher", "Actions")
    assert {row[0]: row[1:] for row in rows[1:3]} == {"ATMO": (1, 1, 3), "MAIRIE": (1, 0, 1)}


def test_sqlite_has_typed_columns_and_the_groups() -> None:
    with database(exported(read(PLAN), ".db")) as opened:
        budgets = opened.execute("SELECT budget, typeof(budget) FROM actions ORDER BY number").fetchall()
        assert budgets == [(12000.5, "real"), (None, "null"), (0, "integer"), (None, "null")]
        groups = opened.execute("SELECT path, level, code, parent FROM groups ORDER BY path").fetchall()
        assert groups[:2] == [("1", "axe", "A", None), ("1.1", "objectif opérationnel", None, "1")]
        due = opened.execute('SELECT due, "fin", chantier_title FROM plan WHERE number = 1').fetchone()
        assert due == ("2025-12-31", "2025-06-30", "Rénover")
        assert opened.execute('SELECT "group" FROM source_notes').fetchall() == [("2.1",)]
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []


def test_markdown_nests_the_headings_and_calls_things_as_the_plan_does() -> None:
    text = exported(read(PLAN), ".md").decode()
    for line in (
        "## Axe A · Se loger",
        "### Objectif opérationnel 1.1 · Prévenir",
        "#### Chantier 1 · Rénover",
        "##### Action 1.1.1",
        "* **Budget (€ HT) :** 12 000,50",
        "> - Source : Tel que publié.",
    ):
        assert line in text.replace("\u00a0", " ").replace("\u202f", " ").splitlines()


def test_a_workbook_offers_codes_priorities_and_choices_and_protects_its_headings() -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(read(PLAN), ".xlsx")))
    actions = book.worksheets[0]
    heads = {str(cell.value): cell.column_letter for cell in actions[4]}
    offered = {
        str(each.sqref).rstrip("0123456789:")[0]: (each.formula1, bool(each.showErrorMessage))
        for each in actions.data_validations.dataValidation
    }
    assert offered[heads["Priorité"]] == ('"haute,basse"', True)
    assert offered[heads["Risque"]] == ('"faible,fort"', True)
    assert offered[heads["Pilotes"]] == ("'Directions'!$A$5:$A$6", False)
    assert [row[0].value for row in book["Directions"].iter_rows(min_row=5, max_row=6)] == ["ATMO", "MAIRIE"]
    assert actions.protection.sheet
    assert actions["A4"].protection.locked
    assert not actions["B5"].protection.locked
    assert not actions.column_dimensions["B"].protection.locked
    (status,) = book["Suivi"].data_validations.dataValidation
    assert status.formula1 == '"à venir,réalisé"'


def test_no_word_of_a_plan_is_a_formula_or_breaks_a_list_of_choices() -> None:
    text = PLAN.replace("Budget (€ HT)", '"=1+1"').replace(
        "values: [faible, fort]", "values: ['5\" de pluie', fort]"
    )
    book = openpyxl.load_workbook(io.BytesIO(exported(read(text), ".xlsx")))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if cell.value == "=1+1"] == ["=1+1"] * 2
    lists = [each.formula1 for each in book.worksheets[0].data_validations.dataValidation]
    assert [each for each in lists if "pluie" in each] == []


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_a_csv_file_gives_every_action_again(file: Path) -> None:
    """What a table of actions can't hold (the register, progress, notes) aside, nothing differs."""
    plan = read(file.read_bytes())
    table = import_table(exported(plan, ".csv"), "plan.csv")
    assert table.data is not None
    changes = compare(plan, read_plan(table.data))
    assert [each for each in changes if each.action is not None and each.kind is not ChangeKind.REPORTED] == []
    assert [group.code for group in read_plan(table.data).all_groups] == [group.code for group in plan.all_groups]
