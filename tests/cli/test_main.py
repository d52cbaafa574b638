"""The command line itself: help, slips, exit codes."""

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from plancli import __version__
from plancli.cli.main import COMMANDS
from plancli.cli.usage import OTHER_WORDS
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


SHAPED = "Options stand after the command: plancli {}"


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("shema", "no command shema. Did you mean schema?", "All commands: plancli --help"),
        ("xyzw", "no command xyzw", "All commands: plancli --help"),
        ("help", "no command help. Did you mean --help?", ""),
        ("version", "no command version. Did you mean --version?", ""),
        ("help list", "no command help. Did you mean plancli list --help?", ""),
        ("search ccapex", "no command search. Did you mean plancli list -t ccapex?", ""),
        ("find", "no command find. Did you mean plancli list -t?", ""),
        ("search -y 2022", "no command search. Did you mean plancli list -t?", ""),
        ("chercher ccapex", "no command chercher. Did you mean plancli list -t ccapex?", ""),
        ("cherche ccapex", "no command cherche. Did you mean plancli list -t ccapex?", ""),
        ("validate --fix --dry-run", "no option --dry-run. Did you mean --diff?", ""),
        ("check", "no command check. Did you mean plancli validate?", ""),
        ("lint plan.yaml", "no command lint. Did you mean plancli validate plan.yaml?", ""),
        ("blame 9", "no command blame. Did you mean plancli show --blame 9?", ""),
        ("rm 9", "no command rm. Did you mean plancli remove 9?", ""),
        ("edit 9", "no command edit. Did you mean plancli set 9?", ""),
        ("status", "no command status. Did you mean plancli progress?", ""),
        ("en-retard", "no command en-retard. Did you mean plancli list --late?", ""),
        ("ministère", "no command ministère. Did you mean plancli summary --by ministry?", ""),
        ("mesure 7", "no command mesure. Did you mean plancli show M7?", ""),
        ("direction DSJ", "no command direction. Did you mean plancli show DSJ?", ""),
        ("action 9 12", "no command action. Did you mean plancli show 9 12?", ""),
        ("pdf", "no command pdf. Did you mean plancli export plan.html?", ""),
        ("list --by pilot", "no option --by. Did you mean plancli summary --by?", ""),
        ("list --limit 5", "no option --limit", "See plancli list --help"),
        ("log --limit 5", "no option --limit. Did you mean -n?", ""),
        ("log --after 2021", "no option --after. Did you mean --since?", ""),
        ("list --search x", "no option --search. Did you mean -t?", ""),
        ("list --all", "no option --all. Did you mean --full?", ""),
        ("list -o a.csv", "no option -o. Did you mean --output?", ""),
        ("validate --exclude x", "no option --exclude. Did you mean --ignore?", ""),
        ("--json", "no option --json without a command", SHAPED.format("list --format json")),
        ("--json show 9", "no option --json before the command", SHAPED.format("show --format json 9")),
        ("-v", "no option -v. Did you mean --version?", ""),
        ("list -v", "no option -v. Did you mean plancli --version?", ""),
        ("list --json", "no option --json. Did you mean --format json?", ""),
        ("summary --csv", "no option --csv. Did you mean --format csv?", ""),
        ("log --md", "no option --md. Did you mean --format markdown?", ""),
        ("export --json", "no option --json. Did you mean plancli export plan.json?", ""),
        ("export --format csv", "no option --format. Did you mean plancli export plan.csv?", ""),
        ("export --format=excel", "no option --format. Did you mean plancli export plan.xlsx?", ""),
        ("export --format yaml", "no option --format", "See plancli export --help"),
        ("move 16 --to 8", "no option --to. Did you mean --measure?", ""),
        ("log --to 2021", "no option --to. Did you mean --until?", ""),
        ("list --to 2021", "no option --to", "See plancli list --help"),
        ("export --pdf", "no option --pdf. Did you mean plancli export plan.html?", ""),
        ("list --excel", "no option --excel. Did you mean plancli export plan.xlsx?", ""),
        ("summary --html", "no option --html. Did you mean plancli export plan.html?", ""),
        (
            "export plan.pdf",
            "no format has the ending .pdf. Did you mean plan.html?",
            "A browser prints the page or saves it as PDF, and Word opens it",
        ),
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


@pytest.mark.parametrize("line", OTHER_WORDS)
def test_what_is_meant_by_another_word_can_be_typed(plancli: Typed, line: str) -> None:
    command, _space, rest = line.partition(" ")
    page = plancli(command, "--help").out
    option, _space, value = rest.partition(" ")
    assert not option.startswith("-") or f" {option}" in page
    assert value in (*page.split(), "")
    words = [word for words in OTHER_WORDS.values() for word in words]
    assert len(set(words)) == len(words)
    assert not {each.name for each in COMMANDS} & set(words)


def test_usage_errors_escape_control_characters(plancli: Typed) -> None:
    assert plancli("\x1b]0;x\x07\u202e").err.splitlines()[0] == r"plancli: no command \x1b]0;x\x07\u202e"


def test_an_error_of_our_own_shows_its_traceback(plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_options: object) -> str:
        raise FileNotFoundError(2, "a bug", "some/file")

    monkeypatch.setattr(json, "dumps", broken)
    with pytest.raises(FileNotFoundError):
        plancli("list", "--plan", str(PUBLISHED), "--format", "json")
