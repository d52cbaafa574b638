"""No title and no text is blank.

Pass:

    text: Définir la stratégie nationale

Fail:

    text: ""
"""

from collections.abc import Iterator

from plancli.check.rules.base import each_text, rule
from plancli.diagnostic import Finding
from plancli.i18n import N_, _
from plancli.plan.model import Plan

_SENTENCES = {
    "title": N_("the title is blank"),
    "text": N_("the text is blank"),
    "reason": N_("the reason is blank"),
    "note": N_("the note is blank"),
    "name": N_("the name is blank"),
    "ministry": N_("the ministry is blank"),
}


def find(plan: Plan) -> Iterator[Finding]:
    """Find what should be read and isn't there: titles, texts, names, reasons, notes, expansions."""
    for text, path, key in each_text(plan):
        if text.strip():
            continue
        if path == ("glossary",):
            sentence = _("{acronym} is not spelled out").format(acronym=key)
            help = _("write it out, or take the acronym out")
        elif path[:1] == ("directorates",):
            sentence = _(_SENTENCES[key])
            help = _("write it out, or take the key out")
        else:
            sentence = _(_SENTENCES[key]) if path else _("the title of the plan is blank")
            help = _("write it as it was published, under >-")
        yield Finding(sentence, (*path, key), help=help)


RULE = rule(find)
