"""What a published plan says of where it comes from; with the real git."""

from pathlib import Path

import pytest

from plancli.loader.provenance import Provenance, find_provenance
from tests.repositories import Repo

JUNE, SEPTEMBER = "2021-06-24", "2021-09-12"


def two(repo: Repo) -> tuple[str, str]:
    first = repo.commit("one", day="2021-06-24T12:00:00+0000")
    second = repo.commit("two", day="2021-09-12T12:00:00+0000")
    repo.commit("words", path="README.md", day="2021-10-01T12:00:00+0000")
    return first[:7], second[:7]


def test_the_commit_is_the_last_that_changed_the_file(repo: Repo) -> None:
    _first, second = two(repo)
    assert find_provenance(b"two") == Provenance("data/plan.yaml", second, SEPTEMBER)


def test_a_revision_or_a_date(repo: Repo) -> None:
    first, second = two(repo)
    assert find_provenance(b"one", at="HEAD~2") == Provenance("data/plan.yaml", first, JUNE)
    assert find_provenance(b"one", at="2021-08-01") == Provenance("data/plan.yaml", first, JUNE)
    assert find_provenance(b"two", at="main") == Provenance("data/plan.yaml", second, SEPTEMBER)
    assert find_provenance(b"one", at="HEAD~2:data/plan.yaml") == Provenance("data/plan.yaml", first, JUNE)


def test_changes_since_are_told(repo: Repo) -> None:
    _first, second = two(repo)
    repo.write("data/plan.yaml", "three")
    assert find_provenance(b"three") == Provenance("data/plan.yaml", second, SEPTEMBER, edited=True)
    assert find_provenance(b"two\r\n", at="HEAD").edited
    repo.write("data/plan.yaml", "two")
    assert not find_provenance(b"two").edited


def test_ends_of_lines_are_no_change(repo: Repo) -> None:
    repo.commit("one\ntwo\n")
    assert not find_provenance(b"one\r\ntwo\r\n").edited


def test_provenance_has_the_path_in_the_repository_and_not_on_the_machine(repo: Repo) -> None:
    _first, second = two(repo)
    assert find_provenance(b"two", str(repo.folder / "data" / "plan.yaml")) == Provenance(
        "data/plan.yaml", second, SEPTEMBER
    )


def test_a_file_that_git_doesnt_know_has_its_name(repo: Repo) -> None:
    two(repo)
    repo.write("drafts/other.yaml", "three")
    assert find_provenance(b"three", "drafts/other.yaml") == Provenance("drafts/other.yaml")


def test_without_git_there_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plan.yaml").write_text("one")
    assert find_provenance(b"one", str(tmp_path / "plan.yaml")) == Provenance("plan.yaml")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_provenance(b"one", str(tmp_path / "plan.yaml")) == Provenance("plan.yaml")


def test_standard_input_has_no_commit(repo: Repo) -> None:
    two(repo)
    assert find_provenance(b"one", "-") == Provenance("<stdin>")
