"""Workbooks that were sent out come back: what was changed in them is changed in the plan, and nothing else."""

import io
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from plancli.exchange.importer.columns import letters
from plancli.plan.document import read_document

pytestmark = pytest.mark.slow  # many workbooks are written and read

Typed = Callable[..., Any]
Change = Callable[[Path, Path, Mapping[tuple[object, str], object]], None]
PLAN = Path(__file__).parents[2] / "data" / "plan.yaml"
EVERY = [PLAN, *sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))]
SMALL = """\
title: >-
  Plan
language: fr
period:
  start: 2024
  end: 2026
levels: [axe, objectif]
priorities: [haute, basse]
fields:
  budget: {label: Budget (€), type: number}
  risque: {label: Risque, type: choice, values: [fort, faible]}
  etapes: {label: Étapes, type: list}
directorates:  # the register
  DDT:
    name: Direction des territoires
  ARS:
orientations:
  - number: 1
    code: A
    title: >-
      Se loger
    measures:
      - number: 1
        title: >-
          Prévenir
        actions:
          - number: 1
            code: A1
            text: >-
              Ouvrir un guichet
            pilots: [DDT]
            associated: []
            years: [2024]
            due: "2024-12-31"
            priority: haute
            fields:
              budget: 1200.5
              etapes: [Étudier, Bâtir]

          - number: 2  # a comment
            text: >-
              Former
            pilots: [ARS, DDT]
            associated: []
            years: [2025]
            priority: basse

  - number: 2
    title: >-
      Se soigner
    measures:
      - number: 2
        title: >-
          Soigner
        actions:
          - number: 3
            text: >-
              Vacciner
            pilots: []
            associated: [DDT]
            years: []
            when: en continu
            priority: basse
"""


@pytest.mark.parametrize("example", EVERY, ids=lambda path: path.name)
def test_an_exported_workbook_is_the_same_plan_again(plancli: Typed, tmp_path: Path, example: Path) -> None:
    sent, again = tmp_path / "sent.xlsx", tmp_path / "again.yaml"
    assert plancli("export", str(sent), "--plan", str(example)).code == 0
    code, _out, err = plancli("import", str(sent), "--output", str(again))
    assert code == 0
    assert len(err.splitlines()) == 1
    assert read_document(again.read_text("utf-8"), "x").data == read_document(example.read_text("utf-8"), "x").data
    change(sent, {})
    assert plancli("import", str(sent)).out == again.read_text("utf-8")
    assert plancli("import", str(sent), "--sheet", "Actions").out == again.read_text("utf-8")


def test_what_was_changed_in_an_exported_workbook_is_in_the_plan_made_of_it(plancli: Typed, sent: Path) -> None:
    change(sent, {(1, "Priorité"): "basse", (3, "Pilotes"): "Ville"}, gone=(2,))
    code, out, err = plancli("import", str(sent))
    assert code == 0
    assert "  Ville:\n" in out
    assert "Former" not in out
    assert out.count("priority: basse") == 2
    assert "Ville isn't on the sheet of directorates: it is kept as a new code" in err


def test_a_title_is_changed_where_all_rows_of_its_group_say_so(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {(1, "Objectif"): "Prévenir plus"})
    code, out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, out) == (1, "")
    assert "only some rows of this group say so: change its title in each of its rows" in err
    change(sent, {(2, "Objectif"): "Prévenir plus"})
    assert plancli("import", str(sent), "--into", str(plan)).code == 0
    assert plan.read_text("utf-8") == SMALL.replace("Prévenir", "Prévenir plus")


def test_a_column_that_was_not_exported_is_told(plancli: Typed, plan: Path, sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book.worksheets[0].cell(4, 30).value = "Avis"
    book.worksheets[0].cell(5, 30).value = "favorable"
    book.save(sent)
    code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert code == 0
    assert err.splitlines() == [
        "row 4, column AD: read “Avis”; this column wasn't exported, and is left out (rows 5)"
    ]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.yaml"
    file.write_text(SMALL, "utf-8")
    return file


@pytest.fixture
def sent(plancli: Typed, plan: Path) -> Path:
    file = plan.parent / "sent.xlsx"
    assert plancli("export", str(file), "--plan", str(plan)).code == 0
    return file


def change(
    file: Path, cells: Mapping[tuple[object, str], object], gone: tuple[int, ...] = (), sheet: int = 0
) -> None:
    """Change cells of a workbook by what stands first in their row and by their heading, as Excel would."""
    book = openpyxl.load_workbook(file)
    shown = book.worksheets[sheet]
    headings = [cell.value for cell in shown[4]]
    rows = {row[0].value: row for row in shown.iter_rows(min_row=5)}
    for (first, heading), value in cells.items():
        if first in rows:
            rows[first][headings.index(heading)].value = value
        else:
            rows[first] = shown[shown.max_row + 1]
            rows[first][0].value = first
            rows[first][headings.index(heading)].value = value
    for number in gone:
        shown.delete_rows(rows[number][0].row)
    made = io.BytesIO()
    book.save(made)
    file.write_bytes(made.getvalue())


@pytest.mark.parametrize("example", EVERY, ids=lambda path: path.name)
def test_an_untouched_workbook_changes_no_byte(plancli: Typed, tmp_path: Path, example: Path) -> None:
    plan, sent = tmp_path / "plan.yaml", tmp_path / "sent.xlsx"
    shutil.copy(example, plan)
    before = plan.read_bytes()
    assert plancli("export", str(sent), "--plan", str(plan)).code == 0
    code, out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, err) == (0, "")
    assert out.startswith(f"{plan}: nothing to change\n")
    change(sent, {})  # saved again, by another program
    assert plancli("import", str(sent), "--into", str(plan)).code == 0
    assert plan.read_bytes() == before


