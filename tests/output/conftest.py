"""Questions put to a plan as they are typed."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from plancli.exchange.data import plan_data
from plancli.plan.model import Plan
from plancli.plan.writer import dump
from tests.command import Answer

Ask = Callable[..., Answer]


@pytest.fixture
def ask(plancli: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Return a function that runs a command line in a folder that holds only a given plan."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "data" / "plan.yaml"
    file.parent.mkdir()

    def ask(plan: Plan, line: str, **terminal: object) -> Answer:
        file.write_text(dump(plan_data(plan)), "utf-8")
        return plancli(*shlex.split(line), **terminal)

    return ask
