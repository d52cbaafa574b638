"""The hooks, run by the real pre-commit from a clone of this repository."""

import os
import shutil
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


def published(folder: Path) -> Path:
    """Commit the files that stand here: pre-commit installs a commit, and a fresh copy may have none."""
    listed = run(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed.returncode:
        pytest.skip("git doesn't know which files are the project's")
    for name in sorted(set(listed.stdout.split("\0"))):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "plancli"]):
        done = run(folder, "git", "-c", "user.name=A", "-c", "user.email=a@example.org", *command)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_plancli_validate(tmp_path: Path) -> None:
    """Installs plancli in an environment of its own, for which pip must reach an index."""
    hooks = published(tmp_path / "hooks")
    work = tmp_path / "work"
    plan = work / "data" / "plan.yaml"
    plan.parent.mkdir(parents=True)
    good = (ROOT / "data" / "plan.yaml").read_text("utf-8")
    run(work, "git", "init", "-q")

    def tried(text: str) -> subprocess.CompletedProcess[str]:
        plan.write_text(text, "utf-8")
        run(work, "git", "add", ".")
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), "plancli-validate", "--all-files"]
        return run(work, *command, PRE_COMMIT_HOME=str(tmp_path / ".cache"))

    done = tried(good)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    done = tried(good.replace("DGFI, DGCL, DHUP", "DGFI, DGLC, DHUP"))
    assert done.returncode == 1
    assert "data/plan.yaml:202:44: error[unknown-directorate] action 9: unknown directorate DGLC" in done.stdout
