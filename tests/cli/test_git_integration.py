"""``plancli git``: installed into real repositories, and what git's own diff then shows."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plancli.cli.main import run
from plancli.git.integration import CONFIGURATION, MERGE_DRIVER
from tests.repositories import Repo, git

pytestmark = pytest.mark.slow  # many runs of git, each with plancli

PLAN = Path(__file__).parents[2] / "data" / "plan.yaml"
TEXT = PLAN.read_text("utf-8")
LINE = "/data/plan.yaml diff=plan merge=plan text eol=lf"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Path], None]:
    """Go to a folder, with plancli on the PATH and no configuration but what a test writes."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "config"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "home" / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "home").mkdir()
    return monkeypatch.chdir


def installed(folder: Path, path: str = "data/plan.yaml") -> Repo:
    """Make a repository with the real plan, git's integration in it."""
    repo = Repo(folder)
    repo.commit(TEXT, "The plan", path)
    assert run(["git", "install", "--plan", str(folder / path)]) == 0
    return repo


def hunks(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(("+", "-")) and line[:3] not in ("+++", "---")]


def test_git_install_writes_one_attributes_line_and_the_drivers(
    tmp_path: Path, at: Callable[[Path], None]
) -> None:
    repo = installed(tmp_path / "r")
    assert (repo.folder / ".gitattributes").read_text() == LINE + "\n"
    config = repo.git("config", "--local", "--list")
    assert 'diff.plan.textconv=f() { plancli git textconv "$1" 2>/dev/null || cat "$1"; }; f' in config
    assert f"merge.plan.driver={MERGE_DRIVER}" in config
    assert repo.git("check-attr", "diff", "merge", "text", "eol", "--", "data/plan.yaml").split()[2::3] == [
        "plan",
        "plan",
        "set",
        "lf",
    ]


