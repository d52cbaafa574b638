"""Which plan is asked, and as it stood when."""

from typing import TYPE_CHECKING, Annotated

import typer

from plancli.cli.options.bundle import Bundle
from plancli.language import marked

if TYPE_CHECKING:
    from plancli.loader import Loaded

PANEL = marked("Plan")


class PlanFile(Bundle):
    """The plan that a command is about."""

    plan: Annotated[
        str | None,
        typer.Option(
            "--plan",
            metavar="PATH",
            help=marked(
                "The plan's file (-: standard input); else $PLANCLI_PLAN, else the nearest data/plan.yaml."
            ),
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
            help=marked("As it stood at a git revision (HEAD~1, main, v1), or at the end of a day (2021-06-24)."),
            rich_help_panel=PANEL,
        ),
    ] = None

    def load(self) -> "Loaded":
        """Give the plan, checked; raise InvalidPlan or Unavailable."""
        from plancli.loader import load_plan

        return load_plan(self.plan, self.at)
