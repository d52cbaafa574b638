"""No title, text or name is in quotation marks as a whole.

YAML needs no quotation marks around a text, and knows only `"` and `'`, which aren't part of it: the marks of a
word processor (“ ”, « », „ “, ‘ ’) are, and so are straight ones under `>-`. A text that only begins or only ends
with a quotation is fine.

Pass:

    text: Relire le guide « Facile à lire »
    title: "Un plan"

Fail:

    text: “Relire le guide”
"""

from collections.abc import Iterator
from itertools import chain

from plancli.check.rules.base import each_text, rule
from plancli.diagnostic import Finding, Fixable, Remedy
from plancli.i18n import _
from plancli.plan.model import Plan
from plancli.text import truncate

_PAIRS = frozenset(
    ["“”", "«»", "„“", "„”", "‘’", "‚‘", "‚’", "‹›", "»«", "›‹", '""', "''", "””", "’’", "``", "′′", "″″"]
)


def find(plan: Plan) -> Iterator[Finding]:
    """Yield a finding for each text whose first and last characters are a pair of quotation marks."""
    codes = ((code, block.path, "code") for code, block in plan.codes)
    for text, path, key in chain(each_text(plan), codes):
        shown = text.strip()
        if shown[:1] + shown[-1:] in _PAIRS and (inner := _unquote(shown)):
            message = _("the quotation marks {first} {last} around the whole value are part of it")
            yield Finding(
                message.format(first=shown[0], last=shown[-1]),
                (*path, key),
                help=_("write it without them: {text}").format(text=truncate(inner, 50)),
                value=text[:100],
                fix=Remedy((*path, key), inner, is_safe=False),
            )


def _unquote(text: str) -> str:
    """Return what is between the marks that a text begins and ends with; empty if it is two quotations."""
    inner = text[1:-1]
    if text[0] == "'":  # an apostrophe between letters is none
        marks = [place for place, character in enumerate(inner) if character == "'"]
        if any(not (inner[:place][-1:].isalpha() and inner[place + 1 :][:1].isalpha()) for place in marks):
            return ""
    elif text[0] != "‘" and not {text[0], text[-1]}.isdisjoint(inner):
        return ""
    return inner.strip()


RULE = rule(find, fixable=Fixable.UNSAFE)
