"""What a row is that is no action: a total, a note, instructions, the number of a page, the title of a group."""

import re

from plancli.exchange.importer.cells.numbers import is_number_or_code
from plancli.exchange.importer.cells.words import begins_average, begins_total
from plancli.exchange.importer.columns import CLASSIC
from plancli.exchange.importer.columns.vocabulary import ROLES, TEXT, is_group, is_noun, leading_noun, names_a_plan
from plancli.exchange.importer.rows import GroupRef
from plancli.exchange.importer.rows.row import FOOTNOTE, Row
from plancli.text import fold

_INSTRUCTION = re.compile(
    r"champs?\b.*|(?:texte|text|date|nombre|number|num|liste|list|menu|choix|choice)\.?"
    r"(?: (?:libre|free|deroulante?).*)?|en (?:[km]?€|euros?|%|ht|ttc|jours|heures)|ne (?:pas|rien) \w+.*"
    r"|do not .*"
    r"|(?:ex(?:emple)?|e\.?g|for example|i\.?e)\b.*|(?:a |to )?(?:saisir|choisir|selectionner|remplir|renseigner"
    r"|indiquer|preciser|decrire|enter|select|choose|fill|describe|specify|indicate)\b.*"
    r"|(?:obligatoire|facultatif|optionnel|mandatory|required|optional)\b.*|(?:jj|dd|mm)[/-].*"
    r"|free text.*|drop.?down.*"
)
"""What a template writes under its headings, folded."""

_NOTE = re.compile(r"(?:sources?|notes?|nota(?: bene)?|n\.?b\.?|legende|legend|key|attention)(?: \w+)? ?:|\*+ ?\w")
"""How a line that stands alone begins where it is no title of a group, folded."""


def is_total(row: Row) -> bool:
    """Return whether a row begins with the word and names nobody: an action may begin with it too."""
    average = not row.has_text and begins_average(row.first)
    if row.columns.exported or not (average or begins_total(row.first)):
        return False
    roles = {index for name in ("directorates", *ROLES) for index in row.columns.of(name)}
    return not any(column in roles and any(map(str.isalpha, cell)) for column, cell in row.said[1:])


def is_instructions(row: Row) -> bool:
    """Return whether a row says how to fill the columns in, as that under the headings may."""
    if row.columns.exported or row.number != row.columns.last + 1:
        return False
    matching = sum(
        1 for _column, cell in row.said if _INSTRUCTION.fullmatch(" ".join(fold(cell).split()).strip("()[] "))
    )
    return len(row.said) > 2 and matching * 3 >= len(row.said) * 2


def is_note(row: Row) -> bool:
    """Return whether a row is a note, or begins with the mark of a footnote that is after words above it."""
    if not row.is_alone or not row.columns.row:
        return False
    words = row.first.strip()
    mark = FOOTNOTE.match(words)
    marked = mark and mark[0] != words and row.context.footnote_marks.get(mark[0], row.number) < row.number
    return bool(marked or _NOTE.match(fold(row.first)))


def is_struck_through(row: Row) -> bool:
    """Return whether nothing is left of a row's text that was struck through."""
    struck = (row.number - 1, row.columns.first(TEXT)) in row.sheet.struck
    return struck and row.columns.row > 0 and not row.has_text


def names_groups(row: Row) -> bool:
    """Return whether a row names groups alone, in their columns: one with its number, or several."""
    if row.columns.exported or not row.columns.row:
        return False
    of_levels = {each.index for each in row.columns.columns if each.role[:-1] in ("title ", "code ")}
    if not all(column in of_levels for column, _cell in row.said):
        return False
    numbered = re.match(r"[0-9]{1,2}(?:[.-][0-9]{1,2})*[ .):–-]+[^\W\d_]", row.first.strip())
    noun = leading_noun(row.first)
    return not row.is_alone or numbered is not None or noun in map(fold, row.columns.levels)


def section_of(row: Row) -> GroupRef | None:
    """Return the title that is in a row with a number, and nothing else: 1 where the row below is 1.1."""
    if row.columns.levels or row.columns.exported or not row.columns.row:
        return None
    places = [column for column, _cell in row.said]
    column, text = row.columns.first("number"), row.columns.first(TEXT)
    numbered = re.match(r"([0-9]{1,2}(?:[.-][0-9]{1,2})*)\.? +(\S.*)", row.line(" "))
    if not numbered or places not in ([column, text], [text]):
        return None
    below = next((cells for cells in row.sheet.rows[row.number :] if any(each.strip() for each in cells)), ())
    under = below[places[0]].strip() if places[0] < len(below) else ""
    if not re.match(rf"{re.escape(numbered[1])}[.-][0-9]", under):
        return None
    return GroupRef(title=f"{numbered[1]}. {numbered[2]}", column=text, row=row.number)


def is_aside(row: Row) -> bool:
    """Return whether a row has only words under a heading after the texts that aren't written as a title is."""
    column, cell = row.said[0]
    behind = column > row.columns.first(TEXT) and column in row.columns.read and row.columns.row > 0
    titled = leading_noun(cell) or _is_headed(cell) or row.columns.exported or is_page(cell)
    return row.is_alone and behind and not titled


def is_title(row: Row) -> bool:
    """Return whether a row has only a title in it: of a group, or of what isn't known yet."""
    column, cell = row.said[0]
    text = row.columns.first(TEXT)
    level = leading_noun(cell) not in ("", "action", "fiche")
    if not row.is_alone:
        code = re.sub(r"^[^\W\d_]+ ?(?=[\dIVX])", "", cell.strip())
        return len(row.said) == 2 and level and is_number_or_code(code) and column != text
    if column != text or is_page(cell) or row.number in row.context.part_titles:
        return True
    merged = row.sheet.covered.get((row.number - 1, column + 2)) == (row.number - 1, column)
    return level or merged or (_is_headed(cell) and not row.columns.levels and row.columns.row > 0)


def is_first_group(row: Row) -> bool:
    """Return whether a row above the headings is the title of the first group: ``AXE 1 : SE LOGER``."""
    noun = leading_noun(row.first)
    levels = {fold(name) for name in row.columns.levels}
    numbered = re.match(r"([^\W\d_]+(?: [^\W\d_]+)??) +(?:n° ?)?(?:[0-9]{1,2}|[IVX]+)\b(?![-/])", row.first)
    of_plan = noun in levels or levels == {*CLASSIC}
    return is_group(noun) and not of_plan and numbered is not None and is_noun(numbered[1])


def is_first_part(row: Row) -> bool:
    """Return whether a row is the title of a table's first part: the headings come again under other titles."""
    titles = row.context.part_titles
    parts = {title for title in titles.values() if not is_page(title) and not names_a_plan(title)}
    return len(parts) > 1 and titles.get(row.number) in parts


def _is_headed(cell: str) -> bool:
    """Return whether a cell is written as the title of a group: in capitals, or after a number or letter."""
    return cell.isupper() or re.match(r" *(?:[IVX]{1,5}|[A-Z]|[0-9]{1,2}) *[.):–-] *\S", cell) is not None


def is_page(cell: str) -> bool:
    """Return whether a cell is the number of a page: ``3``, ``- 3 -``, ``Page 3/12``."""
    return bool(re.fullmatch(r"(?i)[-–— ]*(?:p(?:age|\.)? *)?[0-9]+(?: *(?:/|sur|of) *[0-9]+)?[-–— ]*", cell))
