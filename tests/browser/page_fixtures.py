"""A real Chromium, driven; without one the tests are skipped and say so, but never in CI."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException

from plancli.exchange.exporters import export
from plancli.exchange.request import make_request
from plancli.i18n import use_language
from plancli.plan.model import Plan
from tests.browser.reader import Reader, missing, written
from tests.exchange.made_up import many

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        missing("no Chromium with its chromedriver (Debian: apt install chromium chromium-driver)")
    assert program
    assert driver
    try:
        reader = Reader(program, driver, tmp_path_factory.mktemp("profile"))
    except WebDriverException as error:
        missing(f"Chromium doesn't start ({(error.msg or '').splitlines()[0]})")
        raise
    yield reader
    reader.close()


@pytest.fixture
def reader(chromium: Reader) -> Reader:
    """Return the browser as it is at first: 1440 px, light, no motion, scripts on, nothing logged yet."""
    chromium.reset()
    return chromium


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="session")
def page(pages: Path, published: Plan) -> str:
    """Return the address of the published plan's page, in French."""
    request = make_request(published, published.actions, "data/plan.yaml")
    with use_language("fr"):
        made = export(replace(request, revision="1f0c2ab", date="2021-06-24"), "plan.html")
    return written(pages / "plan.html", made)


@pytest.fixture(scope="session")
def large_page(pages: Path) -> str:
    """Return the address of a page of 1,000 actions."""
    plan = many(1000)
    return written(pages / "large.html", export(make_request(plan, plan.actions, "plan.yaml"), "plan.html"))


@pytest.fixture(scope="session")
def axe() -> str:
    """Return axe-core's source, as package-lock.json pins it."""
    file = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
    if not file.exists():
        missing("no axe-core (npm ci --prefix tests/browser)")
    return file.read_text("utf-8")
