"""Tables that were once read silently wrong: each cell is read, told by row and column, or refused."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from plancli.errors import Invalid
from plancli.exchange.exporters import export
from plancli.exchange.importer import Choices, Imported, explain_view, import_table, messages
from plancli.exchange.request import make_request
from plancli.output.report import Table
from plancli.plan.model import Action, Plan, read_plan
from tests.exchange.made_up import SMALL, small

HEAD = ("Orientation", "Mesure", "N° action", "Action", "Pilotes", "Associées", "Calendrier", "Priorité")


def csv_of(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> bytes:
    quoted = [[f'"{cell}"' if re.search("[;\n]", cell) else cell for cell in row] for row in (head, *rows)]
    return "\n".join(";".join(row) for row in quoted).encode()


def row(number: int, pilots: str = "DHUP", associated: str = "", years: str = "2021") -> tuple[str, ...]:
    return ("Se loger", "Prévenir", str(number), f"Faire {number}", pilots, associated, years, "1")


def taken(source: bytes, name: str = "plan.csv") -> tuple[list[Action], list[str]]:
    """Import a table, and return its actions and what was told."""
    found = import_table(source, name)
    assert found.errors == ()
    return list(read_plan(found.data).actions), told(found)


def told(found: Imported) -> list[str]:
    """Return what was told, but not which numbers are missing."""
    usual = ("numbered in the order of the table", "declared in unused_numbers")
    return [line for line in messages(found) if not line.endswith(usual)]


def xlsx(fill: Callable[[Any, Any], None]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        fill(book, book.add_worksheet("Plan"))
    return written.getvalue()


def put(sheet: Any, *rows: tuple[str, ...]) -> None:
    for index, cells in enumerate(rows):
        sheet.write_row(index, 0, cells)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Direction des affaires civiles et du sceau", ["Direction des affaires civiles et du sceau"]),
        ("Conservation & Recreation", ["Conservation & Recreation"]),
        ("R&D", ["R&D"]),
        ("Saint-Étienne Métropole", ["Saint-Étienne Métropole"]),
        ("Loir-et-Cher", ["Loir-et-Cher"]),
        ("rcmp-grc", ["rcmp-grc"]),
        ("pwgsc-tpsgc,hc-sc", ["pwgsc-tpsgc", "hc-sc"]),
        ("Jean Sébastien MARTIN- Secrétariat", ["Jean Sébastien MARTIN- Secrétariat"]),
        ("Métropole (DADT – service climat, habitat)", ["Métropole (DADT – service climat, habitat)"]),
        (
            "Ministère de l’Éducation nationale, de la Jeunesse et des Sports",
            ["Ministère de l’Éducation nationale, de la Jeunesse et des Sports"],
        ),
        (
            "Innovation, Science and Economic Development Canada",
            ["Innovation, Science and Economic Development Canada"],
        ),
        ("Direction des affaires\nciviles et du sceau", ["Direction des affaires civiles et du sceau"]),
        ("Service (SAD), Contrat Local de Santé", ["Service (SAD)", "Contrat Local de Santé"]),
        ("CAF, ADIL et DDT", ["CAF", "ADIL", "DDT"]),
        ("- DDT\n- CAF", ["DDT", "CAF"]),
        ("Ville ; Département", ["Ville", "Département"]),
        ("DHUP - DGCL", ["DHUP", "DGCL"]),
        ("DHUP-DGCL", ["DHUP", "DGCL"]),
    ],
)
def test_names_of_services_are_whole(cell: str, names: list[str]) -> None:
    [action], _lines = taken(csv_of(row(1, cell)))
    assert list(action.pilots) == names


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("DDT/DREAL", "read “DDT/DREAL”; taken as 2 codes: DDT, DREAL"),
        ("Ville de Lyon, Agence", "read “Ville de Lyon, Agence”; taken as 2 names: Ville de Lyon | Agence"),
        ("Mairie et DDT", "read “Mairie et DDT”; kept as one name; to make it several, put ; between them"),
    ],
)
def test_names_that_may_be_one_or_several_are_told(cell: str, line: str) -> None:
    assert taken(csv_of(row(1, cell)))[1] == [f"row 2, column E (Pilotes): {line}"]


NOBODY = [
    "néant",
    "Néant.",
    "sans objet",
    "-",
    "–",
    "—",
    "/",
    "N/A",
    "n.a.",
    "aucun",
    "à définir",
    "TBD",
    "(à préciser)",
]


@pytest.mark.parametrize("word", NOBODY)
def test_words_for_nobody_are_no_directorate(word: str) -> None:
    [action], _lines = taken(csv_of(row(1, "DHUP", word)))
    assert action.associated == ()
    [action], lines = taken(csv_of(row(1, f"DHUP, {word}")))
    assert action.pilots == ("DHUP",)
    [line] = lines
    assert line.startswith("row 2, column E (Pilotes): read “DHUP, ")
    assert line.endswith("” is nobody, left out")
    [action], [line] = taken(csv_of(row(1, word)))
    assert action.pilots == ()
    assert line.startswith("row 2, column E (Pilotes): read “")
    assert line.endswith("” is nobody, left out")


@pytest.mark.parametrize(
    "words",
    [
        "NC",
        "pas de partenaire",
        "Aucune direction",
        "sans pilote",
        "non désigné",
        "en cours de désignation",
        "Pilote à désigner",
        "À définir (DHUP ?)",
        "pas encore désigné",
        "x",
        "0",
        "No lead yet",
    ],
)
def test_words_that_probably_mean_nobody_are_told(words: str) -> None:
    [action], lines = taken(csv_of(row(1, "DHUP", words)))
    assert action.associated == ()
    assert lines == [f"row 2, column F (Associées): read “{words}”; “{words}” is nobody, left out"]
    [action], lines = taken(csv_of(row(1, words)))
    assert action.pilots == ()
    assert lines == [f"row 2, column E (Pilotes): read “{words}”; “{words}” is nobody, left out"]


@pytest.mark.parametrize("code", ["NC", "X", "SO"])
def test_codes_of_an_exported_table_that_look_like_nobody_stay(code: str) -> None:
    actions, _lines = taken(edited("p.csv", {"DIHAL": code}, column=5), "p.csv")
    assert actions[2].associated == (code,)


@pytest.mark.parametrize("cell", ["idem", "Idem", "〃", "”", "''", "ditto"])
def test_import_refuses_cells_that_say_as_above(cell: str) -> None:
    for changed in (row(2, cell), row(2, "DHUP", cell), ("Se loger", cell, *row(2)[2:])):
        [line] = told(import_table(csv_of(row(1), changed), "x.csv"))
        assert line.endswith(f": “{cell}” isn't read as the cell above")


@pytest.mark.parametrize(
    "cell",
    ["DHUP DGCL", "DHUP ou DGCL", "DHUP avec la DGCL", "DHUP (avec DGCL)", "dont DGCL", "DHUP puis le maire"],
)
def test_codes_joined_by_a_word_or_a_blank_are_told(cell: str) -> None:
    [action], lines = taken(csv_of(row(1, cell)))
    assert action.pilots == (cell,)
    [line] = lines
    assert line.endswith("kept as one name; to make it several, put ; between them")


def test_articles_and_invisible_signs_are_no_part_of_a_code() -> None:
    [action], _lines = taken(csv_of(row(1, "la DHUP\u200b, D\u00adGCL et l'ANCT")))
    assert action.pilots == ("DHUP", "DGCL", "ANCT")


def test_marks_of_html_do_not_cut_names() -> None:
    [action], _lines = taken(csv_of(row(1, "DHUP &amp; DGCL<br>ANCT")))
    assert action.pilots == ("DHUP", "DGCL", "ANCT")


def test_titles_that_differ_in_a_letter_of_their_own_are_not_questioned() -> None:
    assert taken(csv_of(row(1), ("Axe A", *row(2)[1:]), ("Axe B", *row(3)[1:])))[1] == []


@pytest.mark.parametrize("title", ["se loger", "Se looger", "Se-loger."])
def test_a_title_that_is_nearly_another_is_questioned(title: str) -> None:
    [line] = taken(csv_of(row(1), (title, *row(2)[1:])))[1]
    asked = "nearly “Se loger”: was that meant? It is kept as another orientation"
    assert line == f"row 3, column A (Orientation): read “{title}”; {asked}"


def test_a_formula_without_its_value_is_told_once() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for cells in (HEAD, row(1)):
        book.worksheets[0].append(cells)
    book.worksheets[0]["D2"] = "=CONCATENATE(A1;B1)"
    made = io.BytesIO()
    book.save(made)
    [line] = told(import_table(made.getvalue(), "x.xlsx"))
    assert line == "row 2, column D (Action): the formula here was saved without its value"


def test_another_spelling_is_told_once() -> None:
    assert len(taken(csv_of(row(1, "DGCL"), row(2, "DGCL"), row(3, "dgcl")))[1]) == 1


@pytest.mark.parametrize("cell", ["#N/D", "#DIV/0 !", "#ÉPARS!", "DHUP, #REF!", "=SI(A1;B1)", "=A1"])
def test_formulas_in_other_words_are_refused(cell: str) -> None:
    [line] = told(import_table(csv_of(row(1, "DHUP", cell)), "x.csv"))
    assert line.startswith("row 2, column F (Associées): ")
    assert "formula" in line


@pytest.mark.parametrize("word", NOBODY)
@pytest.mark.parametrize("name", ["p.csv", "p.xlsx"])
def test_words_for_nobody_in_an_exported_table(name: str, word: str) -> None:
    actions, lines = taken(edited(name, {"DIHAL": word}, column=5), name)
    assert actions[2].associated == ()
    assert len(lines) == 1
    assert f"“{word}” is nobody, left out" in lines[0]


def edited(name: str, changes: dict[str, str], column: int) -> bytes:
    """Export the small plan and change cells of one column by hand."""
    plan = small()
    file = export(make_request(plan, plan.actions, "plan.yaml"), name)
    if name.endswith("csv"):
        lines = [line.split(",") for line in file.decode().split("\r\n")]
        changed = [
            [*cells[:-5], changes.get(cells[-5], cells[-5]), *cells[-4:]] if cells[1:] else cells
            for cells in lines
        ]
        return "\r\n".join(",".join(cells) for cells in changed).encode()
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(file))
    for cells in book.worksheets[0].iter_rows(min_row=5):
        at = cells[column - 2]
        at.value = changes.get(str(at.value), at.value)
    again = io.BytesIO()
    book.save(again)
    return again.getvalue()


@pytest.mark.parametrize(
    ("known", "typo"), [("DIHAL", "DIHLA"), ("DIHAL", "DIHA"), ("DIHAL", "DIHALL"), ("SADJAV", "SADJAW")]
)
def test_a_code_that_is_nearly_another_is_questioned(known: str, typo: str) -> None:
    _actions, lines = taken(csv_of(row(1, known), row(2, known), row(3, typo)))
    asked = f"read “{typo}”; {typo} is nearly {known}: was that meant? It is kept as a code of its own"
    assert lines == [f"row 4, column E (Pilotes): {asked}"]


@pytest.mark.parametrize(
    "codes", [("DGCL", "DGCS"), ("DSS", "DSJ"), ("DB", "DP"), ("D01", "D02"), ("Pôle 1", "Pôle 2")]
)
def test_codes_that_are_alike_and_two_are_not_questioned(codes: tuple[str, str]) -> None:
    assert taken(csv_of(row(1, codes[0]), row(2, codes[1])))[1] == []


@pytest.mark.parametrize("name", ["p.csv", "p.xlsx"])
def test_a_typo_in_an_exported_table_is_questioned(name: str) -> None:
    actions, lines = taken(edited(name, {"DIHAL": "DIHLA"}, column=5), name)
    assert actions[2].associated == ("DIHLA",)
    assert len(lines) == 1
    assert re.search(r"read “DIHLA”; DIHLA .*DIHAL", lines[0])


def test_the_register_comes_back_from_an_exported_workbook() -> None:
    data = dict(SMALL["directorates"]) | {"Ministère A, B et C": {"name": "Un nom"}}
    plan = read_plan({**SMALL, "directorates": data} | {"orientations": _piloted_by("Ministère A, B et C")})
    file = export(make_request(plan, plan.actions, "plan.yaml"), "p.xlsx")
    found = import_table(file, "p.xlsx")
    assert told(found) == []
    back = read_plan(found.data)
    assert {each.code: each.name for each in back.directorates} == {
        each.code: each.name for each in plan.directorates
    }
    assert [action.pilots for action in back.actions] == [action.pilots for action in plan.actions]


def _piloted_by(code: str) -> list[Any]:
    from copy import deepcopy

    orientations = deepcopy(SMALL["orientations"])
    orientations[0]["measures"][0]["actions"][0]["pilots"] = ["DIHAL", code]
    return list(orientations)


@pytest.mark.parametrize(
    ("cell", "pilots", "associated"),
    [
        ("Pilote : DDT Partenaires : CAF, ADIL", ["DDT"], ["CAF", "ADIL"]),
        ("Pilotes : DDT, ARS ; Appui : DREAL", ["DDT", "ARS"], ["DREAL"]),
        ("DDT Partenaires : CAF", ["DDT"], ["CAF"]),
        ("DDT (pilote), CAF", ["DDT"], ["CAF"]),
        ("DDT, CAF (partenaire)", ["DDT"], ["CAF"]),
        ("DDT en lien avec la CAF", ["DDT"], ["CAF"]),
        ("Porteur : DDT", ["DDT"], []),
        ("Associée : DDT", [], ["DDT"]),
    ],
)
def test_a_partner_is_no_pilot(cell: str, pilots: list[str], associated: list[str]) -> None:
    [action], lines = taken(csv_of(row(1, cell)))
    assert (list(action.pilots), list(action.associated)) == (pilots, associated)
    assert bool(lines) == bool(associated)


def test_import_refuses_cells_with_an_unknown_role() -> None:
    [line] = told(import_table(csv_of(row(1, "DDT Financeur : Région")), "x.csv"))
    assert line.startswith("row 2, column E (Pilotes): “")


def test_a_lead_agency_is_a_name() -> None:
    assert taken(csv_of(row(1, "Lead Agency")))[0][0].pilots == ("Lead Agency",)


@pytest.mark.parametrize(
    ("head", "cells", "places"),
    [
        ("Orientation;Mesure;N°;Action", "O;M;7;Agir", (1, 1, 7)),
        ("N°;Orientation;Mesure;Action", "7;O;M;Agir", (1, 1, 7)),
        ("N°;Orientation;N°;Mesure;N°;Action", "3;O;4;M;7;Agir", (3, 4, 7)),
        ("Orientation;N°;Mesure;N°;Action;N°", "O;3;M;4;Agir;7", (3, 4, 7)),
        ("N°;Orientation;Mesure;N° action;Action", "3;O;M;7;Agir", (3, 1, 7)),
    ],
)
def test_a_number_beside_a_heading_is_that_of_its_level(
    head: str, cells: str, places: tuple[int, int, int]
) -> None:
    source = f"{head};Pilotes;Calendrier;Priorité\n{cells};DHUP;2021;1".encode()
    action = read_plan(import_table(source, "x.csv").data).actions[0]
    assert (action.orientation, action.measure, action.number) == places


def test_two_columns_of_pilots_are_two_pilots() -> None:
    head = (*HEAD[:4], "Pilote", "Co-pilote", *HEAD[5:])
    cells = (*row(1)[:4], "DHUP", "DGCL", *row(1)[5:])
    assert taken(csv_of(cells, head=head))[0][0].pilots == ("DHUP", "DGCL")


def test_cells_under_no_heading_are_kept_as_notes() -> None:
    head = (*HEAD[:5], "", *HEAD[6:])
    rows = [row(1, "DHUP", "DGCL, CAF"), (*row(2), "Abandonnée", "", "voir note")]
    found = import_table(csv_of(*rows, head=head), "x.csv")
    assert told(found) == [
        "row 2, column F: read “DGCL, CAF”; stands under no heading, kept as a note",
        "row 3, column I: read “Abandonnée”; stands under no heading, kept as a note",
        "row 3, column K: read “voir note”; stands under no heading, kept as a note",
    ]
    notes = read_plan(found.data).source_notes
    assert [(note.action, note.source) for note in notes] == [
        (1, "DGCL, CAF"),
        (2, "Abandonnée"),
        (2, "voir note"),
    ]


def test_cells_under_a_merged_heading_are_read_with_it() -> None:
    def fill(book: Any, sheet: Any) -> None:
        put(sheet, (*HEAD[:5], "", *HEAD[5:]), (*row(1)[:5], "ARS", "CAF", *row(1)[6:]))
        sheet.merge_range(0, 4, 0, 5, "Pilotes")

    [action], lines = taken(xlsx(fill), "x.xlsx")
    assert (action.pilots, action.associated, lines) == (("DHUP", "ARS"), ("CAF",), [])


def test_a_merged_pilot_is_that_of_each_row() -> None:
    def fill(book: Any, sheet: Any) -> None:
        put(sheet, HEAD, row(1), row(2, ""), row(3, ""))
        sheet.merge_range(1, 4, 2, 4, "DHUP")

    actions, lines = taken(xlsx(fill), "x.xlsx")
    assert ([action.pilots for action in actions], lines) == ([("DHUP",), ("DHUP",), ()], [])


@pytest.mark.parametrize(
    ("text", "texts", "loose"),
    [  # a bar stands for the end of a row
        (
            '"Faire une;DHUP;;2021;1|Faire deux;DHUP;;2021;1|"Faire trois;DHUP;;2021;1',
            ['"Faire une', "Faire deux", '"Faire trois'],
            "2, 4",
        ),
        ('Faire une;DHUP;;2021;1|"Faire deux;DHUP;;2021;1', ["Faire une", '"Faire deux'], "3"),
        ('"Aller-vers" et plus;DHUP;;2021;1', ['"Aller-vers" et plus'], "2"),
        ('"Dit ""oui"" ;\ntoujours";DHUP;;2021;1', ['Dit "oui" ; toujours'], ""),
    ],
)
def test_quotes_that_do_not_pair_join_no_rows(text: str, texts: list[str], loose: str) -> None:
    source = "Orientation;Mesure;Action;Pilotes;Associées;Calendrier;Priorité\n" + "\n".join(
        f"O;M;{line}" for line in text.split("|")
    )
    actions, lines = taken(source.encode())
    assert [action.text for action in actions] == texts
    rows = [line.split(":")[0].removeprefix("row ") for line in lines if "quotes that don't pair" in line]
    assert ", ".join(rows) == loose


def test_quotes_that_pair_over_two_rows_are_refused_by_line() -> None:
    head = "Orientation;Mesure;Action;Pilotes;Associées;Calendrier;Priorité"
    source = f'{head}\nO;M;"Faire une;DHUP;;2021;1\nO;M;Faire deux";DHUP;;2021;1\nO;M;Faire trois;DHUP;;2021;1\n'
    with pytest.raises(Invalid, match="line 2: a quote that isn't closed would join this row and the next"):
        import_table(source.encode(), "x.csv")


def test_headings_again_in_another_order_are_read_anew() -> None:
    again = (*HEAD[:4], "Associées", "Pilotes", *HEAD[6:])
    actions, lines = taken(csv_of(row(1, "DHUP", "CAF"), again, row(2, "CAF", "DHUP")))
    assert [(action.pilots, action.associated) for action in actions] == [(("DHUP",), ("CAF",))] * 2
    assert lines == ["row 3: other headings, the rows below are read by them"]


@pytest.mark.parametrize(
    ("again", "line"),
    [
        (("Orientation", "Mesure", "N°", "Action", "Partenaires", "Pilote", "Années", "Prio"), ""),
        (
            (*HEAD[:4], "Associées", "Pilotes", *HEAD[6:], "Budget"),
            "row 3, column I: read “Budget”; read as numbers",
        ),
    ],
)
def test_headings_again_in_other_words_or_with_more_columns(again: tuple[str, ...], line: str) -> None:
    rows = [row(1, "DHUP", "CAF"), again, (*row(2, "CAF", "DHUP"), *(["100 k€"] if line else []))]
    actions, lines = taken(csv_of(*rows))
    assert [(action.pilots, action.associated) for action in actions] == [(("DHUP",), ("CAF",))] * 2
    assert lines == ["row 3: other headings, the rows below are read by them", *([line] if line else [])]


def test_headings_again_without_one_of_them_are_refused() -> None:
    again = (*HEAD[:4], *HEAD[5:])
    found = import_table(csv_of(row(1), again, (*row(2)[:4], *row(2)[5:])), "x.csv")
    assert told(found)[0] == "row 3: headings that differ from those above"


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#NOM?", "Err:502"])
@pytest.mark.parametrize("column", [3, 4, 5, 6, 7])
def test_formulas_that_failed_are_refused(cell: str, column: int) -> None:
    cells = list(row(1))
    cells[column] = cell
    [line] = told(import_table(csv_of(tuple(cells)), "x.csv"))
    assert line.startswith(f"row 2, column {'ABCDEFGH'[column]} (")
    assert line.endswith(f"a formula failed here: {cell}")


def replaced(source: bytes, part: str, old: str, new: str) -> bytes:
    """Change the XML of a workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as read, zipfile.ZipFile(made, "w") as written:
        for entry in read.infolist():
            text = read.read(entry)
            if entry.filename.endswith(part):
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            written.writestr(entry.filename, text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ('<c r="F2" t="e"><f>A9</f><v>#REF!</v></c>', "a formula failed here: #REF!"),
        ('<c r="F2"><f>A9</f></c>', "the formula here was saved without its value"),
        ('<c r="F2"><f>A9</f><v/></c>', "the formula here was saved without its value"),
    ],
)
def test_failed_and_uncomputed_cells_of_a_workbook_are_refused(cell: str, line: str) -> None:
    source = xlsx(lambda book, sheet: put(sheet, HEAD, row(1, "DHUP", "-"), row(2)))
    found = re.search(
        r'<c r="F2"[^>]*>.*?</c>', zipfile.ZipFile(io.BytesIO(source)).read("xl/worksheets/sheet1.xml").decode()
    )
    assert found
    broken = replaced(source, "sheet1.xml", found[0], cell)
    assert told(import_table(broken, "x.xlsx")) == [f"row 2, column F (Associées): {line}"]


