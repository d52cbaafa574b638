"""No title and no text is blank.

Pass:

    text: Définir la stratégie nationale

Fail:

    text: ""
"""

from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Severity
from plancli.language import _
from plancli.location import Path
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find what should be read and isn't there: titles, texts, reasons, notes."""
    if not plan.title.strip():
        yield _blank(_("the title of the plan is blank"), ("title",))
    for orientation in plan.orientations:
        if not orientation.title.strip():
            yield _blank(_("the title is blank"), (*orientation.path, "title"))
        for measure in orientation.measures:
            if not measure.title.strip():
                yield _blank(_("the title is blank"), (*measure.path, "title"))
            for action in measure.actions:
                if not action.text.strip():
                    yield _blank(_("the text is blank"), (*action.path, "text"))
    for unused in plan.unused_numbers:
        if not unused.reason.strip():
            yield _blank(_("the reason is blank"), (*unused.path, "reason"))
    for note in plan.source_notes:
        if not note.note.strip():
            yield _blank(_("the note is blank"), (*note.path, "note"))


def _blank(message: str, path: Path) -> Finding:
    return Finding("blank-text", message, path, help=_("write it as it was published, under >-"))


RULE = rule(__name__, __doc__, Severity.ERROR, find)
