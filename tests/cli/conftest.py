"""Commands run in this process, as typed."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from plancli.cli.app import run


class Answer(NamedTuple):
    """What a command line gave."""

    code: int
    out: str
    err: str


@pytest.fixture
def plancli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    for name in ("PLANCLI_PLAN", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def typed(*args: str) -> Answer:
        capsys.readouterr()
        code = run(args)
        return Answer(code, *capsys.readouterr())

    return typed
