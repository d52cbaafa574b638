"""How errors are told: five at most of a refused plan, warnings left out, and what to do."""

import io
import sys

import pytest

from plancli.cli.errors import format_error
from plancli.cli.main import run
from plancli.cli.terminal import print_err
from plancli.diagnostic import Diagnostic, InvalidPlan, Severity
from plancli.errors import Usage
from plancli.location import Position, Span
from plancli.output.window import Window
from tests.conftest import PUBLISHED


def diagnostic(line: int, severity: Severity = Severity.ERROR, action: int | None = None) -> Diagnostic:
    span = Span(Position(line, 5), Position(line, 9))
    return Diagnostic("plan.yaml", span, "a-rule", severity, f"fault {line}", more=", it is", action=action)


def test_five_errors_are_named_and_the_rest_counted() -> None:
    found = (diagnostic(1, Severity.WARNING), *(diagnostic(line) for line in range(2, 9)))
    assert list(format_error(InvalidPlan("no answer", found), ["list"])) == [
        "plancli: no answer",
        *(f"  plan.yaml:{line}:5  fault {line}, it is" for line in range(2, 7)),
        "  … and 2 more",
        "In place: plancli validate",
    ]


def test_an_action_is_named_by_its_number() -> None:
    lines = list(format_error(InvalidPlan("no answer", (diagnostic(3, action=9),)), ["list"]))
    assert lines[1] == "  plan.yaml:3:5  action 9: fault 3, it is"


def test_a_hint_stands_on_its_own_line_and_no_hint_on_none() -> None:
    assert list(format_error(Usage("what", "do this"), [])) == ["plancli: what", "do this"]
    assert list(format_error(Usage("what"), [])) == ["plancli: what"]


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (60, ["  plan.yaml:2:5  the action that has this number is another"]),
        (40, ["  plan.yaml:2:5  the action that has", "    this number is another"]),
        (20, ["  plan.yaml:2:5  the", "    action that has", "    this number is", "    another"]),
        (None, ["  plan.yaml:2:5  the action that has this number is another"]),
    ],
)
def test_on_a_narrow_terminal_a_line_goes_on_indented(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int | None, rows: list[str]
) -> None:
    monkeypatch.setattr("plancli.output.window.window_of", lambda *_: Window(columns))
    print_err("  plan.yaml:2:5  the action that has this number is another")
    assert capsys.readouterr().err.splitlines() == rows


def test_a_word_that_is_wider_than_the_terminal_is_not_broken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("plancli.output.window.window_of", lambda *_: Window(20))
    print_err(f"plancli: {'x' * 30} is no plan")
    assert capsys.readouterr().err.splitlines() == ["plancli:", f"  {'x' * 30}", "  is no plan"]


@pytest.mark.usefixtures("capsys")
def test_notes_beside_bare_rows_have_no_signs_on_a_dumb_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    told = Terminal()
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(sys, "stderr", told)
    assert run(["list", "--plan", str(PUBLISHED), "-d", "DSJ", "-y", "2022"]) == 0
    assert told.getvalue().splitlines() == [
        "2 of 31 actions . DSJ in any role . covering 2022 (2022:",
        "  1, 2021-2022: 1)",
    ]
