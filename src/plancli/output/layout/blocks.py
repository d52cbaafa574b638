"""Every other block as lines: sentences, statements in a row, facts, texts, examples, sections, journals."""

from collections.abc import Iterable, Sequence

from plancli.output.layout.crosstab import fitted
from plancli.output.layout.page import Page, indented, padded
from plancli.output.layout.table import table_lines
from plancli.output.report import (
    Block,
    Checklist,
    Cross,
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
    Table,
    Texts,
    WholeText,
    Words,
)
from plancli.text import truncate, width
from plancli.text.style import painted_width

_INDENT, _SIGNED_INDENT = 2, 4
_LONGEST_NAME = 20
"""Columns of the longest name of a person on a terminal."""

_LEAST = 16
"""Columns that words keep beside a label, however narrow the window is."""


def block_lines(block: Block, page: Page, whole: bool) -> list[str]:
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
            return indented(page.lay_out(block.text, block.asked), page.indent)
        case Examples():
            return _examples(block, page)
        case Section():
            return _section(block, page, whole)
        case Sections():
            return _sections(block, page, whole)
        case Journal():
            return _journal(block, page)
        case Folded() | Checklist() | Hidden():  # parts of a comment, which is Markdown
            return []


def _table(block: Table | Cross, page: Page, whole: bool) -> list[str]:
    if isinstance(block, Cross):
        return table_lines(fitted(block, page), page)
    return table_lines(block, page, block.texts is Texts.WHOLE or (whole and block.texts is not Texts.CUT))


def parts_lines(parts: Iterable[Sequence[Block]], page: Page, whole: bool = False) -> list[str]:
    """Set parts, a blank line between them; a part without blocks is one more blank line."""
    lines: list[str] = []
    for part in parts:
        if not part and lines:
            lines.append("")
        own = [line for block in part for line in block_lines(block, page, whole)]
        lines += ["", *own] if lines and own else own
    return lines


def _sentence(block: Sentence, page: Page) -> list[str]:
    indent = 0 if block.flush else page.indent
    room = page.room(indent)
    lines = page.wrap(block.words, room)
    if block.brief and room is not None and len(lines) > 1:
        page.was_cut = True
        lines = [page.cut(page.plain(block.words), room)]
    elif block.hanging and room is not None and len(lines) > 1:
        first, *rest = page.wrap(block.words, max(room - _INDENT, 1))
        lines = [first, *indented(rest, _INDENT)]
    return indented(lines, indent)


def _pieces(block: Pieces, page: Page) -> list[str]:
    """Set statements in a row; one that has no room goes to the next line, and is wrapped where it is wider."""
    dot, room = page.line(" · "), page.room(page.indent)
    lead = page.line(block.lead) if block.lead else ""
    hang = " " * (painted_width(lead) if block.hanging else _INDENT if block.list else 0)
    if room is None:
        return indented([lead + dot.join(map(page.line, block.pieces))], 0 if block.flush else page.indent)
    lines: list[str] = []
    line = lead
    for place, piece in enumerate(block.pieces):
        own = page.line(piece)
        goes_on = block.list and place < len(block.pieces) - 1
        before = "" if line in (lead, hang) else dot
        if painted_width(line + before + own) + (2 if goes_on else 0) > room and line != hang:
            if before:
                lines.append(line + dot.rstrip() if block.list else line)
            else:
                lines += page.wrap(page.plain(block.lead).rstrip(), room)
            line, before = hang, ""
        rest: list[str] = []
        if painted_width(line + own) > room:
            own, *rest = page.wrap(piece, max(room - painted_width(line + before), 1))
        line += before + own
        if rest:
            lines += [line, *rest[:-1]]
            line = rest[-1]
    return indented([*lines, line], 0 if block.flush else page.indent)


