"""``plancli git``: git's diff and merge of a plan."""

import typer

from plancli.cli.git.merge_driver import merge_driver

command = typer.Typer(rich_markup_mode=None, add_completion=False)
command.callback()(lambda: None)
# A plan may be called -plan.yaml: whatever begins with a dash is a path here.
paths = {"ignore_unknown_options": True, "help_option_names": []}
command.command("merge-driver", hidden=True, context_settings=paths)(merge_driver)