def test_struck_words_stay_out_and_are_told() -> None:
    def fill(book: Any, sheet: Any) -> None:
        struck = book.add_format({"font_strikeout": True})
        put(sheet, HEAD, row(1), row(2, "DHUP", "CAF"))
        sheet.write_rich_string(1, 3, "Faire ", struck, "vite", " bien")
        sheet.write(2, 5, "CAF", struck)

    actions, lines = taken(xlsx(fill), "x.xlsx")
    assert [(action.text, action.associated) for action in actions] == [("Faire  bien", ()), ("Faire 2", ())]
    assert lines == [
        "row 2, column D (Action): read “vite”; struck through in the table, left out",
        "row 3, column F (Associées): read “CAF”; struck through in the table, left out",
    ]


ODS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = ("office", "table", "text", "style")


def ods(*rows: str, styles: str = "") -> bytes:
    """Make an ODS of rows of XML, under the headings of a plan."""
    spaces = " ".join(f'xmlns:{name}="{ODS}{name}:1.0"' for name in NAMES)
    head = "".join(cell(each) for each in HEAD)
    lines = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in (head, *rows))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:'
            f'xmlns:calcext:1.0"><office:automatic-styles>{styles}</office:automatic-styles><office:body>'
            f'<office:spreadsheet><table:table table:name="Plan">{lines}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{ODS}manifest:1.0"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>',
        )
    return made.getvalue()


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def ods_row(number: int, pilots: str = "", associated: str = "", text: str = "") -> str:
    return (
        cell("Se loger")
        + cell("Prévenir")
        + cell(str(number))
        + (text or cell(f"Faire {number}"))
        + (pilots or cell("DHUP"))
        + (associated or "<table:table-cell/>")
        + cell("2021")
        + cell("1")
    )


