"""No text holds a line break.

An empty line, a line indented deeper than the first, `|` and `>` without `-` each keep one: every screen shows
it as \\n. A paragraph under `>-` has none, on as many lines as it is written.

Pass:

    text: >-
      Définir la stratégie nationale
      de sortie de crise

Fail:

    text: >-
      Définir la stratégie nationale

      de sortie de crise
"""

import re
from collections.abc import Iterator

from plancli.check.rules.base import each_text, rule
from plancli.diagnostic import Finding, Fixable, Remedy
from plancli.i18n import _
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find texts that are more than a paragraph; blank ones are the matter of blank-text."""
    for text, place, key in each_text(plan):
        if "\n" not in text or text.isspace():
            continue
        whole = text.strip()
        if "\n" in whole:
            sentence = _("a line break stands in the text")
            help = _("make it one paragraph under >-, without empty lines and with all lines indented alike")
        else:
            sentence = _("a line break stands at an end of the text")
            help = _("write >- above it, not > or |")
        path = (*place, key)
        one = re.sub(r"[ \t]*\n[ \t\n]*", " ", whole)
        yield Finding(sentence, path, help=help, fix=Remedy(path, one, is_safe=False))


RULE = rule(find, fixable=Fixable.UNSAFE)
