"""Every acronym of the glossary occurs in a text or a title.

Pass:

    glossary: {CAF: caisse d'allocations familiales}
    text: Interfacer le système avec la CAF

Fail:

    glossary: {CAF: caisse d'allocations familiales}
    text: Interfacer le système
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Part
from plancli.i18n import _
from plancli.plan.model import Plan
from plancli.text import contains_word


def find(plan: Plan) -> Iterator[Finding]:
    """Find acronyms that are nowhere as a whole word."""
    if not plan.glossary or not plan.actions:
        return
    titles = (each.title for each in plan.all_groups)
    everything = "\n".join([plan.title, *titles, *(action.text for action in plan.actions)])
    for acronym in plan.glossary:
        if not contains_word(everything, acronym.acronym):
            yield Finding(
                _("no text uses {acronym}").format(acronym=acronym.acronym),
                acronym.path,
                Part.KEY,
                help=_("remove it, or check its spelling"),
                value=acronym.acronym,
            )


RULE = rule(find, needs_complete_plan=True, requires=["glossary"])
