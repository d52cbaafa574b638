"""Syntax errors by the names people have for them, placed where they were made."""

import re
from typing import NamedTuple

from plancli.check.scan import libyaml, syntax_fixes
from plancli.check.scan.characters import invisible_in, without_invisible
from plancli.check.scan.lines import Line, Lines
from plancli.check.scan.lost_lines import missing_line
from plancli.check.scan.odd_spaces import find_odd_space, has_odd_spaces
from plancli.diagnostic import Finding, Fix, Label
from plancli.i18n import N_, _
from plancli.plan.document import YamlError
from plancli.plan.model import shape
from plancli.plan.model.shape import Holds
from plancli.text import closest


class SyntaxFinding(NamedTuple):
    """A syntax error, and the line it was made in.

    ``structural``: whole lines are out of place; ``fixed``: the text without the error, where only it changes;
    ``key``: a key that has its place, and no colon.
    """

    finding: Finding
    line: int
    structural: bool = False
    fixed: str | None = None
    key: Line | None = None


def _finding(
    lines: Lines,
    rule: str,
    start: int,
    end: int,
    message: str,
    hint: str,
    related: tuple[Label, ...] = (),
    structural: bool = False,
    fixed: str | None = None,
    fix: Fix | None = None,
) -> SyntaxFinding:
    """Return the finding for what is between two offsets; ``fix`` makes the ``fixed`` text of it."""
    span = lines.span(start, end)
    value = lines.document.text[start:end][:100]
    if fixed is not None and fix is None:
        fix = syntax_fixes.differences(lines, 0, fixed)
    finding = Finding(message, span=span, help=hint, related=related, value=value, rule=rule, fix=fix)
    return SyntaxFinding(finding, lines.number(start), structural, fixed)


