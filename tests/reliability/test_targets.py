"""Every command that writes a file, and every place where that fails: told, exit 3, nothing lost, nothing left."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.reliability.processes import PLANCLI, Loaded, environment, git, killed_at_any_moment

pytestmark = pytest.mark.slow  # many whole runs of plancli

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[2]
PLAN = (ROOT / "data" / "plan.yaml").read_bytes()
UNSORTED = PLAN.replace(b"years: [2021, 2022]", b"years: [2022, 2021]")
UNTIDY = PLAN.replace(b"priorities: [1, 2]", b"priorities: [1,   2]")
OLD = b"what stood there before\n"
ENDINGS = (".csv", ".json", ".md", ".html", ".xlsx", ".db")

WRITERS: dict[str, tuple[str, ...]] = {
    "fmt": ("fmt", "TARGET"),
    "fix": ("validate", "--fix", "TARGET"),
    "list": ("list", "--plan", "good.yaml", "--format", "json", "--output", "TARGET"),
    "validate": ("validate", "good.yaml", "--format", "sarif", "--output", "TARGET"),
    "import": ("import", "table.csv", "--title", "x", "--force", "--output", "TARGET"),
    **{f"export{ending}": ("export", "--plan", "good.yaml", "TARGET") for ending in ENDINGS},
}
"""The way to write each file; the file is TARGET."""


def target_of(name: str) -> str:
    """Return a file that a command may be asked to write."""
    ending = name.removeprefix("export") if name.startswith("export") else ".yaml"
    return f"out{'.txt' if name in ('list', 'validate') else ending}"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the published plan as a table."""
    made = tmp_path_factory.mktemp("table")
    (made / "plan.yaml").write_bytes(PLAN)
    subprocess.run([*PLANCLI, "export", "table.csv"], cwd=made, env=environment(), capture_output=True, check=True)
    return (made / "table.csv").read_bytes()


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, table: bytes) -> Iterator[Path]:
    """Make a folder that another user can reach: each pytest that starts closes the one of all temporary paths."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "good.yaml").write_bytes(PLAN)
        (folder / "table.csv").write_bytes(table)
        (folder / "here").mkdir()
        monkeypatch.chdir(folder)
        yield folder


def prepared(folder: Path, name: str, target: str) -> tuple[list[str], bytes]:
    """Put an old file in the place of the target; give the command line and what the old file holds."""
    old = {"fmt": UNTIDY, "fix": UNSORTED}.get(name, OLD)
    (folder / target).write_bytes(old)
    return [word.replace("TARGET", target) for word in WRITERS[name]], old


LIMITED = (
    "import resource, signal, sys\n"
    "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))\n"
    "from plancli.cli.main import run\nsys.exit(run(sys.argv[1:]))\n"
)
"""Where no file may grow past 2 KB: what a full disk does, without one."""


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_leaves_the_old_file(folder: Path, name: str) -> None:
    target = target_of(name)
    args, old = prepared(folder, name, target)
    before = sorted(os.listdir(folder))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *args],
        env=environment(TMPDIR=str(folder), PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    small = name == "validate" and done.returncode == 0
    assert small or done.returncode == 3, done.stderr
    assert small or b"File too large" in done.stderr or b"disk I/O error" in done.stderr, done.stderr
    assert small or (folder / target).read_bytes() == old
    assert sorted(os.listdir(folder)) == before


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("place", ["here", "gone/out", "good.yaml/out"])
def test_a_target_that_cannot_be_written_is_exit_code_3(
    plancli: Typed, folder: Path, name: str, place: str
) -> None:
    ending = os.path.splitext(target_of(name))[1]
    if place == "here":
        (folder / f"here{ending}").mkdir()
    target = f"{place}{ending}"
    before = sorted(os.listdir(folder))
    code, _out, err = plancli(*(word.replace("TARGET", target) for word in WRITERS[name]))
    assert code == 3, err
    said = f"can't {'read' if name in ('fmt', 'fix') else 'write'} {target}: "
    said = f"no plan under {target}" if (name, place) == ("fix", "here") else said
    assert f"plancli: {said}" in err
    assert sorted(os.listdir(folder)) == before


@pytest.mark.parametrize("name", WRITERS)
def test_a_symlink_stays_one_and_a_loop_is_told(plancli: Typed, folder: Path, name: str) -> None:
    target = target_of(name)
    args, old = prepared(folder, name, target)
    os.rename(target, "real")
    os.symlink("real", target)
    assert plancli(*args).code == 0
    assert os.path.islink(target)
    assert Path("real").read_bytes() != old
    os.unlink(target)
    os.symlink(target, target)
    before = sorted(os.listdir(folder))
    code, _out, err = plancli(*args)
    assert code == 3, err
    assert "can't" in err
    assert sorted(os.listdir(folder)) == before


ANOTHER_USER = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
NOBODY = 65534

As = Callable[[Path, Sequence[str]], tuple[int, str]]


@pytest.fixture(scope="module")
def as_another_user(table: bytes) -> Iterator[As]:
    """Return a function that runs a command as a user who owns nothing here.

    What that user may not be able to read is loaded before, and plancli stands where everybody reads it.
    """
    with TemporaryDirectory() as place:
        made = Path(place)
        made.chmod(0o755)
        shutil.copytree(ROOT / "src" / "plancli", made / "plancli")
        shutil.copytree(ROOT / "schema", made / "plancli" / "schema")
        plans = {"good.yaml": PLAN, "table.csv": table, "fmt.yaml": UNTIDY, "fix.yaml": UNSORTED}
        for name, content in plans.items():
            (made / name).write_bytes(content)
        commands = [["list", "--plan", "gone"]]
        for name, words in WRITERS.items():
            target = name + Path(target_of(name)).suffix
            commands.append([word.replace("TARGET", target) for word in words])
        errors = made / "errors"
        with Loaded(commands, made, str(errors), PYTHONPATH=str(made)) as loaded:

            def run(folder: Path, args: Sequence[str]) -> tuple[int, str]:
                folder.chmod(folder.stat().st_mode | 0o755)
                loaded.start(args, folder, NOBODY)
                code = loaded.wait()
                return code, errors.read_text("utf-8")

            yield run


@ANOTHER_USER
@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("what", ["folder", "file"])
def test_where_another_user_may_not_write(as_another_user: As, folder: Path, what: str, name: str) -> None:
    target = target_of(name)
    args, old = prepared(folder, name, target)
    if what == "file":
        folder.chmod(0o777)
        (folder / target).chmod(0o444)
    before = sorted(os.listdir(folder))
    code, err = as_another_user(folder, args)
    assert code == 3, err
    assert f"plancli: can't write {target}: Permission denied" in err
    assert (folder / target).read_bytes() == old
    assert sorted(os.listdir(folder)) == before


@ANOTHER_USER
@pytest.mark.parametrize("name", WRITERS)
def test_a_file_of_another_user_that_all_may_write(as_another_user: As, folder: Path, name: str) -> None:
    """It is replaced, with its mode; in a folder whose files are their owners' own (as /tmp) it is not."""
    target = target_of(name)
    args, old = prepared(folder, name, target)
    (folder / target).chmod(0o666)
    folder.chmod(0o1777)
    code, err = as_another_user(folder, args)
    assert (code, (folder / target).read_bytes()) == (3, old)
    assert f"plancli: can't write {target}: Operation not permitted" in err
    folder.chmod(0o777)
    code, err = as_another_user(folder, args)
    assert code == 0, err
    assert (folder / target).read_bytes() != old
    assert (folder / target).stat().st_mode & 0o777 == 0o666