def test_what_was_changed_is_changed_and_nothing_else(plancli: Typed, plan: Path, sent: Path) -> None:
    change(
        sent,
        {
            (1, "Budget (€)"): 1500,
            (1, "Échéance"): "2025-06-30",
            (1, "Calendrier"): "2024-2025",
            (1, "Étapes"): "Étudier\nBâtir\nOuvrir",
            (2, "Pilotes"): "DDT",
            (2, "Risque"): "faible",
            (3, "Priorité"): "haute",
            (3, "Action"): "Vacciner partout",
        },
    )
    code, out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, err) == (0, "")
    assert out.startswith(f"{plan}: written\n")
    wanted = (
        SMALL.replace("budget: 1200.5", "budget: 1500")
        .replace('due: "2024-12-31"', 'due: "2025-06-30"')
        .replace("years: [2024]", "years: [2024, 2025]")
        .replace("[Étudier, Bâtir]", "[Étudier, Bâtir, Ouvrir]")
        .replace("pilots: [ARS, DDT]", "pilots: [DDT]")
        .replace("Vacciner\n", "Vacciner partout\n")
    )
    first, second, third = wanted.partition("  - number: 2\n    title")
    first += ""
    third = third.replace("priority: basse", "priority: haute")
    first = first.replace(
        "priority: basse\n", "priority: basse\n            fields:\n              risque: faible\n"
    )
    assert plan.read_text("utf-8") == first + second + third


def test_a_dry_run_says_what_would_be_decided(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {(2, "Priorité"): "haute"})
    code, out, _err = plancli("import", str(sent), "--into", str(plan), "--dry-run")
    assert code == 0
    assert out.startswith(f"{plan}: not written (--dry-run)\n")
    assert "basse" in out
    assert "haute" in out
    assert plan.read_text("utf-8") == SMALL


def test_what_was_changed_in_the_plan_meanwhile_stays_or_is_a_conflict(
    plancli: Typed, plan: Path, sent: Path
) -> None:
    meanwhile = SMALL.replace("pilots: [ARS, DDT]", "pilots: [ARS]").replace("Vacciner\n", "Vacciner tous\n")
    plan.write_text(meanwhile, "utf-8")
    change(sent, {(1, "Priorité"): "basse"})
    assert plancli("import", str(sent), "--into", str(plan)).code == 0
    assert plan.read_text("utf-8") == meanwhile.replace("haute\n            fields", "basse\n            fields")
    change(sent, {(2, "Pilotes"): "DDT", (3, "Action"): "Vacciner tous"})
    before = plan.read_text("utf-8")
    code, out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        (
            "row 6, column C (Pilotes): conflict: “DDT” in the table, “ARS” in the plan,"
            " “ARS, DDT” when it was exported"
        ),
        "Make the table say what the plan says, or the plan what the table says, and import it again",
        f"plancli: {plan}: nothing is written",
    ]
    assert plan.read_text("utf-8") == before


def test_a_table_without_its_base_only_conflicts(plancli: Typed, plan: Path) -> None:
    table = plan.parent / "table.csv"
    table.write_text("N°;Action;Pilote\n1;Ouvrir un guichet;DDT\n2;Former;DDT\n", "utf-8")
    code, out, err = plancli("import", str(table), "--into", str(plan))
    assert (code, out) == (1, "")
    asked = "“DDT” in the table, “ARS, DDT” in the plan, and nothing says which is newer"
    assert err.splitlines()[0] == f"row 3, column C (Pilote): {asked}"
    table.write_text("N°;Action;Pilote\n9;Recevoir;DDT\n", "utf-8")
    code, out, err = plancli("import", str(table), "--into", str(plan))
    assert (code, out) == (1, "")
    assert err.splitlines()[:2] == [
        "row 2, column B (Action): read “Recevoir”; the plan lacks this action, and nothing says if it is new",
        "Send a workbook out with plancli export, and take that one back",
    ]
    table.write_text("N°;Action;Pilote\n1;Ouvrir un guichet;DDT\n", "utf-8")
    assert plancli("import", str(table), "--into", str(plan)).code == 0
    assert plan.read_text("utf-8") == SMALL


def test_a_csv_file_of_export_comes_back_with_each_of_its_columns(plancli: Typed, plan: Path) -> None:
    table = plan.parent / "table.csv"
    assert plancli("export", str(table), "--plan", str(plan)).code == 0
    exported = table.read_text("utf-8")
    assert plancli("import", str(table), "--into", str(plan)).err == ""
    table.write_text(exported.replace("1200.5", "1300"), "utf-8")
    code, out, err = plancli("import", str(table), "--into", str(plan))
    assert (code, out) == (1, "")
    assert "(budget): “1300” in the table, “1200.5” in the plan" in err.splitlines()[0]
    table.write_text(exported.replace("Se soigner", "Se soigner mieux"), "utf-8")
    code, _out, err = plancli("import", str(table), "--into", str(plan))
    assert code == 1
    assert "(axe_title): “Se soigner mieux” in the table, “Se soigner” in the plan" in err.splitlines()[0]


