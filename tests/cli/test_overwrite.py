"""No answer and no export overwrites the plan that it comes from, by whatever name that is called."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.repositories import Repo

Typed = Callable[..., Any]
PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_bytes()
FILES = ("data/plan.yaml", "named.txt", "named.json", "other.yaml")


@pytest.mark.parametrize(
    "typed",
    [
        "list --plan named.txt --output named.txt",
        "list --plan named.txt --output ./link.csv",
        "list --output nearest.csv",
        "list --output same.csv",
        "list --output other.csv",
        "show 9 --plan named.txt --output named.txt",
        "summary --plan named.txt --output named.txt",
        "directorates --plan named.txt --output named.txt",
        "log --plan named.txt --output named.txt",
        "diff --plan named.txt --output named.txt",
        "diff data/plan.yaml named.txt --output named.txt --format markdown",
        "diff named.txt data/plan.yaml --output named.txt",
        "export named.json --plan named.json -d DSJ",
        "export nearest.csv",
    ],
)
def test_no_output_overwrites_the_plan_it_comes_from(plancli: Typed, repo: Repo, typed: str) -> None:
    for name in FILES:
        repo.commit(PLAN, path=name)
    (repo.folder / "link.csv").symlink_to("named.txt")
    (repo.folder / "nearest.csv").symlink_to("data/plan.yaml")
    (repo.folder / "same.csv").hardlink_to("data/plan.yaml")
    (repo.folder / "other.csv").symlink_to("other.yaml")
    code, out, err = plancli(*typed.split())
    assert (code, out) == (2, "")
    assert err.startswith("plancli: refusing to overwrite the plan ")
    assert {(repo.folder / name).read_bytes() for name in FILES} == {PLAN}
