"""Queries on a small plan: what each filter matches, and what is said of a value that isn't known."""

from typing import Any

import pytest

from plancli.cli.options import Filters
from plancli.errors import Usage
from plancli.plan.model import Level, Plan, read_plan
from plancli.plan.query import FACETS, counted, facets_of, make_query
from plancli.plan.query.targets import find_targets


def action(
    number: int, text: str, pilots: str, associated: str, years: list[int], priority: int
) -> dict[str, Any]:
    return {
        "number": number,
        "text": text,
        "pilots": pilots.split(),
        "associated": associated.split(),
        "years": years,
        "priority": priority,
    }


PLAN: Plan = read_plan(
    {
        "title": "Un plan",
        "language": "fr",
        "period": {"start": 2021, "end": 2023},
        "priorities": [1, 2],
        "directorates": {
            "DIHAL": {"name": "Délégation au logement", "ministry": "Logement"},
            "DHUP": {"name": "Direction de l'habitat", "ministry": "Logement"},
            "DGTrésor": {"ministry": "Économie, Finances"},
            "DSJ": {"ministry": "Justice"},
        },
        "orientations": [
            {
                "number": 1,
                "title": "Une",
                "measures": [
                    {
                        "number": 1,
                        "title": "Mesure préparatoire",
                        "actions": [
                            action(1, "Réunir les préfets, d’abord.", "DIHAL", "", [2021], 1),
                            action(2, "Mettre en œuvre la CCAPEX.", "DHUP DIHAL", "DSJ", [2021, 2022], 2),
                        ],
                    },
                    {"number": 2, "title": "M2", "actions": [action(4, "Payer.", "DIHAL", "DGTrésor", [2022], 1)]},
                ],
            },
            {
                "number": 2,
                "title": "Deux",
                "measures": [
                    {
                        "number": 3,
                        "title": "M3",
                        "actions": [action(5, "Suivre, enfin.", "DHUP", "DHUP", [2023], 2)],
                    }
                ],
            },
        ],
        "glossary": {"CCAPEX": "commission"},
    }
)


def numbers(**typed: str | list[str]) -> list[int]:
    raw = {name: [value] if isinstance(value, str) else value for name, value in typed.items()}
    return [action.number for action in make_query(PLAN, raw).select(PLAN)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({}, [1, 2, 4, 5]),
        ({"directorate": "DSJ"}, [2]),
        ({"directorate": "DHUP"}, [2, 5]),
        ({"pilot": "DHUP"}, [2, 5]),
        ({"associated": "DHUP"}, [5]),
        ({"directorate": "dsj"}, [2]),
        ({"directorate": "dgtresor"}, [4]),
        ({"directorate": "DGTRÉSOR"}, [4]),
        ({"directorate": "DSJ,DGTrésor"}, [2, 4]),
        ({"directorate": ["DSJ", "DGTrésor"]}, [2, 4]),
        ({"directorate": " DSJ , DGTrésor,"}, [2, 4]),
        ({"directorate": "DIHAL", "pilot": "DHUP"}, [2]),
        ({"year": "2022"}, [2, 4]),
        ({"year": "2021,2023"}, [1, 2, 5]),
        ({"calendar": "2022"}, [4]),
        ({"calendar": "2021-2022"}, [2]),
        ({"calendar": "2021,2021-2022"}, [1, 2]),
        ({"calendar": "2021+2023"}, []),
        ({"calendar": "2021-2023"}, []),
        ({"priority": "1"}, [1, 4]),
        ({"priority": "1,2"}, [1, 2, 4, 5]),
        ({"orientation": "2"}, [5]),
        ({"measure": "1,3"}, [1, 2, 5]),
        ({"text": "prefets"}, [1]),
        ({"text": "d'abord"}, [1]),
        ({"text": "en OEUVRE"}, [2]),
        ({"text": "Suivre, enfin"}, [5]),
        ({"text": ["payer", "ccapex"]}, [2, 4]),
        ({"text": "CCAPEX oeuvre"}, []),
        ({"priority": "1", "year": "2022"}, [4]),
        ({"directorate": "DSJ", "year": "2023"}, []),
        ({"ministry": "justice"}, [2]),
        ({"ministry": "logement,Justice"}, [1, 2, 4, 5]),
        ({"ministry": "Économie, Finances"}, [4]),
        ({"ministry": "economie, finances"}, [4]),
        ({"ministry": "none"}, []),
        ({"all_of": "DHUP,DSJ"}, [2]),
        ({"all_of": ["DIHAL", "DGTrésor"]}, [4]),
        ({"without": "DIHAL"}, [5]),
        ({"without": "DSJ,DGTrésor"}, [1, 5]),
        ({"associated": "none"}, [1]),
        ({"associated": "none,DSJ"}, [1, 2]),
        ({"associated": "None"}, [1]),
        ({"pilot": "none"}, []),
        ({"calendar": "none"}, []),
        ({"text": "PREPARATOIRE"}, [1, 2]),
        ({"text": ["preparatoire", "payer"]}, [1, 2, 4]),
    ],
)
def test_filters_of_a_query(typed: dict[str, str | list[str]], found: list[int]) -> None:
    assert numbers(**typed) == found


