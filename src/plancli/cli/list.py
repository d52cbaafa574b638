"""``plancli list``: the actions that match."""

from plancli.cli import completion
from plancli.cli.options import ANSWER, Filters, OutputOptions, SeveralPlans, flag, option
from plancli.i18n import N_

EXAMPLES = (
    "plancli list -d DSJ -y 2022",
    "plancli list -t ccapex --full",
    "plancli list --pilot DHUP -p 1 --format csv --output actions.csv",
)


def command(
    filters: Filters,
    columns: list[str] | None = option(
        N_("NAMES"),
        N_("Only these columns, in this order: {values}; and the plan's own levels and fields."),
        completion.columns,
        panel=ANSWER,
    ),
    sort: list[str] | None = option(
        N_("NAMES"),
        N_("Sort by these, -priority downwards: {values}; and the plan's own levels and fields."),
        completion.sort_keys,
        panel=ANSWER,
    ),
    full: bool = flag("--full", N_("Whole texts, however long."), panel=ANSWER),
    *,
    answer: OutputOptions,
    source: SeveralPlans,
) -> int:
    """List the actions that match, in plan order."""
    from plancli.output.views.actions import list_view

    plan = source.ask()
    query = filters.query(plan)
    view = list_view(plan, query, query.select(plan), columns or (), sort or (), full)
    return answer.write(view, *(source.plan or ()))
