"""Completion through the shells' own protocol, and in the shells themselves."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import ROOT, complete
from tests.repositories import Repo

Typed = Callable[..., Any]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("plancli l", ["list", "log", "lsp"]),
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
        ("plancli list --ministry Ju", ["Justice"]),
        ("plancli list --plan examples/climate.yaml -f ax", ["axe=1", "axe=2", "axe=3", "axe=4"]),
        ("plancli list --plan examples/climate.yaml -f axe = ", ["1", "2", "3", "4"]),
        ("plancli list --plan examples/climate.yaml -f objectif = 4", ["4.1", "4.2"]),
        ("plancli list --plan examples/climate.yaml --columns bud", ["budget"]),
        ("plancli summary --plan examples/climate.yaml --by cha", ["chantier"]),
        ("plancli show M", ["M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9"]),
        ("plancli show --plan examples/climate.yaml BAT-0", ["BAT-01", "BAT-02", "BAT-03", "BAT-04", "BAT-05"]),
        ("plancli list -d XYZ", []),
    ],
)
def test_completion_in_bash(words: str, found: list[str]) -> None:
    told, err = complete(words)
    assert err == ""
    if words.endswith("-d D"):
        assert set(found) <= set(told)
    else:
        assert [word for word in told if word] == found


def test_completion_in_fish_and_zsh_shows_what_a_code_stands_for() -> None:
    assert complete("plancli list -d DSJ", "fish") == (["DSJ\tDirection des services judiciaires"], "")
    [line], err = complete("plancli list -d DSJ", "zsh")
    assert err == ""
    assert '"DSJ":"Direction des services judiciaires"' in line


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize("plan", [None, "[", "title: x\n"])
def test_completion_shows_no_errors(tmp_path: Path, shell: str, plan: str | None) -> None:
    if plan:
        (tmp_path / "plan.yaml").write_text(plan)
    told, err = complete("plancli list -d DS", shell, tmp_path)
    assert err == ""
    assert "DSJ" not in "".join(told)


def test_completion_offers_no_code_that_a_shell_would_run(tmp_path: Path) -> None:
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


def test_completion_reads_the_plan_that_is_named(tmp_path: Path) -> None:
    text = (ROOT / "data" / "plan.yaml").read_text("utf-8")
    (tmp_path / "other.yaml").write_text(
        text.replace("directorates:\n", "directorates:\n  DXYZ: {}\n", 1), "utf-8"
    )
    told, err = complete("plancli list --plan other.yaml -d DX", cwd=tmp_path)
    assert ([word for word in told if word], err) == (["DXYZ"], "")


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_completion_of_a_value_after_an_equals_sign_keeps_the_option(shell: str) -> None:
    told, _err = complete("plancli list --pilot=DHU", shell)
    assert "--pilot=DHUP" in "".join(told)
    assert complete("plancli list --nope=DHU", shell)[0] in ([], ["_files"], [""])


@pytest.mark.parametrize(
    "words", ["plancli list --pilot = DG", "plancli\nlist\n--pilot\n=\nDG", "plancli\nlist\n--pilot\nDG"]
)
def test_completion_in_bash_takes_the_words_as_bash_parts_them(words: str) -> None:
    place = str(len(words.replace("\n", " ").split(" ")) - 1)
    told, err = complete(words, COMP_CWORD=place)
    assert (set(told), err) == ({"DGCL", "DGCS", "DGFI", "DGTrésor"}, "")


def test_completion_of_options_names_their_values() -> None:
    told, _err = complete("plancli list --colu", "fish")
    assert told[0].startswith("--columns\tOnly these columns, in this order: number orientation ")


def test_completion_of_options_has_their_help_in_the_language_of_the_reader() -> None:
    told, _err = complete("plancli list --ye", "fish", PLANCLI_LANG="fr")
    assert told == ["--year\tL'action couvre cette année, seule ou avec d'autres."]
    told, _err = complete("plancli di", "fish", PLANCLI_LANG="fr")
    assert [line.partition("\t")[0] for line in told] == ["directorates", "diff"]
    assert "ce qu'un changement signifie" in told[1]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("plancli list --at ", ["HEAD", "main", "calendrier/2022", "v1"]),
        ("plancli diff ", ["HEAD", "main", "calendrier/2022", "v1"]),
        ("plancli diff main c", ["calendrier/2022"]),
        ("plancli diff main..", ["main..HEAD", "main..main", "main..calendrier/2022", "main..v1"]),
        ("plancli diff main...cal", ["main...calendrier/2022"]),
        ("plancli log --at v", ["v1"]),
    ],
)
def test_completion_of_revisions_offers_branches_and_tags(repo: Repo, words: str, found: list[str]) -> None:
    repo.commit((ROOT / "data" / "plan.yaml").read_bytes(), "L'été $(touch owned)")
    repo.git("tag", "v1")
    repo.git("branch", "calendrier/2022")
    repo.git("branch", "a$(touch,owned)")
    told, err = complete(words, "fish", repo.folder)
    assert ({line.partition("\t")[0] for line in told}, err) == (set(found), "")
    assert all("L'été (touch owned)" in line for line in told if "HEAD" not in line)


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="needs Bash")
@pytest.mark.parametrize(
    ("words", "place", "found"),
    [
        ("plancli list --pilot DH", 3, ["DHUP"]),
        ("plancli list --pilot = DH", 4, ["DHUP"]),
        ("plancli list --plan examples/climate.yaml --status en", 5, ["en\\ cours"]),
        ("plancli list --plan examples/climate.yaml --status 'en\\ c'", 5, ["en\\ cours"]),
    ],
)
def test_completion_in_bash_itself(words: str, place: int, found: list[str]) -> None:
    program = f"""
    eval "$(_PLANCLI_COMPLETE=source_bash {sys.executable} -m plancli)"
    COMP_WORDS=({words}) COMP_CWORD={place}
    _plancli_completion plancli
    printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    folder = Path(sys.executable).parent
    done = subprocess.run(
        ["bash", "--norc", "-c", program],
        cwd=ROOT,
        env={"PATH": f"{folder}:{os.environ['PATH']}"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().splitlines() == found


COMPINIT = "autoload -Uz compinit; compinit -u -D"


def typed_into(shell: list[str], lines: list[tuple[str, str]], home: Path) -> None:
    """Type lines into a real shell on a terminal, each once it has shown what the one before had to bring."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (50, 160))
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {"PATH": path, "HOME": str(home), "TERM": "xterm", "LC_ALL": "C.UTF-8", "PLANCLI_LANG": "en"}
    process = subprocess.Popen(shell, cwd=ROOT, env=environment, preexec_fn=lambda: os.login_tty(theirs))
    os.close(theirs)
    for line, wanted in lines:
        os.write(ours, line.encode())
        seen = b""
        while wanted not in (shown := re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.decode("utf-8", "replace"))):
            assert select.select([ours], [], [], 60)[0], shown
            seen += os.read(ours, 65536)
    process.kill()
    process.wait()
    os.close(ours)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shell", "options", "start"),
    [
        ("zsh", ["-f", "-i"], 'autoload -Uz compinit; compinit -u -D; eval "$(plancli --show-completion zsh)"'),
        ("fish", ["--no-config", "-i"], "plancli --show-completion fish | source"),
    ],
)
def test_completion_in_zsh_and_fish_themselves_shows_apostrophes(
    shell: str, options: list[str], start: str, tmp_path: Path
) -> None:
    program = shutil.which(shell)
    if not program:
        pytest.skip(f"needs {shell}")
    ready = (f"{start} && echo re''ady\n", "ready")
    typed_into([program, *options], [ready, ("plancli list --pilot=DHU\t\t", "--pilot=DHUP")], tmp_path)
    paysages = "Direction de l'habitat, de l'urbanisme et des paysages"
    typed_into([program, *options], [ready, ("plancli list --pilot=D\t\t", paysages)], tmp_path)
    status = "plancli list --plan examples/climate.yaml --status en\t\t"
    typed_into([program, *options], [ready, (status, r"en\ cours")], tmp_path)


@pytest.mark.parametrize(
    ("shell", "file", "line"),
    [
        ("bash", ".bash_completions/plancli.sh", ".bashrc"),
        ("zsh", ".zfunc/_plancli", ".zshrc"),
        ("fish", ".config/fish/completions/plancli.fish", ""),
    ],
)
def test_install_completion_writes_the_script_once_and_keeps_the_other_lines(
    plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str, file: str, line: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    if line:
        (tmp_path / line).write_bytes(b'export X="\xe9"')
    for option in (["--install-completion", shell], [f"--install-completion={shell}"]):
        code, out, err = plancli(*option)
        assert (code, err) == (0, "")
        assert out.splitlines()[0] == f"{shell} completion installed in {tmp_path / file}"
    assert (tmp_path / file).read_text() == plancli("--show-completion", shell).out
    if line:
        first, *rest = (tmp_path / line).read_bytes().splitlines()
        assert (first, len(rest)) == (b'export X="\xe9"', 1)


def test_install_completion_says_what_cannot_be_written(
    plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".bashrc").mkdir()
    assert plancli("--install-completion", "bash") == (
        3,
        "",
        f"plancli: can't read {tmp_path / '.bashrc'}: Is a directory\n",
    )
    (tmp_path / ".zfunc").write_text("a file")
    assert plancli("--install-completion", "zsh") == (
        3,
        "",
        f"plancli: can't write {tmp_path / '.zfunc' / '_plancli'}: File exists\n",
    )


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
def test_completion_for_a_shell_that_is_not_known_is_a_usage_error(plancli: Typed, option: str) -> None:
    assert plancli(option, "tcsh") == (
        2,
        "",
        "plancli: no completion for the shell tcsh\nShells: bash, zsh, fish, powershell, pwsh\n",
    )
    code, _out, err = plancli(option, "bash", "zsh")
    assert (code, err.splitlines()[0]) == (2, f"plancli: {option} takes one shell")
