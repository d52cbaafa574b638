"""Tables as people keep them, read into plans: each spelling, each layout, each oddity."""

import io
import sys
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from plancli.check.checker import check
from plancli.errors import Invalid, Unavailable, Usage
from plancli.exchange.importer import Choices, Imported, import_table, messages, remedies
from plancli.i18n import use_language
from plancli.plan.model import Action, Plan, read_plan
from plancli.plan.writer import dump

TABLES = Path(__file__).parents[1] / "data"
SOURCE = TABLES / "source-2021-2022.txt"
HEADINGS = (
    "Orientations",
    "N° orientation",
    "Mesures",
    "N° mesure",
    "Actions",
    "N° action",
    "Directions pilotes et associées",
    "Calendrier",
    "Niveau de priorité",
)
FIRST = ("Orienter", "1", "Mesurer", "1", "Agir", "1", "Pilote : DIHAL Associée : DSJ", "2021", "1")
NEXT = ("", "", "", "", "Agir encore", "2", "Pilote : DSJ", "2021-2022", "2")


def table(*rows: tuple[str, ...], separator: str = "\t") -> bytes:
    return "\n".join(separator.join(row) for row in rows).encode()


def imported(source: bytes, **options: Any) -> Imported:
    return import_table(source, "tables/plan 2021.tsv", **options)


def made(source: bytes, **options: Any) -> Plan:
    found = imported(source, **options)
    assert found.errors == ()
    return read_plan(found.data)


def told(found: Imported) -> list[str]:
    return list(messages(found))


def values(plan: Plan) -> list[tuple[Any, ...]]:
    """Return all that an import must carry over, without its place in a file."""
    return [
        (orientation.number, orientation.title, measure.number, measure.title, *fields(action))
        for orientation in plan.groups
        for measure in orientation.groups
        for action in measure.actions
    ]


def fields(action: Action) -> tuple[Any, ...]:
    return action.number, action.text, action.pilots, action.associated, action.years, action.priority


def test_the_source_table_gives_the_published_plan(published: Plan) -> None:
    plan = made(SOURCE.read_bytes())
    assert values(plan) == values(published)
    assert plan.title == published.title
    assert (plan.period, plan.priorities) == (published.period, published.priorities)
    assert {each.code for each in plan.directorates} == {each.code for each in published.directorates}
    assert [each.number for each in plan.unused_numbers] == [26]


def test_the_source_table_and_what_is_odd_in_it() -> None:
    assert told(imported(SOURCE.read_bytes())) == [
        (
            "row 3, column A: read “**Plan d'actions interministériel d'aide à la sortie de…”;"
            " taken as the title of the plan, without the marks around it"
        ),
        (
            "row 8, column G (Directions pilotes et associées): read “DSE, DSJ, DLPAJ, DMAT, DLPAJ”;"
            " DLPAJ stands there 2 times, counted once"
        ),
        "row 16: the row is shifted to the right (by 2), its cells are counted from the right",
        "row 17: the row is shifted to the right (by 2), its cells are counted from the right",
        (
            "row 19, column G (Directions pilotes et associées): read “Associée DHUP”;"
            " no colon after the label, read as if there were one"
        ),
        "row 33: there is no action 26, declared in unused_numbers",
    ]


def test_import_keeps_oddities_as_source_notes() -> None:
    data = imported(SOURCE.read_bytes()).data
    assert data is not None
    assert [(note.get("action"), note.get("field"), note.get("source")) for note in data["source_notes"][1:]] == [
        (3, "associated", "DSE, DSJ, DLPAJ, DMAT, DLPAJ"),
        (10, None, None),
        (11, None, None),
        (13, "associated", "Associée DHUP"),
    ]


def test_notes_are_in_the_language_of_the_plan_and_lines_in_the_reader_s() -> None:
    with use_language("en"):
        french = imported(SOURCE.read_bytes(), language="fr")
        english = imported(SOURCE.read_bytes(), language="en")
        assert told(french) == told(english)
    assert french.data is not None
    assert english.data is not None
    assert french.data["language"] == "fr"
    assert english.data["source_notes"][1]["note"] == "DLPAJ stands there 2 times, counted once."
    assert french.data["source_notes"][1]["note"] == "DLPAJ y figure 2 fois, compté une fois."
    assert french.data["unused_numbers"] == [{"number": 26, "reason": "Absent du tableau importé."}]


