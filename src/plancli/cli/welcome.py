"""``plancli`` alone: the welcome screen."""

from plancli.cli.errors import print_error
from plancli.cli.options import OutputOptions


def command() -> int:
    """Show which plan was found, whether it is valid, and what there is to ask."""
    from plancli.check.checker import check
    from plancli.errors import PlanError
    from plancli.loader import load_source
    from plancli.loader.plan_files import named_plan
    from plancli.output.views.welcome import welcome_view

    try:
        checked = check(*load_source(), only_errors=True)
    except PlanError as error:  # without a plan the screen is the same, but for the plan
        if named_plan(None):
            print_error(error)
        return OutputOptions().write(welcome_view(None, None))
    plan = checked.plan
    if plan and plan.statuses and not checked.errors:
        from plancli.dates import today
        from plancli.plan.model.follow_up import on_day

        plan = on_day(plan, today())
    return OutputOptions().write(welcome_view(checked.document.name, plan, len(checked.errors)))
