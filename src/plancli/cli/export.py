"""``plancli export``: the plan in a file for others."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from plancli.cli.options import Filters, PlanOptions, choose, completion
from plancli.errors import Usage
from plancli.language import _, marked, speaking

if TYPE_CHECKING:
    from plancli.plan.model import Action, Plan
    from plancli.plan.query import Query

DIALECTS = ("excel-fr",)

EXAMPLES = (
    "plancli export plan.xlsx",
    "plancli export dsj.md -d DSJ -y 2022",
    "plancli export actions.csv --dialect excel-fr",
)


def command(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=marked("Its ending says the format: .csv .json .md .xlsx .db …"))
    ],
    filters: Filters,
    dialect: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=marked("For .csv: excel-fr (semicolons, byte order mark, no formula)."),
            autocompletion=completion.of_words(*DIALECTS),
        ),
    ] = None,
    *,
    source: PlanOptions,
) -> None:
    """Write the plan, or the actions that match, to a file; what stood there is replaced."""
    from plancli.exchange.edition import make_edition
    from plancli.exchange.exporters import export, find_exporter
    from plancli.files import write_file
    from plancli.prose import visible

    find_exporter(file)
    _check_dialect(dialect, file)
    loaded = source.load()
    query = filters.query(loaded.plan)
    actions = query.select(loaded.plan)
    with speaking(loaded.plan.language):
        question = _said(loaded.plan, query, actions)[1:]
    edition = make_edition(loaded.plan, actions, loaded.name, question, dialect or "")
    write_file(file, export(edition, file))
    said = " · ".join(_said(loaded.plan, query, actions))
    print(visible(_("{file}: {answer}").format(file=file, answer=said)), file=sys.stderr)


def _check_dialect(dialect: str | None, file: str) -> None:
    if dialect is None:
        return
    choose(dialect, DIALECTS, _("no dialect {word}"), _("Dialects: {words}"))
    if not file.lower().endswith(".csv"):
        raise Usage(_("--dialect is for .csv files"))


def _said(plan: "Plan", query: "Query", actions: "Sequence[Action]") -> tuple[str, ...]:
    """Say how many actions these are, and what was asked; of an empty answer, which filter emptied it."""
    from plancli.output.report import plain
    from plancli.output.views.question import notes

    return tuple(plain(note.words) for note in notes(plan, query, actions))