@pytest.mark.parametrize(
    ("cell", "pilots", "associated"),
    [
        ("Pilote : DIHAL", ["DIHAL"], []),
        ("Pilote : DIHAL Associée : DMAT", ["DIHAL"], ["DMAT"]),
        ("Pilote : DHUP - DIHAL Associée : DGCL", ["DHUP", "DIHAL"], ["DGCL"]),
        ("Pilotes : DHUP - SAFSL Associé : DIHAL, DSS", ["DHUP", "SAFSL"], ["DIHAL", "DSS"]),
        ("Pilotes : DIHAL Associée : DACS - DSJ", ["DIHAL"], ["DACS", "DSJ"]),
        ("Pilotes : DIHAL-DMAT Associées : DNUM, DITP", ["DIHAL", "DMAT"], ["DNUM", "DITP"]),
        ("Pilote : DIHAL Associée DHUP", ["DIHAL"], ["DHUP"]),
        ("Pilote : DIHAL Associées : DACS,DSJ", ["DIHAL"], ["DACS", "DSJ"]),
        ("Pilote : DIHAL Associée : DGTrésor, DHUP", ["DIHAL"], ["DGTrésor", "DHUP"]),
        ("Pilote(s) : A - B Associé(e)(s) : C, D", ["A", "B"], ["C", "D"]),
        ("PILOTE: A; B ASSOCIÉES: C et D.", ["A", "B"], ["C", "D"]),
        ("Pilote\u00a0: A\nAssociée\u00a0: B\nC", ["A"], ["B", "C"]),
        ("Pilots: A and B Associated: C", ["A", "B"], ["C"]),
        ("Lead: A Associated: B", ["A"], ["B"]),
        ("Associée : B Pilote : A", ["A"], ["B"]),
        ("Pilote : A Associée : DSS, DSS", ["A"], ["DSS"]),
        ("Associe\u0301e : B Pilote : A", ["A"], ["B"]),
        ("Pilote : A Associée : néant", ["A"], []),
        ("Pilote : A Associés : Aucun.", ["A"], []),
        ("Pilote : A Associées : N/A", ["A"], []),
        ("Pilote : A Associée : –", ["A"], []),
    ],
)
def test_roles_in_all_spellings(cell: str, pilots: list[str], associated: list[str]) -> None:
    row = (*FIRST[:6], f'"{cell}"', *FIRST[7:])
    [action] = made(table(HEADINGS, row)).actions
    assert (list(action.pilots), list(action.associated)) == (pilots, associated)


@pytest.mark.parametrize(
    ("cell", "years", "noted"),
    [
        ("2021", (2021,), False),
        ("2021-2022", (2021, 2022), False),
        ("2021 – 2023", (2021, 2022, 2023), False),
        ("2021 à 2023", (2021, 2022, 2023), False),
        ("2021, 2023", (2021, 2023), False),
        ("2021 et 2022", (2021, 2022), False),
        ("2021/2022", (2021, 2022), False),
        ("2021.0", (2021,), False),
        ("2021-22", (2021, 2022), True),
        ("2022-2021", (2021, 2022), True),
        ("fin 2021", (2021,), True),
        ("31/12/2021", (2021,), True),
        ("mars 2021 - juin 2023", (2021, 2022, 2023), True),
    ],
)
def test_import_of_calendars(cell: str, years: tuple[int, ...], noted: bool) -> None:
    found = imported(table(HEADINGS, (*FIRST[:7], cell, "1")))
    plan = read_plan(found.data)
    assert plan.actions[0].years == years
    assert (plan.period.start, plan.period.end) == (min(years), max(years))
    assert plan.actions[0].value("when") == (cell if noted else None)
    assert plan.source_notes == ()


@pytest.mark.parametrize(("cell", "priority"), [("1", 1), ("P2", 2), ("Priorité 3", 3), ("2.", 2), ("3.0", 3)])
def test_priorities_are_what_occurs(cell: str, priority: int) -> None:
    plan = made(table(HEADINGS, (*FIRST[:8], cell), (*NEXT[:8], "7")))
    assert plan.actions[0].priority == priority
    assert plan.priorities == (priority, 7)


@pytest.mark.parametrize(
    "headings",
    [
        "|".join(HEADINGS),
        "|".join(HEADINGS).upper(),
        (
            "orientation|no orientation|mesure|numéro de la mesure|action|Nº de l'action"
            "|Direction pilote et associée|calendriers|priorité"
        ),
        (
            "Orientations|Orientation number|Measures|Measure number|Actions|Action number"
            "|Pilot and associated directorates|Calendar|Priority level"
        ),
        (
            "Orientations|Orientation no.|Measures|Measure no.|Actions|Action no.|Lead and associated directorates"
            "|Timetable|Priority"
        ),
        "Orientations|N°|Mesures|N°|Actions|N°|Directions|Calendrier|Priorité",
    ],
)
def test_columns_by_heading(headings: str) -> None:
    plan = made(table(tuple(headings.split("|")), FIRST, NEXT))
    assert values(plan) == [
        (1, "Orienter", 1, "Mesurer", 1, "Agir", ("DIHAL",), ("DSJ",), (2021,), 1),
        (1, "Orienter", 1, "Mesurer", 2, "Agir encore", ("DSJ",), (), (2021, 2022), 2),
    ]


