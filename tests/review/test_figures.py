"""The figures of identity stand in the code once, and in the docs as they are."""

from pathlib import Path

from plancli.review.diff import ELSEWHERE, SAME_NUMBER

DOCS = Path(__file__).parents[2] / "docs" / "review.md"


def test_the_docs_have_the_figures_of_the_code() -> None:
    text = " ".join(DOCS.read_text("utf-8").split())
    assert f"**{SAME_NUMBER:.0%}".replace("%", " %") + "** under one number" in text
    assert f"**{ELSEWHERE:.0%}".replace("%", " %") + "** under different numbers" in text