def test_a_column_is_left_out_where_somebody_says_so(plancli: Typed, plan: Path) -> None:
    table, new = plan.parent / "table.csv", plan.parent / "new.yaml"
    table.write_text("N°;Action;Budget (€)\n1;Ouvrir un guichet;1300\n", "utf-8")
    assert plancli("import", str(table), "--into", str(plan), "--map", "Budget (€)=-").code == 0
    assert plancli("export", str(table), "--force", "--plan", str(plan)).code == 0
    table.write_text(table.read_text("utf-8").replace("1200.5", "1300"), "utf-8")
    assert plancli("import", str(table), "--into", str(plan), "--map", "budget=-").code == 0
    code, _out, err = plancli("import", str(table), "--output", str(new), "--map", "budget=-")
    assert (code, "budget:" in new.read_text("utf-8")) == (0, False)
    assert "read “budget”; left out as you said (rows 2)" in err


def test_a_column_that_the_plan_lacks_is_told_of_any_table(plancli: Typed, plan: Path) -> None:
    table = plan.parent / "table.csv"
    table.write_text("N°;Action;Coût total;Vide\n1;Ouvrir un guichet;1300;\n", "utf-8")
    code, _out, err = plancli("import", str(table), "--into", str(plan))
    assert (code, err.splitlines()) == (
        0,
        ["row 1, column C: read “Coût total”; this column isn't compared with the plan, and is left out (rows 2)"],
    )


def test_unknown_codes_are_refused_or_declared(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {(1, "Pilotes"): "DDTM", (2, "Associées"): "Ville de Lyon"})
    code, out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, out) == (1, "")
    assert "row 5, column C (Pilotes): unknown directorate DDTM, was DDT meant?" in err
    assert "row 6, column D (Associées): unknown directorate Ville de Lyon" in err
    assert plancli("import", str(sent), "--into", str(plan), "--declare").code == 0
    text = plan.read_text("utf-8")
    assert "  ARS:\n  DDTM:\n  Ville de Lyon:\n" in text
    assert "associated: [Ville de Lyon]" in text


def test_rows_that_are_gone_are_kept_or_removed(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {}, gone=(2,))
    code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert code == 0
    assert err.splitlines() == [
        "the table: action 2 is gone from the table, and kept; to remove it: --remove-missing"
    ]
    assert plan.read_text("utf-8") == SMALL
    assert plancli("import", str(sent), "--into", str(plan), "--remove-missing").code == 0
    text = plan.read_text("utf-8")
    assert "Former" not in text
    assert "unused_numbers:\n  - number: 2\n" in text


def test_only_what_was_exported_can_be_missing(plancli: Typed, plan: Path) -> None:
    part = plan.parent / "part.xlsx"
    assert plancli("export", str(part), "--plan", str(plan), "-d", "ARS").code == 0
    assert plancli("import", str(part), "--into", str(plan), "--remove-missing").code == 0
    assert plan.read_text("utf-8") == SMALL
    table = plan.parent / "table.csv"
    table.write_text("N°;Action;Pilote\n1;Ouvrir un guichet;DDT\n", "utf-8")
    assert plancli("import", str(table), "--into", str(plan), "--remove-missing").code == 2


def test_an_action_moves_and_a_new_row_is_a_new_action(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {(2, "N° axe"): 2, (2, "N° objectif"): 2, (2, "Priorité"): "haute"})
    change(sent, {(7, "Action"): "Dépister", (7, "Priorité"): "basse", (7, "N° axe"): 1, (7, "N° objectif"): 1})
    code, out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, err) == (0, "")
    code, out, _err = plancli("list", "--plan", str(plan), "--format", "csv", "--columns", "number,priority")
    assert out.splitlines()[1:] == ["1,haute", "7,basse", "2,haute", "3,basse"]


def test_the_sheet_of_directorates_counts_too(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {("ARS", "Nom"): "Agence de santé", ("DDT", "Ministère"): "Logement"}, sheet=1)
    assert plancli("import", str(sent), "--into", str(plan)).code == 0
    assert "    ministry: Logement\n  ARS:\n    name: Agence de santé\n" in plan.read_text("utf-8")


def test_several_workbooks_at_once(plancli: Typed, plan: Path) -> None:
    files = [plan.parent / f"{code}.xlsx" for code in ("DDT", "ARS")]
    for file in files:
        assert plancli("export", str(file), "--plan", str(plan), "-d", file.stem).code == 0
    change(files[0], {(1, "Priorité"): "basse"})
    change(files[1], {(2, "Priorité"): "haute"})
    assert plancli("import", *map(str, files), "--into", str(plan)).code == 0
    change(files[0], {(2, "Action"): "Former mieux"})
    change(files[1], {(2, "Action"): "Former tous"})
    code, _out, err = plancli("import", *map(str, files), "--into", str(plan))
    assert code == 1
    assert f"{files[1]}, row 5, column B (Action): DDT.xlsx changes this otherwise" in err


