"""``--at`` on the queries, with the real git."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.repositories import Repo

Typed = Callable[..., Any]
PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_bytes()
NOW = PLAN.replace(b"priority: 2", b"priority: 1")
BROKEN = PLAN.replace(b"[DACS, DSJ]", b"[DACS, DSJ", 1)


@pytest.fixture
def published(repo: Repo) -> Repo:
    repo.commit(PLAN, day="2021-06-24T12:00:00+0000")
    repo.commit(NOW, day="2021-09-12T12:00:00+0000")
    return repo


@pytest.mark.parametrize(
    ("at", "count"),
    [("HEAD", 31), ("HEAD~1", 21), ("2021-06-24", 21), ("24 juin 2021", 21), ("2021-09-12", 31), ("main", 31)],
)
def test_at_a_revision_answers_from_the_committed_plan(
    published: Repo, plancli: Typed, at: str, count: int
) -> None:
    code, out, err = plancli("list", "-p", "1", "--format", "json", "--at", at)
    assert (code, err) == (0, "")
    assert len(json.loads(out)) == count


@pytest.mark.parametrize(
    "command",
    [["summary"], ["show", "13"], ["show", "DSJ"], ["directorates"], ["summary", "--by", "pilot"]],
    ids=" ".join,
)
def test_at_a_revision_works_on_every_query(published: Repo, plancli: Typed, command: list[str]) -> None:
    now, was, head = plancli(*command), plancli(*command, "--at", "HEAD~1"), plancli(*command, "--at=HEAD")
    assert now.code == was.code == 0
    assert now == head


def test_at_a_revision_does_not_read_the_work_tree(published: Repo, plancli: Typed) -> None:
    published.write("data/plan.yaml", BROKEN)
    assert plancli("list", "--at", "HEAD").code == 0


def test_an_invalid_plan_suggests_the_last_committed_one(published: Repo, plancli: Typed) -> None:
    published.write("data/plan.yaml", BROKEN)
    code, out, err = plancli("list", "-d", "DSJ", "-t", "un mot")
    assert (code, out) == (1, "")
    assert err.splitlines()[-1] == (
        "In place: plancli validate · last committed plan: plancli list -d DSJ -t 'un mot' --at HEAD"
    )


def test_an_invalid_plan_at_a_revision_suggests_git_show(published: Repo, plancli: Typed) -> None:
    published.commit(BROKEN, day="2021-10-01T12:00:00+0000")
    code, out, err = plancli("list", "--at", "HEAD")
    assert (code, out) == (1, "")
    assert err.startswith("plancli: no answer from an invalid plan: HEAD:data/plan.yaml has 1 error\n")
    assert err.splitlines()[-1] == "In place: git show HEAD:data/plan.yaml | plancli validate -"
    assert plancli("list").err.splitlines()[-1] == "In place: plancli validate"


def test_an_unknown_revision_is_exit_code_3(published: Repo, plancli: Typed) -> None:
    assert plancli("list", "--at", "mian") == (
        3,
        "",
        "plancli: unknown revision mian. Did you mean main?\nBranches and tags: git branch --all, git tag\n",
    )