def test_columns_in_any_order() -> None:
    order = [8, 5, 4, 3, 2, 7, 6, 1, 0]
    rows = [tuple(row[index] for index in order) for row in (HEADINGS, FIRST, NEXT)]
    assert values(made(table(*rows))) == values(made(table(HEADINGS, FIRST, NEXT)))


def test_a_number_may_stand_before_what_it_counts() -> None:
    order = [1, 0, 3, 2, 5, 4, 6, 7, 8]
    headings = ("N°", "Orientations", "N°", "Mesures", "N°", "Actions", "Directions", "Calendrier", "Priorité")
    rows = [headings, *(tuple(row[index] for index in order) for row in (FIRST, NEXT))]
    assert values(made(table(*rows))) == values(made(table(HEADINGS, FIRST, NEXT)))


def test_roles_in_two_columns() -> None:
    headings = (*HEADINGS[:6], "Pilote(s)", "Associé(e)(s)", *HEADINGS[7:])
    row = (*FIRST[:6], "DIHAL - DHUP", "Associées : DSJ, DACS", *FIRST[7:])
    [action] = made(table(headings, row)).actions
    assert (action.pilots, action.associated) == (("DIHAL", "DHUP"), ("DSJ", "DACS"))


def test_lead_directorates_are_pilots() -> None:
    headings = (*HEADINGS[:6], "Lead directorates", "Associated directorates", *HEADINGS[7:])
    [action] = made(table(headings, (*FIRST[:6], "DIHAL", "DSJ", *FIRST[7:]))).actions
    assert (action.pilots, action.associated) == (("DIHAL",), ("DSJ",))


def test_columns_by_position_where_nothing_is_headed() -> None:
    assert values(made(table(("Le plan",), FIRST, NEXT))) == values(made(table(HEADINGS, FIRST, NEXT)))
    assert made(table(("Le plan",), FIRST)).title == "Le plan"


def test_other_columns_become_fields_of_the_plan() -> None:
    found = imported(table((*HEADINGS, "Indicateurs"), (*FIRST, "42"), NEXT))
    assert told(found) == []
    plan = read_plan(found.data)
    assert [(field.key, field.label) for field in plan.declared_fields] == [("indicateurs", "Indicateurs")]
    assert [action.value("indicateurs") for action in plan.actions] == [42, None]
    assert plan.source_notes == ()


def test_missing_numbers_are_counted_and_told() -> None:
    picked = [0, 2, 4, 6, 7, 8]
    rows = [tuple(row[index] for index in picked) for row in (HEADINGS, FIRST, NEXT)]
    found = imported(table(*rows))
    assert values(read_plan(found.data)) == values(made(table(HEADINGS, FIRST, NEXT)))
    assert "row 1: there is no column “Action no”, numbered in the order of the table" in told(found)


def test_padded_and_shifted_rows() -> None:
    padded = (*NEXT, "", "")
    right = ("", "", *NEXT[:5], "3", *NEXT[6:])
    left = (NEXT[4], "4", *NEXT[6:])
    found = imported(table(HEADINGS, FIRST, padded, right, left))
    assert [action.number for action in read_plan(found.data).actions] == [1, 2, 3, 4]
    assert told(found) == [
        "row 4: the row is shifted to the right (by 2), its cells are counted from the right",
        "row 5: the row is shifted to the left (by 4), its cells are counted from the right",
    ]


def test_import_passes_over_page_breaks() -> None:
    source = table(
        ("Le plan",),
        (),
        HEADINGS,
        FIRST,
        (),
        ("Le plan",),
        ("", "Page 2/3"),
        ("", "", "", "", "- 3 -"),
        HEADINGS,
        NEXT,
        ("3",),
    )
    found = imported(source)
    assert [action.number for action in read_plan(found.data).actions] == [1, 2]
    assert told(found) == ["row 7: page numbers are left out (rows 7, 8, 11)"]


