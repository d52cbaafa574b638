"""What every test starts from: English, commands run in this process, the published plan, golden files."""

import gc
import os
import pkgutil
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import Phase, settings

import plancli as package
from plancli.i18n import detect_language
from plancli.plan.document import read_document
from plancli.plan.model import Plan, read_plan
from scripts.translations import compile_stale
from tests.command import Answer, run_command
from tests.distributions import Distributions, make_distributions
from tests.repositories import Repo

compile_stale()  # a pull or a rebase may have brought new translations

# Nothing that a machine or a job has set changes what tests see. Without bytecode each of a thousand starts of
# plancli would compile all of it again.
SETTINGS = [
    *("PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "LANGUAGE"),
    *("PLANCLI_PLAN", "PLANCLI_PAGER", "PAGER", "VISUAL", "EDITOR", "GITHUB_STEP_SUMMARY"),
    *(name for name in os.environ if name.startswith("GIT_")),
]
for setting in SETTINGS:
    os.environ.pop(setting, None)
os.environ |= {"TERM": "xterm", "TZ": "UTC"}
time.tzset()
os.umask(0o022)

pytest.register_assert_rewrite("tests.reliability.seen")  # what the readers of answers assert is told in full

# A busy machine is not a mistake, and a red run must come from a change: the same examples each time. The first
# that breaks a law ends its test, for making it smaller takes up to five minutes: `--hypothesis-profile=smaller`
# takes them. Chance is for fuzz/ and for `--hypothesis-profile=chance`.
settings.register_profile("smaller", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("steady", settings.get_profile("smaller"), phases=(Phase.explicit, Phase.generate))
settings.register_profile("chance", deadline=None)
settings.load_profile("steady")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Import all of plancli if Hypothesis is to run: its examples have constants of the modules that it finds."""
    if any(item.get_closest_marker("hypothesis") for item in session.items):
        for module in pkgutil.walk_packages(package.__path__, "plancli."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    gc.freeze()  # thousands of tests, which each search for garbage would look through


PUBLISHED = Path(__file__).parents[1] / "data" / "plan.yaml"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCLI_LANG", "en")
    detect_language()


@pytest.fixture
def plancli() -> Callable[..., Answer]:
    """Return a function that runs a command line; with ``columns`` it is read on a terminal of that width."""
    return run_command


@pytest.fixture(scope="session")
def published() -> Plan:
    return read_plan(read_document(PUBLISHED.read_bytes(), "data/plan.yaml").data)


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    """Build wheel and sdist, once for all tests; they take 20 s."""
    return make_distributions(tmp_path_factory.mktemp("distributions"))


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Make an empty repository and go there; git sees no configuration but its own."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    made = Repo(tmp_path / "repo")
    monkeypatch.chdir(made.folder)
    return made


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is given now into the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text, byte for byte, with a file in ``golden/`` beside the test."""
    update = request.config.getoption("--update-golden")

    def compare(name: str, text: str) -> None:
        file = Path(request.path).parent / "golden" / name
        if update:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        assert file.exists(), f"no {file.name}: look at what is given, then run with --update-golden"
        assert text == file.read_bytes().decode()

    return compare
