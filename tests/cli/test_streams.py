"""Streams and signals, with real processes: what is written reaches its place, or the exit code says it didn't."""

import os
import pty
import select
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow  # many whole runs of plancli

ROOT = Path(__file__).parents[2]
PLANCLI = [sys.executable, "-m", "plancli"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [["schema"], ["--version"], ["--help"]])
def test_output_that_cannot_be_written_is_exit_code_3(args: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*PLANCLI, *args], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (
        3,
        "plancli: can't write the answer: No space left on device\n",
    )


@pytest.mark.parametrize("args", [["schema"], ["--help"]])
def test_a_closed_pipe_is_exit_code_141_without_a_message(args: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*PLANCLI, *args], stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_closed_standard_output_is_exit_code_3() -> None:
    done = subprocess.run(
        f"{sys.executable} -m plancli schema >&-", shell=True, stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (
        3,
        "plancli: can't write the answer: standard output is closed\n",
    )


def test_closed_standard_error_moves_no_message_to_standard_output() -> None:
    done = subprocess.run(
        f"{sys.executable} -m plancli liste 2>&-", shell=True, stdout=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize(
    "more", [{}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "utf-16", "PYTHONUTF8": "0"}]
)
def test_a_pipe_is_utf_8_whatever_the_environment(more: dict[str, str]) -> None:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONUTF8": "0", **more}
    done = subprocess.run(
        [*PLANCLI, "list", "-d", "dgtresor"], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    assert "DGTrésor" in done.stdout.decode("utf-8")
    assert "case" not in done.stderr.decode("utf-8")


def in_terminal(*args: str, columns: int = 80, **environment: str) -> str:
    """Return the bytes that a terminal is sent, as Latin-1."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (60, columns))
    process = subprocess.Popen(
        [*PLANCLI, *args],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PLANCLI_LANG": "en", **environment},
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while process.poll() is None or select.select([ours], [], [], 0)[0]:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux: nobody has the other end open any more
                break
            seen += piece
    os.close(ours)
    process.wait()
    assert process.returncode in (0, 2)
    return seen.decode("latin-1").replace("\r\n", "\n")


def test_a_terminal_encoding_without_characters_gets_stand_ins() -> None:
    shown = in_terminal("summary", TERM="xterm", NO_COLOR="1", PYTHONIOENCODING="ascii")
    assert shown.isascii()
    assert "# pilot - associated" in shown
    assert "Deleg" not in shown
    assert "Definir et mettre en oeuvre" in shown
    [heading] = [line for line in shown.splitlines() if line.startswith(" Directorate ")]
    [row] = [line for line in shown.splitlines() if line.startswith(" DHUP ")]
    assert heading.index("# pilot") == row.index("###")
    refused = in_terminal("list", "-d", "DGTrésro", TERM="xterm", PYTHONIOENCODING="ascii")
    assert refused.startswith("plancli: unknown directorate DGTresro. Did you mean DGTresor?")


def test_a_dumb_terminal_has_no_colours() -> None:
    assert "\x1b" in in_terminal("list", TERM="xterm")
    assert "\x1b" not in in_terminal("list", TERM="dumb")
    assert "\x1b" not in in_terminal("list", TERM="xterm", NO_COLOR="1")
    assert "\x1b" not in in_terminal("list", "-d", "DHPU", TERM="xterm")


def test_columns_goes_before_the_window() -> None:
    narrow = in_terminal("list", TERM="dumb", COLUMNS="60")
    assert max(len(line.encode("latin-1").decode()) for line in narrow.splitlines()) <= 60


def test_a_pipe_can_be_coloured() -> None:
    environment = {"PATH": os.environ["PATH"], "FORCE_COLOR": "1"}
    done = subprocess.run([*PLANCLI, "list"], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert b"\x1b[" in done.stdout


PAGED: dict[str, Any] = {"TERM": "xterm", "NO_COLOR": "1", "LINES": "10"}
"""A terminal of ten lines, which no list fits."""


@pytest.mark.parametrize(
    ("more", "prefix"),
    [
        ({"PLANCLI_PAGER": "sed s/^/paged/"}, "paged"),
        ({"PAGER": "sed s/^/paged/"}, "paged"),
        ({"PLANCLI_PAGER": "sed s/^/ours/", "PAGER": "sed s/^/paged/"}, "ours"),
        ({"PLANCLI_PAGER": "", "PAGER": "sed s/^/paged/"}, ""),
        ({"PLANCLI_PAGER": "cat"}, ""),
        ({"PLANCLI_PAGER": "sed s/^/paged/", "LINES": "60"}, ""),
    ],
)
def test_a_long_answer_on_a_terminal_is_read_in_the_pager(more: dict[str, str], prefix: str) -> None:
    shown = in_terminal("list", **(PAGED | more))
    assert len(shown.splitlines()) == 34
    assert all(line.startswith(prefix + " ") or line == prefix for line in shown.splitlines())


def test_no_pager_is_asked_for_with_an_option_or_a_pipe() -> None:
    paged = PAGED | {"PLANCLI_PAGER": "sed s/^/paged/"}
    assert "paged" not in in_terminal("list", "--no-pager", **paged)
    done = subprocess.run(
        [*PLANCLI, "list"], cwd=ROOT, env={"PATH": os.environ["PATH"], **paged}, capture_output=True, check=True
    )
    assert b"paged" not in done.stdout


def test_less_leaves_colours_and_what_fits() -> None:
    assert "FRX" in in_terminal("list", **PAGED, PLANCLI_PAGER="echo $LESS; cat >/dev/null")
    assert "R -i" in in_terminal("list", **PAGED, PLANCLI_PAGER="echo $LESS; cat >/dev/null", LESS="R -i")


def test_a_pager_that_is_missing_is_named_and_the_answer_given() -> None:
    shown = in_terminal("list", **PAGED, PLANCLI_PAGER="no-such-pager")
    assert "plancli: the pager no-such-pager was not found" in shown
    assert "31 actions" in shown


def test_a_pager_that_is_left_early_is_no_error() -> None:
    assert in_terminal("list", **PAGED, PLANCLI_PAGER="head -1").startswith(" No ")


def test_notes_come_before_the_rows_of_a_pipe_and_never_in_the_middle() -> None:
    done = subprocess.run(
        f"{sys.executable} -m plancli list -d DIHAL 2>&1",
        shell=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PLANCLI_LANG": "en"},
        capture_output=True,
        check=True,
    )
    note, heading, *rows = done.stdout.decode().splitlines()
    assert note.startswith("31 of 31 actions")
    assert heading.startswith("No ")
    assert len(rows) == 31


def test_the_width_is_asked_for_in_a_pipe() -> None:
    done = subprocess.run(
        [*PLANCLI, "list", "--width", "80"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PLANCLI_LANG": "en"},
        capture_output=True,
        check=True,
    )
    lines = done.stdout.decode().splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[-1] == " 31 actions · +1: one associated directorate · whole texts: add --full"