MINISTRIES = "Logement, Économie, Finances, Justice"


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        (
            {"directorate": "DHPU"},
            "unknown directorate DHPU. Did you mean DHUP?",
            "Codes: plancli directorates",
        ),
        ({"pilot": "XYZW"}, "unknown directorate XYZW", "Codes: plancli directorates"),
        (
            {"directorate": "habitat"},
            "unknown directorate habitat. Did you mean DHUP?",
            "Codes: plancli directorates",
        ),
        (
            {"directorate": "DSJ DHUP"},
            "unknown directorate DSJ DHUP. Did you mean -d DSJ,DHUP?",
            "Codes: plancli directorates",
        ),
        ({"directorate": "2022"}, "2022 is a year, not a directorate. Did you mean -y 2022?", ""),
        (
            {"pilot": "2021-2022"},
            "2021-2022 is a calendar, not a directorate. Did you mean --calendar 2021-2022?",
            "",
        ),
        ({"directorate": "4"}, "4 is an action, not a directorate. Did you mean plancli show 4?", ""),
        (
            {"directorate": "ccapex"},
            "ccapex is an acronym of the texts, not a directorate. Did you mean -t CCAPEX?",
            "",
        ),
        (
            {"ministry": "economie"},
            f'unknown ministry economie ({MINISTRIES}). Did you mean "Économie, Finances"?',
            "",
        ),
        ({"ministry": "la justice"}, f"unknown ministry la justice ({MINISTRIES}). Did you mean Justice?", ""),
        ({"priority": "DHUP"}, "DHUP is a directorate, not a priority (1, 2). Did you mean -d DHUP?", ""),
        (
            {"priority": "dgtresor"},
            "dgtresor is a directorate, not a priority (1, 2). Did you mean -d DGTrésor?",
            "",
        ),
        ({"priority": "2022"}, "2022 is a year, not a priority (1, 2). Did you mean -y 2022?", ""),
        ({"priority": "P1"}, "unknown priority P1 (1, 2). Did you mean 1?", ""),
        ({"priority": "3"}, "unknown priority 3 (1, 2)", ""),
        (
            {"year": "2021-2022"},
            "2021-2022 is a calendar, not a year (2021-2023). Did you mean --calendar 2021-2022?",
            "",
        ),
        ({"year": "2031"}, "unknown year 2031 (2021-2023)", ""),
        ({"year": "22"}, "unknown year 22 (2021-2023). Did you mean 2022?", ""),
        ({"year": "1"}, "1 is a priority, not a year (2021-2023). Did you mean -p 1?", ""),
        ({"year": "DSJ"}, "DSJ is a directorate, not a year (2021-2023). Did you mean -d DSJ?", ""),
        (
            {"calendar": "2022-2021"},
            "unknown calendar 2022-2021 (2021, 2022, 2023, 2021-2022). Did you mean 2021-2022?",
            "",
        ),
        (
            {"calendar": "2021-2031"},
            "unknown calendar 2021-2031 (2021, 2022, 2023, 2021-2022). Did you mean 2021-2022?",
            "",
        ),
        ({"calendar": "jamais"}, "unknown calendar jamais (2021, 2022, 2023, 2021-2022)", ""),
        ({"orientation": "3"}, "3 is a measure, not an orientation (1, 2). Did you mean --measure 3?", ""),
        ({"measure": "12"}, "unknown measure 12 (1-3)", ""),
        ({"measure": "DSJ"}, "DSJ is a directorate, not a measure (1-3). Did you mean -d DSJ?", ""),
        ({"priority": "9" * 5000}, f"unknown priority {'9' * 59}… (1, 2)", ""),
        ({"priority": "²"}, "unknown priority ² (1, 2)", ""),
        ({"directorate": "aucun"}, "unknown directorate aucun. Did you mean none?", "Codes: plancli directorates"),
        ({"code": "A1"}, "the plan has no code: nothing to ask --code for", ""),
        ({"directorate": ""}, "-d needs a value", ""),
        ({"directorate": " , "}, "-d needs a value", ""),
        ({"text": " "}, "-t needs a value", ""),
        (
            {"directorate": "DSJ,DHPU"},
            "unknown directorate DHPU. Did you mean DHUP?",
            "Codes: plancli directorates",
        ),
    ],
)
def test_slips_in_a_query_are_refused_with_a_hint(typed: dict[str, str], message: str, hint: str) -> None:
    with pytest.raises(Usage) as refused:
        numbers(**typed)
    assert (refused.value.message, refused.value.hint) == (message, hint)


