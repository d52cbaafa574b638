"""What every test starts from: plancli speaks English, whatever the machine speaks."""

import pytest

from plancli.language import listen


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCLI_LANG", "en")
    listen()
