"""A git that fails is said, exit 3; it is never taken for "not there", or for a history."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.repositories import Repo, git

pytestmark = pytest.mark.slow  # many whole runs of plancli

Typed = Callable[..., Any]
PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_bytes()
CHANGED = PLAN.replace(b"priority: 2", b"priority: 1", 1)


@pytest.fixture
def three(repo: Repo) -> Repo:
    """Commit the plan, a change of it, and another; every object is a file of its own."""
    repo.commit(PLAN)
    repo.commit(CHANGED)
    repo.commit(CHANGED.replace(b"priority: 2", b"priority: 1", 1))
    return repo


def damage(repo: Repo, name: str, how: str) -> None:
    found = repo.git("rev-parse", name).strip()
    file = repo.folder / ".git" / "objects" / found[:2] / found[2:]
    file.chmod(0o644)
    content = file.read_bytes()
    made = {
        "empty": b"",
        "truncated": content[:40],
        "truncated late": content[:-20],
        "garbage": b"garbage",
    }
    file.unlink() if how == "missing" else file.write_bytes(made[how])


ASKED = (("log",), ("list", "--at", "HEAD~1"), ("diff", "HEAD~1"), ("diff", "HEAD~1", "HEAD"))


@pytest.mark.parametrize("how", ["missing", "empty", "truncated", "truncated late", "garbage"])
@pytest.mark.parametrize("what", ["HEAD~1", "HEAD~1^{tree}", "HEAD~1:data", "HEAD~1:data/plan.yaml"])
def test_a_damaged_object_is_git_s_own_words(three: Repo, plancli: Typed, what: str, how: str) -> None:
    damage(three, what, how)
    for asked in ASKED:
        answer = plancli(*asked)
        assert (answer.code, answer.out) == (3, ""), asked
        assert answer.err.startswith("plancli: git can't answer: "), asked
        assert "It came with" not in answer.err
        assert "unknown revision" not in answer.err
    assert plancli("list").code == 0
    assert plancli("list", "--at", "HEAD").code == 0


def test_a_commit_that_is_missing_on_the_way_to_a_date(three: Repo, plancli: Typed) -> None:
    damage(three, "HEAD~1", "missing")
    for asked in ("2020-01-01", "HEAD~2", "01/2020"):
        answer = plancli("list", "--at", asked)
        assert answer.code == 3
        assert "git can't answer" in answer.err


def test_an_unknown_revision_stays_one(three: Repo, plancli: Typed) -> None:
    for asked in ("mian", "v1", "HEAD~9", "HEAD^2", "1" * 40, "abcdef1", "HEAD^{/nothing}", "origin/main"):
        assert f"unknown revision {asked}" in plancli("list", "--at", asked).err


def test_a_version_is_no_date(three: Repo, plancli: Typed) -> None:
    for asked in ("1.3", "2.0.0", "1.12"):
        told = plancli("list", "--at", asked).err
        assert told == f"plancli: unknown revision {asked}\nBranches and tags: git branch --all, git tag\n"


def test_a_name_that_git_itself_refuses_is_no_damage(three: Repo, plancli: Typed) -> None:
    for asked in ("@{u}", "mian@{upstream}", "HEAD@{99}", "HEAD^{blob}"):
        answer = plancli("list", "--at", asked)
        assert (answer.code, answer.out) == (3, "")
        assert "git can't answer: " in answer.err
        assert answer.err.endswith("\nBranches and tags: git branch --all, git tag\n"), asked


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("HEAD", "", "not a git repository"),
        ("HEAD", "garbage", "not a git repository"),
        ("refs/heads/main", "garbage", "your current branch appears to be broken"),
        ("config", "[core\n", "bad config line 1"),
    ],
)
def test_a_broken_repository_is_neither_absent_nor_new(
    three: Repo, plancli: Typed, file: str, content: str, words: str
) -> None:
    (three.folder / ".git" / file).write_text(content)
    for asked in (("log",), ("list", "--at", "HEAD"), ("diff",)):
        answer = plancli(*asked)
        assert (answer.code, answer.out) == (3, "")
        assert words in answer.err
        assert "git init" not in answer.err
        assert "no commit yet" not in answer.err
    exported = plancli("export", "x.md")
    assert exported.code == 0
    assert "which commit the plan is from isn't sure: git" in exported.err
    assert words in exported.err


def test_a_work_tree_whose_repository_moved_away_is_told(three: Repo, plancli: Typed) -> None:
    (three.folder / ".git").rename(three.folder / "moved")
    (three.folder / ".git").write_text("gitdir: /nowhere/of/old\n")
    for asked in (("log",), ("export", "x.md")):
        assert "fatal: not a git repository: /nowhere/of/old" in plancli(*asked).err


GIT = """#!/bin/sh
case " $* " in *" {command} "*) {then} ;; esac
exec {git} "$@"
"""


@pytest.mark.parametrize("then", ["kill -9 $$", "echo 'fatal: no such thing' >&2; exit 128", "exit 1"])
@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("cat-file", ("list", "--at", "HEAD")),
        ("cat-file", ("log",)),
        ("cat-file", ("diff",)),
        ("rev-list", ("log",)),
        ("rev-list", ("list", "--at", "2022-01-01")),
        ("rev-list", ("diff", "HEAD~1", "HEAD")),
        ("rev-parse", ("log",)),
        ("merge-base", ("diff", "HEAD~1...")),
        ("for-each-ref", ("list", "--at", "mian")),
    ],
)
def test_git_that_ends_early_is_exit_code_3(
    three: Repo,
    plancli: Typed,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    asked: tuple[str, ...],
    then: str,
) -> None:
    from shutil import which

    (tmp_path / "bin").mkdir()
    fake = tmp_path / "bin" / "git"
    fake.write_text(GIT.format(command=command, then=then, git=which("git")))
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    answer = plancli(*asked)
    assert (answer.code, answer.out) == (3, "")
    if "fatal" in then:
        assert "fatal: no such thing" in answer.err
    assert "It came with" not in answer.err


def test_an_export_is_written_and_says_what_is_not_known(three: Repo, plancli: Typed, tmp_path: Path) -> None:
    assert "isn't sure" not in plancli("export", "x.md").err
    git(tmp_path, "clone", "--quiet", "--depth=1", three.folder.as_uri(), "shallow")
    answer = plancli("export", "y.md", "--plan", str(tmp_path / "shallow" / "data" / "plan.yaml"))
    assert answer.code == 0
    assert "this clone is shallow" in answer.err
    damage(three, "HEAD~1", "missing")
    three.commit("x", path="README.md")
    damage(three, "HEAD", "missing")
    answer = plancli("export", "x.md")
    assert answer.code == 0
    assert "which commit the plan is from isn't sure: git can't answer" in answer.err
    assert "31 actions" in answer.err
    answer = plancli("export", "year.md", "--each", "year")
    assert answer.err.count("which commit the plan is from isn't sure") == 1


class TestDates:
    """Git keeps dates that no calendar has."""

    ODD = ("@1600000000 +2401", "@1600000000 -9959", "@253402300800 +0000", "@999999999999 +0000", "@0 +0000")

    @pytest.mark.parametrize("day", ODD)
    def test_an_odd_date_is_shown_as_git_shows_it(self, repo: Repo, plancli: Typed, day: str) -> None:
        repo.commit("x", path="README.md")
        repo.commit(PLAN)
        repo.commit(CHANGED, day=day)
        repo.commit(PLAN)
        shown = repo.git("log", "-1", "--format=%cs %cI", "HEAD~1").split()
        log = json.loads(plancli("log", "--format", "json").out)
        assert [each["date"] for each in log][1] == shown[1]
        assert len(log) == 3
        for form in ("table", "csv", "markdown"):
            assert plancli("log", "--format", form).code == 0
        if len(shown[0]) > 10:
            assert shown[0] in plancli("log").out
        for name in ("x.csv", "x.html", "x.db", "x.xlsx", "x.md", "x.json"):
            assert plancli("export", name, "--at", "HEAD~1").code == 0
        assert "It came with" in plancli("list", "--at", "HEAD~3").err

    @pytest.mark.parametrize("date", ["-86400 +0000", "soon", ""])
    def test_a_date_that_git_cannot_read_is_shown_as_git_log_shows_it(
        self, repo: Repo, plancli: Typed, date: str
    ) -> None:
        repo.commit(PLAN)
        repo.commit(CHANGED)
        lines = repo.git("cat-file", "commit", "HEAD").split("\n")
        repo.write(
            "odd", "\n".join(f"committer X <x@x> {date}" if line[:10] == "committer " else line for line in lines)
        )
        repo.git("update-ref", "HEAD", repo.git("hash-object", "-t", "commit", "-w", "--literally", "odd").strip())
        assert json.loads(plancli("log", "--format", "json").out)[0]["date"] == "1970-01-01T00:00:00+00:00"
        assert plancli("log").out.startswith(" 1 Jan 1970")
        assert plancli("export", "x.md").code == 0

    def test_log_and_at_go_by_the_committers_date(self, repo: Repo, plancli: Typed) -> None:
        repo.commit(PLAN, day="2021-01-01T12:00:00+0000")
        repo.write("data/plan.yaml", CHANGED)
        repo.git(
            *("commit", "--quiet", "--all", "--message", "late", "--date", "2020-01-01T12:00:00+0000"),
            day="2021-09-12T12:00:00+0000",
        )
        assert [each["date"][:10] for each in json.loads(plancli("log", "--format", "json").out)] == [
            "2021-09-12",
            "2021-01-01",
        ]
        assert "No change" in plancli("diff", "HEAD~1", "2021-09-11").out
        assert "No change" in plancli("diff", "HEAD", "2021-09-12").out
        assert plancli("list", "--at", "2020-06-01").code == 3

    def test_any_date_after_the_last_commit_is_the_last_commit(self, three: Repo, plancli: Typed) -> None:
        for day in ("2100-01-01", "2099-12-31", "3000-01-01", "9999-12-31", "01/01/2200"):
            assert "No change" in plancli("diff", day).out


class TestLineEnds:
    """A checkout in which git itself made the line ends."""

    @pytest.fixture(params=["core.autocrlf=true", "text eol=crlf", "text=auto"])
    def checkout(self, request: pytest.FixtureRequest, repo: Repo) -> Repo:
        if "." in request.param:
            repo.git("config", *request.param.split("="))
        else:
            repo.git("config", "core.eol", "crlf")
            repo.write(".gitattributes", f"*.yaml {request.param}\n")
        repo.commit(PLAN)
        (repo.folder / "data" / "plan.yaml").unlink()
        repo.git("checkout", "--", "data/plan.yaml")
        assert b"\r\n" in (repo.folder / "data" / "plan.yaml").read_bytes()
        assert not repo.git("status", "--short")
        return repo

    def test_a_side_that_git_cant_give_is_no_new_problem(self, checkout: Repo, plancli: Typed) -> None:
        answer = plancli("diff", "--fail-on", "problems")
        assert (answer.code, "No change" in answer.out) == (0, True)
        assert plancli("diff", "--exit-code").code == 0
        assert "No change" in plancli("diff").out

    def test_line_ends_are_a_problem_where_git_does_not_convert_them(self, repo: Repo, plancli: Typed) -> None:
        repo.commit(PLAN)
        repo.write("data/plan.yaml", PLAN.replace(b"\n", b"\r\n"))
        assert "line-ends" in plancli("diff").out
        repo.git("config", "core.autocrlf", "true")
        repo.write(".gitattributes", "*.yaml -text\n")
        assert "line-ends" in plancli("diff").out