def _find_odd_space(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a no-break space that stands as indentation, after a dash or after a colon."""
    if not has_odd_spaces(lines.text):
        return None
    starts = [error.offset, error.context_offset or error.offset]
    if lines.document.nodes:
        starts.append(lines.document.nodes[-1].start)
    last = lines.number(error.offset)
    for number in range(max(lines.number(min(starts)) - 1, 0), last + 1):
        if found := find_odd_space(lines, number):
            return SyntaxFinding(found.finding, number, fixed=lines.with_lines(found.fixed))
    return None


def _match_near(lines: Lines, error: YamlError, pattern: re.Pattern[str]) -> tuple[int, re.Match[str]] | None:
    """Return the line in which an error was made, if it begins with a pattern, and the match.

    It is that of the error, or one which libyaml took for a text: it stumbles over what that seems to go on with.
    Inside brackets and quotes there is none: lines mean nothing there.
    """
    if _is_inside(error):
        return None
    last = lines.number(error.offset)
    begun = None if error.context_offset is None else lines.number(error.context_offset)
    for number in (last, lines.above(last), begun):
        match = None if number is None else pattern.match(lines.lines[number])
        if number is not None and match and not lines.is_in_text(lines.offset(number)):
            return number, match
    return None


_BULLET = re.compile(r" *([\u2010-\u2015\u2212\u2022\u2023\u25aa\u25cf\u25e6\u00b7*+]) +(\w+) *:")


def _find_typographic_dash(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a bullet or a longer dash, as word processors write it, before a key."""
    found = _match_near(lines, error, _BULLET)
    if found is None or found[1][2] not in shape.KEYS:
        return None
    number, match = found
    start = lines.offset(number, match.start(1))
    fixed = f"{lines.text[:start]}-{lines.text[start + 1 :]}"
    message = _("{sign} is not the dash that begins a list").format(sign=match[1])
    hint = _("write a hyphen: - {key}:").format(key=match[2])
    return _finding(lines, "yaml-syntax", start, start + 1, message, hint, fixed=fixed)


def _find_needless_dash(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a dash before a key among keys that have none; it is taken out, and the key is in its place."""
    number = lines.number(error.offset)
    line = lines.lines[number]
    match = re.match(r"( *)(- +)(?!number\b)[^\s:]+ *:(?=\s|$)", line)
    if not match or error.problem != libyaml.NO_KEY or error.offset != lines.offset(number, match.start(2)):
        return None
    here = lines.keys.get(number)
    if here and any(other.dash >= 0 and other.key == here.key for other in lines.keys.values() if other != here):
        return None  # other blocks begin so: this one is at the wrong column
    start, end = lines.offset(number), lines.offset(number) + len(line)
    rest = match[1] + line[match.end(2) :] + " " * len(match[2])
    message = _("a dash begins a list, and the keys around this one have none")
    return _finding(
        lines,
        "yaml-syntax",
        error.offset,
        error.offset + 1,
        message,
        _("remove the dash"),
        fixed=lines.text[:start] + rest + lines.text[end:],
        fix=syntax_fixes.replace(lines, error.offset, lines.offset(number, match.end(2)), ""),
    )


def _find_missing_dash(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find the first block of a list that has no dash, where the second one has."""
    head = lines.keys.get(lines.number(error.offset))
    if error.problem != libyaml.NO_KEY or head is None or head.dash < 0:
        return None
    for line in lines.before(head.number - 1):
        if line.column < head.column:
            return None
        if line.key == head.key and line.column == head.column:
            break
    else:
        return None
    start = lines.offset(line.number, line.column)
    if line.dash >= 0 or lines.text[start - 2 : start] != "  ":
        return None
    message, hint = _("a dash is missing before {key}"), _("write - {key}:")
    return _finding(
        lines,
        "wrong-indentation",
        start,
        start + len(line.key),
        message.format(key=line.key),
        hint.format(key=line.key),
        fixed=f"{lines.text[: start - 2]}- {lines.text[start:]}",
    )


_ENTRY = shape.KNOWN["entry"]
"""The keys of an entry of ``progress``, which are further right than those of its action."""

_WRONG = {
    "action": N_("an action stands at the wrong depth"),
    "measure": N_("a measure stands at the wrong depth"),
    "orientation": N_("an orientation stands at the wrong depth"),
}


class _Misindented(NamedTuple):
    """A line whose key is at another column than the same keys elsewhere, with message and hint."""

    line: Line
    column: int
    message: str
    hint: str


def _misindented(lines: Lines, error: YamlError) -> _Misindented | None:
    """Return the first line near an error whose key is at an unusual column."""
    last = lines.number(error.offset)
    heads = [line for line in lines.before(last) if line.dash >= 0 and line.key not in _ENTRY][:2]
    since = lines.number(error.context_offset) if error.context_offset is not None else last
    for head in reversed(heads):
        if head.number < since and head is not heads[0]:
            continue
        found = _first_odd(lines, head, last)
        if found:
            return found
    return None


def _odd_key(lines: Lines, error: YamlError) -> _Misindented | None:
    """Return the line of an error, or the one above it, if its key fits at one column only and isn't there."""
    last = lines.number(error.offset)
    for line in filter(None, map(lines.keys.get, (last - 1, last))):
        if (column := lines.right_column(line)) is not None:
            return _misplaced(line, column)
    return None


def _misplaced(line: Line, column: int) -> _Misindented:
    message = _("{key} is not indented as the keys around it").format(key=line.key)
    return _Misindented(line, column, message, _("begin it at column {column}").format(column=column + 1))


def _first_odd(lines: Lines, head: Line, last: int) -> _Misindented | None:
    kind = lines.kind(head)
    column = lines.usual_column(head)
    if column is None:
        return None
    if head.key in shape.KEYS and head.column != column:
        dash = column - (head.column - head.dash)
        hint = _("begin its dash at column {column}, as the others").format(column=dash + 1)
        return _Misindented(head, column, _(_WRONG[kind]), hint)
    for number in range(head.number + 1, min(last + 1, lines.block_end(head))):
        line = lines.keys.get(number)
        if line and line.key in shape.KEYS and line.key not in _ENTRY and line.column != column:
            return _misplaced(line, column)
    return None


def diagnose(lines: Lines, error: YamlError) -> SyntaxFinding:
    """Return the finding of what stopped libyaml."""
    for find in _DIAGNOSES:
        if found := find(lines, error):
            return found
    return _other(lines, error)


def _find_tab(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a tab where YAML wants spaces."""
    number = lines.number(error.offset)
    line = lines.lines[number]
    margin = re.match(r"[ \t-]*", line)
    place = line.find("\t", 0, margin.end() if margin else 0)
    at_fault = lines.text[error.offset : error.offset + 1] == "\t"
    if place < 0 and not at_fault:
        return None
    start = lines.offset(number, place) if place >= 0 else error.offset
    end = start + len(lines.text[start:]) - len(lines.text[start:].lstrip("\t"))
    message = _("tab in indentation: YAML needs spaces")
    hint = _("indent with spaces, two a level")
    fix = syntax_fixes.expand_tabs(lines) or (syntax_fixes.expand_tab(lines, number) if place >= 0 else None)
    return _finding(lines, "tab-indentation", start, end, message, hint, structural=True, fix=fix)


def _find_quote(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a quote that is never closed, or one that was closed too early."""
    if libyaml.IN_QUOTES in error.context and error.context_offset is not None:
        if libyaml.END_OF_FILE in error.problem or libyaml.DOCUMENT_MARK in error.problem:
            return _unclosed(lines, error.context_offset)
        return None
    text = lines.text
    before = text[: error.offset].rstrip()
    if not before.endswith(("'", '"')) or not lines.document.nodes:
        return None
    start, end = lines.document.nodes[-1].start, lines.document.nodes[-1].end
    quote = text[start : start + 1]
    if quote not in ("'", '"') or end != len(before):
        return None
    if error.problem.startswith(libyaml.COLON) or end - start < 2:
        return None
    first, last = lines.number(start), lines.number(end)
    if any(number in lines.keys and lines.keys[number].key in shape.KEYS for number in range(first + 1, last + 1)):
        return _unclosed(lines, start)
    if lines.number(error.offset) != last:
        return None
    opening = Label((), _("the quote opens here"), span=lines.span(start, start + 1))
    twice = "''" if quote == "'" else '\\"'
    message = _("the quote closes here, and the text goes on")
    hint = _("write {twice} for a quote inside the text, or put the whole text under >-").format(twice=twice)
    fix = syntax_fixes.lay_out_text(lines, first, syntax_fixes.without_quotes)
    return _finding(lines, "text-after-quote", end - 1, end, message, hint, related=(opening,), fix=fix)


def _unclosed(lines: Lines, start: int) -> SyntaxFinding:
    message = _("this quote is never closed")
    hint = _("close it, or put the text under >- without quotes")
    fix = syntax_fixes.lay_out_text(lines, lines.number(start), syntax_fixes.without_opening)
    return _finding(lines, "unclosed-quote", start, start + 1, message, hint, fix=fix)


_PREAMBLE = ("#", "---")
"""What lines begin with that may be above the first key."""


def _find_disguised_key(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a key that holds a character that can't be seen, as the mark of a file that was pasted into another."""
    number = lines.number(error.offset)
    found = re.match(r" *(?:- +)*([^\s:]+) *:(?=\s|$)", lines.lines[number])
    unseen = invisible_in(found[1]) if found else ""
    if not found or not unseen:
        return None
    key = without_invisible(found[1])
    start, end = lines.offset(number, found.start(1)), lines.offset(number, found.end(1))
    last = lines.offset(number) + len(lines.lines[number])
    blanks = " " * (end - start - len(key))
    return _finding(
        lines,
        "yaml-syntax",
        start,
        end,
        _("the key {key} holds {characters}").format(key=key, characters=unseen),
        _("write the key again: {characters} can't be told by eye").format(characters=unseen),
        fixed=f"{lines.text[:start]}{key}{lines.text[end:last]}{blanks}{lines.text[last:]}",
        fix=syntax_fixes.replace(lines, start, end, key),
    )


def _line_above_key(lines: Lines, error: YamlError) -> int | None:
    """Return the line with text above the key at which an error is: the key was read as its continuation."""
    number = lines.number(error.offset)
    return lines.above(number) if error.problem.startswith(libyaml.COLON) and number in lines.keys else None


_TIGHT_DASH = re.compile(r"( *)-(\w+):")


def _find_tight_dash(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a dash that touches its key."""
    found = _match_near(lines, error, _TIGHT_DASH)
    if found is None or found[1][2] not in shape.KEYS:
        return None
    number, match = found
    start, end = lines.offset(number, match.end(1)), lines.offset(number, match.start(2))
    message, hint = _("a space is missing after the dash"), _("write - number:")
    fix = syntax_fixes.replace(lines, end, end, " ")
    return _finding(lines, "yaml-syntax", start, end, message, hint, structural=True, fix=fix)


def _is_inside(error: YamlError) -> bool:
    """Return whether an error is inside brackets or quotes, where columns mean nothing."""
    return "flow" in error.context or "quoted" in error.context


def _find_wrong_column(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a line that begins further left or right than those it belongs with."""
    if _is_inside(error):
        return None
    found = _misindented(lines, error) or _odd_key(lines, error)
    if found is None or lines.is_in_text(lines.offset(found.line.number)):
        return None
    line = found.line
    text = lines.lines[line.number]
    start = lines.offset(line.number, len(text) - len(text.lstrip()))
    end = lines.offset(line.number, text.index(line.key) + len(line.key))
    fix = syntax_fixes.move_key(lines, line, found.column)
    return _finding(lines, "wrong-indentation", start, end, found.message, found.hint, structural=True, fix=fix)


def _find_missing_colon_above(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a key without its colon: libyaml takes what stands below it for a part of its text."""
    if not error.problem.startswith(libyaml.COLON):
        return None
    last = lines.number(error.offset)
    first = next((line.number for line in lines.before(last - 1)), 0)
    below = lines.keys.get(last)
    for number in range(last - 1, first - 1, -1):
        found = _unfinished_key(lines, number)
        if found and ((below and below.column == found.start("key")) or _is_among_keys(lines, number, found)):
            end = lines.offset(number, found.end("key"))
            return _missing_colon(lines, number, end, found, is_certain=True)
    return None


def _find_stray_item(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find an item of a list that is further left than its key, so that the next key is read as its text."""
    before = _line_above_key(lines, error)
    item = re.match(r" *- +\S", lines.lines[before]) if before is not None else None
    if before is None or before in lines.keys or not item:
        return None
    start = lines.offset(before, item.end() - 1)
    message = _("this item stands further left than the key of its list")
    hint = _("indent it, or write the list in brackets after its key")
    return _finding(lines, "wrong-indentation", start, start + 1, message, hint)


def _find_stray_line(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a line of a text that stands too far left, so that the key after it is read as its continuation."""
    before = _line_above_key(lines, error)
    if before is None or before in lines.keys:
        return None
    after = lines.keys[lines.number(error.offset)]
    if after.dash >= 0 or error.offset != lines.offset(after.number, after.column + len(after.key)):
        return None
    written = (n for n in range(before) if lines.lines[n].strip() and not lines.lines[n].startswith(_PREAMBLE))
    first = next(written, before)
    if lines.indent(first) and not any(line.key == "title" and line.column == 0 for line in lines.keys.values()):
        span = lines.span(
            lines.offset(first, lines.indent(first)), lines.offset(first, len(lines.lines[first].rstrip()))
        )
        return SyntaxFinding(missing_line("title", span), before)
    start = lines.offset(before, lines.indent(before))
    message, hint = _stray_line()
    return _finding(lines, "yaml-syntax", start, start + 1, message, hint)


def _find_colon(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find `` : `` in a sentence without quotes."""
    if not error.problem.startswith(libyaml.COLON):
        return None
    start = error.offset
    message = _("a colon and a space end a key: this text needs >- or quotes")
    hint = _("put the text on its own lines under >-")
    fix = syntax_fixes.lay_out_text(lines, lines.number(start), syntax_fixes.as_it_stands)
    return _finding(lines, "colon-in-text", start, start + 1, message, hint, fix=fix)


def _find_comment(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find `` #`` in a sentence without quotes that goes on in the line of an error."""
    number = lines.number(error.offset) - 1
    before = lines.keys.get(number)
    cut = lines.lines[number].find(" #") if before else -1
    if error.problem != libyaml.NO_KEY or before is None or cut <= before.column:
        return None
    start, end = lines.offset(number, cut + 1), lines.offset(number, len(lines.lines[number]))
    message = _("a space and a # end the text: the rest of the line is a comment to YAML")
    hint = _("put the text on its own lines under >-")
    return _finding(lines, "comment-in-text", start, end, message, hint)


def _opening(lines: Lines, error: YamlError) -> int | None:
    """Return where the brackets were opened inside which an error is."""
    opening = error.context_offset
    if "flow" not in error.context or opening is None:
        return None
    if lines.text[opening : opening + 1] in ("[", "{"):
        return opening
    # at the end of a file libyaml is one too far
    return max(lines.text.rfind("[", 0, opening), lines.text.rfind("{", 0, opening), 0)


def _find_comma(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a comma that is missing, or has nothing before it, in brackets that are closed on their line."""
    opening, start = _opening(lines, error), error.offset
    if opening is None or lines.number(opening) != lines.number(start):
        return None
    if "]" not in lines.lines[lines.number(opening)][lines.column(opening) :]:
        return None
    if lines.text[start : start + 1] == ",":
        fixed = f"{lines.text[:start]} {lines.text[start + 1 :]}"
        fix = syntax_fixes.replace(lines, start, start + 1, "")
        message, hint = _("this comma has nothing before it"), _("remove it")
        return _finding(lines, "yaml-syntax", start, start + 1, message, hint, fixed=fixed, fix=fix)
    before = len(lines.text[:start].rstrip())
    is_quoted = lines.text[before - 1] in "\"'"
    return _finding(
        lines,
        "yaml-syntax",
        start,
        min(start + 1, len(lines.text)),
        _("a comma is missing before this"),
        _("write a comma between entries, and put texts with special characters in quotes"),
        fix=syntax_fixes.replace(lines, before, before, ",") if is_quoted else None,
    )


def _find_open_bracket(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a bracket that is never closed."""
    opening = _opening(lines, error)
    if opening is None:
        return None
    closed = "]" if lines.text[opening] == "[" else "}"
    message = _("this bracket is never closed")
    hint = _("close it: {bracket}").format(bracket=closed)
    fix = syntax_fixes.close_bracket(lines, opening, closed) if closed == "]" else None
    return _finding(lines, "unclosed-bracket", opening, opening + 1, message, hint, fix=fix)


def _find_stray_bracket(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a bracket that nothing opened."""
    start = error.offset
    if lines.text[start : start + 1] not in ("]", "}"):
        return None
    message, hint = _("this bracket closes nothing"), _("remove it")
    is_alone = lines.text[:start].rstrip(" ").endswith(":")  # without it, its key would be empty
    fix = None if is_alone else syntax_fixes.replace(lines, start, start + 1, "")
    return _finding(lines, "yaml-syntax", start, start + 1, message, hint, fix=fix)


_HOLD_LINES = "|".join(
    sorted(shape.names_of(Holds.BLOCK, Holds.BLOCKS, Holds.REGISTER, Holds.TEXTS, Holds.VALUES))
)
_VALUE_OF_LINES = re.compile(rf" *(?:- +)*(?P<key>{_HOLD_LINES}) *: *(?P<value>[^\s#].*)")


def _find_value_of_lines(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find what is written after a key whose blocks or entries are on the lines under it."""
    found = _match_near(lines, error, _VALUE_OF_LINES)
    if found is None:
        return None
    number, match = found
    below = lines.keys.get(number + 1)
    if below is None or below.column <= lines.indent(number):
        return None
    start, end = lines.offset(number, match.start("value")), lines.offset(number, match.end())
    fixed = lines.text[:start] + " " * (end - start) + lines.text[end:]
    message = _("nothing may stand after {key}, whose values are on the lines under it").format(
        key=f"{match['key']}:"
    )
    return _finding(lines, "yaml-syntax", start, end, message, _("remove it"))._replace(fixed=fixed)


_TIGHT_COLON = re.compile(r" *(?:- +)*([^\s:]+)( *:)\S")


def _find_tight_colon(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a key without the space after its colon."""
    found = _match_near(lines, error, _TIGHT_COLON)
    if found is None:
        return None
    number, match = found
    if match[1] not in shape.KEYS and not _is_listed(lines, number):
        return None
    start = lines.offset(number, match.start(1))
    message, hint = _("a space is missing after {key}:").format(key=match[1]), _("write a space after the colon")
    fix = syntax_fixes.replace(
        lines, lines.offset(number, match.start(2)), lines.offset(number, match.end(2)), ": "
    )
    return _finding(lines, "yaml-syntax", start, _end(lines, start), message, hint, structural=True, fix=fix)


def _find_missing_colon(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a key without its colon, or a line of words that is no key."""
    start = error.context_offset
    if not error.problem.startswith(libyaml.NO_COLON) or start is None:
        return None
    number = lines.number(start)
    found = _unfinished_key(lines, number)
    if found:
        is_certain = _is_among_keys(lines, number, found) or _is_listed(lines, number)
        return _missing_colon(lines, number, _end(lines, start), found, is_certain)
    message, hint = _stray_line()
    return _finding(lines, "yaml-syntax", start, _end(lines, start), message, hint, structural=True)


_UNFINISHED = re.compile(r" *(?:- +)*(?P<key>[^\s:;]+)(?=[\s;]|$)(?! *:)(?P<sign> *;)?(?P<rest>.*)")


def _unfinished_key(lines: Lines, number: int) -> re.Match[str] | None:
    """Return the key that begins a line and has no colon after it, with the semicolon in its place if any."""
    found = _UNFINISHED.match(lines.lines[number])
    if not found or found["key"] in shape.KEYS:
        return found
    is_alone = found["sign"] or not found["rest"]
    return found if is_alone and re.fullmatch(r"[\w-]+", found["key"]) and _is_listed(lines, number) else None


def _is_among_keys(lines: Lines, number: int, found: re.Match[str]) -> bool:
    """Return whether a key of a line begins where the one above does, or under that, or is one of the plan."""
    if not found.start("key") and found["key"] in shape.KNOWN["plan"]:
        return True
    above = next(lines.before(number - 1), None)
    if above is None:
        return False
    return above.column == found.start("key") or lines.lines[above.number].rstrip().endswith(":")


def _missing_colon(lines: Lines, number: int, end: int, found: re.Match[str], is_certain: bool) -> SyntaxFinding:
    """Return the finding of a key without its colon; ``is_certain``: it is one, and belongs where it stands."""
    start, column = lines.offset(number, found.start("key")), found.start("key")
    message = _("a colon is missing after {key}").format(key=found["key"])
    hint = _("write {key}: and its value").format(key=found["key"])
    colon = ": " if found["sign"] and found["rest"].strip() and found["rest"][0] != " " else ":"
    edit = lines.offset(number, found.end("key")), lines.offset(number, found.start("rest"))
    fix = syntax_fixes.replace(lines, *edit, colon) if is_certain else None
    named = _finding(lines, "yaml-syntax", start, end, message, hint, structural=True, fix=fix)
    is_value = is_certain and found["rest"].strip() and lines.indent(number) == column
    return named._replace(key=Line(number, -1, column, found["key"])) if is_value else named


def _is_listed(lines: Lines, number: int) -> bool:
    """Return whether a line is in the register or the glossary, where any key is allowed."""
    top = lines.top(number)
    return top is not None and top.key in shape.MAPPINGS


_SECOND_KEY = re.compile(r" *[,;]? *(?P<key>\w+) *:(?=\s|$)")
_SECOND_VALUE = rf"{_SECOND_KEY.pattern} *(?:\[[^][#]*\]|\"[^\"\\#]*\"|[\w-]+)"


def _find_second_key(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a key on the line of another one, after the brackets of that."""
    number = lines.number(error.offset)
    column = lines.column(error.offset)
    line = lines.keys.get(number)
    found = _SECOND_KEY.match(lines.lines[number], column)
    if line is None or found is None or not (found["key"] in shape.KEYS or closest(found["key"], shape.KEYS)):
        return None
    before = lines.lines[number][:column].rstrip()
    if not before.endswith(("]", "}")) or line.key in shape.PROSE or _is_listed(lines, number):
        return None
    start, end = lines.offset(number, found.start("key")), lines.offset(number, found.end("key"))
    message = _("{key} stands on the line of another key").format(key=found["key"])
    hint = _("begin a line with {key}").format(key=found["key"])
    fix = _split_keys(lines, line, len(before))
    return _finding(lines, "yaml-syntax", start, end, message, hint, fix=fix)


def _split_keys(lines: Lines, line: Line, column: int) -> Fix | None:
    """Return the fix that begins a line with each key of a line from a column on, all of which its block lacks."""
    rest = lines.lines[line.number][column:]
    found = list(re.finditer(_SECOND_VALUE, rest))
    keys = {each["key"] for each in found}
    if (
        "".join(each[0] for each in found) != rest.rstrip()
        or len(keys) < len(found)
        or not keys <= _missing_keys(lines, line)
    ):
        return None
    start, margin = lines.offset(line.number, column), "\n" + " " * line.column
    edits = (lines.edit(start + each.start(), start + each.start("key"), margin) for each in found)
    return Fix(tuple(edits), is_safe=True)


def _missing_keys(lines: Lines, line: Line) -> frozenset[str]:
    """Return the keys that the block of a line may have and has on no line; none where the block isn't known."""
    if not line.column:
        return shape.KNOWN["plan"] - {other.key for other in lines.keys.values() if not other.column}
    head = lines.block_start(line.number)
    kind = lines.kind(head) if head and head.column == line.column else ""
    if head is None or not kind:
        return frozenset()
    own = (lines.keys.get(number) for number in range(head.number, lines.block_end(head) + 1))
    return shape.KNOWN[kind] - {other.key for other in own if other and other.column == line.column}


def _other(lines: Lines, error: YamlError) -> SyntaxFinding:
    """Return the finding of any other error."""
    start = error.offset
    message = hint = ""
    words = syntax_fixes.as_it_stands
    if "anchor" in error.context or "alias" in error.context or error.problem.startswith(libyaml.CHARACTER):
        if error.context_offset is not None and "token" not in error.context:
            start = error.context_offset
        message = _no_beginning(lines, start)
    elif libyaml.IN_BLOCK_SCALAR in error.context:
        message = _("nothing may stand here: the text begins on the next line")
        hint = _("write >- alone, and the text indented under it")
        words = syntax_fixes.without_mark
    elif "escape" in error.problem or "hexdecimal" in error.problem:
        message = _("this escape has no meaning between double quotes")
        hint = _("write two backslashes for one, or put the text under >- without quotes")
    elif error.problem.startswith((libyaml.DASH, libyaml.QUESTION_MARK, libyaml.NO_NODE)):
        message = _no_beginning(lines, start)
    elif lines.text[:start].rstrip(" ").endswith(("]", "}")):
        message = _("a list in brackets ends before this: a text that begins with a bracket needs >- or quotes")
    elif libyaml.NO_DOCUMENT in error.problem:
        start, message, hint = _no_document(lines, start)
    elif error.problem == libyaml.NO_KEY:
        message, hint = _no_key(lines, start)
    fix = syntax_fixes.lay_out_text(lines, lines.number(start), words) if message else None
    message = message or _("this isn't valid YAML")
    hint = hint or _("put a text on its own lines under >-, or remove this")
    return _finding(lines, "yaml-syntax", start, _end(lines, start), message, hint, fix=fix)


def _end(lines: Lines, start: int) -> int:
    """Return where the character at an offset ends: there, where the line does."""
    return start + (lines.text[start : start + 1] not in ("", "\r", "\n"))


def _no_beginning(lines: Lines, start: int) -> str:
    sign = lines.text[start : start + 1]
    return _("a text without quotes can't begin with {sign}").format(sign=sign)


def _no_key(lines: Lines, start: int) -> tuple[str, str]:
    """Return why a line can't be among the keys of a block, and a hint."""
    number = lines.number(start)
    match = re.match(r" *([^\s:-][^\s:]*) *:(?=\s|$)", lines.lines[number])
    if match:
        return _("{key} is not indented as the keys around it").format(key=match[1]), _(
            "begin it where they begin"
        )
    if lines.column(start) and not lines.text.startswith("-", start):
        return _stray_line()
    return _("a key is expected here"), ""


def _no_document(lines: Lines, start: int) -> tuple[int, str, str]:
    """Return what ended the plan before it began, or in its middle: place, message, hint."""
    if re.search(r"^\.\.\.", lines.text[:start], re.MULTILINE):
        return start, _("the plan ended above, at ..."), _("take out the line with ...")
    first = lines.document.nodes[0].start if lines.document.nodes else start
    return first, _("this line is no key: it ends the plan before it begins"), _("remove it")


def _stray_line() -> tuple[str, str]:
    message = _("this line is no key, and not indented enough to belong to the text above")
    return message, _("indent it as the lines of that text are")


_DIAGNOSES = (
    _find_odd_space,  # a letter to YAML: each of the others would take what it is in for a text
    _find_disguised_key,  # so is what can't be seen
    _find_typographic_dash,  # so is a dash that isn't a hyphen
    _find_tab,  # until it is gone, no column means anything
    _find_quote,  # what it swallows is no line of the plan
    _find_missing_dash,  # without its dash a block has the columns of the one above it,
    _find_needless_dash,  # with one too many those of one under it,
    _find_tight_dash,  # and without the space after it no keys at all
    _find_value_of_lines,  # what stands after a key hides all that is under it
    _find_tight_colon,  # as without that after a colon
    _find_wrong_column,  # what is at its column may lack something else:
    _find_missing_colon_above,  # the colon of the line above, if that begins with a key,
    _find_stray_item,  # its place in a list, if it begins with a dash,
    _find_stray_line,  # or its indentation, if it is anything else
    _find_colon,  # the line itself is left: it has a colon too many,
    _find_comment,  # or goes on where the line above it was cut off
    _find_comma,  # brackets that are closed lack a comma,
    _find_open_bracket,  # others lack their end
    _find_stray_bracket,
    _find_missing_colon,  # and anything else is one only by its name
    _find_second_key,  # wherever in its line it stands
)
"""The functions that may know an error, in their order, and why in this one: the first that does names it."""
