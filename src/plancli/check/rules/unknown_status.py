"""Every status of `progress` is one of `statuses`, exactly as it is declared.

A plan that declares no `statuses` can have entries without a status.

Pass:

    statuses: {en cours: {}, réalisé: {closed: true}}
    progress: [{date: "2021-06-30", status: en cours}]

Fail:

    statuses: {en cours: {}, réalisé: {closed: true}}
    progress: [{date: "2021-06-30", status: terminé}]

Fail:

    progress: [{date: "2021-06-30", status: en cours}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import each_entry, guess_question, rule
from plancli.diagnostic import Finding, Fixable, Remedy
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Plan
from plancli.text import closest, fold


def find(plan: Plan) -> Iterator[Finding]:
    """Find statuses that aren't declared; where none is, the first."""
    known = {status.name for status in plan.statuses}
    for entry in each_entry(plan):
        if entry.status is not None and entry.status not in known:
            path = (*entry.path, "status")
            if not known:
                yield _without_statuses(path, entry.status)
                return
            yield _unknown(plan, path, entry.status)


def _without_statuses(path: Path, status: str) -> Finding:
    return Finding(
        _("no status is declared"),
        path,
        help=_("write a usual set of statuses: plancli progress --start"),
        value=status,
    )


def _unknown(plan: Plan, path: Path, status: str) -> Finding:
    key, names = "status", [each.name for each in plan.statuses]
    near = closest(status, names)
    hint = _('write one of them, or declare {status} under "statuses" (line {{line}})').format(status=status)
    if near:
        hint = _("write {text}").format(text=f"{key}: {near}")
    known = ", ".join(names)
    asked = guess_question(near)
    return Finding(
        _("unknown status {status}").format(status=status or '""'),
        path,
        detail=f", {asked}" if near else _(" (declared: {known})").format(known=known),
        label=asked or _("declared: {known}").format(known=known),
        help=hint,
        value=status,
        line_of=("statuses",),
        fix=Remedy(path, near, is_safe=fold(near) == fold(status)) if near else None,
    )


RULE = rule(find, requires=["statuses"], fixable=Fixable.BOTH)