def test_import_keeps_what_stands_around_the_table_as_notes() -> None:
    source = table(("Le plan",), ("Version", "2 juin"), HEADINGS, FIRST, ("Source : DIHAL",))
    found = imported(source)
    assert told(found) == [
        "row 2, column A: read “Version · 2 juin”; stands above the table, kept as a note",
        "row 5, column A (Orientations): read “Source : DIHAL”; stands below the table, kept as a note",
    ]
    assert found.data is not None
    assert [note["source"] for note in found.data["source_notes"]] == ["Version · 2 juin", "Source : DIHAL"]
    checked = check(dump(found.data).encode(), "plan.yaml")
    assert "lost-quotation" not in [each.rule for each in checked.diagnostics]


@pytest.mark.parametrize(
    "row",
    [
        ("Total", "", "", "", "", "2"),
        ("", "", "", "", "TOTAL GÉNÉRAL", "2"),
        ("", "", "", "Sous-total :", "2 actions"),
        ("", "Grand total", "2"),
        ("Total",),
    ],
)
def test_a_row_of_totals_is_no_action(row: tuple[str, ...]) -> None:
    third = (*NEXT[:4], "Total des aides", "3", *NEXT[6:])
    found = imported(table(HEADINGS, FIRST, NEXT, row, third, row))
    assert [action.number for action in read_plan(found.data).actions] == [1, 2, 3]
    read = " · ".join(cell for cell in row if cell)
    assert [line.partition(": ")[2] for line in told(found)] == 2 * [
        f"read “{read}”; a row of totals, kept as a note"
    ]


def test_what_is_told_of_many_rows_is_one_line() -> None:
    rows = [(*NEXT[:5], str(number), "Pilote : DSJ", "courant 2021 ou après", "1") for number in range(2, 8)]
    assert told(imported(table(HEADINGS, FIRST, *rows))) == [
        "row 3, column H (Calendrier): read “courant 2021 ou après”; read as 2021 (rows 4-8 too)"
    ]


def test_a_number_without_its_action_is_not_taken_for_that_of_a_page() -> None:
    alone = ("", "", "", "", "", "2")
    found = imported(table(HEADINGS, FIRST, alone, (*NEXT[:5], "3", *NEXT[6:])))
    assert list(messages(found)) == ["row 3, column F (N° action): “2” stands alone in its row"]


def test_headings_that_come_again_need_not_be_complete() -> None:
    again = ("ORIENTATIONS", "", "Mesures", "", "Actions", "", "Directions  pilotes et associées", "Calendrier")
    found = imported(table((*HEADINGS, "Visa"), (*FIRST, "x"), again, ("", "", *HEADINGS), NEXT))
    assert [action.number for action in read_plan(found.data).actions] == [1, 2]


def test_merged_cells_mean_as_above() -> None:
    second = ("", "1", "Mesurer mieux", "2", *NEXT[4:])
    third = ("Coordonner", "2", "Suivre", "3", "Voir", "3", *NEXT[6:])
    plan = made(table(HEADINGS, FIRST, second, third))
    assert [(action.orientation, action.measure) for action in plan.actions] == [(1, 1), (1, 2), (2, 3)]


def test_an_empty_calendar_or_priority_is_that_above_and_told() -> None:
    found = imported(table(HEADINGS, FIRST, (*NEXT[:7], "", "")))
    action = read_plan(found.data).actions[1]
    assert (action.years, action.priority) == ((2021,), 1)
    assert told(found) == [
        "row 3, column H (Calendrier): empty, read as above: 2021",
        "row 3, column I (Niveau de priorité): empty, read as above: 1",
    ]


@pytest.mark.parametrize("roles", [("Directions pilotes et associées",), ("Pilotes", "Associées")])
def test_an_empty_pilot_cell_is_nobody(roles: tuple[str, ...]) -> None:
    """Neither the pilot above nor the partners above are taken over."""
    headings = (*HEADINGS[:6], *roles, *HEADINGS[7:])
    who = ("Pilote : DIHAL Associée : DSJ",) if len(roles) == 1 else ("DIHAL", "DSJ")
    rows = [(*FIRST[:6], *who, *FIRST[7:]), (*NEXT[:6], *("" for _role in roles), *NEXT[7:])]
    found = imported(table(headings, *rows))
    assert told(found) == []
    action = read_plan(found.data).actions[1]
    assert (action.pilots, action.associated) == ((), ())


