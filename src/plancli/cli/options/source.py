"""Which plan is asked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from plancli.language import marked

if TYPE_CHECKING:
    from plancli.loader import Loaded

PANEL = marked("Plan")


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """The plan that a command asks."""

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

    def load(self) -> "Loaded":
        """Give the plan, checked; raise InvalidPlan or Unavailable."""
        from plancli.loader import load_plan

        return load_plan(self.plan)
