"""A Typer group that builds only the command that is asked for."""

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer._click.exceptions import ClickException, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from plancli.cli.app.bundles import unbundled
from plancli.cli.app.commands import Command
from plancli.i18n import N_, _

REFUSALS = (ClickException, typer.Abort)
"""What Typer raises for a command line that it can't follow."""

COMPLETION = "_PLANCLI_COMPLETE"


class Unexpected(UsageError):
    """An argument that no parameter takes."""

    def __init__(self, arg: str, before: Sequence[str], ctx: Any) -> None:
        super().__init__(f"unexpected {arg}", ctx)
        self.arg = arg
        self.before = tuple(before)


class NoCommand(UsageError):
    """A name that no command has."""

    def __init__(self, name: str, ctx: Any) -> None:
        super().__init__(f"no command {name}", ctx)
        self.name = name


class PlainCommand(TyperCommand):
    """A command with our help page, that names the argument it can't take."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse as Typer does, but keep what stood before an unexpected argument."""
        typed = list(args)
        _refuse_single_dashes(self, ctx, typed)
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise Unexpected(rest[0], typed[: _place(rest[0], typed)], ctx)
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of the command."""
        from plancli.cli.app import help as pages

        formatter.write(pages.command_page(self, ctx, formatter.width))


class PlainGroup(TyperGroup):
    """A command with commands of its own, and our help page."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse as Typer does; say where no command is named."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            raise MissingParameter(ctx=ctx)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command, or name the one that doesn't exist."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing:
            raise NoCommand(name, ctx)
        return (name if command else None), command, args[1:]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of its commands."""
        from plancli.cli.app import help as pages

        formatter.write(pages.group_page(self, ctx, (), formatter.width))


class LazyGroup(PlainGroup):
    """The commands of a table, each built from its module when it is asked for."""

    table: dict[str, Command]
    opening: str

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build a command, or give the one that was built before."""
        if cmd_name in self.table and cmd_name not in self.commands:
            self.commands[cmd_name] = _built(self.table[cmd_name])
        return self.commands.get(cmd_name)

    def list_commands(self, ctx: Any) -> list[str]:
        """Give the names in the order of the table."""
        return [*self.table, *(name for name in self.commands if name not in self.table)]

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Complete names of commands from the table, without building any."""
        from typer._click.shell_completion import CompletionItem

        names = [
            CompletionItem(row.name, help=_(row.help))
            for row in self.table.values()
            if row.name.startswith(incomplete)
        ]
        return names + super(TyperGroup, self).shell_complete(ctx, incomplete)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of all commands."""
        from plancli.cli.app import help as pages

        formatter.write(pages.group_page(self, ctx, tuple(self.table.values()), formatter.width))

    def run(self, args: Sequence[str]) -> int:
        """Run a command line and give its exit code; raise what Typer or the command raises."""
        if COMPLETION in os.environ:
            from plancli.cli.app.completion import complete

            return complete(self, os.environ[COMPLETION])
        try:
            with self.make_context("plancli", list(args)) as ctx:
                return int(self.invoke(ctx) or 0)
        except typer.Exit as finished:
            return finished.exit_code


def build(commands: Sequence[Command], opening: str) -> LazyGroup:
    """Build the group of all commands; none of them is built yet. ``opening`` is the module of no command."""

    settings = {"max_content_width": 100, "help_option_names": ["-h", "--help"]}
    app = typer.Typer(cls=LazyGroup, rich_markup_mode=None, context_settings=settings, invoke_without_command=True)
    app.callback(help=N_("Ask, check and review an action plan kept in git."))(_plancli)
    group = get_command(app)
    assert isinstance(group, LazyGroup)
    group.opening = opening
    group.table = {command.name: command for command in commands}
    return group


def _plancli(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", help=N_("Which plancli this is."), is_eager=True),
) -> int:
    """Give the version, or the opening screen where no command is asked."""
    if version:
        from plancli import __version__

        typer.echo(f"plancli {__version__}")
        raise typer.Exit
    group: Any = ctx.command
    return 0 if ctx.invoked_subcommand else int(import_module(group.opening).command())


def _refuse_single_dashes(command: Any, ctx: Any, typed: Sequence[str]) -> None:
    """Refuse ``-pilot``, which Typer would read as ``-p ilot``."""
    known = {option: param for param in command.get_params(ctx) for option in param.opts}
    value = False
    for arg in typed:
        name = arg.partition("=")[0]
        if value:
            value = False
            continue
        if arg == "--":
            break
        value = arg in known and known[arg].param_type_name == "option" and not known[arg].is_flag
        if len(name) > 2 and not name.startswith("--") and f"-{name}" in known and not ctx.resilient_parsing:
            raise NoSuchOption(name, ctx=ctx)


def _place(arg: str, typed: Sequence[str]) -> int:
    """Find where an argument stands by itself, not as the value of the same words after an option."""
    places = [index for index, other in enumerate(typed) if other == arg]
    alone = [index for index in places if index == 0 or not typed[index - 1].startswith("-")]
    return (alone or places)[-1]


def _built(row: Command) -> Any:
    module = import_module(row.module)
    made = module.command
    if not isinstance(made, typer.Typer):
        function, made = made, typer.Typer(rich_markup_mode=None, add_completion=False)
        made.command(row.name, epilog="\n".join(getattr(module, "EXAMPLES", ())))(function)
    made.info.cls = PlainGroup
    for each in made.registered_commands:
        each.cls = PlainCommand
        each.callback = unbundled(each.callback) if each.callback else None
    command = get_command(made)
    command.name = row.name
    command.help = _(row.help)
    return command
