"""``plancli`` alone: the opening screen."""

from plancli.cli.options import AnswerOptions


def command() -> int:
    """Say which plan was found, whether it can be trusted, and what there is to ask."""
    from plancli.errors import PlanError
    from plancli.loader import load_checked
    from plancli.output.views.opening import opening_view

    try:
        checked = load_checked()
    except PlanError:  # without a plan the screen is the same, but for the plan
        return AnswerOptions().give(opening_view(None, None))
    return AnswerOptions().give(opening_view(checked.document.name, checked.plan, len(checked.errors)))
