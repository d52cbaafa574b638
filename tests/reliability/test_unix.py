"""A good Unix program: real processes, in the environments that they really meet."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.command import run_command
from tests.reliability.processes import PLANCLI, environment, git, plancli

pytestmark = pytest.mark.slow  # many whole runs of plancli

PLAN = Path(__file__).parents[2] / "data" / "plan.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "origin"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    shutil.copy(PLAN, folder / "plan.yaml")
    for count in range(2):
        (folder / "README").write_text(str(count))
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "x")
    return folder


def test_a_reader_that_stops_is_141_and_silent() -> None:
    with subprocess.Popen(
        [*PLANCLI, "schema"], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_an_interrupt_is_130_and_silent() -> None:
    with subprocess.Popen(
        [*PLANCLI, "list", "--plan", "-"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        process.stdin.write(b"#" * 2**20)  # more than a pipe holds: once it is written, the plan is being read
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.parametrize(
    "more",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"TERM": "dumb"},
        {"COLUMNS": "20"},
        {},
    ],
    ids=str,
)
def test_a_pipe_is_whole_and_utf_8_wherever(more: dict[str, Any]) -> None:
    code, out, err = plancli("list", "--plan", str(PLAN), **more)
    assert (code, err) == (0, "31 actions\n")
    assert "Définir la stratégie nationale" in out
    assert "\x1b" not in out
    assert len(out.splitlines()) == 32


def test_without_git_only_revisions_are_refused() -> None:
    code, out, err = plancli("list", "--plan", str(PLAN), "--at", "HEAD", PATH="/nowhere")
    assert (code, out) == (3, "")
    assert err == "plancli: git isn't installed, or isn't on the PATH\nRevisions need git.\n"
    assert plancli("list", "--plan", str(PLAN), PATH="/nowhere")[0] == 0


def test_a_bare_repository(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repository), "bare.git")
    code, out, _err = plancli("list", "--plan", "plan.yaml", "--at", "HEAD", cwd=tmp_path / "bare.git")
    assert code == 0
    assert len(out.splitlines()) == 32


def test_a_shallow_clone(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", repository.as_uri(), "shallow")
    code, out, err = plancli("list", "--at", "HEAD~1", cwd=tmp_path / "shallow")
    assert (code, out) == (3, "")
    assert "this clone is shallow" in err
    assert "git fetch --unshallow" in err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a repository away")
def test_a_repository_of_another_user(repository: Path) -> None:
    for path in (repository, *repository.rglob("*")):
        os.chown(path, 65534, 65534)
    code, out, err = plancli("list", "--at", "HEAD", cwd=repository)
    assert (code, out) == (3, "")
    assert "git doesn't trust" in err
    assert "safe.directory" in err
    assert plancli("list", cwd=repository)[0] == 0


def test_a_plan_outside_of_any_repository(tmp_path: Path) -> None:
    shutil.copy(PLAN, tmp_path / "plan.yaml")
    code, out, err = plancli("list", "--at", "HEAD", cwd=tmp_path)
    assert (code, out) == (3, "")
    assert "is in no git repository" in err


@pytest.mark.parametrize("revision", ["--output=x", "-p", "--help", "\x1b[31mx", "a\nb", "$(touch x)"])
def test_a_revision_is_never_an_option_and_never_obeyed(
    repository: Path, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    before = sorted(os.listdir(repository))
    code, out, err = run_command("list", f"--at={revision}")
    assert (code, out) == (3, "")
    assert "\x1b" not in err
    assert sorted(os.listdir(repository)) == before


@pytest.mark.parametrize("name", ["--help", "-x", "a\nb.yaml", "\x1b]0;t\x07.yaml", "\u202ey.yaml", "[red]x.yaml"])
def test_file_names_are_shown_and_not_obeyed(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text("title: [\n")
    code, out, err = run_command("list", f"--plan={name}")
    assert (code, out) == (1, "")
    assert not {"\x1b", "\x07", "\u202e"} & set(err)
    assert len(err.splitlines()) < 9
    shutil.copy(PLAN, name)
    assert run_command("list", f"--plan={name}").code == 0


def test_standard_input_that_is_closed_is_told(tmp_path: Path) -> None:
    for asked in ("list --plan -", "validate -", "fmt -", "import -", "export x.csv --plan -"):
        command = f"{' '.join(PLANCLI)} {asked} <&-"
        done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (3, False), asked
        assert "standard input is closed" in done.stderr


@pytest.mark.slow
def test_a_working_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    shutil.copy(PLAN, tmp_path / "plan.yaml")
    for asked, code in (
        ("list", 3),
        ("diff", 3),
        ("log", 3),
        ("fmt", 3),
        ("validate", 3),
        ("validate a.yaml b.yaml", 3),
        ("import table.csv", 3),
        ("list --plan a.yaml", 3),
        ("export x.csv", 3),
        ("git status", 3),
        ("git status --global", 0),
        (f"list --plan {tmp_path}/plan.yaml", 0),
        (f"validate {tmp_path}/plan.yaml --format json", 0),
        (f"diff {tmp_path}/plan.yaml {tmp_path}/plan.yaml", 0),
        (f"export {tmp_path}/x.csv --plan {tmp_path}/plan.yaml", 0),
    ):
        (tmp_path / "gone").mkdir()
        command = f"rmdir ../gone; {' '.join(PLANCLI)} {asked}"
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path / "gone",
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), (asked, done.stderr)
        if code:
            assert "the working folder is gone" in done.stderr
