"""No two actions have the same text.

An action that was pasted twice under another number is counted twice, and nobody can say which of the two was
decided. Texts that differ only in capitals, accents, blanks and punctuation are the same.

Pass:

    actions: [{number: 1, text: Suivre la loi}, {number: 2, text: Suivre le plan}]

Fail:

    actions: [{number: 1, text: Suivre la loi}, {number: 2, text: "Suivre la loi."}]
"""

import re
from collections import Counter
from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Label
from plancli.i18n import _
from plancli.plan.model import Action, Plan
from plancli.text import fold

_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
"""Characters of ASCII that are neither letters nor digits."""

_BEGINNING = 40
"""So many letters tell most texts apart."""


def find(plan: Plan) -> Iterator[Finding]:
    """Yield a finding for each action whose text an action before it has."""
    firsts: dict[str, Action] = {}
    for action in _suspects(plan):
        words = " ".join(re.findall(r"[^\W_]+", fold(action.text)))
        first = firsts.setdefault(words, action) if words else action
        if first is not action and first.number != action.number:
            yield Finding(
                _("the same text as action {number}").format(number=first.number),
                (*action.path, "text"),
                detail=_(", on line {line}"),
                label=_("second here"),
                help=_("remove one of the two actions, or say in the text how they differ"),
                related=(Label((*first.path, "text"), _("first here")),),
                value=action.text[:100],
                line_of=(*first.path, "text"),
            )


def _suspects(plan: Plan) -> list[Action]:
    """Return the actions whose text begins with the letters of another one: taking words apart is slow."""
    actions = plan.actions
    beginnings = [_beginning(action.text) for action in actions]
    counts = Counter(beginnings)
    return [action for action, letters in zip(actions, beginnings, strict=True) if counts[letters] > 1]


def _beginning(text: str) -> bytes:
    """Return the first plain letters and digits of a text."""
    letters = _letters(text[: 2 * _BEGINNING])
    return (letters if len(letters) >= _BEGINNING else _letters(text))[:_BEGINNING]


def _letters(text: str) -> bytes:
    return fold(text).encode("ascii", "ignore").translate(None, _MARKS)


RULE = rule(find)
