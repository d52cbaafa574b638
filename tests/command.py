"""Command lines run in this process, their answers going to a pipe or to a terminal."""

import io
import os
import sys
from typing import NamedTuple
from unittest.mock import patch

from plancli.cli.main import run


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
