"""Markdown: GitHub's and GitLab's tables and lists, whole texts, every value of the plan escaped."""

from collections.abc import Iterable, Iterator
from itertools import chain

from plancli.i18n import _
from plancli.output.layout.table import as_table
from plancli.output.report import (
    Block,
    Cell,
    Column,
    ColumnKind,
    CrossTab,
    DefinitionList,
    Details,
    Examples,
    HtmlComment,
    InlineList,
    Journal,
    JournalEntry,
    NoteKind,
    Paragraph,
    Participants,
    PlanText,
    Report,
    Section,
    Sections,
    Style,
    Table,
    TaskList,
    Words,
    on_one_line,
    spans,
)
from plancli.output.terminal import Terminal
from plancli.text import clauses, escape_control
from plancli.text.markdown import escape, escape_line_start

_TAGS = {
    Style.HEADING: ("**", "**"),
    Style.HIGHLIGHT: ("**", "**"),
    Style.INSERTED: ("<ins>", "</ins>"),
    Style.DELETED: ("<del>", "</del>"),
}


def render(report: Report, terminal: Terminal) -> str:
    """Return a report as a document; hints are for terminals."""
    parts = [_blocks(part) for part in report.parts]
    said = (NoteKind.COUNT, NoteKind.QUESTION)
    notes = [_words(note.words) for note in report.notes if note.kind in said]
    sentences = [_words(note.words) for note in report.notes if note.kind is NoteKind.CORRECTION]
    return "\n\n".join(filter(None, [*parts, " · ".join(notes), " ".join(sentences)])) + "\n"


def _blocks(blocks: Iterable[Block]) -> str:
    return "\n\n".join(filter(None, map(_block, blocks)))


def _block(block: Block) -> str:
    match block:
        case Table() | CrossTab():
            return _table(block)
        case Paragraph():
            return escape_line_start(_words(block.words))
        case InlineList():
            own = _pieces(block)
            return f"### {own.replace('**', '')}" if block.title else escape_line_start(own)
        case DefinitionList():
            return "\n".join(_facts(block))
        case PlanText():
            return text_lines(block.text)
        case Examples():
            return "\n\n".join(_examples(heading, lines) for heading, lines in block.groups)
        case Sections():
            return _blocks(block.sections)
        case Section():
            return _section(block)
        case Journal():
            return "\n\n".join(map(_entry, block.entries))
        case Details() | TaskList() | HtmlComment():
            return _comment_part(block)


def _comment_part(block: Details | TaskList | HtmlComment) -> str:
    if isinstance(block, Details):
        return f"<details><summary>{_words(block.summary)}</summary>\n\n{_blocks(block.body)}\n</details>"
    if isinstance(block, TaskList):
        heading = f"**{_words(block.heading).replace('**', '')}**"
        return "\n".join([heading, *(f"- [ ] {_words(item)}" for item in block.items)])
    text = escape_control(block.text).replace("--", "- -").replace(">", "&gt;")  # nothing ends it early
    return f"<!-- {text} -->"


def _section(section: Section) -> str:
    sign = f"{escape(section.sign.text)} " if section.sign else ""
    headline = f"#### {sign}{_words(section.headline).replace('**', '')}"
    head = " · ".join(filter(None, [headline, _inline(section.said), escape(section.remark)]))
    return "\n\n".join(filter(None, [head, _blocks(section.body)]))


def _entry(entry: JournalEntry) -> str:
    """Return an entry of a journal: a heading, its name and author, and a list of the facts."""
    head = " · ".join([f"#### {escape(entry.day)}", escape(entry.title)])
    by = f"`{entry.name}` · {escape(entry.who)}"
    return "\n\n".join(
        [head, by, "\n".join(f"- {escape_line_start(_words(on_one_line(line)).strip())}" for line in entry.lines)]
    )


def _table(block: Table | CrossTab) -> str:
    table = block if isinstance(block, Table) else as_table(block)
    places = [place for place, column in enumerate(table.columns) if column.kind is not ColumnKind.BAR]
    columns = [table.columns[place] for place in places]
    lines = [_row([escape(column.heading) for column in columns])]
    lines.append(_row(["--:" if column.kind is ColumnKind.NUMBER else "---" for column in columns]))
    lines += [_row([_cell(table.columns[place], row[place]) for place in places]) for row in table.rows]
    if table.total:
        lines.append(_row([_strong(_cell(table.columns[place], table.total[place])) for place in places]))
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _strong(text: str) -> str:
    return f"**{text}**" if text else ""


def _cell(column: Column, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Participants):
        codes = (_strong(escape(" ".join(cell.pilots))), escape(" ".join(cell.associated)))
        return " · ".join(filter(None, codes))
    if isinstance(cell, tuple):
        return escape(" ".join(map(str, cell)))
    return "·" if cell == 0 and column.kind is ColumnKind.NUMBER else escape(str(cell).lstrip(" "))


def _pieces(block: InlineList) -> str:
    lead = _words(block.lead).strip() if block.items else ""
    return f"{lead} " * bool(lead) + " · ".join(map(_words, block.items))


def _inline(words: Words | InlineList) -> str:
    return _pieces(words) if isinstance(words, InlineList) else _words(words)


def _facts(block: DefinitionList) -> Iterator[str]:
    """Yield definitions as items; below a label stand those with a term, and those that repeat it or have none."""
    before = ""
    for fact in chain.from_iterable(block.groups):
        label = f"- **{_words(fact.label).replace('**', '')}**"
        term = _words(fact.term).strip()
        words = _inline(fact.words)
        if not term:
            below = not fact.label or label == before
            yield f"  - {escape_line_start(words)}" if below else f"{label} {words}"
            continue
        if label != before:
            yield label
        before = label
        yield f"  - {_definition(term, words)}"


def _examples(heading: str, lines: Iterable[tuple[str, str]]) -> str:
    listed = (f"- {_definition(f'`{command}`', escape(words))}" for command, words in lines)
    return "\n".join([f"**{escape(heading)}**", "", *listed])


def _definition(term: str, words: str) -> str:
    return _("{term}: {words}").format(term=term, words=words) if words else term


def text_lines(text: str) -> str:
    """Return a text as paragraphs and lists; a dash that marks an item becomes the list's, other marks stay."""
    blocks: list[str] = []
    depth = 0
    for clause in clauses(text):
        words = escape(clause.text)
        mark = clause.mark.removeprefix("-").strip()
        if clause.mark:
            item = (
                f"{'  ' * (clause.depth - 1)}- {escape_line_start(f'{escape(mark)} {words}' if mark else words)}"
            )
            blocks += ["", item] if blocks and not depth else [item]
        else:
            blocks += ["", escape_line_start(words)] if blocks else [escape_line_start(words)]
        depth = clause.depth
    return "\n".join(blocks)


def _words(words: Words) -> str:
    found = []
    last = None
    for text, mark in spans(words):
        before, after = _TAGS.get(mark, ("", "")) if mark else ("", "")
        # Struck out and underlined words that touch are read as one word.
        space = " " if last is Style.DELETED and mark is Style.INSERTED else ""
        found.append(f"{space}{before}{escape(text)}{after}")
        last = mark
    return "".join(found)
