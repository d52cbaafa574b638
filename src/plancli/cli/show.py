"""``plancli show``: an action or a directorate, whole."""

from typing import Annotated

import typer

from plancli.cli import completion
from plancli.cli.options import OutputOptions, PlanOptions
from plancli.i18n import N_

EXAMPLES = ("plancli show 9", "plancli show 18-20", "plancli show DSJ", "plancli show 7 SAFSL --format markdown")


def command(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT",
            help=N_("Numbers of actions (9, 18-20), or codes of directorates (DSJ)."),
            autocompletion=completion.actions_and_codes,
        ),
    ],
    answer: OutputOptions,
    source: PlanOptions,
) -> int:
    """Write actions and directorates whole."""
    from plancli.output.views.show import show_view
    from plancli.plan.query import find_targets

    loaded = source.load()
    return answer.write(show_view(loaded.plan, find_targets(loaded.plan, what, loaded.place)), source.plan)
