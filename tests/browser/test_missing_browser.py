"""Without a browser the tests of the page are skipped on a reader's machine, and fail in CI."""

import pytest

from tests.browser.reader import missing


def test_without_a_browser_a_reader_of_the_tests_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no Chromium: the page can't be tried"):
        missing("no Chromium")


def test_without_a_browser_ci_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no Chromium"):
        missing("no Chromium")
