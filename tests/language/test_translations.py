"""Every sentence of the source is in the catalogue, once, translated, with the placeholders it has in English."""

import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from scripts.translations import catalogues, forms, read, sentences, updated

CATALOGUES = list(catalogues())
MESSAGES = [message for path in CATALOGUES for message in read(path) if message.id]


def english(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def placeholders(text: str) -> list[str]:
    return sorted({f"{field}:{form}" for _, field, form, _ in string.Formatter().parse(text) if field is not None})


def translated() -> list[tuple[str, str]]:
    """Return each form that is translated, beside the English it stands for."""
    return [
        (source, form)
        for message in MESSAGES
        for source, form in zip(english(message), forms(message), strict=True)
        if form
    ]


def test_there_is_a_french_catalogue() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == ["fr"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_in_step_with_the_source(path: Path) -> None:
    text, missing = updated(path, sentences())
    assert missing == []
    assert text == path.read_bytes(), "run python scripts/translations.py"


def test_no_translation_is_fuzzy() -> None:
    assert [message.id for message in MESSAGES if message.fuzzy] == []


def test_placeholders_of_translations_agree() -> None:
    assert [(a, b) for a, b in translated() if placeholders(a) != placeholders(b)] == []


def test_ends_of_translations_agree() -> None:
    """Spaces at the ends and the last full stop are the frame's, not the sentence's; one word may be cut short."""
    ends = re.compile(r"^\s*|\.?\s*$")
    assert [(a, b) for a, b in translated() if " " in a and ends.findall(a) != ends.findall(b)] == []


def test_spaces_are_plain_and_stand_where_typography_looks_for_them() -> None:
    wrong = re.compile(r"[\u00a0\u202f]|(?<!:)\b[^\W\d_]+:(?=\s|$)|[^\W_][;!?](?=\s|$)|«\S|\S»|\d%")
    keys = "actions|associated|closed|date|directorates|end|fields|label|language|measures|name|note|number"
    keys += "|orientations|period|pilots|priorities|priority|reason|start|text|title|type|years"
    typed = re.compile(rf'"[^"]*"|`[^`]*`|\b(?:{keys}):')  # codes, and keys of the plan
    assert [b for _, b in translated() if wrong.search(typed.sub("", b))] == []
