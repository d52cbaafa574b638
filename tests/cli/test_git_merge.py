"""The merge driver under the real git: merge, rebase, cherry-pick, stash, rerere, and where plancli isn't."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from shutil import which

import pytest

from plancli.cli.main import run
from plancli.git.integration import FORMER_DRIVER, MERGE_DRIVER
from plancli.plan.document import read_document
from plancli.plan.writer import dump
from tests.repositories import Repo

pytestmark = pytest.mark.slow  # many runs of git, each with plancli

PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_text("utf-8")
HERE = str(Path(sys.executable).parent)
END = "            priority: 1\n\n          - number: 29\n"


def with_28(associated: str = "[DSJ, DACS]", years: str = "            years: [2021]\n") -> str:
    """Return the plan with these lines in action 28."""
    old = "            associated: [DSJ, DACS]\n            years: [2021]\n"
    assert PLAN.count(old + END) == 1
    return PLAN.replace(old + END, f"            associated: {associated}\n{years}{END}")


def edit(ours: bool, second: bool = False) -> str:
    """Change action 28: ours its years, theirs who is associated, or (``second``) its years as well."""
    if second:
        return with_28(years="            years: [2022]\n")
    return with_28(years="            years: [2021, 2022]\n") if ours else with_28("[DSJ, DACS, DB]")


MERGED = with_28("[DSJ, DACS, DB]", "            years: [2021, 2022]\n")
STOPPED = with_28(
    years="<<<<<<< ours\n            years: [2021, 2022]\n=======\n            years: [2022]\n>>>>>>> theirs\n"
)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Make a repository with the driver, and the branches main (ours) and autre (theirs) of one plan."""
    monkeypatch.setenv("PATH", f"{HERE}{os.pathsep}{os.environ['PATH']}")
    return forked(Repo(tmp_path / "dépôt d'essai"))


def forked(repo: Repo, path: str = "data/plan.yaml", second: bool = False) -> Repo:
    repo.git("config", "merge.plan.driver", MERGE_DRIVER)
    repo.write(".gitattributes", "*.yaml merge=plan\n")
    repo.commit(PLAN, path=path)
    repo.git("switch", "--quiet", "--create", "autre")
    repo.commit(edit(ours=False, second=second), path=path)
    repo.git("switch", "--quiet", "main")
    repo.commit(edit(ours=True), path=path)
    return repo


def plan(repo: Repo, path: str = "data/plan.yaml") -> str:
    return (repo.folder / path).read_bytes().decode()


def stderr_of(repo: Repo, *args: str) -> str:
    """Run git where it must stop; give what is said on standard error."""
    name = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        ["git", *args], cwd=repo.folder, env=os.environ | name, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("merge", "--quiet", "--no-edit", "autre"),
        ("rebase", "--quiet", "autre"),
        ("cherry-pick", "autre"),
        ("cherry-pick", "--no-commit", "autre"),
    ],
)
def test_merge_resolves_a_needless_conflict(repo: Repo, args: tuple[str, ...]) -> None:
    repo.git(*args)
    assert plan(repo) == MERGED


def test_a_stash_is_popped_by_meaning(repo: Repo) -> None:
    repo.write("data/plan.yaml", MERGED)
    repo.git("stash", "--quiet")
    repo.commit(edit(ours=True).replace("    ministry: Logement", "    ministry: Le Logement", 1))
    repo.git("stash", "pop", "--quiet")
    assert plan(repo) == MERGED.replace("    ministry: Logement", "    ministry: Le Logement", 1)


def test_a_stash_that_git_alone_could_not_pop(repo: Repo) -> None:
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    repo.write("data/plan.yaml", edit(ours=False))
    repo.git("stash", "--quiet")
    repo.commit(edit(ours=True))
    repo.git("stash", "pop", "--quiet")
    assert plan(repo) == MERGED


def test_without_the_driver_git_stops(repo: Repo) -> None:
    repo.write(".gitattributes", "")
    repo.commit()
    repo.git("merge", "--quiet", "--no-edit", "autre", code=1)


def test_a_conflict_has_markers_around_one_field_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{HERE}{os.pathsep}{os.environ['PATH']}")
    repo = forked(Repo(tmp_path), second=True)
    said = stderr_of(repo, "merge", "--quiet", "--no-edit", "autre")
    assert "data/plan.yaml: action 28, years: yours 2021-2022, theirs 2022\n" in said
    assert plan(repo) == STOPPED
    assert repo.git("ls-files", "--unmerged").count("plan.yaml") == 3


def test_a_conflict_is_named_in_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{HERE}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PLANCLI_LANG", "fr")
    said = stderr_of(forked(Repo(tmp_path), second=True), "merge", "--quiet", "--no-edit", "autre")
    assert "data/plan.yaml: action 28, years\u00a0: chez vous 2021-2022, chez eux 2022\n" in said