STRUCK = (
    '<style:style style:name="T1" style:family="text"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="T1"/>'
)


def test_import_reads_no_marks_of_an_ods() -> None:
    """Merged, struck, failed, uncomputed; tabs and line breaks; a comment is no text, and a note."""
    merged = cell("DHUP", 'table:number-rows-spanned="2"')
    text = (
        '<table:table-cell office:value-type="string"><office:annotation><text:p>Un avis</text:p>'
        "</office:annotation><text:p>Faire<text:tab/>une<text:line-break/>"
        '<text:span text:style-name="T1">vieille</text:span> chose</text:p>'
        "</table:table-cell>"
    )
    rows = [
        ods_row(1, merged, text=text),
        ods_row(2, "<table:covered-table-cell/>", cell("CAF", 'table:style-name="ce1"')),
    ]
    actions, lines = taken(ods(*rows, styles=STRUCK), "x.ods")
    assert [(action.text, action.pilots, action.associated) for action in actions] == [
        ("Faire une chose", ("DHUP",), ()),
        ("Faire 2", ("DHUP",), ()),
    ]
    assert lines == [
        "row 2, column D (Action): read “vieille”; struck through in the table, left out",
        "row 2, column D (Action): read “Un avis”; a comment on the cell, kept as a note",
        "row 2: texts on several lines are set on one (rows 2)",
        "row 3, column F (Associées): read “CAF”; struck through in the table, left out",
    ]