def _facts(block: Facts, page: Page) -> list[str]:
    """Set facts in columns: label, term, words; the words hang."""
    facts = [fact for group in block.groups for fact in group]
    labels = max((painted_width(page.line(fact.label)) for fact in facts), default=0) + (3 if block.counts else 2)
    terms = max((painted_width(page.line(fact.term)) for fact in facts), default=0)
    lines: list[str] = []
    for group in block.groups:
        if lines and group:
            lines.append("")
        before: Words = ""
        for fact in group:
            head = padded(page.line(fact.label if fact.label != before else ""), labels)
            lines += _hanging(fact, head + (padded(page.line(fact.term), terms + 2) if terms else ""), page)
            before = fact.label
    return indented(lines, page.indent)


def _journal(block: Journal, page: Page) -> list[str]:
    """Set entries: day, name, who and title on a line, the facts under the name."""
    whos = [each.who if page.piped else truncate(each.who, _LONGEST_NAME) for each in block.entries]
    days = max((width(each.day) for each in block.entries), default=0)
    columns = max(map(width, whos), default=0)
    lines: list[str] = []
    for entry, who in zip(block.entries, whos, strict=True):
        head: Words = (Marked(entry.name, Mark.CHANGED), f"  {padded(who, columns)}  {entry.title}")
        facts = (Fact(padded(entry.day, days, right=True), head), *(Fact("", words) for words in entry.lines))
        lines += _facts(Facts((facts,)), page)
    return lines


def _hanging(fact: Fact, head: str, page: Page) -> list[str]:
    taken = painted_width(head)
    if isinstance(fact.words, Pieces):
        with page.inside(taken) as inner:
            first, *rest = _pieces(fact.words._replace(flush=True), inner)
    else:
        first, *rest = page.wrap(fact.words, page.room(page.indent + taken, _LEAST))
    return [head + first if first else head.rstrip(" "), *indented(rest, taken)]


def _examples(block: Examples, page: Page) -> list[str]:
    rows = [row for _heading, rows in block.groups for row in rows if row[1]]
    commands = _INDENT + max((width(page.show(command)) for command, _words in rows), default=0)
    longest = max((width(page.show(words)) for _command, words in rows), default=0)
    column = commands + (2 if page.measure is not None and commands + 5 + longest > page.measure else 5)
    lines: list[str] = []
    for heading, examples in block.groups:
        lines.append(page.paint(page.show(heading), Mark.HEADING))
        for command, words in examples:
            first, *rest = page.wrap(words, page.room(column, _LEAST))
            lines += [padded(" " * _INDENT + page.show(command), column) + first, *indented(rest, column)]
    return [line.rstrip(" ") for line in lines]


def _sections(block: Sections, page: Page, whole: bool) -> list[str]:
    column = max((painted_width(page.line(each.headline)) for each in block.sections), default=0)
    lines: list[str] = []
    for each in block.sections:
        own = _section(each, page, whole, column)
        lines += ["", *own] if lines else own
    return lines


def _section(block: Section, page: Page, whole: bool, column: int = 0) -> list[str]:
    """Set a head line, its remark at the right end, and its body under it."""
    sign = f"{page.line((block.sign,))} " if block.sign else ""
    headline = page.line(block.headline)
    head = (
        " " * page.indent
        + sign
        + (padded(headline, max(column, painted_width(headline)) + 2) if block.said else headline)
    )
    remark = page.show(block.remark)
    taken = painted_width(head)
    first, *rest = page.wrap(block.said, page.room(taken + (width(remark) + 2 if remark else 0), _LEAST))
    head += first
    if remark:
        space = 2 if page.measure is None else max(page.measure - painted_width(head) - width(remark), 2)
        head += " " * space + page.paint(remark, Mark.QUIET)
    indent = _SIGNED_INDENT if block.sign else _INDENT
    with page.inside(indent) as inner:
        body = [line for own in block.body for line in block_lines(own, inner, whole)]
    return [head, *indented(rest, taken), *indented(body, indent)]
