"""French typography: the spaces of generated words, and nothing else."""

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest

from scripts.translations import compiled, typeset


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("à faire : corriger", "à faire\u00a0: corriger"),
        ("Vouliez-vous dire {guess} ?", "Vouliez-vous dire {guess}\u202f?"),
        ("compté une fois ; voir", "compté une fois\u202f; voir"),
        ("attention !", "attention\u202f!"),
        ("« {text} » puis « b »", "«\u202f{text}\u202f» puis «\u202fb\u202f»"),
        ("60 % des 10 000 actions", "60\u202f% des 10\u202f000 actions"),
        ("12 345 678", "12\u202f345\u202f678"),
        ("de 2021 2022", "de 2021 2022"),
        ("l'action n° {number}", "l'action n°\u00a0{number}"),
        ('écrire " : " ou `a : b` : ainsi', 'écrire " : " ou `a : b`\u00a0: ainsi'),
        ("data/plan.yaml:3:4: HEAD:plan.yaml", "data/plan.yaml:3:4: HEAD:plan.yaml"),
        ("{place} : {text}", "{place}\u00a0: {text}"),
        ("", ""),
    ],
)
def test_typesetting_french(given: str, wanted: str) -> None:
    assert typeset(given) == wanted
    assert typeset(wanted) == wanted


@pytest.mark.parametrize(("language", "wanted"), [("fr", "So viele\u202f?"), ("de", "So viele ?")])
def test_only_a_french_catalogue_gets_french_spaces(language: str, wanted: str, tmp_path: Path) -> None:
    source = tmp_path / language / "LC_MESSAGES" / "plancli.po"
    source.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    source.write_text(head + '\nmsgid "So many?"\nmsgstr "So viele ?"\n', "utf-8")
    assert GNUTranslations(BytesIO(compiled(source))).gettext("So many?") == wanted
