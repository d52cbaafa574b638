"""Every check has a page, the docs have them all, and the README leads there."""

from pathlib import Path

from plancli.check.catalogue import RULES
from scripts import rule_pages
from tests.check.small_plans import examples

ROOT = Path(__file__).parents[2]


def test_the_docs_have_every_page() -> None:
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == rule_pages.text(), "python scripts/rule_pages.py"
    for each in RULES:
        assert f"## {each.name}\n\n{each.summary}." in rule_pages.text()


def test_the_readme_leads_there() -> None:
    for name in ("README.md", "README.fr.md"):
        assert "docs/rules.md" in (ROOT / name).read_text("utf-8")


def test_examples_are_told_apart_from_words() -> None:
    for each in RULES:
        assert each.page.count("\nPass:\n") + each.page.count("\nFail:\n") == len(examples(each.page))