@pytest.mark.parametrize(
    ("levels", "hint"),
    [
        (None, "Fields: orientation, measure"),
        ((Level("axe", "axes"),), "Fields: axe"),
        ((), "The plan declares no fields or levels."),
    ],
)
def test_an_unknown_field_is_answered_with_those_there_are(levels: tuple[Level, ...] | None, hint: str) -> None:
    with pytest.raises(Usage) as refused:
        make_query(PLAN._replace(declared_levels=levels), {}, ["xyz=1"])
    assert (refused.value.message, refused.value.hint) == ("unknown field xyz", hint)


@pytest.mark.parametrize(
    ("typed", "own", "message"),
    [
        ({}, ["chantier=1"], "the plan has no chantier: nothing to ask -f chantier for"),
        ({"measure": "1"}, [], "the plan has no objectif: nothing to ask --measure for"),
        ({}, ["axe=2021"], "the plan has no axe: nothing to ask -f axe for. Did you mean -y 2021?"),
        ({"calendar": "2021"}, [], "the plan has no calendar: nothing to ask --calendar for"),
        ({}, ["etp=2"], "the plan has no ETP: nothing to ask -f etp for"),
    ],
)
def test_a_filter_that_finds_no_value_in_the_plan_says_so(
    typed: dict[str, str], own: list[str], message: str
) -> None:
    levels = tuple(Level(name, f"{name}s") for name in ("axe", "objectif", "chantier"))
    period = {"start": 2021, "end": 2022}
    plan = read_plan(
        {
            "title": "T",
            "language": "fr",
            "period": period,
            "fields": {"etp": {"label": "ETP", "type": "number"}},
            "directorates": {},
            "actions": [],
        }
    )
    with pytest.raises(Usage) as refused:
        make_query(plan._replace(declared_levels=levels), typed, own)
    assert refused.value.message == message


def test_each_option_that_filters_is_a_facet() -> None:
    assert {*(facet.name for facet in FACETS), "field"} == set(Filters.options())


def test_an_empty_answer_names_the_filters_that_emptied_it() -> None:
    query = make_query(
        PLAN,
        {"directorate": ["dsj", "dhup"], "calendar": ["2023,2021-2022"], "text": ["oeuvre la", "payer"]},
    )
    assert [(flag, len(each.select(PLAN))) for flag, each in query.single_filters()] == [
        ("-d DSJ,DHUP", 2),
        ("--calendar 2023,2021-2022", 2),
        ('-t "oeuvre la" -t payer', 2),
    ]


def test_an_action_answers_each_dimension() -> None:
    second = PLAN.actions[1]
    assert {each.name: each.values(second) for each in counted(facets_of(PLAN))} == {
        "orientation": (1,),
        "measure": (1,),
        "directorate": ("DHUP", "DIHAL", "DSJ"),
        "pilot": ("DHUP", "DIHAL"),
        "associated": ("DSJ",),
        "year": (2021, 2022),
        "calendar": ("2021-2022",),
        "priority": (2,),
        "ministry": ("Logement", "Justice"),
    }