def test_the_first_row_has_nothing_above() -> None:
    found = imported(table(HEADINGS, (*FIRST[:6], "", "", ""), NEXT))
    assert list(messages(found)) == ["row 2, column I (Niveau de priorité): there is no priority"]
    assert remedies(found.errors) == [
        "Write a priority in each row, or say which one empty cells mean: --default priority=2"
    ]
    said = Choices(defaults={"priority": "2"})
    found = imported(table(HEADINGS, (*FIRST[:6], "", "", ""), NEXT), choices=said)
    action = read_plan(found.data).actions[0]
    assert (action.pilots, action.years, action.priority) == ((), (), 2)


def test_texts_on_several_lines_are_set_on_one() -> None:
    row = (*FIRST[:4], '" Agir :\n- vite\n - bien "', *FIRST[5:])
    found = imported(table(HEADINGS, row))
    assert read_plan(found.data).actions[0].text == "Agir : - vite - bien"
    assert told(found) == ["row 2: texts on several lines are set on one (rows 2)"]


def test_quotes_that_do_not_pair_are_text_in_a_table_with_tabs() -> None:
    row = (*FIRST[:4], '"Facile à lire" (FALC)', *FIRST[5:])
    assert made(table(HEADINGS, row)).actions[0].text == '"Facile à lire" (FALC)'


def test_another_title_for_the_same_number_is_kept_as_a_note() -> None:
    found = imported(table(HEADINGS, FIRST, ("Orienter mieux", "1", *NEXT[2:])))
    assert told(found) == [
        (
            "row 3, column A (Orientations): read “Orienter mieux”; another title for the same number,"
            " the first one is kept"
        )
    ]
    plan = read_plan(found.data)
    assert [(note.orientation, note.field) for note in plan.source_notes] == [(1, "title")]


def test_codes_that_may_not_be_two_are_told() -> None:
    found = imported(table(HEADINGS, (*FIRST[:6], "Pilote : DSJ Associée : SG-CIH, Dsj", *FIRST[7:])))
    assert told(found) == [
        "row 2, column G (Directions pilotes et associées): read “SG-CIH”; taken as 2 codes: SG, CIH",
        (
            "row 2, column G (Directions pilotes et associées): read “SG-CIH, Dsj”; Dsj is DSJ elsewhere,"
            " kept as two codes"
        ),
    ]


def test_a_hand_in_an_exported_table_is_told_and_not_guessed() -> None:
    head = "number,orientation,measure,text,pilots,associated,years,priority,orientation_title,measure_title\r\n"
    rows = "1,1,1,Agir,DSJ|DSS,,2021,1,O,M\r\n2,1,1,Voir,DSJ - DSS,,2021,1,O,M\r\n"
    found = import_table((head + rows).encode(), "plan.csv")
    assert told(found) == [
        (
            "row 3, column E (pilots): read “DSJ - DSS”; kept as one code,"
            " since an exported table parts them otherwise"
        )
    ]


def test_numbers_that_leap_are_not_all_declared() -> None:
    found = imported(table(HEADINGS, FIRST, (*NEXT[:5], "20210001", *NEXT[6:])))
    assert found.data is not None
    assert "unused_numbers" not in found.data
    assert told(found) == [
        "row 3: 20209999 action numbers below 20210001 are missing, too many to declare in unused_numbers"
    ]


def test_every_row_that_cannot_be_read_is_named() -> None:
    source = table(
        HEADINGS,
        ("", "", *FIRST[2:]),
        (*FIRST[:5], "un peu", "DIHAL", "bientôt", "1"),
        ("Coordonner", "2", *NEXT[2:]),
        ("", "3", *FIRST[2:]),
        ("", "", "Orienter", "", *FIRST[4:]),
        (*FIRST[:4], "", "7", "", "", ""),
        ("alone",),
        (*NEXT[:5], "4²", "Associée : DSJ", "", ""),
    )
    found = imported(source)
    assert found.data is None
    assert list(messages(found)) == [
        "row 2, column B (N° orientation): no orientation here or above",
        "row 3, column F (N° action): no number in “un peu”",
        "row 3, column G (Directions pilotes et associées): “DIHAL” doesn't say who the pilot is",
        "row 5, column B (N° orientation): orientation 3 has no title",
        "row 6, column C (Mesures): the measure has no number",
        "row 7, column E (Actions): there is no text of an action",
        "row 8, column A (Orientations): “alone” stands alone in its row",
        "row 9, column F (N° action): no number in “4²”",
        "row 9, column G (Directions pilotes et associées): “Associée : DSJ” doesn't say who the pilot is",
    ]


