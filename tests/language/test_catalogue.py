"""Catalogues are compiled by an install, or by one command in a checkout; without that, all is English."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plancli.i18n import LOCALES
from scripts.translations import SOURCE, catalogues, compiled

COMPILE = ("scripts/translations.py", "--compile")


@pytest.mark.parametrize("source", list(catalogues()), ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_in_use_is_that_of_the_source(source: Path) -> None:
    in_use = Path(LOCALES, source.relative_to(SOURCE / "locale")).with_suffix(".mo")
    assert in_use.read_bytes() == compiled(source), "run python scripts/translations.py --compile"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy what a clone has of the package and the script: sources of catalogues, no compiled file."""
    ignored = shutil.ignore_patterns("*.mo", "__pycache__")
    for folder in ("src", "scripts"):
        shutil.copytree(SOURCE.parents[1] / folder, tmp_path / folder, ignore=ignored)
    return tmp_path


def french(checkout: Path, *args: str) -> str:
    """Run Python in French on the package of a checkout; return what it printed."""
    environment = {**os.environ, "PLANCLI_LANG": "fr", "PYTHONPATH": str(checkout / "src"), "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [sys.executable, *args], env=environment, capture_output=True, encoding="utf-8", check=True, cwd=checkout
    )
    return ran.stdout.strip()


def test_a_checkout_is_english_until_its_catalogues_are_compiled(checkout: Path) -> None:
    ask = ("-c", "from plancli.i18n import _; print(_('Priority'))")
    assert french(checkout, *ask) == "Priority"
    written = os.path.join("src", "plancli", "locale", "fr", "LC_MESSAGES", "plancli.mo")
    assert french(checkout, *COMPILE) == f"{written}: compiled"
    assert french(checkout, *ask) == "Priorité"
    assert french(checkout, *COMPILE) == "", "nothing is newer than its compiled file"


def test_a_catalogue_is_compiled_again_when_its_source_changes(checkout: Path) -> None:
    french(checkout, *COMPILE)
    source = next((checkout / "src").rglob("plancli.po"))
    source.write_text(source.read_text("utf-8").replace('msgstr "Priorité"', 'msgstr "Rang : {x}"'), "utf-8")
    os.utime(source, ns=(source.stat().st_atime_ns, source.stat().st_mtime_ns + 10**9))
    french(checkout, *COMPILE)
    ask = ("-c", "from plancli.i18n import _; print(ascii(_('Priority')))")
    assert french(checkout, *ask) == r"'Rang\xa0: {x}'"
