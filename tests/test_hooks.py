"""The hooks that pre-commit finds here."""

import re
from pathlib import Path

import yaml

from plancli.cli.main import COMMANDS

HOOKS = yaml.safe_load((Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_bytes())


def test_each_hook_runs_a_command() -> None:
    assert {hook["id"] for hook in HOOKS} >= {"plancli-fmt"}
    for hook in HOOKS:
        assert {"id", "name", "description", "entry", "language"} <= hook.keys()
        program, command, *_ = hook["entry"].split()
        assert program == "plancli"
        assert command in {known.name for known in COMMANDS}
        assert re.search(hook["files"], "data/plan.yaml")
        assert not re.search(hook["files"], "data/floorplan.yaml")
