"""Every other block as lines: sentences, statements in a row, facts, whole texts, examples, sections."""

from collections.abc import Sequence

from plancli.output.layout.crosses import fitted
from plancli.output.layout.lines import Line, Page, length, text_of
from plancli.output.layout.tables import table_lines
from plancli.output.report import (
    Block,
    Checklist,
    Examples,
    Fact,
    Facts,
    Folded,
    Hidden,
    Journal,
    Mark,
    Marked,
    Pieces,
    Section,
    Sections,
    Sentence,
    WholeText,
    Words,
)
from plancli.output.table import Cross, Table, Texts
from plancli.text import truncate, width

_LIST_INDENT = 2
_SIGNED_INDENT = 4
_EXAMPLE_GAP = 5
_LONGEST_NAME = 20
"""Columns of the longest name of a person on a terminal."""


def block_lines(block: Block, page: Page, whole: bool) -> list[Line]:
    """Set one block; ``whole`` is for tables whose texts stand under their rows if they are few."""
    match block:
        case Table() | Cross():
            return _table(block, page, whole)
        case Sentence():
            return _sentence(block, page)
        case Pieces():
            return _pieces(block, page)
        case Facts():
            return _facts(block, page)
        case WholeText():
            room = None if page.measure is None else page.measure - page.indent
            asked = block.asked if page.colour else ()
            return _indented(page.lay_out(block.text, asked, room), page.indent)
        case Examples():
            return _examples(block, page)
        case Section():
            return _section(block, page, whole)
        case Sections():
            return _sections(block, page, whole)
        case Journal():
            return _journal(block, page)
        case Folded() | Checklist():
            return _section(_unfolded(block), page, whole)
        case Hidden():
            return []


def _table(block: Table | Cross, page: Page, whole: bool) -> list[Line]:
    if isinstance(block, Cross):
        return table_lines(fitted(block, page), page)
    return table_lines(block, page, block.texts is Texts.WHOLE or (whole and block.texts is not Texts.CUT))


def _indented(lines: list[Line], columns: int) -> list[Line]:
    return [[(" " * columns, None), *line] if columns and line else line for line in lines]


def _sentence(block: Sentence, page: Page) -> list[Line]:
    indent = 0 if block.flush else page.indent
    if page.measure is None:
        return [page.line(block.words)]
    room = max(page.measure - indent, 1)
    lines = page.wrap(block.words, room)
    if block.brief and len(lines) > 1:
        page.was_cut = True
        lines = [[(page.cut(text_of(page.line(block.words)), room), None)]]
    elif block.hanging and len(lines) > 1:
        first, *rest = page.wrap(block.words, max(room - _LIST_INDENT, 1))
        lines = [first, *_indented(rest, _LIST_INDENT)]
    return _indented(lines, indent)


def _pieces(block: Pieces, page: Page) -> list[Line]:
    """Set statements in a row; a statement that is wider than a line is wrapped."""
    dot = page.show(" · ")
    lines: list[Line] = []
    line = page.line(block.lead) if block.lead else []
    hang = length(line) if block.hanging else _LIST_INDENT if block.list else 0
    room = None if page.measure is None else max(page.measure - page.indent, 1)
    begun = False
    taken = length(line)  # kept along: in a pipe the line has no end
    for place, piece in enumerate(block.pieces):
        own = page.line(piece)
        wide = length(own)
        following = len(dot.rstrip()) if block.list and place < len(block.pieces) - 1 else 0
        if block.lead and not place and room is not None and taken + wide + following > room:
            lines, line = page.wrap(text_of(line).rstrip(), room), [(" " * hang, None)]
            taken = hang
        if begun and room is not None and taken + len(dot) + wide + following > room:
            lines.append([*line, (dot.rstrip(), None)] if block.list else line)
            line, begun, taken = ([(" " * hang, None)] if hang else []), False, hang
        if begun:
            line.append((dot, None))
            taken += len(dot)
        if room is not None and taken + wide > room:
            *before, own = page.wrap(piece, max(room - hang, 1))
            if before:
                lines += [[*line, *before[0]], *before[1:]]
                line, taken = [], 0
            wide = length(own)
        line += own
        taken += wide
        begun = True
    return _indented([*lines, line], 0 if block.flush else page.indent)


def _facts(block: Facts, page: Page) -> list[Line]:
    """Set facts in columns: label, term, words; the words hang."""
    facts = [fact for group in block.groups for fact in group]
    labels = max((length(page.line(fact.label)) for fact in facts), default=0)
    terms = max((length(page.line(fact.term)) for fact in facts), default=0)
    gap = 3 if block.counts else 2
    lines: list[Line] = []
    for group in block.groups:
        if lines and group:
            lines.append([])
        before: Words = ""
        for fact in group:
            head = _padded(page.line(fact.label if fact.label != before else ""), labels + gap)
            if terms:
                head += _padded(page.line(fact.term), terms + 2)
            before = fact.label
            lines += _hanging(fact, head, page)
    return _indented(lines, page.indent)


