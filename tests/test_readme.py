"""The README keeps its word: every example is run in a terminal of 80 columns and gives what is printed there.

A fence named ``console`` holds examples: ``$ command``, then what it gives. A line with only ``⋮`` stands for any
number of lines. All examples run one after the other in one folder, with the plan in a git repository of its own.
``--update-golden`` writes what is given now, except where lines are left out.
"""

import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import chdir
from importlib import import_module
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from plancli.cli.main import COMMANDS
from scripts.translations import typeset
from tests.command import Answer, run_command

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = ("asking", "editing", "any-plan", "follow-up")
TRANSLATED = [ROOT / "README.md", *(ROOT / "docs" / f"{page}.md" for page in PAGES)]
"""English pages that have a French one, in step with them."""
FRENCH = [page.with_suffix(".fr.md") for page in TRANSLATED]
EXAMPLES = [*TRANSLATED, *FRENCH, ROOT / "docs" / "review.md"]

ENVIRONMENT = {
    "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    "TERM": "xterm",
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
    "PLANCLI_LANG": "en",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_PAGER": "cat",
    "PLANCLI_PAGER": "cat",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "color.ui",
    "GIT_CONFIG_VALUE_0": "never",
    "GIT_AUTHOR_NAME": "DIHAL",
    "GIT_AUTHOR_EMAIL": "dihal@example.org",
    "GIT_COMMITTER_NAME": "DIHAL",
    "GIT_COMMITTER_EMAIL": "dihal@example.org",
    "GIT_AUTHOR_DATE": "2021-06-24T12:00:00+02:00",
    "GIT_COMMITTER_DATE": "2021-06-24T12:00:00+02:00",
}

NAME = r"\b[0-9a-f]{7}\b"


def examples(page: Path) -> list[tuple[int, str, list[str]]]:
    """Return the line, the command and the wanted lines of each example of a page."""
    found: list[tuple[int, str, list[str]]] = []
    inside = False
    for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            found.append((number, line[2:], []))
        elif inside:
            found[-1][2].append(line)
    return found


def in_terminal(command: str, folder: Path, language: str = "en") -> str:
    """Run a command with Bash in a terminal of 80 columns and 50 lines, and give what a person sees."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(ours, (50, 80))
    process = subprocess.Popen(
        ["bash", "--norc", "-c", command],
        cwd=folder,
        env={**ENVIRONMENT, "HOME": str(folder), "PLANCLI_LANG": language},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    seen = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if not select.select([ours], [], [], 0.1)[0]:
            continue
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux: nobody has the other end open any more
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    process.wait()
    return seen.decode().replace("\r", "")


def in_process(command: str, folder: Path, language: str) -> str:
    """Run a command here, and give what a person sees in a window of 80 columns and 50 lines."""
    typed: Callable[..., Answer] = run_command
    with chdir(folder):
        environment = {**ENVIRONMENT, "HOME": str(folder), "PLANCLI_LANG": language}
        answer = typed(*shlex.split(command)[1:], columns=80, rows=50, **environment)
    return answer.out + answer.err


def pattern(lines: list[str]) -> str:
    """Return the expression that the output must match: its lines, where ⋮ stands for any number of them.

    The name of a commit or an object, which hangs on every file beside it, stands for any.
    """
    text = "\n".join(lines).strip("\n")
    return "\n".join(
        "(?s:.*?)" if line.strip() == "⋮" else re.sub(NAME, lambda _: NAME, re.escape(line))
        for line in text.split("\n")
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "readme"
    for name in ("data", "examples", "schema"):
        shutil.copytree(ROOT / name, folder / name)
    git = ["git", "-c", "init.defaultBranch=main"]
    for args in (["init", "-q"], ["add", "."], ["commit", "-qm", "Le plan publié"]):
        subprocess.run([*git, *args], cwd=folder, env=ENVIRONMENT, check=True)
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix")
@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, marks=() if page == TRANSLATED[0] else pytest.mark.slow, id=page.name)
        for page in EXAMPLES
    ],
)
def test_examples_of_a_page_give_what_is_printed(page: Path, folder: Path, request: pytest.FixtureRequest) -> None:
    wrong = []
    lines = page.read_text("utf-8").splitlines()
    moved = 0
    language = "fr" if ".fr" in page.suffixes else "en"
    for number, command, wanted in examples(page):
        # Bash runs the same commands of the English page.
        here = language == "fr" and command.startswith("plancli ") and not re.search("[|<>;&$*~]", command)
        given = (in_process if here else in_terminal)(command, folder, language).strip("\n")
        if re.fullmatch(pattern(wanted), given):
            continue
        if request.config.getoption("--update-golden") and not any(line.strip() == "⋮" for line in wanted):
            blank = [""] if wanted and not wanted[-1] else []
            lines[number + moved : number + moved + len(wanted)] = given.splitlines() + blank
            moved += len(given.splitlines() + blank) - len(wanted)
        else:
            wrong.append(f"{page.name}:{number}: $ {command}\n{given}")
    if moved or lines != page.read_text("utf-8").splitlines():
        page.write_text("\n".join(lines) + "\n", "utf-8")
    assert not wrong, "\n".join(wrong)


def test_every_command_stands_in_the_readme() -> None:
    shown = {
        command.split()[1] for _, command, _ in examples(ROOT / "README.md") if command.startswith("plancli ")
    }
    assert {command.name for command in COMMANDS} <= shown


def test_quick_start_is_two_lines_for_a_fresh_machine() -> None:
    section = README.split("## Quick start\n", 1)[1].split("\n## ", 1)[0]
    [block] = re.findall(r"^```(\w*)\n(.*?)^```$", section, re.S | re.M)
    assert block[0] == "sh"
    first, second = block[1].splitlines()
    assert "python3 -m venv" in first
    assert "[all]" in first
    assert first.endswith("plancli summary")
    assert "python3 -m venv" in second
    assert "[test]" in second
    assert second.endswith("pytest")


def blocks(page: Path) -> list[tuple[str, list[str]]]:
    """Return the fences of a page: the commands of examples, the whole text of the others."""
    fences = re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text("utf-8"), re.S | re.M)
    return [
        (kind, [line for line in text.splitlines() if kind != "console" or line.startswith("$ ")])
        for kind, text in fences
    ]


def headings(page: Path) -> list[int]:
    prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.S | re.M)
    return [len(line.split(" ")[0]) for line in prose.splitlines() if line.startswith("#")]


def test_french_pages_are_in_step() -> None:
    for english, french in zip(TRANSLATED, FRENCH, strict=True):
        assert headings(french) == headings(english)
        assert blocks(french) == blocks(english)


def test_french_pages_are_typeset() -> None:
    for page in [*ROOT.glob("*.fr.md"), *ROOT.glob("docs/*.fr.md")]:
        prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.S | re.M)
        assert typeset(prose) == prose


@pytest.mark.slow
def test_examples_of_help_pages_are_understood(
    plancli: Callable[..., Answer], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    for command in COMMANDS:
        for example in getattr(import_module(command.module), "EXAMPLES", ()):
            monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO()))
            _plancli, *words = shlex.split(re.split(" [<>] ", example)[0])
            answer = plancli(*words, columns=80, **ENVIRONMENT, HOME=str(folder))
            assert answer.code != 2, f"$ {example}\n{answer.err}"