@pytest.mark.parametrize(
    ("failed", "line"),
    [
        (cell("#REF!", 'table:formula="of:=A9" calcext:value-type="error"'), "a formula failed here: #REF!"),
        (cell("Err:502", 'table:formula="of:=A9"'), "a formula failed here: Err:502"),
        ('<table:table-cell table:formula="of:=A9"/>', "the formula here was saved without its value"),
    ],
)
def test_failed_formulas_of_an_ods(failed: str, line: str) -> None:
    found = import_table(ods(ods_row(1, associated=failed)), "x.ods")
    assert told(found) == [f"row 2, column F (Associées): {line}"]


@pytest.mark.parametrize("word", ["#N/A", "#REF!"])
def test_the_error_of_a_formula_as_text_in_a_workbook(word: str) -> None:
    source = xlsx(lambda book, sheet: put(sheet, HEAD, row(1, "DHUP", "x")))
    found = import_table(replaced(source, "sharedStrings.xml", "<t>x</t>", f"<t>{word}</t>"), "x.xlsx")
    assert told(found) == [f"row 2, column F (Associées): a formula failed here: {word}"]


def test_hidden_rows_columns_and_sheets_are_told() -> None:
    def fill(book: Any, sheet: Any) -> None:
        put(sheet, HEAD, row(1), row(2), row(3))
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(5, 5, None, None, {"hidden": True})
        book.add_worksheet("Caché").hide()

    assert taken(xlsx(fill), "x.xlsx")[1] == [
        "the table: the sheet “Caché” is hidden and isn't read",
        "row 1, column F: this column is hidden, and read as all others",
        "row 3: hidden rows are read as all others (rows 3)",
    ]


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("2025-12", [2025]),
        ("2025/06", [2025]),
        ("2026-27", [2026, 2027]),
        ("06/2024", [2024]),
        ("01/01/2023 - 31/12/2025", [2023, 2024, 2025]),
        ("T1 2023 - T3 2024", [2023, 2024]),
        ("Réalisation entre 2022 et 2024 (total de 345 logements)", [2022, 2023, 2024]),
        ("de 2022 jusqu’à 2024", [2022, 2023, 2024]),
        ("2022 → 2024", [2022, 2023, 2024]),
        ("2022 - 2023 - 2024", [2022, 2023, 2024]),
        ("2023-2025 (bilan 2027)", [2023, 2024, 2025]),
        ("2024-2025 puis 2028-2030", [2024, 2025, 2028, 2029, 2030]),
        ("Loi 2018-1021 : 2024", [2024]),
        ("By fiscal year 2023-24", [2023, 2024]),
        ("Between 2025 and 2027", [2025, 2026, 2027]),
        ("2025 through 2027", [2025, 2026, 2027]),
        ("du 1er mars 2021 au 15 juin 2023", [2021, 2022, 2023]),
        ("2022, puis chaque année jusqu'en 2025", [2022, 2023, 2024, 2025]),
        ("2023 (et 2024)", [2023, 2024]),
        ("2025 S2 – 2028 S1", [2025, 2026, 2027, 2028]),
        ("2025…2027", [2025, 2026, 2027]),
        ("méta : 2023, OT : 2024, Friche mi-2024", [2023, 2024]),
        ("publié en 2025-03, révisé ensuite", [2025]),
    ],
)
def test_import_reads_years_of_a_calendar_right(cell: str, years: list[int]) -> None:
    [action], lines = taken(csv_of(row(1, years=cell)))
    assert list(action.years) == years
    assert action.value("when") == (None if cell in ("2022 - 2023 - 2024", action.value("due")) else cell)
    assert all(line.startswith("row 2, column G (Calendrier): read “") for line in lines)