@ANOTHER_USER
@pytest.mark.parametrize("name", WRITERS)
def test_root_leaves_a_file_to_its_owner(plancli: Typed, folder: Path, name: str) -> None:
    target = target_of(name)
    args, old = prepared(folder, name, target)
    os.chown(target, NOBODY, NOBODY)
    (folder / target).chmod(0o640)
    assert plancli(*args).code == 0
    found = (folder / target).stat()
    assert (folder / target).read_bytes() != old
    assert (found.st_uid, found.st_gid, found.st_mode & 0o777) == (NOBODY, NOBODY, 0o640)


@pytest.mark.parametrize("name", [name for name in WRITERS if name not in ("fmt", "fix")])
def test_a_pipe_is_written_as_a_file_would_be(plancli: Typed, folder: Path, name: str) -> None:
    target = target_of(name)
    args = [word.replace("TARGET", target) for word in WRITERS[name]]
    assert plancli(*args).code == 0
    whole = (folder / target).read_bytes()
    (folder / target).unlink()
    os.mkfifo(target)
    with subprocess.Popen([*PLANCLI, *args], env=environment(), stderr=subprocess.DEVNULL) as process:
        written = (folder / target).read_bytes()
        assert process.wait(60) == 0
    assert (folder / target).is_fifo()
    assert len(written) == len(whole) if target.endswith(("xlsx", "html")) else written == whole


