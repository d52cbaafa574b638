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
from tests.exchange.test_import_misreadings import HEAD, put, xlsx

EXAMPLES = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
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
@EXAMPLES
@given(rows=tables(), merges=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 8), st.booleans()), max_size=1))
def test_every_filled_cell_stands_in_the_plan_or_is_told(
    rows: list[list[str]], merges: list[tuple[int, int, bool]], kind: str
) -> None:
    quoted = [[f'"{cell}"' if re.search("[;\n]", cell) else cell for cell in row] for row in rows]
    source = "\n".join(";".join(row) for row in quoted).encode() if kind == "csv" else workbook(rows, merges)
    found = import_or_refuse(source, f"t.{kind}", Choices(date="2025-06-30"))
    if found is None:
        return
    data, lines = found
    read_plan(data)
    text = dump(data)
    for number, row in enumerate(rows[1:], 2):
        for column, cell in enumerate(row):
            words = re.findall(r"[^\W_][\w.]*", cell)
            if all(is_written(word, text) for word in words) or is_told(number, column, lines) or is_mark(cell):
                continue
            raise AssertionError((number, column, cell, lines, text))


def import_or_refuse(
    source: bytes, name: str, choices: Choices | None = None
) -> tuple[dict[str, Any], list[str]] | None:
    """Return the data of the plan and what is told; None if the table or one of its rows was refused."""
    try:
        found = import_table(source, name, choices=choices)
    except PlanError as refusal:
        event(f"refused: {refusal.message.partition(' ')[2][:30]}")
        return None
    if found.data is None:
        assert found.errors
        event("rows refused")
        return None
    event("read")
    return found.data, list(messages(found))


def is_mark(cell: str) -> bool:
    """Return whether a cell is a word that stands for a value: a mark, nobody, a part of one."""
    return cell in ("x", "oui", "néant", "0.4")


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def is_told(number: int, column: int, lines: list[str]) -> bool:
    letter = LETTERS[column]
    about = re.compile(rf"row {number}(, column {letter}\b|:)|row 1, column {letter}\b")
    return any(about.match(line) or number in rows_told(line) for line in lines)


def rows_told(line: str) -> set[int]:
    """Return the rows that a line lists: 2, 3 and 7 for ``(rows 2-3, 7)``."""
    found = re.search(r"\(rows ([0-9][0-9, -]*)", line)
    runs = [run.partition("-") for run in found[1].strip(" ,").split(", ")] if found else []
    return {row for first, _dash, last in runs for row in range(int(first), int(last or first) + 1)}


UNKNOWN = ("Statut", "Budget (€)", "Commentaires", "")
CELLS = st.sampled_from(["", "", "§"])
"""What stands in a further cell: nothing, or a word of its own."""


def _mostly(usual: list[str], refused: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(usual * 12 + refused)


@st.composite
def tables_of_a_plan(draw: st.DrawFn) -> list[list[str]]:
    """Make up a table: the columns of a plan and others in any order, each filled cell with a word of its own."""
    heads = list(draw(st.permutations([*HEAD, *draw(st.lists(st.sampled_from(UNKNOWN), max_size=4))])))
    rows = [heads]
    for number in range(1, draw(st.integers(1, 6)) + 1):
        known = {
            "Orientation": f"Orientation{number}" if number == 1 or draw(st.booleans()) else "",
            "Mesure": f"Mesure{number}",
            "N° action": str(100 + number),
            "Action": draw(st.sampled_from([f"Texte{number}", f"Texte{number}"])),
            "Pilotes": draw(
                _mostly([f"P{number}X", f"P{number}X et Q{number}X", f"Ville{number}"], ["", "néant"])
            ),
            "Associées": draw(
                st.sampled_from(["", f"A{number}X", f"Associée : A{number}X", f"Pôle{number}, de l'eau"])
            ),
            "Calendrier": draw(_mostly([str(2000 + number), f"fin {2000 + number}"], ["continu"])),
            "Priorité": draw(st.sampled_from([str(500 + number), f"priorité {500 + number}"])),
        }
        cells = [known.get(head, f"Note{number}x{at}" if draw(CELLS) else "") for at, head in enumerate(heads)]
        cells += [f"Plus{number}x{at}" if draw(CELLS) else "" for at in range(draw(st.integers(0, 3)))]
        rows.append(cells)
        if draw(st.integers(0, 9)) == 0:
            rows.append([f"Seul{number}" if at == draw(st.integers(0, 9)) else "" for at in range(len(heads))])
    return rows


@pytest.mark.slow
@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
@EXAMPLES
@given(
    rows=tables_of_a_plan(),
    merges=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 6), st.booleans()), max_size=2),
)
def test_every_filled_cell_is_read_told_or_refused(
    rows: list[list[str]], merges: list[tuple[int, int, bool]], name: str
) -> None:
    """Each word stands in the plan, or is told with its row and column, or nothing is written."""
    if name == "t.csv":
        source = "\n".join(";".join(row) for row in rows).encode()
    else:
        source = xlsx(lambda book, sheet: fill(sheet, rows, merges))
    found = import_or_refuse(source, name)
    if found is None:
        return
    data, lines = found
    text = " ".join(dump(data).split())
    for number, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if number == 1 and cell in HEAD:
                continue
            words = re.findall(r"\w*\d\w*", cell)
            if all(re.search(rf"\b{word}\b", text) for word in words):
                continue
            assert is_told_exactly(number, column, lines), (number, column, cell, lines)


