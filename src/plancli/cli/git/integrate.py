"""``plancli git install``, ``uninstall`` and ``status``: plans made known to git, in one command."""

from os.path import relpath
from typing import TYPE_CHECKING, Annotated

import typer

from plancli.language import _, marked

if TYPE_CHECKING:
    from plancli.git.integration import Integration, Setting

PlanPath = Annotated[
    str | None,
    typer.Option("--plan", metavar="PATH", help=marked("The plan's file; else the nearest data/plan.yaml.")),
]
Everywhere = Annotated[
    bool,
    typer.Option("--global", help=marked("For every plan.yaml of all your repositories.")),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=marked("Write nothing; say what would be written."))]


def install(plan: PlanPath = None, everywhere: Everywhere = False, dry_run: DryRun = False) -> int:
    """Let git diff and merge the plan by action and field."""
    integration = _integration(plan, everywhere)
    settings = integration.settings()
    from plancli.git.integration import State

    if not dry_run:
        integration.install(settings)
    _tell("+", [each for each in settings if each.state is not State.SET], integration, _("nothing to write"))
    return 0


def uninstall(plan: PlanPath = None, everywhere: Everywhere = False, dry_run: DryRun = False) -> int:
    """Take out what install wrote; what others wrote stays."""
    integration = _integration(plan, everywhere)
    settings = integration.settings()
    from plancli.git.integration import State

    if not dry_run:
        integration.uninstall(settings)
    _tell("-", [each for each in settings if each.state is State.SET], integration, _("nothing to take out"))
    return 0


def status(plan: PlanPath = None, everywhere: Everywhere = False) -> int:
    """Show which of git's settings for plans are there."""
    integration = _integration(plan, everywhere)
    from plancli.git.integration import State

    words = {State.SET: _("set"), State.MISSING: _("missing"), State.OTHER: _("set by somebody else")}
    settings = integration.settings()
    width = max(len(word) for word in words.values())
    lines = [f"{words[each.state]:{width}}  {_named(each, integration)}" for each in settings]
    if any(each.state is State.MISSING for each in settings):
        lines.append(_("To set what is missing: {command}").format(command=_command("install", everywhere)))
    _say(lines)
    return 0


def _command(name: str, everywhere: bool) -> str:
    return f"plancli git {name}{' --global' if everywhere else ''}"


def _integration(plan: str | None, everywhere: bool) -> "Integration":
    from plancli.git.integration import global_integration, integration

    if everywhere:
        return global_integration()

    from plancli.git import repository
    from plancli.loader import find_plan

    file = find_plan(plan)
    return integration(repository(file), file)


def _named(setting: "Setting", integration: "Integration") -> str:
    where = relpath(setting.file) if setting.file else f"git config {integration.scope}"
    return f"{where}: {setting.name} {setting.value}"


def _tell(sign: str, settings: list["Setting"], integration: "Integration", nothing: str) -> None:
    _say([f"{sign} {_named(each, integration)}" for each in settings] or [nothing])


def _say(lines: list[str]) -> None:
    from plancli.cli.options import say
    from plancli.prose import visible

    say("".join(f"{visible(line)}\n" for line in lines))