def test_rows_count_as_the_spreadsheet_counts_them() -> None:
    lines = (*FIRST[:4], '"two\nlines"', *FIRST[5:])
    found = imported(table((), HEADINGS, lines, (), (*NEXT[:5], "deux", *NEXT[6:])))
    assert list(messages(found)) == ["row 5, column F (N° action): no number in “deux”"]


@pytest.mark.parametrize("separator", ["\t", ";", ",", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac-roman"])
def test_separator_and_encoding_are_found_out(separator: str, encoding: str) -> None:
    rows = (HEADINGS, (*FIRST[:4], "Mettre en œuvre l'été", "1", "Pilote : DIHAL", "2021", "1"), NEXT)
    source = table(*rows, separator=separator).decode().encode(encoding)
    plan = made(source)
    assert plan.actions[0].text == "Mettre en œuvre l'été"
    assert len(plan.actions) == 2


def test_damaged_utf_8_is_not_taken_for_windows_1252() -> None:
    source = table(HEADINGS, (*FIRST[:4], "Mettre en œuvre l'été", *FIRST[5:])).replace("œ".encode(), b"\x9c", 1)
    with pytest.raises(Unavailable) as refusal:
        imported(source)
    assert refusal.value.message == "tables/plan 2021.tsv is UTF-8, but not all of it: line 2 has other bytes"


def test_excel_s_own_word_for_the_separator() -> None:
    found = imported(b"sep=|\r\n" + table(HEADINGS, FIRST, ("x",), NEXT, separator="|"))
    assert list(messages(found)) == ["row 3, column A (Orientations): “x” stands alone in its row"]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_import_of_workbooks(kind: str) -> None:
    """Read a workbook as people make them: a first sheet of words, a hidden old one, merged cells, a date."""
    found = import_table((TABLES / f"table.{kind}").read_bytes(), f"table.{kind}")
    plan = read_plan(found.data)
    first = "Définir la stratégie : - au niveau national - dans les départements"
    assert plan.title == "Plan d'essai (2021-2023)"
    both = (2021, 2022)
    define, coordinate = (1, "Définir une stratégie"), (2, "Coordonner")
    assert values(plan) == [
        (*define, 1, "Fixer les objectifs", 1, first, ("DIHAL",), ("DMAT",), (2021,), 1),
        (*define, 1, "Fixer les objectifs", 2, "Assurer le suivi", ("DIHAL",), (), (2021,), 1),
        (
            *define,
            2,
            "Donner les moyens",
            3,
            "Renforcer les effectifs",
            ("DHUP", "DIHAL"),
            ("DB", "DMAT"),
            both,
            2,
        ),
        (*define, 2, "Donner les moyens", 5, "Garantir l'ouverture", ("DIHAL",), ("DSJ",), (2023,), 1),
        (*coordinate, 3, "Suivre", 6, "Rendre compte", ("DMAT",), (), (2022,), 2),
    ]
    around = {
        "xlsx": [
            "the table: the sheet “Lisez-moi” isn't read",
            "the table: the sheet “Ancien” is hidden and isn't read",
        ],
    }
    around["ods"] = around["xlsx"]
    around["xls"] = [
        "the table: an XLS doesn't tell what is struck through, hidden or failed: save it as XLSX to have it told",
        *around["xlsx"],
    ]
    assert told(found) == [
        *around[kind],
        "row 5: texts on several lines are set on one (rows 5)",
        "row 9: there is no action 4, declared in unused_numbers",
        (
            "row 12, column B (Orientations): read “Source : direction du budget”;"
            " stands below the table, kept as a note"
        ),
    ]


def test_a_sheet_can_be_named() -> None:
    source = (TABLES / "table.xlsx").read_bytes()
    assert import_table(source, "table.xlsx", sheet_name="Plan").data == import_table(source, "table.xlsx").data
    with pytest.raises(Usage) as refusal:
        import_table(source, "table.xlsx", sheet_name="Feuille 1")
    assert refusal.value.hint == "Sheets: Lisez-moi, Plan"
    with pytest.raises(Unavailable, match="isn't a table of actions"):
        import_table(source, "table.xlsx", sheet_name="Lisez-moi")


def test_other_sheets_that_look_like_a_plan_are_told() -> None:
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written)
    for name, row in (("Axe 1", FIRST), ("Notes", ("Rien",)), ("Axe 2", NEXT)):
        sheet = workbook.add_worksheet(name)
        for index, cells in enumerate((HEADINGS, row) if len(row) > 1 else (row,)):
            sheet.write_row(index, 0, cells)
    workbook.close()
    source = written.getvalue()
    found = import_table(source, "p.xlsx")
    assert told(found) == [
        "the table: the sheet “Notes” isn't read",
        "the table: the sheet “Axe 2” looks like a plan too and isn't read: --sheet 'Axe 2', or all",
    ]
    assert found.data is not None
    assert "source_notes" not in found.data
    assert told(import_table(source, "p.xlsx", sheet_name="Axe 1")) == []


def test_a_missing_extra_is_one_line_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(Unavailable) as refusal:
        import_table((TABLES / "table.ods").read_bytes(), "table.ods")
    assert refusal.value.message == "reading table.ods needs python-calamine, which isn't installed"
    assert refusal.value.hint == "Install it: pip install 'plancli[office]'"


def test_import_with_a_title_and_a_language() -> None:
    source = table(HEADINGS, FIRST)
    assert (made(source).title, made(source).language) == ("plan 2021", "fr")
    assert made(source, title="Un titre", language="en").title == "Un titre"
    assert made(table(("Au-dessus",), HEADINGS, FIRST)).title == "Au-dessus"
    assert made(table(("Au-dessus",), HEADINGS, FIRST), title="Un titre").title == "Un titre"
    with pytest.raises(Usage, match="a table from standard input has no title"):
        import_table(source, "-")


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\n\n",
        b"Some words.\nSome more.\n",
        b"a,b,c\n1,2,3\n",
        b"Artikel,Menge,Preis\nSchrauben,12,3\n",
        b"\x89PNG\r\n\x1a\n\x00\x81",
        b"PK\x03\x04zip",
    ],
)
def test_import_of_what_is_not_a_table(source: bytes) -> None:
    with pytest.raises(Unavailable):
        imported(source)


