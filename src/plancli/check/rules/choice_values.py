"""A choice declares the values that it may have, each once; no other field does.

Pass:

    fields: {risk: {type: choice, values: [low, high]}}

Fail:

    fields: {risk: {type: choice}}
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Fixable, Remedy
from plancli.i18n import _
from plancli.plan.model import Plan, Type


def find(plan: Plan) -> Iterator[Finding]:
    """Find choices without values, values that are repeated, and values of fields that are no choice."""
    for field in plan.declared_fields:
        path = ("fields", field.key)
        if field.type is not Type.CHOICE:
            if field.values:
                yield Finding(
                    _("{key} is no choice, and has values").format(key=field.key),
                    (*path, "values"),
                    help=_("write type: choice, or take the values out"),
                    value=field.key,
                )
        elif not field.values:
            yield Finding(
                _("the choice {key} has no values").format(key=field.key),
                (*path, "type"),
                help=_("write values: and each value in brackets"),
                value=field.key,
            )
        for at, value in enumerate(field.values):
            if value in field.values[:at]:
                yield Finding(
                    _("{number} is declared twice").format(number=value),
                    (*path, "values", at),
                    help=_("remove one of them"),
                    value=value[:100],
                    fix=Remedy((*path, "values", at), drop=True),
                )


RULE = rule(find, requires=["fields"], fixable=Fixable.SAFE)
