"""What is loaded: a command pays only for what it needs."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from plancli.check.rules import PLAN_RULES
from plancli.diagnostic import Severity

# Since 0.29 Typer itself loads pydantic, with csv, decimal and random (docs/decisions/typer-bound.md).
pytestmark = pytest.mark.skipif(
    tuple(map(int, version("typer").split(".")[:2])) >= (0, 29), reason="this Typer loads pydantic"
)

ROOT = Path(__file__).parents[2]
HEAVY = (
    *("pydantic", "rich", "jsonschema", "yaml", "sqlite3", "jinja2", "xlsxwriter", "python_calamine"),
    *("dataclasses", "json", "csv", "subprocess", "decimal", "random"),
)

PROGRAM = """
import os, sys
import typer
before = set(sys.modules)  # what Typer needs is Typer's: some versions load subprocess, some pydantic
told = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
for line in sys.argv[1:]:
    if child := os.fork():
        os.waitpid(child, 0)
        continue
    from plancli.cli.main import run
    code = run(line.split())
    os.write(told, " ".join([str(code), *sorted(set(sys.modules) - before)]).encode() + b"\\n")
    os._exit(0)
"""


def loaded(*lines: str, **environment: str) -> list[set[str]]:
    """Return the modules that each command line has loaded at its end; its answer goes to no terminal."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *lines],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [line.split() for line in done.stdout.splitlines()]
    assert [code for code, *_modules in answers] == ["0"] * len(lines), done.stderr
    return [
        {module for module in modules if module in HEAVY or module.startswith("plancli")}
        for _code, *modules in answers
    ]


LOADED = {
    "--version": set(),
    "--help": set(),
    "list --help": set(),
    "schema": set(),
    "list": {"yaml"},
    "list -d DSJ --format json": {"yaml", "json"},
    "list --format csv": {"yaml", "csv"},
    "list -t ccapex --full": {"yaml"},
    "show 9": {"yaml"},
    "show DSJ": {"yaml"},
    "summary": {"yaml"},
    "summary --by pilot --by priority": {"yaml"},
    "directorates --format markdown": {"yaml"},
    "validate": {"yaml"},
    "validate --format json": {"yaml", "json"},
    "validate --format concise": {"yaml"},
    "fmt --check": {"yaml"},
    "rule": set(),
    "": {"yaml"},
}


def test_nothing_heavy_is_loaded() -> None:
    found = [modules & set(HEAVY) for modules in loaded(*LOADED)]
    assert dict(zip(LOADED, found, strict=True)) == LOADED


def test_colours_load_nothing_more() -> None:
    (modules,) = loaded("summary", FORCE_COLOR="1")
    assert modules & set(HEAVY) == {"yaml"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_loads_nothing_heavy_but_the_plan(shell: str) -> None:
    words = {"COMP_WORDS": "plancli list -d D", "COMP_CWORD": "3", "_TYPER_COMPLETE_ARGS": "plancli list -d D"}
    (modules,) = loaded("", _PLANCLI_COMPLETE=f"complete_{shell}", _TYPER_COMPLETE_FISH_ACTION="get-args", **words)
    assert modules & set(HEAVY) == {"yaml"}


def test_what_only_a_faulty_plan_needs_is_not_loaded() -> None:
    needless = (
        "check.catalogue",
        "check.schema",
        "check.scan.characters",
        "check.scan.file_rules",
        "check.scan.recovery",
        "check.scan.syntax",
        "review",
        "git",
    )
    for modules in loaded("list", "show 9", "summary"):
        found = {m for m in modules if m.removeprefix("plancli.").startswith(needless)}
        assert not found


def test_a_query_loads_only_the_rules_that_it_asks() -> None:
    (modules,) = loaded("list")
    asked = {name.replace("-", "_") for name, severity in PLAN_RULES.items() if severity is Severity.ERROR}
    rules = {
        module.removeprefix("plancli.check.rules.").partition(".")[0] for module in modules if ".rules." in module
    }
    assert rules - {"base"} == asked


FRAME = ("main", "command", "usage", "options", "completion", "errors", "streams")


def test_only_the_command_that_is_asked_for_is_built() -> None:
    (modules,) = loaded("schema")
    commands = {module for module in modules if module.startswith("plancli.cli.")}
    assert commands == {module for module in commands if module.removeprefix("plancli.cli.") in (*FRAME, "schema")}
    assert "plancli.cli.schema" in commands