def test_markers_have_the_size_and_style_that_git_wants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{HERE}{os.pathsep}{os.environ['PATH']}")
    repo = forked(Repo(tmp_path), second=True)
    repo.git("config", "merge.conflictStyle", "diff3")
    repo.write(".gitattributes", "*.yaml merge=plan conflict-marker-size=12\n")
    repo.commit()
    stderr_of(repo, "merge", "--quiet", "--no-edit", "autre")
    marked = (
        f"{'<' * 12} ours\n            years: [2021, 2022]\n{'|' * 12} base\n            years: [2021]\n"
        f"{'=' * 12}\n            years: [2022]\n{'>' * 12} theirs\n"
    )
    assert marked in plan(repo)


def test_rerere_resolves_what_was_resolved_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{HERE}{os.pathsep}{os.environ['PATH']}")
    repo = forked(Repo(tmp_path), second=True)
    repo.git("config", "rerere.enabled", "true")
    stderr_of(repo, "merge", "--no-edit", "autre")
    resolution = edit(ours=True, second=True)
    repo.commit(resolution)
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    assert "Resolved 'data/plan.yaml' using previous resolution." in stderr_of(repo, "merge", "--no-edit", "autre")
    assert plan(repo) == resolution


def test_a_rebase_that_stops_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{HERE}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIT_EDITOR", "true")
    repo = forked(Repo(tmp_path), second=True)
    stderr_of(repo, "rebase", "--quiet", "autre")
    assert "action 28" not in plan(repo)
    repo.write("data/plan.yaml", edit(ours=True))
    repo.git("add", "--all")
    repo.git("rebase", "--continue")
    assert plan(repo) == edit(ours=True)


@pytest.mark.parametrize("path", ["le plan d'été.yaml", "données/plan à jour $(x).yaml", "-plan.yaml"])
def test_merge_of_a_plan_at_any_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv("PATH", f"{HERE}{os.pathsep}{os.environ['PATH']}")
    repo = forked(Repo(tmp_path / "mes dépôts"), path)
    repo.git("merge", "--quiet", "--no-edit", "autre")
    assert plan(repo, path) == MERGED


@pytest.mark.parametrize("code", [126, 127])
def test_merge_falls_back_to_git_where_plancli_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    for tool in ("git", "sh"):
        found = next(Path(p) / tool for p in os.environ["PATH"].split(os.pathsep) if (Path(p) / tool).exists())
        (bare / tool).symlink_to(found)
    if code == 126:
        (bare / "plancli").write_text("not to be run")
    repo = forked(Repo(tmp_path / "repo"), second=True)
    monkeypatch.setenv("PATH", str(bare))
    stderr_of(repo, "merge", "--quiet", "--no-edit", "autre")
    assert plan(repo) == STOPPED


def replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put another program in the place of plancli."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "plancli").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "plancli").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.parametrize("second", [True, False])
@pytest.mark.parametrize(
    "script",
    [
        *("exit 0", "exit 1", "exit 2", "exit 3", "exit 125", "exit 126", "exit 130", "kill -9 $$", "kill -15 $$"),
        'echo "$$ half of it" >"$8"; kill -9 $$',
        'echo "half of it" >"$8"; exit 3',
        'git merge-file "$4" "$3" "$5"; exit 1',
    ],
)
def test_merge_falls_back_to_git_where_plancli_writes_no_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, second: bool
) -> None:
    repo = forked(Repo(tmp_path / "repo"), second=second)
    replaced(tmp_path, monkeypatch, script)
    stderr_of(repo, "merge", "--quiet", "--no-edit", "autre")
    assert plan(repo).count("<<<<<<< ours\n") == 1
    assert "DACS, DB]" in plan(repo) or second
    assert not list(repo.folder.glob(".merge_file*"))


def test_the_result_of_a_refused_merge_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = forked(Repo(tmp_path / "repo"), second=True)
    replaced(tmp_path, monkeypatch, 'echo refused >"$8"; exit 1')
    stderr_of(repo, "merge", "--quiet", "--no-edit", "autre")
    assert plan(repo) == "refused\n"


def test_git_install_writes_the_driver_that_is_tried_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(forked(Repo(tmp_path)).folder)
    former = FORMER_DRIVER
    for before in (former, MERGE_DRIVER):
        subprocess.run(["git", "config", "merge.plan.driver", before], check=True)
        assert run(["git", "install"]) == 0
        found = subprocess.run(["git", "config", "merge.plan.driver"], check=True, capture_output=True, text=True)
        assert found.stdout == MERGE_DRIVER + "\n"


@pytest.mark.slow
@pytest.mark.skipif(not which("timeout"), reason="it kills")
def test_a_merge_whose_plancli_is_killed_at_any_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's own merge, or ours: never one inside the other, and never our side alone."""
    repo = forked(Repo(tmp_path / "repo"))
    replaced(tmp_path, monkeypatch, f'exec timeout --signal=KILL "$LATER" "{HERE}/plancli" "$@"')
    start, chance = repo.git("rev-parse", "HEAD").strip(), Random(8)
    monkeypatch.setenv("LATER", "0")  # never
    began = time.monotonic()
    repo.git("merge", "--quiet", "--no-edit", "autre")
    took = time.monotonic() - began
    for _ in range(15):
        repo.git("reset", "--quiet", "--hard", start)
        monkeypatch.setenv("LATER", f"{took * 1.2 * chance.random():.3f}")
        subprocess.run(["git", "merge", "--quiet", "--no-edit", "autre"], cwd=repo.folder, check=False)
        text = plan(repo)
        assert text == MERGED or (text.count("<<<<<<< ours\n") == 1 and "DACS, DB]" in text)
        assert not list(repo.folder.glob(".merge_file*"))