def test_a_table_whose_headings_are_of_another_language_is_told_with_them() -> None:
    rows = ("Handlungsfeld", "Maßnahme", "Frist"), ("Verkehr", "Radwege bauen", "2025"), ("Luft", "Messen", "2026")
    with pytest.raises(Invalid) as refusal:
        imported(table(*rows))
    assert refusal.value.hint == "Say which column has the texts, for example: --map 'Maßnahme=text'"
    assert [line.strip() for line in refusal.value.details] == [
        "Headings in row 1, and what each was taken for:",
        "A “Handlungsfeld”: a field of its own",
        "B “Maßnahme”: a field of its own",
        "C “Frist”: a field of its own",
    ]


def test_a_table_that_lacks_a_column() -> None:
    with pytest.raises(Invalid) as refusal:
        imported(table(("Porteur", "Statut", "Budget"), ("DIHAL", "en cours", "12")))
    assert refusal.value.message == "tables/plan 2021.tsv: no column is taken for the texts of the actions"


def test_headings_without_actions() -> None:
    with pytest.raises(Invalid, match="no action under them"):
        imported(table(HEADINGS))


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", ""), ("cp1252", "Windows-1252"), ("mac-roman", "Mac OS Roman"), ("cp850", "DOS (cp850)")],
)
def test_a_guessed_encoding_is_told(encoding: str, name: str) -> None:
    rows = (HEADINGS, (*FIRST[:4], "Créer un réseau", "1", "Pilote : DIHAL", "2021", "1"), NEXT)
    found = import_table(table(*rows, separator=";").decode().encode(encoding), "p.csv")
    told = f"the table: the file is not UTF-8 and was read as {name}: look at its accents"
    assert [each for each in messages(found) if "UTF-8" in each] == ([told] if name else [])


@pytest.mark.parametrize(
    "text", ["“Créer” un réseau • l’été – Žižek™ 5 ‰", "The “lead” • it’s – 5 ‰…", "CRÉER", "Wait… – then — go"]
)
def test_windows_1252_is_not_taken_for_another_encoding(text: str) -> None:
    rows = (HEADINGS, (*FIRST[:4], text, "1", "Pilote : DIHAL", "2021", "1"), NEXT)
    found = import_table(table(*rows, separator=";").decode().encode("cp1252"), "p.csv")
    assert read_plan(found.data).actions[0].text == text


def test_bytes_that_are_no_text_are_not_taken_for_mac_roman() -> None:
    with pytest.raises(Unavailable, match="neither a spreadsheet nor text"):
        import_table(b"%PDF-1.7\n\x00\x01" + bytes(range(128, 256)) * 20, "p.csv")


def test_another_priority_of_the_same_action_is_told_and_noted() -> None:
    rows = ("N°", "Action", "Pilote", "Priorité"), ("1", "Agir", "DSJ", "haute"), ("1", "Agir", "DHUP", "basse")
    found = imported(table(*rows))
    assert (
        "row 3, column D (Priorité): read “basse”; another priority of the same action, the first one is kept"
        in (told(found))
    )
    (note,) = read_plan(found.data).source_notes
    assert (note.action, note.field, note.source) == (1, "priority", "basse")
    same = imported(table(*rows[:2], ("1", "Agir", "DHUP", "Haute")))
    assert not any("another priority" in line for line in told(same))


