"""A unified diff: patch takes it, whatever differs, and many changes cost no more than their lines."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plancli.review.diff import unified

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "\n", "é\r\n", "-- d\n"]), max_size=25)


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch isn't installed")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, LINES, st.booleans())
def test_patch_takes_a_unified_diff(tmp_path: Path, old: list[str], new: list[str], open_end: bool) -> None:
    if open_end and old and new:
        old, new = [*old[:-1], "e"], [*new, "f"]
    file = tmp_path / "x"
    file.write_text("".join(old), "utf-8", newline="")
    patch = "".join(unified(old, new, "x"))
    assert bool(patch) == (old != new)
    if patch:
        done = subprocess.run(
            ["patch", "--quiet", "--binary", "-E", "-p0"], cwd=tmp_path, input=patch.encode(), check=False
        )
        assert done.returncode == 0, patch
        assert (file.read_bytes() if file.exists() else b"") == "".join(new).encode()


def test_unified_diff_is_that_of_the_program_diff() -> None:
    old = [f"{number}\n" for number in range(20)]
    new = [*old[:4], "x\n", *old[5:15], *old[16:]]
    assert "".join(unified(old, new, "plan.yaml")) == (
        "--- plan.yaml\n+++ plan.yaml\n@@ -2,7 +2,7 @@\n 1\n 2\n 3\n-4\n+x\n 5\n 6\n 7\n"
        "@@ -13,7 +13,6 @@\n 12\n 13\n 14\n-15\n 16\n 17\n 18\n"
    )


def test_unified_diff_of_20000_changes() -> None:
    old = [line for number in range(20_000) for line in (f"{number}\n", "same\n")]
    new = [line for number in range(20_000) for line in (f"{number}\n", "same\n", "\n")]
    assert sum(1 for line in unified(old, new, "x") if line.startswith("+")) == 20_001
