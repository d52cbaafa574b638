"""``plancli`` alone: which plan was found, and whether it can be trusted."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[2]


def test_welcome_screen_on_the_published_plan(plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code, out, err = plancli()
    assert (code, err) == (0, "")
    assert "data/plan.yaml · valid\n" in out
    assert "3 orientations · 9 measures · 31 actions · 20 directorates\n" in out
    assert "plancli list -d DHUP -y 2022" in out
    assert "export PLANCLI_LANG=fr" in out


def test_welcome_screen_without_a_plan(plancli: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = plancli()
    assert (code, err) == (0, "")
    assert "--plan PATH" in out
    assert "plancli --help" in out


@pytest.mark.parametrize("text", ["- title: x\n", "[", ""])
def test_welcome_screen_on_an_invalid_plan(
    plancli: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(text)
    code, out, err = plancli()
    assert (code, err) == (0, "")
    assert "plan.yaml · 1 error: plancli validate\n" in out


def test_welcome_screen_with_a_missing_named_plan(
    plancli: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PLANCLI_PLAN", str(tmp_path / "missing.yaml"))
    assert plancli().code == 0


def test_a_plan_that_the_environment_names_and_that_is_not_there_is_told(plancli: Typed) -> None:
    answer = plancli(PLANCLI_PLAN="nope.yaml")
    assert answer.code == 0
    assert answer.err.splitlines() == [
        "plancli: can't read nope.yaml: No such file or directory",
        "$PLANCLI_PLAN names it. Name another: --plan PATH",
    ]
