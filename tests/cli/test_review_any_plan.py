"""``diff``, ``log``, the comment and git's own diff on a plan of any shape that is followed up."""

import csv
import io
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from plancli.plan.writer import dump
from plancli.text import width, wrap
from tests.repositories import Repo
from tests.review.test_any_plan import DATA, action

Typed = Callable[..., Any]
Golden = Callable[[str, str], None]


@pytest.fixture
def followed(repo: Repo) -> Repo:
    """Commit a plan of two named levels, decisions about it, and reports."""
    data = deepcopy(DATA)
    repo.commit(dump(data).encode(), "Le plan voté")
    action(data, 1)["fields"]["budget"] = 15000
    action(data, 1)["fields"]["etapes"] = ["Études", "Réception"]
    action(data, 1)["fields"]["bilan"] = "Les études sont finies partout."
    action(data, 2)["due"] = "2026-06-30"
    action(data, 3)["years"] = [2027]
    data["orientations"][0]["actions"] = [data["actions"].pop()]
    del data["actions"]
    data["orientations"][1]["measures"][0]["title"] = "Donner sa place au vélo et à la marche"
    repo.commit(dump(data).encode(), "Budget et calendrier", day="2025-03-01T12:00:00+0000")
    new = {"date": "2025-06-30", "status": "réalisé", "by": "MAIRIE", "note": "Quatre écoles isolées."}
    action(data, 1)["progress"].append(new)
    action(data, 4)["progress"][0]["note"] = "Études rendues."
    action(data, 3)["progress"] = [{"date": "2025-06-30", "note": "Report voté en comité."}]
    repo.commit(dump(data).encode(), "Points de juin", day="2025-07-01T12:00:00+0000")
    return repo


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("columns", [80, 160])
def test_diff_of_any_plan_on_a_terminal(
    followed: Repo, plancli: Typed, golden: Golden, language: str, columns: int
) -> None:
    answer = plancli("diff", "HEAD~2", "HEAD", columns=columns, rows=200, PLANCLI_LANG=language)
    assert answer.code == 0
    golden(f"diff-any-plan-{language}-{columns}.txt", answer.out)


@pytest.mark.parametrize("form", ["json", "csv", "markdown"])
def test_diff_of_any_plan_in_each_format(followed: Repo, plancli: Typed, golden: Golden, form: str) -> None:
    golden(f"diff-any-plan.{form}", plancli("diff", "HEAD~2", "HEAD", "--format", form).out)


def test_reports_are_apart_from_decisions_and_nobody_signs(followed: Repo, plancli: Typed) -> None:
    found = json.loads(plancli("diff", "HEAD~1", "HEAD", "--format", "json").out)
    assert {change["kind"] for change in found["changes"]} == {"reported"}
    assert found["summary"]["reported"] == 3
    assert found["sign_off"] == {}
    assert found["consequences"] == []
    assert plancli("diff", "HEAD~1", "HEAD", "--exit-code").code == 1
    assert plancli("diff", "HEAD~1", "HEAD", "--fail-on", "text,years,declared").code == 0
    assert plancli("diff", "HEAD~1", "HEAD", "--fail-on", "reported").code == 1


def test_a_postponed_end_is_noted_unless_an_entry_says_why(followed: Repo, plancli: Typed) -> None:
    assert json.loads(plancli("diff", "HEAD~2", "HEAD~1", "--format", "json").out)["unexplained"] == [2, 3]
    assert json.loads(plancli("diff", "HEAD~2", "HEAD", "--format", "json").out)["unexplained"] == [2]
    assert "Note: the end of action 2 is postponed, and no entry says why" in plancli("diff", "HEAD~2", "HEAD").out


def test_declared_fields_are_kinds_to_fail_on(followed: Repo, plancli: Typed) -> None:
    answer = plancli("diff", "HEAD~2", "--fail-on", "budget,risque,measure")
    assert answer.code == 1
    assert answer.err == "plancli: failed on budget (action 1.1.1), measure (action 5, Objectif 2.1)\n"
    assert plancli("diff", "HEAD~2", "--fail-on", "budgets").code == 2


def test_levels_are_kinds_to_fail_on(followed: Repo, plancli: Typed) -> None:
    answer = plancli("diff", "HEAD~2", "--fail-on", "objectif")
    assert (answer.code, answer.err) == (1, "plancli: failed on objectif (action 5, Objectif 2.1)\n")
    assert plancli("diff", "HEAD~1", "HEAD", "--fail-on", "axe,objectif").code == 0
    assert plancli("diff", "HEAD~2", "--fail-on", "orientation").code == 2


