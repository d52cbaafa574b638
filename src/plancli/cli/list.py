"""``plancli list``: the actions that match."""

from typing import Annotated

from plancli.cli import completion
from plancli.cli.options import Filters, OutputOptions, SeveralPlans, answer_option
from plancli.cli.suggest import split_commas
from plancli.i18n import N_

EXAMPLES = (
    "plancli list -d DSJ -y 2022",
    "plancli list -t ccapex --full",
    "plancli list --pilot DHUP -p 1 --format csv --output actions.csv",
)


def command(
    filters: Filters,
    columns: Annotated[
        list[str] | None,
        answer_option(
            metavar=N_("NAMES"),
            help=N_("Only these columns, in this order: {values}; and the plan's own levels and fields."),
            autocompletion=completion.columns,
        ),
    ] = None,
    sort: Annotated[
        list[str] | None,
        answer_option(
            metavar=N_("NAMES"),
            help=N_("Sort by these, -priority downwards: {values}; and the plan's own levels and fields."),
            autocompletion=completion.sort_keys,
        ),
    ] = None,
    full: Annotated[bool, answer_option("--full", help=N_("Whole texts, however long."))] = False,
    *,
    answer: OutputOptions,
    source: SeveralPlans,
) -> int:
    """List the actions that match, in plan order."""
    from plancli.output.views.actions import list_view

    plan = source.ask()
    query = filters.query(plan)
    view = list_view(plan, query, query.select(plan), split_commas(columns), split_commas(sort), full)
    return answer.write(view, *(source.plan or ()))
