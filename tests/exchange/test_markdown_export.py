"""Markdown: a document to read."""

from collections.abc import Callable

from markdown_it import MarkdownIt

from plancli.exchange.exporters import export
from plancli.exchange.request import make_request
from plancli.plan.model import Plan
from tests.exchange.made_up import small
from tests.exchange.test_exporters import exported


def test_markdown_export_of_a_whole_document(golden: Callable[[str, str], None]) -> None:
    golden("plan.en.md", exported(small()._replace(language="en"), ".md").decode())
    golden("plan.fr.md", exported(small(), ".md").decode())


def test_markdown_export_lists_pilots_and_years_apart_from_the_text() -> None:
    tokens = MarkdownIt().parse(exported(small()._replace(language="en"), ".md").decode())
    lists = [token.map for token in tokens if token.type == "bullet_list_open" and token.level == 0]
    text = exported(small()._replace(language="en"), ".md").decode().splitlines()
    assert [text[place[0]] for place in lists if place][1:3] == [
        "- a) les objectifs ;",
        "* **Pilot:** Délégation interministérielle à l'hébergement (DIHAL)",
    ]


def test_a_part_says_what_was_asked() -> None:
    plan = small()._replace(language="en")
    part = make_request(plan, plan.actions[2:], "data/plan.yaml", ("covering 2022",))
    document = export(part, "part.md").decode()
    assert "\n1 of 3 actions · covering 2022  \nMade from `data/plan.yaml`\n" in document
    assert "Orientation 1" not in document


def test_orientations_measures_and_actions_are_headings(published: Plan) -> None:
    lines = exported(published, ".md").decode().splitlines()
    assert sum(line.startswith("# ") for line in lines) == 1
    assert sum(line.startswith("## Orientation ") for line in lines) == 3
    assert sum(line.startswith("### Mesure ") for line in lines) == 9
    assert sum(line.startswith("#### Action ") for line in lines) == 31


def test_a_part_without_actions_has_no_empty_blocks() -> None:
    plan = small()._replace(language="en")
    document = export(make_request(plan, (), "plan.yaml", ("covering 2022",)), "part.md").decode()
    assert "\n\n\n" not in document
