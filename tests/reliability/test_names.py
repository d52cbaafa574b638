"""Names of files and of revisions are shown and not obeyed, for every command that takes one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reliability import hostile, seen
from tests.reliability.processes import environment
from tests.repositories import Repo

pytestmark = pytest.mark.slow  # many whole runs of plancli

Typed = Callable[..., Any]
PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_bytes()
TABLE = "Orientation\tN°\tMesure\tN°\tAction\tN°\tPilotes\tCalendrier\tPriorité\nO\t1\tM\t1\tA\t1\tB\t2021\t1\n"

FILES: tuple[tuple[str, ...], ...] = (
    ("--plan=FILE",),
    ("list", "--plan=FILE"),
    ("show", "1", "--plan=FILE"),
    ("summary", "--plan=FILE"),
    ("directorates", "--plan=FILE"),
    ("validate", "--plan=FILE"),
    ("validate", "--", "FILE"),
    ("validate", "--format=full", "--", "FILE"),
    ("validate", "--format=json", "--", "FILE"),
    ("validate", "--format=junit", "--", "FILE"),
    ("validate", "--format=sarif", "--", "FILE"),
    ("validate", "--format=gitlab", "--", "FILE"),
    ("fmt", "--check", "--", "FILE"),
    ("fmt", "--diff", "--", "FILE"),
    ("diff", "--plan=FILE"),
    ("diff", "--", "./FILE", "./FILE"),
    ("log", "--plan=FILE"),
    ("export", "--plan=FILE", "out.json"),
    ("export", "--plan=FILE", "out.md"),
    ("export", "--plan=FILE", "out.html"),
    ("import", "--", "FILE"),
    ("git", "install", "--dry-run", "--plan=FILE"),
    ("git", "status", "--plan=FILE"),
    ("list", "--at=HEAD", "--plan=FILE"),
)
"""Every way in which a file is named."""

TELLING = ("validate", "fmt", "import", "diff", "log")
"""The commands that say more of a file than that it can't be used."""


@pytest.fixture
def folder(tmp_path: Path, repo: Repo) -> Path:
    repo.commit(PLAN, path="plan.yaml")
    return repo.folder


def told(answer: Any) -> None:
    """Hold that an answer obeys nothing and is no traceback."""
    assert answer.code in (0, 1, 2, 3)
    seen.harmless(answer.out)
    seen.harmless(answer.err)
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("name", hostile.NAMES, ids=ascii)
def test_hostile_names_of_plans(folder: Path, plancli: Typed, name: str) -> None:
    made = folder / name
    broken = (b"title: [\n", PLAN.replace(b"priority: 1\n", b"priority: 7\n"), None)
    for content in (PLAN, broken[hostile.NAMES.index(name) % len(broken)]):
        if content is None:
            made.unlink()
        else:
            made.write_bytes(content)
        before = set(os.listdir(folder)) | {"out.json", "out.md", "out.html"}
        for words in FILES if content == PLAN else [each for each in FILES if each[0] in TELLING] + [FILES[1]]:
            args = [word.replace("FILE", name) for word in words]
            answer = plancli(*args)
            told(answer)
            if content == PLAN and words[0] in ("list", "show", "summary", "directorates", "validate", "export"):
                assert (answer.code == 0) or "--at=HEAD" in words, (args, answer.err)
        assert set(os.listdir(folder)) <= before


@pytest.mark.parametrize("name", hostile.NAMES, ids=ascii)
def test_names_of_files_that_are_written(folder: Path, plancli: Typed, name: str) -> None:
    stem = name.removesuffix(".yaml")
    (folder / "table.tsv").write_text(TABLE, "utf-8")
    for words, file in (
        (("list", "--output"), f"{stem}.txt"),
        (("validate", "--output"), f"{stem}.txt"),
        (("import", "table.tsv", "--title", "x", "--output"), name),
        (("export",), f"{stem}.csv"),
    ):
        args = [*words[:-1], f"{words[-1]}={file}"] if words[-1].startswith("--") else [*words, "--", file]
        answer = plancli(*args)
        told(answer)
        assert (folder / file).exists(), (args, answer.err)
    (folder / f"{stem}.untidy.yaml").write_bytes(PLAN.replace(b"priorities: [1, 2]", b"priorities: [1,  2]"))
    answer = plancli("fmt", "--", f"{stem}.untidy.yaml")
    told(answer)
    assert (folder / f"{stem}.untidy.yaml").read_bytes() == PLAN


