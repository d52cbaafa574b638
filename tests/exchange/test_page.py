"""The page, read without a browser: what is in it, and what can't be."""

import itertools
import re
from base64 import b64encode
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from plancli.exchange.exporters import export
from plancli.exchange.exporters.html.texts import whole
from plancli.exchange.request import ExportRequest, make_request
from plancli.i18n import use_language
from plancli.plan.model import Plan, calendar, read_plan
from plancli.plan.query import make_query
from plancli.text import escape_bidi
from tests.exchange.made_up import SMALL, many, small
from tests.exchange.page_tree import Element, read_page
from tests.review.edits import Edits


def made(plan: Plan, **changes: Any) -> Element:
    request = replace(make_request(plan, plan.actions, "data/plan.yaml"), **changes)
    return read_page(export(request, "plan.html"))


def put_together(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def page(published: Plan) -> Element:
    with use_language("fr"):
        return made(published, revision="1f0c2ab", date="2021-06-24")


def article(page: Element, number: int) -> Element:
    return page.one(id=f"action-{number}")


# What it holds


def test_each_text_is_verbatim(page: Element, published: Plan) -> None:
    assert page.one("h1").text == published.title
    for action in published.actions:
        assert article(page, action.number).one(class_="text").text == put_together(action.text)
    for measure in published.measures:
        assert page.one(id=f"measure-{measure.number}-title").text == f"Mesure {measure.number} {measure.title}"
    for part in published.groups:
        assert page.one(id=f"orientation-{part.number}-title").text == f"Orientation {part.number} {part.title}"


def test_filters_offer_what_some_action_has(page: Element, published: Plan) -> None:
    """And know the rest, since an address may ask for it."""
    boxes = {
        name: [label for label in page.all("label") if label.all("input", name=name)]
        for name in ("directorate", "pilot", "associated")
    }
    codes = sorted(each.code for each in published.directorates)
    for labels in boxes.values():
        assert sorted(label.one("input").attributes["value"] for label in labels) == codes
    offered = [label.one("b").text for label in boxes["pilot"] if "hidden" not in label.attributes]
    assert offered == ["DHUP", "DIHAL", "DMAT", "SAFSL"]
    assert all("hidden" not in label.attributes for label in boxes["directorate"])


def test_a_literal_tag_stays_text(page: Element) -> None:
    text = article(page, 32).one(class_="text")
    assert "( <i>modèle : Loire-Atlantique</i> )" in text.text
    assert text.all("i") == []


def test_enumerations_are_lists_in_lists(page: Element) -> None:
    text = article(page, 9).one(class_="text")
    outer, first, second = text.all("ol")
    assert [item.one(class_="mark").text for item in first.all("li")] == ["- a)", "- b)"]
    assert [item.one(class_="mark").text for item in second.all("li")] == ["- a)", "- b)"]
    marks = [child.all(class_="mark")[0].text for child in outer.children if isinstance(child, Element)]
    assert marks == ["1/", "2/", "3/"]
    assert [item.text[:13] for item in article(page, 5).one(class_="text").one("ul").all("li")] == [
        "- Elaborer un",
        "- Intégrer le",
    ]


@given(st.text(alphabet="ab1i/)-;.(<& \n", max_size=60))
def test_no_character_is_lost_in_a_list(text: str) -> None:
    assert read_page(str(whole(text, escape)).encode()).text == put_together(text)


def test_roles_stand_with_full_names(page: Element) -> None:
    facts = article(page, 9).one("dl").text
    assert "Pilotes DIHAL Délégation interministérielle à l'hébergement et à l'accès au logement" in facts
    assert "DGCL Direction générale des collectivités locales" in facts
    assert "DGFI Sigle non identifié dans la source." in facts
    assert facts.endswith("Calendrier 2021-2022 Priorité 1")


def test_source_notes_stand_where_they_belong(page: Element, published: Plan) -> None:
    noted = article(page, 3).one(class_="notes").text
    assert "« DSE, DSJ, DLPAJ, DMAT, DLPAJ » : DLPAJ figure deux fois" in noted
    assert "impayés locatif »" in page.one(id="measure-5").all(class_="notes")[0].text
    for note in published.source_notes:
        assert put_together(note.note) in page.text


def test_texts_are_told_as_published_only_where_they_are(page: Element, published: Plan) -> None:
    assert "tels que publiés" in page.one("section", id="whole").text
    edits = Edits()
    edits.action(9)["text"] = edits.action(9)["text"].replace("de façon optimiser", "de façon à optimiser")
    changed = made(edits.plan()).one("section", id="whole").text
    assert "tels que publiés ;" not in changed
    assert changed.count("Ces mots ne sont plus dans le texte.") == 1


def test_an_acronym_is_expanded_once_a_text(page: Element) -> None:
    text = article(page, 9).one(class_="text")
    assert [each.text for each in text.all("abbr")] == ["CCAPEX", "SI", "EXPLOC", "CAF", "FSL"]
    assert text.all("abbr")[3].attributes["title"] == "caisse d'allocations familiales"
    assert "SIREN" not in {each.text for each in page.all("abbr")}


def test_the_number_that_nothing_carries_says_why(page: Element) -> None:
    places = [each.attributes.get("id", "") for each in page.one(id="measure-7").all() if "id" in each.attributes]
    numbers = [place for place in places if re.fullmatch(r"action-\d+", place)]
    assert numbers == [f"action-{number}" for number in (21, 22, 23, 24, 25, 26, 27)]
    assert page.one(id="action-26").text == "Action 26 Aucune action ne porte ce numéro. Absent du tableau publié."


def test_page_has_the_totals_of_the_plan(page: Element) -> None:
    assert [each.text for each in page.one(class_="totals").all("li")] == [
        "31 actions",
        "9 mesures",
        "3 orientations",
        "20 directions",
    ]
    assert put_together(page.one(class_="split").text) == (
        "Priorité 1 : 21 2 : 10 Calendrier 2021 : 15 2022 : 9 2021-2022 : 7"
    )


def blocks(cell: Element, kind: str) -> int:
    return sum(path.attributes["d"].count("M") for path in cell.all("path", class_=kind))


def test_actions_by_orientation_and_year_are_bars_with_their_numbers(page: Element) -> None:
    rows = page.one("table", class_="years").one("tbody").all("tr")
    numbers = [[cell.text for cell in row.all("td")] for row in rows]
    assert numbers == [["9", "5", "11"], ["6", "4", "9"], ["7", "7", "11"]]
    for row in rows:
        assert [blocks(cell, "full") for cell in row.all("td", class_="cell")] == [
            int(cell.text) for cell in row.all("td", class_="cell")
        ]
    assert [cell.text for cell in page.one("tfoot").all("td")] == ["22", "16", "31"]


def test_roles_by_directorate_are_bars_with_their_numbers(page: Element) -> None:
    rows = page.one("table", class_="roles").one("tbody").all("tr")
    found = [
        (row.one("th").all("a")[0].text, *(cell.text for cell in row.all("td", class_="number"))) for row in rows
    ]
    assert found[:4] == [("DIHAL", "30", "1", "31"), ("DHUP", "6", "10", "16"), ("DMAT", "1", "6", "7"),
                         ("DSJ", "0", "7", "7")]  # fmt: skip
    assert len(found) == 20
    for row, (_code, pilot, associated, _total) in zip(rows, found, strict=True):
        assert (blocks(row, "full"), blocks(row, "hollow")) == (int(pilot), int(associated))


def test_the_matrix_says_who_works_where(page: Element, published: Plan) -> None:
    table = page.one("table", class_="matrix")
    assert [head.text for head in table.all("th", scope="colgroup")] == [f"Orientation {n}" for n in (1, 2, 3)]
    assert len(table.one("thead").all("th", scope="col")) == 10
    rows = {row.one("th").text: [cell.text for cell in row.all("td")] for row in table.one("tbody").all("tr")}
    assert rows["DHUP"] == ["", "2 pilote 1 associée", "2 associée", "1 pilote 1 associée", "3 associée", "",
                            "1 pilote 2 associée", "1 associée", "2 pilote"]  # fmt: skip
    assert set(rows) == {code for action in published.actions for code in action.directorates}


def test_the_register_says_what_each_does_and_with_whom(page: Element) -> None:
    entry = page.one(id="directorate-DSJ").text
    assert entry.startswith("DSJ Direction des services judiciaires Justice")
    assert "Associée à 3, 8, 18, 19, 20, 28, 29" in entry
    assert "DIHAL 7 · DACS 6 · DMAT 2 · CIH 1" in entry
    assert len(page.one(id="directorates").all("article")) == 20


def test_the_glossary_is_whole(page: Element, published: Plan) -> None:
    entries = page.one(id="glossary").one("dl").all("div")
    assert [(each.one("dt").text, each.one("dd").text) for each in entries] == [
        (entry.acronym, entry.expansion) for entry in published.glossary
    ]


def test_every_action_is_in_the_list(page: Element, published: Plan) -> None:
    for row, action in zip(
        page.one("table", class_="list").one("tbody").all("tr"), published.actions, strict=True
    ):
        cells = [cell.text for cell in row.all("td")]
        assert row.one("th").text == f"Action {action.number}"
        assert row.one("th").one("a").attributes["href"] == f"#action-{action.number}"
        assert put_together(action.text).startswith(cells[0].removesuffix("…"))
        assert cells[1:] == [str(action.measure), " ".join(action.pilots), " ".join(action.associated) or "–",
                             calendar(action.years), str(action.priority)]  # fmt: skip


def test_the_footer_says_what_it_was_made_from(page: Element) -> None:
    footer = page.one("footer").text
    assert "data/plan.yaml" in footer
    assert "1f0c2ab" in footer
    assert "24 juin 2021" in footer
    assert "Accessibilité : non conforme" in footer


@pytest.mark.parametrize(
    ("stated", "shown"),
    [("none", "non conforme"), ("partial", "partiellement conforme"), ("full", "totalement conforme")],
)
def test_only_the_publisher_states_accessibility(stated: str, shown: str) -> None:
    with use_language("fr"):
        assert f"Accessibilité : {shown}" in made(small(), accessibility=stated).one("footer").text


def test_without_git_the_footer_names_the_file() -> None:
    assert "Made from data/plan.yaml with plancli" in made(small()._replace(language="en")).one("footer").text


def test_a_page_of_a_question_says_so(published: Plan) -> None:
    query = make_query(published, {"directorate": ["DSJ"], "year": ["2022"]})
    plan = published._replace(language="en")
    part = make_request(plan, query.select(plan), "plan.yaml", ("DSJ in any role", "covering 2022"))
    page = read_page(export(part, "plan.html"))
    assert page.one(class_="question").text == "2 of 31 actions · DSJ in any role · covering 2022"
    assert [each.attributes["id"] for each in page.all("article", class_="action")] == ["action-3", "action-20"]


# Languages


def test_the_page_speaks_one_language(page: Element) -> None:
    assert page.one("html").attributes["lang"] == "fr"
    assert [each for each in page.walk() if each.tag != "html" and "lang" in each.attributes] == []


def test_texts_in_another_language_are_marked(published: Plan) -> None:
    page = made(published._replace(language="de"))
    assert page.one("html").attributes["lang"] == "en"
    for place in (page.one("h1"), page.one("title"), *page.all(class_="text"), *page.all(class_="excerpt")):
        assert place.attributes["lang"] == "de"


def test_an_odd_language_is_no_attribute() -> None:
    page = made(read_plan(SMALL | {"language": 'fr" onload="x'}))
    assert page.one("html").attributes == {"lang": "en"}
    assert [each for each in page.walk() if each.tag != "html" and "lang" in each.attributes] == []


# Shape, for those who don't see it


def test_headings_are_in_order(page: Element) -> None:
    levels = [int(each.tag[1]) for each in page.walk() if re.fullmatch("h[1-6]", each.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_place_that_is_named_is_there_once(page: Element) -> None:
    places = [each.attributes["id"] for each in page.walk() if "id" in each.attributes]
    assert len(places) == len(set(places))
    for each in page.walk():
        for name in ("aria-labelledby", "aria-describedby", "for", "form"):
            assert each.attributes.get(name, places[0]) in places
        if each.tag == "a":
            assert each.attributes["href"].removeprefix("#") in places


def test_tables_have_captions_and_scopes(page: Element) -> None:
    for table in page.all("table"):
        assert table.one("caption").text
        assert all(head.attributes["scope"] in ("col", "row", "colgroup") for head in table.all("th"))
        for body in table.all("tbody"):
            assert all(row.one("th").attributes["scope"] == "row" for row in body.all("tr"))


def test_cards_keep_their_roles(page: Element) -> None:
    """A table whose rows are blocks is a table only to those who are told."""
    roles = {"thead": "rowgroup", "tbody": "rowgroup", "tfoot": "rowgroup", "tr": "row", "td": "cell"}
    for kind in ("list", "years", "roles"):
        table = page.one("table", class_=kind)
        assert table.attributes["role"] == "table"
        for each in table.walk():
            if each.tag == "th":
                scope = {"col": "columnheader", "row": "rowheader"}[each.attributes["scope"]]
                assert each.attributes["role"] == scope
            elif each.tag in roles:
                assert each.attributes["role"] == roles[each.tag]


def test_landmarks_and_skip_links(page: Element) -> None:
    for tag in ("header", "nav", "main", "footer"):
        assert len(page.all(tag)) == 1
    first = next(each for each in page.one("body").walk() if each.tag == "a")
    assert first.attributes["href"] == f"#{page.one('main').attributes['id']}"
    assert page.one(role="status").text == "31 actions"


def test_the_form_waits_for_the_script(page: Element) -> None:
    """Without it everything is there, filters aside: nothing else is hidden."""
    form = page.one("form")
    hidden = [each for each in page.walk() if "hidden" in each.attributes]
    assert [each.tag for each in hidden if each not in form.all("label")] == ["form", "button"]
    for each in page.one("form").all("input"):
        label = page.all("label", **{"for": each.attributes["id"]}) if "id" in each.attributes else [each]
        assert len(label) == 1
    assert {each.attributes["name"] for each in page.one("form").all("input")} == {
        "text", "directorate", "pilot", "associated", "orientation", "measure", "year", "priority"
    }  # fmt: skip


# What can't be in it


def policy(page: Element) -> dict[str, str]:
    content = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    return dict(part.strip().split(" ", 1) for part in content.split(";"))


def test_the_policy_allows_its_own_style_and_script_only(page: Element) -> None:
    def allowed(tag: str) -> str:
        [text] = page.one(tag).children
        assert isinstance(text, str)
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    assert policy(page) == {
        "default-src": "'none'",
        "style-src": allowed("style"),
        "script-src": allowed("script"),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def harmless(page: Element) -> None:
    """Fail on whatever could fetch, run or restyle something."""
    tags = {each.tag for each in page.walk()}
    assert not tags & {"img", "link", "iframe", "object", "embed", "base", "audio", "video", "use", "image"}
    assert [each.tag for each in page.walk() if each.tag in ("script", "style")] == ["style", "script"]
    for each in page.walk():
        for name, value in each.attributes.items():
            assert not name.startswith("on")
            assert name not in ("style", "src", "srcset", "action", "formaction", "ping", "srcdoc")
            assert name != "href" or value.startswith("#")
            assert name != "http-equiv" or value == "Content-Security-Policy"


def test_nothing_is_fetched_from_anywhere(page: Element) -> None:
    harmless(page)
    style, script = (str(page.one(tag).children[0]) for tag in ("style", "script"))
    assert not re.search(r"url\(|@import|@font-face|expression", style)
    assert not re.search(
        r"fetch\(|XMLHttp|WebSocket|sendBeacon|import\b|eval|Function\(|innerHTML|outerHTML|insertAdjacentHTML"
        r"|document\.write|localStorage|sessionStorage|cookie|https?:",
        script,
    )


HOSTILE = (
    "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> javascript:alert(1) {{ 7 * 7 }} {% raw %}"
    " <!-- ]]> &amp; {n} {values} %s \u202e\u2028"
)


def hostile() -> Plan:
    """Put a hostile text wherever the plan has words."""

    def spoil(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {f"{name} {HOSTILE}" if key in ("directorates", "glossary") else name: spoil(each, name)
                   for name, each in value.items()}  # fmt: skip
        if isinstance(value, list):
            return [spoil(each, key) for each in value]
        return f"{value} {HOSTILE}" if isinstance(value, str) and key not in ("field", "language") else value

    return read_plan(spoil(deepcopy(SMALL)))


def test_hostile_texts_stay_texts() -> None:
    plan = hostile()
    page = made(plan, source=f"plan{HOSTILE}.yaml", question=(HOSTILE,))
    harmless(page)
    script = str(page.one("script").children[0])
    assert "alert(1)" not in script
    for action in plan.actions:
        assert article(page, action.number).one(class_="text").text == escape_bidi(put_together(action.text))
    assert page.one("title").text == escape_bidi(put_together(plan.title))
    assert all(escape_bidi(put_together(note.note)) in page.text for note in plan.source_notes)
    assert all(escape_bidi(put_together(each.reason)) in page.text for each in plan.unused_numbers)
    assert policy(page) == policy(made(small()))
    assert next(each.attributes["id"] for each in page.all("article", class_="directorate")) == "directorate-1"


# Any plan


def shaped(change: Callable[[dict[str, Any]], None]) -> Plan:
    data = deepcopy(SMALL)
    change(data)
    return read_plan(data)


def bare(data: dict[str, Any]) -> None:
    for key in ("unused_numbers", "source_notes", "glossary"):
        del data[key]
    data["directorates"] = dict.fromkeys(data["directorates"])


def single(data: dict[str, Any]) -> None:
    data["orientations"] = data["orientations"][1:]
    data["unused_numbers"] = [{"number": 1, "reason": "Retirée."}, {"number": 9, "reason": "Réservé."}]


def long(data: dict[str, Any]) -> None:
    data["period"] = {"start": 2020, "end": 2055}
    data["priorities"] = list(range(1, 30))


def without_directorates(data: dict[str, Any]) -> None:
    data["directorates"] = {}
    for part in data["orientations"]:
        for action in itertools.chain.from_iterable(measure["actions"] for measure in part["measures"]):
            action |= {"pilots": [], "associated": []}


@pytest.mark.parametrize("change", [bare, single, long, without_directorates])
def test_page_of_plans_of_every_shape(change: Callable[[dict[str, Any]], None]) -> None:
    plan = shaped(change)
    page = made(plan)
    harmless(page)
    test_every_place_that_is_named_is_there_once(page)
    test_headings_are_in_order(page)
    assert len(page.all("article", class_="action")) == len(plan.actions)
    assert {each.number for each in plan.unused_numbers} <= {
        int(each.attributes["id"].removeprefix("action-")) for each in page.all(class_="gap")
    }


@pytest.mark.slow
def test_a_thousand_actions_have_scaled_bars() -> None:
    page = made(many(1000)._replace(language="en"))
    assert next(each.text for each in page.one(class_="totals").all("li")) == "1,000 actions"
    assert len(page.all("article", class_="action")) == 1000
    longest = page.one("table", class_="roles").one("tbody").all("tr")[0]
    assert blocks(longest, "full") + blocks(longest, "hollow") <= 2


def test_the_same_request_is_the_same_page_in_each_language() -> None:
    plan = small()
    request = ExportRequest(plan, "plan.yaml", total=3)
    for language in ("en", "fr"):
        with use_language(language):
            assert export(request, "plan.html") == export(request, "plan.html")