@pytest.mark.parametrize("cell", ["continu", "À définir", "0-2 ans", "Annually, by March 31"])
def test_import_keeps_a_calendar_without_a_year_in_its_words(cell: str) -> None:
    actions, lines = taken(csv_of(row(1, years=cell), row(2)))
    assert (actions[0].years, actions[0].value("when"), actions[0].value("due"), lines) == ((), cell, None, [])


def test_import_takes_no_year_from_a_month_that_may_be_two_years() -> None:
    actions, lines = taken(csv_of(row(1, years="2011-12"), row(2)))
    assert (actions[0].years, actions[0].value("when")) == ((), "2011-12")
    asked = "a month or two years: no year is taken from it"
    assert lines == [f"row 2, column G (Calendrier): read “2011-12”; {asked}"]


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("45000", "2023-03-15"),
        ("12/14/20", "2020-12-14"),
        ("30/Jun/25", "2025-06-30"),
        ("31/12/2021", "2021-12-31"),
        ("2025-12", "2025-12"),
        ("06/2024", "2024-06"),
        ("T1 2023 - T3 2024", "2024-09"),
        ("1er trimestre 2024", "2024-03"),
        ("2e semestre 2025", "2025-12"),
        ("Q4 2023", "2023-12"),
        ("01/01/2023 - 31/12/2025", "2025-12-31"),
        ("du 1er mars 2021 au 15 juin 2023", "2023-06-15"),
        ("d'ici fin mars 2024", "2024-03"),
        ("By March 2025", "2025-03"),
        ("Avant le 30 juin 2025", "2025-06-30"),
        ("before 15/09/2025", "2025-09-15"),
        ("avant le 1er juin 2025", None),
        ("avant 2025", None),
        ("Automne 2027", None),
        ("31/02/2025", None),
        ("à partir de mars 2023", None),
        ("étude attendue pour juillet 2023. Stratégie pour 2024 ?", None),
        ("2021-2022", None),
    ],
)
def test_import_takes_the_end_of_a_calendar_where_it_is_certain(cell: str, due: str | None) -> None:
    assert taken(csv_of(row(1, years=cell)))[0][0].value("due") == due


