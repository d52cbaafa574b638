"""No action number is missing without a reason.

Numbers run from 1. A number that nothing carries on purpose is declared under `unused_numbers`, with the reason. A
gap that a number used twice explains is part of that diagnostic and not another one. Where the numbers of measures
or orientations run through the plan, none of them is missing either: perhaps its heading was lost, and what it
held now belongs to the one above.

Pass:

    unused_numbers: [{number: 2, reason: Absent du tableau publié.}]
    actions: [{number: 1}, {number: 3}]

Fail:

    actions: [{number: 1}, {number: 3}]
"""

from collections.abc import Iterator, Sequence

from plancli.check.rules.base import rule
from plancli.check.rules.base.numbering import is_rising, missing_runs, number_actions
from plancli.diagnostic import Finding
from plancli.i18n import N_, _
from plancli.plan.model import Group, Plan

_MEASURES = (
    N_("measure {first} is missing before this one"),
    N_("measures {first} to {last} are missing before this one"),
)
_ORIENTATIONS = (
    N_("orientation {first} is missing before this one"),
    N_("orientations {first} to {last} are missing before this one"),
)


def find(plan: Plan) -> Iterator[Finding]:
    """Find gaps; the place is the number after them, or one that was probably meant to fill them."""
    numbering = number_actions(plan)
    for action in numbering.mistyped:
        number = numbering.meant[action.path]
        yield Finding(
            _("number {first} is missing before this one").format(first=number),
            (*action.path, "number"),
            help=_("{number} is missing here: is it this action?").format(number=number),
            value=f"{number}-{number}",
        )
    for gap in numbering.gaps:
        if gap.first == gap.last:
            message = _("number {first} is missing before this one").format(first=gap.first)
            hint = _("declare {first} under unused_numbers, with the reason, or put the action back")
        else:
            message = _("numbers {first} to {last} are missing before this one").format(
                first=gap.first, last=gap.last
            )
            hint = _("declare {first} to {last} under unused_numbers, with the reason, or put the actions back")
        yield Finding(
            message,
            (*gap.after.path, "number"),
            help=hint.format(first=gap.first, last=gap.last),
            value=f"{gap.first}-{gap.last}",
        )
    if plan.declared_levels is None:
        yield from _find_missing(plan.measures, _MEASURES)
        yield from _find_missing(plan.groups, _ORIENTATIONS)
        yield from _find_dedented(plan)


def _find_missing(blocks: Sequence[Group], sentences: tuple[str, str]) -> Iterator[Finding]:
    """Find gaps, if the numbers run through the plan: all are rising, and more are there than missing."""
    numbers = [block.number for block in blocks]
    runs = missing_runs(set(numbers), set())
    if not is_rising(numbers) or sum(last - first + 1 for first, last in runs) >= len(numbers):
        return
    after = {block.number: block for block in blocks}
    for first, last in runs:
        yield Finding(
            _(sentences[first < last]).format(first=first, last=last),
            (*after[last + 1].path, "number"),
            help=_("put its heading back above what belongs to it, or number those after it again"),
            value=f"{first}-{last}",
        )


def _find_dedented(plan: Plan) -> Iterator[Finding]:
    """Find orientations that only hold actions and have the number of a measure that is missing."""
    orientations = {each.number for each in plan.groups if each.groups}
    measures = {each.number for each in plan.measures}
    for group in plan.groups:
        follows = group.number - 1 in measures and group.number not in measures
        if not group.groups and follows and group.number - 1 not in orientations:
            yield Finding(
                _("orientation {number} stands where measure {number} is missing").format(number=group.number),
                (*group.path, "number"),
                help=_("is it that measure? indent it as the other measures are"),
                value=str(group.number),
            )


RULE = rule(find, needs_complete_plan=True, requires=["unused_numbers"])