@pytest.mark.parametrize("name", [name for name in hostile.NAMES if "\udcff" not in name], ids=ascii)
def test_names_of_plans_in_history(folder: Path, repo: Repo, plancli: Typed, name: str) -> None:
    repo.commit(PLAN, path=name)
    repo.commit(PLAN.replace(b"priority: 2\n", b"priority: 1\n", 1), path=name)
    for words in (
        ("diff", "HEAD~1", f"--plan={name}"),
        ("diff", "HEAD~1", "HEAD", "--format=markdown", f"--plan={name}"),
        ("diff", "HEAD~1", "HEAD", "--format=json", f"--plan={name}"),
        ("log", f"--plan={name}"),
        ("list", "--at=HEAD~1", f"--plan={name}"),
        ("list", f"--at=HEAD~1:{name}"),
        ("diff", f"HEAD~1:{name}", f"HEAD:{name}"),
    ):
        answer = plancli(*words)
        told(answer)
        if "\n" in name:
            assert (answer.code, answer.out) == (3, "")
            assert "line break in its name" in answer.err
        else:
            assert answer.code == 0, (words, answer.err)


@pytest.mark.parametrize("name", ["--help.yaml", "-x.yaml", "a\nb.yaml", "\x1b]0;t\x07.yaml", "::error::x.yaml"])
def test_names_that_git_gives_its_drivers(folder: Path, plancli: Typed, name: str) -> None:
    """Git runs the text conversion on a file and the merge driver on three, and names a fourth."""
    for file in ("base", "ours", "theirs"):
        (folder / f"{file}{name}").write_bytes(PLAN)
    shutil.copy(folder / "plan.yaml", folder / name)
    env = environment(PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    for args in (
        ("git", "textconv", name),
        ("git", "merge-driver", f"base{name}", name, f"theirs{name}", "7", name),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "plancli", *args], cwd=folder, env=env, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        seen.harmless(done.stderr.decode())
    (folder / f"theirs{name}").write_bytes(PLAN.replace(b"priority: 2\n", b"priority: 1\n", 1))
    (folder / name).write_bytes(PLAN.replace(b"priority: 2\n", b"priority: 3\n", 1))
    answer = plancli("git", "merge-driver", f"base{name}", name, f"theirs{name}", "7", name)
    told(answer)
    assert answer.code == 1
    assert answer.err


ASKED_AT: tuple[tuple[str, ...], ...] = (
    ("list", "--at=REV"),
    ("show", "1", "--at=REV"),
    ("summary", "--at=REV"),
    ("directorates", "--at=REV"),
    ("validate", "--at=REV"),
    ("export", "out.csv", "--at=REV"),
    ("log", "--at=REV"),
    ("diff", "--", "REV"),
    ("diff", "--", "REV", "HEAD"),
    ("diff", "--", "HEAD", "REV"),
    ("diff", "--", "REV..HEAD"),
    ("diff", "--", "HEAD...REV"),
)


@pytest.mark.parametrize("revision", hostile.REVISIONS, ids=lambda text: ascii(text)[:20])
def test_a_revision_is_never_an_option_and_never_obeyed(folder: Path, plancli: Typed, revision: str) -> None:
    before = sorted(os.listdir(folder))
    for words in ASKED_AT:
        answer = plancli(*(word.replace("REV", revision) for word in words))
        told(answer)
        if revision not in ("..", "...", "", ":/x"):
            assert (answer.code, answer.out) == (3, ""), (words, answer)
    assert sorted(os.listdir(folder)) == before


def test_revisions_that_begin_as_options_do(folder: Path, repo: Repo, plancli: Typed) -> None:
    """A name that git allows and that looks like an option is still the name of a commit."""
    repo.git("update-ref", "refs/heads/--output=x", "HEAD")
    repo.git("update-ref", "refs/heads/-h", "HEAD")
    for name in ("--output=x", "-h"):
        for words in ASKED_AT:
            answer = plancli(*(word.replace("REV", name) for word in words))
            assert answer.code == 0, (words, name, answer.err)
    assert not (folder / "x").exists()
