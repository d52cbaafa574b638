"""No two measures have the same number, and no two orientations.

Measure numbers run through the whole plan: they don't begin again at 1 in the next orientation.

Pass:

    orientations:
      - number: 1
        measures: [{number: 1}, {number: 2}]
      - number: 2
        measures: [{number: 3}]

Fail:

    orientations:
      - number: 1
        measures: [{number: 1}, {number: 2}]
      - number: 2
        measures: [{number: 1}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import beginning, rule
from plancli.check.rules.base.numbering import duplicates
from plancli.diagnostic import Finding, Label, Severity
from plancli.i18n import _
from plancli.plan.model import Group, Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find numbers of measures and orientations that stand again."""
    free = max((each.number for each in plan.orientations), default=0) + 1
    for orientation, first in duplicates(plan.orientations):
        message = _("two orientations have number {number}").format(number=orientation.number)
        yield _duplicate(orientation, first, message, free)
    measures = plan.measures
    free = max((each.number for each in measures), default=0) + 1
    for measure, before in duplicates(measures):
        message = _("two measures have number {number}").format(number=measure.number)
        yield _duplicate(measure, before, message, free)


def _duplicate(second: Group, first: Group, message: str, free: int) -> Finding:
    label = _("first here: {words}").format(words=beginning(first.title))
    return Finding(
        message,
        (*second.path, "number"),
        more=_(", the first on line {line}"),
        label=_("second here"),
        help=_("give one of them another number: {free} is free").format(free=free),
        related=(Label((*first.path, "number"), label),),
        value=str(second.number),
        see=(*first.path, "number"),
        unnamed=True,
    )


RULE = rule(__name__, __doc__, Severity.ERROR, find)
