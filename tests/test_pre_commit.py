"""The hooks, run by the real pre-commit from a clone of this repository."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PLANCLI_LANG": "en", **environment},
    )


@pytest.mark.slow
def test_plancli_validate(tmp_path: Path) -> None:
    """Installs plancli in an environment of its own, for which pip must reach an index."""
    if run(ROOT, "git", "rev-parse", "--git-dir").returncode:
        pytest.skip("this is no clone")
    plan = tmp_path / "data" / "plan.yaml"
    plan.parent.mkdir()
    good = (ROOT / "data" / "plan.yaml").read_text("utf-8")
    run(tmp_path, "git", "init", "-q")

    def tried(text: str) -> subprocess.CompletedProcess[str]:
        plan.write_text(text, "utf-8")
        run(tmp_path, "git", "add", ".")
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "plancli-validate", "--all-files"]
        return run(tmp_path, *command, PRE_COMMIT_HOME=str(tmp_path / ".cache"))

    done = tried(good)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    done = tried(good.replace("DGFI, DGCL, DHUP", "DGFI, DGLC, DHUP"))
    assert done.returncode == 1
    assert "data/plan.yaml:202:44: error[unknown-directorate] action 9: unknown directorate DGLC" in done.stdout
