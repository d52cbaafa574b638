"""The filters of ``list``, ``summary`` and ``export``."""

from typing import TYPE_CHECKING, Annotated

import typer

from plancli.cli.options import completion
from plancli.cli.options.bundle import Bundle
from plancli.i18n import N_

if TYPE_CHECKING:
    from plancli.plan.model import Plan
    from plancli.plan.query import Query

PANEL = N_("Filters (repeated or with commas: or; different ones: and)")

Values = list[str] | None


class Filters(Bundle):
    """Which actions are meant, as typed."""

    directorate: Annotated[
        Values,
        typer.Option(
            "-d",
            "--directorate",
            metavar="CODE",
            help=N_("Takes part in any role."),
            autocompletion=completion.codes,
            rich_help_panel=PANEL,
        ),
    ] = None
    pilot: Annotated[
        Values,
        typer.Option(
            "--pilot",
            metavar="CODE",
            help=N_("Is pilot."),
            autocompletion=completion.codes,
            rich_help_panel=PANEL,
        ),
    ] = None
    associated: Annotated[
        Values,
        typer.Option(
            "--associated",
            metavar="CODE",
            help=N_("Is associated."),
            autocompletion=completion.codes,
            rich_help_panel=PANEL,
        ),
    ] = None
    year: Annotated[
        Values,
        typer.Option(
            "-y",
            "--year",
            metavar="YEAR",
            help=N_("Covers that year, alone or with others."),
            autocompletion=completion.years,
            rich_help_panel=PANEL,
        ),
    ] = None
    calendar: Annotated[
        Values,
        typer.Option(
            "--calendar",
            metavar="YEARS",
            help=N_("Covers exactly 2021, or 2021-2022."),
            autocompletion=completion.calendars,
            rich_help_panel=PANEL,
        ),
    ] = None
    priority: Annotated[
        Values,
        typer.Option(
            "-p",
            "--priority",
            metavar="NUMBER",
            help=N_("Has that priority."),
            autocompletion=completion.priorities,
            rich_help_panel=PANEL,
        ),
    ] = None
    orientation: Annotated[
        Values,
        typer.Option(
            "--orientation",
            metavar="NUMBER",
            help=N_("Stands in that orientation."),
            autocompletion=completion.orientations,
            rich_help_panel=PANEL,
        ),
    ] = None
    measure: Annotated[
        Values,
        typer.Option(
            "--measure",
            metavar="NUMBER",
            help=N_("Stands in that measure."),
            autocompletion=completion.measures,
            rich_help_panel=PANEL,
        ),
    ] = None
    text: Annotated[
        Values,
        typer.Option(
            "-t",
            "--text",
            metavar="WORDS",
            help=N_("Has these words in its text, in a row; case and accents aside."),
            rich_help_panel=PANEL,
        ),
    ] = None

    def query(self, plan: "Plan") -> "Query":
        """Give the query these filters ask of a plan; raise Usage for a value that the plan doesn't know."""
        from plancli.plan.query import facets_of, make_query

        facets = facets_of(plan.fields)
        return make_query(plan, {facet.name: getattr(self, facet.name, None) or () for facet in facets})
