"""``plancli git``: git's diff and merge of a plan, made known to git, and what git then runs.

``textconv`` and ``merge-driver`` are for git: gitattributes(5), "performing text diffs", "custom merge driver".
"""

import sys
from collections.abc import Iterable
from contextlib import suppress
from shutil import which
from typing import TYPE_CHECKING

import typer

from plancli.cli.errors import with_plan
from plancli.cli.options import OptionGroup, flag, option
from plancli.cli.streams import print_err, print_out, terminal
from plancli.files import read_file, write_file
from plancli.i18n import N_

if TYPE_CHECKING:
    from plancli.git import LineMerge
    from plancli.git.integration import Integration
    from plancli.output.report import Report


class PlansOfGit(OptionGroup):
    """The plan that git is set up for, or all of a user's plans."""

    plan: str | None = option(N_("PATH"), N_("The plan's file; else the nearest data/plan.yaml."))
    everywhere: bool = flag("--global", N_("For every plan.yaml of all your repositories."))

    def integration(self) -> "Integration":
        """Return what git knows of these plans."""
        from plancli.git.integration import global_integration, integration

        if self.everywhere:
            return global_integration()

        from plancli.loader.plan_files import find_plan
        from plancli.loader.revisions import paths_in, plan_repository

        file = find_plan(self.plan)
        repository = plan_repository(file)
        return integration(repository, paths_in(repository, file)[0])


DRY_RUN = flag("--dry-run", N_("Write nothing; say what would be written."))


def install(plans: PlansOfGit, dry_run: bool = DRY_RUN) -> int:
    """Write the settings by which git diffs and merges the plan by action and field."""
    from plancli.git.integration import State
    from plancli.output.views.integration import install_view

    integration = plans.integration()
    settings = integration.settings()
    integration.install(settings, dry_run)
    missing = [each for each in settings if not each.written]
    obeyed = () if dry_run else integration.settings()
    overridden = [each for each in obeyed if each.state is not State.SET]
    return _print(install_view(integration, missing, dry_run, which("plancli") is not None, overridden))


def uninstall(plans: PlansOfGit, dry_run: bool = DRY_RUN) -> int:
    """Remove what install wrote; what others wrote stays."""
    from plancli.output.views.integration import uninstall_view

    integration = plans.integration()
    settings = integration.settings()
    if not dry_run:
        integration.uninstall(settings)
    known = [each for each in settings if each.written]
    return _print(uninstall_view(integration, known, dry_run))


def status(plans: PlansOfGit) -> int:
    """Show which of git's settings for plans are there."""
    from plancli.output.views.integration import status_view

    integration = plans.integration()
    return _print(status_view(integration, integration.settings(), which("plancli") is not None))


def _print(report: "Report") -> int:
    from plancli.output.renderers import render

    print_out(with_plan(render(report, "table", terminal()).text))
    return 0


def merge_driver(
    base: str, ours: str, theirs: str, size: int, path: str, result: str | None = typer.Argument(None)
) -> int:
    """Merge three versions of a plan by action and field; return 1 where a person must decide.

    Git gives the files of the base and of both sides, the size of conflict markers and the path of the plan. The
    result is written into ``ours`` unless there is a file for it.
    """
    from plancli.git import GitFailed, merge_file
    from plancli.loader.plan_files import read_source

    try:
        sources = [read_source(each) for each in (base, ours, theirs)]
        own = merge_file(ours, base, theirs, size)
    except GitFailed as error:
        _print_lines(path, [error.reason])
        return 1
    if result is not None:
        return _merge(sources, own, result, size, path)
    # From here on git's own result is in the file, whatever happens: an interruption is a refusal.
    write_file(ours, own.content)
    try:
        return _merge(sources, own, ours, size, path)
    except KeyboardInterrupt:
        return 1


def _merge(sources: list[bytes], git_result: "LineMerge", target: str, size: int, path: str) -> int:
    from plancli.git import shows_base
    from plancli.review.merge import merge, sentences

    base, ours, theirs = sources
    merged = merge(base, ours, theirs, git_result, path, size, shows_base)
    write_file(target, merged.content)
    _print_lines(path, sentences(merged))
    return 0 if merged.clean else 1


def _print_lines(path: str, lines: Iterable[str]) -> None:
    with suppress(OSError):  # nobody listens: git still says that there is a conflict
        for line in lines:
            print_err(f"{path}: {line}")


def textconv(file: str) -> int:
    """Write a plan as one line a field, and what hasn't the shape of a plan as it stands."""
    # Whatever goes wrong here would end `git diff` and `git log -p` for the whole repository.
    source = b""
    with suppress(Exception):
        source = read_file(file)
    content = source
    with suppress(Exception):
        from plancli.review.textconv import convert

        content = convert(source, file)
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    return 0


command = typer.Typer(rich_markup_mode=None, add_completion=False)
command.callback()(lambda: None)
# A plan may be called -plan.yaml: whatever begins with a dash is a path here.
paths = {"ignore_unknown_options": True, "help_option_names": []}
command.command(
    "install",
    help=N_("git diffs and merges the plan by action and field"),
    epilog="plancli git install\nplancli git install --global --dry-run",
)(install)
command.command("uninstall", help=N_("what install wrote goes; what others wrote stays"))(uninstall)
command.command("status", help=N_("which of git's settings for plans are there"))(status)
command.command("textconv", help=N_("a plan as git diffs it"), hidden=True, context_settings=paths)(textconv)
command.command(
    "merge-driver",
    help=N_("three versions of a plan merged, for git"),
    hidden=True,
    context_settings=paths,
)(merge_driver)
