"""In which form an answer is given, and where it goes."""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from plancli.cli.options import completion
from plancli.cli.options.bundle import Bundle
from plancli.cli.options.choices import choose
from plancli.errors import Unavailable, Usage
from plancli.i18n import N_, _, current_language, use_language

if TYPE_CHECKING:
    from plancli.output.report import Report
    from plancli.output.window import Window

PANEL = N_("Answer")


class AnswerOptions(Bundle):
    """The form of an answer and its place."""

    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=N_("table (the default), csv, json or markdown."),
            autocompletion=completion.formats,
            rich_help_panel=PANEL,
        ),
    ] = "table"
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help=N_("Write the answer to a file, whole or not at all."),
            rich_help_panel=PANEL,
        ),
    ] = None

    def __init__(self, **values: Any) -> None:
        """Refuse a format that doesn't exist, and to write over a plan, before any plan is read."""
        super().__init__(**values)
        from plancli.output.renderers import FORMATS

        choose(self.format, FORMATS, _("no format {word}"), _("Formats: {words}"))
        spare_plans(self.output)

    def give(self, report: "Report", *plans: str | None, language: str | None = None) -> int:
        """Write a report where it was asked for, what belongs beside it to standard error; give the exit code.

        ``plans`` are the names of what was read: none of these files is written over. ``language`` is that of the
        answer, if it isn't the reader's.
        """
        from plancli.output.renderers import render
        from plancli.output.window import PIPE

        file = "" if self.output in (None, "-") else str(self.output)
        spare_plans(file, plans)
        with use_language(language or current_language()):
            rendering = render(report, self.format, PIPE if file else window())
        if file:
            from plancli.files import write_file

            write_file(file, rendering.answer.encode("utf-8", "backslashreplace"))
        else:
            say(rendering.answer)
        for line in rendering.aside.splitlines():
            tell(line)
        return 0


def spare_plans(output: str | None, plans: Iterable[str | None] = ()) -> None:
    """Refuse to write an answer over a plan: over a YAML file that is there, or one of ``plans``, by any name."""
    if not output:
        return
    spare_links(output)
    if not os.path.exists(output):
        return
    from plancli.loader.places import named_plan, nearest_plan

    read = [plan for plan in (*plans, named_plan(None), nearest_plan()) if plan and os.path.isfile(plan)]
    is_yaml = os.path.realpath(output).lower().endswith((".yaml", ".yml"))
    if is_yaml or any(os.path.samefile(output, plan) for plan in read):
        raise Usage(
            _("an answer is no plan: {path} would be lost").format(path=output),
            _("Give another file: --output FILE"),
        )


def spare_links(output: str) -> None:
    """Refuse to write through a link out of the repository: whoever can push could have anything replaced."""
    from plancli.loader.places import is_written_outside

    if is_written_outside(output):
        raise Unavailable(
            _("{path} is a link out of the repository, and is not written through").format(path=output),
            _("Give another file, or the one that it leads to"),
        )


def say(text: str) -> None:
    """Write to standard output; raise Unavailable where it is closed."""
    if sys.stdout is None:
        raise Unavailable(_("can't write the answer: {reason}").format(reason=_("standard output is closed")))
    sys.stdout.write(text)


def window() -> "Window":
    """Tell through which window standard output is read."""
    from plancli.output.window import PIPE, window_of

    return window_of(sys.stdout, os.environ) if sys.stdout else PIPE


def tell(line: str) -> None:
    """Write a line for people to standard error, if it is open, with nothing that takes its terminal over.

    Where the terminal is too narrow for it, it goes on indented, and no word is broken.
    """
    if sys.stderr is None:
        return
    from plancli.output.window import window_of
    from plancli.text import ascii_symbols, escape_control

    screen = window_of(sys.stderr, os.environ)
    line = escape_control(line)
    line = ascii_symbols(line) if screen.simple else line
    sys.stderr.write("".join(f"{row}\n" for row in _rows(line, screen.columns)))


def _rows(line: str, columns: int | None) -> list[str]:
    from plancli.text import width, wrap

    if columns is None or width(line) <= columns:
        return [line]
    words = line.lstrip(" ")
    indent = " " * (len(line) - len(words))
    first, *rest = wrap(words, max(columns - len(indent) - 3, 1))
    return [f"{indent}{first}", *(f"{indent}  {row}" for row in rest)]
