"""``plancli directorates``: the register, with counts by role."""

from plancli.cli.options import AnswerOptions, PlanOptions

EXAMPLES = ("plancli directorates", "plancli directorates --format csv")


def command(answer: AnswerOptions, source: PlanOptions) -> int:
    """Show every declared directorate and how often it takes part."""
    from plancli.output.views.directorates import directorates_view

    return answer.give(directorates_view(source.load().plan), source.plan)
