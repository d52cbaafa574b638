"""Tables of other plans, as offices keep them: levels, codes, words, dates, statuses and columns of their own."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from plancli.check.checker import check
from plancli.edit.progress import usual_statuses
from plancli.exchange.exporters import export
from plancli.exchange.importer import Choices, Imported, import_table, messages
from plancli.exchange.request import make_request
from plancli.plan.model import Group, Plan, read_plan
from plancli.plan.writer import dump

pytestmark = pytest.mark.slow

Typed = Callable[..., Any]
DAY = "2025-06-30"

TOWN = """Axe;Objectif;Fiche action;Porteur;Partenaires;Échéance;Statut;Budget
1. Se loger;1.1 Prévenir;Ouvrir un guichet;Service habitat;CAF, ADIL;31/12/2025;En cours;12 000 €
1. Se loger;1.1 Prévenir;Former les agents;Service habitat;;2026;À venir;
1. Se loger;1.2 Bâtir;Bâtir 40 logements;Direction de l'urbanisme;Bailleur social;2025-2027;Réalisé;1 500 000 €
2. Se déplacer;2.1 Vélo;Tracer des pistes;Camille DURAND;Département;en continu;Abandonné;80 000 €
"""


def read(source: str | bytes, name: str = "plan.csv", **said: Any) -> Imported:
    choices = Choices(**{"date": DAY, **said})
    return import_table(source if isinstance(source, bytes) else source.encode(), name, choices=choices)


def plan_of(source: str | bytes, name: str = "plan.csv", **said: Any) -> Plan:
    """Import a table into a plan that can be written and has no error."""
    found = read(source, name, **said)
    assert found.errors == ()
    assert found.data is not None
    assert [each.message for each in check(dump(found.data).encode(), name).errors] == []
    return read_plan(found.data)


def workbook(*sheets: tuple[str, list[tuple[Any, ...]]], merged: tuple[str, ...] = ()) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
            for cells in merged:
                sheet.merge_range(cells, sheet.table[row_of(cells)][column_of(cells)] and text_at(rows, cells))
    return made.getvalue()


def row_of(cells: str) -> int:
    return int("".join(filter(str.isdigit, cells.partition(":")[0]))) - 1


def column_of(cells: str) -> int:
    return ord(cells[0]) - ord("A")


def text_at(rows: list[tuple[Any, ...]], cells: str) -> Any:
    return rows[row_of(cells)][column_of(cells)]


def titles(groups: tuple[Group, ...]) -> list[Any]:
    return [
        (each.code or each.number, each.title, *([titles(each.groups)] if each.groups else [])) for each in groups
    ]


def values(plan: Plan, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(action.value(key) for key in keys) for action in plan.actions]


def test_import_of_the_table_of_a_town() -> None:
    plan = plan_of(TOWN)
    assert [level.name for level in plan.levels] == ["axe", "objectif"]
    assert titles(plan.groups) == [
        (1, "Se loger", [("1.1", "Prévenir"), ("1.2", "Bâtir")]),
        (2, "Se déplacer", [("2.1", "Vélo")]),
    ]
    assert values(plan, "pilots", "associated") == [
        (("Service habitat",), ("CAF", "ADIL")),
        (("Service habitat",), ()),
        (("Direction de l'urbanisme",), ("Bailleur social",)),
        (("Camille DURAND",), ("Département",)),
    ]
    assert values(plan, "years", "due", "when") == [
        ((2025,), "2025-12-31", "31/12/2025"),
        ((2026,), None, None),
        ((2025, 2026, 2027), None, None),
        ((), None, "en continu"),
    ]
    assert [(status.name, status.closed) for status in plan.statuses] == [
        ("À venir", False),
        ("En cours", False),
        ("Réalisé", True),
        ("Abandonné", True),
    ]
    assert [(entry.date, entry.status) for action in plan.actions for entry in action.progress] == [
        (DAY, "En cours"),
        (DAY, "À venir"),
        (DAY, "Réalisé"),
        (DAY, "Abandonné"),
    ]
    assert values(plan, "budget") == [(12000,), (None,), (1500000,), (80000,)]
    assert plan.declared_fields[0].label == "Budget (€)"
    assert plan.priorities == ()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_usual_statuses_come_back_as_progress_declares_them(language: str) -> None:
    usual = usual_statuses(language)
    rows = [f"Se loger;Prévenir;Faire {at};{each.name}" for at, each in enumerate(reversed(usual), 1)]
    found = plan_of("\n".join(["Axe;Objectif;Action;Statut", *rows])).statuses
    assert {each.name for each in found if each.closed} == {each.name for each in usual if each.closed}
    assert [each.name for each in found if not each.closed] == [each.name for each in usual if not each.closed]


HEADINGS = {
    "text": ("Fiche action", "Titre", "Intitulé", "Titre de l'action", "Actions", "Activity", "Task", "Mesure"),
    "pilots": (
        *("Porteur", "Responsable", "Structure pilote", "Direction ou service pilote", "Personne pilote"),
        *("Lead", "Owner", "Lead department", "Responsible party", "Chef de file", "Maître d'ouvrage", "Qui ?"),
        *("Pilote(s) de l'action", "PORTEUR :", "Structure pilote (nom complet)"),
        *("Maîtrise d'ouvrage", "MOA", "Resp.", "Destinataire(s)"),
    ),
    "associated": (
        "Partenaires",
        "Appui",
        "Partners",
        "Acteurs associés",
        "Other actors involved",
        "Stakeholders",
    ),
    "years": (
        *(
            "Échéance",
            "Période",
            "Calendrier prévisionnel",
            "Deadline",
            "Due date",
            "Timeframe",
            "Quand ?",
            "Délai",
        ),
        *("Échéance (prévisionnelle)", "Éch.", "Échéance initiale", "Échéance révisée"),
    ),
    "start": ("Date de début", "Année de démarrage", "Semestre de lancement"),
    "end": ("Date de fin", "Année d'achèvement", "Date de livraison", "Livraison prévue"),
    "priority": ("Niveau de priorité", "Priorité", "Priority level", "Criticité"),
    "status": (
        *("Statut", "État", "Avancement", "Status", "État d'avancement", "Action status"),
        *("Degré de réalisation", "Niveau de mise en œuvre"),
    ),
    "note": ("Progress notes", "Commentaire sur l'avancement", "Avancement – Commentaires"),
    "date": ("Date de mise à jour", "Last updated", "Reporting period", "Date du point"),
    "sub": ("Sous-actions", "Titre de la sous-action", "Étapes", "Sub-tasks"),
    "field": ("Budget", "Indicateurs", "Financeurs", "Commentaires", "Coût (k€)", "Contact du référent"),
}


@pytest.mark.parametrize(("role", "heading"), [(role, each) for role, names in HEADINGS.items() for each in names])
def test_headings_of_real_tables_are_known(role: str, heading: str) -> None:
    cell = "2025-03-02" if role == "date" else "Agir"
    columns = read(f"Axe;{'Action;' if role != 'text' else ''}{heading}\nSe loger;Agir;{cell}").columns
    (found,) = [each.role for each in columns.columns if each.heading == heading]
    assert found == role


@pytest.mark.parametrize(
    ("head", "row", "levels"),
    [
        ("Goal,Objective,No.,Action,Lead,Due date", "House,Prevent,1,Act,DDT,2024", ["goal", "objective"]),
        ("Axe,Action,Pilote,Échéance", "Loger,Agir,DDT,2024", ["axe"]),
        ("Volet,Thème,Chantier,Action,Pilote", "A,B,C,Agir,DDT", ["volet", "thème", "chantier"]),
        ("Commitment,Verifiable milestone,Lead,Due date", "Be open,Publish,Treasury,2024", ["commitment"]),
        ("Objectifs stratégiques,Mesure (n),Action", "A,B,Agir", ["objectif stratégique", "mesure"]),
        ("Orientation,Mesure,Sous-mesure,N°,Action", "A,B,C,1,Agir", ["orientation", "mesure", "sous-mesure"]),
        ("Titre,Description,Pilote,Échéance", "Agir,Beaucoup,DDT,2024", []),
        ("Goal,Strategy,Action Step,Lead", "A,B,Act,DDT", ["goal", "strategy"]),
        ("Action,Objectifs,Pilote,Échéance", "Agir,Réduire,DDT,2024", []),
    ],
)  # fmt: skip
def test_levels_are_what_stands_before_the_actions(head: str, row: str, levels: list[str]) -> None:
    plan = plan_of(f"{head}\n{row}\n")
    assert [level.name for level in plan.levels] == levels
    assert len(plan.actions[0].place) == len(levels)


@pytest.mark.parametrize(
    ("cells", "codes", "numbers"),
    [
        (("1.1.1", "1.1.2", "2.1.1"), ["1.1.1", "1.1.2", "2.1.1"], [1, 2, 3]),
        (("A1", "A2", "B1"), ["A1", "A2", "B1"], [1, 2, 3]),
        (("A.1", "A.2", "B.1"), ["A.1", "A.2", "B.1"], [1, 2, 3]),
        (("I", "II", "III"), ["I", "II", "III"], [1, 2, 3]),
        (("1", "2", "2bis"), [None, None, "2bis"], [1, 2, 3]),
        (("4", "n° 5", "6."), [None, None, None], [4, 5, 6]),
    ],
)
def test_codes_are_kept_and_numbers_given_in_order(
    cells: tuple[str, ...], codes: list[Any], numbers: list[int]
) -> None:
    plan = plan_of("Axe;N°;Action;Pilote\n" + "\n".join(f"A;{cell};Faire {cell};DDT" for cell in cells))
    assert [action.value("code") for action in plan.actions] == codes
    assert [action.number for action in plan.actions] == numbers


def test_dates_with_the_month_first_are_known_by_one_of_them() -> None:
    plan = plan_of("Action;Lead;Due date\nAct;DDT;12/31/2024\nAsk;DDT;3/1/2024\nTell;DDT;5/5/2024")
    assert values(plan, "years", "due") == [
        ((2024,), "2024-12-31"),
        ((2024,), "2024-03-01"),
        ((2024,), "2024-05-05"),
    ]


def test_parts_of_an_action_do_not_say_where_it_stands_as_a_whole() -> None:
    table = "N°;Action;Sous-action;Avancement\n1;Faire A;Étudier;100 %\n;;Bâtir;50 %"
    found = read(table)
    (action,) = read_plan(found.data).actions
    note = "Étudier (100 %) · Bâtir (50 %)"
    assert [(entry.percent, entry.note) for entry in action.progress] == [(None, note)]
    done = "the parts stand differently: kept as a note, no status of the whole is taken from it"
    assert f"row 2: read “{note}”; {done}" in list(messages(found))


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("1;A;Un;Fait\n;;Deux;Fait\n", [("Fait", None)]),
        ("1;A;;En cours\n;;Un;Fait\n;;Deux;À venir\n", [("En cours", None), (None, "Un (Fait) · Deux (À venir)")]),
        ("1;A;Un;Fait\n;;Deux;\n", [("Fait", None)]),
    ],
)
def test_the_status_of_an_action_is_that_of_all_its_parts(rows: str, wanted: list[Any]) -> None:
    (action,) = plan_of(f"N°;Action;Sous-action;Statut\n{rows}").actions
    assert [(entry.status, entry.note) for entry in action.progress] == wanted


@pytest.mark.parametrize(
    ("table", "parts"),
    [
        ("N°;Action;Pilote;Sous-action\n1;A;DST;Un\n;;;Deux\n2;B;DGS;Trois\n", ("Un", "Deux")),
        ("N°;Action;Étapes;Statut\n1;A;Tâche 1;Fait\n;;Tâche 2;Fait\n2;B;Tâche 3;Fait\n", ("Tâche 1", "Tâche 2")),
        ("Axe;Action;Sous-action\nAxe 1;A;Un\n;;Deux\n", ("Un", "Deux")),
    ],
)
def test_a_part_alone_in_its_row_is_no_group(table: str, parts: tuple[str, ...]) -> None:
    plan = plan_of(table)
    (field,) = plan.declared_fields
    assert plan.actions[0].value(field.key) == parts
    assert (len(plan.all_groups), plan.source_notes) == (table.count("Axe 1"), ())


def test_numbers_inside_texts_and_titles() -> None:
    plan = plan_of("Axe;Action;Pilote\nAxe 2 : Loger;Action 7 - Agir;DDT\nAxe 3 : Soigner;Action 8 - Voir;DDT")
    assert titles(plan.groups) == [(2, "Loger"), (3, "Soigner")]
    assert values(plan, "number", "text") == [(7, "Agir"), (8, "Voir")]


def test_a_number_that_is_part_of_a_text_stays() -> None:
    plan = plan_of("Axe;Action;Pilote\n2 quartiers;2024 : année du vélo;DDT\nÀ pied;12 pistes;DDT")
    assert [group.title for group in plan.groups] == ["2 quartiers", "À pied"]
    assert values(plan, "text") == [("2024 : année du vélo",), ("12 pistes",)]


def test_a_title_that_is_a_decimal_number_has_no_number_in_front() -> None:
    plan = plan_of("Axe;Action\nAxe 1 : Se loger;Un\n2.4;Deux")
    assert [group.title for group in plan.groups] == ["Axe 1 : Se loger", "2.4"]
    plan = plan_of("Axe;Action\n1.Se loger;Un\n2.Se soigner;Deux")
    assert [group.title for group in plan.groups] == ["Se loger", "Se soigner"]
    plan = plan_of("Axe;Action\nAxe 1:2 roues;Un\nAxe 2:4 roues;Deux")
    assert [(group.number, group.title) for group in plan.groups] == [(1, "2 roues"), (2, "4 roues")]


def test_priorities_in_words_stand_in_their_order() -> None:
    plan = plan_of("Axe;Action;Priorité\nA;Un;Moyenne\nA;Deux;haute\nA;Trois;Basse\nA;Quatre;Haute")
    assert plan.priorities == ("haute", "Moyenne", "Basse")
    assert values(plan, "priority") == [("Moyenne",), ("haute",), ("Basse",), ("haute",)]


def test_import_of_uneven_levels() -> None:
    plan = plan_of("Axe;Sous-axe;Action\nA;A1;Un\nB;;Deux\nB;B1;Trois")
    assert [action.place for action in plan.actions] == [(1, 1), (2, 2), (2,)]
    assert [action.text for action in plan.actions] == ["Un", "Trois", "Deux"]


def test_import_of_columns_for_begin_and_end() -> None:
    plan = plan_of("Action;Début;Fin\nUn;01/03/2024;31/12/2026\nDeux;2024;\nTrois;T1 2025;T3 2026\nQuatre;;45000")
    assert values(plan, "years", "due", "when") == [
        ((2024, 2025, 2026), "2026-12-31", "01/03/2024 – 31/12/2026"),
        ((2024,), None, None),
        ((2025, 2026), "2026-09", "T1 2025 – T3 2026"),
        ((2023,), "2023-03-15", None),
    ]


def test_a_calendar_beside_a_begin_is_kept() -> None:
    plan = plan_of("Action;Début;Échéance\nUn;mars 2024;à préciser\nDeux;2024;2024")
    assert values(plan, "years", "when") == [((2024,), "mars 2024 – à préciser"), ((2024,), None)]


def test_a_number_beside_a_code_is_told() -> None:
    found = read("N°;Code;Action\nP1;A1;Un")
    assert "row 2, column A (N°): read “P1”; left out, the code of the action is A1" in list(messages(found))


def test_import_of_a_column_for_each_year() -> None:
    plan = plan_of("Action;Pilote;2024;2025;2026\nUn;DDT;X;X;\nDeux;DDT;;x;✓")
    assert values(plan, "years") == [((2024, 2025),), ((2025, 2026),)]
    plan = plan_of("Action;Pilote;Échéance;2024;2025\nUn;DDT;2025;12 k€;15 k€")
    assert [field.label for field in plan.declared_fields] == ["2024 (k€)", "2025 (k€)"]


def test_columns_are_typed_by_what_stands_in_them() -> None:
    head = "Action;Coût;Livré le;Risque;Publics;Remarque;Code postal"
    rows = [
        f"Faire {n};{cost};{day};{risk};{who};{note};0{n}000"
        for n, cost, day, risk, who, note in (
            (1, "1 250,50", "03/04/2025", "Fort", "jeunes ; aînés", "Rien à dire, sinon oui"),
            (2, "12", "2025-05-01", "Faible", "", "Autre"),
            (3, "", "", "Fort", "jeunes", ""),
            (4, "7", "", "Faible", "", "Encore"),
        )
    ]
    rows = [row if " ; " not in row else row.replace("jeunes ; aînés", '"jeunes ; aînés"') for row in rows]
    plan = plan_of("\n".join([head, *rows]))
    assert {field.label: str(field.type) for field in plan.declared_fields} == {
        "Coût": "decimal",
        "Livré le": "date",
        "Risque": "choice",
        "Publics": "list",
        "Remarque": "prose",
        "Code postal": "prose",
    }
    assert [str(value) for (value,) in values(plan, "cout")] == ["1250.5", "12", "None", "7"]
    assert values(plan, "livre_le")[:2] == [("2025-04-03",), ("2025-05-01",)]
    assert values(plan, "publics")[:2] == [(("jeunes", "aînés"),), (None,)]


def test_progress_of_two_periods_is_two_entries() -> None:
    head = "Reporting period,Commitment,Milestone,Status,Progress during reporting period (English)"
    plan = plan_of(
        f"{head}\n2025-12,Be open,Publish,NS,\n2026-06,Be open,Publish,LP,Outline\n2026-06,Be open,Ask,C,Done"
    )
    assert [action.text for action in plan.actions] == ["Publish", "Ask"] or len(plan.actions) == 2
    first = plan.actions[0]
    assert [(each.date, each.status, each.note) for each in first.progress] == [
        ("2025-12-31", "NS", None),
        ("2026-06-30", "LP", "Outline"),
    ]


def test_rows_of_parts_are_one_action() -> None:
    plan = plan_of(
        "N°;Action;Sous-action;Pilote;Échéance\n1;Faire A;;DDT;2024\n1;Faire A;Étudier;DDT;2024\n;;Bâtir;ARS;2025"
    )
    assert values(plan, "text", "sous_action", "pilots", "years") == [
        ("Faire A", ("Étudier", "Bâtir"), ("DDT", "ARS"), (2024, 2025))
    ]


BANNERS: list[tuple[Any, ...]] = [
    ("Plan 2024-2026",),
    ("N°", "Action", "Pilote", "Échéance"),
    ("AXE 1 : SE LOGER",),
    ("Objectif 1.1 Prévenir",),
    (1, "Faire A", "DDT", 2024),
    ("AXE 2 : SE SOIGNER",),
    ("Objectif 2.1 Former",),
    (2, "Faire B", "ARS", 2026),
    ("Source : le service",),
]


def test_rows_of_their_own_name_the_groups() -> None:
    found = read(workbook(("Plan", BANNERS)), "plan.xlsx")
    plan = read_plan(found.data)
    assert plan.title == "Plan 2024-2026"
    assert [level.name for level in plan.levels] == ["axe", "objectif"]
    assert titles(plan.groups) == [(1, "SE LOGER", [("1.1", "Prévenir")]), (2, "SE SOIGNER", [("2.1", "Former")])]
    assert "row 9, column A (N°): read “Source : le service”; stands below the table, kept as a note" in messages(
        found
    )


@pytest.mark.parametrize(
    "banners",
    [
        ("SE LOGER", "SE SOIGNER"),
        ("I. Se loger", "II. Se soigner"),
        ("A - Loger", "B - Soigner"),
        ("METTRE EN PLACE UNE GOUVERNANCE PARTAGÉE", "ACCOMPAGNER LES LOCATAIRES EN DIFFICULTÉ"),
    ],
)
def test_titles_in_the_column_of_actions_name_groups(banners: tuple[str, str]) -> None:
    one, two = banners
    plan = plan_of(
        f"Action;Pilote;Échéance\n{one};;\nFaire A;DDT;2024\nFaire B;DDT;2024\n{two};;\nFaire C;ARS;2025\n"
    )
    assert [action.place for action in plan.actions] == [(1,), (1,), (2,)]
    assert [group.title for group in plan.groups] == [
        each.rpartition(". ")[2].rpartition(" - ")[2] for each in banners
    ]


def test_the_first_title_may_stand_above_the_headings() -> None:
    head = "N°;Action;Pilote"
    plan = plan_of(
        f"Plan 2024-2026;;\nAXE 1 : LOGER;;\n{head}\n1;Faire A;DDT\nAXE 2 : SOIGNER;;\n{head}\n2;Faire B;ARS\n"
    )
    assert plan.title == "Plan 2024-2026"
    assert titles(plan.groups) == [(1, "LOGER"), (2, "SOIGNER")]


def test_a_table_of_which_only_the_texts_are_known() -> None:
    plan = plan_of("Ministère;Chantier;Valeur initiale;Cible\nSanté;Former;1000;3000\n")
    assert values(plan, "text", "pilots", "cible") == [("Former", ("Santé",), 3000)]


def test_import_of_a_sheet_for_each_axis() -> None:
    rows: list[tuple[Any, ...]] = [("Objectif", "Action", "Pilote"), ("Prévenir", "Agir", "DDT")]
    source = workbook(("Axe 1 - Loger", rows), ("Axe 2 - Soigner", rows), ("Lisez-moi", [("Bonjour",)]))
    plan = read_plan(import_table(source, "plan.xlsx", sheet_name="all", choices=Choices(date=DAY)).data)
    assert [level.name for level in plan.levels] == ["axe", "objectif"]
    assert [group.title for group in plan.groups] == ["Loger", "Soigner"]


def test_headings_over_two_rows() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        for column, text in enumerate(("Axe", "Action")):
            sheet.merge_range(0, column, 1, column, text)
        sheet.merge_range("C1:D1", "Pilotage")
        sheet.merge_range("E1:F1", "Budget")
        sheet.write_row("C2", ("Pilote", "Partenaires", "Investissement", "Fonctionnement"))
        sheet.write_row("A3", ("Loger", "Agir", "DDT", "CAF", 12, 5))
    plan = plan_of(made.getvalue(), "plan.xlsx")
    assert values(plan, "text", "pilots", "associated") == [("Agir", ("DDT",), ("CAF",))]
    assert [field.label for field in plan.declared_fields] == [
        "Budget – Investissement",
        "Budget – Fonctionnement",
    ]


def test_a_row_of_instructions_is_left_out_and_told() -> None:
    found = read(
        "Axe;Titre;Porteur;Échéance\nChamp texte;Champ texte;Liste déroulante;Champ date\nA;Agir;DDT;2024"
    )
    assert len(read_plan(found.data).actions) == 1
    line = (
        "row 2: read “Champ texte · Champ texte · Liste déroulante · Champ date”; a row of instructions, left out"
    )
    assert line in messages(found)


def test_dates_of_cells_of_a_workbook() -> None:
    import datetime

    book = openpyxl.Workbook()
    for row in (
        ("Action", "Pilote", "Échéance"),
        ("Agir", "DDT", datetime.date(2025, 12, 31)),
        ("Voir", "DDT", 46000),
    ):
        book.worksheets[0].append(row)
    made = io.BytesIO()
    book.save(made)
    plan = plan_of(made.getvalue(), "plan.xlsx")
    assert values(plan, "years", "due", "when") == [
        ((2025,), "2025-12-31", None),
        ((2025,), "2025-12-09", None),
    ]


@pytest.fixture
def town(tmp_path: Path) -> str:
    file = tmp_path / "plan.csv"
    file.write_text("Lieu;Ce qui est fait;Par quel service;Remarques\nLoger;Ouvrir un guichet;DDT;oui\n", "utf-8")
    return str(file)


def test_a_refusal_says_what_was_read_and_what_to_type(plancli: Typed, town: str) -> None:
    code, out, err = plancli("import", town)
    assert (code, out) == (1, "")
    assert "  B “Ce qui est fait”: a field of its own" in err.splitlines()
    Path(town).write_text("Porteur;Statut;Ce qui est fait\nDDT;En cours;Ouvrir un guichet\n", "utf-8")
    code, out, err = plancli("import", town)
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f"plancli: {town}: no column is taken for the texts of the actions",
        "Headings in row 1, and what each was taken for:",
        "  A “Porteur”: pilots",
        "  B “Statut”: status",
        "  C “Ce qui est fait”: a field of its own",
        "Say which column has the texts, for example: --map 'Ce qui est fait=text'",
    ]
    assert plancli("import", town, "--map", "Ce qui est fait=text").code == 0


def test_what_somebody_says_of_columns_and_empty_cells(plancli: Typed, town: str) -> None:
    said = "Ce qui est fait=text,Par quel service=pilots,A=level1,remarques=-"
    code, out, err = plancli(
        "import", town, "--map", said, "--default", "years=2024-2025", "--default", "priority=2"
    )
    assert code == 0
    assert "levels: [lieu]" in out
    assert "pilots: [DDT]" in out
    assert "years: [2024, 2025]" in out
    assert "priority: 2" in out
    assert "row 1, column D: read “Remarques”; left out as you said (rows 2)" in err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--map", "Quoi=text"), "the table has no column “quoi”"),
        (("--map", "Ce qui est fait=texte"), "a column can't be taken for “texte”"),
        (("--map", "Ce qui est fait"), "isn't NAME=VALUE"),
        (("--default", "number=2"), "empty cells of “number” stay empty"),
        (("--date", "hier"), "“hier” is no day"),
    ],
)
def test_options_that_say_nothing_are_usage_errors(
    plancli: Typed, town: str, options: tuple[str, ...], told: str
) -> None:
    base = ("--map", "Ce qui est fait=text,Par quel service=pilots") if "--map" not in options else ()
    code, out, err = plancli("import", town, *base, *options)
    assert (code, out) == (2, "")
    assert told in err


def test_strict_writes_nothing_where_anything_is_told(plancli: Typed, tmp_path: Path) -> None:
    table, plan = tmp_path / "t.csv", tmp_path / "plan.yaml"
    table.write_text("N°;Action;Pilote;Échéance\n1;Agir;DDT;fin d'année 2024\n", "utf-8")
    code, out, err = plancli("import", str(table), "--strict", "--output", str(plan))
    assert (code, out) == (1, "")
    assert "1 thing was told, nothing is written" in err
    assert not plan.exists()
    table.write_text("N°;Action;Pilote;Échéance\n1;Agir;DDT;2024\n", "utf-8")
    assert plancli("import", str(table), "--strict", "--output", str(plan)).code == 0
    assert plan.exists()


def test_explain_shows_how_columns_are_taken_and_writes_nothing(plancli: Typed, tmp_path: Path) -> None:
    table, plan = tmp_path / "t.csv", tmp_path / "plan.yaml"
    table.write_text(TOWN, "utf-8")
    code, out, _err = plancli("import", str(table), "--explain", "--output", str(plan))
    assert code == 0
    assert not plan.exists()
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "D Porteur pilots Service habitat" in lines
    assert "H Budget a field of its own (number) 12 000 €" in lines
    assert "Statuses À venir · En cours · Réalisé (closed) · Abandonné (closed)" in lines
    assert "Pilots Service habitat" in lines


def test_what_is_imported_is_canonical(plancli: Typed, tmp_path: Path) -> None:
    table, plan = tmp_path / "t.csv", tmp_path / "plan.yaml"
    table.write_text(TOWN, "utf-8")
    assert plancli("import", str(table), "--output", str(plan), "--date", "30/06/2025").code == 0
    assert plancli("fmt", "--check", str(plan)).code == 0
    assert 'date: "2025-06-30"' in plan.read_text("utf-8")


def test_a_number_that_comes_again_is_that_of_the_level_beside_it() -> None:
    plan = plan_of("No.,Commitment,Milestone\n1,Be open,1.1 Publish\n1,Be open,1.2 Train\n2,Be fair,2.1 Ask\n")
    assert titles(plan.groups) == [(1, "Be open"), (2, "Be fair")]
    assert values(plan, "number", "code", "text") == [
        (1, "1.1", "Publish"),
        (2, "1.2", "Train"),
        (3, "2.1", "Ask"),
    ]


def test_the_day_in_the_heading_of_statuses() -> None:
    plan = plan_of("Action;Pilote;État d'avancement au 31/12/2024\nAgir;DDT;En cours\n")
    assert [(each.date, each.status) for each in plan.actions[0].progress] == [("2024-12-31", "En cours")]


def test_marked_parts_of_years_are_kept_in_words() -> None:
    plan = plan_of("Action;Pilote;S1 2024;S2 2024;S1 2025\nUn;DDT;X;X;\nDeux;DDT;;;x")
    assert values(plan, "years", "when") == [((2024,), "S1 2024 · S2 2024"), ((2025,), "S1 2025")]


@pytest.mark.parametrize("code", ["P1-L1-M1", "CH-001", "FA_12", "2.1.a", "R1"])
def test_references_of_letters_and_numbers_are_codes(code: str) -> None:
    assert values(plan_of(f"Réf.;Action;Pilote\n{code};Agir;DDT\n"), "code") == [(code,)]


def test_a_heading_that_begins_with_action_names_the_texts() -> None:
    plan = plan_of("Recommandation;Action corrective;Responsable;Date prévue\nR1 - Sécuriser;Former;DSI;2025\n")
    assert values(plan, "text", "years") == [("Former", (2025,))]
    assert titles(plan.groups) == [("R1", "Sécuriser")]


def test_priorities_that_begin_with_p0_are_words() -> None:
    head = "N°;Action;Pilote;Année;Priorité;Échéance;Remarque\n"
    rows = "1;Un;OPS;2025;P0;;\n2;Deux;OPS;2025;P1;;x\n3;Trois;NET;2025;P1;;y\n4;Quatre;NET;2026;P0;2026;"
    plan = plan_of(head + rows)
    assert plan.priorities == ("P0", "P1")
    assert values(plan, "priority", "due") == [("P0", None), ("P1", None), ("P1", None), ("P0", "2026")]
    assert plan_of((head + rows).replace("P0", "P2")).priorities == (1, 2)


@pytest.mark.parametrize("words", [["P0", "P1"], ["P1", "P2"], ["1", "2"], ["P1", "urgent"]])
def test_words_of_priorities_come_back_from_csv(words: list[str]) -> None:
    data = {
        "title": "Plan",
        "language": "fr",
        "period": {"start": 2025, "end": 2026},
        "levels": [],
        "priorities": words,
        "directorates": {"OPS": None},
        "actions": [
            {"number": at, "text": "Faire.", "pilots": ["OPS"], "associated": [], "years": [], "priority": word}
            for at, word in enumerate((*words, words[0]), 1)
        ],
    }
    plan = read_plan(data)
    table = export(make_request(plan, plan.actions, "plan.yaml"), "plan.csv")
    assert [str(action.priority) for action in plan_of(table).actions] == [*words, words[0]]
