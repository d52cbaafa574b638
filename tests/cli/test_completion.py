"""Completion through the shells' own protocol, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def complete(words: str, shell: str = "bash", cwd: Path = ROOT, **more: str) -> tuple[list[str], str]:
    """Give what a shell is told for a line ending in ``|``-free words, the last of which is being typed."""
    typed = words.split(" ")
    environment = {
        "PATH": os.environ["PATH"],
        "_PLANCLI_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(typed) - 1),
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": typed[-1],
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-m", "plancli"], cwd=cwd, env=environment, capture_output=True, check=False
    )
    return done.stdout.decode().split("\n")[:-1], done.stderr.decode()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("plancli l", ["list", "log"]),
        ("plancli li", ["list"]),
        ("plancli list --pil", ["--pilot"]),
        ("plancli list -d DSJ --pilot DH", ["DHUP"]),
        ("plancli list -d D", ["DIHAL", "DHUP", "DGTrésor", "DB"]),
        ("plancli list -d DSJ,DH", ["DSJ,DHUP"]),
        ("plancli list --pilot = DH", ["DHUP"]),
        ("plancli list -d DGT", ["DGTrésor"]),
        ("plancli list -y ", ["2021", "2022"]),
        ("plancli list --calendar ", ["2021", "2022", "2021-2022"]),
        ("plancli list -p ", ["1", "2"]),
        ("plancli list --orientation ", ["1", "2", "3"]),
        ("plancli list --measure 9", ["9"]),
        ("plancli list --format ", ["table", "csv", "json", "markdown"]),
        ("plancli list --columns number,pri", ["number,priority"]),
        ("plancli list -d XYZ", []),
    ],
)
def test_bash(words: str, found: list[str]) -> None:
    told, err = complete(words)
    assert err == ""
    if words.endswith("-d D"):
        assert set(found) <= set(told)
    else:
        assert [word for word in told if word] == found


def test_fish_and_zsh_are_told_what_a_code_stands_for() -> None:
    assert complete("plancli list -d DSJ", "fish") == (["DSJ\tDirection des services judiciaires"], "")
    [line], err = complete("plancli list -d DSJ", "zsh")
    assert err == ""
    assert '"DSJ":"Direction des services judiciaires"' in line


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize("plan", [None, "[", "title: x\n"])
def test_a_shell_hears_no_errors(tmp_path: Path, shell: str, plan: str | None) -> None:
    if plan:
        (tmp_path / "plan.yaml").write_text(plan)
    told, err = complete("plancli list -d DS", shell, tmp_path)
    assert err == ""
    assert "DSJ" not in "".join(told)


def test_a_code_that_a_shell_would_run_is_not_offered(tmp_path: Path) -> None:
    text = (ROOT / "data" / "plan.yaml").read_text("utf-8")
    codes = """directorates:
  "D$(touch owned)":
    note: x
  DUPE:
    name: 'a\\$(touch owned) `touch owned` "$(touch owned)" l''un'
"""
    hostile = text.replace("directorates:\n", codes, 1)
    (tmp_path / "plan.yaml").write_text(hostile)
    for shell in ("bash", "zsh", "fish", "powershell"):
        told, err = complete("plancli list -d D", shell, tmp_path)
        assert "DSJ" in "".join(told)
        assert not any(mark in "".join(told).replace("$ ", "") for mark in ("$(", "`", "D$", "\\$"))
        assert shell == "bash" or "l'un" in "".join(told).replace("'\\''", "'")
        assert err == ""


def test_the_plan_that_is_named_is_the_plan_that_completes(tmp_path: Path) -> None:
    text = (ROOT / "data" / "plan.yaml").read_text("utf-8")
    (tmp_path / "other.yaml").write_text(
        text.replace("directorates:\n", "directorates:\n  DXYZ: {}\n", 1), "utf-8"
    )
    told, err = complete("plancli list --plan other.yaml -d DX", cwd=tmp_path)
    assert ([word for word in told if word], err) == (["DXYZ"], "")


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="needs Bash")
def test_in_bash_itself() -> None:
    program = f"""
    eval "$(_PLANCLI_COMPLETE=source_bash {sys.executable} -m plancli)"
    COMP_WORDS=(plancli list --pilot DH) COMP_CWORD=3
    _plancli_completion plancli
    echo "${{COMPREPLY[*]}}"
    """
    folder = Path(sys.executable).parent
    done = subprocess.run(
        ["bash", "--norc", "-c", program],
        cwd=ROOT,
        env={"PATH": f"{folder}:{os.environ['PATH']}"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().split() == ["DHUP"]