def test_merge_of_a_plan_added_on_both_sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{HERE}{os.pathsep}{os.environ['PATH']}")
    repo = Repo(tmp_path)
    repo.git("config", "merge.plan.driver", MERGE_DRIVER)
    repo.commit("*.yaml merge=plan\n", path=".gitattributes")
    repo.git("switch", "--quiet", "--create", "autre")
    repo.commit(edit(ours=False))
    repo.git("switch", "--quiet", "main")
    repo.commit(edit(ours=True))
    stderr_of(repo, "merge", "--quiet", "--no-edit", "autre")
    assert "<<<<<<< ours\n" in plan(repo)
    assert "DACS, DB]" in plan(repo)


class Files:
    """The three files git hands to the driver."""

    def __init__(self, folder: Path, base: bytes, ours: bytes, theirs: bytes) -> None:
        self.paths = [folder / name for name in ("base", "ours", "theirs")]
        for path, content in zip(self.paths, (base, ours, theirs), strict=True):
            path.write_bytes(content)

    @property
    def args(self) -> tuple[str, ...]:
        return ("git", "merge-driver", *map(str, self.paths), "7", "data/plan.yaml")

    @property
    def result(self) -> bytes:
        return self.paths[1].read_bytes()


@pytest.mark.parametrize("end", [RuntimeError, KeyboardInterrupt])
def test_an_interrupted_merge_leaves_the_result_of_git(
    tmp_path: Path,
    plancli: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
    end: type[BaseException],
) -> None:
    """It breaks off when it writes its own result; an interruption is a refusal, a crash shows."""
    ours, theirs = edit(ours=True), edit(ours=False)
    files = Files(tmp_path, PLAN.encode(), ours.encode(), theirs.encode())
    replaced = []
    real = os.replace

    def replace(source: str, target: str) -> None:
        replaced.append(target)
        if len(replaced) == 2:
            raise end
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    if end is RuntimeError:
        with pytest.raises(RuntimeError):
            plancli(*files.args)
    else:
        assert plancli(*files.args)[0] == 1
    assert b"<<<<<<< ours\n" in files.result


@pytest.mark.parametrize("side", [0, 1, 2])
def test_merge_of_binary_content_keeps_ours(
    tmp_path: Path, plancli: Callable[..., tuple[int, str, str]], side: int
) -> None:
    sources = [PLAN.encode(), edit(ours=True).encode(), edit(ours=False).encode()]
    sources[side] = b"\0\1\2"
    files = Files(tmp_path, *sources)
    code, out, err = plancli(*files.args)
    assert (code, out) == (1, "")
    assert "data/plan.yaml: " in err
    assert files.result == sources[1]


def test_a_clean_merge_that_breaks_a_rule_stops(
    tmp_path: Path, plancli: Callable[..., tuple[int, str, str]]
) -> None:
    start, end = PLAN.index("  DGTrésor:"), PLAN.index("orientations:")
    theirs = PLAN[:start] + PLAN[end:]
    theirs = theirs.replace(", DGTrésor]", "]").replace("[DGTrésor, ", "[")
    assert theirs.count("DGTrésor") < PLAN.count("DGTrésor")
    ours = PLAN.replace("            associated: [DMAT]", "            associated: [DMAT, DGTrésor]", 1)
    files = Files(tmp_path, PLAN.encode(), ours.encode(), theirs.encode())
    code, _out, err = plancli(*files.args)
    assert code == 1
    assert "DGTrésor" in err
    assert b"DMAT, DGTr\xc3\xa9sor" in files.result


@pytest.mark.parametrize("conflict", [False, True])
def test_a_plan_too_large_is_merged_line_by_line_and_it_says_so(
    tmp_path: Path, plancli: Callable[..., tuple[int, str, str]], conflict: bool
) -> None:
    data = read_document(PLAN, "plan.yaml").data
    measure = data["orientations"][0]["measures"][0]
    measure["actions"] = [
        measure["actions"][0] | {"number": n, "text": f"Action {n}.", "years": [2021]} for n in range(1, 1502)
    ]
    text = dump(data | {"orientations": [data["orientations"][0] | {"measures": [measure]}]})

    def large(first: int, last: int) -> bytes:
        before, _, after = text.replace("[2021]", f"[{first}]", 1).rpartition("[2021]")
        return f"{before}[{last}]{after}".encode()

    files = Files(tmp_path, large(2021, 2021), large(2022, 2021), large(2021 + 2 * conflict, 2022))
    code, _out, err = plancli(*files.args)
    assert code == conflict
    assert "data/plan.yaml: more than 1,500 actions: merged line by line" in err
    assert files.result == large(2022, 2022) if not conflict else files.result.count(b"<<<<<<< ") == 1
