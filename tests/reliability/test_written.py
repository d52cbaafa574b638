"""Files are written whole or not at all: killed at any moment, on a full disk, where nothing may be written."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.processes import killed_at_any_moment

Typed = Callable[..., Any]
PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_bytes()
UNTIDY = PLAN.replace(b"priorities: [1, 2]", b"priorities: [1,   2]").replace(b"years: [2021]", b"years:   [2021]")
UNPRIVILEGED = 65534


def written_for_ever(target: Path) -> subprocess.Popen[bytes]:
    """Start a process that writes a file again and again, two contents in turn."""
    code = (
        "import sys\nfrom plancli.files import write_file\nprint(flush=True)\n"
        "while True:\n for each in (b'a', b'b'): write_file(sys.argv[1], each * 300_000)\n"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE)


@pytest.mark.slow
def test_a_killed_write_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    chance = random.Random(20210624)
    target = tmp_path / "plan.yaml"
    whole = {b"a" * 300_000, b"b" * 300_000}
    target.write_bytes(b"a" * 300_000)
    for _turn in range(40):
        process = written_for_ever(target)
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.random() * 0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert target.read_bytes() in whole


@pytest.mark.slow
def test_a_change_killed_at_any_moment_loses_nothing(plancli: Typed, tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    target.write_bytes(PLAN)
    move = ["move", "16", "--measure", "8", "--plan", str(target)]
    assert plancli(*move).code == 0
    moved = target.read_bytes()
    assert moved != PLAN
    for _turn in killed_at_any_moment(move, 40, lambda: target.write_bytes(PLAN)):
        assert target.read_bytes() in (PLAN, moved)
    target.write_bytes(PLAN)
    assert plancli(*move).code == 0, "what was left behind stops nothing"
    assert target.read_bytes() == moved


@pytest.mark.slow
def test_changes_made_at_once_are_all_kept_or_refused(tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    for _turn in range(5):
        target.write_bytes(PLAN)
        numbers = ["3", "5", "13", "24"]
        command = [sys.executable, "-m", "plancli", "set", "priority=1", "--plan", str(target)]
        started = [
            subprocess.Popen([*command[:4], number, *command[4:]], stdout=subprocess.DEVNULL) for number in numbers
        ]
        codes = [process.wait() for process in started]
        assert set(codes) <= {0, 3}
        assert 0 in codes
        assert PLAN.count(b"priority: 2") - target.read_bytes().count(b"priority: 2") == codes.count(0)


def commands(target: str) -> list[list[str]]:
    return [["fmt", target], ["set", "24", "priority=1", "--plan", target]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yaml").write_bytes(PLAN)
    (tmp_path / "plan.yaml").write_bytes(UNTIDY)
    return tmp_path


LIMITED = (
    "import resource, signal, sys\n"
    "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
    "from plancli.cli.main import run\nsys.exit(run(sys.argv[1:]))\n"
)


@pytest.mark.parametrize("number", [0, 1])
def test_where_a_file_can_grow_no_more_the_old_one_stays(folder: Path, number: int) -> None:
    args = [sys.executable, "-c", LIMITED, *commands("plan.yaml")[number]]
    done = subprocess.run(
        args, cwd=folder, env=os.environ | {"PLANCLI_LANG": "en"}, capture_output=True, check=False
    )
    assert done.returncode == 3, done.stderr
    assert done.stderr == b"plancli: can't write plan.yaml: File too large\n"
    assert (folder / "plan.yaml").read_bytes() == UNTIDY
    assert sorted(os.listdir(folder)) == ["good.yaml", "plan.yaml"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_device_is_exit_code_3(plancli: Typed, folder: Path) -> None:
    code, out, err = plancli("list", "--plan", "good.yaml", "--output", "/dev/full")
    assert (code, out, err) == (3, "", "plancli: can't write /dev/full: No space left on device\n")


@pytest.fixture
def as_nobody(plancli: Typed, folder: Path) -> Typed:
    """Return a way to run a command as a user who owns nothing here."""
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    for above in (folder, *folder.parents[:3]):
        if above.stat().st_uid == 0 and above.name.startswith(("pytest", "popen", "test_")):
            above.chmod(above.stat().st_mode | 0o055)
    for args in [*commands("good.yaml"), ["fmt", "plan.yaml", "--check"]]:  # loads what another user can't
        plancli(*args, *(["--format", "json"] if args[0] == "list" else []))
    (folder / "good.yaml").write_bytes(PLAN)
    try:
        plancli("list", "--plan", "gone.yaml")
    finally:
        (folder / "plan.yaml").write_bytes(UNTIDY)

    def typed(*args: str) -> Any:
        os.setresuid(UNPRIVILEGED, UNPRIVILEGED, 0)
        try:
            return plancli(*args)
        finally:
            os.setresuid(0, 0, 0)

    return typed


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("what", ["folder", "file"])
def test_where_nothing_may_be_written_it_is_3(as_nobody: Typed, folder: Path, number: int, what: str) -> None:
    if what == "file":
        folder.chmod(0o777)
        (folder / "plan.yaml").chmod(0o444)
    done = as_nobody(*commands("plan.yaml")[number])
    assert (done.code, done.out) == (3, ""), done.err
    assert done.err == "plancli: can't write plan.yaml: Permission denied\n"
    assert (folder / "plan.yaml").read_bytes() == UNTIDY
    assert sorted(os.listdir(folder)) == ["good.yaml", "plan.yaml"]


def test_a_file_that_may_not_be_read_is_exit_code_3(as_nobody: Typed, folder: Path) -> None:
    (folder / "plan.yaml").chmod(0o600)
    done = as_nobody("list", "--plan", "plan.yaml")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith("plancli: can't read plan.yaml: Permission denied\n")


@pytest.mark.parametrize("number", [0, 1])
def test_a_folder_in_place_of_a_file_is_3(plancli: Typed, folder: Path, number: int) -> None:
    (folder / "here").mkdir()
    code, out, err = plancli(*commands("here")[number])
    assert (code, out) == (3, "")
    assert err.startswith(
        ("plancli: can't read here: Is a directory", "plancli: can't write here: Is a directory")
    )
    assert os.listdir(folder / "here") == []


def test_a_pipe_is_read_and_written_as_it_is(folder: Path) -> None:
    os.mkfifo(folder / "in.yaml")
    os.mkfifo(folder / "out.json")
    plan = [
        sys.executable,
        "-m",
        "plancli",
        "list",
        "--plan",
        "in.yaml",
        "--format",
        "json",
        "--output",
        "out.json",
    ]
    with subprocess.Popen(plan, cwd=folder) as process:
        (folder / "in.yaml").write_bytes(PLAN)
        assert (folder / "out.json").read_bytes().count(b'"number"') == 31
        assert process.wait() == 0
    assert (folder / "out.json").is_fifo()


def test_fmt_through_a_symlink_keeps_it(plancli: Typed, folder: Path) -> None:
    (folder / "link.yaml").symlink_to("plan.yaml")
    assert plancli("fmt", "link.yaml").code == 0
    assert (folder / "link.yaml").is_symlink()
    assert (folder / "plan.yaml").read_bytes() == PLAN


@pytest.mark.parametrize("link", ["gone/plan.yaml", "loop.yaml"])
def test_a_symlink_that_leads_nowhere_is_3(plancli: Typed, folder: Path, link: str) -> None:
    (folder / "loop.yaml").symlink_to(link)
    code, out, err = plancli("list", "--plan", "loop.yaml")
    assert (code, out) == (3, "")
    assert err.startswith("plancli: can't read loop.yaml: ")


def test_fmt_writes_nothing_over_what_changed_meanwhile(
    plancli: Typed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        (folder / "plan.yaml").write_bytes(UNTIDY + b"# somebody else\n")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    code, out, err = plancli("fmt", "plan.yaml")
    assert (code, out, err) == (3, "", "plancli: plan.yaml changed while it was read\nRun the command again\n")
    assert (folder / "plan.yaml").read_bytes() == UNTIDY + b"# somebody else\n"
