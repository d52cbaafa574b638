"""Each way to install carries the translations, compiled."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.distributions import Distributions

ROOT = Path(__file__).parents[2]
ASK = "import plancli.i18n as l; print(l.__file__); print(l._('Priority'))"

pytestmark = pytest.mark.slow


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Copy what git knows of the source: no compiled file, no other build."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.splitlines()):
        if (ROOT / name).is_file():
            copy = tmp_path / "source" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy)
    assert not list((tmp_path / "source").rglob("*.mo"))
    return tmp_path / "source"


def asked(python: Path, folder: Path) -> list[str]:
    ran = subprocess.run(
        [python, "-I", "-c", ASK],
        cwd=folder,
        env={"PLANCLI_LANG": "fr", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout.splitlines()


def test_an_editable_install_speaks_french(distributions: Distributions, source: Path, tmp_path: Path) -> None:
    bin = distributions.install(tmp_path / "venv", "--no-deps", "-e", source)
    next(source.rglob("plancli.po")).unlink()  # the compiled file speaks, not its source
    where, word = asked(bin / "python", tmp_path)
    assert Path(where).is_relative_to(source)
    assert word == "Priorité"


@pytest.mark.parametrize("way", ["folder", "wheel"])
def test_an_installed_package_speaks_french(
    way: str, distributions: Distributions, source: Path, tmp_path: Path
) -> None:
    what = source if way == "folder" else distributions.wheel  # which was built from the sdist
    bin = distributions.install(tmp_path / "venv", "--no-deps", what)
    assert not list(source.rglob("*.mo")), "building a wheel leaves the source alone"
    shutil.rmtree(source)
    where, word = asked(bin / "python", tmp_path)
    assert Path(where).is_relative_to(tmp_path / "venv")
    assert [file.name for file in Path(where).parent.rglob("LC_MESSAGES/*")] == ["plancli.mo"]
    assert word == "Priorité"
