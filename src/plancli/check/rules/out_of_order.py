"""Actions, measures and orientations are in the order of their numbers.

Order is judged inside a measure, an orientation or the plan: which measure an action belongs to is a decision,
whatever its number. Only what has to move is reported: of `1 3 4 2 5`, it is 2. A number that occurs twice, or
that is declared as unused, is not also out of order.

Pass:

    actions: [{number: 1}, {number: 2}, {number: 3}]

Fail:

    actions: [{number: 1}, {number: 3}, {number: 2}]
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from plancli.check.rules.base import duplicates, rule
from plancli.check.rules.base.numbering import each_list, is_rising, number_actions, out_of_order
from plancli.diagnostic import Finding, Fixable, Remedy
from plancli.i18n import N_, _
from plancli.location import Path
from plancli.plan.model import Block, Plan

_ACTIONS = (N_("stands after action {other}"), N_("stands before action {other}"))
_MEASURES = (N_("stands after measure {other}"), N_("stands before measure {other}"))
_ORIENTATIONS = (N_("stands after orientation {other}"), N_("stands before orientation {other}"))


def find(plan: Plan) -> Iterator[Finding]:
    """Find numbers that stand too early or too late among those beside them."""
    yield from _find(plan.groups, _ORIENTATIONS)
    twice = {second.number for second, _first in duplicates(plan.measures)}
    for group in plan.all_groups:
        if group.groups:
            yield from _find(group.groups, _MEASURES, twice)
    unsorted = [actions for actions in each_list(plan) if not is_rising([each.number for each in actions])]
    if not unsorted:
        return
    ignored = {second.number for second, _first in duplicates(plan.actions)}
    ignored |= {each.number for each in plan.unused_numbers}  # one that is used is an error, which says enough
    meant = number_actions(plan).meant
    for actions in unsorted:
        yield from _find(actions, _ACTIONS, ignored, meant)


def _find(
    blocks: Sequence[Block],
    sentences: tuple[str, str],
    ignored: Iterable[int] = (),
    meant: Mapping[Path, int] = MappingProxyType({}),
) -> Iterator[Finding]:
    found = out_of_order(blocks, ignored)
    fix = None
    if found and not any(odd.block.path in meant for odd in found):
        order = tuple(sorted(range(len(blocks)), key=lambda index: blocks[index].number))
        fix = Remedy(found[0].block.path[:-1], is_safe=False, order=order)
    for odd in found:
        late = odd.before is not None and odd.before.number > odd.block.number
        other = odd.before if late else odd.after
        message = _(sentences[0] if late else sentences[1]).format(other=other.number if other else "")
        number = meant.get(odd.block.path)
        yield Finding(
            message,
            (*odd.block.path, "number"),
            help=_("{number} is missing here: is it this action?").format(number=number)
            if number
            else _("move it to where its number belongs"),
            value=str(odd.block.number),
            fix=fix,
            continues=True,
        )
        fix = None  # the first mends all of them


RULE = rule(find, needs_complete_plan=True, fixable=Fixable.UNSAFE)
