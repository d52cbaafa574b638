"""``plancli summary``: the plan at a glance, or counts by one dimension or two."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plancli.cli import completion
from plancli.cli.options import Filters, OutputOptions, SeveralPlans, option
from plancli.cli.usage import choose
from plancli.errors import Usage
from plancli.i18n import N_, _

if TYPE_CHECKING:
    from plancli.plan.query import Facet

EXAMPLES = (
    "plancli summary",
    "plancli summary --by pilot",
    "plancli summary --by directorate --by priority -y 2022",
)


def command(
    by: list[str] | None = option(
        N_("DIMENSION"),
        N_("Count by it; a second one crosses the first: {values}; and the plan's own levels and fields."),
        completion.dimensions,
        panel=N_("Counts"),
    ),
    *,
    filters: Filters,
    answer: OutputOptions,
    source: SeveralPlans,
) -> int:
    """Sum up the plan, or count its actions."""
    from plancli.plan.query import facets_of

    plan = source.ask(outline=not by)
    sides = _dimensions(by or (), facets_of(plan))
    query = filters.query(plan)
    actions = query.select(plan)
    if sides:
        from plancli.output.views.counts import counts_view

        view = counts_view(plan, query, actions, sides)
    else:
        from plancli.output.views.summary import summary_view

        view = summary_view(plan, query, actions)
    return answer.write(view, *(source.plan or ()))


def _dimensions(lists: "Sequence[str]", facets: "Sequence[Facet]") -> tuple[str, ...]:
    """Return the dimensions among some facets that lists with commas name; raise Usage for another."""
    from plancli.plan.model import LATE, STATUS
    from plancli.plan.query import counted, dimension_names, typed_words
    from plancli.text import fold

    dimensions = counted(facets)
    known = [dimension.name for dimension in dimensions]
    typed = dimension_names(dimensions)
    names = (name for each in lists for name in typed_words(each, lambda name: fold(name) in typed))
    words = [typed.get(fold(name), name) for name in names]
    lacking = next((word for word in words if fold(word) in (STATUS.key, LATE.key) and word not in known), None)
    if lacking:
        hint = _("The plan declares no statuses. To begin: {command}").format(command="plancli progress --start")
        raise Usage(_("no dimension {word}").format(word=lacking), hint)
    sides = tuple(choose(word, known, _("no dimension {word}"), _("Dimensions: {words}")) for word in words)
    if len(sides) > 2 or len(set(sides)) < len(sides):
        raise Usage(
            _("--by takes one dimension, or two that differ"),
            _("Dimensions: {words}").format(words=", ".join(known)),
        )
    return sides
