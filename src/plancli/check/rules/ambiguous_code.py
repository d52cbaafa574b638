"""A directorate's code can be asked for and put into a table.

`-d` and exported tables take a comma or | as the end of a code, and blanks around a code are lost.

Where the number of an action can be typed, a code can, and it goes first: such an action can't be shown.
The code of an action or a group goes before that of a directorate: such a directorate can't be shown.

Pass:

    directorates: {DIHAL: {}, DHUP: {}}
    pilots: [DIHAL]
    associated: [DHUP]

Fail:

    directorates: {"DIHAL, DHUP": {}}
    pilots: ["DIHAL, DHUP"]
    associated: []
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Part
from plancli.i18n import N_, _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find codes that a filter or a table would take for several codes, for another one or for none."""
    others = dict.fromkeys(dict(plan.codes), N_("the code “{code}” is also the code of an action or a group"))
    numbers = (str(action.number) for action in plan.actions)
    others |= dict.fromkeys(numbers, N_("the code “{code}” is also the number of an action"))
    for directorate in plan.directorates:
        code = directorate.code
        if not code.strip():
            sentence = _("a directorate's code is blank")
        elif "," in code:
            sentence = _("the code “{code}” holds a comma, which separates codes").format(code=code)
        elif "|" in code:
            sentence = _("the code “{code}” holds |, which separates codes").format(code=code)
        elif code != code.strip():
            sentence = _("blanks stand around the code “{code}”").format(code=code)
        elif code in others:
            sentence = _(others[code]).format(code=code)
        else:
            continue
        advice = _("give it a code without commas, | and blanks around it, here and in the actions")
        if code in others:
            advice = _("give it another code, here and in the actions")
        yield Finding(
            sentence,
            directorate.path,
            Part.KEY,
            help=advice,
            value=code,
        )


RULE = rule(find, needs_complete_plan=True, requires=["directorates"])