def test_what_follows_stands_in_csv(followed: Repo, plancli: Typed) -> None:
    rows = list(csv.DictReader(io.StringIO(plancli("diff", "HEAD~2", "HEAD", "--format", "csv").out)))
    follows = [
        (row["field"], row["old"], row["new"], row["directorates"]) for row in rows if row["kind"] == "follows"
    ]
    assert ("year=2027", "0", "1", "REGION") in follows


def test_log_tells_decisions_and_reports_in_one_line_of_time(followed: Repo, plancli: Typed) -> None:
    lines = plancli("log", "1.1.1").lines
    assert lines[0].startswith("Action 1.1.1 · Isoler")
    assert [line.strip()[:1] for line in lines if line.startswith("  ")] == ["!", "~", "B", "+", "!"]
    assert any("! en cours → réalisé (30 Jun 2025) · MAIRIE · Quatre écoles isolées." in line for line in lines)
    assert any("+ added: objectif 1.1" in line for line in lines)


def test_what_is_corrected_or_withdrawn_is_no_report(repo: Repo, plancli: Typed) -> None:
    data = deepcopy(DATA)
    done = {"date": "2025-06-30", "status": "réalisé", "by": "MAIRIE"}
    action(data, 1)["progress"] = [{"date": "2025-01-10", "status": "en cours", "percent": 10}, done]
    action(data, 2)["progress"] = [done, {"date": "2025-08-01", "note": "Comité réuni."}]
    repo.commit(dump(data).encode(), "Points")
    action(data, 1)["progress"].remove(done)
    repo.commit(dump(data).encode(), "Retrait")
    action(data, 1)["progress"][0]["percent"] = 15
    action(data, 1)["progress"] += [
        {"date": "2025-03-01", "status": "à venir", "note": "Arrêté."},
        {"date": "2025-07-01", "status": "réalisé"},
        {"date": "2025-08-01", "by": "MAIRIE"},
    ]
    repo.commit(dump(data).encode(), "Suite")
    lines = list(map(squeeze, plancli("log", "1.1.1").lines))
    assert lines[3:7] == [
        "! entry of 10 Jan 2025 corrected · percent 10 → 15",
        "! en cours → à venir (1 Mar 2025) · Arrêté.",
        "! à venir → réalisé (1 Jul 2025)",
        "! reported (1 Aug 2025) · MAIRIE",
    ]
    assert lines[8] == "! entry of 30 Jun 2025 withdrawn · réalisé · MAIRIE"
    old, new = (plancli("diff", *sides).lines for sides in (["HEAD~2", "HEAD~1"], ["HEAD~1", "HEAD"]))
    assert "! Action 1.1.1 réalisé → en cours (entry of 30 Jun 2025 withdrawn) objectif 1.1" in map(squeeze, old)
    assert plancli("diff", "HEAD~2", "HEAD~1", "-d", "MAIRIE").lines[2] == "! reported"
    assert "30 Jun 2025 réalisé · MAIRIE" in map(squeeze, old)
    told = list(map(squeeze, new))
    first = list(map(squeeze, plancli("log", "-n", "1", "--at", "HEAD~2").lines))
    assert "! 2 réalisé (30 Jun 2025), 2 entries" in first
    start = told.index("! Action 1.1.1 en cours → réalisé (1 Jul 2025), 4 entries objectif 1.1")
    assert told[start + 2 : start + 6] == [
        "10 Jan 2025 percent 10 → 15",
        "1 Mar 2025 à venir · Arrêté.",
        "1 Jul 2025 réalisé",
        "1 Aug 2025 MAIRIE",
    ]


def test_a_status_with_another_name_is_no_report(repo: Repo, plancli: Typed) -> None:
    data = deepcopy(DATA)
    action(data, 1)["progress"] = [{"date": "2025-06-30", "status": "réalisé"}]
    repo.commit(dump(data).encode(), "Points")
    data["statuses"] = {"fait" if name == "réalisé" else name: closed for name, closed in data["statuses"].items()}
    action(data, 1)["progress"] = [{"date": "2025-06-30", "status": "fait"}, {"date": "2025-07-10", "note": "Vu."}]
    repo.write("data/plan.yaml", dump(data).encode())
    assert "! Action 1.1.1 reported (10 Jul 2025) objectif 1.1" in map(squeeze, plancli("diff").lines)


def squeeze(line: str) -> str:
    return " ".join(line.split())


