"""What programs read speaks no language, or carries no typography: JSON, CSV, YAML, and diagnostics for CI."""

from contextlib import chdir
from pathlib import Path

import pytest

from tests.command import run_command

ROOT = Path(__file__).parents[2]
TYPOGRAPHY = ("\u00a0", "\u202f")


def given(folder: Path, language: str, line: str) -> tuple[int, str]:
    """Run a command line; return its exit code and standard output."""
    with chdir(folder):
        answer = run_command(*line.split(), PLANCLI_LANG=language)
    return answer.code, answer.out


def test_an_import_writes_the_same_plan_for_every_reader(tmp_path: Path) -> None:
    table = ROOT / "tests" / "data" / "source-2021-2022.txt"
    code, french = given(tmp_path, "fr", f"import {table}")
    assert (code, french) == given(tmp_path, "en", f"import {table}")
    assert code == 0
    assert not any(space in french for space in TYPOGRAPHY)


@pytest.mark.parametrize(
    "line",
    [
        "list -d DSJ --format csv",
        "list -d DSJ --format json",
        "show 9 --format json",
        "summary --format json",
        "summary --by pilot --by priority --format csv",
        "directorates --format json",
        "schema",
    ],
)
def test_answers_for_programs_are_the_same(line: str) -> None:
    assert given(ROOT, "fr", line) == given(ROOT, "en", line)


def test_problems_of_a_change_have_no_typography(tmp_path: Path) -> None:
    source = (ROOT / "data" / "plan.yaml").read_text("utf-8")
    for name, text in (("old", source), ("new", source.replace("DGFI, DGCL, DHUP", "DGFI, DGLC, DHUP"))):
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    code, french = given(tmp_path, "fr", "diff old.yaml new.yaml --format json")
    assert code == 0
    assert "direction inconnue « DGLC »" in french
    assert not any(space in french for space in TYPOGRAPHY)
