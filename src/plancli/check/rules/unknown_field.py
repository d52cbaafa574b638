"""Every field of an action is declared under `fields` at the top of the plan.

Pass:

    fields: {budget: {type: number}}
    actions: [{number: 1, fields: {budget: 12000}}]

Fail:

    fields: {budget: {type: number}}
    actions: [{number: 1, fields: {budgett: 12000}}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule, suggest_codes
from plancli.diagnostic import Finding, Fixable, Part, Remedy
from plancli.i18n import _
from plancli.plan.model import FIELDS, Plan
from plancli.text import fold


def find(plan: Plan) -> Iterator[Finding]:
    """Find values of fields that aren't declared."""
    declared = [field.key for field in plan.declared_fields]
    labels = {field.label: field.key for field in plan.declared_fields}
    known = frozenset([*declared, *(field.key for field in FIELDS)])
    unknown = {key: None for action in plan.actions for key, _value in action.more if key not in known}
    meant = suggest_codes(unknown, declared, [*labels]) if unknown else {}
    for action in plan.actions if unknown else ():
        present = {key for key, _value in action.more}
        for key, _value in action.more:
            if key in unknown:
                near = meant.get(key)
                near = near if near in declared else labels.get(near or "")
                path = (*action.path, "fields", key)
                asked = _("did you mean {key}?").format(key=near) if near else ""
                yield Finding(
                    _("unknown field {key}").format(key=key),
                    path,
                    Part.KEY,
                    detail=f", {asked}" if asked else "",
                    label=asked,
                    help=_("declare it under fields: at the top, with its type; declared: {known}").format(
                        known=", ".join(declared) or _("none")
                    ),
                    value=key,
                    fix=Remedy(path, key=near, is_safe=fold(near) == fold(key))
                    if near and near not in present
                    else None,
                )


RULE = rule(find, requires=["fields"], fixable=Fixable.BOTH)
