"""``plancli git``: git's diff and merge of a plan."""

import typer

from plancli.cli.git.integrate import install, status, uninstall
from plancli.cli.git.merge_driver import merge_driver
from plancli.cli.git.textconv import textconv

command = typer.Typer(rich_markup_mode=None, add_completion=False)
command.callback()(lambda: None)
# A plan may be called -plan.yaml: whatever begins with a dash is a path here.
paths = {"ignore_unknown_options": True, "help_option_names": []}
command.command("install", epilog="plancli git install\nplancli git install --global --dry-run")(install)
command.command("uninstall")(uninstall)
command.command("status")(status)
command.command("textconv", hidden=True, context_settings=paths)(textconv)
command.command("merge-driver", hidden=True, context_settings=paths)(merge_driver)
