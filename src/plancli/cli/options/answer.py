"""In which form an answer is given, and where it goes."""

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from plancli.cli.options import completion
from plancli.cli.options.choices import choose
from plancli.errors import Unavailable
from plancli.language import _, marked

if TYPE_CHECKING:
    from plancli.output.report import Report

PANEL = marked("Answer")
FORMATS = ("table", "csv", "json", "markdown")


@dataclass(frozen=True, slots=True)
class AnswerOptions:
    """The form of an answer and its place."""

    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=marked("table (the default), csv, json or markdown."),
            autocompletion=completion.of_words(*FORMATS),
            rich_help_panel=PANEL,
        ),
    ] = "table"
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help=marked("Write the answer to a file, whole or not at all."),
            rich_help_panel=PANEL,
        ),
    ] = None

    def __post_init__(self) -> None:
        """Refuse a format that doesn't exist before any plan is read."""
        choose(self.format, FORMATS, _("no format {word}"), _("Formats: {words}"))

    def give(self, report: "Report") -> int:
        """Write a report where it was asked for, what belongs beside it to standard error; give the exit code."""
        from plancli.output.renderers import render
        from plancli.output.window import PIPE, window_of

        if self.output and self.output != "-":
            rendering = render(report, self.format, PIPE)
            write_file(self.output, rendering.answer.encode("utf-8", "backslashreplace"))
        else:
            rendering = render(report, self.format, window_of(sys.stdout, os.environ) if sys.stdout else PIPE)
            say(rendering.answer)
        if rendering.aside and sys.stderr:
            sys.stderr.write(rendering.aside)
        return 0


def say(text: str) -> None:
    """Write to standard output; raise Unavailable where it is closed."""
    if sys.stdout is None:
        raise Unavailable(_("can't write the answer: {reason}").format(reason=_("standard output is closed")))
    sys.stdout.write(text)


def write_file(path: str, content: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place, with the mode it had.

    What is no regular file (a pipe, a terminal) is written as it is. Raise Unavailable where that fails.
    """
    try:
        target = os.path.realpath(path)
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "wb") as stream:
                stream.write(content)
        else:
            _replace(target, content)
    except OSError as error:
        reason = error.strerror or error
        raise Unavailable(_("can't write {path}: {reason}").format(path=path, reason=reason)) from error


def _replace(target: str, content: bytes) -> None:
    from contextlib import suppress
    from tempfile import mkstemp

    mode = os.stat(target).st_mode & 0o7777 if os.path.exists(target) else 0o666 & ~_mask()
    descriptor, beside = mkstemp(prefix=f".{os.path.basename(target)}.", dir=os.path.dirname(target))
    try:
        with open(descriptor, "wb") as stream:
            stream.write(content)
        os.chmod(beside, mode)
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
