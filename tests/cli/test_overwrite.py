"""No answer and no export overwrites the plan that it comes from, by whatever name that is called."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plancli.exchange.exporters import EXPORTERS, FEEDS, is_export
from tests.repositories import Repo

pytestmark = pytest.mark.slow  # many repositories

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


@pytest.mark.parametrize("ending", [*EXPORTERS, *FEEDS])
def test_an_export_replaces_an_export_and_nothing_else(plancli: Typed, repo: Repo, ending: str) -> None:
    repo.commit(PLAN)
    file = repo.folder / f"plan{ending}"
    for language in ("fr", "en"):
        assert plancli("export", file.name, "--lang", language).code == 0
    written = file.read_bytes()
    repo.commit(b"# Read me\n", path=file.name)
    code, out, err = plancli("export", file.name)
    assert (code, out) == (3, "")
    assert err == f"plancli: {file.name} is tracked by git, and no export wrote it\nTo replace it: --force\n"
    assert file.read_bytes() == b"# Read me\n"
    assert plancli("export", file.name, "--force", "--lang", "en") == (0, "", f"{file.name}: 31 actions\n")
    assert file.read_bytes() == written


@pytest.mark.parametrize("example", ["climate", "open-government", "security"])
def test_an_export_of_any_plan_is_known_again(plancli: Typed, tmp_path: Path, example: str) -> None:
    plan = str(Path(__file__).parents[2] / "examples" / f"{example}.yaml")
    for ending in EXPORTERS:
        file = tmp_path / f"a{ending}"
        for dialect in ([], ["--dialect", "excel-fr"])[: 2 if ending == ".csv" else 1]:
            assert plancli("export", str(file), "--plan", plan, *dialect).code == 0
            assert is_export(file.read_bytes(), file.name)


def test_nothing_is_exported_where_one_file_of_several_is_not_an_export(plancli: Typed, repo: Repo) -> None:
    repo.commit(PLAN)
    (repo.folder / "out").mkdir()
    repo.commit(b"mine\n", path="out/plan-DSJ.csv")
    code, _out, err = plancli("export", "out/plan.csv", "--each", "directorate")
    assert (code, err.splitlines()[0]) == (
        3,
        "plancli: out/plan-DSJ.csv is tracked by git, and no export wrote it",
    )
    assert [each.name for each in (repo.folder / "out").iterdir()] == ["plan-DSJ.csv"]


@pytest.mark.parametrize("typed", ["set 13 years=2021", "show 13", "diff"])
def test_a_command_of_one_plan_refuses_a_second(plancli: Typed, repo: Repo, typed: str) -> None:
    for name in ("one.yaml", "other.yaml"):
        repo.commit(PLAN, path=name)
    words = typed.split()
    code, out, err = plancli(*words, "--plan", "one.yaml", "--plan=other.yaml")
    assert (code, out) == (2, "")
    assert err == f"plancli: plancli {words[0]} is about one plan, and 2 are named\nName one: --plan PATH\n"
    assert all((repo.folder / name).read_bytes() == PLAN for name in ("one.yaml", "other.yaml"))
