"""No field, level, status, priority or choice has a name that already means something else.

`none` asks for what has no value, and the keys of an action, the plan's levels and what is counted by keep their
meaning: a field can't be named after them.

Pass:

    fields: {budget: {type: number}}

Fail:

    fields: {pilots: {type: number}}
"""

from collections.abc import Iterable, Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Part
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import NONE, Plan, shape
from plancli.text import fold

_COUNTED = ("directorate", "pilot", "year", "calendar", "text", "ministry", "late", "plan", "groups")
_COLUMNS = ("role", "found", "status_date", "end")
_BLOCKS = ("action", "plan", "entry", "source_note")
RESERVED = frozenset(
    [NONE, *_COUNTED, *_COLUMNS, *(key.name for block in _BLOCKS for key in shape.SHAPE[block])],
)
"""Names that mean something else already, folded."""


def find(plan: Plan) -> Iterator[Finding]:
    """Find declared names that are reserved, and levels of one name."""
    declared = plan.declared_levels or ()
    levels = frozenset(fold(level.name) for level in plan.levels)
    for index, level in enumerate(declared):
        earlier = {fold(each.name) for each in declared[:index]}
        if fold(level.name) in (RESERVED - {"orientation", "measure"}) | earlier:
            yield _reserved(level.name, ("levels", index))
    for field in plan.declared_fields:
        if fold(field.key) in RESERVED | levels or field.key != field.key.strip() or "=" in field.key:
            yield _reserved(field.key, ("fields", field.key), Part.KEY)
        yield from _none((("fields", field.key, "values", at), value) for at, value in enumerate(field.values))
    yield from _none(((("priorities", at), str(value)) for at, value in enumerate(plan.priorities)))
    for status in plan.statuses:
        if fold(status.name) == NONE:
            yield _reserved(status.name, status.path, Part.KEY)


def _none(named: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    for path, value in named:
        if fold(value) == NONE:
            yield _reserved(value, path)


def _reserved(name: str, path: Path, part: Part = Part.VALUE) -> Finding:
    return Finding(
        _("the name {name} is taken: it means something else in a question").format(name=name),
        path,
        part,
        help=_("give it another name"),
        value=name[:100],
    )


RULE = rule(find)
