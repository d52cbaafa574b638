"""plancli as others install it: a wheel, in a bare virtual environment, away from the checkout."""

import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.distributions import Distributions

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow
SCHEMA = (ROOT / "schema" / "plan.schema.json").read_text("utf-8")


@pytest.fixture(scope="module")
def installed(distributions: Distributions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel without extras; give the folder of its programs."""
    return distributions.install(tmp_path_factory.mktemp("wheel"), distributions.wheel)


def test_the_schema_is_found_in_a_wheel(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run([installed / "plancli", "schema"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode() == SCHEMA


@pytest.mark.parametrize("command", ["list", "summary", "directorates", "validate"])
def test_commands_need_no_extra(installed: Path, tmp_path: Path, command: str) -> None:
    plan = ROOT / "data" / "plan.yaml"
    done = subprocess.run(
        [installed / "plancli", command],
        cwd=tmp_path,
        env={"PLANCLI_PLAN": str(plan), "LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    assert done.stderr.decode().count("Traceback") == 0
    assert done.stdout


def test_wheel_and_sdist_are_as_they_should_be(distributions: Distributions) -> None:
    """The wheel is built from the sdist, so what the sdist lacks would be missed here."""
    distributions.run("twine", "check", "--strict", distributions.wheel, distributions.sdist)
    distributions.run("check-wheel-contents", distributions.wheel)
    with tarfile.open(distributions.sdist) as archive:
        inside = {name.partition("/")[2].partition("/")[0] for name in archive.getnames()}
    assert {"src", "schema", "data", "tests", "docs", "fuzz", "scripts", "pyproject.toml", "SECURITY.md"} <= inside
    assert not inside & {".venv", ".git", "dist", ".ci"}


def test_the_wheel_has_what_runs_and_nothing_else(distributions: Distributions) -> None:
    names = zipfile.ZipFile(distributions.wheel).namelist()
    assert "plancli/schema/plan.schema.json" in names
    assert "plancli/py.typed" in names
    assert {f"plancli/exchange/exporters/html/page.{kind}" for kind in ("css", "html.j2", "js")} <= set(names)
    assert not [name for name in names if name.startswith(("tests", "data", "benchmarks"))]