def test_install_twice_changes_nothing_and_uninstall_leaves_what_others_wrote(
    tmp_path: Path, at: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo(tmp_path / "r")
    repo.commit(TEXT)
    repo.write(".gitattributes", "*.png binary")
    repo.git("config", "diff.other.textconv", "cat")
    repo.git("config", "merge.plan.recursive", "binary")
    before = repo.git("config", "--local", "--list")
    at(repo.folder)
    assert run(["git", "install"]) == 0
    capsys.readouterr()
    assert run(["git", "install"]) == 0
    assert capsys.readouterr().out == "nothing to write · this clone (git config --local)\n"
    assert (repo.folder / ".gitattributes").read_text() == f"*.png binary\n{LINE}\n"
    assert run(["git", "uninstall"]) == 0
    assert (repo.folder / ".gitattributes").read_text() == "*.png binary\n"
    assert repo.git("config", "--local", "--list") == before


def test_uninstall_takes_its_own_file_away(tmp_path: Path, at: Callable[[Path], None]) -> None:
    repo = installed(tmp_path / "r")
    at(repo.folder / "data")
    assert run(["git", "uninstall"]) == 0
    assert not (repo.folder / ".gitattributes").exists()
    assert "plan" not in repo.git("config", "--local", "--list").replace("plan.yaml", "")


def test_git_install_dry_run_writes_nothing(
    tmp_path: Path, at: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo(tmp_path / "r")
    repo.commit(TEXT)
    at(repo.folder)
    before = repo.git("config", "--local", "--list")
    assert run(["git", "install", "--dry-run"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[2] == f"+ .gitattributes       {LINE}"
    assert [line.split()[1] for line in said[3:7]] == list(CONFIGURATION)
    assert said[-1] == "Nothing was written; to write it: plancli git install"
    assert repo.git("config", "--local", "--list") == before
    assert not (repo.folder / ".gitattributes").exists()


def test_git_install_does_not_replace_settings_of_others(
    tmp_path: Path, at: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    repo = Repo(tmp_path / "r")
    repo.commit(TEXT)
    repo.git("config", "diff.plan.textconv", "mine")
    at(repo.folder)
    assert run(["git", "install", "--dry-run"]) == 2
    capsys.readouterr()
    assert run(["git", "install"]) == 2
    assert "diff.plan.textconv is set already, and not by plancli: mine" in capsys.readouterr().err
    assert not (repo.folder / ".gitattributes").exists()
    assert run(["git", "status"]) == 0
    assert "diff.plan.textconv   other    not plancli's: mine\n" in capsys.readouterr().out
    assert run(["git", "uninstall"]) == 0
    assert repo.git("config", "diff.plan.textconv") == "mine\n"


def test_git_install_global_is_for_every_plan_of_a_user(tmp_path: Path, at: Callable[[Path], None]) -> None:
    at(tmp_path)
    assert run(["git", "install", "--global"]) == 0
    repo = Repo(tmp_path / "r")
    repo.commit(TEXT, path="deep/plan.yaml")
    repo.write("deep/plan.yaml", TEXT.replace("priority: 1", "priority: 2", 1))
    assert hunks(repo.git("diff")) == ["-1 priority 1", "+1 priority 2"]
    assert run(["git", "uninstall", "--global"]) == 0
    assert not (tmp_path / "home" / "config" / "git" / "attributes").exists()


@pytest.mark.parametrize("path", ["data/plan.yaml", "plan.yaml", "les données/plan [1].yaml", 'a "b"*?.yaml'])
def test_git_diff_of_a_plan_at_any_path(tmp_path: Path, at: Callable[[Path], None], path: str) -> None:
    repo = installed(tmp_path / "un dépôt", path)
    repo.write(path, TEXT.replace("priority: 1", "priority: 2", 1))
    assert hunks(repo.git("diff")) == ["-1 priority 1", "+1 priority 2"]
    assert hunks(git((repo.folder / path).parent, "diff")) == ["-1 priority 1", "+1 priority 2"]


def edited(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


NINE = "pilots: [DIHAL, DMAT]"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (edited(NINE, "pilots: [DMAT, DIHAL]"), ["-9 pilots DIHAL DMAT", "+9 pilots DMAT DIHAL"]),
        (edited("Permettre à la CCAPEX d'avoir", "Permettre à la\n              CCAPEX d'avoir"), []),
        (edited(NINE, "pilots: [DIHAL]"), ["-9 pilots DIHAL DMAT", "+9 pilots DIHAL"]),
        (
            edited("du parc social.\n              2/", "du parc.\n              2/"),
            [
                "-9 text - b) les bailleurs personnes morales pour les allocataires du parc social.",
                "+9 text - b) les bailleurs personnes morales pour les allocataires du parc.",
            ],
        ),
    ],
)
def test_git_diff_says_what_changed(
    tmp_path: Path, at: Callable[[Path], None], text: str, lines: list[str]
) -> None:
    repo = installed(tmp_path / "r")
    repo.write("data/plan.yaml", text)
    assert hunks(repo.git("diff", "--unified=0")) == lines


def test_git_log_show_and_worktree_use_the_textconv(tmp_path: Path, at: Callable[[Path], None]) -> None:
    repo = installed(tmp_path / "r")
    repo.commit(edited(NINE, "pilots: [DIHAL]"), "One pilot")
    wanted = ["-9 pilots DIHAL DMAT", "+9 pilots DIHAL"]
    assert hunks(repo.git("log", "-p", "-1", "--", "data")) == wanted
    assert hunks(repo.git("show", "HEAD", "--", "data")) == wanted
    repo.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "w"), "HEAD")
    (tmp_path / "w/data/plan.yaml").write_text(TEXT, "utf-8", newline="\n")
    assert hunks(git(tmp_path / "w", "diff")) == ["-9 pilots DIHAL", "+9 pilots DIHAL DMAT"]
    words = repo.git("diff", "--word-diff=plain", "--unified=0", "HEAD~1", "HEAD", "--", "data")
    assert "9 pilots DIHAL[-DMAT-]" in words


def test_add_patch_stages_the_file_itself(tmp_path: Path, at: Callable[[Path], None]) -> None:
    repo = installed(tmp_path / "r")
    repo.git("add", ".gitattributes")
    repo.git("commit", "--quiet", "--message", "Attributes")
    text = edited(NINE, "pilots: [DIHAL]")
    repo.write("data/plan.yaml", text)
    subprocess.run(["git", "add", "-p"], cwd=repo.folder, input=b"y\n", capture_output=True, check=True)
    assert repo.git("show", ":data/plan.yaml") == text


def test_hunks_of_the_raw_file_are_named_by_their_action(tmp_path: Path, at: Callable[[Path], None]) -> None:
    repo = installed(tmp_path / "r")
    repo.write("data/plan.yaml", edited(NINE, "pilots: [DIHAL]"))
    shown = repo.git("diff", "--no-textconv", "--unified=0")
    assert [line.partition("@@ ")[2].partition("@@ ")[2] for line in shown.splitlines() if line[:2] == "@@"] == [
        "- number: 9"
    ]


def test_a_broken_plan_is_shown_as_it_is(tmp_path: Path, at: Callable[[Path], None]) -> None:
    repo = installed(tmp_path / "r")
    repo.write("data/plan.yaml", "title: [\n")
    assert "+title: [" in hunks(repo.git("diff"))
    repo.write("data/plan.yaml", b"title: \xe9\n")
    subprocess.run(["git", "diff"], cwd=repo.folder, capture_output=True, check=True)


def test_without_plancli_git_diff_shows_the_file(
    tmp_path: Path, at: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = installed(tmp_path / "r", "les données/plan.yaml")
    repo.write("les données/plan.yaml", edited(NINE, "pilots: [DIHAL]"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert "-            pilots: [DIHAL, DMAT]" in hunks(repo.git("diff"))
    assert "-            pilots: [DIHAL, DMAT]" in hunks(repo.git("log", "-p", "-1", "-R"))


def test_the_attributes_alone_are_harmless(tmp_path: Path, at: Callable[[Path], None]) -> None:
    repo = Repo(tmp_path / "r")
    repo.write(".gitattributes", LINE + "\n")
    repo.commit(TEXT)
    repo.write("data/plan.yaml", edited(NINE, "pilots: [DIHAL]"))
    assert "-            pilots: [DIHAL, DMAT]" in hunks(repo.git("diff"))


def test_git_install_on_an_unborn_branch_and_a_detached_head(tmp_path: Path, at: Callable[[Path], None]) -> None:
    repo = Repo(tmp_path / "r")
    repo.write("data/plan.yaml", TEXT)
    at(repo.folder)
    assert run(["git", "install"]) == 0
    repo.git("add", "--all")
    assert "+9 pilots DIHAL DMAT" in hunks(repo.git("diff", "--cached", "--", "data"))
    repo.commit(None)
    repo.git("checkout", "--quiet", "--detach")
    repo.write("data/plan.yaml", edited(NINE, "pilots: [DIHAL]"))
    assert "+9 pilots DIHAL" in hunks(repo.git("diff"))


def test_git_install_outside_and_in_a_bare_repository_is_exit_code_3(
    tmp_path: Path, at: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.yaml").write_text(TEXT, "utf-8")
    at(tmp_path)
    assert run(["git", "install"]) == 3
    Repo(tmp_path / "bare.git", "--bare")
    at(tmp_path / "bare.git")
    assert run(["git", "install", "--plan", "data/plan.yaml"]) == 3
    assert "a bare repository has no files" in capsys.readouterr().err


def test_git_diff_shows_a_move_as_one_line(tmp_path: Path, at: Callable[[Path], None]) -> None:
    repo = installed(tmp_path / "r")
    start = TEXT.index("          - number: 24\n")
    end = TEXT.index("          - number: 25\n")
    block = TEXT[start:end]
    rest = TEXT[:start] + TEXT[end:]
    place = rest.index("          - number: 28\n")
    repo.write("data/plan.yaml", rest[:place] + block + rest[place:])
    assert hunks(repo.git("diff", "--unified=0")) == ["-24 measure 7", "+24 measure 8"]


Typed = Callable[..., Any]


class TestWhatGitObeys:
    """``status`` and ``install`` say what git obeys, and not only what they wrote."""

    @pytest.fixture
    def repo(self, tmp_path: Path, at: Callable[[Path], None]) -> Repo:
        repo = installed(tmp_path / "r")
        at(repo.folder)
        return repo

    @pytest.mark.parametrize(
        ("file", "line", "said"),
        [
            ("data/.gitattributes", "*.yaml diff=yaml -merge", "diff=yaml -merge, from data/.gitattributes:1"),
            (".gitattributes", "*.yaml diff=other merge=union", "diff=other merge=union, from .gitattributes:2"),
            (
                ".git/info/attributes",
                "*.yaml merge=binary -diff",
                "-diff merge=binary, from .git/info/attributes:1",
            ),
            (".gitattributes", "data/*.yaml binary", "-diff -merge, from .gitattributes:2"),
            (".gitattributes", "data/*.yaml !merge", "!merge, from .gitattributes:2"),
        ],
    )
    def test_git_status_names_the_file_that_overrides_a_setting(
        self, repo: Repo, plancli: Typed, file: str, line: str, said: str
    ) -> None:
        with open(repo.folder / file, "a") as attributes:
            attributes.write(line + "\n")
        answer = plancli("git", "status")
        assert answer.code == 0
        assert "4 of 5 settings in place" in answer.out
        assert f"git obeys {said}" in " ".join(answer.out.split())
        assert f"git obeys {said}" in " ".join(plancli("git", "install").out.split())
        assert plancli("git", "uninstall").code == 0
        assert line in (repo.folder / file).read_text()

    def test_git_status_accepts_another_attributes_line_that_says_the_same(
        self, repo: Repo, plancli: Typed
    ) -> None:
        repo.write(".gitattributes", "data/* diff=plan merge=plan\n")
        assert "5 of 5 settings in place" in plancli("git", "status").out
        assert plancli("git", "uninstall").code == 0
        assert (repo.folder / ".gitattributes").read_text() == "data/* diff=plan merge=plan\n"

    def test_git_status_names_a_driver_that_another_scope_sets(self, repo: Repo, plancli: Typed) -> None:
        repo.git("config", "extensions.worktreeConfig", "true")
        repo.git("config", "--worktree", "diff.plan.textconv", "mine")
        assert "not plancli's: mine" in plancli("git", "status").out

    def test_git_install_global_and_in_this_clone(self, repo: Repo, plancli: Typed) -> None:
        assert plancli("git", "install", "--global").code == 0
        assert plancli("git", "uninstall").code == 0
        repo.git("mv", "data/plan.yaml", "plan.yaml")
        assert "5 of 5 settings in place" in plancli("git", "status").out
        assert plancli("git", "uninstall").out.startswith("nothing to take out")
        assert plancli("git", "install").out.startswith("5 settings written")

    @pytest.mark.parametrize("where", ["included", "xdg"])
    def test_git_install_global_writes_where_git_reads(
        self,
        tmp_path: Path,
        at: Callable[[Path], None],
        plancli: Typed,
        monkeypatch: pytest.MonkeyPatch,
        where: str,
    ) -> None:
        home = tmp_path / "home"
        monkeypatch.delenv("GIT_CONFIG_GLOBAL")
        (home / ".gitconfig").write_text("[user]\n\tname = T\n")
        core = f"[core]\n\tattributesFile = {home}/mine\n"
        if where == "included":
            (home / ".gitconfig").write_text("[include]\n\tpath = more\n")
            (home / "more").write_text(core)
        else:
            (home / "config" / "git").mkdir(parents=True)
            (home / "config" / "git" / "config").write_text(core)
        repo = Repo(tmp_path / "r")
        repo.commit(TEXT)
        at(repo.folder)
        assert plancli("git", "install", "--global").code == 0
        assert (home / "mine").read_text() == "plan.yaml diff=plan merge=plan text eol=lf\n"
        assert repo.git("check-attr", "diff", "--", "data/plan.yaml").strip().endswith(": plan")
        assert "5 of 5 settings in place" in plancli("git", "status", "--global").out
        assert "5 of 5 settings in place" in plancli("git", "status").out

    def test_git_status_says_that_plancli_is_not_on_the_path(
        self, repo: Repo, plancli: Typed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", "/usr/bin:/bin")
        for asked in ("install", "status"):
            assert "plancli is not on the PATH" in plancli("git", asked).out

    def test_git_install_for_a_plan_that_is_a_link(self, repo: Repo, plancli: Typed) -> None:
        plancli("git", "uninstall")
        repo.write("docs/x", "")
        (repo.folder / "docs" / "plan.yaml").symlink_to("../data/plan.yaml")
        assert plancli("git", "install", "--plan", "docs/plan.yaml").code == 0
        assert (repo.folder / ".gitattributes").read_text() == LINE + "\n"
