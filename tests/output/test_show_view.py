"""Actions and directorates, whole; the register; the opening screen."""

import json

from plancli.i18n import use_language
from plancli.output.views.welcome import welcome_view
from plancli.plan.model import Plan
from tests.output.conftest import Ask
from tests.output.made_plans import action, made, shown


def test_an_action_in_json(published: Plan, ask: Ask) -> None:
    (given,) = json.loads(ask(published, "show 3 --format json").out)
    listed = json.loads(ask(published, "list --measure 1 --format json").out)[2]
    more = ["orientation_title", "measure_title", "roles", "acronyms", "source_notes"]
    assert list(given) == [*listed, *more]
    assert {key: given[key] for key in listed} == listed
    assert [(each["code"], each["role"]) for each in given["roles"]] == [
        ("DIHAL", "pilot"),
        ("DSE", "associated"),
        ("DSJ", "associated"),
        ("DLPAJ", "associated"),
        ("DMAT", "associated"),
    ]
    assert given["roles"][0]["actions"] == 31
    assert given["source_notes"][0] == {
        "field": "text",
        "source": "Etudier",
        "note": "capitale sans accent, tel que publié",
    }


def test_only_acronyms_of_the_text_are_expanded(ask: Ask) -> None:
    plan = made(
        action(1, "Le SI de la CAF."), glossary={"SIREN": "x", "CAF": "caisse", "SI": "système", "AF": "y"}
    )
    assert ask(plan, "show 1", columns=80).lines[-2:] == [" Acronyms  CAF  caisse", "           SI   système"]


def test_a_code_without_a_name_shows_its_note(ask: Ask) -> None:
    plan = made(action(1, pilots=["AA", "BB"]), directorates={"AA": {"note": "Inconnu."}, "BB": None})
    assert ask(plan, "show 1", columns=80).lines[-2:] == [" Pilots  AA  Inconnu.", "         BB"]


def test_a_note_is_quoted_as_the_plan_s_language_does(ask: Ask) -> None:
    notes = [{"action": 1, "field": "years", "source": "2020", "note": "odd"}]
    assert (
        ask(made(action(1), source_notes=notes), "show 1", columns=80).lines[-1]
        == " Source  years  « 2020 » : odd"
    )
    english = made(action(1), source_notes=notes, language="en")
    assert ask(english, "show 1", columns=80).lines[-1] == ' Source  years  "2020": odd'


def test_a_note_without_field_or_source_is_said_as_it_is(ask: Ask) -> None:
    plan = made(action(1), source_notes=[{"action": 1, "note": "odd"}])
    assert ask(plan, "show 1", columns=80).lines[-1] == " Source      odd"


def test_several_subjects_stand_apart(published: Plan, ask: Ask) -> None:
    lines = ask(published, "show 6 12", columns=80).lines
    at = lines.index(" Action 12 · priority 1 · 2021")
    assert lines[at - 2 : at] == ["", ""]


def test_two_blank_lines_part_a_directorate_without_actions_from_what_follows(ask: Ask) -> None:
    plan = made(action(1), directorates={"AA": None, "BB": None})
    assert " priority 2: 0\n\n\n AA\n" in ask(plan, "show BB AA", columns=80).out


def test_actions_and_directorates_are_two_tables_but_one_array(published: Plan, ask: Ask) -> None:
    given = json.loads(ask(published, "show 9 DSJ --format json").out)
    assert [next(iter(each)) for each in given] == ["number", "code"]
    assert ask(published, "show 9 DSJ --format csv").code == 2
    assert ask(published, "show 9 10 --format csv").lines[0].endswith("priority,orientation_title,measure_title")


def test_a_directorate_in_json(published: Plan, ask: Ask) -> None:
    (given,) = json.loads(ask(published, "show DSJ --format json").out)
    assert given["code"] == "DSJ"
    assert given["associated_in"] == [3, 8, 18, 19, 20, 28, 29]
    assert given["with"]["DACS"] == 6


def test_a_directorate_without_actions(ask: Ask) -> None:
    plan = made(action(1), directorates={"AA": None, "ZZ": {"name": "Rien", "note": "À part."}})
    assert ask(plan, "show ZZ", columns=80).lines == [
        " ZZ · Rien",
        " À part.",
        "",
        " 0 actions: pilot of 0, associated in 0 · cover 2021: 0 · cover 2022: 0",
        " priority 1: 0 · priority 2: 0",
    ]


def test_the_register_in_json_has_null_where_nothing_is_known(published: Plan, ask: Ask) -> None:
    given = json.loads(ask(published, "directorates --format json").out)
    assert [each["code"] for each in given][:4] == ["DIHAL", "DHUP", "DMAT", "DSJ"]
    assert given[-2] == {
        "code": "DSE",
        "name": None,
        "ministry": None,
        "note": "Sigle non identifié dans la source.",
        "pilot": 0,
        "associated": 1,
        "actions": 1,
    }


def test_the_register_counts_in_a_pipe(published: Plan, ask: Ask) -> None:
    assert len(ask(published, "directorates").lines) == 21


def test_opening_without_a_plan() -> None:
    lines = shown(welcome_view(None, None))
    assert lines[2] == " no plan here (data/plan.yaml, or a folder above): give one with --plan PATH"
    assert "  plancli list -d CODE -y YEAR     what CODE takes part in that covers YEAR" in lines
    assert lines[-1] == "All commands: plancli --help"


def test_opening_on_an_invalid_plan(published: Plan) -> None:
    assert shown(welcome_view("x.yaml", published, 2))[2] == " x.yaml · 2 errors: plancli validate"
    assert shown(welcome_view("x.yaml", None, 1))[2:5] == [" x.yaml · 1 error: plancli validate", "", "Ask"]


def test_opening_offers_the_plan_s_language_only_where_another_is_spoken(published: Plan) -> None:
    with use_language("fr"):
        assert "PLANCLI_LANG" not in shown(welcome_view("x", published))[-1]
    assert "PLANCLI_LANG=fr" in shown(welcome_view("x", published))[-1]
    assert "PLANCLI_LANG" not in shown(welcome_view("x", made(action(1), language="de")))[-1]


def test_opening_examples_exist_in_any_plan() -> None:
    lines = shown(welcome_view("x", made(action(7, years=[2021]))))
    assert "  plancli list -d AA -y 2021     what AA takes part in that covers 2021" in lines
    assert any(line.startswith("  plancli show 7 ") for line in lines)
    empty = made(orientations=[])
    assert any("CODE" in line for line in shown(welcome_view("x", empty)))
