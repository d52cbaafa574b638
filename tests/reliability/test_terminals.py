"""Every command where it really runs: on terminals of all kinds, behind closed streams, in pipes that end."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import Answer
from tests.reliability import seen
from tests.reliability.processes import PLANCLI, environment, git, on_terminal

pytestmark = pytest.mark.slow  # many whole runs of plancli

PLAN = Path(__file__).parents[2] / "data" / "plan.yaml"
COMMANDS = (
    "",
    "--help",
    "list",
    "list --full",
    "show 9",
    "show DSJ",
    "summary",
    "summary --by pilot --by priority",
    "directorates",
    "validate",
    "rule",
    "rule no-pilot",
    "schema",
    "fmt --check",
    "fmt --diff",
    "diff HEAD~1",
    "log",
    "log 9",
    "git status",
    "export out.csv",
    "import out.csv --title x",
)
"""One of each command; the last but one makes what the last one reads."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("terminal")
    git(made, "init", "-q", "-b", "main")
    text = PLAN.read_text("utf-8")
    for each in (text.replace("priority: 2", "priority: 1", 1), text):
        (made / "plan.yaml").write_text(each, "utf-8")
        git(made, "add", "-A")
        git(made, "commit", "-qm", "x")
    subprocess.run([*PLANCLI, "export", "out.csv"], cwd=made, env=environment(), check=True, capture_output=True)
    return made


TERMINALS: dict[str, tuple[int, dict[str, str]]] = {
    "20 columns": (20, {}),
    "dumb": (80, {"TERM": "dumb"}),
    "dumb, 20 columns": (20, {"TERM": "dumb"}),
    "no colour": (80, {"NO_COLOR": "1"}),
    "ASCII": (80, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "no TERM": (80, {"TERM": ""}),
}


SOME = ("", "list", "show 9", "diff HEAD~1", "export out.csv")


@pytest.mark.parametrize(
    ("terminal", "command"),
    [(name, command) for name in TERMINALS for command in (COMMANDS if name == "ASCII" else SOME)],
)
def test_commands_on_each_terminal(folder: Path, terminal: str, command: str) -> None:
    columns, more = TERMINALS[terminal]
    hold_screen(terminal, *on_terminal(command.split(), columns, 24, folder, **more))


@pytest.mark.parametrize("terminal", [name for name in TERMINALS if name != "ASCII"])
def test_each_command_on_each_terminal(
    folder: Path, terminal: str, plancli: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process, with streams that say they are such a terminal."""
    monkeypatch.chdir(folder)
    columns, more = TERMINALS[terminal]
    for command in COMMANDS:
        answer = plancli(
            *command.split(), columns=columns, colour="NO_COLOR" not in more, **({"TERM": "xterm"} | more)
        )
        hold_screen(terminal, answer.code, answer.out + answer.err)


def hold_screen(terminal: str, code: int, shown: str) -> None:
    assert code in (0, 1), shown
    assert "Traceback" not in shown
    bare = seen.SGR.sub("", shown)
    seen.harmless(bare)
    if "dumb" in terminal or terminal == "no colour":
        assert bare == shown
    if terminal == "ASCII":
        assert shown.isascii()
    if terminal == "dumb":
        assert not re.search("[█░·→…│⋮─]", shown)


@pytest.mark.parametrize("command", ["rule", "export out.csv", "validate", "show DSK", "diff HEAD~1"])
def test_french_on_a_dumb_terminal_has_neither_signs_nor_its_spaces(folder: Path, command: str) -> None:
    code, shown = on_terminal(command.split(), 80, 24, folder, TERM="dumb", PLANCLI_LANG="fr")
    assert code in (0, 2), shown
    assert not re.search("[█░·→…│⋮─\u00a0\u202f]", shown)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_stops_after_a_line(folder: Path, command: str) -> None:
    """As in ``| head -1``: 141 where there was more to say, else what it is otherwise; silent."""
    with subprocess.Popen(
        [*PLANCLI, *command.split()], cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read().decode()
        assert process.wait() in (0, 1, 141)
    assert "Traceback" not in told
    assert "Exception" not in told


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["list", "validate", "fmt --check", "diff HEAD~1", "log", "export x.json"])
def test_each_command_behind_closed_streams(folder: Path, command: str, closed: str) -> None:
    line = f"{' '.join(PLANCLI)} {command} {closed}"
    done = subprocess.run(["sh", "-c", line], cwd=folder, env=environment(), capture_output=True, check=False)
    assert done.returncode in (0, 3)
    assert b"Traceback" not in done.stderr
    assert done.returncode == 3 or closed != ">&-" or command in ("export x.json", "fmt --check")
    if ">&-" in closed.split():
        assert done.stdout == b""


def test_an_interrupt_of_a_long_check_leaves_nothing(tmp_path: Path) -> None:
    large = PLAN.read_text("utf-8").rstrip("\n").partition("unused_numbers:")[0]
    (tmp_path / "plan.yaml").write_text(large + "\n# x" * 3_000_000, "utf-8")
    with subprocess.Popen(
        [*PLANCLI, "fmt"], cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert os.listdir(tmp_path) == ["plan.yaml"]


def test_each_command_without_home_and_git(
    plancli: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(PLAN, tmp_path / "plan.yaml")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    for command in COMMANDS:
        if "out.csv" in command:
            continue
        answer = plancli(*command.split())
        needs = command.startswith(("diff", "log", "git"))
        assert answer.code == (3 if needs else 0), (command, answer.err)
        assert not needs or "git isn't installed" in answer.err
