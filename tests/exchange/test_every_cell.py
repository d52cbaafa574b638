"""The law of import: each filled cell stands in the plan or is told by row and column, or nothing is written."""

import io
import re
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from plancli.errors import PlanError
from plancli.exchange.importer import Choices, import_table, messages
from plancli.plan.model import read_plan
from plancli.plan.writer import dump

HEADINGS = (
    *(
        "Axe",
        "Axe (x)",
        "N° axe",
        "Objectif",
        "Orientation",
        "Mesure",
        "Thème",
        "Goal",
        "Commitment",
        "N°",
        "Réf.",
    ),
    *("Code", "Action", "Fiche action", "Titre", "Intitulé", "Description", "Sous-action", "Milestone"),
    *("Recommandation", "Pilote", "Porteur", "Personne pilote", "Lead", "Partenaires", "Appui", "Direction"),
    *(
        "Direction ou service pilote",
        "Échéance",
        "Calendrier",
        "Période",
        "Début",
        "Date de fin",
        "2024",
        "T1 2025",
    ),
    *("Due date", "Date prévue", "Priorité", "Statut", "Avancement", "Taux d'avancement", "Date de mise à jour"),
    *("Commentaire d'avancement", "Budget", "Indicateurs", "Remarques", "Région", "Oui/non", "", ""),
)


def cells(row: int, column: int) -> st.SearchStrategy[str]:
    """Make up a cell whose words are its own: a number of the row and column stands in it."""
    own = f"{row}x{column}"
    return st.sampled_from(
        [
            *("", "", ""),
            *(f"Mot{own}", f"Mot{own} et suite", f"Service S{own}, Pôle P{own}", f"ligne A{own}\nligne B{own}"),
            *(
                f"{1000 + 50 * row + column} €",
                f"{100 + 17 * row + column}",
                f"{row}.{column + 1}",
                f"X{row}-{column}",
            ),
            *(f"{1 + row}/{1 + column % 12}/20{24 + row}", f"20{24 + row}", f"fin 20{24 + row}"),
            *(f"mars 20{30 + column}", f"Pilote : D{own} Associée : E{own}", f"{row * 9 + column % 9} %"),
            *(f"en cours W{own}", "x", "oui", "néant", f"1.{row} Titre{own}", f"Axe {row} : Nom{own}", "0.4"),
            *(f"{row};{column}", f"D{own} (pilote), F{own}"),
        ]
    )


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Make up a table with headings of any kind, twice or not at all, and cells of any kind below."""
    heads = draw(st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=9))
    heads.insert(draw(st.integers(0, len(heads))), draw(st.sampled_from(["Action", "Fiche action", "Titre"])))
    rows = [heads]
    for number in range(1, draw(st.integers(1, 5)) + 1):
        row = [draw(cells(number, at)) for at in range(len(heads))]
        if draw(st.booleans()):
            row[next(at for at, head in enumerate(heads) if head in ("Action", "Fiche action", "Titre"))] = (
                f"Agir{number}x"
            )
        rows.append(row)
    return rows


def workbook(rows: list[list[str]], merges: list[tuple[int, int, bool]]) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
        for number, column, across in merges[:1]:
            below, beside = (number + 1, column) if not across else (number, column + 1)
            if below < len(rows) and beside < len(rows[0]) and not rows[below][beside] and rows[number][column]:
                sheet.merge_range(number, column, below, beside, rows[number][column])
    return made.getvalue()


def is_written(word: str, text: str) -> bool:
    """Return whether a word stands in a plan: as it is, or as a number or a date is written there."""
    plain = re.sub(r"\W", "", word)
    return not plain or word in text or plain in re.sub(r"\W", "", text)


@pytest.mark.parametrize("kind", ["csv", pytest.param("xlsx", marks=pytest.mark.slow)])
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(rows=tables(), merges=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 8), st.booleans()), max_size=1))
def test_every_filled_cell_stands_in_the_plan_or_is_told(
    rows: list[list[str]], merges: list[tuple[int, int, bool]], kind: str
) -> None:
    quoted = [[f'"{cell}"' if re.search("[;\n]", cell) else cell for cell in row] for row in rows]
    source = "\n".join(";".join(row) for row in quoted).encode() if kind == "csv" else workbook(rows, merges)
    try:
        found = import_table(source, f"t.{kind}", choices=Choices(date="2025-06-30"))
    except PlanError as refusal:
        event(f"refused: {refusal.message[:40]}")
        return
    if found.data is None:
        assert found.errors
        event("rows refused")
        return
    event("read")
    read_plan(found.data)
    text = dump(found.data)
    lines = list(messages(found))
    for number, row in enumerate(rows[1:], 2):
        for column, cell in enumerate(row):
            words = re.findall(r"[^\W_][\w.]*", cell)
            if all(is_written(word, text) for word in words) or is_told(number, column, lines) or is_mark(cell):
                continue
            raise AssertionError((number, column, cell, lines, text))


def is_mark(cell: str) -> bool:
    """Return whether a cell is a word that stands for a value: a mark, nobody, a part of one."""
    return cell in ("x", "oui", "néant", "0.4")


def is_told(number: int, column: int, lines: list[Any]) -> bool:
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[column]
    about = [line for line in lines if re.match(rf"row {number}(, column {letter}\b|:)", line)]
    for line in lines:
        for rows in re.findall(r"\(rows ([0-9, -]+)", line):
            for run in rows.split(", "):
                first, _dash, last = run.partition("-")
                if first.strip() and int(first) <= number <= int(last or first):
                    about.append(line)
        if re.match(rf"row 1, column {letter}\b", line):
            about.append(line)
    return bool(about)
