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


CONFIG = """
repos:
  - repo: {hooks}
    rev: {commit}
    hooks:
      - id: plancli-fmt
      - id: plancli-validate
"""


class Work:
    """A repository with a plan and both hooks, which pre-commit installs once, in an environment of their own."""

    def __init__(self, folder: Path) -> None:
        hooks = published(folder / "hooks")
        commit = run(hooks, "git", "rev-parse", "HEAD").stdout.strip()
        self.home = folder / "home"
        self.folder = folder / "work"
        self.plan = self.folder / "data" / "plan.yaml"
        self.plan.parent.mkdir(parents=True)
        config = CONFIG.format(hooks=hooks.as_posix(), commit=commit)
        (self.folder / ".pre-commit-config.yaml").write_text(config, "utf-8")
        run(self.folder, "git", "init", "-q")

    def tried(self, hook: str, text: str) -> subprocess.CompletedProcess[str]:
        self.plan.write_bytes(text.encode())
        run(self.folder, "git", "add", ".")
        command = [sys.executable, "-m", "pre_commit", "run", hook, "--all-files"]
        return run(self.folder, *command, PRE_COMMIT_HOME=str(self.home))


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    return Work(tmp_path_factory.mktemp("pre-commit"))


GOOD = (ROOT / "data" / "plan.yaml").read_text("utf-8")


@pytest.mark.slow
def test_hook_plancli_validate(work: Work) -> None:
    """Installs plancli, for which pip must reach an index."""
    done = work.tried("plancli-validate", GOOD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    done = work.tried("plancli-validate", GOOD.replace("DGFI, DGCL, DHUP", "DGFI, DGLC, DHUP"))
    assert done.returncode == 1
    assert "data/plan.yaml:202:44: error[unknown-directorate] action 9: unknown directorate DGLC" in done.stdout


@pytest.mark.slow
def test_hook_plancli_fmt(work: Work) -> None:
    """Installs plancli, for which pip must reach an index."""
    done = work.tried("plancli-fmt", GOOD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    assert work.plan.read_text("utf-8") == GOOD

    remark = GOOD.replace("          - number: 9\n", "          # à revoir\n          - number: 9\n")
    untidy = remark.replace("pilots: [DIHAL, DMAT]", 'pilots:\n            - "DIHAL"\n            - DMAT')
    assert untidy.count("DMAT\n") > remark.count("DMAT\n")
    done = work.tried("plancli-fmt", "\ufeff" + untidy.replace("\n", "\r\n"))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "files were modified by this hook" in done.stdout
    assert "data/plan.yaml" in done.stdout
    assert work.plan.read_bytes() == remark.encode()
    assert work.tried("plancli-fmt", remark).returncode == 0

    no_plan = GOOD.replace("orientations:", "orientation:")
    done = work.tried("plancli-fmt", no_plan)
    assert done.returncode == 1
    assert "files were modified" not in done.stdout
    assert work.plan.read_text("utf-8") == no_plan
