"""plancli as others install it: a wheel, in a bare virtual environment, away from the checkout."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCHEMA = (ROOT / "schema" / "plan.schema.json").read_text("utf-8")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it without extras; give the folder of its programs."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    bin = folder / "venv" / "bin"
    pip: list[str | Path] = [bin / "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], check=True, cwd=folder)
    [wheel] = folder.glob("plancli-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "plancli/schema/plan.schema.json" in names
    assert "plancli/py.typed" in names
    assert {f"plancli/exchange/exporters/html/page.{kind}" for kind in ("css", "html.j2", "js")} <= set(names)
    assert not [name for name in names if name.startswith(("tests", "data", "benchmarks"))]
    subprocess.run([*pip, "install", wheel], check=True, cwd=folder)
    return bin


@pytest.mark.slow
def test_the_schema_is_found_in_a_wheel(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run([installed / "plancli", "schema"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode() == SCHEMA


@pytest.mark.slow
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


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build both distributions from a copy, as for a release; give their folder and that of the tools."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    bin = folder / "venv" / "bin"
    tools = ["build>=1.2,<2", "twine>=6,<7", "check-wheel-contents>=0.6,<1"]
    pip: list[str | Path] = [bin / "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, *tools], check=True, cwd=folder)
    line: list[str | Path] = [bin / "python", "-m", "build", "--outdir", folder / "dist", ROOT]
    subprocess.run(line, check=True, cwd=folder, stdout=subprocess.DEVNULL)
    return folder / "dist", bin


@pytest.mark.slow
def test_wheel_and_sdist_are_as_they_should_be(built: tuple[Path, Path]) -> None:
    """The wheel is built from the sdist, so what the sdist lacks would be missed here."""
    dist, bin = built
    [wheel], [sdist] = dist.glob("plancli-*.whl"), dist.glob("plancli-*.tar.gz")
    subprocess.run([bin / "twine", "check", "--strict", wheel, sdist], check=True)
    subprocess.run([bin / "check-wheel-contents", wheel], check=True)
    with tarfile.open(sdist) as archive:
        inside = {name.partition("/")[2].partition("/")[0] for name in archive.getnames()}
    assert {"src", "schema", "data", "tests", "docs", "fuzz", "scripts", "pyproject.toml", "SECURITY.md"} <= inside
    assert not inside & {".venv", ".git", "dist", ".ci"}
