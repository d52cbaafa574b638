"""Every source note is about something that exists, and every unused number lies in the plan.

A note names an action, a measure or an orientation of the plan, or none of them for the plan as a whole. An unused
number excuses a gap between actions, or goes on from the last action (it was taken out). A note on an action whose
number was mistyped is part of that mistake.

Pass:

    source_notes: [{action: 1, note: Tel que publié}]
    actions: [{number: 1}]

Fail:

    source_notes: [{action: 7, note: Tel que publié}]
    actions: [{number: 1}]
"""

from collections.abc import Container, Iterator

from plancli.check.rules.base import rule
from plancli.check.rules.base.numbering import number_actions
from plancli.diagnostic import Finding
from plancli.i18n import N_, _
from plancli.location import Path
from plancli.plan.model import Plan, path_of

_NO = {
    "action": N_("there is no action {number}"),
    "measure": N_("there is no measure {number}"),
    "orientation": N_("there is no orientation {number}"),
}


def find(plan: Plan) -> Iterator[Finding]:
    """Find notes and unused numbers that point at nothing."""
    if plan.source_notes:
        numbers: dict[str, Container[int | str]] = {
            "action": {each.number for each in plan.actions}.union(number_actions(plan).meant.values()),
            "measure": {*(each.number for each in plan.measures), *map(path_of, plan.inner_groups)},
            "orientation": {each.number for each in plan.groups},
        }
        for note in plan.source_notes:
            for key in numbers:
                number = getattr(note, key)
                if number is not None and number not in numbers[key]:
                    yield _nowhere(_(_NO[key]).format(number=number), (*note.path, key), number)
    if plan.unused_numbers:
        yield from _find_unused(plan)


def _find_unused(plan: Plan) -> Iterator[Finding]:
    top = last = max((action.number for action in plan.actions), default=0)
    for unused in sorted(plan.unused_numbers, key=lambda each: each.number):
        if unused.number == top + 1:
            top += 1
        elif unused.number > top:
            message = _("number {number} is past the last action ({last})").format(number=unused.number, last=last)
            yield _nowhere(message, (*unused.path, "number"), unused.number)


def _nowhere(message: str, path: Path, number: int | str) -> Finding:
    hint = _("correct the number, or remove the entry")
    return Finding(message, path, help=hint, value=str(number))


RULE = rule(
    find,
    needs_complete_plan=True,
    requires=["source_notes", "unused_numbers"],
)