@pytest.mark.parametrize("example", EVERY, ids=lambda path: path.name)
@pytest.mark.parametrize("dialect", [(), ("--dialect", "excel-fr")])
def test_an_untouched_csv_changes_no_byte(
    plancli: Typed, tmp_path: Path, example: Path, dialect: tuple[str, ...]
) -> None:
    plan, table = tmp_path / "plan.yaml", tmp_path / "plan.csv"
    plan.write_bytes(example.read_bytes())
    assert plancli("export", str(table), "--plan", str(plan), *dialect).code == 0
    assert plancli("import", str(table), "--into", str(plan)).code == 0
    assert plan.read_bytes() == example.read_bytes()


def test_a_table_agrees_with_the_plan_that_was_made_of_it(plancli: Typed, tmp_path: Path) -> None:
    table, plan = tmp_path / "table.csv", tmp_path / "plan.yaml"
    rows = "1;Se loger;Ouvrir;DEE / SDE;31/12/2025;Haute\n2;Se loger;Former;SDE, DEE;fin 2026;Basse\n"
    table.write_text(f"N°;Axe;Action;Pilotes;Échéance;Priorité\n{rows}", "utf-8")
    assert plancli("import", str(table), "--output", str(plan)).code == 0
    before = plan.read_bytes()
    for text in (rows, rows.replace("Haute", "haute").replace("DEE / SDE", "dee, sde")):
        table.write_text(f"N°;Axe;Action;Pilotes;Échéance;Priorité\n{text}", "utf-8")
        answer = plancli("import", str(table), "--into", str(plan))
        done = "this column isn't compared with the plan, and is left out (rows 2, 3)"
        assert (answer.code, answer.err) == (0, f"row 1, column B: read “Axe”; {done}\n")
        assert plan.read_bytes() == before
    for old, new in (("31/12/2025", "30/12/2025"), ("SDE, DEE", "DEE, SDE"), ("Basse", "haute")):
        table.write_text(f"N°;Axe;Action;Pilotes;Échéance;Priorité\n{rows.replace(old, new)}", "utf-8")
        answer = plancli("import", str(table), "--into", str(plan))
        assert (answer.code, f"“{new}” in the table" in answer.err) == (1, True)


def test_all_actions_of_a_group_may_be_gone(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {}, gone=(1, 2))
    assert plancli("import", str(sent), "--into", str(plan), "--remove-missing").code == 0
    text = plan.read_text("utf-8")
    assert "Se loger" not in text
    assert "Vacciner" in text
    assert text.count("  - number: 1\n    reason:") + text.count("  - number: 2\n    reason:") == 2


def test_a_number_that_stands_twice_is_refused(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {(9, "Action"): "Un double"})
    change(sent, {(9, "N° action"): 2})
    code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert code == 1
    assert "row 8, column A (N° action): action 2 stands in row 6 too" in err.splitlines()


def test_without_its_column_of_numbers_no_row_is_new(plancli: Typed, plan: Path, sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book.worksheets[0]["A4"].value = "n"
    book.save(sent)
    code, out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, out) == (1, "")
    assert "has no column of numbers or codes of actions" in err


def test_what_was_taken_out_of_a_workbook_is_told_and_stays(plancli: Typed, plan: Path, sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    sheet = book.worksheets[0]
    sheet.delete_cols(next(cell.column for cell in sheet[4] if cell.value == "Risque"))
    book["Directions"].delete_rows(6)
    book.save(sent)
    code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, plan.read_text("utf-8")) == (0, SMALL)
    assert err.splitlines() == [
        "row 4: the column “Risque” is gone: what it said stays",
        "the table: directorate ARS is gone from its sheet, and kept",
    ]


@pytest.mark.parametrize(("value", "shown"), [("#REF!", "#REF!"), ("=1+1", "–")])
def test_a_formula_that_failed_is_no_text(plancli: Typed, plan: Path, sent: Path, value: str, shown: str) -> None:
    change(sent, {(1, "Action"): value})
    code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, plan.read_text("utf-8")) == (1, SMALL)
    assert f"row 5, column B (Action): a formula failed here: {shown}" in err


def test_two_workbooks_that_move_an_action_or_describe_a_code_otherwise(plancli: Typed, plan: Path) -> None:
    files = [plan.parent / f"{number}.xlsx" for number in (1, 2)]
    for file in files:
        assert plancli("export", str(file), "--plan", str(plan)).code == 0
    for file, name in zip(files, ("Une", "Deux"), strict=True):
        change(file, {("ARS", "Nom"): name}, sheet=1)
    code, _out, err = plancli("import", *map(str, files), "--into", str(plan))
    assert (code, plan.read_text("utf-8")) == (1, SMALL)
    assert "1.xlsx changes this otherwise" in err


LEVELS_OF_ONE_BEGINNING = SMALL.replace("[axe, objectif]", "[objectif, objectif opérationnel]")


