"""``plancli show``: an action, a group or a directorate, whole."""

from typing import Annotated

import typer

from plancli.cli import completion
from plancli.cli.options import OutputOptions, PlanOptions
from plancli.i18n import N_

EXAMPLES = (
    "plancli show 9",
    "plancli show 18-20",
    "plancli show M7",
    "plancli show DSJ",
    "plancli show 7 SAFSL --format markdown",
)


def command(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT",
            help=N_(
                "Numbers or codes of actions (9, 18-20), measures and orientations (M7, O2), directorates (DSJ)."
            ),
            autocompletion=completion.actions_and_codes,
        ),
    ],
    answer: OutputOptions,
    source: PlanOptions,
) -> int:
    """Write actions, groups and directorates whole; what isn't there is named behind the others."""
    from plancli.errors import PlanError, raise_all
    from plancli.output.views.show import show_view
    from plancli.plan.query import Target, find_targets, words_in

    loaded = source.load()
    found: list[Target] = []
    unknown: list[PlanError] = []
    for word in (part for given in what for part in words_in(loaded.plan, given)):
        try:
            found += find_targets(loaded.plan, [word], loaded.place)
        except PlanError as error:
            unknown.append(error)
    if not found:
        raise_all(unknown)
        find_targets(loaded.plan, [], loaded.place)
    answer.write(show_view(loaded.plan, tuple(dict.fromkeys(found))), source.plan)
    raise_all(unknown)
    return 0