def test_numbers_that_two_orientations_share_are_told_apart_by_named_levels() -> None:
    head = ("Orientation", "N° mesure", "Mesure", *HEAD[2:])
    rows = [("Se loger", "1", "Prévenir", *row(1)[2:]), ("Se soigner", "1", "Former", *row(2)[2:])]
    found = import_table(csv_of(*rows, head=head), "x.csv")
    assert told(found) == []
    plan = read_plan(found.data)
    assert [level.name for level in plan.levels] == ["orientation", "mesure"]
    assert [group.number for group in plan.measures] == [1, 1]


def test_a_short_row_without_a_text_is_refused_in_its_row() -> None:
    """Counted from the right, its text stands left of the table: naming that column never ended."""
    rows = [("Agir", "1", "12", "DHUP"), ("Agir encore", "voir plus bas")]
    found = import_table(csv_of(*rows, head=("Action", "N°", "Indicateur", "Partenaires")), "x.csv")
    assert list(messages(found)) == ["row 3: there is no text of an action"]


def plan_of(table: str, **columns: str) -> tuple[Plan, str]:
    """Return the plan of a table without years, and what was told."""
    found = import_table(table.encode(), "plan.csv", choices=Choices(columns, date="2025-06-30"))
    assert found.errors == ()
    return read_plan(found.data), "\n".join(messages(found))


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (
            "Action;Pilote;DHUP;DGCL\nUn;DGCL;X;\nDeux;DSJ;●;oui\n",
            [(("DGCL",), ("DHUP",)), (("DSJ",), ("DHUP", "DGCL"))],
        ),
        (
            "Action;Service habitat;Direction de l'eau\nUn;x;\nDeux;;✓\n",
            [(("Service habitat",), ()), (("Direction de l'eau",), ())],
        ),
        ("Action;Directions;\n;DHUP;DGCL\nUn;x;\nDeux;x;x\n", [(("DHUP",), ()), (("DHUP", "DGCL"), ())]),
        (
            "Action;Services concernés;;\n;DSI;DRH;DAF\nUn;x;;x\nDeux;;x;\n",
            [(("DSI", "DAF"), ()), (("DRH",), ())],
        ),
        (
            "Action;Pilotes;;Partenaires;\n;DHUP;DGCL;CAF;ADIL\nUn;x;;x;x\nDeux;x;x;;\n",
            [(("DHUP",), ("CAF", "ADIL")), (("DHUP", "DGCL"), ())],
        ),
    ],
)
def test_a_cross_under_a_service_says_that_it_takes_part(table: str, wanted: list[Any]) -> None:
    plan, lines = plan_of(table)
    assert [(action.pilots, action.associated) for action in plan.actions] == wanted
    assert "a service, taken for " in lines