def test_a_title_goes_to_the_group_of_its_level_though_the_levels_begin_alike(plancli: Typed, plan: Path) -> None:
    plan.write_text(LEVELS_OF_ONE_BEGINNING, "utf-8")
    file = plan.parent / "sent.xlsx"
    assert plancli("export", str(file), "--plan", str(plan)).code == 0
    change(file, {(3, "Objectif opérationnel"): "Soigner tôt"})
    assert plancli("import", str(file), "--into", str(plan)).code == 0
    assert plan.read_text("utf-8") == LEVELS_OF_ONE_BEGINNING.replace(
        "          Soigner\n", "          Soigner tôt\n"
    )


def test_items_of_a_list_stay_whole(plancli: Typed, plan: Path) -> None:
    plan.write_text(SMALL.replace("[Étudier, Bâtir]", "[Étudier ; choisir, Bâtir]"), "utf-8")
    file = plan.parent / "sent.xlsx"
    assert plancli("export", str(file), "--plan", str(plan)).code == 0
    change(file, {(1, "Étapes"): "Étudier ; choisir\nBâtir\nOuvrir"})
    assert plancli("import", str(file), "--into", str(plan)).code == 0
    assert "etapes: [Étudier ; choisir, Bâtir, Ouvrir]\n" in plan.read_text("utf-8")


def test_a_register_is_read_where_rows_above_its_headings_are_gone(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {("ARS", "Nom"): "Agence de santé"}, sheet=1)
    book = openpyxl.load_workbook(sent)
    book.worksheets[1].delete_rows(1)
    book.save(sent)
    assert plancli("import", str(sent), "--into", str(plan)).code == 0
    assert "  ARS:\n    name: Agence de santé\n" in plan.read_text("utf-8")


def test_a_new_row_with_a_text_alone_is_refused(plancli: Typed, plan: Path, sent: Path) -> None:
    before = plan.read_bytes()
    book = openpyxl.load_workbook(sent)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[4]]
    sheet.cell(sheet.max_row + 1, headings.index("Action") + 1, "Dépister")
    book.save(sent)
    answer = plancli("import", str(sent), "--into", str(plan))
    assert (answer.code, plan.read_bytes()) == (1, before)
    assert "a new row needs a text, and the numbers of the group it stands in" in answer.err


def test_a_new_row_in_a_group_that_the_plan_lacks_is_refused(plancli: Typed, plan: Path, sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    sheet = book.worksheets[0]
    said = {"Action": "Dépister", "N° axe": 3, "N° objectif": 1}
    headings = [cell.value for cell in sheet[4]]
    sheet.append([said.get(str(heading)) for heading in headings])
    book.save(sent)
    code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, plan.read_text("utf-8")) == (1, SMALL)
    assert err.splitlines()[:2] == [
        f"row 8, column {letters(headings.index('N° objectif'))} (N° objectif): the plan has no group 3.1",
        "Give the numbers of a group that the plan has, or write the new one into the plan first",
    ]


def test_a_word_that_a_field_can_not_be_is_refused_with_all_that_is_said_of_it(
    plancli: Typed, plan: Path, sent: Path
) -> None:
    plan.write_text(SMALL.replace("[haute, basse]", "[haute, plutôt haute, assez basse, basse]"), "utf-8")
    assert plancli("export", str(sent), "--plan", str(plan)).code == 0
    change(sent, {(1, "Priorité"): "hautte"})
    err = plancli("import", str(sent), "--into", str(plan)).err
    assert "unknown priority hautte (haute, plutôt haute, assez basse, basse). Did you mean haute?" in err


def test_a_change_of_a_field_that_the_plan_has_no_more_is_refused(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {(2, "Risque"): "fort"})
    plan.write_text(
        SMALL.replace("  risque: {label: Risque, type: choice, values: [fort, faible]}\n", ""), "utf-8"
    )
    code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert code == 1
    assert "(Risque): “fort” was written here, and the plan has no such field any more\n" in err


def test_a_plan_takes_what_none_of_its_actions_has_yet(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {(1, "Échéance"): "2025-01-31"})
    other = SMALL.replace('            due: "2024-12-31"\n', "").replace("years: [2024]", "years: [2024, 2025]")
    plan.write_text(other, "utf-8")
    err = plancli("import", str(sent), "--into", str(plan)).err
    assert "conflict: “2025-01-31” in the table, “–” in the plan, “2024-12-31” when it was exported" in err


def test_the_name_of_a_directorate_is_its_code(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, {(2, "Pilotes"): "Direction des territoires"})
    assert plancli("import", str(sent), "--into", str(plan)).code == 0
    assert plan.read_text("utf-8") == SMALL.replace("pilots: [ARS, DDT]", "pilots: [DDT]")


def test_a_new_row_without_a_number_takes_a_free_one(plancli: Typed, plan: Path) -> None:
    files = [plan.parent / f"{code}.xlsx" for code in ("DDT", "ARS")]
    for file in files:
        assert plancli("export", str(file), "-d", file.stem, "--plan", str(plan)).code == 0
    row = {"Action": "Dépister", "Priorité": "basse", "N° axe": 1, "N° objectif": 1}
    change(files[0], {(4, heading): value for heading, value in row.items()})
    change(files[1], {("", heading): f"{value}" for heading, value in row.items()})
    assert plancli("import", *map(str, files), "--into", str(plan)).code == 0
    answer = plancli("list", "--plan", str(plan), "--format", "csv", "--columns", "number")
    assert sorted(answer.out.split()[1:]) == ["1", "2", "3", "4", "5"]


