"""Merges of plans of any shape: levels of any depth, declared fields, and what both sides reported."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from plancli.plan.document import read_document
from plancli.plan.writer import dump
from plancli.review.merge import MergeResult
from tests.review.merging import merged, told
from tests.review.test_any_plan import DATA, action

Edit = Callable[[dict[str, Any]], object]


def merge(ours: Edit, theirs: Edit, base: dict[str, Any] = DATA, shows_base: bool = False) -> MergeResult:
    sources = []
    for edit in (lambda _data: None, ours, theirs):
        data = deepcopy(base)
        edit(data)
        sources.append(dump(data).encode())
    return merged(*sources, shows_base=shows_base)


def clean(ours: Edit, theirs: Edit) -> dict[str, Any]:
    """Merge either way round, and give the plan that comes of it."""
    results = [merge(ours, theirs), merge(theirs, ours)]
    assert all(result.clean for result in results), told(results[0])
    first, second = (read_document(result.content, "plan.yaml").data for result in results)
    assert first == second
    return dict(first)


def both(*edits: Edit) -> Edit:
    def edit(data: dict[str, Any]) -> None:
        for each in edits:
            each(data)

    return edit


def report(number: int, **entry: Any) -> Edit:
    def edit(data: dict[str, Any]) -> None:
        action(data, number).setdefault("progress", []).append(entry)

    return edit


def test_entries_of_both_sides_are_united_oldest_first() -> None:
    ours = report(1, date="2025-06-30", status="réalisé", by="MAIRIE")
    theirs = report(1, date="2025-03-01", status="en cours", percent=60)
    found = action(clean(ours, theirs), 1)["progress"]
    assert [entry["date"] for entry in found] == ["2024-09-12", "2025-03-01", "2025-06-30"]


def test_entries_of_a_month_or_a_year_stand_at_its_last_day() -> None:
    ours = both(report(1, date="2025", note="Bilan."), report(1, date="2025-06-30", note="Comité."))
    theirs = both(report(1, date="2025-06", note="Point."), report(1, date="2025-11-15", status="en cours"))
    found = [entry["date"] for entry in action(clean(ours, theirs), 1)["progress"]]
    assert (found[0], found[3:]) == ("2024-09-12", ["2025-11-15", "2025"])
    assert sorted(found[1:3]) == ["2025-06", "2025-06-30"]
    result = merge(report(1, date="2025-06", status="en cours"), report(1, date="2025-06-30", status="réalisé"))
    assert told(result) == ["action 1.1.1, progress 2025-06: yours en cours, theirs réalisé"]


def test_an_entry_that_both_sides_reported_stands_once() -> None:
    one = report(3, date="2025-06-30", note="Guichet ouvert.")
    found = clean(both(one, report(5, date="2025-01-01")), one)
    assert action(found, 3)["progress"] == [{"date": "2025-06-30", "note": "Guichet ouvert."}]


def test_two_statuses_for_one_day_are_a_conflict_that_is_named() -> None:
    ours = report(1, date="2025-06-30", status="réalisé", by="MAIRIE")
    theirs = report(1, date="2025-06-30", status="en cours", by="ATMO")
    result = merge(ours, theirs)
    assert not result.clean
    assert told(result) == ["action 1.1.1, progress 2025-06-30: yours réalisé, theirs en cours"]
    text = result.content.decode()
    assert text.count("<<<<<<<") == 1
    assert '- date: "2025-06-30"' in text
    assert "2024-09-12" in text.partition("<<<<<<<")[0]


def test_of_several_statuses_for_one_day_none_is_lost() -> None:
    ours = report(1, date="2025-06-30", status="réalisé", note="Un.")
    second = report(1, date="2025-06-30", status="à venir", note="Deux.")
    third = report(1, date="2025-06-30", status="en cours", note="Trois.")
    for result in (merge(ours, both(second, third)), merge(both(second, third), ours)):
        assert not result.clean
        assert all(note in result.content.decode() for note in ("Un.", "Deux.", "Trois."))


def test_two_notes_for_one_day_are_no_conflict() -> None:
    found = clean(report(4, date="2025-06-30", note="Un."), report(4, date="2025-06-30", note="Deux."))
    assert len(action(found, 4)["progress"]) == 3


def test_an_edited_entry_replaces_and_a_removed_one_goes() -> None:
    def correct(data: dict[str, Any]) -> None:
        action(data, 1)["progress"][0]["percent"] = 10

    def withdraw(data: dict[str, Any]) -> None:
        del action(data, 4)["progress"]

    found = clean(both(correct, withdraw), report(1, date="2025-06-30", status="réalisé"))
    assert [entry.get("percent") for entry in action(found, 1)["progress"]] == [10, None]
    assert "progress" not in action(found, 4)


def test_an_entry_that_one_corrects_and_the_other_withdraws_waits_for_a_person() -> None:
    def correct(data: dict[str, Any]) -> None:
        action(data, 1)["progress"][0]["status"] = "réalisé"

    def withdraw(data: dict[str, Any]) -> None:
        del action(data, 1)["progress"][0]

    assert not merge(correct, withdraw).clean


def test_a_report_on_an_action_that_the_other_removed_is_never_lost() -> None:
    def remove(data: dict[str, Any]) -> None:
        data["actions"] = []

    result = merge(remove, report(5, date="2025-06-30", note="Le bilan est publié."))
    assert not result.clean
    assert "Le bilan est publié." in result.content.decode()


def test_a_decision_and_a_report_come_together() -> None:
    def decide(data: dict[str, Any]) -> None:
        action(data, 1)["due"] = "2026-06-30"
        action(data, 1)["fields"]["budget"] = 15000

    found = action(clean(decide, report(1, date="2025-06-30", note="Report voté.")), 1)
    assert found["due"] == "2026-06-30"
    assert found["fields"]["budget"] == 15000
    assert len(found["progress"]) == 2


def test_declared_fields_are_merged_by_their_types() -> None:
    def ours(data: dict[str, Any]) -> None:
        values = action(data, 1)["fields"]
        values["etapes"].append("Réception")
        values["bilan"] = "Toutes les études sont faites partout."

    def theirs(data: dict[str, Any]) -> None:
        values = action(data, 1)["fields"]
        values["etapes"].remove("Études")
        values["bilan"] = "Les études sont faites partout, et payées."

    values = action(clean(ours, theirs), 1)["fields"]
    assert values["etapes"] == ["Travaux", "Réception"]
    assert {"Toutes", "études", "payées."} <= set(values["bilan"].split())


def test_the_base_of_a_conflict_has_nothing_where_both_sides_gave_a_first_value() -> None:
    def edit(risk: str, meaning: str) -> Edit:
        def edit(data: dict[str, Any]) -> None:
            action(data, 2)["fields"]["risque"] = risk
            data["glossary"]["FSL"] = meaning

        return edit

    base = {**DATA, "glossary": {"EPCI": "Commune ou groupement"}}
    result = merge(edit("faible", "Fonds de solidarité"), edit("fort", "Fonds social"), base, shows_base=True)
    marked = result.content.decode()
    assert "ours\n              risque: faible\n||||||| base\n=======\n              risque: fort\n" in marked
    assert "ours\n  FSL: Fonds de solidarité\n||||||| base\n=======\n  FSL: Fonds social\n" in marked


def test_the_base_of_a_conflict_has_no_empty_block_where_both_sides_made_one() -> None:
    def edit(risk: str, status: str, name: str) -> Edit:
        def edit(data: dict[str, Any]) -> None:
            action(data, 3)["fields"] = {"risque": risk}
            action(data, 3)["progress"] = [{"date": "2025-06-30", "status": status}]
            data["directorates"]["DREAL"] = {"name": name}
            data["glossary"] = {"FSL": name}

        return edit

    result = merge(edit("faible", "réalisé", "Un nom"), edit("fort", "en cours", "Un autre"), shows_base=True)
    lines = result.content.decode().splitlines()
    starts = [at for at, line in enumerate(lines) if line == "||||||| base"]
    assert len(starts) == 4
    assert [lines[at + 1] for at in starts] == ["======="] * 4


def test_two_values_of_a_number_wait_for_a_person() -> None:
    def value(number: int) -> Edit:
        return lambda data: action(data, 1)["fields"].update(budget=number)

    assert told(merge(value(1), value(2))) == ["action 1.1.1, budget: yours 1, theirs 2"]


def test_actions_and_groups_move_while_others_edit_them() -> None:
    def ours(data: dict[str, Any]) -> None:
        first = data["orientations"][0]["measures"].pop(0)
        data["orientations"][1]["measures"].append(first | {"number": 2})
        data["orientations"][0]["actions"] = [data["actions"].pop()]

    def theirs(data: dict[str, Any]) -> None:
        action(data, 1)["priority"] = "basse"
        action(data, 5)["years"] = [2025]
        data["orientations"][0]["measures"][0]["title"] = "Rénover les écoles et les crèches"

    found = clean(ours, theirs)
    moved = found["orientations"][1]["measures"][1]
    assert (moved["number"], moved["title"]) == (2, "Rénover les écoles et les crèches")
    assert moved["actions"][0]["priority"] == "basse"
    assert found["orientations"][0]["actions"][0]["years"] == [2025]
    assert "actions" not in found or found["actions"] == []


def test_a_third_level_comes_in_while_an_action_is_added_above() -> None:
    def ours(data: dict[str, Any]) -> None:
        data["levels"].append("chantier")
        group = data["orientations"][0]["measures"][0]
        group["measures"] = [{"number": 1, "title": "Les écoles", "actions": group.pop("actions")}]

    def theirs(data: dict[str, Any]) -> None:
        new = deepcopy(action(data, 3)) | {"number": 6, "text": "Équiper les dortoirs de protections solaires."}
        data["orientations"][0]["measures"][0]["actions"].append(new)

    group = clean(ours, theirs)["orientations"][0]["measures"][0]
    assert [each["number"] for each in group["measures"][0]["actions"]] == [1, 2]
    assert [each["number"] for each in group["actions"]] == [6]


def test_notes_on_groups_follow_their_paths() -> None:
    base = deepcopy(DATA) | {"source_notes": [{"measure": "1.2", "note": "Ajouté en séance."}]}

    def ours(data: dict[str, Any]) -> None:
        data["orientations"][0]["measures"][1]["number"] = 3
        data["source_notes"][0]["measure"] = "1.3"

    def theirs(data: dict[str, Any]) -> None:
        data["source_notes"][0]["note"] = "Ajouté en séance plénière."
        action(data, 1)["years"] = [2024]

    result = merge(ours, theirs, base)
    assert result.clean, told(result)
    notes = read_document(result.content, "plan.yaml").data["source_notes"]
    assert notes == [{"measure": "1.3", "note": "Ajouté en séance plénière."}]


def test_comments_stay_with_their_entries() -> None:
    base = dump(DATA).replace('- date: "2024-09-12"', '# vu en comité\n                  - date: "2024-09-12"')
    assert "# vu en comité" in base
    one = report(1, date="2024-01-15", note="Avant.")
    data = deepcopy(DATA)
    one(data)
    ours = dump(data).replace("budget: 500", "budget: 600")
    theirs = base.replace("status: en cours", "status: à venir", 1)
    result = merged(base.encode(), base.replace("budget: 500", "budget: 600").encode(), theirs.encode())
    assert result.clean
    assert '# vu en comité\n                  - date: "2024-09-12"' in result.content.decode()
    assert merged(dump(DATA).encode(), ours.encode(), base.encode()).content.decode().count("# vu en comité") == 1


def test_a_code_or_a_status_of_which_one_side_says_nothing_any_more_is_bare() -> None:
    base = deepcopy(DATA)
    base["directorates"]["ATMO"] = {"name": "Observatoire de l'air"}

    def forget(data: dict[str, Any]) -> None:
        data["directorates"]["ATMO"] = None
        data["statuses"]["réalisé"] = None

    def describe(data: dict[str, Any]) -> None:
        data["directorates"]["MAIRIE"] = {"name": "Mairie"}

    for result in (merge(forget, describe, base), merge(describe, forget, base)):
        assert result.clean
        found = read_document(result.content, "plan.yaml").data
        assert found["directorates"] == {"ATMO": None, "MAIRIE": {"name": "Mairie"}, "REGION": None}
        assert not any(found["statuses"].values())


def retitle(title: str, *place: int) -> Edit:
    def edit(data: dict[str, Any]) -> None:
        block = data
        for key, index in zip(("orientations", "measures"), place, strict=False):
            block = block[key][index]
        block["title"] = title

    return edit


def move(to: Callable[[dict[str, Any]], dict[str, Any]]) -> Edit:
    def edit(data: dict[str, Any]) -> None:
        moved = data["orientations"][0]["measures"][0]["actions"].pop()
        to(data).setdefault("actions", []).append(moved)

    return edit


def put(register: str, **entries: Any) -> Edit:
    return lambda data: data.setdefault(register, {}).update(entries)


CANNOT = "what you did and what they did can't be brought together here"


@pytest.mark.parametrize(
    ("ours", "theirs", "sentence"),
    [
        (retitle("Plan A"), retitle("Plan B"), "the plan, title: yours « A », theirs « B »"),
        (
            retitle("Rénover les toits", 0, 0),
            retitle("Rénover les murs", 0, 0),
            "objectif 1.1, title: yours « toits », theirs « murs »",
        ),
        (
            move(lambda data: data),
            move(lambda data: data["orientations"][1]["measures"][0]),
            "action 2: yours moved: the top, theirs moved: objectif 2.1",
        ),
        (
            lambda data: data["directorates"].pop("LIBRE"),
            put("directorates", LIBRE={"name": "Autre"}),
            f"directorate LIBRE: {CANNOT}",
        ),
        (lambda data: data.pop("glossary"), put("glossary", GES="Gaz."), f"glossary: {CANNOT}"),
        (lambda data: data["glossary"].pop("GES"), put("glossary", GES="Gaz."), f"acronym GES: {CANNOT}"),
        (
            put("fields", risque={"label": "Risque", "type": "text"}),
            lambda data: data["fields"]["risque"]["values"].append("moyen"),
            f"field risque: {CANNOT}",
        ),
        (
            put("statuses", **{"en cours": {"closed": True}}),
            put("statuses", **{"en cours": {"closed": False}}),
            "status en cours, closed: yours true, theirs false",
        ),
        (
            lambda data: action(data, 1)["fields"].update(budget=None),
            lambda data: action(data, 1)["fields"].update(budget=7),
            "action 1.1.1, budget: yours null, theirs 7",
        ),
        (
            lambda data: data.update(levels=["axe", {"name": "objectif", "plural": "buts"}]),
            lambda data: data["levels"].append("chantier"),
            "the plan, levels: yours axe, {name: objectif, plural: buts}, theirs axe, objectif, chantier",
        ),
    ],
)
def test_what_a_person_must_decide_is_named(ours: Edit, theirs: Edit, sentence: str) -> None:
    base = deepcopy(DATA)
    base["directorates"]["LIBRE"] = {"name": "Libre"}
    base["glossary"] = {"GES": "Gaz à effet de serre", "ENR": "Énergies renouvelables"}
    result = merge(ours, theirs, base)
    assert (result.clean, told(result)) == (False, [sentence])


def test_a_group_that_each_side_moved_to_another_waits_for_a_person() -> None:
    def into(axis: int) -> Edit:
        def edit(data: dict[str, Any]) -> None:
            moved = data["orientations"][0]["measures"].pop()
            data["orientations"][axis].setdefault("measures", []).append(moved | {"number": 7})

        return edit

    base = deepcopy(DATA)
    base["orientations"].append({"number": 3, "title": "Se nourrir", "actions": base.pop("actions")})
    result = merge(into(1), into(2), base)
    assert (result.clean, told(result)) == (False, [f"objectif 2.7: {CANNOT}"])


def test_priorities_of_both_sides_come_together_be_they_words_or_numbers() -> None:
    found = [
        clean(
            lambda data: data["priorities"].extend(["urgente", 4]),
            lambda data: data["priorities"].extend([2, "nulle"]),
        ),
        clean(
            lambda data: data["priorities"].reverse(),
            lambda data: data["priorities"].insert(0, data["priorities"].pop()),
        ),
    ]
    assert [sorted(map(str, data["priorities"])) for data in found] == [
        ["2", "4", "basse", "haute", "moyenne", "nulle", "urgente"],
        ["basse", "haute", "moyenne"],
    ]


def test_a_list_with_an_item_that_is_no_text_is_merged_and_told() -> None:
    def add(*items: Any) -> Edit:
        return lambda data: action(data, 1)["fields"]["etapes"].extend(items)

    for result in (merge(add(None), add(3)), merge(add(3), add(None))):
        (sentence,) = told(result)
        assert "[Études, Travaux, 3, null] is not a list of texts" in sentence


@pytest.mark.parametrize("count", [3, 12, 13, 40])
def test_texts_that_went_round_may_be_reworded_actions_however_many_are_like_them(count: int) -> None:
    text = "Former les agents de chaque commune à la prévention des impayés et des expulsions dans la région"

    def plan(places: list[int], year: int, first: str) -> bytes:
        data = deepcopy(DATA)
        own = {"pilots": ["ATMO"], "associated": [], "years": [year]}
        data["actions"] = [
            {"number": 100 + at, "text": f"{text} r{place}.", **own, "priority": "haute"}
            for at, place in enumerate(places)
        ]
        data["actions"][0]["priority"] = first
        return dump(data).encode()

    places = list(range(count))
    base, theirs = plan(places, 2024, "haute"), plan(places, 2024, "basse")
    result = merged(base, plan([1, 2, 0, *places[3:]], 2025, "haute"), theirs)
    assert (result.clean, result.ambiguous) == (False, True)


def test_a_plan_that_cant_be_laid_out_keeps_the_merge_of_git() -> None:
    base = dump(DATA) + f"glossary:\n  ? {'x' * 1500}\n  : Une clé trop longue.\n"
    ours = base.replace("years: [2026]", "years: [2025]")
    theirs = base.replace("budget: 500", "budget: 600").replace("years: [2026]", "years: [2026]  # vu")
    result = merged(base.encode(), ours.encode(), theirs.encode())
    assert (result.clean, told(result)) == (False, [f"the plan: {CANNOT}"])
    assert result.content.count(b"<<<<<<<") == 1
    assert b"budget: 600" in result.content
