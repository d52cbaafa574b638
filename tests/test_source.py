"""The plan against the table it was published in, cell by cell."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from plancli.plan.document import read_document
from plancli.plan.model import Action, Plan, SourceNote, calendar, read_plan
from plancli.text import contains_word

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "tests" / "data" / "source-2021-2022.txt").read_text("utf-8")


@dataclass(frozen=True)
class Row:
    """One row of the published table, cell by cell; what is empty there is the cell above."""

    orientation: tuple[int, str]
    measure: tuple[int, str]
    number: int
    text: str
    directorates: str
    calendar: str
    priority: str


def read_rows() -> list[Row]:
    """Read the table from the right, where all rows agree once the empty cells at their end are dropped."""
    rows: list[Row] = []
    lines = TABLE.splitlines()
    header = next(i for i, line in enumerate(lines) if line.startswith("Orientations\t"))
    for line in lines[header + 1 :]:
        if not line.strip():
            continue
        cells = line.split("\t")
        while not cells[-1]:
            cells.pop()
        *left, text, number, directorates, years, priority = cells
        left = ["", "", "", "", *left][-4:]
        orientation = (int(left[1]), left[0]) if left[0] else rows[-1].orientation
        assert left[1] in ("", str(orientation[0]))
        measure = (int(left[3]), left[2]) if left[2] else rows[-1].measure
        rows.append(Row(orientation, measure, int(number), text, directorates, years, priority))
    return rows


ROWS = read_rows()
SOURCE = (ROOT / "data" / "plan.yaml").read_bytes()
PLAN: Plan = read_plan(read_document(SOURCE, "data/plan.yaml").data)
ACTIONS: dict[int, Action] = {action.number: action for action in PLAN.actions}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))
def test_every_cell_of_the_source_is_in_the_plan(row: Row) -> None:
    action = ACTIONS[row.number]
    orientation = next(o for o in PLAN.groups if o.number == action.orientation)
    measure = next(m for m in orientation.groups if m.number == action.measure)
    assert (orientation.number, orientation.title) == row.orientation
    assert (measure.number, measure.title) == row.measure
    assert action.text == row.text
    assert calendar(action.years) == row.calendar
    assert str(action.priority) == row.priority
    label, pilots, associated = cell(row.directorates)
    assert label.startswith("Pilote")
    assert list(action.pilots) == pilots
    assert list(action.associated) == associated


def cell(text: str) -> tuple[str, list[str], list[str]]:
    """Part a cell of directorates into its first label and the codes under each label, repeats dropped."""
    words = [word for word in re.split(r"[ ,:-]+", text) if word]
    label, rest = words[0], words[1:]
    at = next((i for i, word in enumerate(rest) if word.startswith("Associé")), len(rest))
    return label, list(dict.fromkeys(rest[:at])), list(dict.fromkeys(rest[at + 1 :]))


def test_published_plan_has_the_order_and_numbers_of_the_source() -> None:
    assert [action.number for action in PLAN.actions] == [row.number for row in ROWS]
    assert [m.number for m in PLAN.measures] == list(range(1, 10))
    assert [o.number for o in PLAN.groups] == [1, 2, 3]
    assert [u.number for u in PLAN.unused_numbers] == [26]
    assert f"**{PLAN.title}**" in TABLE.splitlines()
    assert (PLAN.language, PLAN.period.start, PLAN.period.end, PLAN.priorities) == ("fr", 2021, 2022, (1, 2))


def test_counts_of_the_published_plan() -> None:
    actions = PLAN.actions
    assert len(actions) == 31
    assert Counter(calendar(a.years) for a in actions) == {"2021": 15, "2022": 9, "2021-2022": 7}
    assert Counter(a.priority for a in actions) == {1: 21, 2: 10}
    assert [a.number for a in actions if a.years == (2022,) and a.priority == 1] == [23]
    assert [a.number for a in actions if len(a.pilots) > 1] == [5, 7, 9, 14, 23, 31, 32]
    assert [a.number for a in actions if not a.associated] == [2, 6, 12, 31]
    assert [a.number for a in actions if "DIHAL" not in a.pilots] == [7]
    structure = {m.number: [a.number for a in m.actions] for m in PLAN.measures}
    assert structure == {
        1: [1, 2, 3],
        2: [4, 5, 6, 7, 8, 9],
        3: [10, 11],
        4: [12, 13, 14],
        5: [15, 16, 17],
        6: [18, 19, 20],
        7: [21, 22, 23, 24, 25, 27],
        8: [28, 29, 30],
        9: [31, 32],
    }
    assert [[m.number for m in o.groups] for o in PLAN.groups] == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


ROLES = """
    DIHAL 30 1, DHUP 6 10, DMAT 1 6, SAFSL 1 0, DSJ 0 7, DACS 0 6, DGCL 0 5, DSS 0 4, DB 0 3, DLPAJ 0 2,
    DGCS 0 2, SADJAV 0 1, DGTrésor 0 1, DITP 0 1, CIH 0 1, CGET 0 1, DNUM 0 1, DILP 0 1, DGFI 0 1, DSE 0 1
"""


def test_roles_of_directorates_in_the_published_plan() -> None:
    pilots = Counter(code for action in PLAN.actions for code in action.pilots)
    associated = Counter(code for action in PLAN.actions for code in action.associated)
    wanted = {code: (int(p), int(a)) for code, p, a in (entry.split() for entry in ROLES.split(","))}
    assert {d.code: (pilots[d.code], associated[d.code]) for d in PLAN.directorates} == wanted
    first_seen = dict.fromkeys(code for action in PLAN.actions for code in action.directorates)
    assert [d.code for d in PLAN.directorates] == list(first_seen)
    assert {d.code for d in PLAN.directorates if d.name is None} == {"SAFSL", "DNUM", "DILP", "DGFI", "DSE"}
    assert all(d.note for d in PLAN.directorates if d.name is None)


@pytest.mark.parametrize("note", PLAN.source_notes, ids=lambda note: str(note.path[-1]))
def test_source_notes_quote_the_source(note: SourceNote) -> None:
    if note.source is None:
        return
    rows = [r for r in ROWS if note.action in (None, r.number) and note.measure in (None, r.measure[0])]
    place = {"text": "text", "title": "measure", "pilots": "directorates", "associated": "directorates"}
    quoted = [str(getattr(row, place[note.field])) if note.field else TABLE for row in rows]
    assert any(note.source in text for text in quoted)


def test_glossary_is_used() -> None:
    texts = [PLAN.title, *(o.title for o in PLAN.groups), *(m.title for m in PLAN.measures)]
    texts += [action.text for action in PLAN.actions]
    unused = [a.acronym for a in PLAN.glossary if not any(contains_word(text, a.acronym) for text in texts)]
    assert unused == []
    assert [a.acronym for a in PLAN.glossary] == sorted(a.acronym for a in PLAN.glossary)