def test_git_install_where_nothing_can_be_written(folder: Path) -> None:
    git(folder, "init", "-q")
    (folder / ".gitattributes").mkdir()
    done = subprocess.run(
        [*PLANCLI, "git", "install", "--plan", "good.yaml"], env=environment(), capture_output=True, check=False
    )
    assert done.returncode == 3
    assert b".gitattributes: Is a directory" in done.stderr


@pytest.mark.parametrize("name", WRITERS)
def test_a_killed_write_leaves_the_old_or_the_new_file(plancli: Typed, folder: Path, name: str) -> None:
    target = folder / target_of(name)
    args, old = prepared(folder, name, target.name)
    assert plancli(*args).code == 0
    new = target.read_bytes()
    for _turn in killed_at_any_moment(args, 20, lambda: target.write_bytes(old)):
        assert target.read_bytes() in (old, new)


def test_a_merge_killed_at_any_moment_leaves_one_of_its_results(plancli: Typed, folder: Path) -> None:
    """Ours as it was, git's own merge, or ours: each is whole."""
    sides = {
        "base": PLAN,
        "ours": PLAN.replace(b"priority: 2\n", b"priority: 1\n", 1),
        "theirs": PLAN.replace(b"years: [2022]", b"years: [2021, 2022]", 1),
    }
    for name, content in sides.items():
        (folder / name).write_bytes(content)
    args = ["git", "merge-driver", "base", "ours", "theirs", "7", "plan.yaml"]
    assert plancli(*args).code == 0
    merged = (folder / "ours").read_bytes()
    assert merged != sides["ours"]
    for _turn in killed_at_any_moment(args, 40, lambda: (folder / "ours").write_bytes(sides["ours"])):
        assert (folder / "ours").read_bytes() in (sides["ours"], merged)


def test_git_install_killed_at_any_moment_can_be_done_again(plancli: Typed, folder: Path) -> None:
    git(folder, "init", "-q")
    attributes = folder / ".gitattributes"
    asked = "--plan", "good.yaml"

    def prepare() -> None:
        time.sleep(0.05)  # git, which a killed one had called, ends by itself
        attributes.write_bytes(b"*.csv text\n")

    for _turn in killed_at_any_moment(["git", "install", *asked], 10, prepare):
        assert attributes.read_bytes().startswith(b"*.csv text\n")
        time.sleep(0.05)
        assert plancli("git", "install", *asked).code == 0
        assert attributes.read_bytes() == b"*.csv text\n/good.yaml diff=plan merge=plan text eol=lf\n"
        assert plancli("git", "uninstall", *asked).code == 0
        assert attributes.read_bytes() == b"*.csv text\n"
