"""Command lines run in this process, their answers going to a pipe or to a terminal."""

import io
import os
import sys
from contextlib import chdir
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from plancli.cli.main import run

ROOT = Path(__file__).parents[1]


class Answer(NamedTuple):
    """The exit code of a command line and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of standard output."""
        return self.out.splitlines()


class Stream(io.TextIOWrapper):
    """A standard stream that keeps what is written to it; it may say that it is a terminal."""

    def __init__(self, encoding: str = "utf-8", terminal: bool = False) -> None:
        self.bytes = io.BytesIO()
        self.terminal = terminal
        super().__init__(self.bytes, encoding=encoding, newline="", write_through=True)

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        return self.bytes.getvalue().decode(self.encoding)


def run_command(
    *args: str,
    columns: int | None = None,
    rows: int = 24,
    colour: bool = False,
    encoding: str = "utf-8",
    **environment: str,
) -> Answer:
    """Run a command line; with ``columns`` both streams are a terminal of that size."""
    streams = [Stream(encoding, terminal=columns is not None) for _ in range(2)]
    if columns is not None:
        environment |= {"COLUMNS": str(columns), "LINES": str(rows), "NO_COLOR": "" if colour else "1"}
    with (
        patch.object(sys, "stdout", streams[0]),
        patch.object(sys, "stderr", streams[1]),
        patch.dict(os.environ, environment),
    ):
        code = run(args)
    return Answer(code, *(stream.text() for stream in streams))


def complete(words: str, shell: str = "bash", cwd: Path = ROOT, **more: str) -> tuple[list[str], str]:
    """Return what a shell is told for a line whose last word is being typed, by the shell's own protocol."""
    typed = words.split(" ")
    environment: dict[str, Any] = {
        "_PLANCLI_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(typed) - 1),
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": typed[-1],
    }
    with chdir(cwd):
        answer = run_command(**(environment | more))
    return answer.out.split("\n")[:-1], answer.err