@pytest.mark.parametrize("columns", ["DHUP;DGCL", "2024;2025", "À faire;Fait"])
def test_crosses_are_read_on_each_page_of_a_table_whose_headings_come_again(columns: str) -> None:
    pages = (f"Action;Pilote;{columns}\n{rows}" for rows in ("Un;DHUP;x;\nDeux;DGCL;;x\n", "Trois;DHUP;;x\n"))
    plan, lines = plan_of("".join(pages))
    assert [action.text for action in plan.actions] == ["Un", "Deux", "Trois"]
    assert (plan.declared_fields, "stands above" in lines) == ((), False)


def test_headings_over_two_rows_may_come_again() -> None:
    first = "Axe;Action;Qui;;Calendrier;\n;;Pilote;Appui;Début;Fin\nA;Un;DRH;DSI;2024;2025\n"
    again = "Axe;Action;Qui;;Calendrier;\n;;Pilote;Appui;Début;Fin\nB;Deux;DSI;;2026;2026\n"
    moved = "Axe;Action;Calendrier;;Qui;\n;;Début;Fin;Pilote;Appui\nB;Deux;2026;2026;DSI;\n"
    for below in (again, moved):
        plan, _lines = plan_of(first + below)
        assert [(action.text, action.pilots, action.years) for action in plan.actions] == [
            ("Un", ("DRH",), (2024, 2025)),
            ("Deux", ("DSI",), (2026,)),
        ]


@pytest.mark.parametrize(
    ("lines", "title", "groups"),
    [
        (("", "Accueil", "Soins"), "plan", ["Accueil", "Soins"]),
        (("Feuille de route", "Accueil", "Soins"), "Feuille de route", ["Accueil", "Soins"]),
        (("", "Feuille de route", "Feuille de route"), "Feuille de route", []),
        (("", "Feuille de route", "Page 2"), "Feuille de route", []),
        (("", "Plan santé", "Soins"), "Plan santé", ["Soins"]),
    ],
)
def test_a_title_above_headings_that_come_again_is_that_of_a_part(
    lines: tuple[str, ...], title: str, groups: list[str]
) -> None:
    line, first, second = lines
    head = "Action;Pilote\n"
    plan, _told = plan_of(f"{line};\n{first};\n{head}Un;DRH\nDeux;DSI\n;\n{second};\n{head}Trois;DAF\n")
    assert (plan.title, [group.title for group in plan.groups]) == (title, groups)
    assert sorted(action.text for action in plan.actions) == ["Deux", "Trois", "Un"]


def test_the_last_action_of_a_page_is_one_though_it_has_no_more_than_a_text() -> None:
    head = "Action;Pilote\n"
    plan, _lines = plan_of(f"{head}Un;DRH\nDeux;\n{head}Trois;DAF\n")
    assert ([action.text for action in plan.actions], plan.groups) == (["Un", "Deux", "Trois"], ())


def test_priorities_and_choices_with_numbers_are_in_their_order() -> None:
    plan, _lines = plan_of(
        "Action;Pilote;Priorité;Effectif\nUn;A;2 - Moyenne;10 à 20\nDeux;A;1 - Haute;5 à 9\n"
        "Trois;A;3 - Basse;10 à 20\nQuatre;A;1 - Haute;5 à 9\n"
    )
    assert plan.priorities == ("1 - Haute", "2 - Moyenne", "3 - Basse")
    assert plan.declared_fields[0].values == ("5 à 9", "10 à 20")


def test_the_years_that_head_amounts_are_the_period_where_no_action_says_one() -> None:
    plan, lines = plan_of("Action;Pilote;2024;2025;2026\nUn;DRH;100;200;\nDeux;DSI;;50;70\n")
    assert (plan.period.start, plan.period.end) == (2024, 2026)
    assert "no year stands in the table" not in lines


def test_crosses_under_what_may_be_no_service_are_kept_as_a_field_until_somebody_says_so() -> None:
    for table in ("Action;SCOT;PLU\nUn;x;\nDeux;;x\n", "Action;Pilote;SCOT;PLU\nUn;PLURIEL;x;\nDeux;DDT;;x\n"):
        plan, lines = plan_of(table)
        assert [field.label for field in plan.declared_fields] == ["SCOT", "PLU"]
    assert "read “PLU”; crosses, kept as a field; of a service that takes part: --map 'PLU=associated'" in lines
    plan, _lines = plan_of(table, scot="associated", plu="associated")
    assert [action.associated for action in plan.actions] == [("SCOT",), ("PLU",)]


