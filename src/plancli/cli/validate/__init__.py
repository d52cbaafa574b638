"""``plancli validate``: every mistake, once, at its place."""

from typing import Annotated

import typer

from plancli.cli import completion
from plancli.cli.options import ANSWER, OptionGroup, PlanOptions, refuse_to_overwrite_plan
from plancli.i18n import N_

EXAMPLES = (
    "plancli validate",
    "plancli validate plans/ --strict",
    "plancli validate --format gitlab --output gl-code-quality-report.json",
    "plancli validate --ignore unused-acronym,unused-directorate",
)


class CareOptions(OptionGroup):
    """What is looked for, and what fails."""

    strict: Annotated[bool, typer.Option("--strict", help=N_("Warnings fail too."))] = False
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="RULES", help=N_("Leave these rules out."), autocompletion=completion.rules),
    ] = None
    max_size: Annotated[
        str, typer.Option(metavar="SIZE", help=N_("Read files up to this size: 300M, 1G, or bytes."))
    ] = "256M"


def command(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help=N_("Plan files, or folders that hold some; - is standard input.")),
    ] = None,
    *,
    care: CareOptions,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=N_("full (on a terminal), concise, json, github, gitlab, sarif or junit."),
            autocompletion=completion.reports,
            rich_help_panel=ANSWER,
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help=N_("Write the report to a file; what is wrong is told all the same."),
            rich_help_panel=ANSWER,
        ),
    ] = None,
    source: PlanOptions,
) -> int:
    """Find every mistake of plans, each at its line and column."""
    from plancli.cli.validate.gathering import check_all
    from plancli.cli.validate.settings import settle
    from plancli.cli.validate.telling import give

    refuse_to_overwrite_plan(output, [*(files or []), source.plan or ""])
    settings = settle(form, output, care.ignore, care.max_size, care.strict)
    run, failures = check_all(files or [], source, settings)
    return give(run, failures, settings)