def fill(sheet: Any, rows: list[list[str]], merges: list[tuple[int, int, bool]]) -> None:
    put(sheet, *map(tuple, rows))
    for column, row_number, across in merges:
        if across and column + 1 < len(rows[0]) and not rows[0][column + 1]:
            sheet.merge_range(0, column, 0, column + 1, rows[0][column])
            return
        if not across and row_number + 1 < len(rows) and column < len(rows[row_number]):
            below = rows[row_number + 1]
            if column >= len(below) or not below[column]:
                sheet.merge_range(row_number, column, row_number + 1, column, rows[row_number][column])
                return


def is_told_exactly(number: int, column: int, lines: list[str]) -> bool:
    """Return whether a line is about this cell, or about its column and, among others, its row."""
    letter = LETTERS[column]
    own = re.compile(rf"row {number}, column {letter}\b")
    head = re.compile(rf"row 1, column {letter}\b")
    return any(own.match(line) or (head.match(line) and number in rows_told(line)) for line in lines)


MERGED = ("Orientation", "Mesure", "Pilotes", "Associées", "Calendrier", "Priorité", "Statut", "Commentaires")
"""The headings under which a merged cell says the same of each row that it covers."""

OWN_WORDS = {
    "N° action": "1{0}",
    "Pilotes": "P{0}X",
    "Associées": "A{0}X",
    "Calendrier": "203{0}",
    "Priorité": "{0}0",
}
"""What stands in the row of a number; else its heading with the number."""

Block = tuple[int, int, int, int]
"""The first row and column of a merged cell, and its last ones, all from 0."""


@st.composite
def tables_with_merged_cells(draw: st.DrawFn) -> tuple[list[list[str]], list[Block]]:
    """Make up a table with a merged cell in most columns; what it covers is empty, as a spreadsheet has it."""
    heads = list(draw(st.permutations([*MERGED, "N° action", "Action"])))
    last = draw(st.integers(2, 5))
    rows = [
        heads,
        *([OWN_WORDS.get(head, f"{head}{{0}}").format(number) for head in heads] for number in range(last)),
    ]
    blocks: list[Block] = []
    free = {(row, at) for row in range(1, last + 1) for at, head in enumerate(heads) if head in MERGED}
    for left in range(len(heads)):
        top, height, width = draw(st.integers(1, last)), draw(st.integers(1, 3)), draw(st.sampled_from([1, 1, 2]))
        block = (top, left, min(top + height - 1, last), left + width - 1)
        if len(places(block)) > 1 and free >= places(block):
            free -= places(block)
            blocks.append(block)
            for row, at in places(block) - {(top, left)}:
                rows[row][at] = ""
    return rows, blocks


def places(block: Block) -> set[tuple[int, int]]:
    top, left, bottom, right = block
    return {(row, at) for row in range(top, bottom + 1) for at in range(left, right + 1)}


@pytest.mark.slow
@EXAMPLES
@given(made=tables_with_merged_cells())
def test_a_merged_cell_says_the_same_as_one_in_each_of_its_rows(made: tuple[list[list[str]], list[Block]]) -> None:
    rows, blocks = made
    source = xlsx(lambda book, sheet: merge(sheet, rows, blocks))
    for top, left, bottom, _right in blocks:
        for row in range(top, bottom + 1):
            rows[row][left] = rows[top][left]
    written_out = "\n".join(";".join(row) for row in rows).encode()
    choices = Choices(date="2025-06-30")
    assert import_or_refuse(source, "t.xlsx", choices) == import_or_refuse(written_out, "t.csv", choices)


def merge(sheet: Any, rows: list[list[str]], blocks: list[Block]) -> None:
    put(sheet, *map(tuple, rows))
    for block in blocks:
        sheet.merge_range(*block, rows[block[0]][block[1]])