@pytest.mark.parametrize(
    "table",
    [
        "Action;Pilote\nPriorité 1 : Se loger;\nUn;DSJ\nPriorité 2 : Bâtir;\nDeux;DSJ\n",
        "Priorité;Action;Pilote\nPriorité 1 : Se loger;Un;DSJ\nPriorité 2 : Bâtir;Deux;DSJ\n",
        "PRIORITÉ 1 – Se loger;\nAction;Pilote\nUn;DSJ\nPRIORITÉ 2 – Bâtir;\nDeux;DSJ\n",
    ],
)
def test_a_priority_with_a_number_and_a_title_is_a_group(table: str) -> None:
    plan, _lines = plan_of(table)
    assert [(group.number, group.title) for group in plan.groups] == [(1, "Se loger"), (2, "Bâtir")]
    assert ([level.name for level in plan.levels], plan.priorities) == (["priorité"], ())
    assert [(action.text, action.place) for action in plan.actions] == [("Un", (1,)), ("Deux", (2,))]


def test_a_priority_with_a_number_and_how_urgent_it_is_stays_a_priority() -> None:
    table = "Priorité;Action;Pilote\nPriorité 1 : haute;Un;DSJ\nPriorité 2 : basse;Deux;DSJ\n"
    plan, _lines = plan_of(table)
    assert plan.priorities == ("Priorité 1 : haute", "Priorité 2 : basse")


def test_a_priority_that_comes_back_further_down_stays_a_priority() -> None:
    soon, later = "Priorité 1 : court terme", "Priorité 2 : moyen terme"
    plan, _lines = plan_of(f"Priorité;Action;Pilote\n{soon};Un;DSJ\n{later};Deux;DSJ\n{soon};Trois;DSJ\n")
    assert [(action.text, action.priority) for action in plan.actions] == [
        ("Un", soon),
        ("Deux", later),
        ("Trois", soon),
    ]


def test_a_status_in_free_words_is_a_note_and_no_list_of_statuses() -> None:
    said = ["en bonne voie, reste à signer", "la convention est prête, attend le préfet", "En cours"]
    table = "Action;Pilote;Statut\n" + "".join(f"Faire {n};DSJ;{each}\n" for n, each in enumerate(said, 1))
    plan, lines = plan_of(table)
    assert plan.statuses == ()
    assert [entry.note for action in plan.actions for entry in action.progress] == said
    told = "row 1, column C: read “Statut”; its cells are free words: kept as notes"
    assert told in lines
    assert told in plan_of(table, pilote="pilots")[1]
    assert told not in plan_of(table, statut="note")[1]


def test_a_mark_that_says_something_else_than_another_cell_is_told_and_noted() -> None:
    plan, lines = plan_of("Action;Début;Fin;2024;2025;2026\nUn;2024;2025;x;;x\nDeux;à préciser;;;x;\n")
    assert [action.years for action in plan.actions] == [(2024, 2025), (2025,)]
    assert "row 2, column F (2026): read “2026”; marked, but another cell says when: left out" in lines
    plan, lines = plan_of("Action;Échéance;2024;2025\nUn;2024;;x\n")
    assert "row 2, column D (2025): read “2025”; marked, but another cell says when: left out" in lines
    plan, lines = plan_of("Action;Pilote;À faire;En cours;Fait\nUn;DSJ;;x;x\nDeux;DSJ;x;;\n")
    assert [[each.status for each in action.progress] for action in plan.actions] == [["En cours"], ["À faire"]]
    assert "row 2, column E (Fait): read “Fait”; another status is marked too, left out" in lines
    assert [(note.action, note.source) for note in plan.source_notes] == [(1, "Fait")]


def test_a_part_of_a_year_that_is_crossed_beside_a_begin_and_an_end_is_kept_in_words() -> None:
    plan, lines = plan_of("Action;Début;Fin;T1 2024;T2 2024\nUn;2024;2025;x;\nDeux;à préciser;;x;x\n")
    assert [(action.years, action.value("when")) for action in plan.actions] == [
        ((2024, 2025), "T1 2024"),
        ((2024,), "à préciser · T1 2024 · T2 2024"),
    ]
    assert "marked" not in lines


def test_an_empty_cell_of_pilots_is_who_was_said() -> None:
    table = "Action;Pilote;Partenaires;Échéance\nUn;;;2025\nDeux;DSJ;CAF;2025\n".encode()
    choices = Choices(defaults={"pilots": "DHUP, DGCL", "associated": "ADIL"})
    actions = read_plan(import_table(table, "plan.csv", choices=choices).data).actions
    assert [(action.pilots, action.associated) for action in actions] == [
        (("DHUP", "DGCL"), ("ADIL",)),
        (("DSJ",), ("CAF",)),
    ]


def test_a_table_of_which_nothing_can_be_read_is_left_after_a_thousand_errors() -> None:
    found = import_table(csv_of(*[row(1, pilots="#REF!")] * 1500), "plan.csv")
    assert "row 1001: mend these first: there is more" in [*messages(found)]
    assert len(found.errors) == 1001


def test_a_service_is_explained_as_a_pilot_and_not_by_a_field_that_begins_as_it_does() -> None:
    table = "Action;DHUP;Service eau;DHUP (k€)\nUn;x;;5\nDeux;;x;7\n"
    found = import_table(table.encode(), "plan.csv", choices=Choices(date="2025-06-30"))
    ((columns, *_others), *_parts) = explain_view(found).parts
    assert isinstance(columns, Table)
    assert [row[2] for row in columns.rows] == [
        "the text of the action",
        "pilots",
        "pilots",
        "a field of its own (number)",
    ]
