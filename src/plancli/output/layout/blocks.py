"""Blocks as lines; tables have their own module."""

from collections.abc import Iterable, Sequence

from plancli.output.layout.page import Page, indented, padded
from plancli.output.layout.table import GAP, table_lines
from plancli.output.report import (
    Block,
    CrossTab,
    Definition,
    DefinitionList,
    Details,
    Examples,
    HtmlComment,
    InlineList,
    Journal,
    Paragraph,
    PlanText,
    Section,
    Sections,
    Style,
    Styled,
    Table,
    TaskList,
    Words,
    on_one_line,
)
from plancli.text import truncate, width
from plancli.text.terminal import painted_width

_INDENT, _SIGNED_INDENT = 2, 4
_LONGEST_NAME = 20
"""Columns of the longest name of a person on a terminal."""

_LEAST = 16
"""The least columns for words beside a label, however narrow the terminal is."""


def _block_lines(block: Block, page: Page) -> list[str]:
    """Return the lines of a block."""
    match block:
        case Table() | CrossTab():
            return table_lines(block, page)
        case Paragraph():
            return _sentence(block, page)
        case InlineList():
            return indented(_pieces(block, page, page.room(page.indent)), 0 if block.flush else page.indent)
        case DefinitionList():
            return _facts(block, page)
        case PlanText():
            return indented(page.lay_out(block.text, block.highlight), page.indent)
        case Examples():
            return _examples(block, page)
        case Section():
            return _section(block, page)
        case Sections():
            return _sections(block, page)
        case Journal():
            return _journal(block, page)
        case Details() | TaskList() | HtmlComment():  # parts of a comment, which is Markdown
            return []


def parts_lines(parts: Iterable[Sequence[Block]], page: Page) -> list[str]:
    """Return the lines of some parts, a blank line between them."""
    lines: list[str] = []
    for part in parts:
        own = [line for block in part for line in _block_lines(block, page)]
        lines += ["", *own] if lines and own else own
    return lines


def _sentence(block: Paragraph, page: Page) -> list[str]:
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


def _pieces(block: InlineList, page: Page, room: int | None, first: int | None = None) -> list[str]:
    """Return items in a row; one that has no room goes to the next line, and is wrapped only if it is wider.

    ``first`` is the room of the first line, if it is another one.
    """
    if not block.items:
        return []
    dot = page.line(" · ")
    lead = page.line(block.lead) if block.lead else ""
    if room is None:
        return [lead + dot.join(map(page.line, block.items))]
    is_below = block.hanging and room - painted_width(lead) >= _LEAST
    hang = " " * (painted_width(lead) if is_below else _INDENT if block.list else 0)
    lines: list[str] = []
    line = lead
    for place, item in enumerate(block.items):
        own = page.line(item)
        end = 2 if block.list and place < len(block.items) - 1 else 0  # for a dot
        free = (room if lines else first or room) - end
        before = "" if line in (lead, hang) else dot
        if painted_width(line + before + own) > free and painted_width(line) > len(hang):
            if before:
                lines.append(line + dot.rstrip() if block.list else line)
            else:
                lines += page.wrap(page.plain(block.lead).rstrip(), room)
            line, before, free = hang, "", room - end
        rest: list[str] = []
        if painted_width(line + own) > free:
            own, *rest = page.wrap(item, max(free - max(painted_width(line + before), len(hang)), 1))
        *whole, line = [line + before + own, *(hang + each for each in rest)]
        lines += whole
    return [*lines, line]


def _facts(block: DefinitionList, page: Page) -> list[str]:
    """Return definitions in columns: label, term, words with a hanging indent."""
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
            lines += _hanging(fact.words, head + (padded(page.line(fact.term), terms + 2) if terms else ""), page)
            before = fact.label
    return indented(lines, page.indent)


def _journal(block: Journal, page: Page) -> list[str]:
    """Return entries: day, name, author and title on a line, the facts below the name."""
    whos = [each.who if page.piped else truncate(each.who, _LONGEST_NAME) for each in block.entries]
    days = max((width(each.day) for each in block.entries), default=0)
    columns = max(map(width, whos), default=0)
    lines: list[str] = []
    for entry, who in zip(block.entries, whos, strict=True):
        head: Words = (Styled(entry.name, Style.CHANGED), f"  {padded(who, columns)}  {entry.title}")
        facts = (
            Definition(padded(entry.day, days, right=True), head),
            *(Definition("", words) for words in entry.lines),
        )
        lines += _facts(DefinitionList((facts,)), page)
    return lines


def _hanging(words: Words | InlineList, head: str, page: Page, beside: int = 0) -> list[str]:
    """Return words after a head, with a hanging indent; the first line leaves some columns free (``beside``).

    What has no room beside the head on a narrow page is below it.
    """
    taken = painted_width(head)
    free = page.room(page.indent + taken + beside)
    if free is not None and free < _LEAST and free < painted_width(page.line(on_one_line(words))):
        below = indented(_wrap(words, page, page.room(page.indent + _INDENT)), _INDENT)
        return [head.rstrip(" "), *below] if head.strip(" ") else below
    first, *rest = _wrap(words, page, page.room(page.indent + taken), free) or [""]
    return [head + first if first else head.rstrip(" "), *indented(rest, taken)]


def _wrap(words: Words | InlineList, page: Page, room: int | None, first: int | None = None) -> list[str]:
    """Return the lines of words; ``first`` is the room of their first line, if it is another one."""
    return _pieces(words, page, room, first) if isinstance(words, InlineList) else page.wrap(words, first or room)


def _examples(block: Examples, page: Page) -> list[str]:
    rows = [row for _heading, rows in block.groups for row in rows if row[1]]
    commands = _INDENT + max((width(page.sanitize(command)) for command, _words in rows), default=0)
    longest = max((width(page.sanitize(words)) for _command, words in rows), default=0)
    column = commands + (2 if page.text_width is not None and commands + 5 + longest > page.text_width else 5)
    lines: list[str] = []
    for heading, examples in block.groups:
        lines.append(page.paint(page.sanitize(heading), Style.HEADING))
        for command, words in examples:
            first, *rest = page.wrap(words, page.room(column, _LEAST))
            lines += [padded(" " * _INDENT + page.sanitize(command), column) + first, *indented(rest, column)]
    return [line.rstrip(" ") for line in lines]


def _sections(block: Sections, page: Page) -> list[str]:
    column = max((painted_width(page.line(each.headline)) for each in block.sections), default=0)
    lines: list[str] = []
    for each in block.sections:
        own = _section(each, page, column)
        lines += ["", *own] if lines else own
    return lines


def _section(block: Section, page: Page, column: int = 0) -> list[str]:
    """Return a headline with its remark at the right end, and the body below it."""
    head = f"{page.line((block.sign,))} " if block.sign else ""
    if block.said:
        headline = page.line(block.headline)
        head += padded(headline, max(column, painted_width(headline)) + GAP)
    remark = page.sanitize(block.remark)
    first, *rest = _hanging(block.said or block.headline, head, page, width(remark) + GAP if remark else 0)
    free = page.room(page.indent + painted_width(first) + width(remark), 0)
    if remark and free is not None and free < GAP:
        rest += indented(page.wrap((Styled(remark, Style.QUIET),), page.room(page.indent + _INDENT)), _INDENT)
    elif remark:
        first += " " * (free or GAP) + page.paint(remark, Style.QUIET)
    indent = _SIGNED_INDENT if block.sign else _INDENT
    with page.inset(indent) as inner:
        body = [line for own in block.body for line in _block_lines(own, inner)]
    return [*indented([first, *rest], page.indent), *indented(body, indent)]
