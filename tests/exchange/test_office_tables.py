"""Kinds of tables that offices keep, each by the smallest table that shows it."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from plancli.errors import PlanError, Unavailable
from plancli.exchange.importer import Choices, import_table, messages
from plancli.exchange.importer.cells.dates import read_calendar
from plancli.plan.model import Plan, read_plan
from tests.exchange.test_real_tables import plan_of, read, titles, values


def progress(plan: Plan) -> list[list[tuple[Any, ...]]]:
    return [[(each.date, each.status, each.percent) for each in action.progress] for action in plan.actions]


def workbook(rows: Sequence[Sequence[Any]], struck: str = "", merged: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if struck:
        sheet[struck].font = Font(strike=True)
    for cells in merged:
        sheet.merge_cells(cells)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ("Goal,Action,Lead,Due date", "en"),
        ("Recommendation,Action,Owner,Status", "en"),
        ("Axe,Action,Pilote,Échéance", "fr"),
        ("Thème,Action,Date", "fr"),
    ],
)
def test_a_table_with_english_headings_is_a_plan_in_english(head: str, language: str) -> None:
    found = read(f"{head}\n" + ",".join(["Do it", "Do this", "Nobody else", "2025"][: head.count(",") + 1]))
    assert found.data is not None
    assert found.data["language"] == language


def test_days_come_first_in_english_where_a_date_shows_it() -> None:
    plan = plan_of("Action,Lead,Due date,Cost\nA,X Y,01/04/2025,12/05/2025\nB,X Y,31/12/2025,30/06/2025\n")
    assert values(plan, "due") == [("2025-04-01",), ("2025-12-31",)]
    assert values(plan, "cost") == [("2025-05-12",), ("2025-06-30",)]


def test_a_percentage_among_the_words_of_statuses_is_no_status() -> None:
    plan = plan_of("Action;Pilote;Avancement\nA;X Y;50 %\nB;X Y;terminé\nC;X Y;0%\n")
    assert [status.name for status in plan.statuses] == ["terminé"]
    assert [[(each.status, each.percent) for each in action.progress] for action in plan.actions] == [
        [(None, 50)],
        [("terminé", None)],
        [(None, 0)],
    ]


def test_months_come_first_in_english_where_a_date_shows_it() -> None:
    head = "Action,Lead,Due date,Status,Last updated\n"
    plan = plan_of(f"{head}A,X Y,12/1/2025,Done,4/5/2025\nB,X Y,3/31/2025,Done,4/15/2025\n")
    assert values(plan, "due") == [("2025-12-01",), ("2025-03-31",)]
    assert [date for ((date, _status, _percent),) in progress(plan)] == ["2025-04-05", "2025-04-15"]
    plan = plan_of("Action;Pilote;Échéance\nA;X Y;12/1/2025\nB;X Y;3/31/2025\n")  # may be a slip in French
    assert values(plan, "due") == [(None,), ("2025-03-31",)]


@pytest.mark.parametrize(
    "said", ["30/06/2025 18:00", "2025-06-30 18:00:00", "2025-06-30T22:00:00Z", "30 juin 2025 9:30"]
)
def test_a_time_of_day_takes_nothing_from_its_date(said: str) -> None:
    assert values(plan_of(f"Action;Pilote;Échéance\nA;X Y;{said}\n"), "years", "due", "when") == [
        ((2025,), "2025-06-30", said)
    ]


@pytest.mark.parametrize(
    ("said", "years", "due"),
    [
        ("déc.-24", (2024,), "2024-12"),
        ("sept-25", (2025,), "2025-09"),
        ("mars à juin 2024", (2024,), "2024-06"),
        ("T2-T3 2024", (2024,), "2024-09"),
        ("2025 - 2e trimestre", (2025,), "2025-06"),
        ("end of Q2 2025", (2025,), "2025-06"),
        ("premier semestre 2026", (2026,), "2026-06"),
        ("dernier trimestre 2024", (2024,), "2024-12"),
        ("été 2025", (2025,), ""),
        ("Juin 24", (), ""),
        ("12-sept", (), ""),
    ],
)
def test_calendars_as_offices_write_them(said: str, years: tuple[int, ...], due: str) -> None:
    found = read_calendar(" ".join(said.split()))
    assert (found.years, found.due) == (years, due)


def test_numbers_of_fiches_and_kinds_of_levels_are_taken_out_of_titles() -> None:
    plan = plan_of(
        "Axe;Objectif;Action;Pilote\n"
        "Axe stratégique 1 : Prévenir;OS 1 : Sensibiliser;Fiche action n°1 : Former;ARS\n"
        "Axe stratégique 2 : Soigner;OS 2 : Installer;Fiche action n°2 : Ouvrir;EPCI\n"
    )
    assert titles(plan.groups) == [
        (1, "Prévenir", [("OS 1", "Sensibiliser")]),
        (2, "Soigner", [("OS 2", "Installer")]),
    ]
    assert values(plan, "number", "text") == [(1, "Former"), (2, "Ouvrir")]


def test_an_axis_zero_is_not_the_first_one() -> None:
    plan = plan_of("Axe;N°;Action;Pilote\n0 – Piloter;0-1;Animer;EPTB\n1 – Connaître;1-1;Poser;EPTB\n")
    assert titles(plan.groups) == [("0", "Piloter"), (1, "Connaître")]
    assert [len(group.actions) for group in plan.groups] == [1, 1]


def test_numbers_of_titles_that_begin_again_in_each_group_are_theirs() -> None:
    plan = plan_of("Axe;Objectif;Action;Pilote\nA;1. Former;Un;X Y\nA;2. Aider;Deux;X Y\nB;1. Bâtir;Trois;X Y\n")
    assert titles(plan.groups) == [(1, "A", [(1, "Former"), (2, "Aider")]), (2, "B", [(1, "Bâtir")])]


def test_who_is_in_charge_pilots_where_no_heading_says_so() -> None:
    headings = ("Référent", "Acteur", "Entité responsable", "Service", "Direction", "Assigned To", "Attribué à")
    for heading in headings:
        plan = plan_of(f"Action;{heading};Échéance\nRecruter;DRH;2025\n")
        assert values(plan, "pilots") == [(("DRH",),)], heading
    plan = plan_of("Action;Pilote;Référent\nRecruter;DRH;Camille DURAND\n")
    assert values(plan, "pilots", "referent") == [(("DRH",), "Camille DURAND")]


def test_for_when_an_action_is_wanted_is_a_calendar() -> None:
    for heading in ("Pour quand", "Pour quand ?", "Quand", "By when"):
        assert values(plan_of(f"Action;Qui;{heading}\nRecruter;DRH;15/03/2025\n"), "due") == [("2025-03-15",)]


def test_supporting_agencies_are_associated() -> None:
    plan = plan_of("Action,Lead agency,Supporting agencies\nPublish,Cabinet Office,HM Treasury; DCMS\n")
    assert values(plan, "associated") == [(("HM Treasury", "DCMS"),)]


def test_names_keep_the_dot_of_an_abbreviation() -> None:
    assert values(plan_of("Action,Owner\nDo,Planning Dept.\nMake,DHUP.\n"), "pilots") == [
        (("Planning Dept.",),),
        (("DHUP",),),
    ]


def test_parts_of_one_are_percentages() -> None:
    rows: list[list[Any]] = [
        ["Action", "Owner", "% complete"],
        ["A", "X Y", 1],
        ["B", "X Y", 0.5],
        ["C", "X Y", 0],
    ]
    assert progress(plan_of(workbook(rows), "t.xlsx")) == [
        [("2025-06-30", None, 100)],
        [("2025-06-30", None, 50)],
        [("2025-06-30", None, 0)],
    ]


def test_states_of_several_years_are_entries_of_each() -> None:
    plan = plan_of("Action;Pilote;Avancement 2023;Statut 2024\nPlanter;DST;30 %;En cours\n")
    assert progress(plan) == [[("2023-12-31", None, 30), ("2024-12-31", "En cours", None)]]


def test_updates_in_words_are_notes() -> None:
    plan = plan_of("Action,Lead,Status,Update\nBuild,Housing,Green,Phase 1 let\n")
    (entry,) = plan.actions[0].progress
    assert (entry.date, entry.status, entry.note) == ("2025-06-30", "Green", "Phase 1 let")


def test_statuses_with_signs_are_closed_too() -> None:
    plan = plan_of("Action;Pilote;Statut\nA;DST;✅ Terminé\nB;DST;🟢 En cours\n")
    assert [(each.name, each.closed) for each in plan.statuses] == [("🟢 En cours", False), ("✅ Terminé", True)]


@pytest.mark.parametrize(
    ("head", "cells", "label", "wanted"),
    [
        ("Budget (USD)", ("1,200,000", "350,000"), "Budget (USD)", [1200000, 350000]),
        ("Cost", ("$25,000", "$300"), "Cost ($)", [25000, 300]),
        ("Part", ("0,5", "1,25"), "Part", [0.5, 1.25]),
        ("Part", ("0,125", "1 234,567"), "Part", [0.125, 1234.567]),
        ("Part", ("12.000,5", "1.234.567"), "Part", [12000.5, 1234567]),
        ("Part", ("12'500", "1'000'000"), "Part", [12500, 1000000]),
        ("Part", ("12.000,5 €", "−3"), "Part (€)", [12000.5, -3]),
    ],
)
def test_amounts_are_numbers(head: str, cells: tuple[str, str], label: str, wanted: list[Any]) -> None:
    owner = "Pilote" if head == "Part" else "Owner"
    plan = plan_of(f"Action;{owner};{head}\nA;X Y;{cells[0]}\nB;X Y;{cells[1]}\n")
    (field,) = plan.declared_fields
    assert field.label == label
    assert [float(str(action.value(field.key))) for action in plan.actions] == wanted


def test_several_milestones_beside_an_action_are_fields() -> None:
    plan = plan_of(
        "N° engagement;Engagement;Porteur;Jalon 1;Jalon 2\n1;Ouvrir;DINUM;Mars;Juin\n2;Publier;DAE;;Mai\n"
    )
    assert values(plan, "number", "text", "jalon_1", "jalon_2") == [
        (1, "Ouvrir", "Mars", "Juin"),
        (2, "Publier", None, "Mai"),
    ]


def test_numbers_of_parts_stay_with_their_words() -> None:
    plan = plan_of("N°;Action;Sous-action;Pilote\n1;Organiser;;DST\n1.1;;Commander;DST\n1.2;;Former;DRH\n")
    assert values(plan, "sous_action", "pilots") == [(("1.1 Commander", "1.2 Former"), ("DST", "DRH"))]


def test_a_struck_row_a_legend_and_instructions_are_told_and_no_actions() -> None:
    rows: list[list[Any]] = [
        ["N°", "Action", "Pilote", "Échéance"],
        ["(num.)", "Saisir un verbe", "Choisir dans la liste", "jj/mm/aaaa"],
        [1, "Nommer", "DGS", 2024],
        [2, "Déployer", "DSI", 2025],
        [3, "Former", "DRH", 2025],
        [None, "Source : direction des systèmes", None, None],
    ]
    found = read(workbook(rows, struck="B4"), "t.xlsx")
    assert found.data is not None
    assert [each["text"] for each in found.data["actions"]] == ["Nommer", "Former"]
    lines = "\n".join(messages(found))
    for line in (
        "read “(num.) · Saisir un verbe · Choisir dans la liste · jj/mm/aa…”; a row of instructions, left out",
        "read “2 · DSI · 2025”; the text of this action is struck through, its row is left out",
        "row 6, column B (Action): read “Source : direction des systèmes”; stands below the table, kept as a note",
    ):
        assert line in lines


def test_the_title_of_a_level_is_its_noun() -> None:
    plan = plan_of("Axe n°;Titre de l'axe;Action n°;Titre de l'action\n1;Agriculture;1;Soutenir\n")
    assert [level.name for level in plan.levels] == ["axe"]


def test_statuses_are_words_and_no_sentences_or_amounts() -> None:
    long = "Le marché a été notifié en mars et les travaux ont commencé dès la fin du mois de juin."
    plan = plan_of(f"Action;Pilote;Avancement;État\nBâtir;DST;{long};12 000\n")
    assert plan.statuses == ()
    assert [(each.status, each.note) for each in plan.actions[0].progress] == [(None, long)]
    assert values(plan, "etat") == [(12000,)]


def test_totals_are_known_in_any_column() -> None:
    found = read("Axe;Action;Pilote;Coût\nA;Bâtir;DST;5\nS/T A;;;5\n;;Total;5\n")
    assert found.data is not None
    assert [note["source"] for note in found.data["source_notes"]] == ["S/T A · 5", "Total · 5"]


def test_numbers_of_actions_that_begin_again_in_each_group_are_kept_as_a_field() -> None:
    plan = plan_of("Axe;N°;Action;Pilote\nEau;1;Un;DST\nEau;2;Deux;DST\nAir;1;Trois;DST\n")
    assert values(plan, "number", "n", "text") == [(1, 1, "Un"), (2, 2, "Deux"), (3, 1, "Trois")]


def test_rows_of_a_number_and_a_title_open_a_group() -> None:
    plan = plan_of("N°;Libellé;Pilote\n1;Piloter;\n1.1;Nommer;DGS\n2;Former;\n2.1;Aider;DRH\n2.2;Suivre;DRH\n")
    assert titles(plan.groups) == [(1, "Piloter"), (2, "Former")]
    assert values(plan, "code", "text") == [("1.1", "Nommer"), ("2.1", "Aider"), ("2.2", "Suivre")]


def test_groups_on_rows_of_their_own_in_their_columns() -> None:
    plan = plan_of(
        "Axe;Objectif;Action;Pilote\n1. Eau;1.1 Mer;;\n;;Un;DST\n;;Deux;DST\n2. Air;;;\n;2.1 Ciel;;\n;;Trois;X Y\n"
    )
    assert titles(plan.groups) == [(1, "Eau", [("1.1", "Mer")]), (2, "Air", [("2.1", "Ciel")])]
    assert [action.place for action in plan.actions] == [(1, 1), (1, 1), (2, 1)]


def test_a_group_without_actions_is_told_and_kept_as_a_note() -> None:
    found = read("Axe;Objectif;Action;Pilote\nA;Un;Faire;DST\nA;Deux;;\nB;Trois;Aider;DST\n")
    assert "row 3: read “A · Deux”; no action stands under it, kept as a note" in [*messages(found)]


def test_quarters_under_years_are_marked_years() -> None:
    rows: list[list[Any]] = [
        ["Action", "Pilote", 2024, None, 2025],
        [None, None, "T1", "T2", "T1"],
        ["Un", "DST", "x", "x", None],
    ]
    plan = plan_of(workbook(rows, merged=("A1:A2", "B1:B2", "C1:D1")), "t.xlsx")
    assert values(plan, "years", "when", "due") == [((2024,), "T1 2024 · T2 2024", "2024-06")]


def test_the_line_that_names_a_plan_is_its_title() -> None:
    plan = plan_of("Ville de Saint-Malo;;\nPlan vélo 2024-2030;;\nAction;Pilote;Échéance\nBâtir;DST;2025\n")
    assert plan.title == "Plan vélo 2024-2030"


def test_levels_whose_words_come_again_hold_those_that_do_not() -> None:
    plan = plan_of("Engagement;Mesure;Ministère\nAider;Un;DITP\nAider;Deux;DINUM\n")
    assert [level.name for level in plan.levels] == ["engagement"]
    assert values(plan, "text", "pilots") == [("Un", ("DITP",)), ("Deux", ("DINUM",))]


@pytest.mark.parametrize("heading", ["Corrective action", "Action required", "What", "Dispositif", "Intervention"])
def test_more_headings_of_the_texts(heading: str) -> None:
    assert values(plan_of(f"{heading},Owner,Target completion date\nDo it,X Y,2025-03-31\n"), "text", "due") == [
        ("Do it", "2025-03-31")
    ]


def test_a_rate_is_no_progress_and_a_remark_no_number() -> None:
    plan = plan_of("Action;Opérateur;Taux;Commentaire\nBâtir;CAF;30,00%;2 km livrés\n")
    assert values(plan, "pilots", "taux", "commentaire") == [(("CAF",), 30, "2 km livrés")]
    assert plan.statuses == ()
    assert plan.actions[0].progress == ()


def test_amounts_of_fiscal_years_are_no_calendar() -> None:
    plan = plan_of(
        'Program,Project,Lead Dept,FY23,FY24\nStreets,Pave,Works Unit,"$100,000",\nParks,Play,Parks,,$5\n'
    )
    assert values(plan, "years", "pilots", "fy23", "fy24") == [
        ((), ("Works Unit",), 100000, None),
        ((), ("Parks",), None, 5),
    ]


def test_codes_beside_banners_are_codes() -> None:
    rows: list[list[Any]] = [
        ["Fiche", "Intitulé", "Pilote"],
        ["THÈME 1 : Connaître", None, None],
        ["1.1", "Poser", "EPTB"],
        ["THÈME 2 : Surveiller", None, None],
        ["2.10", "Installer", "EPTB"],
    ]
    plan = plan_of(workbook(rows), "t.xlsx")
    assert values(plan, "code", "text") == [("1.1", "Poser"), ("2.10", "Installer")]
    assert [level.name for level in plan.levels] == ["thème"]


@pytest.mark.parametrize(
    "heading", ["Domaine d'action", "Axe d'intervention", "Niveau 1", "Priorité stratégique", "Strategic Axis"]
)
def test_more_headings_of_levels(heading: str) -> None:
    plan = plan_of(f"{heading};Action;Responsabilité\nHabitat;Loger;CCAS\n")
    assert titles(plan.groups) == [(1, "Habitat")]
    assert values(plan, "pilots") == [(("CCAS",),)]


def test_a_column_a_status() -> None:
    plan = plan_of("Action;Pilote;Fait;En cours\nA;DST;x;\nB;DGS;;x\nC;DRH;;\n")
    assert progress(plan) == [[("2025-06-30", "Fait", None)], [("2025-06-30", "En cours", None)], []]
    assert plan.declared_fields == ()


def test_a_deadline_beside_a_begin_is_the_end() -> None:
    plan = plan_of("Action;Pilote;Début;Échéance\nA;DST;01/03/2024;31/12/2025\nB;DST;2025;\n")
    assert values(plan, "years", "due") == [((2024, 2025), "2025-12-31"), ((2025,), None)]


def test_actions_of_one_name_below_two_banners_are_two_actions() -> None:
    plan = plan_of(
        "Action;Pilote;Échéance\nAxe 1 : Se loger;;\nRéunion;DSJ;2024\nAxe 2 : Se déplacer;;\nRéunion;DHUP;2025"
    )
    assert values(plan, "text", "pilots") == [("Réunion", ("DSJ",)), ("Réunion", ("DHUP",))]


def test_rows_of_one_action_end_with_the_latest_of_their_calendars() -> None:
    table = "N°;Action;Pilote;Échéance\n1;Agir;DSJ;06/2025\n1;Agir;DHUP;2025\n"
    assert values(plan_of(table), "years", "due") == [((2025,), None)]


def test_amounts_below_a_name_that_comes_again_are_no_pilots() -> None:
    plan = plan_of(
        "Action;Maître d'ouvrage;État;%;Maître d'ouvrage;%\n"
        "Animer;Syndicat mixte;150000;50;90 000 €;30\nPoser;Communes;10000;50;10 000 €;50\n"
    )
    assert values(plan, "pilots") == [(("Syndicat mixte",),), (("Communes",),)]
    assert {each.label: plan.actions[0].value(each.key) for each in plan.declared_fields} == {
        "État": 150000,
        "État – %": 50,
        "Maître d'ouvrage (€)": 90000,
        "Maître d'ouvrage – %": 30,
    }


def test_a_duration_is_no_calendar() -> None:
    plan = plan_of("Action;Pilote;Durée (mois)\nAgir;DST;3\nFinir;DGS;12\n")
    assert values(plan, "when", "duree") == [(None, 3), (None, 12)]


def test_a_heading_merged_over_codes_and_titles_names_both() -> None:
    rows: list[list[Any]] = [
        ["Axes", None, "Actions", None, "Pilote"],
        ["A", "Sobriété", "A.1", "Baisser le chauffage", "DPB"],
        ["B", "Énergie", "B.1", "Solariser", "DPB"],
    ]
    plan = plan_of(workbook(rows, merged=("A1:B1", "C1:D1")), "t.xlsx")
    assert titles(plan.groups) == [("A", "Sobriété"), ("B", "Énergie")]
    assert values(plan, "code", "text") == [("A.1", "Baisser le chauffage"), ("B.1", "Solariser")]


def test_numbers_of_a_level_that_is_called_in_full_elsewhere() -> None:
    plan = plan_of("Orientation stratégique;N° orientation;Action;MOA\nClimat;1;Agir;SDE\nLogement;3;Bâtir;CC\n")
    assert [level.name for level in plan.levels] == ["orientation stratégique"]
    assert titles(plan.groups) == [(1, "Climat"), (3, "Logement")]


def test_a_level_of_numbers_beside_titles_counts_them() -> None:
    plan = plan_of("Engagement;Intitulé;Administration porteuse\n1;Publier;DINUM\n2;Ouvrir;DHUP\n")
    assert plan.levels == ()
    assert values(plan, "number", "text") == [(1, "Publier"), (2, "Ouvrir")]


def test_an_axis_with_its_kind_is_a_level_behind_the_actions_too() -> None:
    plan = plan_of("N°;Intitulé;Pilote;Axe stratégique\n1;Loger;DST;Axe 1 - Habitat\n2;Rouler;DST;Axe 2 - Vélo\n")
    assert titles(plan.groups) == [(1, "Habitat"), (2, "Vélo")]


def test_a_column_for_what_is_not_done_is_a_status() -> None:
    plan = plan_of("Action;Pilote;Réalisé;Non réalisé\nA;DST;x;\nB;DGS;;x\n")
    assert progress(plan) == [[("2025-06-30", "Réalisé", None)], [("2025-06-30", "Non réalisé", None)]]
    assert [(each.name, each.closed) for each in plan.statuses] == [("Non réalisé", False), ("Réalisé", True)]


def test_a_revised_deadline_is_the_end_and_the_first_one_stays_in_words() -> None:
    plan = plan_of(
        "Action;Pilote;Échéance initiale;Échéance révisée\nAgir;DST;31/03/2024;30/09/2024\nFinir;DGS;30/06/2024;\n"
    )
    assert values(plan, "due", "when") == [("2024-09-30", "31/03/2024 · 30/09/2024"), ("2024-06-30", "30/06/2024")]


def test_days_as_numbers_are_days_in_words_too() -> None:
    plan = plan_of("Action;Pilote;Début;Fin\nAgir;DST;45292;45657\n")
    assert values(plan, "due", "when") == [("2024-12-31", "2024-01-01 – 2024-12-31")]


def test_a_bare_date_is_the_calendar_where_nothing_else_is() -> None:
    assert values(plan_of("Action;Pilote;Date\nAgir;DST;12/05/2024\n"), "due") == [("2024-05-12",)]
    plan = plan_of("Action;Pilote;Date;Échéance\nAgir;DST;12/05/2024;2025\n")
    assert (values(plan, "years"), plan.declared_fields[0].label) == ([((2025,),)], "Date")


@pytest.mark.parametrize(
    ("title", "period"),
    [("PCAET 2024-2030", (2024, 2030)), ("Plan vélo 2021-2023", (2025, 2026)), ("Plan vélo", (2025, 2026))],
)
def test_a_plan_runs_as_long_as_its_title_says(title: str, period: tuple[int, int]) -> None:
    plan = plan_of(f"{title};;\nAction;Pilote;Échéance\nA;DST;2025\nB;DST;2026\n")
    assert (plan.period.start, plan.period.end) == period


def test_a_period_that_only_the_title_says_is_told() -> None:
    lines = list(messages(read("Contrat de ville 2024-2030;\nAction;Pilote\nA;DST\n")))
    done = "no year stands in the table, the period is that of the title; another one: --default period=2024-2026"
    assert f"the table: {done}" in lines


def test_years_without_a_mark_may_be_painted() -> None:
    found = read("Action;Pilote;2024;2025\nA;DST;;\nB;DST;;\n")
    assert found.data is not None
    assert found.data["period"] == {"start": 2024, "end": 2025}
    done = "nothing is written below the years, and colours aren't read: put an x where an action runs"
    assert f"row 1, column C: {done}" in list(messages(found))


def test_months_as_spreadsheets_write_them_are_columns_of_their_year() -> None:
    rows: list[list[Any]] = [
        ["Action", "Pilote", "2025", None, "2026", None],
        [None, None, "nov.", "déc.", "janv.", "févr."],
        ["Cadrer", "DSI", "x", "x", None, None],
        ["Déployer", "DSI", None, "x", "x", "x"],
    ]
    plan = plan_of(workbook(rows, merged=("C1:D1", "E1:F1", "A1:A2", "B1:B2")), "t.xlsx")
    assert plan.declared_fields == ()
    assert values(plan, "years", "due") == [((2025,), "2025-12"), ((2025, 2026), "2026-02")]


def test_comments_of_the_day_of_a_status_are_its_notes() -> None:
    plan = plan_of(
        "Action;Pilote;État au 30/06/2024;Commentaire au 30/06/2024;État au 31/12/2024;"
        "Observations au 31/12/2024\n"
        "Auditer;DAF;En cours;lancé en mars;Terminé;rapport remis\nBâtir;DAF;En cours;;En cours;v1\n"
    )
    assert [[(each.date, each.note) for each in action.progress] for action in plan.actions] == [
        [("2024-06-30", "lancé en mars"), ("2024-12-31", "rapport remis")],
        [("2024-06-30", None), ("2024-12-31", "v1")],
    ]


def test_titles_that_differ_in_their_blanks_only_are_one_group() -> None:
    plan = plan_of(
        "Axe;Action;Pilote\nAxe\u00a01\u00a0: L’eau\u202f!;Un;A\nAxe 1 : L’eau !;Deux;B\nAxe 2 : L'air;Trois;C\n"
    )
    assert titles(plan.groups) == [(1, "L’eau\u202f!"), (2, "L'air")]


@pytest.mark.parametrize("marks", [("¹", "²"), ("(1)", "(2)")])
def test_footnotes_below_a_table_are_no_actions(marks: tuple[str, str]) -> None:
    one, two = marks
    found = read(f"Mesure {one};Pilote;Échéance\nAider {two};DGT;2025\n{one} Validées.;;\n{two} Sous réserve.;;\n")
    assert [action.text for action in read_plan(found.data).actions] == [f"Aider {two}"]
    assert (
        f"row 4, column A (Mesure {one}): read “{two} Sous réserve.”; stands below the table, kept as a note"
        in [*messages(found)]
    )


def test_a_number_and_a_title_above_those_under_it_are_a_group() -> None:
    plan = plan_of("Actions;Responsable;Délai\n1 Accueil;;\n  1.1 Livret;RH;2024\n  1.2 Tutorat;RH;2025\n")
    assert titles(plan.groups) == [(1, "Accueil")]
    assert values(plan, "code", "text") == [("1.1", "Livret"), ("1.2", "Tutorat")]


def test_rows_of_averages_are_told_as_totals_are() -> None:
    plan = plan_of("Axe;Action;Pilote;Taux\nAxe 1;Un;A;50%\nMoyenne axe 1;;;50%\nAxe 2;Moyenne surface;B;10%\n")
    assert [note.source for note in plan.source_notes] == ["Moyenne axe 1 · 50%"]
    assert values(plan, "text") == [("Un",), ("Moyenne surface",)]


def test_a_status_with_its_day_is_the_status() -> None:
    plan = plan_of(
        "Action;Pilote;Statut\nA;X1;Fait le 12/03/2024\nB;X2;Terminé (mars 2024)\nC;X3;Fait à 50 %\nD;X4;À faire\n"
    )
    assert {each.name: each.closed for each in plan.statuses} == {
        "À faire": False,
        "Fait le 12/03/2024": True,
        "Terminé (mars 2024)": True,
        "Fait à 50 %": False,
    }


def test_columns_of_months_without_a_year_say_when_in_words() -> None:
    plan = plan_of("Plan 2025;;;;\nAction;Pilote;Févr.;Mars;T3;Mai\nA;Com;x;X;;12 k€\nB;Com;;;✓;\nC;DRH;;;;\n")
    assert values(plan, "when", "years") == [("Févr. · Mars", ()), ("T3", ()), (None, ())]
    assert [each.label for each in plan.declared_fields] == ["Mai (k€)"]


def test_comments_on_cells_are_kept_as_notes() -> None:
    book = openpyxl.Workbook()
    for row in (("N°", "Action", "Pilote"), (1, "Créer", "DRH")):
        book.worksheets[0].append(row)
    book.worksheets[0]["C2"].comment = Comment("À revoir\navec le cabinet", "Marie")
    made = io.BytesIO()
    book.save(made)
    (note,) = plan_of(made.getvalue(), "t.xlsx").source_notes
    assert (note.action, note.source) == (1, "À revoir avec le cabinet")


@pytest.mark.parametrize("heading", ["Échéance", "Date de fin", "Priorité", "Statut"])
def test_the_same_as_above_is_refused_where_it_would_be_a_word(heading: str) -> None:
    found = read(f"N°;Action;Pilote;{heading}\n1;Agir;DST;2025\n2;Finir;DGS;Idem\n")
    assert list(messages(found)) == [f"row 3, column D ({heading}): “Idem” isn't read as the cell above"]


def test_headings_of_markdown_and_the_line_below_them_are_no_actions() -> None:
    head = "| Action | Pilote |\n|---|:---:|\n"
    plan = plan_of(f"{head}| Agir | DST |\n\n{head}| Finir | DGS |\n", "t.md")
    assert values(plan, "text", "pilots") == [("Agir", ("DST",)), ("Finir", ("DGS",))]


def test_words_alone_under_the_heading_of_a_field_are_a_note_and_no_group() -> None:
    found = read("N°;Action;Pilote;Commentaires\n1;A;DST;Un\n;;;suite du commentaire\n2;B;DGS;Deux\n")
    plan = read_plan(found.data)
    assert (plan.all_groups, [note.source for note in plan.source_notes]) == ((), ["suite du commentaire"])
    done = "row 3, column D (Commentaires): read “suite du commentaire”; stands alone in its row, kept as a note"
    assert done in list(messages(found))


def test_words_alone_beside_a_merged_text_are_those_of_its_action() -> None:
    rows: list[list[Any]] = [
        ["N°", "Action", "Pilote", "Remarques"],
        [1, "A", "DST", "Un"],
        [None, None, None, "Deux"],
    ]
    plan = plan_of(workbook(rows, merged=("A2:A3", "B2:B3", "C2:C3")), "t.xlsx")
    (field,) = plan.declared_fields
    assert [action.value(field.key) for action in plan.actions] == [("Un", "Deux")]


def test_a_dash_among_numbers_is_none() -> None:
    plan = plan_of("Action;Pilote;Avancement;Budget (€)\nA;DST;50 %;1 000\nB;DGS;—;-\n")
    assert [[each.percent for each in action.progress] for action in plan.actions] == [[50], []]
    (budget,) = plan.declared_fields
    assert (budget.type.value, [action.value(budget.key) for action in plan.actions]) == ("decimal", [1000, None])


@pytest.mark.parametrize("dash", ["-", " – "])
def test_a_dash_is_no_mark(dash: str) -> None:
    plan = plan_of(f"Action;Pilote;2024;2025;À faire;Fait\nA;DST;x;{dash};{dash};x\nB;DGS;{dash};x;x;{dash}\n")
    assert values(plan, "years") == [((2024,),), ((2025,),)]
    assert [[each.status for each in action.progress] for action in plan.actions] == [["Fait"], ["À faire"]]


def test_a_dash_is_no_status_and_no_calendar() -> None:
    plan = plan_of("Action;Pilote;Échéance;Statut\nA;DST;-;—\nB;DGS;2025;En cours\n")
    assert [each.name for each in plan.statuses] == ["En cours"]
    assert values(plan, "years", "when") == [((), None), ((2025,), None)]
    assert plan.actions[0].progress == ()


FORM: list[list[Any]] = [
    ["Fiche action n°", 1],
    ["Intitulé", "Ouvrir un guichet"],
    ["Axe", "Se loger"],
    ["Pilote", "DDT"],
    ["Échéance", "2025"],
    ["Budget", "12 000 €"],
]


@pytest.mark.parametrize("above", [[], [["Plan logement", None], [None, None]]])
def test_a_form_is_no_table_and_is_told_what_to_do(above: list[list[Any]]) -> None:
    with pytest.raises(Unavailable) as refusal:
        read(workbook([*above, *FORM]), "fiches.xlsx")
    assert refusal.value.message == "fiches.xlsx is a form and no table: its headings stand one below the other"
    named = "Fiche action n° · Intitulé · Axe · Pilote · Échéance"
    assert refusal.value.details == (f"sheet “Sheet”, column A: {named}",)
    assert refusal.value.hint.startswith("Make one table of all forms: these headings in one row")


def test_a_form_is_known_too_where_two_of_its_cells_look_like_headings() -> None:
    form = "Fiche;\nTitre;Ouvrir\nDescription;Un guichet pour tous\nPorteur;DST\nÉchéance;2025\n"
    with pytest.raises(Unavailable, match="is a form and no table"):
        read(form, "fiche.csv")


@pytest.mark.parametrize("text", ["Axe\nPilote\nÉchéance\nStatut\n", "Un;deux\nAxe 1;trois\nPilote;quatre\n"])
def test_other_tables_that_are_refused_are_no_forms(text: str) -> None:
    with pytest.raises(PlanError) as refusal:
        read(text)
    assert "form" not in refusal.value.message


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            "A;Ville\nB;Mairie-Ville\n",
            "read “Mairie-Ville”; kept as one name; to make it several, put ; between them",
        ),
        ("A;DHUP\nB;D.HUP\n", "read “D.HUP”; D.HUP is DHUP elsewhere, kept as two codes"),
        (
            "A;DST;En cours;10 %\nA;DST;Fini;50 %\n",
            "read “Fini · 50 %”; another status of the same action on the same day, left out",
        ),
    ],
)
def test_what_is_doubtful_is_told_and_the_rest_is_read(table: str, told: str) -> None:
    columns = "Action;Pilote;Statut;Taux d'avancement;Date de mise à jour\n"
    found = read(columns + table.replace("%\n", "%;2025-01-01\n"))
    assert found.errors == ()
    assert any(line.endswith(told) for line in messages(found))


def test_words_far_down_in_a_column_of_percentages_are_told() -> None:
    rows = [f"Faire {number};DST;{number % 100} %\n" for number in range(1, 400)]
    found = read("Action;Pilote;Taux d'avancement\n" + "".join(rows) + "Finir;DST;beaucoup\n")
    assert "row 401: read “beaucoup”; no percentage, left out" in [*messages(found)]


def test_a_column_in_which_a_cell_says_none_is_no_choice() -> None:
    plan = plan_of("Action,Lead,Risk\nA,X,None\nB,X,High\nC,X,None\nD,X,High\nE,X,High\n")
    (risk,) = plan.declared_fields
    assert (risk.type.value, [action.value("risk") for action in plan.actions][:2]) == ("prose", ["None", "High"])


def test_none_is_no_status() -> None:
    table = "Action,Lead,Status\nA,X,None\nB,X,In progress\n"
    plan = plan_of(table)
    assert [each.name for each in plan.statuses] == ["In progress"]
    assert [len(action.progress) for action in plan.actions] == [0, 1]
    assert "row 2, column C (Status): read “None”; no status, left out" in messages(read(table))


@pytest.mark.parametrize(
    ("heading", "above", "mapped"),
    [
        ("Priority", 0, {}),
        ("Priority", 400, {}),
        ("Urgency", 0, {"urgency": "priority"}),
        ("Urgency", 0, {"c": "priority"}),
    ],
)
def test_priorities_of_which_one_is_none_are_a_field(heading: str, above: int, mapped: dict[str, str]) -> None:
    rows = [*(f"Do {number},X,High" for number in range(above)), "A,X,None", "B,X,Low"]
    table = "\n".join([f"Action,Lead,{heading}", *rows])
    found = import_table(table.encode(), "t.csv", choices=Choices(mapped, date="2025-06-30"))
    plan = read_plan(found.data)
    (priority,) = plan.declared_fields
    assert (plan.priorities, priority.label) == ((), heading)
    assert [action.value(priority.key) for action in plan.actions[-2:]] == ["None", "Low"]
    told = f"row 1, column C: read “{heading}”; a priority can't be called none: kept as a field"
    assert told in messages(found)


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("Risque", ["fort", "faible"], "choice"),
        ("Remarques", ["Attente de la Région", "Recrutement"], "text"),
        ("Observations du COPIL", ["à revoir", "validé"], "text"),
        ("Budget (€)", ["15 k€", "30 000 €"], "text"),
    ],
)
def test_remarks_and_amounts_are_no_choice_though_they_come_again(
    heading: str, cells: list[str], kind: str
) -> None:
    found = read(f"Action;Échéance;{heading}\n" + "".join(f"Faire;2025;{cell}\n" for cell in cells * 3))
    assert found.data is not None
    assert [field["type"] for field in found.data["fields"].values()] == [kind]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["25 000 €", "30000", "1 500,50 €"], [25000, 30000, Decimal("1500.5")]),
        (["25 k€", "30000", "40 k€"], ["25 k€", "30000", "40 k€"]),
        (["12,5 %", "+40 %", "-8 %"], [Decimal("12.5"), 40, -8]),
        (["12,5 %", "0 %", "NC", "à définir", "–"], [Decimal("12.5"), 0, None, None, None]),
        (["2 000 €", "moyens internes", "1 000 €"], ["2 000 €", "moyens internes", "1 000 €"]),
        (["03/02/2025", "pas encore", "04/03/2025"], ["2025-02-03", None, "2025-03-04"]),
        (["03/02/2025", "x", "04/03/2025"], ["03/02/2025", "x", "04/03/2025"]),
    ],
)
def test_numbers_and_dates_are_read_beside_words_for_none_yet(cells: list[str], wanted: list[Any]) -> None:
    found = read("Action;Échéance;Part\n" + "".join(f"Faire;2025;{cell}\n" for cell in cells))
    plan = read_plan(found.data)
    (part,) = plan.declared_fields
    assert [action.value(part.key) for action in plan.actions] == wanted
    words = [cell for cell, value in zip(cells, wanted, strict=True) if value is None and cell != "–"]
    assert [note.source for note in plan.source_notes] == words
    assert sum("no number or date in “Part”, kept as a note" in line for line in messages(found)) == len(words)


@pytest.mark.parametrize("language", ["en", "EN"])
def test_thousands_are_read_in_the_language_that_is_given_in_any_case(language: str) -> None:
    table = 'Action;Échéance;Coût\nA;2025;"1,200"\nB;2025;"3,400"\n'.encode()
    plan = read_plan(import_table(table, "t.csv", language=language).data)
    assert [action.value("cout") for action in plan.actions] == [1200, 3400]


def test_titles_of_groups_keep_a_number_that_does_not_tell_them_apart() -> None:
    plan = plan_of("Axe;Action;Pilote\n1. Se loger;A;DST\n1. Se nourrir;B;DGS\n")
    assert [(each.number, each.title) for each in plan.groups] == [(1, "1. Se loger"), (2, "1. Se nourrir")]


def test_words_without_a_year_are_no_period() -> None:
    with pytest.raises(PlanError, match="“bientôt” is no period"):
        read("Action;Pilote\nA;DST\n", defaults={"period": "bientôt"})


def test_sheets_with_other_levels_are_no_table() -> None:
    book = openpyxl.Workbook()
    for name, heads in (("Un", ["Axe", "Action", "Pilote"]), ("Deux", ["Axe", "Objectif", "Action", "Pilote"])):
        sheet = book.create_sheet(name)
        for row in (heads, [f"{head} 1" for head in heads]):
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    with pytest.raises(PlanError) as refusal:
        import_table(made.getvalue(), "t.xlsx", sheet_name="all", choices=Choices(date="2025-06-30"))
    assert refusal.value.message == "the sheets have other levels: axe and axe, objectif"
