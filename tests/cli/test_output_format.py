"""``--output`` decides the format by the ending of its file, where ``--format`` doesn't."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PUBLISHED

Typed = Callable[..., Any]


@pytest.mark.parametrize(
    ("command", "name", "form"),
    [
        ("list", "a.csv", "csv"),
        ("list", "a.JSON", "json"),
        ("list", "a.md", "markdown"),
        ("list", "a.markdown", "markdown"),
        ("list", "a.txt", "table"),
        ("list", "a", "table"),
        ("list", "v1.2/a", "table"),
        ("list", ".hidden", "table"),
        *((each, "a.md", "markdown") for each in ("summary --by pilot", "directorates", "show 9", "diff", "log")),
    ],
)
def test_the_ending_of_the_output_decides_the_format(
    plancli: Typed, repo: Any, command: str, name: str, form: str
) -> None:
    repo.commit(PUBLISHED.read_bytes())
    file = repo.folder / "made" / name
    file.parent.mkdir(parents=True)
    assert plancli(*command.split(), "--output", str(file)).code == 0
    assert file.read_bytes().decode() == plancli(*command.split(), "--format", form).out


def test_the_format_that_is_named_goes_before_the_ending(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    assert plancli("list", "--plan", str(PUBLISHED), "--format", "json", "--output", str(file)).code == 0
    assert len(json.loads(file.read_text("utf-8"))) == 31
    strange = tmp_path / "a.data"
    assert plancli("list", "--plan", str(PUBLISHED), "--format", "csv", "--output", str(strange)).code == 0
    assert strange.read_text("utf-8").startswith("number,")


@pytest.mark.parametrize("command", ["list", "summary", "directorates", "show 9", "diff", "log", "validate"])
def test_an_ending_without_a_format_is_a_usage_error(plancli: Typed, tmp_path: Path, command: str) -> None:
    file = tmp_path / "a.html"
    code, out, err = plancli(*command.split(), "--output", str(file))
    assert (code, out) == (2, "")
    first, hint = err.splitlines()
    assert first == f"plancli: no format for the ending .html of {file}"
    assert hint.startswith("Endings: .")
    assert hint.endswith("; any other with --format")
    assert not file.exists()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.json", "json"),
        ("a.sarif", "sarif"),
        ("a.sarif.json", "sarif"),
        ("a.xml", "junit"),
        ("a.txt", "concise"),
    ],
)
def test_the_ending_of_a_report_decides_its_format(plancli: Typed, tmp_path: Path, name: str, form: str) -> None:
    file, same = tmp_path / name, tmp_path / "same"
    assert plancli("validate", str(PUBLISHED), "--output", str(file)).code == 0
    assert plancli("validate", str(PUBLISHED), "--format", form, "--output", str(same)).code == 0
    assert file.read_bytes() == same.read_bytes()


def test_an_imported_plan_is_written_to_a_yaml_file(plancli: Typed, tmp_path: Path) -> None:
    table = PUBLISHED.parents[1] / "tests" / "data" / "source-2021-2022.txt"
    code, out, err = plancli("import", str(table), "--output", str(tmp_path / "plan.csv"))
    assert (code, out) == (2, "")
    assert err.splitlines()[1] == "Endings: .yaml .yml"
    assert list(tmp_path.iterdir()) == []
