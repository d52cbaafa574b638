"""``plancli import``: where the plan goes, what is told, and when nothing is written."""

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

Typed = Callable[..., Any]

SOURCE = Path(__file__).parents[1] / "data" / "source-2021-2022.txt"
HEAD = "Orientations\tN°\tMesures\tN°\tActions\tN°\tDirections\tCalendrier\tPriorité\n"
ROW = "Orienter\t1\tMesurer\t1\tAgir\t{number}\tPilote : DIHAL\t2021\t1\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "table.tsv"
    file.write_text(HEAD + ROW.format(number=1), encoding="utf-8")
    return file


def test_the_plan_on_standard_output_and_what_was_odd_beside_it(plancli: Typed) -> None:
    code, out, err = plancli("import", str(SOURCE))
    assert code == 0
    assert out.startswith("title: >-\n  Plan d'actions")
    lines = err.splitlines()
    assert len(lines) == 7
    assert lines[-1] == (
        "31 actions · 9 measures · 3 orientations · 20 directorates · 1 unused number · 5 source notes"
    )


def test_an_imported_plan_is_canonical_and_valid(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    code, _out, err = plancli("import", str(SOURCE), "--output", str(file))
    assert (code, err.splitlines()[-1].startswith(f"{file}: 31 actions · ")) == (0, True)
    code, out, _err = plancli("list", "--plan", str(file), "--format", "csv")
    assert (code, out.count("\n")) == (0, 32)


def test_a_file_that_is_there_is_not_replaced_without_force(plancli: Typed, table: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text("mine", encoding="utf-8")
    told = f"plancli: {file} is there already\nTo replace it: --force\n"
    assert plancli("import", str(table), "--output", str(file)) == (3, "", told)
    assert file.read_text("utf-8") == "mine"
    code, _out, err = plancli("import", str(table), "--output", str(file), "--force")
    assert (code, err.splitlines()[0]) == (0, f"{file} isn't a plan that can be read; it is replaced")
    assert file.read_text("utf-8").startswith("title: >-\n  table\nlanguage: fr\n")


def test_import_says_what_a_replaced_plan_would_lose(plancli: Typed, tmp_path: Path) -> None:
    file, table = tmp_path / "plan.yaml", tmp_path / "plan.xlsx"
    old = (Path(__file__).parents[2] / "data" / "plan.yaml").read_text("utf-8")
    assert plancli("export", str(table), "--plan", str(Path(__file__).parents[2] / "data" / "plan.yaml")).code == 0
    file.write_text(old.replace("            number: 9\n", "") + "# mine\n", encoding="utf-8")
    code, _out, err = plancli("import", str(table), "--output", str(file))
    assert code == 3
    assert file.read_text("utf-8").endswith("# mine\n")
    lost = err.splitlines()[1].partition("that drops what the table doesn't have: ")[2].split(" · ")
    assert [each.split(" ", 1)[1] for each in lost] == ["comments"]
    code, _out, err = plancli("import", str(table), "--output", str(file), "--force")
    line = f"{file} is replaced, and what the table doesn't have is dropped: {' · '.join(lost)}"
    assert (code, err.splitlines()[0]) == (0, line)


def test_actions_that_would_be_lost_are_named(plancli: Typed, table: Path, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    assert plancli("import", str(table), "--output", str(file)).code == 0
    text = file.read_text("utf-8").replace("number: 1\n            text", "number: 7\n            text")
    file.write_text(text, encoding="utf-8")
    assert "dropped: action 7" in plancli("import", str(table), "--output", str(file), "--force").err


def test_reports_and_values_that_would_be_lost_are_named(plancli: Typed, tmp_path: Path) -> None:
    file, table = tmp_path / "plan.yaml", tmp_path / "plan.csv"
    rows = "1;Faire.;DSJ;2025;En cours;12\n2;Agir.;DSJ;2025;En cours;20\n3;Finir.;DSJ;2025;Fait;30\n"
    table.write_text(f"N°;Action;Pilote;Échéance;Statut;Budget (€)\n{rows}", "utf-8")
    day = ("--date", "2025-01-31")
    assert plancli("import", str(table), "--output", str(file), *day).code == 0
    assert plancli("report", "2", "3", "--status", "Fait", "--date", "2025-06-30", "--plan", str(file)).code == 0
    assert plancli("set", "1", "budget=15", "--plan", str(file)).code == 0
    err = plancli("import", str(table), "--output", str(file), *day).err
    assert err.splitlines()[-1].endswith(
        "doesn't have: the old wording, roles or values of action 1 · reports on actions 2, 3"
    )


def test_a_dash_is_standard_output(plancli: Typed, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(table.parent)
    assert plancli("import", str(table), "--output", "-") == plancli("import", str(table))
    assert list(table.parent.iterdir()) == [table]


def test_rows_that_cannot_be_read_are_named_and_nothing_is_written(
    plancli: Typed, table: Path, tmp_path: Path
) -> None:
    file = tmp_path / "plan.yaml"
    table.write_text(HEAD + ROW.format(number="x") + ROW.format(number="y"), encoding="utf-8")
    told = (
        "row 2, column F (N°): no number in “x”\n"
        "row 3, column F (N°): no number in “y”\n"
        "Write numbers and codes as 1, 2, 3, 1.1.2, A1 or II\n"
        f"plancli: {table}: 2 rows can't be read, nothing is written\n"
        "Correct the table and import it again\n"
    )
    assert plancli("import", str(table), "--output", str(file)) == (1, "", told)
    assert not file.exists()


def test_import_escapes_control_characters(plancli: Typed, table: Path) -> None:
    table.write_text(HEAD + ROW.format(number="\x1b[2J"), encoding="utf-8")
    assert r"no number in “\x1b[2J”" in plancli("import", str(table)).err


def test_a_plan_that_breaks_a_rule_is_written_and_said_to_be_invalid(
    plancli: Typed, table: Path, tmp_path: Path
) -> None:
    file = tmp_path / "plan.yaml"
    table.write_text(HEAD + ROW.format(number=1) + ROW.format(number=1).replace("Agir", "Voir"), encoding="utf-8")
    code, out, err = plancli("import", str(table), "--output", str(file))
    assert (code, out) == (1, "")
    assert "written as read, but it isn't a valid plan" in err
    assert file.exists()


def test_import_from_standard_input(plancli: Typed, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(table.read_bytes())))
    code, out, _err = plancli("import", "-", "--title", "Un titre", "--language", "en")
    assert code == 0
    assert out.startswith("title: >-\n  Un titre\nlanguage: en\n")


@pytest.mark.parametrize("name", ["nothing.tsv", "."])
def test_import_of_an_unreadable_table_is_exit_code_3(plancli: Typed, tmp_path: Path, name: str) -> None:
    code, out, err = plancli("import", str(tmp_path / name))
    assert (code, out) == (3, "")
    assert err.startswith("plancli: can't read ")


@pytest.mark.parametrize("name", ["/dev/zero", "pipe", pytest.param("endless", marks=pytest.mark.slow)])
def test_import_refuses_a_file_without_end(plancli: Typed, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "endless").open("wb") as file:
        file.truncate(10**12)
    code, out, err = plancli("import", name if name.startswith("/") else str(tmp_path / name))
    assert (code, out) == (3, "")
    assert len(err.splitlines()) <= 2


def test_a_file_that_is_no_table(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Bonjour,\nrien.\n", encoding="utf-8")
    code, out, err = plancli("import", str(file))
    assert (code, out) == (3, "")
    assert err.splitlines()[0] == f"plancli: {file} isn't a table of actions"


@pytest.mark.parametrize("option", ["--dry-run", "--declare", "--remove-missing"])
def test_what_is_about_a_table_that_comes_back_needs_into(plancli: Typed, table: Path, option: str) -> None:
    file = table.parent / "plan.yaml"
    code, out, err = plancli("import", str(table), option, "--force", "--output", str(file))
    assert (code, out) == (2, "")
    told = f"plancli: {option} goes with --into PATH\nTo see what a table comes to: --explain\n"
    assert err == told
    assert not file.exists()


@pytest.mark.parametrize(
    "option",
    ["--output new.yaml", "--force", "--title Other", "--language en", "--explain", "--default priority=2"],
)
def test_what_is_about_a_new_plan_is_refused_with_into(plancli: Typed, table: Path, option: str) -> None:
    file = table.parent / "plan.yaml"
    assert plancli("import", str(table), "--output", str(file)).code == 0
    before = file.read_bytes()
    code, out, err = plancli("import", str(table), "--into", str(file), *option.split())
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == f"plancli: {option.split()[0]} doesn't go with --into"
    assert file.read_bytes() == before
    assert not Path("new.yaml").exists()


def test_columns_and_sheets_are_named_for_a_table_that_comes_back_too(plancli: Typed, table: Path) -> None:
    file = table.parent / "plan.yaml"
    assert plancli("import", str(table), "--output", str(file)).code == 0
    table.write_text("N°\tQuoi\tQui\n1\tAgir\tDIHAL\n", "utf-8")
    back = ["import", str(table), "--into", str(file), "--map"]
    assert plancli(*back, "Quoi=text,Qui=pilots").code == 0
    code, _out, err = plancli(*back, "Quoi=text,Qiu=pilots")
    assert (code, err.splitlines()[1]) == (2, "Did you mean “Qui”?")
    code, _out, err = plancli("import", str(table), "--into", str(file), "--sheet", "Nope")
    assert (code, err.splitlines()[0]) == (2, f"plancli: {table} has no sheet Nope")


def test_a_sheet_that_is_nearly_named_is_suggested(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    assert plancli("export", str(file), "--plan", "data/plan.yaml").code == 0
    code, _out, err = plancli("import", str(file), "--sheet", "actoins")
    assert (code, err) == (2, f"plancli: {file} has no sheet actoins. Did you mean Actions?\n")


@pytest.mark.parametrize("language", ["French", "f", "fr_FR"])
def test_the_language_of_a_plan_is_a_code(plancli: Typed, table: Path, language: str) -> None:
    told = f"plancli: {language} is no code of a language: fr, en\n"
    assert plancli("import", str(table), "--language", language) == (2, "", told)


def test_rows_that_cant_be_read_are_counted_over_all_sheets(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        for name in ("Axe 1", "Axe 2"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ("N°", "Action", "Pilote", "Partenaires"))
            sheet.write_row(1, 0, ("idem ?", "Agir", "DHUP", "DSJ"))
    code, _out, err = plancli("import", str(file), "--sheet", "all", "--default", "period=2025")
    assert code == 1
    assert "2 rows can't be read, nothing is written" in err
