"""A branch whose files try to run a command, to answer for the repository, or to read and write outside of it."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.repositories import Repo, git

pytestmark = pytest.mark.slow  # many whole runs of plancli

Typed = Callable[..., Any]
PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_bytes()
CHANGED = PLAN.replace(b"pilots: [DIHAL, DMAT]", b"pilots: [DMAT]", 1)
READING = (
    ("validate",),
    ("list",),
    ("list", "--at", "HEAD"),
    ("list", "--at", "2030-01-01"),
    ("diff",),
    ("diff", "main..."),
    ("diff", "HEAD~1", "HEAD"),
    ("log",),
    ("log", "9"),
    ("export", "../plan.csv"),
    ("git", "status"),
    ("git", "install", "--dry-run"),
    ("fmt", "--check"),
)
"""Every command that only reads, and asks git where it does."""

SECRET = "S3cretT0ken"


def run_all(plancli: Typed, code: int | None = None) -> str:
    """Run every command that reads; return all that they say."""
    answers = [plancli(*each) for each in READING]
    if code is not None:
        assert [each.code for each in answers] == [code] * len(READING), answers
    return "".join(each.out + each.err for each in answers)


@pytest.fixture
def branch(repo: Repo) -> Repo:
    """Commit the plan on main, and a change of a pilot on the branch that is checked out."""
    repo.commit(PLAN)
    repo.git("checkout", "--quiet", "-b", "theirs")
    repo.commit(CHANGED)
    return repo


def embed(repo: Repo, folder: str, config: str) -> None:
    """Commit what has the shape of a repository, and would have git run ``touch ran`` for an object it lacks."""
    repo.write(f"{folder}/HEAD", "1111111111111111111111111111111111111111\n")
    repo.write(f"{folder}/objects/keep", "")
    repo.write(f"{folder}/refs/keep", "")
    repo.write(
        f"{folder}/config",
        f"[core]\n\trepositoryformatversion = 1\n{config}"
        f'[extensions]\n\tpartialClone = o\n[remote "o"]\n\turl = {repo.folder}\n\tpromisor = true\n'
        f"\tuploadpack = touch {repo.folder}/ran; false\n",
    )
    repo.commit(subject="wording")


LAYOUTS = {
    "bare": ("data", "\tbare = true\n"),
    "not bare": ("data", "\tbare = false\n"),
    "with a work tree": ("data", "\tbare = false\n\tworktree = ..\n"),
    "at the top": (".", "\tbare = true\n"),
    "above the plan": ("plans", "\tbare = true\n"),
}


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_a_folder_of_the_tree_that_looks_like_a_repository_is_not_believed(
    branch: Repo, plancli: Typed, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    folder, config = LAYOUTS[layout]
    embed(branch, folder, config)
    if folder == "plans":
        branch.git("mv", "data", "plans/data")
        branch.commit(subject="moved")
        monkeypatch.chdir(branch.folder / "plans")
    ran = branch.folder / "ran"
    if folder != ".":  # git itself, run there, would run it: without that this test would show nothing
        subprocess.run(
            ["git", "cat-file", "-t", "HEAD"], cwd=branch.folder / folder, check=False, capture_output=True
        )
        assert ran.exists()
        ran.unlink()
    said = run_all(plancli)
    assert not ran.exists()
    assert "31 actions" in said
    assert "pilot" in plancli("diff", "main...").out
    for where in (branch.folder / folder, branch.folder / folder / "objects"):
        monkeypatch.chdir(where)
        run_all(plancli)
        assert not ran.exists()


def test_the_branch_does_not_answer_for_the_repository(branch: Repo, plancli: Typed, tmp_path: Path) -> None:
    """The embedded repository has a ``main`` of its own, on which the plan is what the branch makes of it."""
    other = Repo(tmp_path / "other")
    other.commit(CHANGED)
    (other.folder / ".git").rename(tmp_path / "gone")
    for name in ("HEAD", "config", "objects", "refs"):
        (tmp_path / "gone" / name).rename(branch.folder / "data" / name)
    branch.git("-C", "data", "config", "core.worktree", "..", code=0)
    branch.git("add", "--force", "--all")
    branch.git("commit", "--quiet", "--message", "un mot")
    answer = plancli("diff", "main...")
    assert "DIHAL" in answer.out
    assert "1 to change" in answer.out


def test_a_plan_from_an_archive_has_no_repository(
    branch: Repo, plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a forge's ZIP of a branch: there is no ``.git`` above, and the plan stands in what looks like one."""
    embed(branch, "data", "\tbare = true\n")
    (branch.folder / "data").rename(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    said = run_all(plancli)
    assert not (branch.folder / "ran").exists()
    assert "is in no git repository" in said


def test_a_repository_inside_the_tree_does_not_answer_for_what_is_tracked(
    branch: Repo, plancli: Typed, tmp_path: Path
) -> None:
    """Git checks no ``.git`` out, but an archive, a copy or another program may put one there."""
    inner = Repo(tmp_path / "inner")
    inner.commit(CHANGED, path="plan.yaml")
    (inner.folder / ".git").rename(branch.folder / "data" / ".git")
    assert "DMAT" in plancli("diff", "main...").out
    assert len(plancli("log").out.split("DIHAL  A commit")) == 3


def test_a_clone_inside_the_tree_is_a_repository_of_its_own(branch: Repo, plancli: Typed) -> None:
    nested = Repo(branch.folder / "vendor" / "other")
    nested.commit(PLAN, "Nested", path="plan.yaml")
    assert "Nested" in plancli("log", "--plan", "vendor/other/plan.yaml").out


def test_a_submodule_is_a_repository_of_its_own(
    branch: Repo, plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repo(tmp_path / "module").commit(PLAN, "In the module", path="plan.yaml")
    branch.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(tmp_path / "module"), "sub")
    branch.commit(subject="submodule")
    monkeypatch.chdir(branch.folder / "sub")
    assert "In the module" in plancli("log").out


class TestBareRepositories:
    """The user's own go on working."""

    @pytest.fixture
    def bare(self, branch: Repo, tmp_path: Path) -> Path:
        git(tmp_path, "clone", "--quiet", "--bare", str(branch.folder), "bare.git")
        return tmp_path / "bare.git"

    def test_a_bare_repository_is_read_from_inside(
        self, bare: Path, plancli: Typed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for folder in (bare, bare / "refs" / "heads"):
            monkeypatch.chdir(folder)
            assert plancli("list", "--at", "theirs").code == 0
            assert "DIHAL" in plancli("diff", "main..theirs").out

    def test_a_bare_repository_is_read_by_git_dir(
        self, bare: Path, plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GIT_DIR", str(bare))
        monkeypatch.chdir(tmp_path)
        assert plancli("list", "--at", "theirs").code == 0
        monkeypatch.setenv("GIT_DIR", ".")
        monkeypatch.chdir(bare)
        assert "DIHAL" in plancli("diff", "main..theirs").out

    def test_inside_a_work_tree_that_does_not_track_it(
        self, bare: Path, plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Repo(tmp_path).git("commit", "--quiet", "--allow-empty", "--message", "dotfiles")
        monkeypatch.delenv("GIT_CEILING_DIRECTORIES")
        monkeypatch.chdir(bare)
        assert plancli("list", "--at", "theirs").code == 0

    def test_the_users_own_refusal_holds(
        self, bare: Path, plancli: Typed, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        git(bare, "config", "--global", "safe.bareRepository", "explicit")
        monkeypatch.chdir(bare)
        answer = plancli("list", "--at", "theirs")
        assert answer.code == 3
        assert "safe.bareRepository" in answer.err

    def test_a_work_tree_elsewhere(
        self, bare: Path, plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tree = tmp_path / "site"
        tree.mkdir()
        monkeypatch.setenv("GIT_WORK_TREE", str(tree))
        git(bare, "checkout", "--quiet", "--force", "theirs")
        for folder, own in ((bare, None), (tmp_path, str(bare)), (tree, str(bare))):
            monkeypatch.chdir(folder)
            if own:
                monkeypatch.setenv("GIT_DIR", own)
            plan = str(tree / "data" / "plan.yaml")
            assert len(plancli("log", "--plan", plan).out.split("A commit")) == 3
            assert "No change" in plancli("diff", "--plan", plan).out


SETTINGS = {
    "alias.rev-list": "!touch RAN",
    "core.alternateRefsCommand": "touch RAN",
    "core.askPass": "touch RAN",
    "core.editor": "touch RAN",
    "core.fsmonitor": "touch RAN",
    "core.gitProxy": "touch RAN",
    "core.hooksPath": "HOOKS",
    "core.pager": "touch RAN",
    "core.sshCommand": "touch RAN",
    "credential.helper": "!touch RAN",
    "diff.external": "touch RAN",
    "diff.mine.command": "touch RAN",
    "diff.mine.textconv": "touch RAN",
    "filter.mine.clean": "touch RAN",
    "filter.mine.smudge": "touch RAN",
    "filter.mine.process": "touch RAN",
    "filter.mine.required": "true",
    "gpg.program": "touch RAN",
    "interactive.diffFilter": "touch RAN",
    "log.showSignature": "true",
    "merge.mine.driver": "touch RAN",
    "pager.log": "touch RAN",
    "sequence.editor": "touch RAN",
    "submodule.recurse": "true",
    "uploadpack.packObjectsHook": "touch RAN",
}
HOOKS = ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor-watchman")


class TestConfiguration:
    """What the repository's own configuration could run."""

    @pytest.fixture
    def ran(self, branch: Repo, tmp_path: Path) -> Path:
        ran = tmp_path / "ran"
        hooks = tmp_path / "hooks"
        hooks.mkdir()
        for name in HOOKS:
            (hooks / name).write_text(f"#!/bin/sh\ntouch {ran}\n")
            (hooks / name).chmod(0o755)
        branch.write(".gitattributes", "*.yaml diff=mine filter=mine merge=mine\n")
        branch.commit(subject="attributes")
        for name, value in SETTINGS.items():
            branch.git("config", name, value.replace("RAN", str(ran)).replace("HOOKS", str(hooks)))
        return ran

    def test_what_a_branch_configures_stays_unrun(
        self, branch: Repo, plancli: Typed, ran: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        subprocess.run(["git", "diff", "main"], cwd=branch.folder, capture_output=True, check=False)
        assert ran.exists()
        ran.unlink()
        for name in (
            "GIT_PAGER",
            "GIT_EDITOR",
            "GIT_EXTERNAL_DIFF",
            "GIT_SSH_COMMAND",
            "GIT_ASKPASS",
            "SSH_ASKPASS",
        ):
            monkeypatch.setenv(name, f"touch {ran}")
        run_all(plancli)
        assert not ran.exists()
        branch.write("data/plan.yaml", PLAN)
        assert "31 actions" in run_all(plancli)
        assert not ran.exists()

    @pytest.mark.parametrize("what", ["blob:none", "tree:0"])
    @pytest.mark.parametrize(
        ("url", "setting", "value"),
        [
            ("REPO", "remote.origin.uploadpack", "touch RAN; false"),
            ("ext::sh -c 'touch RAN'", "protocol.ext.allow", "always"),
            ("ssh://host/x", "core.sshCommand", "touch RAN; false"),
            ("git://host/x", "core.gitProxy", "touch RAN"),
            ("http://127.0.0.1:9/x", "credential.helper", "!touch RAN"),
        ],
    )
    def test_nothing_is_fetched_for_a_partial_clone(
        self,
        branch: Repo,
        plancli: Typed,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        what: str,
        url: str,
        setting: str,
        value: str,
    ) -> None:
        branch.git("config", "uploadpack.allowFilter", "true")
        git(tmp_path, "clone", "--quiet", f"--filter={what}", branch.folder.as_uri(), "partial")
        partial, ran = tmp_path / "partial", tmp_path / "ran"
        git(
            partial,
            "remote",
            "set-url",
            "origin",
            url.replace("REPO", str(branch.folder)).replace("RAN", str(ran)),
        )
        git(partial, "config", setting, value.replace("RAN", str(ran)))
        monkeypatch.chdir(partial)
        for asked in (("list", "--at", "HEAD~1"), ("log",), ("diff", "HEAD~1"), ("diff", "HEAD~1", "HEAD")):
            answer = plancli(*asked)
            assert (answer.code, answer.out) == (3, "")
            assert "from promisor remote" in answer.err
            assert "git fetch --refetch --no-filter" in answer.err
        assert plancli("list").code == 0
        assert not ran.exists()


class TestLinks:
    """Whoever can push can make the plan a link."""

    @pytest.fixture(params=["outside", "untracked", "configuration", "absolute", "folder"])
    def linked(self, request: pytest.FixtureRequest, branch: Repo, tmp_path: Path) -> Repo:
        secret = f"token: {SECRET}\n"
        (tmp_path / "secret").write_text(secret)
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "plan.yaml").write_text(secret)
        (branch.folder / ".env").write_text(secret)
        branch.git("config", "remote.origin.url", f"https://{SECRET}@example.org")
        plan = branch.folder / "data" / "plan.yaml"
        plan.unlink()
        targets = {
            "outside": "../../secret",
            "untracked": "../.env",
            "configuration": "../.git/config",
            "absolute": str(tmp_path / "secret"),
        }
        if request.param == "folder":
            plan.parent.rmdir()
            plan.parent.symlink_to("../data")
        else:
            plan.symlink_to(targets[request.param])
        branch.git("add", "data")
        branch.git("commit", "--quiet", "--message", "link")
        return branch

    def test_a_link_to_what_is_not_tracked_is_not_followed(self, linked: Repo, plancli: Typed) -> None:
        for asked in (
            "validate",
            "list",
            "fmt",
            "fmt --check",
            "fmt --diff",
            "diff HEAD~1",
            "export ../x.csv",
            "show 1",
        ):
            answer = plancli(*asked.split())
            assert answer.code == 3, asked
            assert "is a link to what isn't in the repository" in answer.err
        said = run_all(plancli)
        folder = plancli("validate", ".")
        assert SECRET not in said + folder.out + folder.err

    def test_a_plan_that_is_named_is_the_users(self, linked: Repo, plancli: Typed) -> None:
        (linked.folder / ".env").write_bytes(PLAN)
        assert plancli("list", "--plan", ".env").code == 0

    def test_a_folder_of_plans_tells_links_that_lead_out(
        self, branch: Repo, plancli: Typed, tmp_path: Path
    ) -> None:
        (tmp_path / "secret.yaml").write_text(f"title: {SECRET}\n")
        (branch.folder / "data" / "other.yaml").symlink_to(tmp_path / "secret.yaml")
        answer = plancli("validate", ".")
        assert answer.code == 3
        assert "other.yaml is a link to what isn't in the repository" in answer.err
        assert SECRET not in answer.out + answer.err

    def test_a_link_inside_the_repository_is_followed(self, branch: Repo, plancli: Typed) -> None:
        branch.git("mv", "data/plan.yaml", "data/2021.yaml")
        (branch.folder / "data" / "plan.yaml").symlink_to("2021.yaml")
        branch.commit(subject="link")
        branch.write("data/2021.yaml", PLAN)
        assert plancli("list").code == 0
        assert "1 to change" in plancli("diff").out
        branch.commit(subject="Reverted")
        assert "Reverted" in plancli("log").out
        assert "A commit" in plancli("log").out

    def test_attributes_are_not_written_through_a_link(self, branch: Repo, plancli: Typed, tmp_path: Path) -> None:
        (tmp_path / "profile").write_text("export A=1\n")
        for target in (tmp_path / "profile", tmp_path / "new", Path("other")):
            (branch.folder / ".gitattributes").symlink_to(target)
            for asked in (("git", "install"), ("git", "install", "--dry-run")):
                answer = plancli(*asked)
                assert answer.code == 3
                assert ".gitattributes is a symbolic link" in answer.err
            assert plancli("git", "status").code == 0
            assert plancli("git", "uninstall").code == 0
            (branch.folder / ".gitattributes").unlink()
        assert (tmp_path / "profile").read_text() == "export A=1\n"
        assert not (tmp_path / "new").exists()
        assert not (branch.folder / "other").exists()


@pytest.mark.parametrize("target", ["../profile", "../new", ".git/config", "folder"])
def test_answers_are_not_written_through_a_link(branch: Repo, plancli: Typed, tmp_path: Path, target: str) -> None:
    (tmp_path / "profile").write_text("export A=1\n")
    before = (branch.folder / ".git" / "config").read_bytes()
    table = branch.folder / "table.csv"
    assert plancli("export", "table.csv").code == 0
    if target == "folder":
        (tmp_path / "out").mkdir()
        (branch.folder / "out").symlink_to("../out")
        name = "out/plan"
    else:
        for ending in ("", ".md", ".json", ".yaml"):
            (branch.folder / f"plan{ending}").symlink_to(target)
        name = "plan"
    for asked in (
        ("export", f"{name}.md"),
        ("list", "--output", name),
        ("log", "--output", name),
        ("validate", "--format", "json", "--output", f"{name}.json"),
        ("import", str(table), "--output", f"{name}.yaml", "--force"),
    ):
        answer = plancli(*asked)
        assert answer.code == 3, asked
        assert "is a link out of the repository, and is not written through" in answer.err
    assert (tmp_path / "profile").read_text() == "export A=1\n"
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob("out/*"))
    assert (branch.folder / ".git" / "config").read_bytes() == before


def test_an_answer_is_written_through_a_link_inside_the_tree(branch: Repo, plancli: Typed) -> None:
    (branch.folder / "latest.md").symlink_to("2021.md")
    assert plancli("export", "latest.md").code == 0
    assert (branch.folder / "2021.md").is_file()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs devices")
class TestWithoutAnEnd:
    """Devices, named pipes and files without an end."""

    @pytest.fixture(params=["/dev/zero", "/dev/random", "/dev/tty", "pipe"])
    def what(self, request: pytest.FixtureRequest, branch: Repo) -> str:
        """Put it in the place of the plan."""
        plan = branch.folder / "data" / "plan.yaml"
        plan.unlink()
        if request.param == "pipe":
            os.mkfifo(plan)
        else:
            plan.symlink_to(request.param)
        return str(request.param)

    @pytest.mark.parametrize("named", [True, False])
    def test_endless_input_is_refused_by_every_question(self, plancli: Typed, what: str, named: bool) -> None:
        name = ("--plan", "data/plan.yaml") if named else ()
        asking = (("list",), ("validate",), ("diff",), ("export", "../x.csv"), ("summary",))
        for asked in asking[:1] if what == "pipe" else asking:  # each waits two seconds for a writer
            answer = plancli(*asked, *name)
            assert (answer.code, answer.out) == (3, ""), asked

    @pytest.mark.usefixtures("what")
    def test_endless_input_is_refused_by_every_command_that_reads(self, plancli: Typed) -> None:
        for asked in (("validate",), ("fmt",), ("import",), ("diff", "HEAD"), ("diff", "./data/plan.yaml")):
            answer = plancli(*asked, "./data/plan.yaml")
            assert answer.code == 3, asked
        assert plancli("validate", ".").code == 3
        assert plancli("list", "--at", "HEAD").code == 0

    def test_a_pipe_that_nobody_reads_is_not_written(self, branch: Repo, plancli: Typed) -> None:
        os.mkfifo(branch.folder / "out.csv")
        assert plancli("export", "out.csv").code == 3
        assert plancli("list", "--output", "out.csv").code == 3

    def test_a_file_that_is_too_large_for_memory(self, branch: Repo, plancli: Typed) -> None:
        with open(branch.folder / "data" / "plan.yaml", "wb") as sparse:
            sparse.truncate(2**40)
        assert plancli("list").code == 1
        assert plancli("fmt").code == 1
        assert plancli("import", "data/plan.yaml").code == 3
        assert plancli("list", "--at", "HEAD").code == 0


def test_a_pipe_of_the_shell_is_read(branch: Repo) -> None:
    command = (
        "plancli diff <(git show main:data/plan.yaml) <(cat data/plan.yaml) && "
        "plancli list --plan <(git show :data/plan.yaml)"
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command], env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "1 to change" in done.stdout


def test_a_terminal_that_is_named_is_waited_for() -> None:
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "plancli", "validate", "/dev/stdin"], stdin=slave, stderr=subprocess.PIPE, text=True
    ) as process:
        os.write(master, b"title: x\n\x04")
        _out, err = process.communicate(timeout=60)
    os.close(master)
    os.close(slave)
    assert process.returncode == 1, err
