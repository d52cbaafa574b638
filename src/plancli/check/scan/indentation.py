"""Lines that begin at another column than those they belong with."""

from plancli.check.scan.lines import Line, Lines
from plancli.i18n import N_, _
from plancli.plan.document import Document, Fault
from plancli.plan.model import shape

_WRONG = {
    "action": N_("an action stands at the wrong depth"),
    "measure": N_("a measure stands at the wrong depth"),
    "orientation": N_("an orientation stands at the wrong depth"),
}


def find_misindented(document: Document, lines: Lines, fault: Fault) -> tuple[Line, str, str] | None:
    """Give the first line near a fault whose key stands at another column than usual, what to say, what to do."""
    last = lines.number(fault.offset)
    heads = [line for line in lines.before(last) if line.dash >= 0][:2]
    since = lines.number(fault.context_offset) if fault.context_offset is not None else last
    for head in reversed(heads):
        if head.number < since and head is not heads[0]:
            continue
        found = _first_odd(lines, head, last)
        if found:
            return found
    return None


def _first_odd(lines: Lines, head: Line, last: int) -> tuple[Line, str, str] | None:
    kind = lines.kind(head)
    column = lines.columns.get(kind)
    if column is None:
        return None
    if head.key in shape.KEYS and head.column != column:
        dash = column - (head.column - head.dash)
        hint = _("begin its dash at column {column}, as the others").format(column=dash + 1)
        return head, _(_WRONG[kind]), hint
    for number in range(head.number + 1, min(last + 1, lines.tail(head))):
        line = lines.keys.get(number)
        if line and line.key in shape.KEYS and line.column != column:
            message = _("{key} is not indented as the keys around it").format(key=line.key)
            hint = _("begin it at column {column}").format(column=column + 1)
            return line, message, hint
    return None
