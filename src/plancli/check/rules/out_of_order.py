"""Actions, measures and orientations stand in the order of their numbers.

Only what has to move is reported: of `1 3 4 2 5`, it is 2. A number that stands twice, or that
is declared as unused, is not also out of order.

Pass:

    actions: [{number: 1}, {number: 2}, {number: 3}]

Fail:

    actions: [{number: 1}, {number: 3}, {number: 2}]
"""

from collections.abc import Iterator, Sequence

from plancli.check.rules.base import number_actions, out_of_order, rule
from plancli.diagnostic import Finding, Severity
from plancli.i18n import N_, _
from plancli.plan.model import Action, Measure, Orientation, Plan

_ACTIONS = (N_("stands after action {other}"), N_("stands before action {other}"))
_MEASURES = (N_("stands after measure {other}"), N_("stands before measure {other}"))
_ORIENTATIONS = (N_("stands after orientation {other}"), N_("stands before orientation {other}"))


def find(plan: Plan) -> Iterator[Finding]:
    """Find numbers that stand too early or too late."""
    yield from _find(plan.orientations, _ORIENTATIONS, {})
    yield from _find(plan.measures, _MEASURES, {})
    unused = {each.number for each in plan.unused_numbers}  # one that is used is an error, which says enough
    actions = [action for action in plan.actions if action.number not in unused]
    if out_of_order(actions):
        yield from _find(actions, _ACTIONS, number_actions(plan).meant)


def _find(
    blocks: Sequence[Action] | Sequence[Measure] | Sequence[Orientation],
    sentences: tuple[str, str],
    meant: dict[tuple[str | int, ...], int],
) -> Iterator[Finding]:
    for odd in out_of_order(blocks):
        late = odd.before is not None and odd.before.number > odd.block.number
        other = odd.before if late else odd.after
        message = _(sentences[0] if late else sentences[1]).format(other=other.number if other else "")
        number = meant.get(odd.block.path)
        yield Finding(
            "out-of-order",
            message,
            (*odd.block.path, "number"),
            help=_("{number} is missing here: is it this action?").format(number=number)
            if number
            else _("move it to where its number belongs"),
            value=str(odd.block.number),
        )


RULE = rule(__name__, __doc__, Severity.WARNING, find, whole=True)
