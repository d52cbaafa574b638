"""Every source note quotes words that are still part of its text.

A note whose `source` is no longer in the text or title that it is about was written of another wording: the text
was corrected or replaced since, and is not as published there. A note on the plan as a whole may quote any text.
An ellipsis stands for words left out; what a note says of another field (`pilots`: the cell as published), or of
an action or the plan without `field` (a comment on a cell, a line below the table), isn't compared.

Pass:

    source_notes: [{action: 1, field: text, source: les préfetures, note: tel que publié}]
    actions: [{number: 1, text: Réunir les préfetures}]

Fail:

    source_notes: [{action: 1, field: text, source: les préfetures, note: tel que publié}]
    actions: [{number: 1, text: Réunir les préfectures}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import beginning, rule
from plancli.diagnostic import Finding
from plancli.i18n import _
from plancli.plan.model import Plan, SourceNote
from plancli.plan.model.quotations import lost_quotations


def find(plan: Plan) -> Iterator[Finding]:
    """Yield a finding for each note whose quotation is gone from its text."""
    for note in lost_quotations(plan):
        yield Finding(
            _message(note),
            (*note.path, "source"),
            help=_("quote the words as they are now, remove the note, or put the published text back"),
            value=str(note.source)[:100],
        )


def _message(note: SourceNote) -> str:
    words = beginning(str(note.source), 40)
    if note.action is not None:
        sentence = _("{words} is no longer in the text of action {number}")
        return sentence.format(words=words, number=note.action)
    if note.measure is not None:
        sentence = _("{words} is no longer in the title of measure {number}")
        return sentence.format(words=words, number=note.measure)
    if note.orientation is not None:
        sentence = _("{words} is no longer in the title of orientation {number}")
        return sentence.format(words=words, number=note.orientation)
    return _("{words} is no longer in any text of the plan").format(words=words)


RULE = rule(find, needs_complete_plan=True, requires=["source_notes"])
