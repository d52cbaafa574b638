"""Streams and signals, with real processes: what is written reaches its place, or the exit code says it didn't."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PLANCLI = [sys.executable, "-m", "plancli"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [["schema"], ["--version"], ["--help"]])
def test_what_cannot_be_written_is_3(args: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*PLANCLI, *args], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (
        3,
        "plancli: can't write the answer: No space left on device\n",
    )


@pytest.mark.parametrize("args", [["schema"], ["--help"]])
def test_a_closed_pipe_is_141_and_silent(args: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*PLANCLI, *args], stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_closed_output_is_3() -> None:
    done = subprocess.run(
        f"{sys.executable} -m plancli schema >&-", shell=True, stderr=subprocess.PIPE, check=False
    )
    assert (done.returncode, done.stderr.decode()) == (
        3,
        "plancli: can't write the answer: standard output is closed\n",
    )
