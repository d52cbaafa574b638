"""The page of a plan that is followed up: status and late, what was reported, and the same page without."""

from pathlib import Path

import pytest

from plancli.exchange.exporters import export
from plancli.exchange.request import make_request
from plancli.plan.document import read_document
from plancli.plan.model import Plan, read_plan
from plancli.plan.model.follow_up import on_day
from tests.exchange.page_tree import Element, read_page


def page(name: str = "climate") -> tuple[Plan, Element]:
    source = (Path(__file__).parents[2] / "examples" / f"{name}.yaml").read_bytes()
    plan = on_day(read_plan(read_document(source, "plan.yaml").data), "2025-09-30")
    return plan, read_page(export(make_request(plan, plan.actions, "plan.yaml"), "plan.html"))


def test_each_action_has_its_status_its_end_and_what_was_reported() -> None:
    plan, made = page()
    articles = {each.attributes["id"]: each for each in made.all("article", class_="action")}
    for action in plan.actions:
        article = articles[f"action-{action.number}"]
        badges = article.one(class_="badges").all("li")
        assert badges[0].text.strip() == (action.value("status") or "non renseigné")
        assert ("hidden" not in badges[1].attributes) == action.value("late")
        told = [each.attributes["datetime"] for each in article.all("time")]
        assert told == sorted((entry.date for entry in action.progress), reverse=True)
    assert articles["action-2"].attributes["data-end"] == "2025-06-30"
    assert "data-closed" in articles["action-5"].attributes


def test_page_dates_what_is_late_and_filters_by_status_and_late() -> None:
    _plan, made = page()
    day = next(each for each in made.all("time") if "data-late-day" in each.attributes)
    assert (day.attributes["datetime"], day.text) == ("2025-09-30", "30 septembre 2025")
    names = {each.attributes["name"] for each in made.all("input") if each.attributes.get("type") == "checkbox"}
    assert {"status", "late"} <= names


@pytest.mark.parametrize(
    ("name", "keys"),
    [("climate", {"status", "late", "financement"}), ("open-government", {"status", "late", "value"})],
)
def test_what_is_filtered_by_is_sorted_by_too(name: str, keys: set[str]) -> None:
    _plan, made = page(name)
    assert keys <= {each.attributes.get("data-sort") for each in made.all("th")}
    names = {each.attributes["name"] for each in made.all("input") if each.attributes.get("type") == "checkbox"}
    assert {*keys, "associated"} <= names


def test_statuses_are_counted_where_a_plan_has_no_levels() -> None:
    plan, made = page("security")
    chart = next(each for each in made.all("table") if "Actions by status" in each.text)
    cells = [each.text.split()[0] for each in chart.all("td", class_="cell")]
    assert sum(map(int, cells)) == len(plan.actions)


def test_a_calendar_in_words_is_counted_by_its_words() -> None:
    _plan, made = page()
    assert "à partir de 2026, selon l'offre des opérateurs\u00a0: 1" in made.text.replace(" :", "\u00a0:")


def test_page_of_a_plan_without_statuses_has_no_progress(published: Plan) -> None:
    text = export(make_request(published, published.actions, "data/plan.yaml"), "plan.html").decode()
    for word in ("badges", "journal", "data-late", "data-end", "followed"):
        assert word not in text