def test_a_former_code_finds_the_action_as_a_former_number_does(repo: Repo, plancli: Typed) -> None:
    data = deepcopy(DATA)
    repo.commit(dump(data).encode(), "Le plan voté")
    action(data, 1)["code"] = "ECO-1"
    repo.commit(dump(data).encode(), "Nouveau code")
    lines = plancli("log", "1.1.1").lines
    assert lines[0].startswith("Action ECO-1, once 1.1.1 · Isoler")
    assert [line.strip() for line in lines[3::2]][:1] == ["~ code 1.1.1 → ECO-1"]
    for orientation in data["orientations"]:
        for measure in orientation["measures"]:
            measure["actions"] = [each for each in measure.get("actions", []) if each["number"] != 1]
    repo.commit(dump(data).encode(), "Sans l'école")
    lines = plancli("log", "eco-1").lines
    assert lines[0].startswith("Action ECO-1 · Isoler")
    assert lines[3].strip() == "- removed: objectif 1.1"
    assert plancli("log", "1.1.1").lines[0].startswith("Action ECO-1, once 1.1.1 · Isoler")
    assert plancli("log", "ECO-2").code == 2


def test_log_breaks_no_fact_that_fits_on_a_line(followed: Repo, plancli: Typed) -> None:
    lines = [line.strip() for line in plancli("log", "1.1.1", columns=60).lines]
    told = lines.index("! en cours → réalisé (30 Jun 2025) · MAIRIE ·")
    assert lines[told + 1] == "Quatre écoles isolées."
    [changed] = [place for place, line in enumerate(lines) if line.startswith("~ ")]
    assert lines[changed : changed + 2] == ["~ Budget (€ HT) 12,000 → 15,000 ·", "Étapes +Réception -Travaux ·"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("columns", [24, 40])
def test_diff_fits_a_narrow_window(followed: Repo, plancli: Typed, language: str, columns: int) -> None:
    for line in plancli("diff", "HEAD~2", columns=columns, rows=500, PLANCLI_LANG=language).lines:
        assert width(line) <= columns or len(wrap(line.strip(), 1)) == 1  # one long word


def test_gits_own_diff_has_a_line_for_each_thing(followed: Repo, plancli: Typed) -> None:
    assert plancli("git", "textconv", "data/plan.yaml").out.splitlines()[3] == "plan levels axe, objectif"
    lines = plancli("git", "textconv", "data/plan.yaml").out.splitlines()
    assert {"1 measure 1.1", "1 budget 15000", "1 etapes Réception", "5 measure 1"} <= set(lines)
    assert "1 progress 2025-06-30 status réalisé" in lines
    assert "group 2.1 title Donner sa place au vélo et à la marche" in lines


def test_an_action_that_comes_or_goes_says_all_it_has(repo: Repo, plancli: Typed) -> None:
    data = deepcopy(DATA)
    repo.commit(dump(data).encode(), "Le plan voté")
    measure = data["orientations"][0]["measures"][0]
    gone = measure["actions"].pop(0)
    new = {
        **deepcopy(gone),
        "number": 99,
        "code": "N-9",
        "text": "Remplacer les chaudières au fioul.",
        "pilots": [],
    }
    measure["actions"].append({key: value for key, value in new.items() if key != "progress"})
    repo.write("data/plan.yaml", dump(data))
    lines = [line for line in plancli("diff").lines if line.startswith(("+ Action", "- Action"))]
    assert len(lines) == 2
    for line in lines:
        assert "Budget (€ HT) 12,000 · Risque fort · Étapes Études, Travaux · Bilan " in line
    assert f"with {len(gone['progress'])} entr" in lines[0]
    assert "no-pilot] action N-9: no pilot" in plancli("diff").out


def test_an_action_that_goes_with_nobody_leaves_no_blank_line(repo: Repo, plancli: Typed) -> None:
    data = deepcopy(DATA)
    action(data, 1)["pilots"] = action(data, 1)["associated"] = []
    repo.commit(dump(data).encode(), "Sans pilote")
    data["orientations"][0]["measures"][0]["actions"].pop(0)
    repo.write("data/plan.yaml", dump(data))
    assert "\n\n\n" not in plancli("diff").out


def test_levels_and_priorities_in_words_are_told_apart(repo: Repo, plancli: Typed) -> None:
    data = deepcopy(DATA)
    repo.commit(dump(data).encode(), "Le plan voté")
    data["levels"] = ["axe", "objectif opérationnel"]
    data["priorities"] = ["haute", "moyenne", "basse", "très basse"]
    repo.write("data/plan.yaml", dump(data))
    answer = plancli("diff").out
    assert "axe, objectif → axe, objectif opérationnel" in answer
    assert "haute, moyenne, basse → haute, moyenne, basse, très basse" in answer


def test_rare_facts_are_told_too(repo: Repo, plancli: Typed) -> None:
    data = deepcopy(DATA)
    action(data, 2)["associated"] = ["ATMO", "REGION"]
    action(data, 4)["progress"].append({"date": "2025-02", "status": "en cours"})
    repo.commit(dump(data).encode(), "Le plan voté")
    action(data, 1)["associated"] = ["ATMO", "MAIRIE"]  # which is its pilot as well
    action(data, 2)["associated"] = ["REGION", "ATMO"]
    del action(data, 4)["progress"][0]
    data["priorities"] = ["élevée", "moyenne", "basse"]
    for number in (1, 2):
        action(data, number)["priority"] = "élevée"
    repo.write("data/plan.yaml", dump(data))
    out = plancli("diff").out
    assert "MAIRIE: in both roles on one side" in out
    assert "associated in another order: ATMO REGION → REGION ATMO" in out
    assert "! Action 4  entry of 10 Jan 2025 withdrawn" in out
    assert "renamed     haute → élevée\n" in out, out
    assert "carried by  2 actions" in out


def test_log_has_one_line_for_many_reports(repo: Repo, plancli: Typed) -> None:
    data = deepcopy(DATA)
    repo.commit(dump(data).encode(), "Le plan voté")
    for number in (1, 2, 3, 5):
        action(data, number)["progress"] = [{"date": "2025-06", "status": "en cours"}]
    repo.commit(dump(data).encode(), "Points de juin")
    assert "! 4 actions (1.1.1, 2, 3, 5)  reported" in plancli("log", "-n", "1").out


def test_log_of_a_group_of_any_depth_is_what_happened_to_it_and_where_it_stood(repo: Repo, plancli: Typed) -> None:
    def subjects(group: str) -> list[str]:
        return [each["subject"] for each in json.loads(plancli("log", group, "--format", "json").out)]

    data = deepcopy(DATA) | {"levels": ["axe", "objectif", "chantier"]}
    school = data["orientations"][0]["measures"][0]
    inner = {"number": 3, "title": "Les chaufferies", "actions": [school["actions"].pop()]}
    school["measures"] = [inner]
    repo.commit(dump(data).encode(), "Le plan")
    inner["title"] = "Les chaufferies et les réseaux"
    repo.commit(dump(data).encode(), "Le titre")
    data["orientations"][1]["measures"][0]["measures"] = [school.pop("measures")[0]]
    repo.commit(dump(data).encode(), "Un autre axe")
    assert subjects("2.1.3") == ["Un autre axe", "Le titre", "Le plan"]
    assert subjects("A1") == ["Un autre axe", "Le titre", "Le plan"]
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    assert subjects("1.1.3") == ["Le titre", "Le plan"]
    assert subjects("A2") == ["Le plan"]


def test_log_of_a_group_follows_it_through_other_numbers_and_tells_its_code(repo: Repo, plancli: Typed) -> None:
    def subjects(group: str) -> list[str]:
        return [each["subject"] for each in json.loads(plancli("log", group, "--format", "json").out)]

    data = deepcopy(DATA)
    repo.commit(dump(data).encode(), "Le plan")
    measures = data["orientations"][0]["measures"]
    measures[0]["title"] = "Rénover les écoles et les crèches"
    repo.commit(dump(data).encode(), "Le titre")
    measures[0]["number"], measures[1]["number"] = 2, 1
    repo.commit(dump(data).encode(), "Les numéros")
    measures[0]["code"] = "E"
    repo.commit(dump(data).encode(), "Le code")
    action(data, 3)["years"] = [2025]
    repo.commit(dump(data).encode(), "L'année")
    assert subjects("1.2") == ["Le code", "Les numéros", "Le titre", "Le plan"]
    assert subjects("1.1") == ["L'année", "Les numéros", "Le plan"]


def test_blame_tells_who_moved_an_action_last(repo: Repo, plancli: Typed) -> None:
    data = deepcopy(DATA)
    repo.commit(dump(data).encode(), "Le plan")
    moved = action(data, 2)
    data["orientations"][0]["measures"][0]["actions"].remove(moved)
    data["orientations"][0]["measures"][1]["actions"].append(moved)
    repo.commit(dump(data).encode(), "Ailleurs")
    found = json.loads(plancli("show", "--blame", "2", "--format", "json").out)
    assert {each["field"]: each["subject"] for each in found}["measure"] == "Ailleurs"
    assert {each["subject"] for each in found if each["field"] != "measure"} == {"Le plan"}
