"""The plan at a revision, and the two sides of a comparison; with the real git."""

import os
import time
from pathlib import Path

import pytest

from plancli.errors import PlanError, Unavailable, Usage
from plancli.loader.revisions import Sides, Version, read_at, read_sides
from tests.repositories import Repo, git


def refused(*args: str | None, kind: type[PlanError] = Unavailable) -> tuple[str, str]:
    with pytest.raises(kind) as caught:
        read_sides(None, *args)
    return caught.value.message, caught.value.hint


def two(repo: Repo) -> tuple[str, str]:
    """Commit a plan twice; the contents say which is which."""
    first = repo.commit("one", day="2021-06-24T12:00:00+0000")
    second = repo.commit("two", day="2021-09-12T12:00:00+0000")
    return first, second


def told(versions: Sides) -> tuple[str, bytes, str, bytes]:
    return versions.old.label, versions.old.source, versions.new.label, versions.new.source


class TestAt:
    def test_a_revision_is_read(self, repo: Repo) -> None:
        first, second = two(repo)
        assert read_at(None, "HEAD") == Version("HEAD", "HEAD:data/plan.yaml", b"two", second, "data/plan.yaml")
        assert read_at(None, "HEAD~1").commit == first
        assert read_at(None, "main^").source == b"one"
        assert read_at(None, first[:8]).source == b"one"
        assert read_at(None, "HEAD^{/A commit}").source == b"two"

    def test_a_tag_that_is_an_object(self, repo: Repo) -> None:
        two(repo)
        repo.git("tag", "-a", "-m", "adopted", "v1", "HEAD~1")
        assert read_at(None, "v1").source == b"one"

    def test_a_date_is_the_last_commit_before_its_end(self, repo: Repo) -> None:
        two(repo)
        assert read_at(None, "2021-06-24").source == b"one"
        assert read_at(None, "2021-09-11").source == b"one"
        assert read_at(None, "2021-09-12").source == b"two"
        assert read_at(None, "2099-01-01").source == b"two"
        assert read_at(None, "2021-06-24").label.startswith("2021-06-24 (")

    def test_a_date_is_the_day_here(self, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
        repo.commit("one", day="2021-06-24T12:00:00+0000")
        repo.commit("two", day="2021-06-24T23:30:00+0000")
        assert read_at(None, "2021-06-24").source == b"two"
        monkeypatch.setenv("TZ", "Europe/Paris")
        time.tzset()
        try:
            assert read_at(None, "2021-06-24").source == b"one"
        finally:
            monkeypatch.undo()
            time.tzset()

    def test_a_branch_that_was_merged_later_doesnt_count(self, repo: Repo) -> None:
        repo.commit("one", day="2021-06-01T12:00:00+0000")
        repo.git("checkout", "--quiet", "-b", "side")
        repo.commit("two", day="2021-06-10T12:00:00+0000")
        repo.git("checkout", "--quiet", "main")
        repo.git("merge", "--quiet", "--no-ff", "--no-edit", "side", day="2021-07-01T12:00:00+0000")
        assert read_at(None, "2021-06-24").source == b"one"
        assert read_at(None, "2021-07-02").source == b"two"

    def test_a_ref_with_the_name_of_a_date_goes_first(self, repo: Repo) -> None:
        two(repo)
        repo.git("tag", "2021-06-24", "HEAD")
        assert read_at(None, "2021-06-24").source == b"two"
        assert read_at(None, "2021-06-24").label == "2021-06-24"

    @pytest.mark.parametrize(
        "day",
        ["2021-9-1", "01/09/2021", "1/9/2021", "1.9.2021", "2021-08", "08/2021", "2021-8"],
    )
    def test_a_date_as_it_is_typed(self, repo: Repo, day: str) -> None:
        two(repo)
        assert read_at(None, day).source == b"one"
        assert read_sides(None, day, "30/09/2021").new.source == b"two"
        assert read_sides(None, f"{day}..2021-12").new.source == b"two"
        assert read_at(None, f"{day}:data/plan.yaml").source == b"one"

    def test_any_year_is_a_date(self, repo: Repo) -> None:
        two(repo)
        for day in ("2100-01-01", "9999-12-31", "12/9999"):
            assert read_at(None, day).source == b"two"
        for day in ("1969-12-31", "0001-01-01"):
            with pytest.raises(Unavailable, match="there was no commit yet on"):
                read_at(None, day)

    @pytest.mark.parametrize("day", ["2021-02-30", "20210624", "31/02/2021", "2021-13", "13/2021", "0000-01-01"])
    def test_what_is_not_a_date_is_an_unknown_revision(self, repo: Repo, day: str) -> None:
        two(repo)
        with pytest.raises(Unavailable, match=f"unknown revision {day}"):
            read_at(None, day)

    def test_before_the_first_commit(self, repo: Repo) -> None:
        two(repo)
        with pytest.raises(Unavailable, match="there was no commit yet on 23 Jun 2021"):
            read_at(None, "2021-06-23")

    def test_a_path_after_the_revision(self, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
        two(repo)
        repo.commit("other", path="copie/autre plan.yaml", day="2021-10-01T12:00:00+0000")
        assert read_at(None, "HEAD:copie/autre plan.yaml").source == b"other"
        assert read_at(None, "2021-06-24:data/plan.yaml").source == b"one"
        monkeypatch.chdir(repo.folder / "copie")
        assert read_at(None, "HEAD:./autre plan.yaml").source == b"other"
        assert read_at(None, "HEAD~1:../data/plan.yaml").source == b"two"

    def test_the_staged_version_is_read(self, repo: Repo) -> None:
        two(repo)
        repo.write("data/plan.yaml", "three")
        repo.git("add", "data/plan.yaml")
        repo.write("data/plan.yaml", "four")
        assert read_at(None, ":data/plan.yaml").source == b"three"

    def test_a_path_that_isnt_there(self, repo: Repo) -> None:
        two(repo)
        for name in ("HEAD:nope.yaml", "HEAD:data", ":nope.yaml"):
            with pytest.raises(Unavailable, match="isn't in"):
                read_at(None, name)

    def test_standard_input_has_no_past(self, repo: Repo) -> None:
        with pytest.raises(Usage, match="not standard input"):
            read_at("-", "HEAD")


class TestWhere:
    def test_a_revision_is_read_from_a_subfolder(self, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
        two(repo)
        folder = repo.folder / "docs" / "été 2021"
        folder.mkdir(parents=True)
        monkeypatch.chdir(folder)
        assert read_at(None, "HEAD").name == "HEAD:data/plan.yaml"
        versions = read_sides(None, "HEAD~1..HEAD")
        assert (versions.commits, versions.file) == (1, os.path.join("..", "..", "data", "plan.yaml"))

    def test_a_revision_is_read_from_outside_its_repository(
        self, repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        two(repo)
        monkeypatch.chdir(tmp_path)
        assert read_at("repo/data/plan.yaml", "HEAD~1").source == b"one"

    def test_a_path_with_spaces_accents_and_pathspec_magic(self, repo: Repo) -> None:
        path = "données du plan/[le] plan d'été :*.yaml"
        repo.commit("one", path=path)
        repo.commit("two", path=path)
        repo.commit("other")
        versions = read_sides(path, "HEAD~2..HEAD")
        assert told(versions) == ("HEAD~2", b"one", "HEAD", b"two")
        assert versions.commits == 1

    def test_a_name_that_looks_like_an_option(self, repo: Repo) -> None:
        repo.commit("one", path="--all")
        assert read_at("--all", "HEAD").source == b"one"

    @pytest.mark.parametrize("revision", ["--all", "-n1", "--output=x", "-", "", "HEAD\n", "HEAD\0", "a b"])
    def test_a_revision_is_never_an_option(self, repo: Repo, revision: str) -> None:
        two(repo)
        with pytest.raises(Unavailable, match="unknown revision"):
            read_at(None, revision)
        assert not (repo.folder / "x").exists()

    def test_a_link_to_the_plan(self, repo: Repo) -> None:
        repo.write("data/plan.yaml", "one")
        (repo.folder / "plan.yaml").symlink_to("data/plan.yaml")
        repo.commit()
        assert read_at("plan.yaml", "HEAD").source == b"one"

    def test_a_link_to_the_repository(self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        two(repo)
        (tmp_path / "link").symlink_to(repo.folder)
        monkeypatch.chdir(tmp_path)
        assert read_at("link/data/plan.yaml", "HEAD").source == b"two"

    def test_a_work_tree_beside_it(self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        two(repo)
        repo.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "beside"), "HEAD~1")
        monkeypatch.chdir(tmp_path / "beside")
        assert told(read_sides(None, "main...")) == ("main", b"one", "side", b"one")
        assert read_at(None, "main").source == b"two"

    def test_a_detached_head(self, repo: Repo) -> None:
        first, _second = two(repo)
        repo.git("checkout", "--quiet", "--detach", "HEAD~1")
        assert told(read_sides(None, "main...")) == ("main", b"one", first[:7], b"one")

    def test_a_bare_repository(self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        two(repo)
        git(tmp_path, "clone", "--quiet", "--bare", str(repo.folder), "bare.git")
        monkeypatch.chdir(tmp_path / "bare.git")
        assert read_at(None, "main~1").source == b"one"
        assert told(read_sides(None, "main~1..main")) == ("main~1", b"one", "main", b"two")
        assert read_at("data/plan.yaml", "main").source == b"two"
        assert refused()[0].startswith("no plan here")

    def test_a_plan_that_is_gone_from_the_work_tree(self, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
        two(repo)
        (repo.folder / "data" / "plan.yaml").unlink()
        (repo.folder / "docs").mkdir()
        monkeypatch.chdir(repo.folder / "docs")
        assert read_at(None, "HEAD").source == b"two"

    def test_revisions_are_read_in_a_hook(self, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
        two(repo)
        monkeypatch.setenv("GIT_DIR", ".git")
        versions = read_sides(None, "HEAD~1..HEAD")
        assert (told(versions)[1], versions.commits) == (b"one", 1)

    def test_a_configuration_made_to_confuse(self, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
        two(repo)
        for name, value in {
            "core.fsmonitor": "touch ran",
            "core.pager": "touch ran",
            "diff.external": "touch ran",
            "log.follow": "true",
            "log.showSignature": "true",
            "color.ui": "always",
            "core.quotePath": "true",
            "diff.noprefix": "true",
        }.items():
            repo.git("config", name, value)
        repo.write(".gitattributes", "*.yaml diff=mine\n")
        repo.git("config", "diff.mine.textconv", "touch ran")
        for name, value in {
            "GIT_PAGER": "touch ran",
            "GIT_EXTERNAL_DIFF": "touch ran",
            "GIT_TRACE": "1",
            "GIT_ICASE_PATHSPECS": "1",
            "LC_ALL": "fr_FR.UTF-8",
        }.items():
            monkeypatch.setenv(name, value)
        versions = read_sides(None, "HEAD~1..HEAD")
        assert (*told(versions), versions.commits) == ("HEAD~1", b"one", "HEAD", b"two", 1)
        assert not (repo.folder / "ran").exists()


class TestSides:
    def test_diff_without_revisions_compares_head_with_the_work_tree(self, repo: Repo) -> None:
        two(repo)
        repo.write("data/plan.yaml", "three")
        versions = read_sides(None)
        assert told(versions) == ("HEAD", b"two", "work tree", b"three")
        assert (versions.commits, versions.file) == (None, os.path.join("data", "plan.yaml"))

    def test_a_revision_against_the_work_tree(self, repo: Repo) -> None:
        two(repo)
        assert told(read_sides(None, "HEAD~1")) == ("HEAD~1", b"one", "work tree", b"two")

    def test_two_revisions(self, repo: Repo) -> None:
        two(repo)
        versions = read_sides(None, "HEAD~1", "HEAD")
        assert told(versions) == ("HEAD~1", b"one", "HEAD", b"two")
        assert versions.commits == 1

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("main..side", ("main", b"main", "side", b"side")),
            ("main...side", ("main", b"base", "side", b"side")),
            ("main...", ("main", b"base", "side", b"side")),
            ("main..", ("main", b"main", "side", b"side")),
            ("...main", ("HEAD", b"base", "main", b"main")),
            ("..main", ("HEAD", b"side", "main", b"main")),
        ],
    )
    def test_ranges_of_two_and_three_dots(
        self, repo: Repo, text: str, wanted: tuple[str, bytes, str, bytes]
    ) -> None:
        repo.commit("base")
        repo.git("checkout", "--quiet", "-b", "side")
        repo.commit("side")
        repo.git("checkout", "--quiet", "main")
        repo.commit("main")
        repo.git("checkout", "--quiet", "side")
        assert told(read_sides(None, text)) == wanted

    def test_a_range_of_dates(self, repo: Repo) -> None:
        two(repo)
        versions = read_sides(None, "2021-06-24..2021-09-12")
        assert (versions.old.source, versions.new.source) == (b"one", b"two")

    def test_commits_that_touch_something_else_dont_count(self, repo: Repo) -> None:
        two(repo)
        repo.commit("x", path="README.md")
        assert read_sides(None, "HEAD~2..HEAD").commits == 1

    def test_a_file_against_the_plan(self, repo: Repo) -> None:
        two(repo)
        repo.write("old.yaml", "old")
        assert told(read_sides(None, "old.yaml")) == (
            "old.yaml",
            b"old",
            os.path.join("data", "plan.yaml"),
            b"two",
        )
        assert told(read_sides(None, "HEAD", "old.yaml")) == ("HEAD", b"two", "old.yaml", b"old")

    def test_two_files_need_no_git(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PATH", "")
        Path("a.yaml").write_text("a")
        Path("b..c.yaml").write_text("b")
        versions = read_sides(None, "a.yaml", "b..c.yaml")
        assert (*told(versions), versions.file) == ("a.yaml", b"a", "b..c.yaml", b"b", "")

    def test_a_name_that_is_a_revision_and_a_file_is_the_revision(self, repo: Repo) -> None:
        two(repo)
        repo.write("main", "a file")
        assert told(read_sides(None, "main"))[:2] == ("main", b"two")
        assert told(read_sides(None, "./main"))[:2] == ("./main", b"a file")

    def test_a_renamed_file(self, repo: Repo) -> None:
        text = "\n".join(f"line {n}" for n in range(40))
        repo.commit(text, path="le plan.yaml")
        repo.git("mv", "le plan.yaml", "plan.yaml")
        repo.commit()
        versions = read_sides(None, "HEAD~1")
        assert (versions.old.path, versions.old.name) == ("le plan.yaml", "HEAD~1:le plan.yaml")
        assert read_at(None, "HEAD~1").source == text.encode()


class TestRefused:
    def test_an_unknown_revision_is_refused(self, repo: Repo) -> None:
        two(repo)
        assert refused("mian") == (
            "unknown revision mian. Did you mean main?",
            "Branches and tags: git branch --all, git tag",
        )
        assert refused("main..sied")[0] == "unknown revision sied"

    def test_a_branch_that_is_only_at_the_origin(
        self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        two(repo)
        repo.git("branch", "calendrier-2022")
        git(tmp_path, "clone", "--quiet", str(repo.folder), "clone")
        monkeypatch.chdir(tmp_path / "clone")
        assert (
            refused("calendrier-2022")[0]
            == "unknown revision calendrier-2022. Did you mean origin/calendrier-2022?"
        )

    def test_a_shallow_clone_says_what_to_fetch(
        self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, _second = two(repo)
        git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repo.folder}", "shallow")
        monkeypatch.chdir(tmp_path / "shallow")
        for asked in (first, "HEAD~1", "HEAD~1..HEAD", "v1"):
            message, hint = refused(asked)
            assert message == f"unknown revision {asked.partition('..')[0]}: this clone is shallow"
            assert "git fetch --unshallow" in hint
        assert refused("2021-06-24")[0] == "no commit up to 24 Jun 2021: this clone is shallow"

    def test_a_shallow_clone_has_lost_where_two_branches_parted(
        self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        two(repo)
        repo.git("checkout", "--quiet", "-b", "side", "HEAD~1")
        repo.commit("side")
        git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{repo.folder}", "shallow")
        monkeypatch.chdir(tmp_path / "shallow")
        message, hint = refused("origin/main...")
        assert message == "origin/main and side have no commit in common: this clone is shallow"
        assert "git fetch --unshallow" in hint

    def test_histories_without_a_common_commit(self, repo: Repo) -> None:
        two(repo)
        repo.git("checkout", "--quiet", "--orphan", "other")
        repo.commit("three")
        assert refused("main...") == ("main and other have no commit in common", "")

    def test_an_unborn_branch(self, repo: Repo) -> None:
        repo.write("data/plan.yaml", "one")
        assert refused() == ("there is no commit yet", "Commit the plan first: git add, git commit")
        assert refused("HEAD")[0] == "there is no commit yet"
        assert refused("main")[0] == "unknown revision main"

    def test_a_plan_that_didnt_exist_yet(self, repo: Repo) -> None:
        repo.commit("x", path="README.md")
        two(repo)
        message, hint = refused("HEAD~2")
        assert message == "data/plan.yaml isn't in HEAD~2"
        assert hint.startswith("It came with ")
        assert hint.endswith(" on 24 Jun 2021.")

    def test_a_plan_that_was_never_committed(self, repo: Repo) -> None:
        repo.commit("x", path="README.md")
        repo.write("data/plan.yaml", "one")
        assert refused() == ("data/plan.yaml isn't in HEAD", "Commit the plan first: git add, git commit")

    def test_a_plan_in_no_repository_has_no_revisions(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
        monkeypatch.chdir(tmp_path)
        Path("plan.yaml").write_text("one")
        message, hint = refused("HEAD")
        assert message.endswith(" is in no git repository")
        assert hint == "Revisions need one: git init"

    def test_a_plan_outside_the_repository(
        self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        two(repo)
        monkeypatch.setenv("GIT_DIR", str(repo.folder / ".git"))
        monkeypatch.setenv("GIT_WORK_TREE", str(repo.folder))
        (tmp_path / "plan.yaml").write_text("one")
        with pytest.raises(Unavailable, match="is outside the repository"):
            read_at(str(tmp_path / "plan.yaml"), "HEAD")

    def test_git_isnt_installed(self, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
        two(repo)
        monkeypatch.setenv("PATH", "")
        assert refused("HEAD") == ("git isn't installed, or isn't on the PATH", "Revisions need git.")

    def test_another_users_repository(self, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
        two(repo)
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        message, hint = refused("HEAD")
        assert message == f"git doesn't trust {repo.folder}: it belongs to another user"
        assert hint == f"If you do: git config --global --add safe.directory {repo.folder}"

    def test_a_file_that_isnt_there(self, repo: Repo) -> None:
        two(repo)
        for name in ("./nope.yaml", "../nope.yaml", "/nope.yaml"):
            assert refused(name)[0] == f"can't read {name}: No such file or directory"
