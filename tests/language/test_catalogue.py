"""A catalogue is read compiled, or from its source where that is newer."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from plancli.language import catalogue as module
from plancli.language.catalogue import catalogue
from plancli.language.source import compile_source

HEAD = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"""
ENTRIES = r"""
#: a.py
msgid "one"
msgstr "un : \"deux\" \\n\n"

# a comment
#, python-brace-format
msgid ""
"a long "
"{sentence}"
msgstr ""
"une longue "
"{sentence}"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} jour"
msgstr[1] "{n} jours"

msgctxt "of one"
msgid "one"
msgstr "une"

msgid "empty"
msgstr ""

#, fuzzy
msgid "guessed"
msgstr "deviné"

#~ msgid "gone"
#~ msgstr "parti"
"""


def by_babel(text: str) -> bytes:
    out = BytesIO()
    write_mo(out, read_po(BytesIO(text.encode())))
    return out.getvalue()


@pytest.mark.parametrize(
    "text", [HEAD, HEAD + ENTRIES, *[po.read_text("utf-8") for po in Path(module.FOLDER).rglob("*.po")]]
)
def test_the_source_compiles_as_babel_compiles_it(text: str) -> None:
    from gettext import GNUTranslations

    ours, babels = (
        vars(GNUTranslations(BytesIO(data)))["_catalog"] for data in (compile_source(text), by_babel(text))
    )
    ours.pop("", None), babels.pop("", None)
    assert ours == babels


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "FOLDER", str(tmp_path))
    catalogue.cache_clear()
    inside = tmp_path / "xx" / "LC_MESSAGES"
    inside.mkdir(parents=True)
    return inside


def put(file: Path, text: str, time: int) -> None:
    file.write_bytes(by_babel(text) if file.suffix == ".mo" else text.encode())
    os.utime(file, (time, time))


@pytest.mark.parametrize(
    ("compiled", "source", "wanted"),
    [
        (None, None, "yes"),
        (None, 1, "source"),
        (1, None, "compiled"),
        (1, 2, "source"),
        (2, 1, "compiled"),
        (1, 1, "compiled"),
    ],
)
def test_the_newer_one_speaks(folder: Path, compiled: int | None, source: int | None, wanted: str) -> None:
    if compiled:
        put(folder / "plancli.mo", HEAD + '\nmsgid "yes"\nmsgstr "compiled"\n', compiled)
    if source:
        put(folder / "plancli.po", HEAD + '\nmsgid "yes"\nmsgstr "source"\n', source)
    assert catalogue("xx").sentence("yes") == wanted