def _hanging(fact: Fact, head: Line, page: Page) -> list[Line]:
    taken = length(head)
    room = None if page.measure is None else max(page.measure - page.indent - taken, 16)
    if isinstance(fact.words, Pieces):
        first, *rest = _pieces(fact.words._replace(flush=True), page.inside(taken))
    else:
        first, *rest = page.wrap(fact.words, room)
    if not text_of(first):
        head = [(text_of(head).rstrip(" "), None)]
    return [[*head, *first], *_indented(rest, taken)]


def _journal(block: Journal, page: Page) -> list[Line]:
    """Set entries: day, name, who and title on a line, the facts under the name."""
    whos = [each.who if page.piped else truncate(each.who, _LONGEST_NAME) for each in block.entries]
    days = max((width(each.day) for each in block.entries), default=0)
    columns = max(map(width, whos), default=0)
    lines: list[Line] = []
    for entry, who in zip(block.entries, whos, strict=True):
        day = " " * (days - width(entry.day)) + entry.day
        head: Words = (Marked(entry.name, Mark.CHANGED), f"  {who}{' ' * (columns - width(who))}  {entry.title}")
        own = _facts(Facts(((Fact(day, head), *(Fact("", words) for words in entry.lines)),)), page)
        lines += own
    return lines


def _padded(line: Line, columns: int) -> Line:
    return [*line, (" " * (columns - length(line)), None)]


def _examples(block: Examples, page: Page) -> list[Line]:
    explained = [command for _heading, lines in block.groups for command, words in lines if words]
    column = _LIST_INDENT + max((width(page.show(command)) for command in explained), default=0) + _EXAMPLE_GAP
    longest = max(
        (width(page.show(words)) for _heading, lines in block.groups for _command, words in lines), default=0
    )
    if page.measure is not None and column + longest > page.measure:
        column += 2 - _EXAMPLE_GAP
    lines: list[Line] = []
    for heading, examples in block.groups:
        lines.append([(page.show(heading), Mark.HEADING)])
        for command, words in examples:
            lines += _example(command, words, column, page)
    return lines


def _example(command: str, words: str, column: int, page: Page) -> list[Line]:
    head: Line = [(" " * _LIST_INDENT + page.show(command), None)]
    if not words:
        return [head]
    room = None if page.measure is None else max(page.measure - column, 16)
    first, *rest = page.wrap(words, room)
    return [[*_padded(head, column), *first], *_indented(rest, column)]


def _unfolded(block: Folded | Checklist) -> Section:
    if isinstance(block, Folded):
        return Section(block.summary, block.body)
    return Section(block.heading, tuple(map(Sentence, block.items)))


def _sections(block: Sections, page: Page, whole: bool) -> list[Line]:
    headlines = max((length(page.line(each.headline)) for each in block.sections), default=0)
    lines: list[Line] = []
    for each in block.sections:
        own = _section(each, page, whole, headlines)
        lines += [[], *own] if lines else own
    return lines


def _section(block: Section, page: Page, whole: bool, headlines: int = 0) -> list[Line]:
    """Set a head line, its remark at the right end, and its body under it."""
    head: Line = [(" " * page.indent, None)] if page.indent else []
    if block.sign:
        head += [(page.show(block.sign.text), block.sign.mark), (" ", None)]
    headline = page.line(block.headline)
    if block.said:
        headline = _padded(headline, max(headlines, length(headline)) + 2)
    remark = page.show(block.remark)
    taken = length(head) + length(headline)
    room = None if page.measure is None else max(page.measure - taken - (width(remark) + 2 if remark else 0), 16)
    first, *rest = page.wrap(block.said, room)
    head += [*headline, *first]
    if remark:
        space = 2 if page.measure is None else max(page.measure - length(head) - width(remark), 2)
        head += [(" " * space, None), (remark, Mark.QUIET)]
    indent = _SIGNED_INDENT if block.sign else _LIST_INDENT
    lines = [head, *_indented(rest, taken)]
    inner = page.inside(indent)
    for own in block.body:
        lines += _indented(block_lines(own, inner, whole), indent)
    page.was_cut = page.was_cut or inner.was_cut
    page.was_turned = page.was_turned or inner.was_turned
    return lines


def parts_lines(parts: Sequence[Sequence[Block]], page: Page, whole: bool) -> list[Line]:
    """Set parts, a blank line between them; a part that has nothing to show leaves none.

    A part without blocks is one more blank line.
    """
    lines: list[Line] = []
    for part in parts:
        if not part and lines:
            lines.append([])
        own = [line for block in part for line in block_lines(block, page, whole)]
        if own:
            lines += [[], *own] if lines else own
    return lines