@pytest.mark.parametrize("defaults", [{}, {"priority": "moyenne"}])
def test_an_empty_cell_is_no_other_priority_of_an_action(defaults: dict[str, str]) -> None:
    rows = [("1", "Agir", "DSJ", "haute"), ("2", "Former", "DSJ", "basse"), ("1", "Agir", "DHUP", "")]
    found = imported(table(("N°", "Action", "Pilote", "Priorité"), *rows), choices=Choices(defaults=defaults))
    assert not any("another priority" in line for line in told(found))
    assert [action.priority for action in read_plan(found.data).actions] == ["haute", "basse"]


@pytest.mark.parametrize("heading", ["Plan", "Role", "Language", "Found", "Glossary"])
def test_a_column_is_no_field_of_a_name_that_is_taken(heading: str) -> None:
    rows = ("N°", "Action", heading), ("1", "Agir", "ici"), ("2", "Agir encore", "là")
    found = imported(table(*rows), choices=Choices(columns={heading.lower(): "field"}))
    assert found.data is not None
    assert check(dump(found.data).encode(), "plan.yaml").errors == ()


def test_a_priority_that_lacks_is_told_by_the_columns_of_its_own_sheet() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        for name, head in (
            ("Axe 1", ("N°", "Action", "Pilote")),
            ("Axe 2", ("N°", "Priorité", "Action", "Pilote")),
        ):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, head)
            sheet.write_row(1, 0, [name[-1], *["haute"] * (len(head) - 3), f"Agir {name}", "DHUP"])
    found = import_table(written.getvalue(), "plan.xlsx", sheet_name="all", choices=Choices(date="2026-01-01"))
    assert list(messages(found)) == ["Axe 1, row 2: there is no priority"]


@pytest.mark.parametrize("due", ["juin 2025", "juin"])
def test_an_end_that_is_no_date_in_a_csv_file_of_plancli_is_kept_for_validate(due: str) -> None:
    source = f"number,axe,axe_title,text,pilots,associated,years,due\n1,1,Rues,Agir,DHUP,,2024,{due}\n"
    found = import_table(source.encode(), "plan.csv")
    assert found.data is not None
    (error,) = check(dump(found.data).encode(), "plan.yaml").errors
    assert due in error.message


def test_a_csv_file_of_plancli_may_lack_the_titles_of_a_level() -> None:
    source = b"number,orientation,measure,text,pilots,associated,years,measure_title\n1,1,1,Agir,DHUP,,2024,M\n"
    found = import_table(source, "plan.csv")
    assert list(messages(found)) == ["row 2, column B (orientation): orientation 1 has no title"]


@pytest.mark.parametrize(
    ("table", "levels"),
    [
        ("Plan;Action\nVélo;Agir\nMarche;Agir encore\n", ["orientation"]),
        ("Plan;Axe;Action\nVélo;Rues;Agir\nMarche;Places;Agir encore\n", ["orientation", "axe"]),
        ("Action;Pilote\nPLAN 1 : VÉLO\nAgir;DSJ\nPLAN 2 : MARCHE\nAgir encore;DSJ\n", ["orientation"]),
    ],
)
def test_a_level_is_not_called_by_a_name_that_is_taken(table: str, levels: list[str]) -> None:
    found = imported(table.encode())
    assert found.data is not None
    assert check(dump(found.data).encode(), "plan.yaml").errors == ()
    assert [level.name for level in read_plan(found.data).levels] == levels


def test_what_is_told_of_several_sheets_names_sheet_and_heading() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        for name, heading in (("Axe 1", "Partenaires"), ("Axe 2", "Appuis")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ("N°", "Action", "Pilote", heading))
            sheet.write_row(1, 0, (name[-1], f"Agir {name}", "DHUP", "DHUP, DSJ"))
    found = import_table(written.getvalue(), "plan.xlsx", sheet_name="all", choices=Choices(date="2026-01-01"))
    assert [line for line in told(found) if "is pilot too" in line] == [
        "Axe 1, row 2, column D (Partenaires): read “DHUP, DSJ”; DHUP is pilot too, counted as that",
        "Axe 2, row 2, column D (Appuis): read “DHUP, DSJ”; DHUP is pilot too, counted as that",
    ]
