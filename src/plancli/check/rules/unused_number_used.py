"""No action has a number that is declared under `unused_numbers`.

Such a number was left out of the published plan, or belonged to an action that is gone. It never comes back: who
quotes it must not be taken to another action.

Pass:

    unused_numbers: [{number: 2, reason: Absent du tableau publié.}]
    actions: [{number: 1}, {number: 3}]

Fail:

    unused_numbers: [{number: 2, reason: Absent du tableau publié.}]
    actions: [{number: 1}, {number: 2}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Label, Part
from plancli.i18n import N_, _
from plancli.plan.model import Action, Plan, UnusedNumber

_REPORTED = N_("number {number} is declared as unused, and has progress")
_HELP = N_("give the action another number ({free} is free), or remove this one from unused_numbers")


def find(plan: Plan) -> Iterator[Finding]:
    """Find actions whose number must not be used."""
    unused = {each.number: each for each in plan.unused_numbers}
    if not unused:
        return
    used = [action for action in plan.actions if action.number in unused]
    if not used:
        return
    from plancli.check.rules.base.numbering import number_actions

    numbering = number_actions(plan)
    for action in used:
        missing = numbering.meant.get(action.path)
        hint = _("{missing} is missing here: is it this action?") if missing else _(_HELP)
        if action.progress:
            hint = _("remove the number from unused_numbers, or report on the right action")
        yield _used(action, unused[action.number], hint.format(missing=missing, free=numbering.free))


def find_partial(plan: Plan) -> Iterator[Finding]:
    """Find actions whose number must not be used; which one would be free can't be known."""
    unused = {each.number: each for each in plan.unused_numbers}
    for action in plan.actions:
        if action.number in unused:
            yield _used(action, unused[action.number], _("give the action another number"))


def _used(action: Action, unused: UnusedNumber, hint: str) -> Finding:
    return Finding(
        (_(_REPORTED) if action.progress else _("number {number} is declared as unused")).format(
            number=action.number
        ),
        (*action.path, "number"),
        label=_("used here"),
        help=hint,
        related=(
            Label((*unused.path, "number"), _("declared as unused here")),
            *([Label((*action.path, "progress"), _("reported on here"), Part.KEY)] if action.progress else []),
        ),
        value=str(action.number),
        by_text=True,
    )


RULE = rule(find, find_partial=find_partial, requires=["unused_numbers"])
