"""``plancli directorates``: the register, with counts by role."""

from plancli.cli.options import DayOptions, OutputOptions

EXAMPLES = ("plancli directorates", "plancli directorates --format csv")


def command(answer: OutputOptions, source: DayOptions) -> int:
    """Show every declared directorate and how often it takes part."""
    from plancli.output.views.directorates import directorates_view

    return answer.write(directorates_view(source.load().plan), source.plan)
