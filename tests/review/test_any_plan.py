"""What two plans of any shape differ in: levels, codes, words, declared fields, and what was reported."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from plancli.output.views.changes import entry_words
from plancli.plan.document import read_document
from plancli.plan.model import Plan, read_plan
from plancli.review.change import attributes_of
from plancli.review.diff.comparison import compare
from plancli.review.diff.matching import matches

TEXT = """
title: Plan climat
language: fr
period: {start: 2024, end: 2027}
levels: [axe, objectif]
priorities: [haute, moyenne, basse]
statuses:
  à venir:
  en cours:
  réalisé: {closed: true}
fields:
  budget: {label: Budget (€ HT), type: number}
  risque: {label: Risque, type: choice, values: [faible, fort]}
  etapes: {label: Étapes, type: list}
  bilan: {label: Bilan, type: text}
directorates: {ATMO: , MAIRIE: , REGION: }
orientations:
  - number: 1
    title: Se loger sans gaspiller
    measures:
      - number: 1
        title: Rénover les écoles
        actions:
          - number: 1
            code: "1.1.1"
            text: Isoler les quatre groupes scolaires les plus énergivores.
            pilots: [MAIRIE]
            associated: [ATMO]
            years: [2024, 2025]
            due: "2025-06-30"
            priority: haute
            fields:
              budget: 12000
              risque: fort
              etapes: [Études, Travaux]
              bilan: Les études sont faites partout.
            progress:
              - {date: "2024-09-12", status: en cours, by: MAIRIE}
          - number: 2
            text: Régler et suivre à distance les chaufferies des écoles.
            pilots: [MAIRIE]
            associated: []
            years: [2025]
            priority: haute
            fields: {budget: 500}
      - number: 2
        title: Accompagner les copropriétés
        actions:
          - number: 3
            text: Ouvrir un guichet pour les copropriétés fragiles.
            pilots: [REGION]
            associated: []
            years: [2026]
            priority: basse
  - number: 2
    title: Se déplacer autrement
    measures:
      - number: 1
        title: Donner sa place au vélo
        actions:
          - number: 4
            text: Aménager douze kilomètres de pistes cyclables.
            pilots: [MAIRIE]
            associated: [REGION]
            years: [2024, 2025, 2026]
            priority: moyenne
            progress:
              - {date: "2025-01-10", status: à venir, note: Études lancées.}
actions:
  - number: 5
    text: Publier chaque année un bilan des émissions de la commune.
    pilots: [ATMO]
    associated: []
    years: [2024]
    priority: basse
