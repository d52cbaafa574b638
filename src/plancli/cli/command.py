"""Typer's commands, with shared options, translated help pages and errors that say what was meant."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from plancli.cli.completion import option_help
from plancli.cli.options import OptionGroup
from plancli.cli.usage import missing, no_command, refuse_misread, unexpected_argument
from plancli.i18n import N_, _
from plancli.text import width, wrap


class Command(TyperCommand):
    """A command with our help page and our usage errors."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse as Typer does; raise Usage for an argument that no parameter takes."""
        typed = list(args)
        if not ctx.resilient_parsing:
            refuse_misread(ctx, typed)
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise unexpected_argument(rest[0], typed, ctx)
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line, the arguments, the options by panel and the examples."""
        params = self.get_params(ctx)
        arguments: list[Any] = [param for param in params if param.param_type_name == "argument"]
        names = [_argument(param) for param in arguments]
        _write_usage(formatter, [ctx.command_path, *names, f"[{_('OPTIONS')}]"], self.help)
        if any(param.help for param in arguments):
            rows = [(name, _(param.help or "")) for name, param in zip(names, arguments, strict=True)]
            _write_section(formatter, _("Arguments"), rows)
        _write_options(formatter, params)
        if self.epilog:
            formatter.write(f"\n{_('Examples')}\n" + "".join(f"  {line}\n" for line in self.epilog.splitlines()))


class CommandGroup(TyperGroup):
    """A command with commands of its own, our help page and our usage errors."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse as Typer does; raise Usage where no command is named."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            raise missing(ctx.command_path, _("COMMAND"))
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return name, command and the rest of ``args``; raise Usage for a name that no command has."""
        command = self.get_command(ctx, args[0])
        if command is None:
            raise no_command(args[0], ctx, args[1:])
        return args[0], command, args[1:]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line, the commands by panel and the options."""
        _write_usage(formatter, [ctx.command_path, _("COMMAND"), f"[{_('OPTIONS')}]"], self.help)
        panels: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            if not command.hidden:
                heading = _(getattr(command, "rich_help_panel", None) or N_("Commands"))
                panels.setdefault(heading, []).append((name, _(command.help or "")))
        first = max((width(name) for rows in panels.values() for name, _help in rows), default=0)
        for heading, rows in panels.items():
            _write_section(formatter, heading, [(f"{name:{first}}", text) for name, text in rows])
        _write_options(formatter, self.get_params(ctx))


def add_command(app: typer.Typer, name: str, panel: str, text: str, module: ModuleType | None) -> None:
    """Add the ``command`` of a module, with ``text`` as its help; without a module only name and help."""
    settings: dict[str, Any] = {"name": name, "help": text, "rich_help_panel": panel}
    command = module.command if module else lambda: None
    if isinstance(command, typer.Typer):
        for each in command.registered_commands:
            each.cls = Command
            each.callback = each.callback and _expand_groups(each.callback)
        app.add_typer(command, cls=CommandGroup, **settings)
    else:
        examples = "\n".join(getattr(module, "EXAMPLES", ()))
        app.command(cls=Command, epilog=examples, **settings)(_expand_groups(command))


def _expand_groups(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function as Typer reads it: each parameter that is an OptionGroup becomes its single options."""
    groups: dict[str, tuple[type[OptionGroup], dict[str, Any]]] = {}
    parameters = []
    for name, parameter in inspect.signature(function).parameters.items():
        kind, options = parameter.annotation, {name: (parameter.annotation, parameter.default)}
        if isinstance(kind, type) and issubclass(kind, OptionGroup):
            options = kind.options()
            groups[name] = kind, options
        for option, (kind, default) in options.items():
            parameters.append(inspect.Parameter(option, parameter.KEYWORD_ONLY, annotation=kind, default=default))

    def command(**values: Any) -> Any:
        for name, (group, options) in groups.items():
            values[name] = group(**{option: values.pop(option) for option in options})
        return function(**values)

    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def _argument(param: Any) -> str:
    name = _(param.metavar or param.name.upper())
    if param.nargs == -1 and not name.endswith("…"):
        name += "…"
    return name if param.required else f"[{name}]"


def _write_usage(formatter: Any, words: Iterable[str], text: str | None) -> None:
    formatter.write(_("Usage: {command}").format(command=" ".join(words)) + "\n")
    sentence = _(text or "").removesuffix(".")
    if sentence:
        formatter.write("\n")
        formatter.write_text(f"{sentence[0].upper()}{sentence[1:]}.")


def _write_options(formatter: Any, params: Iterable[Any]) -> None:
    panels: dict[str, list[tuple[str, str]]] = {}
    for param in params:
        if param.param_type_name == "option" and not param.hidden:
            names = ", ".join(sorted(param.opts, key=len))
            value = "" if param.is_flag else f" {_(param.metavar or 'VALUE')}"
            heading = _(param.rich_help_panel or N_("Options"))
            panels.setdefault(heading, []).append((names + value, option_help(param)))
    for heading, rows in panels.items():
        if any(not names.startswith("--") for names, _text in rows):  # long names are under each other
            rows = [(f"    {names}" if names.startswith("--") else names, text) for names, text in rows]
        _write_section(formatter, heading, rows)


def _write_section(formatter: Any, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    first = max(width(name) for name, _text in rows)
    columns = max(formatter.width - first - 4, 20)
    formatter.write(f"\n{heading}\n")
    formatter.indent()
    # \b keeps our lines: Click would break words at hyphens
    formatter.write_dl([(name, "\b\n" + "\n".join(wrap(text, columns))) for name, text in rows], col_max=first)
    formatter.dedent()
