"""No title, text, name or code is blank.

Pass:

    text: Définir la stratégie nationale

Fail:

    text: ""
"""

from collections.abc import Iterator

from plancli.check.rules.base import each_text, rule
from plancli.diagnostic import Finding, Part
from plancli.i18n import N_, _
from plancli.location import Path
from plancli.plan.model import Plan

_SENTENCES = {
    "title": N_("the title is blank"),
    "text": N_("the text is blank"),
    "reason": N_("the reason is blank"),
    "note": N_("the note is blank"),
    "name": N_("the name is blank"),
    "ministry": N_("the ministry is blank"),
    "code": N_("the code is blank"),
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
    for name, path, part in _names(plan):
        if not name.strip():
            sentence = _SENTENCES["code" if path[-1] == "code" else "name"]
            yield Finding(_(sentence), path, part, help=_("write it out, or take it out"))


def _names(plan: Plan) -> Iterator[tuple[str, Path, Part]]:
    """Yield each name, word and code that people see and type, with its place."""
    for at, level in enumerate(plan.declared_levels or ()):
        yield level.name, ("levels", at), Part.VALUE
    for at, priority in enumerate(plan.priorities):
        yield str(priority), ("priorities", at), Part.VALUE
    for status in plan.statuses:
        yield status.name, status.path, Part.KEY
    for field in plan.declared_fields:
        yield field.key, ("fields", field.key), Part.KEY
        for at, value in enumerate(field.values):
            yield value, ("fields", field.key, "values", at), Part.VALUE
    for code, block in plan.codes:
        yield code, (*block.path, "code"), Part.VALUE


RULE = rule(find)
