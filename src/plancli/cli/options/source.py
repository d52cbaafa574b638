"""Which plan is asked, and as it stood when."""

from typing import TYPE_CHECKING, Annotated

import typer

from plancli.cli.options.bundle import Bundle
from plancli.i18n import N_

if TYPE_CHECKING:
    from plancli.loader import Loaded

PANEL = N_("Plan")


class PlanFile(Bundle):
    """The plan that a command is about."""

    plan: Annotated[
        str | None,
        typer.Option(
            "--plan",
            metavar="PATH",
            help=N_("The plan's file (-: standard input); else $PLANCLI_PLAN, else the nearest data/plan.yaml."),
            rich_help_panel=PANEL,
        ),
    ] = None


class PlanOptions(PlanFile):
    """The plan that a command asks, and as it stood when."""

    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="REV",
            help=N_("As it stood at a git revision (HEAD~1, main, v1), or at the end of a day (2021-06-24)."),
            rich_help_panel=PANEL,
        ),
    ] = None

    def load(self) -> "Loaded":
        """Give the plan, checked; raise InvalidPlan or Unavailable."""
        from plancli.loader import load_plan

        return load_plan(self.plan, self.at)
