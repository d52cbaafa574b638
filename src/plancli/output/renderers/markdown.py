"""Markdown: GitHub's and GitLab's tables and lists, whole texts, every value of the plan escaped."""

from collections.abc import Iterable, Iterator

from plancli.i18n import _
from plancli.output.layout.crosstab import crossed
from plancli.output.report import (
    Block,
    Cell,
    Checklist,
    Column,
    Cross,
    Examples,
    Fact,
    Facts,
    Folded,
    Hidden,
    Journal,
    JournalEntry,
    Kind,
    Mark,
    Pieces,
    Purpose,
    Report,
    Roles,
    Section,
    Sections,
    Sentence,
    Table,
    WholeText,
    Words,
    stretches,
)
from plancli.output.terminal import Window
from plancli.text import clauses, escape_control
from plancli.text.markdown import escape, escape_line_start

_TAGS = {
    Mark.HEADING: ("**", "**"),
    Mark.ASKED: ("**", "**"),
    Mark.INSERTED: ("<ins>", "</ins>"),
    Mark.DELETED: ("<del>", "</del>"),
}


def answer(report: Report, window: Window) -> str:
    """Give a report as a document, whatever the window; hints are for terminals."""
    parts = [_blocks(part) for part in report.parts]
    said = (Purpose.COUNT, Purpose.QUESTION)
    notes = [_words(note.words) for note in report.notes if note.purpose in said]
    sentences = [_words(note.words) for note in report.notes if note.purpose is Purpose.CORRECTION]
    return "\n\n".join(filter(None, [*parts, " · ".join(notes), " ".join(sentences)])) + "\n"


def _blocks(blocks: Iterable[Block]) -> str:
    return "\n\n".join(filter(None, map(_block, blocks)))


def _block(block: Block) -> str:
    match block:
        case Table() | Cross():
            return _table(block if isinstance(block, Table) else crossed(block))
        case Sentence():
            return escape_line_start(_words(block.words))
        case Pieces():
            own = _pieces(block)
            return f"### {own.replace('**', '')}" if block.title else escape_line_start(own)
        case Facts():
            return "\n".join(_facts([fact for group in block.groups for fact in group]))
        case WholeText():
            return whole(block.text)
        case Examples():
            return "\n\n".join(_examples(heading, lines) for heading, lines in block.groups)
        case Sections():
            return _blocks(block.sections)
        case Section():
            said = f" · {_words(block.said)}" if block.said else ""
            remark = f" · {escape(block.remark)}" if block.remark else ""
            sign = f"{escape(block.sign.text)} " if block.sign else ""
            head = f"#### {sign}{_words(block.headline).replace('**', '')}{said}{remark}"
            return "\n\n".join(filter(None, [head, _blocks(block.body)]))
        case Journal():
            return "\n\n".join(map(_entry, block.entries))
        case Folded() | Checklist():
            return _form(block)
        case Hidden():
            return f"<!-- {_remark(block.text)} -->"


def _entry(entry: JournalEntry) -> str:
    """Return an entry of a journal: a heading, who and which, and a list of the facts."""
    head = " · ".join([f"#### {escape(entry.day)}", escape(entry.title)])
    by = f"`{entry.name}` · {escape(entry.who)}"
    return "\n\n".join(
        [head, by, "\n".join(f"- {escape_line_start(_words(line).strip())}" for line in entry.lines)]
    )


def _form(block: Folded | Checklist) -> str:
    if isinstance(block, Folded):
        return f"<details><summary>{_words(block.summary)}</summary>\n\n{_blocks(block.body)}\n</details>"
    heading = f"**{_words(block.heading).replace('**', '')}**"
    return "\n".join([heading, *(f"- [ ] {_words(item)}" for item in block.items)])


def _remark(text: str) -> str:
    """Write what can't end a comment early."""
    return escape_control(text).replace("--", "- -").replace(">", "&gt;")


def _table(table: Table) -> str:
    places = [place for place, column in enumerate(table.columns) if column.kind is not Kind.BAR]
    columns = [table.columns[place] for place in places]
    lines = [_row([escape(column.heading) for column in columns])]
    lines.append(_row(["--:" if column.kind is Kind.NUMBER else "---" for column in columns]))
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
    if isinstance(cell, Roles):
        codes = (_strong(escape(" ".join(cell.pilots))), escape(" ".join(cell.associated)))
        return " · ".join(filter(None, codes))
    if isinstance(cell, tuple):
        return escape(" ".join(map(str, cell)))
    return "·" if cell == 0 and column.kind is Kind.NUMBER else escape(str(cell))


def _pieces(block: Pieces) -> str:
    lead = _words(block.lead).strip()
    return f"{lead} " * bool(lead) + " · ".join(map(_words, block.pieces))


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    """List facts; those with a term stand under their label, said once; those without a label go on."""
    before = ""
    for fact in facts:
        label = f"- **{_words(fact.label).replace('**', '')}**"
        term = _words(fact.term)
        words = _pieces(fact.words) if isinstance(fact.words, Pieces) else _words(fact.words)
        if not term:
            yield f"{label} {words}" if fact.label else f"  - {escape_line_start(words)}"
            continue
        if label != before:
            yield label
        before = label
        yield f"  - {_said(term, words)}"


def _examples(heading: str, lines: Iterable[tuple[str, str]]) -> str:
    listed = (f"- {_said(f'`{command}`', escape(words))}" for command, words in lines)
    return "\n".join([f"**{escape(heading)}**", "", *listed])


def _said(term: str, words: str) -> str:
    return _("{term}: {words}").format(term=term, words=words) if words else term


def whole(text: str) -> str:
    """Set a text as paragraphs and lists: a dash that marks an item is the list's own, other marks stay."""
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
    for text, mark in stretches(words):
        before, after = _TAGS.get(mark, ("", "")) if mark else ("", "")
        # Struck out and underlined words that touch are read as one word.
        space = " " if last is Mark.DELETED and mark is Mark.INSERTED else ""
        found.append(f"{space}{before}{escape(text)}{after}")
        last = mark
    return "".join(found)
