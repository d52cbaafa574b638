"""What an editor is told at a place of a plan, without an editor: ``¦`` marks the place."""

from pathlib import Path

import pytest

from plancli.editor.answers import declaration_of, hover_text, occurrences, propose, renamed, subject_at
from plancli.plan.document import Document, read_document

CLIMATE = (Path(__file__).parents[2] / "examples" / "climate.yaml").read_text("utf-8")
SMALL = """\
directorates:
  A:
  B: {name: Bureau}
orientations:
  - number: 1
    title: Un
    measures:
      - number: 1
        title: Un un
        actions:
          - number: 1
            text: Agir.
            pilots:
              - A
            associated: [B]
  - number: 2
    title: Deux
    measures:
      - number: 1
        title: Deux un
        actions: []
source_notes:
  - action: 1
    field: text
    note: Relu.
  - action: 9
    note: Perdu.
  - measure: 1
    note: Lequel ?
"""


def at(text: str, context: str) -> tuple[Document, int]:
    """Read a plan; give it with the offset of the mark."""
    return read_document(text.encode(), "plan.yaml"), text.index(context.replace("¦", "")) + context.index("¦")


@pytest.mark.parametrize(
    ("text", "context", "told"),
    [
        (CLIMATE, "status: réa¦lisé", "**réalisé**: closed"),
        (CLIMATE, "status: en ¦cours", "**en cours**"),
        (CLIMATE, "by: D¦PB", "**DPB**: Direction du patrimoine bâti"),
        (SMALL, "action: ¦1", "**action 1**"),
        (SMALL, "action: ¦9", ""),
        (SMALL, "note: ¦Perdu", None),
    ],
)
def test_what_is_told_of_a_word(text: str, context: str, told: str | None) -> None:
    document, offset = at(text, context)
    subject = subject_at(document, offset)
    assert (subject and hover_text(document, subject).partition("\n")[0]) == told


def test_a_status_is_renamed_where_it_is_declared_and_reported() -> None:
    document, offset = at(CLIMATE, "status: réa¦lisé")
    subject = subject_at(document, offset)
    assert subject
    assert len(renamed(document, subject, "fini")) == CLIMATE.count("réalisé")


@pytest.mark.parametrize(("context", "count"), [("action: ¦9", 0), ("measure: ¦1", 1), ("- action: ¦1", 2)])
def test_notes_go_with_a_number_that_one_block_has(context: str, count: int) -> None:
    document, offset = at(SMALL, context)
    subject = subject_at(document, offset)
    assert subject
    assert len(occurrences(document, subject)) == count
    assert (declaration_of(document, subject) is None) == (count == 0)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("    field: ¦", ["number", "text", "pilots"]),
        ("  - action: ¦", ["1"]),
        ("            pilots:\n              - A¦", ["A", "B"]),
        ("            pilots:\n              # deux\n              - A\n              - ¦", ["A", "B"]),
        ("            pilots: [A]\n              - ¦", []),
        ("- ¦", []),
        ("pilots¦", []),
    ],
)
def test_what_may_be_typed(typed: str, words: list[str]) -> None:
    text = SMALL + typed.replace("¦", "")
    found = propose(text, len(text), read_document(SMALL.encode(), "plan.yaml").data)
    assert [each.word for each in found][: len(words)] == words
    assert bool(found) == bool(words)
