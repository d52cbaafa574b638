"""``plancli git install``, ``uninstall`` and ``status``: plans made known to git, in one command."""

from shutil import which
from typing import TYPE_CHECKING, Annotated

import typer

from plancli.i18n import N_

if TYPE_CHECKING:
    from plancli.git.integration import Integration
    from plancli.output.report import Report

PlanPath = Annotated[
    str | None,
    typer.Option("--plan", metavar="PATH", help=N_("The plan's file; else the nearest data/plan.yaml.")),
]
Everywhere = Annotated[
    bool,
    typer.Option("--global", help=N_("For every plan.yaml of all your repositories.")),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Write nothing; say what would be written."))]


def install(plan: PlanPath = None, everywhere: Everywhere = False, dry_run: DryRun = False) -> int:
    """Write the settings by which git diffs and merges the plan by action and field."""
    integration = _integration(plan, everywhere)
    settings = integration.settings()
    from plancli.git.integration import State
    from plancli.output.views.integration import install_view

    integration.install(settings, dry_run)
    missing = [each for each in settings if not each.written]
    obeyed = () if dry_run else integration.settings()
    overridden = [each for each in obeyed if each.state is not State.SET]
    return _write(install_view(integration, missing, dry_run, which("plancli") is not None, overridden))


def uninstall(plan: PlanPath = None, everywhere: Everywhere = False, dry_run: DryRun = False) -> int:
    """Remove what install wrote; what others wrote stays."""
    integration = _integration(plan, everywhere)
    settings = integration.settings()
    from plancli.output.views.integration import uninstall_view

    if not dry_run:
        integration.uninstall(settings)
    known = [each for each in settings if each.written]
    return _write(uninstall_view(integration, known, dry_run))


def status(plan: PlanPath = None, everywhere: Everywhere = False) -> int:
    """Show which of git's settings for plans are there."""
    integration = _integration(plan, everywhere)
    from plancli.output.views.integration import status_view

    return _write(status_view(integration, integration.settings(), which("plancli") is not None))


def _integration(plan: str | None, everywhere: bool) -> "Integration":
    from plancli.git.integration import global_integration, integration

    if everywhere:
        return global_integration()

    from plancli.loader import find_plan
    from plancli.loader.revisions import paths_in, plan_repository

    file = find_plan(plan)
    repository = plan_repository(file)
    return integration(repository, paths_in(repository, file)[0])


def _write(report: "Report") -> int:
    from plancli.cli.terminal import print_out, terminal
    from plancli.output.renderers import render

    print_out(render(report, "table", terminal()).text)
    return 0
