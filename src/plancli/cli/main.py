"""The command line: its commands, and the one place where errors become messages and exit codes."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

import typer

from plancli.cli.command import CommandGroup, add_command
from plancli.cli.errors import name_plan, print_error
from plancli.cli.options import OutputOptions, flag
from plancli.cli.streams import prepare_streams, print_out, silence_stdout
from plancli.cli.usage import TYPER_ERRORS, explain
from plancli.errors import PlanError, Unavailable
from plancli.i18n import N_, _, detect_language, os_error_text

ASK = N_("Ask")
CHECK = N_("Check")
REVIEW = N_("Review")
FOLLOW = N_("Follow")
EDIT = N_("Edit")
EXCHANGE = N_("Exchange")
"""The headings of ``--help`` over commands."""


class CommandRow(NamedTuple):
    """One command; ``module`` has its function ``command``, or a Typer of that name if it has commands of its own.

    ``help`` is one line, marked for translation, without a full stop.
    """

    name: str
    module: str
    panel: str
    help: str


COMMANDS = (
    CommandRow("list", "plancli.cli.list", ASK, N_("the actions that match, in plan order")),
    CommandRow("show", "plancli.cli.show", ASK, N_("an action (9), a measure (M7) or a directorate (DSJ), whole")),
    CommandRow("summary", "plancli.cli.summary", ASK, N_("the plan at a glance; --by counts and crosses")),
    CommandRow("directorates", "plancli.cli.directorates", ASK, N_("the register, with counts by role")),
    CommandRow("validate", "plancli.cli.validate", CHECK, N_("every mistake, each at its line and column")),
    CommandRow("rule", "plancli.cli.rule", CHECK, N_("what is checked, or one rule explained")),
    CommandRow("schema", "plancli.cli.schema", CHECK, N_("the JSON Schema of a plan")),
    CommandRow("fmt", "plancli.cli.fmt", CHECK, N_("tidy the layout; no text ever changes")),
    CommandRow("diff", "plancli.cli.diff", REVIEW, N_("what a change means, for whom, and who must agree")),
    CommandRow("log", "plancli.cli.log", REVIEW, N_("what each commit meant; how an action came to be")),
    CommandRow("git", "plancli.cli.git", REVIEW, N_("git's diff and merge of a plan")),
    CommandRow("progress", "plancli.cli.progress", FOLLOW, N_("where things stand; --since: what a time brought")),
    CommandRow("report", "plancli.cli.report", FOLLOW, N_("what became of an action, as a dated entry")),
    CommandRow("new", "plancli.cli.new", EDIT, N_("a first plan, from a few questions or options")),
    CommandRow("set", "plancli.cli.set", EDIT, N_("other values for an action: priority=1 pilots+=DHUP")),
    CommandRow("add", "plancli.cli.add", EDIT, N_("a new action, under the next number")),
    CommandRow("move", "plancli.cli.move", EDIT, N_("an action into another measure")),
    CommandRow("remove", "plancli.cli.remove", EDIT, N_("an action out of the plan, its number retired")),
    CommandRow("declare", "plancli.cli.declare", EDIT, N_("a directorate's code and what it stands for")),
    CommandRow("lsp", "plancli.cli.lsp", EDIT, N_("mistakes, fixes and names in an editor, as you type")),
    CommandRow("export", "plancli.cli.export", EXCHANGE, N_("the plan for others, by the file's ending")),
    CommandRow("import", "plancli.cli.import_", EXCHANGE, N_("a published table becomes a plan")),
)
"""Every command, in the order of ``--help``. A new one is one file and one line here."""


def main() -> None:
    """Run the command that was typed and end with its exit code."""
    prepare_streams()
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def run(args: Sequence[str]) -> int:
    """Run a command line, write its answer or its error, and return its exit code."""
    detect_language()
    name_plan(args)
    try:
        try:
            code = _invoke(args)
        except PlanError as error:
            code = _report(error, args)
        if sys.stdout and not sys.stdout.closed:  # an editor's server has closed it by its end
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        silence_stdout()
        return 130
    except BrokenPipeError:
        silence_stdout()
        return 141
    except OSError as error:
        if error.filename is not None:  # not a stream: a file that the code at fault should have cared for
            raise
        silence_stdout()
        message = _("can't write the answer: {reason}").format(reason=os_error_text(error))
        return _report(Unavailable(message), args)


def _invoke(args: Sequence[str]) -> int:
    if "_PLANCLI_COMPLETE" in os.environ:
        from plancli.cli.shells import answer

        return answer(os.environ, build)
    if args and args[0].partition("=")[0] in SHELL_OPTIONS:
        from plancli.cli.shells import set_up

        return set_up(*args)
    command = build(args[:1])
    try:
        with command.make_context("plancli", list(args)) as context:
            return int(command.invoke(context) or 0)
    except typer.Exit as finished:
        return finished.exit_code
    except TYPER_ERRORS as error:
        raise explain(error, args, [row.name for row in COMMANDS]) from None


def build(names: Sequence[str]) -> Any:
    """Return the app with the commands in ``names``; else with all of them, not imported, by name and help."""
    app = typer.Typer(
        cls=CommandGroup,
        rich_markup_mode=None,
        add_completion=False,
        context_settings={"max_content_width": 100, "help_option_names": ["-h", "--help"]},
        invoke_without_command=True,
        help=N_("Ask, check and review an action plan kept in git."),
    )
    app.callback()(_plancli)
    asked = [row for row in COMMANDS if row.name in names]
    for row in asked or COMMANDS:
        module = import_module(row.module) if asked else None
        add_command(app, row.name, row.panel, row.help, module)
    return typer.main.get_command(app)


SHELL_OPTIONS = ("--install-completion", "--show-completion")
"""Options with an optional value, the name of a shell; Typer hasn't that, and only shows them as help."""


def _plancli(
    ctx: typer.Context,
    version: bool = flag("--version", N_("Show the version.")),
    install_completion: bool = flag(SHELL_OPTIONS[0], N_("Install completion for the current shell.")),
    show_completion: bool = flag(
        SHELL_OPTIONS[1], N_("Show completion for the current shell, to copy it or customize the installation.")
    ),
) -> int:
    """Show the version, or the welcome screen if no command follows."""
    if version:
        from plancli import __version__

        print_out(f"plancli {__version__}\n")
        raise typer.Exit
    if ctx.invoked_subcommand:
        return 0
    return _welcome()


def _welcome() -> int:
    """Show which plan was found, whether it is valid, and what there is to ask."""
    from plancli.check.checker import check
    from plancli.loader import load_source
    from plancli.loader.plan_files import named_plan, nearest_plan
    from plancli.output.views.welcome import welcome_view

    answer = OutputOptions()
    try:
        checked = check(*load_source(), only_errors=True)
    except PlanError as error:  # without a plan the screen is the same, but for the plan
        if named_plan(None) or nearest_plan():
            print_error(error)
        return answer.write(welcome_view(None, None))
    plan = checked.plan
    if plan and plan.statuses and not checked.errors:
        from plancli.dates import today
        from plancli.plan.model.follow_up import on_day

        plan = on_day(plan, today())
    return answer.write(welcome_view(checked.document.name, plan, len(checked.errors)))


def _report(error: PlanError, args: Sequence[str]) -> int:
    print_error(error, args)
    return error.exit_code
