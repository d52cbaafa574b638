"""The workbook: what an analyst opens, filters and prints."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from plancli.errors import Unavailable
from plancli.exchange.table import table_headings
from plancli.i18n import _ as translated
from plancli.i18n import plain_spaces, use_language
from plancli.plan.model import FIELDS, Plan
from tests.exchange.made_up import HOSTILE, many, small
from tests.exchange.test_exporters import exported

pytestmark = pytest.mark.slow  # many workbooks are written and read


def workbook(plan: Plan) -> Any:
    return openpyxl.load_workbook(io.BytesIO(exported(plan, ".xlsx")))


def values(sheet: Any) -> list[tuple[Any, ...]]:
    return [row for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row)]


def visible(book: Any) -> list[str]:
    return [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]


def test_three_sheets_in_the_language_of_the_plan() -> None:
    assert visible(workbook(small())) == ["Actions", "Directions", "Directions × mesures"]
    english = workbook(small()._replace(language="en"))
    assert visible(english) == ["Actions", "Directorates", "Directorates × measures"]


def test_a_hidden_sheet_has_what_was_exported() -> None:
    """It is very hidden, so that no menu shows it, and has the cells of the visible sheets."""
    made = workbook(small())
    assert made["plancli"].sheet_state == "veryHidden"
    _head, keys, headings, *rows = values(made["plancli"])
    shown = values(made["Actions"])
    assert keys[:3] == ("number", "text", "pilots")
    assert headings == shown[2]
    assert rows[: len(shown) - 3] == shown[3:]


def test_sheet_of_actions() -> None:
    title, made, headings, *rows = values(workbook(small()._replace(language="en"))["Actions"])
    assert title[0] == "Plan d'actions (2021-2022)"
    assert made[0] == "3 actions · made from data/plan.yaml"
    assert headings == tuple(heading.label for heading in table_headings(small().fields))
    assert rows[1] == (
        2,
        '=SUM(A1) * <i>modèle</i>, "10 000 logements" | _fin_',
        "DSJ, DIHAL",
        None,
        "2021-2022",
        2,
        1,
        "Définir les objectifs",
        1,
        "Définir une stratégie",
    )
    assert rows[0][4] == 2021


def test_directorates_with_counts() -> None:
    _title, _made, headings, *rows = values(workbook(small()._replace(language="en"))["Directorates"])
    assert headings == ("Directorate", "Name", "Ministry", "Note", "Pilot", "Associated", "Actions")
    assert rows == [
        ("DIHAL", "Délégation interministérielle à l'hébergement", "Logement", None, 2, 1, 3),
        ("DSJ", "Direction des services judiciaires", None, None, 1, 1, 2),
        ("DGTrésor", None, None, None, 1, 0, 1),
        ("DSE", None, None, "Sigle non identifié.", 0, 1, 1),
    ]


def test_directorates_by_measures() -> None:
    sheet = workbook(small()._replace(language="en"))["Directorates × measures"]
    _title, _made, headings, *rows = values(sheet)
    assert headings == ("Directorate", "1. Définir les objectifs", "2. Mettre en œuvre", "Actions")
    assert rows[:-1] == [
        ("DIHAL", 2, 1, 3),
        ("DSJ", 2, 0, 2),
        ("DGTrésor", 0, 1, 1),
        ("DSE", 1, 0, 1),
        ("Each once", 2, 1, 3),
    ]
    assert rows[-1][0].startswith("An action counts for each directorate")


def test_the_counts_of_the_published_plan(published: Plan) -> None:
    rows = values(workbook(published).worksheets[1])[3:]
    assert rows[0][0] == "DIHAL"
    assert rows[0][4:] == (30, 1, 31)
    assert values(workbook(published).worksheets[2])[-2][1:] == (3, 6, 2, 3, 3, 3, 6, 3, 2, 31)


def test_a_plan_of_very_many_measures_has_a_row_for_each() -> None:
    plan = many(2510)._replace(language="en")
    _title, _made, headings, *rows = values(workbook(plan).worksheets[2])
    assert (headings[0], headings[-1], len(headings)) == ("Measure", "Each once", 2 + len(plan.directorates))
    assert [row[0] for row in rows[:251]] == [f"{each.number}. {each.title}" for each in plan.measures]
    assert {row[-1] for row in rows[:251]} == {10}


def test_sheets_are_frozen_filtered_and_set_up_for_printing(published: Plan) -> None:
    for sheet in workbook(published).worksheets[:3]:
        assert sheet.freeze_panes == "B5"
        assert sheet.auto_filter.ref.startswith("A4:")
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "&P / &N"
    actions = workbook(published)["Actions"]
    assert actions["B5"].alignment.wrap_text
    assert (actions["B5"].alignment.horizontal, actions["B5"].alignment.indent) == ("left", 1), "as its heading"
    assert actions.column_dimensions["B"].width > 70
    assert actions.row_dimensions[5].height >= 45
    assert actions["A4"].font.bold


def test_no_text_is_a_formula_or_a_link() -> None:
    plan = small()
    for text in HOSTILE:
        orientation = plan.groups[0]
        file = exported(plan._replace(title=text, groups=(orientation._replace(title=text),)), ".xlsx")
        with zipfile.ZipFile(io.BytesIO(file)) as parts:
            for name in parts.namelist():
                assert b"<f>" not in parts.read(name)
                assert b"<hyperlink " not in parts.read(name)
        cell = openpyxl.load_workbook(io.BytesIO(file))["Actions"]["J5"]
        assert cell.data_type == "s"
        assert cell.quotePrefix == text.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("title", ["&" * 60, "é" * 300, "R&D"])
def test_the_footer_has_the_title_as_far_as_it_goes(title: str) -> None:
    footer = workbook(small()._replace(title=title))["Actions"].oddFooter
    assert title.startswith((footer.left.text or "").replace("&&\u200b", "&"))
    assert footer.right.text == "&P / &N"


def test_a_text_longer_than_a_cell_is_refused() -> None:
    plan = small()
    with pytest.raises(Unavailable) as refusal:
        exported(plan._replace(title="é" * 32_768), ".xlsx")
    assert refusal.value.message.startswith("a cell of a workbook holds 32767 characters, “ééé")
    with pytest.raises(Unavailable):
        exported(plan._replace(title="𝄞" * 16_384), ".xlsx")
    exported(plan._replace(title="é" * 32_767), ".xlsx")


def test_the_headings_know_every_field_and_their_french() -> None:
    assert {field.key for field in FIELDS} <= {heading.key for heading in table_headings(FIELDS)}
    with use_language("fr"):
        assert [plain_spaces(translated(heading.label)) for heading in table_headings(FIELDS)] == [
            each.french for each in table_headings(FIELDS)
        ]
