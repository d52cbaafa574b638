"""``plancli git``: git's diff and merge of a plan."""

import typer

from plancli.cli.git.integrate import install, status, uninstall
from plancli.cli.git.merge_driver import merge_driver
from plancli.cli.git.textconv import textconv
from plancli.i18n import N_

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
