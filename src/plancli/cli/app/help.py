"""Help pages, as plain text: nothing to load, the same in a pipe."""

from collections.abc import Iterable, Sequence
from typing import Any

from plancli.cli.app.commands import Command
from plancli.i18n import N_, _
from plancli.text import width as columns
from plancli.text import wrap

Row = tuple[str, str]

TYPERS_OWN = (
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""The help of options that Typer adds; it translates nothing itself."""

PLACEHOLDERS = (
    N_("CODE"),
    N_("KIND"),
    N_("NEW"),
    N_("OLD"),
    N_("COMMAND"),
    N_("DIMENSION"),
    N_("FILE"),
    N_("FORMAT"),
    N_("NAME"),
    N_("NAMES"),
    N_("NUMBER"),
    N_("OPTIONS"),
    N_("PATH"),
    N_("REV"),
    N_("RULES"),
    N_("SIZE"),
    N_("TABLE"),
    N_("TEXT"),
    N_("TITLE"),
    N_("VALUE"),
    N_("WHAT"),
    N_("WORDS"),
    N_("YEAR"),
    N_("YEARS"),
)
"""What stands for a value on a help page and in hints."""


def group_page(group: Any, ctx: Any, commands: Sequence[Command], width: int) -> str:
    """Write the page of all commands, by group."""
    rows: dict[str, list[Row]] = {}
    for command in commands:
        rows.setdefault(_(command.group.value), []).append((command.name, _(command.help)))
    other = {name: command for name, command in group.commands.items() if not command.hidden}
    if not commands:
        rows[_("Commands")] = [(name, _(command.help or "")) for name, command in other.items()]
    first = max((columns(name) for lines in rows.values() for name, _help in lines), default=0)
    page = [_("Usage: {command}").format(command=f"{ctx.command_path} {_('COMMAND')} [{_('OPTIONS')}]"), ""]
    if group.help:
        page += [*wrap(_sentence(_(group.help)), width), ""]
    for heading, lines in rows.items():
        page += [heading, *_table(lines, width, first), ""]
    options = [param for param in group.get_params(ctx) if param.param_type_name == "option" and not param.hidden]
    page += [_("Options"), *_table(_options(options), width)]
    return "\n".join(page) + "\n"


def command_page(command: Any, ctx: Any, width: int) -> str:
    """Write the page of one command: its line, its arguments and its options by panel."""
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if param.param_type_name == "argument"]
    usage = " ".join([ctx.command_path, *(_argument(param) for param in arguments), f"[{_('OPTIONS')}]"])
    page = [_("Usage: {command}").format(command=usage), "", *wrap(_sentence(_(command.help or "")), width), ""]
    if any(param.help for param in arguments):
        page += [_("Arguments"), *_table([(_argument(p), _(p.help or "")) for p in arguments], width), ""]
    panels: dict[str, list[Any]] = {}
    for param in params:
        if param.param_type_name == "option":
            panels.setdefault(_(param.rich_help_panel or "Options"), []).append(param)
    for heading, options in panels.items():
        page += [heading, *_table(_options(options), width), ""]
    if command.epilog:
        page += [_("Examples"), *(f"  {line}" for line in command.epilog.splitlines()), ""]
    return "\n".join(page[:-1]) + "\n"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}." if text else ""


def _argument(param: Any) -> str:
    name = _(param.metavar or param.name.upper())
    if param.nargs == -1 and not name.endswith("…"):
        name += "…"
    return name if param.required else f"[{name}]"


def _options(params: Iterable[Any]) -> list[Row]:
    rows = [_option(param) for param in params]
    if any(names.startswith("-") and not names.startswith("--") for names, _about in rows):
        return [(f"    {names}" if names.startswith("--") else names, about) for names, about in rows]
    return rows


def _option(param: Any) -> Row:
    names = ", ".join(sorted(param.opts, key=len))
    value = "" if param.is_flag else f" {_(param.metavar or 'VALUE')}"
    return names + value, _("This page.") if "--help" in param.opts else _(param.help or "")


def _table(rows: Iterable[Row], width: int, first: int = 0) -> list[str]:
    rows = list(rows)
    first = max([first, *(columns(name) for name, _help in rows)])
    lines = []
    for name, text in rows:
        texts = wrap(text, max(width - first - 4, 20)) or [""]
        lines.append(f"  {name}{' ' * (first - columns(name))}  {texts[0]}".rstrip())
        lines += [f"{' ' * (first + 4)}{more}" for more in texts[1:]]
    return lines