def test_years_that_stand_in_another_order_or_twice_are_the_same_calendar() -> None:
    (orientation, _other) = PLAN.groups
    (measure, _second) = orientation.groups
    first, second = measure.actions
    actions = (first._replace(years=(2021, 2021)), second._replace(years=(2022, 2021)))
    mixed = orientation._replace(groups=(measure._replace(loose=actions),))
    plan = PLAN._replace(groups=(mixed,))
    assert [each.number for each in make_query(plan, {"calendar": ["2021-2022"]}).select(plan)] == [2]
    assert [each.number for each in make_query(plan, {"calendar": ["2021"]}).select(plan)] == [1]
    year = next(each for each in counted(facets_of(PLAN)) if each.name == "year")
    assert [year.values(each) for each in actions] == [(2021,), (2021, 2022)]
    with pytest.raises(Usage, match=r"unknown calendar x \(2021, 2021-2022\)"):
        make_query(plan, {"calendar": ["x"]})


def test_words_that_fold_to_nothing_are_no_filter() -> None:
    for nothing in ("´", "\u0301", "\u200b"):
        with pytest.raises(Usage, match="-t needs a value"):
            make_query(PLAN, {"text": [nothing]})


def test_several_says_whether_an_action_may_have_more_than_one_value() -> None:
    for each in counted(facets_of(PLAN)):
        assert each.several or all(len(each.values(action)) == 1 for action in PLAN.actions)


def test_a_code_that_reads_as_none_is_the_code() -> None:
    named = PLAN._replace(directorates=(PLAN.directorates[0]._replace(code="NONE"), *PLAN.directorates[1:]))
    query = make_query(named, {"directorate": ["none"]})
    assert [asked for _facet, asked in query.filters] == [("NONE",)]


@pytest.mark.parametrize("typed", ["urgent", "URGENT"])
def test_of_words_that_differ_in_case_only_the_one_typed_is_meant(typed: str) -> None:
    data = {
        "title": "Un plan",
        "language": "fr",
        "period": {"start": 2021, "end": 2021},
        "fields": {"etat": {"type": "choice", "values": ["urgent", "URGENT"]}},
        "directorates": {},
        "actions": [
            {
                "number": 1,
                "text": "Un.",
                "pilots": [],
                "associated": [],
                "years": [2021],
                "fields": {"etat": "urgent"},
            },
            {
                "number": 2,
                "text": "Deux.",
                "pilots": [],
                "associated": [],
                "years": [],
                "fields": {"etat": "URGENT"},
            },
        ],
    }
    plan = read_plan(data)
    (found,) = make_query(plan, {}, [f"etat={typed}"]).select(plan)
    assert found.value("etat") == typed
    assert len(make_query(plan, {}, ["etat=Urgent"]).select(plan)) == 2


@pytest.mark.parametrize(("typed", "numbers"), [("A1", [1]), ("a1", [2]), ("Á1", [1, 2]), ("2", [2])])
def test_of_group_codes_that_differ_in_case_only_the_one_typed_is_meant(typed: str, numbers: list[int]) -> None:
    action = {"text": "Un.", "pilots": [], "associated": [], "years": []}
    data = {
        "title": "Un plan",
        "language": "fr",
        "period": {"start": 2021, "end": 2021},
        "levels": ["axe"],
        "directorates": {},
        "orientations": [
            {"number": 1, "code": "A1", "title": "Un", "actions": [{"number": 1, **action}]},
            {"number": 2, "code": "a1", "title": "Deux", "actions": [{"number": 2, **action}]},
        ],
    }
    plan = read_plan(data)
    assert [each.number for each in make_query(plan, {}, [f"axe={typed}"]).select(plan)] == numbers


@pytest.mark.parametrize(("typed", "numbers"), [("É", [2]), ("E\u0301", [2]), ("E", [1]), ("é", [1, 2])])
def test_an_accent_that_is_a_character_of_its_own_is_the_same_letter(typed: str, numbers: list[int]) -> None:
    action = {"text": "Un.", "associated": [], "years": []}
    data = {
        "title": "Un plan",
        "language": "fr",
        "period": {"start": 2021, "end": 2021},
        "directorates": {"E": {"name": "Eau"}, "É": {"name": "Énergie"}},
        "actions": [{"number": 1, "pilots": ["E"], **action}, {"number": 2, "pilots": ["É"], **action}],
    }
    plan = read_plan(data)
    assert [each.number for each in make_query(plan, {"directorate": [typed]}).select(plan)] == numbers
    shown = find_targets(plan, [typed], str)
    assert [each.code for each in shown] == ["E" if number == 1 else "É" for number in numbers]
