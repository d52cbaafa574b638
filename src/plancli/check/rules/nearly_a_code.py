"""Who reported is a declared code, exactly as it is declared, or a name that can't be taken for one.

Pass:

    associated: [DHUP]
    progress: [{date: "2021-06-30", by: DHUP}, {date: "2021-09-30", by: Cour des comptes}]

Fail:

    associated: [DHUP]
    progress: [{date: "2021-06-30", by: Dhup}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import each_entry, guess_question, rule, suggest_codes
from plancli.diagnostic import Finding, Fixable, Remedy
from plancli.i18n import _
from plancli.plan.model import Plan
from plancli.text import fold, nearly


def find(plan: Plan) -> Iterator[Finding]:
    """Find reporters that are nearly a declared code."""
    codes = [directorate.code for directorate in plan.directorates]
    declared = frozenset(codes)
    names = dict.fromkeys(entry.by for entry in each_entry(plan) if entry.by is not None)
    meant = suggest_codes([name for name in names if name not in declared], codes, near=nearly)
    for entry in each_entry(plan) if meant else ():
        near = meant.get(entry.by or "")
        if near:
            yield Finding(
                _("{name} is nearly {code}").format(name=entry.by, code=near),
                (*entry.path, "by"),
                detail=f", {guess_question(near)}",
                label=guess_question(near),
                help=_("write {text}").format(text=f"by: {near}"),
                value=entry.by or "",
                fix=Remedy((*entry.path, "by"), near, is_safe=fold(near) == fold(entry.by or "")),
            )


RULE = rule(find, requires=["directorates"], fixable=Fixable.BOTH)