"""
DATA: dict[str, Any] = read_document(TEXT.encode(), "plan.yaml").data

Edit = Callable[[dict[str, Any]], object]


def action(data: Any, number: int) -> dict[str, Any]:
    """Return an action of a plan by its number."""
    if isinstance(data, dict) and data.get("number") == number and "text" in data:
        return data
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return next((found for each in inner if (found := action(each, number))), {})


def facts(edit: Edit) -> list[tuple[Any, ...]]:
    """Return what an edit comes to: kind, action, field, old, new."""
    data = deepcopy(DATA)
    edit(data)
    found = compare(read_plan(DATA), read_plan(data))
    return [(each.kind.value, each.action, each.field, each.old, each.new) for each in found]


def objectives(data: dict[str, Any], axis: int) -> list[dict[str, Any]]:
    return list(data["orientations"][axis]["measures"])


def test_a_value_of_each_type_is_a_fact_and_the_order_of_a_list_is_layout() -> None:
    def edit(data: dict[str, Any]) -> None:
        action(data, 1)["fields"] = {
            "budget": 15000,
            "risque": "faible",
            "etapes": ["Travaux", "Études"],
            "bilan": "Les études sont finies partout.",
        }
        action(data, 2)["due"] = "2025-12"
        del action(data, 2)["fields"]

    assert facts(edit) == [
        ("changed", 1, "budget", 12000, 15000),
        ("changed", 1, "risque", "fort", "faible"),
        ("changed", 1, "bilan", "Les études sont faites partout.", "Les études sont finies partout."),
        ("changed", 2, "due", None, "2025-12"),
        ("changed", 2, "budget", 500, None),
    ]


def test_a_field_that_is_declared_renamed_or_dropped_is_one_fact() -> None:
    def rename(data: dict[str, Any]) -> None:
        data["fields"] = {
            "cout" if key == "budget" else key: value | ({"label": "Coût (€ HT)"} if key == "budget" else {})
            for key, value in data["fields"].items()
        }
        for number in (1, 2):
            values = action(data, number)["fields"]
            values["cout"] = values.pop("budget")

    entry = (("key", "budget"), ("label", "Budget (€ HT)"), ("type", "number"))
    renamed = (("key", "cout"), ("label", "Coût (€ HT)"), ("type", "number"))
    assert facts(rename) == [("declared", None, "fields", entry, renamed)]

    def drop(data: dict[str, Any]) -> None:
        del data["fields"]["budget"]
        for number in (1, 2):
            del action(data, number)["fields"]["budget"]

    assert facts(drop) == [("declared", None, "fields", entry, None)]
    back = deepcopy(DATA)
    drop(back)
    found = compare(read_plan(back), read_plan(DATA))
    assert [(each.kind.value, each.new, each.affected) for each in found] == [("declared", entry, 2)]


def test_a_value_that_changes_while_its_field_is_renamed_is_told() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["fields"] = {"cout" if key == "bilan" else key: value for key, value in data["fields"].items()}
        action(data, 1)["fields"]["cout"] = action(data, 1)["fields"].pop("bilan")
        action(data, 1)["fields"]["budget"] = 7

    kinds = [(kind, field, new) for kind, _action, field, _old, new in facts(edit)]
    assert ("changed", "budget", 7) in kinds
    assert len(kinds) == 2


def test_a_renamed_priority_choice_or_status_is_one_fact() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["priorities"] = ["élevée", "moyenne", "basse"]
        data["statuses"] = {"prévu": None, "en cours": None, "réalisé": {"closed": True}}
        data["fields"]["risque"]["values"] = ["faible", "élevé"]
        for number in (1, 2):
            action(data, number)["priority"] = "élevée"
        action(data, 1)["fields"]["risque"] = "élevé"
        action(data, 4)["progress"][0]["status"] = "prévu"

    assert [(kind, field) for kind, _action, field, _old, _new in facts(edit)] == [
        ("declared", "priorities"),
        ("declared", "statuses"),
        ("declared", "fields"),
    ]


def test_an_action_that_gets_another_priority_beside_is_told() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["priorities"] = ["élevée", "moyenne", "basse"]
        for number in (1, 2):
            action(data, number)["priority"] = "élevée"
        action(data, 3)["priority"] = "élevée"

    assert facts(edit)[0] == ("changed", 3, "priority", "basse", "élevée")
    assert len(facts(edit)) == 2


def test_priorities_that_are_dropped_are_one_fact() -> None:
    def edit(data: dict[str, Any]) -> None:
        del data["priorities"]
        for number in range(1, 6):
            del action(data, number)["priority"]

    assert facts(edit) == [("declared", None, "priorities", ("haute", "moyenne", "basse"), None)]


def test_a_renamed_level_is_one_fact() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["levels"] = ["axe", "cible"]

    assert facts(edit) == [("declared", None, "levels", ("axe", "objectif"), ("axe", "cible"))]


def test_another_plural_of_a_level_is_one_fact() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["levels"] = ["axe", {"name": "objectif", "plural": "objectifs visés"}]

    assert facts(edit) == [
        ("declared", None, "levels", ("axe", "objectif"), ("axe", "objectif (objectifs visés)"))
    ]


def test_a_level_that_is_dropped_is_told_with_its_groups_and_not_by_action() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["levels"] = ["axe"]
        for axis in data["orientations"]:
            axis["actions"] = [each for group in axis.pop("measures") for each in group["actions"]]

    assert [(kind, field) for kind, _action, field, _old, _new in facts(edit)] == [
        ("declared", "levels"),
        *[("declared", "measures")] * 3,
    ]


def test_an_action_moves_between_levels_and_to_the_top() -> None:
    def edit(data: dict[str, Any]) -> None:
        first, second = objectives(data, 0)
        data["actions"].append(first["actions"].pop())
        data["orientations"][1]["actions"] = [second["actions"].pop()]

    assert facts(edit) == [("moved", 2, "groups", (1, 1), ()), ("moved", 3, "groups", (1, 2), (2,))]


def test_groups_that_share_a_number_stay_themselves_when_they_move() -> None:
    def edit(data: dict[str, Any]) -> None:
        moved = data["orientations"][0]["measures"].pop(0)
        moved["number"] = 2
        data["orientations"][0]["measures"][0]["number"] = 1
        data["orientations"][1]["measures"].append(moved)

    assert [(kind, field, old, new) for kind, _action, field, old, new in facts(edit) if kind == "moved"] == [
        ("moved", "groups", (1,), (2,))
    ]
    assert not [fact for fact in facts(edit) if fact[1] is not None]


def test_an_objective_becomes_an_axis() -> None:
    def edit(data: dict[str, Any]) -> None:
        moved = data["orientations"][0]["measures"].pop(1)
        data["orientations"].append(moved | {"number": 3})

    assert [(kind, field, old, new) for kind, _action, field, old, new in facts(edit) if kind == "moved"] == [
        ("moved", "groups", (1,), ())
    ]


def test_an_action_with_a_code_stays_itself_under_another_number_and_in_other_words() -> None:
    def edit(data: dict[str, Any]) -> None:
        action(data, 1)["text"] = "Isoler six groupes scolaires parmi les plus énergivores."
        action(data, 1)["number"] = 9

    assert [(kind, number) for kind, number, *_rest in facts(edit)] == [("renumbered", 9), ("changed", 9)]


def test_entries_are_reported_corrected_or_withdrawn_and_their_order_is_layout() -> None:
    def edit(data: dict[str, Any]) -> None:
        new = {"date": "2025-06-30", "status": "réalisé", "source": "https://example.org/pv"}
        action(data, 1)["progress"].insert(0, new)
        action(data, 4)["progress"][0]["note"] = "Études rendues."

    assert facts(edit) == [
        ("reported", 1, "progress", None, tuple(action(_edited(edit), 1)["progress"][0].items())),
        (
            "reported",
            4,
            "progress",
            (("date", "2025-01-10"), ("status", "à venir"), ("note", "Études lancées.")),
            (("date", "2025-01-10"), ("status", "à venir"), ("note", "Études rendues.")),
        ),
    ]

    def withdraw(data: dict[str, Any]) -> None:
        del action(data, 4)["progress"]

    assert [(kind, number, new) for kind, number, _field, _old, new in facts(withdraw)] == [("reported", 4, None)]


def test_two_entries_that_say_the_same_under_other_dates_keep_their_order() -> None:
    def plan(*dates: str) -> Plan:
        data = deepcopy(DATA)
        action(data, 4)["progress"] = [{"date": date, "note": "Comité réuni."} for date in dates]
        return read_plan(data)

    changes = compare(plan("2024-01-01", "2024-02-01"), plan("2024-01-02", "2024-02-02"))
    dates = [(attributes_of(each.old)["date"], attributes_of(each.new)["date"]) for each in changes]
    assert dates == [("2024-01-01", "2024-01-02"), ("2024-02-01", "2024-02-02")]


def test_a_report_on_a_year_is_told_as_of_its_last_day() -> None:
    before, after = deepcopy(DATA), deepcopy(DATA)
    action(before, 1)["progress"].append({"date": "2024", "status": "réalisé"})
    action(after, 1)["progress"] += [
        {"date": "2024", "status": "réalisé"},
        {"date": "2025", "status": "réalisé"},
        {"date": "2024-10", "status": "en cours", "note": "Les travaux avancent."},
    ]
    told = compare(read_plan(before), read_plan(after))
    said = [entry_words(change) for change in told]
    assert said == [("en cours (Oct 2024)", "Les travaux avancent."), ("réalisé (2025)",)]


def _edited(edit: Edit) -> dict[str, Any]:
    data = deepcopy(DATA)
    edit(data)
    return data


@pytest.mark.parametrize("value", [5, True, "Études"])
def test_a_list_that_becomes_a_value_of_another_type_is_one_change(value: object) -> None:
    def edit(data: dict[str, Any]) -> None:
        action(data, 1)["fields"]["etapes"] = value

    assert facts(edit) == [("changed", 1, "etapes", ("Études", "Travaux"), value)]


def many(texts: list[str], first: int, priority: str) -> Plan:
    """Return a plan of some actions, numbered from ``first``."""
    own = {"pilots": ["ATMO"], "associated": [], "years": [2024], "priority": priority}
    data = deepcopy(DATA)
    data["actions"] = [{"number": first + at, "text": text, **own} for at, text in enumerate(texts)]
    return read_plan(data)


def test_of_many_actions_of_nearly_one_text_each_has_another_half() -> None:
    text = (
        "Former les agents de chaque commune à la prévention des impayés et des expulsions locatives dès l'année"
    )
    old = many([f"{text} {2000 + at}." for at in range(12)], 100, "haute")
    new = many([f"{text} {3000 + at}." for at in range(12)], 300, "basse")
    found = matches(old, new)
    assert all(before and after for way in found.ways for before, after in way.actions)
    assert len(found.ways) > 12


def test_many_pairs_of_twins_are_varied_one_at_a_time() -> None:
    texts = [" ".join(f"{letter}{at}" for at in range(12)) for letter in "abcdefgh"]
    old, new = (many([f"{text} {end}" for text in texts for end in ends], 100, "haute") for ends in ("wx", "yz"))
    found = matches(old, many([action.text for action in new.loose], 300, "haute"))
    assert all(before and after for way in found.ways for before, after in way.actions)
    assert len(found.ways) == 1 + len(texts)


def test_a_word_that_no_action_had_has_another_name_where_it_stands_at_the_same_place() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["statuses"] = {"à venir": None, "en cours": None, "fini": {"closed": True}}

    old, new = ((("status", name), ("closed", True)) for name in ("réalisé", "fini"))
    assert facts(edit) == [("declared", None, "statuses", old, new)]


def test_an_action_stays_where_it_is_when_a_level_comes_in_around_it() -> None:
    def edit(data: dict[str, Any]) -> None:
        data["levels"] = ["axe", "objectif", "chantier"]
        objective = objectives(data, 0)[0]
        objective["measures"] = [{"number": 1, "title": "Tout", "actions": objective.pop("actions")}]

    assert {kind for kind, number, *_rest in facts(edit) if number} == set()