def test_a_title_that_only_some_rows_change_is_told_of_its_own_workbook(plancli: Typed, plan: Path) -> None:
    files = [plan.parent / f"{number}.xlsx" for number in (1, 2)]
    for file in files:
        assert plancli("export", str(file), "--plan", str(plan)).code == 0
    change(files[0], {(1, "Objectif"): "Prévenir plus"})
    book = openpyxl.load_workbook(files[1])
    book.worksheets[0].delete_cols(3)
    book.save(files[1])
    code, _out, err = plancli("import", *map(str, files), "--into", str(plan))
    assert code == 1
    assert f"{files[0]}, row 5, column Q (Objectif): read “Prévenir plus”; only some rows of this group" in err


def test_a_title_in_a_row_that_moves_is_that_of_the_group_it_moves_to(
    plancli: Typed, plan: Path, sent: Path
) -> None:
    moved: dict[tuple[object, str], object] = {(2, "N° axe"): 2, (2, "N° objectif"): 2}
    change(sent, moved | {(2, "Objectif"): "Soigner", (2, "Axe"): "Se soigner tous"})
    code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, plan.read_text("utf-8")) == (1, SMALL)
    assert "(Axe): read “Se soigner tous”; only some rows of this group say so" in err
    assert "(Objectif)" not in err
    change(sent, {(3, "Axe"): "Se soigner tous", (1, "Objectif"): "Prévenir plus"})
    assert plancli("import", str(sent), "--into", str(plan)).code == 0
    text = plan.read_text("utf-8")
    assert "      Se soigner tous\n" in text
    assert "          Prévenir plus\n" in text
    assert text.index("Se soigner tous") < text.index("Former")


def test_an_action_that_is_gone_from_one_workbook_and_changed_in_another_is_a_conflict(
    plancli: Typed, plan: Path
) -> None:
    files = [plan.parent / f"{number}.xlsx" for number in (1, 2)]
    for file in files:
        assert plancli("export", str(file), "--plan", str(plan)).code == 0
    change(files[0], {}, gone=(2,))
    change(files[1], {(2, "Priorité"): "haute"})
    code, _out, err = plancli("import", *map(str, files), "--into", str(plan), "--remove-missing")
    assert (code, plan.read_text("utf-8")) == (1, SMALL)
    assert f"{files[0]}, the table: action 2 is gone from one sheet, and changed in another" in err


@pytest.mark.parametrize(
    ("options", "title", "language"),
    [((), "Plan", "fr"), (("--title", "Autre", "--language", "en"), "Autre", "en")],
)
def test_an_exported_workbook_keeps_title_and_language_unless_others_are_given(
    plancli: Typed, sent: Path, options: tuple[str, ...], title: str, language: str
) -> None:
    code, out, _err = plancli("import", str(sent), *options)
    assert code == 0
    assert out.startswith(f"title: >-\n  {title}\nlanguage: {language}\n")


def test_the_title_above_an_exported_table_may_be_changed(plancli: Typed, sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book.worksheets[0]["A1"].value = "Plan révisé"
    book.save(sent)
    assert plancli("import", str(sent)).out.startswith("title: >-\n  Plan révisé\n")


@pytest.mark.parametrize("gone", [("N° objectif",), ("N° axe", "N° objectif")])
def test_a_title_is_changed_where_columns_of_numbers_are_gone(
    plancli: Typed, plan: Path, sent: Path, gone: tuple[str, ...]
) -> None:
    change(sent, dict.fromkeys([(1, "Objectif"), (2, "Objectif")], "Prévenir plus"))
    without(sent, *gone)
    code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, err.count("is gone: what it said stays")) == (0, len(gone))
    assert plan.read_text("utf-8") == SMALL.replace("Prévenir", "Prévenir plus")


def test_a_number_leads_nowhere_where_the_column_of_the_one_below_is_gone(
    plancli: Typed, plan: Path, sent: Path
) -> None:
    change(sent, {(1, "N° axe"): 2})
    without(sent, "N° objectif")
    code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, plan.read_text("utf-8")) == (1, SMALL)
    assert "the plan has no group 2.1" in err


def without(file: Path, *headings: str) -> None:
    """Take columns out of the first sheet of a workbook."""
    book = openpyxl.load_workbook(file)
    for heading in headings:
        names = [cell.value for cell in book.worksheets[0][4]]
        book.worksheets[0].delete_cols(names.index(heading) + 1)
    book.save(file)


def test_explain_of_an_exported_workbook_shows_a_level_whose_name_has_two_words(
    plancli: Typed, tmp_path: Path
) -> None:
    plan, sent = tmp_path / "plan.yaml", tmp_path / "sent.xlsx"
    plan.write_text(SMALL.replace("levels: [axe, objectif]", "levels: [axe, étape clé]"), "utf-8")
    assert plancli("export", str(sent), "--plan", str(plan)).code == 0
    code, out, _err = plancli("import", str(sent), "--explain")
    assert (code, "Étape clé" in out) == (0, True)


