"""No answer from a plan that can't be trusted: which errors are named, and what else can't be read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Typed = Callable[..., Any]
PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_text("utf-8")

COMMANDS = [
    ["list"],
    ["summary"],
    ["summary", "--by", "pilot"],
    ["show", "9"],
    ["directorates"],
    ["list", "-d", "DSJ", "--format", "json"],
]


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], None]:
    """Make a plan of the given text the nearest one."""
    monkeypatch.chdir(tmp_path)

    def write(text: str | bytes) -> None:
        (tmp_path / "plan.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())

    return write


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "- title: x\n",
        "[",
        "a: *b\n",
        "- 1\n- 2\n",
        PLAN.replace("number: 1\n", "number: one\n", 1),
        PLAN + "---\n",
        PLAN.encode("latin-1", "replace") + b"\xe9",
        b"\x00",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_query_on_an_invalid_plan_answers_nothing(
    plancli: Typed, broken: Callable[[str | bytes], None], text: str | bytes, command: list[str]
) -> None:
    broken(text)
    code, out, err = plancli(*command)
    lines = err.splitlines()
    assert (code, out) == (1, "")
    assert lines[0].startswith("plancli: no answer from an invalid plan: plan.yaml has 1 error")
    assert lines[1].startswith("  plan.yaml:")
    assert lines[-1] == "In place: plancli validate"


def test_the_plan_that_was_named_is_the_plan_to_validate(plancli: Typed, tmp_path: Path) -> None:
    plan = tmp_path / "un plan.yaml"
    plan.write_text("title: x\n")
    hint = f"In place: plancli validate '{plan}'"
    assert plancli("list", "--plan", str(plan)).err.splitlines()[-1] == hint
    assert plancli("list", f"--plan={plan}").err.splitlines()[-1] == hint


def test_errors_of_a_plan_escape_control_characters(plancli: Typed, broken: Callable[[str | bytes], None]) -> None:
    broken('"\\e]0;owned\\a\\e[2J": 1\n')
    err = plancli("list").err
    assert "\x1b" not in err
    assert "\x07" not in err


@pytest.mark.parametrize("place", ["missing.yaml", "."])
def test_a_plan_that_cannot_be_opened_is_exit_code_3(plancli: Typed, tmp_path: Path, place: str) -> None:
    code, out, err = plancli("list", "--plan", str(tmp_path / place))
    assert (code, out) == (3, "")
    assert str(tmp_path / place) in err.splitlines()[0]


def test_a_conflict_is_named_before_all_else(plancli: Typed, broken: Callable[[str | bytes], None]) -> None:
    sides = "<<<<<<< ours\n            priority: 1\n=======\n            priority: 2\n>>>>>>> theirs\n"
    head, _mark, tail = PLAN.replace("priority: 2", "priority: 3").rpartition("            priority: 1\n")
    broken(head + sides + tail)
    for command in (["list"], ["show", "9"]):
        first = plancli(*command).err.splitlines()[1]
        assert first.endswith("a merge conflict is not resolved")
