"""A command line that can't be followed: what stands in it, and what was probably meant."""

import shlex
from collections.abc import Sequence
from typing import Any

from typer._click import exceptions as refusals

from plancli.cli.app.commands import Command
from plancli.cli.app.group import NoCommand, Unexpected
from plancli.cli.options import guess, meant, refused
from plancli.errors import PlanError, Usage
from plancli.i18n import _


def explain(error: Exception, args: Sequence[str], commands: Sequence[Command]) -> PlanError:
    """Say in one line what can't be followed, and in the next what to do."""
    if isinstance(error, NoCommand):
        return _no_command(error)
    if isinstance(error, Unexpected):
        return _unexpected(error)
    if isinstance(error, refusals.NoSuchOption):
        return _no_option(error, args, commands)
    if isinstance(error, refusals.MissingParameter):
        return _missing(error)
    if isinstance(error, refusals.BadOptionUsage):
        option = error.option_name
        if any(arg.startswith(f"{option}=") for arg in args):
            return Usage(_("{option} takes no value").format(option=option))
        return Usage(_("{option} needs a value").format(option=option))
    if isinstance(error, refusals.BadParameter):
        return _no_number(error)
    return Usage(str(error) or _("stopped"))


def _no_command(error: NoCommand) -> Usage:
    name = error.name
    context: Any = error.ctx
    names = context.command.list_commands(context)
    sentence = _("no command {name}").format(name=name)
    if name.isdecimal() and "show" in names:
        return Usage(meant(sentence, f"plancli show {name}"))
    if name in ("help", "version", "aide"):
        return Usage(meant(sentence, "--version" if name == "version" else "--help"))
    hint = _("All commands: {command}").format(command=f"{context.command_path} --help")
    return refused(sentence, name, names, hint=hint)


def _unexpected(error: Unexpected) -> Usage:
    arg = error.arg
    sentence = _("unexpected {arg}").format(arg=arg)
    taking = {name: param for param in _options(error.ctx) for name in param.opts}
    option = error.before[-2] if len(error.before) > 1 else ""
    if option in taking and not taking[option].is_flag and taking[option].multiple:
        value = error.before[-1]
        if taking[option].name == "text":
            return Usage(
                _("{sentence}. For several words: {guess}").format(
                    sentence=sentence, guess=f"{option} {shlex.quote(f'{value} {arg}')}"
                )
            )
        values = f"{option} {value.rstrip(',')},{arg.lstrip(',')}"
        return Usage(_("{sentence}. For several values: {guess}").format(sentence=sentence, guess=values))
    option = _as_option(arg, taking)
    if option:
        return Usage(meant(sentence, option))
    return Usage(sentence, _page(error.ctx))


def _as_option(arg: str, taking: dict[str, Any]) -> str:
    """Guess the option that an argument was meant for: most commands take none."""
    if f"--{arg}" in taking:
        return f"--{arg}"
    if not {"-d", "-y", "-t"} <= taking.keys() or "," in arg[:1]:
        return ""
    if arg.isdecimal():
        return f"-y {arg}" if len(arg) == 4 else f"plancli show {arg}"
    return f"-d {arg}" if arg.isupper() else f"-t {shlex.quote(arg)}"


def _no_option(error: refusals.NoSuchOption, args: Sequence[str], commands: Sequence[Command]) -> Usage:
    name = error.option_name
    if error.ctx is not None and error.ctx.parent is None:
        return _before_command(error, args, commands)
    known = [option for param in _options(error.ctx) for option in param.opts]
    sentence = _("no option {name}").format(name=name)
    long = [option.lstrip("-") for option in known if option.startswith("--")]
    if name.lstrip("-") in long:
        return Usage(meant(sentence, f"--{name.lstrip('-')}"))
    if not name.startswith("--"):
        return Usage(sentence, _page(error.ctx))
    return refused(sentence, name.lstrip("-"), long, before="--", hint=_page(error.ctx))


def _before_command(error: refusals.NoSuchOption, args: Sequence[str], commands: Sequence[Command]) -> Usage:
    """Explain an option that stands before the command; where there is a command, show the line put right."""
    name = error.option_name
    near = guess(name.lstrip("-"), [option.lstrip("-") for param in _options(error.ctx) for option in param.opts])[
        0
    ]
    if near and len(near) > 1:
        return Usage(meant(_("no option {name}").format(name=name), f"--{near}"))
    names = [command.name for command in commands]
    place = next((index for index, arg in enumerate(args) if arg in names), None)
    if place is None:
        sentence = _("no option {name} without a command")
        right = ["plancli", "list", *args]
    else:
        sentence = _("no option {name} before the command")
        right = ["plancli", args[place], *args[:place], *args[place + 1 :]]
    hint = _("Options stand after the command: {command}").format(command=shlex.join(right))
    return Usage(sentence.format(name=name), hint)


def _missing(error: refusals.MissingParameter) -> Usage:
    command = error.ctx.command_path if error.ctx else "plancli"
    name = _name(error.param) if error.param else _("COMMAND")
    return Usage(_("{command} needs {name}").format(command=command, name=name), _page(error.ctx))


def _no_number(error: refusals.BadParameter) -> Usage:
    """Word what Typer refuses by its type: of ours, only whole numbers have one."""
    least = getattr(error.param and error.param.type, "min", None)
    sentence = (
        _("{name} takes a whole number") if least is None else _("{name} takes a whole number, {least} or more")
    )
    return Usage(sentence.format(name=_name(error.param), least=least), _page(error.ctx))


def _options(ctx: Any) -> list[Any]:
    return [] if ctx is None else [p for p in ctx.command.get_params(ctx) if p.param_type_name == "option"]


def _name(param: Any) -> str:
    if param is None:
        return _("value")
    return (
        _(param.metavar or param.name.upper())
        if param.param_type_name == "argument"
        else str(max(param.opts, key=len))
    )


def _page(ctx: Any) -> str:
    return _("See {command}").format(command=f"{ctx.command_path} --help") if ctx else ""
