"""Files are written whole or not at all."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from plancli.errors import Unavailable
from plancli.files import read_file, write_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_bytes(b"old\n")
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


@pytest.mark.parametrize("length", [0, 2**16 - 1, 2**16, 2**16 + 1, 2**18])
def test_a_file_of_any_length_is_read_up_to_a_size(tmp_path: Path, length: int) -> None:
    content = os.urandom(length)
    (tmp_path / "x").write_bytes(content)
    for size in (None, 0, 1, 2**16 - 1, 2**16, 2**16 + 1, 2**20):
        assert read_file(str(tmp_path / "x"), size) == content[:size]


def test_a_new_file_has_the_mode_of_the_mask(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_file(str(tmp_path / "new"), b"content")
    finally:
        os.umask(mask)
    assert (tmp_path / "new").read_bytes() == b"content"
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    assert names(tmp_path) == ["new"]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_the_mode_of_a_file_is_kept(folder: Path, mode: int) -> None:
    (folder / "plan.yaml").chmod(mode)
    write_file(str(folder / "plan.yaml"), b"new\n")
    assert (folder / "plan.yaml").read_bytes() == b"new\n"
    assert stat.S_IMODE((folder / "plan.yaml").stat().st_mode) == mode
    assert names(folder) == ["plan.yaml"]


def test_a_symlink_stays_a_symlink(folder: Path) -> None:
    (folder / "link").symlink_to("plan.yaml")
    write_file(str(folder / "link"), b"new\n")
    assert (folder / "link").is_symlink()
    assert (folder / "plan.yaml").read_bytes() == b"new\n"


def test_a_file_is_on_the_disk_before_it_has_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    real_sync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_sync(descriptor)

    def replace(source: str, target: str) -> None:
        done.append("rename")
        assert Path(source).parent == Path(target).parent
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    write_file(str(folder / "plan.yaml"), b"new\n")
    assert done == ["file", "rename", "folder"]


def test_a_failure_leaves_the_old_file_and_nothing_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match=r"can't write .*plan\.yaml: No space left on device"):
        write_file(str(folder / "plan.yaml"), b"new\n")
    assert (folder / "plan.yaml").read_bytes() == b"old\n"
    assert names(folder) == ["plan.yaml"]


def test_a_file_that_may_not_be_written_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(Unavailable, match="Permission denied"):
        write_file(str(folder / "plan.yaml"), b"new\n")
    assert (folder / "plan.yaml").read_bytes() == b"old\n"


@pytest.mark.parametrize("path", ["missing/plan.yaml", "plan.yaml/x", "."])
def test_a_file_that_cannot_be_written_is_exit_code_3(folder: Path, path: str) -> None:
    with pytest.raises(Unavailable, match="can't write"):
        write_file(str(folder / path), b"new\n")


def test_pipes_and_devices_are_written_in_place() -> None:
    write_file(os.devnull, b"new\n")
    assert not os.path.isfile(os.devnull)


def test_only_the_bytes_that_were_read_are_replaced(folder: Path) -> None:
    with pytest.raises(Unavailable, match=r"plan\.yaml changed while it was read"):
        write_file(str(folder / "plan.yaml"), b"new\n", b"older\n")
    assert (folder / "plan.yaml").read_bytes() == b"old\n"
    write_file(str(folder / "plan.yaml"), b"new\n", b"old\n")
    assert (folder / "plan.yaml").read_bytes() == b"new\n"
    with pytest.raises(Unavailable, match="changed while it was read"):
        write_file(str(folder / "plan.yaml"), b"new\n", b"")
    write_file(str(folder / "other.yaml"), b"new\n", b"")
    assert names(folder) == ["other.yaml", "plan.yaml"]


def test_an_edit_made_while_the_new_file_is_written_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an editor or git saves: another file takes the name, after the new content is on the disk."""
    real_sync = os.fsync

    def edited(descriptor: int) -> None:
        real_sync(descriptor)
        (folder / "edit").write_bytes(b"an edit\n")
        os.rename(folder / "edit", folder / "plan.yaml")

    monkeypatch.setattr(os, "fsync", edited)
    with pytest.raises(Unavailable, match="changed while it was read"):
        write_file(str(folder / "plan.yaml"), b"new\n", b"old\n")
    assert (folder / "plan.yaml").read_bytes() == b"an edit\n"
    assert names(folder) == ["plan.yaml"]


ADD_ONE = """
import sys
from plancli.errors import Unavailable
from plancli.files import read_file, write_file
path, added = sys.argv[1], 0
while added < 20:
    old = read_file(path)
    try:
        write_file(path, old + b"x", old)
        added += 1
    except Unavailable:
        pass
"""


def test_processes_that_write_at_once_lose_nothing(folder: Path) -> None:
    path = str(folder / "plan.yaml")
    running = [subprocess.Popen([sys.executable, "-c", ADD_ONE, path]) for _ in range(4)]
    assert [each.wait(120) for each in running] == [0] * 4
    assert (folder / "plan.yaml").read_bytes() == b"old\n" + b"x" * 80
    assert names(folder) == ["plan.yaml"]


def test_leftover_files_of_a_killed_process_are_reused(folder: Path) -> None:
    (folder / ".plancli-plan.yaml.lock").write_bytes(b"half of a very long file")
    write_file(str(folder / "plan.yaml"), b"new\n")
    assert (folder / "plan.yaml").read_bytes() == b"new\n"
    assert names(folder) == ["plan.yaml"]


def test_a_file_that_another_process_keeps_is_told(folder: Path) -> None:
    lock = folder / ".plancli-plan.yaml.lock"
    held = (
        "import fcntl, sys, time; f = open(sys.argv[1], 'w'); fcntl.flock(f, 2); print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", held, lock], stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(Unavailable, match="another process is writing"):
            write_file(str(folder / "plan.yaml"), b"new\n")
        other.kill()
    assert (folder / "plan.yaml").read_bytes() == b"old\n"
    write_file(str(folder / "plan.yaml"), b"new\n")


def test_a_lock_that_is_a_link_is_not_written_through(folder: Path, tmp_path: Path) -> None:
    (folder / "profile").write_bytes(b"mine\n")
    (folder / ".plancli-plan.yaml.lock").symlink_to("profile")
    with pytest.raises(Unavailable, match="can't write"):
        write_file(str(folder / "plan.yaml"), b"new\n")
    assert (folder / "profile").read_bytes() == b"mine\n"


def test_a_file_with_the_longest_name(tmp_path: Path) -> None:
    file = tmp_path / ("é" * 125 + ".yaml")
    write_file(str(file), b"new\n")
    assert file.read_bytes() == b"new\n"


EDIT_AFTER_THE_LAST_LOOK = """
import os, sys
from plancli.errors import Unavailable
from plancli.files import write_file
path, edits = sys.argv[1], 1

def edit(event, args):
    global edits
    if event == "ctypes.dlsym" and "renameat2" in args and edits:
        edits -= 1
        with open(path + ".edit", "wb") as stream:
            stream.write(b"an edit")
        os.replace(path + ".edit", path)

sys.addaudithook(edit)
try:
    write_file(path, b"new", b"old\\n")
except Unavailable as error:
    print(error.message, edits)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges files")
def test_an_edit_after_the_last_look_is_put_back(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EDIT_AFTER_THE_LAST_LOOK, str(folder / "plan.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (f"{folder}/plan.yaml changed while it was read 0\n", "")
    assert (folder / "plan.yaml").read_bytes() == b"an edit"
    assert names(folder) == ["plan.yaml"]