def test_what_is_typed_around_the_table_is_told(plancli: Typed, plan: Path, sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book.worksheets[0]["A1"] = "Réponse du service X"
    book.worksheets[0].append(["* hors foncier"])
    book.create_sheet("Remarques")["B2"] = "Merci de relire"
    book.worksheets[0]["C5"].comment = Comment("À confirmer", "Marie")
    book.save(sent)
    code, out, err = plancli("import", str(sent), "--into", str(plan))
    assert (code, "No change." in out) == (0, True)
    done = "stands beside the actions, and is left out"
    assert f"row 1: read “Réponse du service X”; {done}" in err
    assert f"read “* hors foncier”; {done}" in err
    assert "the table: the sheet “Remarques” isn't read" in err
    assert f"row 5: read “À confirmer”; {done}" in err
    assert len(err.splitlines()) == 4


def test_a_cell_that_was_merged_since_is_that_of_each_of_its_rows(plancli: Typed, plan: Path, sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    sheet = book.worksheets[0]
    column = next(cell.column_letter for cell in sheet[4] if cell.value == "Pilotes")
    sheet.merge_cells(f"{column}5:{column}6")
    book.save(sent)
    assert plancli("import", str(sent), "--into", str(plan)).code == 0
    actions = read_document(plan.read_text("utf-8"), "x").data["orientations"][0]["measures"][0]["actions"]
    assert [each["pilots"] for each in actions] == [["DDT"], ["DDT"]]


def test_a_register_without_names_comes_back_as_it_was(plancli: Typed, plan: Path, sent: Path) -> None:
    assert "  ARS:\n" in plancli("import", str(sent)).out


@pytest.mark.parametrize(("typed", "code", "value"), [("45 000 €", 0, 45000), ("45 k€", 1, "1200.5")])
def test_an_amount_with_the_unit_of_its_heading_is_a_number(
    plancli: Typed, plan: Path, sent: Path, typed: str, code: int, value: Any
) -> None:
    change(sent, {(1, "Budget (€)"): typed})
    assert plancli("import", str(sent), "--into", str(plan)).code == code
    action = read_document(plan.read_text("utf-8"), "x").data["orientations"][0]["measures"][0]["actions"][0]
    assert str(action["fields"]["budget"]) == str(value)


def test_columns_of_somebody_s_own_are_fields_of_the_plan_made_of_a_workbook(plancli: Typed, sent: Path) -> None:
    book = openpyxl.load_workbook(sent)
    shown = book.worksheets[0]
    last = shown.max_column
    for at, cells in enumerate(
        [("Avis", "favorable", None, "à revoir"), ("Coût (€)", 1200, 80.5, None)], last + 1
    ):
        for row, cell in enumerate(cells, 4):
            shown.cell(row, at).value = cell
    shown.cell(6, last + 3).value = "sans titre"
    book.save(sent)
    change(sent, {(9, "Action"): "Dépister", (9, "Priorité"): "basse", (9, "N° axe"): 1, (9, "N° objectif"): 1})
    change(sent, {(9, "Avis"): "nouveau", (1, "Priorité"): "basse"})
    code, out, err = plancli("import", str(sent))
    assert (code, err.splitlines()) == (0, ["4 actions · 2 objectifs · 2 axes · 2 directorates"])
    fields = (
        "  avis:\n    label: Avis\n    type: text\n"
        "  cout:\n    label: Coût (€)\n    type: number\n"
        f"  colonne_{letters(last + 2).lower()}:\n    label: Colonne {letters(last + 2)}\n    type: text\n"
    )
    assert fields in out
    data, before = read_document(out.encode(), "x").data, read_document(SMALL.encode(), "x").data
    assert (data["levels"], data["directorates"]) == (before["levels"], before["directorates"])
    first, second, new = data["orientations"][0]["measures"][0]["actions"]
    (third,) = data["orientations"][1]["measures"][0]["actions"]
    assert first["fields"] == {
        "budget": "1200.5",
        "etapes": ["Étudier", "Bâtir"],
        "avis": "favorable",
        "cout": 1200,
    }
    assert second["fields"] == {"cout": "80.5", f"colonne_{letters(last + 2).lower()}": "sans titre"}
    assert third["fields"] == {"avis": "à revoir"}
    assert (new["number"], new["fields"], third["years"], first["priority"]) == (
        9,
        {"avis": "nouveau"},
        [],
        "basse",
    )


@pytest.mark.parametrize("actions", [True, False])
def test_a_sheet_of_somebody_s_own_in_an_exported_workbook_is_read_where_it_is_named(
    plancli: Typed, sent: Path, actions: bool
) -> None:
    book = openpyxl.load_workbook(sent)
    if not actions:
        del book[book.sheetnames[0]]
    own = book.create_sheet("Mine", 0)
    for row in (("Action", "Pilote"), ("Jardiner", "DDT"), ("Planter", "ARS")):
        own.append(row)
    book.save(sent)
    code, out, _err = plancli("import", str(sent), "--sheet", "Mine")
    assert code == 0
    assert [each["text"] for each in read_document(out.encode(), "x").data["actions"]] == ["Jardiner", "Planter"]


def test_a_formula_that_failed_in_a_column_of_somebody_s_own_is_told(
    plancli: Typed, plan: Path, sent: Path
) -> None:
    book = openpyxl.load_workbook(sent)
    shown = book.worksheets[0]
    at = shown.max_column + 1
    for row, cell in enumerate(("Coût", "=1+2", "#REF!"), 4):
        shown.cell(row, at).value = cell
    book.save(sent)
    code, out, err = plancli("import", str(sent))
    assert (code, out) == (1, "")
    assert err.splitlines()[:2] == [
        f"row 5, column {letters(at - 1)} (Coût): a formula failed here: –",
        f"row 6, column {letters(at - 1)} (Coût): a formula failed here: #REF!",
    ]
    _code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert "this column wasn't exported, and is left out (rows 5, 6)" in err


RENUMBERED = SMALL.replace("number: 3\n            text", "number: 8\n            text")
EDITED = SMALL.replace("Former", "Former tous")
RENAMED = SMALL.replace("Direction des territoires", "Direction départementale")
NEW_ROW: dict[tuple[object, str], object] = {(9, "Action"): "Dépister", (9, "N° axe"): 1, (9, "N° objectif"): 1}


@pytest.mark.parametrize(
    ("meanwhile", "cells", "gone", "sheet", "told"),
    [
        (RENUMBERED, {(3, "Action"): "Vacciner tôt"}, (), 0, "the plan has no action 3 any more, and its"),
        (RENUMBERED, {(8, "Action"): "Vacciner"}, (), 0, "action 8 isn't one of those that were exported"),
        (SMALL, {**NEW_ROW, (9, "Priorité"): "énorme"}, (), 0, "unknown priority"),
        (EDITED, {}, (2,), 0, "action 2 is gone from the table, and was changed in the plan"),
        (SMALL, {("XYZ", "Nom"): "Direction X"}, (), 1, "unknown directorate XYZ"),
        (RENAMED, {("DDT", "Nom"): "DDTM"}, (), 1, "Directions, row 5, column B: conflict: “DDTM” in the"),
    ],
)  # fmt: skip
def test_what_can_t_be_taken_in_is_told_and_nothing_is_written(
    plancli: Typed,
    plan: Path,
    sent: Path,
    meanwhile: str,
    cells: Mapping[tuple[object, str], object],
    gone: tuple[int, ...],
    sheet: int,
    told: str,
) -> None:
    plan.write_text(meanwhile, "utf-8")
    change(sent, cells, gone, sheet)
    code, out, err = plancli("import", str(sent), "--into", str(plan), "--remove-missing")
    assert (code, out) == (1, "")
    assert told in err
    assert plan.read_text("utf-8") == meanwhile


def test_two_workbooks_with_a_new_action_of_one_number_are_refused(plancli: Typed, plan: Path, sent: Path) -> None:
    change(sent, NEW_ROW)
    other = shutil.copy(sent, sent.with_name("other.xlsx"))
    code, _out, err = plancli("import", str(sent), str(other), "--into", str(plan))
    assert code == 1
    assert "action 9 stands in another new row too" in err
    assert plan.read_text("utf-8") == SMALL


def test_a_code_that_was_added_to_the_sheet_of_directorates_is_declared(
    plancli: Typed, plan: Path, sent: Path
) -> None:
    change(sent, {("XYZ", "Nom"): "Direction X"}, sheet=1)
    assert plancli("import", str(sent), "--into", str(plan), "--declare").code == 0
    assert "  XYZ:\n    name: Direction X\n" in plan.read_text("utf-8")


def test_a_title_of_a_level_that_an_action_doesn_t_have_is_refused(plancli: Typed, plan: Path) -> None:
    above, _measure, actions = SMALL.partition(
        "    measures:\n      - number: 2\n        title: >-\n          Soigner\n"
    )
    plan.write_text(above + "\n".join(line[4:] for line in actions.splitlines()) + "\n", "utf-8")
    sent = plan.with_name("sent.xlsx")
    assert plancli("export", str(sent), "--plan", str(plan)).code == 0
    change(sent, {(3, "Objectif"): "Soigner"})
    code, _out, err = plancli("import", str(sent), "--into", str(plan))
    assert code == 1
    assert "the action stands in no group of this level: give its number too" in err


def test_a_workbook_without_its_base_keeps_its_register(plancli: Typed, tmp_path: Path) -> None:
    sent, again = tmp_path / "sent.xlsx", tmp_path / "again.yaml"
    assert plancli("export", str(sent), "--plan", str(PLAN)).code == 0
    book = openpyxl.load_workbook(sent)
    del book["plancli"]
    book.save(sent)
    change(sent, {(1, "Associées"): "DIHAl, XYZ", (2, "Associées"): "néant"})
    code, _out, err = plancli("import", str(sent), "--output", str(again))
    assert code == 0
    assert "DIHAl isn't on the sheet of directorates: was DIHAL meant? It is kept as a new code" in err
    assert "XYZ isn't on the sheet of directorates: it is kept as a new code" in err
    assert "“néant” is nobody, left out" in err
    assert "isn't read" not in err
    data, before = (read_document(file.read_bytes(), "x").data for file in (again, PLAN))
    assert data["directorates"] == {**before["directorates"], "DIHAl": None, "XYZ": None}
    assert data["orientations"][1:] == before["orientations"][1:]
