"""Every command that writes a file, and every place where that fails: told, exit 3, nothing lost, nothing left."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from processes import PLANCLI, environment, git

Typed = Callable[..., Any]
PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_bytes()
UNTIDY = PLAN.replace(b"priorities: [1, 2]", b"priorities: [1,   2]")
OLD = b"what stood there before\n"
ENDINGS = (".csv", ".json", ".md", ".html", ".xlsx", ".db", ".sqlite")

WRITERS: dict[str, tuple[str, ...]] = {
    "fmt": ("fmt", "TARGET"),
    "list": ("list", "--plan", "good.yaml", "--format", "json", "--output", "TARGET"),
    "validate": ("validate", "good.yaml", "--format", "sarif", "--output", "TARGET"),
    "import": ("import", "table.csv", "--title", "x", "--force", "--output", "TARGET"),
    **{f"export{ending}": ("export", "--plan", "good.yaml", "TARGET") for ending in ENDINGS},
}
"""The way to write each file; the file is TARGET."""


def target_of(name: str) -> str:
    """Give a file that a command may be asked to write."""
    ending = name.removeprefix("export") if name.startswith("export") else ".yaml"
    return f"out{'.txt' if name in ('list', 'validate') else ending}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "good.yaml").write_bytes(PLAN)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path)
    done = subprocess.run(
        [*PLANCLI, "export", "table.csv", "--plan", "good.yaml"],
        env=environment(),
        capture_output=True,
        check=True,
    )
    assert done.returncode == 0
    return tmp_path


def prepared(folder: Path, name: str, target: str) -> tuple[list[str], bytes]:
    """Put an old file in the place of the target; give the command line and what the old file holds."""
    old = UNTIDY if name == "fmt" else OLD
    (folder / target).write_bytes(old)
    return [word.replace("TARGET", target) for word in WRITERS[name]], old


LIMITED = (
    "import resource, signal, sys\n"
    "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))\n"
    "from plancli.cli.app import run\nsys.exit(run(sys.argv[1:]))\n"
)
"""Where no file may grow past 2 KB: what a full disk does, without one."""


@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk(folder: Path, name: str) -> None:
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
def test_a_place_that_is_none(plancli: Typed, folder: Path, name: str, place: str) -> None:
    ending = os.path.splitext(target_of(name))[1]
    if place == "here":
        (folder / f"here{ending}").mkdir()
    target = f"{place}{ending}"
    before = sorted(os.listdir(folder))
    code, _out, err = plancli(*(word.replace("TARGET", target) for word in WRITERS[name]))
    assert code == 3, err
    assert f"plancli: can't {'read' if name == 'fmt' else 'write'} {target}: " in err
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


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_where_another_user_may_not_write(folder: Path, what: str) -> None:
    for above in (folder, *folder.parents[:3]):
        if above.name.startswith(("pytest", "popen", "test_")):
            above.chmod(0o755)
    as_nobody = "import os, sys\nfrom plancli.cli.app import run\n{}os.setresuid(65534, 65534, 65534)\n"
    as_nobody += "sys.exit(run(sys.argv[1:]))\n"
    loaded = (
        "run(['list', '--plan', 'gone'])\nrun(['validate', 'good.yaml'])\nrun(['fmt', '--check', 'good.yaml'])\n"
    )
    loaded += "import plancli.plan.writer, plancli.files, tempfile, plancli.exchange.importer, json\n"
    for name, words in WRITERS.items():
        if name in ("export.html", "export.xlsx", "export.db", "export.sqlite", "validate", "import", "list"):
            continue  # what they load may not be readable to another user
        target = target_of(name)
        args, old = prepared(folder, name, target)
        if what == "file":
            folder.chmod(0o777)
            (folder / target).chmod(0o444)
        before = sorted(os.listdir(folder))
        first = f"run({[*words[:-1], f'warm{os.path.splitext(target)[1]}']!r})\n" if name != "fmt" else ""
        done = subprocess.run(
            [sys.executable, "-c", as_nobody.format(loaded + first), *args],
            env=environment(),
            capture_output=True,
            check=False,
        )
        Path(f"warm{os.path.splitext(target)[1]}").unlink(missing_ok=True)
        assert done.returncode == 3, (name, done.stderr)
        assert f"plancli: can't write {target}: Permission denied" in done.stderr.decode()
        assert (folder / target).read_bytes() == old
        assert sorted(os.listdir(folder)) == before


def test_git_install_where_nothing_can_be_written(folder: Path) -> None:
    git(folder, "init", "-q")
    (folder / ".gitattributes").mkdir()
    done = subprocess.run(
        [*PLANCLI, "git", "install", "--plan", "good.yaml"], env=environment(), capture_output=True, check=False
    )
    assert done.returncode == 3
    assert b".gitattributes: Is a directory" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", WRITERS)
def test_killed_at_any_moment_the_old_or_the_new_file_stands(folder: Path, name: str) -> None:
    target = target_of(name)
    args, old = prepared(folder, name, target)
    started = time.monotonic()
    assert subprocess.run([*PLANCLI, *args], env=environment(), capture_output=True, check=False).returncode == 0
    took = time.monotonic() - started
    new = (folder / target).read_bytes()
    chance = random.Random(name)
    kept = {"old": 0, "new": 0}
    for _turn in range(30):
        (folder / target).write_bytes(old)
        killed_after(took * (0.4 + 0.8 * chance.random()), args)
        found = (folder / target).read_bytes()
        assert found in (old, new)
        kept["old" if found == old else "new"] += 1
    print(name, kept)


@pytest.mark.slow
def test_a_merge_killed_at_any_moment_leaves_one_of_its_results(folder: Path) -> None:
    """Ours as it was, git's own merge, or ours: each is whole."""
    sides = {
        "base": PLAN,
        "ours": PLAN.replace(b"priority: 2\n", b"priority: 1\n", 1),
        "theirs": PLAN.replace(b"years: [2022]", b"years: [2021, 2022]", 1),
    }
    for name, content in sides.items():
        (folder / name).write_bytes(content)
    args = ["git", "merge-driver", "base", "ours", "theirs", "7", "plan.yaml"]
    assert subprocess.run([*PLANCLI, *args], env=environment(), capture_output=True, check=False).returncode == 0
    merged = (folder / "ours").read_bytes()
    chance = random.Random(8)
    for _turn in range(40):
        (folder / "ours").write_bytes(sides["ours"])
        killed_after(chance.random() * 0.5, args)
        assert (folder / "ours").read_bytes() in (sides["ours"], merged)


def killed_after(seconds: float, args: Sequence[str]) -> None:
    """Start a command and kill it."""
    process = subprocess.Popen(
        [*PLANCLI, *args], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    process.kill()
    process.wait()
