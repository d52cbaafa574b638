"""The command line itself: help, slips, exit codes."""

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from plancli import __version__
from plancli.cli.main import COMMANDS
from tests.conftest import PUBLISHED

Typed = Callable[..., Any]


def test_version(plancli: Typed) -> None:
    assert plancli("--version") == (0, f"plancli {__version__}\n", "")


def test_help_shows_each_command_once_under_its_group(plancli: Typed) -> None:
    code, page, err = plancli("--help")
    assert (code, err) == (0, "")
    lines = page.splitlines()
    for command in COMMANDS:
        [line] = [line for line in lines if line.startswith(f"  {command.name} ")]
        assert command.help in line
        heading = next(other for other in reversed(lines[: lines.index(line)]) if not other.startswith(" "))
        assert heading == command.panel


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.name))
def test_each_command_has_a_help_page(plancli: Typed, command: Any) -> None:
    code, page, err = plancli(command.name, "--help")
    assert (code, err) == (0, "")
    assert page.startswith(f"Usage: plancli {command.name} ")
    assert command.help[1:] in page
    assert not command.help.endswith(".")
    assert all(len(line) <= 100 for line in page.splitlines())
    assert hasattr(import_module(command.module), "command")


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("shema", "no command shema. Did you mean schema?", "All commands: plancli --help"),
        ("xyzw", "no command xyzw", "All commands: plancli --help"),
        ("help", "no command help. Did you mean --help?", ""),
        ("version", "no command version. Did you mean --version?", ""),
        ("schema x", "unexpected x", "See plancli schema --help"),
        ("schema --plan", "no option --plan", "See plancli schema --help"),
        ("schema -helper", "no option -e", "See plancli schema --help"),
        ("schema -z", "no option -z", "See plancli schema --help"),
        ("schema -help", "no option -help. Did you mean --help?", ""),
        ("schema --halp", "no option --halp. Did you mean --help?", "See plancli schema --help"),
        ("schema --aide", "no option --aide. Did you mean --help? Commands and options are English.", ""),
        ("schema --help=3", "--help takes no value", ""),
        ("--verison", "no option --verison. Did you mean --version?", ""),
        (
            "--plan x.yaml schema",
            "no option --plan before the command",
            "Options stand after the command: plancli schema --plan x.yaml",
        ),
        ("-d DSJ", "no option -d without a command", "Options stand after the command: plancli list -d DSJ"),
    ],
)
def test_usage_errors_say_what_was_probably_meant(plancli: Typed, typed: str, message: str, hint: str) -> None:
    told = f"plancli: {message}\n" + (f"{hint}\n" if hint else "")
    assert plancli(*typed.split()) == (2, "", told)


def test_usage_errors_escape_control_characters(plancli: Typed) -> None:
    assert plancli("\x1b]0;x\x07\u202e").err.splitlines()[0] == r"plancli: no command \x1b]0;x\x07\u202e"


def test_an_error_of_our_own_shows_its_traceback(plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_options: object) -> str:
        raise FileNotFoundError(2, "a bug", "some/file")

    monkeypatch.setattr(json, "dumps", broken)
    with pytest.raises(FileNotFoundError):
        plancli("list", "--plan", str(PUBLISHED), "--format", "json")
